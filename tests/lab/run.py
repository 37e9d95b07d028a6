"""
run: the lab. See run.sh.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import functools
import json
import os
import signal
import subprocess
import sys
import time

import accuracy
import coturn
import dante
import exim
import microsocks
import nmap
import opensmtpd
import oracle
import postfix
import remedies
import sendmail
import squid
import swallow
import web
from expect import KNOWN

PROBE_SECONDS = 150  # a busy machine takes a third of it to start
# Long enough for a mail server on a busy machine; only a server that swallows mail makes us wait so long.
WAIT_SECONDS = 10
# Most of them only wait: a server that is asked in a foreign tongue says nothing until time is up.
AT_ONCE = 200
NMAPS_AT_ONCE = 16


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def say(self, ok, what, detail=""):
        self.passed, self.failed = self.passed + ok, self.failed + (not ok)
        print(("ok " if ok else "not ok ") + what, flush=True)
        if not ok and detail:
            print("    " + detail.strip().replace("\n", "\n    "), flush=True)

    def skip(self, what):
        self.skipped += 1
        print("skipped " + what, flush=True)

    def sum(self):
        return (f"{self.passed} passed, {self.failed} failed"
                + (f", {self.skipped} skipped" if self.skipped else ""))


Result = collections.namedtuple("Result", "server probe verdict reason right")
Answer = collections.namedtuple("Answer", "ok line detail undecided")

# The ajars that run now, to end them when we are told to end.
RUNNING = set()


def run_ajar(probe, server):
    """Everything that ajar printed, and its exit status."""
    where = f"[{server.host}]" if ":" in server.host else server.host
    domain = oracle.domain_of(probe)
    command = [os.environ["AJAR"], "probe", "--json", "--workers", "1", "--mail-domain", domain,
               "--wait", str(WAIT_SECONDS), "-p", probe, f"{where}:{server.port}"]
    if probe.startswith("relay/") and server.MAIL:
        command += ["--sink", f"127.0.0.1:{server.sinks[domain]}"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, errors="replace", start_new_session=True) as ajar:
        RUNNING.add(ajar.pid)
        try:
            out, err = ajar.communicate(timeout=PROBE_SECONDS)
            return out, err, ajar.returncode
        except subprocess.TimeoutExpired:
            os.killpg(ajar.pid, signal.SIGKILL)
            out, err = ajar.communicate()
            return out, err + f"(ended after {PROBE_SECONDS} s)\n", None
        finally:
            RUNNING.discard(ajar.pid)


def judge_ajar(results, probe, server):
    """What ajar says of it goes to the results. Undecided, it may be that the machine was busy."""
    expect = server.expect(probe)
    out, err, status = run_ajar(probe, server)
    verdict = None
    try:
        result = json.loads(out)
        verdict, reason = result["verdict"], result["reason"]
        ok = status == 0 and result["probe"] == probe and expect.met(verdict, reason)
        said = f"{verdict} ({reason})"
        results[server.name, probe] = Result(server, probe, verdict, reason, ok)
    except (ValueError, KeyError, TypeError):
        ok, said = False, "no verdict"
    return Answer(ok, f"{server.name} {probe}: {said}", f"expected {expect}\nexit status {status}\n{out}{err}",
                  undecided=verdict in ("inconclusive", "unreachable"))


def judge_oracle(probe, server):
    expected = "open" in server.expect(probe).verdicts
    passed_on = oracle.ask(probe, server)
    return Answer(passed_on == expected,
                  f"{server.name} {probe}, without ajar: " + ("passed on" if passed_on else "not passed on"),
                  f"expected it {'to be' if expected else 'not to be'} passed on", undecided=False)


def ajar_probes():
    """The ids of all that ajar brings."""
    out = subprocess.run([os.environ["AJAR"], "probes", "--json"], check=True, capture_output=True, text=True).stdout
    return [json.loads(line)["id"] for line in out.splitlines()]


def answer_of(future, probe, server):
    try:
        return future.result()
    except OSError as problem:
        return Answer(False, f"{server.name} {probe}: not asked", str(problem), undecided=False)


def question_all(judge, servers, probes, tally):
    """Two hundred at once are many for a small machine: what should have been decided and was not is asked a second
    time, when all others have been asked. That counts, and the line says so."""
    pool = concurrent.futures.ThreadPoolExecutor(AT_ONCE)
    try:
        asked = [(server, probe, pool.submit(judge, probe, server))
                 for server in servers for probe in probes if judge is not judge_oracle or oracle.can_ask(probe, server)]
        again = []
        for server, probe, future in asked:
            answer = answer_of(future, probe, server)
            if answer.undecided and not answer.ok:
                again.append((server, probe))
            else:
                tally.say(answer.ok, answer.line, answer.detail + "\n" + server.log())
        for server, probe in again:
            answer = answer_of(pool.submit(judge, probe, server), probe, server)
            tally.say(answer.ok, answer.line + ", asked twice", answer.detail + "\n" + server.log())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for pid in list(RUNNING):
            os.killpg(pid, signal.SIGKILL)


def start(servers, tally):
    """Those that are up."""
    up = []
    for server in servers:
        server.start()
    for server in servers:
        if server.wait():
            up.append(server)
        else:
            tally.say(False, f"{server.name} did not start", server.log())
    return up


def stop(servers):
    for server in servers:
        server.ask_to_stop()
    for server in servers:
        server.stop()


def choose(names, tally, measured):
    """measured: those alone that accuracy is measured by."""
    kinds = [postfix, exim, sendmail, opensmtpd, swallow, squid, web, dante, microsocks, coturn]
    kinds += [] if measured else [remedies]
    servers = [server for kind in kinds for server in kind.SERVERS]
    known = [server.name for server in servers]
    if unknown := [name for name in names if not fnmatch.filter(known, name)]:
        sys.exit("lab: there is no server %s; there are %s" % (", ".join(unknown), ", ".join(known)))
    chosen = []
    for server in servers:
        if names and not any(fnmatch.fnmatchcase(server.name, name) for name in names):
            continue
        if lack := server.lacks():
            tally.skip(f"{server.name}: {lack}")
        else:
            chosen.append(server)
    return chosen


def tell(began, what):
    print(f"# {time.monotonic() - began:.0f} s: {what}", flush=True)


def in_order(result):
    return result.server.KIND, result.server.name, result.probe


def ask_nmap(servers):
    """By server's name, what nmap's scripts say of it."""
    nmap.serve()
    with concurrent.futures.ThreadPoolExecutor(NMAPS_AT_ONCE) as pool:
        return dict(zip([server.name for server in servers], pool.map(nmap.ask, servers)))


def ajar_version():
    return subprocess.run([os.environ["AJAR"], "--version"], check=True, capture_output=True,
                          text=True).stdout.splitlines()[0]


def end(*_):
    """Told to stop, perhaps twice: the servers are stopped in main's last lines."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit("lab: stopped")


