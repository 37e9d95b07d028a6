-- The forms of an envelope that fool a relay rule: seven at first, twelve more when one of them was taken.

return ajar.relay.probe {
    id = "relay/envelope",
    summary = "Relays mail whose sender or recipient is written in a way that passes its rule",
}
