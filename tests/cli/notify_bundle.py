#!/usr/bin/env python3
"""Makes a signed bundle for notify.bats, with public tools alone: notify_bundle.py DIR CASE...

DIR gets evidence.tar and operator.pub. A CASE is NAME[@ADDRESS]:PROBE:VERDICT[:WHAT], ADDRESS the server's in place of
192.0.2.1; its tape is a short dialogue as doc/evidence.md describes it. WHAT may be `hostile`, what a server might say; `marked`: it says what a letter's mark looks like; `fields`: every member of case.json that is
text is what a hostile maker of bundles might write there, and so is the target's name on the tape; `words`: all of these that
the tape can bear out, and not what is said of receipts; `late`: the last records
come as late as a number can say; `long`: a dialogue of very many lines, and very many steps; `wide`: steps that a page
needs much room for; `bare`: the receipt's file is not there;
`source=LISTS`: the lists that it came from;
`typed`: it is one that somebody has typed, with the token and no trace of our receiver; `returned`: it is a report that
the message could not be delivered.
"""
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
HOSTILE_FIELDS = (["fields"], ["words"])
PEER = "192.0.2.1:40112"
RETURNED = "2026-11-24T02:10:17.654321Z"
STARTED = "2026-11-24T02:10:16.123456Z"
HOSTILE = "250 ok\r\nBcc: victim@example.org\r\n\x1b[2J\u00e2\u0080\u00aeWe demand payment\r\n"
# A NUL, a line's end and a header behind it, escape sequences of terminals, marks that turn the direction of writing, a byte
# that is no UTF-8 where bytes are meant, a very long word.
WORDS = ("ok\0\r\nBcc: victim@example.org\n\nX\x1b]0;title\x07\x1b[2J\u009b31m\u202egnirts\u2066 "
         "\ufeff\u200b\u2028<script>alert(1)</script> %s%n " + "w" * 300)

MESSAGE = f"From: a\r\nTo: b\r\nMessage-ID: <{TOKEN}@sink.example.net>\r\nSubject: c\r\nDate: d\r\n\r\ntext\r\n"
REPORT = ("From: MAILER-DAEMON@mail.example.org\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
          f"--b\r\n\r\nAction: failed\r\n--b\r\n\r\n{MESSAGE}--b--\r\n")
PRINTABLE = "ok Bcc: victim@example.org <script>alert(1)</script> %s%n \u0627\u0644 " + "w" * 300
STEPS = [{"line": 1, "say": WORDS}]
RELAY = [("recv", "220 mail.example.org ESMTP Postfix\r\n"), ("send", "MAIL FROM:<>\r\n"),
         ("recv", "250 2.1.0 Ok\r\n"), ("send", f"RCPT TO:<{TOKEN}@sink.example.net>\r\n"),
         ("recv", "250 2.1.5 Ok\r\n"), ("send", "DATA\r\n"), ("recv", "354 go on\r\n"),
         ("send", MESSAGE + ".\r\n"),
         ("recv", "250 2.0.0 Ok: queued as 4F1C22A0B7\r\n")]
SOCKS = [("send", "\x05\x01\x00"), ("recv", "\x05\x00"), ("send", "\x05\x01\x00\x01\x7f\x00\x00\x01\x0a\x28"),
         ("recv", "\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"), ("send", f"AJAR {TOKEN}\r\n"),
         ("recv", f"250 AJAR {TOKEN} {'0' * 32}\r\n")]
HTTP = [("send", "CONNECT 127.0.0.1:2600 HTTP/1.1\r\nHost: 127.0.0.1:2600\r\n\r\n"),
        ("recv", "HTTP/1.1 200 OK\r\nVia: 1.1 gate (squid/5.7)\r\n\r\n")]
# Of each of them the lines of the tape that its verdict rests on.
DECISIVE = [(RELAY, (8, 12)), (SOCKS, (7, 9)), (HTTP, (5,))]


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def as_bytes(text):
    """Bytes as a tape has them: a character for each."""
    return text.encode().decode("latin-1")


