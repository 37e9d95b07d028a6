-- What scenarios are written with: the server's half of a conversation, straight down.
-- `raw` are the bindings of core/script/bind_sim.c.

local raw = raw
local sim = {}

---@class sim.connection
local connection = {}
local connection_meta = { __index = connection, __metatable = false }

-- A client that speaks by UDP has the same face: what is read and written are whole datagrams.
local peer = {}
local peer_meta = { __index = peer, __metatable = false }

-- What is raised when the client has gone, or keeps silent: it ends the conversation, and is no error. A
-- script can catch it, so it is nothing that one could write into.
local function gone() end

---Called from C for each accepted connection.
---@param number integer
---@param serve fun(c: sim.connection, state: table)
---@param state table the scenario's, kept from one connection to the next
function sim.serve(number, serve, state)
    local meta = number == 0 and peer_meta or connection_meta
    local ok, problem = pcall(serve, setmetatable({ conn = number, udp = number == 0 }, meta), state)
    if not ok and problem ~= gone then
        error(problem, 0)
    end
end

local function check(value)
    if value == nil then
        error(gone, 0)
    end
    return value
end

---The next line, without its end. Ends the script when the client goes.
---@param seconds? number
---@return string line
function connection:line(seconds)
    return check(raw.line(self.conn, seconds))
end

---Exactly n bytes, or what is there.
---@param n? integer
---@param seconds? number
---@return string bytes
function connection:read(n, seconds)
    return check(raw.read(self.conn, n, seconds))
end

---The next bytes, or nil once the client has gone.
---@param seconds? number
---@return string? bytes
function connection:try_read(seconds)
    return (raw.read(self.conn, nil, seconds))
end

local PIECE = 65536

---@param ... string
function connection:write(...)
    local text = table.concat({ ... })
    for at = 1, #text, PIECE do
        check(raw.write(self.conn, text:sub(at, at + PIECE - 1)))
        while #text > PIECE and check(raw.unsent(self.conn)) do
            raw.pause(0.01)
        end
    end
end

---Byte for byte, so many seconds apart.
---@param text string
---@param seconds? number
function connection:drip(text, seconds)
    for i = 1, #text do
        self:write(text:sub(i, i))
        raw.pause(seconds or 0.01)
    end
end

---TLS from here on, as its server. The certificate is one of "good", "expired", "early" (not valid yet), "other" (for
---another name), "chain" (16 KB of them), "huge" (180 KB), "weak" (RSA of 1024 bits, SHA-1),
---"ed25519", "old" (TLS 1.0 at most). Ends the script when the handshake fails.
---@param certificate? "good"|"expired"|"early"|"other"|"chain"|"huge"|"weak"|"ed25519"|"old"
---@param h2? boolean
function connection:secure(certificate, h2)
    check(raw.secure(self.conn, certificate or "good", h2))
end

---Shuts our half: the client sees the end of what we say, and can still be heard.
function connection:shutdown()
    raw.shutdown(self.conn)
end

---Breaks the connection off with a reset.
function connection:reset()
    raw.reset(self.conn)
end

---A line and CRLF.
---@param ... string
function connection:say(...)
    self:write(table.concat({ ... }) .. "\r\n")
end

function connection:close()
    raw.close(self.conn)
end

---Joins this connection to another, both ways, until one of them ends.
---@param other sim.connection
function connection:pipe(other)
    raw.pipe(self.conn, other.conn)
end

function peer.read(_, _, seconds)
    return (check(raw.receive(1, seconds)))
end

function peer.try_read(_, seconds)
    return (raw.receive(1, seconds))
end

function peer.write(_, ...)
    raw.send(1, table.concat({ ... }))
end

---@param seconds number
function sim.sleep(seconds)
    raw.pause(seconds)
end

