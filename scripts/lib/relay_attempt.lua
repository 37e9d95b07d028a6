-- One attempt of a relay test: an envelope put to a server, in sessions that may end at any time, and what
-- came back for it.
--
-- A session has seven forms at most, with RSET between them; what a server ends is gone on with in the next
-- session, at the same form. `st` is the state of the probe, made in relay.lua.
--
-- Some servers count refusals, and refuse all that comes behind so many of them (Exim, where $rcpt_fail_count is looked
-- at): what they say then is about the count. The first refusal of a session is about its recipient, and so are its words
-- wherever they come; other words behind it may be about the count, and are doubted.

local raw, ajar = raw, ajar
local make_verdict, judge, guard = ajar.internal.verdict, ajar.smtp.judge, ajar.internal.relay_guard
local await_receipt, tell_others = ajar.internal.await_receipt, ajar.internal.tell_others

local PER_SESSION = 7
local LOSSES = 3 -- sessions in a row that end at their first form

-- Templates --------------------------------------------------------------------------------------

---A domain in full-width letters and figures (U+FF10 and on), which IDNA maps to the plain ones.
local function widen(domain)
    return (domain:gsub("[a-z0-9]", function(c)
        return c:find("%d") and "\239\188" .. string.char(c:byte() + 0x60)
            or "\239\189" .. string.char(c:byte() + 0x20)
    end))
end

