-- An HTTP proxy that opens a tunnel to any address for anyone.

local probe = ajar.probe {
    id = "proxy/http-connect", kind = "proxy",
    ports = {
        80, 443, 808, 1080, 3128, 4480, 6588, 8000, 8001, 8080, 8081, 8088, 8090, 8118, 8123, 8888, 9090,
        9999, 53281,
    },
    summary = "Opens tunnels to any address by HTTP CONNECT",
}

function probe.run(target)
    local token = ajar.token()
    local http = ajar.http.connect(target)
    local response = http:connect(token)
    if not response.ok then
        return ajar.http.refused(response)
    elseif response.fields["content-length"] or response.fields["transfer-encoding"] then
        return ajar.closed(response, "answers CONNECT with a page, not a tunnel: " .. tostring(response))
    end
    return http:prove(token, response)
end

return probe
