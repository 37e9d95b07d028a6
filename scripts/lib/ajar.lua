-- The heart of the API that probes use: probes, verdicts, steps, mailboxes.
-- `raw` are the bindings of core/script/bind_*.c; probes never see them.

local raw = raw
local error, setmetatable, tostring, type = error, setmetatable, tostring, type -- found without a detour
local ajar = { api = 1 } -- of interface 12 (PROBES_INTERFACE): so a bundle with this file is of no other

-- Verdicts -------------------------------------------------------------------------------------

local verdict_meta = { __metatable = false }
verdict_meta.__tostring = function(v)
    return v.verdict .. ": " .. v.reason
end

local function is_verdict(value)
    return type(value) == "table" and type(value.verdict) == "string"
end

---A verdict from words, or from a reply (of SMTP, HTTP or SOCKS), which then becomes a step.
local function verdict(name, what, words)
    local line = type(what) == "table" and what.line
    local said = type(what) == "string" and what or (line or not words) and tostring(what)
    if line then
        raw.step(said, line)
    end
    return setmetatable({ verdict = name, reason = words or said }, verdict_meta)
end

---The target refused, or asks for authentication.
---@param what table|string
---@param words? string
---@return ajar.verdict verdict
function ajar.closed(what, words)
    return verdict("closed", what, words)
end

---The target said yes, and nothing came back.
---@param what table|string
---@param words? string
---@return ajar.verdict verdict
function ajar.suspect(what, words)
    return verdict("suspect", what, words)
end

---It spoke, and no answer could be had.
---@param what table|string
---@param words? string
---@return ajar.verdict verdict
function ajar.inconclusive(what, words)
    return verdict("inconclusive", what, words)
end

---There was no connection.
---@param what table|string
---@param words? string
---@return ajar.verdict verdict
function ajar.unreachable(what, words)
    return verdict("unreachable", what, words)
end

---A step towards the verdict, pointing at a line of the tape.
---@param what table|string
---@param words? string
---@param finding? ajar.finding
function ajar.step(what, words, finding)
    local line = type(what) == "table" and what.line or nil
    local form, cause
    if finding then
        form, cause = finding.id, finding.cause
    end
    raw.step(words and (words .. ": " .. tostring(what)) or tostring(what), line, form, cause)
end

---A remark onto the tape.
---@param text string
function ajar.note(text)
    raw.note(text)
end

-- Failures: what a primitive could not do is raised as a verdict; a script that wants to go on
-- catches it with pcall.

local no_connection = {
    ECONNREFUSED = true, ENETUNREACH = true, EHOSTUNREACH = true, ENETDOWN = true,
    EACCES = true, EADDRNOTAVAIL = true, EHOSTDOWN = true,
}
local our_own_fault = {
    ESCOPE = true, EOPTOUT = true, EDENIED = true, ECONDUCT = true, EARGUMENT = true, ELIMIT = true, EMFILE = true,
    EBADF = true, ENOMEM = true, EDIVERGED = true, ENODIAL = true,
}

---Raises a failed operation as the verdict that it means.
---@param text string
---@param code string
---@param opening? boolean the connection did not stand yet
local function fail(text, code, opening)
    local name = "inconclusive"
    if our_own_fault[code] then
        name = "error"
    elseif no_connection[code] or opening and code == "ETIMEDOUT" and not raw.time_is_up() then
        name = "unreachable"
    end
    raw.step(text)
    error(setmetatable({ verdict = name, reason = text, code = code }, verdict_meta), 0)
end

---Passes results on, or raises nil, text, code.
local function check(value, text, code, ...)
    if value == nil and code then
        fail(text, code)
    end
    return value, text, code, ...
end

local function check_open(value, text, code)
    if value == nil then
        fail(text, code, true)
    end
    return value
end

-- Mailboxes ------------------------------------------------------------------------------------

