-- The envelopes that relay tests are made of: which sender and which recipient a server is shown, what it
-- shows when the mail comes back, and what closes it.
--
-- A template is filled with
--   {victim} {vu} {vd}   our own mailbox, its local part (the token) and its domain; {VU} {VD} in capitals
--   {wide} {stop}        {vd} in full-width letters; {vd} with ideographic full stops (UTS 46 maps both to {vd})
--   {sender} {su}        our own sender, to which refusals come back, in another domain than {vd}; its local part
--   {ip}                 the target's address literal; {address} {port}: the bare address, its port
--   {host}               the name that the target gives itself in its banner or its answer to EHLO
--   {rdns}               the name by which the target was given to us
--   {ldom}               a domain that the target serves: {rdns}, or {host} where there is none
-- Names only as far as the DNS leads them to the target: relay_guard.lua.
-- A form whose name is not known is left out, and one with `needs` where the server does not offer that.
-- `foreign`: a refusal sent later would go to the target's own postmaster, and not to us: such a form gets a
-- message last of all. `plain`: a server that takes it takes all. `cause`: the misconfiguration that it shows, by
-- the name under which lang/ and scripts/notice/cause.lua explain it to the owner. `before`, `first`: what else is said
-- in such a test, for who reads about it (ajar probes): the probe itself says it.
--
-- The ids are those of the literature as far as there is one. Left out on purpose:
--   R17  <user@[the target's address]> is local to the target: who accepts it relays nothing. (A well-known
--        scanner takes it for a relay.)
--   S20  a greeting of 2052 bytes attacks the server's memory and asks nothing about relaying.
--   T1, T2 log in, with nobody's or somebody's name; T11 mails the target's own users.
-- The parent domain of {host} is never tried: it may be a stranger's, who would get the refusals.

local ajar = ajar

local BY_CLIENT = "Let the client's address or its log-in decide about relaying, never the sender that it claims. "
    .. "Postfix: smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, "
    .. "reject_unauth_destination, with no check_sender_access that says OK before them. "
    .. "Exim: in acl_check_rcpt accept only hosts = +relay_from_hosts and authenticated = *. "
    .. "sendmail: take relay_local_from and relay_mail_from out of sendmail.mc."
local NO_RULE = "Refuse recipients elsewhere unless the client is your own or has logged in. "
    .. "Postfix: smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, "
    .. "reject_unauth_destination, and mynetworks with your own networks alone. "
    .. "Exim: relay_from_hosts with your own networks alone. sendmail: take promiscuous_relay out of sendmail.mc. "
    .. "qmail: list your domains in control/rcpthosts. "
    .. "Exchange: on the receive connector, Remove-ADPermission of ms-Exch-SMTP-Accept-Any-Recipient from "
    .. "ANONYMOUS LOGON."
local PERCENT = "Refuse % in a local part where it is a route: taken as mere text, it may still be one to a server "
    .. "behind. Postfix: allow_untrusted_routing = no (the default), and reject_unauth_destination. Exim: leave "
    .. "percent_hack_domains empty, and deny local_parts = ^.*[@%!/|]. qmail: remove control/percenthack. "
    .. "sendmail: do not use loose_relay_check."

