"""Sections 5.1 and 5.2 of doc/evidence.md: the packs of a bundle; and their files and signatures, by doc/packs.md."""
import hashlib
import re

import minisig
import plain_tar
from objects import object_of
from refusal import Refused, require

FOLDER = "data/packs/"
MOST_PACKS = 64
FIRST_NAMING, MOST_INTERFACE = 4, 10**6
# doc/packs.md, section 2
MOST, MOST_FILE, MOST_FILES, MOST_NAME, MOST_FOLDERS = 4 << 20, 256 << 10, 500, 59, 4
# and section 1
MOST_MANIFEST = 64 << 10
MEMBERS = {"pack", "name", "version", "api", "summary", "license", "maintainers", "capabilities"}
MEMBERS |= {"limits", "probes", "letters", "requires"}
NAME = re.compile("[a-z0-9][a-z0-9-]{0,31}/[a-z0-9][a-z0-9-]{0,31}")
TAKEN = ("ajar/", "builtin/", "local/", "relay/", "proxy/")
NUMBER = "(?:0|[1-9][0-9]{0,5})"
IDENTIFIER = "(?:0|[1-9][0-9]{0,5}|[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*)"
VERSION = re.compile(rf"{NUMBER}\.{NUMBER}\.{NUMBER}(?:-(?=.{{1,23}}$){IDENTIFIER}(?:\.{IDENTIFIER})*)?")
CAPABILITIES = {"smtp", "http", "socks", "tcp", "udp", "dns"}
LIMITS = {"seconds": (1, 3600), "connections": (1, 200), "memory": (16, 256)}
MOST_LINE = 203
UNSEEN = re.compile(
    "[\0-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


# The manifest of a pack


def is_line(value, most=MOST_LINE):
    """Printable, not empty, and of so many bytes at most."""
    if not isinstance(value, str) or not 0 < len(value.encode()) <= most:
        return False
    return not UNSEEN.search(value) and not any(ord(c) & 0xFFFE == 0xFFFE for c in value)


def list_of(manifest, member, most):
    found = manifest.get(member, [])
    require(isinstance(found, list) and len(found) <= most, f"{member}: no list of at most {most}")
    require(len({str(each) for each in found}) == len(found) or member == "maintainers", f"{member}: one twice")
    return found


def check_paths(manifest, member, files):
    for path in list_of(manifest, member, 64):
        require(isinstance(path, str) and len(path) <= MOST_NAME, f"{member}: no name of a file")
        require(re.fullmatch(member + r"/[A-Za-z0-9_][A-Za-z0-9._-]*\.lua", path), f"{member}: {path!r}")
        require(path in files, f"it names {path}, and there is no such file")


def check_limits(manifest):
    limits = manifest.get("limits", {})
    require(isinstance(limits, dict) and set(limits) <= set(LIMITS), "limits: none of these")
    for name, limit in limits.items():
        require(type(limit) is int and LIMITS[name][0] <= limit <= LIMITS[name][1], f"limits: {name}")


def check_requires(manifest):
    wanted = manifest.get("requires", {})
    require(isinstance(wanted, dict) and len(wanted) <= 16, "requires: no object of at most 16")
    for name, bounds in wanted.items():
        require(NAME.fullmatch(name) and name != manifest["name"], f"requires: {name!r}")
        require(is_line(bounds, 255), f"requires: no range of {name}")
        bounds = bounds.split(" ")
        require(len(bounds) <= 4, "requires: more than four bounds")
        for bound in bounds:
            require(VERSION.fullmatch(re.sub("^(<=|>=|<|>|=)", "", bound)), f"requires: {bound!r}")


def check_manifest(content, files):
    """Its name and version."""
    require(len(content) <= MOST_MANIFEST, "pack.json is too long")
    manifest = object_of(content, "pack.json")
    require(set(manifest) <= MEMBERS, "pack.json: a member that there is not")
    for member in ("pack", "api"):
        require(type(manifest.get(member)) is int and manifest[member] == 1, f"pack.json: {member} is not 1")
    for member, form in (("name", NAME), ("version", VERSION)):
        require(isinstance(manifest.get(member), str) and form.fullmatch(manifest[member]), f"pack.json: no {member}")
    require(not manifest["name"].startswith(TAKEN), "pack.json: a name that is taken")
    require(is_line(manifest.get("summary")), "pack.json: no summary")
    require(is_line(manifest.get("license"), 99) and re.fullmatch("[A-Za-z0-9.+() -]+", manifest["license"]), "no license")
    maintainers = list_of(manifest, "maintainers", 8)
    require(maintainers and all(map(is_line, maintainers)), "pack.json: maintainers")
    for capability in list_of(manifest, "capabilities", len(CAPABILITIES)):
        require(isinstance(capability, str) and capability in CAPABILITIES, "pack.json: no such capability")
    check_limits(manifest)
    for member in ("probes", "letters"):
        check_paths(manifest, member, files)
    require(manifest.get("probes") or manifest.get("letters"), "pack.json: neither a probe nor a letter")
    check_requires(manifest)
    return manifest["name"], manifest["version"]


# The file of a pack


def check_size(name, size, names):
    names.append(name)
    require(size <= MOST_FILE, f"{name} is too large for a pack")
    require(len(names) <= MOST_FILES, "too many files for a pack")
    require(len(name) <= MOST_NAME and name.count("/") <= MOST_FOLDERS, f"{name}: too long or too deep for a pack")


def check_case(files):
    """No two names differ in case alone; nor is one a file's and, in letters of another case, a folder's."""
    names = [name.lower() for name in files]
    folders = {name[:i] for name in names for i, c in enumerate(name) if c == "/"}
    require(len(set(names)) == len(names) and not folders & set(names), "two names that differ in case alone")


def check_file(content):
    """Name and version of the pack that is this file."""
    require(len(content) <= MOST, "too long for a pack")
    top, files = plain_tar.files_of(content, check_size)
    check_case(files)
    require("pack.json" in files, "there is no pack.json in it")
    name, version = check_manifest(files["pack.json"], files)
    require(top == f"{name.split('/')[1]}-{version}", f"its directory is {top}")
    return name, version


def check_signature(content, signed, name, version, line):
    """By the key that run.json names, for this pack."""
    key, signature = minisig.PublicKey(line), minisig.signature(content)
    require(key.number, "no public key")
    signature.check(signed, key)
    digest = hashlib.sha256(signed).hexdigest()
    bound = re.fullmatch(r"ajar-pack/1\tname:([^\t]*)\tversion:([^\t]*)\tsha256:([^\t]*)\tutc:([^\t]*)", signature.comment)
    require(bound and bound.groups()[:3] == (name, version, digest), "a signature that was made for something else")
    minisig.time_of(bound.group(4))


# The packs of a bundle


def folder_of(name):
    """The pack of a file in the bundle: `builtin`, `acme/envelopes`; None where it is of none."""
    first, *rest = name.removeprefix(FOLDER).split("/")
    if not name.startswith(FOLDER) or not rest:
        return None
    return first if first in ("builtin", "local") or len(rest) == 1 else f"{first}/{rest[0]}"


def check_archive(folder, said, files):
    """The folder of an ORG/PACK: its file, and the signature beside it where run.json names who signed it."""
    label, signer = said["pack"], said.get("signer")
    name, version = label.split("@", 1) if "@" in label else (label, "")
    archive = f"{FOLDER}{folder}/{folder.split('/')[1]}-{version}.tar"
    expected = {archive} | ({archive + ".minisig"} if signer is not None else set())
    require(set(files) == expected, f"of the pack {label} there are other files than its own")
    try:
        require(check_file(files[archive]) == (name, version), "it is another pack")
        if signer is not None:
            check_signature(files[archive + ".minisig"], files[archive], name, version, signer)
    except Refused as why:
        raise Refused(f"{archive}: {why}") from why


def check_digest(said, lines):
    require(lines, f"of {said['pack']} there is no file")
    require(type(said.get("files")) is int and said["files"] == len(lines), f"of {said['pack']} there are other files")
    require(said.get("sha256") == hashlib.sha256("".join(lines).encode()).hexdigest(), f"{said['pack']} is another")


def check_one(said, files):
    """An entry of `packs`; gives the folder that it is about."""
    require(isinstance(said, dict) and isinstance(said.get("pack"), str), "data/run.json: a pack without a name")
    folder = said["pack"].split("@")[0]
    own = {name: files[name] for name in sorted(files) if folder_of(name) == folder}
    check_digest(said, [f"{hashlib.sha256(text).hexdigest()}  {name}\n" for name, text in own.items()])
    signer = said.get("signer")
    require(signer is None or isinstance(signer, str), "data/run.json: a signer that is no key")
    if "/" in folder:
        check_archive(folder, said, own)
    else:
        require(signer is None, "data/run.json: somebody has signed what is no pack")
    return folder


def check(files):
    """What run.json says of the packs is what is in the bundle."""
    content = files.get("data/run.json")
    cases = [name for name in files if re.fullmatch("data/cases/[^/]+/case.json", name)]
    if not content or not cases:
        return
    run = object_of(content, "data/run.json")
    interface = run.get("interface", 1)
    require(type(interface) is int and 1 <= interface <= MOST_INTERFACE, "data/run.json: interface is no number")
    if "packs" not in run:
        require(interface < FIRST_NAMING, "data/run.json names no packs, as it should")
        return
    said = run["packs"]
    require(isinstance(said, list) and len(said) <= MOST_PACKS, "data/run.json: packs is no list")
    named = [check_one(pack, files) for pack in said]
    for folder in {folder_of(name) for name in files} - {None}:
        require(named.count(folder) == 1, f"data/run.json does not name the pack {folder} once")
