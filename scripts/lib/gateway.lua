-- ajar.gateway: servers that are told in a line where to go: telnet gateways and FTP proxies. Nothing logs in.

local raw, ajar = raw, ajar
local check = ajar.internal.check
local tunnel = ajar.internal.tunnel

---What a gateway said; `greeted` when our sink's greeting was among it.
---@class ajar.gateway.reply
---@field text string
---@field line integer of the tape
---@field greeted? boolean
---@field yes? boolean it claims to be connected
local reply_meta = { __metatable = false }
reply_meta.__tostring = function(r)
    local text = r.text:gsub("[^ -~]+", " "):match("^%s*(.-)%s*$")
    return text ~= "" and '"' .. text:sub(1, 100) .. '"' or "nothing"
end

local function reply(fields)
    return setmetatable(fields, reply_meta)
end

---@class ajar.gateway.session: ajar.tunnel.session
local session, connect = tunnel.class()

ajar.gateway = {}

---What is put through the tunnel, and what comes out of it; for tunnel.ask.
function session:say(token)
    return raw.ask(self.conn, token)
end

function session:line(seconds)
    return raw.line(self.conn, seconds)
end

-- Telnet -------------------------------------------------------------------------------------------

-- How the gateway that prompts so wants to hear it; the first that fits is taken.
local PROMPTS = {
    { "ccproxy telnet>", "open" },
    { "spoonproxy>", "blank" },
    { "tn%-gw", "telnet" },
    { "telnet>", "telnet" },
}
local LOGINS = { "sername", "ogin:", "assword:" }
local TROUBLE = { "refused", "fail", "unable", "not ", "error", "timed" }

local function holds(text, patterns)
    for _, pattern in ipairs(patterns) do
        if text:find(pattern) then
            return true
        end
    end
    return false
end

-- The text until it pauses.
function session:listen(seconds)
    local text = ""
    for _ = 1, 8 do
        local more = raw.prompt(self.conn, seconds)
        if not more then
            break
        end
        text, seconds = text .. more, 1
    end
    return text
end

local function form_for(prompt)
    for _, row in ipairs(PROMPTS) do
        if prompt:lower():find(row[1]) then
            return row[2]
        end
    end
    return "colon"
end

-- Names the sink, or the control, and hears until the sink's greeting comes.
function session:go(where, token)
    local text = {}
    local greeted = false
    check(raw.gateway(self.conn, self.form, where, token))
    for _ = 1, 10 do
        local line = raw.line(self.conn, #text == 0 and 10 or 3)
        text[#text + 1] = line
        greeted = line ~= nil and line:find("ESMTP ajar sink") ~= nil
        if not line or greeted then
            break
        end
    end
    local all = table.concat(text, " ")
    local claims = all:lower():find("connected") and not holds(all:lower(), TROUBLE)
    return reply { text = all, greeted = greeted, yes = claims ~= nil and claims ~= false, line = raw.here() }
end

-- One way through a telnet gateway.
local function telnet_way(target, way)
    local token = ajar.token()
    local gate = connect(target, nil, way)
    local prompt = reply { text = gate:listen(4), line = raw.here() }
    if holds(prompt.text, LOGINS) then
        return tunnel.final(ajar.closed(prompt, "asks for authentication: " .. tostring(prompt)))
    end
    gate.form = form_for(prompt.text)
    local said = gate:go(way.where, token)
    if said.greeted then
        gate.nowhere = gate.telnet_nowhere
        return tunnel.proof(gate, token, said)
    elseif said.text == "" then
        local words = prompt.text == "" and "no prompt and no answer" or "a prompt and no answer"
        return tunnel.final(ajar.inconclusive(said, words))
    elseif holds(said.text, LOGINS) then
        return tunnel.final(ajar.closed(said, "asks for authentication: " .. tostring(said)))
    end
    local v = ajar.closed(said, "does not lead to our sink: it answers with " .. tostring(said))
    v.final = not said.yes and not holds(said.text:lower(), TROUBLE)
    return v
end

---The whole test of a telnet gateway.
---@param target ajar.target
---@return ajar.verdict
function ajar.gateway.test_telnet(target)
    return tunnel.test("address", function(way)
        return telnet_way(target, way)
    end, true)
end

---The control, for tunnel.controlled.
function session:telnet_nowhere()
    local other = self:again()
    other:listen(4)
    other.form = self.form
    local said = other:go(self.way.nowhere, ajar.token())
    return said
end

-- FTP ----------------------------------------------------------------------------------------------

-- The next reply that is complete; what the sink says for the token ends the wait as well.
function session:ftp_reply(seconds, token)
    for _ = 1, 20 do
        local line = check(raw.line(self.conn, seconds))
        local answer = token and line:match("AJAR " .. token .. " (%x+) ")
        local code = line:match("^(%d%d%d) ") or line:match("^(%d%d%d)$")
        if answer or code then
            return reply { text = line, code = tonumber(code) or 0, answer = answer, line = raw.here() }
        end
    end
    return reply { text = "a reply without an end", code = 0, line = raw.here() }
end

-- Greeting, then USER TOKEN@SINK; some proxies pass the sink's greeting on before its answer.
function session:ftp_user(where, token)
    local r = self:ftp_reply(self.seconds)
    if r.code ~= 220 then
        return r, true
    end
    check(raw.gateway(self.conn, "user", where, token))
    for _ = 1, 4 do
        r = self:ftp_reply(self.seconds, token)
        if r.code ~= 220 or r.answer then
            break
        end
    end
    r.yes = r.code == 230 or r.code == 331
    return r, false
end

---The control, for tunnel.controlled.
function session:ftp_nowhere()
    local other = self:again()
    local r = other:ftp_user(self.way.nowhere, ajar.token())
    return r
end

local function ftp_refused(r)
    if r.code == 331 or r.code == 332 then
        return tunnel.final(ajar.closed(r, "asks for authentication: " .. tostring(r)))
    elseif r.code == 530 then
        return ajar.closed(r, "asks for authentication: " .. tostring(r))
    elseif r.code == 0 or r.code == 220 or r.code >= 400 and r.code < 500 then
        return ajar.inconclusive(r, "answers with " .. tostring(r))
    end
    return ajar.closed(r, "does not lead to our sink: it answers with " .. tostring(r))
end

-- One way through an FTP proxy.
local function ftp_way(target, way)
    local token = ajar.token()
    local gate = connect(target, nil, way)
    gate.nowhere = gate.ftp_nowhere
    local answered, r, early = pcall(gate.ftp_user, gate, way.where, token)
    if not answered then
        return tunnel.unanswered(gate, token, r)
    elseif early then
        return tunnel.final(ftp_refused(r))
    end
    return tunnel.fetched(gate, token, r.answer) or ftp_refused(r)
end

---The whole test of an FTP proxy.
---@param target ajar.target
---@return ajar.verdict
function ajar.gateway.test_ftp(target)
    return tunnel.test("address", function(way)
        return ftp_way(target, way)
    end, true)
end

return ajar.gateway
