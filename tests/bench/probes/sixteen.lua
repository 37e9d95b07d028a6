-- The sixteen envelopes of nmap's smtp-open-relay in one session, none with a message. Those that have the same
-- sender are put to the server in one transaction, and at once where it offers PIPELINING.

local probe = ajar.probe {
    id = "relay/bench-sixteen", kind = "relay", ports = { 25 },
    summary = "Sixteen envelopes as nmap's smtp-open-relay has them, for the benchmark",
}

-- box is the probe's own mailbox, user its local part and domain the rest; ip is the target's address literal, host
-- what it calls itself.
local function recipients_of_literal(box, user, domain, ip, host)
    return {
        box,
        user .. "%" .. domain .. "@" .. ip,
        user .. "%" .. domain .. "@" .. host,
        '"' .. box .. '"',
        '"' .. user .. "%" .. domain .. '"',
        box .. "@" .. ip,
        '"' .. box .. '"@' .. ip,
        box .. "@" .. host,
        "@" .. ip .. ":" .. box,
        "@" .. host .. ":" .. box,
        domain .. "!" .. user,
        domain .. "!" .. user .. "@" .. ip,
        domain .. "!" .. user .. "@" .. host,
    }
end

function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local box, user, domain = mailbox.address, mailbox.token, mailbox.domain
    local ip, host = target.address_literal, smtp.name
    local answers, accepted
    local function ask(sender, recipients)
        answers = smtp:ask(sender, recipients)
        accepted = accepted or answers.accepted and answers[answers.accepted]
    end
    ask("", { box })
    ask(mailbox.bounce, { box })
    ask(user .. "@" .. host, { box })
    ask(user .. "@" .. ip, recipients_of_literal(box, user, domain, ip, host))
    smtp:quit()
    if accepted then
        return ajar.suspect(accepted, "a recipient was accepted")
    end
    return ajar.smtp.refused(answers[1] or answers.sender)
end

return probe
