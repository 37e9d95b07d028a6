-- What all proxies have in common: a way that should lead to our sink, proof that it does, and the control that shows
-- whether the target's yes means anything.

local raw, ajar = raw, ajar
local check, check_open = ajar.internal.check, ajar.internal.check_open
local peer_address = ajar.internal.peer_address

local tunnel = {}
ajar.internal.tunnel = tunnel
ajar.proxy = {}

-- Patience -----------------------------------------------------------------------------------------

---What every proxy probe can be told: a table for each that declares it, as scripts share nothing that they can write.
---@return table<string, ajar.argument>
function ajar.proxy.args()
    return {
        answer = { type = "number", default = 0, min = 0, max = 3600,
            help = "seconds to wait for each answer; 0: 30, and less where the sink has several ports" },
    }
end

---Seconds for an answer: those that the operator has said, where he has, else the usual.
---@param target ajar.target
---@param usual number
---@param times? integer so often is asked for one answer, for `usual` seconds each
---@return number
function tunnel.patience(target, usual, times)
    local said = target.args and target.args.answer or 0
    return said > 0 and said / (times or 1) or usual
end

-- Sessions -----------------------------------------------------------------------------------------

---One way to our sink that is asked for, of several.
---@class ajar.tunnel.way
---@field where string what a proxy is asked for: "address:443"
---@field nowhere string the control of the same kind: "address:closed"
---@field seconds? number for each answer
---@field wait? number for the token
---@field known? boolean the target has shown that it is such a proxy
---@field chain table what the connections of one probe have in common
---@field target? ajar.target

-- Seconds for an answer where one port alone is asked for, and for TLS before the question.
local USUAL, HANDSHAKE = 30, 10

-- The sink's first port, by its address.
local function usual_way()
    return { where = "address", nowhere = "closed", chain = {} }
end

-- A later connection is opened before the one before it is closed: who lets a host go stands in line for it again,
-- behind all other probes.
local function connect(meta, target, options, way)
    options = options or {}
    way = way or usual_way()
    local chain = way.chain
    local patience = tunnel.patience(target, options.seconds or USUAL)
    local seconds = way.seconds or patience
    local conn = check_open(raw.open(options.port or target.port, chain.conn and seconds or patience))
    if chain.conn then
        raw.close(chain.conn)
    end
    chain.conn = conn
    local session = setmetatable({
        conn = conn, way = way, target = target, seconds = seconds, options = options,
    }, meta)
    if options.tls then
        check(raw.secure(conn, target.name or "", tunnel.patience(target, math.min(seconds, HANDSHAKE)), options.tls))
    end
    return session
end

---A kind of session: its methods, and a function that connects one. `nowhere` must ask once more for what was asked
---last, but for the control, and give the reply with `yes` set where it grants.
---@return table methods, fun(target: ajar.target, options?: ajar.tunnel.options, way?: ajar.tunnel.way): ajar.tunnel.session
function tunnel.class()
    local methods = {}
    local meta = { __index = methods, __metatable = false }

    ---Proves a way that was granted.
    ---@param token string
    ---@param said table
    ---@return ajar.verdict verdict
    function methods:prove(token, said)
        return tunnel.controlled(self, tunnel.proof(self, token, said))
    end

    function methods:close()
        raw.close(self.conn)
    end

    ---A new connection of the same kind in place of the last one.
    function methods:again()
        return connect(meta, self.target, self.options, self.way)
    end

    return methods, function(target, options, way)
        return connect(meta, target, options, way)
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
            return nil, code == "ETIMEDOUT" and "no answer in time" or text:gsub("^a line over", "it sends a line over")
        end
        local answer = line:match("AJAR " .. token .. " (%x+) ")
        if answer and #answer == 32 then
            return answer
        end
    end
    return nil, "other things than the sink's answer came back"
end

---What a receipt tells of the way: the exit's address, and whether mail could be sent through it (by datagrams it is not).
local function tell_of_the_way(session, v)
    local exit = peer_address(v.receipt.peer)
    v.exit_told = true
    if exit ~= session.target.address then
        raw.step("its exit has another address than the target: " .. exit, v.receipt.line)
    end
    if session.datagrams then
        return
    end
    local ports = v.ports or { reached = { v.receipt.port or raw.fact("sink_ports")[1] }, missed = {} }
    for _, port in ipairs(ports.reached) do
        if port == 25 then
            raw.step("the way leads to port 25: mail can be sent through it", v.receipt.line)
        end
    end
    for _, port in ipairs(ports.missed) do
        if port == 25 then
            raw.step("the way does not lead to port 25, which mail takes", v.receipt.line)
        end
    end
end

