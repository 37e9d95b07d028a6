"""A campaign whose processes are killed at any moment: each job is finished once, with its case in a sealed bundle, and no server is
talked to again once its test is finished.

    campaign_faults.py AJAR ROUNDS SEED    in an empty directory

Prints one line for each thing that is not so; the exit status is 1 then.
"""
import glob, os, random, signal, socketserver, sqlite3, subprocess, sys, threading, time

AJAR, ROUNDS, SEED = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
TARGETS = 300
RUN = [AJAR, "campaign", "run", "-q", "-k", "key", "--chain", "chain", "-p", "relay/third-party", "--rate", "0", "--prefix-rate", "0",
       "--workers", "1", "--inflight", "10", "--wait", "1", "c"]
faults = []
last = {}  # address: when it was connected to


class Talk(socketserver.StreamRequestHandler):
    """A mail server that refuses strangers, in its own time."""

    def handle(self):
        last[self.connection.getsockname()[0]] = time.time()
        time.sleep(0.1)
        answers = {b"RCPT": b"554 5.7.1 Relay access denied\r\n", b"QUIT": b"221 bye\r\n"}
        try:
            self.wfile.write(b"220 mx.example\r\n")
            for line in self.rfile:
                self.wfile.write(answers.get(line[:4].upper(), b"250 ok\r\n"))
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads, request_queue_size, block_on_close = True, 512, False


def check(that, words):
    if not that:
        faults.append(words)


def processes(of):
    """A process and all that it has started, with what they are."""
    children = {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            pid, rest = open(path).read().split(" (", 1)
        except OSError:
            continue
        children.setdefault(int(rest.rsplit(") ", 1)[1].split()[1]), []).append(int(pid))
    found = [of]
    for pid in found:
        found += children.get(pid, [])
    return found


def killed_run(dice):
    run = subprocess.Popen(RUN, stdout=subprocess.DEVNULL, stderr=open("err", "a"))
    time.sleep(dice.uniform(0.05, 0.9))
    if run.poll() is None:
        family = processes(run.pid)
        whom = dice.choice([[run.pid], family[1:2], [dice.choice(family)], family])
        for pid in whom:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if dice.random() < 0.5 and run.poll() is None:
            run.send_signal(signal.SIGINT)
    try:
        run.wait(60)
    except subprocess.TimeoutExpired:
        check(False, "a run did not end")
        run.kill()
        run.wait()


def bundled_cases():
    """Each case of each sealed bundle, which verifies."""
    cases = {}
    for bundle in glob.glob("c/evidence/*.tar"):
        done = subprocess.run([AJAR, "verify", bundle], capture_output=True, text=True)
        check(done.returncode == 0, f"{bundle} does not verify: {done.stderr}")
        names = subprocess.run(["tar", "-tf", bundle], capture_output=True, text=True).stdout.split()
        for name in names:
            if name.endswith("/case.json"):
                cases[name.split("/")[-2]] = os.path.basename(bundle)
    return cases


def look():
    db = sqlite3.connect("c/campaign.db")
    files = dict(db.execute("SELECT name, file FROM bundles"))
    rows = db.execute("SELECT c.id, j.ip, c.started, c.elapsed, c.bundle FROM cases c JOIN jobs j ON j.id = c.job").fetchall()
    states = db.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall()
    check(states == [(2, TARGETS)], f"jobs by state: {states}")
    check(len(rows) == TARGETS and len({ip for _, ip, *_ in rows}) == TARGETS, f"{len(rows)} cases")
    bundled = bundled_cases()
    for case, ip, started, elapsed, bundle in rows:
        address = ".".join(str(byte) for byte in ip[12:])
        check(bundled.get(case) == files.get(bundle), f"{case} stands in {bundled.get(case)}, not in {files.get(bundle)}")
        check(last.get(address, 0) <= (started + elapsed) / 1e6 + 0.5, f"{address} was talked to after its test")


def main():
    server = Server(("0.0.0.0", 0), Talk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    dice = random.Random(SEED)
    subprocess.run([AJAR, "key", "new", "--no-password", "-o", "key"], check=True, capture_output=True)
    open("scope", "w").write("allow 127.0.0.0/8\n")
    subprocess.run([AJAR, "campaign", "new", "--scope", "scope", "c"], check=True)
    open("list", "w").write("".join(f"127.{9 + n // 250}.{SEED % 200}.{1 + n % 250}:{port}\n" for n in range(TARGETS)))
    subprocess.run([AJAR, "campaign", "import", "--source", "list", "c", "list"], check=True, capture_output=True)
    for _ in range(ROUNDS):
        killed_run(dice)
    done = subprocess.run(RUN, capture_output=True, text=True, timeout=120)
    check(done.returncode == 0, f"the last run failed: {done.stderr}")
    look()
    for fault in faults[:20]:
        print(f"seed {SEED}: {fault}")
    print(f"seed {SEED}: {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
