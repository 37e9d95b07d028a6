-- Proxies that are open in ways which simple tests miss, and what lies between open and closed.

local CONNECT, GET = "proxy/http-connect", "proxy/http-get"
local HTTPS_CONNECT, HTTPS_GET = "proxy/https-connect", "proxy/https-get"
local SOCKS5, NAME, IPV6 = "proxy/socks5", "proxy/socks5-name", "proxy/socks5-ipv6"
local list = {}

local function scenario(id, port, summary, expects, serve, more)
    list[#list + 1] = sim.scenario {
        id = id, port = port, summary = summary, expects = expects, serve = serve, ipv6 = more and more.ipv6,
    }
end

local ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n"

---Serves one request; `dial` opens the way to the sink.
local function http(c, dial)
    local method, target, fields = sim.http_request(c)
    local address, path = target:match("^http://([^/]+)(/.*)$")
    local other = dial(address or target)
    if not other then
        return sim.http_answer(c, "502 Bad Gateway", "no connection\n")
    elseif method == "CONNECT" then
        c:write(ESTABLISHED)
    else
        other:write(method, " ", path, " HTTP/1.1\r\nHost: ", fields.host, "\r\nConnection: close\r\n\r\n")
    end
    c:pipe(other)
end

-- What leads nowhere it refuses at once. Our sink waits half a minute for who has come, so it comes afterwards.
scenario("http-slow", 3128, "Tunnels and fetches for anyone, after 33 seconds (found with --arg answer=60)",
    { [CONNECT] = "inconclusive", [GET] = "inconclusive" }, function(c)
        http(c, function(address)
            local there = sim.dial(address)
            if there then
                there:close()
                sim.sleep(33)
                return sim.dial(address)
            end
        end)
    end)

-- A proxy has two addresses: asked by IPv6, it reaches our sink by IPv4.
local function by_ipv4(address)
    return sim.dial((address:gsub("^localhost:", "127.0.0.1:")), { from = "127.0.0.9" })
end

scenario("http-open-ipv6", 3128, "Tunnels and fetches for anyone who comes over IPv6",
    { [CONNECT] = "open", [GET] = "open" }, function(c)
        http(c, by_ipv4)
    end, { ipv6 = true })

scenario("http-balanced", 3128, "Two machines behind one address, of which one refuses and one tunnels",
    { [CONNECT] = "open", [GET] = "open" }, function(c, state)
        state.asked = (state.asked or 0) + 1
        if state.asked % 2 == 1 then
            sim.http_request(c)
            return sim.http_answer(c, "403 Forbidden", "not for you\n")
        end
        http(c, sim.dial)
    end)

scenario("http-one-port", 3128, "Leads every tunnel to the second port of our sink, whatever port it is asked for",
    { [CONNECT] = "open", [GET] = "open" }, function(c)
        http(c, function(address)
            local ports = sim.sink_ports()
            return not sim.is_control(address) and sim.dial((address:gsub("%d+$", ports[2] or ports[1])))
        end)
    end)

scenario("http-client-first", 3128, "Says yes, and connects only once its client has said something",
    { [CONNECT] = "open" }, function(c)
        local method, target = sim.http_request(c)
        if method ~= "CONNECT" then
            return sim.http_answer(c, "403 Forbidden", "not for you\n")
        end
        c:write(ESTABLISHED)
        local first = c:read(nil, 10)
        local other = sim.dial(target)
        if other then
            other:write(first)
            c:pipe(other)
        end
    end)

scenario("https-password", 8443, "A proxy inside TLS that asks for a log-in",
    {
        [HTTPS_CONNECT] = "closed", [HTTPS_GET] = "closed", ["proxy/https-post"] = "closed",
        ["proxy/https-put"] = "closed",
    }, function(c)
        c:secure("good")
        sim.http_request(c)
        sim.http_answer(c, "407 Proxy Authentication Required", "who are you?\n",
            'Proxy-Authenticate: Basic realm="sim"\r\n')
    end)

-- SOCKS 5 ----------------------------------------------------------------------------------------------

---rules.granted: the reply; rules.seconds: between its bytes; rules.first: it waits for its client; rules.forgets:
---what comes before its choice of a method; rules.other: what it does with an offer of more than one; rules.dial.
local function socks(c, rules)
    local offers = c:read(2):byte(2)
    c:read(offers)
    if rules.other and offers > 1 then
        return rules.other(c)
    end
    if rules.forgets then
        c:try_read(0.3)
    end
    c:write("\5\0")
    local kind = c:read(4):byte(4)
    local host = kind == 1 and ("%d.%d.%d.%d"):format(c:read(4):byte(1, 4)) or kind == 3 and c:read(c:read(1):byte())
        or ("%d.%d.%d.%d"):format(c:read(16):byte(13, 16))
    local high, low = c:read(2):byte(1, 2)
    local address = (host == "localhost" and "127.0.0.1" or host) .. ":" .. high * 256 + low
    local other = not rules.first and (rules.dial or sim.dial)(address)
    if not other and not rules.first then
        return c:write("\5\5\0\1\0\0\0\0\0\0")
    end
    if rules.seconds then
        c:drip(rules.granted, rules.seconds)
    else
        c:write(rules.granted)
    end
    local first = rules.first and c:read(nil, 10)
    other = other or sim.dial(address)
    if other then
        other:write(first or "")
        c:pipe(other)
    end
end

local PLAIN = "\5\0\0\1\0\0\0\0\0\0"

for _, row in ipairs {
    { "split", "replies come byte for byte", { granted = PLAIN, seconds = 0.02 } },
    { "bound-name", "replies hold a name (ATYP 3)", { granted = "\5\0\0\3\14proxy.sim.test\4\56" } },
    { "bound-ipv6", "replies hold an IPv6 address (ATYP 4)", { granted = "\5\0\0\4" .. ("\0"):rep(15) .. "\1\4\56" } },
    { "forgetful", "replies come only once all is thrown away that was said too early", { granted = PLAIN, forgets = true } },
    { "client-first", "ways are opened only once their client has said something", { granted = PLAIN, first = true } },
    { "one-offer", "choice is none where more than one method is offered", { granted = PLAIN, other = function(c)
        c:write("\5\255")
    end } },
    { "one-offer-closes", "patience ends where more than one method is offered", { granted = PLAIN, other = function(c)
        c:close()
    end } },
    { "one-offer-silent", "answer is none where more than one method is offered", { granted = PLAIN, other = function(c)
        c:hush()
    end } },
} do
    scenario("socks-" .. row[1], 1080, "A SOCKS 5 proxy for anyone whose " .. row[2],
        { [SOCKS5] = "open", [NAME] = "open", [IPV6] = "open" }, function(c)
            socks(c, row[3])
        end)
end

scenario("socks-open-ipv6", 1080, "A SOCKS 5 proxy for anyone who comes over IPv6",
    { [SOCKS5] = "open", [NAME] = "open", [IPV6] = "open" }, function(c)
        socks(c, { granted = PLAIN, dial = by_ipv4 })
    end, { ipv6 = true })

return list
