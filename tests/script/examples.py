"""Runs the examples of doc/api: python3 examples.py AJAR FOLDER <LIST

The list and the scripts in the folder are made by tools/reference/main.lua, see examples.lua there. Examples that are probes run
against the simulated servers that they name, all for one server in one run; those that are servers are probed. Each must
show what stands in it. Prints those that don't, and at the end "N passed, N failed".
"""
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading

AJAR, FOLDER = sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))
NET, SERVED_NET = "193", "194"


class Example:
    def __init__(self, line):
        self.kind, self.name, self.file, self.where, self.resolver, self.id, self.verdict = line.rstrip("\n").split("\t")
        with open(self.file[:-4] + ".expected", encoding="utf-8") as f:
            self.expected = [x for x in f.read().split("\n") if x]


def free_port():
    """Below those that the system gives to whoever asks for any: nobody takes it by chance before it is used."""
    while True:
        port = random.randrange(20000, 32000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return port
        except OSError:
            pass


def matches(said, expected):
    """Ellipses stand for anything."""
    return re.fullmatch(".*".join(re.escape(part) for part in expected.split("…")), said, re.S) is not None


def problem_with(example, result):
    """Why what a probe's run came to is not what the example says; None when it is."""
    if result is None:
        return "it was not run"
    steps = {}
    for step in result["steps"]:
        m = re.match(r"example (\d+): (.*)", step["say"], re.S)
        if m:
            steps[int(m[1])] = m[2]
    for i, expected in enumerate(example.expected, 1):
        if i not in steps:
            return f"it did not come to “{expected}”: {result['verdict']}, {result['reason']}"
        if not matches(steps[i], expected):
            return f"“{steps[i]}”, not “{expected}”"
    if example.verdict != "-" and result["verdict"] != example.verdict:
        return f"the verdict is {result['verdict']} ({result['reason']}), not {example.verdict}"
    if example.verdict == "-" and result["verdict"] == "error":
        return result["reason"]
    return None


def start(words):
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def simulators(ids, sink):
    """They and their addresses."""
    sim = start([AJAR, "sim", "--net", NET, "--for", "110", "--sink", f"127.0.0.1:{sink}", *ids])
    targets = {}
    while len(targets) < len(ids):
        line = sim.stdout.readline()
        if not line:
            raise SystemExit(f"ajar sim has ended: {' '.join(ids)}\n0 passed, 1 failed")
        address, name = line.split()[:2]
        targets[name] = address
    return sim, targets


def run_probes(group, target, sink, more):
    """The results of these examples, by their probes' ids."""
    wait = "10" if any(e.verdict == "open" for e in group) else "1"  # for late mail to one that is suspect, too
    words = [AJAR, "probe", "--json", "--wait", wait, "--timeout", "40", "--sink", f"127.0.0.1:{sink}", *more]
    for example in group:
        words += ["-p", "./" + os.path.relpath(example.file)]
    done = subprocess.run(words + [target], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stderr)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    return {r["probe"]: r for r in results}


def groups_of(examples, key):
    groups = {}
    for example in examples:
        groups.setdefault(key(example), []).append(example)
    return groups


def check_probes(examples, problems):
    sink = free_port()
    sim, targets = simulators(sorted({e.where for e in examples}), sink)
    dns = start([sys.executable, "-B", os.path.join(HERE, "../cli/dns_server.py")])
    try:
        resolver = ["--resolver", "127.0.0.1:" + dns.stdout.readline().strip()]
        for (where, asks), group in groups_of(examples, lambda e: (e.where, e.resolver)).items():
            results = run_probes(group, targets[where], sink, resolver if asks == "resolver" else [])
            for example in group:
                id_of = example.id if example.id in results else next(iter(results), None) if len(results) == 1 else None
                problems[example.name] = problem_with(example, results.get(id_of))
    finally:
        for process in (sim, dns):
            process.send_signal(signal.SIGTERM)
            process.wait()


def check_servers(examples, problems):
    for probe, group in groups_of(examples, lambda e: e.where).items():
        words = [AJAR, "sim", "check", "--json", "--net", SERVED_NET, "-p", probe, *[os.path.relpath(e.file) for e in group]]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        for example in group:
            mine = [line for line in said.splitlines() if server_id(example) in line]
            wrong = [line for line in mine if "example: " in line or '"right":false' in line]
            problems[example.name] = "\n".join(wrong) or (None if mine else "it was not probed: " + said)


def server_id(example):
    with open(example.file, encoding="utf-8") as f:
        return re.search(r'id = "([^"]*)"', f.read())[1]


def main():
    examples = [Example(line) for line in sys.stdin]
    problems = {}
    served = threading.Thread(target=check_servers, args=([e for e in examples if e.kind == "server"], problems))
    served.start()
    check_probes([e for e in examples if e.kind == "probe"], problems)
    served.join()
    failed = 0
    for example in examples:
        problem = problems.get(example.name, "it was not run")
        if problem:
            failed += 1
            print(f"{example.name}: {problem}")
    print(f"{len(examples) - failed} passed, {failed} failed")
    return failed != 0


sys.exit(main())
