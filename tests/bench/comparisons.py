"""
comparisons: what is measured. Each gives rounds of plain numbers and what to make of them.
"""
import contextlib
import signal
import statistics
import subprocess
import time

import machine
import programs
from programs import Server, Trouble

PAIRS = 7
DESCRIPTORS_OTHER = 1000
IN_FLIGHT_MOST = 19000
WINDOW_LEAST = 64  # core/run/window.h: what ajar has in flight by itself where replies are not late
HELD = 10000  # so few that the first still waits when the last gets there, on a slow machine too
LATE_MS = 100
LAST_REPLY = programs.commands_of(programs.SIXTEEN)  # with the banner: to the last command before QUIT, whose own is not waited for long


def in_flight_most():
    """As many as client and server both have descriptors for."""
    return max(100, min(IN_FLIGHT_MOST, machine.descriptors() - DESCRIPTORS_OTHER))


class Ratio:
    """A ratio of two programs of the same round, and what it should be."""

    def __init__(self, name, goal, of, percent=True, at_most=False):
        self.name, self.goal, self.of, self.percent, self.at_most = name, goal, of, percent, at_most

    def summary(self, rounds):
        values = [self.of(r) for r in rounds]
        median = statistics.median(values)
        met = None if self.goal is None else median <= self.goal if self.at_most else median >= self.goal
        return {"name": self.name, "median": median, "min": min(values), "max": max(values), "goal": self.goal,
                "percent": self.percent, "at_most": self.at_most, "met": met}


def rate_of(a, b):
    return lambda r: r[a].rate / r[b].rate


def cpu_of(a, b):
    """How much of b's CPU a target a has: above 1 when b needs more."""
    return lambda r: r[b].cpu_us / r[a].cpu_us


class Comparison:
    """Programs that run one after the other in each round, in an order that turns about."""

    def __init__(self, letter, title, programs_, ratios, pairs=PAIRS):
        self.letter, self.title, self.programs, self.ratios, self.pairs = letter, title, programs_, ratios, pairs

    def run(self, say):
        rounds = []
        for i in range(self.pairs):
            names = list(self.programs)
            if i % 2:
                names.reverse()
            rounds.append({name: self.programs[name]() for name in names})
            say(f"{self.letter}: round {i + 1} of {self.pairs}")
        return rounds


@contextlib.contextmanager
def against_limit(letter, title, script, targets, in_flight, goal, pipelining=False):
    with Server("-w", *["-P"] * pipelining) as server:
        yield Comparison(letter, f"{title}; {targets:,} targets, {in_flight:,} in flight", {
            "limit": lambda: programs.limit(server, targets, in_flight, programs.TRANSACTIONS[script], pipelining),
            "limit, few in flight": lambda: programs.limit(server, targets, WINDOW_LEAST,
                                                           programs.TRANSACTIONS[script], pipelining),
            "ajar": lambda: programs.ajar(server, script, targets, in_flight),
        }, [Ratio("targets/s, ajar of limit", goal, rate_of("ajar", "limit")),
            Ratio("CPU a target, limit of ajar", goal, cpu_of("ajar", "limit")),
            Ratio(f"CPU a target, limit with {WINDOW_LEAST} in flight of ajar", None,
                  cpu_of("ajar", "limit, few in flight"))])


def one(size):
    return against_limit("a", "one test, no delay", "one", size(30000, 10000), 1000, 0.70)


def sixteen(size):
    return against_limit("b", "16 tests, no delay", "sixteen", size(10000, 3000), 1000, 0.75)


def pipelined(size):
    return against_limit("c", "16 tests, PIPELINING", "sixteen", size(20000, 6000), 1000, None, True)


def net_cpu(r, name):
    """CPU a host without what the program needs to start and test one host."""
    run, first = r[name], r.get(name.split()[0].rstrip(",") + ", one host")
    return (run.cpu - first.cpu) / (run.targets - first.targets) if first else run.cpu / run.targets


def nmap_ratios():
    def ratio(nmap, ours, goal):
        return [Ratio(f"{nmap} of {ours}, without their start", goal,
                      lambda r: net_cpu(r, nmap) / net_cpu(r, ours), percent=False),
                Ratio(f"{nmap} of {ours}, all counted", None, cpu_of(ours, nmap), percent=False)]

    return [r for nmap in ("nmap", "nmap tuned")
            for ours, goal in (("ajar", 4), ("ajar, PIPELINING", 8), ("limit", None), ("limit, nmap's commands", None)) for r in ratio(nmap, ours, goal)]


