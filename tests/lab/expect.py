"""
expect: what a probe must say of a server.

A server names the probes of which it is interesting, by id or glob, the first that fits counts; every
other probe must find nothing there, which is "closed" or "inconclusive", whatever the server made of a
protocol that is not its own.
"""
import re

RELAY = "relay/third-party"
ENVELOPE = "relay/envelope"
EVERY_FORM = "relay/every-form"
SRS = "relay/srs"
STARTTLS = "relay/starttls"
PROXY_HEADER = "relay/proxy-header"
CONNECT = "proxy/http-connect"
GET = "proxy/http-get"
POST = "proxy/http-post"
PUT = "proxy/http-put"
PAGES = "proxy/http-[gp]*"
WEB_SERVER = "proxy/web-server"
TLS_CONNECT = "proxy/https-connect"
TLS_GET = "proxy/https-get"
TLS_PAGES = "proxy/https-[gp]*"
SOCKS4 = "proxy/socks4"
SOCKS4A = "proxy/socks4a"
SOCKS5 = "proxy/socks5"
SOCKS5_NAME = "proxy/socks5-name"
SOCKS5_IPV6 = "proxy/socks5-ipv6"
SOCKS5_UDP = "proxy/socks5-udp"
SOCKS4_BIND = "proxy/socks4-bind"
SOCKS5_BIND = "proxy/socks5-bind"
TURN = "proxy/turn"

# What there is to ask when there is no ajar that could tell.
KNOWN = [RELAY, ENVELOPE, CONNECT, GET, POST, PUT, WEB_SERVER, TLS_CONNECT, TLS_GET, SOCKS4, SOCKS4A, SOCKS5,
         SOCKS5_NAME]


class Expect:
    def __init__(self, verdicts, reason="", why=""):
        """why: where it may be suspect, what is true."""
        self.verdicts = verdicts.split("|")
        self.reason = reason
        self.why = why

    def met(self, verdict, reason):
        return verdict in self.verdicts and re.search(self.reason, reason) is not None

    def __str__(self):
        return " or ".join(self.verdicts) + (f' with a reason like "{self.reason}"' if self.reason else "")


OPEN = Expect("open", "token returned|came back")
SWALLOWS = Expect("suspect", why="takes every mail and passes none on; from outside it looks like a relay that is slow")
CLOSED = Expect("closed")
PASSWORD = Expect("closed", "asks for authentication")
NOTHING = Expect("closed|inconclusive")
# Of a mail server that takes any name at its own domain: what is odd in it may be taken for a name, too, and is kept
# there. The probe tries a name that is not odd at all, as a control, and sees that it is taken as well.
TAKES_ANY_NAME = Expect("closed", "as is any name at its own domain")

# Of a mail server that relays for anyone: the plain test finds it, and those that look for one way in
# particular say that it is not by this.
RELAYS = {RELAY: OPEN, ENVELOPE: OPEN, EVERY_FORM: OPEN}


def by_envelope(**more):
    """Of one that refuses the plain stranger, and is got round by the envelope."""
    return {RELAY: CLOSED, ENVELOPE: OPEN, EVERY_FORM: OPEN, SRS: CLOSED, **more}
