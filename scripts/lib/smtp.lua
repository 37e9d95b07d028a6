-- ajar.smtp: the client's side of SMTP (RFC 5321), straight down.

local raw, ajar = raw, ajar
local error, setmetatable, tostring, type = error, setmetatable, tostring, type
local check, check_open, fail = ajar.internal.check, ajar.internal.check_open, ajar.internal.fail

---@class ajar.smtp.reply
local reply_methods = {}
local reply_meta = { __metatable = false }
reply_meta.__tostring = function(r)
    return r.code .. " " .. r.said
end

-- Of the reply that was parted last, as one is asked for several times in a row.
local parted_code, parted_said, last_enhanced, last_text

-- Sixteen tests make fifty replies, and few are asked for more than their code: the rest is made when asked for.
function reply_meta.__index(r, key)
    if key ~= "text" and key ~= "enhanced" then
        return reply_methods[key]
    end
    local code, said = r.code, r.said
    if code ~= parted_code or said ~= parted_said then
        last_enhanced, last_text = raw.part(code, said)
        parted_code, parted_said = code, said
    end
    if key == "text" then
        return last_text
    end
    return last_enhanced
end

---Where a reply of 4xx or 5xx is a refusal of the relaying itself or of the client, and not trouble
---of the moment: 5xx, and 4.7.x (Postfix defers with 454 4.7.1), but not 451 4.7.1 (greylisting).
function reply_methods:refuses()
    if self.code >= 500 then
        return true
    end
    return self.code == 454 and (self.enhanced or ""):find("^4%.7%.") ~= nil
end

---True when the refusal asks for a log-in (RFC 4954: 530 5.7.0). The same code also asks for STARTTLS
---(RFC 3207): then the server says so in its text, or offers it and does not speak of authentication.
function reply_methods:asks_for_authentication()
    return self.code == 530 and not self.wants_tls
end

---Raises a failure in the middle of a conversation: who keeps a client waiting may do so on purpose.
local function lost(text, code)
    if code == "ETIMEDOUT" or code == "ETIME" then -- the latter from raw.exchanges and raw.ask_envelopes
        fail("perhaps a tarpit: " .. text, "ETIMEDOUT")
    end
    fail(text, code)
end

---A reply of the raw bindings, or their failure, raised. `offers` is what the server has offered.
local function reply(offers, code, said, line)
    if code == nil then
        lost(said, line)
    end
    local r = setmetatable({ code = code, said = said, line = line, ok = code >= 200 and code < 300 }, reply_meta)
    if code == 530 then
        r.wants_tls = said:find("STARTTLS", 1, true) ~= nil
            or offers.starttls and not said:lower():find("auth", 1, true) -- "authentication", "AUTH"
    end
    return r
end

---The banner, or its failure, raised. A port that speaks TLS from the start waits for us, and says nothing.
local function banner_reply(offers, seconds, code, said, line)
    if code == nil and line == "ETIMEDOUT" and not raw.time_is_up() then
        fail(("perhaps a tarpit: no banner in %d s (--arg banner=SECONDS waits longer); or a port that speaks TLS from "
            .. "the start (--arg tls=true)"):format(seconds), line)
    end
    return reply(offers, code, said, line)
end

---Raises the verdict on a banner or a greeting that lets nobody in.
local function turn_away(r)
    error(r.code >= 400 and ajar.smtp.refused(r) or ajar.inconclusive(r), 0)
end

---@class ajar.smtp.session
---@field begun? boolean a transaction has begun (MAIL), and no RSET came after
---@field message_sent? boolean it has got a message, whether it has answered or not
local session = {}
local session_meta = { __index = session, __metatable = false }

ajar.smtp = {}

-- Where TLS is spoken from the start (RFC 8314), and where services put it for those whose network lets 465 not through.
local TLS_PORTS = { [465] = true, [2465] = true }

-- Thousands of sessions wait for their banners at once: none has a table that is empty, nor one for itself before the
-- banner has come. Scripts of one VM share this one, so it can't be written.
local nothing = setmetatable({}, {
    __newindex = function()
        error("this table is the same for all scripts and can't be changed", 2)
    end,
    __metatable = false,
})