def main():
    parser = argparse.ArgumentParser(prog="tests/lab/run.sh")
    parser.add_argument("--self-test", action="store_true", help="without ajar: are the servers what they should be?")
    parser.add_argument("--accuracy", metavar="FILE", help="ask nmap as well, and write how right both were")
    parser.add_argument("server", nargs="*", help="only these: a name, or a glob such as 'postfix-*'")
    options = parser.parse_args()
    if not options.self_test and not os.access(os.environ["AJAR"], os.X_OK):
        sys.exit("lab: there is no ajar to test (make)")
    signal.signal(signal.SIGTERM, end)
    tally, began = Tally(), time.monotonic()
    servers = choose(options.server, tally, measured=options.accuracy)
    try:
        up = start(servers, tally)
        tell(began, f"{len(up)} servers are up")
        probes = KNOWN if options.self_test else ajar_probes()
        for probe in probes:
            oracle.domain_of(probe)
        question_all(judge_oracle, up, probes, tally)
        tell(began, "asked without ajar")
        results = {}
        if not options.self_test:
            question_all(functools.partial(judge_ajar, results), up, probes, tally)
        tell(began, "asked with ajar")
        if options.accuracy:
            said = ask_nmap(up) if nmap.usable() else {}
            accuracy.write(options.accuracy, up, sorted(results.values(), key=in_order), said, ajar_version())
        for server in up:
            if server.ended():
                tally.say(False, f"{server.name} died on the way", server.log())
    finally:
        stop(servers)
    print(tally.sum())
    return tally.failed > 0


if __name__ == "__main__":
    sys.exit(main())
