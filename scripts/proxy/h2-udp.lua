-- A proxy that sends anyone's datagrams to any address by HTTP/2 (connect-udp, RFC 9298).

local probe = ajar.probe {
    id = "proxy/h2-udp", kind = "proxy", ports = { 443, 8443 },
    summary = "Sends any stranger's datagrams to any address by HTTP/2",
    args = ajar.proxy.args(),
    forms = ajar.http_udp.forms {
        ":method CONNECT", ":protocol connect-udp", ":path /.well-known/masque/udp/{sink}/{port}/", "capsule-protocol: ?1",
    },
}

function probe.run(target)
    return ajar.http_udp.test_h2(target)
end

return probe
