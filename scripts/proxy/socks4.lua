-- A SOCKS 4 proxy that connects anyone to any address.

local probe = ajar.probe {
    id = "proxy/socks4", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 9050, 10800 },
    summary = "Connects any stranger to any address by SOCKS 4",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.socks.test4(target, "address")
end

return probe
