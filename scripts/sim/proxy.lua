-- Proxies of every kind, open, closed and devious: CATALOGUE of what a proxy test must tell apart.

local CONNECT, GET, POST, PUT = "proxy/http-connect", "proxy/http-get", "proxy/http-post", "proxy/http-put"
local SOCKS4, SOCKS4A = "proxy/socks4", "proxy/socks4a"
local SOCKS5, NAME, IPV6 = "proxy/socks5", "proxy/socks5-name", "proxy/socks5-ipv6"
local list = {}

local function scenario(id, port, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = port, summary = summary, expects = expects, serve = serve }
end

local function all_http(verdict)
    return { [CONNECT] = verdict, [GET] = verdict, [POST] = verdict, [PUT] = verdict }
end

local function all_socks(verdict)
    return { [SOCKS4] = verdict, [SOCKS4A] = verdict, [SOCKS5] = verdict, [NAME] = verdict, [IPV6] = verdict }
end

-- HTTP -------------------------------------------------------------------------------------------------

local ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n"

local function tunnel(c, address, established)
    local other = sim.dial(address)
    if not other then
        return sim.http_answer(c, "503 Service Unavailable", "no connection\n")
    end
    c:write(established or ESTABLISHED)
    c:pipe(other)
end

-- Passes a request on, its body included, with what a proxy adds.
local function forward(c, method, target, fields)
    local address, path = target:match("^http://([^/]+)(/.*)$")
    local other = address and sim.dial(address)
    if not other then
        return sim.http_answer(c, "502 Bad Gateway", "no connection\n")
    end
    local length = fields["content-length"]
    other:write(method, " ", path, " HTTP/1.1\r\nHost: ", address, "\r\nVia: 1.1 cache.sim.test (squid/5.7)\r\n",
        "X-Forwarded-For: 192.0.2.9\r\n", length and "Content-Length: " .. length .. "\r\n" or "", "\r\n",
        length and c:read(tonumber(length)) or "")
    c:pipe(other)
end

local function refuse(c)
    sim.http_answer(c, "403 Forbidden", "not for you\n")
end

scenario("http-connect-only", 3128, "Tunnels for anyone, and fetches for nobody",
    { [CONNECT] = "open", [GET] = "closed", [POST] = "closed", [PUT] = "closed" },
    function(c)
        local method, target = sim.http_request(c)
        if method ~= "CONNECT" then
            return refuse(c)
        end
        tunnel(c, target)
    end)

scenario("http-forward-only", 8080, "Fetches and posts for anyone, and tunnels for nobody",
    { [CONNECT] = "closed", [GET] = "open", [POST] = "open", [PUT] = "open" },
    function(c)
        local method, target, fields = sim.http_request(c)
        if method == "CONNECT" then
            return sim.http_answer(c, "405 Method Not Allowed", "no tunnels\n")
        end
        forward(c, method, target, fields)
    end)

scenario("http-old", 8080, "Knows HTTP/1.0 alone, and wants an empty line of its own behind CONNECT", { [CONNECT] = "open" },
    function(c)
        local first = c:line()
        repeat
            local line = c:line()
        until line == ""
        if not first:find("HTTP/1%.0$") then
            return sim.http_answer(c, "400 Bad Request", "HTTP/1.0 only\n")
        end
        c:line()
        tunnel(c, first:match("^CONNECT (%S+)"))
    end)

scenario("http-waiting", 8080, "Waits for an empty line behind CONNECT before it answers, as MikroTik's web proxy does",
    { [CONNECT] = "open" },
    function(c)
        local _, target = sim.http_request(c)
        c:line()
        tunnel(c, target)
    end)

