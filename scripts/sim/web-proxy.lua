-- Web proxies: pages that fetch what their own URL names, and those that only look so.

local GET, WEB, PAGES = "proxy/http-get", "proxy/web-server", "proxy/web-proxy"
local list = {}

-- All that these servers are beside what they are here for.
local function scenario(id, summary, verdict, serve)
    list[#list + 1] = sim.scenario {
        id = id, port = 8080, summary = summary, serve = serve,
        expects = { [PAGES] = verdict, [WEB] = "closed", [GET] = "closed" },
    }
end

local HOME = "<html><body>Welcome</body></html>\n"

local function decoded(text)
    return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function from_base64(text)
    local bytes, bits, held = {}, 0, 0
    for letter in text:gmatch("[%w+/]") do
        held, bits = (held * 64 + LETTERS:find(letter, 1, true) - 1) % 65536, bits + 6
        if bits >= 8 then
            bits = bits - 8
            bytes[#bytes + 1] = string.char(math.floor(held / 2 ^ bits) % 256)
        end
    end
    return table.concat(bytes)
end

---The whole of what is at a URL, head included; nil: no connection.
local function fetched(url, options)
    local address, path = url:match("^http://([^/]+)(/.*)$")
    local other = address and sim.dial(address, options)
    if not other then
        return nil
    end
    other:write("GET ", path, " HTTP/1.0\r\nHost: ", address, "\r\n\r\n")
    local text = {}
    repeat
        text[#text + 1] = other:try_read(5)
        local ended = #text == 0 or text[#text] == "" or table.concat(text):find("AJAR %S+ %x+ .*\n")
    until ended
    other:close()
    return table.concat(text)
end

---A web server with one page of its own that does something with a URL. `url` reads it from a request's target, or gives
---nil; `act(c, url, state)` is the page.
local function server(url, act)
    return function(c, state)
        local method, target = sim.http_request(c)
        local named = method == "GET" and url(target)
        if named then
            return act(c, named, state)
        elseif method == "GET" and (target == "/" or target:find("^/%?")) then
            return sim.http_answer(c, "200 OK", HOME)
        end
        sim.http_answer(c, "404 Not Found", "no such page\n")
    end
end

---Reads the URL from behind the page's path.
local function behind(path, decode)
    return function(target)
        return target:sub(1, #path) == path and decode(target:sub(#path + 1)) or nil
    end
end

-- Shows it within a page of its own, as web proxies do.
local function show(c, url)
    local text = fetched(url)
    if not text then
        return sim.http_answer(c, "502 Bad Gateway", "<html>The host could not be reached</html>\n")
    end
    local page = text:match("\r\n\r\n(.*)$") or ""
    sim.http_answer(c, "200 OK", "<html><form>Go to: <input></form><pre>\n" .. page .. "</pre></html>\n")
end

-- As though our sink had answered.
local function forged(url)
    return "AJAR " .. (url:match("[a-z2-7]+$") or "") .. " 0123456789abcdef0123456789abcdef x\n"
end

scenario("web-proxy-glype", "A web proxy that shows any page to anyone, at /browse.php?u=", "open",
    server(behind("/browse.php?u=", decoded), show))

scenario("web-proxy-base64", "A web proxy that takes the URL in base64, as PHProxy does", "open",
    server(behind("/index.php?q=", function(text)
        local url = from_base64(decoded(text))
        return url:find("^http://") and url
    end), show))

scenario("web-proxy-path", "A web proxy that takes the URL as a part of its path, as CGIProxy does", "open",
    server(behind("/cgi-bin/nph-proxy.cgi/000000A/http/", function(text) return "http://" .. text end), show))

scenario("web-proxy-port", "A web proxy that knows no ports, and asks each host at the one where it was first", "open",
    server(behind("/proxy?url=", decoded), function(c, url, state)
        local host, port, rest = url:match("^(http://[^/]+):(%d+)(/.*)$")
        state.port = state.port or port
        show(c, host .. ":" .. state.port .. rest)
    end))

scenario("web-proxy-root", "A web proxy at the root: /?url=", "open", server(behind("/?url=", decoded), show))

scenario("web-proxy-none", "A web server that knows its own page alone", "closed", server(function() end))

scenario("web-proxy-every-page", "A web server that has the same page for every path", "closed",
    server(function() return "" end, function(c) sim.http_answer(c, "200 OK", HOME) end))

scenario("web-proxy-list", "Fetches from hosts on its list alone", "closed",
    server(behind("/proxy?url=", decoded), function(c)
        sim.http_answer(c, "403 Forbidden", "this host is not on the list\n")
    end))

scenario("web-proxy-login", "A web proxy for those who log in", "closed",
    server(function() return "" end, function(c)
        sim.http_answer(c, "401 Unauthorized", "who are you?\n", 'WWW-Authenticate: Basic realm="x"\r\n')
    end))

scenario("web-proxy-redirect", "Sends the browser itself to any URL, and fetches nothing", "closed",
    server(behind("/proxy?url=", decoded), function(c, url)
        sim.http_answer(c, "302 Found", "", "Location: " .. url .. "\r\n")
    end))

scenario("web-proxy-preview", "Fetches any URL for a preview, and shows nothing of it", "inconclusive",
    server(behind("/proxy?url=", decoded), function(c, url)
        local text = fetched(url)
        sim.http_answer(c, "200 OK", text and "{\"found\": true}\n" or "{\"found\": false}\n")
    end))

scenario("web-proxy-scanner", "A filter before a web server, from which a scanner fetches every URL in a request",
    "inconclusive", server(behind("/proxy?url=", decoded), function(c, url)
        fetched(url, { from = "127.0.0.9" })
        sim.http_answer(c, "404 Not Found", "no such page\n")
    end))

scenario("web-proxy-any-path", "A filter that fetches every URL in a request, before pages that do not exist", "inconclusive",
    server(function(target) return decoded(target):match("http://.*") end, function(c, url)
        fetched(url)
        sim.http_answer(c, "404 Not Found", "no such page\n")
    end))

scenario("web-proxy-forger", "A trap: fetches any URL, and shows an answer of its own for those that it can't fetch",
    "inconclusive", server(behind("/proxy?url=", decoded), function(c, url)
        local text = fetched(url)
        sim.http_answer(c, "200 OK", text and text:match("\r\n\r\n(.*)$") or forged(url))
    end))

scenario("web-proxy-liar", "A trap: fetches any URL, and shows another answer than it got", "inconclusive",
    server(behind("/proxy?url=", decoded), function(c, url)
        fetched(url)
        sim.http_answer(c, "200 OK", forged(url))
    end))

scenario("web-proxy-echo", "A trap: shows what it was asked for as though our sink had answered", "closed",
    server(behind("/proxy?url=", decoded), function(c, url)
        sim.http_answer(c, "200 OK", forged(url))
    end))

return list
