"""
microsocks: a SOCKS 5 server without a file of settings: open, unless it is told a password. It has no rule
about who may come, so there is no closed one. It knows no SOCKS 4, and carries no datagrams.
"""
import socket

from expect import OPEN, PASSWORD, SOCKS5, SOCKS5_BIND, SOCKS5_NAME, SOCKS5_UDP, Expect
from server import Server, free_port


class Microsocks(Server):
    PROGRAM = "microsocks"
    KIND = "socks"

    def begin(self):
        self.port = free_port()
        self.run(["microsocks", "-i", "127.0.0.1", "-p", str(self.port), *self.settings.split()])


def by_name():
    """It tries the first address of a name alone, and where that of "localhost" is ::1 it does not come to our sink."""
    first = socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)[0][0]
    return OPEN if first == socket.AF_INET else Expect("inconclusive", "connection refused")


SERVERS = [
    Microsocks("microsocks-open", {SOCKS5_UDP: Expect("closed", "not supported"),
                                   SOCKS5_BIND: Expect("closed", "not supported"), SOCKS5_NAME: by_name(), SOCKS5 + "*": OPEN}),
    Microsocks("microsocks-password", {SOCKS5 + "*": PASSWORD}, "-u someone -P something"),
]
