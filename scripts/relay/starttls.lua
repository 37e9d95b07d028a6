-- A relay rule that is another inside TLS: it trusts whoever comes there (say, any client with a certificate), or a
-- form of an envelope that it refuses in plain text.

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
    options = { inside_tls = true, contrast = true, needs = "starttls", prepare = into_tls },
}
