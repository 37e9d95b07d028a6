-- What HTTP and SOCKS proxies have in common: a connection that should lead to our sink.

local raw, ajar = raw, ajar
local check = ajar.internal.check

local tunnel = {}
ajar.internal.tunnel = tunnel

---Puts the question "AJAR token" through the tunnel and reads on until the sink's answer, or until it is
---clear that none will come.
---@param conn integer
---@param token string
---@param seconds number
---@return string? answer, integer? line, string? trouble
function tunnel.ask(conn, token, seconds)
    check(raw.ask(conn, token))
    for _ = 1, 20 do
        local line, text, code = raw.line(conn, seconds)
        if not line then
            return nil, nil, code == "ETIMEDOUT" and "no answer in time" or text
        end
        local answer = line:match("^250 AJAR " .. token .. " (%x+) ")
        if answer and #answer == 32 then
            return answer
        end
    end
    return nil, nil, "other things than the sink's answer came back"
end

---The verdict once a proxy has said yes: the question, the answer, the receipt.
---@param conn integer
---@param token string
---@param said table the reply that said yes
---@return ajar.verdict
function tunnel.prove(conn, token, said)
    local wait = raw.facts().wait
    ajar.step(said, "the target says yes")
    local answer, _, trouble = tunnel.ask(conn, token, wait)
    if answer then
        ajar.step("the sink's answer came back through the target")
    end
    local v = ajar.await(token, answer and wait or math.min(wait, 1))
    if v.verdict == "open" and answer ~= v.receipt.answer then
        v.reason = answer and "token returned, with a changed answer"
            or "token returned, but its answer did not come back"
    elseif v.verdict == "suspect" then
        v.reason = "said yes, but is no way to our sink" .. (trouble and ": " .. trouble or "")
    end
    return v
end

return tunnel
