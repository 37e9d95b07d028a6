"""
dante: Dante's SOCKS server as an administrator set it up. It speaks SOCKS 4, without names, and 5.

It needs root for low ports and for looking up passwords, and keeps the user it is told to be.
"""
import os
import pwd

from expect import CLOSED, Expect, OPEN, PASSWORD, SOCKS4, SOCKS4_BIND, SOCKS5, SOCKS5_BIND, SOCKS5_UDP
from server import Server, free_port

COMMON = """
logoutput: {folder}/log
internal: 127.0.0.1 port = {port}
external: 127.0.0.1
user.privileged: {user}
user.unprivileged: {user}
clientmethod: none
"""

ANYONE_COMES_IN = "client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n"
ANYONE_GOES_ON = "socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n"
NOBODY_GOES_ON = "socks block { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n"


def only(commands):
    return "socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 command: " + commands + " }\n"


class Dante(Server):
    PROGRAM = "danted"
    KIND = "socks"

    def begin(self):
        self.port = free_port()
        user = pwd.getpwuid(os.getuid()).pw_name
        settings = COMMON.format(folder=self.folder, port=self.port, user=user) + self.settings
        self.run(["danted", "-N", "1", "-p", f"{self.folder}/pid", "-f", self.write("danted.conf", settings)])


SERVERS = [
    # The first example that a search finds, copied whole.
    Dante("dante-open", {SOCKS4: OPEN, SOCKS4_BIND: OPEN, SOCKS5 + "*": OPEN},
          "socksmethod: none\n" + ANYONE_COMES_IN + ANYONE_GOES_ON),

    # SOCKS 4 knows no passwords, so there it only refuses.
    Dante("dante-password", {SOCKS4: CLOSED, SOCKS5 + "*": PASSWORD},
          "socksmethod: username\n" + ANYONE_COMES_IN + ANYONE_GOES_ON),

    # Asks nobody for anything, and then lets nobody through.
    Dante("dante-closed", {SOCKS4: CLOSED, SOCKS5 + "*": CLOSED},
          "socksmethod: none\n" + ANYONE_COMES_IN + NOBODY_GOES_ON),

    # Connections are for nobody; but what else SOCKS can do was not thought of.
    Dante("dante-datagrams-only", {SOCKS4: CLOSED, SOCKS4_BIND: CLOSED, SOCKS5_UDP: OPEN, SOCKS5 + "*": CLOSED},
          "socksmethod: none\n" + ANYONE_COMES_IN + only("udpassociate udpreply")),
    Dante("dante-bind-only", {SOCKS4: CLOSED, SOCKS4_BIND: OPEN, SOCKS5_BIND: OPEN, SOCKS5 + "*": CLOSED},
          "socksmethod: none\n" + ANYONE_COMES_IN + only("bind bindreply")),
    # Connections for everybody, and nothing else.
    Dante("dante-connections-only", {SOCKS4: OPEN, SOCKS4_BIND: CLOSED, SOCKS5_UDP: CLOSED, SOCKS5_BIND: CLOSED,
                                     SOCKS5 + "*": OPEN},
          "socksmethod: none\n" + ANYONE_COMES_IN + only("connect")),

    # Hangs up on every stranger without a word, perhaps before he knows that he was connected.
    Dante("dante-hangs-up", {"*": Expect("closed|inconclusive|unreachable")},
          "socksmethod: none\nclient block { from: 0.0.0.0/0 to: 0.0.0.0/0 }\n"),
]
