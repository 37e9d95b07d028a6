"""Properties of what comes back, and of what a smarthost says of letters."""
import os
import shutil

import forged
import look
import lying_host
import returned
import screen
from given import Faults

HOSTS = 26  # deliveries


def mails_that_come_back_are_told_in_what_can_be_seen(given):
    faults = Faults()
    count = returned.make(given.path("Maildir"), given.payloads)
    for form in ("--json", "--table"):
        done = given.run("inbox", "Maildir", form, "--retest", "retest@example.org", may=(0, 1))
        faults.look(look.look_terminal, done.stderr, f"inbox {form}: stderr")
        if form == "--table":
            faults.look(look.look_terminal, done.stdout, "inbox --table")
        elif len(faults.look(look.look_json_lines, done.stdout, "inbox --json") or []) != count:
            faults.found.append("inbox --json: as many lines as mails are to be there")
    faults.look(look.look_terminal, screen.shown(given, "inbox", "Maildir"), "inbox on a terminal", colour=True)
    faults.end()


def letters(given):
    """A folder of two, one of which has the enemy's To."""
    if "letters" not in given.kept:
        os.mkdir(given.path("two"))
        files = {"data/run.json": "{}\n"}
        for case in "c-1", "c-2":
            files.update(forged.notify_bundle.case_files(case + ":relay/third-party:open"))
        forged.notify_bundle.seal(given.path("two"), files, 2)
        given.run("notify", "two/evidence.tar", "--each", "--out", "letters", "--to", "abuse@example.net")
        given.kept["letters"] = given.read("letters", "c-2.eml")
    return given.kept["letters"]


def what_a_smarthost_says_is_told_in_what_can_be_seen(given):
    faults = Faults()
    host = lying_host.Smarthost()
    letter = letters(given)
    try:
        for i, payload in enumerate(given.some(HOSTS)):
            host.place, host.said = lying_host.PLACES[i % len(lying_host.PLACES)], payload.bytes
            what = f"deliver: {host.place}: {payload.name}"
            shutil.rmtree(given.path("letters", "delivery"), ignore_errors=True)
            said = payload.bytes.replace(b"\r", b"").replace(b"\n", b"\r\n ")
            given.write("letters/c-2.eml", letter.replace(b"To: abuse@example.net", b"To: " + said, 1))
            for words in (["--dry-run"], ["--table"], ["--list", "--table"], ["--list", "--json"]):
                there = [] if "--list" in words else ["--smtp", f"127.0.0.1:{host.server_address[1]}", "--tls", "none", "--timeout", "5"]
                done = given.run("deliver", "letters", *there, *words, may=(0, 1, 2))
                faults.look(look.look_terminal, done.stdout + done.stderr, f"{what}: {' '.join(words)}", allowed="\n\t" if "--dry-run" in words else "\n")
                if "--json" in words:
                    faults.look(look.look_json_lines, done.stdout, what)
            for name in os.listdir(given.path("letters", "delivery")) if os.path.exists(given.path("letters", "delivery")) else []:
                faults.look(look.look_text, given.read("letters", "delivery", name), "\n", f"{what}: {name}")
    finally:
        host.close()
    faults.end()


PROPERTIES = [
    ("mails that come back are told in what can be seen", mails_that_come_back_are_told_in_what_can_be_seen),
    ("what a smarthost says is told in what can be seen", what_a_smarthost_says_is_told_in_what_can_be_seen),
]
