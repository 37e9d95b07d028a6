-- ajar.relay: the envelopes of relay_forms.lua put to a server, in order and within a budget.
--
-- A session has six forms at most, with RSET between them; a server that ends one is gone on with in the
-- next, at the same form. What is put off (greylisted) is tried again, the same envelope, after the time
-- that the server asks for. A form whose recipient was accepted gets its own message with its own token;
-- forms whose bounces would go to the target's own postmaster get theirs last, and only if no other was
-- accepted. The first token that comes back ends it, unless all forms are wanted.

local raw, ajar = raw, ajar
local make_verdict, forms = ajar.internal.verdict, ajar.internal.relay_forms
local judge = ajar.smtp.judge

ajar.relay = {}

local PER_SESSION, SESSIONS, MESSAGES, PATIENCE, GAP = 6, 8, 5, 60, 2
local MORE_TRIES = 5 -- than messages: to send what is then refused
local LOSSES = 3 -- sessions in a row that end at their first form

---What the relay probes can be told.
local arguments = {
    thorough = { type = "boolean", default = false, help = "try every form, and each with three senders" },
    messages = { type = "number", default = MESSAGES, help = "how many test messages one server gets at most" },
    patience = { type = "number", default = PATIENCE, help = "seconds to wait for a server that greylists" },
    gap = { type = "number", default = GAP, help = "seconds between two sessions (on loopback none by default)" },
}
ajar.relay.args = arguments

local function is_loopback(target)
    return target.address:find("^127%.") ~= nil or target.address == "::1"
end

-- Templates --------------------------------------------------------------------------------------

---What the templates of an attempt are filled with.
local function variables(st, mailbox)
    local smtp, target = st.smtp, st.target
    local host = smtp.banner_name or smtp.name ~= "" and smtp.name or target.name
    return {
        victim = mailbox.address, vu = mailbox.token, vd = mailbox.domain,
        VU = mailbox.token:upper(), VD = mailbox.domain:upper(),
        sender = mailbox.bounce, su = "bounce-" .. mailbox.token,
        ip = target.address_literal, host = host, rdns = target.name, ldom = target.name or host,
    }
end

---The template with its names filled in, or nil where one is not known.
local function fill(template, with)
    local missing = false
    local text = template:gsub("{(%a+)}", function(name)
        missing = missing or with[name] == nil
        return with[name]
    end)
    return not missing and text or nil
end

-- Sessions ---------------------------------------------------------------------------------------

local function secure(st)
    local smtp = st.smtp
    if not smtp.secured and smtp.offers.starttls and smtp:starttls().ok then
        smtp:ehlo()
        return true
    end
    return false
end

---A server that does not know the PROXY protocol takes its line for a command: then the first reply behind
---the banner is a refusal, or more replies come than commands were sent.
local function check_proxy_line(smtp)
    local ok, reply = pcall(smtp.command, smtp, "NOOP")
    if not ok then
        ajar.relay.give_up(ajar.closed("takes no PROXY line: " .. reply.reason))
    elseif not reply.ok then
        ajar.relay.give_up(ajar.closed(reply, "takes no PROXY line: " .. tostring(reply)))
    end
end

---Opens the next session; raises what ends the probe.
local function open_session(st)
    if st.sessions > 0 and st.gap > 0 then
        ajar.sleep(st.gap)
    end
    st.sessions, st.in_session, st.used = st.sessions + 1, 0, false
    st.smtp = ajar.smtp.connect(st.target, { names = true, proxy = st.options.proxy })
    st.greeting = nil
    if st.options.proxy then
        check_proxy_line(st.smtp)
    end
    st.smtp:ehlo()
    if st.options.prepare then
        st.options.prepare(st)
    end
end

local function close_session(st)
    if st.smtp then
        st.smtp:quit()
        st.smtp = nil
    end
end

---A lost connection; what it was lost by is on the tape.
local function drop_session(st)
    if st.smtp then
        raw.close(st.smtp.conn)
        st.smtp = nil
    end
end

-- One form ---------------------------------------------------------------------------------------

---Where an attempt ended: at "sender", "recipient", "accepted" (the recipient was, nothing was sent),
---"data", "sent" (and answered well, or not answered).
local function ended(attempt, at, reply)
    attempt.at, attempt.reply, attempt.judged = at, reply, judge(reply)
    return attempt
