#!/usr/bin/env python3
"""A bundle whose maker lies: what stands in it is changed, and all of it sealed again by a key of his.

    resealed.py BUNDLE OUT KEY NAME PATTERN TEXT [NAME PATTERN TEXT]...

KEY.key signs. In each file below data/ that NAME (a shell pattern) fits, what PATTERN finds becomes TEXT; digests, trees
and counts are those of the changed files. A file that is not there is made of TEXT, where PATTERN is empty.
"""
import fnmatch
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "evidence"))

import hostile  # pylint: disable=wrong-import-position


class Keys:
    """Where hostile.Bundle looks for keys, and writes what is to be signed."""

    @staticmethod
    def path(name):
        return os.path.abspath(name)


def changed(files, name, pattern, text):
    """An edit that finds nothing is a mistake of the test."""
    if not pattern:
        return {**files, name: text.encode()}
    found = {
        path: re.sub(pattern.encode(), text.encode(), content, flags=re.M)
        for path, content in files.items()
        if fnmatch.fnmatch(path, name)
    }
    if all(files[path] == content for path, content in found.items()):
        sys.exit(f"{name}: nothing changed by {pattern}")
    return {**files, **found}


def main():
    bundle, out, key, *edits = sys.argv[1:]

    def payload(files):
        for at in range(0, len(edits), 3):
            files = changed(files, *edits[at : at + 3])
        return files

    with open(out, "wb") as file:
        file.write(hostile.Bundle(Keys, bundle).sealed(payload=payload, key=key))
    os.unlink("to-sign")
    os.unlink("to-sign.minisig")


if __name__ == "__main__":
    main()
