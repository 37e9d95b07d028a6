"""
exim: Exim as an administrator set it up.

It needs root for port 25 and to become its own user. Here it already is that user: Debian's exim knows it
by the name Debian-exim, and nss_wrapper tells it that this is the one that runs the test.
"""
import os

from expect import (CLOSED, ENVELOPE, EVERY_FORM, Expect, OPEN, PASSWORD, RELAY, RELAYS, SRS, STARTTLS,
                    TAKES_ANY_NAME, by_envelope)
from server import UNPACKED, Server, free_port

PASSWD = """root:x:0:0::/:/bin/false
me:x:{uid}:{gid}::/:/bin/false
Debian-exim:x:{uid}:{gid}::/:/bin/false
mail:x:8:8::/:/bin/false
"""
GROUP = """root:x:0:
mygroup:x:{gid}:
Debian-exim:x:{gid}:
mail:x:8:
"""

# Of every server here: no DNS, and away with what is not for a sink. Before the rule of each about relaying.
COMMON = """
exim_path = {program}
spool_directory = {folder}/spool
log_file_path = {folder}/%slog
pid_file_path = {folder}/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
primary_hostname = mail.administrator.test
qualify_domain = administrator.test
tls_advertise_hosts = {tls}
keep_environment = LD_PRELOAD : NSS_WRAPPER_PASSWD : NSS_WRAPPER_GROUP
host_lookup =
rfc1413_query_timeout = 0s
deliver_drop_privilege = true
smtp_accept_max = 0
smtp_accept_queue_per_connection = 0
dns_ipv4_lookup = *
domainlist local_domains = administrator.test : mail.administrator.test
hostlist relay_from_hosts = 127.0.5.0/24
acl_smtp_rcpt = acl_check_rcpt
{main}
begin acl
acl_check_rcpt:
{acl}
  accept hosts = +relay_from_hosts
  require message = relay not permitted
          domains = +local_domains
  accept
acl_after:
  deny message = not wanted here
{more_acl}

begin routers
{routers}
elsewhere:
  driver = manualroute
  domains = ! +local_domains
  route_data = ${{lookup{{$domain}}lsearch{{{folder}/sinks}}}}
  transport = remote
  self = send
mailboxes:
  driver = redirect
  domains = +local_domains
  data = :blackhole:
  allow_fail

begin transports
remote:
  driver = smtp
  hosts_try_fastopen =
{last}
"""
LOGIN = """
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = false
  server_advertise_condition = ${if def:tls_in_cipher}
"""

# Debian's, which lets no address in that could be read in two ways.
NO_TRICKS = r"  deny local_parts = ^[.] : ^.*[@%!/|]" + "\n"


class Exim(Server):
    PROGRAM = "exim4"
    KIND = "mail"
    MAIL = True

    def __init__(self, name, expects, acl="", main="", routers="", tls="", more_acl="", last="", **more):
        super().__init__(name, expects, **more)
        self.parts = {"acl": acl, "main": main, "routers": routers, "tls": tls, "more_acl": more_acl,
                      "last": last}

    def begin(self):
        self.port = free_port()
        ids = {"uid": os.getuid(), "gid": os.getgid()}
        program = f"{UNPACKED}/exim4"
        self.write("sinks", "".join(f"{domain}: 127.0.0.1::{port}\n" for domain, port in self.sinks.items()))
        conf = self.write("conf", COMMON.format(program=program, folder=self.folder, port=self.port, **self.parts))
        self.run([program, "-C", conf, "-bdf", "-q1h"],
                 environment={"LD_PRELOAD": "libnss_wrapper.so",
                              "NSS_WRAPPER_PASSWD": self.write("passwd", PASSWD.format(**ids)),
                              "NSS_WRAPPER_GROUP": self.write("group", GROUP.format(**ids))})

ASKS = """  deny !hosts = +relay_from_hosts
       message = 530 5.7.0 Authentication required
"""
FIRST_ONLY = Expect("suspect", why="open: but the proof would be a mail to its postmaster, which ajar does not send")


