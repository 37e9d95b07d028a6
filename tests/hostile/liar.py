"""Servers that lie: open relays and proxies on all addresses of loopback that say a payload where they may say something.

Which place of theirs says it, and which payload it is, follows from the address that is talked to: 127.PLACE.HIGH.LOW.
"""
import socket
import socketserver
import threading

SECONDS = 20
RELAY = ["banner", "greeting", "keyword", "mail", "rcpt", "enhanced", "continued", "data", "dot", "refusal", "late-refusal", "helo", "received",
         "field", "field-name", "subject", "body", "noise"]
HTTP = ["http-reason", "http-via", "http-field", "http-refusal", "http-body", "http-noise"]
SOCKS = ["socks-name", "socks-refusal", "socks-behind", "socks-noise"]
PLACES = RELAY + HTTP + SOCKS
KINDS = {"relay": RELAY, "http": HTTP, "socks": SOCKS}


def address_of(place, number):
    return f"127.{60 + PLACES.index(place)}.{number >> 8}.{number & 255}"


class Liar:
    """The three servers. `payloads`: what is said; `sink`: the port at which our receiver listens."""

    def __init__(self, payloads, sink):
        self.payloads, self.sink = payloads, sink
        self.ports, self.servers = {}, []
        for kind, talk in (("relay", relay), ("http", http), ("socks", socks)):
            server = Server(("0.0.0.0", 0), Talk)
            server.liar, server.talk = self, talk
            self.ports[kind] = server.server_address[1]
            self.servers.append(server)
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def targets(self, places, numbers):
        return [f"{address_of(place, n)}:{self.ports[kind]}" for kind, ours in KINDS.items() for place in ours if place in places for n in numbers]

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()


class Server(socketserver.ThreadingTCPServer):
    daemon_threads, request_queue_size, block_on_close = True, 512, False

    def handle_error(self, request, client_address):
        pass  # who is talked to may hang up


class Talk(socketserver.StreamRequestHandler):
    timeout = SECONDS

    def handle(self):
        here = self.connection.getsockname()[0]
        _, place, high, low = map(int, here.split("."))
        self.here, self.place = here, PLACES[place - 60]
        self.payload = self.server.liar.payloads[high << 8 | low].bytes
        self.server.talk(self)

    def at(self, place, text):
        """What is said at a place: the payload where it is this server's, else the text."""
        return self.payload if place == self.place else text

    def say(self, *pieces):
        self.wfile.write(b"".join(pieces))

    def sink(self):
        return socket.create_connection(("127.0.0.1", self.server.liar.sink), SECONDS, (self.here, 0))


def one_line(payload):
    return payload.replace(b"\r", b" ").replace(b"\n", b" ")


def as_reply(code, payload):
    """A reply of several lines, where the payload has them."""
    lines = payload.replace(b"\r\n", b"\n").split(b"\n")
    return b"".join(code + b"-" + line + b"\r\n" for line in lines) + code + b" end\r\n"


def relay(talk):
    sender = recipient = b""
    talk.say(b"220 ", talk.at("banner", b"mx.example ESMTP"), b"\r\n")
    for line in talk.rfile:
        verb, _, path = line.strip().partition(b":")
        verb = verb[:4].upper()
        if verb == b"EHLO":
            talk.say(b"250-", talk.at("greeting", b"mx.example"), b"\r\n250-", talk.at("keyword", b"SIZE 1000000"), b"\r\n250 8BITMIME\r\n")
        elif verb == b"MAIL":
            sender = path.split()[0]
            talk.say(b"250 ", talk.at("mail", b"ok"), b"\r\n")
        elif verb == b"RCPT":
            recipient = path.split()[0]
            say_of_recipient(talk)
        elif verb == b"DATA":
            talk.say(b"354 ", one_line(talk.at("data", b"go on")), b"\r\n")
            take_mail(talk, sender, recipient)
        elif verb == b"QUIT":
            return talk.say(b"221 bye\r\n")
        else:
            talk.say(b"250 ok\r\n")


