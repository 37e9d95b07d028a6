-- Forms that are refused, asked about together: most servers refuse all of them, and those with the same sender need
-- one MAIL for all, and where the server offers PIPELINING one round trip.
--
-- Only a refusal that would be the same alone is taken from here: not one in other words behind all that are about
-- recipients, which may be about their count (relay_attempt.lua). A form that is accepted, put off or not answered is
-- tried by itself (relay_attempt.lua), with a sender and a message of its own, and so is all that can end in a finding.
-- (The first of a transaction is alone there as long as it is accepted: it is gone on with at once.) A server that loses
-- a session here is asked about one form at a time from then on.

local ajar = ajar
local says_time_is_up = ajar.internal.says_time_is_up
local attempts, judge = ajar.internal.relay_attempt, ajar.smtp.judge

local AT_ONCE_SECONDS = 10

---Can a form be asked about by nothing but MAIL and RCPT, its paths in brackets?
local function is_plain(form)
    return not form.greeting and form.recipient:byte(1) == 60
end

---Takes the first form off the list, and with it all that can share its transaction: attempts of them, and the rest.
local function take_group(st, list)
    local head, group, rest = list[1], {}, {}
    local alone = st.asks_alone or not is_plain(head)
    for _, form in ipairs(list) do
        local shares = is_plain(form) and form.sender == head.sender and form.parameters == head.parameters
        if form == head or shares and not alone then
            group[#group + 1] = attempts.new(st, form)
        else
            rest[#rest + 1] = form
        end
    end
    return group, rest
end

local final = { refused = true, listed = true, unfit = true, syntax = true, authentication = true }

---Would it have been answered so alone? The first of a transaction is alone there; behind another a delay may be about
---how many there are, and a bad sequence (503) about the refusal before.
local function settles(reply, is_first)
    if reply.ok or reply.wants_tls or reply.code == 421 then
        return false
    end
    return is_first or reply.code ~= 503 and final[judge(reply).kind]
end

---Those that were doubted are believed, as words about recipients have come behind them; not where they name a count.
local function believe_doubted(st, doubted)
    for i = #doubted, 1, -1 do
        local attempt = doubted[i]
        if not attempts.names_count(attempt.doubted) then
            attempts.believe(st, attempt.doubted)
            attempts.ended(attempt, "recipient", attempt.doubted)
            attempt.doubted = nil
            table.remove(doubted, i)
        end
    end
end

local none = {}

---Notes what the answers of recipients settle; what may be about a count is doubted.
local function note_recipients(st, group, answers)
    local doubted = none
    for i, attempt in ipairs(group) do
        local reply = answers[i]
        if reply and settles(reply, i == 1) then
            if attempts.hear_refusal(st, reply) and judge(reply).kind == "refused" then
                attempt.doubted = reply
                doubted = doubted == none and {} or doubted
                doubted[#doubted + 1] = attempt
            else
                attempts.ended(attempt, "recipient", reply)
                believe_doubted(st, doubted)
            end
        end
    end
end

---Notes what the answers settle, and gives how many that are.
local function note(st, group, answers)
    local sender, settled = answers.sender, 0
    if not sender or sender.ok then
        note_recipients(st, group, answers)
    elseif st.refused == 0 or not attempts.names_count(sender) then
        for i, attempt in ipairs(group) do
            if settles(sender, i == 1) then
                attempts.ended(attempt, "sender", sender)
            end
        end
    end
    for _, attempt in ipairs(group) do
        settled = settled + (attempt.at and 1 or 0)
    end
    return settled
end

---Takes what was doubted for an answer, once the same words are known to be about recipients.
local function recall(st, attempt)
    if not attempt.at and attempt.doubted and attempts.is_believed(st, attempt.doubted) then
        attempts.ended(attempt, "recipient", attempt.doubted)
    end
end

---The first reply that says 421, or nil.
local function farewell(group, answers)
    for i = 0, #group do
        local reply = i == 0 and answers.sender or answers[i]
        if reply and reply.code == 421 then
            return reply, i
        end
    end
    return nil
end

---What ended the session, if something did. A server that does so at the very first asks to be left alone; one that answers
---the first of several commands and no more may be one that loses what comes with a command, whatever it offers.
local function note_end(st, group, answers, was_fresh)
    local bye, at = farewell(group, answers)
    local lost = answers.lost
    if not bye and not lost then
        return
    elseif lost and (lost.verdict == "error" or lost.code == "ESTOPPED") then
        error(lost, 0)
    end
    attempts.drop_session(st)
    st.asks_alone = true
    if bye and was_fresh and at <= 1 then
        attempts.ended(group[1], at == 0 and "sender" or "recipient", bye)
        st.stopped = group[1].judged.reason
    elseif lost and was_fresh and lost.code == "ETIMEDOUT" and (not answers.sender or says_time_is_up(lost.reason)) then
        group[1].lost = lost
        st.stopped = lost.reason
    end
end

---Those of the group whose envelopes can be written; the others are left out.
local function writable(st, group)
    local asked, recipients = {}, {}
    for _, attempt in ipairs(group) do
        if attempts.have_envelope(st, attempt) then
            asked[#asked + 1], recipients[#recipients + 1] = attempt, attempt.to
        else
            attempt.at = "skipped"
        end
    end
    return asked, recipients
end

---Asks about a group. Each attempt that this settles has `at` and its reply afterwards, as when tried alone.
local function ask(st, group)
    if st.asks_alone or not is_plain(group[1].form) or not attempts.have_session(st, #group) then
        return
    end
    if #group == 1 and not st.smtp.offers.pipelining then
        return
    end
    local asked, recipients = writable(st, group)
    if #asked == 0 then
        return
    end
    local answers = st.smtp:ask(asked[1].from .. (asked[1].form.parameters or ""), recipients, AT_ONCE_SECONDS)
    local settled = note(st, asked, answers)
    if answers.accepted == 1 and not st.smtp.offers.pipelining then
        asked[1].in_hand = answers[1] -- the only recipient there, and its transaction still stands
    end
    note_end(st, asked, answers, st.in_session == 0)
    st.in_session = st.in_session + settled
end

ajar.internal.relay_screen = { take_group = take_group, ask = ask, recall = recall }
return ajar.internal.relay_screen