-- What closes each misconfiguration, for a step of the case. The letters say it in their own words.
local remedies = {
    ["no-rule"] = NO_RULE,
    ["same-domain"] = "That sender and recipient are of one domain, or one mailbox, makes neither your own. " .. BY_CLIENT,
    ["null-sender"] = "The null sender must pass the same relay rule as any other. " .. NO_RULE,
    ["bare-sender"] = "Refuse unqualified senders from outside (Postfix: reject_non_fqdn_sender; Exim: leave "
        .. "sender_unqualified_hosts empty). " .. BY_CLIENT,
    ["claimed-sender"] = BY_CLIENT,
    ["claimed-user"] = BY_CLIENT .. " Postfix: smtpd_sender_login_maps with reject_sender_login_mismatch.",
    ["claimed-greeting"] = "Believe no name in EHLO. Postfix: take check_helo_access out of what permits relaying. "
        .. BY_CLIENT,
    ["unknown-sender"] = NO_RULE .. " Postfix also: reject_unknown_sender_domain in smtpd_sender_restrictions.",
    ["empty-domain"] = "Refuse an address whose domain is empty as bad syntax (501), before anything else is "
        .. "decided. Postfix: resolve_null_domain = no (the default).",
    ["bare-recipient"] = "Take envelope addresses in angle brackets alone. Postfix: strict_rfc821_envelopes = yes.",
    ["quoted-route"] = "Decide about relaying after quotes are taken off and addresses rewritten. "
        .. "Postfix: resolve_dequoted_address = yes (the default). "
        .. "Exim: deny local_parts = ^.*[@%!/|] at the head of acl_check_rcpt.",
    ["percent-route"] = PERCENT,
    ["two-ats"] = "Refuse addresses with more than one unquoted @ as bad syntax (501). "
        .. "Exim: deny local_parts = ^.*[@%!/|]. Postfix: allow_untrusted_routing = no (the default).",
    ["source-route"] = "Ignore or refuse source routes (RFC 5321, appendix F.2). "
        .. "Postfix: allow_untrusted_routing = no (the default). sendmail: do not use loose_relay_check.",
    ["uucp-path"] = "Refuse ! in addresses from outside. sendmail: FEATURE(`nouucp', `reject'). "
        .. "Postfix: allow_untrusted_routing = no (the default), and reject_unauth_destination. "
        .. "Exim: deny local_parts = ^.*[@%!/|].",
    ["srs-hash"] = "Verify the hash and the date of an SRS address before it is turned back (postsrsd, or Exim's "
        .. "inbound_srs condition with its secret), and refuse the ones that do not hold.",
    ["spelling"] = "Bring a domain into one form (lower case, no dot at the end, IDNA's mapping) before it is "
        .. "compared with any list.",
    ["smtputf8"] = "The relay rule must hold for messages with SMTPUTF8 as for any other; without use for them, "
        .. "switch the extension off (Postfix: smtputf8_enable = no). " .. NO_RULE,
    ["inside-tls"] = "TLS alone is no log-in. Postfix: permit_tls_clientcerts with relay_clientcerts in place of "
        .. "permit_tls_all_clientcerts. " .. NO_RULE,
    ["xclient"] = "Believe XCLIENT of your own gateways alone. Postfix: smtpd_authorized_xclient_hosts.",
    ["proxy-line"] = "Take the PROXY protocol from your own balancer alone, on a port that only it reaches. "
        .. "Postfix: smtpd_upstream_proxy_protocol; Exim: hosts_proxy.",
    ["second-recipient"] = "Let the relay rule decide about each recipient for itself. " .. NO_RULE,
    ["web-form"] = "Write the recipients of a form's mail into the script, and take none from the request.",
    ["ipv6-clients"] = "Make sure that the server sees its clients' own IPv6 addresses (Docker: userland-proxy false, "
        .. "or an IPv6 network of the container's own), and take the container bridge out of the trusted networks. "
        .. NO_RULE,
}

local SENDER, VICTIM, OURS = "<{sender}>", "<{victim}>", true -- OURS: a bounce comes back to us

local by_id = {}

---The tables of forms below are lists in this order; what a row leaves out is the usual.
local function add(row, usual)
    by_id[row[1]] = {
        id = row[1], name = row[2], sender = row.sender or usual.sender or row[3],
        recipient = row.recipient or usual.recipient or row[3], cause = row[4], shows = row[5],
        remedy = remedies[row[4]], foreign = usual.foreign and not row.ours, plain = row.plain,
        greeting = row.greeting, needs = row.needs, parameters = row.parameters,
    }
end

