-- The envelopes that relay tests are made of: which sender and which recipient a server is shown, what it
-- shows when the mail comes back, and what closes it.
--
-- A template is filled with
--   {victim} {vu} {vd}   our own mailbox, its local part (the token) and its domain
--   {sender} {su}        our own sender, to which refusals come back, and its local part
--   {ip}                 the target's address literal
--   {host}               the name that the target gives itself in its banner or its answer to EHLO
--   {rdns}               the name by which the target was given to us
--   {ldom}               a domain that the target serves: {rdns}, or {host} where there is none
-- A form whose name is not known is left out. `foreign`: a refusal sent later would go to the target's own
-- postmaster, and not to us: such a form gets a message last of all.
--
-- The ids are those of the literature as far as there is one. Two are left out on purpose:
--   R17  <user@[the target's address]> is local to the target: who accepts it relays nothing. (A well-known
--        scanner takes it for a relay.)
--   S20  a greeting of 2052 bytes attacks the server's memory and asks nothing about relaying.
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
local DEQUOTE = "Decide about relaying after quotes are taken off and addresses rewritten. "
    .. "Postfix: resolve_dequoted_address = yes (the default). "
    .. "Exim: deny local_parts = ^.*[@%!/|] at the head of acl_check_rcpt."
local PERCENT = "Do not read % in a local part as a route. Postfix: allow_percent_hack = no, and "
    .. "reject_unauth_destination. Exim: leave percent_hack_domains empty. qmail: remove control/percenthack. "
    .. "sendmail: do not use loose_relay_check."
local ONE_AT = "Refuse addresses with more than one unquoted @ as bad syntax (501). "
    .. "Exim: deny local_parts = ^.*[@%!/|]. Postfix: allow_untrusted_routing = no (the default)."
local EMPTY_HOST = "Refuse an address whose domain is empty as bad syntax (501), before anything else is decided. "
    .. "Postfix: resolve_null_domain = no (the default)."
local ROUTE = "Ignore or refuse source routes (RFC 5321, appendix F.2). "
    .. "Postfix: allow_untrusted_routing = no (the default). sendmail: do not use loose_relay_check."
local BANG = "Refuse ! in addresses from outside. sendmail: FEATURE(`nouucp', `reject'). "
    .. "Postfix: swap_bangpath = no, and reject_unauth_destination. Exim: deny local_parts = ^.*[@%!/|]."
local STRICT = "Take envelope addresses in angle brackets alone. Postfix: strict_rfc821_envelopes = yes."
local SRS = "Verify the hash and the date of an SRS address before it is turned back (postsrsd, or Exim's "
    .. "inbound_srs condition with its secret), and refuse the ones that do not hold."
local NORMAL = "Bring a domain into one form (lower case, no dot at the end) before it is compared with any list."

local S = "<{sender}>"
local V = "<{victim}>"