scenario("http-length-0", 3128, "Says that its tunnel is 0 bytes long", { [CONNECT] = "open" },
    function(c)
        local _, target = sim.http_request(c)
        tunnel(c, target, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    end)

scenario("http-chunked-tunnel", 3128, "Says that its tunnel is chunked, which means nothing (RFC 9110)", { [CONNECT] = "open" },
    function(c)
        local _, target = sim.http_request(c)
        tunnel(c, target, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    end)

scenario("http-long-tunnel", 3128, "Says that its tunnel has a length, which means nothing (RFC 9110)",
    { [CONNECT] = "open" },
    function(c)
        local _, target = sim.http_request(c)
        tunnel(c, target, "HTTP/1.1 200 OK\r\nContent-Length: 4711\r\n\r\n")
    end)

scenario("http-page-kept", 8080, "A web server that answers CONNECT with a page, chunked, and waits for more",
    { [CONNECT] = "closed" },
    function(c)
        for _ = 1, 3 do
            sim.http_request(c)
            c:write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello\n\r\n0\r\n\r\n")
        end
    end)

scenario("http-optimist", 3128, "Says yes before it connects, and is open all the same", { [CONNECT] = "open" },
    function(c)
        local _, target = sim.http_request(c)
        c:write(ESTABLISHED)
        local other = sim.dial(target)
        if other then
            c:pipe(other)
        end
    end)

scenario("http-two-minds", 3128, "Says yes before it looks at its rules, then shows its error page",
    { [CONNECT] = "inconclusive" },
    function(c)
        sim.http_request(c)
        c:write(ESTABLISHED)
        c:line(5)
        sim.http_answer(c, "403 Forbidden", "not for you\n")
    end)

scenario("http-banner", 3128, "A trap: says yes and shows the banner of a mail server to everyone",
    { [CONNECT] = "inconclusive" },
    function(c)
        sim.http_request(c)
        c:write(ESTABLISHED, "220 mail.sim.test ESMTP Postfix\r\n")
        for _ = 1, 5 do
            c:line(5)
            c:say("502 5.5.2 Error: command not recognized")
        end
    end)

scenario("http-echo-tunnel", 3128, "A trap: says yes and sends back what it hears", { [CONNECT] = "inconclusive" },
    function(c)
        sim.http_request(c)
        c:write(ESTABLISHED)
        while true do
            c:write(c:read(nil, 5))
        end
    end)

scenario("http-yes-then-close", 3128, "Says yes, then closes", { [CONNECT] = "inconclusive" },
    function(c)
        sim.http_request(c)
        c:write(ESTABLISHED)
    end)

scenario("http-any-method", 8080, "Says yes to methods that do not exist, but not to closed ports",
    { [CONNECT] = "inconclusive" },
    function(c)
        local _, target = sim.http_request(c)
        if sim.is_control(target) then
            return refuse(c)
        end
        c:write("HTTP/1.1 200 OK\r\n\r\n")
        sim.sleep(2)
    end)

scenario("http-black-hole", 3128, "Opens tunnels whose bytes get lost: what it does with others' is not known",
    { [CONNECT] = "suspect" },
    function(c)
        local method, target = sim.http_request(c)
        if method ~= "CONNECT" or sim.is_control(target) then
            return refuse(c)
        end
        c:write(ESTABLISHED)
        c:try_read(10)
        sim.sleep(2)
    end)

scenario("http-portal", 8080, "A captive portal: sends everyone to its own page", all_http("closed"),
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "302 Found", "", "Location: http://portal.sim.test/login\r\n")
    end)

scenario("http-portal-511", 8080, "A captive portal that says so (RFC 6585)", all_http("inconclusive"),
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "511 Network Authentication Required", "log in first\n")
    end)

-- Whether a proxy is asked for the n-th port of the sink of ajar probe: the first stands for 25, the second for 443.
local function is_port(address, n)
    return tonumber(address:match(":(%d+)$")) == sim.sink_ports()[n]
end

scenario("http-443-only", 3128, "Tunnels to 443 alone, as Squid's rules for CONNECT do; our sink's second port stands for it",
    { [CONNECT] = "open" },
    function(c)
        local method, target = sim.http_request(c)
        if method == "CONNECT" and is_port(target, 2) then
            return tunnel(c, target)
        end
        refuse(c)
    end)

scenario("http-forward-but-25", 8080, "Fetches for anyone from all ports but 25, which the first port of our sink stands for",
    { [CONNECT] = "closed", [GET] = "open", [POST] = "open", [PUT] = "open" },
    function(c)
        local method, target, fields = sim.http_request(c)
        if method == "CONNECT" or is_port(target:match("^http://([^/]+)") or "", 1) then
            return refuse(c)
        end
        forward(c, method, target, fields)
    end)

scenario("http-no-way", 3128, "A proxy that can't reach our sink", all_http("inconclusive"),
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "504 Gateway Timeout", "no way\n")
    end)

scenario("http-not-posting", 8080, "Fetches for anyone, and asks those who post for a log-in",
    { [GET] = "open", [POST] = "closed", [PUT] = "closed" },
    function(c)
        local method, target, fields = sim.http_request(c)
        if method == "GET" then
            return forward(c, method, target, fields)
        end
        sim.http_answer(c, "407 Proxy Authentication Required", "who are you?\n", 'Proxy-Authenticate: Basic realm="x"\r\n')
    end)

-- Inside TLS -----------------------------------------------------------------------------------------

local HTTPS_CONNECT, HTTPS_GET = "proxy/https-connect", "proxy/https-get"
local HTTPS_POST, HTTPS_PUT = "proxy/https-post", "proxy/https-put"

