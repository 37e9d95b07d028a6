"""Bundles with packs in them: good ones, and those of a hostile signer whose run.json says of a pack what is not so."""
import functools
import hashlib
import io
import json
import os
import re
import tarfile

import damage
import hostile

BY_K = "k.pub"
GOOD = ""  # in the place of ajar's words
NOBODY = ["127.0.0.1:1", "127.0.0.1:2"]
FOLDER = "data/packs/"
PLAIN, OTHER = (f"{FOLDER}acme/{name}/{name}-1.0.0.tar" for name in ("plain", "other"))
SIGNED = PLAIN + ".minisig"
PROBE = """local probe = ajar.probe { id = "relay/acme-%s", kind = "relay", ports = { 25 }, summary = "One more" }
function probe.run(target)
    local smtp = ajar.smtp.connect(target)
    return ajar.closed(smtp:ehlo())
end
return probe
"""
MANIFEST = {
    "pack": 1,
    "name": "acme/plain",
    "version": "1.0.0",
    "api": 1,
    "summary": "One more envelope",
    "license": "Apache-2.0",
    "maintainers": ["A <a@example.org>"],
    "capabilities": ["smtp"],
    "probes": ["probes/plain.lua"],
}


# Packs and good bundles


def write_folder(maker, name, version):
    folder = maker.path(f"{name}-{version}")
    os.makedirs(folder + "/probes")
    manifest = {**MANIFEST, "name": f"acme/{name}", "version": version, "probes": [f"probes/{name}.lua"]}
    with open(folder + "/pack.json", "w", encoding="ascii") as file:
        json.dump(manifest, file)
    with open(f"{folder}/probes/{name}.lua", "w", encoding="ascii") as file:
        file.write(PROBE % name)
    maker.call(maker.ajar, "pack", "build", folder)


def good(maker):
    """Run by its file, signed by a trusted key and by none; two at once; what can be made of such a bundle."""
    by_k = ["-P", maker.path(BY_K)]
    maker.key("pk")
    trust = ["trust", "add", "--yes", "--packs", "acme/plain", "--capabilities", "smtp"]
    maker.call(maker.ajar, "pack", *trust, maker.path("pk.pub"))
    for name, version in (("plain", "1.0.0"), ("plain", "1.1.0"), ("other", "1.0.0")):
        write_folder(maker, name, version)
    maker.call("cp", "plain-1.0.0.tar", "unsigned.tar")
    for name in ("plain-1.0.0.tar", "plain-1.1.0.tar"):
        maker.call(maker.ajar, "pack", "sign", "-k", "pk.key", name)
    for out, packs, what in (
        ("p1.tar", ["plain-1.0.0.tar"], "with a signed pack"),
        ("p2.tar", ["unsigned.tar"], "with a pack that nobody signed"),
        ("p3.tar", ["plain-1.0.0.tar", "other-1.0.0.tar"], "with two packs"),
    ):
        chosen = [word for pack in packs for word in ("-p", pack)]
        maker.call(maker.ajar, "probe", "--json", "-k", "k.key", "-e", out, *chosen, *NOBODY)
        maker.add(what, by_k, out)
    case = hostile.Bundle(maker, maker.path("p1.tar")).cases[0]
    maker.call(maker.ajar, "extract", "p1.tar", case, "-o", "pe.tar")
    maker.add("an extract with a pack", by_k, "pe.tar")
    maker.call(maker.ajar, "redact", "pe.tar", "--hide", "127.0.0.1", "-o", "ph.tar")
    maker.add("redacted, with a pack", by_k, "ph.tar")
    maker.add("a chain with packs", by_k, "p1.tar", "p2.tar", "p3.tar")


# What the hostile signer does


def digest(content):
    return hashlib.sha256(content).hexdigest()


def told(files, change=hostile.same):
    """run.json with the digests and counts of the packs as they are, and then as CHANGE wants its list."""
    run = json.loads(files["data/run.json"])
    for pack in run["packs"]:
        below = f"{FOLDER}{pack['pack'].split('@')[0]}/"
        own = {name: files[name] for name in sorted(files) if name.startswith(below)}
        pack.update(files=len(own), sha256=digest(hostile.manifest(own)))
    change(run["packs"])
    return {**files, "data/run.json": json.dumps(run).encode() + b"\n"}


def lie(*edits, said=hostile.same):
    """The payload with other files, of which run.json tells truly but for what `said` does to its list."""

    def payload(files):
        for edit in edits:
            files = edit(files)
        return told(files, said)

    return payload


