-- Proxies whose way to the first port of our sink is filtered without a word, as that to port 25 often is: who asks for no
-- other takes them for silent, or for liars.

local CONNECT, GET, WEB = "proxy/http-connect", "proxy/http-get", "proxy/web-server"
local SOCKS5 = "proxy/socks5"
local list = {}

local function scenario(id, port, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = port, summary = summary, expects = expects, serve = serve }
end

---The destination, or nil where packets to it get lost: after so many seconds somebody gives up.
local function dial(address, seconds)
    if tonumber(address:match(":(%d+)$")) == sim.sink_ports()[1] then
        sim.sleep(seconds)
        return nil
    end
    return sim.dial((address:gsub("^localhost:", "127.0.0.1:")))
end

local ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n"

scenario("filtered-optimist", 3128, "Says yes before it connects, and its way to one port is filtered", { [CONNECT] = "open" },
    function(c)
        local method, target = sim.http_request(c)
        if method ~= "CONNECT" then
            return sim.http_answer(c, "403 Forbidden", "not for you\n")
        end
        c:write(ESTABLISHED)
        local other = dial(target, 20)
        if other then
            c:pipe(other)
        end
    end)

scenario("filtered-http", 3128, "Tunnels and fetches, and hangs where its way is filtered",
    { [CONNECT] = "open", [GET] = "open" },
    function(c)
        local method, target, fields = sim.http_request(c)
        local address, path = target:match("^http://([^/]+)(/.*)$")
        local other = dial(address or target, 20)
        if not other then
            return
        elseif method == "CONNECT" then
            c:write(ESTABLISHED)
        else
            other:write(method, " ", path, " HTTP/1.1\r\nHost: ", fields.host, "\r\nConnection: close\r\n\r\n")
        end
        c:pipe(other)
    end)

scenario("filtered-socks", 1080, "A SOCKS 5 proxy that hangs where its way is filtered", { [SOCKS5] = "open" },
    function(c)
        c:read(c:read(2):byte(2))
        c:write("\5\0")
        local address = sim.socks5_request(c)
        local other = address and dial(address, 20)
        if other then
            c:write("\5\0\0\1\0\0\0\0\0\0")
            c:pipe(other)
        end
    end)

scenario("filtered-web-server", 8080, "Fetches from whatever host it is asked for, and gives up where its way is filtered",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "open" },
    function(c)
        local method, target, fields = sim.http_request(c)
        if target:sub(1, 1) ~= "/" then
            return sim.http_answer(c, "400 Bad Request", "no\n")
        end
        local other = dial(fields.host, 1)
        if not other then
            return sim.http_answer(c, "504 Gateway Timeout", "no way\n")
        end
        other:write(method, " ", target, " HTTP/1.0\r\nHost: ", fields.host, "\r\n\r\n")
        c:pipe(other)
    end)

return list
