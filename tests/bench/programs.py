"""
programs: the programs that are measured, and the server that they talk to.
"""
import dataclasses
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import threading
import time

import machine

HERE = pathlib.Path(__file__).parent
BUILD = pathlib.Path(os.environ.get("BUILD", "build")).resolve()
PLACE = BUILD / "bench"
PLAIN = BUILD / "ajar"
AJAR = PLACE / "ajar"  # with our probes built in
RUN_SECONDS = 600

# The last command of each name, for the report.
COMMANDS = {}
# Put before each command: how to get a place ahead of others on a busy machine.
AHEAD = []


class Trouble(Exception):
    """What was measured is not what should have been: no figure comes of it."""


def build():
    """Compiles what stands here in C, and the program with the probes that stand here."""
    PLACE.mkdir(parents=True, exist_ok=True)
    subprocess.run(["make", "-s", f"BUILD={BUILD}", "bench-program"], cwd=HERE.parent.parent, check=True,
                   stdout=subprocess.DEVNULL)
    for name in "fakesmtp", "limit":
        subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra",
                        "-o", PLACE / name, HERE / f"{name}.c"], check=True)


def build_unsandboxed():
    """What is put before a command so that it runs without its sandbox."""
    library = PLACE / "unsandboxed.so"
    subprocess.run([os.environ.get("CC", "cc"), "-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC",
                    "-o", library, HERE / "unsandboxed.c"], check=True)
    return ["env", f"LD_PRELOAD={library}"]


def build_bundles():
    """Compiles what makes bundles; it is linked with the program's own library."""
    subprocess.run(["make", "-s", f"BUILD={BUILD}", "bench-bundles"], cwd=HERE.parent.parent, check=True,
                   stdout=subprocess.DEVNULL)


def build_bigbundle():
    build_bundles()
    return PLACE / "bigbundle"


def build_manycases():
    build_bundles()
    return PLACE / "manycases"


OPEN_RELAY = "127.0.199.2"


