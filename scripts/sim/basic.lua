-- The servers of the first acquaintance: an open and a closed one of each kind, and what only looks open.

local RELAY, CONNECT, GET = "relay/third-party", "proxy/http-connect", "proxy/http-get"
local SOCKS4, SOCKS5 = "proxy/socks4", "proxy/socks5"
local list = {}

local function scenario(fields)
    list[#list + 1] = sim.scenario(fields)
end

scenario {
    id = "relay-open", summary = "A mail server that passes on anything for anyone", port = 2525,
    expects = { [RELAY] = "open", ["relay/envelope"] = "open", ["relay/every-form"] = "open" },
    serve = function(c)
        sim.mail_server(c, { banner = "220 mail.sim.test ESMTP Postfix", message = sim.deliver })
    end,
}

scenario {
    id = "relay-closed", summary = "A mail server that refuses strangers' recipients", port = 2525,
    expects = { [RELAY] = "closed" },
    serve = function(c)
        sim.mail_server(c, { rcpt = function() return "554 5.7.1 Relay access denied" end })
    end,
}

scenario {
    id = "relay-deferring", summary = "Refuses relaying with 454 4.7.1, as Postfix does by default", port = 2525,
    expects = { [RELAY] = "closed" },
    serve = function(c)
        sim.mail_server(c, { rcpt = function() return "454 4.7.1 Relay access denied" end })
    end,
}

scenario {
    id = "relay-greylisting", summary = "Puts strangers off for a while", port = 2525,
    expects = { [RELAY] = "inconclusive" },
    serve = function(c)
        sim.mail_server(c, { rcpt = function() return "451 4.7.1 Greylisted, come back in 300 seconds" end })
    end,
}

scenario {
    id = "relay-password", summary = "Asks for a log-in before it takes mail", port = 2525,
    expects = { [RELAY] = "closed" },
    serve = function(c)
        sim.mail_server(c, { mail = function() return "530 5.7.0 Authentication required" end })
    end,
}

scenario {
    id = "relay-swallowing", summary = "Accepts all mail and delivers none: a trap", port = 2525,
    expects = { [RELAY] = "suspect" },
    serve = function(c)
        sim.mail_server(c, {})
    end,
}

scenario {
    id = "relay-after-data", summary = "Accepts the recipient, refuses the message", port = 2525,
    expects = { [RELAY] = "closed" },
    serve = function(c)
        sim.mail_server(c, { accepted = function() return "550 5.7.1 not here" end })
    end,
}

scenario {
    id = "http-open", summary = "A proxy that tunnels and fetches for anyone", port = 3128,
    expects = { [CONNECT] = "open", [GET] = "open" },
    serve = function(c)
        local method, target = sim.http_request(c)
        local address = method == "CONNECT" and target or target:match("^http://([^/]+)/")
        local other = address and sim.dial(address)
        if not other then
            return sim.http_answer(c, "502 Bad Gateway", "no connection\n")
        end
        if method == "CONNECT" then
            c:write("HTTP/1.1 200 Connection established\r\n\r\n")
        else
            other:write(method, " ", target:match("^http://[^/]+(/.*)$"), " HTTP/1.1\r\nHost: ", address,
                "\r\nVia: 1.1 sim\r\nConnection: close\r\n\r\n")
        end
        c:pipe(other)
    end,
}

scenario {
    id = "http-closed", summary = "A proxy that refuses strangers", port = 3128,
    expects = { [CONNECT] = "closed", [GET] = "closed" },
    serve = function(c)
        sim.http_request(c)
        sim.http_answer(c, "403 Forbidden", "not for you\n")
    end,
}

scenario {
    id = "http-password", summary = "A proxy that asks for a log-in", port = 3128,
    expects = { [CONNECT] = "closed", [GET] = "closed" },
    serve = function(c)
        sim.http_request(c)
        sim.http_answer(c, "407 Proxy Authentication Required", "who are you?\n",
            'Proxy-Authenticate: Basic realm="sim"\r\n')
    end,
}

scenario {
    id = "http-says-200", summary = "A web server that answers 200 to everything", port = 8080,
    expects = { [CONNECT] = "closed", [GET] = "closed" },
    serve = function(c)
        sim.http_request(c)
        sim.http_answer(c, "200 OK", "<html><body>Welcome</body></html>\n")
    end,
}

scenario {
    id = "http-says-tunnel", summary = "Says yes to CONNECT without a page, and leads nowhere", port = 8080,
    expects = { [CONNECT] = "inconclusive", [GET] = "closed" },
    serve = function(c)
        local method = sim.http_request(c)
        if method == "CONNECT" then
            c:write("HTTP/1.1 200 OK\r\n\r\n")
            sim.sleep(20)
        else
            sim.http_answer(c, "404 Not Found", "nothing\n")
        end
    end,
}

scenario {
    id = "socks-open", summary = "A SOCKS 4 and 5 proxy for anyone", port = 1080,
    expects = { [SOCKS4] = "open", [SOCKS5] = "open" },
    serve = function(c)
        local address
        local version = c:read(1):byte()
        if version == 4 then
            address = sim.socks4_request(c)
        else
            c:read(c:read(1):byte())
            c:write("\5\0")
            address = sim.socks5_request(c)
        end
        local other = address and sim.dial(address)
        local yes = version == 4 and "\0\90\0\0\0\0\0\0" or "\5\0\0\1\0\0\0\0\0\0"
        local no = version == 4 and "\0\91\0\0\0\0\0\0" or "\5\5\0\1\0\0\0\0\0\0"
        c:write(other and yes or no)
        if other then
            c:pipe(other)
        end
    end,
}

scenario {
    id = "socks-password", summary = "A SOCKS 5 proxy that asks for a log-in", port = 1080,
    expects = { [SOCKS5] = "closed" },
    serve = function(c)
        c:read(1)
        c:read(c:read(1):byte())
        c:write("\5\2")
        c:try_read(5)
    end,
}

scenario {
    id = "socks-closed", summary = "A SOCKS proxy whose rules refuse everyone", port = 1080,
    expects = { [SOCKS4] = "closed", [SOCKS5] = "closed" },
    serve = function(c)
        if c:read(1):byte() == 4 then
            sim.socks4_request(c)
            return c:write("\0\91\0\0\0\0\0\0")
        end
        c:read(c:read(1):byte())
        c:write("\5\0")
        sim.socks5_request(c)
        c:write("\5\2\0\1\0\0\0\0\0\0")
    end,
}

scenario {
    id = "echo", summary = "Sends back whatever comes", port = 7007,
    expects = { [CONNECT] = "inconclusive", [GET] = "inconclusive", [SOCKS4] = "inconclusive" },
    serve = function(c)
        while true do
            c:write(c:read())
        end
    end,
}

scenario {
    id = "silent", summary = "Accepts connections and says nothing", port = 7009,
    expects = { [RELAY] = "inconclusive" },
    serve = function(c)
        while c:try_read(60) do
            sim.sleep(0.1)
        end
    end,
}

return list
