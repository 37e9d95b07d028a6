"""Properties of lists of targets: names of hosts and of sources are the enemy's, from there to the letter and on paper."""
import json
import os

import letter_look
import liar
import look
import of_letters
import of_pages
from given import Faults, free_port
from of_contacts import field
from payloads import Payload

PAPERS = 5
SHADOWSERVER = ("timestamp", "severity", "ip", "protocol", "port", "hostname", "tag", "asn", "geo", "region", "city", "naics", "sector")


def csv_of(given, port):
    """Two lists: one with a source of its own in each line, one as Shadowserver writes them, with words of the enemy's in all columns."""
    own = ["ip,port,hostname,source,note"]
    report = [",".join(SHADOWSERVER)]
    for i, payload in enumerate(given.payloads):
        words = payload.bytes.decode("utf-8", "surrogateescape").replace("\r", " ").replace("\n", " ").replace("\0", " ")
        own.append(f"{liar.address_of('banner', i)},{port},{field(words)},{field(words)},{field(words)}")
        values = {"ip": liar.address_of("greeting", i), "port": str(port), "protocol": "tcp"}
        report.append(",".join(values.get(name, field(words)) for name in SHADOWSERVER))
    return "\n".join(own) + "\n", "\r\n".join(report) + "\r\n"


def run(given):
    """A run on servers that say nothing of meaning: the lists alone are the enemy's."""
    if "lists" not in given.kept:
        sink = free_port()
        servers = liar.Liar([Payload("harmless", b"mx.example")] * len(given.payloads), sink)
        try:
            own, report = csv_of(given, servers.ports["relay"])
            given.write("own-list.csv", own.encode("utf-8", "surrogateescape"))
            given.write("2026-11-24-open_relay.csv", report.encode("utf-8", "surrogateescape"))
            done = given.run("probe", "--json", "-k", "k.key", "--chain", "none", "-e", "lists.tar", "-w", "1", "-t", "15", "--workers", "2",
                             "--sink", f"127.0.0.1:{sink}", "-p", "relay/third-party", "-i", "own-list.csv", "-i", "2026-11-24-open_relay.csv")
        finally:
            servers.close()
        given.kept["lists"] = done
    return given.kept["lists"]


def names_of_lists_are_told_in_what_can_be_seen(given):
    faults = Faults()
    done = run(given)
    lines = faults.look(look.look_json_lines, done.stdout, "probe --json") or []
    if sum(line["verdict"] == "open" for line in lines) < len(given.payloads):
        faults.found.append(f"only {len(lines)} were open: {done.stderr[-300:]!r}")
    faults.look(look.look_terminal, done.stderr, "probe: stderr")
    cases = [line["case"] for line in lines if "case" in line]
    for words in (["show"], ["verify"], ["notify", "--print"], *(["show", case] for case in given.chance.sample(cases, 20))):
        shown = given.run(words[0], "lists.tar", *words[1:])
        faults.look(look.look_terminal, shown.stdout + shown.stderr, " ".join(words))
    shape = of_pages.look_page(given, "lists.tar", "lists.html")
    if {name for _, names in shape.shape for name in names if name.startswith("on") or name in ("src", "style", "srcdoc")}:
        faults.found.append(f"attributes of nobody's: {sorted(shape.shape)}")
    faults.end()


def paragraphs(raw, what, rtl):
    """How each paragraph of a letter begins, before any name can stand in it."""
    _, text = letter_look.look_letter(raw, what, "none", rtl)
    return [part[:8] for part in "\n".join(letter_look.own_lines(text)).split("\n\n")]


def names_of_lists_change_no_sentence(given):
    faults = Faults()
    done = run(given)
    names = {line["case"]: line.get("name", "") for line in map(json.loads, done.stdout.splitlines()) if "case" in line}
    for language, machine in (("en", "xarf"), ("ar", "arf"), ("ja", "intelmq"), ("de", "none")):
        letters = of_letters.written(given, "lists.tar", f"lists-{language}", "--lang", language, "--machine", machine)
        for case in given.chance.sample(sorted(letters), min(30, len(letters))):
            faults.look(letter_look.look_letter, letters[case], f"{language} {ascii(names[case])[:60]}", machine, language == "ar")
        for case, raw in letters.items():
            faults.look(letter_look.look_header, raw, case)
        if machine == "none":
            begins = {tuple(paragraphs(letters[case], case, False)) for case in letters if names[case]}
            if len(begins) > 1:
                faults.found.append(f"paragraphs differ: {sorted(begins)[:2]}")
    faults.end()


def names_of_lists_are_words_on_paper(given):
    faults = Faults()
    cases = [line["case"] for line in map(json.loads, run(given).stdout.splitlines()) if "case" in line]
    for case in given.chance.sample(cases, PAPERS):
        given.run("extract", "lists.tar", case, "-o", f"list-{case}.tar")
        language = given.chance.choice(["en", "ar", "ja", "el"])
        given.run("notify", f"list-{case}.tar", "--each", "--pdf", "list-paper", "--lang", language)
        faults.look(of_letters.look_paper, given.path("list-paper", case + ".pdf"), f"paper {language} {case}")
    faults.end()


def lines_that_are_no_targets_are_refused_in_words(given):
    faults = Faults()
    for payload in given.some(30):
        one = payload.text.replace("\n", " ")
        given.write("bad.csv", f"ip,port,hostname\n{field(one)},25,x\n127.0.0.1,{field(one)},y\n127.0.0.1,9\"{one}\n")
        given.write("bad.txt", payload.bytes + b"\n127.0.0.1:9" + payload.bytes + b"\n")
        given.write("scope", b"authority: a\ncontact: b@example.org\ninfo: https://example.org/\n" + payload.bytes + b"\nallow 127.0.0.0/8 # " + payload.bytes + b"\n")
        given.write("p.lua", b'local p = ajar.probe { id = "relay/x", kind = "relay", ports = { 25 }, summary = "x" }\n' + payload.bytes)
        for words in (["-i", "bad.csv"], ["-i", "bad.txt"], ["-s", "scope", "127.0.0.1:9"], ["-p", "./p.lua", "127.0.0.1:9"]):
            done = given.run("probe", "--json", "-w", "0", "--workers", "1", "-t", "5", *words, may=(0, 1, 2)) if os.path.exists(given.path("scope")) else None
            faults.look(look.look_terminal, done.stdout + done.stderr, f"probe {words[0]}: {payload.name}")
    faults.end()


PROPERTIES = [
    ("names of lists are told in what can be seen", names_of_lists_are_told_in_what_can_be_seen),
    ("names of lists make no header and no line of a letter", names_of_lists_change_no_sentence),
    ("names of lists are words on paper", names_of_lists_are_words_on_paper),
    ("lines that are no targets are refused in words that can be seen", lines_that_are_no_targets_are_refused_in_words),
]
