-- TURN servers (RFC 8656): open, closed and devious, by UDP and TCP.

local TURN = "proxy/turn"
local COOKIE = "\33\18\164\66"
local ALLOCATE, REFRESH, SEND, PERMIT = "\0\3", "\0\4", "\0\22", "\0\8"
local DATA_INDICATION = "\0\23"
local PEER, DATA, RELAYED, ERROR = 0x12, 0x13, 0x16, 0x09
local list = {}

local function scenario(id, summary, verdict, serve, tcp_only)
    list[#list + 1] = sim.scenario {
        id = id, port = 3478, summary = summary, udp = not tcp_only, expects = { [TURN] = verdict }, serve = serve,
    }
end

local function two(n)
    return string.char(math.floor(n / 256), n % 256)
end

local function attribute(kind, value)
    return two(kind) .. two(#value) .. value .. ("\0"):rep(-#value % 4)
end

local function say(c, kind, transaction, ...)
    local body = table.concat({ ... })
    c:write(kind, two(#body), COOKIE, transaction, body)
end

-- "ADDR:PORT" XORed with the cookie, and back.
local function xored(address)
    local a, b, d, e, port = address:match("^(%d+)%.(%d+)%.(%d+)%.(%d+):(%d+)$")
    local bytes = { bit.bxor(math.floor(port / 256), 33), bit.bxor(port % 256, 18) }
    for i, n in ipairs { a, b, d, e } do
        bytes[i + 2] = bit.bxor(n, COOKIE:byte(i))
    end
    return "\0\1" .. string.char(unpack(bytes))
end

local function address_in(value)
    local n = { value:byte(3, 8) }
    for i = 1, 4 do
        n[i + 2] = bit.bxor(n[i + 2], COOKIE:byte(i))
    end
    return ("%d.%d.%d.%d:%d"):format(n[3], n[4], n[5], n[6], bit.bxor(n[1], 33) * 256 + bit.bxor(n[2], 18))
end

-- The next message: its type, transaction and attributes.
local function message(c)
    local head, body
    if c.udp then
        local datagram = c:read(nil, 8)
        head, body = datagram:sub(1, 20), datagram:sub(21)
    else
        head = c:read(20, 8)
        local n = head:byte(3) * 256 + head:byte(4)
        body = n > 0 and c:read(n, 5) or ""
    end
    local attributes, at = {}, 1
    while at + 3 <= #body do
        local k1, k2, n1, n2 = body:byte(at, at + 3)
        local n = n1 * 256 + n2
        attributes[k1 * 256 + k2] = body:sub(at + 4, at + 3 + n)
        at = at + 4 + n + -n % 4
    end
    return { kind = head:sub(1, 2), transaction = head:sub(9, 20), attributes = attributes }
end

local function success(kind)
    return "\1" .. kind:sub(2)
end

local function refuse(c, m, code, phrase)
    say(c, "\1" .. string.char(m.kind:byte(2) + 16), m.transaction,
        attribute(ERROR, "\0\0" .. string.char(math.floor(code / 100), code % 100) .. phrase))
end

-- Sends what the client says to the peer; gives what comes back.
local function pass(socket, m)
    socket:send(address_in(m.attributes[PEER]), m.attributes[DATA])
    return socket:receive(1)
end

local function indicate(c, m, data)
    say(c, DATA_INDICATION, m.transaction, attribute(PEER, m.attributes[PEER]), attribute(DATA, data))
end

-- A server. rules.allocate, rules.permit: { code, phrase } to refuse; rules.relay(c, socket, m): in place of relaying.
local function turn(rules)
    return function(c)
        local socket
        while true do
            local m = message(c)
            local no = m.kind == ALLOCATE and rules.allocate or m.kind == PERMIT and rules.permit
            if no then
                refuse(c, m, no[1], no[2])
            elseif m.kind == ALLOCATE then
                socket = socket or sim.udp()
                say(c, success(m.kind), m.transaction,
                    rules.no_address and "" or attribute(RELAYED, xored("127.0.0.1:" .. socket.port)))
            elseif m.kind == PERMIT or m.kind == REFRESH then
                say(c, success(m.kind), m.transaction)
            elseif m.kind == SEND and socket and rules.relay then
                rules.relay(c, socket, m)
            elseif m.kind == SEND and socket then
                local answer = pass(socket, m)
                if answer then
                    indicate(c, m, answer)
                end
            end
        end
    end
end

scenario("turn-open", "Relays for anyone, by UDP and TCP", "open", turn {})
scenario("turn-open-tcp", "Relays for anyone, and has no ear for UDP", "open", turn {}, true)
list[#list + 1] = sim.scenario {
    id = "turn-tls", port = 5349, summary = "Relays for anyone inside TLS", expects = { [TURN] = "open" },
    serve = function(c)
        c:secure("good")
        turn {}(c)
    end,
}
scenario("turn-out-only", "Relays anyone's datagrams, and brings no answer", "open",
    turn { relay = function(_, socket, m) pass(socket, m) end })
local function is_sink_port(m, n)
    return tonumber(address_in(m.attributes[PEER]):match(":(%d+)$")) == sim.sink_ports()[n]
end

scenario("turn-but-25", "Relays for anyone to all ports but 25, which the first port of our sink stands for", "open",
    turn {
        relay = function(c, socket, m)
            local answer = not is_sink_port(m, 1) and pass(socket, m)
            if answer then
                indicate(c, m, answer)
            end
        end,
    })
scenario("turn-asks", "Asks for a log-in (401)", "closed", turn { allocate = { 401, "Unauthorized" } })
scenario("turn-asks-tcp", "Asks for a log-in, by TCP alone", "closed", turn { allocate = { 401, "Unauthorized" } }, true)
scenario("turn-forbidden", "Allocates nothing for strangers (403)", "closed", turn { allocate = { 403, "Forbidden" } })
scenario("turn-no-udp", "Relays no datagrams (442)", "closed", turn { allocate = { 442, "Unsupported Transport" } })
scenario("turn-peers", "Gives anyone a relay address, and relays to none but its own", "closed",
    turn { permit = { 403, "Forbidden IP" } })
scenario("turn-asks-late", "Gives anyone a relay address, and asks for a log-in before it relays", "closed",
    turn { permit = { 401, "Unauthorized" } })
scenario("turn-full", "Has no relay address left (486)", "inconclusive", turn { allocate = { 486, "Quota reached" } })
scenario("turn-elsewhere", "Sends us to another server (300)", "inconclusive", turn { allocate = { 300, "Try Alternate" } })
scenario("turn-other-family", "Has relay addresses of another family than our sink's alone (440)", "inconclusive",
    turn { allocate = { 440, "Address Family not Supported" } })
scenario("turn-deaf", "Gives a relay address, and relays nothing", "suspect", turn { relay = function() end })
scenario("turn-no-address", "Says yes, and gives no relay address", "inconclusive", turn { no_address = true })

scenario("turn-echo-data", "A trap: gives a relay address, and sends back what was to be relayed", "inconclusive",
    turn { relay = function(c, _, m) indicate(c, m, m.attributes[DATA]) end })

scenario("turn-false-answer", "A trap: answers in our sink's place", "suspect",
    turn {
        relay = function(c, _, m)
            local token = m.attributes[DATA]:match("AJAR (%w+)")
            indicate(c, m, "250 AJAR " .. token .. " " .. ("0"):rep(32) .. " [192.0.2.9]")
        end,
    })

scenario("turn-stun-only", "Knows STUN alone: refuses to allocate (400)", "closed", turn { allocate = { 400, "Bad Request" } })

scenario("turn-echo", "A trap: sends back whatever it hears", "inconclusive",
    function(c)
        while true do
            c:write(c:read(nil, 8))
        end
    end)

scenario("turn-other-transaction", "Answers what nobody asked", "inconclusive",
    function(c)
        while true do
            message(c)
            say(c, success(ALLOCATE), ("x"):rep(12), attribute(RELAYED, xored("127.0.0.1:4000")))
        end
    end)

scenario("turn-garbage", "Answers with what is no STUN", "inconclusive",
    function(c)
        for _, junk in ipairs { "", "x", "HTTP/1.1 400 Bad Request\r\n\r\n", ("\255"):rep(1500),
            "\1\3\0\8" .. COOKIE .. ("x"):rep(12) .. "\0\22\255\255", "\1\3\255\252" .. COOKIE .. ("x"):rep(12) } do
            c:read(nil, 8)
            c:write(junk)
        end
    end)

scenario("turn-flood", "Drowns every message in thousands that are none", "inconclusive",
    function(c)
        while true do
            c:read(nil, 8)
            for _ = 1, 3000 do
                c:write(("x"):rep(1400))
            end
        end
    end)

scenario("turn-many-messages", "Answers with hundreds of messages that nobody asked for", "inconclusive",
    function(c)
        while true do
            local m = message(c)
            for _ = 1, 500 do
                say(c, success(m.kind), ("y"):rep(12), attribute(RELAYED, xored("127.0.0.1:4000")))
            end
        end
    end)

scenario("turn-drip", "Relays for anyone, by TCP alone and byte for byte", "open",
    function(c)
        local slow = { read = function(_, ...) return c:read(...) end }
        function slow.write(_, ...)
            c:drip(table.concat({ ... }), 0.002)
        end
        turn {}(slow)
    end, true)

return list