---The same text over and over, 8 MB of it or until the client goes.
---@param text string
function connection:flood(text)
    local piece = text:rep(math.ceil(PIECE / #text))
    for _ = 1, 8 * 1024 * 1024 / #piece do
        self:write(piece)
    end
end

---Hears the client out and says nothing, until it goes or says nothing either for a minute.
function connection:hush()
    repeat
        local got = self:try_read(60)
    until not got
end

local breaks = {
    { id = "reset", words = "resets", act = function(c)
        raw.pause(0.05) -- so that the connection stands at the other end, and is not unreachable
        c:reset()
    end },
    { id = "close", words = "closes", act = connection.close },
    { id = "silence", words = "says nothing more", act = connection.hush },
    { id = "half", words = "shuts its half and listens on", act = function(c)
        c:shutdown()
        c:hush()
    end },
    { id = "garbage", words = "says what is no protocol", act = function(c)
        c:write(("\255\254\13\128"):rep(1024))
        c:hush()
    end },
}

---Ways to break a conversation off, for scenarios that do so at every step of a protocol.
---@return { id: string, words: string, act: fun(c: sim.connection) }[] ways
function sim.breaks()
    local copy = {} -- a script sees no table of ours but through a veil that ipairs does not lift
    for i, way in ipairs(breaks) do
        copy[i] = way
    end
    return copy
end

---A connection from the simulated server to somewhere on loopback; nil and why, when there is none.
---@param address? string
---@param options? { from?: string, seconds?: number }
---@return sim.connection? connection
---@return string? why
function sim.dial(address, options)
    options = options or {}
    local conn, text = raw.dial(address or "", options.seconds, options.from)
    if not conn then
        return nil, text
    end
    return setmetatable({ conn = conn }, connection_meta)
end

---@class sim.port
---@field handle integer
local port = {}
local port_meta = { __index = port, __metatable = false }

local function opened(handle, number)
    return handle and setmetatable({ handle = handle, port = number }, port_meta)
end

---Opens a port that listens.
---@return sim.port? port
function sim.listen()
    return opened(raw.listen())
end

---Opens a UDP socket.
---@return sim.port? port
function sim.udp()
    return opened(raw.udp())
end

---The next connection to a port that listens; nil: none came in time.
---@param seconds? number
---@return sim.connection? connection
function port:accept(seconds)
    local conn = raw.accept(self.handle, seconds)
    return conn and setmetatable({ conn = conn }, connection_meta)
end

---The next datagram and who sent it, "ADDR:PORT"; nil: none came in time.
---@param seconds? number
---@return string? data
---@return string? from
function port:receive(seconds)
    local data, from = raw.receive(self.handle, seconds)
    if data then
        return data, from
    end
end

---Sends a datagram, to loopback alone.
---@param to string
---@param data string
function port:send(to, data)
    raw.send(self.handle, data, to)
end

---The ports of the sink of ajar probe, as --sink names them.
---@return integer[] ports
function sim.sink_ports()
    return raw.sink_ports()
end

---Is this where a probe's control leads: to a port that is none of the sink's?
---@param address string
---@return boolean is
function sim.is_control(address)
    local wanted = tonumber(address:match(":(%d+)$"))
    for _, one in ipairs(raw.sink_ports()) do
        if one == wanted then
            return false
        end
    end
    return wanted ~= nil
end

local FIELDS = {
    id = true, summary = true, port = true, name = true, ipv6 = true, udp = true, expects = true, serve = true,
}

---Defines a scenario.
---@param fields sim.scenario
---@return sim.scenario scenario
function sim.scenario(fields)
    for _, name in ipairs { "id", "summary", "port", "expects", "serve" } do
        if fields[name] == nil then
            error("sim.scenario: " .. name .. " is missing", 2)
        end
    end
    for name in pairs(fields) do
        if not FIELDS[name] then
            error("sim.scenario: " .. tostring(name) .. " is no field of a scenario", 2)
        end
    end
    return fields
end

-- Mail -------------------------------------------------------------------------------------------

---Delivers a message to the sink, as a relay does.
---@param from? string
---@param to? string
---@param message string
---@param options? { from?: string }
function sim.deliver(from, to, message, options)
    local out = from and to and sim.dial(raw.sink(), options)
    if not out then
        return
    end
    local function reply()
        local line
        repeat
            line = out:line()
        until line:sub(4, 4) ~= "-"
        return line:sub(1, 1) == "2" or line:sub(1, 1) == "3"
    end
    local ok = reply()
    for _, command in ipairs { "EHLO relay.sim.test", "MAIL FROM:" .. from, "RCPT TO:" .. to, "DATA" } do
        if ok then
            out:say(command)
            ok = reply()
        end
    end
    if ok then
        out:write("Received: from client by relay.sim.test with SMTP\r\n", message, ".\r\n")
        reply()
    end
    out:say("QUIT")
    out:close()
end

---A mail server. What it says to each command can be changed: rules.mail, rules.rcpt and rules.data get
---the argument and give a reply; rules.message gets from, to and the message once it is there. rules.starttls is the
---certificate that it offers TLS with; rules.tls: TLS from the start.
---@param c sim.connection
---@param rules sim.rules
function sim.mail_server(c, rules)
    local from, to
    local accept = function() return "250 2.0.0 ok" end
    if rules.tls then
        c:secure(rules.tls)
    end
    c:say(rules.banner or "220 mail.sim.test ESMTP")
    while true do
        local line = c:line()
        local verb, argument = line:match("^(%a+) ?(.*)$")
        verb = (verb or ""):upper()
        if verb == "EHLO" then
            c:say(rules.ehlo or "250-mail.sim.test\r\n" .. (rules.starttls and "250-STARTTLS\r\n" or "") ..
                "250-PIPELINING\r\n250 ENHANCEDSTATUSCODES")
        elseif verb == "STARTTLS" and rules.starttls then
            c:say("220 2.0.0 go ahead")
            c:secure(rules.starttls)
        elseif verb == "HELO" then
            c:say("250 mail.sim.test")
        elseif verb == "MAIL" then
            from = argument:match("<[^>]*>")
            c:say((rules.mail or accept)(argument))
        elseif verb == "RCPT" then
            to = argument:match("<[^>]*>")
            c:say((rules.rcpt or accept)(argument))
        elseif verb == "DATA" then
            local answer = (rules.data or function() return "354 go on" end)()
            c:say(answer)
            if answer:sub(1, 3) == "354" then
                local lines = {}
                repeat
                    local text = c:line()
                    lines[#lines + 1] = text ~= "." and text .. "\r\n" or nil
                until text == "."
                local message = table.concat(lines)
                c:say((rules.accepted or accept)(from, to, message))
                if rules.message then
                    rules.message(from, to, message)
                end
            end
        elseif verb == "QUIT" then
            c:say("221 2.0.0 bye")
            return c:close()
        elseif verb == "RSET" or verb == "NOOP" then
            c:say("250 2.0.0 ok")
        else
            c:say("502 5.5.2 what?")
        end
    end
end

-- HTTP -------------------------------------------------------------------------------------------

---Reads the head of a request.
---@param c sim.connection
---@return string method
---@return string target
---@return table<string, string> fields
function sim.http_request(c)
    local method, target = c:line():match("^(%u+) (%S+) HTTP/1%.[01]$")
    local fields = {}
    while true do
        local line = c:line()
        if line == "" then
            return method or "", target or "", fields
        end
        local name, value = line:match("^([^:]+):%s*(.*)$")
        if name then
            fields[name:lower()] = value
        end
    end
end

---@param c sim.connection
---@param status string
---@param body string
---@param more? string
function sim.http_answer(c, status, body, more)
    c:write("HTTP/1.1 ", status, "\r\nContent-Type: text/html\r\nContent-Length: ", tostring(#body), "\r\n",
        more or "", "Connection: close\r\n\r\n", body)
end

-- HTTP/2 -----------------------------------------------------------------------------------------

---@class sim.h2
---@field conn integer
local h2 = {}
local h2_meta = { __index = h2, __metatable = false }

---Begins HTTP/2 and waits for the client's first request; the script ends where none comes.
---@param c sim.connection
---@param extended? boolean
---@return sim.h2 request
function sim.h2_request(c, extended)
    local request = check(raw.h2_serve(c.conn, extended))
    request.conn = c.conn
    return setmetatable(request, h2_meta)
end

---The head of the response; a tunnel or a body may follow.
---@param status string|integer
---@param fields? table<string, string>
function h2:answer(status, fields)
    check(raw.h2_respond(self.conn, tostring(status), fields))
end

---A whole response.
---@param status string|integer
---@param body string
---@param fields? table<string, string>
function h2:page(status, body, fields)
    local all = { ["content-length"] = tostring(#body) }
    for name, value in pairs(fields or {}) do
        all[name] = value
    end
    self:answer(status, all)
    self:write(body)
    self:finish()
end

---@param text string
function h2:write(text)
    check(raw.h2_write(self.conn, text))
end

---What the client has put into the tunnel; ends the script when it has ended.
---@param seconds? number
---@return string bytes
function h2:read(seconds)
    return check(raw.h2_read(self.conn, seconds))
end

---Ends our half of the tunnel.
function h2:finish()
    check(raw.h2_finish(self.conn))
end

---Ends the request with an error of RFC 9113, section 7 (10: CONNECT_ERROR).
---@param code integer
function h2:reset(code)
    check(raw.h2_reset(self.conn, code))
end

---Says that no request is taken any more (GOAWAY), with such an error.
---@param code integer
function h2:go_away(code)
    check(raw.h2_go_away(self.conn, code))
end

---Joins the tunnel to a connection, both ways, until one of them ends.
---@param other sim.connection
function h2:pipe(other)
    check(raw.h2_pipe(self.conn, other.conn))
end

-- SOCKS ------------------------------------------------------------------------------------------

---The SOCKS 4 request behind its first byte: "ADDR:PORT" of the destination, and the command.
function sim.socks4_request(c)
    local head = c:read(7)
    local _, high, low, a, b, d, e = head:byte(1, 7)
    repeat
        local byte = c:read(1)
    until byte == "\0"
    return ("%d.%d.%d.%d:%d"):format(a, b, d, e, high * 256 + low), head:byte(1)
end

---The SOCKS 5 request: "ADDR:PORT" (nil unless IPv4), and the command.
function sim.socks5_request(c)
    local _, command, _, kind = c:read(4):byte(1, 4)
    if kind ~= 1 then
        return nil, command
    end
    local a, b, d, e, high, low = c:read(6):byte(1, 6)
    return ("%d.%d.%d.%d:%d"):format(a, b, d, e, high * 256 + low), command
end

return sim
