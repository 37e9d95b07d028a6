#!/usr/bin/env python3
"""A second reader of bundles and extracts, written from doc/evidence.md: plain Python and the commands minisign and openssl.
It shares no code with ajar.

    verify.py [-P KEY]... [-T FILE] [--threshold N] [--tsa-ca FILE] FILE.tar...

KEY is a public key's file or its base64 line; FILE behind -T has a key a line with its days; that behind --tsa-ca
certificates (PEM). Several bundles must be runs of one chain in their order. Says for each what it found, or the first
thing that does not hold; status 0 if all holds, 1 if not, and also where a case.json says something else than what lies
beside it. It looks at all parts of all cases and, unlike `ajar verify`, holds a bundle in memory.
"""
import argparse
import hashlib
import os
import re
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta

import claims
import minisig
import packs
import plain_tar
import stamps
import trees
from objects import object_of
from refusal import Refused, require

LIST = "tagmanifest-sha256.txt"
SIGNATURE = LIST + ".minisig"
FURTHER = re.compile(re.escape(LIST) + r"\.([0-9A-F]{16})\.minisig")
STAMP = re.compile(re.escape(SIGNATURE) + r"(?:\.([2-9]|[1-9][0-9]+))?\.tsr")
CASE_FILE = re.compile(r"data/cases/([^/]+)/(.+)")
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TOP = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._][A-Za-z0-9._-]{0,99}")
IN_CASE = re.compile(r"case\.json|tape\.jsonl|contacts\.jsonl|tree\.txt|receipts/[^/]+")
CLOCKS = timedelta(minutes=10)
MOST_FURTHER, MOST_STAMPS, MOST_RECEIPTS = 16, 8, 64


@dataclass
class Trust:
    """The keys that the reader trusts, with the first and the last day and a name; none: the one in the bundle."""

    keys: list = field(default_factory=list)
    threshold: int = 1
    tsa_ca: str = None


@dataclass
class Facts:
    version: int
    signer: minisig.PublicKey
    cases: int
    head: trees.Head = None
    hidden: int = 0
    parts: int = 0
    case: str = None
    place: int = None
    counted: int = 0
    stamps: list = field(default_factory=list)
    flaw: str = None  # what a case.json says that is not so


# Keys and signatures


def trusted_line(line):
    key, begin, until, *_ = line.split(maxsplit=3)
    days = [None if day == "-" else date.fromisoformat(day) for day in (begin, until)]
    require(minisig.PublicKey(key).number, "not a public key")
    return minisig.PublicKey(key), *days


def trust_of(given):
    """What the reader's options say."""
    found = []
    for key in given.public_key:
        text = key.encode()
        if os.path.exists(key):
            with open(key, "rb") as file:
                text = file.read()
        found.append((minisig.public_key(text), None, None))
    if given.trusted:
        with open(given.trusted, encoding="utf-8") as file:
            found += [trusted_line(line) for line in file if line.strip() and not line.startswith("#")]
    require(len({key.id for key, *_ in found}) == len(found), "two keys with one id")
    require(len({key.raw[10:] for key, *_ in found}) == len(found), "one key under two ids")
    return Trust(found, given.threshold, given.tsa_ca)


def given_key(trust, number):
    return next((entry for entry in trust.keys if entry[0].number == number), None)


def counts(entry, day):
    _, begin, until = entry
    return (begin is None or begin <= day) and (until is None or day <= until)


def comment_fields(comment, forms, what):
    found = re.fullmatch("\t".join(forms), comment)
    require(found, f"the trusted comment of {what} is {comment!r}")
    return found.groups()


def check_first(files, trust):
    """The signature that seals: its key and its fields."""
    require(SIGNATURE in files and LIST in files, "not signed")
    signature = minisig.signature(files[SIGNATURE])
    given = given_key(trust, signature.number)
    if given:
        key = given[0]
    else:
        require("keys/operator.pub" in files, "there is no key in it")
        key = minisig.public_key(files["keys/operator.pub"])
    signature.check(files[LIST], key)
    version, name, cases, sealed = comment_fields(
        signature.comment,
        (r"ajar-evidence/([12])", r"bag:([^\t]*)", f"cases:({trees.COUNT})", r"utc:([^\t]*)"),
        "the signature",
    )
    require(TOP.fullmatch(name), f"the trusted comment names a bundle {name!r}")
    return key, int(version), name, int(cases), minisig.time_of(sealed)


