-- The plainest open relay: a stranger sends mail for a stranger.

local probe = ajar.probe {
    id = "relay/third-party", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Relays mail from any stranger to any stranger",
}

function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local reply = smtp:mail(mailbox.bounce)
    if reply.wants_tls and smtp.offers.starttls and smtp:starttls().ok then
        smtp:ehlo()
        reply = smtp:mail(mailbox.bounce)
    end
    if not reply.ok then
        return ajar.smtp.refused(reply)
    end
    reply = smtp:rcpt(mailbox)
    if not reply.ok then
        smtp:quit()
        return ajar.smtp.refused(reply)
    end
    ajar.step(reply, "recipient accepted")
    local answered, said = pcall(smtp.data, smtp, ajar.message { to = mailbox })
    if not answered then
        return ajar.unanswered(said, mailbox, not smtp.message_sent and 0 or nil)
    end
    reply = said
    if not reply.ok then
        smtp:quit()
        return ajar.smtp.refused(reply)
    end
    ajar.step(reply, "message accepted")
    smtp:quit()
    return ajar.await(mailbox)
end

return probe
