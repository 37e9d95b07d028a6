#!/usr/bin/env python3
"""Runs of `ajar probe -e` that end at random moments, by SIGKILL or for want of room, and what can be had of them after.

    crash.py AJAR KILLS FULL [SEED]

A moment is a size that the bundle reaches, and up to 10 ms more. After each of KILLS kills every case whose line came
out before is recovered by `ajar seal`, word for word; the bundle verifies, and each case is derived again from its
tape. Each of FULL runs finds a limit on the bundle's size somewhere: it seals its bundle itself, and every case whose
line names it is in there. Two lanes, side by side, do half of the work each. The seed is printed; with it the same
moments are tried again.
"""
import json, os, random, signal, subprocess, sys, tarfile, tempfile, threading, time

from simnet import free_nets, free_port

LANES = 2
SCENARIOS = ["relay-open", "relay-s3", "relay-r4", "relay-closed", "http-open", "http-closed", "socks-open"]
PROBES = ["relay/third-party", "relay/envelope", "proxy/http-connect", "proxy/socks5", "proxy/socks4"]
REFUSED = 30  # ports where nobody listens: the shortest cases, by which a run has many


class Lane(threading.Thread):
    def __init__(self, ajar, folder, number, kills, full, seed):
        super().__init__()
        self.ajar, self.kills, self.full = ajar, kills, full
        self.random = random.Random(f"{seed}/{number}")
        self.folder = os.path.join(folder, str(number))
        os.mkdir(self.folder)
        self.net, self.sink = free_nets(120 + 20 * number, 140 + 20 * number, 1), f"127.0.0.1:{free_port()}"
        self.key, self.pub = (os.path.join(folder, name) for name in ("k.key", "k.pub"))
        self.bundle, self.before = (os.path.join(self.folder, name) for name in ("run.tar", "other.tar"))
        self.lines = os.path.join(self.folder, "lines")
        self.out = os.path.join(self.folder, "new.tar")
        self.trouble, self.seen = [], {"sealed": 0, "recovered": 0, "nothing": 0, "cases": 0, "open": 0}

    def ajar_says(self, *words):
        done = subprocess.run([self.ajar, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        return done.returncode, done.stdout, done.stderr

    def begin(self):
        out = subprocess.run([self.ajar, "sim", "--net", str(self.net), "--json", "list"], stdout=subprocess.PIPE, text=True,
                             check=True).stdout
        found = {s["id"]: s["target"] for s in map(json.loads, out.splitlines())}
        self.sim = subprocess.Popen([self.ajar, "sim", "--net", str(self.net), "--for", "120", "--sink", self.sink, *SCENARIOS],
                                    stdout=subprocess.PIPE, text=True)
        self.sim.stdout.readline()
        targets = [found[id] for id in SCENARIOS] + [f"127.0.{self.net}.{200 + n // 60}:{n % 60 + 1}" for n in range(REFUSED)]
        self.targets = os.path.join(self.folder, "targets")
        self.listed = targets

    def probe(self, limit=None):
        """A run in the background, its lines in a file; at most `limit` KiB in its bundle. The bundle of the run before
        stays until then: this one looks whether it was sealed."""
        self.bundle, self.before = self.before, self.bundle
        for path in (self.bundle, self.out):
            if os.path.exists(path):
                os.remove(path)
        self.random.shuffle(self.listed)
        with open(self.targets, "w") as f:
            f.writelines(t + "\n" for t in self.listed)
        words = [self.ajar, "probe", "--json", "--workers", "1", "-k", self.key, "-e", self.bundle, "--sink", self.sink,
                 "--wait", "0.3", "--timeout", "2", "-i", self.targets]
        for p in PROBES:
            words += ["-p", p]
        if limit:
            words = ["bash", "-c", f'ulimit -f {limit}; exec "$@"', "limited", *words]
        return subprocess.Popen(words, stdout=open(self.lines, "w"), stderr=subprocess.DEVNULL, cwd=self.folder)

    def kill(self, child, moment, later):
        """Once its bundle has this size, and then a little later: how far it gets does not depend on the machine's load."""
        while child.poll() is None and (os.path.getsize(self.bundle) if os.path.exists(self.bundle) else -1) < moment:
            time.sleep(0.0005)
        time.sleep(later)
        child.send_signal(signal.SIGKILL)
        child.wait()

    def reported(self):
        """Whole lines only: a kill may come in the middle of one."""
        with open(self.lines) as f:
            return [line for line in f.read().split("\n")[:-1] if "case" in json.loads(line)]

    def check_bundle(self, path, lines):
        """It verifies, has every line's case, word for word, and each verdict is derived again."""
        status, _, why = self.ajar_says("verify", "-P", self.pub, path)
        if status != 0:
            return f"does not verify: {why}"
        with tarfile.open(path) as tar:
            held = {tar.extractfile(m).read().decode() for m in tar.getmembers() if m.name.endswith("/case.json")}
        missing = [line for line in lines if line + "\n" not in held]
        self.seen["cases"] += len(held)
        self.seen["open"] += sum('"verdict":"open"' in c for c in held)
        if missing:
            return f"{len(missing)} of {len(lines)} reported cases are missing: {missing[0]}"
        status, said, why = self.ajar_says("replay", "-q", path) if held else (0, "", "")
        return f"does not replay: {said}{why}" if status != 0 else None

    def check_killed(self):
        lines = self.reported()
        status, said, why = self.ajar_says("verify", "--partial", self.bundle)
        if "is sealed: " in why:
            self.seen["sealed"] += 1
            return self.check_bundle(self.bundle, lines)
        if not lines and status == 1:
            self.seen["nothing"] += 1
            return None
        if status != 0:
            return f"verify --partial: {status} {said}{why}"
        whole = int(said.split("; ")[1].split()[0])
        if whole < len(lines):
            return f"{len(lines)} cases were reported, and {whole} are whole: {said}"
        status, _, why = self.ajar_says("seal", "-k", self.key, "-o", self.out, self.bundle)
        if status != 0:
            return f"seal: {status} {why}"
        self.seen["recovered"] += 1
        return self.check_bundle(self.out, lines)

    def note(self, what, wrong):
        if wrong:
            self.trouble.append(f"{what}: {wrong}")

    def run(self):
        self.begin()
        self.probe().wait()
        size = os.path.getsize(self.bundle)
        self.note("undisturbed", self.check_bundle(self.bundle, self.reported()))
        for n in range(self.kills):
            moment, later = self.random.randint(-1, size), self.random.uniform(0, 0.01)
            self.kill(self.probe(), moment, later)
            self.note(f"kill {n} at {moment} bytes and {later:.4f} s", self.check_killed())
        for n in range(self.full):
            limit = self.random.randint(max(80, size // 8192), size // 1024)
            self.probe(limit).wait()
            self.note(f"room for {limit} KiB", self.check_bundle(self.bundle, self.reported()))
        self.sim.terminate()
        self.sim.wait()


def main():
    ajar, kills, full = os.path.realpath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    seed = sys.argv[4] if len(sys.argv) > 4 else str(random.randrange(10**9))
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([ajar, "key", "new", "--no-password", "-o", folder + "/k.key"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        lanes = [Lane(ajar, folder, n, kills // LANES, full // LANES, seed) for n in range(LANES)]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()
    trouble = [t for lane in lanes for t in lane.trouble]
    print("\n".join(trouble + [", ".join(f"{sum(lane.seen[k] for lane in lanes)} {k}" for k in lanes[0].seen)]))
    runs = sum(1 + lane.kills + lane.full for lane in lanes)
    print(f"{runs - len(trouble)} passed, {len(trouble)} failed")
    sys.exit(1 if trouble else 0)


main()
