#!/usr/bin/env python3
"""Rounds of probes against all hostile scenarios together with good ones: what it costs those who did no harm.

    robust.py AJAR...

Each kind of probe has one long run, fed round by round through a pipe, so that its processes live through all rounds.
A round ends when each of its targets has its result, but for those that were sent a message: as it may still come, their
results are there when the run is over (run/late.h). Looked at:
  - the good servers' verdicts are right, and in most rounds all are there before the last of the hostile ones;
  - supervisor, worker and sink have as many descriptors after the last round as after the first, and not much more memory;
  - no process was replaced, and nobody spoke of a crash; at the end no target is without its result.
"""
import json, os, re, selectors, subprocess, sys, tempfile, threading, time

from simnet import free_nets, free_port

ROUNDS, WAIT, TIMEOUT = 4, 1, 3
# What memory may grow by between the first round and the last, in KiB. malloc keeps what it once had, and it is chance
# how many tapes of 1 MiB are full at once; a sanitizer's allocator gives back what it does not keep for its own ends.
GROWTH, GROWTH_SANITIZED = 32 * 1024, 8 * 1024
SANITIZER = {"ASAN_OPTIONS": "quarantine_size_mb=4"}
# The hostile scenarios that have been sent (a part of) a message when they turn hostile, and give no proof of themselves.
SENT = re.compile(r"hostile-mail-(body-|dot-|wrong-([789]|10)$|stops-reading)")
# A probe, the hostile scenarios that are for it, and good ones.
KINDS = [
    ("relay/third-party", r"hostile-(mail-|endless|long|nuls|garbage|slow|ahead)", ["relay-open", "relay-closed"]),
    ("proxy/http-connect", r"hostile-http", ["http-open", "http-closed", "http-password"]),
    ("proxy/socks5", r"hostile-socks5?-", ["socks-open", "socks-closed", "socks-all"]),
    ("proxy/socks4", r"hostile-socks4", ["socks-open", "socks-closed", "socks-all"]),
    ("proxy/https-connect", r"hostile-tls", ["https-open", "https-closed"]),
    ("proxy/h2-connect", r"hostile-h2", []),
    # Without those that are suspect: datagrams are asked for longer than a probe has time here.
    ("proxy/http-udp", r"http-udp-hostile-(?!half|vast-|banner)", ["http-udp-open", "http-udp-closed"]),
    ("proxy/h2-udp", r"h2-udp-hostile-(?!half|vast-|banner)", ["h2-udp-open", "h2-udp-closed"]),
    ("proxy/telnet", r"hostile-telnet", ["telnet-wingate", "telnet-login"]),
    ("proxy/ftp-user", r"hostile-ftp", ["ftp-proxy", "ftp-server"]),
]
BAD_WORDS = re.compile(r"Sanitizer|runtime error|is replaced|ended by signal|ended with status|out of memory")