@contextlib.contextmanager
def against_nmap(size):
    """CPU a host, with and without the start of the program."""
    default, tuned, ours = size(500, 100), 1000, size(5000, 2000)
    with Server("-w") as plain, Server("-w", "-P") as offers:
        yield Comparison(
            "d", f"CPU a host against nmap, 16 tests, no delay; nmap {default} and {tuned:,} hosts, ajar {ours:,}", {
                "nmap, one host": lambda: programs.nmap(plain, 1, False),
                "nmap": lambda: programs.nmap(plain, default, False),
                "nmap tuned": lambda: programs.nmap(plain, tuned, True),
                "limit": lambda: programs.limit(plain, ours, 1000, programs.SIXTEEN),
                "limit, nmap's commands": lambda: programs.limit(plain, ours, 1000, programs.SIXTEEN_ALONE),
                "ajar, one host": lambda: programs.ajar(plain, "sixteen", 1, 1),
                "ajar": lambda: programs.ajar(plain, "sixteen", ours, 1000),
                "ajar, PIPELINING": lambda: programs.ajar(offers, "sixteen", ours, 1000),
            }, nmap_ratios())


def late(waves):
    return lambda size: against_late(size, waves)


@contextlib.contextmanager
def against_late(size, waves):
    """Every reply late, as in a real network: how much waiting goes on at once is what counts."""
    most = in_flight_most()
    ours, default, tuned = waves * most, size(40, 20), 1000
    with Server("-d", LATE_MS) as server:
        yield Comparison(
            "e", f"every reply {LATE_MS} ms late, 16 tests; ajar {ours:,} hosts, {most:,} in flight; "
                 f"nmap {default} and {tuned:,} hosts", {
                     "nmap": lambda: programs.nmap(server, default, False),
                     "nmap tuned": lambda: programs.nmap(server, tuned, True),
                     "limit": lambda: programs.limit(server, ours, most, programs.SIXTEEN),
                     "ajar": lambda: programs.ajar(server, "sixteen", ours, most),
                 }, [Ratio("hosts/s, ajar to nmap", 200, rate_of("ajar", "nmap"), percent=False),
                     Ratio("hosts/s, ajar to nmap tuned", 7, rate_of("ajar", "nmap tuned"), percent=False),
                     Ratio("hosts/s, ajar of limit", None, rate_of("ajar", "limit"))])


def new_key():
    key = programs.PLACE / "bench.key"
    if not key.exists():
        programs.quietly(programs.AJAR, "key", "new", "--no-password", "-o", key)
    return key


def with_evidence(server, script, targets):
    """The same with a sealed bundle, which must hold."""
    bundle = programs.PLACE / "evidence.tar"
    bundle.unlink(missing_ok=True)
    run = programs.ajar(server, script, targets, 1000, "-e", bundle, "-k", new_key(), name="ajar-evidence")
    programs.quietly(programs.AJAR, "verify", bundle)
    bundle.unlink()
    return run


@contextlib.contextmanager
def evidence(size):
    few, many = size(5000, 1000), size(20000, 4000)
    with Server("-w") as server:
        yield Comparison("h", f"evidence on against off; {many:,} targets with one test, {few:,} with 16", {
            "off, one test": lambda: programs.ajar(server, "one", many, 1000),
            "on, one test": lambda: with_evidence(server, "one", many),
            "off, 16 tests": lambda: programs.ajar(server, "sixteen", few, 1000),
            "on, 16 tests": lambda: with_evidence(server, "sixteen", few),
        }, [Ratio("targets/s with evidence, one test", 0.75, rate_of("on, one test", "off, one test")),
            Ratio("targets/s with evidence, 16 tests", 0.75, rate_of("on, 16 tests", "off, 16 tests"))])


def bundle_of(server, probe, targets):
    """A sealed bundle with a case for each target."""
    bundle = programs.PLACE / f"replay-{targets}-{probe.replace('/', '-')}.tar"
    bundle.unlink(missing_ok=True)
    programs.quietly(programs.AJAR, "probe", "-p", probe, "--json", "--inflight", 1000, "-e", bundle, "-k", new_key(), "-i", programs.target_list(targets, server.port))
    return bundle


def of_cpu(name):
    """Cases in a second of CPU time."""
    return lambda r: 1e6 / r[name].cpu_us


@contextlib.contextmanager
def replays(size):
    """Verdicts derived again from their tapes: all that `ajar replay` does, reading the tar and starting included."""
    many, few = size(20000, 4000), size(5000, 1000)
    with Server("-w") as server:
        plain, long = bundle_of(server, "relay/third-party", many), bundle_of(server, "relay/bench-sixteen", few)
    try:
        yield Comparison("i", f"replay on one core; {many:,} cases of relay/third-party, {few:,} of 16 tests", {
            "third-party": lambda: programs.replay(plain, many, "replay-plain"),
            "16 tests": lambda: programs.replay(long, few, "replay-long"),
        }, [Ratio("cases a second of CPU time, relay/third-party", 20000, of_cpu("third-party"), percent=False),
            Ratio("cases a second of CPU time, 16 tests", None, of_cpu("16 tests"), percent=False)])
    finally:
        plain.unlink()
        long.unlink()


