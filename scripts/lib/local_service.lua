-- ajar.local_service: is a proxy a way to what listens on its own machine (P16)?
--
-- It is asked for ports of 127.0.0.1 and of its own address, and for nothing else (core/script/own_host.h). No token can
-- come back from a service that is not ours, so this is never `open`: a greeting that came out of the way, and that a
-- port where nobody listens has not, is `suspect`. Nothing is said to the service but, by GET, the request for a page.

local raw, ajar = raw, ajar
local check, make_verdict = ajar.internal.check, ajar.internal.verdict
local http = ajar.internal.http

ajar.local_service = {}

local FORM = {
    id = "P16", cause = "local-services", name = "a service of the proxy's own machine",
    shows = "leads strangers to services of its own machine",
    remedy = "Refuse destinations on the proxy's own machine (Squid: http_access deny to_localhost, and its own "
        .. "addresses), and let in the clients of your own network alone.",
}

-- What a probe declares: tables of its own, as scripts share nothing that they can write.
function ajar.local_service.forms()
    return { {
        id = FORM.id, name = FORM.name, cause = FORM.cause, shows = FORM.shows, remedy = FORM.remedy,
        envelope = { "CONNECT 127.0.0.1:{port} HTTP/1.1", "GET http://127.0.0.1:{port}/ HTTP/1.1" },
    } }
end

function ajar.local_service.args()
    local args = ajar.proxy.args()
    args.ports = {
        type = "string", default = "22,25", min = 1,
        help = "the ports of its own machine for which it is asked, at most eight",
    }
    return args
end

local PORTS_MOST = 8
local HOSTS = { "loopback", "self" }
local GREETING_SECONDS = 3

-- How services greet that speak first: SSH, mail and FTP, POP3, IMAP, VNC.
local GREETINGS = { "^SSH%-%d", "^220[ %-]", "^%+OK", "^%* OK", "^RFB %d" }

-- Codes by which a server says that it knows no such request; no proxy refuses a destination like that.
local NO_PROXY = { [400] = true, [404] = true, [405] = true, [411] = true, [421] = true, [501] = true, [505] = true }

