-- A proxy inside TLS that posts to any port: what stands in the body may be another protocol, such as mail.

local probe = ajar.probe {
    id = "proxy/https-post", kind = "proxy", ports = { 443, 8080, 8443 },
    summary = "Sends what strangers POST inside TLS to any address and port",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.http.test_request(target, "post", { tls = "http/1.1" })
end

return probe
