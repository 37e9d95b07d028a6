"""
postfix: Postfix as an administrator set it up, run without any power.

Postfix's master insists on being root because it gives each daemon its user. Here all daemons are the
one unprivileged user that runs the test, so nothing is left for root to do, and a few lines stand in for
master: for each service they make the listening socket, and start Debian's daemon on it with the
descriptors where a Postfix daemon looks for them:

    3, 4   the flow pipe, from which nothing is waited for
    5      the status pipe: when its reading end goes, the daemon ends
    6      the listening socket

Everything that decides about mail (smtpd, cleanup, qmgr, trivial-rewrite, smtp, bounce) is Postfix, and
unchanged. The settings below are main.cf's own.
"""
import os
import pwd
import socket

from expect import (CLOSED, ENVELOPE, EVERY_FORM, Expect, OPEN, PASSWORD, PROXY_HEADER, RELAY, RELAYS, SRS, SWALLOWS,
                    TAKES_ANY_NAME, by_envelope)
from server import Pair, Server, listen_tcp

LIBRARY = "/usr/lib/postfix"

# As in master.cf: the service, where its socket is, the program, and how many of it. The options stand
# for the column "maxproc": -l for one alone, -z for as many as are needed.
SERVICES = [
    ("postlog", "public", "postlogd -l", 1),
    ("cleanup", "public", "cleanup -z", 1),
    ("qmgr", "public", "qmgr -l", 1),
    ("rewrite", "private", "trivial-rewrite", 1),
    ("bounce", "private", "bounce -z", 1),
    ("defer", "private", "bounce -z", 1),
    ("trace", "private", "bounce -z", 1),
    ("error", "private", "error", 1),
    ("retry", "private", "error", 1),
    ("discard", "private", "discard", 1),
    ("anvil", "private", "anvil -l", 1),
    ("smtp", "private", "smtp", 2),
    ("smtpd", "inet", "smtpd", 3),
]

FOLDERS = ("active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved "
           "trace").split()

# Of every server here: on loopback, asking no DNS, and throwing away whatever mail it takes unless the
# settings below say where it goes.
COMMON = """
compatibility_level = 3.6
mail_owner = {owner}
default_privs = {other}
setgid_group = {group}
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {library}/sbin
shlib_directory = {library}
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1, ::1
inet_protocols = all
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
myhostname = mail.administrator.test
mydestination = administrator.test
local_recipient_maps =
local_transport = discard:
default_transport = discard:
alias_maps =
notify_classes =
in_flow_delay = 0
postlogd_watchdog_timeout = 1h
max_idle = 1h
max_use = 10000
"""


class Postfix(Server):
    PROGRAM = "smtpd"
    KIND = "mail"
    MAIL = True

    def begin(self):
        self.port, listener = listen_tcp(self.host)
        self.write("sinks", "".join(f"{domain} smtp:[127.0.0.1]:{port}\n" for domain, port in self.sinks.items()))
        # The same for bounces alone, as Postfix puts them: to whoever the sender said he is.
        self.write("bounces", "".join(f"/^bounce-.*@bounce\\.{domain}$/ smtp:[127.0.0.1]:{port}\n"
                                      for domain, port in self.sinks.items()))
        self.write("main.cf", self.main_cf())
        self.write("master.cf", "")
        os.mkdir(f"{self.folder}/data", mode=0o700)
        for name in FOLDERS:
            os.makedirs(f"{self.folder}/queue/{name}", mode=0o700)
        # Kept open for as long as we live: see 5 above.
        self.flow, self.status = os.pipe(), os.pipe()
        for fd in self.flow:
            os.set_blocking(fd, False)
        for service, place, program, count in SERVICES:
            at = listener if place == "inet" else self.listen_unix(place, service)
            for _ in range(count):
                self.start_daemon(service, place, program.split(), at)
            at.close()

    def main_cf(self):
        owner = pwd.getpwuid(os.getuid()).pw_name
        other = "daemon" if owner != "daemon" else "games"
        common = COMMON.format(owner=owner, other=other, group="tty", folder=self.folder, library=LIBRARY)
        return (common + self.settings).replace("SINKS", f"texthash:{self.folder}/sinks").replace(
            "BOUNCES", f"regexp:{self.folder}/bounces")

    def listen_unix(self, place, service):
        log = service == "postlog"
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM if log else socket.SOCK_STREAM)
        listener.bind(f"{self.folder}/queue/{place}/{service}")
        if not log:
            listener.listen(64)
        return listener

    def start_daemon(self, service, place, program, listener, environment=None):
        listener.setblocking(False)
        kind = "inet" if place == "inet" else "unix-dgram" if service == "postlog" else "unix"
        self.run([f"{LIBRARY}/sbin/{program[0]}", "-n", service, "-t", kind, *program[1:]],
                 folder=f"{self.folder}/queue",
                 environment={"MAIL_CONFIG": self.folder, "GENERATION": "1", **(environment or {})},
                 at={3: self.flow[0], 4: self.flow[1], 5: self.status[1], 6: listener.fileno()})

    def stop(self):
        super().stop()
        for fd in [*self.flow, *self.status]:
            os.close(fd)