local mailbox_meta = { __metatable = false }
-- Made when they are asked for: while thousands wait for their banners, they are memory.
mailbox_meta.__index = function(m, name)
    return name == "address" and m.token .. "@" .. m.domain
        or name == "bounce" and "bounce-" .. m.token .. "@" .. raw.fact("sender_domain") or nil
end
mailbox_meta.__tostring = function(m)
    return m.address
end
mailbox_meta.__concat = function(a, b)
    return tostring(a) .. tostring(b)
end

---A new attempt's own mailbox at our sink: the only recipient that a relay test may name.
---@return ajar.mailbox mailbox
function ajar.mailbox()
    return setmetatable({ token = check(raw.token()), domain = raw.fact("mail_domain") }, mailbox_meta)
end

---The test message for a mailbox. Its text is fixed: it says what it is, who asked for it and how to
---object.
---@param fields { to: ajar.mailbox, again?: boolean }
---@return { to: ajar.mailbox, again?: boolean } message
function ajar.message(fields)
    if type(fields) ~= "table" or not (type(fields.to) == "table" and type(fields.to.token) == "string") then
        error("ajar.message: to = ajar.mailbox() is needed", 2)
    end
    return { to = fields.to, again = fields.again == true or nil }
end

---A new attempt's token, for proxies.
---@return string token
function ajar.token()
    return (check(raw.token()))
end

local came_as = {
    mail = "the test mail came back to our sink from %s",
    line = "our question reached our sink from %s",
    http = "our request reached our sink from %s",
    datagram = "our datagram reached our sink from %s",
}

local function returned(token, receipt, finding)
    local v = verdict("open", "token returned")
    raw.step(came_as[receipt.kind]:format(receipt.peer), receipt.line, finding and finding.id, finding and finding.cause)
    v.proof, v.receipt = token, receipt
    return v
end

-- As core/world/live.c says it of a wait.
local TIME_IS_UP = "the probe's own time is up"

---@return boolean
local function says_time_is_up(reason)
    return reason:find(TIME_IS_UP, 1, true) ~= nil
end

---What was cut short because the probe's own time was up: inconclusive, with a reason that says so.
local function out_of_time(reason)
    return verdict("inconclusive", says_time_is_up(reason) and reason or reason .. ": " .. TIME_IS_UP)
end

-- What had not come when the run was stopped, where an answer had.
local STOPPED_WAITING = "the run was stopped before the test's mail came back"

-- How much mail of others' making may come before the test's mail itself does: reports, answers, copies of a form.
local OTHERS = 4

-- By the kinds of proto/receipt.h.
local made_by_others = { bounce = true, delay = true, answer = true, report = true, other = true }

---@class ajar.others what others have written: the first receipt of each kind
---@field bounce? table a report to the sender that it could not be delivered, or the mail itself
---@field delay? table a report that it is not delivered yet, and still tried
---@field answer? table any other mail to the sender
---@field report? table a report of non-delivery to the test's own mailbox, which was not the sender
---@field other? table any other mail to that mailbox which is not the test's

---Waits for a token. What others write is no end: servers report delays, and what became of one of several recipients,
---and deliver all the same. So the mail is waited for again, as long as before.
---@param token string
---@param seconds? number default: the run's --wait
---@return table? receipt, ajar.others others, string? text, string? code what went wrong without a receipt
local function await_receipt(token, seconds)
    local others = {}
    for _ = 0, OTHERS do
        local receipt, text, code = raw.receipt(token, seconds)
        if not receipt then
            return nil, others, text, code
        elseif not made_by_others[receipt.kind] then
            return receipt, others
        end
        others[receipt.kind] = others[receipt.kind] or receipt
    end
    return nil, others, "mail of others alone came back", "ETIMEDOUT"
end

