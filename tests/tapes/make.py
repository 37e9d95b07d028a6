#!/usr/bin/env python3
"""Bundles of this version's probes against simulated servers, to be kept for ever: see README.md.

    tests/tapes/make.py AJAR OUT.tar.xz [PROBE...]

For each probe (or for those named) one bundle, with a case for each verdict that a scenario of `ajar sim` is there for, and one without a
connection; and one of own.lua, a script of an operator's own. The key is thrown away.
"""
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile

AJAR, OUT, CHOSEN = os.path.realpath(sys.argv[1]), sys.argv[2], sys.argv[3:]
NET, SECONDS = 91, 1200
OWN = f"{os.path.dirname(os.path.realpath(__file__))}/own.lua"
VERDICTS = "open", "closed", "suspect", "inconclusive"
NOBODY = f"127.0.{NET}.1:1"


def lines(*words):
    out = subprocess.run([AJAR, *words], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def wanted(probes):
    """{probe: {target: verdict}} and the scenarios; of those that would do, one that is in use already."""
    scenarios = [s for s in lines("sim", "--net", str(NET), "--json", "list") if not s["id"].startswith("hostile")]
    of_probe, used = {p: {NOBODY: "unreachable"} for p in probes}, set()
    for probe in probes:
        for verdict in VERDICTS:
            fit = [s for s in scenarios if s["expects"].get(probe) == verdict]
            if fit:
                s = next((s for s in fit if s["id"] in used), fit[0])
                used.add(s["id"])
                of_probe[probe][s["target"]] = verdict
    closed = next(s for s in scenarios if s["id"] == "relay-closed")
    used.add(closed["id"])
    of_probe[OWN] = {NOBODY: "unreachable", closed["target"]: "closed"}
    return of_probe, used


def make(folder, sink, probe, expected):
    """The bundle of one probe; how many cases it has."""
    bundle = f"{folder}/{'own' if probe == OWN else probe.replace('/', '-')}.tar"
    done = subprocess.run([AJAR, "probe", "--json", "-k", f"{folder}/k.key", "-e", bundle, "--sink", sink, "--wait",
                           "4", "--timeout", "30", "-p", probe, *expected], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=SECONDS, check=False)
    cases = [json.loads(line) for line in done.stdout.splitlines()]
    for case in cases:
        host = f"[{case['target']}]" if ":" in case["target"] else case["target"]
        right = expected[f"{host}:{case['port']}"]
        # A way that is UDP alone reaches nobody in another manner.
        if case["verdict"] != right and right != "unreachable":
            sys.exit(f"make.py: {probe} on {host} is {case['verdict']}, not {right}: {case['reason']}")
    if done.returncode != 0 or len(cases) != len(expected):
        sys.exit(f"make.py: {probe}: {len(cases)} cases of {len(expected)}: {done.stderr}")
    for command in "verify", "replay":
        subprocess.run([AJAR, command, bundle], capture_output=True, check=True)
    return len(cases)


def make_all(folder, of_probe, used):
    first = random.randrange(20000, 31000)
    sink = f"127.0.0.1:{first},{first + 1},{first + 2}"
    subprocess.run([AJAR, "key", "new", "--no-password", "-o", f"{folder}/k.key"], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
    with subprocess.Popen([AJAR, "sim", "--net", str(NET), "--for", str(SECONDS), "--sink", sink, *sorted(used)],
                          stdout=subprocess.PIPE, text=True) as sim:
        for _ in used:
            sim.stdout.readline()
        try:
            return sum(make(folder, sink, probe, expected) for probe, expected in of_probe.items())
        finally:
            sim.terminate()


def main():
    of_probe, used = wanted(CHOSEN or [p["id"] for p in lines("probes", "--json")])
    with tempfile.TemporaryDirectory() as folder:
        cases = make_all(folder, of_probe, used)
        with tarfile.open(OUT, "w:xz", preset=9) as out:
            for name in sorted(n for n in os.listdir(folder) if n.endswith(".tar")):
                out.add(f"{folder}/{name}", name)
    print(f"{OUT}: {cases} cases of {len(of_probe)} probes, {os.path.getsize(OUT)} bytes")


main()