def open_case(bundle, key):
    """Seals a bundle of one case: a simulated open relay, found by relay/third-party."""
    sink = f"127.0.0.1:{machine.free_port()}"
    with subprocess.Popen([AJAR, "sim", "relay-open", "--net", "199", "--sink", sink, "--for", "60"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as simulation:
        try:
            simulation.stdout.readline()
            quietly(AJAR, "probe", "-p", "relay/third-party", "--sink", sink, "-k", key, "-e", bundle, f"{OPEN_RELAY}:2525")
        finally:
            simulation.terminate()


def quietly(*command):
    """Runs something that must succeed, and says nothing of it."""
    done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise Trouble(f"{shlex.join(map(str, command))}: status {done.returncode}: {done.stderr.strip()}")


def replay(bundle, cases, name):
    """Derives every case of a bundle again: both processes on one core."""
    out = PLACE / f"{name}.out"
    busy, began = machine.busy_seconds(), time.monotonic()
    process = start(name, [AJAR, "replay", "-q", bundle], out)
    usage = finish(process)
    seconds = time.monotonic() - began
    own = usage.ru_utime + usage.ru_stime
    others = max(0.0, machine.busy_seconds() - busy - own) / (seconds * len(set(machine.cores())))
    said = out.read_text().strip()
    if process.returncode != 0 or said != f"{cases} derived again, 0 different":
        raise Trouble(f"{name} ended with status {process.returncode}: {said}")
    return Run(cases, seconds, usage.ru_utime, usage.ru_stime, usage.ru_maxrss, 0, others)


def address(i):
    return f"127.{1 + (i >> 16)}.{i >> 8 & 255}.{i & 255}"


def target_list(count, port=None):
    """A file with so many addresses, one a line."""
    path = PLACE / f"targets-{count}-{port or 'bare'}.txt"
    if not path.exists():
        tail = f":{port}\n" if port else "\n"
        with open(path, "w", encoding="ascii") as file:
            file.writelines(address(i) + tail for i in range(count))
    return path


def remove_lists():
    for path in PLACE.glob("targets-*.txt"):
        path.unlink()


@dataclasses.dataclass
class Run:
    """One run of one program."""
    targets: int
    seconds: float
    user: float
    system: float
    max_rss_kib: int   # of the largest of its processes
    overflows: int     # connections that waited as the server's queue was full
    others: float      # share of the two cores that went to strangers meanwhile

    @property
    def rate(self):
        return self.targets / self.seconds

    @property
    def cpu(self):
        return self.user + self.system

    @property
    def cpu_us(self):
        return 1e6 * self.cpu / self.targets


def pinned(core, command):
    return [*AHEAD, "taskset", "-c", str(core), *map(str, command)]


class Server:
    """fakesmtp on the server's core, for as long as the with statement lasts."""

    def __init__(self, *options):
        self.command = pinned(machine.cores()[1], [PLACE / "fakesmtp", "-T", "7200", *options])

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        word, _, port = self.process.stdout.readline().partition(" ")
        if word != "ready":
            raise Trouble("fakesmtp did not start")
        self.port = int(port)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def check(self):
        if self.process.poll() is not None:
            raise Trouble(f"fakesmtp has ended with status {self.process.returncode}")

    def counts(self):
        self.check()
        self.process.send_signal(signal.SIGUSR1)
        words = self.process.stdout.readline().split()
        return {name: int(n) for name, n in zip(words[::2], words[1::2])}

    def cpu_seconds(self):
        return machine.cpu_seconds(self.process.pid)

    def wait_quiet(self):
        """Until nobody is connected any more: what one run leaves open is not the next one's burden."""
        for _ in range(100):
            if self.counts()["open"] == 0:
                return
            time.sleep(0.05)


def note_command(name, command):
    text = shlex.join(map(str, command))
    for path, short in (PLACE, "build/bench"), (BUILD, "build"), (HERE, "tests/bench"):
        text = text.replace(str(path), short)
    COMMANDS[name] = text


def start(name, command, out):
    """Starts a program on the client's core."""
    note_command(name, command)
    with open(out, "wb") as file, open(f"{out}.err", "wb") as errors:
        return subprocess.Popen(pinned(machine.cores()[0], command), stdin=subprocess.DEVNULL, stdout=file,
                                stderr=errors)


def finish(process):
    """Waits for it, for so long as a run may last; what it cost, with its finished children."""
    timer = threading.Timer(RUN_SECONDS, process.kill)
    timer.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


# How many recipients each transaction of a dialogue has. nmap puts each of its 16 envelopes in one of its own; of those
# 16 only four senders differ, and ajar puts all recipients of a sender in one.
ONE = [1]
SIXTEEN = [1, 1, 1, 13]
SIXTEEN_ALONE = [1] * 16


def commands_of(transactions):
    """EHLO, QUIT; MAIL and each RCPT; RSET before all but the first."""
    return 2 + 2 * len(transactions) + sum(transactions) - 1


def measure(name, command, targets, due, server):
    """Runs a program to its end, which must have sent so many commands to each target; what it printed is in the file that
    comes back with the figures."""
    out = PLACE / f"{name}.out"
    server.wait_quiet()
    commands = server.counts()["commands"]
    overflows, busy, served = machine.listen_overflows(), machine.busy_seconds(), server.cpu_seconds()
    began = time.monotonic()
    process = start(name, command, out)
    usage = finish(process)
    seconds = time.monotonic() - began
    own = usage.ru_utime + usage.ru_stime + server.cpu_seconds() - served
    others = max(0.0, machine.busy_seconds() - busy - own) / (seconds * len(set(machine.cores())))
    server.check()
    if process.returncode != 0:
        with open(f"{out}.err", encoding="utf-8", errors="replace") as file:
            raise Trouble(f"{name} ended with status {process.returncode}: {file.read(2000).strip()}")
    commands = server.counts()["commands"] - commands
    if commands != targets * due:
        raise Trouble(f"{name}: {commands} commands in place of {targets * due}; see {out}")
    return Run(targets, seconds, usage.ru_utime, usage.ru_stime, usage.ru_maxrss,
               machine.listen_overflows() - overflows, others), out


def alone(name, command, cases):
    """A program that needs no server, over so many cases."""
    busy, began = machine.busy_seconds(), time.monotonic()
    process = start(name, command, PLACE / f"{name}.out")
    usage = finish(process)
    seconds = time.monotonic() - began
    own = usage.ru_utime + usage.ru_stime
    others = max(0.0, machine.busy_seconds() - busy - own) / (seconds * len(set(machine.cores())))
    if process.returncode != 0:
        raise Trouble(f"{name} ended with status {process.returncode}")
    return Run(cases, seconds, usage.ru_utime, usage.ru_stime, usage.ru_maxrss, 0, others)


def limit(server, targets, in_flight, transactions, pipelining=False):
    command = [PLACE / "limit", "-p", server.port, "-n", targets, "-C", in_flight,
               "-t", ",".join(map(str, transactions))]
    run, out = measure("limit", command + ["-P"] * pipelining, targets, commands_of(transactions), server)
    said = json.loads(out.read_text())
    if said["failed"] != 0 or said["refusals"] != targets * sum(transactions):
        raise Trouble(f"limit: a dialogue went wrong: {said}")
    run.max_rss_kib = said["max_rss_kib"]  # what wait4 says counts the memory of whoever started it
    return run


def count_lines(path, text):
    with open(path, encoding="utf-8", errors="replace") as file:
        return sum(text in line for line in file)


TRANSACTIONS = {"one": ONE, "sixteen": SIXTEEN}


def ajar_command(server, script, targets, in_flight, *options, foreign=False):
    """Built in, or (foreign) as a script of a stranger's, in a process of its own."""
    probe = [PLAIN, "probe", "-p", HERE / "probes" / f"{script}.lua"] if foreign else [
        AJAR, "probe", "-p", f"relay/bench-{script}"]
    return [*probe, "--json", "--inflight", in_flight, "--workers", 1, *options, "-i",
            target_list(targets, server.port)]


def ajar(server, script, targets, in_flight, *options, name="ajar", foreign=False, before=()):
    """Every target must have got its verdict: closed, as the server refuses."""
    command = [*before, *ajar_command(server, script, targets, in_flight, *options, foreign=foreign)]
    run, out = measure(name, command, targets, commands_of(TRANSACTIONS[script]), server)
    closed = count_lines(out, '"verdict":"closed"')
    if closed != targets:
        raise Trouble(f"ajar: {closed} of {targets} verdicts are what they must be; see {out}")
    return run


NMAP_COMMANDS = 2 + 16 * 3  # RSET after each test too
NMAP_SCRIPT = ["--script", "+smtp-open-relay", "--script-args", "smtp-open-relay.domain=relay.test"]
NMAP_TUNED = ["-T5", "--min-hostgroup", 1000, "--min-parallelism", 500, "--max-parallelism", 1000]


def have_nmap():
    return shutil.which("nmap") is not None


def nmap(server, targets, tuned):
    name = "nmap-tuned" if tuned else "nmap-default"
    command = ["nmap", "-Pn", "-n", "-p", server.port, "-sT", *(NMAP_TUNED if tuned else []), *NMAP_SCRIPT,
               "-iL", target_list(targets)]
    run, out = measure(name, command, targets, NMAP_COMMANDS, server)
    told = count_lines(out, "Server doesn't seem to be an open relay, all tests failed")
    if told != targets:
        raise Trouble(f"nmap: {told} of {targets} hosts were told closed; see {out}")
    return run
