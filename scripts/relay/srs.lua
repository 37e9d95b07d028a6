-- An SRS address is turned back into the one inside it; who skips the hash relays to anyone.

local probe = ajar.probe {
    id = "relay/srs", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Turns back SRS addresses with a false hash, and so relays to anyone",
    args = ajar.relay.args(),
}

function probe.run(target)
    return ajar.relay.run(target, { stages = { { "T8", "T8n" } }, contrast = true })
end

return probe
