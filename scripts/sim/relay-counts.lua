-- Mail servers that count refusals, and refuse all that comes behind so many; and one that loses commands that come together.

local THIRD, ENVELOPE, EVERY = "relay/third-party", "relay/envelope", "relay/every-form"
local OTHERS = { "relay/starttls", "relay/xclient", "relay/proxy-header", "relay/srs", "relay/normalise",
    "relay/second-recipient" }
local DENIED = "550 relay not permitted"
local list = {}

---`different`: what is not closed; false: what is not said.
local function scenario(id, summary, different, serve)
    local expects = {}
    for _, probe in ipairs { THIRD, ENVELOPE, EVERY, unpack(OTHERS) } do
        expects[probe] = different[probe] == nil and "closed" or different[probe] or nil
    end
    list[#list + 1] = sim.scenario { id = "relay-" .. id, summary = summary, port = 2525, expects = expects, serve = serve }
end

local OPEN_BY_FORM = { [ENVELOPE] = "open", [EVERY] = "open" }

---The mailbox behind a source route by way of the server, or a percent hack at it.
local function routed(to)
    local user, domain = to:match("^<(%w+)%%([%w.-]+)@mail%.sim%.test>$")
    return to:match("^<@mail%.sim%.test:(.*)>$") or user and user .. "@" .. domain
end

---What a server says that has refused so many in a transaction, or a session.
local counting = {
    { "deny", "a transaction", "550 Too many failed recipients - count = %d" },
    { "drop", "a transaction, and hangs up", "550 Too many failed recipients - count = %d", drops = true },
    { "session", "a session", "550 5.7.1 Too many bad recipients", whole = true },
    { "poison", "a transaction", "550 5.5.3 transaction refused", most = 1 },
}

local function count(row, relays)
    return function(c)
        local refused = 0
        sim.mail_server(c, {
            mail = function()
                refused = row.whole and refused or 0
                return "250 OK"
            end,
            rcpt = function(argument)
                if refused >= (row.most or 3) then
                    local words = row[3]:gsub("%%d", refused)
                    if row.drops then
                        c:say(words)
                        c:close()
                    end
                    return words
                elseif relays and routed(argument:match("<[^>]*>") or "") then
                    return "250 Accepted"
                end
                refused = refused + 1
                return DENIED
            end,
            message = function(from, to, message)
                sim.deliver(from, "<" .. routed(to) .. ">", message)
            end,
        })
    end
end

for _, row in ipairs(counting) do
    local words = ("refuses all behind %d refusals in %s"):format(row.most or 3, row[2])
    scenario("counts-" .. row[1], "Relays by source route and percent hack, and " .. words, OPEN_BY_FORM, count(row, true))
    scenario("counts-" .. row[1] .. "-closed", "Relays nothing, and " .. words, {}, count(row, false))
end

-- What has come with a command is lost, though PIPELINING is offered ------------------------------------------

---The first line of what comes together.
local function first_line(c)
    local got = ""
    repeat
        got = got .. c:read()
    until got:find("\n", 1, true)
    return got:match("^(.-)\r?\n")
end

---Takes a message, to its end.
local function take_message(c)
    local message = ""
    repeat
        message = message .. c:read()
    until message:find("\r\n.\r\n", 1, true)
    return (message:gsub("%.\r\n$", ""))
end

local function loses_commands(relays)
    return function(c)
        local from, to
        c:say("220 mail.sim.test ESMTP")
        while true do
            local line = first_line(c)
            local verb, path = line:sub(1, 4):upper(), line:match("<.*>")
            if verb == "EHLO" then
                c:say("250-mail.sim.test\r\n250 PIPELINING")
            elseif verb == "MAIL" then
                from = path
                c:say("250 OK")
            elseif verb == "RCPT" then
                to = relays and routed(path or "")
                c:say(to and "250 Accepted" or DENIED)
            elseif verb == "DATA" then
                c:say("354 go on")
                local message = take_message(c)
                c:say("250 OK")
                sim.deliver(from, "<" .. to .. ">", message)
            elseif verb == "QUIT" then
                c:say("221 bye")
                return c:close()
            else
                c:say("250 OK")
            end
        end
    end
end

scenario("loses-pipelined", "Relays by source route and percent hack, offers PIPELINING, and loses what comes with a command",
    { [ENVELOPE] = "open", [EVERY] = "open", ["relay/proxy-header"] = false }, loses_commands(true))

return list