local forms = {
    { id = "S1", name = "a stranger to a stranger", sender = S, recipient = V,
        shows = "relays mail from any stranger to any stranger", remedy = NO_RULE },
    { id = "S2", name = "sender and recipient in one domain", sender = "<ajar-{vu}@{vd}>", recipient = V,
        shows = "relays where sender and recipient are of one domain, even a foreign one", remedy = NO_RULE },
    { id = "S3", name = "to oneself", sender = V, recipient = V,
        shows = "relays where sender and recipient are the same", remedy = NO_RULE },
    { id = "S4", name = "the null sender", sender = "<>", recipient = V,
        shows = "relays for the null sender, which bounces have",
        remedy = "The null sender must pass the same relay rule as any other. " .. NO_RULE },
    { id = "S5", name = "a sender without a domain", sender = "<{su}>", recipient = V, foreign = true,
        shows = "relays for a sender without a domain, which it takes for a local user",
        remedy = "Refuse unqualified senders from outside (Postfix: reject_non_fqdn_sender; Exim: leave "
            .. "sender_unqualified_hosts empty). " .. BY_CLIENT },
    { id = "S6", name = "the server's own domain as sender", sender = "<{su}@{host}>", recipient = V, foreign = true,
        shows = "relays for senders that claim its own domain", remedy = BY_CLIENT },
    { id = "S7", name = "the server's public name as sender", sender = "<{su}@{rdns}>", recipient = V, foreign = true,
        shows = "relays for senders that claim the name which the server has in DNS", remedy = BY_CLIENT },
    { id = "S8", name = "an unknown local sender", sender = "<ajar-probe@{ldom}>", recipient = V, foreign = true,
        shows = "relays for any sender in a domain that it serves, whether there is such a user or not",
        remedy = BY_CLIENT },
    { id = "S9", name = "a known local sender", sender = "<root@{ldom}>", recipient = V, foreign = true,
        shows = "relays for whoever claims to be one of its users",
        remedy = BY_CLIENT .. " Postfix: smtpd_sender_login_maps with reject_sender_login_mismatch." },
    { id = "S10", name = "the postmaster as sender", sender = "<postmaster@{host}>", recipient = V, foreign = true,
        shows = "relays for whoever claims to be its postmaster",
        remedy = "Exempt no sender from the relay rule, the postmaster included. " .. BY_CLIENT },
    { id = "S11", name = "the server's address as sender", sender = "<{su}@{ip}>", recipient = V, foreign = true,
        shows = "relays for senders that claim its own address", remedy = BY_CLIENT },
    { id = "S12", name = "localhost as sender", sender = "<{su}@localhost>", recipient = V, foreign = true,
        shows = "relays for senders that claim to be on the server itself (localhost)", remedy = BY_CLIENT },
    { id = "S13", name = "127.0.0.1 as sender", sender = "<{su}@[127.0.0.1]>", recipient = V, foreign = true,
        shows = "relays for senders that claim to be on the server itself ([127.0.0.1])", remedy = BY_CLIENT },
    { id = "S14", name = "a sender with an empty domain", sender = "<{su}@>", recipient = V, foreign = true,
        shows = "relays for a sender whose domain is empty", remedy = EMPTY_HOST },
    { id = "S15", name = "a UUCP path as sender", sender = "<{vd}!{su}>", recipient = V, foreign = true,
        shows = "relays for a UUCP sender, which it takes for a local user", remedy = BANG },
    { id = "S16", name = "a sender that no DNS knows", sender = "<{su}@{vu}.{vd}>", recipient = V,
        shows = "relays for strangers, and for senders in domains that do not exist",
        remedy = NO_RULE .. " Postfix also: reject_unknown_sender_domain in smtpd_sender_restrictions." },
    { id = "S17", name = "a recipient without brackets", sender = S, recipient = "{victim}",
        shows = "relays to a recipient that is written without angle brackets", remedy = STRICT },
    { id = "S18", name = "the server's domain as greeting and sender", sender = "<root@{ldom}>", recipient = V,
        greeting = "{ldom}", foreign = true,
        shows = "relays for a client that greets with the server's own name",
        remedy = "Believe no name in EHLO. Postfix: take check_helo_access out of what permits relaying. " .. BY_CLIENT },
    { id = "S19", name = "an unknown greeting and a local sender", sender = "<root@{ldom}>", recipient = V,
        greeting = "{vu}.{vd}", foreign = true,
        shows = "relays for local senders when the client greets with an unknown name", remedy = BY_CLIENT },

    { id = "R1", name = "a quoted mailbox", sender = S, recipient = '<"{vu}@{vd}">',
        shows = "takes a quoted address for a local user, and then relays to what the quotes held", remedy = DEQUOTE },
    { id = "R2", name = "a quoted percent route", sender = S, recipient = '<"{vu}%{vd}">',
        shows = "takes a quoted address with % for a local user, and then relays by it", remedy = PERCENT },
    { id = "R3", name = "a bare percent route", sender = S, recipient = "<{vu}%{vd}>",
        shows = "relays to an address with % that has no domain", remedy = PERCENT },
    { id = "R4", name = "a percent route by the server's name", sender = S, recipient = "<{vu}%{vd}@{host}>",
        shows = "relays by the percent hack: user%elsewhere@its-own-name", remedy = PERCENT },
    { id = "R5", name = "a percent route by the server's address", sender = S, recipient = "<{vu}%{vd}@{ip}>",
        shows = "relays by the percent hack: user%elsewhere@[its own address]", remedy = PERCENT },
    { id = "R6", name = "a percent route by nobody", sender = S, recipient = "<{vu}%{vd}@>",
        shows = "relays by the percent hack with an empty domain", remedy = EMPTY_HOST .. " " .. PERCENT },
    { id = "R7", name = "two @, the server's name last", sender = S, recipient = "<{vu}@{vd}@{host}>",
        shows = "reads an address with two @ in two ways: local at first, then relayed", remedy = ONE_AT },
    { id = "R8", name = "two @, the server's address last", sender = S, recipient = "<{vu}@{vd}@{ip}>",
        shows = "reads an address with two @ in two ways: its own address at first, then relayed", remedy = ONE_AT },
    { id = "R9", name = "two @, nothing last", sender = S, recipient = "<{vu}@{vd}@>",
        shows = "relays to an address that ends in an @", remedy = EMPTY_HOST .. " " .. ONE_AT },
    { id = "R10", name = "a quoted mailbox at the server's name", sender = S, recipient = '<"{vu}@{vd}"@{host}>',
        shows = "routes a quoted local part once more, and then relays", remedy = DEQUOTE },
    { id = "R11", name = "a quoted mailbox at the server's address", sender = S, recipient = '<"{vu}@{vd}"@{ip}>',
        shows = "routes a quoted local part at its own address once more, and then relays", remedy = DEQUOTE },
    { id = "R12", name = "a source route by the server's name", sender = S, recipient = "<@{host}:{vu}@{vd}>",
        shows = "follows source routes: @its-own-name:user@elsewhere", remedy = ROUTE },
    { id = "R13", name = "a source route by the server's address", sender = S, recipient = "<@{ip}:{vu}@{vd}>",
        shows = "follows source routes: @[its own address]:user@elsewhere", remedy = ROUTE },
    { id = "R14", name = "a UUCP path", sender = S, recipient = "<{vd}!{vu}>",
        shows = "relays by UUCP paths: elsewhere!user", remedy = BANG },
    { id = "R15", name = "a UUCP path by the server's name", sender = S, recipient = "<{vd}!{vu}@{host}>",
        shows = "relays by UUCP paths: elsewhere!user@its-own-name", remedy = BANG },
    { id = "R16", name = "a UUCP path by the server's address", sender = S, recipient = "<{vd}!{vu}@{ip}>",
        shows = "relays by UUCP paths: elsewhere!user@[its own address]", remedy = BANG },

    { id = "T8", name = "an SRS address with a false hash", sender = S,
        recipient = "<SRS0=AJAR=AA={vd}={vu}@{host}>",
        shows = "turns SRS addresses back without verifying their hash", remedy = SRS },
    { id = "T8n", name = "an SRS address with a false hash, null sender", sender = "<>",
        recipient = "<SRS0=AJAR=AA={vd}={vu}@{host}>",
        shows = "turns SRS addresses back without verifying their hash", remedy = SRS },
    { id = "T9a", name = "a domain with a dot at its end", sender = S, recipient = "<{vu}@{vd}.>",
        shows = "compares domains before it takes the dot from their end", remedy = NORMAL },
    { id = "T9b", name = "an address in capitals", sender = S, recipient = "<{VU}@{VD}>",
        shows = "compares domains before it brings them into lower case", remedy = NORMAL },
}

