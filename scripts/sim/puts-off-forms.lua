-- Mail servers that put off one form of an envelope alone, and answer the others.

local THIRD, ENVELOPE, EVERY, SECOND = "relay/third-party", "relay/envelope", "relay/every-form", "relay/second-recipient"
local SRS, NORMAL, TLS = "relay/srs", "relay/normalise", "relay/starttls"
local DENIED = "554 5.7.1 Relay access denied"
local list = {}

---`different`: what is not closed. `answer` gets the recipient, how often this envelope came, and whether inside TLS, which
---`certificate` offers; it gives the reply, or nil for a refusal, and the mailbox that a message goes to then.
local function scenario(id, summary, different, answer, certificate)
    local expects = {}
    for _, probe in ipairs { THIRD, ENVELOPE, EVERY, SECOND, SRS, NORMAL, TLS } do
        expects[probe] = different[probe] or "closed"
    end
    list[#list + 1] = sim.scenario {
        id = "puts-off-form-" .. id, summary = summary, port = 2525, expects = expects,
        serve = function(c, state)
            local from, mailbox, tls
            local secure = c.secure
            function c.secure(...)
                secure(...)
                tls = true
            end
            sim.mail_server(c, {
                starttls = certificate,
                mail = function(argument)
                    from = argument:match("<[^>]*>")
                    return "250 2.1.0 ok"
                end,
                rcpt = function(argument)
                    local to = argument:match("<[^>]*>") or ""
                    state[from .. to] = (state[from .. to] or 0) + 1
                    local reply
                    reply, mailbox = answer(to, state[from .. to], tls)
                    return reply or DENIED
                end,
                message = function(_, _, message) sim.deliver(from, mailbox, message) end,
            })
        end,
    }
end

local BUSY, AGAIN, OK = "451 4.3.2 Busy, try again in 1 second", "451 4.3.2 Busy, try again in 2 hours", "250 2.1.5 ok"

---The mailbox that a percent route at its name, an SRS address or a plain one stands for.
local function by_percent(to)
    local user, domain = to:match("^<(%w+)%%([%w.-]+)@mail%.sim%.test>$")
    return user and "<" .. user .. "@" .. domain .. ">"
end
local function by_srs(to)
    local domain, user = to:match("^<SRS0=%w+=%w+=([%w.-]+)=(%w+)@mail%.sim%.test>$")
    return user and "<" .. user .. "@" .. domain .. ">"
end
local function is_plain(to)
    return to:find("^<%w+@%w[%w.-]*%w>$") and not to:find("@mail%.sim%.test>$")
end

local FOR_ANYONE = { [ENVELOPE] = "open", [EVERY] = "open", [THIRD] = "inconclusive", [SRS] = "inconclusive",
    [NORMAL] = "inconclusive", [SECOND] = "inconclusive" }

scenario("plain-once", "Relays for anyone, and is busy when a plain mailbox is named for the first time; by a percent route "
    .. "at once", FOR_ANYONE, function(to, times)
        if by_percent(to) then
            return OK, by_percent(to)
        end
        return is_plain(to) and (times == 1 and BUSY or OK) or nil, to
    end)
scenario("plain", "Relays by a percent route, and is busy for two hours when a plain mailbox is named", FOR_ANYONE,
    function(to)
        return by_percent(to) and OK or is_plain(to) and AGAIN or nil, by_percent(to)
    end)
scenario("srs-once", "Turns SRS addresses back without looking at their hash, and is busy at the first",
    { [SRS] = "open", [EVERY] = "open" }, function(to, times)
        return by_srs(to) and (times == 1 and BUSY or OK) or nil, by_srs(to)
    end)
scenario("srs", "Refuses strangers, and is busy whenever an SRS address is named",
    { [SRS] = "inconclusive", [EVERY] = "inconclusive" }, function(to)
        return by_srs(to) and BUSY or nil
    end)
scenario("percent", "Refuses strangers, and is busy whenever a percent route is named",
    { [ENVELOPE] = "inconclusive", [EVERY] = "inconclusive" }, function(to)
        return by_percent(to) and BUSY or nil
    end)
scenario("unknown-users", "Refuses strangers, and its own unknown users with 450, as Postfix does that asks another server "
    .. "for them", {}, function(to)
        return to:find("@mail%.sim%.test>$") and "450 4.1.1 unverified address: unknown user; try again in 1 second" or nil
    end)
scenario("spelling", "Refuses strangers, and is busy whenever a domain has a dot at its end",
    { [NORMAL] = "inconclusive", [EVERY] = "inconclusive" }, function(to)
        return to:find("%.>$") and BUSY or nil
    end)scenario("in-tls", "Relays by a percent route, and is busy at the first that is not inside TLS", {
    [ENVELOPE] = "open", [EVERY] = "open" }, function(to, times, tls)
        return by_percent(to) and (times == 1 and not tls and BUSY or OK) or nil, by_percent(to)
    end, "good")

return list
