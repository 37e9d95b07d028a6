-- ajar.http: requests to a proxy, whose only destination is our own sink.

local raw, ajar = raw, ajar
local check = ajar.internal.check
local tunnel = ajar.internal.tunnel

local response_meta = { __metatable = false }
response_meta.__tostring = function(r)
    return r.code == 0 and "an answer without a head" or "HTTP " .. r.code .. (r.reason ~= "" and " " .. r.reason or "")
end

local function response(r)
    r.ok = r.code >= 200 and r.code < 300
    return setmetatable(r, response_meta)
end

---@class ajar.http.session: ajar.tunnel.session
local session, connect = tunnel.class()

ajar.http = {}

---Connects. Without a connection the probe ends as unreachable.
---@param target ajar.target
---@param options? ajar.tunnel.options
---@return ajar.http.session session
function ajar.http.connect(target, options)
    return connect(target, options)
end

local FORMS = {
    get = { "GET", "absolute" }, head = { "HEAD", "absolute" }, connect = { "CONNECT", "authority" },
    post = { "POST", "absolute" }, put = { "PUT", "absolute" },
    origin = { "GET", "origin" }, at = { "GET", "at" },
}

-- What it says of itself where it speaks something else: the words of a verdict.
local function no_http(self)
    self.heard = raw.prompt(self.conn, 0) or ""
    local text = self.heard:match("[^\r\n]*"):gsub("[^ -~]+", " "):match("^%s*(.-)%s*$")
    return "it does not speak HTTP: it says " .. (text ~= "" and '"' .. text:sub(1, 60) .. '"' or "what is no text")
end

local NO_HTTP = "not an HTTP/1 response"

-- A response, or why there is none.
local function checked(self, r, text, code)
    if code == "EPROTO" then
        text = text == NO_HTTP and no_http(self) or "its answer is not valid HTTP: " .. text
    end
    return response(check(r, text, code))
end

-- Seconds after which it is asked whether the token is at our sink already, and the answer only without its end.
local LOOK = 5

-- The response to a request with this token in it; without one it is not looked for at our sink.
local function receive_answer(self, method, token)
    local left = self.seconds
    while true do
        local patience = token and math.min(left, LOOK) or left
        local r, text, code = raw.http_response(self.conn, method == "HEAD" and method or "", patience, true, true)
        left = left - patience
        if code ~= "ETIMEDOUT" or left <= 0 then
            return checked(self, r, text, code)
        end
        self.heard = tunnel.came(self, token, 0) and raw.prompt(self.conn, 0) or nil
        if self.heard then
            local _, heard = tunnel.rest(self, token, left)
            self.heard = heard
            check(nil, "its answer has no end", code)
        end
    end
end

-- The response to CONNECT. The empty line goes out by itself where nothing is said for a while: there are proxies that wait
-- for one.
local function receive_yes(self)
    local patience = math.min(self.seconds, 3)
    local r, text, code = raw.http_response(self.conn, "CONNECT", patience, true, true)
    if not r and code == "ETIMEDOUT" and patience < self.seconds then
        check(raw.http_line(self.conn))
        r, text, code = raw.http_response(self.conn, "CONNECT", self.seconds - patience, true, true)
    end
    return checked(self, r, text, code)
end

---The response to a request with this method.
---@param self ajar.http.session
---@param method string
---@param token? string which stands in the request
---@return ajar.http.response
local function receive(self, method, token)
    if method == "CONNECT" then
        return receive_yes(self)
    end
    return receive_answer(self, method, token)
end

---Sends a request and receives the response.
---@param form "get"|"head"|"connect"|"post"|"put"|"origin"|"at"
---@param token string
---@param where? string
---@param old? boolean
---@return ajar.http.response response
function session:request(form, token, where, old)
    local method = FORMS[form][1]
    self.asked = { form = form, old = old }
    check(raw.http_send(self.conn, method, FORMS[form][2], where or "address", token, old))
    if old then
        check(raw.pause(0.1))
        check(raw.http_line(self.conn))
    end
    return receive(self, method, token)
end

---GET http://SINK/TOKEN: what a forward proxy is asked (RFC 9112, section 3.2.2).
---@param token string
---@return ajar.http.response response
function session:get(token)
    return self:request("get", token)
end

---HEAD http://SINK/TOKEN.
---@param token string
---@return ajar.http.response response
function session:head(token)
    return self:request("head", token)
end

---CONNECT SINK (RFC 9110, section 9.3.6).
---@param token string
---@param old? boolean
---@return ajar.http.response response
function session:connect(token, old)
    return self:request("connect", token, self.way.where, old)
