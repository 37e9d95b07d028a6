-- Before a relay test says `open`: could the mail have come back for another reason than that the server relays for
-- strangers? Two that can be found out:
--
--   the target is a mail server of our own mail domain, and mail for it is its job: the DNS knows;
--   it is a trap that passes on what looks like a first test, to be taken for a relay: a second message, some time
--   later, of another shape and size, from and to other mailboxes, does not come back.
--
-- (The third, that the target takes us for a neighbour, is the supervisor's: core/run/judge.h.)

local raw, ajar = raw, ajar
local make_verdict, settled = ajar.internal.verdict, ajar.internal.settled

local guard = {}

local MX_MOST = 5 -- of which the addresses are asked for
local APART = 60
local GREYLIST = 300 -- seconds: what servers that greylist ask for, where they name a time
local NAME_SECONDS = 8 -- for the address of a name

-- Top-level domains that RFC 6761 and RFC 2606 keep for tests: no server in the DNS answers for them.
local no_domain = { test = true, example = true, invalid = true, localhost = true }

---@param target ajar.target
function guard.is_loopback(target)
    return target.address:find("^127%.") ~= nil or target.address == "::1"
end

---The argument that a probe with a second message declares.
---@return ajar.argument
function guard.apart_argument()
    return { type = "number", default = APART, min = 0, max = 3600,
        help = "seconds before the second message, which confirms (on loopback none by default)" }
end

---How the target's arguments want a session opened.
---@param target ajar.target
---@param names? boolean
---@param proxy? boolean
---@return ajar.smtp.options options
function guard.connect_options(target, names, proxy)
    local args = target.args or {}
    return { names = names, proxy = proxy, banner = args.banner, tls = args.tls or nil }
end

-- Our own mail servers ------------------------------------------------------------------------------

---Has this name the target's address in the DNS? If not, why, and the code of what failed.
---@return boolean leads, string? why, string? code
local function leads_to(target, name)
    local list, text, code = raw.dns(target.family == 6 and "AAAA" or "A", name, NAME_SECONDS)
    if code == "ESTOPPED" then
        error(make_verdict("inconclusive", text), 0)
    elseif not list then
        return false, text, code
    end
    for _, address in ipairs(list) do
        if address == target.address then
            return true
        end
    end
    return false, "the DNS leads it to " .. list[1]
end

---The mail servers of our domain; where it names none, it is its own (RFC 5321, section 5.1).
local function mail_servers(domain)
    local servers, reason = ajar.dns.mx(domain)
    local names = {}
    for i = 1, math.min(servers and #servers or 0, MX_MOST) do
        names[i] = servers[i].name
    end
    return #names > 0 and names or { domain }, reason
end

---The verdict where the target takes mail for our domain as a matter of course, or nil. Its own name says nothing: that
---may have come with a list, out of a zone in which the target's owner writes what he likes.
---@param target ajar.target
---@return ajar.verdict?
function guard.own_mail_server(target)
    local domain = raw.fact("mail_domain")
    if no_domain[domain:lower():match("([^.]*)%.?$")] then
        return nil
    end
    for _, name in ipairs((mail_servers(domain))) do
        if leads_to(target, name) then
            raw.step(("%s is a mail server of our own domain %s, and leads to the target"):format(name, domain))
            return settled(make_verdict("inconclusive", ("it takes the mail, and is a mail server of our "
                .. "own domain %s: such mail is its own"):format(domain)))
        end
    end
    return nil
end

---Would mail that comes back by this target prove a relay? False also where there is no time to find out.
---@param target ajar.target
---@return boolean
function guard.would_prove(target)
    if no_domain[raw.fact("mail_domain"):lower():match("([^.]*)%.?$")] then
        return true
    end
    local asked, found = false, nil
    if not raw.time_is_up() then
        asked, found = pcall(guard.own_mail_server, target)
    end
    if not asked and type(found) == "string" then
        error(found, 0)
    end
    return asked and found == nil and not raw.time_is_up()
end

-- The names of the target -------------------------------------------------------------------------------

-- Whoever owns the target writes its reverse DNS, and its banner: a stranger's name in an envelope would send that
-- stranger the refusals. So a name is used only once the DNS has led it to the target; core/script/own_path.c refuses
-- any other, off loopback. There, where no resolver is named, names are taken as they are.

---Why this name may not stand in an envelope, or nil.
local function why_not(st, name)
    if name:lower() == "localhost" then
        return nil
    elseif st.no_dns then
        return st.no_dns
    end
    local leads, why, code = leads_to(st.target, name)
    if leads or code == "ENOTSUP" and guard.is_loopback(st.target) then
        return nil
    elseif code and code ~= "ENONAME" and code ~= "ENODATA" then
        why = code == "ENOTSUP" and why .. ", so name one with --resolver" or why
        st.no_dns = why
    end
    return why
end

---The first of these names of the server that may stand in an envelope. Each is looked up once, and where it may not, a
---step says so. `st` keeps what was found out.
---@param st { target: ajar.target, names?: table<string, boolean>, no_dns?: string }
---@param names string[]
---@return string?
function guard.true_name(st, names)
    st.names = st.names or {}
    for _, name in ipairs(names) do
        if st.names[name] == nil then
            local why = why_not(st, name)
            st.names[name] = why == nil
            if why then
                raw.step(("the server's name %s is not used in envelopes, as refusals would go to it: %s")
                    :format(name, why))
            end
        end
        if st.names[name] then
            return name
        end
    end
    return nil
end

-- The second message ----------------------------------------------------------------------------------

---Waits; false when that was cut short by the end of the probe's own time, or the run is stopped.
local function wait(seconds)
    if seconds <= 0 then
        return true
    end
    local before = ajar.now()
    return raw.pause(seconds) ~= nil and ajar.now() - before >= seconds * 0.9
end

guard.pause = wait

---Is the probe's own time over? Then no wait is granted any more, be it ever so short.
local function time_is_over()
    return not wait(0.05)
end

local function seconds_apart(target)
    local apart = target.args and target.args.apart or APART
    return guard.is_loopback(target) and apart == APART and 0 or apart
end

---What became of it: "returned" (and the line), "silent" when it was accepted and did not come back, "refused", or
---"unknown" where no answer could be had.
---@alias ajar.relay.second fun(): "returned"|"silent"|"refused"|"unknown", integer?

---Sends a second message. The verdict where it speaks against the first, or nil.
---@param target ajar.target
---@param try ajar.relay.second
---@return ajar.verdict?
local function second_verdict(target, try)
    if not wait(seconds_apart(target)) then
        raw.step("no time was left for a second message: 1 delivery of 1")
        return nil
    end
    local ok, outcome, line = pcall(try)
    if not ok and type(outcome) ~= "table" then
        error(outcome, 0)
    elseif ok and outcome == "returned" then
        raw.step("a second message, of another shape, came back too: 2 deliveries of 2", line)
        return nil
    elseif ok and outcome == "silent" and not time_is_over() then
        raw.step("a second message, of another shape, was accepted and did not come back: 1 delivery of 2")
        return make_verdict("suspect", "came back, a second message did not: perhaps a trap that passes on its first "
            .. "message alone")
    elseif ok and outcome == "refused" then
        raw.step("a second message, of another shape, was refused: 1 delivery of 2")
        return make_verdict("suspect", "came back, a second message was refused: it relays at times, or is a trap")
    end
    raw.step("a second message could not be brought to an end: 1 delivery of 1")
    return nil
end

---Both guards. The verdict in the place of `open`, or nil.
---@param target ajar.target
---@param try ajar.relay.second
---@return ajar.verdict?
function guard.doubt(target, try)
    return guard.own_mail_server(target) or second_verdict(target, try)
end

local outcomes = { open = "returned", suspect = "silent", closed = "refused" }
local outcomes_of_others = { delay = "unknown", answer = "silent" }

---The same for a probe that sends one message, with ajar.await at its end: `verdict` is what the first gave, `again`
---sends the second, to the mailbox that it is given, and gives its verdict.
---@param target ajar.target
---@param verdict ajar.verdict
---@param again fun(mailbox: ajar.mailbox): ajar.verdict
---@return ajar.verdict verdict
function guard.confirm(target, verdict, again)
    if verdict.verdict == "suspect" then
        return guard.own_mail_server(target) or verdict
    elseif verdict.verdict ~= "open" then
        return verdict
    end
    local doubt = guard.doubt(target, function()
        local second = again(ajar.mailbox())
        local outcome = outcomes_of_others[second.others] or outcomes[second.verdict]
        return outcome or "unknown", second.receipt and second.receipt.line
    end)
    return doubt or verdict
end

-- Greylisting -------------------------------------------------------------------------------------------

---As long as a server asks, if that is within our patience; where it names no time, as long as those that greylist take, or
---as we have patience.
local function bearable(named, patience)
    if named then
        return named <= patience and named or nil
    end
    local usual = math.min(patience, GREYLIST)
    return usual > 0 and usual or nil
end

---How long to wait for a server that greylists; nil: it does not, or it asks for more patience than we have.
---@param judged table of ajar.smtp.judge
---@param patience number
---@return number?
function guard.wait_for(judged, patience)
    if judged.kind ~= "greylisted" then
        return nil
    end
    return bearable(judged.wait, patience)
end

local put_off = { greylisted = true, deferred = true, ["rate-limited"] = true }

---Is it only put off, whatever for? (421 ends a session, and says nothing of what was asked.)
---@param reply ajar.smtp.reply
---@param judged table of ajar.smtp.judge
---@return boolean
function guard.is_put_off(reply, judged)
    return put_off[judged.kind] ~= nil and reply.code ~= 421
end

---How long to wait for one that is only put off, as with wait_for.
---@param reply ajar.smtp.reply
---@param patience number
---@return number? wait, number? named what the server asks for
function guard.wait_when_put_off(reply, patience)
    local named = ajar.smtp.delay(reply.text)
    return bearable(named, patience), named
end

---What is said before such a wait. `named`: the server has asked for it.
---@param named? number
---@param seconds number
function guard.announce_wait(named, seconds)
    ajar.step((named and "asked to wait %g s: waiting, and trying the same again"
        or "put off, and no time was named: waiting %g s, and trying the same again"):format(seconds))
end

---What the answer after the wait means. 4.7.1 and the same words again, of relaying, are a refusal (who greylists takes us
---then). Unless it says in words that it greylists, and we have waited less than such servers take. Other words may be those
---of a server that greylists for longer. What is put off for an address (X.1.X of RFC 3463) and again so is refused: that of
---the recipient, or of the sender, and then nothing was said of relaying.
---@param before ajar.smtp.reply
---@param after ajar.smtp.reply
---@param waited number seconds
---@return table judged as by ajar.smtp.judge
function guard.judge_again(before, after, waited)
    local judged = ajar.smtp.judge(after)
    local address = after.code == before.code and after.enhanced == before.enhanced
        and (after.enhanced or ""):match("^4%.1%.(%d)$")
    if address then
        local is_sender = address == "7" or address == "8"
        return { kind = is_sender and "unfit" or "refused", verdict = is_sender and "inconclusive" or "closed",
            reason = ("refused, the same after %g s: %s"):format(waited, tostring(after)) }
    elseif judged.kind ~= "greylisted" then
        return judged
    end
    local long_enough = judged.wait or not judged.named or waited >= GREYLIST
    local same = after.code == before.code and after.said == before.said
    if same and after.enhanced == "4.7.1" and after.said:lower():find("relay", 1, true) and long_enough then
        return { kind = "refused", verdict = "closed",
            reason = ("refused, the same after %g s: %s"):format(waited, tostring(after)) }
    end
    local again = same and not judged.named and "put off, the same after" or "may be greylisted, and put off again after"
    judged.reason = judged.wait and "greylisted, and put off again after the time asked for: " .. tostring(after)
        or ("%s %g s (--arg patience=SECONDS waits longer): %s"):format(again, waited, tostring(after))
    return judged
end

---Asked again, a server that has put us off gave no answer: that it has put us off is told first. Raises what says more.
---@param judged table what the first answer meant
---@param problem any what ended the second try
---@return ajar.verdict
local function put_off_and_lost(judged, problem)
    local lost = type(problem) == "table" and problem.code ~= "ESTOPPED"
        and (problem.verdict == "inconclusive" or problem.verdict == "unreachable")
    if not lost then
        error(problem, 0)
    end
    return make_verdict("inconclusive", judged.reason .. "; asked again: " .. problem.reason)
end

---Runs `try`, which gives a verdict and the reply that refused, if one did; once more after the time that the server
---asks for.
---@param target ajar.target
---@param try fun(): ajar.verdict, ajar.smtp.reply?
---@return ajar.verdict verdict
function guard.patiently(target, try)
    local verdict, refusal = try()
    local judged = refusal and ajar.smtp.judge(refusal)
    local seconds = judged and guard.wait_for(judged, target.args and target.args.patience or 60)
    if not seconds then
        return verdict
    end
    guard.announce_wait(judged.wait, seconds)
    ajar.sleep(seconds + 0.1)
    local answered, again, refused = pcall(try)
    if not answered then
        return put_off_and_lost(judged, again)
    elseif refused and ajar.smtp.judge(refused).kind == "greylisted" then
        judged = guard.judge_again(refusal, refused, seconds)
        return make_verdict(judged.verdict, judged.reason)
    end
    return again
end

ajar.internal.relay_guard = guard
return guard
