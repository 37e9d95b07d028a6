-- A server that lets any client say where it comes from (Postfix's XCLIENT) and then takes it for itself.

local function claim(st)
    local smtp = st.smtp
    if not smtp.offers.xclient then
        ajar.relay.give_up(ajar.closed("offers no XCLIENT"))
    end
    local reply = smtp:command("XCLIENT ADDR=127.0.0.1")
    if reply.code ~= 220 then
        ajar.relay.give_up(ajar.closed(reply, "believes no XCLIENT of ours: " .. tostring(reply)))
    end
    ajar.step(reply, "XCLIENT ADDR=127.0.0.1 was believed")
    smtp:ehlo()
end

return ajar.relay.probe {
    id = "relay/xclient", ports = { 25, 587, 2525 }, categories = { "intrusive" },
    summary = "Believes any client that claims by XCLIENT to be the server itself, and relays for it",
    options = { stages = { { "T6x" } }, contrast = true, needs = "xclient", prepare = claim },
}