@contextlib.contextmanager
def foreign(size):
    """The same script built in, and as a stranger's: in a process of its own, whose world is the worker's."""
    few, many = size(5000, 1000), size(20000, 4000)
    with Server("-w") as server:
        yield Comparison("k", f"a script that is not built in; {many:,} targets with one test, {few:,} with 16", {
            "built in, one test": lambda: programs.ajar(server, "one", many, 1000),
            "foreign, one test": lambda: programs.ajar(server, "one", many, 1000, name="ajar-foreign", foreign=True),
            "built in, 16 tests": lambda: programs.ajar(server, "sixteen", few, 1000),
            "foreign, 16 tests": lambda: programs.ajar(server, "sixteen", few, 1000, name="ajar-foreign", foreign=True),
        }, [Ratio("targets/s, foreign against built in, one test", 0.60, rate_of("foreign, one test", "built in, one test")),
            Ratio("targets/s, foreign against built in, 16 tests", 0.60,
                  rate_of("foreign, 16 tests", "built in, 16 tests"))])


@contextlib.contextmanager
def sandbox(size):
    """Built-in probes as they run, and without the filter of system calls and the count of instructions."""
    few, many = size(5000, 1000), size(20000, 4000)
    bare = programs.build_unsandboxed()
    with Server("-w") as server:
        yield Comparison("l", f"what the sandbox costs built-in probes; {many:,} targets with one test, {few:,} with 16", {
            "sandboxed, one test": lambda: programs.ajar(server, "one", many, 1000),
            "bare, one test": lambda: programs.ajar(server, "one", many, 1000, name="ajar-bare", before=bare),
            "sandboxed, 16 tests": lambda: programs.ajar(server, "sixteen", few, 1000),
            "bare, 16 tests": lambda: programs.ajar(server, "sixteen", few, 1000, name="ajar-bare", before=bare),
        }, [Ratio("targets/s, sandboxed against bare, one test", 0.90, rate_of("sandboxed, one test", "bare, one test")),
            Ratio("targets/s, sandboxed against bare, 16 tests", 0.90,
                  rate_of("sandboxed, 16 tests", "bare, 16 tests"))])


@contextlib.contextmanager
def big_bundle(cases):
    """A sealed bundle of so many made-up cases, for as long as the with statement lasts."""
    bundle = programs.PLACE / "big.tar"
    bundle.unlink(missing_ok=True)
    try:
        programs.quietly(programs.build_bigbundle(), cases, bundle, new_key())
        yield bundle
    finally:
        bundle.unlink(missing_ok=True)


