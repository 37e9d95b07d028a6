---@meta
-- ajar.smtp: the client's side of SMTP
-- Name: ajar.smtp
-- Capability: smtp
--
-- SMTP (RFC 5321), straight down. Sessions and replies have methods, which are called with a colon.
--
-- **Paths are checked in C**, whatever the script writes. A recipient must hold the attempt's own token and the mail
-- domain (or the tests' sender domain, which is ours too); besides these only the target (its address literal, the name it was given by, with `names` those it gave itself)
-- and `localhost` may occur, in any spelling with `@ % ! : , "`, in full-width letters, or as an SRS address. A sender may
-- have any local part, but no other host. Off loopback a *name* of the target's may occur only once the DNS has led it to the
-- target's address, by `ajar.dns.a` or `ajar.dns.aaaa` in the same probe. Two exceptions, after which no message can be sent
-- on that connection any more: the target's own `postmaster@` as a recipient, and a token's name there (`session:nobody`).
-- Anything else is raised as `error`, code ECONDUCT.
--
-- A wait that is in vain is raised as `inconclusive`: "perhaps a tarpit".

---@class ajar.smtp
ajar.smtp = {}

---Makes the test message for a mailbox. Its text is fixed: what it is, on whose behalf it was sent, how to object.
---
---Raises a text where `to` is no mailbox.
---
---```lua
----- ajar sim relay-after-data
---local mailbox = ajar.mailbox()
---local message = ajar.message { to = mailbox }
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---smtp:rcpt(mailbox)
---local reply = smtp:data(message) --> 550 5.7.1 not here
---```
---@param fields { to: ajar.mailbox, again?: boolean } again: the second one, of another shape, which confirms
---@return { to: ajar.mailbox, again?: boolean } message for `session:data`
function ajar.message(fields) end

---A server's answer to one command. `tostring` gives it as it came: "554 5.7.1 Relay access denied".
---@class ajar.smtp.reply
---@field code integer 554
---@field enhanced? string "5.7.1" (RFC 3463)
---@field text string the last line, behind the codes: "Relay access denied"
---@field said string enhanced code and text of all lines, as they came
---@field ok boolean 2xx; of `session:data`: the message was accepted
---@field wants_tls? boolean 530 that asks for STARTTLS (RFC 3207)
---@field line integer where it stands on the tape
local reply = {}

---Is it a refusal, of the relaying or of the client, and not trouble of the moment? That is 5xx, and 454 4.7.x, as Postfix
---defers; not 451 4.7.1, which is greylisting.
---
---```lua
----- ajar sim relay-deferring
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local reply = smtp:rcpt(ajar.mailbox()) --> 454 4.7.1 Relay access denied
---ajar.note(tostring(reply:refuses())) --> true
---```
---@return boolean refuses
function reply:refuses() end

---Does it ask for a log-in? That is 530 (RFC 4954), unless it asks for STARTTLS, which has the same code.
---
---```lua
----- ajar sim relay-password
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---local reply = smtp:mail("") --> 530 5.7.0 Authentication required
---ajar.note(tostring(reply:asks_for_authentication())) --> true
---```
---@return boolean asks
function reply:asks_for_authentication() end

---@class ajar.smtp.options
---@field port? integer default: the target's
---@field seconds? number for each wait of the session; default 30
---@field banner? number seconds for the banner alone; default: `seconds`
---@field tls? boolean TLS from the start; default: on ports 465 and 2465
---@field names? boolean the names that the server gives itself may stand in envelopes from here on
---@field proxy? boolean a line of the PROXY protocol goes first, which claims that we are the server itself

---A connection to a mail server.
---@class ajar.smtp.session
---@field banner ajar.smtp.reply
---@field offers table<string, boolean> what EHLO offered: pipelining, starttls, smtputf8, auth, xclient
---@field name? string what the server calls itself in its answer to EHLO
---@field banner_name? string what it calls itself in its banner, with `names`
---@field target ajar.target
---@field seconds number for each wait
local session = {}

---Connects and reads the banner.
---
---Raises `unreachable` without a connection; without a banner, or with one of 4xx, `inconclusive`; with one of 5xx `closed`.
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target, { seconds = 10 })
---ajar.note(tostring(smtp.banner)) --> 220 mail.sim.test ESMTP Postfix
---```
---@param target ajar.target
---@param options? ajar.smtp.options
---@return ajar.smtp.session session
function ajar.smtp.connect(target, options) end

---EHLO, and HELO where that is refused (RFC 5321, section 4.1.1.1).
---
---Raises `closed` or `inconclusive` where the server refuses both.
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---local reply = smtp:ehlo() --> 250 ENHANCEDSTATUSCODES
---ajar.note(smtp.name .. ", pipelining: " .. tostring(smtp.offers.pipelining)) --> mail.sim.test, pipelining: true
---```
---@param helo? string what to call ourselves; default: our own name
---@return ajar.smtp.reply reply
function session:ehlo(helo) end

