-- A mail server that the probe must find closed: it relays for nobody.

return sim.scenario {
    id = "{{name}}-closed", summary = "Relays for nobody", port = 2525,
    expects = { ["{{id}}"] = "closed" },
    serve = function(c)
        sim.mail_server(c, {
            rcpt = function()
                return "554 5.7.1 Relay access denied"
            end,
        })
    end,
}
