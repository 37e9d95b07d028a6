-- One test of a target, without a message: what tests/bench/limit.c says with -t 1.

local probe = ajar.probe {
    id = "relay/bench-one", kind = "relay", ports = { 25 },
    summary = "One envelope from a stranger to a stranger, for the benchmark",
}

function probe.run(target)
    local mailbox = ajar.mailbox()
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    local answers = smtp:ask(mailbox.bounce, { mailbox })
    smtp:quit()
    local reply = answers[1] or answers.sender
    if reply.ok then
        return ajar.suspect(reply, "the recipient was accepted")
    end
    return ajar.smtp.refused(reply)
end

return probe
