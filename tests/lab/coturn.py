"""
coturn: a TURN server as an administrator set it up: for anyone, or with a log-in. Its peers may be on loopback, as
ours are; that it forbids without being told otherwise.
"""
from expect import OPEN, PASSWORD, TURN, Expect
from server import Server, free_port

COMMON = ("-n --listening-ip=127.0.0.1 --relay-ip=127.0.0.1 --listening-port={port} --no-tls --no-dtls --no-cli "
          "--log-file=stdout --simple-log --realm=administrator.test --pidfile={folder}/pid --userdb={folder}/users ")


class Coturn(Server):
    PROGRAM = "turnserver"
    KIND = "turn"

    def begin(self):
        self.port = free_port()
        settings = (COMMON + self.settings).format(port=self.port, folder=self.folder)
        self.run(["turnserver", *settings.split()])


SERVERS = [
    # A video conference that should work for everybody, now.
    Coturn("coturn-open", {TURN: OPEN}, "--no-auth --allow-loopback-peers"),

    # The same by TCP alone.
    Coturn("coturn-tcp", {TURN: OPEN}, "--no-auth --allow-loopback-peers --no-udp"),

    # As its documentation says.
    Coturn("coturn-password", {TURN: PASSWORD}, "--lt-cred-mech --user=someone:something --allow-loopback-peers"),

    # Asks nobody who he is, and lets nobody reach this machine: for us that is all there is.
    Coturn("coturn-forbids-peers", {TURN: Expect("closed", "CreatePermission 403")}, "--no-auth"),
]
