-- A SOCKS 5 proxy that connects anyone to any address.

local probe = ajar.probe {
    id = "proxy/socks5", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 7890, 9050, 9150, 10800 },
    summary = "Connects any stranger to any address by SOCKS 5",
}

function probe.run(target)
    local token = ajar.token()
    local socks = ajar.socks.connect(target)
    local method = socks:socks5_greet(true)
    if method.code == 2 or method.code == 1 then
        return ajar.closed(method, "asks for authentication: " .. tostring(method))
    elseif method.code ~= 0 then
        return ajar.closed(method)
    end
    local reply = socks:socks5_connect()
    if reply.code == 1 or reply.code >= 3 and reply.code <= 6 then
        return ajar.inconclusive(reply)
    elseif reply.code ~= 0 then
        return ajar.closed(reply)
    end
    return socks:prove(token, reply)
end

return probe
