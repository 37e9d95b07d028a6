---@meta
-- ajar: probes, verdicts, mailboxes and tokens
-- Name: ajar
--
-- What every probe has, whatever its pack declares. A script finds it all in the global `ajar`; nothing is loaded.
--
-- What could not be done is raised as the verdict that it means, so that a script need not look: no connection is
-- `unreachable`; silence, garbage or a cut-off reply `inconclusive`; a mistake of the script `error`. `pcall` catches it.

---The API that probes find: `ajar.smtp`, `ajar.http` and so on, as far as the probe's pack has declared their capabilities.
---@class ajar
ajar = {}

---The API's version, a whole number. What it is said to be *since* is there from that version on. It grows by one when
---something is added, and what is there stays as it is meanwhile; what is to go is *deprecated* first, which its entry
---here, editors and `ajar pack check` say, together with what to take instead. A pack says in `pack.json` which version it
---was written for.
---
---```lua
----- ajar sim relay-closed
---ajar.note("API " .. ajar.api) --> API 1
---```
---@type integer
ajar.api = 1

---@alias ajar.verdict.word
---| "open" proven: the token came back through the target
---| "suspect" the target said yes, and nothing came back in time
---| "closed" the target refused, or asks for a log-in
---| "unreachable" no connection
---| "inconclusive" it spoke, and no answer could be had
---| "error" the probe itself failed

---What a probe concludes. `tostring` gives "closed: 554 5.7.1 Relay access denied". A probe may change `reason` before it
---returns it.
---@class ajar.verdict
---@field verdict ajar.verdict.word
---@field reason string what was seen, in a few words
---@field proof? string the token that came back, after `ajar.await`
---@field receipt? ajar.receipt what came back, after `ajar.await`
---@field code? string of one that was raised: what failed, as "ETIMEDOUT" (see `ajar.unanswered`)
---@field ports? { reached: integer[], missed: integer[] } of a proxy, where the sink has several ports

---What our sink got.
---@class ajar.receipt
---@field kind "mail"|"line"|"http"|"datagram"
---@field peer string from where, "ADDR:PORT"
---@field at string when, in UTC
---@field digest string SHA-256 of what came, in hexadecimal
---@field answer string what the sink has answered; "" where it has not
---@field port? integer of the sink's, to which it came
---@field line integer of the tape

---What a step found: it goes into the case as its `form` and `cause`, and the letter to the owner says what exactly is open
---and what closes that.
---@class ajar.finding
---@field id string of the form that came through: "R4"
---@field cause string the misconfiguration, by its name in scripts/notice/cause.lua: "percent-route"

---Whom a probe is to test. `tostring` gives "192.0.2.1:25".
---@class ajar.target
---@field address string "192.0.2.1", "2001:db8::1"
---@field port integer
---@field name? string the host name that it was given by
---@field address_literal string as mail wants it: "[192.0.2.1]", "[IPv6:2001:db8::1]"
---@field family integer 4 or 6
---@field args table<string, boolean|number|string> the values of the probe's arguments, checked; can't be written

---@class ajar.argument
---@field type "boolean"|"integer"|"number"|"string" a string is printable, of at most 64 bytes
---@field default boolean|number|string
---@field min? number least number, or length of a string in bytes
---@field max? number
---@field help string one line

---One of the forms that a probe tries, for whoever wants to know what it asks and what that would show. It changes nothing
---about a run.
---@class ajar.form
---@field id string as the finding has it: "R4"
---@field name string in a few words
---@field envelope string[] what is said to the server, line by line; what a test fills in stands in braces
---@field shows string what a server does with which it comes through: "relays by the percent hack"
---@field cause? string the misconfiguration, by its name in scripts/notice/cause.lua
---@field remedy string what closes it
---@field category? "safe"|"thorough"|"intrusive" what must be asked for to have it tried; default: the probe's own

---@class ajar.probe
---@field id string "relay/example": a-z, 0-9, hyphens, one slash; unique; at most 60 bytes
---@field kind "relay"|"proxy"
---@field ports integer[] where it is tried when the target names no port; at most 64
---@field summary string one line: the misconfiguration that it detects
---@field categories? ("safe"|"thorough"|"intrusive")[] default safe; the others run only when they are asked for
---@field args? table<string, ajar.argument> what the operator may tell it, with --arg NAME=VALUE; at most 8
---@field forms? ajar.form[] what it tries, where that is several things; at most 100
---@field run? fun(target: ajar.target): ajar.verdict what it does; here, or set afterwards: it must be there at the script's end

