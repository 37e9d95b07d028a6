-- Every form of the catalogue, each reported: for a server that is to be known thoroughly. Named ports: none,
-- as it sends up to one message a form.

local probe = ajar.probe {
    id = "relay/every-form", kind = "relay", ports = {},
    summary = "Relays mail by any of the known forms of an envelope; tries all and reports each",
    args = ajar.relay.args, categories = { "thorough" },
}

function probe.run(target)
    return ajar.relay.run(target, { thorough = true })
end

return probe
