-- Proxies for UDP in HTTP (RFC 9298): by an upgrade in HTTP/1.1, in clear or inside TLS, and by extended CONNECT in HTTP/2.

local UPGRADE, H2 = "proxy/http-udp", "proxy/h2-udp"
local list = {}

-- Capsules (RFC 9297) --------------------------------------------------------------------------------

-- Gives exactly n bytes of what `more` gives piece by piece.
local function taker(more)
    local buffer = ""
    return function(n)
        while #buffer < n do
            buffer = buffer .. more()
        end
        local taken = buffer:sub(1, n)
        buffer = buffer:sub(n + 1)
        return taken
    end
end

local function integer(take)
    local first = take(1):byte()
    local value, bytes = first % 64, 2 ^ math.floor(first / 64)
    for byte in take(bytes - 1):gmatch(".") do
        value = value * 256 + byte:byte()
    end
    return value
end

local function packed(n)
    return n < 64 and string.char(n) or string.char(64 + math.floor(n / 256), n % 256)
end

local function capsule(kind, value)
    return packed(kind) .. packed(#value) .. value
end

local function datagram(data)
    return capsule(0, "\0" .. data)
end

-- The data of the next datagram.
local function next_datagram(q)
    while true do
        local kind, length = integer(q.take), integer(q.take)
        local value = q.take(length)
        if kind == 0 and value:sub(1, 1) == "\0" then
            return value:sub(2)
        end
    end
end

-- Requests -------------------------------------------------------------------------------------------

-- "ADDR:PORT" of the path; nil for what is none.
local function destination(path)
    local host, port = path:match("^/%.well%-known/masque/udp/([^/]+)/(%d+)/$")
    if not host or #port > 5 or tonumber(port) < 1 or tonumber(port) > 65535 then
        return nil
    end
    host = host:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
    return (host:find(":") and "[" .. host .. "]:" or host .. ":") .. port
end

-- What a server is asked, whatever it is asked by: `to` (nil: this is no request for datagrams), yes(), no(status, more),
-- and then take(n) and write(text).
local function upgrade_request(c)
    local _, path, fields = sim.http_request(c)
    return {
        to = (fields.upgrade or ""):lower() == "connect-udp" and destination(path) or nil,
        take = taker(function() return c:read(nil, 8) end), c = c,
        yes = function(protocol)
            c:write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ", protocol or "connect-udp",
                "\r\nCapsule-Protocol: ?1\r\n\r\n")
        end,
        no = function(status, more)
            sim.http_answer(c, status .. " No", "not for you\n",
                more and "Proxy-Authenticate: " .. more .. "\r\n")
        end,
        write = function(text) c:write(text) end,
        finish = function() c:close() end,
    }
end

local function h2_request(c)
    local r = sim.h2_request(c, true)
    return {
        to = r.protocol == "connect-udp" and destination(r.path or "") or nil,
        take = taker(function() return r:read(8) end), c = c,
        yes = function() r:answer(200, { ["capsule-protocol"] = "?1" }) end,
        no = function(status, more)
            r:page(status, "not for you\n", { ["content-type"] = "text/html", ["proxy-authenticate"] = more })
        end,
        write = function(text) r:write(text) end,
        finish = function() r:finish() end,
    }
end

-- Scenarios ------------------------------------------------------------------------------------------