---The control: asks for a port of our own that is closed, or what stands for it in this kind of session. Gives what shows
---that the target's yes means nothing; `early`: it may say yes before it connects. `said`: its answer, where there is one.
---@return string? why, boolean? early, table? said
local function nonsense(session, suspect)
    local control = session.control or "a port of ours that is closed"
    local asked, said = pcall(session.nowhere, session)
    if not asked then
        if type(said) ~= "table" then
            error(said, 0)
        end
        raw.step("control: asked for " .. control .. ", it gives no answer: " .. tostring(said.reason))
        if said.code == "EPROTO" then
            return "says yes, and then what no proxy says: " .. said.reason
        elseif said.verdict == "error" then
            return "says yes, and could not be asked for the control: " .. said.reason
        end
    elseif said.yes then
        raw.step("control: says yes to " .. control .. ": " .. tostring(said), said.line)
        return "says yes to everything, to " .. control .. " as well", true, said
    else
        raw.step("control: refuses " .. control .. ": " .. tostring(said), said.line)
    end
    local yes = suspect and session.any_method and session:any_method()
    return yes and "says yes to everything, " .. yes or nil, nil, asked and said or nil
end

---Puts the first yes that leads nowhere to the control; what that shows goes for each that comes later. Who says yes to
---everything may say it before he connects, and another port be reached: that is no end yet.
local function doubted(v, state)
    if not state.controlled then
        state.controlled = true
        state.nonsense, state.early = nonsense(v.session, true)
    end
    if not state.nonsense then
        return v
    end
    local doubt = ajar.inconclusive(state.nonsense)
    doubt.final = not state.early
    return doubt
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

---The question, the answer, the receipt.
---@param session ajar.tunnel.session
---@param token string
---@param wait number seconds
---@return ajar.verdict, string? answer, string? trouble
function tunnel.ask_and_await(session, token, wait)
    local answer, trouble = tunnel.ask(session, token, wait)
    if answer then
        ajar.step("the sink's answer came back through the target")
    end
    return ajar.await(token, answer and wait or math.min(wait, 1)), answer, trouble
end

---The verdict once a proxy has said yes, but for the control.
---@param session ajar.tunnel.session
---@param token string
---@param said table the reply that said yes
---@return ajar.verdict
function tunnel.proof(session, token, said)
    ajar.step(said, "the target says yes")
    local v, answer, trouble = tunnel.ask_and_await(session, token, session.way.wait or raw.fact("wait"))
    if v.verdict == "open" and answer ~= v.receipt.answer then
        v.reason = answer and "token returned, with a changed answer"
            or "token returned, but its answer did not come back"
    elseif v.verdict == "suspect" then
        v.reason = "said yes, but is no way to our sink" .. (trouble and ": " .. trouble or "")
    end
    v.session = session
    return v
end

-- Ways ---------------------------------------------------------------------------------------------

-- Who has not shown yet that he is a proxy at all is asked so often without an answer.
local SILENCES = 2
-- Seconds for an answer where there are several ways: on the first, on the second where the first got none (a proxy may
-- be slow, or its way to one port be filtered), and on all others; and for a token on all ways but the first.
local FIRST, SECOND, LATER, LATER_WAIT = 5, 20, 10, 3
-- What goes for all ports, and does not get better by asking for another.
local FINAL = { EPROTO = true, ETLS = true, ENAME = true, ESTOPPED = true }
local RANK = { open = 5, suspect = 4, inconclusive = 3, closed = 2 }

---Marks a verdict that goes for all ports: to ask for others would be of no use.
---@param v ajar.verdict
---@return ajar.verdict
function tunnel.final(v)
    v.final = true
    return v
end

