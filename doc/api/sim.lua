---@meta
-- sim: simulated servers
-- Name: ajar.sim
--
-- What scenarios are written with: the server's half of a conversation, straight down. It is the global `sim` of the files
-- that `ajar sim FILE.lua` serves, and of those in a pack's `scenarios/`. Servers are reached from loopback alone, and reach
-- nothing else. When the client goes or keeps silent too long, the conversation ends by itself, and so does the connection
-- when `serve` returns.

---What scenarios find.
---@class sim
sim = {}

---A simulated server.
---@class sim.scenario
---@field id string "relay-open"
---@field summary string one line
---@field port integer
---@field expects table<string, ajar.verdict.word> a probe's id and the verdict that is right; "relay", "proxy" and "*" stand for all that are not named
---@field serve fun(c: sim.connection, state: table) called for each connection; `state` is the scenario's own, and kept from one to the next
---@field name? string the server's, as a list of targets may have it: `ajar sim check` gives it with the target
---@field ipv6? boolean listens on ::1 instead, on a port that `ajar sim` prints
---@field udp? boolean serves those who speak by UDP to the same port too: `c.udp` is true for them

---Defines a scenario. A script returns one, or a list of them.
---
---Raises a text where a field is missing, or is none of a scenario's.
---
---```lua
----- ajar sim check FILE
---return sim.scenario {
---    id = "relay-second-try", summary = "Greylists: takes a recipient the second time he is named", port = 2525,
---    expects = { ["relay/third-party"] = "open" },
---    serve = function(c, state)
---        sim.mail_server(c, {
---            rcpt = function(to)
---                state[to] = (state[to] or 0) + 1
---                return state[to] > 1 and "250 ok" or "451 4.7.1 come back in 1 second"
---            end,
---            message = sim.deliver,
---        })
---    end,
---}
---```
---@param fields sim.scenario
---@return sim.scenario scenario the same table
function sim.scenario(fields) end

---A connection that a client has made, or `sim.dial`. With `udp` the same face stands for a peer that speaks by UDP: what
---`read`, `try_read` and `write` move are whole datagrams then, and there is nothing else.
---@class sim.connection
---@field udp? boolean
local connection = {}

---The next line, without its end.
---
---Raises nothing that a script need know: when the client goes or keeps silent, the conversation ends. So with all that reads
---and writes.
---
---```lua
----- relay/third-party --> closed
---c:say("220 mail.sim.test ESMTP")
---while true do
---    local line = c:line()
---    c:say(line:find("^RCPT") and "554 5.7.1 Relay access denied" or "250 ok")
---end
---```
---@param seconds? number how long to wait; default 30
---@return string line
function connection:line(seconds) end

---Bytes: exactly n, or what is there.
---
---```lua
----- proxy/socks5 --> closed
---local version, methods = c:read(2):byte(1, 2)
---c:read(methods)
---c:write("\5\255") -- none of these
---```
---@param n? integer at most 65536; default: what is there, at least one
---@param seconds? number how long to wait; default 30
---@return string bytes
function connection:read(n, seconds) end

---The next bytes, where nobody need say anything.
---
---```lua
----- relay/third-party --> closed
---local early = c:try_read(0.1) --> nil
---c:say("554 5.7.1 no service here")
---c:line()
---```
---@param seconds? number how long to wait; default 30
---@return string? bytes nil once the client has gone, or when the time is up
function connection:try_read(seconds) end

---Writes.
---
---```lua
----- relay/third-party --> closed
---c:write("554 5.7.1 ", "no service here", "\r\n")
---c:line()
---```
---@param ... string
function connection:write(...) end

---Writes a line, with CRLF behind it.
---
---```lua
----- relay/third-party --> closed
---c:say("554 5.7.1 ", "no service here")
---c:line()
---```
---@param ... string
function connection:say(...) end

---Writes byte for byte, so many seconds apart.
---
---```lua
----- relay/third-party --> closed
---c:drip("554 no\r\n", 0.005)
---c:line()
---```
---@param text string
---@param seconds? number default 0.01
function connection:drip(text, seconds) end

