-- An SRS address is turned back into the one inside it; who skips the hash relays to anyone.

return ajar.relay.probe {
    id = "relay/srs",
    summary = "Turns back SRS addresses with a false hash, and so relays to anyone",
    options = { stages = { { "T8", "T8n" } }, contrast = true },
}