def check_further(files, name, first, bag, trust):
    """A further signature: the number of its key, and when it was made."""
    signature = minisig.signature(files[name])
    require(signature.id == FURTHER.fullmatch(name).group(1), "a co-signature by another key than its name says")
    require(signature.number != first.number, "the key of the first signature has signed once more")
    bound_bag, digest, line, at = comment_fields(
        signature.comment,
        (r"ajar-cosign/1", r"bag:([^\t]*)", r"signature:([^\t]*)", r"key:([^\t]*)", r"utc:([^\t]*)"),
        name,
    )
    require(bound_bag == bag and digest == hashlib.sha256(files[SIGNATURE]).hexdigest(), "made for another bundle")
    key, given = minisig.PublicKey(line), given_key(trust, signature.number)
    require(given is None or given[0].raw == key.raw, "another key under the number of one that you gave")
    signature.check(files[LIST], key)
    return signature.number, minisig.time_of(at), key


def check_signers(files, first, bag, sealed, trust, earliest):
    """How many signatures count, of the first and the further ones."""
    made = [(first.number, sealed, first)]
    further = [name for name in files if FURTHER.fullmatch(name)]
    require(len(further) <= MOST_FURTHER, "too many further signatures")
    made += [check_further(files, name, first, bag, trust) for name in further]
    require(len({key.raw[10:] for *_, key in made}) == len(made), "one key has signed under two ids")
    counted = 0
    for number, at, _ in made:
        entry = given_key(trust, number)
        late = number == first.number and earliest and entry and entry[2] and earliest.date() > entry[2]
        counted += bool(entry and counts(entry, at.date()) and not late)
    require(not trust.keys or counted >= trust.threshold, f"signed by {counted} of the keys that you trust")
    return counted


def check_stamps(files, trust):
    """The times of all, and the earliest of those that are vouched for."""
    names = [name for name in files if STAMP.fullmatch(name)]
    require(len(names) <= MOST_STAMPS, "too many time-stamps")
    found = [stamps.check(files[name], files[SIGNATURE], trust.tsa_ca) for name in names]
    vouched = [at for at, trusted in found if trusted]
    require(not trust.tsa_ca or vouched, "no time-stamp by a service that you trust")
    return [at for at, _ in found], min(vouched, default=None)


# The bag


def is_beside(name):
    return name in (LIST, SIGNATURE) or FURTHER.fullmatch(name) or STAMP.fullmatch(name)


def listed(content, what):
    found = {}
    require(content.endswith(b"\n") or not content, f"{what} does not end with a line")
    for line in content.decode("latin-1").split("\n")[:-1]:
        entry = re.fullmatch(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)", line)
        require(entry and entry.group(2) not in found, f"{what}: {line!r}")
        found[entry.group(2)] = entry.group(1)
    return found


def check_listed(files, names, digests):
    for name in names:
        require(name in digests, f"{name} was added")
        require(hashlib.sha256(files[name]).hexdigest() == digests[name], f"{name} was changed")


def values(content, label):
    lines = [line.partition(":") for line in content.decode("latin-1").split("\n")]
    return [value.strip(" \t\r") for name, colon, value in lines if colon and name.lower() == label.lower()]


def check_info(content, payload):
    size = sum(len(text) for text in payload.values())
    require(values(content, "Payload-Oxum") == [f"{size}.{len(payload)}"], "bag-info.txt: Payload-Oxum is another")
    recovered = values(content, "Recovered-After-Crash")
    require(len(recovered) <= 1, "bag-info.txt: recovered twice")
    for time in recovered:
        minisig.time_of(time)


def rank(name):
    """What fixes others stands behind them."""
    if FURTHER.fullmatch(name) or STAMP.fullmatch(name) or name == "proof.txt":
        return 3
    return {LIST: 1, SIGNATURE: 2}.get(name, 0)


