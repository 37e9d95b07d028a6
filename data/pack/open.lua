-- A mail server that the probe must find open: it relays for whoever names its own postmaster as the sender.

return sim.scenario {
    id = "{{name}}-open", summary = "Relays for its own postmaster", port = 2525,
    expects = { ["{{id}}"] = "open" },
    serve = function(c)
        local sender
        sim.mail_server(c, {
            mail = function(argument)
                sender = argument
                return "250 2.1.0 ok"
            end,
            rcpt = function()
                return sender:find("<postmaster@", 1, true) and "250 2.1.5 ok" or "554 5.7.1 Relay access denied"
            end,
            message = sim.deliver, -- hands the mail to the sink, as a relay does
        })
    end,
}