SERVERS = [
    Exim("exim-closed", {RELAY: Expect("closed", "550")}, NO_TRICKS),

    # dc_relay_nets, filled in by someone in a hurry.
    Exim("exim-open", RELAYS, NO_TRICKS + "  accept hosts = *\n"),

    Exim("exim-own-senders", by_envelope(), NO_TRICKS + "  accept sender_domains = +local_domains\n",
         envelopes={ENVELOPE: ("someone@mail.administrator.test", "{vu}@{vd}")}),

    # No rule about odd local parts, and a % in them means a route. (Exim's own percent_hack_domains is no such
    # door: what it makes of the address has to pass the rule.)
    Exim("exim-percent", by_envelope(), routers=r"""
percent:
  driver = redirect
  domains = +local_domains
  local_parts = ^[^%]+%[^%]+\$
  data = ${sg{$local_part}{\N^([^%]+)%(.+)$\N}{\$1@\$2}}
""",
         envelopes={ENVELOPE: ("bounce@stranger.test", "{vu}%{vd}@mail.administrator.test")}),

    # "What names us as a way is meant for us": looks at the first host of a source route alone.
    Exim("exim-source-route", by_envelope(), "  accept condition = ${if match{$smtp_command}"
         + r"{\N<@(mail[.])?administrator[.]test:\N}}" + "\n",
         envelopes={ENVELOPE: ("bounce@stranger.test", "@mail.administrator.test:{vu}@{vd}")}),

    # Neighbours by UUCP, of whom there are none left.
    Exim("exim-bang-path", by_envelope(), routers=r"""
uucp:
  driver = redirect
  domains = +local_domains
  local_parts = ^[^!]+![^!]+\$
  data = ${sg{$local_part}{\N^([^!]+)!(.+)$\N}{\$2@\$1}}
""", envelopes={ENVELOPE: ("bounce@stranger.test", "{vd}!{vu}@mail.administrator.test")}),

    # Forwards, and turns the addresses of what it forwarded back without a look at their hash.
    Exim("exim-srs", {RELAY: CLOSED, SRS: OPEN, EVERY_FORM: OPEN}, routers=r"""
srs:
  driver = redirect
  domains = +local_domains
  local_parts = ^(?i)srs0=
  data = ${sg{$local_part}{\N^(?i)srs0=[^=]+=[^=]+=([^=]+)=(.+)$\N}{\$2@\$1}}
""", envelopes={SRS: ("", "SRS0=AAAA=AA={vd}={vu}@mail.administrator.test")}),

    # "Inside TLS there are only our own": as many have thought.
    Exim("exim-tls-trusts", {RELAY: CLOSED, ENVELOPE: CLOSED, STARTTLS: OPEN},
         NO_TRICKS + "  accept encrypted = *\n", tls="*",
         envelopes={STARTTLS: ("bounce@stranger.test", "{vu}@{vd}", "tls")}),

    # Looks at the first recipient alone.
    Exim("exim-first-recipient", {RELAY: CLOSED, ENVELOPE: CLOSED, "relay/second-recipient": FIRST_ONLY},
         NO_TRICKS + "  accept condition = ${if >{$rcpt_count}{1}}\n", truth=True),

    # A mailbox for every name there is, and no rule about odd ones.
    Exim("exim-catch-all", {RELAY: CLOSED, ENVELOPE: TAKES_ANY_NAME, EVERY_FORM: TAKES_ANY_NAME,
                            SRS: TAKES_ANY_NAME}),

    Exim("exim-password", {RELAY: PASSWORD}, ASKS),
    # The same, and it offers STARTTLS: a 530 that means the password all the same.
    Exim("exim-password-tls", {RELAY: PASSWORD}, ASKS, tls="*"),

    # Port 587, as it ought to be: at MAIL already, TLS first, and then the password.
    Exim("exim-submission", {RELAY: PASSWORD}, tls="*", main="acl_smtp_mail = acl_check_mail", more_acl="""
acl_check_mail:
  deny !encrypted = *
       message = 530 5.7.0 Must issue a STARTTLS command first
  deny !authenticated = *
       message = 530 5.7.0 Authentication required
  accept
""", last=LOGIN),
    # And by someone who thought that a client of port 587 has logged in, as ours do.
    Exim("exim-submission-open", {RELAY: OPEN, ENVELOPE: OPEN, EVERY_FORM: OPEN}, "  accept encrypted = *\n", tls="*",
         main="acl_smtp_mail = acl_check_mail", more_acl="""
acl_check_mail:
  deny !encrypted = *
       message = 530 5.7.0 Must issue a STARTTLS command first
  accept
""", last=LOGIN, envelopes={RELAY: ("bounce@stranger.test", "{vu}@{vd}", "tls"),
                            ENVELOPE: ("bounce@stranger.test", "{vu}@{vd}", "tls")}),

    # Takes all, and says after the message that it did not want it.
    Exim("exim-after-data", {RELAY: CLOSED}, "  accept\n", main="acl_smtp_data = acl_after"),
]
