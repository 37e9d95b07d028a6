-- The tests of proxies that carry datagrams: the token goes to our sink and its answer comes back by them (tunnel.lua).

local raw, ajar = raw, ajar
local tunnel = ajar.internal.tunnel

local DATAGRAMS, DATAGRAM_SECONDS = 3, 2
local ECHO = "sends back what it hears"

-- The next datagram that is no answer to an earlier question of ours: those may come late, and more than once.
local function next_datagram(hear, way)
    local data, text, code
    local seconds = tunnel.patience(way.target, DATAGRAM_SECONDS, DATAGRAMS)
    for _ = 1, DATAGRAMS do
        data, text, code = hear(seconds, way.where)
        local earlier = data and data:match("^250 AJAR (%w+) ")
        if not earlier or not way.chain.asked[earlier] then
            break
        end
    end
    return data, text, code
end

-- Datagrams get lost: the question is sent three times, and the first answer counts. Gives the sink's answer, or nil, what
-- came in its place, and the code of what went wrong.
local function ask_by_datagrams(token, way, say, hear)
    local trouble, code
    for i = 1, DATAGRAMS do
        local sent, why, problem = say(token, i, way.where)
        if not sent then
            return nil, why, problem
        end
        local data, text
        data, text, code = next_datagram(hear, way)
        if data and data:find("^AJAR " .. token) then
            return nil, ECHO
        elseif data then
            return data:match("^250 AJAR " .. token .. " (%x+)"), "another answer than the sink's"
        end
        trouble = text
        if code ~= "ETIMEDOUT" then
            break
        end
    end
    return nil, trouble, code
end

---One port of a target that has said yes: the question, the answer, the receipt. For `say` and `hear` see
---tunnel.test_by_datagrams.
---@param way ajar.tunnel.way
---@param session? ajar.tunnel.session that can be asked for the control
---@param finding? ajar.finding
---@return ajar.verdict
function tunnel.prove_by_datagrams(way, say, hear, session, finding)
    local token = ajar.token()
    local wait = way.wait or raw.fact("wait")
    local asked = way.chain.asked or {}
    way.chain.asked = asked
    local answer, trouble, code = ask_by_datagrams(token, way, say, hear)
    way.known, asked[token] = true, true
    if answer then
        ajar.step("the sink's answer came back through the target")
    end
    local v = ajar.await(token, answer and wait or math.min(wait, 1), finding)
    v.session = session
    if v.verdict == "open" and answer ~= v.receipt.answer then
        v.reason = "token returned, but its answer did not come back"
    elseif v.verdict == "suspect" and trouble == ECHO then
        return tunnel.final(ajar.inconclusive("says yes, and sends datagrams back to who sent them"))
    elseif v.verdict == "suspect" and session and code and code ~= "ETIMEDOUT" then
        return ajar.inconclusive("says yes, and then carries no datagrams: " .. tostring(trouble))
    elseif v.verdict == "suspect" then
        v.reason = "said yes, but no datagram reached our sink" .. (trouble and ": " .. trouble or "")
    end
    return v
end

---The verdict on a target that has said yes to carrying our datagrams, to each of the sink's ports that hears them. The
---control is the sink's own: it answers nothing but a token of this attempt.
---@param target ajar.target
---@param say fun(token: string, i: integer, where: string): boolean?, string? sends the question to the sink by the
---target, for the i-th time
---@param hear fun(seconds: number, where: string): string?, string?, string? the next datagram that came by the target
---@return ajar.verdict
function tunnel.test_by_datagrams(target, say, hear)
    local ports = raw.fact("datagram_ports")
    if #ports == 0 then
        return ajar.inconclusive("says yes, and our own sink hears no datagrams")
    end
    return tunnel.test(target, "address", function(way)
        return tunnel.prove_by_datagrams(way, say, hear)
    end, false, nil, ports)
end

---The whole test of a proxy that must be asked for each of the sink's ports before it carries datagrams to it; as
---tunnel.test.
---@param target ajar.target
---@param attempt fun(way: ajar.tunnel.way): ajar.verdict
---@return ajar.verdict
function tunnel.test_datagram_ways(target, attempt)
    local ports = raw.fact("datagram_ports")
    if #ports == 0 then
        return ajar.inconclusive("our own sink hears no datagrams")
    end
    return tunnel.test(target, "address", attempt, true, nil, ports)
end

return tunnel