def entry(number=-1, **members):
    """Members of an entry of the list; the last one is the pack's."""
    return lambda packs: packs[number].update(members)


def read(maker, name):
    with open(maker.path(name), "rb") as file:
        return file.read()


def line_of(maker, key):
    return read(maker, key + ".pub").decode().split("\n")[1]


def comment(archive, name="acme/plain", version="1.0.0", kind="ajar-pack/1", utc="2026-11-27T20:27:51.074035Z"):
    return f"{kind}\tname:{name}\tversion:{version}\tsha256:{digest(archive)}\tutc:{utc}"


def signatures(bundle):
    """What stands beside the pack's file, and what run.json says of that: (what, payload, ajar's words)."""
    maker, archive = bundle.maker, bundle.files[PLAIN]
    changed = archive.replace(b"One more envelope", b"One more envelopE")
    nobody, sign = entry(signer=None), functools.partial(bundle.sign, archive)
    beside = functools.partial(hostile.with_file, SIGNED)
    none = hostile.without(SIGNED)
    yield "its file changed", lie(hostile.with_file(PLAIN, changed)), "the signature does not hold"
    yield "signed by another key", lie(beside(sign(comment(archive), "second"))), "not by"
    yield "signed by another key, which is named", lie(
        beside(sign(comment(archive), "second")), said=entry(signer=line_of(maker, "second"))
    ), GOOD
    yield "run.json names another signer", lie(said=entry(signer=line_of(maker, "second"))), "not by"
    yield "the signature of another version", lie(beside(read(maker, "plain-1.1.0.tar.minisig"))), "does not hold"
    for what, members in (
        ("another version", dict(version="1.1.0")),
        ("another pack", dict(name="acme/other")),
        ("a bundle", dict(kind="ajar-evidence/2")),
        ("no day", dict(utc="2026-02-30T20:27:51.074035Z")),
    ):
        words = "does not say when" if "utc" in members else "was not made for acme/plain"
        yield f"signed as {what}", lie(beside(sign(comment(archive, **members), "pk"))), words
    yield "signed with a remark behind", lie(beside(sign(comment(archive) + "\tx", "pk"))), "does not say when"
    yield "signed as nothing", lie(beside(sign("a file", "pk"))), "was not made for acme/plain"
    yield "its signature taken away", lie(none), "whose signature is not there"
    yield "its signature taken away, and not named", lie(none, said=nobody), GOOD
    yield "a signature that is not named", lie(said=nobody), "says that nobody signed the pack"
    yield "a signature that is none", lie(beside(b"x\n")), SIGNED
    yield "a signature too long", lie(beside(bundle.files[SIGNED] + bytes(20000))), "too long for a signature"
    yield "another untrusted comment", lie(
        beside(re.sub(rb"^.*\n", b"untrusted comment: hello\n", bundle.files[SIGNED]))
    ), "the untrusted comment was changed"
    for what, signer in (
        ("empty", ""),
        ("a number", 7),
        ("no key", "x"),
        ("a blank behind the key", line_of(maker, "pk") + " "),
        ("a key's file", read(maker, "pk.pub").decode()),
        ("true", True),
    ):
        yield f"who signed is {what}", lie(said=entry(signer=signer)), "is no public key"
        yield f"who signed is {what}, and nothing is beside it", lie(none, said=entry(signer=signer)), "whose signature is not"
    yield "who signed is not said", lie(none, said=lambda packs: packs[-1].pop("signer")), GOOD
    yield "what is built in is signed", lie(said=entry(0, signer=line_of(maker, "pk"))), "what is no pack was signed"


def first(*names):
    """These files stand before all others."""
    return lambda files: {**{name: files[name] for name in names}, **files}


