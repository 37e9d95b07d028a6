"""
bench: the benchmark's command line. See run.sh.
"""
import argparse
import datetime
import json
import os
import signal
import sys

import comparisons
import machine
import programs
import report


def options():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh", description="Measures ajar on loopback.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="fewer targets; e and g only when named by --only")
    size.add_argument("--long", action="store_true", help="g with 1,000,000 targets, e with 38,000")
    parser.add_argument("--only", metavar="a,b,...", help="these comparisons: " + ",".join(comparisons.DEFAULT))
    parser.add_argument("--pairs", type=int, help="rounds of each comparison (default: 7)")
    parser.add_argument("--nice", type=int, default=0, help="the nice value of all that is measured: below 0 (for root)"
                        " it goes ahead of others on a busy machine")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    return parser.parse_args()


def wanted(o):
    """The comparisons to make, as letters."""
    if o.only:
        letters = o.only.replace(",", "").replace(" ", "")
        unknown = set(letters) - set(comparisons.DEFAULT)
        if unknown:
            sys.exit(f"run.sh: there is no comparison {', '.join(sorted(unknown))}")
        return letters
    return comparisons.QUICK if o.quick else "".join(comparisons.DEFAULT)


def say(text):
    print(text, file=sys.stderr, flush=True)


def warn(letters):
    most = comparisons.in_flight_most()
    if most < comparisons.IN_FLIGHT_MOST and set(letters) & set("ef"):
        say(f"only {machine.descriptors():,} open files are allowed (ulimit -n): {most:,} in flight in place of "
            f"{comparisons.IN_FLIGHT_MOST:,}")
    if len(set(machine.cores())) == 1:
        say("there is one core: client and server share it, and no figure here is worth keeping")
    if os.getloadavg()[0] > 0.5:
        say(f"the machine is busy (load {os.getloadavg()[0]:.1f})")


def make(letters, o):
    table = comparisons.LONG if o.long else comparisons.DEFAULT
    results, failed = [], []
    for letter in letters:
        if letter in comparisons.NEED_NMAP and not programs.have_nmap():
            say(f"{letter}: left out, nmap is not installed")
            continue
        try:
            with table[letter](lambda full, quick: quick if o.quick else full) as comparison:
                comparison.pairs = o.pairs or comparison.pairs
                programs.COMMANDS.clear()
                results.append(report.result(comparison, comparison.run(say)))
        except programs.Trouble as trouble:
            failed.append(f"{letter}: no figures: {trouble}")
            say(failed[-1])
            continue
        finally:
            programs.remove_lists()
        if not o.json:
            print(report.table(results[-1]), flush=True)
    return results, failed


def main():
    o = options()
    letters = wanted(o)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if not programs.PLAIN.exists():
        sys.exit(f"run.sh: {programs.PLAIN} is missing: run 'make' first")
    warn(letters)
    programs.AHEAD[:] = ["nice", "-n", str(o.nice)] if o.nice else []
    programs.build()
    about = machine.description()
    if not o.json:
        print(report.head(about), flush=True)
    results, failed = make(letters, o)
    everything = {"machine": about, "when": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
                  "nice": o.nice, "comparisons": results, "failed": failed}
    with open(programs.PLACE / "results.json", "w", encoding="utf-8") as file:
        json.dump(everything, file, indent=1)
    if o.json:
        json.dump(everything, sys.stdout, indent=1)
    else:
        print(report.commands(results))
    sys.exit("\n".join(failed) or None)


if __name__ == "__main__":
    main()