end

---Does this look like a tunnel, and not like a page? A page has a length; some proxies say that theirs is 0. In a yes to
---CONNECT such fields mean nothing (RFC 9110, section 9.3.6): what they say counts only where no token comes back.
---@param r ajar.http.response
---@return boolean
local function is_tunnel(r)
    local length = r.fields["content-length"]
    return r.ok and not r.fields["transfer-encoding"] and (not length or tonumber(length) == 0)
end

---The control, for tunnel.controlled.
function session:nowhere()
    local other = self:again()
    local r = other:request(self.asked.form, ajar.token(), self.way.nowhere, self.asked.old)
    if self.asked.form == "connect" then
        r.yes = is_tunnel(r) or r.ok and self.looks_like_page
    else
        r.yes = r.ok
    end
    return r
end

---A method that nobody can know.
---@return string? shown
function session:any_method()
    local token = ajar.token()
    local opened, other = pcall(self.again, self)
    if not opened then
        return nil
    end
    check(raw.http_send(other.conn, "nonsense", "authority", self.way.where, token))
    local r = raw.http_response(other.conn, "HEAD", self.seconds)
    if r and r.code >= 200 and r.code < 300 then
        raw.step("control: says yes to a method that does not exist: HTTP " .. r.code, r.line)
        return "to a method that does not exist as well"
    end
end

---What is put through the tunnel, and what comes out of it; for tunnel.ask.
function session:say(token)
    return raw.ask(self.conn, token)
end

function session:line(seconds)
    return raw.line(self.conn, seconds)
end

---A refusal in words.
---@param r ajar.http.response
---@return ajar.verdict verdict
function ajar.http.refused(r)
    if r.code == 407 or r.code == 401 then
        local how = r.fields["proxy-authenticate"] or r.fields["www-authenticate"]
        if how then
            raw.step("it asks for: " .. how:sub(1, 200), r.line)
        end
        return ajar.closed(r, "asks for authentication: " .. tostring(r))
    elseif r.code < 200 or r.code >= 500 and r.code ~= 501 and r.code ~= 505 or r.code == 408 or r.code == 429 then
        return ajar.inconclusive(r)
    end
    return ajar.closed(r)
end

---A refusal as the verdict of one way: what it says of the port or of its rules may not go for others.
---@param r ajar.http.response
---@return ajar.verdict verdict
function ajar.http.refused_way(r)
    local v = ajar.http.refused(r)
    v.final = not (r.code == 403 or r.code >= 500 and r.code ~= 501 and r.code ~= 505 and r.code ~= 511)
    return v
end

-- Whole tests --------------------------------------------------------------------------------------

-- Codes that a server without HTTP/1.1, or with a filter for it, answers with. Who closes the connection in place of
-- an answer may be such a server too; who keeps silent, or speaks another protocol, is not.
local TRY_OLD = { [400] = true, [404] = true, [405] = true, [411] = true, [501] = true, [505] = true }
local NOT_OLD = { ETIMEDOUT = true, EPROTO = true }

local function first_connect(target, options, token, way)
    local http = connect(target, options, way)
    local chain = way.chain
    local answered, r = pcall(http.connect, http, token, chain.old)
    if answered and (chain.asked or not TRY_OLD[r.code]) then
        chain.asked = true
        return http, r
    elseif chain.asked then
        error(r, 0)
    end
    chain.asked = true
    if not answered and (type(r) ~= "table" or r.verdict ~= "inconclusive" or NOT_OLD[r.code]) then
        error(r, 0)
    end
    ajar.note("once more with HTTP/1.0")
    local again, old = pcall(function()
        http = http:again()
        return http:connect(token, true)
    end)
    if again then
        chain.old = true
        return http, old
    elseif answered then
        return http, r
    end
    error(r, 0)
end

-- Seconds for a token where the answer looks like a page.
local PAGE_WAIT = 3

-- A yes with the fields of a page: the token decides.
local function page_or_tunnel(http, token, r)
    http.looks_like_page = true
    http.way.wait = math.min(http.way.wait or raw.fact("wait"), PAGE_WAIT)
    local asked, v = pcall(tunnel.proof, http, token, r)
    if not asked and type(v) ~= "table" then
        error(v, 0)
    elseif asked and v.verdict == "open" or v.code == "ESTOPPED" or v.code == "ETIME" then
        return v
    end
    return tunnel.final(ajar.closed(r, "answers CONNECT with a page, not a tunnel: " .. tostring(r)))
end

