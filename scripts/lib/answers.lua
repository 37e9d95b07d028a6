-- Where the token stands in the request itself, which whoever sees it can bring to our sink: the sink's answer, looked for
-- in whatever came back, and what follows where it did not.

local raw, ajar = raw, ajar
local peer_address, settled, returned = ajar.internal.peer_address, ajar.internal.settled, ajar.internal.returned
local tunnel = ajar.internal.tunnel

-- Seconds for a token of a request that is over, and between the pieces of an answer without an end.
local VISIT_WAIT, PIECE_WAIT = 1, 1
-- What is looked at of an answer that is none of its protocol: pieces, and bytes.
local PIECES, BYTES = 64, 65536
-- Places in a page where the token stands that are looked at, and bytes around one.
local PLACES, BEFORE, BEHIND = 16, 64, 192

-- The answer in a page -----------------------------------------------------------------------------

-- What a transcoder makes of a blank.
local BLANKS = { "&nbsp;", "&#160;", "&#[xX][aA]0;", "&#32;", "&#[xX]20;", "\194\160" }

-- A text as a person sees it: without tags, and each run of blanks as one.
local function seen(text)
    text = text:gsub("<[^<>]*>", " ")
    for _, blank in ipairs(BLANKS) do
        text = text:gsub(blank, " ")
    end
    return (text:gsub("%s+", " "))
end

