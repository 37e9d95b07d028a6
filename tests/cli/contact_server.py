"""Registries on loopback for the tests of contacts: RDAP and security.txt by HTTP, WHOIS. Prints two ports: HTTP, WHOIS.

The first part of an RDAP path is what the registry is like (/ripe/ip/192.0.2.10), and the first word of a WHOIS question:

  the name of a file of answers   ripe, arin, apnic, lacnic, afrinic, hostile ... (tests/fuzz/seeds/fuzz_contact_*)
  none      knows nothing            html      a page           outside   about another range
  local     answers for 127.0.0.0/8  each      a range for each address; says OVERLAP when it is asked twice at once
  busy      429 once, then ripe      shut      429 for an hour  error     500
  moved     another registry         loop      leads to itself
  metadata, router, file             leads to 169.254.169.254, to a port of loopback that nobody named, to file:
  silent    says nothing             endless   never ends       heads     heads without end
  huge      a vCard of 1 MB          deep      nested 100,000 times
What is asked goes to stderr.
"""
import http.server
import os
import socketserver
import sys
import threading
import time

SEEDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fuzz", "seeds")
SECURITY = "Contact: mailto:security@mail.test\nExpires: 2099-01-01T00:00:00Z\nPreferred-Languages: de, en\n"
OUTSIDE = '{"objectClassName":"ip network","startAddress":"198.51.100.0","endAddress":"198.51.100.255"}'
LOCAL = """{"objectClassName":"ip network","startAddress":"127.0.0.0","endAddress":"127.255.255.255","country":"NO",
"entities":[{"objectClassName":"entity","roles":["abuse"],
"vcardArray":["vcard",[["version",{},"text","4.0"],["email",{},"text","abuse@loop.example"]]]}]}"""
busy = set()
lock, at_work = threading.Lock(), 0


def seed(kind, name):
    path = os.path.join(SEEDS, "fuzz_contact_" + kind, name)
    with open(path, "rb") as file:
        return file.read()


def note(*words):
    print(*words, file=sys.stderr, flush=True)


class Registry(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def say(self, status, body=b"", **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def lead(self, url):
        self.say(302, Location=url)

    def pour(self, piece):
        try:
            while True:
                self.wfile.write(piece)
        except OSError:
            self.close_connection = True

    def do_GET(self):
        note("GET", self.path, self.headers.get("Host", "").split(":")[0], self.headers.get("Accept", ""))
        kind, _, rest = self.path[1:].partition("/")
        here = "http://127.0.0.1:%d" % self.server.server_address[1]
        answer = getattr(self, "be_" + kind, None)
        if self.path == "/.well-known/security.txt":
            self.say(200, SECURITY.encode())
        elif self.path == "/ipv4.json":
            self.say(200, seed("tables", "bootstrap.json"))
        elif answer:
            answer(here, rest)
        else:
            self.say(200, seed("rdap", kind + ".json"), Content_Type="application/rdap+json")

    def be_none(self, here, rest):
        self.say(404, b'{"errorCode":404}')

    def be_local(self, here, rest):
        self.say(200, LOCAL.encode(), Content_Type="application/rdap+json")

    def be_each(self, here, rest):
        """Of each address a range of its own, as a registry answers that is asked one thing at a time."""
        global at_work
        about = rest.partition("/")[2]
        with lock:
            at_work += 1
            if at_work > 1:
                note("OVERLAP", self.path)
        time.sleep(0.01)
        with lock:
            at_work -= 1
        self.say(200, LOCAL.replace("127.0.0.0", about).replace("127.255.255.255", about).encode())

    def be_error(self, here, rest):
        self.say(500)

    def be_html(self, here, rest):
        self.say(200, b"<html>Welcome</html>")

    def be_outside(self, here, rest):
        self.say(200, OUTSIDE.encode())

    def be_busy(self, here, rest):
        if rest in busy:
            return self.say(200, seed("rdap", "ripe.json"))
        busy.add(rest)
        return self.say(429, Retry_After="1")

    def be_shut(self, here, rest):
        self.say(429, Retry_After="3600")

    def be_moved(self, here, rest):
        self.lead(here + "/ripe/" + rest)

    def be_loop(self, here, rest):
        self.lead(here + "/loop/" + rest)

    def be_metadata(self, here, rest):
        self.lead("http://169.254.169.254/latest/meta-data/")

    def be_router(self, here, rest):
        self.lead("http://127.0.0.1:9/admin")

    def be_file(self, here, rest):
        self.lead("file:///etc/passwd")

    def be_silent(self, here, rest):
        time.sleep(20)

    def be_endless(self, here, rest):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        self.pour(b" " * 65536)

    def be_heads(self, here, rest):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.pour(b"X-Y: " + b"z" * 4000 + b"\r\n")

    def be_huge(self, here, rest):
        card = b'["email",{},"text","a@example.net"],' * 28000
        self.say(200, b'{"objectClassName":"ip network","entities":[{"roles":["abuse"],"vcardArray":["vcard",[' + card
                 + b'[]]]}],"startAddress":"192.0.2.0","endAddress":"192.0.2.255"}')

    def be_deep(self, here, rest):
        self.say(200, b'{"entities":[' * 30000)


class Whois(socketserver.StreamRequestHandler):
    def handle(self):
        question = self.rfile.readline(512).decode("latin-1").strip()
        note("WHOIS", question)
        kind = question.split(" ")[0]
        try:
            if kind == "silent":
                time.sleep(20)
            while kind == "endless":
                self.wfile.write(b"abuse-mailbox: a@example.net\n" * 1000)
            if kind == "none":
                self.wfile.write(b"% No match found\r\n")
            elif kind != "silent":
                self.wfile.write(seed("whois", kind + ".txt"))
        except OSError:
            pass


class Web(http.server.ThreadingHTTPServer):
    daemon_threads = True


class Port43(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


web = Web(("127.0.0.1", 0), Registry)
# The name that the tests' resolver gives to addresses leads to this one.
host = Web(("127.0.0.25", web.server_address[1]), Registry)
whois = Port43(("127.0.0.1", 0), Whois)
for server in host, whois:
    threading.Thread(target=server.serve_forever, daemon=True).start()
print(web.server_address[1], whois.server_address[1], flush=True)
web.serve_forever()
