-- ajar.socks: SOCKS 4, 4a and 5, whose only destination is our own sink. Nothing logs in.

local raw, ajar = raw, ajar
local check = ajar.internal.check
local tunnel = ajar.internal.tunnel

local reply_meta = { __metatable = false }
reply_meta.__tostring = function(r)
    return r.what .. " " .. r.code .. ": " .. r.text
end

local function reply(r, what)
    r.what = what
    return setmetatable(r, reply_meta)
end

---@class ajar.socks.session: ajar.tunnel.session
local session, connect = tunnel.class()

ajar.socks = {}

---Connects. Without a connection the probe ends as unreachable.
---@param target ajar.target
---@param options? ajar.tunnel.options
---@return ajar.socks.session session
function ajar.socks.connect(target, options)
    return connect(target, options)
end

---SOCKS 4 CONNECT to the sink; code 90 grants. By name it is SOCKS 4a.
---@param where? string
---@return ajar.socks.reply reply
function session:socks4(where)
    self.version = 4
    return reply(check(raw.socks4(self.conn, where, self.seconds)), (where or ""):find("^name") and "SOCKS 4a" or "SOCKS 4")
end

---The SOCKS 5 greeting; the code is the method that the server chose, 255 for none. with_password also
---offers username/password, to see whether it is asked for; none is ever sent.
---@param with_password? boolean
---@return ajar.socks.reply reply
function session:socks5_greet(with_password)
    self.with_password = with_password
    return reply(check(raw.socks5_greet(self.conn, with_password, self.seconds)), "SOCKS 5 method")
end

---SOCKS 5 CONNECT to the sink; code 0 grants.
---@param where? string
---@return ajar.socks.reply reply
function session:socks5_connect(where)
    self.version = 5
    return reply(check(raw.socks5_connect(self.conn, where, self.seconds)), "SOCKS 5")
end

---The control, for tunnel.controlled.
function session:nowhere()
    local other = self:again()
    local r
    if self.version == 4 then
        r = other:socks4(self.way.nowhere)
        r.yes = r.code == 90
    else
        r = other:socks5_greet(self.with_password)
        if r.code == 0 then
            r = other:socks5_connect(self.way.nowhere)
            r.yes = r.code == 0
        end
    end
    return r
end

---What is put through the tunnel, and what comes out of it; for tunnel.ask.
function session:say(token)
    return raw.ask(self.conn, token)
end

function session:line(seconds)
    return raw.line(self.conn, seconds)
end

-- Whole tests --------------------------------------------------------------------------------------

-- May the name that we ask for lead elsewhere than to our sink? "localhost", which stands for the sink where none is
-- given, is 127.0.0.1, and the sink may have another address of loopback.
local function may_miss(where)
    return where == "name" and not raw.fact("sink_name") and not raw.fact("sink"):find("^127%.0%.0%.1:")
end

---The whole test of SOCKS 4, or by name of SOCKS 4a. 91 is also the reply of a proxy that has found nobody there: where
---the name may miss our sink it says nothing.
---@param target ajar.target
---@param where "address"|"name"
---@return ajar.verdict verdict
function ajar.socks.test4(target, where)
    return tunnel.test(target, where, function(way)
        local token = ajar.token()
        local socks = connect(target, nil, way)
        local r = socks:socks4(way.where)
        if r.code == 92 or r.code == 93 then
            return tunnel.final(ajar.closed(r, "asks for authentication: " .. tostring(r)))
        elseif r.code == 91 and may_miss(where) then
            return ajar.inconclusive(tostring(r) .. "; localhost may not lead to our sink: name one with --sink-name")
        elseif r.code == 91 then
            return ajar.closed(r)
        elseif r.code ~= 90 then
            return tunnel.final(ajar.inconclusive(r))
        end
        return tunnel.proof(socks, token, r)
    end)
end

-- Seconds for an answer to the offer of no password alone, of who had none to give before.
local ALONE = 5

-- Did it say nothing at all? Then it may not understand an offer of two methods.
local function said_nothing(problem)
    return type(problem) == "table" and problem.verdict == "inconclusive"
        and (problem.code == "ETIMEDOUT" or problem.code == "EOF" or problem.code == "ECONNRESET")
