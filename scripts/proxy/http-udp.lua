-- A proxy that sends anyone's datagrams to any address by HTTP/1.1 (connect-udp, RFC 9298).

local probe = ajar.probe {
    id = "proxy/http-udp", kind = "proxy", ports = { 80, 443, 8080, 8443 },
    summary = "Sends any stranger's datagrams to any address by HTTP/1.1",
    args = ajar.proxy.args(),
    forms = ajar.http_udp.forms {
        "GET /.well-known/masque/udp/{sink}/{port}/ HTTP/1.1", "Connection: Upgrade", "Upgrade: connect-udp",
        "Capsule-Protocol: ?1",
    },
}

function probe.run(target)
    return ajar.http_udp.test_upgrade(target)
end

return probe