---MAIL FROM (RFC 5321, section 4.1.1.2).
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---local reply = smtp:mail("postmaster@" .. target.address_literal) --> 250 2.0.0 ok
---```
---@param reverse_path string|ajar.mailbox one without <> gets them; "" is the null reverse-path
---@return ajar.smtp.reply reply
function session:mail(reverse_path) end

---RCPT TO (RFC 5321, section 4.1.1.3): the attempt's own mailbox, in any spelling.
---
---Raises `error` for anybody else, code ECONDUCT.
---
---```lua
----- ajar sim relay-closed
---local mailbox = ajar.mailbox()
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local plain = smtp:rcpt(mailbox) --> 554 5.7.1 Relay access denied
---local routed = smtp:rcpt(mailbox.token .. "%" .. mailbox.domain .. "@" .. target.address_literal) --> 554 5.7.1 Relay access denied
---local ok, problem = pcall(smtp.rcpt, smtp, "somebody@example.org") --> false, error: …
---```
---@param forward_path string|ajar.mailbox one without <> gets them
---@return ajar.smtp.reply reply
function session:rcpt(forward_path) end

---Forgets the transaction: RSET (RFC 5321, section 4.1.1.5).
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local reply = smtp:rset() --> 250 2.0.0 ok
---```
---@return ajar.smtp.reply reply
function session:rset() end

---DATA, the test message and its end (RFC 5321, section 4.1.1.4). The reply is the first refusal, or the last yes.
---Raises `inconclusive`, code EBUDGET, where the host has had as many test messages as it may get in a day (`--messages`).
---
---```lua
----- ajar sim relay-swallowing
---local mailbox = ajar.mailbox()
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---smtp:rcpt(mailbox)
---local reply = smtp:data(ajar.message { to = mailbox }) --> 250 2.0.0 ok
---```
---@param message { to: ajar.mailbox, again?: boolean } of `ajar.message`
---@return ajar.smtp.reply reply
function session:data(message) end

---STARTTLS and the handshake (RFC 3207); `session:ehlo` must follow. Any certificate will do.
---
---Raises `inconclusive` where the handshake fails.
---
---```lua
----- ajar sim submission-password
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---local reply = smtp:starttls() --> 220 2.0.0 go ahead
---smtp:ehlo()
---```
---@return ajar.smtp.reply reply
function session:starttls() end

---Goes into TLS and greets again, where the reply wants that and the server offers it.
---
---```lua
----- ajar sim submission-password
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---local reply = smtp:mail("")
---if smtp:into_tls(reply) then
---    reply = smtp:mail("")
---end
---return ajar.smtp.refused(reply) --> closed: asks for authentication: 530 5.7.0 Authentication required
---```
---@param reply ajar.smtp.reply
---@return boolean again what was refused is to be said once more
function session:into_tls(reply) end

---What the server is called: the first name with a dot in it, of those that it gave itself and the one that it was given to
---us by; without such a one any of them.
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---local name = smtp:host() --> mail.sim.test
---```
---@return string? name nil when there is none
function session:host() end

---Sends one command and reads its reply. Only EHLO, HELO, MAIL, RCPT, RSET, NOOP, STARTTLS, QUIT, and
---`XCLIENT ADDR=127.0.0.1`; at most 2048 bytes.
---
---Raises `error` for any other, code ECONDUCT.
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---local reply = smtp:command("NOOP") --> 250 2.0.0 ok
---local ok, problem = pcall(smtp.command, smtp, "VRFY root") --> false, error: …
---```
---@param line string
---@return ajar.smtp.reply reply
function session:command(line) end