local function add(id, port, summary, probe, verdict, serve)
    list[#list + 1] = sim.scenario { id = id, port = port, summary = summary, expects = { [probe] = verdict }, serve = serve }
end

local function by_upgrade(id, summary, verdict, serve)
    add("http-udp-" .. id, 8080, summary, UPGRADE, verdict, function(c)
        serve(upgrade_request(c))
    end)
end

local function by_h2(id, summary, verdict, serve)
    add("h2-udp-" .. id, 8443, summary .. ", by HTTP/2", H2, verdict, function(c)
        c:secure("good", true)
        serve(h2_request(c))
        c:try_read(5) -- the client closes when it has heard enough
    end)
end

local function scenario(...)
    by_upgrade(...)
    by_h2(...)
end

-- A server that lets pass what is a request for datagrams, and refuses what is none.
local function serves(serve)
    return function(q)
        if not q.to then
            return q.no(400)
        end
        serve(q)
    end
end

---A UDP socket. Where hundreds of servers are tested at once descriptors may be used up for a moment.
---@return sim.port?
local function udp_socket()
    for _ = 1, 50 do
        local socket = sim.udp()
        if socket then
            return socket
        end
        sim.sleep(0.1)
    end
    return nil
end

-- Says yes, and passes each datagram on; pass(q, socket, data) in place of both ways.
local function carries(pass)
    return serves(function(q)
        local socket = udp_socket()
        if not socket then
            return q.no(503)
        end
        q.yes()
        while true do
            pass(q, socket, next_datagram(q))
        end
    end)
end

local function both_ways(q, socket, data)
    socket:send(q.to, data)
    local answer = socket:receive(1)
    if answer then
        q.write(datagram(answer))
    end
end

local function is_port(q, n)
    return tonumber(q.to:match(":(%d+)$")) == sim.sink_ports()[n]
end

-- Open -----------------------------------------------------------------------------------------------

scenario("open", "Sends datagrams for anyone", "open", carries(both_ways))
add("http-udp-open-tls", 8443, "Sends datagrams for anyone, inside TLS", UPGRADE, "open", function(c)
    c:secure("good")
    carries(both_ways)(upgrade_request(c))
end)
add("h2-udp-open-clear", 8080, "Sends datagrams for anyone, by HTTP/2 in clear", H2, "open", function(c)
    carries(both_ways)(h2_request(c))
end)
scenario("out-only", "Sends anyone's datagrams, and brings no answer", "open", carries(function(q, socket, data)
    socket:send(q.to, data)
end))
scenario("but-25", "Sends datagrams to all ports but 25, which the first port of our sink stands for", "open",
    serves(function(q)
        if is_port(q, 1) then
            return q.no(403)
        end
        carries(both_ways)(q)
    end))
scenario("443-only", "Loses datagrams to all ports but 443, which the second port of our sink stands for", "open",
    carries(function(q, socket, data)
        return is_port(q, 2) and both_ways(q, socket, data)
    end))
scenario("slow", "Sends datagrams for anyone, and takes three seconds for each thing", "open", serves(function(q)
    sim.sleep(3)
    carries(function(...)
        sim.sleep(3)
        both_ways(...)
    end)(q)
end))
scenario("drip", "Sends datagrams for anyone, and answers byte for byte", "open", carries(function(q, socket, data)
    socket:send(q.to, data)
    for byte in datagram(socket:receive(1) or ""):gmatch(".") do
        q.write(byte)
        sim.sleep(0.002)
    end
end))
scenario("other-capsules", "Says other things too, as it may: capsules and contexts that nobody knows", "open",
    carries(function(q, socket, data)
        q.write(capsule(23, "") .. capsule(0, "\2" .. data) .. capsule(0x2575, ("x"):rep(900)))
        both_ways(q, socket, data)
    end))
scenario("optimist", "Says yes to everything, and sends datagrams for anyone", "open", function(q)
    if q.to then
        return carries(both_ways)(q)
    end
    q.yes()
    q.take(1)
end)

-- Closed ---------------------------------------------------------------------------------------------

local function says(status, more)
    return function(q)
        q.no(status, more)
    end
end

scenario("closed", "Refuses strangers' datagrams", "closed", says(403))
scenario("password", "Asks for a log-in before it sends datagrams", "closed", says(407, 'Basic realm="sim"'))
scenario("asks", "Asks for a log-in before it sends datagrams (401)", "closed", says(401))
scenario("web-server", "A web server that knows no such page", "closed", says(404))
scenario("page", "A web server that answers everything with a page", "closed", says(200))
by_upgrade("websocket", "Changes to another protocol than it is asked for", "closed", function(q)
    q.yes("websocket")
    q.take(1)
end)

-- No answer ------------------------------------------------------------------------------------------

scenario("no-way", "Can't reach our sink (504)", "inconclusive", says(504))
scenario("deaf", "Says yes, and sends nothing", "suspect", carries(function() end))
scenario("yes-then-end", "Says yes to what is a request, and ends it", "inconclusive", serves(function(q)
    q.yes()
    q.finish()
end))

-- Traps ----------------------------------------------------------------------------------------------

scenario("says-yes", "A trap: says yes to everything, and sends nothing", "inconclusive", function(q)
    q.yes()
    while true do
        q.take(1)
    end
end)
scenario("echo", "A trap: says yes, and sends back what it hears", "inconclusive", serves(function(q)
    q.yes()
    while true do
        q.write(q.take(1))
    end
end))
scenario("false-answer", "A trap: answers in our sink's place", "suspect", carries(function(q, _, data)
    local token = data:match("AJAR (%w+)") or ""
    q.write(datagram("250 AJAR " .. token .. " " .. ("0"):rep(32) .. " [192.0.2.9]"))
end))

-- Said behind a yes, and the connection stays.
local HOSTILE = {
    { "vast", "A capsule of 2^62 - 1 bytes", "\0\255\255\255\255\255\255\255\255", "inconclusive" },
    { "vast-type", "A capsule of the last type, and cut off", "\255\255\255\255\255\255\255\255\64\100x", "suspect" },
    { "long", "A capsule longer than any datagram", "\0\128\1\0\0" .. ("x"):rep(65536), "inconclusive" },
    { "empty", "A datagram without a context", "\0\0", "inconclusive" },
    { "half", "Half a length", "\0\128", "suspect" },
    { "banner", "The banner of a mail server", "220 mail.sim.test ESMTP Postfix\r\n", "suspect" },
    { "garbage", "What is no capsule", ("\255\254\13\128"):rep(1000), "inconclusive" },
}
for _, row in ipairs(HOSTILE) do
    scenario("hostile-" .. row[1], "Behind a yes: " .. row[2], row[4], serves(function(q)
        q.yes()
        q.write(row[3])
        while true do
            q.take(1)
        end
    end))
end
by_upgrade("hostile-flood", "Behind a yes: millions of capsules that mean nothing", "inconclusive", serves(function(q)
    q.yes()
    q.c:flood("\1\0")
end))
by_h2("hostile-flood", "Behind a yes: thousands of capsules that mean nothing", "inconclusive", serves(function(q)
    q.yes()
    for _ = 1, 20 do
        q.write(("\1\0"):rep(15000))
    end
    q.take(1)
end))

return list
