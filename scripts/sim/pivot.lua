-- Proxies that lead to services of their own machine, those that do not, and those that only look so. The services are
-- played: nothing is connected to.

local CONNECT, GET, LOCAL = "proxy/http-connect", "proxy/http-get", "proxy/local-service"
local list = {}

local function scenario(id, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = 3128, summary = summary, expects = expects, serve = serve }
end

local ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n"
local MAIL, SHELL = "220 inside.sim.test ESMTP Postfix\r\n", "SSH-2.0-OpenSSH_9.2p1\r\n"

local function refuse(c)
    sim.http_answer(c, "403 Forbidden", "not for you\n")
end

-- A tunnel to a service that says this first.
local function tunnel(c, greeting)
    c:write(ESTABLISHED, greeting)
    c:try_read(10)
end

local function leads_to(address, port)
    return address:match("^127%.0%.0%.1:(%d+)$") == port
end

scenario("pivot-connect", "Tunnels to port 25 of its own machine, where mail is taken from that machine alone",
    { [LOCAL] = "suspect", [CONNECT] = "closed", [GET] = "closed" },
    function(c)
        local method, target = sim.http_request(c)
        if method == "CONNECT" and leads_to(target, "25") then
            return tunnel(c, MAIL)
        end
        refuse(c)
    end)

scenario("pivot-own-address", "Knows that 127.0.0.1 is its own machine, and not that its other address is",
    { [LOCAL] = "suspect", [CONNECT] = "closed", [GET] = "closed" },
    function(c)
        local method, target = sim.http_request(c)
        if method == "CONNECT" and target:find(":22$") and not leads_to(target, "22") then
            return tunnel(c, SHELL)
        end
        refuse(c)
    end)

scenario("pivot-get", "Tunnels nowhere, and takes what SSH says on its own machine for a page",
    { [LOCAL] = "suspect", [CONNECT] = "closed", [GET] = "closed" },
    function(c)
        local method, target = sim.http_request(c)
        if method == "GET" and leads_to(target:match("^http://([^/]+)/") or "", "22") then
            return sim.http_answer(c, "200 OK", SHELL .. "Invalid SSH identification string.\r\n",
                "X-Transformed-From: HTTP/0.9\r\n")
        end
        refuse(c)
    end)

scenario("pivot-not-to-itself", "Tunnels for anyone, and to its own machine for nobody",
    { [LOCAL] = "closed", [CONNECT] = "open", [GET] = "closed" },
    function(c)
        local method, target = sim.http_request(c)
        local is_own = target:find(":22$") or target:find(":25$")
        local other = method == "CONNECT" and not is_own and sim.dial(target)
        if not other then
            return refuse(c)
        end
        c:write(ESTABLISHED)
        c:pipe(other)
    end)

scenario("pivot-nobody-listens", "Leads to its own machine, where nobody listens",
    { [LOCAL] = "inconclusive", [CONNECT] = "inconclusive", [GET] = "inconclusive" },
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "503 Service Unavailable", "connection refused\n")
    end)

scenario("pivot-silent-service", "Leads to a service of its own machine that does not speak first",
    { [LOCAL] = "inconclusive" },
    function(c)
        local method, target = sim.http_request(c)
        if method == "CONNECT" and leads_to(target, "25") then
            return tunnel(c, "")
        end
        refuse(c)
    end)

scenario("pivot-password", "Leads to its own machine for those who log in",
    { [LOCAL] = "closed", [CONNECT] = "closed", [GET] = "closed" },
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "407 Proxy Authentication Required", "who are you?\n", 'Proxy-Authenticate: Basic realm="x"\r\n')
    end)

scenario("pivot-any-port", "A trap: shows the greeting of a mail server for every port, also where nobody listens",
    { [LOCAL] = "inconclusive", [CONNECT] = "inconclusive" },
    function(c)
        sim.http_request(c)
        tunnel(c, MAIL)
    end)

scenario("pivot-any-method", "A trap: shows SSH's greeting at port 22, and says yes to methods that do not exist",
    { [LOCAL] = "inconclusive" },
    function(c)
        local method, target = sim.http_request(c)
        if method == "CONNECT" and not target:find(":22$") then
            return refuse(c)
        end
        tunnel(c, SHELL)
    end)

scenario("pivot-page", "A trap: a web server whose every page begins like a mail server's greeting",
    { [LOCAL] = "inconclusive", [CONNECT] = "closed", [GET] = "closed" },
    function(c)
        local method = sim.http_request(c)
        if method ~= "GET" then
            return sim.http_answer(c, "405 Method Not Allowed", "no\n")
        end
        sim.http_answer(c, "200 OK", MAIL)
    end)

scenario("pivot-quotes", "A trap: a page of refusal that quotes a greeting",
    { [LOCAL] = "closed", [CONNECT] = "closed", [GET] = "closed" },
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "403 Forbidden", SHELL)
    end)

return list
