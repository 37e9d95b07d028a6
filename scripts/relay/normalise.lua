-- A domain in another spelling is the same domain; who compares before tidying it takes it for a new one.

return ajar.relay.probe {
    id = "relay/normalise",
    summary = "Relays to a domain in another spelling (a dot at its end, capitals, full-width letters)",
    options = { stages = { { "T9a", "T9b", "T9c", "T9d" } }, contrast = true },
}
