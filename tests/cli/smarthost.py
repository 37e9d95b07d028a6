"""
smarthost: a mail server on loopback that takes letters, and fails as it is told.

    smarthost.py --log FILE [--port N] [--cert FILE --key FILE] [--implicit] [--auth USER:PASSWORD] [--mechanisms "PLAIN LOGIN"]
                 [--offer "PIPELINING SIZE=100000 8BITMIME DSN"] [--reply STEP=TEXT[*TIMES]]... [--drop STEP[*TIMES]]...
                 [--slow SECONDS] [--maildir DIR] [--turns N] [--scram-lies wrong|silent] [--cyrus DIR]

Prints "ready PORT". Each letter that it answers for becomes a line of the log, a JSON object, on the disk before the answer.
Steps: banner ehlo starttls handshake auth mail rcpt data body end accepted. --reply answers so, and does not do it; --drop
closes the connection there without an answer: at "body" in the midst of a letter, at "end" when all of it has come, at "accepted"
when it was taken and logged, before the answer. "rcpt@ADDRESS" is the step for that recipient alone. Without *TIMES: always. With --cyrus the user is asked for the password by Cyrus' library (cyrus.py), with its file of users in DIR. With --maildir each letter is kept as well, with Return-Path and Delivered-To, as a mailbox has it.
"""
import argparse
import base64
import email
import hashlib
import hmac
import json
import os
import re
import socket
import ssl
import sys
import threading
import time

from cyrus import Cyrus


class Dropped(Exception):
    pass


class Plan:
    """What goes wrong, and how often."""

    def __init__(self, replies, drops):
        self.lock = threading.Lock()
        self.replies = dict(self.part(*text.split("=", 1)) for text in replies)
        self.drops = dict(self.part(text, "") for text in drops)

    @staticmethod
    def part(step, text):
        source = text or step
        match = re.fullmatch(r"(.*?)(?:\*(\d+))?", source, re.S)
        times = int(match[2]) if match[2] else 1 << 30
        return (step, [match[1], times]) if text else (match[1], [None, times])

    def take(self, table, names):
        with self.lock:
            for name in names:
                if name in table and table[name][1] > 0:
                    table[name][1] -= 1
                    return table[name]
        return None


