-- ajar.web_form: scripts on a web server that mail what a form holds to whomever the form names (FormMail, T10).
--
-- Only the attempt's own mailbox can stand in the form (core/script/own_form.h). Variants that put a second
-- recipient into another field's value would also mail whoever the form is meant for, and are left out.

local raw, ajar = raw, ajar
local check, make_verdict, forms = ajar.internal.check, ajar.internal.verdict, ajar.internal.relay_forms

ajar.web_form = {}

-- Where such scripts are found, the most common first; "get" for those that also take a query.
local PATHS = {
    { "/cgi-bin/formmail.pl" }, { "/cgi-bin/formmail.pl", "get" }, { "/cgi-bin/FormMail.pl" },
    { "/cgi-bin/formmail.cgi" }, { "/cgi-sys/formmail.pl" }, { "/cgi-sys/FormMail.cgi" }, { "/formmail.php" },
    { "/cgi-bin/mailform.pl" }, { "/cgi-bin/sendmail.pl" }, { "/sendmail.php" },
}

local function is_secure(target)
    return target.port == 443 or target.port == 8443
end

---One form: what the server answers.
local function ask(target, http, path, mailbox)
    http = http and http:again() or ajar.http.connect(target, is_secure(target) and { tls = "http/1.1" } or nil)
    check(raw.form_send(http.conn, path[1], mailbox.token, path[2] == "get"))
    local r, text, code = raw.http_response(http.conn, "", http.seconds)
    return http, check(r, text, code)
end

-- Reports of non-delivery, and copies for the sender, that may come for one form.
local COPIES = 2

---What came for one mailbox. What went to the address of the sender, which stands in the form as well, is no relaying:
---many forms thank whoever has filled them in.
local function mail_for(mailbox, seconds)
    for _ = 0, COPIES do
        local receipt, text, code = raw.receipt(mailbox.token, seconds)
        if receipt and receipt.kind ~= "bounce" then
            return receipt
        elseif receipt then
            raw.step(("the form at %s writes to its sender's address, which is no relaying"):format(mailbox.path),
                receipt.line)
        elseif code ~= "ETIMEDOUT" then
            error(make_verdict("inconclusive", text), 0)
        else
            return nil, true
        end
    end
end

---The mailbox that got mail, of those that forms were filled with. The time is waited once, for the first: what came
---for the others meanwhile is there when they are asked for.
local function returned(pending, seconds)
    for _, mailbox in ipairs(pending) do
        local receipt, waited = mail_for(mailbox, seconds)
        if receipt then
            return mailbox, receipt
        end
        seconds = waited and 0 or seconds
    end
end

local function open_verdict(mailbox, receipt)
    local form = forms.by_id.T10
    raw.step(("%s: the mail of the form at %s came back to our sink from %s")
        :format(form.id, mailbox.path, receipt.peer), receipt.line, form.id, form.cause)
    raw.step("remedy: " .. form.remedy, receipt.line)
    local v = make_verdict("open", ("T10 came back from %s: %s"):format(mailbox.path, form.shows))
    v.proof, v.receipt = mailbox.token, receipt
    return v
end

---Tries the known paths, and waits for what the forms may have sent. A page is no yes: most say in it that something
---is missing. So without a mail the verdict is closed.
---@param target ajar.target
---@return ajar.verdict
function ajar.web_form.test(target)
    local http, last
    local pending = {}
    for _, path in ipairs(PATHS) do
        local mailbox = ajar.mailbox()
        http, last = ask(target, http, path, mailbox)
        if last.code >= 200 and last.code < 400 then
            raw.step(("%s answers: HTTP %d %s"):format(path[1], last.code, last.reason), last.line)
            pending[#pending + 1] = { token = mailbox.token, path = path[1] }
        end
    end
    local mailbox, receipt = returned(pending, raw.fact("wait"))
    if mailbox then
        return open_verdict(mailbox, receipt)
    elseif #pending > 0 then
        return make_verdict("closed", "answers forms with a page, and mails nobody whom they name")
    end
    return make_verdict("closed", ("has none of the known forms: HTTP %d %s"):format(last.code, last.reason))
end

return ajar.web_form