def files(bundle):
    """Which files stand there: (what, payload, ajar's words)."""
    maker, archive = bundle.maker, bundle.files[PLAIN]
    other, later = read(maker, "other-1.0.0.tar"), read(maker, "plain-1.1.0.tar")
    unsigned = (hostile.without(SIGNED),)
    nobody = entry(signer=None)
    yield "as it was", lie(), GOOD
    yield "the signature before the pack", lie(first(SIGNED, PLAIN)), GOOD
    yield "another pack's file in its place", lie(*unsigned, hostile.with_file(PLAIN, other), said=nobody), "it is the pack acme/other"
    yield "another version in its place", lie(*unsigned, hostile.with_file(PLAIN, later), said=nobody), "it is the pack acme/plain plain-1.1.0"
    yield "under another version's name", lie(
        *unsigned, hostile.without(PLAIN), hostile.with_file(PLAIN.replace("1.0.0", "1.1.0"), archive), said=nobody
    ), "it is the pack acme/plain plain-1.0.0"
    yield "under another pack's name", lie(
        *unsigned, hostile.without(PLAIN), hostile.with_file(OTHER, archive), said=entry(
            pack="acme/other@1.0.0", signer=None, files=1, sha256=digest(hostile.manifest({OTHER: archive}))
        )
    ), "it is the pack acme/plain plain-1.0.0"
    yield "run.json names another version", lie(said=entry(pack="acme/plain@1.1.0")), "does not name this version"
    yield "run.json names no version", lie(said=entry(pack="acme/plain")), "does not name this version"
    yield "run.json names no pack", lie(said=lambda packs: packs.pop()), "does not name its pack once"
    yield "run.json names it twice", lie(said=lambda packs: packs.append(packs[-1])), "does not name its pack once"
    yield "run.json names another digest", lie(said=entry(sha256="0" * 64)), "the SHA-256 that it gives of the pack acme/plain"
    yield "run.json counts one more", lie(said=entry(files=3)), "it counts other files"
    yield "no file of the pack", lie(*unsigned, hostile.without(PLAIN), said=nobody), "there is no file"
    yield "its signature alone", lie(hostile.without(PLAIN)), "stands beside no pack of its name"
    for name in ("README", "plain-1.0.0.tar.x", "plain-1.0.0/probes/plain.lua", "x.lua"):
        yield f"a file {name} more", lie(hostile.with_file(f"{FOLDER}acme/plain/{name}", b"x\n")), "it is no pack's file"
    for name in ("x.minisig", "plain-1.1.0.tar.minisig"):
        yield f"a signature {name} more", lie(
            hostile.with_file(f"{FOLDER}acme/plain/{name}", bundle.files[SIGNED])
        ), "stands beside no pack of its name"
    yield "two versions", lie(hostile.with_file(PLAIN.replace("1.0.0", "1.1.0"), later)), "does not name this version"
    yield "a pack's folder of one part", lie(
        hostile.with_file(FOLDER + "acme/x.lua", b"return 1\n"),
        said=lambda packs: packs.append(
            {"pack": "acme@1", "files": 1, "sha256": digest(f"{digest(b'return 1' + bytes([10]))}  {FOLDER}acme/x.lua\n".encode()), "signer": None}
        ),
    ), None
    yield "a folder below local", lie(
        hostile.with_file(FOLDER + "local/a/b.lua", b"x\n"),
        said=lambda packs: packs.append(
            {"pack": "local", "files": 1, "sha256": digest(f"{digest(b'x' + bytes([10]))}  {FOLDER}local/a/b.lua\n".encode())}
        ),
    ), None


# The file of a pack


def archive(top="plain-1.0.0", form=tarfile.USTAR_FORMAT, order=None, **more):
    """A pack's file that another program makes: `more` is what stands in it besides, None for a folder."""
    out = io.BytesIO()
    found = {"pack.json": json.dumps(MANIFEST).encode(), "probes/plain.lua": (PROBE % "plain").encode(), **more}
    with tarfile.open(fileobj=out, mode="w", format=form) as tar:
        for name in order or found:
            info = tarfile.TarInfo(f"{top}/{name}".rstrip("/"))
            if found[name] is None:
                info.type = tarfile.DIRTYPE
            info.size = len(found[name] or b"")
            tar.addfile(info, io.BytesIO(found[name] or b""))
    return out.getvalue()


def manifest(**members):
    """With other members; those that are ... are left out."""
    return json.dumps({name: value for name, value in {**MANIFEST, **members}.items() if value is not ...}).encode()