scenario("https-open", 8443, "A proxy inside TLS that tunnels, fetches and posts for anyone",
    { [HTTPS_CONNECT] = "open", [HTTPS_GET] = "open", [HTTPS_POST] = "open", [HTTPS_PUT] = "open" },
    function(c)
        c:secure("good")
        local method, target, fields = sim.http_request(c)
        if method == "CONNECT" then
            return tunnel(c, target)
        end
        forward(c, method, target, fields)
    end)

scenario("https-post-only", 8443, "A proxy inside TLS that passes on what is posted or put, and neither fetches nor tunnels",
    { [HTTPS_CONNECT] = "closed", [HTTPS_GET] = "closed", [HTTPS_POST] = "open", [HTTPS_PUT] = "open" },
    function(c)
        c:secure("good")
        local method, target, fields = sim.http_request(c)
        if method ~= "POST" and method ~= "PUT" then
            return refuse(c)
        end
        forward(c, method, target, fields)
    end)

scenario("https-closed", 8443, "A web server inside TLS that knows its own pages alone",
    {
        [HTTPS_CONNECT] = "closed", [HTTPS_GET] = "closed", [HTTPS_POST] = "closed", [HTTPS_PUT] = "closed",
        ["proxy/web-server"] = "closed",
    },
    function(c)
        c:secure("good")
        local method = sim.http_request(c)
        if method == "CONNECT" then
            return sim.http_answer(c, "405 Method Not Allowed", "no tunnels\n")
        end
        sim.http_answer(c, "404 Not Found", "no such page\n")
    end)

scenario("https-yes-to-all", 8443, "A trap inside TLS: says yes to everything, then closes",
    { [HTTPS_CONNECT] = "inconclusive" },
    function(c)
        c:secure("good")
        sim.http_request(c)
        c:write(ESTABLISHED)
    end)

-- SOCKS ------------------------------------------------------------------------------------------------

