-- A rule that looks at the first recipient alone. The first must be one that the server takes: its own
-- postmaster. That mailbox is not ours, so no message is ever sent here (the C side sees to that), and what
-- is seen can be suspect at most: proof would be mail to a stranger.

local args = ajar.relay.args()
local probe = ajar.probe {
    id = "relay/second-recipient", kind = "relay", ports = { 25, 465, 587, 2525 },
    summary = "Refuses a stranger's mailbox as the first recipient, and takes it as the second",
    args = { patience = args.patience, banner = args.banner, tls = args.tls }, forms = ajar.relay.forms { "T7" },
}

---MAIL from us, inside TLS where the server wants it so.
local function from_us(smtp, mailbox)
    local reply = smtp:mail(mailbox.bounce)
    return smtp:into_tls(reply) and smtp:mail(mailbox.bounce) or reply
end

local function leave(smtp, verdict, refusal)
    smtp:quit()
    return verdict, refusal
end

---The verdict, and the reply that put us off, if one did.
local function ask(target, mailbox)
    local smtp = ajar.smtp.connect(target, ajar.relay.connect_options(target, true))
    smtp:ehlo()
    local reply = from_us(smtp, mailbox)
    if not reply.ok then
        return ajar.smtp.refused(reply), reply
    end
    local alone = smtp:rcpt(mailbox)
    if alone.ok then
        return leave(smtp, ajar.closed(alone, "not by this: a stranger's mailbox is taken alone (see relay/third-party)"))
    elseif ajar.smtp.judge(alone).verdict ~= "closed" then
        return leave(smtp, ajar.smtp.refused(alone), alone)
    end
    smtp:rset()
    from_us(smtp, mailbox)
    local own = smtp:rcpt("postmaster@" .. (smtp:host() or target.address_literal))
    if not own.ok then
        own = smtp:rcpt("postmaster@" .. target.address_literal)
    end
    if not own.ok and ajar.smtp.judge(own).verdict ~= "closed" then
        return leave(smtp, ajar.smtp.refused(own, "its own postmaster as the first recipient"), own)
    elseif not own.ok then
        return leave(smtp, ajar.closed(alone, ajar.smtp.judge(alone).reason .. "; and its own postmaster too"))
    end
    ajar.step(own, "its own postmaster accepted as the first recipient")
    local second = smtp:rcpt(mailbox)
    if not second.ok then
        return leave(smtp, ajar.smtp.refused(second))
    end
    ajar.step(second, "a stranger's mailbox accepted as the second", { id = "T7", cause = "second-recipient" })
    return leave(smtp, ajar.suspect("T7: takes a stranger's mailbox as the second recipient, and refuses it alone; "
        .. "not sent: the mail would reach its postmaster too"))
end

function probe.run(target)
    local mailbox = ajar.mailbox()
    return ajar.relay.patiently(target, function()
        return ask(target, mailbox)
    end)
end

return probe
