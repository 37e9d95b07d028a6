-- What SOCKS proxies do beside connecting: carrying datagrams (UDP ASSOCIATE) and waiting for connections (BIND).

local UDP, BIND4, BIND5 = "proxy/socks5-udp", "proxy/socks4-bind", "proxy/socks5-bind"
local CONNECT, ASSOCIATE, BIND = 1, 3, 2
local list = {}

local function scenario(id, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = 1080, summary = summary, expects = expects, serve = serve }
end

-- "ADDR:PORT" as six bytes, and back.
local function packed(address)
    local a, b, d, e, port = address:match("^(%d+)%.(%d+)%.(%d+)%.(%d+):(%d+)$")
    return string.char(a, b, d, e, math.floor(port / 256), port % 256)
end

local function unpacked(bytes)
    local a, b, d, e, high, low = bytes:byte(1, 6)
    return ("%d.%d.%d.%d:%d"):format(a, b, d, e, high * 256 + low)
end

-- A reply; code 0 grants, in SOCKS 4 too.
local function answer(c, version, code, at)
    local address = packed(at or "0.0.0.0:0")
    if version == 5 then
        return c:write("\5", string.char(code), "\0\1", address)
    end
    c:write("\0", string.char(code == 0 and 90 or 91), address:sub(5, 6), address:sub(1, 4))
end

-- Takes the greeting, where there is one, and the request.
local function request(c)
    local version = c:read(1):byte()
    if version == 5 then
        c:read(c:read(1):byte())
        c:write("\5\0")
    end
    local address, command = (version == 5 and sim.socks5_request or sim.socks4_request)(c)
    return version, command, address
end

-- A server of one command, which refuses all others.
local function serves(command, serve)
    return function(c)
        local version, asked, address = request(c)
        if asked ~= command then
            return answer(c, version, 7)
        end
        serve(c, version, address)
    end
end

-- Datagrams ------------------------------------------------------------------------------------------

-- pass(socket, data, from, client): what is done with each datagram; client: who sent the first.
local function association(c, pass, bound)
    local socket = sim.udp()
    local client
    answer(c, 5, 0, bound or "0.0.0.0:" .. socket.port)
    while true do
        local data, from = socket:receive(5)
        if not data then
            return
        end
        client = client or from
        pass(socket, data, from, client)
    end
end

local function out(socket, data)
    socket:send(unpacked(data:sub(5, 10)), data:sub(11))
end

local function both_ways(socket, data, from, client)
    if from == client then
        return out(socket, data)
    end
    socket:send(client, "\0\0\0\1" .. packed(from) .. data)
end

scenario("socks-udp-open", "Carries datagrams for anyone, and connects nobody", { [UDP] = "open" },
    serves(ASSOCIATE, function(c)
        association(c, both_ways)
    end))

scenario("socks-udp-out-only", "Carries anyone's datagrams out, and none back", { [UDP] = "open" },
    serves(ASSOCIATE, function(c)
        association(c, function(socket, data, from, client)
            if from == client then
                out(socket, data)
            end
        end)
    end))

---Is this the n-th port of the sink of ajar probe?
local function is_port(address, n)
    return tonumber(address:match(":(%d+)$")) == sim.sink_ports()[n]
end

-- Datagrams to some ports are lost on the way.
local function filtered(passes)
    return serves(ASSOCIATE, function(c)
        association(c, function(socket, data, from, client)
            if from ~= client or passes(unpacked(data:sub(5, 10))) then
                both_ways(socket, data, from, client)
            end
        end)
    end)
end

scenario("socks-udp-but-25", "Carries datagrams to all ports but 25, which the first port of our sink stands for",
    { [UDP] = "open" }, filtered(function(address) return not is_port(address, 1) end))

scenario("socks-udp-443-only", "Carries datagrams to port 443 alone, which the second port of our sink stands for",
    { [UDP] = "open" }, filtered(function(address) return is_port(address, 2) end))

