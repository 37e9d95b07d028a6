-- What closes which software to strangers: data for the letters, in no language.
--
--   name   as the letter says it
--   find   what the software writes of itself, in lower case, anywhere in what it sent
--   kinds  the findings that the settings close: relay, http, socks
--   quiet  true when it never names itself: then it is offered as an example ("if it runs …")
--   steps  in order: { file =, lines = }, { remove = FILE, lines = }, { run = LINES } or
--          { shell = LINES } (its own command line)
--   link   the makers' own instructions
--
-- 192.0.2.0/24 stands for the owner's network throughout. The first that fits is taken.
--
-- `general` has, for each kind, instructions that hold whatever the software is: { name =, url = }; and `firewall`, for a
-- proxy, rules that do: { system =, lines = }.

local firewalls = {
  { name = "nftables (Linux)", url = "https://wiki.debian.org/nftables" },
  { name = "Windows Firewall (New-NetFirewallRule)",
    url = "https://learn.microsoft.com/powershell/module/netsecurity/" },
}

return {
  general = {
    relay = {
      { name = "RFC 2505, Anti-Spam Recommendations for SMTP MTAs",
        url = "https://www.rfc-editor.org/info/bcp30" },
      { name = "RFC 5068, Email Submission Operations", url = "https://www.rfc-editor.org/info/bcp134" },
    },
    http = {
      { name = "CERT/CC, HTTP proxy default configurations allow arbitrary TCP connections",
        url = "https://www.kb.cert.org/vuls/id/150227" },
      firewalls[1],
      firewalls[2],
    },
    socks = firewalls,
    firewall = { -- PORT is the finding's
      proxy = {
        { system = "nftables (Linux)", lines = {
          -- Ahead of all other rules, as one that accepts may stand among them: the last one inserted is the first.
          "nft insert rule inet filter input tcp dport PORT drop",
          "nft insert rule inet filter input \\",
          "  ip saddr 192.0.2.0/24 tcp dport PORT accept",
          "nft insert rule inet filter input iif lo tcp dport PORT accept",
        } },
        { system = "Windows Firewall (PowerShell)", lines = {
          -- Of two rules that fit one that blocks wins, whatever the other one allows: so those that allow are narrowed, by their
          -- port and by their program.
          "Get-NetFirewallPortFilter -Protocol TCP |",
          "  Where-Object LocalPort -EQ PORT | Get-NetFirewallRule |",
          "  Where-Object { $_.Direction -eq 'Inbound' -and",
          "    $_.Action -eq 'Allow' } |",
          "  Set-NetFirewallRule -RemoteAddress 192.0.2.0/24",
          "Get-NetFirewallApplicationFilter -Program 'C:\\Proxy\\proxy.exe' |",
          "  Get-NetFirewallRule |",
          "  Where-Object { $_.Direction -eq 'Inbound' -and",
          "    $_.Action -eq 'Allow' } |",
          "  Set-NetFirewallRule -RemoteAddress 192.0.2.0/24",
        } },
      },
    },
  },
  {
    name = "Postfix",
    find = { "postfix" },
    kinds = { relay = true },
    steps = {
      {
        file = "/etc/postfix/main.cf",
        lines = {
          "mynetworks = 127.0.0.0/8 [::1]/128 192.0.2.0/24",
          "smtpd_relay_restrictions = permit_mynetworks,",
          "    permit_sasl_authenticated, reject_unauth_destination",
        },
      },
      { run = { "postfix check && postfix reload" } },
    },
    link = "https://www.postfix.org/SMTPD_ACCESS_README.html",
  },
  {
    name = "OpenSMTPD",
    find = { "opensmtpd" },
    kinds = { relay = true },
    steps = {
      {
        file = "smtpd.conf",
        lines = {
          'action "outbound" relay',
          'match from local for any action "outbound"',
          'match from src 192.0.2.0/24 for any action "outbound"',
          'match auth from any for any action "outbound"',
        },
      },
      { run = { "smtpd -n" } },
    },
    link = "https://man.openbsd.org/smtpd.conf",
  },
  {
    name = "Exim",
    find = { "exim" },
    kinds = { relay = true },
    steps = {
      {
        file = "exim.conf",
        lines = { "hostlist relay_from_hosts = <; 127.0.0.1 ; ::1 ; 192.0.2.0/24" },
      },
      {
        file = "/etc/exim4/update-exim4.conf.conf (Debian)",
        lines = { "dc_relay_nets='192.0.2.0/24'", "dc_relay_domains=''" },
      },
      { run = { "update-exim4.conf && systemctl reload exim4" } },
    },
    link = "https://www.exim.org/exim-html-current/doc/html/spec_html/",
  },
  {
    name = "Sendmail",
    find = { "sendmail" },
    kinds = { relay = true },
    steps = {
      {
        remove = "/etc/mail/sendmail.mc",
        lines = {
          "FEATURE(`promiscuous_relay')",
          "FEATURE(`relay_local_from')",
          "FEATURE(`relay_mail_from')",
        },
      },
      { file = "/etc/mail/access", lines = { "Connect:192.0.2    RELAY" } },
      { run = { "make -C /etc/mail && systemctl restart sendmail" } },
    },
  },
  {
    name = "qmail",
    find = { "qmail", " qp " },
    kinds = { relay = true },
    steps = {
      { file = "/var/qmail/control/rcpthosts", lines = { "your-domain.example" } },
      { file = "/etc/tcp.smtp", lines = { '127.:allow,RELAYCLIENT=""', '192.0.2.:allow,RELAYCLIENT=""', ":allow" } },
      { run = { "tcprules /etc/tcp.smtp.cdb /etc/tcp.smtp.tmp \\", "  < /etc/tcp.smtp" } },
    },
    link = "https://cr.yp.to/qmail/guide.html",
  },
  {
    name = "Microsoft Exchange",
    find = { "microsoft esmtp mail service" },
    kinds = { relay = true },
    steps = {
      {
        shell = {
          -- Those that all may connect to: one for your own devices alone, by their addresses, is no open relay.
          "Get-ReceiveConnector | Where-Object {",
          "  $_.RemoteIPRanges -match '^(0\\.0\\.0\\.0|::)[-/]' } |",
          "  Remove-ADPermission `",
          '  -User "NT AUTHORITY\\ANONYMOUS LOGON" `',
          '  -ExtendedRights "Ms-Exch-SMTP-Accept-Any-Recipient"',
        },
      },
    },
    link = "https://learn.microsoft.com/exchange/mail-flow/connectors/connectors",
  },
  {
    name = "Squid",
    find = { "squid" },
    kinds = { http = true },
    steps = {
      {
        file = "/etc/squid/squid.conf",
        lines = {
          "acl own_network src 192.0.2.0/24",
          "http_access deny !Safe_ports",
          "http_access deny CONNECT !SSL_ports",
          "http_access allow localhost",
          "http_access allow own_network",
          "http_access deny all",
        },
      },
      { run = { "squid -k parse && squid -k reconfigure" } },
    },
    link = "https://wiki.squid-cache.org/SquidFaq/SecurityPitfalls",
  },
  {
    name = "Tinyproxy",
    find = { "tinyproxy" },
    kinds = { http = true },
    steps = {
      {
        file = "/etc/tinyproxy/tinyproxy.conf",
        lines = { "Allow 127.0.0.1", "Allow 192.0.2.0/24", "ConnectPort 443" },
      },
      { run = { "systemctl restart tinyproxy" } },
    },
    link = "https://tinyproxy.github.io/",
  },
  {
    name = "MikroTik RouterOS",
    find = { "mikrotik" },
    kinds = { http = true, socks = true },
    steps = { { shell = {
      "/ip proxy access print",
      "/ip proxy access add src-address=192.0.2.0/24 action=allow",
      "/ip proxy access add action=deny",
      "/ip socks access print",
      "/ip socks access add src-address=192.0.2.0/24 action=allow",
      "/ip socks access add action=deny",
    } } },
    link = "https://help.mikrotik.com/docs/",
  },
  {
    name = "Apache",
    find = { "server: apache" },
    kinds = { http = true },
    steps = {
      {
        file = "httpd.conf",
        lines = {
          "ProxyRequests Off",
          "# in rules of rewriting with [P], a slash before what is taken over:",
          "RewriteRule ^/(.*)$ http://inside.example/$1 [P]",
        },
      },
      { run = { "apachectl configtest && apachectl graceful" } },
    },
    link = "https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#access",
  },
  {
    name = "nginx",
    find = { "server: nginx" },
    kinds = { http = true },
    steps = {
      {
        remove = "nginx.conf",
        lines = { "proxy_pass http://$host$request_uri;", "proxy_pass http://$http_host$request_uri;" },
      },
      {
        file = "nginx.conf",
        lines = {
          "server { listen 80 default_server; return 444; }",
          "proxy_pass http://inside.example;",
        },
      },
      { run = { "nginx -t && nginx -s reload" } },
    },
    link = "https://nginx.org/en/docs/http/ngx_http_proxy_module.html",
  },
  {
    name = "Privoxy",
    find = { "privoxy" },
    kinds = { http = true },
    steps = {
      {
        file = "/etc/privoxy/config",
        lines = { "listen-address 127.0.0.1:8118", "permit-access 192.0.2.0/24" },
      },
      { run = { "systemctl restart privoxy" } },
    },
    link = "https://www.privoxy.org/user-manual/config.html",
  },
  {
    name = "HAProxy",
    find = { "haproxy" },
    kinds = { http = true },
    steps = {
      {
        file = "/etc/haproxy/haproxy.cfg",
        lines = {
          "acl own_network src 192.0.2.0/24",
          "http-request deny if METH_CONNECT !own_network",
          "http-request deny if { url_ip -m found } !own_network",
        },
      },
      { run = { "haproxy -c -f /etc/haproxy/haproxy.cfg", "systemctl reload haproxy" } },
    },
    link = "https://docs.haproxy.org/",
  },
  {
    name = "3proxy",
    find = { "3proxy" },
    kinds = { http = true, socks = true },
    steps = {
      {
        file = "3proxy.cfg",
        lines = {
          "auth iponly",
          "allow * 192.0.2.0/24",
          "deny *",
          "proxy",
          "socks",
        },
      },
    },
    link = "https://3proxy.org/doc/",
  },
  {
    name = "coturn",
    find = { "coturn" },
    kinds = { socks = true },
    steps = {
      {
        file = "/etc/turnserver.conf",
        lines = { "lt-cred-mech", "no-tcp-relay", "denied-peer-ip=10.0.0.0-10.255.255.255" },
      },
      { run = { "systemctl restart coturn" } },
    },
    link = "https://github.com/coturn/coturn/wiki",
  },
  {
    name = "Dante",
    find = { "dante" },
    kinds = { socks = true },
    quiet = true,
    steps = {
      {
        file = "/etc/danted.conf",
        lines = {
          "client pass  { from: 192.0.2.0/24 to: 0.0.0.0/0 }",
          "client block { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
          "socks block  { from: 0.0.0.0/0 to: 127.0.0.0/8 }",
          "socks pass   { from: 192.0.2.0/24 to: 0.0.0.0/0 }",
          "socks block  { from: 0.0.0.0/0 to: 0.0.0.0/0 }",
        },
      },
      { run = { "danted -V && systemctl restart danted" } },
    },
    link = "https://www.inet.no/dante/",
  },
}