MEMBERS = (
    dict(zzz=1), dict(pack=2), dict(pack=1.0), dict(pack=True), dict(pack="1"), dict(pack=...), dict(api=2), dict(api=...),
    dict(name="acme/other"), dict(name="acme"), dict(name="Acme/plain"), dict(name="ajar/plain"), dict(name="-a/plain"),
    dict(name="a" * 33 + "/plain"), dict(name="a" * 32 + "/plain"), dict(name=7), dict(name="acme/plain/x"),
    dict(version="1.0"), dict(version="01.0.0"), dict(version="1.0.0+x"), dict(version="1.0.0-"), dict(version="1.0.0-rc.01"),
    dict(version="1000000.0.0"), dict(version="1.0.0-" + "a" * 24), dict(version="1.0.0-rc.1"),
    dict(summary=""), dict(summary="x" * 203), dict(summary="x" * 204), dict(summary="\u00e9" * 102), dict(summary="a\nb"),
    dict(summary="a\u202eb"), dict(summary="a\u200bb"), dict(summary="a\u0085b"), dict(summary="\u0416"), dict(summary=...),
    dict(license="MIT OR Apache-2.0"), dict(license="MIT/X"), dict(license="x" * 99), dict(license="x" * 100), dict(license=""),
    dict(maintainers=[]), dict(maintainers="A"), dict(maintainers=["A", "A"]), dict(maintainers=["A"] * 9),
    dict(maintainers=["A"] * 8), dict(maintainers=[7]), dict(maintainers=[""]), dict(maintainers=...),
    dict(capabilities=["smtp", "smtp"]), dict(capabilities=["icmp"]), dict(capabilities=...), dict(capabilities={}),
    dict(capabilities=["smtp", "http", "socks", "tcp", "udp", "dns"]), dict(capabilities=None), dict(capabilities=[7]),
    dict(limits={"seconds": 1, "connections": 200, "memory": 16}), dict(limits={}), dict(limits={"seconds": 3601}), dict(limits=[]),
    dict(limits={"seconds": 0}), dict(limits={"memory": 15}), dict(limits={"memory": 256.0}), dict(limits={"files": 1}),
    dict(limits={"connections": True}), dict(limits=None), dict(limits={"connections": 201}), dict(limits={"memory": 257}),
    dict(probes=["probes/none.lua"]), dict(probes=["plain.lua"]), dict(probes=["probes/plain.lua", "probes/plain.lua"]),
    dict(probes=["probes/../probes/plain.lua"]), dict(probes=[]), dict(probes=...), dict(probes="probes/plain.lua"),
    dict(letters=["probes/plain.lua"]), dict(letters=[]), dict(letters=["letters/x.lua"]), dict(probes=["probes/.lua"]),
    dict(requires={"acme/base": ">=1.0.0 <2.0.0"}), dict(requires={"acme/plain": "1.0.0"}), dict(requires={"x": "1.0.0"}),
    dict(requires={"acme/base": "1.0"}), dict(requires={"acme/base": ""}), dict(requires={"acme/base": "=1.0.0 =1.0.0 =1.0.0 =1.0.0"}),
    dict(requires={"acme/base": "1.0.0 1.0.0 1.0.0 1.0.0 1.0.0"}), dict(requires={"acme/base": "> 1.0.0"}), dict(requires=[]),
    dict(requires={f"acme/base{i}": "1.0.0" for i in range(17)}), dict(requires={}), dict(requires={"acme/base": 1}),
)  # fmt: skip


def archives():
    """A pack's file in other forms: (what, its bytes, whether it is one, or None)."""
    plain = archive()
    entries = {"probes": None, "": None}
    yield "made by another program", plain, True
    yield "with its folders", archive(order=["", "probes", "pack.json", "probes/plain.lua"], **entries), True
    yield "in another order", archive(order=["probes/plain.lua", "pack.json"]), True
    yield "of GNU's form", archive(form=tarfile.GNU_FORMAT), True
    yield "a folder twice", archive(order=["probes", "probes", "pack.json", "probes/plain.lua"], **entries), False
    yield "its directory twice", archive(order=["", "", "pack.json", "probes/plain.lua"], **entries), False
    yield "an empty folder", archive(empty=None), False
    yield "a file that is a folder too", archive(order=["pack.json", "probes/plain.lua", "x", "x"], x=None), False
    yield "a folder of a file's name", archive(**{"PROBES": None}), False
    yield "another directory", archive(top="plain"), False
    yield "something behind the end", plain + bytes(512), False
    yield "nothing", b"", False
    yield "cut off", plain[:700], False
    yield "compressed", damage.compressed("/dev/null"), False
    yield "a file beside the directory", damage.pack(
        [damage.Entry.new("pack.json", manifest()), *entries_of(plain)]
    ), False
    yield "a second directory", damage.pack([*entries_of(plain), damage.Entry.new("x/y", b"")]), False
    yield "a link", damage.pack([*entries_of(plain), damage.Entry.new("plain-1.0.0/x", type=b"2", linkname="y")]), False
    yield "a name of two cases", archive(**{"readme": b"", "README": b""}), False
    yield "a folder of two cases", archive(**{"doc/x": b"", "DOC/y": b""}), None
    yield "a file and a folder of two cases", archive(**{"doc/x": b"", "DOC": b""}), False
    yield "a file and a folder", archive(**{"doc/x": b"", "doc": b""}), False
    yield "a name twice", archive(order=["pack.json", "probes/plain.lua", "pack.json"]), False
    for what, name in (("59", "x" * 59), ("60", "x" * 60), ("four folders", "a/b/c/d/e"), ("five folders", "a/b/c/d/e/f")):
        yield f"a name of {what}", archive(**{name: b""}), None
    for name in ("../x", "a b", "-x", "./x", "a//b", "\u00e9"):
        yield f"a name {name!r}", archive(**{name: b""}), False
    for size in (256 << 10, (256 << 10) + 1):
        yield f"a file of {size}", archive(x=bytes(size)), size == 256 << 10
    for count in (498, 499):
        yield f"{count} files more", archive(**{f"x{i}": b"" for i in range(count)}), count == 498
    yield "more than 4 MiB", archive(**{f"x{i}": bytes(250 << 10) for i in range(17)}), False
    yield "no pack.json", archive(order=["probes/plain.lua"]), False
    yield "no probe", archive(order=["pack.json"]), False
    yield "a pack.json of 65 KiB", archive(**{"pack.json": manifest() + b" " * (65 << 10)}), False
    yield "a pack.json that is none", archive(**{"pack.json": b"[]"}), False
    yield "a member twice", archive(**{"pack.json": manifest().replace(b"{", b'{"api": 1, ', 1)}), False
    for members in MEMBERS:
        yield f"pack.json: {members}"[:80], archive(**{"pack.json": manifest(**members)}), None
    for version in ("1.0.0-rc.1", "1.0.0-01a", "999999.0.0"):
        yield f"version {version}", archive(top=f"plain-{version}", **{"pack.json": manifest(version=version)}), None


