-- A relay rule that trusts whoever comes inside TLS (say, any client with a certificate).

local function into_tls(st)
    local smtp = st.smtp
    if not smtp.offers.starttls then
        ajar.relay.give_up(ajar.closed("offers no STARTTLS"))
    end
    local reply = smtp:starttls()
    if reply.code ~= 220 then
        ajar.relay.give_up(ajar.closed(reply, "refuses STARTTLS: " .. tostring(reply)))
    end
    smtp:ehlo()
end

return ajar.relay.probe {
    id = "relay/starttls", ports = { 25, 587, 2525 },
    summary = "Refuses strangers in plain text, and relays for them after STARTTLS",
    options = { stages = { { "T3", "T3n", "T3h" } }, contrast = true, needs = "starttls", prepare = into_tls },
}