def scenarios(ajar, net):
    out = subprocess.run([ajar, "sim", "--net", str(net), "--json", "list"], stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


class Process:
    """A process of a run, from outside."""
    def __init__(self, pid):
        self.pid = pid
        with open(f"/proc/{pid}/cmdline") as f:
            words = f.read()
        self.role = "worker" if "--as-worker" in words else "sink" if "--as-sink" in words else "supervisor"

    def descriptors(self):
        """None where only root may look."""
        try:
            return len(os.listdir(f"/proc/{self.pid}/fd"))
        except PermissionError:
            return None

    def memory(self):
        with open(f"/proc/{self.pid}/statm") as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as f:
        return [int(x) for x in f.read().split()]


class Run:
    def __init__(self, ajar, folder, kind, sink):
        self.probe, hostile, self.good_ids = kind
        self.is_hostile = re.compile(hostile)
        self.name = folder + "/" + self.probe.replace("/", "-")
        self.trouble, self.rest, self.ended = [], b"", []
        self.expected, self.late, self.waited = {}, set(), []
        self.first = {}
        words = [ajar, "probe", "--json", "--workers", "1", "--sink", sink, "--wait", str(WAIT), "--timeout", str(TIMEOUT),
                 "-i", "-", "-p", self.probe]
        self.child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(self.name + ".err", "w"),
                                      env=SANITIZER | os.environ)

    def begin_round(self, all_scenarios):
        """All hostile ones first, then each good one."""
        def chosen(s):
            return self.is_hostile.match(s["id"])
        hostile = {s["target"]: s for s in all_scenarios if chosen(s)}
        good = {s["target"]: s for s in all_scenarios if s["id"] in self.good_ids}
        self.good_waiting = set(good)
        late = {t for t, s in hostile.items() if SENT.match(s["id"])}
        self.late |= late
        self.waiting = set(hostile) - late | self.good_waiting
        self.targets = [*hostile, *good]
        self.expected |= hostile | good
        self.child.stdin.write("".join(t + "\n" for t in self.targets).encode())
        self.child.stdin.flush()

    def on_output(self):
        got = os.read(self.child.stdout.fileno(), 65536)
        if not got:
            self.trouble.append("ajar ended before its round was over")
            self.waiting.clear()
        *lines, self.rest = (self.rest + got).split(b"\n")
        for line in lines:
            self.on_result(json.loads(line))

    def on_result(self, result):
        target = f"{result['target']}:{result['port']}"
        s = self.expected[target]
        right = s["expects"].get(self.probe)
        self.waiting.discard(target)
        self.late.discard(target)
        if target in self.good_waiting:
            self.good_waiting.discard(target)
            if not self.good_waiting and not self.waiting:
                self.waited.append(s["id"])
        if right and result["verdict"] != right or not right and result["verdict"] in ("open", "error"):
            self.trouble.append(f"{s['id']}: {result['verdict']}, not {right}: {result['reason']}")

    def processes(self):
        pids = [self.child.pid, *sorted(children(self.child.pid))]
        return [Process(p) for p in pids]

    def remember(self):
        self.first = {p.pid: (p.role, p.descriptors(), p.memory()) for p in self.processes()}

    def compare(self, growth):
        now = {p.pid: p for p in self.processes()}
        if set(now) != set(self.first):
            self.trouble.append(f"the processes {sorted(self.first)} have become {sorted(now)}")
        for pid in set(now) & set(self.first):
            role, descriptors, memory = self.first[pid]
            if descriptors is not None and not settles(lambda: now[pid].descriptors() <= descriptors):
                self.trouble.append(f"the {role} had {descriptors} descriptors and has {now[pid].descriptors()}")
            more = now[pid].memory() - memory
            if more > growth:
                self.trouble.append(f"the {role} has grown by {more} KiB")
            self.ended.append(f"{role} {descriptors} fds {more:+d} KiB")

    def finish(self):
        self.child.stdin.close()
        killer = threading.Timer(60, self.child.kill)
        killer.start()
        for line in (self.rest + self.child.stdout.read()).splitlines():
            self.on_result(json.loads(line))
        status = self.child.wait()
        killer.cancel()
        if len(self.waited) > ROUNDS / 2: # now and then it is the machine that is slow
            self.trouble.append(f"in {len(self.waited)} of {ROUNDS} rounds all that are hostile went before: {self.waited}")
        if self.late:
            self.trouble.append(f"no result at the end for {sorted(self.late)[:5]}")
        with open(self.name + ".err") as f:
            said = f.read()
        bad = [line for line in said.splitlines() if BAD_WORDS.search(line)]
        if status != 0 or bad:
            self.trouble.append(f"ajar ended with status {status}: " + "\n".join(bad[:5] or said.splitlines()[-5:]))
        return [f"{self.probe}: {t}" for t in self.trouble]


def settles(holds):
    """Connections that the other side closes take their time."""
    deadline = time.monotonic() + 10
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.1)
    return holds()


def play_round(runs, all_scenarios):
    deadline = time.monotonic() + 60
    for r in runs:
        r.begin_round(all_scenarios)
    with selectors.DefaultSelector() as selector:
        for r in runs:
            selector.register(r.child.stdout, selectors.EVENT_READ, r)
        while any(r.waiting for r in runs) and time.monotonic() < deadline:
            for key, _ in selector.select(1):
                if key.data.waiting:
                    key.data.on_output()
    for r in runs:
        if r.waiting:
            r.trouble.append(f"no result for {sorted(r.waiting)[:5]}")


def play(ajar, folder):
    with open(ajar, "rb") as f:
        growth = GROWTH_SANITIZED if b"__asan_init" in f.read() else GROWTH
    first, sinks = free_nets(20, 100, ROUNDS), [f"127.0.0.1:{free_port()}" for _ in KINDS]
    nets = range(first, first + ROUNDS)
    # The simulators' relays deliver to the sink of the run that tests relays.
    sims = [subprocess.Popen([ajar, "sim", "--net", str(n), "--for", "200", "--sink", sinks[0]], stdout=subprocess.PIPE)
            for n in nets]
    runs = []
    try:
        for s in sims:
            if not s.stdout.readline():
                sys.exit("ajar sim does not start")
        runs = [Run(ajar, folder, kind, sink) for kind, sink in zip(KINDS, sinks)]
        for n in nets:
            play_round(runs, scenarios(ajar, n))
            for r in runs:
                if n == first:
                    r.remember()
                elif n == nets[-1]:
                    r.compare(growth)
        return [t for r in runs for t in r.finish()], runs
    finally:
        for p in sims + [r.child for r in runs]:
            if p.poll() is None:
                p.kill()
                p.wait()


def main():
    failed = 0
    for ajar in sys.argv[1:]:
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            trouble, runs = play(os.path.realpath(ajar), folder)
        failed += bool(trouble)
        print("\n".join(trouble))
        for r in runs:
            print(f"# {r.probe}: {len(r.targets)} targets, {ROUNDS} rounds; " + ", ".join(r.ended))
        print(f"# {ajar}: {time.monotonic() - started:.0f} s")
    print(f"{len(sys.argv) - 1 - failed} passed, {failed} failed")
    return bool(failed)


sys.exit(main())
