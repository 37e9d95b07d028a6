-- Proxies that fetch for anyone and show what they got in answers that are not as they should be; and what is posted to be
-- dealt with later.

local CONNECT, GET, POST, PUT = "proxy/http-connect", "proxy/http-get", "proxy/http-post", "proxy/http-put"
local list = {}

local function scenario(id, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = 3128, summary = summary, expects = expects, serve = serve }
end

-- A request with what belongs to it.
local function read_request(c)
    local method, target, fields = sim.http_request(c)
    local length = fields["content-length"]
    return method, target, length and c:read(tonumber(length)) or ""
end

-- Brings a request to where it names; the page that is there, nil: nobody is.
local function fetched(method, target, body)
    local address, path = target:match("^http://([^/]+)(/.*)$")
    local other = address and sim.dial(address)
    if not other then
        return nil
    end
    other:write(method, " ", path, " HTTP/1.1\r\nHost: ", address, "\r\n",
        body ~= "" and "Content-Length: " .. #body .. "\r\n" or "", "Connection: close\r\n\r\n", body)
    local text, more = "", ""
    while more do
        text = text .. more
        more = other:try_read(3)
    end
    other:close()
    return text:match("\r\n\r\n(.*)$") or ""
end

-- Fetches for anyone; show(c, page) answers.
local function forward(id, summary, show)
    scenario("http-forward-" .. id, "Fetches for anyone, " .. summary,
        { [CONNECT] = "closed", [GET] = "open", [POST] = "open", [PUT] = "open" }, function(c)
            local method, target, body = read_request(c)
            if method == "CONNECT" then
                return sim.http_answer(c, "405 Method Not Allowed", "no tunnels\n")
            end
            local page = fetched(method, target, body)
            if not page then
                return sim.http_answer(c, "502 Bad Gateway", "no connection\n")
            end
            show(c, page)
        end)
end

local OK = "HTTP/1.1 200 OK\r\n"

-- Without a valid end ---------------------------------------------------------------------------------

forward("endless", "and neither says how long the page is nor closes", function(c, page)
    c:write(OK, "\r\n", page)
    c:hush()
end)

forward("short", "and says that the page is longer than it is", function(c, page)
    c:write(OK, "Content-Length: ", tostring(#page + 500), "\r\n\r\n", page)
    c:hush()
end)

forward("chunks", "in chunks of which the last never comes", function(c, page)
    c:write(OK, "Transfer-Encoding: chunked\r\n\r\n")
    for at = 1, #page, 20 do
        local chunk = page:sub(at, at + 19)
        c:write(("%x\r\n"):format(#chunk), chunk, "\r\n")
    end
    c:hush()
end)

forward("no-chunks", "and says that they are chunks, which they are not", function(c, page)
    c:write(OK, "Transfer-Encoding: chunked\r\n\r\n", page)
end)

forward("cut-head", "and closes in the middle of a head", function(c, page)
    c:write(OK, "X-Page: ", page)
end)

-- Changed ---------------------------------------------------------------------------------------------

forward("advertising", "with 6 KB of advertising before each page", function(c, page)
    sim.http_answer(c, "200 OK", "<script>" .. ("var a=1;"):rep(800) .. "</script>\n" .. page)
end)

forward("transcoded", "and puts a page's words into HTML", function(c, page)
    sim.http_answer(c, "200 OK", "<html><body><p><b>" .. page:gsub(" ", "&nbsp;<wbr>") .. "</b></p></body></html>\n")
end)

forward("not-found", "and says of each page that it is not there", function(c, page)
    sim.http_answer(c, "404 Not Found", page)
end)

-- Posted ----------------------------------------------------------------------------------------------

-- Takes what is posted to be dealt with later, and says the same to everybody.
local function takes_posts(id, summary, answer, verdict, later)
    scenario(id, summary, { [CONNECT] = "closed", [GET] = "closed", [POST] = verdict, [PUT] = verdict },
        function(c)
            local method, target, body = read_request(c)
            if body == "" then
                return sim.http_answer(c, "405 Method Not Allowed", "post it\n")
            end
            c:write("HTTP/1.1 ", answer, "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            later(method, target, body)
        end)
end

-- Later than the second that an answer which rules out any delivery is given, and well within the 3 seconds that the shortest
-- of our runs wait for a token.
local function send_later(method, target, body)
    sim.sleep(1.2)
    fetched(method, target, body)
end

takes_posts("http-queue", "Takes what is posted, and sends it on over a second later", "202 Accepted", "inconclusive", send_later)
takes_posts("http-collector", "Takes what is posted, and keeps it", "202 Accepted", "inconclusive", function() end)
for _, answer in ipairs { "200 OK", "201 Created", "204 No Content" } do
    local code = answer:match("%d+")
    local said = "Takes what is posted, answers with " .. code .. ", and "
    takes_posts("http-queue-" .. code, said .. "sends it on over a second later", answer, "inconclusive", send_later)
    takes_posts("http-collector-" .. code, said .. "keeps it", answer, "closed", function() end)
end

return list