---Writes the same text over and over: 8 MB of it, or until the client goes.
---
---```lua
----- relay/third-party --> inconclusive
---c:flood("220-mail.sim.test\r\n")
---```
---@param text string
function connection:flood(text) end

---Hears the client out and says nothing, until it goes or says nothing either for a minute.
---
---```lua
----- relay/third-party --> inconclusive
---c:say("220 mail.sim.test ESMTP")
---c:shutdown()
---c:hush()
---```
function connection:hush() end

---TLS from here on, as its server. Ends the conversation when the handshake fails.
---
---```lua
----- proxy/http-connect --> inconclusive
---c:secure("expired")
---c:line()
---```
---@param certificate? "good"|"expired"|"early"|"other"|"chain"|"huge"|"weak"|"ed25519"|"old" early: not valid yet; other: for another name; chain: 16 KB of them; huge: 180 KB; weak: RSA of 1024 bits, SHA-1; old: TLS 1.0 at most; default good
---@param h2? boolean HTTP/2 is chosen if the client offers it (ALPN), else HTTP/1.1
function connection:secure(certificate, h2) end

---Shuts our half: the client sees the end of what we say, and can still be heard.
---
---```lua
----- relay/third-party --> inconclusive
---c:say("220 mail.sim.test ESMTP")
---c:shutdown()
---c:line()
---```
function connection:shutdown() end

---Breaks the connection off with a reset.
---
---```lua
----- relay/third-party --> inconclusive
---c:say("220 mail.sim.test ESMTP")
---c:line()
---c:reset()
---```
function connection:reset() end

---Closes the connection in order.
---
---```lua
----- relay/third-party --> inconclusive
---c:say("220 mail.sim.test ESMTP")
---c:line()
---c:close()
---```
function connection:close() end

---Joins this connection to another, both ways, until one of them ends.
---
---```lua
----- proxy/http-connect --> open
---local _, address = sim.http_request(c)
---local other = sim.dial(address)
---if not other then
---    return sim.http_answer(c, "502 Bad Gateway", "")
---end
---c:write("HTTP/1.1 200 Connection established\r\n\r\n")
---c:pipe(other)
---```
---@param other sim.connection
function connection:pipe(other) end

---Waits.
---
---```lua
----- relay/third-party --> closed
---sim.sleep(0.1)
---c:say("554 5.7.1 no service here")
---c:line()
---```
---@param seconds number
function sim.sleep(seconds) end

---Ways to break a conversation off, for scenarios that do so at every step of a protocol.
---
---```lua
----- relay/third-party --> inconclusive
---local ways = sim.breaks()
---c:say("220 mail.sim.test ESMTP")
---c:line()
---ways[2].act(c) -- it closes
---```
---@return { id: string, words: string, act: fun(c: sim.connection) }[] ways reset, close, silence, half, garbage
function sim.breaks() end

---Makes a connection to somewhere on loopback.
---
---```lua
----- proxy/http-connect --> closed
---local there, why = sim.dial("127.0.0.1:1") --> nil, …
---local _, address = sim.http_request(c)
---local sink = sim.dial(address, { from = "127.0.9.9" })
---sim.http_answer(c, "403 Forbidden", sink and "I could" or "I could not")
---```
---@param address? string "ADDR:PORT"; anything else leads nowhere
---@param options? { from?: string, seconds?: number } from: an address of loopback that it comes from; default: the server's own
---@return sim.connection? connection
---@return string? why there is none
function sim.dial(address, options) end

---A port of a server's own that listens, by TCP or UDP.
---@class sim.port
---@field port integer its number, at the server's own address
local port = {}

---Opens a port that listens.
---
---```lua
----- relay/third-party --> closed
---local listening = sim.listen()
---local visitor = listening:accept(0.1) --> nil
---c:say("554 5.7.1 nobody came to port " .. listening.port)
---c:line()
---```
---@return sim.port? port
function sim.listen() end

---Opens a UDP socket.
---
---```lua
----- relay/third-party --> closed
---local one, other = sim.udp(), sim.udp()
---one:send("127.0.0.1:1", "nobody hears it")
---local data = other:receive(0.1) --> nil
---c:say("554 5.7.1 no service here")
---c:line()
---```
---@return sim.port? port
function sim.udp() end

