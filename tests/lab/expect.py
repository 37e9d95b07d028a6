"""
expect: what a probe must say of a server.

A server names the probes of which it is interesting; every other probe must find nothing there, which
is "closed" or "inconclusive", whatever the server made of a protocol that is not its own.
"""
import re

RELAY = "relay/third-party"
CONNECT = "proxy/http-connect"
GET = "proxy/http-get"
SOCKS4 = "proxy/socks4"
SOCKS5 = "proxy/socks5"
PROBES = [RELAY, CONNECT, GET, SOCKS4, SOCKS5]


class Expect:
    def __init__(self, verdicts, reason=""):
        self.verdicts = verdicts.split("|")
        self.reason = reason

    def met(self, verdict, reason):
        return verdict in self.verdicts and re.search(self.reason, reason) is not None

    def __str__(self):
        return " or ".join(self.verdicts) + (f' with a reason like "{self.reason}"' if self.reason else "")


OPEN = Expect("open", "token returned")
CLOSED = Expect("closed")
PASSWORD = Expect("closed", "asks for authentication")
NOTHING = Expect("closed|inconclusive")
