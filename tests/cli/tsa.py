#!/usr/bin/env python3
"""A time-stamp service (RFC 3161) on loopback, made with openssl: tsa.py DIRECTORY

Makes, in DIRECTORY, a root (root.pem), a certificate below it (chain.pem) and the service's own below that, and serves.
The port goes into DIRECTORY/port. What the path of a request names is what the service does wrong; / does it right.
"""

import http.server
import os
import subprocess
import sys
import time

CONFIG = """
[tsa]
default_tsa = service
[service]
serial = serial
signer_cert = service.pem
signer_key = service.key
certs = chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = yes
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
[serving]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
[req]
distinguished_name = none
[none]
"""


def openssl(*words):
    done = subprocess.run(["openssl", *words], capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode())
    return done.stdout


def certificate(name, subject, extensions, issuer=None):
    openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr",
            "-subj", subject, "-config", "tsa.cnf", "-utf8")
    by = ["-CA", issuer + ".pem", "-CAkey", issuer + ".key"] if issuer else ["-signkey", name + ".key"]
    openssl("x509", "-req", "-in", name + ".csr", "-out", name + ".pem", *by, "-days", "30", "-set_serial",
            str(time.time_ns()), "-extfile", "tsa.cnf", "-extensions", extensions)


def make_certificates():
    with open("tsa.cnf", "w", encoding="utf-8") as out:
        out.write(CONFIG)
    with open("serial", "w", encoding="utf-8") as out:
        out.write("01\n")
    certificate("root", "/O=Test roots/CN=Root", "ca")
    certificate("chain", "/O=Test roots/CN=Below the root", "ca", "root")
    certificate("service", "/O=Test stamps/CN=Tïme", "stamping", "chain")
    certificate("unfit", "/O=Test stamps/CN=A web server", "serving", "chain")


def read(path):
    with open(path, "rb") as text:
        return text.read()


def reply_to(query):
    with open("query", "wb") as out:
        out.write(query)
    openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
    return read("reply")


def query_of(digest, *more):
    openssl("ts", "-query", "-digest", digest.hex(), "-sha256", "-cert", "-out", "made", *more)
    return read("made")


def digest_in(query):
    at = query.index(b"\x04\x20") + 2
    return query[at:at + 32]


def bend(reply):
    return reply[:-1] + bytes([reply[-1] ^ 1])


def answer(path, query):
    """The body, or a status."""
    digest = digest_in(query)
    ways = {
        "/": lambda: reply_to(query),
        "/digest": lambda: reply_to(query_of(bytes(32))),
        "/nonce": lambda: reply_to(query_of(digest)),
        "/no-nonce": lambda: reply_to(query_of(digest, "-no_nonce")),
        "/refuse": lambda: reply_to(query_of(digest, "-tspolicy", "1.2.3.99")),
        "/bent": lambda: bend(reply_to(query)),
        "/cut": lambda: reply_to(query)[:-1],
        "/longer": lambda: reply_to(query) + b"x",
        "/garbage": lambda: b"<html>hello</html>",
        "/empty": lambda: b"",
        "/huge": lambda: bytes(10_000_000),
    }
    return ways[path]() if path in ways else None


class Service(http.server.BaseHTTPRequestHandler):
    def do_POST(self):  # pylint: disable=invalid-name
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Type"] != "application/timestamp-query":
            return self.send_error(415)
        if self.path == "/slow":
            time.sleep(5)
        body = answer(self.path, query)
        if body is None:
            return self.send_error(503)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass
        return None

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    os.chdir(sys.argv[1])
    make_certificates()
    server = http.server.HTTPServer(("127.0.0.1", 0), Service)
    with open("port.new", "w", encoding="utf-8") as out:
        out.write(str(server.server_port))
    os.rename("port.new", "port")
    server.timeout = 1
    parent = os.getppid()
    end = time.monotonic() + 300
    while os.getppid() == parent and time.monotonic() < end:
        server.handle_request()


main()
