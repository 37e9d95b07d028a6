-- A SOCKS 4 proxy that connects anyone to any address.

local probe = ajar.probe {
    id = "proxy/socks4", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 9050, 10800 },
    summary = "Connects any stranger to any address by SOCKS 4",
}

function probe.run(target)
    local token = ajar.token()
    local socks = ajar.socks.connect(target)
    local reply = socks:socks4()
    if reply.code == 92 or reply.code == 93 then
        return ajar.closed(reply, "asks for authentication: " .. tostring(reply))
    elseif reply.code == 91 then
        return ajar.closed(reply)
    elseif reply.code ~= 90 then
        return ajar.inconclusive(reply)
    end
    return socks:prove(token, reply)
end

return probe
