-- A SOCKS 5 proxy that passes anyone's datagrams on to any address.

local probe = ajar.probe {
    id = "proxy/socks5-udp", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 7890, 9050, 9150, 10800 },
    summary = "Passes any stranger's datagrams on to any address by SOCKS 5",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.socks.test5_udp(target)
end

return probe
