-- A proxy inside TLS that opens a tunnel to any address for anyone.

local probe = ajar.probe {
    id = "proxy/https-connect", kind = "proxy", ports = { 443, 8080, 8443 },
    summary = "Opens tunnels to any address by HTTP CONNECT inside TLS",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.http.test_connect(target, { tls = "http/1.1" })
end

return probe
