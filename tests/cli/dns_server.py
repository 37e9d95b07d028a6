"""A resolver on 127.0.0.1 for the tests, that can misbehave. Prints its port; never asks anybody.

The behaviour is the second last label of the name asked for, as in 2.0.0.127.good.test:

  good, mask  a list (RFC 5782): 127.0.0.2, 192.0.2.10 and 192.0.2.11 are in it, 127.0.0.1 is not
  all       lists everything              none      lists nothing
  error     its test entries are right, every other answer is 127.255.255.254
  alien     the same, but 192.0.2.1       silent    no answer
  servfail, refused                       wrongid, wrongname: answers to other questions
  trunc     good, but over UDP everything is cut: TCP has it
  loop      a name that points at itself  short     ends within a record
  huge      64 KiB over TCP, cut over UDP
  escape    good, with a terminal escape in its reasons
  mail      A, AAAA, MX, TXT              slow      mail, after a second
  cut       mail, but cut over UDP            here      mail whose server is that, or 127.0.0.1
  contacts  TXT: two mail addresses
  sink      the address 127.0.0.1         both      that and 192.0.2.1
  sim       the address that the command line names, 127.0.0.2 where it names none
  nomail    the address 127.0.0.26, and an MX that says that there is no mail
All names that end in .arpa have the PTR mx.mail.test, but 127.0.0.26, which has mx.nomail.test.
"""
import socketserver
import struct
import sys
import threading
import time

A, PTR, MX, TXT, AAAA = 1, 12, 15, 16, 28
NXDOMAIN, SERVFAIL, REFUSED = 3, 2, 5
LISTED = {"2.0.0.127": ["127.0.0.2"], "10.2.0.192": ["127.0.0.9"], "11.2.0.192": ["127.0.0.2", "127.0.0.9"],
          "10.0.0.127": ["127.0.0.9"]}


def wire_name(name):
    return b"".join(bytes([len(x)]) + x.encode() for x in name.split(".")) + b"\0"


def ipv4(text):
    return bytes(int(x) for x in text.split("."))


def txt(text):
    return b"".join(bytes([len(text[i:i + 255])]) + text[i:i + 255] for i in range(0, len(text), 255))


def record(kind, data, owner=b"\xc0\x0c"):
    return owner + struct.pack(">HHIH", kind, 1, 60, len(data)) + data


class Question:
    def __init__(self, message):
        self.id, at, labels = message[:2], 12, []
        while message[at]:
            labels.append(message[at + 1:at + 1 + message[at]].decode("latin-1").lower())
            at += 1 + message[at]
        self.labels, self.type = labels, struct.unpack(">H", message[at + 1:at + 3])[0]
        self.raw = message[12:at + 5]

    def answer(self, records=(), code=0, flags=0x84, ident=None, raw=None):
        return ((ident or self.id) + bytes([flags | 1, 0x80 | code]) + struct.pack(">HHHH", 1, len(records), 0, 0)
                + (raw or self.raw) + b"".join(records))


def listed(q, entry, codes, reason):
    if not codes:
        return q.answer(code=NXDOMAIN)
    if q.type == A:
        return q.answer([record(A, ipv4(c)) for c in codes])
    return q.answer([record(TXT, txt(reason))] if q.type == TXT else [])


def mail(q, host="mail.test", address="127.0.0.25"):
    data = {A: [ipv4(address)], AAAA: [bytes(15) + b"\1"],
            MX: [b"\0\x0a" + wire_name("mx." + host), b"\0\x14" + wire_name("mx2.mail.test")],
            TXT: [txt(b"v=spf1 -all"), txt(b"x" * 300)]}
    return q.answer([record(q.type, d) for d in data.get(q.type, [])])


