-- A SOCKS 4 proxy that waits for connections in anyone's place.

local probe = ajar.probe {
    id = "proxy/socks4-bind", kind = "proxy", ports = { 1080, 1081, 4145, 4153, 9050, 10800 },
    summary = "Lets others connect to any stranger through it by SOCKS 4",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.socks.test4_bind(target)
end

return probe