-- Each of the sink's ports, by address, name or IPv6 address.
local function ways(target, kind, chain, ports)
    local list, wait = {}, math.min(raw.fact("wait"), LATER_WAIT)
    for i, port in ipairs(ports) do
        local later = i > 1 or chain.conn ~= nil
        list[i] = {
            where = kind .. ":" .. port, nowhere = kind .. ":closed", port = port, chain = chain,
            seconds = (later or #ports > 1) and tunnel.patience(target, later and LATER or FIRST) or nil,
            wait = later and wait or nil, target = target,
        }
    end
    return list
end

-- What an attempt raises is its verdict.
local function try(attempt, way)
    local ok, v = pcall(attempt, way)
    if not ok then
        if type(v) ~= "table" then
            error(v, 0)
        end
        v.raised = true
    end
    return v
end

local function rank(v)
    return v.raised and 1 or RANK[v.verdict] or 0
end

-- Where an open way has led: a port of ours is reached where the token came, and not where it was sent. A receipt that
-- does not know its port (of a visit, or an old one) came by the way that was asked for.
local function take_reached(v, way, state)
    local port = v.receipt and v.receipt.port or way.port
    state.reached[port] = true
    if port ~= way.port then
        raw.step(("we asked for our port %d, and it led to our port %d"):format(way.port, port), v.receipt.line)
        state.redirected = state.redirected or ("asked for our port %d it led to %d"):format(way.port, port)
    end
    return port
end

-- What came of a way, in the verdict's steps and in the state. Of what was cut short when the operator stopped the run
-- nothing is known that was not known before.
local function take_way(v, way, state)
    local port = v.verdict == "open" and take_reached(v, way, state)
    local silent, stopped = v.raised and v.code == "ETIMEDOUT", v.code == "ESTOPPED"
    if stopped then
        state.stopped[way.port] = not state.asked[way.port]
    else
        state.asked[way.port] = true
        state.silent[way.port] = silent or nil
    end
    if state.several then
        raw.step(("our port %d%s: %s"):format(way.port, way.where:find("^name") and ", by name" or "",
            port == way.port and "reached" or (silent or stopped or v.arrived) and v.reason
            or "not reached: " .. (port and "it led to port " .. port or v.reason)))
    end
end

-- Is it no less true for what another port shows?
local function stands(v)
    return v.verdict == "open" or v.verdict == "suspect" and v.arrived
end

-- One way after the other, until one verdict goes for all. state.best: the strongest verdict so far.
local function walk(list, attempt, state)
    for i, way in ipairs(list) do
        local after_silence = i == 2 and state.best.raised
        if after_silence or state.slow then
            way.seconds = tunnel.patience(way.target, SECOND)
        end
        local v = try(attempt, way)
        if v.raised and v.verdict ~= "inconclusive" then
            state.best, state.over = state.best or v, true
            return
        end
        if v.verdict == "suspect" and v.session then
            v = doubted(v, state)
        end
        take_way(v, way, state)
        state.slow = state.slow or after_silence and v.verdict == "open"
        if not state.best or rank(v) > rank(state.best) or v.final and not stands(state.best) then
            state.best = v
        end
        state.silences = state.silences + (v.raised and not way.known and 1 or 0)
        state.over = v.final or FINAL[v.code] or state.silences == SILENCES
        if state.over then
            return
        end
    end
end

-- The same, and once more the ports without an answer in time where another has led to our sink: by then it is known
-- that it is a proxy, and slow or with its way to these ports filtered.
local function walk_each(list, attempt, state)
    state.asked, state.silent, state.stopped = {}, {}, {}
    walk(list, attempt, state)
    if state.over or state.best.verdict ~= "open" then
        return
    end
    local again = {}
    for _, way in ipairs(list) do
        if state.silent[way.port] and way.seconds < SECOND then
            way.seconds = tunnel.patience(way.target, SECOND)
            again[#again + 1] = way
        end
    end
    walk(again, attempt, state)
end

local function list_of(ports)
    return table.concat(ports, ", ")
end

-- Says which of several ports were reached, and that it leads elsewhere than it was asked to.
local function tell_of_ports(v, state, ports)
    if state.several then
        local reached, missed, silent, stopped = {}, {}, {}, {}
        for _, port in ipairs(ports) do
            local to = state.reached[port] and reached or state.silent[port] and silent
                or state.stopped[port] and stopped or missed
            to[#to + 1] = (to == reached or to == stopped or state.asked[port]) and port or nil
        end
        v.ports = { reached = reached, missed = missed }
        v.reason = v.reason .. (#missed == 0 and "; leads to our ports " .. list_of(reached)
            or "; leads only to some of our ports: " .. list_of(reached) .. ", not to " .. list_of(missed))
            .. (#silent > 0 and "; no answer in time from " .. list_of(silent) or "")
            .. (#stopped > 0 and "; stopped before an answer from " .. list_of(stopped) or "")
    end
    v.reason = v.reason .. (state.redirected and "; " .. state.redirected or "")
end

---The whole test of a kind of proxy: asks for each of the sink's ports, by one connection each, and where none is
---reached by the sink's name, if one is known. Then the control.
---@param target ajar.target
---@param kind "address"|"name"|"ipv6"
---@param attempt fun(way: ajar.tunnel.way): ajar.verdict asks for this way; what it gives has its `session`, where it
---is open or suspect; without one there is no control
---@param or_name? boolean
---@param chain? table what it has in common with a test before it, where there was one
---@param ports? integer[] of the sink's; default: all
---@return ajar.verdict
function tunnel.test(target, kind, attempt, or_name, chain, ports)
    chain, ports = chain or {}, ports or raw.fact("sink_ports")
    local state = { reached = {}, silences = 0, several = #ports > 1 }
    walk_each(ways(target, kind, chain, ports), attempt, state)
    if or_name and not state.over and raw.fact("sink_name") and rank(state.best) <= RANK.inconclusive then
        walk_each(ways(target, "name", chain, ports), attempt, state)
        if state.best.verdict == "open" then
            state.best.reason = state.best.reason .. ", by our sink's name alone"
        end
    end
    if state.best.verdict ~= "open" then
        return state.best
    end
    tell_of_ports(state.best, state, ports)
    if not state.best.session then
        return state.best
    elseif state.controlled then
        tell_of_the_way(state.best.session, state.best)
        return state.best
    end
    return tunnel.controlled(state.best.session, state.best)
end

tunnel.nonsense = nonsense
return tunnel
