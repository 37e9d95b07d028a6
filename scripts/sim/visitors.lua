-- Servers that fetch for nobody, behind or beside which something visits the URLs that it sees in requests. The token
-- reaches our sink, and the sink's answer never comes back to who asked.

local CONNECT, GET, POST, PUT = "proxy/http-connect", "proxy/http-get", "proxy/http-post", "proxy/http-put"
local WEB, FTP = "proxy/web-server", "proxy/ftp-user"
local SCANNER = "127.0.0.9"
local list = {}

local function scenario(id, port, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = port, summary = summary, expects = expects, serve = serve }
end

-- A request with what belongs to it.
local function read_request(c)
    local method, target, fields = sim.http_request(c)
    local length = fields["content-length"]
    return method, target, fields, length and c:read(tonumber(length)) or ""
end

local function hear_out(c)
    repeat
        local got = c:try_read(2)
    until not got
end

-- Fetches http://ADDRESS/PATH, and keeps what it got to itself.
local function visit(address, path, from)
    local other = address and sim.dial(address, { from = from, seconds = 2 })
    if other then
        other:write("GET ", path, " HTTP/1.1\r\nHost: ", address, "\r\nConnection: close\r\n\r\n")
        hear_out(other)
        other:close()
    end
end

local function visit_url(url, from)
    local address, path = url:match("^http://([^/]+)(.*)$")
    visit(address, path, from)
end

local function show_page(c, words)
    sim.http_answer(c, "200 OK", "<html><body>" .. (words or "Welcome to our shop") .. "</body></html>\n")
end

-- Brings a request with a body to where it names, and keeps the answer to itself. False: nobody is there.
local function bring(method, target, fields, body, from)
    local address, path = target:match("^http://([^/]+)(.*)$")
    local other = address and sim.dial(address, { from = from, seconds = 2 })
    if not other then
        return false
    end
    other:write(method, " ", path, " HTTP/1.1\r\nHost: ", fields.host, "\r\n", fields["content-length"]
        and "Content-Length: " .. fields["content-length"] .. "\r\n" or "", "\r\n", body)
    hear_out(other)
    other:close()
    return true
end

scenario("web-scanner", 8080, "A web server with a page for everything, and a scanner elsewhere that visits what it sees",
    { [CONNECT] = "closed", [GET] = "inconclusive", [POST] = "closed", [PUT] = "closed", [WEB] = "closed" }, function(c)
        local _, target = read_request(c)
        visit_url(target, SCANNER)
        show_page(c)
    end)

scenario("web-scanner-here", 8080, "The same, with the scanner on the server itself, and the page comes first",
    { [CONNECT] = "closed", [GET] = "inconclusive", [POST] = "closed", [PUT] = "closed", [WEB] = "closed" }, function(c)
        local _, target = read_request(c)
        show_page(c)
        c:shutdown()
        visit_url(target)
    end)

scenario("web-scanner-careful", 8080, "Its page comes for hosts that are up, and an error for others: it has looked",
    { [CONNECT] = "closed", [GET] = "inconclusive" }, function(c)
        local method, target = read_request(c)
        local address = target:match("^http://([^/]+)")
        if method == "CONNECT" or not address or sim.is_control(address) then
            return sim.http_answer(c, "403 Forbidden", "not for you\n")
        end
        visit_url(target)
        show_page(c)
    end)

scenario("web-scanner-silent", 8080, "A server that visits what it sees, and then closes without an answer",
    { [GET] = "inconclusive" }, function(c)
        local _, target = read_request(c)
        visit_url(target)
    end)

scenario("web-host-check", 8080, "A page for every host, and a check of the site that visits hosts it does not know",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "inconclusive" }, function(c)
        local _, target, fields = read_request(c)
        if target:sub(1, 1) == "/" then
            visit(fields.host, target)
        end
        show_page(c)
    end)

scenario("web-mirror", 8080, "A page for everything, and a device that mirrors each request to where it names",
    { [CONNECT] = "closed", [GET] = "inconclusive", [POST] = "inconclusive", [PUT] = "inconclusive", [WEB] = "closed" },
    function(c)
        local method, target, fields, body = read_request(c)
        bring(method, target, fields, body, SCANNER)
        show_page(c)
    end)

-- What is posted leads one way: `sent` answers once it is there.
local function one_way(id, summary, verdict, sent, from)
    scenario(id, 8080, summary, { [CONNECT] = "closed", [GET] = "inconclusive", [POST] = verdict, [PUT] = verdict },
        function(c)
            local method, target, fields, body = read_request(c)
            if method == "CONNECT" then
                return sim.http_answer(c, "405 Method Not Allowed", "no tunnels\n")
            elseif not bring(method, target, fields, body, from) then
                return sim.http_answer(c, "504 Gateway Timeout", "nobody is there\n")
            end
            sent(c)
        end)
end

one_way("http-one-way", "Sends on what is posted, and closes without an answer", "suspect",
    function(c)
        c:close()
    end)

one_way("http-one-way-page", "Sends on what is posted, and answers with a page of its own", "suspect",
    show_page)

