"""
letters: `ajar deliver` and `ajar inbox` by way of a real Postfix, on loopback.

    letters.py AJAR SMARTHOST FOLDER

FOLDER has ca.pem, and server.pem and server.key for "localhost". Postfix takes the letters by STARTTLS and passes them on to two
servers (SMARTHOST is tests/cli/smarthost.py), one of which knows nobody; what it bounces comes to a Maildir, and is matched.
"""
import json
import os
import subprocess
import sys
import time

from postfix import PostfixTls

SETTINGS = """
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = SINKS
recipient_delimiter = +
smtpd_tls_security_level = may
"""
CASES = {"c-00000000000000a1": "abuse@taken.test", "c-00000000000000b2": "abuse@nobody.test", "c-00000000000000c3": "abuse@discarded.test"}


class Smarthost(PostfixTls):
    def certificate(self, kind="ec"):
        return f"{sys.argv[3]}/server.pem", f"{sys.argv[3]}/server.key"


def receiver(script, folder, name, *options):
    """A server that keeps what it gets in a Maildir, and its port."""
    process = subprocess.Popen([sys.executable, "-B", script, "--log", f"{folder}/{name}.log", "--maildir", f"{folder}/{name}",
                                "--offer", "PIPELINING", *options], stdout=subprocess.PIPE)
    return process, int(process.stdout.readline().split()[1])


def write_letters(folder):
    os.mkdir(f"{folder}/out")
    for case, to in CASES.items():
        with open(f"{folder}/out/{case}.eml", "w", encoding="ascii", newline="") as file:
            file.write(f"From: Project <project@letters.test>\r\nTo: {to}\r\nMessage-ID: <{case}@letters.test>\r\nX-Ajar-Case: {case}\r\n"
                       "Subject: one\r\nDate: Sat, 28 Nov 2026 02:00:00 +0000\r\n\r\nDear owner\r\n.\r\n..dots\r\n")


def ajar(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def check(program, port, folder):
    key = f"{folder}/tickets"
    status, sent = ajar(program, "deliver", f"{folder}/out", "--smtp", f"localhost:{port}", "--tls-ca", f"{folder}/ca.pem", "--timeout",
                        "20", "--json", "--bounces", "bounces@letters.test", "--ticket-key", key)
    assert status == 0 and {letter["state"] for letter in sent} == {"sent"} and len(sent) == 3, sent
    for _ in range(100):
        if os.path.isdir(f"{folder}/back/new") and os.path.isdir(f"{folder}/taken/new"):
            break
        time.sleep(0.1)
    status, mails = ajar(program, "inbox", f"{folder}/back", "--letters", f"{folder}/out", "--ticket-key", key, "--bounces",
                         "bounces@letters.test", "--json")
    assert status == 0 and len(mails) == 1, mails
    wanted = {"kind": "bounced", "by": "report", "match": "address", "certain": True, "ticket": "c-00000000000000b2", "status": "5.1.1",
              "recipient": "abuse@nobody.test"}
    assert {name: mails[0].get(name) for name in wanted} == wanted, mails
    with open(f"{folder}/taken/new/1", encoding="ascii") as file:
        assert file.read().endswith("\n\nDear owner\n.\n..dots\n")


def main():
    program, script, folder = sys.argv[1:]
    write_letters(folder)
    taken, taken_port = receiver(script, folder, "taken")
    nobody, nobody_port = receiver(script, folder, "nobody", "--reply", "rcpt=550 5.1.1 nobody of that name")
    back, back_port = receiver(script, folder, "back")
    server = Smarthost("letters", {}, SETTINGS)
    server.start({"taken.test": taken_port, "nobody.test": nobody_port, "letters.test": back_port})
    try:
        check(program, server.port, folder)
    finally:
        server.stop()
        for process in (taken, nobody, back):
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