def verifying(few):
    """Both read the same file, from the page cache."""
    @contextlib.contextmanager
    def comparison(size):
        cases = size(few, few // 5)
        with big_bundle(cases) as bundle:
            yield Comparison("j", f"verifying a bundle of {cases:,} cases, {bundle.stat().st_size / 1e6:,.0f} MB", {
                "openssl": lambda: programs.alone("openssl", ["openssl", "dgst", "-sha256", bundle], cases),
                "ajar": lambda: programs.alone("ajar-verify", [programs.AJAR, "verify", bundle], cases),
            }, [Ratio("CPU, openssl dgst -sha256 of ajar verify", 0.80, cpu_of("ajar", "openssl"))])
    return comparison


LETTERS_A_SECOND = 5000


def letters(few, many, memory):
    """Findings of which each bears out what it says become messages: verifying, reading, wording, layout, all but the disk."""
    @contextlib.contextmanager
    def comparison(size):
        little, much = size(few, few), size(many, many // 5)
        make = programs.build_manycases()
        template, key = programs.PLACE / "letter.tar", new_key()
        bundles = {count: programs.PLACE / f"letters-{count}.tar" for count in (little, much)}
        for file in (template, *bundles.values()):
            file.unlink(missing_ok=True)
        try:
            programs.open_case(template, key)
            for count, bundle in bundles.items():
                programs.quietly(make, template, programs.OPEN_RELAY, count, bundle, key)

            def write(count, *options):
                return programs.alone("ajar-notify", [programs.AJAR, "notify", bundles[count], "--mbox", "/dev/null", *options], count)

            yield Comparison("m", f"letters about {little:,} and about {much:,} findings, with a XARF report each", {
                "few": lambda: write(little),
                "many": lambda: write(much),
                "many, text alone": lambda: write(much, "--machine", "none"),
            }, [Ratio("letters a second of CPU", LETTERS_A_SECOND, lambda r: 1e6 / r["many"].cpu_us, percent=False),
                Ratio("the same, text alone", LETTERS_A_SECOND, lambda r: 1e6 / r["many, text alone"].cpu_us, percent=False),
                Ratio("peak RSS, many of few", memory, lambda r: r["many"].max_rss_kib / r["few"].max_rss_kib, at_most=True)])
        finally:
            for file in (template, *bundles.values()):
                file.unlink(missing_ok=True)
    return comparison


# Memory -----------------------------------------------------------------------------------------

ROLES = {"--as-worker": "worker", "--as-sink": "sink"}


def memory(pid, field):
    """KiB of each of ajar's processes."""
    found = {"supervisor": machine.status_kib(pid, field)}
    for child, words in machine.children(pid).items():
        found[ROLES.get(words[1] if len(words) > 1 else "", "other")] = machine.status_kib(child, field)
    return {role: value[0] for role, value in found.items() if value}


def stop(process):
    """A first interrupt, and what ends it for certain; its processes end with it."""
    for number in signal.SIGINT, signal.SIGKILL:
        process.send_signal(number)
        try:
            process.wait(5)
            return
        except subprocess.TimeoutExpired:
            continue


def held_memory(server, script, count):
    """KiB while the server holds back its reply to each of so many probes."""
    server.wait_quiet()
    command = programs.ajar_command(server, script, count, count)
    process = programs.start("ajar-held", command, programs.PLACE / "held.out")
    try:
        for _ in range(600):
            time.sleep(0.1)
            if server.counts()["held"] == count:
                time.sleep(0.5)
                return memory(process.pid, "VmRSS")
        raise Trouble(f"{script}: the server holds {server.counts()['held']} probes of {count}")
    finally:
        stop(process)


@contextlib.contextmanager
def held(size):
    """What one more probe in flight costs: many held by the server, against a few."""
    many, few = min(HELD, in_flight_most()), 100
    with Server("-H", "1") as idle, Server("-H", str(LAST_REPLY)) as told:
        def each(server, script):
            low, high = held_memory(server, script, few), held_memory(server, script, many)
            return {role: 1024 * (high[role] - low[role]) / (many - few) for role in high}

        yield Comparison("f", f"bytes of RSS a probe in flight, {many:,} held against {few}", {
            "idle": lambda: each(idle, "one"),
            "16-test tape": lambda: each(told, "sixteen"),
        }, [Ratio(f"{what}, {where}", goal if where == "worker" else None,
                  lambda r, w=what, p=where: r[w][p] if p != "all" else sum(r[w].values()), percent=False, at_most=True)
            for what, goal in (("idle", 4096), ("16-test tape", 12288)) for where in ("worker", "supervisor", "all")],
            pairs=size(3, 1))


def peak_memory(server, targets):
    """The most KiB that each process ever had in a run over so many targets, shortly before its end."""
    process = programs.start("ajar-peak", programs.ajar_command(server, "one", targets, 1000),
                             programs.PLACE / "peak.out")
    peak = {}
    end = time.monotonic() + programs.RUN_SECONDS
    try:
        while process.poll() is None and time.monotonic() < end:
            for role, kib in memory(process.pid, "VmHWM").items():
                peak[role] = max(kib, peak.get(role, 0))
            time.sleep(0.2)
    finally:
        if process.poll() is None:
            stop(process)
    closed = programs.count_lines(programs.PLACE / "peak.out", '"verdict":"closed"')
    if closed != targets:
        raise Trouble(f"ajar: {closed} of {targets} verdicts")
    return peak


def flat(few, many):
    @contextlib.contextmanager
    def comparison(size):
        little, much = size(few, few // 10), size(many, many // 10)
        with Server() as server:
            yield Comparison("g", f"peak RSS at {much:,} targets and at {little:,}, one test, 1,000 in flight", {
                "few": lambda: peak_memory(server, little),
                "many": lambda: peak_memory(server, much),
            }, [Ratio("peak RSS of all processes together", 1.05,
                      lambda r: sum(r["many"].values()) / sum(r["few"].values()), at_most=True)], pairs=1)
    return comparison


DEFAULT = {"a": one, "b": sixteen, "c": pipelined, "d": against_nmap, "e": late(1), "f": held,
           "g": flat(30000, 300000), "h": evidence, "i": replays, "j": verifying(100000), "k": foreign,
           "l": sandbox, "m": letters(1000, 10000, None)}
LONG = DEFAULT | {"e": late(2), "g": flat(100000, 1000000), "j": verifying(1000000), "m": letters(20000, 100000, 1.05)}
QUICK = "abcdfhijklm"
NEED_NMAP = "de"
