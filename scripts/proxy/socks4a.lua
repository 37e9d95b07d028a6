-- A SOCKS 4a proxy that connects anyone to any name, which it looks up itself.

local probe = ajar.probe {
    id = "proxy/socks4a", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 9050, 10800 },
    summary = "Connects any stranger to any name by SOCKS 4a",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.socks.test4(target, "name")
end

return probe