-- An answer that comes late comes more than once, as the question is asked again.
scenario("socks-udp-late", "Carries datagrams for anyone, and takes three seconds for each answer", { [UDP] = "open" },
    serves(ASSOCIATE, function(c)
        association(c, function(socket, data, from, client)
            if from ~= client then
                sim.sleep(3)
            end
            both_ways(socket, data, from, client)
        end)
    end))

scenario("socks-udp-loses-some", "Carries datagrams for anyone, and loses the first", { [UDP] = "open" },
    serves(ASSOCIATE, function(c)
        local seen = 0
        association(c, function(...)
            seen = seen + 1
            return seen > 1 and both_ways(...)
        end)
    end))

scenario("socks-udp-named-only", "Carries datagrams only for who names his own address beforehand", { [UDP] = "closed" },
    serves(ASSOCIATE, function(c, version, address)
        answer(c, version, address == "0.0.0.0:0" and 2 or 1)
    end))

scenario("socks-udp-refuses", "Connects only, and says so", { [UDP] = "closed", [BIND5] = "closed", [BIND4] = "closed" },
    serves(CONNECT, function(c, version)
        answer(c, version, 2)
    end))

scenario("socks-udp-deaf", "Says yes and carries no datagram", { [UDP] = "suspect" },
    serves(ASSOCIATE, function(c)
        association(c, function() end)
    end))

scenario("socks-udp-no-port", "Says yes, and names no port for datagrams", { [UDP] = "inconclusive" },
    serves(ASSOCIATE, function(c)
        answer(c, 5, 0)
        c:try_read(3)
    end))

scenario("socks-udp-closed-port", "Says yes, and names a port where nothing is", { [UDP] = "suspect" },
    serves(ASSOCIATE, function(c)
        answer(c, 5, 0, "0.0.0.0:9")
        c:try_read(3)
    end))

scenario("socks-udp-elsewhere", "Says yes, and names another host for datagrams", { [UDP] = "inconclusive" },
    serves(ASSOCIATE, function(c)
        association(c, both_ways, "192.0.2.1:4000")
    end))

scenario("socks-udp-echo", "A trap: sends every datagram back to who sent it", { [UDP] = "inconclusive" },
    serves(ASSOCIATE, function(c)
        association(c, function(socket, data, from)
            socket:send(from, data)
        end)
    end))

scenario("socks-udp-false-answer", "A trap: answers in our sink's place", { [UDP] = "suspect" },
    serves(ASSOCIATE, function(c)
        association(c, function(socket, data, from)
            local token = data:match("AJAR (%w+)")
            socket:send(from, data:sub(1, 10) .. "250 AJAR " .. (token or "") .. " " .. ("0"):rep(32) .. " [192.0.2.9]")
        end)
    end))

scenario("socks-udp-garbage", "Sends datagrams that are none of SOCKS", { [UDP] = "suspect" },
    serves(ASSOCIATE, function(c)
        association(c, function(socket, _, from)
            for _, junk in ipairs { "", "\0", "\0\0\1\1abcdef", ("x"):rep(2000) } do
                socket:send(from, junk)
            end
        end)
    end))

scenario("socks-udp-flood", "Answers each datagram with a thousand that are none of our sink's", { [UDP] = "suspect" },
    serves(ASSOCIATE, function(c)
        association(c, function(socket, _, from)
            for _ = 1, 1000 do
                socket:send(from, "\0\0\0\1\127\0\0\1\0\9" .. ("x"):rep(1400))
            end
        end)
    end))

-- Waiting for connections ------------------------------------------------------------------------------

-- Waits for one connection and says so; then joined(c, other).
local function wait(c, version, joined, bound)
    local listener = sim.listen()
    answer(c, version, 0, (bound or "0.0.0.0:") .. listener.port)
    local other = listener:accept(10)
    if not other then
        return answer(c, version, 1)
    end
    answer(c, version, 0, "127.0.0.1:4000")
    joined(c, other)
