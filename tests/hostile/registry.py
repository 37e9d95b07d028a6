"""Registries that lie: RDAP and security.txt by HTTP, WHOIS, and a resolver, on loopback. Which payload they say follows from the
address that they are asked about, 127.80.0.NUMBER, and where from the request's turn: every value is the payload in its turn."""
import http.server
import json
import re
import socket
import socketserver
import struct
import threading

NET = "127.80.0."
# Each value of an RDAP answer that is a text.
VALUES = ["handle", "name", "type", "country", "remark", "kind", "full-name", "email", "email-tail", "language", "status", "notice", "address"]


def rdap(number, place, words):
    """An answer about this address, with the words at one place."""
    def at(which, text):
        return words if which == place else text

    email = {"email": words, "email-tail": "abuse@example.net" + words}.get(place, "abuse@example.net")
    card = [["version", {}, "text", "4.0"], ["fn", {}, "text", at("full-name", "Abuse desk")], ["kind", {}, "text", at("kind", "group")],
            ["lang", {"pref": "1"}, "language-tag", at("language", "nb")], ["email", {}, "text", email]]
    return {"objectClassName": "ip network", "handle": at("handle", "NET"), "name": at("name", "EXAMPLE"), "type": at("type", "ASSIGNED"),
            "country": at("country", "NO"), "startAddress": at("address", NET + str(number)), "endAddress": NET + str(number),
            "remarks": [{"title": "x", "description": [at("remark", "y")]}], "notices": [{"title": at("notice", "z"), "description": []}],
            "status": [at("status", "active")],
            "entities": [{"objectClassName": "entity", "handle": at("handle", "A"), "roles": ["abuse"], "vcardArray": ["vcard", card]}]}


class Web(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        registry = self.server.registry
        asked = re.search(r"127\.80\.0\.(\d+)", self.path)
        if asked:
            number = int(asked[1])
            place = VALUES[number % len(VALUES)]
            body = json.dumps(rdap(number, place, registry.payloads[number].text), ensure_ascii=number % 2 == 0).encode("utf-8", "replace")
        else:
            number = int(self.connection.getsockname()[0].split(".")[3])
            said = registry.payloads[number % len(registry.payloads)].bytes
            body = b"Contact: mailto:security@mail.test" + said + b"\nContact: " + said + b"\nExpires: 2099-01-01T00:00:00Z\nPreferred-Languages: " + said + b"\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Whois(socketserver.StreamRequestHandler):
    def handle(self):
        number = int(self.rfile.readline(512).strip().rsplit(b".", 1)[1])
        said = self.server.registry.payloads[number].bytes
        here = NET.encode() + str(number).encode()
        self.wfile.write(b"% Abuse contact for '" + here + b"' is 'abuse@example.net" + said + b"'\n\ninetnum: " + here + b" - " + here
                         + b"\nnetname: " + said + b"\ncountry: " + said + b"\nabuse-mailbox: " + said + b"\nabuse-mailbox: abuse@example.net\n")


class Resolver(socketserver.BaseRequestHandler):
    """Names of addresses with a payload for their first label, which lead back to them; TXT records that are payloads."""

    def handle(self):
        query, wire = self.request
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]])
            at += 1 + query[at]
        kind = query[at + 1:at + 5]
        answer = self.answer(labels, struct.unpack(">H", kind[:2])[0])
        head = query[:2] + (b"\x81\x80" if answer else b"\x81\x83") + b"\0\1" + (b"\0\1" if answer else b"\0\0") + b"\0\0\0\0"
        record = b"\xc0\x0c" + kind + b"\0\0\0\x3c" + struct.pack(">H", len(answer)) + answer if answer else b""
        wire.sendto(head + query[12:at + 5] + record, self.client_address)

    def answer(self, labels, kind):
        payloads = self.server.registry.payloads
        number = int(labels[0]) if labels[0].isdigit() else int(labels[-2][1:]) if len(labels) > 1 and re.fullmatch(rb"h\d+", labels[-2]) else None
        if number is None or number >= len(payloads):
            return b""
        said = payloads[number].bytes
        if kind == 12:
            first = said[:40] if number % 2 else b"x"  # a name that is none is not believed: nothing of the others is asked then
            return b"".join(bytes([len(label)]) + label for label in (first, b"h%d" % number, b"test")) + b"\0"
        if kind == 16:
            text = (b"abuse@example.net," + said)[:255]
            return bytes([len(text)]) + text
        if kind == 1:
            return socket.inet_aton(NET + str(number))
        return b"\0\x0a\0" if kind == 15 else b""


class Registry:
    def __init__(self, payloads):
        self.payloads, self.servers = payloads, []
        self.http = self.serve(http.server.ThreadingHTTPServer, Web)
        self.whois = self.serve(socketserver.ThreadingTCPServer, Whois)
        self.dns = self.serve(socketserver.ThreadingUDPServer, Resolver)

    def serve(self, kind, handler):
        server = type("Quiet", (kind,), {"daemon_threads": True, "handle_error": lambda *words: None, "request_queue_size": 128})(("0.0.0.0", 0), handler)
        server.registry = self
        self.servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def tables(self):
        """The files for --services and --bootstrap."""
        base = f"http://127.0.0.1:{self.http}/"
        services = {"rdap": {"rate": 1000}, "whois": [{"rdap": base, "host": "127.0.0.1", "port": self.whois, "query": "%s", "rate": 1000}],
                    "txt": [{"zone": "contacts.test", "rate": 1000}], "reach": [NET + "0/24"],
                    "security_txt": f"http://%s:{self.http}/.well-known/security.txt"}
        return json.dumps(services), json.dumps({"services": [[["127.0.0.0/8"], [base]]]})

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()
