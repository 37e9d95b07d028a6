-- The telnet half of ajar.gateway: gateways that ask where to go, and command lines that lead on by a command.

local raw, ajar = raw, ajar
local check = ajar.internal.check
local tunnel, gateway = ajar.internal.tunnel, ajar.internal.gateway
local session, connect, reply = gateway.session, gateway.connect, gateway.reply

-- The forms in which it may want to hear where to go. Who prompts as none that is known is told all of them, in this
-- order, until our sink's greeting comes.
local FORMS = { "colon", "telnet", "open", "connect", "blank", "nc" }
-- Each in words; HOST and PORT are our sink's.
local WORDS = {
    colon = "HOST:PORT", blank = "HOST PORT", telnet = "telnet HOST PORT", open = "open HOST PORT",
    connect = "connect HOST PORT", nc = "nc HOST PORT", lines = "HOST, and PORT on the next line",
}
-- Who prompts so wants it in these forms; the first row that fits is taken.
local PROMPTS = {
    { "ccproxy telnet>", "open" },
    { "spoonproxy>", "blank" },
    { "tn%-gw", "telnet" },
    { "telnet>", "telnet", "open" },
    { "cisco>", "colon", "telnet" },
    { "wingate>", "colon" },
    { "mngtr>", "colon" },
    { "host%[:port%]:", "colon" },
    { "host_name:port", "colon" },
}
local LOGINS = { "sername", "ogin:", "assword:" }
-- Who asks for the host alone, and then so for the port; he is told "lines".
local PORT = "[Pp]ort[^\r\n>]*[:?] ?$"
local TROUBLE = { "refused", "fail", "unable", "not ", "error", "timed" }
-- Trouble with the command, and not with where it leads.
local NO_COMMAND = { "not found", "unknown", "unrecogni", "invalid", "syntax", "bad command", "illegal" }
local GREETING = "ESMTP ajar sink[^\n]*\n"

-- Lines that one probe tells a gateway, over all of the sink's ports; the control is not among them.
local MOST = 12
-- Seconds: for a prompt, for an answer, and until what has begun goes on; the last where it ends as a prompt does.
local PROMPT, ANSWER, PAUSE, PROMPTED = 4, 10, 3, 1
-- Seconds for the prompt on later connections: of who was late with the first, and of who had none.
local LATE_PROMPT, NO_PROMPT = 15, 0.5
-- Seconds for an answer of who had neither prompt nor answer before: three times what the way there and back takes where it
-- is slow. The first answer was waited for longer.
local SILENT = 3
-- What is heard at a time, at most: pieces (there are servers that send each byte by itself), bytes, and those of a line.
local PIECES, BYTES, LINE = 400, 16384, 4096
-- Who negotiates (RFC 854) and then says nothing for so many seconds may wait for an answer; it gets so many on a connection,
-- of so many bytes. Who prompts without gets none: some that are no telnet servers would take it for a part of the line.
local NEGOTIATES, REFUSALS, REFUSAL = 1, 4, 96
-- How a prompt ends.
local PROMPT_END = "[>#$%%:?%]%)] ?$"

local function holds(text, patterns)
    for _, pattern in ipairs(patterns) do
        if text:find(pattern) then
            return true
        end
    end
    return false
end

-- Does it ask who we are? What stands in a line that has ended is news ("Last login: ..."), unless that ends as a question.
local function asks_login(text)
    local last = text:match("([^\r\n]*)[\r\n]*$")
    if text:find("[\r\n]$") then
        return last:find("sername: *$") or last:find("ogin: *$") or last:find("assword: *$")
    end
    return holds(last, LOGINS)
end

local function forms_for(prompt)
    for _, row in ipairs(PROMPTS) do
        if prompt:lower():find(row[1]) then
            return { unpack(row, 2) }
        end
    end
    return FORMS
end

-- Refuses all that it would negotiate, where it seems to wait for that.
local function refuse(gate, owed, text)
    gate.refused = gate.refused or 0
    if owed == "" or text:find(PROMPT_END) or gate.refused == REFUSALS then
        return false
    end
    gate.refused = gate.refused + 1
    return raw.telnet_refuse(gate.conn, owed)
