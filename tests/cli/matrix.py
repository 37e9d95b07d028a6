#!/usr/bin/env python3
"""Every probe against every scenario of `ajar sim`: the verdicts that are right, nothing open that is not said to be,
and every case derived again from its tape.

    matrix.py AJAR FOLDER [ID...]     the scenarios that are named, or all

Each group of probes has simulators of its own, so that the groups run side by side. On a machine that is busy with other
things a probe's own time may be up before it has come to an end, an answer be late, or mail come after --wait: then it is
asked again with more time. What is "closed" is never asked again.
"""
import concurrent.futures, json, os, socket, subprocess, sys, time

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


def suspects(scenarios):
    """The targets as a list has them, with the names of those that have one."""
    rows = (t.rsplit(":", 1) + [s.get("name", "")] for t, s in scenarios.items())
    return "ip,port,hostname\n" + "".join(f"{ip.strip('[]')},{port},{name}\n" for ip, port, name in rows)


class Group:
    def __init__(self, number, net, probes):
        self.net, self.sink = str(net), f"127.0.0.1:{free_ports(3)}"
        self.base = f"{FOLDER}/{number}"
        self.scenarios = {s["target"]: s for s in lines("sim", "--net", self.net, "--json", "list")
                          if not CHOSEN or s["id"] in CHOSEN}
        with open(self.base + ".targets", "w") as f:
            f.write(suspects(self.scenarios))
        with open(self.base + ".sim", "w") as out:
            self.sim = subprocess.Popen([AJAR, "sim", "--net", self.net, "--for", "280", "--sink", self.sink, *CHOSEN],
                                        stdout=out)
        self.probes = probes
        self.asked_again = 0

    def probe(self, name, probes, seconds, wait, *more):
        """Starts ajar on the targets in a file; its results, bundle and talk go to others beside that."""
        words = [AJAR, "probe", "--json", "--workers", "1", "-k", FOLDER + "/key", "-e", name + ".tar", "--sink",
                 self.sink, "--wait", str(wait), "--timeout", str(seconds), "--messages", "1000", "-i",
                 name + ".targets", *more]
        for p in probes:
            words += ["-p", p]
        return subprocess.Popen(words, stdout=open(name + ".json", "w"), stderr=open(name + ".log", "w"))

    def start(self):
        deadline = time.monotonic() + 10
        while os.path.getsize(self.base + ".sim") == 0 and time.monotonic() < deadline:
            if self.sim.poll() is not None:
                sys.exit(f"ajar sim ended with status {self.sim.returncode}")
            time.sleep(0.05)
        self.run = self.probe(self.base, self.probes, 8, 3)

    def results(self, run, name):
        """By target and probe."""
        if status := run.wait(120):
            yield None, f"ajar probe ended with status {status}: {open(name + '.log').read()}"
        for line in open(name + ".json"):
            r = json.loads(line)
            host = f"[{r['target']}]" if ":" in r["target"] else r["target"]
            yield (f"{host}:{r['port']}", r["probe"]), r

    def ask_again(self, seen):
        """Those whose time was short, few at once."""
        for probe in self.probes:
            targets = [t for t, s in self.scenarios.items()
                       if is_out_of_time(seen.get((t, probe))) and list(difference(s, probe, seen[t, probe]))]
            if targets:
                name = f"{self.base}-{probe.replace('/', '-')}"
                with open(name + ".targets", "w") as f:
                    f.write(suspects({t: self.scenarios[t] for t in targets}))
                seen.update(self.results(self.probe(name, [probe], 40, 6, "--inflight", "20"), name))
                self.asked_again += len(targets)

    def differences(self):
        seen = dict(self.results(self.run, self.base))
        self.ask_again(seen)
        self.sim.terminate()
        self.sim.wait()
        if None in seen:
            yield seen[None]
        for target, s in self.scenarios.items():
            for probe in self.probes:
                yield from difference(s, probe, seen.get((target, probe)))
        for words in (["verify"], ["replay"]):
            done = subprocess.run([AJAR, *words, self.base + ".tar"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True)
            if done.returncode != 0:
                odd = [x for x in done.stdout.splitlines() if "the same verdict" not in x]
                yield f"ajar {words[0]}: " + "\n    ".join(odd[:8])


def is_out_of_time(result):
    if not result:
        return False
    if result["verdict"] == "open":  # and whether it is a trap could not be told
        return any(s["say"].endswith(": 1 delivery of 1") for s in result["steps"])
    if result["verdict"] == "suspect":  # what was accepted did not come back within --wait
        return any(words in result["reason"] for words in ("nothing came back", "a second message did not"))
    return result["verdict"] == "inconclusive" and any(words in result["reason"] for words in (
        "the probe's own time is up", "no answer in time", "no mail came in time"))


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
    first = free_nets(20, 90, GROUPS)
    groups = [Group(i, first + i, probes[i::GROUPS]) for i in range(min(GROUPS, len(probes)))]
    for g in groups:
        g.start()
    with concurrent.futures.ThreadPoolExecutor(GROUPS) as pool:
        wrong = [d for found in pool.map(lambda g: list(g.differences()), groups) for d in found]
    print("\n".join(wrong + [f"{len(groups[0].scenarios)} scenarios, {len(probes)} probes, {len(wrong)} differences, "
                             f"{sum(g.asked_again for g in groups)} asked again, "
                             f"{time.monotonic() - started:.0f} s"]))
    return bool(wrong)


sys.exit(main())