---Defines a probe, which the script returns. `run` may be set afterwards.
---
---Raises a text that says which field is wrong, and how it must be.
---
---```lua
----- ajar sim relay-closed
---local probe = ajar.probe {
---    id = "relay/example", kind = "relay", ports = { 25, 587 },
---    summary = "The misconfiguration, in one line",
---    args = {
---        limit = { type = "integer", default = 6, min = 1, max = 40, help = "how many to try" },
---    },
---}
---
---function probe.run(target)
---    return ajar.closed("at most " .. target.args.limit) --> closed: at most 6
---end
---
---return probe
---```
---@param fields ajar.probe
---@return ajar.probe probe the same table
function ajar.probe(fields) end

---The target refused, or asks for a log-in.
---
---```lua
----- ajar sim relay-closed
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local reply = smtp:rcpt(ajar.mailbox())
---return ajar.closed(reply) --> closed: 554 5.7.1 Relay access denied
---```
---@param what table|string a reply (of SMTP, HTTP or SOCKS), which becomes a step of the verdict, or the reason in words
---@param words? string the reason, where the reply alone does not say it
---@return ajar.verdict verdict for `probe.run` to return
function ajar.closed(what, words) end

---The target said yes, and nothing came back. Where a wait was cut short because the probe's own time was up, it becomes
---`inconclusive` when the probe has returned it.
---
---```lua
----- ajar sim relay-swallowing
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local reply = smtp:rcpt(ajar.mailbox())
---return ajar.suspect(reply, "takes a stranger's recipient") --> suspect: takes a stranger's recipient
---```
---@param what table|string a reply, or the reason in words
---@param words? string the reason, where the reply alone does not say it
---@return ajar.verdict verdict for `probe.run` to return
function ajar.suspect(what, words) end

---It spoke, and no answer could be had.
---
---```lua
----- ajar sim relay-greylisting
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---local reply = smtp:rcpt(ajar.mailbox())
---return ajar.inconclusive(reply) --> inconclusive: 451 4.7.1 Greylisted, come back in 300 seconds
---```
---@param what table|string a reply, or the reason in words
---@param words? string the reason, where the reply alone does not say it
---@return ajar.verdict verdict for `probe.run` to return
function ajar.inconclusive(what, words) end

---There was no connection. What connects raises this by itself; it is for probes that try more than one way.
---
---```lua
----- ajar sim relay-closed
---local ok, problem = pcall(ajar.smtp.connect, target, { port = 1 }) --> false, unreachable: …
---return ajar.unreachable("neither port answers") --> unreachable: neither port answers
---```
---@param what table|string a reply, or the reason in words
---@param words? string the reason, where the reply alone does not say it
---@return ajar.verdict verdict for `probe.run` to return
function ajar.unreachable(what, words) end

---Adds a step towards the verdict: what `ajar show` prints below it, pointing at a line of the tape, the reply's own or the
---last one there.
---
---```lua
----- ajar sim relay-open
---local smtp = ajar.smtp.connect(target)
---ajar.step(smtp.banner, "its greeting")
---ajar.step("a percent route is taken", nil, { id = "R4", cause = "percent-route" })
---```
---@param what table|string a reply, or words
---@param words? string words to put before a reply
---@param finding? ajar.finding what it found open
function ajar.step(what, words, finding) end

---Puts a remark onto the tape.
---
---```lua
----- ajar sim relay-open
---ajar.note("the target has the name " .. tostring(target.name)) --> the target has the name nil
---```
---@param text string at most 500 bytes
function ajar.note(text) end

---A mailbox at our sink, which belongs to one attempt: the only recipient that a relay test may name. As text it is its
---address. What proves is the test's mail at `address`: with its own `Message-ID`, whoever is its sender; or else with the
---message's text, not quoted nor below words of another's, and neither an answer nor a report.
---@class ajar.mailbox
---@field token string
---@field address string TOKEN@DOMAIN
---@field bounce string bounce-TOKEN@SENDER-DOMAIN: a sender in another domain of ours, to which refusals may come back
---@field domain string

---Makes a new attempt's own mailbox at our sink. Take a new one for each attempt.
---
---Raises `error` with code ELIMIT when a probe has had 256 tokens.
---
---```lua
----- ajar sim relay-open
---local mailbox = ajar.mailbox()
---ajar.note(mailbox.domain) --> ajar.test
---ajar.note(tostring(mailbox)) --> …@ajar.test
---ajar.note(mailbox.bounce) --> bounce-…@bounce.ajar.test
---```
---@return ajar.mailbox mailbox
function ajar.mailbox() end

---Makes a new attempt's token, for proxies: 32 letters and digits that nobody can guess.
---
---Raises `error` with code ELIMIT when a probe has had 256.
---
---```lua
----- ajar sim http-open
---local token = ajar.token()
---ajar.note(tostring(#token)) --> 32
---```
---@return string token
function ajar.token() end