-- What is said of mail that others have made.
local said_of = {
    bounce = "a report that the mail could not be delivered, or the mail itself, came back to its sender",
    delay = "the server reports that delivery is delayed: it has neither delivered nor refused the mail, and still tries",
    answer = "the sender got an answer, which is neither the test's mail nor a report that it could not be delivered",
    report = "a report of non-delivery came to the test's own mailbox, which was not the sender: no bounce, and no proof",
    other = "a mail came to the test's own mailbox that is not the test's: no proof",
}

-- What follows for a mail that was accepted and has not come back, the strongest first.
local followed = {
    { "bounce", "closed", "accepted, then returned to its sender" },
    { "other", "suspect", "accepted, and what came back was not our mail" },
    { "report", "suspect", "accepted, and what came back was not our mail" },
    { "delay", "suspect", "accepted, but nothing came back: the server reports a delay" },
    { "answer", "inconclusive", "accepted, and answered by another mail (an autoresponder, a ticket desk): neither "
        .. "delivered nor refused" },
}

---What mail of others means for one that was accepted and has not come back: nil where there is none.
---@param others ajar.others
---@return string? kind, string? verdict, string? reason
local function meaning_of(others)
    for _, row in ipairs(followed) do
        if others[row[1]] then
            return unpack(row)
        end
    end
    return nil
end

---What a suspicion rests on; `kind` as meaning_of gives it.
local function said_yes(kind)
    return "the target said yes, and " .. (kind and "the test's mail did not come back" or "nothing came back") .. " in time"
end

---Each kind as a step; `before`: the form's name.
local function tell_others(others, before)
    for _, row in ipairs(followed) do
        local receipt = others[row[1]]
        if receipt then
            raw.step((before or "") .. said_of[row[1]], receipt.line)
        end
    end
end

---Waits for a token to come back: open with the receipt, or suspect; inconclusive where the probe's own time is up
---before these seconds are.
---@param what ajar.mailbox|string
---@param seconds? number
---@param finding? ajar.finding
---@return ajar.verdict verdict
function ajar.await(what, seconds, finding)
    local token = type(what) == "table" and what.token or what
    local receipt, others, text, code = await_receipt(token, seconds)
    if receipt then
        return returned(token, receipt, finding)
    end
    local kind, name, reason = meaning_of(others)
    if not kind and code ~= "ETIMEDOUT" then
        fail(code == "ESTOPPED" and type(what) == "table" and STOPPED_WAITING or text, code)
    end
    tell_others(others)
    if name == nil or name == "suspect" then
        ajar.step(said_yes(kind), nil, finding)
    end
    if (name or "suspect") == "suspect" and raw.time_is_up() then
        return out_of_time(reason or "accepted, but nothing came back")
    end
    local v = verdict(name or "suspect", reason or "accepted, but nothing came back")
    v.others = kind
    return v
end

---For what was sent and not answered: a token that comes back all the same is proof (open); if none does, what
---the failed call has raised is raised again.
---@param problem any
---@param what ajar.mailbox|string
---@param seconds? number
---@param finding? ajar.finding
---@return ajar.verdict verdict
function ajar.unanswered(problem, what, seconds, finding)
    if not is_verdict(problem) or problem.verdict ~= "inconclusive" then
        error(problem, 0)
    end
    local token = type(what) == "table" and what.token or what
    local receipt = await_receipt(token, seconds)
    if not receipt then
        error(problem, 0)
    end
    local v = returned(token, receipt, finding)
    v.reason = "token returned, without an answer: " .. problem.reason
    return v
end

---Waits.
---@param seconds number
function ajar.sleep(seconds)
    check(raw.pause(seconds))
end

---The wall clock: seconds since 1970, and the same as text in UTC.
---@return number seconds
---@return string text
function ajar.now()
    return check(raw.now())
end

-- Probes ---------------------------------------------------------------------------------------