local FROM_OUTSIDE = { recipient = VICTIM }
for _, row in ipairs {
    { "S1", "a stranger to a stranger", SENDER, "no-rule", "relays mail from any stranger to any stranger", plain = OURS },
    { "S2", "sender and recipient in one domain", "<{su}@{vd}>", "same-domain",
        "relays where sender and recipient are of one domain, even a foreign one" },
    { "S3", "to oneself", VICTIM, "same-domain", "relays where sender and recipient are the same" },
    { "S4", "the null sender", "<>", "null-sender", "relays for the null sender, which bounces have" },
    { "S16", "a sender that no DNS knows", "<{su}@{vu}.{vd}>", "unknown-sender",
        "relays for strangers, and for senders in domains that do not exist" },
    { "S17", "a recipient without brackets", SENDER, "bare-recipient",
        "relays to a recipient that is written without angle brackets", recipient = "{victim}" },
} do
    add(row, FROM_OUTSIDE)
end

local FROM_ITSELF = { recipient = VICTIM, foreign = true }
for _, row in ipairs {
    { "S5", "a sender without a domain", "<{su}>", "bare-sender",
        "relays for a sender without a domain, which it takes for a local user" },
    { "S6", "the server's own domain as sender", "<{su}@{host}>", "claimed-sender",
        "relays for senders that claim its own domain" },
    { "S7", "the server's public name as sender", "<{su}@{rdns}>", "claimed-sender",
        "relays for senders that claim the name which the server has in DNS" },
    { "S8", "an unknown local sender", "<ajar-probe@{ldom}>", "claimed-sender",
        "relays for any sender in a domain that it serves, whether there is such a user or not" },
    { "S9", "a known local sender", "<root@{ldom}>", "claimed-user", "relays for whoever claims to be one of its users" },
    { "S10", "the postmaster as sender", "<postmaster@{host}>", "claimed-user",
        "relays for whoever claims to be its postmaster" },
    { "S11", "the server's address as sender", "<{su}@{ip}>", "claimed-sender",
        "relays for senders that claim its own address" },
    { "S12", "localhost as sender", "<{su}@localhost>", "claimed-sender",
        "relays for senders that claim to be on the server itself (localhost)" },
    { "S13", "127.0.0.1 as sender", "<{su}@[127.0.0.1]>", "claimed-sender",
        "relays for senders that claim to be on the server itself ([127.0.0.1])" },
    { "S14", "a sender with an empty domain", "<{su}@>", "empty-domain", "relays for a sender whose domain is empty" },
    { "S15", "a UUCP path as sender", "<{vd}!{su}>", "uucp-path",
        "relays for a UUCP sender, which it takes for a local user" },
    { "S18", "the server's domain as greeting and sender", "<root@{ldom}>", "claimed-greeting",
        "relays for a client that greets with the server's own name", greeting = "{ldom}" },
    { "S19", "an unknown greeting and a local sender", "<root@{ldom}>", "claimed-greeting",
        "relays for local senders when the client greets with an unknown name", greeting = "{vu}.{vd}" },
} do
    add(row, FROM_ITSELF)
end

