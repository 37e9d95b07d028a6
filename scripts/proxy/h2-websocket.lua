-- A proxy that leads WebSockets of anyone to any host over HTTP/2 (extended CONNECT).

local probe = ajar.probe {
    id = "proxy/h2-websocket", kind = "proxy", ports = { 443, 8443 },
    summary = "Leads WebSockets of strangers to any host by HTTP/2",
    args = ajar.proxy.args(),
}

function probe.run(target)
    return ajar.h2.test_websocket(target)
end

return probe
