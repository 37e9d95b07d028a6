-- ajar.relay: the envelopes of relay_forms.lua put to a server, in order and within a budget.
--
-- A session has seven forms at most; what is refused is asked about together (relay_screen.lua), and a server that
-- ends a session is gone on with in the next, at the same form. What is put off (greylisted, busy) is tried again, the
-- same envelope, after the time that the server asks for; what is put off then too was not refused. A form whose
-- recipient was accepted gets its own message with its own token; forms whose bounces would go to the target's own
-- postmaster get theirs last, and only if no other was accepted. The first token that comes back ends it, unless all
-- forms are wanted.

local raw, ajar = raw, ajar
local make_verdict, forms = ajar.internal.verdict, ajar.internal.relay_forms
local attempts, verdicts = ajar.internal.relay_attempt, ajar.internal.relay_verdict
local screen = ajar.internal.relay_screen
local guard = ajar.internal.relay_guard

ajar.relay = {}

local SESSIONS, MESSAGES, PATIENCE, GAP = 8, 5, 60, 2
-- The forms behind the first stage are tried where one before was taken, those behind the third by --thorough alone.
local SAFE_STAGES = 3

---@return ajar.relay.set
local function set_of(options)
    return options.inside_tls and forms.inside_tls() or forms.plain
end

---What the relay probes can be told: a table for each that declares it, as scripts share nothing that they can write.
---@param options? ajar.relay.options
---@return table<string, ajar.argument> args
local function arguments(options)
    options = options or {}
    return {
        thorough = { type = "boolean", default = options.thorough or false,
            help = options.stages and "try each form, whatever came back before"
                or "try every form, and those of recipients with three senders each" },
        messages = { type = "integer", default = MESSAGES, min = 0, max = 100,
            help = "how many test messages it transmits to a port at most, refused and confirming ones too (see --messages)" },
        patience = { type = "number", default = PATIENCE, min = 0, max = 3600,
            help = "seconds to wait for a server that greylists" },
        gap = { type = "number", default = GAP, min = 0, max = 60,
            help = "seconds between two sessions (on loopback none by default)" },
        apart = guard.apart_argument(),
        banner = { type = "number", default = 30, min = 1, max = 600, help = "seconds to wait for a server's banner" },
        tls = { type = "boolean", default = false, help = "speak TLS from the start, as on port 465, whatever the port" },
    }
end
ajar.relay.args = arguments
ajar.relay.confirm, ajar.relay.patiently = guard.confirm, guard.patiently
ajar.relay.connect_options = guard.connect_options

-- The order --------------------------------------------------------------------------------------

---A server that takes a plain stranger's mail is not asked for more: it would take all.
local function is_wide_open(st, attempt)
    st.wide_open = st.wide_open or attempt.form.plain and attempt.at == "sent" and not st.thorough
    return st.wide_open
end

---Is a message sent as soon as the recipient is accepted? Not where it is first to be seen what the server says to the
---same without what is prepared: of a plain stranger that is known (`contrast`).
local function sends_at_once(st, form)
    return not form.foreign and (not st.plainly or form.plain)
end

---Has a form had an answer that is more than a delay?
local function any_was_answered(st)
    for _, attempt in ipairs(st.attempts) do
        if attempt.judged and not attempts.is_put_off(attempt) then
            return true
        end
    end
    return false
end

