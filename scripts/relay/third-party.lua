-- The plainest open relay: a stranger sends mail for a stranger.

local args = ajar.relay.args()
local probe = ajar.probe {
    id = "relay/third-party", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Relays mail from any stranger to any stranger",
    args = { apart = args.apart, patience = args.patience, banner = args.banner, tls = args.tls },
    forms = ajar.relay.forms { "S1" },
}

local NO_RULE = { id = "S1", cause = "no-rule" }

---MAIL and RCPT: the first refusal, or the reply to RCPT; and whether RCPT was said.
local function envelope(smtp, mailbox)
    local reply = smtp:mail(mailbox.bounce)
    if not reply.ok then
        return reply, false
    end
    return smtp:rcpt(mailbox), true
end

---One message: the verdict, and the reply that refused, if one did.
local function send(target, mailbox, again)
    local smtp = ajar.smtp.connect(target, ajar.relay.connect_options(target))
    smtp:ehlo()
    local reply, named = envelope(smtp, mailbox)
    if smtp:into_tls(reply) then
        reply, named = envelope(smtp, mailbox)
    end
    if not reply.ok then
        if named then
            smtp:quit()
        end
        return ajar.smtp.refused(reply), reply
    end
    ajar.step(reply, "recipient accepted")
    local finding = not again and NO_RULE or nil
    local answered, said = pcall(smtp.data, smtp, ajar.message { to = mailbox, again = again })
    if not answered and type(said) == "table" and said.code == "EBUDGET" then
        return ajar.suspect("recipient accepted, and no message was sent to prove it: " .. said.reason)
    elseif not answered then
        return ajar.unanswered(said, mailbox, not smtp.message_sent and 0 or nil, finding)
    end
    reply = said
    if not reply.ok then
        smtp:quit()
        return ajar.smtp.refused(reply, "recipient accepted, message refused"), reply
    end
    ajar.step(reply, "message accepted")
    smtp:quit()
    return ajar.await(mailbox, nil, finding)
end

function probe.run(target)
    local mailbox = ajar.mailbox()
    local verdict = ajar.relay.patiently(target, function()
        return send(target, mailbox)
    end)
    return ajar.relay.confirm(target, verdict, function(second)
        return send(target, second, true)
    end)
end

return probe
