"""Section 10 and, for what is hidden and proven, 11 of doc/evidence.md: RFC 9162's tree over parts and cases."""
import collections
import hashlib
import re
from dataclasses import dataclass

from refusal import Refused, require

HASH = "[0-9a-f]{64}"
COUNT = "0|[1-9][0-9]*"
NUMBER_LIMIT = 2**64 - 2
MOST_PARTS = 2**22


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def lines_of(content, what, at_least=0):
    require(content.endswith(b"\n"), f"{what} does not end with a line")
    try:
        lines = content[:-1].decode("ascii").split("\n")
    except UnicodeDecodeError as why:
        raise Refused(f"{what} is not ASCII") from why
    require(len(lines) >= at_least, f"{what} has too few lines")
    return lines


def number(text, what):
    value = int(text)
    require(value <= NUMBER_LIMIT, f"{what}: a number that is too large")
    return value


def field(line, form, what):
    """What the group of FORM is in a line."""
    found = re.fullmatch(form, line)
    require(found, f"{what}: {line!r} does not stand as it must")
    return found.group(1)


def root_of(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\1", root_of(leaves[:k]), root_of(leaves[k:]))


def root_by_path(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    require(index < size, "no such place in the tree")
    fn, sn, root = index, size - 1, leaf
    for step in path:
        require(sn > 0, "the path is too long")
        if fn & 1 or fn == sn:
            root = sha256(b"\1", step, root)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = sha256(b"\1", root, step)
        fn, sn = fn >> 1, sn >> 1
    require(sn == 0, "the path is too short")
    return root


def members(text):
    """The parts of a case.json that is one line of members, or None."""
    if not re.fullmatch(rb"\{[^\n]*\}\n", text):
        return None
    parts, begin, depth, in_string, skip = [], 0, 0, False, False
    for i, c in enumerate(text[:-1].decode("latin-1")):
        if in_string:
            skip, in_string = not skip and c == "\\", skip or c != '"'
        elif c == '"':
            in_string = True
        elif c in "{[":
            depth += 1
        elif c in "}]":
            depth -= 1
        elif c == "," and depth == 1:
            parts.append(text[begin:i])
            begin = i
        if depth == 0 and i < len(text) - 2:
            return None
    return None if depth or in_string else parts + [text[begin:]]


def parts_of(name, content):
    """(part, what stands in its place when it is hidden) for each, with %s for the hash."""
    cut = members(content) if name == "case.json" else None
    if cut:
        return [(p, p[:1] + b'"hidden %s":null' + (b"}\n" if i == len(cut) - 1 else b"")) for i, p in enumerate(cut)]
    form = b'{"hidden":"%s"}\n' if name in ("tape.jsonl", "contacts.jsonl") else b"[hidden %s]\n"
    return [(part, form) for part in re.findall(rb"[^\n]*\n|[^\n]+", content) or [b""]]


@dataclass
class Case:
    leaf: bytes
    parts: int
    hidden: int


def salts_of(lines, count):
    """The salt of each part, None for what is hidden."""
    if lines and lines[0].startswith("secret "):
        require(len(lines) == 1, "tree.txt: something follows the secret")
        secret = bytes.fromhex(field(lines[0], f"secret ({HASH})", "tree.txt"))
        stream = hashlib.shake_256(b"ajar-salts/2" + secret).digest(16 * count)
        return [stream[16 * i : 16 * i + 16] for i in range(count)]
    require(len(lines) == count, "tree.txt: not as many salts as parts")
    return [
        None if line == "hidden" else bytes.fromhex(field(line, "salt ([0-9a-f]{32})", "tree.txt")) for line in lines
    ]


def leaf_of_part(name, part, form, salt):
    if salt is not None:
        return sha256(b"\0", salt, name.encode(), b"\0", part)
    digest = re.search(HASH.encode(), part)
    require(digest and part == form % digest.group(), f"{name}: a hidden part does not stand as hidden")
    return bytes.fromhex(digest.group().decode())


def hidden_of(files):
    """How many parts of each file tree.txt, which has been checked, calls hidden."""
    salts = files.get("tree.txt", b"").decode("ascii").split("\n")[3:-1]
    names = [name for name in sorted(set(files) - {"tree.txt"}) for _ in parts_of(name, files[name])]
    return collections.Counter(name for name, salt in zip(names, salts) if salt == "hidden")


def check_case(case, files):
    """A case, from its files by their names below its directory: its tree.txt must be theirs."""
    require("tree.txt" in files, f"{case} has no tree.txt")
    kind, parts, root, *rest = lines_of(files["tree.txt"], "tree.txt", 3)
    require(kind == "ajar-case/2", "tree.txt is of another version")
    count = int(field(parts, f"parts ({COUNT})", "tree.txt"))
    require(count <= MOST_PARTS, f"{case} has too many parts")
    names = sorted(name for name in files if name != "tree.txt")
    found = [(name, part, form) for name in names for part, form in parts_of(name, files[name])]
    require(len(found) == count, f"{case} has {len(found)} parts, and not {count}")
    salts = salts_of(rest, count)
    made = root_of([leaf_of_part(*part, salt) for part, salt in zip(found, salts)])
    require(field(root, f"root ({HASH})", "tree.txt") == made.hex(), f"{case}: the root is not that of its parts")
    return Case(sha256(b"\0", f"{case} {count} {made.hex()}\n".encode()), count, salts.count(None))


@dataclass
class Head:
    cases: int
    root: bytes
    run: str
    chain: int  # or None, as the next
    previous: str
    digest: str


def head_of(content):
    lines = lines_of(content, "tree-head.txt")
    require(len(lines) == 6, "tree-head.txt does not have six lines")
    require(lines[0] == "ajar-tree/2", "tree-head.txt is of another version")
    chain = field(lines[4], "chain (none|[1-9][0-9]*)", "tree-head.txt")
    previous = field(lines[5], f"previous (none|{HASH} (?:{COUNT}))", "tree-head.txt")
    require((previous == "none") == (chain in ("none", "1")), "tree-head.txt: chain and previous do not go together")
    return Head(
        int(field(lines[1], f"cases ({COUNT})", "tree-head.txt")),
        bytes.fromhex(field(lines[2], f"root ({HASH})", "tree-head.txt")),
        field(lines[3], f"run ({HASH})", "tree-head.txt"),
        None if chain == "none" else number(chain, "tree-head.txt"),
        previous,
        sha256(content).hex(),
    )


@dataclass
class Proof:
    case: str
    place: int
    size: int
    path: list


def proof_of(content):
    kind, case, place, *path = lines_of(content, "proof.txt", 3)
    require(kind == "ajar-proof/2", "proof.txt is of another version")
    place, size = field(place, f"place ((?:{COUNT}) of (?:{COUNT}))", "proof.txt").split(" of ")
    require(place != "0", "proof.txt: places count from 1")
    return Proof(
        field(case, "case ([^/]+)", "proof.txt"),
        int(place),
        int(size),
        [bytes.fromhex(field(step, f"path ({HASH})", "proof.txt")) for step in path],
    )
