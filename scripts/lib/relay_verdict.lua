-- What a relay test concludes from its attempts: the verdict, its reason, and the steps that tell the form, what
-- it shows, what closes it, and where the mail came out.

local raw, ajar = raw, ajar
local make_verdict, attempts = ajar.internal.verdict, ajar.internal.relay_attempt
local forms, guard = ajar.internal.relay_forms, ajar.internal.relay_guard

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

local peer_address = ajar.internal.peer_address
local meaning_of, said_yes, said_of = ajar.internal.meaning_of, ajar.internal.said_yes, ajar.internal.said_of
local STEP_IDS = 200 -- bytes of ids in one step
local REASON_IDS = 5 -- in one reason: each has its step

---What came back, in full for the first form, in a line for each other. `unsure`: the cause may be another,
---so it is no finding for a letter.
local function tell_return(attempt, first, unsure)
    local form, receipt = attempt.form, attempt.receipt
    local id, cause = not unsure and form.id or nil, not unsure and form.cause or nil
    if attempt ~= first then
        raw.step(("%s came back too: the server %s"):format(form.id, form.shows), receipt.line, id, cause)
        return
    end
    raw.step(("%s: the test mail came back to our sink from %s"):format(form.id, receipt.peer), receipt.line)
    raw.step(("%s (%s) shows: the server %s"):format(form.id, form.name, form.shows), receipt.line, id, cause)
    step_in_parts("remedy: " .. form.remedy, receipt.line)
end

---A plain stranger over IPv6: there the cause is often another, and the remedy with it.
local function tell_family(st, attempt)
    if attempt.form.id == "S1" and st.target.family == 6 then
        local form = forms.by_id.T5
        raw.step(("%s: the server %s"):format(form.id, form.shows), attempt.receipt.line, form.id, form.cause)
        step_in_parts("remedy over IPv6: " .. form.remedy, attempt.receipt.line)
    end
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

---The second message, of another shape: what became of it.
local function try_second(st, attempt)
    local second = { form = attempt.form, mailbox = ajar.mailbox(), again = true }
    attempts.close_session(st)
    st.held = nil
    st.stopped, st.most_sessions = nil, st.most_sessions + 2
    attempts.try(st, second, true)
    attempts.close_session(st)
    if second.at == "sent" then
        attempts.look(second, st.wait)
    end
    if second.at == "sent" then
        return second.others and second.others.delay and "unknown" or "silent"
    elseif second.at == "returned" then
        return "returned", second.receipt.line
    elseif second.at == "bounced" or second.judged and second.judged.verdict == "closed" then
        return "refused"
    end
    return "unknown"
end

---What speaks against it, or nil.
local function doubt_of(st, attempt)
    if not attempts.may_confirm(st) then
        raw.step("no second message was allowed: 1 delivery of 1")
        return guard.own_mail_server(st.target)
    end
    return guard.doubt(st.target, function()
        return try_second(st, attempt)
    end)
end

---Confirms the first that came back, once: early, while there is time for it.
local function confirm(st)
    local attempt = not st.confirmed and attempts.is_back(st)
    if attempt then
        st.confirmed = true
        st.doubt = doubt_of(st, attempt)
    end
end

