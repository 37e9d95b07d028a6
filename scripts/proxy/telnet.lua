-- A telnet gateway that connects anyone to the host and port that he types.

local probe = ajar.probe {
    id = "proxy/telnet", kind = "proxy", ports = { 23, 2323 },
    summary = "Connects any stranger to any address as a telnet gateway",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.gateway.test_telnet(target)
end

return probe