one_way("http-one-way-error", "Sends on what is posted, and says that the answer was none", "suspect",
    function(c)
        sim.http_answer(c, "502 Bad Gateway", "what was that?\n")
    end)

one_way("http-one-way-alike", "Sends on what is posted, and has the same error for all", "inconclusive",
    function(c)
        sim.http_answer(c, "504 Gateway Timeout", "nobody is there\n")
    end)

one_way("http-one-way-elsewhere", "What is posted comes from another address, and an answer of the server's own comes back",
    "inconclusive", show_page, SCANNER)

scenario("web-mirror-here", 8080, "A page for everything, and a mirror of each request behind the same address",
    { [CONNECT] = "closed", [GET] = "inconclusive", [POST] = "inconclusive", [PUT] = "inconclusive", [WEB] = "closed" },
    function(c)
        bring(read_request(c))
        show_page(c)
    end)

scenario("web-scanner-of-posts", 8080, "Visits the URL of what is posted, and has a page for hosts that are up alone",
    { [POST] = "closed", [PUT] = "closed" }, function(c)
        local _, target = read_request(c)
        local address = target:match("^http://([^/]+)")
        if not address or sim.is_control(address) then
            return sim.http_answer(c, "404 Not Found", "no such host\n")
        end
        visit_url(target)
        show_page(c)
    end)

scenario("web-hotel", 8080, "A captive portal that looks whether a page is there, and shows its own log-in",
    { [CONNECT] = "inconclusive", [GET] = "inconclusive", [POST] = "closed", [PUT] = "closed", [WEB] = "closed" },
    function(c)
        local method, target = read_request(c)
        if method == "CONNECT" then
            return sim.http_answer(c, "511 Network Authentication Required", "please log in\n")
        end
        visit_url(target)
        show_page(c, "Please log in to the hotel's network")
    end)

scenario("web-forger", 8080, "Visits what it sees, and shows an answer that is none of our sink's",
    { [CONNECT] = "closed", [GET] = "inconclusive" }, function(c)
        local method, target = read_request(c)
        if method == "CONNECT" then
            return sim.http_answer(c, "405 Method Not Allowed", "no tunnels\n")
        end
        visit_url(target)
        sim.http_answer(c, "200 OK", "AJAR " .. (target:match("(%w+)$") or "") .. " " .. ("0123456789abcdef"):rep(2)
            .. " [127.0.0.1]\n")
    end)

scenario("http-forward-scanned", 8080, "Fetches for anyone, and a scanner elsewhere visits each page before",
    { [CONNECT] = "closed", [GET] = "open" }, function(c)
        local method, target, fields = read_request(c)
        local address, path = target:match("^http://([^/]+)(.*)$")
        if method ~= "GET" or not address then
            return sim.http_answer(c, "405 Method Not Allowed", "no\n")
        end
        visit_url(target, SCANNER)
        local other = sim.dial(address)
        if not other then
            return sim.http_answer(c, "502 Bad Gateway", "no connection\n")
        end
        other:write("GET ", path, " HTTP/1.1\r\nHost: ", fields.host, "\r\nConnection: close\r\n\r\n")
        c:pipe(other)
    end)

-- The coding deflate (RFC 1950) without compression, for what is short.
local function deflated(text)
    local a, b, n = 1, 0, #text
    for i = 1, n do
        a = (a + text:byte(i)) % 65521
        b = (b + a) % 65521
    end
    local low, high = n % 256, math.floor(n / 256)
    return "\120\1\1" .. string.char(low, high, 255 - low, 255 - high) .. text
        .. string.char(math.floor(b / 256), b % 256, math.floor(a / 256), a % 256)
end

scenario("http-forward-compressing", 8080, "Fetches for anyone, and compresses what it got, unasked",
    { [CONNECT] = "closed", [GET] = "open" }, function(c)
        local method, target = read_request(c)
        local address, path = target:match("^http://([^/]+)(.*)$")
        local other = method == "GET" and address and sim.dial(address)
        if not other then
            return sim.http_answer(c, "403 Forbidden", "no\n")
        end
        other:write("GET ", path, " HTTP/1.1\r\nHost: ", address, "\r\nConnection: close\r\n\r\n")
        local text, more = "", ""
        while more do
            text = text .. more
            more = other:try_read(3)
        end
        sim.http_answer(c, "200 OK", deflated(text:match("\r\n\r\n(.*)$") or ""), "Content-Encoding: deflate\r\n")
    end)

scenario("ftp-visited", 2121, "An FTP server for everyone, beside which something brings each log-in to the host it names",
    { [FTP] = "inconclusive" }, function(c)
        c:say("220 ftp.sim.test")
        while true do
            local user, address = c:line():match("^USER ([^@]+)@(%S+)$")
            local other = address and sim.dial(address:find(":") and address or address .. ":21",
                { from = SCANNER, seconds = 2 })
            if other then
                other:line()
                other:say("USER ", user)
                other:line()
                other:close()
            end
            c:say("230 welcome")
        end
    end)

return list
