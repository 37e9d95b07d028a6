-- Every form of the catalogue, each reported: for a server that is to be known thoroughly. It sends up to one
-- message a form, so it runs only when asked for.

local probe = ajar.probe {
    id = "relay/every-form", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Relays mail by any of the known forms of an envelope; tries all and reports each",
    args = ajar.relay.args(), categories = { "thorough" },
}

function probe.run(target)
    return ajar.relay.run(target, { thorough = true })
end

return probe
