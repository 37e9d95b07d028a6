#!/usr/bin/env python3
"""A bundle with something else in it, for `ajar replay`, which does not look at signatures. What data/run.json says of the packs'
files is made true again, as whoever seals a bundle can do, unless FILE is data/run.json.

    alter.py BUNDLE OUT NAME OLD NEW    in the file whose name ends with NAME; OLD must be there
    alter.py BUNDLE OUT NAME FILE       that file's content is FILE's; +NAME: a new one, below the top directory
    alter.py BUNDLE OUT NAME -          without it
    alter.py BUNDLE OUT --sorted        its entries in the order of their names
"""
import hashlib
import io
import re
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


def told(files):
    """The same, with the digests of its packs in data/run.json."""
    run = next(f for f in files if f.endswith("/data/run.json"))
    top = run.removesuffix("data/run.json")

    def tell(entry):
        folder = f"{top}data/packs/{entry[2].decode().split('@')[0]}/"
        lines = [f"{hashlib.sha256(files[f]).hexdigest()}  {f.removeprefix(top)}\n" for f in sorted(files) if f.startswith(folder)]
        digest = hashlib.sha256("".join(lines).encode()).hexdigest()
        return entry[1] + f'"sha256":"{digest}","files":{len(lines)}'.encode()

    files[run] = re.sub(rb'("pack":"([^"]*)",)"sha256":"[^"]*","files":[0-9]*', tell, files[run])
    return files


def main(bundle, out, *how):
    files = read(bundle)
    if how[0] == "--sorted":
        files = dict(sorted(files.items()))
    else:
        files = altered(files, *how)
        files = files if how[0].endswith("run.json") else told(files)
    write(out, files)


main(*sys.argv[1:])