def check_order_beside(files):
    """Behind data/ the files of the tag manifest in its order, the tag manifest, its signature, then all others."""
    names = list(files)
    beside = [name for name in names if not name.startswith("data/")]
    require(names[-len(beside) :] == beside, "a file stands before those of data/: another order")
    require(beside == sorted(beside, key=rank), "the files beside data/ stand in another order")
    order = list(listed(files[LIST], LIST))
    places = [order.index(name) for name in beside if rank(name) == 0]
    require(places == sorted(places), f"the files beside data/ stand in another order than {LIST} gives")


def check_order(files):
    check_order_beside(files)
    payload = [name for name in files if name.startswith("data/")]
    require(payload == list(listed(files["manifest-sha256.txt"], "manifest-sha256.txt")), "data/ is in another order")


def check_bag(files, version):
    payload = {name: text for name, text in files.items() if name.startswith("data/")}
    tags = listed(files[LIST], LIST)
    beside = [name for name in files if name not in payload and not is_beside(name)]
    check_listed(files, beside, tags)
    needed = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"] + (["tree-head.txt"] if version == 2 else [])
    for name in list(tags) + needed:
        require(name in beside, f"{name} is missing")
    require(files["bagit.txt"] == BAGIT, "bagit.txt is not as it must be")
    manifest = listed(files["manifest-sha256.txt"], "manifest-sha256.txt")
    check_listed(files, payload, manifest)
    for name in manifest:
        require(name in payload, f"{name} is missing")
    check_info(files["bag-info.txt"], payload)
    check_order(files)


# The tree


def cases_of(files):
    """The files of each case, by their names below its directory."""
    cases = {}
    for name, text in files.items():
        found = CASE_FILE.fullmatch(name)
        if found:
            cases.setdefault(found.group(1), {})[found.group(2)] = text
    return cases


def check_case(case, inside):
    for name in inside:
        require(IN_CASE.fullmatch(name), f"{case}/{name}: not a file of a case")
    require(sum(name.startswith("receipts/") for name in inside) <= MOST_RECEIPTS, f"{case}: too many receipts")
    require(sum(map(len, inside.values())) <= plain_tar.LIMIT_PAYLOAD, f"{case}: too large for a case")
    return trees.check_case(case, inside)


def stand_together(files, case):
    """The names of the case's files are neighbours."""
    is_of_case = [name.startswith(f"data/cases/{case}/") for name in files]
    first = is_of_case.index(True)
    return all(is_of_case[first : first + sum(is_of_case)])


def run_of(files):
    """data/run.json, as far as it can be read."""
    try:
        return object_of(files.get("data/run.json", b""), "data/run.json")
    except Refused:
        return None


def claims_flaw(files, sealed):
    """What the first case says that is not so: not asked where its files stand apart."""
    run, tests = run_of(files), set()
    for case, inside in cases_of(files).items():
        if "case.json" in inside and "tape.jsonl" in inside and stand_together(files, case):
            found = "there is no run.json" if run is None else claims.flaw(case, inside, object_of, run, sealed, tests)
            if found:
                return found
    return None


def check_run(files, head):
    names = sorted(name for name in files if name.startswith("data/") and not CASE_FILE.fullmatch(name))
    lines = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    require(hashlib.sha256(lines.encode()).hexdigest() == head.run, "the files that belong to no case are others")


def check_tree(files, facts):
    facts.head = trees.head_of(files["tree-head.txt"])
    require(facts.head.cases == facts.cases, "tree-head.txt counts other cases than the trusted comment")
    check_run(files, facts.head)
    cases = [check_case(case, inside) for case, inside in cases_of(files).items()]
    facts.parts, facts.hidden = sum(c.parts for c in cases), sum(c.hidden for c in cases)
    require(not facts.hidden, "a part is hidden in a whole bundle")
    require(trees.root_of(sorted(c.leaf for c in cases)) == facts.head.root, "tree-head.txt: not the root of the cases")


