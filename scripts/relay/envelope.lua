-- The forms of an envelope that fool a relay rule: six at first, twelve more when one of them was taken.

local probe = ajar.probe {
    id = "relay/envelope", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Relays mail whose sender or recipient is written in a way that passes its rule",
    args = ajar.relay.args(),
}

function probe.run(target)
    return ajar.relay.run(target)
end

return probe
