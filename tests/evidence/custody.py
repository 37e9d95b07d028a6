#!/usr/bin/env python3
"""A second reader of a bundle's custody, written from section 13 of doc/evidence.md. It shares no code with ajar.

    custody.py [-P KEY]... [-T FILE] BUNDLE.tar [BAG]

BAG is BUNDLE.tar.custody, if it is not named; the keys are as for verify.py, which verifies the bundle. Says how many
records hold, or the first thing that does not; status 0 if all holds, 1 if not.
"""
import argparse
import os
import re
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import minisig
import plain_tar
import verify
from refusal import Refused, require
from trees import sha256

MANIFEST = "manifest-sha256.txt"
LIMIT_FILE, LIMIT_BAG, LIMIT_NUMBER = 16 << 10, 32 << 20, 9999
AHEAD = timedelta(minutes=10)
DIGEST = "[0-9a-f]{64}"
TEXT = re.compile(
    "ajar-custody/1\n"
    "record (?P<number>[1-9][0-9]*)\n"
    f"seal (?P<seal>{DIGEST})\n"
    f"(?:case (?P<case>[A-Za-z0-9._-]+)\ntree (?P<tree>{DIGEST})\n)?"
    f"file {DIGEST}\n"
    f"previous (?P<previous>none|{DIGEST})\n"
    "time (?P<time>[^\n]*)\n"
    "event [a-z][a-z0-9-]{0,39}\n"
    "by (?P<by>[^\n]+)\n"
    "(?:to (?P<to>[^\n]+)\n)?"
    "(?:note (?P<note>[^\n]+)\n)?"
    "key (?P<key>[^\n]+)\n"
)
LENGTHS = {"by": 200, "to": 200, "note": 1000}


@dataclass
class Sealed:
    """What each record must be of."""

    seal: str
    case: str = None
    tree: str = None


def sealed_of(path, trust):
    facts = verify.verify(path, trust)
    _, files = plain_tar.read(path)
    seal = sha256(files[verify.SIGNATURE]).hex()
    if facts.case is None:
        return Sealed(seal)
    return Sealed(seal, facts.case, sha256(files[f"data/cases/{facts.case}/tree.txt"]).hex())


def check_bag(files):
    """The records' texts and signatures, in their order."""
    records = {name: text for name, text in files.items() if name.startswith("data/")}
    require(set(files) - set(records) == {"bagit.txt", MANIFEST}, "other files than a bag of custody has")
    require(files["bagit.txt"] == verify.BAGIT, "bagit.txt is not as it must be")
    manifest = verify.listed(files[MANIFEST], MANIFEST)
    verify.check_listed(records, records, manifest)
    require(set(manifest) == set(records), "a file is missing")
    require(all(len(text) <= LIMIT_FILE for text in records.values()), "a file is too large")
    require(sum(map(len, records.values())) <= LIMIT_BAG, "the records are too large together")
    count = len(records) // 2
    require(0 < count <= LIMIT_NUMBER, "no record, or too many")
    names = [f"data/record-{number:04}.txt" for number in range(1, count + 1)]
    require(set(records) == {name + end for name in names for end in ("", ".minisig")}, "a record is missing")
    return [(records[name], records[name + ".minisig"]) for name in names]


def record_of(text):
    try:
        record = TEXT.fullmatch(text.decode())
    except UnicodeDecodeError as why:
        raise Refused("not UTF-8") from why
    require(record, "not a record of custody")
    for label, most in LENGTHS.items():
        said = record[label] or ""
        require(said.isprintable() and len(said.encode()) <= most, f"{label}: not printable, or too long")
    return record


def check_key(trust, key, at):
    if not trust.keys:
        return
    entry = verify.given_key(trust, key.number)
    require(entry and entry[0].raw == key.raw, f"the key {key.id} is none of those that you trust")
    require(verify.counts(entry, at.date()), f"the key {key.id} was not trusted then")


def check_records(records, sealed, trust):
    previous, before = "none", None
    for number, (text, signature) in enumerate(records, 1):
        record = record_of(text)
        at = minisig.time_of(record["time"])
        key = minisig.PublicKey(record["key"])
        require(record["number"] == str(number), f"record {record['number']} in the place of record {number}")
        require(Sealed(record["seal"], record["case"], record["tree"]) == sealed, "it is of another bundle or extract")
        require(record["previous"] == previous, f"record {number} follows another one")
        require(before is None or at >= before, f"record {number} is from before the one before")
        signed = minisig.signature(signature)
        signed.check(text, key)
        comment = f"ajar-custody/1\trecord:{number}\tutc:{record['time']}"
        require(signed.comment == comment, f"the trusted comment of record {number} is another")
        check_key(trust, key, at)
        previous, before = sha256(text).hex(), at
    require(before <= datetime.now(timezone.utc) + AHEAD, "the last record is from the future")
    return previous


def check(bundle, bag, trust):
    sealed = sealed_of(bundle, trust)
    _, files = plain_tar.read(bag)
    records = check_bag(files)
    last = check_records(records, sealed, trust)
    return f"{bag}: {len(records)} records hold, the last {last}"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("-P", "--public-key", action="append", default=[])
    parser.add_argument("-T", "--trusted")
    parser.add_argument("bundle")
    parser.add_argument("bag", nargs="?")
    given = parser.parse_args()
    given.threshold, given.tsa_ca = 1, None
    try:
        bag = given.bag or os.path.realpath(given.bundle) + ".custody"
        print(check(given.bundle, bag, verify.trust_of(given)))
    except (Refused, OSError, ValueError) as why:
        print(f"{given.bundle}: custody does NOT hold: {why}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
