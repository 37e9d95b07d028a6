-- A rule that lets "localhost" relay is meant for the machine itself, and looks at what the client calls itself.

local probe = ajar.probe {
    id = "relay/greetings-localhost", kind = "relay", ports = { 25, 587, 2525 },
    summary = "Relays for anyone who greets it as localhost",
    args = {
        contrast = { type = "boolean", default = true, help = "only where a stranger by another name is refused" },
    },
}

---The first refusal, or the last yes, of an envelope for the mailbox.
---@param smtp ajar.smtp.session
---@param mailbox ajar.mailbox
local function envelope(smtp, mailbox)
    local reply = smtp:mail(mailbox.bounce)
    return reply.ok and smtp:rcpt(mailbox) or reply
end

---Is it refused under our own name? What any stranger is granted shows nothing about this one.
local function is_refused(target, mailbox)
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local reply = envelope(smtp, mailbox)
    smtp:quit()
    return not reply.ok, reply
end

---@param target ajar.target
---@return ajar.verdict
function probe.run(target)
    local mailbox = ajar.mailbox()
    if target.args.contrast then
        local refused, reply = is_refused(target, mailbox)
        if not refused then
            return ajar.inconclusive(reply, "takes a stranger's mail under any name: relay/third-party is the test for it")
        end
        ajar.step(reply, "refused under our own name")
    end
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo("localhost")
    local reply = envelope(smtp, mailbox)
    if reply.ok then
        reply = smtp:data(ajar.message { to = mailbox })
    end
    smtp:quit()
    if not reply.ok then
        return ajar.smtp.refused(reply)
    end
    return ajar.await(mailbox, nil, { id = "greetings", cause = "claimed-greeting" })
end

return probe