def receipt(probe, what):
    """What came back: its kind, and the file that our sink kept."""
    if what == ["typed"]:
        return "mail", f"Received: from mail.example.org\r\n\r\n{TOKEN}\r\n"
    message = REPORT if what == ["returned"] else MESSAGE
    if probe.startswith("relay"):
        return "mail", (f"Return-Path: <bounce-{TOKEN}@sink.example.net>\r\nX-Ajar-Rcpt-To: <{TOKEN}@sink.example.net>\r\n"
                        "Received: from mail.example.org ([192.0.2.1])\r\n\tby sink.example.net ([203.0.113.9])\r\n"
                        f"\twith ESMTP;\r\n\tTue, 24 Nov 2026 02:10:17 +0000\r\n{message}")
    return "datagram" if "udp" in probe else "line", f"AJAR {TOKEN}\r\n"


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def tape_port(probe):
    return {"relay": 25, "proxy": 1080}[probe.split("/")[0]]


def talk_of(probe):
    return RELAY if probe.startswith("relay") else HTTP if "http" in probe else SOCKS


def steps_of(probe, what):
    if what == ["words"]:
        return STEPS
    if what in (["fields"], ["long"], ["wide"]):
        return []
    return [{"line": line, "say": "as seen"} for talk, lines in DECISIVE for line in lines if talk is talk_of(probe)]


def tape(address, probe, verdict, what):
    port = tape_port(probe)
    head = {"tape": 1, "probe": probe, "pack": as_bytes(WORDS) if what == ["words"] else "builtin@0.1.0",
            "target": {"address": address, "port": port, "name": as_bytes(WORDS) if what in HOSTILE_FIELDS else "mail.example.org"},
            "started": STARTED,
            "run": {"sink": "203.0.113.9:25", "mail_domain": "sink.example.net",
                    "helo": "probe.example.net", "authority": "", "contact": "", "info": "",
                    "wait_us": 10000000},
            "args": {}}
    talk = talk_of(probe)
    records = [{"t": 0, "c": 1, "op": "open", "to": f"{address}:{port}"},
               {"t": 0, "c": 1, "op": "opened", "from": "203.0.113.7:41000"}]
    records += [{"t": 0, "c": 1, "op": op, "data": data} for op, data in talk]
    if what == ["long"]:
        records += [{"t": 0, "c": 1, "op": "recv", "data": "\n" * 700} for _ in range(60)]
    late = 2 ** 63 - 1 if what == ["late"] else 0
    for record in records[3:]:
        record["t"] = late
    if what == ["hostile"]:
        records += [{"t": 0, "c": 1, "op": "recv", "data": HOSTILE}]
    if what == ["marked"]:
        records += [{"t": 0, "c": 1, "op": "recv", "data": "*> S: 250 Ok\r\n"}]
    if verdict == "open":
        kind, content = receipt(probe, what)
        records += [{"t": late, "op": "receipt", "token": TOKEN, "kind": kind, "peer": PEER, "at": RETURNED,
                     "digest": digest(content), "answer": "0" * 32}]
    records += [{"t": late, "op": "verdict", "verdict": verdict, "reason": as_bytes(PRINTABLE) if what == ["words"] else "as seen",
                 "steps": steps_of(probe, what)}]
    return "".join(compact(line) + "\n" for line in [head] + records)


