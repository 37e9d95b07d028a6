-- An FTP proxy that goes on to the server that anyone names in his user name.

local probe = ajar.probe {
    id = "proxy/ftp-user", kind = "proxy", ports = { 21, 2121 },
    summary = "Connects any stranger to any address as an FTP proxy",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.gateway.test_ftp(target)
end

return probe
