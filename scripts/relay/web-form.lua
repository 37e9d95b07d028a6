-- A form on a web site that mails whomever the request names: a relay that speaks no SMTP.

local probe = ajar.probe {
    id = "relay/web-form", kind = "relay", ports = { 80, 443, 8080 },
    summary = "Has a web form (FormMail) that sends mail to whomever the request names",
    categories = { "intrusive" }, args = { apart = ajar.relay.args().apart },
    forms = ajar.relay.forms { "T10" },
}

function probe.run(target)
    return ajar.web_form.test(target)
end

return probe