---@param text string "22,25"
---@return integer[]? ports, string? odd what is none
local function ports_of(text)
    local ports = {}
    for word in (text .. ","):gmatch("([^,]*),") do
        local port = word:match("^ *(%d+) *$")
        port = port and #port <= 5 and tonumber(port)
        if not port or port < 1 or port > 65535 or #ports == PORTS_MOST then
            return nil, word
        end
        ports[#ports + 1] = port
    end
    return ports
end

---@param text string
---@return string? greeting
local function greeting_in(text)
    for _, greeting in ipairs(GREETINGS) do
        if text:find(greeting) then
            return (text:match("^[^\r\n]*"):sub(1, 100):gsub("[^\32-\126]", "?"))
        end
    end
end

---@class ajar.local_service.answer
---@field host string "127.0.0.1:22"
---@field response ajar.http.response
---@field yes boolean it grants the way, or has a page
---@field greeting? string

---One request, by a connection in place of the last. Raises where there is no answer.
---@return ajar.local_service.answer
local function ask(state, method, host, port)
    state.session = state.session and state.session:again()
        or ajar.http.connect(state.target, http.page_options(state.target))
    local text = check(raw.own_host_send(state.session.conn, method, host, port))
    local r = http.receive(state.session, method)
    local answer = { host = text, response = r, yes = r.ok }
    if method == "GET" then
        answer.greeting = r.ok and greeting_in(r.body:sub(1, 4096)) or nil
    else
        answer.yes = http.is_tunnel(r)
        answer.greeting = answer.yes and greeting_in(raw.line(state.session.conn, GREETING_SECONDS) or "") or nil
    end
    return answer
end

---A port that is none of those asked for, and at which hardly anybody listens.
local function control_port(ports)
    local port = 1
    for _ = 1, #ports do
        for _, other in ipairs(ports) do
            port = other == port and port + 1 or port
        end
    end
    return port
end

-- The control: the same request for a port where nobody listens, and a method that nobody can know.
local function nonsense(state, method, host)
    local asked, answer = pcall(ask, state, method, host, control_port(state.ports))
    if not asked then
        if type(answer) ~= "table" or answer.verdict == "error" then
            error(answer, 0)
        end
        raw.step("control: asked for a port where nobody listens, it gives no answer: " .. answer.reason)
        return answer.code == "EPROTO" and "says to a port where nobody listens what no proxy says" or nil
    end
    local r = answer.response
    raw.step(("control: %s a port where nobody listens, %s: %s")
        :format(answer.yes and "says yes to" or "refuses", answer.host, tostring(r)), r.line)
    if answer.yes then
        return "says yes to everything, to a port of its own where nobody listens as well"
    end
    local why = state.session:any_method()
    return why and "says yes to everything, " .. why
end

local function judged(state, method, host, answer)
    local words = ("leads to a service of its own machine: at %s \"%s\" answers"):format(answer.host, answer.greeting)
    ajar.step(answer.response, words)
    local why = nonsense(state, method, host)
    if why then
        return make_verdict("inconclusive", why)
    end
    raw.step("P16: " .. FORM.shows, answer.response.line, FORM.id, FORM.cause)
    raw.step("remedy: " .. FORM.remedy, answer.response.line)
    return make_verdict("suspect", words .. " (no token can prove it: the service is not ours)")
end

-- What one request shows when no service greets, and whether this method is of no more use.
local function no_greeting(method, answer)
    local r = answer.response
    if not r.ok then
        local v = ajar.http.refused(r)
        v.over = r.code == 407 or r.code == 401
        return v, NO_PROXY[r.code] or r.code < 400
    elseif method == "GET" then
        return ajar.closed(r, "answers with a page of its own: " .. tostring(r)), true
    elseif not answer.yes then
        return ajar.closed(r, "answers CONNECT with a page, not a tunnel: " .. tostring(r)), true
    end
    return make_verdict("inconclusive", ("grants a way to %s, where no service speaks first"):format(answer.host)), false
end

-- One request as a verdict; `useless`: there is no point in asking so again.
local function try(state, method, host, port)
    local asked, answer = pcall(ask, state, method, host, port)
    if not asked then
        if type(answer) ~= "table" then
            error(answer, 0)
        end
        answer.raised = true
        answer.over = answer.verdict ~= "inconclusive" or answer.code == "ESTOPPED"
            or answer.code == "ETIMEDOUT" and not state.best -- it has never said a word
        return answer, true
    elseif answer.greeting then
        local v = judged(state, method, host, answer)
        v.over = true
        return v
    end
    local v, useless = no_greeting(method, answer)
    v.granted = answer.yes and not useless
    return v, useless
end

-- What was said to the weightier question: a refusal is worth more than no answer at all.
local function rank(v)
    return v.raised and 1 or v.verdict == "inconclusive" and 3 or 2
end

-- One port of one of its addresses: by CONNECT, and by GET where that is refused.
local function try_each_method(state, host, port)
    for _, method in ipairs { "CONNECT", "GET" } do
        if not state.useless[method] then
            local v, useless = try(state, method, host, port)
            state.useless[method] = useless
            if not state.best or v.over or rank(v) > rank(state.best) then
                state.best = v
            end
            state.over = v.over or state.useless.CONNECT and state.useless.GET
            if v.granted or state.over then
                return
            end
        end
    end
end

---Asks for each port of the argument `ports` at 127.0.0.1 and at the target's own address, by CONNECT, or by GET where
---CONNECT is refused, until a service greets or it is clear that this is no proxy.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.local_service.test(target)
    local ports, odd = ports_of(target.args.ports)
    if not ports then
        return make_verdict("error", ("ports is a list of at most %d ports, as 22,25; \"%s\" is none")
            :format(PORTS_MOST, odd))
    end
    local state = { target = target, ports = ports, useless = {} }
    for _, port in ipairs(ports) do
        for _, host in ipairs(HOSTS) do
            if not state.over then
                try_each_method(state, host, port)
            end
        end
    end
    return state.best
end

return ajar.local_service