---The banner, and the name in it, if any, which is the target's own from here on.
local function named_banner(conn, seconds)
    local code, said, line, name = raw.banner(conn, seconds)
    return banner_reply(nothing, seconds, code, said, line), name ~= "" and name or nil
end

---Connects and reads the banner, for which `banner` seconds may go by; on ports 465 and 2465, or with tls = true,
---inside TLS. Without a connection the probe ends as unreachable, without a banner or with a 4xx as inconclusive, with a
---5xx as closed.
---@param target ajar.target
---@param options? ajar.smtp.options
---@return ajar.smtp.session session
function ajar.smtp.connect(target, options)
    options = options or nothing
    local seconds = options.seconds or 30
    local port = options.port or target.port
    local conn = check_open(raw.open(port, seconds))
    if options.proxy then
        check(raw.proxy_line(conn))
    end
    if options.tls or options.tls == nil and TLS_PORTS[port] then
        check(raw.secure(conn, target.name or "", seconds))
    end
    local patience = options.banner or seconds
    local banner, name
    if options.names then
        banner, name = named_banner(conn, patience)
    else
        banner = banner_reply(nothing, patience, raw.reply(conn, patience))
    end
    if banner.code ~= 220 then
        turn_away(banner)
    end
    local self = setmetatable({ conn = conn, seconds = seconds, offers = nothing, target = target, banner = banner },
        session_meta)
    if options.names then
        self.names, self.banner_name = true, name
    end
    return self
end

---One greeting; what the server offers and calls itself is kept.
local function greet(self, line)
    local code, said, tape_line, name, offers = raw.ehlo(self.conn, line, self.seconds, self.names)
    local r = reply(self.offers, code, said, tape_line)
    if r.ok then
        self.name, self.offers = name, offers
    end
    return r
end

---EHLO, and HELO where EHLO is refused.
---@param helo? string
---@return ajar.smtp.reply reply
function session:ehlo(helo)
    helo = helo or raw.fact("helo")
    local r = greet(self, "EHLO " .. helo)
    if not r.ok and r.code >= 500 then
        r = greet(self, "HELO " .. helo)
        self.offers = nothing
    end
    if not r.ok then
        turn_away(r)
    end
    return r
end

---A command with a path, which gets <> where it has none.
local function with_path(verb, of)
    of = tostring(of)
    return of:byte(1) == 60 and verb .. of or verb .. "<" .. of .. ">"
end

---MAIL FROM. A path without <> gets them; "" is the null reverse-path.
---@param reverse_path string|ajar.mailbox
---@return ajar.smtp.reply reply
function session:mail(reverse_path)
    self.begun = true
    return self:command(with_path("MAIL FROM:", reverse_path))
end

---RCPT TO: the attempt's own mailbox, in any spelling.
---@param forward_path string|ajar.mailbox
---@return ajar.smtp.reply reply
function session:rcpt(forward_path)
    return self:command(with_path("RCPT TO:", forward_path))
end

---@return ajar.smtp.reply reply
function session:rset()
    self.begun = nil
    return self:command("RSET")
end

---DATA, the test message and its end. The first refusal is what comes back.
---@param message { to: ajar.mailbox, again?: boolean }
---@return ajar.smtp.reply reply
function session:data(message)
    local r = reply(self.offers, raw.data(self.conn, self.seconds))
    if r.code ~= 354 then
        r.ok = false
        return r
    end
    self.message_sent = true
    return reply(self.offers, raw.message(self.conn, message.to.token, self.seconds, message.form, message.again))
end

---STARTTLS and the handshake; EHLO must follow (RFC 3207).
---@return ajar.smtp.reply reply
function session:starttls()
    local r = self:command("STARTTLS")
    if r.code == 220 then
        check(raw.secure(self.conn, self.target.name or "", self.seconds))
        self.offers, self.secured = nothing, true
    end
    return r
end

---Goes into TLS and greets again, where the reply wants that and the server offers it. True: what it refused is to be
---said once more.
---@param r ajar.smtp.reply
---@return boolean again
function session:into_tls(r)
    if not r.wants_tls or self.secured or not self.offers.starttls or not self:starttls().ok then
        return false
    end
    self:ehlo()
    return true
end

