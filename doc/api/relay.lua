---@meta
-- ajar.relay: the known forms of an envelope
-- Name: ajar.relay
-- Capability: smtp
--
-- The known forms of an envelope, put to a server in order and within a budget; and what a relay probe of one's own needs
-- so as not to accuse the innocent. What the forms are, and what each shows, is told by `ajar probes relay/every-form`.

---@class ajar.relay
ajar.relay = {}

---How `ajar.relay.run` works.
---@class ajar.relay.options
---@field stages? string[][] lists of form ids, instead of all; what comes behind the first is tried where one before was taken
---@field thorough? boolean every form, each reported
---@field inside_tls? boolean with `prepare`: the known forms inside TLS, "R4t" for "R4"; one that is accepted is compared with its answer in plain text
---@field contrast? boolean a plain stranger must be refused first, else the forms show nothing
---@field needs? "starttls"|"xclient" with `contrast`: what the server must offer
---@field proxy? boolean a PROXY line goes before each session
---@field prepare? fun(st: { smtp: ajar.smtp.session }) called after each greeting; may end the probe with `ajar.relay.give_up`

---Puts the known forms to a target: in sessions of seven, as many messages as `messages` says at most, those whose refusals
---would go to the target's own postmaster last; the first that comes back ends it. What is put off is tried once more, within
---`patience`. Before it says `open`, it rules out that the target is a mail server of our own domain, and sends a second
---message of another shape (see `ajar.relay.confirm`).
---
---Raises as `ajar.smtp.connect` does.
---
---```lua
----- ajar sim relay-closed
---return ajar.relay.run(target, { stages = { { "S1", "R4" } } }) --> closed: 554 5.7.1 Relay access denied
---```
---@param target ajar.target
---@param options? ajar.relay.options
---@return ajar.verdict verdict for `probe.run` to return
function ajar.relay.run(target, options) end

---Makes the arguments of `ajar.relay.run`, for a probe to declare: `thorough`, `messages`, `patience`, `gap`, `apart`,
---`banner`, `tls`.
---
---```lua
----- ajar sim relay-closed
---local args = ajar.relay.args()
---ajar.note("at most " .. args.messages.default .. " messages") --> at most 5 messages
---```
---@param options? ajar.relay.options those that the probe gives to `ajar.relay.run`
---@return table<string, ajar.argument> args a table of its own, to which others may be added
function ajar.relay.args(options) end

---Gives known forms, for a probe of its own to declare.
---
---Raises a text where there is no such form.
---
---```lua
----- ajar sim relay-closed
---local form = ajar.relay.forms({ "R4" })[1]
---ajar.note(form.id .. ", whose cause is " .. form.cause) --> R4, whose cause is percent-route
---```
---@param ids string[]
---@return ajar.form[] forms
function ajar.relay.forms(ids) end

---Makes a whole probe that does no more than `ajar.relay.run`, with its arguments and forms, as most built-in ones are.
---
---```lua
----- ajar sim relay-closed
---return ajar.relay.probe {
---    id = "relay/example", summary = "Relays by the percent hack",
---    options = { stages = { { "R4" } } },
---}
---```
---@param fields { id: string, summary: string, options?: ajar.relay.options, ports?: integer[], categories?: string[] } ports: default 25, 465, 587, 2525
---@return ajar.probe probe for the script to return
function ajar.relay.probe(fields) end

---Ends the probe with a verdict, from within `prepare`.
---
---Raises that verdict.
---
---```lua
----- ajar sim relay-closed
---return ajar.relay.run(target, {
---    prepare = function(st)
---        if not st.smtp.offers.xclient then
---            ajar.relay.give_up(ajar.closed("offers no XCLIENT"))
---        end
---    end,
---})
---```
---@param verdict ajar.verdict
function ajar.relay.give_up(verdict) end

---Rules two things out before a probe that sends its own message says `open`. That the target is a mail server of our own
---mail domain (its MX, or the domain itself): such mail is its own, and the verdict `inconclusive`, in the place of `suspect`
---too. And a trap that passes on what looks like a first test: `apart` seconds later (60; on loopback 0) a second message
---must come back as well, else the verdict is `suspect`. Where no time is left for it the first stands, and a step says so.
---
---```lua
----- ajar sim relay-open
---local function send(mailbox, again)
---    local smtp = ajar.smtp.connect(target)
---    smtp:ehlo()
---    smtp:mail("")
---    smtp:rcpt(mailbox)
---    smtp:data(ajar.message { to = mailbox, again = again })
---    smtp:quit()
---    return ajar.await(mailbox)
---end
---local first = send(ajar.mailbox())
---local function second(mailbox)
---    return send(mailbox, true)
---end
---return ajar.relay.confirm(target, first, second) --> open: token returned
---```
---@param target ajar.target
---@param verdict ajar.verdict what the first message came to
---@param again fun(mailbox: ajar.mailbox): ajar.verdict sends the second one, to this mailbox, and gives its verdict
---@return ajar.verdict verdict for `probe.run` to return
function ajar.relay.confirm(target, verdict, again) end

---Runs `try` once more after the time that a greylisting server asks for, up to the argument `patience` (60 seconds); where
---it names no time, after 300 seconds or as many as `patience` has. One that puts off again stays `inconclusive`, but the same
---4.7.1 that speaks of relaying is a refusal then.
---
---Raises what `try` raises the first time.
---
---```lua
----- ajar sim relay-greylists
---local mailbox = ajar.mailbox()
---local function try()
---    local smtp = ajar.smtp.connect(target)
---    smtp:ehlo()
---    smtp:mail(mailbox.bounce)
---    local reply = smtp:rcpt(mailbox)
---    smtp:quit()
---    if reply.ok then
---        return ajar.suspect(reply, "takes it the second time")
---    end
---    return ajar.smtp.refused(reply), reply
---end
---return ajar.relay.patiently(target, try) --> suspect: takes it the second time
---```
---@param target ajar.target
---@param try fun(): ajar.verdict, ajar.smtp.reply? the verdict, and the reply that refused, if one did
---@return ajar.verdict verdict for `probe.run` to return
function ajar.relay.patiently(target, try) end

---Makes the options of `ajar.smtp.connect` that the operator has asked for with the arguments `banner` and `tls`.
---
---```lua
----- ajar sim relay-closed
---local options = ajar.relay.connect_options(target, true)
---local smtp = ajar.smtp.connect(target, options)
---ajar.note(smtp.banner_name) --> mail.sim.test
---```
---@param target ajar.target
---@param names? boolean as in `ajar.smtp.options`
---@param proxy? boolean as in `ajar.smtp.options`
---@return ajar.smtp.options options
function ajar.relay.connect_options(target, names, proxy) end
