"""
oracle: the same questions without ajar, so that a wrong verdict can be told from a wrong lab.

ask(probe, server) is True when something that we sent through the server arrived at a listener of ours.
Python's standard library, plain and slow, and nothing of ajar's.
"""
import contextlib
import http.client
import secrets
import smtplib
import socket
import socketserver
import struct
import threading

from expect import CONNECT, GET, RELAY, SOCKS4, SOCKS5

SECONDS = 4


class Listener(socketserver.ThreadingTCPServer):
    """Takes mail from a client that waits to be greeted, and lines from one that speaks first."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Guest)
        self.came = []
        self.changed = threading.Condition()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def note(self, line):
        with self.changed:
            self.came.append(line)
            self.changed.notify_all()

    def got(self, token):
        """Waits until a line with the token came, but not long."""
        with self.changed:
            return self.changed.wait_for(lambda: any(token in line for line in self.came), SECONDS)

    def close(self):
        self.shutdown()
        self.server_close()


class Guest(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self):
        with contextlib.suppress(OSError):
            if self.speaks_first():
                self.server.note(self.rfile.readline(1000).decode("latin-1"))
                self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\nhere\r\n")
            else:
                self.take_mail()

    def speaks_first(self):
        self.request.settimeout(0.5)
        try:
            return bool(self.request.recv(1, socket.MSG_PEEK))
        except TimeoutError:
            return False
        finally:
            self.request.settimeout(self.timeout)

    def take_mail(self):
        self.wfile.write(b"220 listener.test\r\n")
        while line := self.rfile.readline(1000).decode("latin-1"):
            verb = line[:4].upper()
            if verb == "RCPT":
                self.server.note(line)
            if verb == "DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline(1000) not in (b".\r\n", b""):
                    pass
            self.wfile.write(b"221 bye\r\n" if verb == "QUIT" else b"250 yes\r\n")
            if verb == "QUIT":
                return


def by_mail(port, _sink, token):
    with smtplib.SMTP("127.0.0.1", port, "stranger.test", SECONDS) as smtp:
        smtp.sendmail("bounce@stranger.test", f"{token}@relay.test", "Subject: a test\r\n\r\nHello.\r\n")


def by_get(port, sink, token):
    proxy = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    proxy.request("GET", f"http://127.0.0.1:{sink}/{token}")
    proxy.getresponse().read()


def by_connect(port, sink, token):
    proxy = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    proxy.set_tunnel("127.0.0.1", sink)
    proxy.connect()
    proxy.sock.sendall(token.encode() + b"\r\n")
    proxy.sock.recv(100)


def by_socks4(port, sink, token):
    with socket.create_connection(("127.0.0.1", port), SECONDS) as proxy:
        proxy.sendall(struct.pack("!BBH4sx", 4, 1, sink, socket.inet_aton("127.0.0.1")))
        if proxy.recv(8)[:2] == b"\x00\x5a":
            proxy.sendall(token.encode() + b"\r\n")
            proxy.recv(100)


def by_socks5(port, sink, token):
    with socket.create_connection(("127.0.0.1", port), SECONDS) as proxy:
        proxy.sendall(b"\x05\x01\x00")
        if proxy.recv(2) == b"\x05\x00":
            proxy.sendall(struct.pack("!BBBB4sH", 5, 1, 0, 1, socket.inet_aton("127.0.0.1"), sink))
            if proxy.recv(10)[:2] == b"\x05\x00":
                proxy.sendall(token.encode() + b"\r\n")
                proxy.recv(100)


WAYS = {RELAY: by_mail, GET: by_get, CONNECT: by_connect, SOCKS4: by_socks4, SOCKS5: by_socks5}


def ask(probe, server):
    # A mail server was told where the sink is; a proxy is told in the question.
    listener = Listener(server.sink if probe == RELAY else 0)
    token = secrets.token_hex(16)
    try:
        WAYS[probe](server.port, listener.server_address[1], token)
        sent = True
    except (OSError, http.client.HTTPException, smtplib.SMTPException):
        sent = False
    try:
        return listener.got(token) if sent else any(token in line for line in listener.came)
    finally:
        listener.close()