end

-- What it says until it pauses, or until this comes.
local function hear(gate, seconds, pause, wanted)
    local text, patience, owed = "", seconds, ""
    for _ = 1, PIECES do
        local more, owes, code = raw.prompt(gate.conn, patience, true)
        if code == "ESTOPPED" then
            check(more, owes, code)
        elseif code == "ETIMEDOUT" and not wanted and refuse(gate, owed, text) then
            more, owes, owed = "", nil, ""
        end
        text, owed = text .. (more or ""), (owed .. (more and owes or "")):sub(1, REFUSAL)
        if not more or #text >= BYTES or wanted and text:find(wanted) then
            break
        elseif #text > LINE and not text:find("\n", -LINE, true) then
            check(nil, "it sends over " .. LINE .. " bytes without the end of a line, which is no prompt", "EPROTO")
        end
        patience = text:find(PROMPT_END) and PROMPTED or text ~= "" and pause
            or owed ~= "" and math.min(seconds, NEGOTIATES) or seconds
    end
    return text
end

-- What a new connection shows first.
local function prompt_of(gate)
    return reply { text = hear(gate, gate.way.chain.prompt or PROMPT, PROMPTED), line = raw.here() }
end

-- Says one line of where to go, and hears until the sink's greeting comes.
local function say(gate, form, where, token)
    check(raw.gateway(gate.conn, form, where, token, true))
    return hear(gate, gate.way.chain.answer or tunnel.patience(gate.target, ANSWER), PAUSE, GREETING)
end

-- Names the sink, or the control, in the session's form. The port on a line of its own is told to who asks for it.
local function go(gate, where, token)
    local in_lines = gate.form == "lines"
    local text = say(gate, in_lines and "host" or gate.form, where, token)
    if in_lines and text:find(PORT) then
        text = say(gate, "port", where, token)
    end
    local lower = text:lower()
    return reply {
        text = text, greeted = text:find(GREETING) ~= nil, prompts = text:find("[^\r\n]$") ~= nil, line = raw.here(),
        yes = lower:find("connected") ~= nil and not holds(lower, TROUBLE),
    }
end

---The control, for tunnel.controlled.
function session:telnet_nowhere()
    local other = self:again()
    prompt_of(other)
    other.form = self.form
    return go(other, self.way.nowhere, ajar.token())
end

---What is said to a gateway on one way, form after form.
---@class ajar.telnet.talk
---@field gate ajar.gateway.session the connection that it goes on with
---@field token string
---@field prompted boolean it showed something before it was told anything
---@field said? ajar.gateway.reply the last one
---@field best? ajar.gateway.reply the one that says most
---@field kept string[] forms that it understood, by what it said
---@field port? ajar.gateway.reply it asked for the port alone
---@field problem? ajar.verdict why it could not be told more

-- A failure that ends the probe, whatever was heard before.
local function is_end(problem)
    return type(problem) ~= "table" or problem.code == "ESTOPPED"
end

-- Would it hear another line on this connection? It prompts again, or speaks without ever having prompted. Who asks for a port
-- has taken what he was told for a host.
local function goes_on(talk)
    return talk.said and not talk.said.text:find(PORT) and (talk.said.prompts or not talk.prompted and talk.said.text ~= "")
end

-- Tells it where to go: on the same connection where that goes on, else on a new one. What that shows may be a log-in.
local function tell(talk, form)
    if goes_on(talk) then
        talk.gate.form = form
        local told, said = pcall(go, talk.gate, talk.gate.way.where, talk.token)
        if told and said.text ~= "" then
            return said
        elseif not told and is_end(said) then
            error(said, 0)
        end
    end
    if talk.said then
        talk.gate = talk.gate:again()
        local prompt = prompt_of(talk.gate)
        if asks_login(prompt.text) then
            return prompt
        end
    end
    talk.gate.form = form
    return go(talk.gate, talk.gate.way.where, talk.token)
end

