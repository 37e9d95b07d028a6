-- Every form of the catalogue, each reported: for a server that is to be known thoroughly. It sends up to one
-- message a form, so it runs only when asked for.

return ajar.relay.probe {
    id = "relay/every-form", categories = { "thorough" },
    summary = "Relays mail by any of the known forms of an envelope; tries all and reports each",
    options = { thorough = true },
}