local ODDLY_WRITTEN = { sender = SENDER }
for _, row in ipairs {
    { "R1", "a quoted mailbox", '<"{vu}@{vd}">', "quoted-route",
        "takes a quoted address for a local user, and then relays to what the quotes held" },
    { "R2", "a quoted percent route", '<"{vu}%{vd}">', "percent-route",
        "takes a quoted address with % for a local user, and then relays by it" },
    { "R3", "a bare percent route", "<{vu}%{vd}>", "percent-route", "relays to an address with % that has no domain" },
    { "R4", "a percent route by the server's name", "<{vu}%{vd}@{host}>", "percent-route",
        "relays by the percent hack: user%elsewhere@its-own-name" },
    { "R5", "a percent route by the server's address", "<{vu}%{vd}@{ip}>", "percent-route",
        "relays by the percent hack: user%elsewhere@[its own address]" },
    { "R6", "a percent route by nobody", "<{vu}%{vd}@>", "empty-domain",
        "relays by the percent hack with an empty domain" },
    { "R7", "two @, the server's name last", "<{vu}@{vd}@{host}>", "two-ats",
        "reads an address with two @ in two ways: local at first, then relayed" },
    { "R8", "two @, the server's address last", "<{vu}@{vd}@{ip}>", "two-ats",
        "reads an address with two @ in two ways: its own address at first, then relayed" },
    { "R9", "two @, nothing last", "<{vu}@{vd}@>", "empty-domain", "relays to an address that ends in an @" },
    { "R10", "a quoted mailbox at the server's name", '<"{vu}@{vd}"@{host}>', "quoted-route",
        "routes a quoted local part once more, and then relays" },
    { "R11", "a quoted mailbox at the server's address", '<"{vu}@{vd}"@{ip}>', "quoted-route",
        "routes a quoted local part at its own address once more, and then relays" },
    { "R12", "a source route by the server's name", "<@{host}:{vu}@{vd}>", "source-route",
        "follows source routes: @its-own-name:user@elsewhere" },
    { "R13", "a source route by the server's address", "<@{ip}:{vu}@{vd}>", "source-route",
        "follows source routes: @[its own address]:user@elsewhere" },
    { "R14", "a UUCP path", "<{vd}!{vu}>", "uucp-path", "relays by UUCP paths: elsewhere!user" },
    { "R15", "a UUCP path by the server's name", "<{vd}!{vu}@{host}>", "uucp-path",
        "relays by UUCP paths: elsewhere!user@its-own-name" },
    { "R16", "a UUCP path by the server's address", "<{vd}!{vu}@{ip}>", "uucp-path",
        "relays by UUCP paths: elsewhere!user@[its own address]" },

    { "T8", "an SRS address with a false hash", "<SRS0=AJAR=AA={vd}={vu}@{host}>", "srs-hash",
        "turns SRS addresses back without verifying their hash" },
    { "T8n", "an SRS address with a false hash, null sender", "<SRS0=AJAR=AA={vd}={vu}@{host}>", "srs-hash",
        "turns SRS addresses back without verifying their hash", sender = "<>" },
    { "T9a", "a domain with a dot at its end", "<{vu}@{vd}.>", "spelling",
        "compares domains before it takes the dot from their end" },
    { "T9b", "an address in capitals", "<{VU}@{VD}>", "spelling",
        "compares domains before it brings them into lower case" },
    { "T9c", "a domain with ideographic full stops", "<{vu}@{stop}>", "spelling",
        "compares domains before it maps an internationalised name's full stops", needs = "smtputf8",
        parameters = " SMTPUTF8" },
    { "T9d", "a domain in full-width letters", "<{vu}@{wide}>", "spelling",
        "compares domains before it maps an internationalised name's letters", needs = "smtputf8",
        parameters = " SMTPUTF8" },
    { "T9u", "a message with SMTPUTF8", VICTIM, "smtputf8", "relays what is announced as SMTPUTF8",
        needs = "smtputf8", parameters = " SMTPUTF8" },
} do
    add(row, ODDLY_WRITTEN)
end

---A form that is known, put to the server in other circumstances: `before` is said ahead of it.
local function again(id, of, name, cause, shows, before)
    local form = {}
    for key, value in pairs(by_id[of]) do
        form[key] = value
    end
    form.id, form.name, form.cause, form.shows, form.remedy = id, name, cause, shows, remedies[cause]
    form.before = before
    by_id[id] = form
end

again("T5", "S1", "a stranger over IPv6", "ipv6-clients", "relays mail from any stranger who comes over IPv6")
again("T7", "S1", "a stranger as the second recipient", "second-recipient",
    "refuses a stranger as the first recipient, and takes it behind one of its own")
by_id.T7.first = "<postmaster@{host}>"
again("T10", "S1", "a form on a web server", "web-form", "has a web form that sends mail to whomever the request names")
by_id.T10.envelope = { "POST /cgi-bin/formmail.pl", "recipient={victim}" }
again("T6p", "S1", "a stranger with a PROXY line (over IPv6: TCP6 ::1)", "proxy-line",
    "believes a PROXY line of any client, and relays for who claims by it to be the server itself",
    "PROXY TCP4 127.0.0.1 {address} 40000 {port}")
again("T6x", "S1", "a stranger with XCLIENT", "xclient",
    "believes XCLIENT of any client, and relays for who claims by it to be the server itself", "XCLIENT ADDR=127.0.0.1")

