-- A server behind a balancer that can be reached past it, and believes the balancer's line from anyone.

local probe = ajar.probe {
    id = "relay/proxy-header", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Believes any client's PROXY line that it is the server itself, and relays for it",
    args = ajar.relay.args(), categories = { "intrusive" },
}

function probe.run(target)
    return ajar.relay.run(target, { stages = { { "T6p" } }, contrast = true, proxy = true })
end

return probe
