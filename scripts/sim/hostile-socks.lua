-- SOCKS servers, telnet gateways and FTP proxies that break off, lie or go on without end at each of their steps.

local SOCKS4, SOCKS4A = "proxy/socks4", "proxy/socks4a"
local SOCKS5, NAME, IPV6 = "proxy/socks5", "proxy/socks5-name", "proxy/socks5-ipv6"
local TELNET, FTP = "proxy/telnet", "proxy/ftp-user"
local list = {}

local function scenario(id, port, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = "hostile-" .. id, port = port, summary = summary, expects = expects, serve = serve }
end

local function five(verdict)
    return { [SOCKS5] = verdict, [NAME] = verdict, [IPV6] = verdict }
end

local function four(verdict)
    return { [SOCKS4] = verdict, [SOCKS4A] = verdict }
end

-- SOCKS 5 ------------------------------------------------------------------------------------------------

-- The methods that are offered, an answer to them, and the request.
local function request5(c, answer)
    c:read(1)
    c:read(c:read(1):byte())
    c:write(answer or "\5\0")
    local kind = c:read(4):byte(4)
    c:read(kind == 1 and 6 or kind == 4 and 18 or c:read(1):byte() + 2)
end

local GRANTED = "\5\0\0\1\0\0\0\0\0\0"
local STEPS = {
    { "connection", "the connection", function() end },
    { "methods", "the methods", function(c) c:read(3) end },
    { "half-method", "half of its choice", function(c)
        c:read(3)
        c:write("\5")
    end },
    { "request", "the request", request5 },
    { "half-reply", "half a reply", function(c)
        request5(c)
        c:write("\5\0\0\1\0\0")
    end },
    { "granted", "its yes", function(c)
        request5(c)
        c:write(GRANTED)
    end },
}
for _, step in ipairs(STEPS) do
    for _, way in ipairs(sim.breaks()) do
        scenario("socks5-" .. step[1] .. "-" .. way.id, 1080, "SOCKS 5: after " .. step[2] .. " it " .. way.words,
            five("inconclusive"), function(c)
                step[3](c)
                way.act(c)
            end)
    end
end

-- What it says to the request, and then closes.
local REPLIES = {
    { "version", "A reply of version 4", "\4\0\0\1\0\0\0\0\0\0", "inconclusive" },
    { "version-0", "A reply of version 0", "\0\90\0\0\0\0\0\0", "inconclusive" },
    { "kind", "A bound address of no known kind", "\5\0\0\9\0\0\0\0\0\0", "inconclusive" },
    { "empty-name", "A bound name of no letters", "\5\0\0\3\0\0\0", "inconclusive" },
    { "long-name", "A bound name of 255 bytes", "\5\0\0\3\255" .. ("\255"):rep(257), "inconclusive" },
    { "short-name", "A bound name that ends too early", "\5\0\0\3\255abc", "inconclusive" },
    { "bound-ipv6", "A bound address of IPv6", "\5\0\0\4" .. ("\255"):rep(18), "inconclusive" },
    { "more", "A refusal, and a yes behind it", "\5\2\0\1\0\0\0\0\0\0" .. GRANTED, "closed" },
    { "twice", "Its yes twice", GRANTED .. GRANTED, "inconclusive" },
    { "code", "A code that there is not", "\5\200\0\1\0\0\0\0\0\0", "closed" },
}
for _, row in ipairs(REPLIES) do
    scenario("socks5-" .. row[1], 1080, "SOCKS 5: " .. row[2], five(row[4]), function(c)
        request5(c)
        c:write(row[3])
    end)
end

local METHODS = {
    { "method-version", "Chooses in the words of SOCKS 4", "\4\0", "inconclusive" },
    { "method-other", "Chooses a method that was not offered", "\5\7", "closed" },
    { "method-more", "Chooses twice", "\5\0\5\0", "inconclusive" },
}
for _, row in ipairs(METHODS) do
    scenario("socks5-" .. row[1], 1080, "SOCKS 5: " .. row[2], five(row[4]), function(c)
        request5(c, row[3])
        c:write("\5\1\0\1\0\0\0\0\0\0")
    end)
end

scenario("socks5-ahead", 1080, "SOCKS 5: says yes to all before it is asked", five("inconclusive"), function(c)
    c:write("\5\0", GRANTED)
    c:hush()
end)

scenario("socks5-slow", 1080, "SOCKS 5: a byte a second", five("inconclusive"), function(c)
    c:read(3)
    c:drip("\5\0", 1)
    c:drip(GRANTED, 1)
end)

scenario("socks5-endless", 1080, "SOCKS 5: yes without end", five("inconclusive"), function(c)
    request5(c)
    c:flood(GRANTED)
end)