end

local function send_message(st, attempt)
    local smtp = st.smtp
    st.messages, st.tries = st.messages + 1, st.tries + 1
    local message = { to = attempt.mailbox, form = attempt.form.id, again = attempt.again }
    smtp.message_sent = false
    local answered, said = pcall(smtp.data, smtp, message)
    if not answered then
        if not smtp.message_sent or type(said) ~= "table" or said.verdict ~= "inconclusive" then
            error(said, 0)
        end
        attempt.at, attempt.unanswered = "sent", said
        st.pending[#st.pending + 1] = attempt
        drop_session(st)
        return attempt
    end
    if not said.ok then
        st.messages = st.messages - 1
        return ended(attempt, "data", said)
    end
    ajar.step(said, attempt.form.id .. ": message accepted")
    st.pending[#st.pending + 1] = attempt
    return ended(attempt, "sent", said)
end

local function greet(st, attempt)
    local wanted = attempt.form.greeting and fill(attempt.form.greeting, attempt.with)
    if wanted ~= st.greeting then
        st.smtp:ehlo(wanted)
        st.greeting = wanted
    end
end

---MAIL, inside TLS when the server wants it so.
local function say_sender(st, attempt)
    local smtp = st.smtp
    if st.used then
        smtp:rset()
    end
    greet(st, attempt)
    st.used = true
    local reply = smtp:command("MAIL FROM:" .. attempt.from)
    if reply.wants_tls and secure(st) then
        reply = smtp:command("MAIL FROM:" .. attempt.from)
    end
    return reply
end

---A message that is refused counts for the tries, not for the messages.
local function may_send(st)
    return st.messages < st.most_messages and st.tries < st.most_messages + MORE_TRIES
end

---Puts the envelope to the server. Raises when the connection is lost.
local function speak(st, attempt, sending)
    local reply = say_sender(st, attempt)
    if not reply.ok then
        return ended(attempt, "sender", reply)
    end
    reply = st.smtp:command("RCPT TO:" .. attempt.to)
    if not reply.ok then
        return ended(attempt, "recipient", reply)
    end
    local sends = sending and may_send(st)
    if not attempt.accepted and not (st.thorough and sends) then
        ajar.step(reply, attempt.form.id .. ": recipient accepted")
    end
    attempt.accepted = true
    st.accepted = st.accepted + 1
    if not sends then
        return ended(attempt, "accepted", reply)
    end
    return send_message(st, attempt)
end

---Makes sure that there is a session with room; false when there can be none.
local function have_session(st)
    if st.smtp and st.in_session >= PER_SESSION then
        close_session(st)
    end
    if st.smtp then
        return true
    end
    if st.sessions >= st.most_sessions then
        st.stopped = st.stopped or "as many sessions as are allowed"
        return false
    end
    local ok, problem = pcall(open_session, st)
    if ok then
        return true
    end
    drop_session(st)
    if st.sessions == 1 or type(problem) ~= "table" or problem.verdict == "error" then
        error(problem, 0)
    end
    st.stopped = problem.reason
    return false
end

---Fills the templates; false when a name is not known that they need.
local function have_envelope(st, attempt)
    local form = attempt.form
    if not attempt.with then
        attempt.with = variables(st, attempt.mailbox)
        attempt.from, attempt.to = fill(form.sender, attempt.with), fill(form.recipient, attempt.with)
    end
    return attempt.from and attempt.to and (not form.greeting or fill(form.greeting, attempt.with))
end

---One go. True: it is over, well or not; false: the session was lost, and another may be tried.
local function go(st, attempt, sending)
    local first = st.in_session == 0
    st.in_session = st.in_session + 1
    local ok, problem = pcall(speak, st, attempt, sending)
    if not ok and (type(problem) ~= "table" or problem.verdict == "error" or problem.code == "ESTOPPED") then
        error(problem, 0)
    end
    if ok and not (attempt.reply and attempt.reply.code == 421) then
        st.losses = 0
        return true
    end
    drop_session(st)
    attempt.lost = not ok and problem or nil
    st.losses = first and st.losses + 1 or 0
    if first and (ok or problem.code == "ETIMEDOUT" or st.losses == LOSSES) then
        st.stopped = ok and attempt.judged.reason or problem.reason
    end
    return first
end

---Tries an attempt, once more in a new session when the server ends the first.
local function try(st, attempt, sending)
    for _ = 1, 2 do
        if not have_session(st) then
            return
        end
        if not have_envelope(st, attempt) then
            attempt.at = "skipped"
            return
        end
        if go(st, attempt, sending) then
            return
        end
    end
end

local function new_attempt(st, form)
    local attempt = { form = form, mailbox = ajar.mailbox() }
    st.attempts[#st.attempts + 1] = attempt
    return attempt
end

-- Waiting ----------------------------------------------------------------------------------------

---Looks whether something came for an attempt; true when it is decided.
local function look(attempt, seconds)
    local receipt, text, code = raw.receipt(attempt.mailbox.token, seconds)
    if receipt then
        attempt.receipt = receipt
        attempt.at = receipt.kind == "bounce" and "bounced" or "returned"
        return true
    end
    if code ~= "ETIMEDOUT" then
        error(make_verdict("inconclusive", text), 0)
    end
    return false
end

local function is_back(st)
    for _, attempt in ipairs(st.attempts) do
        if attempt.at == "returned" then
            return attempt
        end
    end
    return nil
end

---Waits for what was sent, `seconds` in all: until the first comes back, or all that do.
local function collect(st, seconds)
    local waited, slice = 0, 0.25
    while #st.pending > 0 and waited <= seconds and (st.thorough or not is_back(st)) do
        local still = {}
        local share = #st.pending > 1 and math.min(slice, seconds - waited) or seconds - waited
        for i, attempt in ipairs(st.pending) do
            if not look(attempt, i == 1 and share or 0) then
                still[#still + 1] = attempt
            end
        end
        st.pending, waited, slice = still, waited + math.max(share, 0.001), slice * 1.5
    end
end

-- The order --------------------------------------------------------------------------------------

local function is_put_off(attempt)
    local judged = attempt.judged
    return judged and judged.kind == "greylisted" and attempt.at ~= "sent"
end

---A server that takes a plain stranger's mail is not asked for more: it would take all.
local function is_wide_open(st, attempt)
    st.wide_open = st.wide_open or attempt.form.id == "S1" and attempt.at == "sent" and not st.thorough
    return st.wide_open
end

---Tries what was greylisted once more, the same envelopes, after the longest time asked for.
local function try_again(st)
    local longest, waiting = 0, {}
    for _, attempt in ipairs(st.attempts) do
        local wait = is_put_off(attempt) and not attempt.tried_again and attempt.judged.wait
        if wait and st.waited + wait <= st.patience then
            waiting[#waiting + 1] = attempt
            longest = math.max(longest, wait)
        end
    end
    if #waiting == 0 or st.stopped then
        return
    end
    ajar.step(("asked to wait %d s: waiting, and trying the same envelopes again"):format(longest))
    close_session(st)
    st.waited = st.waited + longest
    ajar.sleep(longest + 0.1)
    for _, attempt in ipairs(waiting) do
        attempt.tried_again = true
        try(st, attempt, not attempt.form.foreign)
        if st.stopped or is_wide_open(st, attempt) then
            return
        end
    end
end

local function run_stage(st, ids)
    for _, id in ipairs(ids) do
        local attempt = new_attempt(st, forms.by_id[id])
        try(st, attempt, not attempt.form.foreign)
        if st.stopped or is_wide_open(st, attempt) then
            return
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
    if not st.thorough and (is_back(st) or any_own_was_taken(st)) then
        return
    end
    for _, attempt in ipairs(st.attempts) do
        if attempt.form.foreign and attempt.at == "accepted" and may_send(st) and not st.stopped then
            try(st, attempt, true)
            collect(st, st.thorough and 0 or math.min(1, st.wait / 4))
        end
        if is_back(st) and not st.thorough then
            return
        end
    end
end

local function run_stages(st, stages)
    for number, ids in ipairs(stages) do
        if number > 1 and not st.thorough and (st.accepted == 0 or number > 3) then
            break
        end
        run_stage(st, ids)
        try_again(st)
        if st.stopped or st.wide_open then
            break
        end
        collect(st, st.thorough and 0 or st.wait / 4)
        if is_back(st) and not st.thorough then
            break
        end
    end
end

-- The verdict ------------------------------------------------------------------------------------

---A step is short: a remedy goes into as many as it has sentences that do not fit into one.
local function step_in_parts(words, line)
    local part = ""
    for sentence in (words .. " "):gmatch("(.-[.:;]) ") do
        if #part + #sentence > 280 then
            raw.step(part, line)
            part = ""
        end
        part = part == "" and sentence or part .. " " .. sentence
    end
    if part ~= "" then
        raw.step(part, line)
    end
end

local function peer_address(peer)
    return peer:match("^%[(.*)%]:%d+$") or peer:match("^(.*):%d+$") or peer
end

---What came back, in full for the first form, in a line for each other.
local function tell_return(attempt, first)
    local form, receipt = attempt.form, attempt.receipt
    if attempt ~= first then
        raw.step(("%s came back too: the server %s"):format(form.id, form.shows), receipt.line)
        return
    end
    raw.step(("%s: the test mail came back to our sink from %s"):format(form.id, receipt.peer), receipt.line)
    raw.step(("%s (%s) shows: the server %s"):format(form.id, form.name, form.shows), receipt.line)
    step_in_parts("remedy: " .. form.remedy, receipt.line)
end

---Each other address at which mail came out.
local function tell_exits(st)
    local told = {}
    for _, attempt in ipairs(st.attempts) do
        local exit = attempt.at == "returned" and peer_address(attempt.receipt.peer) or st.target.address
        if exit ~= st.target.address and not told[exit] then
            told[exit] = true
            raw.step(("%s: put in at %s and came out at %s: the server passes it on through another "
                .. "(multi-stage relay)"):format(attempt.form.id, st.target.address, exit), attempt.receipt.line)
        end
    end
end

---The second message, of another shape: a trap that passes on the first test mail alone does not pass it.
local function try_second(st, attempt)
    local second = { form = attempt.form, mailbox = ajar.mailbox(), again = true }
    st.stopped, st.most_sessions, st.most_messages = nil, st.most_sessions + 2, st.most_messages + 1
    try(st, second, true)
    if second.at == "sent" and not look(second, st.wait) then
        raw.step("a second message, of another shape, was accepted and did not come back: 1 delivery of 2")
        return false
    end
    if second.at == "returned" then
        raw.step("a second message, of another shape, came back too: 2 deliveries of 2", second.receipt.line)
    end
    return true
end

local function list_of(attempts, at)
    local ids, first = {}, nil
    for _, attempt in ipairs(attempts) do
        if attempt.at == at then
            ids[#ids + 1], first = attempt.form.id, first or attempt
        end
    end
    return table.concat(ids, ", "), first
end

local function open_verdict(st, attempt)
    local genuine = not st.thorough or try_second(st, attempt)
    tell_exits(st)
    for _, other in ipairs(st.attempts) do
        if other.at == "returned" then
            tell_return(other, attempt)
        end
    end
    local ids = list_of(st.attempts, "returned")
    if not genuine then
        return make_verdict("suspect", ids .. " came back, a second message did not: perhaps a trap that "
            .. "passes on its first message alone")
    end
    local v = make_verdict("open", ("%s came back: %s"):format(ids, attempt.form.shows))
    v.proof, v.receipt = attempt.mailbox.token, attempt.receipt
    return v
end

---What the refusals say: that of the first form, unless another was only put off.
local function refusal_verdict(st)
    local first
    for _, attempt in ipairs(st.attempts) do
        if attempt.reply and not attempt.accepted then
            ajar.step(attempt.reply, attempt.form.id .. (attempt.at == "sender" and " (sender)" or ""))
        end
        if attempt.judged and attempt.judged.verdict and not first then
            first = attempt
        end
    end
    if not first then
        local lost = st.attempts[1] and st.attempts[1].lost
        return lost or make_verdict("inconclusive", st.stopped or "no form could be tried")
    end
    local judged = first.judged
    if is_put_off(first) and first.tried_again then
        return make_verdict("inconclusive", "greylisted, and put off again after the time asked for: "
            .. tostring(first.reply))
    end
    if st.stopped and judged.verdict == "closed" then
        return make_verdict("inconclusive", ("%s refused (%s), but not all forms could be tried: %s")
            :format(first.form.id, tostring(first.reply), st.stopped))
    end
    return make_verdict(judged.verdict, judged.reason)
end

---Of what was sent and returned as undeliverable. Where all bounces came that could come, the others are taken
---to have gone the same way: theirs go to the null sender or to the target itself.
local function bounce_verdict(st)
    local ids, first = list_of(st.attempts, "bounced")
    if not first then
        return nil
    end
    for _, attempt in ipairs(st.attempts) do
        if attempt.at == "sent" and attempt.from ~= "<>" and not attempt.form.foreign then
            return nil
        end
    end
    raw.step("the target returned the mail as undeliverable", first.receipt.line)
    return make_verdict("closed", ids .. ": accepted, then returned as undeliverable")
end

local function sent_verdict(st)
    local ids, sent = list_of(st.attempts, "sent")
    if not sent then
        return nil
    elseif sent.unanswered and not sent.reply then
        return sent.unanswered
    end
    raw.step("the target said yes, and nothing came back in time")
    return make_verdict("suspect", ids .. ": accepted, but nothing came back")
end

local function data_verdict(st)
    local ids, first = list_of(st.attempts, "data")
    if not first then
        return nil
    end
    ajar.step(first.reply, first.form.id)
    return make_verdict(first.judged.verdict, ids .. ": recipient accepted, message refused: " .. first.judged.reason)
end

local function accepted_verdict(st)
    local ids, first = list_of(st.attempts, "accepted")
    return first and make_verdict("suspect", ids .. ": recipient accepted, no message was sent to prove it")
end

local function verdict_of(st)
    local back = is_back(st)
    return back and open_verdict(st, back) or bounce_verdict(st) or sent_verdict(st) or data_verdict(st)
        or accepted_verdict(st) or refusal_verdict(st)
end

-- What probes call ---------------------------------------------------------------------------------

local function argument(target, name)
    local value = target.args and target.args[name]
    if value == nil then
        return arguments[name].default
    end
    return value
end

local function new_state(target, options)
    local thorough = options.thorough or argument(target, "thorough") == true
    return {
        target = target, options = options, thorough = thorough,
        sessions = 0, messages = 0, tries = 0, accepted = 0, waited = 0, losses = 0, attempts = {}, pending = {},
        most_sessions = SESSIONS * (thorough and 5 or 1),
        most_messages = thorough and 60 or argument(target, "messages"),
        patience = argument(target, "patience"),
        gap = is_loopback(target) and argument(target, "gap") == GAP and 0 or argument(target, "gap"),
        wait = raw.facts().wait,
    }
end

---The form of a plain stranger, up to the recipient: does the server take it without any trick? With
---`silent_too` a server that does not speak at all without one counts as one that does not.
local function takes_strangers(target, silent_too)
    local st = new_state(target, {})
    local attempt = new_attempt(st, forms.by_id.S1)
    local ok, problem = pcall(try, st, attempt, false)
    if not ok and not (silent_too and type(problem) == "table" and problem.verdict == "inconclusive") then
        error(problem, 0)
    end
    close_session(st)
    return attempt
end

---Puts forms to a target and gives the verdict.
---  stages     lists of ids; default: the catalogue's
---  thorough   all of them, each reported
---  contrast   first makes sure that the server refuses a plain stranger; else the forms show nothing
---  proxy      a PROXY line before each session
---  prepare    called with { smtp = session } once a session has been greeted; may raise a verdict
---@param target ajar.target
---@param options? { stages?: string[][], thorough?: boolean, contrast?: boolean, proxy?: boolean, prepare?: function }
---@return ajar.verdict
function ajar.relay.run(target, options)
    options = options or {}
    if options.contrast then
        local plain = takes_strangers(target, options.proxy)
        if plain.accepted then
            return make_verdict("closed", "not by this: a stranger's mail is taken without it (see relay/third-party)")
        elseif plain.judged and plain.judged.verdict == "inconclusive" then
            return make_verdict("inconclusive", plain.judged.reason)
        end
    end
    local st = new_state(target, options)
    run_stages(st, options.stages or forms.stages)
    if st.thorough and not st.stopped and not options.stages then
        run_stages(st, forms.repeats)
    end
    send_last(st)
    close_session(st)
    collect(st, st.wait)
    return verdict_of(st)
end

---Raises the verdict of a session that can't be prepared.
function ajar.relay.give_up(v)
    error(v, 0)
end

return ajar.relay