-- The request behind SOCKS 4's first byte: kind and "ADDR:PORT".
local function socks4_request(c)
    local _, high, low, a, b, d, e = c:read(7):byte(1, 7)
    local function text()
        local letters = {}
        while true do
            local byte = c:read(1)
            if byte == "\0" then
                return table.concat(letters)
            end
            letters[#letters + 1] = byte
        end
    end
    text()
    if a == 0 and b == 0 and d == 0 then
        return "name", text() .. ":" .. high * 256 + low
    end
    return "address", ("%d.%d.%d.%d:%d"):format(a, b, d, e, high * 256 + low)
end

-- The SOCKS 5 request: kind and "ADDR:PORT". A mapped IPv6 address is the IPv4 address it means.
local function socks5_request(c)
    local kind = c:read(4):byte(4)
    local host
    if kind == 1 then
        host = ("%d.%d.%d.%d"):format(c:read(4):byte(1, 4))
    elseif kind == 3 then
        host = c:read(c:read(1):byte())
    else
        host = ("%d.%d.%d.%d"):format(c:read(16):byte(13, 16))
    end
    local high, low = c:read(2):byte(1, 2)
    return kind == 1 and "address" or kind == 3 and "name" or "ipv6", host .. ":" .. high * 256 + low
end

local function say4(c, code)
    c:write("\0" .. string.char(code) .. "\0\0\0\0\0\0")
end

local function say5(c, code)
    c:write("\5" .. string.char(code) .. "\0\1\0\0\0\0\0\0")
end

-- A SOCKS server. rules.methods(list): the method for the list of those that were offered; rules.request(kind, address,
-- version): nil to connect, a code of SOCKS 5 to refuse; rules.granted(c): instead of the way to the destination.
local function socks(c, rules)
    local version = c:read(1):byte()
    local kind, address
    if version == 4 then
        kind, address = socks4_request(c)
    else
        local methods = c:read(c:read(1):byte())
        local method = rules.methods and rules.methods(methods) or 0
        c:write("\5" .. string.char(method))
        if method ~= 0 then
            return c:try_read(5)
        end
        kind, address = socks5_request(c)
    end
    local function answer(code)
        if version == 4 then
            return say4(c, code == 0 and 90 or code == 92 and 92 or 91)
        end
        say5(c, code)
    end
    local code = rules.request and rules.request(kind, address, version)
    if code and code ~= 0 then
        return answer(code)
    elseif rules.granted then
        answer(0)
        return rules.granted(c, address)
    end
    local other = sim.dial((address:gsub("^localhost:", "127.0.0.1:")))
    answer(other and 0 or 5)
    if other then
        c:pipe(other)
    end
end

local function only(wanted, code)
    return function(kind)
        return kind ~= wanted and code or nil
    end
end

scenario("socks-all", 1080, "SOCKS 4, 4a and 5 for anyone, to addresses of both kinds and names", all_socks("open"),
    function(c)
        socks(c, {})
    end)

scenario("socks-names", 1080, "Connects anyone, but only to names",
    { [SOCKS4] = "closed", [SOCKS4A] = "open", [SOCKS5] = "closed", [NAME] = "open", [IPV6] = "closed" },
    function(c)
        socks(c, { request = only("name", 2) })
    end)

scenario("socks-addresses", 1080, "Connects anyone, but looks no names up",
    { [SOCKS4] = "open", [SOCKS4A] = "closed", [SOCKS5] = "open", [NAME] = "closed", [IPV6] = "closed" },
    function(c)
        socks(c, { request = only("address", 8) })
    end)

scenario("socks-ipv6-rules", 1080, "Its rules speak of IPv4 alone: IPv6 passes",
    { [SOCKS4] = "closed", [SOCKS4A] = "closed", [SOCKS5] = "closed", [NAME] = "closed", [IPV6] = "open" },
    function(c)
        socks(c, { request = only("ipv6", 2) })
    end)

-- SOCKS 4 has no passwords: these have SOCKS 5 alone.
local function only_5(_, _, version)
    return version == 4 and 2 or nil
end

local function wants_password(otherwise)
    return {
        methods = function(offered) return offered:find("\2", 1, true) and 2 or otherwise end,
        request = only_5,
    }
end

scenario("socks-prefers-password", 1080, "Asks those who have a password for it, and lets in those who have none",
    { [SOCKS4] = "closed", [SOCKS4A] = "closed", [SOCKS5] = "open", [NAME] = "open", [IPV6] = "open" },
    function(c)
        socks(c, wants_password(0))
    end)

scenario("socks-needs-password", 1080, "Lets nobody in without a password",
    all_socks("closed"),
    function(c)
        socks(c, wants_password(255))
    end)

scenario("socks-no-method", 1080, "Takes none of the methods offered",
    all_socks("closed"),
    function(c)
        socks(c, { methods = function() return 255 end, request = only_5 })
    end)

scenario("socks-identd", 1080, "SOCKS 4 that asks our machine who we are", { [SOCKS4] = "closed", [SOCKS4A] = "closed" },
    function(c)
        socks(c, { request = function() return 92 end })
    end)

scenario("socks-rules", 1080, "Lets anyone in, and has rules that allow nothing (REP 2)", all_socks("closed"),
    function(c)
        socks(c, { request = function() return 2 end })
    end)

scenario("socks-25-only", 1080, "Connects to port 25 alone, which the first port of our sink stands for",
    all_socks("open"),
    function(c)
        socks(c, { request = function(_, address) return not is_port(address, 1) and 2 or nil end })
    end)

scenario("socks-but-25", 1080, "Connects to all ports but 25, which the first port of our sink stands for",
    all_socks("open"),
    function(c)
        socks(c, { request = function(_, address) return is_port(address, 1) and 2 or nil end })
    end)

scenario("socks-hang-up-on-25", 1080, "Closes the connection when it is asked for port 25, and connects to all others",
    all_socks("open"),
    function(c)
        local closes = {}
        local ok, problem = pcall(socks, c, {
            request = function(_, address)
                if is_port(address, 1) then
                    error(closes, 0)
                end
            end,
        })
        if not ok and problem ~= closes then
            error(problem, 0)
        end
    end)

scenario("socks-no-way", 1080, "A SOCKS proxy that can't reach our sink",
    { [SOCKS5] = "inconclusive", [NAME] = "inconclusive", [IPV6] = "inconclusive" },
    function(c)
        socks(c, { request = function() return 4 end })
    end)

scenario("socks-yes-then-close", 1080, "Says yes to everything, then closes", all_socks("inconclusive"),
    function(c)
        socks(c, { granted = function() end })
    end)

scenario("socks-banner", 1080, "A trap: says yes and shows the banner of a mail server", all_socks("inconclusive"),
    function(c)
        socks(c, {
            granted = function()
                c:write("220 mail.sim.test ESMTP Postfix\r\n")
                c:line(5)
                c:say("502 5.5.2 Error: command not recognized")
            end,
        })
    end)

scenario("socks-echo-tunnel", 1080, "A trap: says yes and sends back what it hears", all_socks("inconclusive"),
    function(c)
        socks(c, {
            granted = function()
                while true do
                    c:write(c:read(nil, 5))
                end
            end,
        })
    end)

scenario("socks-black-hole", 1080, "Grants ways whose bytes get lost, but none to closed ports", all_socks("suspect"),
    function(c)
        socks(c, {
            request = function(_, address) return sim.is_control(address) and 5 or nil end,
            granted = function()
                c:try_read(10)
                sim.sleep(2)
            end,
        })
    end)

return list
