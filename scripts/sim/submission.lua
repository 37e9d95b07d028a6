-- Servers where people hand in their mail (T4): TLS from the start as on port 465 (RFC 8314), at 2465, and submission as
-- on port 587 (RFC 6409), at 2587. Both are there for who logs in.

local THIRD, ENVELOPE, EVERY = "relay/third-party", "relay/envelope", "relay/every-form"
local EHLO = "250-mail.sim.test\r\n%s250-AUTH PLAIN LOGIN\r\n250 ENHANCEDSTATUSCODES"
local LOG_IN = "530 5.7.0 Authentication required"
local list = {}

---What the probes find: those with the plainest form this, and the others, who try odd ones alone, nothing.
local function verdicts(plain)
    local all = { [THIRD] = plain, [ENVELOPE] = plain, [EVERY] = plain }
    for _, id in ipairs { "relay/starttls", "relay/srs", "relay/normalise", "relay/second-recipient" } do
        all[id] = "closed"
    end
    return all
end

local function scenario(id, port, summary, plain, rules)
    rules.ehlo = EHLO:format(rules.starttls and "250-STARTTLS\r\n" or "")
    list[#list + 1] = sim.scenario {
        id = id, port = port, summary = summary, expects = verdicts(plain),
        serve = function(c)
            sim.mail_server(c, rules)
        end,
    }
end

-- Mailboxes elsewhere, plainly written.
local function recipient(argument)
    local plain = argument:find("^TO:<[%l%d-]+@[%l%d.-]*%l>") and not argument:find("sim.test", 1, true)
    return plain and "250 2.1.5 ok" or "550 5.1.1 no such user"
end

local function anyone(rules)
    rules.rcpt, rules.message = recipient, sim.deliver
    return rules
end

local function log_in(rules)
    rules.mail = function() return LOG_IN end
    rules.rcpt = rules.mail
    return rules
end

scenario("submission-tls-open", 2465, "Speaks TLS from the start, and takes mail for anyone without a log-in", "open",
    anyone { tls = "good" })
scenario("submission-tls-password", 2465, "Speaks TLS from the start, and asks for a log-in", "closed",
    log_in { tls = "good" })
scenario("submission-open", 2587, "Offers TLS and a log-in, and takes mail for anyone without either", "open",
    anyone { starttls = "good" })
scenario("submission-password", 2587, "Offers TLS, and asks for a log-in", "closed", log_in { starttls = "good" })
scenario("submission-password-late", 2587, "Asks for a log-in at the recipient alone", "closed", {
    starttls = "good", rcpt = function() return LOG_IN end,
})

return list