def case_files(text):
    name, probe, verdict, *what = text.split(":")
    name, _, address = name.partition("@")
    address = address or "192.0.2.1"
    folder, more = f"data/cases/{name}", {}
    port = tape_port(probe)
    result = {"target": address, "port": port, "name": "mail.example.org", "probe": probe, "pack": "builtin@0.1.0", "verdict": verdict,
              "reason": "as seen", "source": "a public list", "steps": steps_of(probe, what), "started": STARTED,
              "elapsed_ms": 531, "case": name}
    if verdict == "open":
        kind, content = receipt(probe, what)
        name = "receipts/r-0." + ("eml" if kind == "mail" else "txt")
        result["proof"], result["exits"] = TOKEN, ["192.0.2.1"]
        result["receipts"] = [{"file": name, "kind": kind, "token": TOKEN, "peer": PEER, "at": RETURNED,
                               "sha256": digest(content)}]
        if what != ["bare"]:
            more[f"{folder}/{name}"] = content
    if what and what[0].startswith("source="):
        result["source"] = what[0][len("source="):]
    if what == ["long"]:
        result["steps"] = [{"line": 5 + i % 90, "say": f"step {i}"} for i in range(10000)]
    if what == ["wide"]:
        result["steps"] = [{"line": 2, "say": "\x01a" * 2048}] * 1000
    if what in HOSTILE_FIELDS:
        result.update(reason=WORDS, source=WORDS, name=WORDS, pack=WORDS, interface=WORDS,
                      steps=[{"line": 1, "say": WORDS, "form": WORDS, "cause": WORDS}, {"line": "x"}, [], 7],
                      ports={"reached": [25, WORDS, -1, 99999], "missed": {}})
    if what == ["words"]:
        result.update(reason=PRINTABLE, steps=STEPS)
        if verdict != "open":
            del result["ports"]
    if what == ["fields"]:
        result.update(exits=[WORDS], receipts=[{"file": "receipts/" + WORDS, "kind": WORDS, "peer": WORDS}, WORDS, {"file": "../x"}])
    return {f"{folder}/case.json": compact(result) + "\n",
            f"{folder}/tape.jsonl": tape(address, probe, verdict, what), **more}


def manifest(files):
    digests = ((hashlib.sha256(text.encode()).hexdigest(), name) for name, text in files.items())
    return "".join(f"{digest}  {name}\n" for digest, name in digests)


def sign(folder, text, cases):
    path = os.path.join(folder, "tagmanifest-sha256.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    subprocess.run(["minisign", "-S", "-s", os.path.join(folder, "operator.key"), "-m", path,
                    "-t", f"ajar-evidence/1\tbag:evidence\tcases:{cases}\t"
                    "utc:2026-11-24T02:11:00.000000Z"],
                   check=True, stdout=subprocess.DEVNULL)
    with open(path + ".minisig", encoding="utf-8") as file:
        return file.read()


def seal(folder, payload, cases):
    """A new key, and with it evidence.tar of these files and so many cases."""
    public = os.path.join(folder, "operator.pub")
    subprocess.run(["minisign", "-G", "-W", "-f", "-p", public, "-s",
                    os.path.join(folder, "operator.key")], check=True, stdout=subprocess.DEVNULL)
    octets = sum(len(text.encode()) for text in payload.values())
    tags = {"bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": f"Bagging-Date: 2026-11-24\nPayload-Oxum: {octets}.{len(payload)}\n",
            "VERIFY.txt": "See doc/evidence.md.\n", "manifest-sha256.txt": manifest(payload)}
    with open(public, encoding="utf-8") as file:
        tags["keys/operator.pub"] = file.read()
    tags["tagmanifest-sha256.txt"] = manifest(tags)
    signature = sign(folder, tags["tagmanifest-sha256.txt"], cases)
    files = {**payload, **tags, "tagmanifest-sha256.txt.minisig": signature}
    with tarfile.open(os.path.join(folder, "evidence.tar"), "w", format=tarfile.USTAR_FORMAT) as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"evidence/{name}")
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))


def main():
    folder, cases = sys.argv[1], sys.argv[2:]
    payload = {"data/run.json": "{}\n"}
    for case in cases:
        payload.update(case_files(case))
    seal(folder, payload, len(cases))


if __name__ == "__main__":
    main()
