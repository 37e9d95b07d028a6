"""A smarthost that lies: at one place of each connection it says a payload."""
import socketserver
import threading

PLACES = ["banner", "greeting", "mail", "rcpt", "dot", "refused-mail", "refused-rcpt", "refused-dot", "later-rcpt", "later-dot", "noise"]


class Talk(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self):
        self.place, self.said = self.server.place, self.server.said
        self.say(b"220 ", self.at("banner", b"mx.example"))
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say(b"250-", self.at("greeting", b"mx.example"))
                self.say(b"250 8BITMIME")
            elif verb == b"DATA":
                self.say(b"354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.answer("dot")
            elif verb in (b"MAIL", b"RCPT"):
                self.answer(verb.decode().lower())
            elif verb == b"QUIT":
                return self.say(b"221 bye")
            else:
                self.say(b"250 ok")

    def at(self, place, text):
        return self.said if place == self.place else text

    def answer(self, what):
        if self.place == "noise" and what == "rcpt":
            self.say(self.said)
        elif self.place == "refused-" + what:
            self.say(b"550 5.7.1 ", self.said)
        elif self.place == "later-" + what:
            self.say(b"451 4.7.1 ", self.said)
        else:
            self.say(b"250 ", self.at(what, b"ok"))

    def say(self, *pieces):
        self.wfile.write(b"".join(pieces) + b"\r\n")


class Smarthost(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.place, self.said = "", b""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass

    def close(self):
        self.shutdown()
        self.server_close()