-- In which order they are tried, seven a session at most: what is found most often comes first.
local stages = {
    { "S1", "S2", "S4", "S6", "R4", "R1", "R12" },
    { "R2", "R5", "R7", "R10", "R14", "R15" },
    { "S5", "S8", "S11", "S12", "R8", "R11" },
    { "S3", "S7", "S9", "S10", "S13", "S14" },
    { "S15", "S16", "S17", "S18", "S19" },
    { "R3", "R6", "R9", "R13", "R16" },
    { "T8", "T8n", "T9a", "T9b", "T9c", "T9d" },
    { "T9u" },
}

---Forms in the circumstances of `again`, list by list: `rename` gives the id, the cause and what it shows there.
local function elsewhere(lists, before, words, rename)
    local all = {}
    for i, ids in ipairs(lists) do
        all[i] = {}
        for k, of in ipairs(ids) do
            local id, cause, shows = rename(by_id[of])
            again(id, of, by_id[of].name .. words, cause, shows, before)
            by_id[id].of, all[i][k] = of, id
        end
    end
    return all
end

---The R forms with another sender: some servers look at both ("R4n": the null sender, "R4h": a local one).
local function with_senders()
    local more = {}
    for number = 1, 16 do
        local of = "R" .. number
        local form = by_id[of]
        again(of .. "n", of, form.name .. ", null sender", form.cause, form.shows)
        again(of .. "h", of, form.name .. ", local sender", form.cause, form.shows)
        by_id[of .. "n"].sender = "<>"
        by_id[of .. "h"].sender, by_id[of .. "h"].foreign = "<{su}@{host}>", true
        for _, suffix in ipairs { "n", "h" } do
            if #more == 0 or #more[#more] == 6 then
                more[#more + 1] = {}
            end
            table.insert(more[#more], of .. suffix)
        end
    end
    return more
end

---What is said to the server in a test of this form, in templates.
local function envelope(form)
    local lines = { form.before }
    local function say(words, path)
        lines[#lines + 1] = path and words .. path
    end
    say("EHLO ", form.greeting)
    say("MAIL FROM:", form.sender .. (form.parameters or ""))
    say("RCPT TO:", form.first)
    say("RCPT TO:", form.recipient)
    return lines
end

---Forms as a probe declares them (ajar.probe { forms = … }): tables of its own, as scripts share nothing that they can
---write.
---@param ids string[]
---@param category? "safe"|"thorough"|"intrusive"
---@param into? ajar.form[] these go before them
---@return ajar.form[]
local function declared(ids, category, into)
    into = into or {}
    for _, id in ipairs(ids) do
        local form = by_id[id]
        into[#into + 1] = {
            id = id, name = form.name, envelope = form.envelope or envelope(form), shows = form.shows,
            cause = form.cause, remedy = form.remedy, category = category,
        }
    end
    return into
end

local repeats = with_senders()

-- Inside TLS the plainest have names of their own, and show that TLS itself is trusted; "R4t" is R4 there.
local TRUSTED = { S1 = "T3", S4 = "T3n", S6 = "T3h" }
local IN_TLS = "relays for whoever comes inside TLS, and refuses the same in plain text"

local function inside_tls(form)
    if TRUSTED[form.id] then
        return TRUSTED[form.id], "inside-tls", IN_TLS
    end
    return form.id .. "t", form.cause, form.shows .. "; inside TLS alone"
end

---@class ajar.relay.set in which order forms are tried, seven a session at most: stage by stage; and those that --thorough adds
---@field stages string[][]
---@field repeats string[][]
local plain_set, tls_set = { stages = stages, repeats = repeats }, nil

---The same inside TLS, made once they are asked for.
---@return ajar.relay.set
local function set_inside_tls()
    tls_set = tls_set or {
        stages = elsewhere(stages, "STARTTLS", ", inside TLS", inside_tls),
        repeats = elsewhere(repeats, "STARTTLS", ", inside TLS", inside_tls),
    }
    return tls_set
end

ajar.internal.relay_forms = { declared = declared, by_id = by_id, plain = plain_set, inside_tls = set_inside_tls }
return ajar.internal.relay_forms
