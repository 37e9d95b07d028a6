-- ajar.web_form: scripts on a web server that mail what a form holds to whomever the form names (FormMail, T10).
--
-- Only the attempt's own mailbox can stand in the form (core/script/own_form.h). Variants that put a second
-- recipient into another field's value would also mail whoever the form is meant for, and are left out.

local raw, ajar = raw, ajar
local check, make_verdict, forms = ajar.internal.check, ajar.internal.verdict, ajar.internal.relay_forms
local page_options = ajar.internal.http.page_options
local await_receipt, out_of_time = ajar.internal.await_receipt, ajar.internal.out_of_time

ajar.web_form = {}

-- Where such scripts are found, the most common first; "get" for those that also take a query.
local PATHS = {
    { "/cgi-bin/formmail.pl" }, { "/cgi-bin/formmail.pl", "get" }, { "/cgi-bin/FormMail.pl" },
    { "/cgi-bin/formmail.cgi" }, { "/cgi-sys/formmail.pl" }, { "/cgi-sys/FormMail.cgi" }, { "/formmail.php" },
    { "/cgi-bin/mailform.pl" }, { "/cgi-bin/sendmail.pl" }, { "/sendmail.php" },
}

---One form, filled with an attempt's mailbox: what the server answers. `again`: the second of two, another text.
local function ask(target, http, attempt, again)
    http = http and http:again() or ajar.http.connect(target, page_options(target))
    check(raw.form_send(http.conn, attempt.path, attempt.token, attempt.get, again))
    local r, text, code = raw.http_response(http.conn, "", http.seconds, true)
    return http, check(r, text, code)
end

---Is this a page, as a form may answer that has sent its mail?
local function is_page(r)
    return r.code >= 200 and r.code < 400
end

-- How FormMail, of Matt Wright and of the NMS project, says in a page that it does not mail whom it is told to.
local REFUSALS = { "Error: Bad/No Recipient", "Error: Bad or Missing Recipient" }

local function refuses(r)
    for _, words in ipairs(REFUSALS) do
        if r.body:find(words, 1, true) then
            return true
        end
    end
    return false
end

---A page that one path has answered with: a yes, a no, or neither.
local function take_page(attempt, r)
    attempt.refused = refuses(r)
    raw.step(("%s answers: HTTP %d %s%s"):format(attempt.path, r.code, r.reason,
        attempt.refused and ", which refuses the recipient" or ""), r.line)
end

---What came for one attempt. What went to the address of the sender, which stands in the form as well, is no relaying:
---many forms thank whoever has filled them in. What came to the mailbox that it names, without our text, is no proof. A form
---that has mailed has had a message of those that the host may get.
local function mail_for(attempt, seconds)
    local receipt, others, text, code = await_receipt(attempt.token, seconds)
    if receipt or next(others) ~= nil then
        check(raw.form_mailed(attempt.again))
    end
    local copy = others.answer or others.bounce
    if copy then
        raw.step(("the form at %s writes to its sender's address, which is no relaying"):format(attempt.path),
            copy.line)
        attempt.copied = true
    end
    attempt.other = others.other or others.report
    if not receipt and next(others) == nil and code ~= "ETIMEDOUT" then
        error(make_verdict("inconclusive", text), 0)
    end
    return receipt
end

---The verdict where a form has mailed whom it names, and not our text; or nil.
local function other_verdict(pending)
    local form = forms.by_id.T10
    for _, attempt in ipairs(pending) do
        if attempt.other then
            raw.step(("%s: the form at %s mailed the mailbox that it names, and not with our text")
                :format(form.id, attempt.path), attempt.other.line, form.id, form.cause)
            local v = make_verdict("suspect", "T10: a form mailed the mailbox that it names, and not with our text")
            v.mail_is_out = true
            return v
        end
    end
    return nil
end

---The attempt that got mail. The time is waited once, for the first: what came for the others meanwhile is there when
---they are asked for.
local function returned(pending, seconds)
    for _, attempt in ipairs(pending) do
        local receipt = mail_for(attempt, seconds)
        if receipt then
            return attempt, receipt
        end
        seconds = 0
    end
end

local function open_verdict(attempt, receipt)
    local form = forms.by_id.T10
    raw.step(("%s: the mail of the form at %s came back to our sink from %s")
        :format(form.id, attempt.path, receipt.peer), receipt.line, form.id, form.cause)
    raw.step("remedy: " .. form.remedy, receipt.line)
    local v = make_verdict("open", ("T10 came back from %s: %s"):format(attempt.path, form.shows))
    v.proof, v.receipt = attempt.token, receipt
    return v
end

---The second message, by the form whose first came back.
local function confirmed(target, http, first, receipt)
    return ajar.relay.confirm(target, open_verdict(first, receipt), function(mailbox)
        local second = { token = mailbox.token, path = first.path, get = first.get, again = true }
        local _, response = ask(target, http, second, true)
        if not is_page(response) then
            return make_verdict("closed", ("HTTP %d %s"):format(response.code, response.reason))
        end
        local came = mail_for(second, raw.fact("wait"))
        local v = make_verdict(came and "open" or "suspect", "the second message")
        v.receipt = came
        return v
    end)
end

---The verdict where no form has mailed whom it names. A page is no yes, as most say in it that something is missing; and
---no refusal either, as the mail may be still on its way. Refused has a form that says so, or that has mailed its sender
---alone.
local function without_mail(pending)
    for _, attempt in ipairs(pending) do
        if not (attempt.refused or attempt.copied) then
            return make_verdict("inconclusive", "a page at a form's place says neither yes nor no, and no mail came in time")
        end
    end
    return make_verdict("closed", "has a form, which does not mail whom it names")
end

---Tries the known paths, and waits for what the forms may have sent; what came back must do so twice.
---@param target ajar.target
---@return ajar.verdict verdict
function ajar.web_form.test(target)
    local http, last
    local pending = {}
    for _, path in ipairs(PATHS) do
        local attempt = { token = ajar.mailbox().token, path = path[1], get = path[2] == "get" }
        http, last = ask(target, http, attempt)
        if is_page(last) then
            take_page(attempt, last)
            pending[#pending + 1] = attempt
        end
    end
    local first, receipt = returned(pending, raw.fact("wait"))
    local other = not first and other_verdict(pending)
    if first then
        return confirmed(target, http, first, receipt)
    elseif other then
        return other
    elseif #pending > 0 and raw.time_is_up() then
        local v = out_of_time("answers forms with a page")
        v.mail_is_out = true
        return v
    elseif #pending > 0 then
        local v = without_mail(pending)
        v.mail_is_out = true
        return v
    end
    return make_verdict("closed", ("has none of the known forms: HTTP %d %s"):format(last.code, last.reason))
end

return ajar.web_form