local by_id = {}
for _, form in ipairs(forms) do
    by_id[form.id] = form
end

-- In which order they are tried, six a session: what is found most often comes first.
local stages = {
    { "S1", "S4", "S6", "R4", "R1", "R12" },
    { "R2", "R5", "R7", "R10", "R14", "R15" },
    { "S5", "S8", "S11", "S12", "R8", "R11" },
    { "S2", "S3", "S7", "S9", "S10", "S13" },
    { "S14", "S15", "S16", "S17", "S18", "S19" },
    { "R3", "R6", "R9", "R13", "R16" },
}

---The R forms with another sender: some servers look at both ("R4n": the null sender, "R4h": a local one).
local function with_senders()
    local more = {}
    for number = 1, 16 do
        local form = by_id["R" .. number]
        for suffix, sender in pairs { n = "<>", h = "<{su}@{host}>" } do
            local id = form.id .. suffix
            by_id[id] = {
                id = id, name = form.name .. (suffix == "n" and ", null sender" or ", local sender"),
                sender = sender, recipient = form.recipient, foreign = suffix == "h",
                shows = form.shows, remedy = form.remedy,
            }
        end
        for _, suffix in ipairs { "n", "h" } do
            if #more == 0 or #more[#more] == 6 then
                more[#more + 1] = {}
            end
            table.insert(more[#more], form.id .. suffix)
        end
    end
    return more
end

ajar.internal.relay_forms = { by_id = by_id, stages = stages, repeats = with_senders() }
return ajar.internal.relay_forms
