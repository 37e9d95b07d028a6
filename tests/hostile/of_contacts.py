"""Properties of whom letters go to: what registries, hosts and lists say, and what of it reaches a screen and a header."""
import json
import os
import re

import forged
import letter_look
import look
import registry
import screen
from given import Faults

MAILBOX = re.compile(r"[A-Za-z0-9+\-_=&'~.]{1,64}@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def what_registries_say_is_an_address_or_nothing(given):
    faults = Faults()
    payloads = given.payloads[:250]
    server = registry.Registry(payloads)
    try:
        services, bootstrap = server.tables()
        given.write("services.json", services)
        given.write("bootstrap.json", bootstrap)
        given.write("asked", "".join(f"{registry.NET}{n}\n" for n in range(len(payloads))))
        words = ["contact", "--all", "--no-cache", "--services", "services.json", "--bootstrap", "bootstrap.json",
                 "--resolver", f"127.0.0.1:{server.dns}", "--timeout", "2", "-i", "asked"]
        faults.look(look.look_terminal, screen.shown(given, *words), "contact on a terminal", colour=True)
        for form in ("--json", "--table"):
            done = given.run(*words, form, "-e", f"contacts{form}.tape", may=(0, 1))
            faults.look(look.look_terminal, done.stderr, f"contact {form}: stderr")
            if form == "--table":
                faults.look(look.look_terminal, done.stdout, "contact --table")
            else:
                lines = faults.look(look.look_json_lines, done.stdout, "contact --json") or []
                faults.found += [found for line in lines for found in unlike(line)]
                if sum("found" in json.dumps(line) for line in lines) < len(payloads) // 2:
                    faults.found.append("the registries were not heard")
        faults.look(look.look_json_lines, given.read("contacts--json.tape"), "contact: the tape")
    finally:
        server.close()
    faults.end()


def unlike(line):
    """What in it is no mailbox, language or country."""
    for source in line["sources"]:
        for contact in source.get("contacts", []):
            if not MAILBOX.fullmatch(contact["address"]):
                yield f"{line['address']}: {source['source']}: no mailbox: {ascii(contact['address'])}"
    for mailbox in line["to"]:
        if not MAILBOX.fullmatch(mailbox):
            yield f"{line['address']}: no mailbox: {ascii(mailbox)}"
    for language in line.get("languages", []):
        if not LANGUAGE.fullmatch(language):
            yield f"{line['address']}: no language: {ascii(language)}"


def field(words):
    """As a field of a CSV."""
    return '"' + words.replace('"', '""') + '"'


def own_lists_are_read_or_refused_in_words(given):
    faults = Faults()
    for payload in given.payloads:
        words = payload.text
        given.write("own.csv", f"scope,contact,language,note\n192.0.2.0/24,abuse@example.net,nb,{field(words)}\n{field(words)},a@example.net,en,x\n"
                               f"192.0.2.1,{field('abuse@example.net' + words)},{field(words)},x\n")
        for form in ("--json", "--table"):
            done = given.run("contact", "-s", "own-list", form, "-o", "own.csv", "192.0.2.1", "192.0.2.2", may=(0, 1, 2))
            faults.look(look.look_terminal, done.stdout + done.stderr, f"contact -o: {payload.name}")
            if form == "--json":
                faults.found += [found for line in done.stdout.splitlines() for found in unlike(json.loads(line))]
    faults.end()


def letters_go_where_a_mailbox_is_named(given):
    """Whatever a file of contacts says, and whoever wrote it."""
    faults = Faults()
    if "one" not in given.kept:
        given.kept["one"] = os.mkdir(given.path("one"))
        forged.notify_bundle.seal(given.path("one"), {"data/run.json": "{}\n", **forged.notify_bundle.case_files("c-1:relay/third-party:open")}, 1)
    given.write("own.csv", "scope,contact,language\n192.0.2.1,abuse@example.net,nb\n")
    plain = json.loads(given.run("contact", "-s", "own-list", "--json", "-o", "own.csv", "192.0.2.1").stdout)
    for i, payload in enumerate(given.payloads):
        to = given.chance.choice(["abuse@example.net{}", "{}@example.net", "{} <abuse@example.net>", "{}", "abuse@example.net, {}"]).format(payload.text)
        changed = {"name": payload.text, "to": [to], "languages": [payload.text], "to_from": payload.text}
        line = {**plain, **dict(given.chance.sample(sorted(changed.items()), 2))}
        given.write("contacts.jsonl", json.dumps(line) + "\n")
        for words in (["--contacts", "contacts.jsonl"], ["--to", to.replace("\0", "")]):
            folder = f"to-{i}-{words[0]}"
            done = given.run("notify", "one/evidence.tar", "--each", "--out", folder, *words, may=(0, 1, 2))
            faults.look(look.look_terminal, done.stderr, f"notify {words[0]}: {payload.name}")
            if os.path.exists(given.path(folder, "c-1.eml")):
                found = faults.look(letter_look.look_letter, given.read(folder, "c-1.eml"), f"notify {words[0]}: {payload.name}")
                if found and len(found[0]["To"].addresses) > 1:
                    faults.found.append(f"{payload.name}: to several: {found[0]['To']}")
            rows = given.run("notify", "one/evidence.tar", "--each", "--dry-run", *words, may=(0, 1, 2)).stdout
            faults.look(look.look_terminal, rows, f"notify --dry-run {words[0]}: {payload.name}", allowed="\n\t")
            if rows.count(b"\n") > 1 or rows.count(b"\t") not in (0, 3):
                faults.found.append(f"notify --dry-run {words[0]}: other rows: {rows!r}")
    faults.end()


PROPERTIES = [
    ("what registries and hosts say is a mailbox, or nothing", what_registries_say_is_an_address_or_nothing),
    ("a list of one's own is read, or refused in words that can be seen", own_lists_are_read_or_refused_in_words),
    ("a letter goes to one mailbox, whatever a file of contacts says", letters_go_where_a_mailbox_is_named),
]