---What the server is called: the first name with a dot in it, of those that it gave itself and the one it was given
---to us by; without such a one any of them; nil when there is none.
---@return string? name
function session:host()
    local first
    for _, name in ipairs { self.banner_name or "", self.name or "", self.target.name or "" } do
        if name:find(".", 1, true) then
            return name
        end
        first = first or name ~= "" and name or nil
    end
    return first
end

---Sends one command and reads its reply. Only EHLO, HELO, MAIL, RCPT, RSET, NOOP, STARTTLS, QUIT, and
---XCLIENT ADDR=127.0.0.1.
---@param line string
---@return ajar.smtp.reply reply
function session:command(line)
    return reply(self.offers, raw.command(self.conn, line, self.seconds))
end

---Names a recipient whom the server can't have, at a name of its own, to see what it says of him: RCPT TO:<TOKEN@HOST>. No
---message can be sent on this connection any more.
---@param mailbox ajar.mailbox
---@param host string
---@return ajar.smtp.reply reply
function session:nobody(mailbox, host)
    return reply(self.offers, raw.nobody(self.conn, mailbox.token, host, self.seconds))
end

---What raw.exchanges gives for reply number i, as a reply.
local function nth(self, numbers, said, i)
    local at = 3 * i - 2
    local from = i > 1 and numbers[at - 1] or 0
    return reply(self.offers, numbers[at], said:sub(from + 1, numbers[at + 2]), numbers[at + 1])
end

---Several commands at once where the server offers PIPELINING (RFC 2920), else one after the other.
---@param lines string[]
---@return ajar.smtp.reply[] replies
function session:pipeline(lines)
    local numbers, said, problem, why, code = raw.exchanges(self.conn, lines, self.seconds, self.offers.pipelining)
    if not numbers then
        lost(said, problem)
    elseif why then
        lost(why, code)
    end
    local replies = {}
    for i = 1, #lines do
        replies[i] = nth(self, numbers, said, i)
    end
    return replies
end

-- Asking about envelopes -------------------------------------------------------------------------

local answers_meta = { __metatable = false }

-- Of sixteen answers one or two are looked at: each becomes a reply when it is.
function answers_meta.__index(answers, key)
    local at = key == "sender" and 1 or type(key) == "number" and key + 1
    if at and answers.numbers[3 * at] then
        local r = nth(answers.session, answers.numbers, answers.said, at)
        answers[key] = r
        return r
    end
    return nil
end

---The list itself where it holds nothing but strings, as it does when many are asked about.
local function as_strings(list)
    local n = #list
    if n == 1 and type(list[1]) ~= "string" then
        return { tostring(list[1]) }
    end
    for i = 1, n do
        if type(list[i]) ~= "string" then
            local copy = {}
            for j = 1, n do
                copy[j] = tostring(list[j])
            end
            return copy
        end
    end
    return list
end

---Puts a sender and then each recipient to the server, in one transaction without a message: all at once where the
---server offers PIPELINING, else one after the other until one is accepted. RSET comes first where a transaction has begun
---before.
---@param reverse_path string|ajar.mailbox
---@param forward_paths (string|ajar.mailbox)[]
---@param seconds? number
---@return ajar.smtp.answers answers
function session:ask(reverse_path, forward_paths, seconds)
    local paths, at_once = as_strings(forward_paths), self.offers.pipelining
    local numbers, said, accepted, why, code = raw.ask_envelopes(self.conn, tostring(reverse_path), paths,
        at_once and seconds or self.seconds, at_once, self.begun)
    if not numbers then
        lost(said, accepted)
    end
    self.begun = true
    return setmetatable({ session = self, numbers = numbers, said = said, accepted = accepted,
        lost = why and select(2, pcall(lost, why, code)) or nil }, answers_meta)
end

---QUIT in good order; trouble while leaving counts for nothing.
function session:quit()
    raw.command(self.conn, "QUIT", 5)
    raw.close(self.conn)
end

local function behind(before, words)
    return before and before .. ": " .. words or words
end

---A refusal in words, from the reply that refused.
---@param r ajar.smtp.reply
---@param before? string
---@return ajar.verdict verdict
function ajar.smtp.refused(r, before)
    if r:asks_for_authentication() then
        return ajar.closed(r, behind(before, "asks for authentication: " .. tostring(r)))
    elseif r.wants_tls then
        return ajar.closed(r, behind(before, "wants STARTTLS first: " .. tostring(r)))
    end
    local judged = ajar.smtp.judge(r)
    local unsure = judged.verdict == "inconclusive"
    if not unsure and r:refuses() then
        return ajar.closed(r, before and behind(before, tostring(r)))
    end
    return ajar.inconclusive(r, behind(before, unsure and judged.reason or "put off: " .. tostring(r)))