-- Datagrams and connections that come in: the first yes names a port of ours that is closed.
local WAITS = "\5\0\0\1\0\0\0\0\255\255"
for _, way in ipairs(sim.breaks()) do
    scenario("socks5-waits-" .. way.id, 1080, "SOCKS 5: after its yes to BIND or datagrams it " .. way.words,
        { ["proxy/socks5-bind"] = "inconclusive" }, function(c)
            request5(c)
            c:write(WAITS)
            way.act(c)
        end)
end

-- SOCKS 4 ------------------------------------------------------------------------------------------------

local REPLIES4 = {
    { "request", "the request", "" },
    { "half-reply", "half a reply", "\0\90\0" },
    { "granted", "its yes", "\0\90\0\0\0\0\0\0" },
}
for _, row in ipairs(REPLIES4) do
    for _, way in ipairs(sim.breaks()) do
        scenario("socks4-" .. row[1] .. "-" .. way.id, 1080, "SOCKS 4: after " .. row[2] .. " it " .. way.words,
            four("inconclusive"), function(c)
                c:read(9)
                c:write(row[3])
                way.act(c)
            end)
    end
end

local SAID4 = {
    { "version", "a reply of version 4", "\4\90\0\0\0\0\0\0", "inconclusive" },
    { "code", "a code that there is not", "\0\7\0\0\0\0\0\0", "inconclusive" },
    { "more", "a refusal, and a yes behind it", "\0\91\0\0\0\0\0\0\0\90\0\0\0\0\0\0", "closed" },
}
for _, row in ipairs(SAID4) do
    scenario("socks4-" .. row[1], 1080, "SOCKS 4: " .. row[2], four(row[4]), function(c)
        c:read(9)
        c:write(row[3])
        c:try_read(1)
    end)
end

scenario("socks4-endless", 1080, "SOCKS 4: yes without end", four("inconclusive"), function(c)
    c:read(9)
    c:flood("\0\90\0\0\0\0\0\0")
end)

-- Telnet gateways ----------------------------------------------------------------------------------------

local PROMPT = "\255\251\1\255\253\3\r\nWinGate>"
for _, way in ipairs(sim.breaks()) do
    scenario("telnet-connection-" .. way.id, 2323, "Telnet: after the connection it " .. way.words,
        { [TELNET] = "inconclusive" }, way.act)
    scenario("telnet-line-" .. way.id, 2323, "Telnet: after it was told where to go it " .. way.words,
        { [TELNET] = "inconclusive" }, function(c)
            c:write(PROMPT)
            c:line()
            way.act(c)
        end)
end

local ENDLESS_TELNET = {
    { "options", "asks for options", "\255\253\1\255\251\1" },
    { "subnegotiation", "begins a subnegotiation and goes on", "\255\250\24" },
    { "prompt", "shows prompts", "WinGate>" },
    { "lines", "shows lines", "Connected\r\n", "closed" },
}
for _, row in ipairs(ENDLESS_TELNET) do
    scenario("telnet-endless-" .. row[1], 2323, "Telnet: " .. row[2] .. " without end",
        { [TELNET] = row[4] or "inconclusive" }, function(c)
            c:flood(row[3])
        end)
end

scenario("telnet-ahead", 2323, "Telnet: shows the greeting of our sink before it is asked",
    { [TELNET] = "inconclusive" }, function(c)
        c:write(PROMPT, "Connected\r\n220 sim.test ESMTP ajar sink; for tests only\r\n")
        c:hush()
    end)

-- FTP ----------------------------------------------------------------------------------------------------

for _, way in ipairs(sim.breaks()) do
    scenario("ftp-connection-" .. way.id, 2121, "FTP: after the connection it " .. way.words, { [FTP] = "inconclusive" },
        way.act)
    scenario("ftp-user-" .. way.id, 2121, "FTP: after USER it " .. way.words, { [FTP] = "inconclusive" }, function(c)
        c:say("220 ftp.sim.test")
        c:line()
        way.act(c)
    end)
end

local ENDLESS_FTP = {
    { "greeting", "greets in one reply", "", "220-welcome\r\n" },
    { "greetings", "greets", "", "220 welcome\r\n" },
    { "reply", "answers USER", "220 ftp.sim.test\r\n", "230-and more\r\n" },
}
for _, row in ipairs(ENDLESS_FTP) do
    scenario("ftp-endless-" .. row[1], 2121, "FTP: " .. row[2] .. " without end", { [FTP] = "inconclusive" }, function(c)
        c:write(row[3])
        c:flood(row[4])
    end)
end

scenario("ftp-ahead", 2121, "FTP: says all its replies before it is asked", { [FTP] = "closed" }, function(c)
    c:write("220 ftp.sim.test\r\n331 password?\r\n230 welcome\r\n")
    c:hush()
end)

scenario("ftp-slow", 2121, "FTP: a byte a second", { [FTP] = "inconclusive" }, function(c)
    c:drip("220 ftp.sim.test\r\n", 1)
end)

return list
