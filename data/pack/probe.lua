-- A relay that believes whoever says that he is its own postmaster.

local probe = ajar.probe {
    id = "{{id}}", kind = "relay", ports = { 25, 587, 2525 },
    summary = "Relays for anyone who claims to be the server's own postmaster",
}

---@param target ajar.target
---@return ajar.verdict
function probe.run(target)
    local mailbox = ajar.mailbox() -- this attempt's own, at our sink: nobody else gets mail
    local smtp = ajar.smtp.connect(target) -- what fails from here on becomes the verdict by itself
    smtp:ehlo()
    local reply = smtp:mail("postmaster@" .. target.address_literal)
    if reply.ok then
        reply = smtp:rcpt(mailbox)
    end
    if reply.ok then
        reply = smtp:data(ajar.message { to = mailbox })
    end
    smtp:quit()
    if not reply.ok then
        return ajar.smtp.refused(reply)
    end
    return ajar.await(mailbox) -- open with the receipt, or suspect
end

return probe
