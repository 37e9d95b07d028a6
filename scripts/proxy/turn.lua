-- A TURN server that relays for anyone.

local probe = ajar.probe {
    id = "proxy/turn", kind = "proxy", ports = { 3478, 5349 },
    summary = "Relays any stranger's datagrams to any address by TURN",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.turn.test(target)
end

return probe