end

-- What a refusal means --------------------------------------------------------------------------

local minutes_in_words = {
    one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, ten = 10, fifteen = 15, twenty = 20, thirty = 30,
}

local LONGEST = 30 * 24 * 3600 -- seconds: who names more means never

---What a lower-case text names, unbounded.
local function seconds_named(text)
    local h, m, s = text:match("%f[%d](%d%d?):(%d%d):(%d%d)%f[%D]")
    if h then
        return h * 3600 + m * 60 + s
    end
    m, s = text:match("%f[%d](%d%d?):(%d%d)%f[%D]")
    if m then
        return m * 60 + s
    end
    local hours = text:match("%f[%d](%d+) ?hours?%f[%A]") or text:match("%f[%d](%d+) ?hrs?%f[%A]")
    local minutes = text:match("%f[%d](%d+) ?minutes?%f[%A]") or text:match("%f[%d](%d+) ?mins?%f[%A]")
        or minutes_in_words[text:match("(%a+) minutes?%f[%A]")]
    local seconds = text:match("%f[%d](%d+) ?seconds?%f[%A]") or text:match("%f[%d](%d+) ?secs?%f[%A]")
        or text:match("%f[%d](%d+)s%f[%A]")
    if hours or minutes or seconds then
        return (hours or 0) * 3600 + (minutes or 0) * 60 + (seconds or 0)
    end
    return nil
end

---How many seconds the text asks to wait, or nil: "300 seconds", "5 minutes", "00:05:00", "five minutes". No time at all
---("0 seconds") is none named, and more than 30 days are 30 days.
---@param text string
---@return number? seconds
function ajar.smtp.delay(text)
    local seconds = seconds_named(text:lower())
    return seconds and seconds > 0 and math.min(seconds, LONGEST) or nil
end

local LISTED = "refuses our own address, as one on a list, and says nothing of relaying (probe from another address): "
local log_in = { [530] = true, [534] = true, [535] = true, [538] = true }
local bad_syntax = { [500] = true, [501] = true, [502] = true, [503] = true, [504] = true, [555] = true }

---Is one of the words in a lower-case text?
local function has(lower, words)
    for i = 1, #words do
        if lower:find(words[i], 1, true) then
            return true
        end
    end
    return false
end

local function says(text, ...)
    return has(text:lower(), { ... })
end

local of_relaying = { "relaying denied", "relay access denied", "relay denied", "relay not permitted", "to relay", "not relay",
    "not listed", "n't listed" }
local of_a_list = { "blocked using", "spamhaus", "dnsbl", "blacklist", "blocklist", "black list", "block list" }

---Is it our own address that is refused, as one that a public list names? Then nothing was said about relaying. Only where
---the codes leave it open: a refusal of policy, or one without an enhanced code, may be about anything.
local function is_about_a_list(r, class, subject)
    local text = r.text:lower()
    if class ~= nil and subject ~= "7" or has(text, of_relaying) then
        return false
    elseif has(text, of_a_list) then
        return true
    end
    return says(text, "listed in ", "listed at ", "listed by ", "listed on ")
        and (says(text, "client", "your ip", "sending ip") or text:find("%d+%.%d+%.%d+%.%d+") ~= nil)
end

-- What a server may want of any client before it says anything of relaying: by enhanced code (RFC 7372, RFC 3463), where
-- that is of this alone, and in the words of those in use.
local wanted_of_clients = {
    { "a name in reverse DNS for our own address", { "7.25" }, "reverse hostname", "find your hostname", "reverse dns" },
    { "a sender whose domain the DNS knows (--sender-domain)", { "1.8" }, "sender address rejected: domain not found",
        "domain of sender address", "sender verify failed", "sender domain must exist" },
    { "a sender whose SPF record names our address", { "7.23", "7.24" }, "spf validation failed", "spf check failed" },
    { "another name in EHLO (--helo NAME)", {}, "helo command rejected" },
}