---The next connection to a port that listens.
---
---```lua
----- relay/third-party --> closed
---local listening = sim.listen()
---local visitor = listening:accept(0.1) --> nil
---c:say("554 5.7.1 no service here")
---c:line()
---```
---@param seconds? number how long to wait; default 30
---@return sim.connection? connection nil: none came in time
function port:accept(seconds) end

---The next datagram.
---
---```lua
----- relay/third-party --> closed
---local data, from = sim.udp():receive(0.1) --> nil, nil
---c:say("554 5.7.1 no service here")
---c:line()
---```
---@param seconds? number how long to wait; default 30
---@return string? data nil: none came in time
---@return string? from who sent it, "ADDR:PORT"
function port:receive(seconds) end

---Sends a datagram, to loopback alone.
---
---```lua
----- relay/third-party --> closed
---sim.udp():send("127.0.0.1:9", "hello")
---c:say("554 5.7.1 no service here")
---c:line()
---```
---@param to string "ADDR:PORT"
---@param data string
function port:send(to, data) end

---The ports of the sink of `ajar probe`, as `--sink` names them.
---
---```lua
----- proxy/http-connect --> closed
---local ports = sim.sink_ports()
---sim.http_request(c)
---sim.http_answer(c, "403 Forbidden", "not to port " .. ports[1])
---```
---@return integer[] ports
function sim.sink_ports() end

---Is this where a probe's control leads: to a port that is none of the sink's?
---
---```lua
----- proxy/http-connect --> closed
---local _, address = sim.http_request(c)
---local no = sim.is_control(address) --> false
---local yes = sim.is_control("127.0.0.1:1") --> true
---sim.http_answer(c, "403 Forbidden", "")
---```
---@param address string "HOST:PORT"
---@return boolean is
function sim.is_control(address) end

---Delivers a message to the sink, as a relay does. As it stands it is what `sim.mail_server` calls with a message.
---
---```lua
----- relay/third-party --> open
---sim.mail_server(c, { message = sim.deliver })
---```
---@param from? string with its <>
---@param to? string with its <>
---@param message string as it came, dots doubled, without the last line
---@param options? { from?: string } as in `sim.dial`: a relay of several stages delivers from another address
function sim.deliver(from, to, message, options) end

---What a mail server says, and does. Each function gives a reply: "250 2.1.5 ok".
---@class sim.rules
---@field banner? string
---@field ehlo? string
---@field mail? fun(argument: string): string
---@field rcpt? fun(argument: string): string
---@field data? fun(): string
---@field accepted? fun(from: string, to: string, message: string): string
---@field message? fun(from: string, to: string, message: string) once a message is there
---@field starttls? string the certificate that it offers TLS with (see `connection:secure`)
---@field tls? string TLS from the start

---A whole mail server, which takes everything unless a rule says otherwise.
---
---```lua
----- relay/third-party --> closed
---sim.mail_server(c, {
---    rcpt = function()
---        return "554 5.7.1 Relay access denied"
---    end,
---})
---```
---@param c sim.connection
---@param rules sim.rules
function sim.mail_server(c, rules) end

---Reads the head of a request (RFC 9112).
---
---```lua
----- proxy/http-get --> closed
---local method, url, fields = sim.http_request(c)
---sim.http_answer(c, "403 Forbidden", method .. " " .. url .. " for " .. (fields.host or "nobody"))
---```
---@param c sim.connection
---@return string method
---@return string target as the request has it
---@return table<string, string> fields names in lower case
function sim.http_request(c) end

---Writes a whole response, after which the connection is to be closed.
---
---```lua
----- proxy/http-get --> closed
---sim.http_request(c)
---sim.http_answer(c, "407 Proxy Authentication Required", "who are you?", "Proxy-Authenticate: Basic realm=x\r\n")
---```
---@param c sim.connection
---@param status string "200 OK"
---@param body string
---@param more? string further fields, each with CRLF behind it
function sim.http_answer(c, status, body, more) end

---One request by HTTP/2 (RFC 9113), and the tunnel that it may have asked for.
---@class sim.h2
---@field method string
---@field authority? string "ADDR:PORT" in a CONNECT
---@field protocol? string of an extended CONNECT: "websocket"
---@field scheme? string
---@field path? string
local h2 = {}

