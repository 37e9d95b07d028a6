-- The sixteen envelopes of nmap's smtp-open-relay in one session, none with a message; MAIL, RCPT and
-- RSET go out together where the server offers PIPELINING.

local probe = ajar.probe {
    id = "relay/bench-sixteen", kind = "relay", ports = { 25 },
    summary = "Sixteen envelopes as nmap's smtp-open-relay has them, for the benchmark",
}

-- user@domain is the attempt's own mailbox, ip the target's literal, host what the target calls itself.
local function envelopes(mailbox, ip, host)
    local user, domain = mailbox.token, mailbox.domain
    local literal = user .. "@" .. ip
    return {
        { "", mailbox.address },
        { mailbox.bounce, mailbox.address },
        { user .. "@" .. host, mailbox.address },
        { literal, mailbox.address },
        { literal, user .. "%" .. domain .. "@" .. ip },
        { literal, user .. "%" .. domain .. "@" .. host },
        { literal, '"' .. mailbox.address .. '"' },
        { literal, '"' .. user .. "%" .. domain .. '"' },
        { literal, mailbox.address .. "@" .. ip },
        { literal, '"' .. mailbox.address .. '"@' .. ip },
        { literal, mailbox.address .. "@" .. host },
        { literal, "@" .. ip .. ":" .. mailbox.address },
        { literal, "@" .. host .. ":" .. mailbox.address },
        { literal, domain .. "!" .. user },
        { literal, domain .. "!" .. user .. "@" .. ip },
        { literal, domain .. "!" .. user .. "@" .. host },
    }
end

function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local refusal, accepted
    for _, envelope in ipairs(envelopes(mailbox, target.address_literal, smtp.name)) do
        local replies = smtp:pipeline {
            "MAIL FROM:<" .. envelope[1] .. ">",
            "RCPT TO:<" .. envelope[2] .. ">",
            "RSET",
        }
        local reply = replies[1].ok and replies[2] or replies[1]
        if reply.ok then
            accepted = reply
        else
            refusal = reply
        end
    end
    smtp:quit()
    if accepted then
        return ajar.suspect(accepted, "a recipient was accepted")
    end
    return ajar.smtp.refused(refusal)
end

return probe
