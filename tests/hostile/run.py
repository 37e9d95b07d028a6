#!/usr/bin/env python3
"""Properties that hold whatever an enemy writes: run.py AJAR [SEED]...

An enemy's words stand in every source that ajar reads, and every output is looked at by other programs' eyes. A seed chooses which
words stand where; $HOSTILE_SEEDS is how many are tried, from the first on (default: 1, the seed 1). A fault names its seed:
`run.py AJAR SEED` finds it again.
"""
import os
import sys
import tempfile
import traceback

import given as givens
import live
import of_contacts
import of_forgeries
import of_letters
import of_lists
import of_mails
import of_pages
import of_screens
from look import Fault

OF_FILES = [*of_pages.OF_TREE, *of_forgeries.PROPERTIES, *of_contacts.PROPERTIES, *of_lists.PROPERTIES, *of_mails.PROPERTIES]
OF_RUNS = [*of_screens.PROPERTIES, *of_letters.PROPERTIES, *of_pages.PROPERTIES]


def holds(name, seed, check, *words):
    began = os.times()
    try:
        check(*words)
    except Fault as fault:
        print(f"FAILED  {name} (seed {seed})\n    {fault}", flush=True)
        return False
    except Exception:  # pylint: disable=broad-except
        print(f"FAILED  {name} (seed {seed})\n{traceback.format_exc()}", flush=True)
        return False
    if "HOSTILE_TIMES" in os.environ:
        print(f"{sum(os.times()[:4]) - sum(began[:4]):6.2f}  {name}", flush=True)
    return True


def try_seed(ajar, seed):
    """How many properties held, and how many did not."""
    with tempfile.TemporaryDirectory(prefix="hostile.") as folder:
        given = givens.Given(ajar, folder, seed)
        held = [holds(name, seed, check, given) for name, check in OF_FILES]
        runs = live.Runs(given)
        try:
            held += [holds(name, seed, check, given, runs) for name, check in OF_RUNS]
        finally:
            runs.close()
    return held.count(True), held.count(False)


def main():
    ajar = os.path.abspath(sys.argv[1])
    seeds = [int(word) for word in sys.argv[2:]] or range(1, 1 + int(os.environ.get("HOSTILE_SEEDS", "1")))
    passed = failed = 0
    for seed in seeds:
        good, bad = try_seed(ajar, seed)
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
