-- An HTTP proxy that puts to any port: what stands in the body may be another protocol, such as mail.

local probe = ajar.probe {
    id = "proxy/http-put", kind = "proxy",
    ports = {
        80, 81, 808, 1080, 3128, 4480, 6588, 8000, 8001, 8080, 8081, 8088, 8090, 8118, 8123, 8888, 9000, 9090, 9999,
        53281,
    },
    summary = "Sends what strangers PUT to any address and port",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.http.test_request(target, "put")
end

return probe
