-- Mail servers that relay for one form of an envelope and for no other, and traps for whoever tests them.
--
-- Each is a careful server (mail.sim.test, strangers refused) with one hole: rules.relays gets the session,
-- the sender and the recipient, without their <>, and gives the mailbox to which the mail really goes.

local THIRD, ENVELOPE, EVERY = "relay/third-party", "relay/envelope", "relay/every-form"
local TLS, XCLIENT, PROXY = "relay/starttls", "relay/xclient", "relay/proxy-header"
local SRS, NORMAL, SECOND = "relay/srs", "relay/normalise", "relay/second-recipient"
local NAME = "mail.sim.test"
local DENIED = "554 5.7.1 Relay access denied"
local list = {}

---What a careful server gets from each relay probe, with what is different here.
local function verdicts(different)
    local all = {}
    for _, id in ipairs { THIRD, ENVELOPE, EVERY, TLS, XCLIENT, PROXY, SRS, NORMAL, SECOND } do
        all[id] = different[id] or different.all or "closed"
    end
    return all
end

local function is_own_domain(domain)
    return domain == NAME or domain == "localhost" or domain:find("^%[127%.") ~= nil
end

---A mailbox elsewhere, plainly written.
local function plain(path)
    local user, domain = path:match("^([%w-]+)@(%w[%w.-]*%w)$")
    return user ~= nil and not is_own_domain(domain) and path:lower() == path and path or nil
end

-- What the server knows of a client is in `s`: c, rules, helo, from, recipients, argument (of RCPT), tls.

local function path_in(argument)
    return argument:match("<([^>]*)>") or argument:match(":%s*(%S*)") or ""
end