---Defines a probe; the script returns it.
---@param fields ajar.probe
---@return ajar.probe probe
function ajar.probe(fields)
    if type(fields) ~= "table" then
        error("ajar.probe: a table is needed: ajar.probe { id = …, kind = …, ports = …, summary = … }", 2)
    end
    if type(fields.id) ~= "string" or not fields.id:find("^[a-z0-9-]+/[a-z0-9-]+$") or #fields.id > 60 then
        error('ajar.probe: id must be like "relay/example" (letters a-z, digits, hyphens)', 2)
    end
    if fields.kind ~= "relay" and fields.kind ~= "proxy" then
        error('ajar.probe: kind must be "relay" or "proxy"', 2)
    end
    if type(fields.summary) ~= "string" or #fields.summary > 200 then
        error("ajar.probe: summary must be one line of at most 200 bytes", 2)
    end
    if type(fields.ports) ~= "table" then
        error("ajar.probe: ports must be a list of numbers", 2)
    end
    for _, port in ipairs(fields.ports) do
        if type(port) ~= "number" or port < 1 or port > 65535 or port % 1 ~= 0 then
            error("ajar.probe: ports must be whole numbers from 1 to 65535", 2)
        end
    end
    local ok, problem = pcall(raw.check_probe, fields)
    if not ok then
        error("ajar.probe: " .. tostring(problem), 2)
    end
    return fields
end

---Would a colon have helped: does this say that a method had no object?
local function wants_colon(problem)
    return problem:find("'self'", 1, true) or problem:find("^attempt to call method ")
        or problem:find("^bad argument #1 to .*number expected, got nil")
end

---What the library stumbled over was the script's doing: the line that called it goes first. Takes and gives the
---text of an error with its calls.
local function blame(text)
    local place, what, calls = text:match("^(scripts/lib/[^:]+:%d+): ([^\n]*)(\nstack traceback:.*)")
    for caller in (calls or ""):gmatch("\n\t([^\n]-:%d+): in ") do
        if caller:sub(1, 12) ~= "scripts/lib/" then
            return caller .. ": " .. what .. " (in " .. place .. ")"
                .. (wants_colon(what) and "; a method is called with a colon, as in smtp:ehlo()" or "") .. calls
        end
    end
    return text
end

