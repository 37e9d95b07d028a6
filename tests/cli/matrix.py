#!/usr/bin/env python3
"""Every probe against every scenario of `ajar sim`: the verdicts that are right, nothing open that is not said to be,
and every case derived again from its tape.

    matrix.py AJAR FOLDER [ID...]     the scenarios that are named, or all

Each group of probes has simulators of its own, so that the groups run side by side.
"""
import json, os, socket, subprocess, sys, time

from simnet import free_nets

AJAR, FOLDER, CHOSEN = os.path.realpath(sys.argv[1]), sys.argv[2], sys.argv[3:]
GROUPS = 12


def lines(*words):
    out = subprocess.run([AJAR, *words], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def free_ports(n):
    held = [socket.socket() for _ in range(n)]
    for s in held:
        s.bind(("127.0.0.1", 0))
    return ",".join(str(s.getsockname()[1]) for s in held)


class Group:
    def __init__(self, number, net, probes):
        self.net, self.sink = str(net), f"127.0.0.1:{free_ports(3)}"
        self.base = f"{FOLDER}/{number}"
        self.scenarios = {s["target"]: s for s in lines("sim", "--net", self.net, "--json", "list")
                          if not CHOSEN or s["id"] in CHOSEN}
        with open(self.base + ".targets", "w") as f:
            f.writelines(t + "\n" for t in self.scenarios)
        with open(self.base + ".sim", "w") as out:
            self.sim = subprocess.Popen([AJAR, "sim", "--net", self.net, "--for", "150", "--sink", self.sink, *CHOSEN],
                                        stdout=out)
        self.probes = probes

    def start(self):
        deadline = time.monotonic() + 10
        while os.path.getsize(self.base + ".sim") == 0 and time.monotonic() < deadline:
            if self.sim.poll() is not None:
                sys.exit(f"ajar sim ended with status {self.sim.returncode}")
            time.sleep(0.05)
        words = [AJAR, "probe", "--json", "--workers", "1", "-k", FOLDER + "/key", "-e", self.base + ".tar", "--sink",
                 self.sink, "--wait", "2", "--timeout", "5", "-i", self.base + ".targets"]
        for p in self.probes:
            words += ["-p", p]
        self.run = subprocess.Popen(words, stdout=open(self.base + ".json", "w"),
                                    stderr=open(self.base + ".log", "w"))

    def differences(self):
        status = self.run.wait(120)
        self.sim.terminate()
        self.sim.wait()
        if status != 0:
            yield f"ajar probe ended with status {status}: {open(self.base + '.log').read()}"
        seen = {}
        for line in open(self.base + ".json"):
            r = json.loads(line)
            host = f"[{r['target']}]" if ":" in r["target"] else r["target"]
            seen[f"{host}:{r['port']}", r["probe"]] = r
        for target, s in self.scenarios.items():
            for probe in self.probes:
                yield from difference(s, probe, seen.get((target, probe)))
        for words in (["verify"], ["replay"]):
            done = subprocess.run([AJAR, *words, self.base + ".tar"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True)
            if done.returncode != 0:
                odd = [x for x in done.stdout.splitlines() if "the same verdict" not in x]
                yield f"ajar {words[0]}: " + "\n    ".join(odd[:8])


def difference(scenario, probe, result):
    expects = scenario["expects"]
    right = expects.get(probe) or expects.get(probe.split("/")[0]) or expects.get("*")
    if result is None:
        yield f"{scenario['id']:26} {probe:24} no result"
    elif right and result["verdict"] != right:
        yield f"{scenario['id']:26} {probe:24} expected {right}, got {result['verdict']}: {result['reason']}"
    elif not right and result["verdict"] in ("open", "error"):
        yield f"{scenario['id']:26} {probe:24} nothing is expected, got {result['verdict']}: {result['reason']}"


def main():
    started = time.monotonic()
    subprocess.run([AJAR, "key", "new", "--no-password", "-o", FOLDER + "/key"], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
    probes = [p["id"] for p in lines("probes", "--json")]
    first = free_nets(100, 240, GROUPS)
    groups = [Group(i, first + i, probes[i::GROUPS]) for i in range(min(GROUPS, len(probes)))]
    for g in groups:
        g.start()
    wrong = [d for g in groups for d in g.differences()]
    print("\n".join(wrong + [f"{len(groups[0].scenarios)} scenarios, {len(probes)} probes, {len(wrong)} differences, "
                             f"{time.monotonic() - started:.0f} s"]))
    return bool(wrong)


sys.exit(main())