---The answer that stands in a page of the sink's, whatever stands around it and between its words, and what the target
---added to our request.
---@param text string
---@param token string
---@return string? answer, string[] added
function tunnel.answer_in(text, token)
    local answer, added, behind = nil, {}, 1
    for _ = 1, PLACES do
        local from, to = text:find(token, behind, true)
        if not from or answer then
            break
        end
        answer = seen(text:sub(math.max(1, from - BEFORE), to + BEHIND)):match("AJAR " .. token .. " (%x+) ")
        behind = to + 1
    end
    for line in text:gmatch("\n(Got [^\n]+)") do
        added[#added + 1] = line:sub(5)
    end
    return answer, added
end

-- The same in an answer whose end is missing: there the sizes of chunks may stand between, or in, the words.
local function answer_in_rest(text, token)
    local answer, added = tunnel.answer_in(text, token)
    if answer then
        return answer, added
    end
    return tunnel.answer_in(text:gsub("\r\n%x%x?%x?%x?%x?%x?\r\n", ""), token)
end

-- What came to the sink -----------------------------------------------------------------------------

---Has the token that was asked for by this session reached our sink? Its first receipt is kept.
---@param session ajar.tunnel.session
---@param token string
---@param seconds number
---@return table? receipt
function tunnel.came(session, token, seconds)
    session.receipt = session.receipt or raw.receipt(token, seconds)
    return session.receipt
end

---Waits for a token as ajar.await does, unless it has come already.
---@param session ajar.tunnel.session
---@param token string
---@param seconds? number
---@return ajar.verdict
function tunnel.await(session, token, seconds)
    return session.receipt and returned(token, session.receipt) or ajar.await(token, seconds)
end

---What the target has sent, and still sends, beside a valid answer, until the sink's answer stands in it.
---@param session ajar.tunnel.session
---@param token string
---@param seconds number of silence
---@return string? answer, string text, string[] added
function tunnel.rest(session, token, seconds)
    local text, silence = session.heard or "", 0
    for _ = 1, PIECES do
        local answer, added = answer_in_rest(text, token)
        if answer then
            return answer, text, added
        end
        local more, _, code = raw.prompt(session.conn, PIECE_WAIT)
        text, silence = text .. (more or ""), silence + (more and 0 or PIECE_WAIT)
        if not more and (code ~= "ETIMEDOUT" or raw.time_is_up()) or silence >= seconds or #text >= BYTES then
            break
        end
    end
    local answer, added = answer_in_rest(text, token)
    return answer, text, added
end

---That the sink's answer came back, and what the target added to our request, as steps.
---@param words string
---@param line integer of the tape
---@param added string[]
function tunnel.tell_answer(words, line, added)
    raw.step(words, line)
    for _, field in ipairs(added) do
        raw.step("the target added to our request: " .. field, line)
    end
end

-- Verdicts ------------------------------------------------------------------------------------------

-- One request may be fetched more than once, and be answered anew each time: so many of these answers are looked at.
local VISITS = 4

-- Which of the receipts for a token has this answer.
local function receipt_with(answer, receipt, token)
    for _ = 1, answer and VISITS or 0 do
        if not receipt or receipt.answer == answer then
            return receipt
        end
        receipt = raw.receipt(token, VISIT_WAIT)
    end
end

-- What reached our sink, and from where; and whether that is the target's own address.
local function reached_from(session, receipt)
    local from = peer_address(receipt.peer)
    local own = from == session.target.address
    return (session.posts and "what we posted" or "our request") .. " reached our sink from "
        .. (own and "the target's own address" or "another address, " .. from), own
end

-- A verdict that says itself that the token has come.
local function arrived(v)
    v.arrived = true
    return v
end

local BYSTANDER = "and our sink's answer did not come back (something may visit, or repeat, what it sees in requests): "

-- A token came, and the answer to it did not. What stood in the body of a request no visitor of URLs brings: where that came
-- from the target's own address, and the target answers for a closed port otherwise than for ours, it has itself sent it to
-- where we asked. It leads one way, and is `suspect`; a token that comes later would not tell more. `words`, `code`: what the
-- target has answered.
local function one_way(session, receipt, words, code)
    local reached, own = reached_from(session, receipt)
    local why, early, said = tunnel.nonsense(session)
    if early or said and code == said.code then
        local v = arrived(ajar.inconclusive(reached .. ", and the target answers everything alike: " .. words))
        v.final = early
        return v
    elseif why then
        return arrived(ajar.inconclusive(reached .. ", and the target " .. why))
    elseif session.posts and own and said then
        return arrived(settled(ajar.suspect(reached .. ", and our sink's answer did not come back: " .. words)))
    end
    return arrived(ajar.inconclusive(reached .. ", " .. BYSTANDER .. words))
end

-- An answer came, but not our sink's.
local function forged(session, receipt)
    tunnel.nonsense(session)
    return arrived(ajar.inconclusive(reached_from(session, receipt)
        .. ", and another answer came back than our sink's"))
end

---The verdict where the token stood in the request itself: whoever sees the request can bring it to our sink, a filter
---or a preview as well as a proxy. So `open` is only who brings the sink's answer back.
---@param session ajar.tunnel.session that can be asked for the control
---@param token string
---@param answer? string that came back
---@param said? table the reply, where the sink's answer is not in it
---@param seconds? number for the token, where the answer is not there; default 1
---@return ajar.verdict? v nil: the token did not come either
function tunnel.fetched(session, token, answer, said, seconds)
    local v = tunnel.await(session, token, not answer and (seconds or VISIT_WAIT) or nil)
    if v.verdict ~= "open" then
        return v.verdict ~= "suspect" and v or nil
    end
    local receipt = receipt_with(answer, v.receipt, token)
    if not receipt then
        return answer and forged(session, v.receipt)
            or one_way(session, v.receipt, "it answers with " .. tostring(said), said.code)
    elseif receipt ~= v.receipt then
        raw.step("the answer that came back is that to the request from " .. receipt.peer, receipt.line)
        v.receipt = receipt
    end
    v.session = session
    return v
end

-- Seconds for a token of what was refused: it is there already, or was refused indeed.
local REFUSED_WAIT = 0.2

---Where the request was refused and may have been sent on all the same.
---@param session ajar.tunnel.session
---@param token string
---@param said table the reply
---@return ajar.verdict? v nil: the token did not come
function tunnel.sent_all_the_same(session, token, said)
    local receipt = tunnel.came(session, token, REFUSED_WAIT)
    if receipt then
        raw.step("our request reached our sink from " .. receipt.peer, receipt.line)
        return one_way(session, receipt, "it answers with " .. tostring(said), said.code)
    end
end

---What came of a request that got no valid answer. Where no token came either, what it has raised is raised again.
---@param session ajar.tunnel.session
---@param token string
---@param problem any what pcall has caught
---@return string? answer, string text, string[] added
function tunnel.rest_of(session, token, problem)
    if type(problem) ~= "table" or problem.verdict ~= "inconclusive" or not tunnel.came(session, token, VISIT_WAIT) then
        error(problem, 0)
    end
    return tunnel.rest(session, token, VISIT_WAIT)
end

---The verdict where the request got no valid answer.
---@param session ajar.tunnel.session
---@param token string
---@param problem any what pcall has caught
---@return ajar.verdict
function tunnel.unanswered(session, token, problem)
    local answer, text, added = tunnel.rest_of(session, token, problem)
    if answer then
        tunnel.tell_answer("the sink's answer came back through the target, in an answer that is not valid or has no end",
            raw.here(), added)
        return tunnel.fetched(session, token, answer)
    end
    local code = tonumber(text:match("^HTTP/1%.%d (%d%d%d)"))
    local words = code and "it answers with HTTP " .. code or problem.reason
    local reached, own = reached_from(session, session.receipt)
    if session.posts and own then
        return one_way(session, session.receipt, words, code)
    end
    return arrived(ajar.inconclusive(reached .. ", " .. BYSTANDER .. words))
end

return tunnel