---The ids of those that ended there, and the first of them; `but` for one.
local function ids_of(st, at, but)
    local ids, first = {}, nil
    for _, attempt in ipairs(st.attempts) do
        if attempt.at == at and attempt ~= but then
            ids[#ids + 1], first = attempt.form.id, first or attempt
        end
    end
    return ids, first
end

---A few ids, as they stand in a reason: "R4, R7 and 12 more".
local function few(ids)
    if #ids <= REASON_IDS then
        return table.concat(ids, ", ")
    end
    return ("%s and %d more"):format(table.concat(ids, ", ", 1, REASON_IDS - 1), #ids - REASON_IDS + 1)
end

---The same as ids_of, in a few words.
local function list_of(st, at, but)
    local ids, first = ids_of(st, at, but)
    return few(ids), first
end

---The ids of the forms that were only put off, again after the wait or for longer than we wait; and the first of them.
local function ids_put_off(st)
    local ids, first = {}, nil
    for _, attempt in ipairs(st.attempts) do
        if attempts.is_put_off(attempt) then
            ids[#ids + 1], first = attempt.form.id, first or attempt
        end
    end
    return ids, first
end

---Those whose recipients were accepted, beyond the messages that one server gets: no finding, and not passed over.
local function tell_unproven(st)
    local ids = table.concat(ids_of(st, "accepted"), ", ")
    while ids ~= "" do
        local some = #ids > STEP_IDS and ids:sub(1, STEP_IDS):match("^.*,") or ids
        ids = ids:sub(#some + 2)
        raw.step(some:gsub(",$", "") .. ": recipient accepted, and no message was sent to prove it: suspect")
    end
end

local PLAIN_IS_UNKNOWN = {
    sent = "was accepted too, and has not come back",
    accepted = "was accepted too, and no message was sent to prove it",
}

---Where the form without any trick was neither refused nor came back, others may have come through for the same reason as it
---would. Why that is not known, or nil. Its mail is waited for.
local function why_plain_is_unknown(st)
    for _, attempt in ipairs(st.attempts) do
        if attempt.form.plain and attempt.at == "sent" then
            attempts.look(attempt, st.wait)
        end
        local why = attempt.form.plain and (PLAIN_IS_UNKNOWN[attempt.at] or attempts.is_put_off(attempt) and "was only put off"
            or attempt.judged and attempt.judged.kind == "unfit" and "was refused for something else than relaying")
        if why then
            raw.step(("%s %s: it may be that any mail is relayed%s"):format(attempt.form.id, why,
                attempt.reply and ": " .. tostring(attempt.reply) or ""), attempt.reply and attempt.reply.line)
            return ("%s %s, so it may relay any mail"):format(attempt.form.id, why)
        end
    end
    return nil
end

local function open_verdict(st)
    confirm(st)
    local doubt = st.doubt
    local unsure = why_plain_is_unknown(st)
    local attempt = attempts.is_back(st)
    tell_exits(st)
    for _, other in ipairs(st.attempts) do
        if other.at == "returned" then
            tell_return(other, attempt, unsure)
        end
    end
    tell_family(st, attempt)
    tell_unproven(st)
    if doubt then
        doubt.reason = list_of(st, "returned") .. ": " .. doubt.reason
        return doubt
    end
    local others = list_of(st, "returned", attempt)
    local v = make_verdict("open", ("%s came back: %s%s%s"):format(attempt.form.id, attempt.form.shows,
        others ~= "" and "; also came back: " .. others or "", unsure and "; " .. unsure or ""))
    v.proof, v.receipt, v.exit_told = attempt.mailbox.token, attempt.receipt, true
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
    if st.stopped and judged.verdict == "closed" then
        return make_verdict("inconclusive", ("%s refused (%s), but not all forms could be tried: %s")
            :format(first.form.id, tostring(first.reply), st.stopped))
    end
    return make_verdict(judged.verdict, judged.reason)
end

local HOST_HAD_ALL = "the host has had its test messages of a day (--messages N allows more)"

---What is said of so many that were accepted beyond the messages that the probe may send, or the host may get.
local function more_accepted(st, count)
    return ("%d more were accepted, and no message was sent to prove it%s"):format(count,
        st.short and ": " .. HOST_HAD_ALL or " (--arg messages=N sends more)")
end

---Would mail to its sender come to the mailbox for bounces, in either of our domains?
local function has_our_sender(attempt)
    local box = attempt.mailbox
    return attempt.from == "<" .. box.bounce .. ">" or attempt.from == "<bounce-" .. box.address .. ">"
end

---Of what was sent and returned to its sender. Where all bounces came that could come, the others are taken
---to have gone the same way: theirs go to the null sender or to the target itself. What was accepted beyond the messages
---that one server gets may go another way.
local function bounce_verdict(st)
    local ids, first = list_of(st, "bounced")
    local unproven = 0
    if not first then
        return nil
    end
    for _, attempt in ipairs(st.attempts) do
        local could_bounce = attempt.from and has_our_sender(attempt)
        if attempt.at == "sent" and could_bounce then
            return nil
        elseif attempt.at == "accepted" and (could_bounce or st.short) and not attempt.form.foreign then
            unproven = unproven + 1
        end
    end
    raw.step(said_of.bounce, first.receipt.line)
    if unproven == 0 and st.stopped then
        return make_verdict("inconclusive", ("%s: accepted, then returned to its sender, but not all forms could be tried: %s")
            :format(ids, st.stopped))
    elseif unproven == 0 then
        return make_verdict("closed", ids .. ": accepted, then returned to its sender")
    end
    tell_unproven(st)
    return make_verdict("inconclusive", ids .. ": accepted, then returned to its sender; " .. more_accepted(st, unproven))
end

-- The control: a server that takes whatever name at its own domain for one of its users (a catch-all) takes
-- some forms without meaning to relay. It is shown a name that can't be anybody's, up to the recipient; where that is
-- refused (some take no "=" in a name), a plain one, with a source route before it that servers leave out (RFC 5321,
-- appendix F.2): one that follows it instead has taken R12; and where that is refused (some take no route), the plain one
-- alone. What is put off is asked once more after the usual wait.

local ODD_NAME, ROUTED_NAME, PLAIN_NAME = "<{vd}={vu}", "<@{vd}:{vu}", "<{vu}"

---The domain at which an own-domain form ends: "@host", "@[address]", "@", or "" for a bare name; nil for others.
local function own_end(attempt)
    local with, to = attempt.with, attempt.to
    for _, domain in ipairs { with.host or "", with.ip, "" } do
        if to:sub(-#domain - 2) == "@" .. domain .. ">" then
            return "@" .. domain
        end
    end
    local bare = to == '<"' .. with.vu .. "@" .. with.vd .. '">' or not to:find("@", 1, true)
    return bare and "" or nil
end

---Those that were accepted and did not come back.
local function accepted_of(st)
    local list = {}
    for _, attempt in ipairs(st.attempts) do
        if attempt.at == "sent" or attempt.at == "accepted" then
            list[#list + 1] = attempt
        end
    end
    return list
end

---A sender and an end of each kind among these attempts; nil where one of them has a recipient that is not at its own
---domain.
local function kinds_of(list)
    local seen, kinds = {}, {}
    for _, attempt in ipairs(list) do
        local ending = own_end(attempt)
        if not ending then
            return nil
        end
        local kind = { sender = attempt.form.sender, ending = ending }
        local key = kind.sender .. ending
        if not seen[key] then
            seen[key], kinds[#kinds + 1] = true, kind
        end
    end
    return kinds
end

---Shows it the control of a kind; true when it takes that. Else kind.now_unsure is what put it off, if that was so.
local function takes_control(st, kind)
    st.stopped = nil
    attempts.try(st, kind.control, false)
    local judged = kind.control.judged
    local unsure = judged and judged.verdict == "inconclusive" and judged.reason
    kind.now_unsure = unsure or nil
    return kind.control.accepted
end

---Those kinds of which it does not take such a name; the put-off ones are asked twice.
local function not_taken(st, kinds, name)
    local left, again, longest, asks = {}, {}, 0, nil
    for _, kind in ipairs(kinds) do
        kind.control = { form = { id = "control", sender = kind.sender, recipient = name .. kind.ending .. ">" },
            mailbox = ajar.mailbox(), nobody_at = name == PLAIN_NAME and kind.ending:sub(2) or nil }
        local taken = takes_control(st, kind)
        local judged = kind.control.judged
        local wait = not taken and judged and guard.wait_for(judged, st.patience - st.waited)
        if wait then
            again[#again + 1] = kind
            longest, asks = math.max(longest, wait), wait > longest and judged or asks
        elseif not taken then
            left[#left + 1] = kind
        end
    end
    if asks then
        guard.announce_wait(asks.wait, longest)
        attempts.close_session(st)
        st.waited = st.waited + longest
        local waited = guard.pause(longest + 0.1)
        for _, kind in ipairs(again) do
            if not waited or not takes_control(st, kind) then
                left[#left + 1] = kind
            end
        end
    end
    for _, kind in ipairs(left) do
        kind.unsure = kind.unsure or kind.now_unsure
    end
    return left
end

---Does it take a name that can't be anybody's, for all of these? If that can't be found out, why.
---@return boolean takes, string? unsure
local function takes_any_name(st, kinds)
    local left, with_domain = {}, {}
    for _, kind in ipairs(not_taken(st, kinds, ODD_NAME)) do
        table.insert(#kind.ending > 1 and with_domain or left, kind)
    end
    for _, name in ipairs { ROUTED_NAME, PLAIN_NAME } do
        with_domain = not_taken(st, with_domain, name)
    end
    for _, kind in ipairs(with_domain) do
        left[#left + 1] = kind
    end
    local unsure
    for _, kind in ipairs(left) do
        if not kind.unsure then
            return false
        end
        unsure = kind.unsure
    end
    return unsure == nil, unsure
end

---Asks for the control, before the wait for mail: when that is over, the probe's own time may be too. st.any_name: the
---control explains all that was accepted; st.unsure: why that could not be found out.
local function ask_control(st)
    local list = accepted_of(st)
    local kinds = #list > 0 and not attempts.is_back(st) and kinds_of(list)
    if not kinds then
        return
    end
    local stopped = st.stopped
    st.most_sessions = st.most_sessions + 6
    st.any_name, st.unsure = takes_any_name(st, kinds)
    st.stopped = stopped
end

---Have others written such a mail of one that was sent?
local function any_was(st, kind)
    for _, attempt in ipairs(st.attempts) do
        if attempt.at == "sent" and attempt.others and attempt.others[kind] then
            return true
        end
    end
    return false
end

---An answer goes to the sender, and one of its own users has given it; what comes to our mailbox is explained by none.
local function catch_all_verdict(st)
    if any_was(st, "other") or any_was(st, "report") then
        return nil
    end
    local ids = list_of(st, "sent")
    local unproven = st.short and #ids_of(st, "accepted") or 0
    if st.any_name and unproven > 0 then
        local sent = ids ~= "" and ids .. ": accepted, as is any name at its own domain, and nothing came back; " or ""
        return make_verdict("inconclusive", sent .. more_accepted(st, unproven))
    end
    ids = ids ~= "" and ids or list_of(st, "accepted")
    if ids ~= "" and st.any_name and any_was(st, "delay") then
        return make_verdict("inconclusive", ids .. ": accepted, as is any name at its own domain, and nothing came back: the "
            .. "server reports a delay")
    elseif ids ~= "" and st.any_name then
        return make_verdict("closed", ids .. ": accepted, as is any name at its own domain, and nothing came back")
    elseif ids ~= "" and st.unsure then
        return make_verdict("inconclusive", ("%s: accepted, and nothing came back; whether it takes any name at its own "
            .. "domain could not be found out: %s"):format(ids, st.unsure))
    end
    return nil
end

---Would an answer to its sender come to us? None goes to the null sender, and to the server's own users none of ours.
local function can_be_answered(attempt)
    return attempt.from == attempt.to or has_our_sender(attempt)
end

---What others have written of those that were sent; answers say nothing where one that could be answered was not.
local function others_of_sent(st)
    local all, all_answered = {}, true
    for _, attempt in ipairs(st.attempts) do
        local others = attempt.at == "sent" and (attempt.others or {})
        for kind, receipt in pairs(others or {}) do
            all[kind] = receipt
        end
        all_answered = all_answered and not (others and not others.answer and can_be_answered(attempt))
    end
    all.answer = all_answered and all.answer or nil
    return all
end

local function sent_verdict(st)
    local ids, sent = list_of(st, "sent")
    if not sent then
        return nil
    elseif sent.unanswered and not sent.reply then
        return sent.unanswered
    end
    local kind, verdict, reason = meaning_of(others_of_sent(st))
    if verdict ~= "inconclusive" then
        raw.step(said_yes(kind), nil, sent.form.id, sent.form.cause)
        tell_unproven(st)
    end
    return guard.own_mail_server(st.target)
        or make_verdict(verdict or "suspect", ("%s: %s"):format(ids, reason or "accepted, but nothing came back"))
end

---Of what was refused behind the dot. What was accepted beyond the messages that one server gets may go another way.
local function data_verdict(st)
    local ids, first = list_of(st, "data")
    if not first then
        return nil
    end
    ajar.step(first.reply, first.form.id)
    local verdict, reason = first.judged.verdict, ids .. ": recipient accepted, message refused: " .. first.judged.reason
    local unproven = #ids_of(st, "accepted")
    if verdict == "closed" and unproven > 0 then
        tell_unproven(st)
        return make_verdict("inconclusive", reason .. "; " .. more_accepted(st, unproven))
    end
    return make_verdict(verdict, reason)
end

local function accepted_verdict(st)
    local ids, first = list_of(st, "accepted")
    if not first then
        return nil
    elseif st.stopped then
        return make_verdict("inconclusive", ("%s: recipient accepted, and no message could be sent: %s")
            :format(ids, st.stopped))
    end
    return make_verdict("suspect", ids .. ": recipient accepted, no message was sent to prove it"
        .. (st.short and ": " .. HOST_HAD_ALL or ""))
end

---Where the sender is the recipient, what came back may be a report without a sign of one. A server that returns other
---forms to their sender does so with these.
local function discount_returned_to_sender(st)
    local _, bounced = list_of(st, "bounced")
    for _, attempt in ipairs(st.attempts) do
        if bounced and attempt.at == "returned" and attempt.from == attempt.to then
            attempt.at = "bounced"
        end
    end
end

local function open_or_not(st)
    discount_returned_to_sender(st)
    return attempts.is_back(st) and open_verdict(st)
end

---Who has refused some forms and only put off others has not refused all.
local function unless_put_off(st, verdict)
    local ids, first = ids_put_off(st)
    if verdict.verdict ~= "closed" or not first then
        return verdict
    end
    return make_verdict("inconclusive", ("%s; but %s %s only put off: %s")
        :format(verdict.reason, few(ids), #ids == 1 and "was" or "were", first.judged.reason))
end

local function verdict_of(st)
    return unless_put_off(st, open_or_not(st) or bounce_verdict(st) or catch_all_verdict(st) or sent_verdict(st)
        or data_verdict(st) or accepted_verdict(st) or refusal_verdict(st))
end

ajar.internal.relay_verdict = { conclude = verdict_of, confirm = confirm, ask_control = ask_control }
return ajar.internal.relay_verdict
