-- Web servers that fetch other hosts' pages by mistake, and those that only look so.

local CONNECT, GET, WEB = "proxy/http-connect", "proxy/http-get", "proxy/web-server"
local list = {}

local function scenario(id, summary, expects, serve)
    list[#list + 1] = sim.scenario { id = id, port = 8080, summary = summary, expects = expects, serve = serve }
end

local PAGE = "<html><body>Welcome</body></html>\n"

-- Fetches a page of another host for the client.
local function fetch(c, method, address, path)
    local other = address and sim.dial(address)
    if not other then
        return sim.http_answer(c, "502 Bad Gateway", "no connection\n")
    end
    other:write(method, " ", path, " HTTP/1.0\r\nHost: ", address, "\r\nX-Real-IP: 192.0.2.9\r\n\r\n")
    c:pipe(other)
end

scenario("web-any-host", "Takes the host to fetch from the request, as with nginx's proxy_pass http://$host",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "open" },
    function(c)
        local method, target, fields = sim.http_request(c)
        if target:sub(1, 1) ~= "/" then
            return sim.http_answer(c, "400 Bad Request", "no\n")
        end
        if fields["x-real-ip"] then -- it has been asked for itself
            return sim.http_answer(c, "508 Loop Detected", "no\n")
        end
        fetch(c, method, fields.host, target)
    end)

scenario("web-rewriting", "A rule of rewriting without a slash: @HOST is fetched (CVE-2011-3368)",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "open" },
    function(c)
        local method, target = sim.http_request(c)
        local address, path = target:match("^@([^/]+)(/.*)$")
        if not address then
            return sim.http_answer(c, "404 Not Found", "no such page\n")
        end
        fetch(c, method, address, path)
    end)

scenario("web-forward", "A web server that is a forward proxy as well, as with Apache's ProxyRequests On",
    { [CONNECT] = "closed", [GET] = "open", [WEB] = "closed" },
    function(c)
        local method, target = sim.http_request(c)
        local address, path = target:match("^http://([^/]+)(/.*)$")
        if not address then
            return sim.http_answer(c, "404 Not Found", "no such page\n")
        end
        fetch(c, method, address, path)
    end)

scenario("web-trusts-proxy-line", "Believes a PROXY line, and shows pages for its own machine to who claims to be it",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "closed" },
    function(c)
        local from = "127.0.0.9"
        local line = c:line()
        local claimed = line:match("^PROXY TCP4 ([%d.]+) ")
        if claimed then
            from, line = claimed, c:line()
        end
        while c:line() ~= "" do
        end
        if from == "127.0.0.1" then
            return sim.http_answer(c, "200 OK", "<html><body>Inside</body></html>\n")
        end
        sim.http_answer(c, line:find("^CONNECT ") and "405 Method Not Allowed" or "403 Forbidden", "not for you\n")
    end)

scenario("web-own-page", "Ignores which host it is asked for, and shows its own page",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "closed" },
    function(c)
        local method = sim.http_request(c)
        if method == "GET" then
            return sim.http_answer(c, "200 OK", PAGE)
        end
        sim.http_answer(c, "405 Method Not Allowed", "no\n")
    end)

scenario("web-echo-page", "Shows the address that was asked for on its own page",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "closed" },
    function(c)
        local method, target = sim.http_request(c)
        sim.http_answer(c, method == "GET" and "200 OK" or "501 Not Implemented",
            "<html><body>You asked for AJAR " .. (target:match("[a-z2-7]+$") or "") .. " 00 </body></html>\n")
    end)

scenario("web-misdirected", "Knows its hosts, and says so",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "closed" },
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "421 Misdirected Request", "not here\n")
    end)

scenario("web-filter", "A filter before a web server, whose page of refusal has the word proxy in it",
    { [CONNECT] = "closed", [GET] = "closed", [WEB] = "closed" },
    function(c)
        sim.http_request(c)
        sim.http_answer(c, "200 OK", "<html>Blocked by the proxy filter. Your request was not forwarded.</html>\n")
    end)