---Waits for a token to come back to our sink. `open` with the receipt when it does. Else `suspect`, which the run makes
---`open` when the token comes later, while it lasts; `closed` where the mail was returned to its sender; `inconclusive`
---where it was only answered, or the probe's own time was up before.
---
---Raises `inconclusive` where the run was stopped.
---
---```lua
----- ajar sim relay-open
---local mailbox = ajar.mailbox()
---local smtp = ajar.smtp.connect(target)
---smtp:ehlo()
---smtp:mail("")
---smtp:rcpt(mailbox)
---smtp:data(ajar.message { to = mailbox })
---local verdict = ajar.await(mailbox)
---ajar.note("what came is a " .. verdict.receipt.kind) --> what came is a mail
---return verdict --> open: token returned
---```
---@param what ajar.mailbox|string a mailbox, or a token
---@param seconds? number default: the run's --wait
---@param finding? ajar.finding what it shows when it comes back
---@return ajar.verdict verdict
function ajar.await(what, seconds, finding) end

---For what was sent and not answered, with what `pcall` has caught: `open` when the token comes back all the same.
---
---Raises what the failed call has raised again, where no token comes; anything but an `inconclusive` at once.
---
---```lua
----- ajar sim relay-closed
---local smtp = ajar.smtp.connect(target)
---smtp:quit()
---local ok, problem = pcall(smtp.ehlo, smtp)
---local again, same = pcall(ajar.unanswered, problem, ajar.mailbox(), 0.1)
---ajar.note(tostring(again or same == problem)) --> true
---```
---@param problem any what `pcall` has caught
---@param what ajar.mailbox|string a mailbox, or a token
---@param seconds? number default: the run's --wait
---@param finding? ajar.finding what it shows when it comes back
---@return ajar.verdict verdict always `open`
function ajar.unanswered(problem, what, seconds, finding) end

---What probes of proxies share.
---@class ajar.proxy
ajar.proxy = {}

---Makes the argument that a probe of a proxy declares, `answer`: the seconds to wait for each answer. The whole tests of
---`ajar.http`, `ajar.h2`, `ajar.http_udp`, `ajar.web_proxy`, `ajar.socks`, `ajar.gateway` and `ajar.turn` keep to it; where it is
---0, or not declared, they wait as long as their pages say.
---
---```lua
----- ajar sim http-closed
---local probe = ajar.probe {
---    id = "proxy/example", kind = "proxy", ports = { 3128 },
---    summary = "Opens tunnels to any address",
---    args = ajar.proxy.args(),
---}
---
---function probe.run(target)
---    return ajar.http.test_connect(target) --> closed: HTTP 403 Forbidden
---end
---
---return probe
---```
---@return table<string, ajar.argument> args a table of its own, to which others may be added
function ajar.proxy.args() end

---Waits.
---
---Raises `inconclusive` where the probe's own time is up before, or the run was stopped.
---
---```lua
----- ajar sim relay-open
---local before = ajar.now()
---ajar.sleep(0.1)
---ajar.note(tostring(ajar.now() - before >= 0.1)) --> true
---```
---@param seconds number at most 3600
function ajar.sleep(seconds) end

---Looks at the clock. The time goes onto the tape, as a replay must see the same.
---
---```lua
----- ajar sim relay-open
---local seconds, text = ajar.now()
---ajar.note(text:sub(1, 2) .. text:sub(-1)) --> 20Z
---```
---@return number seconds since 1970
---@return string text the same in UTC: "2026-11-27T20:27:51.074035Z"
function ajar.now() end

---Lines that are said one after another, whatever becomes of each: what `ajar repl` makes of what a person has typed.
---@class ajar.session
---@field count integer how many there were
local session = {}

---Begins such a session.
---
---```lua
----- ajar sim relay-open
---local session = ajar.session()
---session:line(function() smtp = ajar.smtp.connect(target) end)
---session:line(function() error("no end") end)
---session:line(function() return ajar.closed(smtp:mail("")) end)
---ajar.note("lines: " .. session.count) --> lines: 3
---```
---@return ajar.session session
function ajar.session() end

---Runs one line, and keeps the verdict that it returns, if it does. What it fails with is no end; nor is it when its budget of
---instructions is spent, 16 times in a probe's life.
---
---```lua
----- ajar sim relay-open
---local session = ajar.session()
---session:line(function() error("no end") end)
---session:line(function() return ajar.closed("it is") end)
---return session:verdict() --> closed: it is
---```
---@param line fun(): any
function session:line(line) end

---The last verdict that a line gave; `inconclusive` where none did.
---
---```lua
----- ajar sim relay-open
---local session = ajar.session()
---session:line(function() nobody = true end)
---return session:verdict() --> inconclusive: lines that were typed, and none gave a verdict: 1
---```
---@return ajar.verdict verdict
function session:verdict() end

---Lines as they are typed: in `ajar repl` alone.
---@private
---@param like function whose globals they see
function session:listen(like) end