def say_of_recipient(talk):
    if talk.place == "continued":
        talk.say(as_reply(b"250", talk.payload))
    elif talk.place == "refusal":
        talk.say(as_reply(b"554", b"5.7.1 " + talk.payload))
    elif talk.place == "noise":
        talk.say(talk.payload)
    else:
        talk.say(b"250 ", talk.at("rcpt", b"2.1.5 " + talk.at("enhanced", b"ok")), b"\r\n")


def take_mail(talk, sender, recipient):
    message = b""
    while not message.endswith(b"\r\n.\r\n"):
        line = talk.rfile.readline()
        if not line:
            return
        message += line
    if talk.place == "late-refusal":
        return talk.say(b"550 ", one_line(talk.payload), b"\r\n")
    talk.say(b"250 2.0.0 ", one_line(talk.at("dot", b"queued")), b"\r\n")
    deliver(talk, sender, recipient, changed(talk, message))


def changed(talk, message):
    """The mail as this server hands it on."""
    head, _, body = message.partition(b"\r\n\r\n")
    one = one_line(talk.payload)
    fields = {"received": b"Received: from " + one + b" (" + one + b")\r\n\tby mx.example with ESMTP; Tue, 24 Nov 2026 02:10:17 +0000\r\n",
              "field": b"X-Note: " + talk.payload + b"\r\n", "field-name": talk.payload + b": x\r\n",
              "subject": b"Subject: " + one + b"\r\n"}
    body = talk.payload + b"\r\n" + body if talk.place == "body" else body
    return fields.get(talk.place, b"") + head + b"\r\n\r\n" + body


def deliver(talk, sender, recipient, message):
    with talk.sink() as sink:
        lines = sink.makefile("rwb")

        def ask(command):
            lines.write(command + b"\r\n")
            lines.flush()
            while lines.readline()[3:4] == b"-":
                pass

        lines.readline()
        for command in (b"EHLO " + one_line(talk.at("helo", b"mx.example")), b"EHLO mx.example", b"MAIL FROM:" + sender, b"RCPT TO:" + recipient, b"DATA"):
            ask(command)
        ask(message[:-3] + b".")


def pass_on(talk, sink):
    """Both ways, until one of them has ended."""
    def back():
        try:
            while data := sink.recv(65536):
                talk.connection.sendall(data)
        except OSError:  # who is talked to has hung up
            pass

    threading.Thread(target=back, daemon=True).start()
    while data := talk.rfile.read1(65536):
        sink.sendall(data)


def http(talk):
    if not talk.rfile.readline().startswith(b"CONNECT"):
        return
    while talk.rfile.readline() not in (b"\r\n", b""):
        pass
    one = one_line(talk.payload)
    if talk.place == "http-refusal":
        return talk.say(b"HTTP/1.1 403 ", one, b"\r\nContent-Length: 0\r\n\r\n")
    if talk.place == "http-body":
        return talk.say(b"HTTP/1.1 200 ok\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(talk.payload), talk.payload)
    if talk.place == "http-noise":
        return talk.say(talk.payload)
    talk.say(b"HTTP/1.1 200 ", one_line(talk.at("http-reason", b"ok")), b"\r\nVia: ", talk.at("http-via", b"1.1 gate"),
             b"\r\nX-", talk.at("http-field", b"Note: x"), b"\r\n\r\n")
    with talk.sink() as sink:
        pass_on(talk, sink)


def socks(talk):
    count = talk.rfile.read(2)[1:]
    talk.rfile.read(count[0] if count else 0)
    if talk.place == "socks-noise":
        return talk.say(talk.payload)
    talk.say(b"\x05\x00")
    talk.rfile.read(4 + 4 + 2)
    if talk.place == "socks-refusal":
        return talk.say(b"\x05\x02\x00\x01\0\0\0\0\0\0", talk.payload)
    name = talk.at("socks-name", b"gate")[:255]
    talk.say(b"\x05\x00\x00\x03", bytes([len(name)]), name, b"\x00\x50", talk.payload if talk.place == "socks-behind" else b"")
    with talk.sink() as sink:
        pass_on(talk, sink)