class PostfixTls(Postfix):
    """With a certificate, and with tlsmgr, which becomes root before all and is told that it is (uid_wrapper)."""

    def begin(self):
        super().begin()
        listener = self.listen_unix("private", "tlsmgr")
        self.start_daemon("tlsmgr", "private", ["tlsmgr", "-l"], listener,
                          {"LD_PRELOAD": "libuid_wrapper.so", "UID_WRAPPER": "1", "UID_WRAPPER_ROOT": "1"})
        listener.close()

    def main_cf(self):
        crt, key = self.certificate()
        return super().main_cf() + f"smtpd_tls_cert_file = {crt}\nsmtpd_tls_key_file = {key}\n"


class PostfixPair(Pair, Postfix):
    """Two of them, the second for what the first passes on. It leaves from 127.0.9.9."""

    def begin(self):
        self.second = Postfix(self.name + "-second", {}, """
mynetworks = 127.0.0.0/8
smtp_bind_address = 127.0.9.9
mydestination = administrator.test, mail.administrator.test
transport_maps = SINKS
""")
        self.second.start(self.sinks)
        super().begin()

    def main_cf(self):
        return super().main_cf().replace("NEXT", str(self.second.port))


SERVERS = [
    # mynetworks says whose mail is passed on. A machine in another office could not send, so now it is
    # the whole world's.
    Postfix("postfix-open", RELAYS, """
mynetworks = 0.0.0.0/0
transport_maps = SINKS
"""),

    # mynetworks is right, and relay_domains, by which a backup MX says for whom it takes mail, names
    # every domain there is.
    Postfix("postfix-any-domain", RELAYS, """
mynetworks =
relay_domains = static:all
transport_maps = SINKS
"""),

    Postfix("postfix-closed", {RELAY: CLOSED}, """
mynetworks =
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
"""),

    # Postfix's own default: a refusal that looks like "later": 454 4.7.1 Relay access denied.
    Postfix("postfix-defers", {RELAY: Expect("closed", "454")}, """
mynetworks =
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination
"""),

    Postfix("postfix-password", {RELAY: PASSWORD}, """
mynetworks =
smtpd_relay_restrictions = permit_mynetworks, check_client_access static:{530 5.7.0 Authentication required}, reject
"""),

    # The same code, and it is no password that it wants. It does not offer what it asks for.
    Postfix("postfix-tls-first", {RELAY: Expect("closed", "^wants STARTTLS first: 530 ")}, """
mynetworks =
smtpd_relay_restrictions = check_client_access static:{530 5.7.0 Must issue a STARTTLS command first}, reject
"""),

    # Hangs up on strangers: 554 at the first command.
    Postfix("postfix-strangers-out", {RELAY: CLOSED}, """
mynetworks =
smtpd_client_restrictions = permit_mynetworks, reject
smtpd_delay_reject = no
"""),

    # Takes all and throws it away, as a trap or a developer's server does: yes, and no proof.
    Postfix("postfix-discards", {RELAY: SWALLOWS, ENVELOPE: SWALLOWS, EVERY_FORM: SWALLOWS}, """
mynetworks = 0.0.0.0/0
"""),

    # Takes all and sends it back to the sender: the token comes home in a bounce, which is no relaying.
    Postfix("postfix-bounces", {RELAY: Expect("closed", "returned")}, """
mynetworks = 0.0.0.0/0
smtpd_reject_unlisted_recipient = no
default_transport = error:5.1.1 no such person here
transport_maps = BOUNCES
"""),

    # Takes all, and looks at the message before it says no.
    Postfix("postfix-content-filter", {RELAY: CLOSED}, """
mynetworks = 0.0.0.0/0
header_checks = static:{REJECT not wanted here}
"""),

    Postfix("postfix-greylists", {RELAY: Expect("inconclusive")}, """
mynetworks = 0.0.0.0/0
smtpd_recipient_restrictions = check_recipient_access static:{450 4.2.0 Greylisted, come back in 300 seconds}
"""),

    # As it ought to be: friends are the machines of one network, and a stranger is not among them.
    Postfix("postfix-friends", {RELAY: Expect("closed", "454|554")}, """
mynetworks = 127.0.5.0/24
transport_maps = SINKS
"""),

    # "Our people travel, so mail from our own domain is let through": whoever says he is one of them.
    Postfix("postfix-own-senders", by_envelope(), """
mynetworks =
smtpd_relay_restrictions = check_sender_access regexp:{ {/[@.]administrator\\.test$$/ OK} }, reject_unauth_destination
transport_maps = SINKS
""", envelopes={ENVELOPE: ("someone@mail.administrator.test", "{vu}@{vd}")}),

    # "Bounces must get through."
    Postfix("postfix-null-sender", by_envelope(), """
mynetworks =
smtpd_relay_restrictions = check_sender_access regexp:{ {/^<>$$/ OK} }, reject_unauth_destination
smtpd_null_access_lookup_key = <>
transport_maps = SINKS
""", envelopes={ENVELOPE: ("", "{vu}@{vd}")}),

    # A gateway that hands all for the house to the server within, which trusts it, reads user%elsewhere@house
    # as user@elsewhere, and sends it out again.
    PostfixPair("postfix-percent", by_envelope(), """
mynetworks =
smtpd_relay_restrictions = reject_unauth_destination
allow_untrusted_routing = yes
mydestination =
relay_domains = mail.administrator.test
transport_maps = inline:{ { mail.administrator.test = smtp:[127.0.0.1]:NEXT } }
""", envelopes={ENVELOPE: ("bounce@stranger.test", "{vu}%{vd}@mail.administrator.test")}),

    # Every name at the own domain has a mailbox, an SRS address too: taken, and not passed on. Percent signs mean
    # nothing, and what has them is refused all the same (allow_untrusted_routing is no).
    Postfix("postfix-catch-all", {RELAY: CLOSED, ENVELOPE: CLOSED, EVERY_FORM: TAKES_ANY_NAME, SRS: TAKES_ANY_NAME}, """
mynetworks =
smtpd_relay_restrictions = reject_unauth_destination
allow_percent_hack = no
swap_bangpath = no
mydestination = administrator.test, mail.administrator.test
transport_maps = SINKS
"""),

    # Closed, and open by IPv6: what came through the container's bridge counts as one of us.
    Postfix("postfix-ipv6-trust", RELAYS, """
mynetworks = [::1]/128
transport_maps = SINKS
""", host="::1"),

    # Lets any client say where it comes from, as only a filter of one's own should.
    Postfix("postfix-xclient", {RELAY: CLOSED, "relay/xclient": OPEN}, """
mynetworks = 127.0.0.0/8
smtpd_authorized_xclient_hosts = static:all
transport_maps = SINKS
""", host="::1", envelopes={"relay/xclient": ("bounce@stranger.test", "{vu}@{vd}", "xclient")}),

    # Behind a balancer that tells by a PROXY line who the client is; and it can be reached past the balancer.
    Postfix("postfix-proxy-header", {RELAY: Expect("inconclusive"), PROXY_HEADER: OPEN}, """
mynetworks = 127.0.0.0/8
smtpd_upstream_proxy_protocol = haproxy
transport_maps = SINKS
""", envelopes={PROXY_HEADER: ("bounce@stranger.test", "{vu}@{vd}", "proxy")}),
    # The same, and nobody is trusted for his address.
    Postfix("postfix-proxy-careful", {RELAY: Expect("inconclusive"), PROXY_HEADER: CLOSED}, """
mynetworks =
smtpd_upstream_proxy_protocol = haproxy
transport_maps = SINKS
""", envelopes={PROXY_HEADER: ("bounce@stranger.test", "{vu}@{vd}", "proxy")}),

    # Relays for anyone, and wants TLS for it.
    PostfixTls("postfix-tls-only", RELAYS, """
mynetworks = 0.0.0.0/0
smtpd_tls_security_level = encrypt
transport_maps = SINKS
""", envelopes={RELAY: ("bounce@stranger.test", "{vu}@{vd}", "tls"),
                ENVELOPE: ("bounce@stranger.test", "{vu}@{vd}", "tls")}),
    # Wants TLS, and refuses within.
    PostfixTls("postfix-tls-closed", {RELAY: Expect("closed", "554")}, """
mynetworks =
smtpd_tls_security_level = encrypt
smtpd_relay_restrictions = reject_unauth_destination
"""),

    # Takes all and hands it to the next, which trusts it and has an address of its own towards the world.
    PostfixPair("postfix-two-stages", RELAYS, """
mynetworks = 0.0.0.0/0
default_transport = smtp:[127.0.0.1]:NEXT
"""),
]