-- Which of the sink's ports were reached, as C reads it: "+443-25-80".
local function reach_of(v)
    local ports = v.ports
    if type(ports) ~= "table" then
        return ""
    end
    local text = {}
    for _, port in ipairs(ports.reached) do
        text[#text + 1] = "+" .. port
    end
    for _, port in ipairs(ports.missed) do
        text[#text + 1] = "-" .. port
    end
    return table.concat(text)
end

---A verdict that no token can change which comes later: that it comes is explained, or known.
local function settled(v)
    v.settled = true
    return v
end

-- For an answer from an address that has none to give.
local CONTROL_SECONDS = 5

-- Before the target may stand something that answers in its place, near to us: a transparent proxy, or a filter that
-- lets everyone connect. Then it also answers for an address at which nobody listens, where the operator has named one.
-- Whether that is so; nil where there was no time to find out.
local function control_answers()
    local conn, text, code = raw.control(CONTROL_SECONDS)
    if conn then
        raw.close(conn)
        raw.step("control: at an address where nobody listens a connection stands as well")
        return true
    elseif code then
        raw.step("control: at an address where nobody listens nothing answers: " .. text)
    end
    if code and raw.time_is_up() then
        return nil
    end
    return false
end

local function before_the_target(v, answers)
    if not answers then
        return v
    end
    return settled(verdict("inconclusive", "something before the target answers in its place: a connection to an address "
        .. "where nobody listens stands as well"))
end

---The address in "ADDR:PORT" or "[V6]:PORT".
---@param peer string
---@return string
local function peer_address(peer)
    return peer:match("^%[(.*)%]:%d+$") or peer:match("^(.*):%d+$") or peer
end

-- From where the sink was reached, unless the probe's own kind has told it.
local function tell_exit(v, probe, target)
    local exit = v.receipt and not v.exit_told and peer_address(v.receipt.peer)
    if not exit or exit == target.address then
        return
    elseif probe.kind == "relay" then
        raw.step(("put in at %s and came out at %s: the server passes it on through another (multi-stage relay)")
            :format(target.address, exit), v.receipt.line)
    else
        raw.step("its exit has another address than the target: " .. exit, v.receipt.line)
    end
end

local function accuses(v)
    return v.verdict == "open" or v.verdict == "suspect"
end

---When a wait was cut short, the mail may be under way, the control that tells a trap was not asked, nor another port
---of those that a proxy may lead to. A relay's refusal stands: what is cut short behind it is its QUIT, or it says itself
---that not all forms could be tried.
local function is_unsure(v, probe)
    return v.verdict == "suspect" or v.verdict == "inconclusive" or v.verdict == "closed" and probe.kind == "proxy"
end

local LONGEST_ERROR = 500 -- bytes of a message, so that the calls behind it are still told

-- An error with its calls; a verdict that was raised is none.
local function described(problem)
    if is_verdict(problem) then
        return problem
    end
    local text = type(problem) == "string" and problem or tostring(problem)
    text = raw.traceback(#text > LONGEST_ERROR and text:sub(1, LONGEST_ERROR) .. "…" or text)
    return text -- not the call itself: a tail call would leave no frame to count from
end

local internal = {} -- what the other parts of the library find in ajar.internal; scripts do not

-- Might mail that comes later prove a relay? A message that went out whole may come back whatever the target said behind
-- it, if anything. So the verdict is not the last word as long as the run lasts, where nothing else would explain such
-- mail: all that is asked before `open` or `suspect` is said is asked here too. `answers`: what control_answers has found,
-- where it was asked.
local function awaits_mail(v, probe, target, answers)
    if probe.kind ~= "relay" or v.verdict == "open" or v.verdict == "error" or v.settled
        or not (v.mail_is_out or raw.mail_is_out()) then
        return false
    elseif v.verdict == "suspect" and not raw.time_is_up() then
        return true
    elseif answers == nil then
        answers = control_answers()
    end
    return answers == false and internal.relay_guard.would_prove(target)
end

-- What helps where a proxy did not answer in time.
local function with_advice(v, probe)
    if v.code == "ETIMEDOUT" and v.verdict == "inconclusive" and probe.kind == "proxy" and probe.args and probe.args.answer then
        return verdict("inconclusive", v.reason .. " (--arg answer=SECONDS waits longer)")
    end
    return v
end

---Runs a probe; gives verdict, reason, proof, which of the sink's ports were reached, and whether mail that comes later
---would make it `open` (of `suspect` it does anyway, unless "nothing" stands here). Called from C.
function ajar.run_probe(probe, target)
    local ok, result = raw.xpcall(probe.run, described, target)
    if not is_verdict(result) then
        return "error", ok and "the probe returned no verdict: end it with return ajar.await(…), ajar.closed(…) or another"
            or blame(tostring(result))
    end
    local answers
    if accuses(result) then
        tell_exit(result, probe, target)
        answers = control_answers()
        result = before_the_target(result, answers)
    end
    local awaits = result.verdict == "suspect" and result.settled and "nothing"
        or awaits_mail(result, probe, target, answers)
    if raw.time_is_up() and is_unsure(result, probe) then
        result = out_of_time(tostring(result.reason))
    else
        result = with_advice(result, probe)
    end
    return result.verdict, tostring(result.reason), result.proof, reach_of(result), awaits
end

for name, value in pairs {
    check = check, check_open = check_open, fail = fail, verdict = verdict, peer_address = peer_address,
    await_receipt = await_receipt, STOPPED_WAITING = STOPPED_WAITING, meaning_of = meaning_of, tell_others = tell_others,
    said_yes = said_yes, said_of = said_of, out_of_time = out_of_time, says_time_is_up = says_time_is_up, settled = settled,
    returned = returned,
} do
    internal[name] = value
end
ajar.internal = internal
return ajar
