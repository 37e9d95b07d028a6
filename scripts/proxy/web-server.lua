-- A web server that fetches pages of other hosts for anyone, because a rule of its takes the host from the request.

local probe = ajar.probe {
    id = "proxy/web-server", kind = "proxy", ports = { 80, 443, 8080, 8443 },
    summary = "A web server that fetches pages of any host for any stranger",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.http.test_web_server(target)
end

return probe
