-- ajar.smtp: the client's side of SMTP (RFC 5321), straight down.

local raw, ajar = raw, ajar
local check, check_open, fail = ajar.internal.check, ajar.internal.check_open, ajar.internal.fail

---@class ajar.smtp.reply
---@field code integer
---@field enhanced? string "5.7.1"
---@field text string the last line, behind the codes
---@field ok boolean 2xx (3xx for DATA)
---@field line integer of the tape
local reply_methods = {}
local reply_meta = { __index = reply_methods, __metatable = false }
reply_meta.__tostring = function(r)
    return r.code .. " " .. (r.enhanced and r.enhanced .. " " or "") .. r.text
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
---(RFC 3207): then the server offers it, or says so in its text.
function reply_methods:asks_for_authentication()
    return self.code == 530 and not self.wants_tls
end

---A reply of the raw bindings, or their failure, raised. `offers` is what the server has offered.
local function reply(offers, code, text, line, enhanced)
    if code == nil then
        fail(text, line)
    end
    return setmetatable({
        code = code, text = text, line = line, enhanced = enhanced,
        ok = code >= 200 and code < 400,
        wants_tls = code == 530 and (offers.starttls or text:find("STARTTLS", 1, true) ~= nil),
    }, reply_meta)
end

---@class ajar.smtp.session
---@field banner ajar.smtp.reply
---@field offers table what EHLO offered: pipelining, starttls, smtputf8, auth, xclient
---@field name string what the server calls itself
---@field message_sent? boolean it has got a message, whether it has answered or not
local session = {}
local session_meta = { __index = session, __metatable = false }

ajar.smtp = {}

---Connects and reads the banner; on port 465, or with tls = true, inside TLS (RFC 8314). Without a
---connection the probe ends as unreachable, without a banner or with a 4xx as inconclusive, with a 5xx as
---closed.
---@param target ajar.target
---@param options? { port?: integer, seconds?: number, tls?: boolean }
---@return ajar.smtp.session
function ajar.smtp.connect(target, options)
    options = options or {}
    local seconds = options.seconds or 30
    local port = options.port or target.port
    local conn = check_open(raw.open(port, seconds))
    if options.tls or options.tls == nil and port == 465 then
        check(raw.secure(conn, target.name or "", seconds))
    end
    local self = setmetatable({ conn = conn, seconds = seconds, offers = {}, target = target }, session_meta)
    self.names = options.names
    if options.names then
        self.banner = self:read_banner()
    else
        self.banner = reply(self.offers, raw.reply(conn, seconds))
    end
    if self.banner.code ~= 220 then
        error(self.banner.code >= 500 and ajar.closed(self.banner) or ajar.inconclusive(self.banner), 0)
    end
    return self
end

---The banner with the name in it, which is the target's own from here on.
function session:read_banner()
    local code, text, line, enhanced, name = raw.banner(self.conn, self.seconds)
    local r = reply(self.offers, code, text, line, enhanced)
    self.banner_name = name ~= "" and name or nil
    return r
end

---One greeting; what the server offers and calls itself is kept.
local function greet(self, line)
    local code, text, tape_line, enhanced, name, offers = raw.ehlo(self.conn, line, self.seconds, self.names)
    local r = reply(self.offers, code, text, tape_line, enhanced)
    if r.ok then
        self.name, self.offers = name, offers
    end
    return r
end

---EHLO, and HELO where EHLO is refused.
---@return ajar.smtp.reply
function session:ehlo()
    local helo = raw.facts().helo
    local r = greet(self, "EHLO " .. helo)
    if not r.ok and r.code >= 500 then
        r = greet(self, "HELO " .. helo)
        self.offers = {}
    end
    if not r.ok then
        error(r.code >= 500 and ajar.closed(r) or ajar.inconclusive(r), 0)
    end
    return r
end

local function path(of)
    of = tostring(of)
    return of:sub(1, 1) == "<" and of or "<" .. of .. ">"
end

---MAIL FROM. A path without <> gets them; "" is the null reverse-path.
---@param reverse_path string|ajar.mailbox
---@return ajar.smtp.reply
function session:mail(reverse_path)
    return self:command("MAIL FROM:" .. path(reverse_path))
end

---RCPT TO: the attempt's own mailbox, in any spelling.
---@param forward_path string|ajar.mailbox
---@return ajar.smtp.reply
function session:rcpt(forward_path)
    return self:command("RCPT TO:" .. path(forward_path))
end

---@return ajar.smtp.reply
function session:rset()
    return self:command("RSET")
end

---DATA, the test message and its end. The first refusal is what comes back.
---@param message { to: ajar.mailbox }
---@return ajar.smtp.reply
function session:data(message)
    local r = reply(self.offers, raw.data(self.conn, self.seconds))
    if r.code ~= 354 then
        r.ok = false
        return r
    end
    self.message_sent = true
    return reply(self.offers, raw.message(self.conn, message.to.token, self.seconds))
end

---STARTTLS and the handshake; EHLO must follow (RFC 3207).
---@return ajar.smtp.reply
function session:starttls()
    local r = self:command("STARTTLS")
    if r.code == 220 then
        check(raw.secure(self.conn, self.target.name or "", self.seconds))
        self.offers, self.secured = {}, true
    end
    return r
end

---Sends one command and reads its reply. Only EHLO, HELO, MAIL, RCPT, RSET, NOOP, STARTTLS and QUIT.
---@param line string
---@return ajar.smtp.reply
function session:command(line)
    return reply(self.offers, raw.command(self.conn, line, self.seconds))
end

---Several commands at once where the server offers PIPELINING (RFC 2920), else one after the other.
---@param lines string[]
---@return ajar.smtp.reply[] one for each
function session:pipeline(lines)
    local replies = {}
    if not self.offers.pipelining then
        for i, line in ipairs(lines) do
            replies[i] = self:command(line)
        end
        return replies
    end
    check(raw.send(self.conn, lines))
    for i in ipairs(lines) do
        replies[i] = reply(self.offers, raw.reply(self.conn, self.seconds))
    end
    return replies
end

---QUIT in good order; trouble while leaving counts for nothing.
function session:quit()
    raw.command(self.conn, "QUIT", 5)
    raw.close(self.conn)
end

---A refusal in words, from the reply that refused.
---@param r ajar.smtp.reply
---@return ajar.verdict
function ajar.smtp.refused(r)
    if r:asks_for_authentication() then
        return ajar.closed(r, "asks for authentication: " .. tostring(r))
    elseif r.wants_tls then
        return ajar.closed(r, "wants STARTTLS first: " .. tostring(r))
    elseif r:refuses() then
        return ajar.closed(r)
    end
    return ajar.inconclusive(r, "put off: " .. tostring(r))
end

return ajar.smtp
