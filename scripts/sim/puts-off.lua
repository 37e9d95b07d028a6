-- Mail servers that neither take a stranger's mail nor refuse it: they keep him waiting, or tell him to come back.

local THIRD, ENVELOPE, EVERY, SECOND = "relay/third-party", "relay/envelope", "relay/every-form", "relay/second-recipient"
local SRS, NORMAL = "relay/srs", "relay/normalise"
local list = {}

local function scenario(id, summary, verdict, serve, different)
    local expects = different or {}
    for _, probe in ipairs { THIRD, ENVELOPE, EVERY, SECOND, SRS, NORMAL } do
        expects[probe] = expects[probe] or verdict
    end
    list[#list + 1] = sim.scenario { id = id, port = 2525, summary = summary, expects = expects, serve = serve }
end

-- Tarpits ------------------------------------------------------------------------------------------------

local function hush(c)
    return function()
        c:hush()
        return "451 4.3.0 good bye"
    end
end

scenario("tarpit-sender", "Does not answer who names a sender", "inconclusive", function(c)
    sim.mail_server(c, { mail = hush(c) })
end)
scenario("tarpit-recipient", "Does not answer who names a stranger's mailbox", "inconclusive", function(c)
    sim.mail_server(c, { rcpt = hush(c) })
end)
scenario("tarpit-drip", "Says a letter every two seconds, as OpenBSD's spamd does", "inconclusive", function(c)
    c:drip("220 mail.sim.test ESMTP spamd IP-based SPAM blocker\r\n", 2)
    c:hush()
end)

-- What they want of any client -----------------------------------------------------------------------------

for _, row in ipairs {
    { "reverse-dns", "a name for our address", "554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: cannot find your "
        .. "reverse hostname, [127.0.0.1]" },
    { "sender-domain", "a sender whose domain is known", "550 5.1.8 Sender address rejected: Domain not found" },
    { "spf", "a sender with our address in SPF", "550 5.7.23 SPF validation failed" },
    { "helo", "a full name in EHLO", "504 5.5.2 <probe>: Helo command rejected: need fully-qualified hostname" },
} do
    scenario("wants-" .. row[1], "Wants " .. row[2] .. " before it says anything of relaying", "inconclusive", function(c)
        sim.mail_server(c, { rcpt = function() return row[3] end })
    end)
end

-- Limits -------------------------------------------------------------------------------------------------

scenario("limits-at-once", "Has too many clients from our network, and says so in its banner", "inconclusive", function(c)
    c:say("421 4.7.0 too many connections from your network")
end)
scenario("limits-senders", "Has heard too many senders from us", "inconclusive", function(c)
    sim.mail_server(c, { mail = function() return "450 4.7.1 rate limit exceeded" end })
end)
scenario("limits-messages", "Has got too many messages from us, and says so behind each", "inconclusive", function(c)
    sim.mail_server(c, { accepted = function() return "452 4.3.1 too many messages, slow down" end })
end, { [SECOND] = "closed", [SRS] = "closed", [NORMAL] = "closed" })

-- Greylisting --------------------------------------------------------------------------------------------

local OPEN = { [SECOND] = "closed", [SRS] = "closed", [NORMAL] = "closed" }
local function greylists(step)
    return function(c, state)
        local seen
        local function ask(argument)
            local key = argument or seen
            seen = key
            state[key] = (state[key] or 0) + 1
            return state[key] > 1
        end
        local again = true
        local rules = { message = function(...)
            if again then
                sim.deliver(...)
            end
        end }
        rules[step] = function(argument, to)
            again = ask(step == "accepted" and to or argument)
            return again and "250 2.0.0 ok" or "451 4.7.1 Greylisted, come back in 1 second"
        end
        sim.mail_server(c, rules)
    end
end

---Greylists for good, in these words.
local function always(words)
    return function(c)
        sim.mail_server(c, { rcpt = function() return words end })
    end
end

-- What is no wait, or one without an end. Each is tried again after 60 seconds, or after --arg patience=N.
scenario("greylists-no-time", "Greylists, and asks to come back in no seconds", "inconclusive",
    always "451 4.7.1 Greylisted, please come back in 0 seconds")
scenario("greylists-zeroes", "Greylists for 00:00:00", "inconclusive",
    always "450 4.2.0 Recipient address rejected: Greylisted for 00:00:00")
scenario("greylists-for-ever", "Greylists for more hours than there are", "inconclusive",
    always "451 4.7.1 Greylisted, wait 99999999999999999999 hours")
scenario("puts-off-unnamed", "Puts off for good, and does not say what for", "inconclusive",
    always "451 4.7.1 Please try again later")
scenario("puts-off-relaying", "Refuses to relay with 454 4.7.1, which is no greylisting", "closed",
    always "454 4.7.1 Relay access denied")
scenario("greylists-senders", "Greylists a sender for a second, and then relays for anyone", "open", greylists("mail"), OPEN)
scenario("greylists-messages", "Greylists a message for a second, and then relays for anyone", "open",
    greylists("accepted"), OPEN)

return list
