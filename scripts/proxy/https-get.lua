-- A proxy inside TLS that fetches any page for anyone.

local probe = ajar.probe {
    id = "proxy/https-get", kind = "proxy", ports = { 443, 8080, 8443 },
    summary = "Fetches any page for any stranger by HTTP GET inside TLS",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.http.test_request(target, "get", { tls = "http/1.1" })
end

return probe
