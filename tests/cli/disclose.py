#!/usr/bin/env python3
"""A second reader of extracts and chains, after doc/evidence.md: plain Python and the minisign command, no code of ajar.

    disclose.py extract OPERATOR.pub FILE.tar       prints "case CASE PLACE of CASES, HIDDEN of PARTS hidden", or why not
    disclose.py root OPERATOR.pub BUNDLE.tar        the tree of a whole bundle, from its cases' files
    disclose.py chain FILE.tar...                   prints the numbers of the runs, or what is wrong
"""
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile


def sha(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def require(condition, why):
    if not condition:
        sys.exit(f"no: {why}")


def read(path):
    with tarfile.open(path, "r:") as tar:
        return {member.name.split("/", 1)[1]: tar.extractfile(member).read() for member in tar if member.isfile()}


def check_signature(files, key):
    with tempfile.TemporaryDirectory() as folder:
        for name in ("tagmanifest-sha256.txt", "tagmanifest-sha256.txt.minisig"):
            with open(f"{folder}/{name}", "wb") as file:
                file.write(files[name])
        said = subprocess.run(["minisign", "-VQ", "-p", key, "-m", f"{folder}/tagmanifest-sha256.txt"],
                              capture_output=True, check=False)
    require(said.returncode == 0, "the signature does not hold")
    kind, bag, cases, _ = said.stdout.decode().rstrip("\n").split("\t")
    require(kind == "ajar-evidence/2", "not of version 2")
    return bag, int(cases.removeprefix("cases:"))


def listed(text):
    return {line[66:]: line[:64] for line in text.decode().splitlines()}


def split_members(text):
    if not re.fullmatch(rb"\{[^\n]*\}\n", text):
        return None
    parts, begin, depth, string, skip = [], 0, 0, False, False
    for i, c in enumerate(text[:-2].decode("latin-1")):
        if string:
            skip, string = (not skip and c == "\\"), not (c == '"' and not skip)
            continue
        if c == '"':
            string = True
        elif c in "{[":
            depth += 1
        elif c in "}]":
            depth -= 1
        elif c == "," and depth == 1:
            parts.append(text[begin:i])
            begin = i
        if depth == 0:
            return None
    return parts + [text[begin:]] if depth == 1 and not string else None


def tree(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha(b"\1", tree(leaves[:k]), tree(leaves[k:]))


def split(name, text):
    """The parts of a file, and for each what stands there when it is hidden."""
    members = split_members(text) if name == "case.json" else None
    if members:
        return [(part, b'%s"hidden %%s":null%s' % (part[:1], b"}\n" if part.endswith(b"\n") else b""))
                for part in members]
    form = b'{"hidden":"%s"}\n' if name == "tape.jsonl" else b"[hidden %s]\n"
    return [(part, form) for part in re.findall(rb"[^\n]*\n|[^\n]+", text) or [b""]]


def salts_of(rest, count):
    if rest[0].startswith("secret "):
        stream = hashlib.shake_256(b"ajar-salts/2" + bytes.fromhex(rest[0][7:])).digest(16 * count)
        return [stream[16 * i:16 * i + 16] for i in range(count)]
    return [None if line == "hidden" else bytes.fromhex(line.removeprefix("salt ")) for line in rest]


def check_case(files, case):
    """The leaf of the case, and how many of its parts are hidden."""
    folder = f"data/cases/{case}/"
    kind, parts, root, *rest = files[folder + "tree.txt"].decode().splitlines()
    require(kind == "ajar-case/2", "tree.txt is of another version")
    names = sorted(name.removeprefix(folder) for name in files if name.startswith(folder))
    names.remove("tree.txt")
    found = [(name, *part) for name in names for part in split(name, files[folder + name])]
    require(f"parts {len(found)}" == parts, "not so many parts")
    salts = salts_of(rest, len(found))
    require(len(salts) == len(found), "not so many salts")
    leaves = []
    for (name, part, form), salt in zip(found, salts):
        if salt is None:
            digest = re.search(rb"[0-9a-f]{64}", part).group()
            require(part == form % digest, "a hidden part does not stand as hidden")
            leaves.append(bytes.fromhex(digest.decode()))
        else:
            leaves.append(sha(b"\0", salt, name.encode(), b"\0", part))
    require(f"root {tree(leaves).hex()}" == root, "not the root of the case's parts")
    entry = f"{case} {len(found)} {tree(leaves).hex()}\n"
    return sha(b"\0", entry.encode()), salts.count(None), len(found)


def check_head(files, cases):
    head = dict(line.split(" ", 1) for line in files["tree-head.txt"].decode().splitlines()[1:])
    require(files["tree-head.txt"].startswith(b"ajar-tree/2\n"), "another version of the tree")
    require(head["cases"] == str(cases), "the head counts other cases")
    run = sorted(name for name in files if name.startswith("data/") and not re.match("data/cases/[^/]+/", name))
    lines = "".join(f"{sha(files[name]).hex()}  {name}\n" for name in run)
    require(sha(lines.encode()).hex() == head["run"], "the run's files are others")
    return head


def follow(leaf, index, size, path):
    fn, sn, r = index, size - 1, leaf
    require(index < size, "no such place")
    for p in path:
        require(sn > 0, "the path is too long")
        if fn & 1 or fn == sn:
            r = sha(b"\1", p, r)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha(b"\1", r, p)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0, "the path is too short")
    return r


def extract(key, path):
    files = read(path)
    _, cases = check_signature(files, key)
    tags = listed(files["tagmanifest-sha256.txt"])
    for name in files:
        if not name.startswith(("data/", "tagmanifest-sha256.txt")) and name != "proof.txt":
            require(tags.get(name) == sha(files[name]).hex(), f"{name} is not the one that was signed")
    head = check_head(files, cases)
    kind, case, place, *steps = files["proof.txt"].decode().splitlines()
    require(kind == "ajar-proof/2", "another version of the proof")
    case = case.removeprefix("case ")
    place, size = re.fullmatch(r"place (\d+) of (\d+)", place).groups()
    require(int(size) == cases, "the proof counts other cases")
    for name in files:
        require(not re.match("data/cases/[^/]+/", name) or name.startswith(f"data/cases/{case}/"), "another case")
    leaf, hidden, parts = check_case(files, case)
    root = follow(leaf, int(place) - 1, cases, [bytes.fromhex(step.removeprefix("path ")) for step in steps])
    require(root.hex() == head["root"], "the path leads to another root")
    print(f"case {case} {place} of {size}, {hidden} of {parts} hidden")


def whole(key, path):
    files = read(path)
    _, cases = check_signature(files, key)
    head = check_head(files, cases)
    names = {name.split("/")[2] for name in files if re.match("data/cases/[^/]+/", name)}
    leaves = sorted(check_case(files, case)[0] for case in names)
    require(tree(leaves).hex() == head["root"], "not the root of the cases")
    print(f"{len(leaves)} cases")


def chain(*paths):
    numbers, before = [], None
    for path in paths:
        text = read(path)["tree-head.txt"]
        head = dict(line.split(" ", 1) for line in text.decode().splitlines()[1:])
        require(before is None or head["previous"] == before, f"{path} does not follow")
        before = f"{sha(text).hex()} {head['cases']}"
        numbers.append(head["chain"])
    print(" ".join(numbers))


{"extract": extract, "root": whole, "chain": chain}[sys.argv[1]](*sys.argv[2:])
