-- Rules of some proxies match requests of HTTP/1.1; the same request of HTTP/1.0 goes past them.

local probe = ajar.probe {
    id = "proxy/greetings-old-connect", kind = "proxy", ports = { 3128, 8080, 8888 },
    summary = "Opens tunnels to any address by CONNECT of HTTP/1.0",
}

---@param target ajar.target
---@return ajar.verdict
function probe.run(target)
    local token = ajar.token()
    local http = ajar.http.connect(target)
    local response = http:request("connect", token, "address", true)
    if not response.ok then
        return ajar.http.refused(response)
    end
    return http:prove(token, response) -- the token through the tunnel; a 200 alone proves nothing
end

return probe
