-- SOCKS 4 and 5 BIND: the proxy waits for a connection in our place. Ours comes from the sink, which connects to the
-- port that the proxy has named; what we say to the proxy must reach the sink by it, and the sink's answer us.

local raw, ajar = raw, ajar
local check, tunnel, socks = ajar.internal.check, ajar.internal.tunnel, ajar.internal.socks

-- Seconds in which a proxy that says that somebody has come is caught lying: nobody was sent yet.
local TOO_EARLY = 1

local names = { [4] = "SOCKS 4 BIND", [5] = "SOCKS 5 BIND" }
local granted = { [4] = 90, [5] = 0 }
local first = { [4] = raw.socks4_bind, [5] = raw.socks5_bind }
local second = { [4] = raw.socks4_bound, [5] = raw.socks5_bound }

-- The second reply; or nil and why there is none.
local function second_reply(session, seconds)
    local r, text, code = second[session.version](session.conn, seconds)
    if r then
        return socks.reply(r, names[session.version] .. ", who has come")
    end
    return nil, text, code
end

-- Nobody has come yet; a verdict when the proxy says so all the same, or has gone.
local function nobody_yet(session)
    local r, text, code = second_reply(session, TOO_EARLY)
    if r then
        return ajar.inconclusive(r, "says that somebody has come when nobody was sent")
    elseif code ~= "ETIMEDOUT" then
        return ajar.inconclusive("says yes to BIND, then waits for nobody: " .. text)
    end
end

-- Where the sink is to go; or nil and the verdict.
local function waiting_port(target, r)
    local port = socks.relay_port(target, r)
    if not port then
        return nil, ajar.inconclusive("says yes to BIND, and waits for nobody at its own address ("
            .. tostring(r.address) .. ", port " .. r.port .. ")")
    elseif port < 1024 then
        return nil, ajar.inconclusive("says yes to BIND, and names a port of another service (" .. port .. ")")
    end
    return port
end

-- What the way back is worth: the token both ways, or nothing is proven.
local function prove(session, token)
    local v, answer, trouble = tunnel.ask_and_await(session, token, raw.fact("wait"))
    if v.verdict == "open" and answer ~= v.receipt.answer then
        v = ajar.suspect("our sink was let in and got the token, but its answer did not come back")
    elseif v.verdict == "suspect" then
        v.reason = "says that our sink was let in, and nothing passes" .. (trouble and ": " .. trouble or "")
    end
    return tunnel.controlled(session, v)
end

local function bind(session, target, token)
    local version = session.version
    local r = socks.reply(check(first[version](session.conn, session.seconds)), names[version])
    if r.code ~= granted[version] then
        return ajar.closed(r, version == 4 and r.code > 91 and "asks for authentication: " .. tostring(r) or nil)
    end
    ajar.step(r, "the target waits for our sink")
    local port, refusal = waiting_port(target, r)
    refusal = refusal or nobody_yet(session)
    if refusal then
        return refusal
    end
    check(raw.visit(session.seconds))
    ajar.step("our sink connects to port " .. port .. " of the target")
    local come, why = second_reply(session, math.max(raw.fact("wait"), 1))
    if not come then
        return ajar.inconclusive("says yes to BIND, and our sink was not let in: " .. why)
    elseif come.code ~= granted[version] then
        return ajar.closed(come)
    end
    ajar.step(come, ("the target has let %s in"):format(come.address or "somebody"))
    return prove(session, token)
end

---The whole test of SOCKS 5 BIND.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.socks.test5_bind(target)
    local token = ajar.token()
    local session, refused = socks.greet(target)
    if not session then
        return refused
    end
    session.version = 5
    return bind(session, target, token)
end

---The whole test of SOCKS 4 BIND.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.socks.test4_bind(target)
    local token = ajar.token()
    local session = socks.connect(target)
    session.version = 4
    return bind(session, target, token)
end

return ajar.socks
