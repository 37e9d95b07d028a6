-- An HTTP proxy that fetches any page for anyone.

local probe = ajar.probe {
    id = "proxy/http-get", kind = "proxy",
    ports = {
        80, 81, 808, 1080, 3128, 4480, 6588, 8000, 8001, 8080, 8081, 8088, 8090, 8118, 8123, 8888, 9000, 9090, 9999,
        53281,
    },
    summary = "Fetches any page for any stranger by HTTP GET",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.http.test_request(target, "get")
end

return probe
