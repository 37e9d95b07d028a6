-- A proxy that opens a tunnel to any address for anyone over HTTP/2, inside TLS or in clear.

local probe = ajar.probe {
    id = "proxy/h2-connect", kind = "proxy", ports = { 443, 8443 },
    summary = "Opens tunnels to any address by HTTP/2 CONNECT",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.h2.test_connect(target)
end

return probe
