"""
opensmtpd: OpenSMTPD as an administrator set it up.

It insists on being root, in folders whose names are built in, and gives its processes to users that it looks up
by name. All that it gets in a user namespace, where whoever runs the test is root over nothing: the folders are
empty ones of its own there (tmpfs), nss_wrapper says that its users are that root, and uid_wrapper answers the
one call that such a namespace refuses (setgroups).
"""
import functools
import subprocess

from expect import CLOSED, ENVELOPE, EVERY_FORM, Expect, OPEN, PASSWORD, RELAY, RELAYS
from server import UNPACKED, Server, free_port

PASSWD = "".join(f"{name}:x:0:0::/:/bin/false\n" for name in ("root", "opensmtpd", "opensmtpq"))
GROUP = "".join(f"{name}:x:0:\n" for name in ("root", "opensmtpd", "opensmtpq"))

# Asks no DNS: what is not in this file has no name.
HOSTS = "127.0.0.1 client.stranger.test\n"
RESOLVER = "lookup file\n"

START = """set -e
mount --bind "$1/hosts" /etc/hosts
[ ! -e /etc/resolv.conf ] || mount --bind "$1/resolv.conf" /etc/resolv.conf
for place in /var/spool /var/lib /run; do mount -t tmpfs tmpfs "$place"; done
mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty
chmod 711 /var/spool/smtpd
export LD_PRELOAD="libuid_wrapper.so libnss_wrapper.so" UID_WRAPPER=1 UID_WRAPPER_ROOT=1
export NSS_WRAPPER_PASSWD="$1/passwd" NSS_WRAPPER_GROUP="$1/group"
exec "$2" -d -f "$1/conf"
"""

# Of every server here. What is for nobody that we know waits in the queue. A connection that brought a mail is not
# kept for the next: that may be another listener's.
COMMON = """
{tls}
mta limit session-keepalive 0 conn-delay-route 0 conn-delay-relay 0 reconn-delay-route 0
listen on 127.0.0.1 port {port} hostname mail.administrator.test {listens}
action "nowhere" relay host smtp+notls://127.0.0.1:9
{actions}
{rules}
match from any for rcpt-to {{ "me@administrator.test", "postmaster@mail.administrator.test" }} action "nowhere"
"""
PKI = """
pki lab cert "{crt}"
pki lab key "{key}"
table users {{ someone = "$6$lab$xxxxxxxxxxxxxxxxxxxxxxxx" }}
"""


@functools.cache
def has_namespaces():
    """Some machines, and every chroot, keep them from those who are not root."""
    return subprocess.run(["unshare", "-rm", "true"], check=False, stderr=subprocess.DEVNULL).returncode == 0


class Opensmtpd(Server):
    PROGRAM = "opensmtpd"
    KIND = "mail"
    MAIL = True

    def __init__(self, name, expects, who, listens="", **more):
        """who: for whom mail is passed on anywhere, as in `match WHO for any action "relay"`."""
        super().__init__(name, expects, **more)
        self.who, self.listens = who, listens

    def lacks(self):
        return super().lacks() or ("" if has_namespaces() else "user namespaces are not to be had here")

    def begin(self):
        self.port = free_port()
        self.write("hosts", HOSTS)
        self.write("resolv.conf", RESOLVER)
        self.write("passwd", PASSWD)
        self.write("group", GROUP)
        self.write("conf", self.settings_of())
        self.run(["unshare", "-rm", "sh", "-c", START, "sh", self.folder, f"{UNPACKED}/opensmtpd"])

    def settings_of(self):
        """One rule "for any" in as many as there are sinks, each with an address of its own to leave from: what
        OpenSMTPD learns of one way out (that it is slow, that it is shut) is not to count for the others."""
        actions, rules = "", ""
        for number, (domain, port) in enumerate(self.sinks.items(), 1):
            actions += f'action "{domain}" relay host smtp+notls://127.0.0.1:{port} src 127.0.20.{number}\n'
            rules += f'match {self.who} for domain "{domain}" action "{domain}"\n'
        rules += f'match {self.who} for any action "nowhere"\n'
        tls = ""
        if "pki" in self.listens:
            crt, key = self.certificate("rsa:2048")
            tls = PKI.format(crt=crt, key=key)
        return COMMON.format(tls=tls, port=self.port, listens=self.listens, actions=actions, rules=rules)


SERVERS = [
    # "match from local for any action relay" did not work from home.
    Opensmtpd("opensmtpd-open", RELAYS, "from any"),

    Opensmtpd("opensmtpd-closed", {RELAY: Expect("closed", "550")}, "from src 127.0.5.0/24"),

    Opensmtpd("opensmtpd-password", {RELAY: PASSWORD}, "from any auth", "tls pki lab auth <users>"),
    # It wants TLS first, and then can't do it: Debian 12's is not made for its OpenSSL (OpenSMTPD's issues 1171 and
    # 1239).
    Opensmtpd("opensmtpd-tls-first", {RELAY: Expect("inconclusive", "^TLS: ")}, "from any auth",
              "tls-require pki lab auth <users>"),

    # "Our people travel": whoever says that he is one of them.
    Opensmtpd("opensmtpd-own-senders", {RELAY: CLOSED, ENVELOPE: OPEN, EVERY_FORM: OPEN},
              'from any mail-from "@mail.administrator.test"',
              envelopes={ENVELOPE: ("someone@mail.administrator.test", "{vu}@{vd}")}),

    # A printer that can't log in, known by the name with which it greets. Only the catalogue's last forms say it.
    Opensmtpd("opensmtpd-greeting", {RELAY: CLOSED, ENVELOPE: CLOSED, EVERY_FORM: OPEN},
              'from any helo "mail.administrator.test"'),
]
