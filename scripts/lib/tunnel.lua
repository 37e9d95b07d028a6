-- What all proxies have in common: a way that should lead to our sink, proof that it does, and the control that shows
-- whether the target's yes means anything.

local raw, ajar = raw, ajar
local check, check_open = ajar.internal.check, ajar.internal.check_open

local tunnel = {}
ajar.internal.tunnel = tunnel

-- Sessions -----------------------------------------------------------------------------------------

---@class ajar.tunnel.options
---@field port? integer default: the target's
---@field seconds? number for each answer; default 30
---@field tls? string the protocol that is offered inside TLS ("http/1.1"); none: no TLS

---@class ajar.tunnel.session
---@field conn integer
---@field target ajar.target
---@field seconds number
---@field options ajar.tunnel.options

-- A later connection is opened before the one before it is closed: who lets a host go stands in line for it again,
-- behind all other probes.
local function connect(meta, target, options, before)
    options = options or {}
    local seconds = options.seconds or 30
    local conn = check_open(raw.open(options.port or target.port, seconds))
    local chain = before and before.chain or {}
    if before then
        raw.close(chain.conn)
    end
    chain.conn = conn
    local session = setmetatable({
        conn = conn, chain = chain, target = target, seconds = seconds, options = options,
    }, meta)
    if options.tls then
        check(raw.secure(conn, target.name or "", math.min(seconds, 10), options.tls))
    end
    return session
end

---A kind of session: its methods, and a function that connects one. `nowhere` must ask once more for what was asked
---last, but for the control, and give the reply with `yes` set where it grants.
---@return table methods, fun(target: ajar.target, options?: ajar.tunnel.options): ajar.tunnel.session
function tunnel.class()
    local methods = {}
    local meta = { __index = methods, __metatable = false }

    ---Proves a way that was granted.
    ---@param token string
    ---@param said table the reply that said yes
    ---@return ajar.verdict
    function methods:prove(token, said)
        return tunnel.prove(self, token, said)
    end

    function methods:close()
        raw.close(self.conn)
    end

    ---A new connection of the same kind in place of the last one.
    function methods:again()
        return connect(meta, self.target, self.options, self)
    end

    return methods, function(target, options)
        return connect(meta, target, options)
    end
end

-- Proof --------------------------------------------------------------------------------------------

---Puts the question "AJAR token" through the tunnel and reads on until the sink's answer, or until it is
---clear that none will come.
---@param session ajar.tunnel.session
---@param token string
---@param seconds number
---@return string? answer, string? trouble
function tunnel.ask(session, token, seconds)
    check(session:say(token))
    for _ = 1, 20 do
        local line, text, code = session:line(seconds)
        if not line then
            return nil, code == "ETIMEDOUT" and "no answer in time" or text
        end
        local answer = line:match("AJAR " .. token .. " (%x+) ")
        if answer and #answer == 32 then
            return answer
        end
    end
    return nil, "other things than the sink's answer came back"
end

---The answer that stands in a page of the sink's, and what the target added to our request.
---@param text string
---@param token string
---@return string? answer, string[] added
function tunnel.answer_in(text, token)
    local answer = text:match("AJAR " .. token .. " (%x+) ")
    local added = {}
    for line in text:gmatch("\n(Got [^\n]+)") do
        added[#added + 1] = line:sub(5)
    end
    return answer, added
end

---What a receipt tells of the way: the exit's address, and whether mail could be sent through it.
local function tell_of_the_way(session, v)
    local exit = v.receipt.peer:match("^%[(.+)%]:%d+$") or v.receipt.peer:match("^(.+):%d+$") or v.receipt.peer
    if exit ~= session.target.address then
        raw.step("its exit has another address than the target: " .. exit, v.receipt.line)
    end
    local port = raw.fact("sink"):match(":(%d+)$")
    if port == "25" then
        raw.step("the way leads to port 25: mail can be sent through it", v.receipt.line)
    end
end

---The control: asks for a port of our own that is closed. Gives what shows that the target's yes means nothing.
---@return string? why
local function nonsense(session, suspect)
    local asked, said = pcall(session.nowhere, session)
    if not asked then
        if type(said) ~= "table" then
            error(said, 0)
        end
        raw.step("control: asked for a port of ours that is closed, it gives no answer: " .. tostring(said.reason))
        if said.code == "EPROTO" then
            return "says yes, and then what no proxy says: " .. said.reason
        elseif said.verdict == "error" then
            return "says yes, and could not be asked for the control: " .. said.reason
        end
    elseif said.yes then
        raw.step("control: says yes to a port of ours that is closed: " .. tostring(said), said.line)
        return "says yes to everything, to a port of ours that is closed as well"
    else
        raw.step("control: refuses a port of ours that is closed: " .. tostring(said), said.line)
    end
    local yes = suspect and session.any_method and session:any_method()
    return yes and "says yes to everything, " .. yes or nil
end

---Every verdict of a proxy probe that would be open or suspect passes here: the control, and what the way is like.
---@param session ajar.tunnel.session
---@param v ajar.verdict
---@return ajar.verdict
function tunnel.controlled(session, v)
    if v.verdict ~= "open" and v.verdict ~= "suspect" then
        return v
    end
    if v.receipt then
        tell_of_the_way(session, v)
    end
    local why = nonsense(session, v.verdict == "suspect")
    if why and v.verdict == "suspect" then
        return ajar.inconclusive(why)
    end
    return v
end

---The verdict once a proxy has said yes: the question, the answer, the receipt, the control.
---@param session ajar.tunnel.session
---@param token string
---@param said table the reply that said yes
---@return ajar.verdict
function tunnel.prove(session, token, said)
    local wait = raw.fact("wait")
    ajar.step(said, "the target says yes")
    local answer, trouble = tunnel.ask(session, token, wait)
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
    return tunnel.controlled(session, v)
end

return tunnel
