-- Mail servers that take whatever ends in their own name or address for a user of their own, each with a habit that
-- makes this hard to see. None relays.

local list = {}

local EXPECTS = {}
for _, probe in ipairs { "third-party", "envelope", "every-form", "starttls", "xclient", "proxy-header", "srs", "normalise",
    "second-recipient" } do
    EXPECTS["relay/" .. probe] = "closed"
end

---`answer` gets the sender, the recipient, and what the scenario keeps between sessions; nil: it is taken.
local function scenario(id, summary, different, answer)
    local expects = {}
    for probe, verdict in pairs(EXPECTS) do
        expects[probe] = different[probe] or verdict
    end
    list[#list + 1] = sim.scenario {
        id = "catch-all-" .. id, summary = summary, port = 2525, expects = expects,
        serve = function(c, state)
            local from
            sim.mail_server(c, {
                mail = function(argument)
                    from = argument:match("<[^>]*>")
                    return "250 2.1.0 ok"
                end,
                rcpt = function(argument)
                    local to = argument:match("<[^>]*>") or ""
                    if not to:lower():find("@mail%.sim%.test>$") and not to:find("@%[127[%d.]*%]>$") then
                        return "554 5.7.1 Relay access denied"
                    end
                    return answer(from, to, state) or "250 2.1.5 ok"
                end,
            })
        end,
    }
end

scenario("greylists", "Greylists each sender and recipient for a second", {}, function(from, to, state)
    local key = from .. to
    local seen = state[key]
    state[key] = true
    return not seen and "451 4.7.1 Greylisted, come back in 1 second" or nil
end)
scenario("picky", "Takes no name with an equals sign in it", {}, function(_, to)
    return to:find("=", 1, true) and "553 5.1.3 bad characters" or nil
end)
scenario("plain", "Takes neither a name with an equals sign in it nor a route", {}, function(_, to)
    return (to:find("=", 1, true) or to:find("^<@")) and "553 5.1.3 bad address syntax" or nil
end)
local function is_odd(to)
    return to:find("^<@") or to:find("=", 1, true) and not to:find("^<SRS0=")
end
scenario("limits", "Puts off who names a user with an equals sign, but for SRS, or behind a route", {}, function(_, to)
    return is_odd(to) and "450 4.7.1 rate limit exceeded" or nil
end)
scenario("limits-plain", "The same, and who names one plainly", {
    ["relay/envelope"] = "inconclusive", ["relay/every-form"] = "inconclusive", ["relay/srs"] = "inconclusive",
}, function(_, to)
    local plain = to:match("^<(%w+)@") or "postmaster"
    return (is_odd(to) or plain ~= "postmaster") and "450 4.7.1 rate limit exceeded" or nil
end)

return list