---The whole test of CONNECT.
---@param target ajar.target
---@param options? ajar.tunnel.options
---@return ajar.verdict verdict
function ajar.http.test_connect(target, options)
    return tunnel.test(target, "address", function(way)
        local token = ajar.token()
        local http, r = first_connect(target, options, token, way)
        if not r.ok then
            return ajar.http.refused_way(r)
        elseif not is_tunnel(r) then
            return page_or_tunnel(http, token, r)
        end
        return tunnel.proof(http, token, r)
    end, true)
end

-- The sink's answer in a page, which a proxy may have compressed, unasked.
local function answer_in(r, token)
    local answer, added = tunnel.answer_in(r.body, token)
    local plain = not answer and raw.http_decoded(r.body)
    if plain then
        answer, added = tunnel.answer_in(plain, token)
    end
    if plain and answer then
        raw.step("what it sends is compressed", r.line)
    end
    return answer, added
end

---The same where a request has raised this: in what came, and still comes, of an answer that is not valid or has no end.
---Raises it again where the sink's answer is not in it.
---@param http ajar.http.session
---@param token string
---@param problem any what pcall has caught
---@return string answer, string[] added, ajar.http.response r
local function answer_in_rest(http, token, problem)
    local answer, text, added = tunnel.rest_of(http, token, problem)
    if not answer then
        error(problem, 0)
    end
    local code = tonumber(text:match("^HTTP/1%.%d (%d%d%d)")) or 0
    return answer, added, response { code = code, reason = "", fields = {}, body = text, line = raw.here() }
end

-- The verdict where nothing of ours came back, and nothing came to our sink.
local function own_answer(r)
    return r.ok and tunnel.final(ajar.closed(r, "answers with a page of its own: " .. tostring(r)))
        or ajar.http.refused_way(r)
end

-- May what was posted be on its way, behind this answer? It is taken (RFC 9110, sections 15.3.1 to 15.3.5), and what came is
-- no page for a person, as those have who take what is posted for themselves.
local function may_come_later(r)
    return r.ok and not (r.body ~= "" and (r.fields["content-type"] or ""):lower():find("html", 1, true))
end

-- The verdict where the answer is not our sink's.
local function other_answer(http, token, r)
    if r.ok then
        local later = http.posts and may_come_later(r)
        return tunnel.fetched(http, token, nil, r, later and (http.way.wait or raw.fact("wait")) or nil)
            or r.code == 202 and http.posts and ajar.inconclusive(r,
                "took what we posted, to deal with it later, and it did not come to our sink in time: " .. tostring(r))
            or own_answer(r)
    end
    return http.posts and tunnel.sent_all_the_same(http, token, r) or own_answer(r)
end

-- The test on a connection that stands, but for the control.
local function test_request(http, form, token)
    http.posts = form == "post" or form == "put"
    local answered, r = pcall(http.request, http, form, token, http.way.where)
    if not answered then
        return tunnel.unanswered(http, token, r)
    end
    local answer, added = answer_in(r, token)
    if not answer then
        return other_answer(http, token, r)
    end
    tunnel.tell_answer("the sink's page came back through the target: " .. tostring(r), r.line, added)
    return tunnel.fetched(http, token, answer, r) or own_answer(r)
end

---The whole test of a request that is to be passed on: the sink's answer is the page.
---@param target ajar.target
---@param form "get"|"post"|"put"
---@param options? ajar.tunnel.options
---@return ajar.verdict verdict
function ajar.http.test_request(target, form, options)
    return tunnel.test(target, "address", function(way)
        local token = ajar.token()
        return test_request(connect(target, options, way), form, token)
    end, true)
end

---How a server that shows pages is spoken to at this port.
---@param target ajar.target
---@return ajar.tunnel.options?
local function page_options(target)
    return (target.port == 443 or target.port == 8443) and { tls = "http/1.1" } or nil
end

---The whole test of a web server that passes on what is meant for other hosts: in the forms in which its own pages
---are asked for, and as "@HOST", which a careless rule of rewriting puts behind a name.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.http.test_web_server(target)
    local options, chain = page_options(target), {}
    local function test(form)
        return tunnel.test(target, "address", function(way)
            local token = ajar.token()
            return test_request(connect(target, options, way), form, token)
        end, false, chain)
    end
    local first = test("origin")
    if first.verdict == "open" or first.raised and first.verdict ~= "inconclusive" then
        return first
    end
    local second = test("at")
    return second.verdict == "open" and second or first
end

ajar.internal.http = {
    receive = receive, is_tunnel = is_tunnel, page_options = page_options, response = response,
    answer_in = answer_in, answer_in_rest = answer_in_rest, checked = checked,
}
return ajar.http