end

local function both_binds(verdict)
    return { [BIND4] = verdict, [BIND5] = verdict }
end

scenario("socks-bind-open", "Waits for connections in anyone's place, and connects nobody", both_binds("open"),
    serves(BIND, function(c, version)
        wait(c, version, c.pipe)
    end))

scenario("socks-bind-named", "The same, and it names its own address", both_binds("open"),
    serves(BIND, function(c, version)
        wait(c, version, c.pipe, "127.0.0.1:")
    end))

scenario("socks-bind-not-for-us", "Waits for connections, and lets ours not in", both_binds("closed"),
    serves(BIND, function(c, version)
        local listener = sim.listen()
        answer(c, version, 0, "0.0.0.0:" .. listener.port)
        listener:accept(10)
        answer(c, version, 2)
    end))

scenario("socks-bind-deaf", "Lets a connection in, and passes nothing", both_binds("suspect"),
    serves(BIND, function(c, version)
        wait(c, version, function()
            sim.sleep(4)
        end)
    end))

scenario("socks-bind-out-only", "Passes what we say, and nothing back", both_binds("suspect"),
    serves(BIND, function(c, version)
        wait(c, version, function(_, other)
            other:write(c:read())
            sim.sleep(4)
        end)
    end))

scenario("socks-bind-nobody", "Says that it waits, and does not", both_binds("inconclusive"),
    serves(BIND, function(c, version)
        answer(c, version, 0, "0.0.0.0:4001")
        c:try_read(10)
    end))

scenario("socks-bind-hangs-up", "Says that it waits, then goes", both_binds("inconclusive"),
    serves(BIND, function(c, version)
        answer(c, version, 0, "0.0.0.0:4001")
    end))

scenario("socks-bind-elsewhere", "Says that it waits at another host", both_binds("inconclusive"),
    serves(BIND, function(c, version)
        wait(c, version, c.pipe, "192.0.2.1:")
    end))

scenario("socks-bind-service", "A trap: has our sink sent to its mail server", both_binds("inconclusive"),
    serves(BIND, function(c, version)
        answer(c, version, 0, "0.0.0.0:25")
        c:try_read(10)
    end))

scenario("socks-bind-liar", "A trap: says at once that somebody has come", both_binds("inconclusive"),
    serves(BIND, function(c, version)
        answer(c, version, 0, "0.0.0.0:4001")
        answer(c, version, 0, "127.0.0.1:4000")
        c:try_read(10)
    end))

scenario("socks-bind-echo", "A trap: says yes to everything, and sends back what it hears", both_binds("inconclusive"),
    function(c)
        local version, command = request(c)
        if command == BIND then
            return wait(c, version, function()
                c:write(c:read())
                sim.sleep(4)
            end)
        end
        answer(c, version, 0)
        c:try_read(5)
    end)

scenario("socks-bind-slow", "Waits for connections in anyone's place, and answers byte for byte", both_binds("open"),
    serves(BIND, function(c, version)
        local slow = { write = function(_, ...) c:drip(table.concat({ ... }), 0.01) end }
        wait(slow, version, function(_, other)
            c:pipe(other)
        end)
    end))

scenario("socks-bind-flood", "A trap: pours megabytes over our sink, and over us", both_binds("suspect"),
    serves(BIND, function(c, version)
        wait(c, version, function(_, other)
            for _ = 1, 20 do
                other:write(("x"):rep(65536))
            end
            for _ = 1, 20 do
                c:write(("x"):rep(65536))
            end
        end)
    end))

scenario("socks-bind-mirror", "A trap: shows our sink its own words", both_binds("suspect"),
    serves(BIND, function(c, version)
        wait(c, version, function(_, other)
            for _ = 1, 1000 do
                other:write(other:read(nil, 5))
            end
        end)
    end))

return list
