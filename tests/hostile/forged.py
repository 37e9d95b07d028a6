"""Bundles whose maker is the enemy: he has the key, and writes in every member what he likes."""
import json
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import notify_bundle  # noqa: E402

# Members of case.json, of its steps and receipts, of the tape's head, and of run.json.
CASE = ["target", "name", "probe", "pack", "reason", "source", "started", "proof", "interface", "verdict"]
DEEPER = ["step", "form", "cause", "exits", "peer", "file", "at", "contacts"]
TAPE = ["name", "pack", "helo", "authority", "contact", "info", "mail_domain", "reason", "say"]
RUN = ["operator", "authority", "contact", "info", "version", "host"]
EVERYWHERE = [("case", member) for member in CASE + DEEPER] + [("tape", member) for member in TAPE]
BORNE_OUT = [("both", "name")] * 8  # what tape and case agree about


def as_json(value):
    """JSON in which nothing is escaped that need not be."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace").decode() + "\n"


def change_case(case, member, words):
    if member in CASE:
        case[member] = words
    elif member == "step":
        case["steps"] = [{"line": 3, "say": words}]
    elif member in ("form", "cause"):
        case["steps"] = [{"line": 3, "say": "x", member: words}]
    elif member == "exits":
        case["exits"] = [words]
    elif member == "contacts":
        case["contacts"] = {"to": [words], "to_from": words, "languages": [words], "tape": words, "sources": [{"source": words, "service": words}]}
    else:
        case["receipts"][0][member] = words


def change_tape(lines, member, words):
    """Its texts are bytes: a character for each."""
    words = words.encode("utf-8", "replace").decode("latin-1")
    head, verdict = json.loads(lines[0]), json.loads(lines[-1])
    if member == "name":
        head["target"]["name"] = words
    elif member == "reason":
        verdict["reason"] = words
    elif member == "say":
        verdict["steps"] = [{"line": 3, "say": words}]
    elif member == "pack":
        head["pack"] = words
    else:
        head["run"][member] = words
    lines[0], lines[-1] = notify_bundle.compact(head), notify_bundle.compact(verdict)


def case_with(name, place, member, words):
    files = notify_bundle.case_files(f"{name}:relay/third-party:open")
    case_name, tape_name = f"data/cases/{name}/case.json", f"data/cases/{name}/tape.jsonl"
    case, lines = json.loads(files[case_name]), files[tape_name].splitlines()
    if place == "case":
        change_case(case, member, words)
    elif place == "both":  # so that the one bears out the other
        case["name"] = case["source"] = words
        change_tape(lines, "name", words)
    else:
        change_tape(lines, member, words)
    files[case_name], files[tape_name] = as_json(case), "\n".join(lines) + "\n"
    return files


def make(folder, payloads, chance, places, run):
    """evidence.tar in a new folder, and of each of its cases what stands where."""
    os.mkdir(folder)
    files = {"data/run.json": as_json(run)}
    told = {}
    for place, member in places:
        for payload in chance.sample(payloads, min(5, len(payloads))):
            name = f"c-{len(told):04d}"
            told[name] = f"{place} {member}: {payload.name}"
            files.update(case_with(name, place, member, payload.text))
    notify_bundle.seal(folder, files, len(told))
    return told