local function recipient(s, argument)
    local path = path_in(argument)
    s.argument = argument
    if path:find("^postmaster@") and is_own_domain(path:match("@(.*)$")) then
        s.recipients[#s.recipients + 1] = false
        return "250 2.1.5 ok"
    end
    local to = s.from and s.rules.relays and s.rules.relays(s, s.from, path)
    if not to then
        return s.tls and s.rules.refusal_in_tls or s.rules.refusal or DENIED
    end
    s.recipients[#s.recipients + 1] = to
    return "250 2.1.5 ok"
end

local function greeting(s, helo)
    local tls = s.rules.certificate and not s.tls and "250-STARTTLS\r\n" or ""
    s.helo = helo
    return "250-" .. NAME .. "\r\n" .. tls .. (s.rules.offers or "") .. "250 ENHANCEDSTATUSCODES"
end

local function obey(s, verb, argument)
    if verb == "EHLO" and not s.rules.helo_only then
        return greeting(s, argument)
    elseif verb == "HELO" then
        s.helo = argument
        return "250 " .. NAME
    elseif verb == "MAIL" and s.rules.refuses_sender and s.rules.refuses_sender(path_in(argument)) then
        return s.rules.refuses_sender(path_in(argument))
    elseif verb == "MAIL" then
        s.from, s.smtputf8 = path_in(argument), argument:find(" SMTPUTF8", 1, true) ~= nil
        return "250 2.1.0 ok"
    elseif verb == "RCPT" then
        return recipient(s, argument)
    elseif verb == "RSET" then
        s.from, s.recipients = nil, {}
        return "250 2.0.0 ok"
    elseif verb == "NOOP" then
        return "250 2.0.0 ok"
    elseif verb == "DATA" then
        return #s.recipients > 0 and "354 go on" or "503 5.5.1 RCPT first"
    end
    return s.rules.command and s.rules.command(s, verb, argument) or "502 5.5.2 what?"
end

---The message behind a 354, and where it goes.
local function take_message(s)
    local lines = {}
    repeat
        local text = s.c:line()
        lines[#lines + 1] = text ~= "." and text .. "\r\n" or nil
    until text == "."
    s.c:say(s.rules.accepted or "250 2.0.0 queued as 4B530250")
    for _, to in ipairs(s.recipients) do
        local mail = to and { "<" .. s.from .. ">", "<" .. to .. ">", table.concat(lines) }
        if mail and s.rules.late then
            s.queue[#s.queue + 1] = mail
        elseif mail then
            (s.rules.deliver or sim.deliver)(unpack(mail))
        end
    end
    s.from, s.recipients = nil, {}
end

---What was queued in a session goes out once it is over, `late` seconds later.
local function run_queue(s)
    if #s.queue > 0 then
        sim.sleep(s.rules.late)
    end
    for _, mail in ipairs(s.queue) do
        (s.rules.deliver or sim.deliver)(unpack(mail))
    end
end

---One command; false when it was the last.
local function answer(s, verb, argument)
    local rules, c = s.rules, s.c
    s.commands = s.commands + 1
    if verb == "QUIT" then
        c:say("221 2.0.0 bye")
        return false
    elseif rules.most and s.commands > rules.most then
        if rules.last_words then
            c:say(rules.last_words)
        end
        return false
    elseif verb == "STARTTLS" and rules.certificate and not s.tls then
        c:say("220 2.0.0 go on")
        c:secure(rules.certificate)
        s.tls = true
        return true
    end
    local reply = obey(s, verb, argument)
    c:say(reply)
    if reply:sub(1, 3) == "354" then
        take_message(s)
    end
    return true
end

---The server, which says what `rules` want said.
local function mta(c, rules)
    local s = { c = c, rules = rules, commands = 0, recipients = {}, queue = {} }
    if rules.before then
        rules.before(s, c)
    end
    c:say(rules.banner or "220 " .. NAME .. " ESMTP")
    local verb, argument
    repeat
        verb, argument = c:line():match("^(%a+) ?(.*)$")
    until not answer(s, (verb or ""):upper(), argument or "")
    c:close()
    run_queue(s)
end

local function scenario(id, summary, expects, rules)
    list[#list + 1] = sim.scenario {
        id = id, summary = summary, port = 2525, name = rules.name, ipv6 = rules.ipv6, expects = verdicts(expects),
        serve = function(c)
            mta(c, rules)
        end,
    }
end

---Open for one form alone: `sender` and `recipient` are conditions or patterns; the recipient's captures are
---user and domain of the mailbox that it stands for.
local function relay_open_only(fields)
    local function relays(s, from, to)
        if fields.sender and not fields.sender(from, s, to) then
            return nil
        end
        if not fields.recipient then
            return plain(to)
        end
        local user, domain = to:match(fields.recipient)
        if fields.swapped then
            user, domain = domain, user
        end
        if user and fields.map then
            domain = fields.map(domain)
        end
        return user and user .. "@" .. domain
    end
    scenario("relay-" .. fields.form:lower(), fields.summary, fields.expects,
        { relays = relays, offers = fields.offers, name = fields.name })
end

local FIRST = { [ENVELOPE] = "open", [EVERY] = "open" } -- of the forms that are always tried
local LATER = { [EVERY] = "open" }                      -- of those tried only once another was taken

local function domain_of(path)
    return path:match("@([^@]*)$") or ""
end

local function sender_in(domain)
    return function(from)
        return domain_of(from) == domain
    end
end

-- Who is believed --------------------------------------------------------------------------------

local WIDE = { all = "closed", [THIRD] = "open", [ENVELOPE] = "open", [EVERY] = "open" }

relay_open_only {
    form = "S1", summary = "Relays for every sender with a domain", expects = WIDE,
    sender = function(from) return plain(from) end,
}
scenario("relay-open-nul", "Relays for every sender with a domain, with a NUL in what it says of the message", WIDE, {
    accepted = "250 2.0.0 queued as\0 4B530250",
    relays = function(_, from, to) return plain(from) and plain(to) end,
})
relay_open_only {
    form = "S2", summary = "Relays where sender and recipient are in one domain", expects = FIRST,
    sender = function(from, _, to) return domain_of(from) == domain_of(to) end,
}
relay_open_only {
    form = "S3", summary = "Relays where sender and recipient are the same", expects = LATER,
    sender = function(from, _, to) return from == to end,
}
relay_open_only {
    form = "S4", summary = "Relays for the null sender",
    expects = { [ENVELOPE] = "open", [EVERY] = "open", [TLS] = "closed" },
    sender = function(from) return from == "" end,
}
relay_open_only {
    form = "S5", summary = "Relays for senders without a domain", expects = LATER,
    sender = function(from) return from:find("^[%w-]+$") end,
}
relay_open_only {
    form = "S6", summary = "Relays for senders in its own domain", expects = FIRST, sender = sender_in(NAME),
}
relay_open_only {
    form = "S7", summary = "Relays for senders in the domain that the DNS knows it by", expects = LATER,
    name = "public.sim.test", sender = function(from) return from:find("^bounce%-%w+@public%.sim%.test$") end,
}
relay_open_only {
    form = "S8", summary = "Relays for senders in its own domain whose names are short", expects = LATER,
    sender = function(from) return domain_of(from) == NAME and #from < 30 end,
}
relay_open_only {
    form = "S9", summary = "Relays for its user root", expects = LATER,
    sender = function(from) return from == "root@" .. NAME end,
}
relay_open_only {
    form = "S10", summary = "Relays for its postmaster", expects = LATER,
    sender = function(from) return from == "postmaster@" .. NAME end,
}
relay_open_only {
    form = "S11", summary = "Relays for senders at its own address", expects = LATER,
    sender = function(from) return from:find("@%[127%.") and domain_of(from) ~= "[127.0.0.1]" end,
}
relay_open_only {
    form = "S12", summary = "Relays for senders at localhost", expects = LATER, sender = sender_in("localhost"),
}
relay_open_only {
    form = "S13", summary = "Relays for senders at 127.0.0.1", expects = LATER, sender = sender_in("[127.0.0.1]"),
}
relay_open_only {
    form = "S14", summary = "Relays for senders whose domain is empty", expects = LATER,
    sender = function(from) return from:find("@$") end,
}
relay_open_only {
    form = "S15", summary = "Relays for UUCP senders", expects = LATER,
    sender = function(from) return from:find("!", 1, true) end,
}
relay_open_only {
    form = "S16", summary = "Refuses forged senders of the recipient's domain, and relays for other strangers",
    expects = WIDE,
    sender = function(from, _, to) return plain(from) and domain_of(from) ~= domain_of(to) end,
}
relay_open_only {
    form = "S17", summary = "Relays to recipients without angle brackets", expects = LATER,
    sender = function(_, s) return not s.argument:find("<", 1, true) end,
}
relay_open_only {
    form = "S18", summary = "Relays for clients that greet with its own name", expects = LATER,
    sender = function(_, s) return s.helo == NAME end,
}
relay_open_only {
    form = "S19", summary = "Relays for its user root when the greeting's name is long", expects = LATER,
    sender = function(from, s) return from == "root@" .. NAME and #s.helo > 30 end,
}

---Takes the domain of the tests' senders for one that no DNS knows.
local function knows_no_such_domain(from)
    return from:find("@bounce%.") and "553 5.1.8 <" .. from .. ">... Domain of sender address does not exist"
end

scenario("relay-unknown-sender", "Refuses senders whose domain it can't find, and relays for all others",
    { all = "inconclusive", [ENVELOPE] = "open", [EVERY] = "open", [TLS] = "closed", [XCLIENT] = "closed" },
    { refuses_sender = knows_no_such_domain, relays = function(_, from, to) return plain(from) and plain(to) end })
scenario("relay-unknown-sender-careful", "Refuses senders whose domain it can't find, and relays for nobody",
    { all = "inconclusive", [TLS] = "closed", [XCLIENT] = "closed" }, { refuses_sender = knows_no_such_domain })

-- Which recipients are misread ---------------------------------------------------------------------

local MAILBOX, LITERAL = "(%w+)@(%w[%w.-]*%w)", "%[127%.[%d.]+%]"
local AT_NAME = "@" .. NAME:gsub("%.", "%%.") .. "$"
local AT_LITERAL = "@" .. LITERAL .. "$"

for _, row in ipairs {
    { "R1", "a quoted mailbox", '^"' .. MAILBOX .. '"$', FIRST },
    { "R2", "a quoted percent route", '^"(%w+)%%([%w.-]+)"$', LATER },
    { "R3", "a bare percent route", "^(%w+)%%([%w.-]+)$", LATER },
    { "R4", "a percent route by its name", "^(%w+)%%([%w.-]+)" .. AT_NAME, FIRST },
    { "R5", "a percent route by its address", "^(%w+)%%([%w.-]+)" .. AT_LITERAL, LATER },
    { "R6", "a percent route with an empty domain", "^(%w+)%%([%w.-]+)@$", LATER },
    { "R7", "a mailbox before its name", "^" .. MAILBOX .. AT_NAME, LATER },
    { "R8", "a mailbox before its address", "^" .. MAILBOX .. AT_LITERAL, LATER },
    { "R9", "a mailbox before an empty domain", "^" .. MAILBOX .. "@$", LATER },
    { "R10", "a quoted mailbox at its name", '^"' .. MAILBOX .. '"' .. AT_NAME, LATER },
    { "R11", "a quoted mailbox at its address", '^"' .. MAILBOX .. '"' .. AT_LITERAL, LATER },
    { "R12", "a source route by its name", "^@" .. NAME:gsub("%.", "%%.") .. ":" .. MAILBOX .. "$", FIRST },
    { "R13", "a source route by its address", "^@" .. LITERAL .. ":" .. MAILBOX .. "$", LATER },
    { "R14", "a UUCP path", "^([%w.-]+)!(%w+)$", LATER, true },
    { "R15", "a UUCP path by its name", "^([%w.-]+)!(%w+)" .. AT_NAME, LATER, true },
    { "R16", "a UUCP path by its address", "^([%w.-]+)!(%w+)" .. AT_LITERAL, LATER, true },
} do
    relay_open_only {
        form = row[1], summary = "Relays to " .. row[2], recipient = row[3], expects = row[4], swapped = row[5],
    }
end

relay_open_only {
    form = "R4h", summary = "Relays to a percent route by its name, for local senders alone", expects = LATER,
    sender = sender_in(NAME), recipient = "^(%w+)%%([%w.-]+)" .. AT_NAME,
}
relay_open_only {
    form = "R12n", summary = "Relays to a source route by its name, for the null sender alone", expects = LATER,
    sender = function(from) return from == "" end,
    recipient = "^@" .. NAME:gsub("%.", "%%.") .. ":" .. MAILBOX .. "$",
}
relay_open_only {
    form = "T8", summary = "Turns SRS addresses back without looking at their hash",
    expects = { [SRS] = "open", [EVERY] = "open" },
    recipient = "^SRS0=%w%w%w%w=%w%w=([%w.-]+)=(%w+)" .. AT_NAME, swapped = true,
}

local SPELT = { [NORMAL] = "open", [EVERY] = "open" }
local UTF8 = "250-SMTPUTF8\r\n"
local STOP, WIDE_LETTER = "\227\128\130", "\239\189([\129-\154])"

relay_open_only {
    form = "T9a", summary = "Relays to a domain with a dot at its end", expects = SPELT,
    recipient = "^(%w+)@(%w[%w.-]*%w)%.$",
}
relay_open_only {
    form = "T9b", summary = "Relays to a domain in capitals", expects = SPELT,
    recipient = "^([%u%d]+)@([%u%d.-]*%u)$",
}
relay_open_only {
    form = "T9c", summary = "Relays to a domain with ideographic full stops", expects = SPELT, offers = UTF8,
    recipient = "^(%w+)@(%w[^@]*" .. STOP .. "[^@]*)$",
    map = function(domain) return (domain:gsub(STOP, ".")) end,
}
relay_open_only {
    form = "T9d", summary = "Relays to a domain in full-width letters", expects = SPELT, offers = UTF8,
    recipient = "^(%w+)@(\239\189[^@]*)$",
    map = function(domain)
        return (domain:gsub(WIDE_LETTER, function(c) return string.char(c:byte() - 0x20) end))
    end,
}
relay_open_only {
    form = "T9u", summary = "Relays what is announced as SMTPUTF8", expects = LATER, offers = UTF8,
    sender = function(_, s) return s.smtputf8 end,
}
scenario("relay-smtputf8-careful", "Offers SMTPUTF8, and relays for nobody with it", {}, { offers = UTF8 })

-- What the client says of itself -----------------------------------------------------------------------

scenario("relay-t3", "Trusts whoever comes inside TLS", { [TLS] = "open" }, {
    certificate = "good", relays = function(s, _, to) return s.tls and plain(to) end,
})
scenario("relay-t3-careful", "Offers TLS, and trusts nobody inside it", {}, { certificate = "good" })
---Relays by a percent route at its name, or by one with an empty domain.
local function by_percent(ending)
    return function(to)
        local user, domain = to:match("^(%w+)%%([%w.-]+)" .. ending)
        return user and user .. "@" .. domain
    end
end
local at_name, at_nothing = by_percent(AT_NAME), by_percent("@$")

scenario("relay-r4-in-tls", "Relays to a percent route by its name, inside TLS alone", { [TLS] = "open" }, {
    certificate = "good", relays = function(s, _, to) return s.tls and at_name(to) end,
})
scenario("relay-r6-in-tls", "Relays to a percent route with an empty domain, inside TLS alone", {}, {
    certificate = "good", relays = function(s, _, to) return s.tls and at_nothing(to) end,
})
scenario("relay-s6-in-tls", "Relays for senders in its own domain, inside TLS alone", { [TLS] = "open" }, {
    certificate = "good", relays = function(s, from, to) return s.tls and domain_of(from) == NAME and plain(to) end,
})
scenario("relay-r4-also-in-tls", "Relays to a percent route by its name, inside TLS and outside", FIRST, {
    certificate = "good", relays = function(_, _, to) return at_name(to) end,
})
scenario("relay-tls-first-careful", "Wants TLS first, and relays for nobody", {}, {
    certificate = "good", refusal = "530 5.7.0 Must issue a STARTTLS command first",
    relays = function() return nil end, refusal_in_tls = DENIED,
})
scenario("relay-tls-first", "Wants TLS first, and then relays for anyone", WIDE, {
    certificate = "ed25519", refusal = "530 5.7.0 Must issue a STARTTLS command first",
    relays = function(s, _, to) return s.tls and plain(to) end,
})

scenario("relay-xclient", "Lets any client claim by XCLIENT to be the server itself", { [XCLIENT] = "open" }, {
    offers = "250-XCLIENT NAME ADDR PROTO HELO\r\n",
    command = function(s, verb, argument)
        s.trusted = verb == "XCLIENT" and argument == "ADDR=127.0.0.1"
        return s.trusted and "220 " .. NAME .. " ESMTP"
    end,
    relays = function(s, _, to) return s.trusted and plain(to) end,
})

scenario("relay-xclient-careful", "Offers XCLIENT, and believes it of nobody", {}, {
    offers = "250-XCLIENT NAME ADDR PROTO HELO\r\n",
    command = function(_, verb) return verb == "XCLIENT" and "550 5.7.0 insufficient authorization" end,
})

---Reads the line of a balancer, if one comes within the time.
local function read_proxy_line(s, c, seconds)
    local line = c:try_read(seconds) or ""
    s.proxied = line:find("^PROXY TCP4 ") ~= nil
    s.trusted = line:find("^PROXY TCP4 127%.") ~= nil
end

scenario("relay-proxy-header", "Believes a PROXY line of any client", { [PROXY] = "open" }, {
    before = function(s, c) read_proxy_line(s, c, 0.2) end,
    relays = function(s, _, to) return s.trusted and plain(to) end,
})

local strict = verdicts { all = "inconclusive", [PROXY] = "open" }
list[#list + 1] = sim.scenario {
    id = "relay-proxy-only", summary = "Speaks with balancers alone, and takes anyone for one", port = 2525,
    expects = strict,
    serve = function(c)
        mta(c, {
            before = function(s)
                read_proxy_line(s, c, 1)
                if not s.proxied then
                    c:close()
                    return
                end
            end,
            relays = function(s, _, to) return s.trusted and plain(to) end,
        })
    end,
}

scenario("relay-second", "Looks at the first recipient alone", { [SECOND] = "suspect" }, {
    relays = function(s, _, to) return #s.recipients > 0 and plain(to) end,
})

-- Traps: who looks open and is not, or looks closed ------------------------------------------------------

scenario("relay-honest", "Refuses every stranger, in every form", {}, {})
for _, row in ipairs {
    { "250-in-text", "Refuses in words that look like a yes", "550 5.7.1 250 2.1.5 ok is what you will not get" },
    { "530-in-text", "Refuses with a queue's number in which 530 stands", "554 5.7.1 4B530250: not for strangers" },
    { "many-lines", "Refuses in several lines, one of which says 250",
        "550-5.7.1 see below\r\n550-5.7.1 250 ok\r\n550 5.7.1 relaying denied" },
    { "defers", "Refuses with 454 4.7.1, as Postfix does", "454 4.7.1 Relay access denied" },
    { "qmail", "Refuses as qmail does, with the code at the end",
        "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)" },
    { "refuses-as-sendmail", "Refuses in the words of sendmail", "550 5.7.1 <x@y>... Relaying denied" },
    { "refuses-as-exchange", "Refuses in the words of exchange",
        "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain" },
    { "refuses-as-exim", "Refuses in the words of exim", "550 relay not permitted" },
    { "log-in", "Asks for a log-in at the recipient", "530 5.7.0 Authentication required" },
    { "strange-refusal", "Refuses with a 550 that asks for a log-in in words", "550 5.7.1 Please authenticate" },
} do
    scenario("relay-" .. row[1], row[2], {}, { refusal = row[3] })
end
scenario("relay-listed", "Refuses everyone in its banner", {}, { banner = "554 5.7.1 your address is on a list" })

local BLOCKED = "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using zen.spamhaus.org"
scenario("relay-blocks-at-banner", "Refuses our own address in its banner, as one that is on a list",
    { all = "inconclusive" }, { banner = BLOCKED })
scenario("relay-blocks-at-recipient", "Refuses our own address at the recipient, as one that is on a list",
    { all = "inconclusive", [TLS] = "closed", [XCLIENT] = "closed" }, { refusal = BLOCKED })

local function take_all(_, _, to)
    return to
end

local SUSPECT = { all = "closed", [THIRD] = "suspect", [ENVELOPE] = "suspect", [EVERY] = "suspect" }
scenario("relay-sinkhole", "Takes all mail and delivers none", SUSPECT, { relays = take_all, deliver = function() end })
scenario("relay-catch-all", "Takes whatever ends in its own name for a user of its own", {}, {
    relays = function(_, _, to) return to:find(AT_NAME) ~= nil and to end, deliver = function() end,
})
scenario("relay-own-literal", "Takes any name at its own address for a user of its own, as it may (R17)", {}, {
    relays = function(_, _, to) return to:find(AT_LITERAL) ~= nil and to end, deliver = function() end,
})
scenario("relay-odd-local", "Takes names without a domain, or with an empty one, for users of its own", {}, {
    relays = function(_, _, to)
        return (not to:find("@") or to:find("@$") or to:find('^"[^"]*"$')) and to
    end,
    deliver = function() end,
})
scenario("relay-catch-all-and-hole", "The same, and relays by a percent route", FIRST, {
    relays = function(_, _, to)
        local user, domain = to:match("^(%w+)%%([%w.-]+)" .. AT_NAME)
        return user and user .. "@" .. domain or to:find(AT_NAME) ~= nil and to
    end,
    deliver = function(from, to, message)
        if plain(to:sub(2, -2)) then
            sim.deliver(from, to, message)
        end
    end,
})
---A catch-all whose users' mail goes on to where the percent hack says, late.
scenario("relay-catch-all-late", "Takes whatever ends in its own name, and passes it on by a percent route a second later",
    FIRST, {
        late = 1,
        relays = function(_, _, to) return to:find(AT_NAME) ~= nil and to end,
        deliver = function(from, to, message)
            local user, domain = to:sub(2, -2):match("^(%w+)%%([%w.-]+)" .. AT_NAME)
            if user then
                sim.deliver(from, "<" .. user .. "@" .. domain .. ">", message)
            end
        end,
    })

---A report to the sender, if there is one.
local function bounce(from, message)
    if from ~= "<>" then
        sim.deliver("<>", from, "Subject: Undeliverable\r\n\r\nNot delivered:\r\n\r\n" .. message)
    end
end

-- Of all its forms five get a message.
scenario("relay-bounces", "Takes all mail, and returns it as undeliverable", { ["relay/every-form"] = "inconclusive" }, {
    relays = take_all, deliver = function(from, _, message) bounce(from, message) end,
})
scenario("relay-reports-delays", "Relays for anyone, and reports to the sender that it will take a while", WIDE, {
    relays = function(_, from, to) return plain(from) and plain(to) end,
    deliver = function(from, to, message)
        bounce(from, message)
        sim.sleep(0.5)
        sim.deliver(from, to, message)
    end,
})
scenario("relay-delivers-and-bounces", "Relays for anyone, and returns the mail as well", WIDE, {
    relays = function(_, from, to) return plain(from) and plain(to) end,
    deliver = function(from, to, message)
        sim.deliver(from, to, message)
        bounce(from, message)
    end,
})
-- Of all that it takes, four get a message in one probe.
scenario("relay-refuses-late", "Takes all recipients, and refuses the message",
    { [ENVELOPE] = "inconclusive", [EVERY] = "inconclusive" }, {
    relays = take_all, accepted = "550 5.7.1 not for strangers", deliver = function() end,
})
scenario("relay-first-only", "A trap that passes on what looks like a first test, and nothing else",
    { [THIRD] = "suspect", [ENVELOPE] = "suspect", [EVERY] = "suspect" }, {
        relays = function(_, _, to) return plain(to) end,
        deliver = function(from, to, message)
            if message:find("Subject: open relay test", 1, true) then
                sim.deliver(from, to, message)
            end
        end,
    })

scenario("relay-two-stages", "Relays for anyone, by way of another server", WIDE, {
    relays = function(_, _, to) return plain(to) end,
    deliver = function(from, to, message) sim.deliver(from, to, message, { from = "127.0.0.9" }) end,
})

scenario("relay-t5", "Relays for anyone who comes over IPv6", WIDE, {
    ipv6 = true, relays = function(_, _, to) return plain(to) end,
    deliver = function(from, to, message) sim.deliver(from, to, message, { from = "127.0.0.9" }) end,
})

scenario("relay-421-after-ten", "Ends each session after ten commands", {}, {
    most = 10, last_words = "421 4.7.0 too many commands",
})
scenario("relay-drops", "Closes the connection after seven commands, without a word", {}, { most = 7 })
scenario("relay-drops-open", "The same, and relays for senders in its own domain", FIRST, {
    most = 9, relays = function(_, from, to) return domain_of(from) == NAME and plain(to) end,
})
scenario("relay-limits", "Has a limit for everyone, and it is reached", { all = "inconclusive" }, {
    refusal = "421 4.7.0 too many connections from you", most = 3, last_words = "421 4.7.0 too many connections from you",
})
scenario("relay-late-banner", "Lets clients wait for its banner, and refuses strangers", {}, {
    before = function() sim.sleep(0.2) end,
})
scenario("relay-slow", "Relays for anyone, and takes its time", WIDE, {
    relays = function(_, from, to) return plain(from) and plain(to) end,
    deliver = function(from, to, message)
        sim.sleep(0.3)
        sim.deliver(from, to, message)
    end,
})
scenario("relay-helo-only", "Relays for anyone, and does not know EHLO", WIDE, {
    helo_only = true, relays = function(_, from, to) return plain(from) and plain(to) end,
})

---Puts each envelope off once.
local seen = {}
scenario("relay-greylists", "Greylists for a second, and then relays for anyone",
    WIDE, {
        refusal = "451 4.7.1 Greylisted, please try again in 1 second",
        relays = function(_, from, to)
            local key = from .. " " .. to
            local again = seen[key]
            seen[key] = true
            return again and plain(from) and plain(to)
        end,
    })
scenario("relay-greylists-long", "Greylists for five minutes",
    { all = "inconclusive", [TLS] = "closed", [XCLIENT] = "closed" }, {
        refusal = "450 4.2.0 Recipient address rejected: Greylisted for 5 minutes",
    })

return list
