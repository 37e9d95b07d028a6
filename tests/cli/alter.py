#!/usr/bin/env python3
"""A bundle with something else in it, for `ajar replay`, which does not look at signatures.

    alter.py BUNDLE OUT NAME OLD NEW    in the file whose name ends with NAME; OLD must be there
    alter.py BUNDLE OUT NAME FILE       that file's content is FILE's; +NAME: a new one, below the top directory
    alter.py BUNDLE OUT NAME -          without it
    alter.py BUNDLE OUT --sorted        its entries in the order of their names
"""
import io
import sys
import tarfile


def read(path):
    with tarfile.open(path) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar if m.isfile()}


def write(path, files):
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def altered(files, name, *what):
    new = name.startswith("+")
    full = next(iter(files)).split("/")[0] + "/" + name[1:] if new else next(f for f in files if f.endswith(name))
    if len(what) == 2:
        old, new = (w.encode() for w in what)
        if old not in files[full]:
            sys.exit(f"alter.py: {full} has no {what[0]!r}")
        files[full] = files[full].replace(old, new)
    elif what[0] == "-":
        del files[full]
    else:
        with open(what[0], "rb") as f:
            files[full] = f.read()
    return files


def main(bundle, out, *how):
    files = read(bundle)
    write(out, dict(sorted(files.items())) if how[0] == "--sorted" else altered(files, *how))


main(*sys.argv[1:])
