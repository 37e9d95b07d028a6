-- Proxies that speak HTTP/2, inside TLS or in clear: CONNECT (RFC 9113, section 8.5) and extended CONNECT for WebSockets
-- (RFC 8441).

local CONNECT, WEBSOCKET = "proxy/h2-connect", "proxy/h2-websocket"
local CONNECT_ERROR, REFUSED_STREAM, CALM, PROTOCOL_ERROR = 10, 7, 11, 1
local list = {}

-- Verdicts: of CONNECT, and of the extended kind where it is another. `serve` gets the request.
local function scenario(id, summary, verdicts, serve, more)
    more = more or {}
    list[#list + 1] = sim.scenario {
        id = "h2-" .. id, port = more.clear and 8080 or 8443, summary = summary,
        expects = { [CONNECT] = verdicts[1], [WEBSOCKET] = verdicts[2] or verdicts[1] },
        serve = function(c, state)
            if not more.clear then
                c:secure("good", true)
            end
            local request = sim.h2_request(c, not more.plain)
            serve(request, c, state)
            c:try_read(5) -- the client closes when it has heard enough
        end,
    }
end

-- A tunnel to the destination that is asked for.
local function tunnel(r)
    local other = sim.dial(r.authority)
    if not other then
        return r:reset(CONNECT_ERROR)
    end
    r:answer(200)
    r:pipe(other)
end

-- What a proxy does with a WebSocket: asks the destination for one by HTTP/1.1, and passes on what that says.
local function websocket(r)
    local other = sim.dial(r.authority)
    if not other then
        return r:answer(502)
    end
    other:write("GET ", r.path, " HTTP/1.1\r\nHost: ", r.authority, "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
    local status = other:line():match("^HTTP/1%.1 (%d%d%d)")
    r:answer(status == "101" and 200 or status or 502)
    r:pipe(other)
end

local function proxy(r)
    if r.method ~= "CONNECT" then
        return r:page(404, "no such page\n")
    end
    if r.protocol and r.protocol ~= "websocket" then
        return r:page(501, "no such protocol\n")
    end
    return (r.protocol and websocket or tunnel)(r)
end

local function says(status, fields)
    return function(r)
        r:page(status, "not for you\n", fields)
    end
end

-- Open ---------------------------------------------------------------------------------------------------

scenario("open", "A proxy inside TLS that tunnels for anyone, and leads WebSockets to any host", { "open" }, proxy)
scenario("open-clear", "The same in clear, without an upgrade (prior knowledge)", { "open" }, proxy, { clear = true })
scenario("connect-only", "Tunnels for anyone, and offers no extended CONNECT", { "open", "closed" }, proxy, { plain = true })
scenario("connect-only-clear", "The same in clear", { "open", "closed" }, proxy, { plain = true, clear = true })
scenario("websocket-only", "Leads WebSockets to any host, and tunnels for nobody", { "closed", "open" }, function(r)
    if not r.protocol then
        return r:page(405, "no tunnels\n")
    end
    proxy(r)
end)

local function is_port(r, n)
    return tonumber(r.authority:match(":(%d+)$")) == sim.sink_ports()[n]
end

scenario("443-only", "Tunnels to port 443 alone, which the second port of our sink stands for", { "open" }, function(r)
    if not is_port(r, 2) then
        return r:page(403, "not this port\n")
    end
    proxy(r)
end)
scenario("but-25", "Tunnels to all ports but 25, which the first port of our sink stands for", { "open" }, function(r)
    if is_port(r, 1) then
        return r:page(403, "not this port\n")
    end
    proxy(r)
end)
scenario("optimist", "Says yes before it connects, and is open all the same", { "open" }, function(r)
    r:answer(200)
    local other = sim.dial(r.authority)
    if other then
        r:pipe(other)
    end
end, { plain = true })
list[#list].expects[WEBSOCKET] = "closed"

-- Closed -------------------------------------------------------------------------------------------------

scenario("closed", "Refuses strangers", { "closed" }, says(403))
scenario("closed-clear", "Refuses strangers, in clear", { "closed" }, says(403), { clear = true })
scenario("password", "Asks for a log-in", { "closed" }, says(407, { ["proxy-authenticate"] = 'Basic realm="sim"' }))
scenario("password-clear", "Asks for a log-in, in clear", { "closed" },
    says(407, { ["proxy-authenticate"] = 'Basic realm="sim"' }), { clear = true })
scenario("web-server", "A web server that knows no CONNECT", { "closed" }, says(405), { plain = true })
scenario("resets", "Ends every CONNECT as a breach of the protocol", { "closed" }, function(r)
    r:reset(PROTOCOL_ERROR)
end)
scenario("only-1", "Speaks HTTP/1.1 inside TLS, whatever it is offered", { "closed" }, says(403))
list[#list].serve = function(c)
    c:secure("good")
    c:try_read(5)
    c:write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
end

-- No answer ----------------------------------------------------------------------------------------------

scenario("no-way", "Can't reach our sink", { "inconclusive" }, function(r)
    r:reset(CONNECT_ERROR)
end)
scenario("too-busy", "Takes none of our requests", { "inconclusive" }, function(r)
    r:reset(REFUSED_STREAM)
end)
scenario("calm", "Wants to be left alone", { "inconclusive" }, function(r)
    r:go_away(CALM)
end)
scenario("gateway-timeout", "Can't reach our sink, and says so with 504", { "inconclusive" }, says(504))

-- Traps --------------------------------------------------------------------------------------------------

scenario("says-200", "A trap: says 200 to everything, and leads nowhere", { "inconclusive" }, function(r)
    r:answer(200)
    r:read(5)
    sim.sleep(2)
end)
scenario("says-200-clear", "The same in clear", { "inconclusive" }, function(r)
    r:answer(200)
    r:read(5)
    sim.sleep(2)
end, { clear = true })
-- The length of a page is no field that a client may heed here (RFC 9110, section 9.3.6), and its end comes later: it is
-- known by the control.
scenario("page", "A web server that answers everything with a page", { "inconclusive" }, says(200))
scenario("banner", "A trap: says yes and shows the banner of a mail server to everyone", { "inconclusive" }, function(r)
    r:answer(200)
    r:write("220 mail.sim.test ESMTP Postfix\r\n")
    r:read(5)
    r:write("502 5.5.2 Error: command not recognized\r\n")
end)
scenario("echo", "A trap: says yes and sends back what it hears", { "inconclusive" }, function(r)
    r:answer(200)
    while true do
        r:write(r:read(5))
    end
end)
scenario("yes-then-end", "Says yes, then ends the tunnel", { "inconclusive" }, function(r)
    r:answer(200)
    r:finish()
end)
scenario("yes-then-reset", "Says yes, then resets the tunnel", { "inconclusive" }, function(r)
    r:answer(200)
    r:reset(CONNECT_ERROR)
end)
scenario("black-hole", "Opens tunnels whose bytes get lost, but none to closed ports", { "suspect" }, function(r)
    if sim.is_control(r.authority) then
        return r:reset(CONNECT_ERROR)
    end
    r:answer(200)
    r:read(10)
    sim.sleep(2)
end)

return list
