-- A SOCKS 5 proxy that connects anyone to any address.

local probe = ajar.probe {
    id = "proxy/socks5", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 7890, 9050, 9150, 10800 },
    summary = "Connects any stranger to any address by SOCKS 5",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.socks.test5(target, "address")
end

return probe
