#!/usr/bin/env python3
"""`ajar verify` and verify.py, which shares no code with it, must come to the same on every bundle, good or damaged.

    agree.py AJAR [SEED]

A disagreement is a mistake in one of three: the program, verify.py, or doc/evidence.md, from which it was written. What
they disagreed on is kept in a folder that is named. With SEED, which is printed, the same damages are done again.
"""
import itertools
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile

import damage
import hostile
import made
import packed
import verify
from refusal import Refused

JOBS = 2


# What a reader comes to: the second, that it is as it was sealed, but some case.json says something else than what lies beside it.
HOLDS, SAYS_OTHER, REFUSED = "verified", "verified, but NOT what its cases say", "NOT verified"


def second_reader(options, paths):
    """What verify.py comes to, and what it says."""
    given = verify.options().parse_args([*options, *paths])
    try:
        facts = [verify.verify(path, verify.trust_of(given)) for path in paths]
        if len(paths) > 1:
            verify.check_chain(facts)
        flaws = [each.flaw for each in facts if each.flaw]
        return (SAYS_OTHER, flaws[0]) if flaws else (HOLDS, HOLDS)
    except Refused as why:
        return REFUSED, str(why)


def first_reader(said):
    """What `ajar verify` comes to."""
    if said.returncode == 0:
        return HOLDS
    return SAYS_OTHER if SAYS_OTHER in said.stdout.split("\n")[0] else REFUSED


def replayed(ajar, path):
    """Whether `ajar replay` comes to what the bundle says, and what it says."""
    said = subprocess.run([ajar, "replay", path], capture_output=True, text=True, check=False, errors="replace")
    return said.returncode == 0, said.stderr.strip() or "replayed"


def disagreement(ajar, what, options, paths, expected, words=None, replay=False):
    """What is wrong, if anything is. `ajar verify` must say WORDS; `ajar replay`, where it is asked, must come to the same where
    that is known."""
    said = subprocess.run(
        [ajar, "verify", "--all-parts", *options, *paths], capture_output=True, text=True, check=False, errors="replace"
    )
    try:
        found, why = second_reader(options, paths)
    except Exception as error:  # pylint: disable=broad-exception-caught
        return f"{what}: verify.py failed: {error!r}; ajar: {said.stderr.strip() or 'verified'}"
    if said.returncode not in (0, 1):
        return f"{what}: ajar verify ended with status {said.returncode}: {said.stderr.strip()}"
    if found != first_reader(said):
        return f"{what}: ajar: {said.stderr.strip() or 'verified'}; verify.py: {why}"
    if expected is not None and (found == HOLDS) != expected:
        return f"{what}: both say: {why}"
    if words and words not in said.stderr:
        return f"{what}: ajar does not say {words!r}: {said.stderr.strip()}"
    if replay:
        same, why = replayed(ajar, paths[0])
        if same if found != HOLDS else expected and not same:
            return f"{what}: verify: {found}; replay: {why}"
    return None


def compare(job):
    """The same, of a bundle that is made for it, and kept when something is wrong."""
    ajar, number, kept, (what, options, paths, content, expected, *more) = job
    if content is None:
        return disagreement(ajar, what, options, paths, expected)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, os.path.basename(paths[0]))
        with open(path, "wb") as file:
            file.write(content)
        wrong = disagreement(ajar, what, options, [path], expected, *more)
        if wrong:
            shutil.copy(path, f"{kept}/{number}.tar")
            wrong = f"{number}.tar: {wrong}"
        return wrong


def all_bundles(maker):
    for what, options, paths in maker.good:
        yield what, options, paths, None, True
    for what, options, paths in maker.bad:
        yield what, options, paths, None, False
    for what, options, paths, content, expected, *more in itertools.chain(
        damage.all_of(maker), hostile.all_of(maker), packed.all_of(maker)
    ):
        yield what, options, paths, content() if callable(content) else content, expected, *more


def main():
    ajar = os.path.realpath(sys.argv[1])
    seed = sys.argv[2] if len(sys.argv) > 2 else str(random.randrange(10**9))
    random.seed(seed)
    print(f"seed {seed}", flush=True)
    kept = tempfile.mkdtemp(prefix="ajar-disagree-")
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool(JOBS) as pool:
        maker = made.Maker(ajar, folder).make()
        jobs = ((ajar, number, kept, bundle) for number, bundle in enumerate(all_bundles(maker)))
        found = list(pool.imap(compare, jobs, chunksize=4))
        wrong = [what for what in found if what]
        if wrong:
            shutil.copytree(folder, kept, dirs_exist_ok=True)
            print("\n".join(wrong), f"kept in {kept}", sep="\n")
        else:
            os.rmdir(kept)
    print(f"{len(found) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