-- The same; nil where it can't be told, or has been told enough. What fails at once is raised.
local function try(talk, form)
    local chain = talk.gate.way.chain
    chain.told = (chain.told or 0) + 1
    if chain.told > MOST and not chain.found then
        return nil
    end
    local told, said = pcall(tell, talk, form)
    if told then
        talk.said = said
        return said
    elseif not talk.said or is_end(said) then
        error(said, 0)
    end
    talk.problem = said
end

-- Does it have trouble with the way, and not with what it was told? Then it may lead to another of our ports.
local function understood(said, forms)
    local lower = said.text:lower()
    return said.yes or holds(lower, TROUBLE) and (#forms == 1 or not holds(lower, NO_COMMAND))
end

local function take_answer(talk, said, form, forms)
    talk.port = talk.port or said.text:find(PORT) and said or nil
    if understood(said, forms) then
        talk.kept[#talk.kept + 1] = form
        talk.best = said
    elseif not talk.best or talk.best.text == "" then
        talk.best = said
    end
    if #forms > 1 or form == "lines" then
        raw.step(('told "%s", it answers with %s'):format(WORDS[form], tostring(said)), said.line)
    end
end

-- How long later connections are waited for, by the first: the prompt that came late is waited for, and who kept silent
-- is not.
local function take_pace(chain, talk, said)
    if not talk.prompted and not chain.prompt then
        chain.prompt = said.prompts and tunnel.patience(talk.gate.target, LATE_PROMPT) or NO_PROMPT
        chain.answer = said.text == "" and SILENT or nil
        return said.prompts
    end
end

-- Tells it one form after the other. Gives the verdict that ends it; nil: it was told all of them.
local tell_forms
function tell_forms(talk, forms)
    local chain = talk.gate.way.chain
    for _, form in ipairs(forms) do
        local said = try(talk, form)
        if not said then
            return nil
        elseif said.greeted then
            chain.forms, chain.found = { form }, true
            talk.gate.nowhere = talk.gate.telnet_nowhere
            return tunnel.proof(talk.gate, talk.token, said)
        elseif asks_login(said.text) then
            return tunnel.final(ajar.closed(said, "asks for authentication: " .. tostring(said)))
        end
        local had_port = talk.port
        take_answer(talk, said, form, forms)
        if talk.port and not had_port then
            local v = tell_forms(talk, { "lines" })
            if v or talk.kept[#talk.kept] == "lines" then
                return v
            end
        end
        if take_pace(chain, talk, said) then
            -- What was said before its prompt came may be lost.
            return tell_forms(talk, forms_for(said.text))
        elseif said.yes then
            return nil
        end
    end
end

-- The verdict where no form led to our sink.
local function led_nowhere(talk, chain)
    local said = talk.best
    if talk.problem then
        return tunnel.final(ajar.inconclusive(said, "answers with " .. tostring(said)
            .. ", and could not be told in another form: " .. talk.problem.reason))
    elseif not said.text:find("[!-~]") then
        return tunnel.final(ajar.inconclusive(said, (talk.prompted and "a prompt" or "no prompt")
            .. (said.text == "" and " and no answer" or " and an answer that is no text")))
    end
    local v = ajar.closed(said, "does not lead to our sink: it answers with " .. tostring(said))
    v.final = not chain.found and (#talk.kept == 0 or chain.told >= MOST)
    return v
end

-- One way through a telnet gateway.
local function telnet_way(target, way)
    local token, chain = ajar.token(), way.chain
    local gate = connect(target, nil, way)
    local prompt = prompt_of(gate)
    if asks_login(prompt.text) then
        return tunnel.final(ajar.closed(prompt, "asks for authentication: " .. tostring(prompt)))
    end
    local talk = { gate = gate, token = token, prompted = prompt.text ~= "", kept = {} }
    local v = tell_forms(talk, chain.forms or forms_for(prompt.text))
    if v then
        return v
    end
    chain.forms = #talk.kept > 0 and talk.kept or chain.forms
    return led_nowhere(talk, chain)
end

---The whole test of a telnet gateway.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.gateway.test_telnet(target)
    return tunnel.test(target, "address", function(way)
        return telnet_way(target, way)
    end, true)
end

return ajar.gateway
