-- A script of an operator's own, for make.py.
local probe = ajar.probe({ id = "relay/own", kind = "relay", ports = { 25 }, summary = "One of the operator's own" })

function probe.run(target)
    local smtp = ajar.smtp.connect(target)
    smtp:ehlo()
    return ajar.closed(smtp:command("NOOP"))
end

return probe