class Talk:
    def __init__(self, server, connection):
        self.server = server
        self.socket = connection
        self.inside_tls = False
        self.user = None
        self.mechanism = None
        self.file = None
        self.sender = None
        self.recipients = []
        self.commands_at_once = 0

    def say(self, text):
        if self.server.options.slow:
            time.sleep(self.server.options.slow)
        self.socket.sendall(text.encode() + b"\r\n")

    def line(self):
        line = self.file.readline(4096)
        if not line.endswith(b"\n"):
            raise Dropped
        return line.rstrip(b"\r\n").decode("ascii", "replace")

    def step(self, *names):
        """Whether the step is to be done."""
        if self.server.plan.take(self.server.plan.drops, names):
            raise Dropped
        reply = self.server.plan.take(self.server.plan.replies, names)
        if reply:
            self.say(reply[0])
        return not reply

    def secure(self):
        self.step("handshake")
        self.socket = self.server.context.wrap_socket(self.socket, server_side=True)
        self.inside_tls = True
        self.file = self.socket.makefile("rb")

    def run(self):
        options = self.server.options
        self.file = self.socket.makefile("rb")
        if options.implicit:
            self.secure()
        if not self.step("banner"):
            return
        self.say("220 smarthost.test ESMTP")
        while True:
            line = self.line()
            verb, _, rest = line.partition(" ")
            handler = getattr(self, "on_" + verb.lower(), None)
            if handler is None:
                self.say("502 5.5.2 no such command")
            elif handler(rest) is False:
                return

    def on_ehlo(self, name):
        if not self.step("ehlo"):
            return
        options = self.server.options
        lines = ["smarthost.test greets " + name]
        lines += [word.replace("=", " ") for word in options.offer.split()]
        if self.server.context and not self.inside_tls:
            lines.append("STARTTLS")
        if options.auth and (self.inside_tls or not self.server.context):
            lines.append("AUTH " + options.mechanisms)
        for i, text in enumerate(lines):
            self.say(("250 " if i == len(lines) - 1 else "250-") + text)

    def on_starttls(self, _):
        if self.step("starttls"):
            self.say("220 go ahead")
            self.secure()

    def on_auth(self, rest):
        if not self.step("auth"):
            return
        mechanism, _, initial = rest.partition(" ")
        self.mechanism = mechanism
        if self.server.cyrus:
            known = self.server.cyrus.talk(mechanism, base64.b64decode(initial), self.ask_bytes)
            self.user = "cyrus" if known else None
            self.say("235 2.7.0 welcome" if known else "535 5.7.8 who are you?")
            return
        if mechanism == "SCRAM-SHA-256":
            self.scram(base64.b64decode(initial).decode())
            return
        if mechanism == "PLAIN":
            given = base64.b64decode(initial).decode().split("\0")[1:]
        else:
            given = []
            for word in ("Username:", "Password:"):
                self.say("334 " + base64.b64encode(word.encode()).decode())
                given.append(base64.b64decode(self.line()).decode())
        if ":".join(given) == self.server.options.auth:
            self.user = given[0]
            self.say("235 2.7.0 welcome")
        else:
            self.say("535 5.7.8 who are you?")

    def ask_bytes(self, what):
        self.say("334 " + base64.b64encode(what).decode())
        return base64.b64decode(self.line())

    def ask(self, text):
        return self.ask_bytes(text.encode()).decode()

    def scram(self, first):
        """RFC 5802, by Python's own PBKDF2. --scram-lies: what a server says that does not know the password."""
        options = self.server.options
        user, password = options.auth.split(":")
        bare = first.split(",", 2)[2]
        fields = dict(part.split("=", 1) for part in bare.split(","))
        nonce, salt = fields["r"] + "server", b"some salt"
        challenge = f"r={nonce},s={base64.b64encode(salt).decode()},i={options.turns}"
        final = self.ask(challenge)
        without, proof = final.rsplit(",p=", 1)
        signs = f"{bare},{challenge},{without}".encode()
        key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, options.turns)
        client = hmac.digest(key, b"Client Key", "sha256")
        sign = hmac.digest(hashlib.sha256(client).digest(), signs, "sha256")
        wanted = bytes(a ^ b for a, b in zip(client, sign))
        if fields["n"] != user or without != f"c=biws,r={nonce}" or base64.b64decode(proof) != wanted:
            self.say("535 5.7.8 who are you?")
            return
        server = hmac.digest(hmac.digest(key, b"Server Key", "sha256"), signs, "sha256")
        if options.scram_lies != "silent":
            self.ask("v=" + base64.b64encode(bytes(32) if options.scram_lies else server).decode())
        self.user = user
        self.say("235 2.7.0 welcome")

    def on_mail(self, rest):
        self.sender = None
        self.recipients = []
        self.parameters = rest
        if self.server.options.auth and not self.user:
            self.say("530 5.7.0 authentication required")
        elif self.step("mail"):
            self.sender = re.match(r"FROM:<([^>]*)>", rest)[1]
            self.say("250 2.1.0 sender")

    def on_rcpt(self, rest):
        recipient = re.match(r"TO:<([^>]*)>", rest)[1]
        if self.sender is None:
            self.say("503 5.5.1 whose?")
        elif self.step("rcpt@" + recipient, "rcpt"):
            self.recipients.append(recipient)
            self.say("250 2.1.5 recipient")

    def on_data(self, _):
        if not self.recipients:
            self.say("503 5.5.1 for whom?")
            return
        if not self.step("data"):
            return
        self.say("354 go on")
        message = b""
        while True:
            line = self.file.readline()
            if not line.endswith(b"\r\n"):
                raise Dropped
            if line == b".\r\n":
                break
            self.step("body")
            message += line[1:] if line.startswith(b".") else line
        if self.step("end"):
            self.accept(message)
            self.step("accepted")
            self.say("250 2.0.0 queued as %d" % self.server.count)

    def accept(self, message):
        parsed = email.message_from_bytes(message)
        entry = {"from": self.sender, "to": self.recipients, "id": parsed["Message-ID"], "tls": self.inside_tls,
                 "user": self.user, "mechanism": self.mechanism, "mail": self.parameters, "size": len(message)}
        with self.server.lock:
            self.server.count += 1
            self.keep(message)
            with open(self.server.options.log, "a", encoding="utf-8") as log:
                log.write(json.dumps(entry) + "\n")
                log.flush()
                os.fsync(log.fileno())

    def keep(self, message):
        folder = self.server.options.maildir
        if folder:
            os.makedirs(f"{folder}/new", exist_ok=True)
            with open(f"{folder}/new/{self.server.count}", "wb") as file:
                file.write(f"Return-Path: <{self.sender}>\nDelivered-To: {self.recipients[0]}\n".encode())
                file.write(message.replace(b"\r\n", b"\n"))

    def on_rset(self, _):
        self.sender = None
        self.recipients = []
        if self.step("rset"):
            self.say("250 2.0.0 forgotten")

    def on_quit(self, _):
        self.say("221 2.0.0 bye")
        return False


class Server:
    def __init__(self, options):
        self.options = options
        self.plan = Plan(options.reply, options.drop)
        self.lock = threading.Lock()
        self.count = 0
        self.context = None
        self.cyrus = Cyrus(options.cyrus, *options.auth.split(":")) if options.cyrus else None
        if options.cert:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(options.cert, options.key)

    def serve(self, connection):
        talk = Talk(self, connection)
        try:
            talk.run()
        except (Dropped, OSError, ValueError):
            pass
        finally:
            talk.socket.close()

    def run(self):
        family = socket.AF_INET6 if ":" in self.options.address else socket.AF_INET
        listener = socket.create_server((self.options.address, self.options.port), family=family)
        print(f"ready {listener.getsockname()[1]}", flush=True)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", required=True)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--implicit", action="store_true")
    parser.add_argument("--auth")
    parser.add_argument("--mechanisms", default="PLAIN LOGIN")
    parser.add_argument("--offer", default="PIPELINING SIZE=100000 8BITMIME")
    parser.add_argument("--reply", action="append", default=[])
    parser.add_argument("--drop", action="append", default=[])
    parser.add_argument("--cyrus")
    parser.add_argument("--turns", type=int, default=4096)
    parser.add_argument("--scram-lies", choices=["wrong", "silent"])
    parser.add_argument("--maildir")
    parser.add_argument("--slow", type=float, default=0)
    Server(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(main())
