-- Which settings close exactly one misconfiguration of a server, by software: data for the letters, in no
-- language. What each misconfiguration is, and the advice in words, stands in lang/ under `causes`.
--
--   [cause] = list of { software = as the letter says it, steps = as in remedy.lua, beside = true where it is no
--             mail server, but what one may run in }
--
-- A cause that is not here has no setting of its own: the general remedy closes it. "no-rule" is one.

-- A function that makes an entry of the lines that it is given, which belong into the software's file, or out of it.
local function settings(software, file, how)
  return function(...)
    return { software = software, steps = { { [how or "file"] = file, lines = { ... } } } }
  end
end

local postfix = settings("Postfix", "/etc/postfix/main.cf")
local postfix_without = settings("Postfix", "/etc/postfix/main.cf", "remove")
local exim, exim_without = settings("Exim", "exim.conf"), settings("Exim", "exim.conf", "remove")
local sendmail = settings("Sendmail", "/etc/mail/sendmail.mc")
local sendmail_without = settings("Sendmail", "/etc/mail/sendmail.mc", "remove")

-- Local parts that could be read as another address, refused at the head of acl_check_rcpt.
local plain_local_parts = exim("deny message = restricted characters in address", "     local_parts = ^.*[@%!/|]")

-- Refused where it is a route. Were % and ! mere text to a gateway (allow_percent_hack, swap_bangpath), a server behind it might
-- still read them.
local untrusted_routing = postfix("allow_untrusted_routing = no")

local believes_no_sender = {
  postfix_without("check_sender_access hash:/etc/postfix/sender_access"),
  exim_without("accept sender_domains = +local_domains"),
  sendmail_without("FEATURE(`relay_local_from')", "FEATURE(`relay_mail_from')"),
}

return {
  ["same-domain"] = believes_no_sender,
  ["null-sender"] = {
    settings("Postfix", "/etc/postfix/sender_access", "remove")("<>    OK"),
    exim_without("accept senders = :"),
  },
  ["bare-sender"] = {
    postfix("smtpd_sender_restrictions = reject_non_fqdn_sender"),
    exim("sender_unqualified_hosts ="),
    sendmail_without("FEATURE(`accept_unqualified_senders')"),
  },
  ["claimed-sender"] = believes_no_sender,
  ["claimed-user"] = believes_no_sender,
  ["claimed-greeting"] = {
    postfix_without("check_helo_access hash:/etc/postfix/helo_access"),
    exim_without("accept condition = ${if eq{$sender_helo_name}{$primary_hostname}}"),
  },
  ["unknown-sender"] = { postfix("smtpd_sender_restrictions = reject_unknown_sender_domain") },
  ["empty-domain"] = { postfix("resolve_null_domain = no") },
  ["bare-recipient"] = { postfix("strict_rfc821_envelopes = yes") },
  ["quoted-route"] = { postfix("resolve_dequoted_address = yes"), plain_local_parts },
  ["percent-route"] = {
    untrusted_routing,
    exim("percent_hack_domains =", "deny local_parts = ^.*[@%!/|]"),
    sendmail_without("FEATURE(`loose_relay_check')"),
    -- It reads that file when it starts, and no more.
    { software = "qmail", steps = { { run = { "rm /var/qmail/control/percenthack", "svc -t /service/qmail-send" } } } },
  },
  ["two-ats"] = { untrusted_routing, plain_local_parts },
  ["source-route"] = {
    untrusted_routing,
    sendmail_without("FEATURE(`loose_relay_check')"),
  },
  ["uucp-path"] = {
    untrusted_routing,
    plain_local_parts,
    sendmail("FEATURE(`nouucp', `reject')"),
  },
  ["srs-hash"] = {
    settings("Postfix", "/etc/default/postsrsd")("SRS_SECRET=/etc/postsrsd.secret"),
    exim("condition = ${if inbound_srs {$local_part} {SRS_SECRET}}"),
  },
  ["smtputf8"] = { postfix("smtputf8_enable = no") },
  ["inside-tls"] = {
    postfix_without("permit_tls_all_clientcerts"),
    exim_without("accept encrypted = *"),
  },
  ["xclient"] = { postfix("smtpd_authorized_xclient_hosts = 192.0.2.10") },
  ["proxy-line"] = {
    postfix_without("smtpd_upstream_proxy_protocol = haproxy", "postscreen_upstream_proxy_protocol = haproxy"),
    exim("hosts_proxy = 192.0.2.10"),
  },
  ["local-services"] = { settings("Squid", "/etc/squid/squid.conf")("http_access deny to_localhost") },
  ["ipv6-clients"] = {
    { software = "Docker", beside = true, steps = { { file = "/etc/docker/daemon.json",
      lines = { '{ "userland-proxy": false }' } } } },
  },
}
