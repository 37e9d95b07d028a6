-- A domain in another spelling is the same domain; who compares before tidying it takes it for a new one.

local probe = ajar.probe {
    id = "relay/normalise", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Relays to a domain in another spelling (a dot at its end, capitals, full-width letters)",
    args = ajar.relay.args(),
}

function probe.run(target)
    return ajar.relay.run(target, { stages = { { "T9a", "T9b", "T9c", "T9d" } }, contrast = true })
end

return probe
