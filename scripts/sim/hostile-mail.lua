-- Mail servers that break off, lie or go on without end, at every step of a mail. None may look open for it, and only
-- a receipt makes the honest slow ones open.

local RELAY = "relay/third-party"
local OPEN = { [RELAY] = "open", ["relay/envelope"] = "open", ["relay/every-form"] = "open" }
local list = {}

local function scenario(id, summary, verdict, serve)
    list[#list + 1] = sim.scenario {
        id = "hostile-mail-" .. id, port = 2525, summary = summary, serve = serve,
        expects = type(verdict) == "table" and verdict or { [RELAY] = verdict },
    }
end

local STEPS = { "connection", "ehlo", "mail", "rcpt", "data", "body", "dot" }
local WORDS = {
    connection = "the connection", ehlo = "EHLO", mail = "MAIL", rcpt = "RCPT", data = "DATA",
    body = "the first line of the message", dot = "the last line of the message",
}

-- Serves until it has heard the step, and does not answer that.
local function up_to(c, last)
    for _, step in ipairs(STEPS) do
        if step == "dot" then
            repeat
                local line = c:line()
            until line == "."
        elseif step ~= "connection" then
            c:line()
        end
        if step == last then
            return
        end
        if step ~= "body" then
            c:say(step == "connection" and "220 mail.sim.test ESMTP" or step == "data" and "354 go on" or "250 ok")
        end
    end
end

for _, step in ipairs(STEPS) do
    local function at(id, words, act)
        scenario(step .. "-" .. id, "After " .. WORDS[step] .. " it " .. words, "inconclusive", function(c)
            up_to(c, step)
            act(c)
        end)
    end
    for _, way in ipairs(sim.breaks()) do
        at(way.id, way.words, way.act)
    end
    at("endless", "begins a reply that never ends", function(c)
        c:flood((step == "connection" and "220" or "250") .. "-and more\r\n")
    end)
end

-- What no server may say there.
local WRONG = {
    { "connection", "354 go on" }, { "connection", "250 ok" }, { "ehlo", "354 go on" }, { "mail", "354 go on" },
    { "rcpt", "354 go on" }, { "data", "250 ok" }, { "dot", "354 go on" }, { "dot", "999 what" },
    { "dot", "2" }, { "dot", "250ok" }, { "mail", "100 wait" }, { "rcpt", "220 mail.sim.test ESMTP" },
}
for n, row in ipairs(WRONG) do
    scenario("wrong-" .. n, ("After %s it says %s"):format(WORDS[row[1]], row[2]), "inconclusive", function(c)
        up_to(c, row[1])
        c:say(row[2])
        c:hush()
    end)
end

for _, step in ipairs { "ehlo", "mail", "rcpt", "data" } do
    scenario(step .. "-twice", "Answers " .. WORDS[step] .. " twice", "inconclusive", function(c)
        up_to(c, step)
        c:write(step == "data" and "354 go on\r\n250 queued\r\n" or "250 ok\r\n250 ok\r\n")
        c:hush()
    end)
end

scenario("stops-reading", "Takes no byte of the message", "inconclusive", function(c)
    up_to(c, "data")
    c:say("354 go on")
    sim.sleep(20)
end)

-- Byte for byte is no crime.
local function split(rules)
    return function(c)
        function c:say(...)
            self:drip(table.concat({ ... }) .. "\r\n", 0.001)
        end
        sim.mail_server(c, rules)
    end
end
scenario("split-open", "An open relay whose replies come byte for byte", OPEN, split { message = sim.deliver })
scenario("split-closed", "Refuses byte for byte", "closed",
    split { rcpt = function() return "554 5.7.1 Relay access denied" end })

scenario("lost-answer", "An open relay that resets in place of the last reply", OPEN, function(c)
    sim.mail_server(c, {
        accepted = function(from, to, message)
            sim.deliver(from, to, message)
            c:reset()
            return ""
        end,
    })
end)

-- STARTTLS is tried by third-party only where it is asked for.
local function inside(id, summary, verdict, act)
    scenario("starttls-" .. id, summary, verdict, function(c)
        c:say("220 mail.sim.test ESMTP")
        c:line()
        c:write("250-mail.sim.test\r\n250 STARTTLS\r\n")
        c:line()
        c:say("530 5.7.0 Must issue a STARTTLS command first")
        c:line()
        act(c)
    end)
end
for _, way in ipairs(sim.breaks()) do
    inside(way.id, "After STARTTLS's 220 it " .. way.words, "inconclusive", function(c)
        c:say("220 go ahead")
        way.act(c)
    end)
end
inside("plain", "Says plain text ahead of the handshake", "inconclusive", function(c)
    c:write("220 go ahead\r\n250 ok\r\n")
    c:secure("good")
    c:hush()
end)
inside("silent", "Says nothing once TLS stands", "inconclusive", function(c)
    c:say("220 go ahead")
    c:secure("good")
    c:hush()
end)

return list
