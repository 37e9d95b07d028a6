-- A SOCKS 5 proxy that connects anyone to any IPv6 address, be its rules for IPv4 as they may.

local probe = ajar.probe {
    id = "proxy/socks5-ipv6", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 7890, 9050, 9150, 10800 },
    summary = "Connects any stranger to any IPv6 address by SOCKS 5",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.socks.test5(target, "ipv6")
end

return probe
