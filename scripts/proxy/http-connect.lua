-- An HTTP proxy that opens a tunnel to any address for anyone.

local probe = ajar.probe {
    id = "proxy/http-connect", kind = "proxy",
    ports = {
        80, 81, 443, 808, 1080, 3128, 4480, 6588, 8000, 8001, 8080, 8081, 8088, 8090, 8118, 8123, 8888, 9000, 9090,
        9999, 53281,
    },
    summary = "Opens tunnels to any address by HTTP CONNECT",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.http.test_connect(target)
end

return probe