---Those of three names that there are, the ones with a dot first.
local function with_dots_first(a, b, c)
    local dotted, bare = {}, {}
    for _, name in ipairs { a or "", b or "", c or "" } do
        local list = name:find(".", 1, true) and dotted or bare
        list[#list + 1] = name ~= "" and name or nil
    end
    for _, name in ipairs(bare) do
        dotted[#dotted + 1] = name
    end
    return dotted
end

---What the templates of an attempt are filled with, but for names.
local function variables(st, mailbox)
    return {
        victim = mailbox.address, vu = mailbox.token, vd = mailbox.domain,
        VU = mailbox.token:upper(), VD = mailbox.domain:upper(),
        wide = widen(mailbox.domain), stop = mailbox.domain:gsub("%.", "\227\128\130"),
        sender = mailbox.bounce, su = "bounce-" .. mailbox.token,
        ip = st.target.address_literal,
    }
end

---The names that these templates want, as far as they may be used.
local function add_names(st, with, templates)
    local banner, ehlo, given = st.smtp.banner_name, st.smtp.name, st.target.name
    if templates:find("{host}", 1, true) then
        with.host = guard.true_name(st, with_dots_first(banner, ehlo, given))
    end
    if templates:find("{rdns}", 1, true) then
        with.rdns = guard.true_name(st, with_dots_first(given))
    end
    if templates:find("{ldom}", 1, true) then
        with.ldom = guard.true_name(st, { given }) or guard.true_name(st, with_dots_first(banner, ehlo))
    end
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

-- Counted refusals -------------------------------------------------------------------------------

---A refusal without what is of its recipient alone, and without numbers.
local function words_of(reply)
    return (tostring(reply):gsub("<[^>]*>", "<>"):gsub("%S*[@!%%]%S*", "@"):gsub("%d+", "0"))
end

---Notes the refusal of a recipient. True: it may be about those before it in the session.
local function hear_refusal(st, reply)
    local last = st.heard
    if not last or reply.said ~= last.said or reply.code ~= last.code then
        local words = words_of(reply)
        last = { said = reply.said, code = reply.code, words = words }
        st.heard = last
        if st.refused == 0 then
            st.of_recipients[words] = true
        end
    end
    st.refused = st.refused + 1
    return not st.of_recipients[last.words]
end

---These words are about recipients, whatever refusals come before them.
local function believe(st, reply)
    st.of_recipients[words_of(reply)] = true
end

local function is_believed(st, reply)
    return st.of_recipients[words_of(reply)]
end

local counting = { "too many", "count", "exceed", "limit", "before", "previous", "earlier" }

---Does it say that it is about a count?
local function names_count(reply)
    local text = reply.text:lower()
    for _, word in ipairs(counting) do
        if text:find(word, 1, true) then
            return true
        end
    end
    return false
end

---Was it refused for those before it in the session, by a server that counts them, or says so?
local function is_counted(st, attempt)
    local at, before = attempt.at, st.refused
    if at ~= "recipient" and at ~= "sender" or attempt.reply.code == 421 then
        return false
    end
    local doubtful = not is_believed(st, attempt.reply)
    if at == "recipient" then
        doubtful = hear_refusal(st, attempt.reply)
    end
    return doubtful and before > 0 and (st.counts or names_count(attempt.reply))
end

-- Sessions ---------------------------------------------------------------------------------------

---A server that does not know the PROXY protocol takes its line for a command: then the first reply behind
---the banner is a refusal, or more replies come than commands were sent.
local function check_proxy_line(smtp)
    local ok, reply = pcall(smtp.command, smtp, "NOOP")
    if not ok then
        error(ajar.closed("takes no PROXY line: answers it as a command, or not at all"), 0)
    elseif not reply.ok then
        error(ajar.closed(reply, "takes no PROXY line: " .. tostring(reply)), 0)
    end
end

---Opens the next session, and greets with our own name or another; raises what ends the probe.
local function open_session(st, greeting)
    if st.sessions > 0 and st.gap > 0 then
        ajar.sleep(st.gap)
    end
    st.sessions, st.in_session, st.refused, st.heard = st.sessions + 1, 0, 0, nil
    st.smtp = ajar.smtp.connect(st.target, guard.connect_options(st.target, true, st.options.proxy))
    st.greeting = greeting
    if st.options.proxy then
        check_proxy_line(st.smtp)
    end
    st.smtp:ehlo(greeting)
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
    st.messages = st.messages + 1
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
        ended(attempt, "data", said)
        st.held = st.held or guard.is_put_off(said, attempt.judged)
        return attempt
    end
    ajar.step(said, attempt.form.id .. ": message accepted")
    st.pending[#st.pending + 1] = attempt
    return ended(attempt, "sent", said)
end

---Greets anew where the form wants another name; in a session of its own with a server that hears only one.
local function greet(st, attempt)
    local wanted = attempt.form.greeting and fill(attempt.form.greeting, attempt.with)
    if wanted == st.greeting then
        return
    end
    local ok, problem = pcall(st.smtp.ehlo, st.smtp, wanted)
    if not ok and type(problem) == "table" and problem.verdict == "closed" then
        close_session(st)
        open_session(st, wanted)
        st.in_session = 1
    elseif not ok then
        error(problem, 0)
    end
    st.greeting = wanted
end

---MAIL, inside TLS when the server wants it so.
local function say_sender(st, attempt)
    if st.smtp.begun then
        st.smtp:rset()
    end
    greet(st, attempt)
    st.smtp.begun = true
    local line = "MAIL FROM:" .. attempt.from .. (attempt.form.parameters or "")
    local reply = st.smtp:command(line)
    if st.smtp:into_tls(reply) then
        reply = st.smtp:command(line)
    end
    return reply
end

---How many messages may be transmitted in all: as the probe was told, or fewer where others have used up what the host may get.
local function most_messages(st)
    local left = raw.messages_left()
    return left and math.min(st.most_messages, st.messages + left) or st.most_messages
end

---May the second message be sent, which confirms?
local function may_confirm(st)
    return st.messages < most_messages(st)
end

---What is transmitted counts, be it refused behind its dot or not answered at all. Who has put one off behind the dot gets
---no other before the wait (`st.held`). One is kept for the confirmation, until that, where there may be more than one.
---st.short: the host may get no more, and the probe alone would send more.
local function may_send(st)
    local most = most_messages(st)
    local kept = not st.confirmed and most > 1 and 1 or 0
    local may = st.messages < most - kept
    st.short = st.short or not may and most < st.most_messages
    return may
end

---MAIL and RCPT: true when the recipient is accepted, and the reply. Raises when the connection is lost.
local say_envelope
function say_envelope(st, attempt)
    local reply = say_sender(st, attempt)
    if not reply.ok then
        ended(attempt, "sender", reply)
        return false
    end
    if attempt.nobody_at then
        reply = st.smtp:nobody(attempt.mailbox, attempt.nobody_at)
    else
        reply = st.smtp:command("RCPT TO:" .. attempt.to)
    end
    if st.smtp:into_tls(reply) then -- many servers put refusals off until the recipient
        st.smtp.begun = nil
        return say_envelope(st, attempt)
    end
    if not reply.ok then
        ended(attempt, "recipient", reply)
    end
    return reply.ok, reply
end

---Puts the envelope to the server, unless it was accepted a moment ago (relay_screen.lua), and the message after it.
local function speak(st, attempt, sending)
    local reply = attempt.in_hand
    attempt.in_hand = nil
    if not reply then
        local accepted
        accepted, reply = say_envelope(st, attempt)
        if not accepted then
            return attempt
        end
    end
    local sends = sending and may_send(st) and not st.held
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

---Makes sure that there is a session with room for so many forms; false when there can be none.
local function have_session(st, room)
    if st.smtp and st.in_session + room > (st.per_session or PER_SESSION) then
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

---Fills the templates; false when a name is not known that they need, or nothing is offered of what they need.
local function have_envelope(st, attempt)
    local form = attempt.form
    if form.needs and not st.smtp.offers[form.needs] then
        return false
    end
    if not attempt.with then
        attempt.with = variables(st, attempt.mailbox)
        add_names(st, attempt.with, form.sender .. form.recipient .. (form.greeting or ""))
        attempt.from, attempt.to = fill(form.sender, attempt.with), fill(form.recipient, attempt.with)
    end
    return attempt.from and attempt.to and (not form.greeting or fill(form.greeting, attempt.with))
end

---What it was answered was not about it: it is tried first in a session, and so many as came before are not exceeded again.
local function take_back(st, attempt)
    attempt.at, attempt.reply, attempt.judged = nil, nil, nil
    st.counts, st.asks_alone, st.per_session = true, true, math.max(1, st.in_session - 1)
    close_session(st)
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
        if not is_counted(st, attempt) then
            return true
        end
        take_back(st, attempt)
        return false
    end
    drop_session(st)
    attempt.lost = not ok and problem or nil
    st.losses = first and st.losses + 1 or 0
    if first and (ok or problem.code == "ETIMEDOUT" or st.losses == LOSSES) then
        st.stopped = ok and attempt.judged.reason or problem.reason
    end
    return first
end

---What was doubted is answered otherwise where nothing was refused before: then the server counts.
local function compare_doubted(st, attempt)
    local doubted = attempt.doubted
    if doubted and attempt.at and (attempt.accepted or words_of(attempt.reply) ~= words_of(doubted)) then
        st.counts, st.asks_alone = true, true
    end
end

---Tries an attempt, once more in a new session when the server ends the first, or refuses it for those before it.
local function try(st, attempt, sending)
    if attempt.doubted and not st.counts and st.smtp and st.refused > 0 then
        close_session(st)
    end
    for _ = 1, 2 do
        if not have_session(st, 1) then
            return
        end
        if not have_envelope(st, attempt) then
            attempt.at = "skipped"
            return
        end
        if go(st, attempt, sending) then
            compare_doubted(st, attempt)
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

---Where the test's own mailbox is the sender too, reports of non-delivery and answers come there.
local function sort_others(attempt, others)
    if attempt.from == attempt.to then
        others.bounce, others.report = others.bounce or others.report, nil
        others.answer, others.other = others.answer or others.other, nil
    end
    local seen = attempt.others or {}
    attempt.others = seen
    for kind in pairs(seen) do
        others[kind] = nil -- told before
    end
    for kind, receipt in pairs(others) do
        seen[kind] = receipt
    end
end

---Looks whether something came for an attempt; true when its mail did. One of which others have written is looked for
---further: the mail may come all the same.
local function look(attempt, seconds)
    local receipt, others, text, code = await_receipt(attempt.mailbox.token, seconds)
    if receipt then
        attempt.receipt, attempt.at = receipt, "returned"
        return true
    elseif next(others) == nil and code ~= "ETIMEDOUT" then
        error(make_verdict("inconclusive", code == "ESTOPPED" and ajar.internal.STOPPED_WAITING or text), 0)
    end
    sort_others(attempt, others)
    if others.bounce then
        attempt.receipt, attempt.at = others.bounce, "bounced"
        others.bounce = nil -- told with the verdict
    end
    tell_others(others, attempt.form.id .. ": ")
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

---Waits for what was sent, `seconds` in all: until the first comes back, or all that do. What counts is time in
---which nothing came: there is no clock to look at.
local function collect(st, seconds)
    local waited, slice = 0, 0.25
    while #st.pending > 0 and waited <= seconds and (st.thorough or not is_back(st)) do
        local share = #st.pending > 1 and math.min(slice, seconds - waited) or seconds - waited
        local still, came = {}, false
        for i, attempt in ipairs(st.pending) do
            if look(attempt, i == 1 and share or 0) then
                came = true
            else
                still[#still + 1] = attempt
            end
        end
        st.pending, slice = still, slice * 1.5
        waited = came and waited or waited + math.max(share, 0.001)
    end
end

---Only put off, and not taken since.
local function is_put_off(attempt)
    local said_no = attempt.at == "sender" or attempt.at == "recipient" or attempt.at == "data"
    return said_no and guard.is_put_off(attempt.reply, attempt.judged)
end

ajar.internal.relay_attempt = {
    new = new_attempt, try = try, close_session = close_session, may_send = may_send, may_confirm = may_confirm,
    have_session = have_session, have_envelope = have_envelope, drop_session = drop_session, ended = ended,
    look = look, collect = collect, is_back = is_back, is_put_off = is_put_off,
    hear_refusal = hear_refusal, believe = believe, is_believed = is_believed, names_count = names_count,
}
return ajar.internal.relay_attempt
