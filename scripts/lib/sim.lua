-- What scenarios are written with: the server's half of a conversation, straight down.
-- `raw` are the bindings of core/script/bind_sim.c.

local raw = raw
local sim = {}

---@class sim.connection
local connection = {}
local connection_meta = { __index = connection, __metatable = false }

---Called from C for each accepted connection.
function sim.connection(number)
    return setmetatable({ conn = number }, connection_meta)
end

---Ends the conversation when an operation failed (the client has gone, or keeps silent).
local function check(value, text)
    if value == nil then
        error(text, 0)
    end
    return value
end

---The next line, without its end. Ends the script when the client goes.
---@param seconds? number
---@return string
function connection:line(seconds)
    return check(raw.line(self.conn, seconds))
end

---Exactly n bytes, or what is there.
---@param n? integer
---@param seconds? number
---@return string
function connection:read(n, seconds)
    return check(raw.read(self.conn, n, seconds))
end

---The next bytes, or nil once the client has gone.
---@return string?
function connection:try_read(seconds)
    return (raw.read(self.conn, nil, seconds))
end

---@param ... string
function connection:write(...)
    check(raw.write(self.conn, table.concat({ ... })))
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

---@param seconds number
function sim.sleep(seconds)
    raw.pause(seconds)
end

---A connection from the simulated server to somewhere on loopback; nil and why, when there is none.
---@param address string "ADDR:PORT"
---@return sim.connection?, string?
function sim.dial(address)
    local conn, text = raw.dial(address)
    if not conn then
        return nil, text
    end
    return setmetatable({ conn = conn }, connection_meta)
end

---@class sim.scenario
---@field id string "relay-open"
---@field summary string
---@field port integer
---@field expects table<string, string> a probe's id → the verdict that is right
---@field serve fun(c: sim.connection)

---Defines a scenario.
---@param fields sim.scenario
function sim.scenario(fields)
    for _, name in ipairs { "id", "summary", "port", "expects", "serve" } do
        if fields[name] == nil then
            error("sim.scenario: " .. name .. " is missing", 2)
        end
    end
    return fields
end

-- Mail -------------------------------------------------------------------------------------------

---Delivers a message to the sink, as a relay does.
---@param from string with its <>
---@param to string with its <>
---@param message string as it came, dots doubled, without the last line
function sim.deliver(from, to, message)
    local out = sim.dial(raw.sink())
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
---the argument and give a reply; rules.message gets from, to and the message once it is there.
---@param c sim.connection
---@param rules table
function sim.mail_server(c, rules)
    local from, to
    local accept = function() return "250 2.0.0 ok" end
    c:say(rules.banner or "220 mail.sim.test ESMTP")
    while true do
        local line = c:line()
        local verb, argument = line:match("^(%a+) ?(.*)$")
        verb = (verb or ""):upper()
        if verb == "EHLO" then
            c:say(rules.ehlo or "250-mail.sim.test\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES")
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
---@return string method, string target, table<string, string> fields
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

---@param status string "200 OK"
function sim.http_answer(c, status, body, more)
    c:write("HTTP/1.1 ", status, "\r\nContent-Type: text/html\r\nContent-Length: ", tostring(#body), "\r\n",
        more or "", "Connection: close\r\n\r\n", body)
end

-- SOCKS ------------------------------------------------------------------------------------------

---The SOCKS 4 request behind its first byte: "ADDR:PORT" of the destination.
function sim.socks4_request(c)
    local head = c:read(7)
    local _, high, low, a, b, d, e = head:byte(1, 7)
    repeat
        local byte = c:read(1)
    until byte == "\0"
    return ("%d.%d.%d.%d:%d"):format(a, b, d, e, high * 256 + low)
end

---The SOCKS 5 request: "ADDR:PORT" (IPv4), or nil.
function sim.socks5_request(c)
    local kind = c:read(4):byte(4)
    if kind ~= 1 then
        return nil
    end
    local a, b, d, e, high, low = c:read(6):byte(1, 6)
    return ("%d.%d.%d.%d:%d"):format(a, b, d, e, high * 256 + low)
end

return sim