-- Forms that send mail ------------------------------------------------------------------------------------

local FORM = "relay/web-form"

---The fields of a form, by name.
local function fields_of(text)
    local fields = {}
    for name, value in text:gmatch("([%w_]+)=([^&]*)") do
        fields[name] = value:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
    end
    return fields
end

---A server with one such form; `recipient` gives the mailbox that it mails, from the form's fields, or nil; `more`:
---seconds after which it mails, what it writes then, how it answers for all other paths, and what its page always says.
local function form_server(path, recipient, more)
    more = more or {}
    return function(c)
        local method, target, head = sim.http_request(c)
        local asked, query = target:match("^([^?]*)%??(.*)$")
        local body = method == "POST" and head["content-length"] and c:read(tonumber(head["content-length"])) or query
        if asked ~= path then
            return sim.http_answer(c, more.others or "404 Not Found", "no such page\n")
        end
        local fields = fields_of(body)
        local to = recipient(fields, method)
        local said = more.says or to and "Thank you" or "Error: Bad or Missing Recipient"
        sim.http_answer(c, "200 OK", "<html>" .. said .. "</html>\n")
        if to then
            sim.sleep(more.after or 0)
            sim.deliver("<www@web.sim.test>", "<" .. to .. ">", "Subject: " .. (fields.subject or "") .. "\r\n\r\n"
                .. (more.write and more.write(fields) or fields.message or ""))
        end
    end
end

scenario("web-form-open", "FormMail that mails whomever the field \"recipient\" names", { [FORM] = "open", [WEB] = "closed" },
    form_server("/cgi-bin/FormMail.pl", function(fields) return fields.recipient end))
scenario("web-form-get", "The same, by GET alone and in the field \"to\"", { [FORM] = "open", [WEB] = "closed" },
    form_server("/cgi-bin/formmail.pl", function(fields, method) return method == "GET" and fields.to or nil end))
scenario("web-form-fixed", "A form that mails its owner alone, and refuses another recipient",
    { [FORM] = "closed", [WEB] = "closed" }, form_server("/cgi-bin/formmail.pl", function() return nil end))
scenario("web-form-silent", "A form that mails its owner alone, and thanks everybody all the same",
    { [FORM] = "inconclusive", [WEB] = "closed" },
    form_server("/cgi-bin/formmail.pl", function() return nil end, { says = "Thank you" }))
scenario("web-form-late", "Has a page for every path; behind one is a form, whose mail takes a second",
    { [FORM] = "open", [WEB] = "closed" },
    form_server("/formmail.php", function(fields) return fields.recipient end, { after = 1, others = "200 OK" }))
scenario("web-form-once", "A form that mails whomever it names, and only once: a trap, or a limit",
    { [FORM] = "suspect", [WEB] = "closed" },
    form_server("/formmail.php", function(fields)
        return fields.subject == "open relay test" and fields.recipient or nil
    end))
scenario("web-form-lists", "The same, which lists all fields in words of its own", { [FORM] = "open", [WEB] = "closed" },
    form_server("/cgi-bin/formmail.pl", function(fields) return fields.recipient end, { write = function(fields)
        return "Below is the result of your feedback form. It was submitted by " .. fields.realname .. " (" .. fields.email
            .. ").\r\n---------\r\nmessage: " .. fields.message .. "\r\n---------\r\n"
    end }))
scenario("web-form-own-words", "A form that mails whomever it names, and nothing of what is written into it",
    { [FORM] = "suspect", [WEB] = "closed" },
    form_server("/sendmail.php", function(fields) return fields.recipient end, { write = function()
        return "A friend recommends our site to you.\r\n"
    end }))
scenario("web-form-thanks", "A form that mails its owner, and a copy to whoever has filled it in",
    { [FORM] = "closed", [WEB] = "closed" },
    form_server("/sendmail.php", function(fields) return fields.email end))

return list
