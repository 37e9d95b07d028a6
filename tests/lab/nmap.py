"""
nmap: what nmap's scripts say of a server. They run as they are; where they want to go is turned to us.

    http-open-proxy    fetches a page by GET and HEAD, and asks CONNECT for port 80
    socks-open-proxy   asks SOCKS 4 and 5 for port 80 of a name that it looks up in the DNS
    smtp-open-relay    16 envelopes as far as RCPT; no mail is sent

The page is at 127.0.0.80, and so is the DNS that knows it (low_ports.py).
"""
import os
import socket
import subprocess
import threading
import xml.etree.ElementTree as xml

from low_ports import HOST

SECONDS = 90
PAGE = b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\najarlabpage\n"
SCRIPTS = {"mail": "smtp-open-relay", "http": "http-open-proxy", "socks": "socks-open-proxy"}
OPEN = {"smtp-open-relay": "Server is an open relay", "http-open-proxy": "Potentially OPEN proxy",
        "socks-open-proxy": "status: open"}


def usable():
    return "LAB_WEB" in os.environ and "LAB_DNS" in os.environ


def serve_page(listener):
    while True:
        guest, _ = listener.accept()
        threading.Thread(target=serve_guest, args=(guest,), daemon=True).start()


def serve_guest(guest):
    guest.settimeout(10)
    try:
        if guest.recv(4096):
            guest.sendall(PAGE)
    except OSError:
        pass
    guest.close()


def serve_names(dns):
    """One answer to every question: here."""
    while True:
        asked, peer = dns.recvfrom(512)
        if len(asked) > 12:
            question = asked[12:asked.index(b"\0", 12) + 5]
            dns.sendto(asked[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + question + b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4"
                       + socket.inet_aton(HOST), peer)


def serve():
    web = socket.socket(fileno=int(os.environ["LAB_WEB"]))
    dns = socket.socket(fileno=int(os.environ["LAB_DNS"]))
    for what, on in (serve_page, web), (serve_names, dns):
        threading.Thread(target=what, args=(on,), daemon=True).start()


def version():
    said = subprocess.run(["nmap", "--version"], capture_output=True, text=True, check=False).stdout
    return " ".join(said.split()[:3])


def ask(server):
    """What each script printed, by its name; "" where it had nothing to say."""
    command = ["nmap", "-Pn", "-n", "-sT", "-p", str(server.port), "--dns-servers", HOST, "--host-timeout", f"{SECONDS}s",
               "--script", ",".join("+" + name for name in OPEN), "--script-args",
               f"proxy.url=http://{HOST}/,proxy.pattern=ajarlabpage,smtp-open-relay.domain=relay-0.test", "-oX", "-",
               *(["-6"] if ":" in server.host else []), server.host]
    out = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS + 10).stdout
    said = {script.get("id"): script.get("output") for script in xml.fromstring(out).iter("script")}
    return {name: said.get(name, "") for name in OPEN}


def opens(said):
    """The scripts that call the server open."""
    return [name for name, text in said.items() if OPEN[name] in text]