---Those that are to be tried once more, and the longest time asked for. A server that puts all off is asked again only where
---it may greylist.
local function to_try_again(st)
    local longest, longest_named, waiting = 0, nil, {}
    local answered = any_was_answered(st)
    for _, attempt in ipairs(st.attempts) do
        local again = not attempt.tried_again and attempts.is_put_off(attempt)
        if again and (answered or attempt.judged.kind == "greylisted") then
            local wait, named = guard.wait_when_put_off(attempt.reply, st.patience - st.waited)
            waiting[#waiting + 1] = wait and attempt
            if wait and wait > longest then
                longest, longest_named = wait, named
            end
        end
    end
    return waiting, longest, longest_named
end

---Tries what was put off once more, the same envelopes. `sends`: with their messages.
local function try_again(st, sends)
    local waiting, longest, named = to_try_again(st)
    if #waiting == 0 or st.stopped then
        return
    end
    guard.announce_wait(named, longest)
    attempts.close_session(st)
    st.waited, st.held = st.waited + longest, nil
    ajar.sleep(longest + 0.1)
    for _, attempt in ipairs(waiting) do
        local before = attempt.reply
        attempts.try(st, attempt, sends and sends_at_once(st, attempt.form))
        attempt.tried_again = attempt.reply ~= before
        if attempt.tried_again and attempts.is_put_off(attempt) then
            attempt.judged = guard.judge_again(before, attempt.reply, longest)
        end
        if st.stopped or is_wide_open(st, attempt) then
            return
        end
    end
end

---Sends what was accepted while messages were put off, once they are no more.
local function send_held(st)
    for _, attempt in ipairs(st.attempts) do
        local left = attempt.at == "accepted" and sends_at_once(st, attempt.form)
        if left and not st.held and not st.stopped and attempts.may_send(st) then
            attempts.try(st, attempt, true)
        end
    end
end

---Puts attempts to the server, together first; who is not refused there is tried alone.
local function try_all(st, group)
    screen.ask(st, group)
    for _, attempt in ipairs(group) do
        screen.recall(st, attempt)
        if not attempt.at and not st.stopped then
            attempts.try(st, attempt, sends_at_once(st, attempt.form))
        end
        if is_wide_open(st, attempt) then
            return
        end
    end
end

local function run_stage(st, ids)
    local left = {}
    for i, id in ipairs(ids) do
        left[i] = forms.by_id[id]
    end
    while #left > 0 and not st.stopped and not st.wide_open do
        local group
        group, left = screen.take_group(st, left)
        try_all(st, group)
    end
end

---Those whose recipients were accepted in this stage are asked about without what is prepared, in sessions of their own:
---what the server takes there too is no finding here, and of what it does not clearly refuse no message is sent.
local function compare_plainly(st)
    local compared = {}
    for _, attempt in ipairs(st.attempts) do
        if attempt.at == "accepted" and not attempt.plainly then
            compared[#compared + 1] = attempt
        end
    end
    if #compared > 0 then
        attempts.close_session(st)
    end
    local plainly = {}
    for i, attempt in ipairs(compared) do
        plainly[i] = attempts.new(st.plainly, forms.by_id[attempt.form.of])
        attempts.try(st.plainly, plainly[i], false)
    end
    try_again(st.plainly, false)
    for i, attempt in ipairs(compared) do
        local plain = plainly[i]
        attempt.plainly = plain.judged and (plain.accepted and "accepted" or plain.judged.verdict) or "unknown"
        if attempt.plainly == "accepted" then
            attempt.at = "skipped"
            ajar.step(attempt.form.id .. ": taken in plain text too, so no finding of this probe (see relay/envelope)")
        end
    end
    attempts.close_session(st.plainly)
    return compared
end

---Sends what was accepted inside TLS and refused in plain text.
local function send_compared(st)
    for _, attempt in ipairs(compare_plainly(st)) do
        if attempt.plainly == "closed" and not attempt.form.foreign and attempts.may_send(st) and not st.stopped then
            attempts.try(st, attempt, true)
        end
    end
end

local function any_own_was_taken(st)
    for _, attempt in ipairs(st.attempts) do
        if attempt.at == "sent" and not attempt.form.foreign then
            return true
        end
    end
    return false
end

---Sends what would bounce to the target's own postmaster.
local function send_last(st)
    if not st.thorough and (attempts.is_back(st) or any_own_was_taken(st)) then
        return
    end
    for _, attempt in ipairs(st.attempts) do
        local known = not st.plainly or attempt.plainly == "closed"
        if attempt.form.foreign and attempt.at == "accepted" and known and attempts.may_send(st) and not st.stopped then
            attempts.try(st, attempt, true)
            attempts.collect(st, st.thorough and 0 or math.min(1, st.wait / 4))
        end
        if attempts.is_back(st) and not st.thorough then
            return
        end
    end
end

local function run_stages(st, stages)
    for number, ids in ipairs(stages) do
        if number > 1 and not st.thorough and (st.accepted == 0 or number > SAFE_STAGES) then
            break
        end
        run_stage(st, ids)
        try_again(st, true)
        if not st.wide_open then
            send_held(st)
        end
        if st.plainly and not st.stopped and not st.wide_open then
            send_compared(st)
        end
        if st.stopped or st.wide_open then
            break
        end
        attempts.collect(st, st.thorough and 0 or st.wait / 4)
        if attempts.is_back(st) and not st.thorough then
            break
        end
        verdicts.confirm(st)
    end
end

-- What probes call ---------------------------------------------------------------------------------

local function argument(target, name, options)
    local value = target.args and target.args[name]
    if value == nil then
        return arguments(options)[name].default -- a probe that runs the forms without declaring it
    end
    return value
end

local function is_thorough(target, options)
    local said = target.args and target.args.thorough
    if said == nil then
        return options.thorough == true
    end
    return said
end

local function new_state(target, options)
    local thorough = is_thorough(target, options)
    return {
        target = target, options = options, thorough = thorough,
        sessions = 0, messages = 0, accepted = 0, waited = 0, losses = 0, attempts = {}, pending = {},
        refused = 0, of_recipients = {}, -- see relay_attempt.lua
        most_sessions = SESSIONS * (thorough and 5 or 1),
        most_messages = argument(target, "messages", options),
        patience = argument(target, "patience"),
        gap = guard.is_loopback(target) and argument(target, "gap") == GAP and 0 or argument(target, "gap"),
        wait = raw.fact("wait"),
    }
end

---The form of a plain stranger, up to the recipient: does the server take it without any trick? A server that
---does not speak at all without a PROXY line counts as one that does not.
local function try_plainly(st)
    local plain = attempts.new(st, forms.by_id.S1)
    local ok, problem = pcall(attempts.try, st, plain, false)
    local silent = type(problem) == "table" and problem.verdict == "inconclusive"
    if not ok and not (st.options.after and st.options.after.proxy and silent) then
        error(problem, 0)
    end
    try_again(st, false)
    return plain
end

---The verdict that this leads to at once, or nil: a stranger is refused, and the forms can show something.
local function contrast(st, needs)
    local plain = try_plainly(st)
    local offers = st.smtp and st.smtp.offers
    if plain.accepted then
        return make_verdict("closed", "not by this: a stranger's mail is taken without it (see relay/third-party)")
    elseif needs == "starttls" and st.smtp and st.smtp.secured then
        return make_verdict("closed", "not by this: wants STARTTLS of everyone, so all relay probes ask inside TLS, and "
            .. "this one has nothing to compare (see relay/envelope)")
    elseif needs and offers and not offers[needs] then
        return make_verdict("closed", "offers no " .. needs:upper())
    elseif plain.judged and plain.judged.verdict == "inconclusive" then
        return make_verdict("inconclusive", plain.judged.reason)
    end
    return nil
end

---Puts forms to a target and gives the verdict.
---  stages     lists of ids; default: the catalogue's
---  inside_tls the catalogue's with STARTTLS before; each that is accepted is compared with its answer in plain text
---  thorough   all of them, each reported
---  contrast   first makes sure that the server refuses a plain stranger; else the forms show nothing
---  needs      what the server must offer then: "starttls", "xclient"
---  proxy      a PROXY line before each session
---  prepare    called with { smtp = session } once a session has been greeted; may raise a verdict
---@param target ajar.target
---@param options? ajar.relay.options
---@return ajar.verdict verdict
function ajar.relay.run(target, options)
    options = options or {}
    local st = new_state(target, options)
    if options.contrast then
        local apart = options.proxy or options.prepare
        local first = apart and new_state(target, { after = options }) or st
        local v = contrast(first, options.needs)
        if v or apart then
            attempts.close_session(first)
        end
        st.plainly = options.inside_tls and first or nil
        if v then
            return v
        end
    end
    local set = set_of(options)
    run_stages(st, options.stages or set.stages)
    if st.thorough and not st.stopped and not options.stages then
        run_stages(st, set.repeats)
    end
    send_last(st)
    verdicts.ask_control(st)
    attempts.close_session(st)
    attempts.collect(st, st.wait)
    return verdicts.conclude(st)
end

---The forms that these options put to a server, for a probe to declare.
local function declared(options)
    local list = {}
    for _, ids in ipairs(options.stages or {}) do
        forms.declared(ids, nil, list)
    end
    if options.stages then
        return list
    end
    local otherwise, set = not options.thorough and "thorough" or nil, set_of(options)
    for number, ids in ipairs(set.stages) do
        forms.declared(ids, number > SAFE_STAGES and otherwise or nil, list)
    end
    if not options.inside_tls then
        forms.declared({ "T5" }, nil, list) -- as which S1 is told over IPv6
    end
    for _, ids in ipairs(set.repeats) do
        forms.declared(ids, otherwise, list)
    end
    return list
end

---Known forms, for a probe of its own to declare: `forms = ajar.relay.forms { "S1" }`.
---@param ids string[]
---@return ajar.form[] forms
function ajar.relay.forms(ids)
    return forms.declared(ids)
end

---A probe that puts forms to a target: its id, summary, and the options of ajar.relay.run; ports, args and categories
---where they are not the usual ones.
---@param fields { id: string, summary: string, options?: ajar.relay.options, ports?: integer[], categories?: string[] }
---@return ajar.probe probe
function ajar.relay.probe(fields)
    return ajar.probe {
        id = fields.id, kind = "relay", ports = fields.ports or { 25, 465, 587, 2525 }, summary = fields.summary,
        categories = fields.categories, args = arguments(fields.options), forms = declared(fields.options or {}),
        run = function(target)
            return ajar.relay.run(target, fields.options)
        end,
    }
end

---Raises the verdict of a session that can't be prepared.
function ajar.relay.give_up(v)
    error(v, 0)
end

return ajar.relay