---What it wants of us, where that alone is refused; nil for all else.
local function wants_of_us(r)
    if r.text:lower():find("relay", 1, true) then
        return nil
    end
    local detail = (r.enhanced or ""):match("^[45]%.(.*)$")
    for _, want in ipairs(wanted_of_clients) do
        for _, code in ipairs(want[2]) do
            if code == detail then
                return want[1]
            end
        end
        if says(r.text, unpack(want, 3)) then
            return want[1]
        end
    end
    return nil
end

local function names_greylisting(text)
    return says(text, "greylist", "graylist", "grey-list", "gray-list", "grey list", "gray list")
end

---A reply of 4xx other than 421. The text decides only between kinds of delay.
local function judge_delay(r, class, subject)
    if r.code == 454 and says(r.text, "tls not available") then -- RFC 3207, section 4
        return "deferred"
    elseif r.code == 454 and (subject == "7" or class == nil and says(r.text, "relay")) then
        return "refused"
    elseif says(r.text, "rate limit", "too many", "too much", "throttl") then
        return "rate-limited"
    elseif is_about_a_list(r, class, subject) then
        return "listed"
    elseif names_greylisting(r.text) then
        return "greylisted"
    elseif (r.code == 450 or r.code == 451) and (class == nil or subject == "7" or r.enhanced == "4.2.0") then
        return "greylisted"
    end
    return "deferred"
end

---What a reply to MAIL, RCPT or DATA means. Codes decide; text is looked at only where they leave it open.
---  kind     "accepted", "refused", "syntax", "authentication", "tls", "greylisted", "rate-limited",
---           "busy", "deferred", "listed" (refused is our address, as one that a public list names), "unfit" (refused is
---           what we are or say of ourselves: reverse DNS, SPF, the name in EHLO)
---  verdict  what it means if nothing else is seen; nil for accepted
---  reason   in words
---  wait     seconds that the server asks for, if it does
---  named    a greylisting server says in words that it is one
---@param r ajar.smtp.reply
---@return ajar.smtp.judgement judgement
function ajar.smtp.judge(r)
    local class, subject = (r.enhanced or ""):match("^(%d)%.(%d+)%.")
    local said = tostring(r)
    if r.ok then
        return { kind = "accepted" }
    elseif r.wants_tls then
        return { kind = "tls", verdict = "closed", reason = "wants STARTTLS first: " .. said }
    end
    local wants = (r.code >= 500 or subject == "7") and r.code ~= 421 and not log_in[r.code] and wants_of_us(r)
    if wants then
        return { kind = "unfit", verdict = "inconclusive",
            reason = ("refuses us for want of %s, and says nothing of relaying: %s"):format(wants, said) }
    elseif log_in[r.code] then
        return { kind = "authentication", verdict = "closed", reason = "asks for authentication: " .. said }
    elseif bad_syntax[r.code] then
        return { kind = "syntax", verdict = "closed", reason = said }
    elseif r.code >= 500 and is_about_a_list(r, class, subject) then
        return { kind = "listed", verdict = "inconclusive", reason = LISTED .. said }
    elseif r.code >= 500 then
        return { kind = "refused", verdict = "closed", reason = said }
    elseif r.code == 421 then
        local limited = subject == "7" or says(r.text, "rate limit", "too many", "too much", "throttl")
        return { kind = limited and "rate-limited" or "busy", verdict = "inconclusive",
            reason = (limited and "limits how often it is asked: " or "ends the session: ") .. said }
    end
    local kind = judge_delay(r, class, subject)
    if kind == "refused" then
        return { kind = kind, verdict = "closed", reason = said }
    end
    local wait = kind == "greylisted" and ajar.smtp.delay(r.text) or nil
    local words = {
        ["rate-limited"] = "limits how often it is asked: " .. said,
        greylisted = wait and ("greylisted: asks to wait %d s%s"):format(wait, wait == LONGEST and " or longer" or "")
            or "may be greylisted: " .. said,
        deferred = "put off: " .. said,
        listed = LISTED .. said,
    }
    return { kind = kind, verdict = "inconclusive", reason = words[kind], wait = wait,
        named = kind == "greylisted" and names_greylisting(r.text) or nil }
end

return ajar.smtp
