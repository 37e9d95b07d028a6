-- ajar.turn: TURN servers (RFC 8656) that relay for strangers. Nothing logs in, and the only peer is our own sink.

local raw, ajar = raw, ajar
local check, check_open = ajar.internal.check, ajar.internal.check_open
local tunnel = ajar.internal.tunnel

ajar.turn = {}

local reply_meta = { __metatable = false }
reply_meta.__tostring = function(r)
    local text = r.text:gsub("[^ -~]+", " ")
    return "TURN " .. r.what .. " " .. (r.yes and "granted" or r.code .. (text ~= "" and ": " .. text or ""))
end

local WORDS = { allocate = "Allocate", permit = "CreatePermission", release = "Refresh" }
-- What asks for a log-in; and what says nothing of who may: it knows no such address or attribute, is full, or sends us
-- elsewhere.
local WANTS_LOGIN = { [401] = true, [438] = true, [441] = true }
local NO_ANSWER = {
    [0] = true, [300] = true, [420] = true, [437] = true, [440] = true, [443] = true, [486] = true, [500] = true,
    [508] = true,
}
-- Datagrams get lost: so often, and for so many seconds each, is asked.
local TIMES, SECONDS = 3, 2
local TCP_SECONDS = 10
local TLS_PORT = 5349

---@class ajar.turn.session
---@field target ajar.target
---@field conn integer
---@field udp boolean
---@field token string of which the requests are made
---@field asked integer requests so far

local function ask(session, what)
    session.asked = session.asked + 1
    local r, text, code
    for _ = 1, session.udp and TIMES or 1 do
        local seconds = session.udp and tunnel.patience(session.target, SECONDS, TIMES) or session.seconds
        r, text, code = raw.turn_ask(session.conn, session.udp, session.token, what, session.asked, seconds)
        if r or code ~= "ETIMEDOUT" then
            break
        end
    end
    check(r, text, code)
    r.what = WORDS[what]
    return setmetatable(r, reply_meta)
end

-- The verdict on a request that was not granted.
local function refused(r)
    if WANTS_LOGIN[r.code] then
        return ajar.closed(r, "asks for authentication: " .. tostring(r))
    end
    return NO_ANSWER[r.code] and ajar.inconclusive(r) or ajar.closed(r)
end

local function prove(session)
    return tunnel.test_by_datagrams(session.target, function(token, i, where)
        return raw.turn_say(session.conn, token, i, where)
    end, function(seconds, where)
        return raw.turn_hear(session.conn, session.udp, seconds, where)
    end)
end

-- Over a connection that stands. A relay address is given back, as nobody else can have it meanwhile.
local function test_over(session)
    local r = ask(session, "allocate")
    if not r.yes then
        return refused(r)
    elseif not r.relayed then
        return ajar.inconclusive(r, "says yes, and gives no relay address")
    end
    ajar.step(r, "the target relays from " .. r.relayed)
    local permitted = ask(session, "permit")
    local v
    if permitted.yes then
        v = prove(session)
    else
        v = refused(permitted)
    end
    pcall(ask, session, "release")
    return v
end

-- By UDP; nil and the problem where nothing is heard.
local function by_datagrams(target, token)
    local conn = check_open(raw.datagrams(target.port, SECONDS))
    local session = { target = target, conn = conn, udp = true, token = token, asked = 0 }
    local ok, v = pcall(test_over, session)
    if ok then
        return v
    elseif type(v) ~= "table" then
        error(v, 0)
    end
    return nil, conn, v
end

---The whole test: by UDP, and by TCP where that stays silent; on port 5349 by TLS. The control is the sink's own: it
---answers nothing but a token of this attempt.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.turn.test(target)
    local token = ajar.token()
    local tls = target.port == TLS_PORT
    local v, before, problem
    if not tls then
        v, before, problem = by_datagrams(target, token)
        if v then
            return v
        end
        ajar.step("by UDP: " .. tostring(problem.reason))
    end
    local seconds = tunnel.patience(target, TCP_SECONDS)
    local conn = check_open(raw.open(target.port, seconds))
    if before then
        raw.close(before)
    end
    if tls then
        check(raw.secure(conn, target.name or "", seconds))
    end
    return test_over { target = target, conn = conn, udp = false, token = token, asked = 50, seconds = seconds }
end

return ajar.turn