def check_extract(files, facts):
    require(facts.version == 2, "an extract of a bundle of version 1")
    tags = listed(files[LIST], LIST)
    beside = [name for name in files if not name.startswith("data/") and not is_beside(name) and name != "proof.txt"]
    check_listed(files, beside, tags)
    for name in ("tree-head.txt", "keys/operator.pub", "VERIFY.txt"):
        require(name in files, f"{name} is missing")
    facts.head, proof = trees.head_of(files["tree-head.txt"]), trees.proof_of(files["proof.txt"])
    require(facts.head.cases == facts.cases == proof.size, "the numbers of cases differ")
    check_run(files, facts.head)
    cases = cases_of(files)
    require(list(cases) == [proof.case], "it does not have the case of proof.txt and no other")
    require(stand_together(files, proof.case), "the files of its case don't stand together")
    case = check_case(proof.case, cases[proof.case])
    root = trees.root_by_path(case.leaf, proof.place - 1, proof.size, proof.path)
    require(root == facts.head.root, "the path leads to another root")
    facts.parts, facts.hidden = case.parts, case.hidden
    facts.case, facts.place = proof.case, proof.place
    check_order_beside(files)


# The whole


def verify(path, trust):
    top, files = plain_tar.read(path)
    first, version, bag, cases, sealed = check_first(files, trust)
    facts = Facts(version, first, cases)
    is_extract = "proof.txt" in files
    require(is_extract or bag == top, "it was made for another bundle")
    facts.stamps, earliest = check_stamps(files, trust)
    require(not earliest or sealed <= earliest + CLOCKS, "the time of sealing is later than a time-stamp of the seal")
    facts.counted = check_signers(files, first, bag, sealed, trust, earliest)
    packs.check(files)
    if is_extract:
        check_extract(files, facts)
        facts.flaw = claims_flaw(files, sealed)
        return facts
    check_bag(files, version)
    found = sum(1 for name in files if re.fullmatch("data/cases/[^/]+/case.json", name))
    require(found == cases, f"{found} cases, and not {cases}")
    if version == 2:
        check_tree(files, facts)
    facts.flaw = claims_flaw(files, sealed)
    return facts


def check_chain(all_facts):
    before = None
    for facts in all_facts:
        require(facts.head and facts.head.chain is not None, "one is in no chain")
        if before:
            require(facts.signer == before.signer, "a chain is of one key")
        if before and facts.head == before.head:
            require(facts.place or before.place, "the same run twice")
        elif before:
            require(facts.head.chain == before.head.chain + 1, "a gap, a fork or another order")
            require(facts.head.previous == f"{before.head.digest} {before.head.cases}", "it follows another run")
        before = facts


def words(facts):
    what = f"case {facts.case}, {facts.place} of {facts.cases}," if facts.place else f"{facts.cases} cases"
    tree = f", {facts.hidden} of {facts.parts} parts hidden" if facts.head else ""
    times = "".join(f", stamped {at:%Y-%m-%dT%H:%M:%SZ}" for at in facts.stamps)
    return f"verified: {what} by {facts.signer.id}{tree}{times}, {facts.counted} trusted signatures"


def check_all(paths, trust):
    status, all_facts = 0, []
    for path in paths:
        try:
            all_facts.append(verify(path, trust))
            print(f"{path}: {words(all_facts[-1])}")
            if all_facts[-1].flaw:
                status = 1
                print(f"{path}: but NOT what its cases say: {all_facts[-1].flaw}")
        except (Refused, OSError) as why:
            status = 1
            print(f"{path}: NOT verified: {why}")
    if len(paths) > 1 and status == 0:
        try:
            check_chain(all_facts)
            print("a chain: runs " + " ".join(str(facts.head.chain) for facts in all_facts))
        except Refused as why:
            status = 1
            print(f"NOT a chain: {why}")
    return status


def options():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("-P", "--public-key", action="append", default=[])
    parser.add_argument("-T", "--trusted")
    parser.add_argument("--threshold", type=int, default=1)
    parser.add_argument("--tsa-ca")
    parser.add_argument("bundle", nargs="+")
    return parser


def main():
    given = options().parse_args()
    try:
        trust = trust_of(given)
    except (Refused, OSError, ValueError) as why:
        sys.exit(f"verify.py: {why}")
    return check_all(given.bundle, trust)


if __name__ == "__main__":
    sys.exit(main())
