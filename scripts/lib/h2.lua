-- ajar.h2: tunnels over HTTP/2, whose only destination is our own sink.

local raw, ajar = raw, ajar
local check = ajar.internal.check
local tunnel = ajar.internal.tunnel

---@class ajar.h2.response: ajar.http.response
---@field ended boolean nothing more comes
---@field error integer with which code of RFC 9113, section 7 it was ended
local response_meta = { __metatable = false }
response_meta.__tostring = function(r)
    if r.code > 0 then
        return "HTTP/2 " .. r.code
    end
    return "HTTP/2 stream ended with error " .. r.error
end

local function response(r)
    r.ok = r.code >= 200 and r.code < 300
    return setmetatable(r, response_meta)
end

---@class ajar.h2.session: ajar.tunnel.session
local session, connect = tunnel.class()

ajar.h2 = {}

local CONNECT_ERROR = 10
-- NO_ERROR of a server that goes away, REFUSED_STREAM, ENHANCE_YOUR_CALM: none says what it does with such requests.
local UNPROCESSED = { [0] = true, [7] = true, [11] = true }
local TLS_PORTS = { [443] = true, [4443] = true, [8443] = true }

---The preface and the server's settings.
function session:begin()
    self.settings = check(raw.h2_begin(self.conn, tunnel.patience(self.target, math.min(self.seconds, 10))))
    return self
end

---Asks for a tunnel to the sink.
---@param kind "plain"|"websocket"
---@param token string
---@param where? string "address", "name", with ":PORT" or ":closed" behind it
---@return ajar.h2.response
function session:connect(kind, token, where)
    self.kind = kind
    local r = response(check(raw.h2_connect(self.conn, kind, where, token, self.seconds)))
    local length = r.fields["content-length"]
    r.yes = r.ok and not r.ended and (not length or tonumber(length) == 0)
    return r
end

---What is put through the tunnel, and what comes out of it; for tunnel.ask.
function session:say(token)
    return raw.h2_ask(self.conn, token)
end

function session:line(seconds)
    return raw.h2_line(self.conn, seconds)
end

---The control, for tunnel.controlled. A page comes in pieces, so what was taken for a tunnel may be one, or have been
---one: any 200 for a closed port shows that a 200 means nothing.
function session:nowhere()
    local other = self:again():begin()
    local r = other:connect(self.kind, ajar.token(), self.way.nowhere)
    r.yes = r.ok
    return r
end

-- Inside TLS or in clear, as the port has it, then the other way; nil and why, when it is no HTTP/2 at all. `connects`
-- connects a session.
local function open(target, way, connects)
    local inside, clear = { tls = "h2" }, {}
    local first, second = clear, inside
    if TLS_PORTS[target.port] then
        first, second = inside, clear
    end
    local function try(options)
        return pcall(function()
            return connects(target, options, way):begin()
        end)
    end
    if way.chain.spoken then
        return connects(target, way.chain.spoken, way):begin()
    end
    local ok, result = try(first)
    if ok then
        way.chain.spoken = first
        return result
    elseif type(result) ~= "table" or result.verdict ~= "inconclusive" then
        error(result, 0)
    end
    local again, other = try(second)
    if again then
        way.chain.spoken = second
        return other
    elseif type(other) ~= "table" then
        error(other, 0)
    end
    return nil, result
end

local function refused(r)
    if r.code == 0 and r.error == CONNECT_ERROR then
        return ajar.inconclusive(r, "the target could not reach our sink: " .. tostring(r))
    elseif r.code == 0 and UNPROCESSED[r.error] then
        return ajar.inconclusive(r, "the target ended it before it looked at our request: " .. tostring(r))
    elseif r.code == 0 then
        return ajar.closed(r)
    end
    return ajar.http.refused_way(r)
end

local function no_http2(problem)
    local words = "speaks no HTTP/2: " .. problem.reason
    if problem.code == "EPROTO" or problem.code == "ETLS" or problem.code == "EOF" then
        return tunnel.final(ajar.closed(words))
    end
    return tunnel.final(ajar.inconclusive(words))
end

local function page(r)
    return tunnel.final(ajar.closed(r, "answers CONNECT with a page, not a tunnel: " .. tostring(r)))
end

-- A session with a server that knows extended CONNECT; or nil and the verdict.
local function open_extended(target, way, connects)
    local h2, problem = open(target, way, connects)
    if not h2 then
        return nil, no_http2(problem)
    elseif not h2.settings.extended then
        raw.step("its settings offer no extended CONNECT", h2.settings.line)
        return nil, tunnel.final(ajar.closed("offers no extended CONNECT"))
    end
    way.known = true
    return h2
end

-- One way of the extended kind.
local function websocket_way(target, way)
    local token = ajar.token()
    local h2, none = open_extended(target, way, connect)
    if not h2 then
        return none
    end
    local r = h2:connect("websocket", token, way.where)
    local v = ajar.await(token, r.ok and nil or 1)
    if v.verdict == "suspect" and not r.ok then
        return refused(r)
    elseif v.verdict == "suspect" and not r.yes then
        return page(r)
    end
    v.session = h2
    return v
end

---The whole test of CONNECT.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.h2.test_connect(target)
    return tunnel.test(target, "address", function(way)
        local token = ajar.token()
        local h2, problem = open(target, way, connect)
        if not h2 then
            return no_http2(problem)
        end
        way.known = true
        local r = h2:connect("plain", token, way.where)
        if not r.ok then
            return refused(r)
        elseif not r.yes then
            return page(r)
        end
        return tunnel.proof(h2, token, r)
    end, true)
end

---The whole test of extended CONNECT (RFC 8441): our sink is asked for as if it were a WebSocket, and the request that
---reaches it is the proof.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.h2.test_websocket(target)
    return tunnel.test(target, "address", function(way)
        return websocket_way(target, way)
    end, true)
end

ajar.internal.h2 = { begin = session.begin, open_extended = open_extended, refused = refused, response = response }
return ajar.h2
