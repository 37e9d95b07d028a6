"""Registries by RDAP over TLS on 127.0.0.1, each with another certificate, for the tests of contacts.

    contact_tls_server.py KIND=CERT.pem,KEY.pem[,VERSION]...

Prints "KIND PORT" for each; VERSION (TLSv1_1) is the newest that it speaks. A path begins with what it does: /ripe/ answers as
RIPE does, /to=URL/ leads to that (its slashes as "|"). What is asked goes to stderr.
"""
import http.server
import os
import ssl
import sys
import threading

SEED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fuzz", "seeds", "fuzz_contact_rdap", "ripe.json")


class Registry(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        kind, _, rest = self.path[1:].partition("/")
        print("GET", self.server.kind, self.path, file=sys.stderr, flush=True)
        if kind.startswith("to="):
            self.send_response(302)
            self.send_header("Location", kind[3:].replace("|", "/") + rest)
            self.end_headers()
            return
        with open(SEED, "rb") as file:
            body = file.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/rdap+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, kind, cert=None, key=None, version=None):
        super().__init__(("127.0.0.1", 0), Registry)
        self.kind, self.context = kind, None
        if cert:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(cert, key)
        if version:
            self.context.set_ciphers("ALL:@SECLEVEL=0")
            self.context.minimum_version = ssl.TLSVersion.TLSv1
            self.context.maximum_version = ssl.TLSVersion[version]

    def finish_request(self, request, client_address):
        """In the connection's own thread: a handshake that does not come holds up nobody."""
        try:
            if self.context:
                request = self.context.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)
        except OSError:
            pass


servers = [Server("plain")]
for word in sys.argv[1:]:
    name, _, files = word.partition("=")
    servers.append(Server(name, *files.split(",")))
for server in servers:
    print(server.kind, server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
threading.Event().wait()