end

-- No password alone offered, on another connection; nil where that is not taken.
local function greet_alone(socks, seconds)
    local opened, other = pcall(socks.again, socks)
    if not opened then
        return nil
    end
    other.seconds = math.min(other.seconds, seconds)
    local asked, method = pcall(other.socks5_greet, other, false)
    other.seconds = socks.seconds
    if asked and method.code == 0 then
        raw.step("without a password offered: " .. tostring(method), method.line)
        return other, method
    end
end

-- A server that would rather have a password may do without when none is offered; another takes no offer but that.
local function greet_twice(target, way)
    local socks = connect(target, nil, way)
    local chain = socks.way.chain
    if chain.alone then
        return socks, socks:socks5_greet(false)
    end
    local greeted, method = pcall(socks.socks5_greet, socks, true)
    if greeted and method.code ~= 1 and method.code ~= 2 and method.code ~= 255 then
        return socks, method
    elseif greeted then
        raw.step("with both offered: " .. tostring(method), method.line)
    elseif not said_nothing(method) then
        error(method, 0)
    end
    local other, alone = greet_alone(socks, greeted and socks.seconds or ALONE)
    if other then
        chain.alone = true
        return other, alone
    elseif not greeted then
        error(method, 0)
    end
    return socks, method
end

-- A session that needs no password; or nil and the verdict.
local function greet(target, way)
    local socks, method = greet_twice(target, way)
    if method.code == 2 or method.code == 1 then
        return nil, ajar.closed(method, "asks for authentication: " .. tostring(method))
    elseif method.code ~= 0 then
        return nil, ajar.closed(method)
    end
    return socks
end

---The whole test of SOCKS 5.
---@param target ajar.target
---@param where "address"|"name"|"ipv6"
---@return ajar.verdict verdict
function ajar.socks.test5(target, where)
    return tunnel.test(target, where, function(way)
        local token = ajar.token()
        local socks, refused = greet(target, way)
        if not socks then
            return tunnel.final(refused)
        end
        way.known = true
        local r = socks:socks5_connect(way.where)
        if r.code == 1 or r.code >= 3 and r.code <= 6 then
            return ajar.inconclusive(r)
        elseif r.code == 2 then
            return ajar.closed(r)
        elseif r.code ~= 0 then
            return tunnel.final(ajar.closed(r))
        end
        return tunnel.proof(socks, token, r)
    end)
end

-- Where datagrams for the proxy go: a BND address of zeros or inside somebody's network means the target itself, and
-- another host is not followed, as it is not the target.
local function relay_port(target, r)
    local a = r.address or ""
    local meant = a == target.address or a == "0.0.0.0" or a == "::" or a:find("^10%.") or a:find("^127%.")
        or a:find("^192%.168%.") or a:find("^172%.1[6-9]%.") or a:find("^172%.2%d%.") or a:find("^172%.3[01]%.")
        or a:find("^169%.254%.")
    if meant and r.port > 0 then
        return r.port
    end
    return nil
end

---The whole test of SOCKS 5 UDP ASSOCIATE: a datagram of ours to each port of our own sink, through one association. The
---control is the sink's own: it answers nothing but a token of this attempt.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.socks.test5_udp(target)
    local socks, refused = greet(target)
    if not socks then
        return refused
    end
    local r = reply(check(raw.socks5_associate(socks.conn, socks.seconds)), "SOCKS 5 UDP ASSOCIATE")
    if r.code ~= 0 then
        return ajar.closed(r)
    end
    local port = relay_port(target, r)
    ajar.step(r, "the target says yes")
    if r.port == 0 then
        return ajar.inconclusive("says yes, and names no port for datagrams")
    elseif not port then
        return ajar.inconclusive("names another host for datagrams (" .. tostring(r.address) .. "), which is not followed")
    end
    local conn = check(raw.datagrams(port, socks.seconds))
    return tunnel.test_by_datagrams(target, function(token, _, where)
        return raw.socks5_udp_ask(conn, token, where)
    end, function(seconds)
        return raw.socks5_udp_answer(conn, seconds)
    end)
end

ajar.internal.socks = { connect = connect, greet = greet, reply = reply, session = session, relay_port = relay_port }
return ajar.socks