---Names a recipient whom the server can't have, at a name of its own, to see what it says of him: `RCPT TO:<TOKEN@HOST>`. No
---message can be sent on this connection any more.
---
---```lua
----- ajar sim relay-closed
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local reply = smtp:nobody(ajar.mailbox(), target.address_literal) --> 554 5.7.1 Relay access denied
---```
---@param mailbox ajar.mailbox whose token is his name
---@param host string a name of the target's own, or its address literal
---@return ajar.smtp.reply reply
function session:nobody(mailbox, host) end

---Several commands, at once where the server offers PIPELINING (RFC 2920), else one after the other.
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---local replies = smtp:pipeline { "MAIL FROM:<>", "RCPT TO:<" .. ajar.mailbox() .. ">", "RSET" }
---ajar.note(#replies .. ", the last: " .. replies[3].code) --> 3, the last: 250
---```
---@param lines string[]
---@return ajar.smtp.reply[] replies one for each
function session:pipeline(lines) end

---What a server says of a sender and some recipients.
---@class ajar.smtp.answers
---@field sender ajar.smtp.reply? to MAIL; nil when the connection was lost before it
---@field accepted integer? the number of the first recipient that was accepted
---@field [integer] ajar.smtp.reply? to each RCPT; nil for one that was not put to the server, or not answered
---@field lost ajar.verdict? what the connection was lost by

---Puts a sender and then each recipient to the server, in one transaction without a message: at once where it offers
---PIPELINING, else one after the other until one is accepted. RSET goes first where a transaction had begun.
---
---```lua
----- ajar sim relay-closed
---local m = ajar.mailbox()
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---local answers = smtp:ask("", { m, m.token .. "%" .. m.domain .. "@" .. target.address_literal })
---ajar.note(tostring(answers[2])) --> 554 5.7.1 Relay access denied
---ajar.note(tostring(answers.accepted)) --> nil
---```
---@param reverse_path string|ajar.mailbox
---@param forward_paths (string|ajar.mailbox)[]
---@param seconds? number for all answers together, where they are asked for at once
---@return ajar.smtp.answers answers
function session:ask(reverse_path, forward_paths, seconds) end

---QUIT and close; trouble while leaving counts for nothing. A session that is still open when the probe ends is closed then.
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---smtp:quit()
---local ok, problem = pcall(smtp.ehlo, smtp) --> false, error: connection 1 is closed
---```
function session:quit() end

---The verdict that a refusing reply means: `closed`, with the reason, or `inconclusive` where the server only puts us off.
---
---```lua
----- ajar sim relay-password
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---return ajar.smtp.refused(smtp:mail("")) --> closed: asks for authentication: 530 5.7.0 Authentication required
---```
---@param reply ajar.smtp.reply
---@param before? string what came before it, in words: "recipient accepted, message refused"
---@return ajar.verdict verdict for `probe.run` to return
function ajar.smtp.refused(reply, before) end

---How many seconds a text asks to wait: "300 seconds", "5 minutes", "00:05:00", "five minutes". No time at all ("0 seconds")
---is none named, and more than 30 days are 30 days.
---
---```lua
----- ajar sim relay-closed
---local wait = ajar.smtp.delay("Greylisted, please come back in five minutes") --> 300
---local none = ajar.smtp.delay("Try again later") --> nil
---```
---@param text string
---@return number? seconds nil: none are named
function ajar.smtp.delay(text) end

---What a reply means.
---@class ajar.smtp.judgement
---@field kind "accepted"|"refused"|"syntax"|"authentication"|"tls"|"greylisted"|"rate-limited"|"busy"|"deferred"|"listed"|"unfit" listed: refused is our own address, as one that a public list names; unfit: refused is what we are or say of ourselves, as our reverse DNS, SPF or name in EHLO
---@field verdict? "closed"|"inconclusive" what it means if nothing else is seen; nil for accepted
---@field reason? string in words
---@field wait? number seconds that a greylisting server asks for
---@field named? boolean it says in words that it greylists

---Says what a reply to MAIL, RCPT or DATA means. Codes decide; text is looked at only where they leave it open.
---
---```lua
----- ajar sim relay-greylisting
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local judged = ajar.smtp.judge(smtp:rcpt(ajar.mailbox()))
---ajar.note(judged.kind .. ", so " .. judged.verdict) --> greylisted, so inconclusive
---```
---@param reply ajar.smtp.reply
---@return ajar.smtp.judgement judgement
function ajar.smtp.judge(reply) end
