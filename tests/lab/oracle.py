"""
oracle: the same questions without ajar, so that a wrong verdict can be told from a wrong lab.

ask(probe, server) is True when something that we sent through the server arrived at a listener of ours.
Python's standard library, plain and slow, and nothing of ajar's.
"""
import contextlib
import secrets
import smtplib
import socket
import socketserver
import ssl
import struct
import threading

from expect import (CONNECT, ENVELOPE, GET, POST, PUT, RELAY, SOCKS4, SOCKS4A, SOCKS5, SOCKS5_NAME, TLS_CONNECT,
                    TLS_GET, WEB_SERVER)
from server import DOMAINS

SECONDS = 4
UNVERIFIED = ssl.create_default_context()
UNVERIFIED.check_hostname = False
UNVERIFIED.verify_mode = ssl.CERT_NONE


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


class Behind(smtplib.SMTP):
    """Says first that it comes from the server itself, as a balancer would."""

    def _get_socket(self, host, port, timeout):
        stream = super()._get_socket(host, port, timeout)
        stream.sendall(b"PROXY TCP4 127.0.0.1 127.0.0.1 54321 25\r\n")
        return stream


def by_mail(server, _port, token, probe):
    """As anyone would put it, or with the envelope that the server's set-up falls for."""
    domain = domain_of(probe)
    sender, recipient, *more = server.envelopes.get(probe) or ("bounce@stranger.test", "{vu}@{vd}")
    kind = Behind if "proxy" in more else smtplib.SMTP
    with kind(server.host, server.port, "stranger.test", SECONDS) as smtp:
        smtp.ehlo()
        if "tls" in more:
            smtp.starttls(context=UNVERIFIED)
            smtp.ehlo()
        if "xclient" in more:
            smtp.docmd("XCLIENT ADDR=127.0.0.1")
            smtp.ehlo()
        for command in f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient.format(vu=token, vd=domain)}>":
            if smtp.docmd(command)[0] >= 300:
                return
        smtp.data("Subject: a test\r\n\r\nHello.\r\n")


def speak_to(server, tls=False):
    stream = socket.create_connection((server.host, server.port), SECONDS)
    if tls:
        stream = UNVERIFIED.wrap_socket(stream)
    return stream


def read_all(stream):
    with contextlib.suppress(TimeoutError):
        while stream.recv(4096):
            pass


def by_request(method, tls=False, origin=False):
    def ask_so(server, port, token, _probe):
        with speak_to(server, tls) as stream:
            host = f"127.0.0.1:{port}"
            where = f"/{token}" if origin else f"http://{host}/{token}"
            body = "" if method == "GET" else "Content-Type: text/plain\r\nContent-Length: 2\r\n"
            stream.sendall(f"{method} {where} HTTP/1.1\r\nHost: {host}\r\n{body}Connection: close\r\n\r\n"
                           .encode() + (b"hi" if body else b""))
            read_all(stream)
    return ask_so


def by_connect(tls=False):
    def ask_so(server, port, token, _probe):
        with speak_to(server, tls) as stream:
            stream.sendall(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            if stream.recv(4096)[9:12] == b"200":
                stream.sendall(token.encode() + b"\r\n")
                stream.recv(100)
    return ask_so


def by_socks4(name):
    def ask_so(server, port, token, _probe):
        with speak_to(server) as proxy:
            to = socket.inet_aton("0.0.0.1" if name else "127.0.0.1") + b"\0" + (b"localhost\0" if name else b"")
            proxy.sendall(struct.pack("!BBH", 4, 1, port) + to)
            if proxy.recv(8)[:2] == b"\x00\x5a":
                proxy.sendall(token.encode() + b"\r\n")
                proxy.recv(100)
    return ask_so


def by_socks5(name):
    def ask_so(server, port, token, _probe):
        with speak_to(server) as proxy:
            proxy.sendall(b"\x05\x01\x00")
            if proxy.recv(2) != b"\x05\x00":
                return
            to = b"\x03\x09localhost" if name else b"\x01" + socket.inet_aton("127.0.0.1")
            proxy.sendall(b"\x05\x01\x00" + to + struct.pack("!H", port))
            if proxy.recv(10)[:2] == b"\x05\x00":
                proxy.sendall(token.encode() + b"\r\n")
                proxy.recv(100)
    return ask_so


WAYS = {
    GET: by_request("GET"), POST: by_request("POST"), PUT: by_request("PUT"),
    WEB_SERVER: by_request("GET", origin=True), TLS_GET: by_request("GET", tls=True),
    CONNECT: by_connect(), TLS_CONNECT: by_connect(tls=True),
    SOCKS4: by_socks4(name=False), SOCKS4A: by_socks4(name=True),
    SOCKS5: by_socks5(name=False), SOCKS5_NAME: by_socks5(name=True),
}
PLAIN_MAIL = (RELAY, ENVELOPE)
TAKEN = {}


def domain_of(probe):
    """The domain of the mailboxes when this probe asks: so that many can ask a mail server at once."""
    if not probe.startswith("relay/"):
        return "no-mail.test"
    if probe not in TAKEN:
        TAKEN[probe] = DOMAINS[len(TAKEN)]
    return TAKEN[probe]


def can_ask(probe, server):
    """Some questions only ajar asks; then what the server must be is as the lab declares it."""
    if probe.startswith("relay/"):
        return server.MAIL and server.envelopes.get(probe, probe in PLAIN_MAIL)
    return probe in WAYS


def ask(probe, server):
    # A mail server was told where the sink is; a proxy is told in the question.
    mail = probe.startswith("relay/")
    listener = Listener(server.sinks[domain_of(probe)] if mail else 0)
    token = secrets.token_hex(16)
    try:
        (by_mail if mail else WAYS[probe])(server, listener.server_address[1], token, probe)
        sent = True
    except (OSError, smtplib.SMTPException):
        sent = False
    try:
        return listener.got(token) if sent else any(token in line for line in listener.came)
    finally:
        listener.close()