---Begins HTTP/2 and waits for the client's first request.
---
---```lua
----- proxy/h2-connect --> closed
---c:secure("good", true)
---local request = sim.h2_request(c)
---request:page(403, "not for " .. request.method)
---c:hush()
---```
---@param c sim.connection
---@param extended? boolean our settings say that we know extended CONNECT (RFC 8441)
---@return sim.h2 request
function sim.h2_request(c, extended) end

---Writes the head of the response; a tunnel or a body may follow.
---
---```lua
----- proxy/h2-connect --> closed
---c:secure("good", true)
---local request = sim.h2_request(c)
---request:answer(407, { ["proxy-authenticate"] = "Basic realm=x" })
---request:finish()
---c:hush()
---```
---@param status string|integer
---@param fields? table<string, string> names in lower case; six at most
function h2:answer(status, fields) end

---Writes a whole response.
---
---```lua
----- proxy/h2-connect --> closed
---c:secure("good", true)
---sim.h2_request(c):page(403, "no", { server = "sim" })
---c:hush()
---```
---@param status string|integer
---@param body string
---@param fields? table<string, string>
function h2:page(status, body, fields) end

---Writes into the tunnel, or of the body.
---
---```lua
----- proxy/h2-connect --> closed
---c:secure("good", true)
---local request = sim.h2_request(c)
---request:answer(403)
---request:write("not for you")
---request:finish()
---c:hush()
---```
---@param text string
function h2:write(text) end

---What the client has put into the tunnel.
---
---```lua
----- proxy/h2-connect --> inconclusive
---c:secure("good", true)
---local request = sim.h2_request(c)
---request:answer(200)
---request:write("you said " .. request:read(5))
---request:finish()
---c:hush()
---```
---@param seconds? number how long to wait; default 30
---@return string bytes
function h2:read(seconds) end

---Ends our half of the tunnel, or the body.
---
---```lua
----- proxy/h2-connect --> closed
---c:secure("good", true)
---local request = sim.h2_request(c)
---request:answer(403)
---request:finish()
---c:hush()
---```
function h2:finish() end

---Ends the request with an error of RFC 9113, section 7.
---
---```lua
----- proxy/h2-connect --> inconclusive
---c:secure("good", true)
---sim.h2_request(c):reset(10) -- CONNECT_ERROR
---c:hush()
---```
---@param code integer
function h2:reset(code) end

---Says that no request is taken any more (GOAWAY), with such an error.
---
---```lua
----- proxy/h2-connect --> inconclusive
---c:secure("good", true)
---sim.h2_request(c):go_away(11) -- ENHANCE_YOUR_CALM
---c:hush()
---```
---@param code integer
function h2:go_away(code) end

---Joins the tunnel to a connection, both ways, until one of them ends.
---
---```lua
----- proxy/h2-connect --> open
---c:secure("good", true)
---local request = sim.h2_request(c)
---local other = sim.dial(request.authority)
---if not other then
---    return request:page(502, "nobody is there")
---end
---request:answer(200)
---request:pipe(other)
---```
---@param other sim.connection
function h2:pipe(other) end

---Reads the SOCKS 4 request behind its first byte.
---
---```lua
----- proxy/socks4 --> closed
---c:read(1)
---local address, command = sim.socks4_request(c)
---c:write(command == 1 and "\0\91" or "\0\92", ("\0"):rep(6)) -- refused: 91
---```
---@param c sim.connection
---@return string address "ADDR:PORT" of the destination
---@return integer command 1: CONNECT
function sim.socks4_request(c) end

---Reads the SOCKS 5 request (RFC 1928, section 4), behind the greeting and its answer.
---
---```lua
----- proxy/socks5 --> closed
---local _, methods = c:read(2):byte(1, 2)
---c:read(methods)
---c:write("\5\0")
---local address, command = sim.socks5_request(c)
---c:write("\5\2\0\1", ("\0"):rep(6)) -- refused: 2
---```
---@param c sim.connection
---@return string? address "ADDR:PORT" of the destination; nil unless it is IPv4
---@return integer command 1: CONNECT
function sim.socks5_request(c) end