def respond(q, tcp):
    mode = q.labels[-2] if len(q.labels) > 1 else ""
    entry = ".".join(q.labels[:-2])
    test = {"2.0.0.127": ["127.0.0.2"], "1.0.0.127": []}
    good = listed(q, entry, LISTED.get(entry, []), b"open proxy, see http://good.test/" + entry.encode())
    if q.labels[-1] == "arpa":
        return q.answer([record(PTR, wire_name("MX.Nomail.test" if q.labels[0] == "26" else "mx.mail.test"))])
    if mode == "nomail":
        data = {A: ipv4("127.0.0.26"), MX: b"\0\0\0"}
        return q.answer([record(q.type, data[q.type])] if q.type in data else [])
    if mode in ("good", "mask"):
        return good
    if mode == "all":
        return listed(q, entry, ["127.0.0.2"], b"everything")
    if mode in ("error", "alien"):
        other = ["127.255.255.254"] if mode == "error" else ["192.0.2.1"]
        return listed(q, entry, test.get(entry, other), b"-")
    if mode in ("servfail", "refused"):
        return q.answer(code=SERVFAIL if mode == "servfail" else REFUSED)
    if mode == "silent":
        return b""
    if mode == "wrongid":
        return q.answer([record(A, ipv4("127.0.0.2"))], ident=bytes([q.id[0] ^ 1, q.id[1]]))
    if mode == "wrongname":
        return q.answer([record(A, ipv4("127.0.0.2"))], raw=bytes([q.raw[0], q.raw[1] ^ 1]) + q.raw[2:])
    if mode == "trunc":
        return good if tcp else q.answer(flags=0x86)
    if mode == "cut":
        return mail(q) if tcp else q.answer(flags=0x86)
    if mode == "loop":
        return q.answer([struct.pack(">H", 0xc000 + 12 + len(q.raw)) + record(A, ipv4("127.0.0.2"))[2:]])
    if mode == "short":
        return q.answer([record(A, ipv4("127.0.0.2"))])[:-2]
    if mode == "huge":
        return q.answer([record(A, ipv4("127.0.0.2"))] * 4000) if tcp else q.answer(flags=0x86)
    if mode == "escape":
        return listed(q, entry, LISTED.get(entry, []), b"\x1b[31mred\x1b[0m \xe2\x80\xaeright\0nul")
    if mode == "contacts":
        return q.answer([record(TXT, txt(b"abuse@example.net, noc@example.net"))] if q.type == TXT else [])
    if mode in ("sink", "both"):
        found = [ipv4("127.0.0.1")] + [ipv4("192.0.2.1")] * (mode == "both")
        return q.answer([record(A, a) for a in found] if q.type == A else [])
    if mode == "sim":
        return q.answer([record(A, ipv4((sys.argv + ["127.0.0.2"])[1]))] if q.type == A else [])
    if mode == "slow":
        time.sleep(1)
    if mode in ("mail", "slow"):
        return mail(q)
    if mode == "here":
        return mail(q, "here.org", (sys.argv + ["127.0.0.1"])[1])
    return q.answer(code=NXDOMAIN)


class Udp(socketserver.BaseRequestHandler):
    def handle(self):
        message, sock = self.request
        out = respond(Question(message), False)
        print("asked", ".".join(Question(message).labels), file=sys.stderr, flush=True)
        if out:
            sock.sendto(out, self.client_address)


class Tcp(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            size = self.rfile.read(2)
            if len(size) < 2:
                return
            out = respond(Question(self.rfile.read(struct.unpack(">H", size)[0])), True)
            self.wfile.write(struct.pack(">H", len(out)) + out)


class UdpServer(socketserver.ThreadingUDPServer):
    daemon_threads = True


class TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def pair():
    """A port that is free for both."""
    for _ in range(100):
        udp = UdpServer(("127.0.0.1", 0), Udp)
        try:
            return udp, TcpServer(udp.server_address, Tcp)
        except OSError:
            udp.server_close()
    raise SystemExit("no port is free")


if __name__ == "__main__":
    udp, tcp = pair()
    threading.Thread(target=tcp.serve_forever, daemon=True).start()
    print(udp.server_address[1], flush=True)
    udp.serve_forever()