def entries_of(content):
    found, at = [], 0
    while content[at : at + 512].strip(b"\0"):
        size = int(content[at + 124 : at + 135], 8)
        found.append(damage.Entry(content[at : at + 512], content[at + 512 : at + 512 + size]))
        at += 512 + -(-size // 512) * 512
    return found


def of_archives(bundle):
    """The same in a bundle. Its name is that which its pack.json gives it, where that is to be read."""
    nobody = entry(signer=None)
    for what, content, may_be in archives():
        version = what.removeprefix("version ") if what.startswith("version ") else "1.0.0"
        put = (hostile.without(PLAIN, SIGNED), hostile.with_file(PLAIN.replace("1.0.0", version), content))
        said = entry(signer=None, pack=f"acme/plain@{version}") if version != "1.0.0" else nobody
        yield f"the pack's file: {what}", lie(*put, of_pack(f"acme/plain@{version}"), said=said), None, may_be


def of_pack(label):
    """The cases say that they are of this pack."""

    def change(files):
        found = dict(files)
        for name in [name for name in files if name.endswith("/tape.jsonl")]:
            case = name[: -len("tape.jsonl")] + "case.json"
            tape = re.sub(rb'"pack":"[^"]*"', f'"pack":"{label}"'.encode(), files[name], count=1)
            text = re.sub(rb'"pack":"[^"]*"', f'"pack":"{label}"'.encode(), files[case], count=1)
            found[name], found[case] = tape, re.sub(rb'"tape_sha256":"\w+"', f'"tape_sha256":"{digest(tape)}"'.encode(), text)
        return found

    return change


def of_cases():
    """What the cases say of their pack."""
    not_there = "a pack that data/run.json names"
    for label in ("acme/none@1.0.0", "acme/plain@1.1.0", "acme/plain", "local", "builtin@0.0.9", ""):
        yield f"the cases are of the pack {label!r}", lie(of_pack(label)), not_there
    yield "the cases are of the pack they are of", lie(of_pack("acme/plain@1.0.0")), GOOD


def all_of(maker):
    """(what, options, paths, a function that makes the content, whether it must be accepted or None, words that `ajar verify`
    must say of it or None, whether `ajar replay` must come to the same) for each."""
    by_k, path = ["-P", maker.path(BY_K)], [maker.path("p1.tar")]
    bundle = hostile.Bundle(maker, *path)
    for what, payload, words in (*signatures(bundle), *files(bundle), *of_cases()):
        may_be = {None: None, GOOD: True}.get(words, False)
        made = functools.partial(bundle.sealed, payload=payload)
        yield f"packs: {what}", by_k, path, made, may_be, words, True
    for what, payload, words, may_be in of_archives(bundle):
        yield f"packs: {what}", by_k, path, functools.partial(bundle.sealed, payload=payload), may_be, words, True
