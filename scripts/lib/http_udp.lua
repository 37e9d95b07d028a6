-- ajar.http_udp: proxies for UDP in HTTP (RFC 9298), whose only destination is our own sink.

local raw, ajar = raw, ajar
local check = ajar.internal.check
local tunnel = ajar.internal.tunnel
local http, h2 = ajar.internal.http, ajar.internal.h2

ajar.http_udp = {}

-- Sessions: HTTP/1.1 asks for an upgrade, HTTP/2 for a tunnel of its own. Each connection carries datagrams to one port.
-- A proxy for UDP can't tell a closed port, so the control is one that is no number.

---@class ajar.http_udp.session: ajar.tunnel.session
---@field ask fun(self: ajar.http_udp.session, where: string, control?: string): ajar.http_udp.response
---@field say fun(self: ajar.http_udp.session, token: string): boolean?, string?, string?
---@field hear fun(self: ajar.http_udp.session, seconds: number): string?, string?, string?

---@class ajar.http_udp.response: ajar.http.response
---@field yes boolean datagrams may be sent now
---@field page? boolean it says of itself that it is no stream of capsules

local CONTROL = "a port that is no number"

-- RFC 9297, section 3.2: what a response with capsules may not have.
local function is_page(r)
    local f = r.fields
    return f["content-length"] or f["content-type"] or f["transfer-encoding"] or r.code >= 204 and r.code <= 206
end

---@type ajar.http_udp.session
local upgrade, connect = tunnel.class()
upgrade.control, upgrade.datagrams = CONTROL, true

---Asks for datagrams to the sink; control: a token for the control instead. Of a page the head is enough.
function upgrade:ask(where, control)
    check(raw.http_udp_send(self.conn, where, control))
    local r = http.checked(self, raw.http_response(self.conn, "HEAD", self.seconds, true))
    r.yes = r.code == 101 and (r.fields.upgrade or ""):lower() == "connect-udp"
    return r
end

function upgrade:say(token)
    return raw.http_udp_ask(self.conn, token)
end

function upgrade:hear(seconds)
    return raw.http_udp_hear(self.conn, seconds)
end

---The control, for tunnel.controlled.
function upgrade:nowhere()
    return self:again():ask(self.way.where, ajar.token())
end

---@type ajar.http_udp.session
local stream, connect_h2 = tunnel.class()
stream.control, stream.datagrams = CONTROL, true
stream.begin = h2.begin

---The same over HTTP/2, where a yes is like that to any other request: what says of itself that it is a page has said no.
function stream:ask(where, control)
    local tls = self.options.tls ~= nil
    local r = h2.response(check(raw.h2_udp_connect(self.conn, where, control, tls, self.seconds)))
    r.yes = r.ok
    r.page = r.ok and is_page(r)
    return r
end

function stream:say(token)
    return raw.h2_udp_ask(self.conn, token)
end

function stream:hear(seconds)
    return raw.h2_udp_hear(self.conn, seconds)
end

---The control, for tunnel.controlled.
function stream:nowhere()
    return self:again():begin():ask(self.way.where, ajar.token())
end

-- Whole tests --------------------------------------------------------------------------------------

local FORM = { id = "P6", cause = "connect-udp" }

-- Seconds for a token where the answer looks like a page.
local PAGE_WAIT = 3

-- The datagrams, behind a yes.
local function prove(session, r)
    ajar.step(r, "the target says yes")
    return tunnel.prove_by_datagrams(session.way, function(token)
        return session:say(token)
    end, function(seconds)
        return session:hear(seconds)
    end, session, FORM)
end

-- A yes that says of itself that it is a page: the token decides.
local function page_or_datagrams(session, r)
    session.way.wait = math.min(session.way.wait or raw.fact("wait"), PAGE_WAIT)
    local v = prove(session, r)
    if v.verdict == "open" then
        return v
    end
    return tunnel.final(ajar.closed(r, "answers with a page, not with datagrams: " .. tostring(r)))
end

---What the probes declare: the one form that there is.
---@param request string[]
---@return ajar.form[] forms
function ajar.http_udp.forms(request)
    return { {
        id = FORM.id, name = "UDP through HTTP (RFC 9298)", cause = FORM.cause, envelope = request,
        shows = "sends any stranger's datagrams to any address",
        remedy = "Switch connect-udp off, or let in the clients of your own network alone, or ask for a log-in.",
    } }
end

---The whole test over HTTP/1.1: an upgrade for each of the sink's ports. Inside TLS on the ports of web servers that
---speak it.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.http_udp.test_upgrade(target)
    local options = http.page_options(target)
    return tunnel.test_datagram_ways(target, function(way)
        local session = connect(target, options, way)
        local r = session:ask(way.where)
        if r.yes then
            way.known = true
            return prove(session, r)
        elseif r.code == 101 then
            return tunnel.final(ajar.closed(r, "changes to another protocol than it was asked for: " .. tostring(r)))
        elseif r.ok then
            return tunnel.final(ajar.closed(r, "answers with a page, not with datagrams: " .. tostring(r)))
        end
        return ajar.http.refused_way(r)
    end)
end

---The whole test over HTTP/2: an extended CONNECT for each of the sink's ports.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.http_udp.test_h2(target)
    return tunnel.test_datagram_ways(target, function(way)
        local session, refused = h2.open_extended(target, way, connect_h2)
        if not session then
            return refused
        end
        local r = session:ask(way.where)
        if r.page then
            return page_or_datagrams(session, r)
        elseif r.yes then
            return prove(session, r)
        end
        return h2.refused(r)
    end)
end

return ajar.http_udp
