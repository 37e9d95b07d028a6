-- A server behind a balancer that can be reached past it, and believes the balancer's line from anyone.

return ajar.relay.probe {
    id = "relay/proxy-header", categories = { "intrusive" },
    summary = "Believes any client's PROXY line that it is the server itself, and relays for it",
    options = { stages = { { "T6p" } }, contrast = true, proxy = true },
}
