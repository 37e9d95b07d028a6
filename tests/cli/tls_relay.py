"""
Open relays of some kinds, for tls.bats and relay.bats.

    tls_relay.py FOLDER SINK-PORT

Makes a throw-away certificate in FOLDER, listens on free ports and prints them: STARTTLS on 127.0.0.1,
STARTTLS on ::1, TLS from the start on 127.0.0.1; one that says 554 to strangers until they come inside TLS;
one on 127.0.0.1 and one on ::1 that know no TLS, and deliver from 127.0.0.9. What they accept they deliver to
127.0.0.1:SINK-PORT.
"""
import pathlib
import socket
import ssl
import subprocess
import sys
import threading

FOLDER, SINK = pathlib.Path(sys.argv[1]), ("127.0.0.1", int(sys.argv[2]))
SECONDS = 20


def context():
    cert, key = FOLDER / "relay.pem", FOLDER / "relay.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert,
                    "-subj", "/CN=relay.test", "-days", "2"], check=True, capture_output=True)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(cert, key)
    return made


def deliver(sender, recipient, message, exit_address):
    with socket.create_connection(SINK, SECONDS, (exit_address, 0)) as sink:
        lines = sink.makefile("rwb")

        def reply():
            while lines.readline()[3:4] == b"-":
                pass

        reply()
        for command in b"EHLO relay.test", b"MAIL FROM:" + sender, b"RCPT TO:" + recipient, b"DATA":
            lines.write(command + b"\r\n")
            lines.flush()
            reply()
        lines.write(message + b".\r\n")
        lines.flush()
        reply()


def read_message(lines):
    message = b""
    while (line := lines.readline()) not in (b".\r\n", b""):
        message += line
    return message


def serve(client, tls, secured, refusal=b"530 5.7.0 Must issue a STARTTLS command first", exit_address="127.0.0.1"):
    client.settimeout(SECONDS)
    if secured:
        client = tls.wrap_socket(client, server_side=True)
    lines = client.makefile("rwb")

    def say(text):
        lines.write(text + b"\r\n")
        lines.flush()

    sender = recipient = b""
    say(b"220 relay.test ESMTP")
    while line := lines.readline():
        verb, _, argument = line.strip().partition(b" ")
        path = argument.partition(b":")[2]
        if verb == b"EHLO":
            say(b"250-relay.test\r\n250 STARTTLS" if refusal and not secured else b"250 relay.test")
        elif verb == b"STARTTLS" and not secured:
            say(b"220 go on")
            client, secured = tls.wrap_socket(client, server_side=True), True
            lines = client.makefile("rwb")
        elif verb == b"QUIT":
            return say(b"221 bye")
        elif refusal and not secured:
            say(refusal)
        elif verb == b"DATA":
            say(b"354 go on")
            message = read_message(lines)
            say(b"250 2.0.0 taken")
            deliver(sender, recipient, message, exit_address)
        else:
            sender = path if verb == b"MAIL" else sender
            recipient = path if verb == b"RCPT" else recipient
            say(b"250 2.0.0 ok")


def accept(listener, *how):
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, *how), daemon=True).start()


def main():
    tls = context()
    ports = []
    for address, *how in (("127.0.0.1", False), ("::1", False), ("127.0.0.1", True),
                          ("127.0.0.1", False, b"554 5.7.1 Relay access denied"),
                          ("127.0.0.1", False, None, "127.0.0.9"), ("::1", False, None, "127.0.0.9")):
        listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        listener.bind((address, 0))
        listener.listen()
        ports.append(listener.getsockname()[1])
        threading.Thread(target=accept, args=(listener, tls, *how), daemon=True).start()
    print(*ports, flush=True)
    threading.Event().wait(3 * SECONDS)


main()
