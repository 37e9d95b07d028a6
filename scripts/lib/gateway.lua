-- ajar.gateway: servers that are told in a line where to go: FTP proxies, and telnet gateways (telnet.lua). Nothing logs
-- in.

local raw, ajar = raw, ajar
local check = ajar.internal.check
local tunnel = ajar.internal.tunnel

---What a gateway said.
---@class ajar.gateway.reply
---@field text string
---@field line integer of the tape
---@field greeted? boolean our sink's greeting was among it
---@field prompts? boolean it waits for another line
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

-- FTP ----------------------------------------------------------------------------------------------

-- How our sink greets who comes to it.
local GREETING = "^220 .*ESMTP ajar sink"
-- Seconds for its answer behind its greeting, before it is told the token once more.
local GREETED = 3

-- The next reply that is complete; what the sink says for the token ends the wait as well. `or_nothing`: nil where nothing
-- comes in time.
function session:ftp_reply(seconds, token, or_nothing)
    for _ = 1, 20 do
        local line, text, problem = raw.line(self.conn, seconds)
        if or_nothing and problem == "ETIMEDOUT" and not raw.time_is_up() then
            return nil
        end
        check(line, problem == "EPROTO" and "it does not speak FTP: it sends " .. text or text, problem)
        local answer = token and line:match("AJAR " .. token .. " (%x+) ")
        local code = line:match("^(%d%d%d) ") or line:match("^(%d%d%d)$")
        if answer or code then
            return reply { text = line, code = tonumber(code) or 0, answer = answer, line = raw.here() }
        end
    end
    return reply { text = "a reply without an end", code = 0, line = raw.here() }
end

-- The answer behind our sink's greeting: it comes by itself where the proxy has told the sink whom we named. One that keeps
-- the name to itself leads on all that comes then, and is told it once more.
function session:ftp_behind_greeting(token)
    local r = self:ftp_reply(math.min(self.seconds, GREETED), token, true)
    if not r then
        check(raw.gateway(self.conn, "token", self.way.where, token))
        r = self:ftp_reply(self.seconds, token)
    end
    return r
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
        if r.text:find(GREETING) then
            r = self:ftp_behind_greeting(token)
        end
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
    return tunnel.fetched(gate, token, r.answer, r) or ftp_refused(r)
end

---The whole test of an FTP proxy.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.gateway.test_ftp(target)
    return tunnel.test(target, "address", function(way)
        return ftp_way(target, way)
    end, true)
end

ajar.internal.gateway = { session = session, connect = connect, reply = reply }
return ajar.gateway
