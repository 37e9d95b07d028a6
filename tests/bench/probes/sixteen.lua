-- The sixteen envelopes of nmap's smtp-open-relay in one session, none with a message; MAIL, RCPT and
-- RSET go out together where the server offers PIPELINING.

local probe = ajar.probe {
    id = "relay/bench-sixteen", kind = "relay", ports = { 25 },
    summary = "Sixteen envelopes as nmap's smtp-open-relay has them, for the benchmark",
}

-- Sender and recipient. box is the attempt's own mailbox, user its local part and domain the rest; ip is
-- the target's address literal, host what it calls itself.
local from_literal = {
    function(box) return box end,
    function(_, user, domain, ip) return user .. "%" .. domain .. "@" .. ip end,
    function(_, user, domain, _, host) return user .. "%" .. domain .. "@" .. host end,
    function(box) return '"' .. box .. '"' end,
    function(_, user, domain) return '"' .. user .. "%" .. domain .. '"' end,
    function(box, _, _, ip) return box .. "@" .. ip end,
    function(box, _, _, ip) return '"' .. box .. '"@' .. ip end,
    function(box, _, _, _, host) return box .. "@" .. host end,
    function(box, _, _, ip) return "@" .. ip .. ":" .. box end,
    function(box, _, _, _, host) return "@" .. host .. ":" .. box end,
    function(_, user, domain) return domain .. "!" .. user end,
    function(_, user, domain, ip) return domain .. "!" .. user .. "@" .. ip end,
    function(_, user, domain, _, host) return domain .. "!" .. user .. "@" .. host end,
}

-- The reply that decides about one envelope. The list of commands is the run's own, used again for each.
local function try(smtp, commands, sender, recipient)
    commands[1] = "MAIL FROM:<" .. sender .. ">"
    commands[2] = "RCPT TO:<" .. recipient .. ">"
    local replies = smtp:pipeline(commands)
    return replies[1].ok and replies[2] or replies[1]
end

function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local box, user, domain = mailbox.address, mailbox.token, mailbox.domain
    local ip, host = target.address_literal, smtp.name
    local commands, accepted = { "", "", "RSET" }
    local function put(sender, recipient)
        local reply = try(smtp, commands, sender, recipient)
        accepted = accepted or reply.ok and reply
        return reply
    end
    put("", box)
    put(mailbox.bounce, box)
    put(user .. "@" .. host, box)
    local last
    for _, recipient in ipairs(from_literal) do
        last = put(user .. "@" .. ip, recipient(box, user, domain, ip, host))
    end
    smtp:quit()
    if accepted then
        return ajar.suspect(accepted, "a recipient was accepted")
    end
    return ajar.smtp.refused(last)
end

return probe
