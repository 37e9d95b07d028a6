-- A SOCKS 5 proxy that waits for connections in anyone's place.

local probe = ajar.probe {
    id = "proxy/socks5-bind", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 7890, 9050, 9150, 10800 },
    summary = "Lets others connect to any stranger through it by SOCKS 5",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.socks.test5_bind(target)
end

return probe
