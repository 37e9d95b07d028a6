"""Bundles that were changed after they were sealed, by somebody without the key: the tar file and the files in it."""
import base64
import io
import os
import random
import tarfile

BLOCK = 512
END = bytes(2 * BLOCK)


class Entry:
    """A header and a content, as they stand in the tar file."""

    def __init__(self, header, content):
        self.header, self.content = header, content

    @classmethod
    def new(cls, name, content=b"", **fields):
        info = tarfile.TarInfo(name)
        info.size = len(content)
        for key, value in fields.items():
            setattr(info, key, value)
        return cls(info.tobuf(tarfile.USTAR_FORMAT), content)

    @property
    def name(self):
        return tarfile.TarInfo.frombuf(self.header, "utf-8", "surrogateescape").name

    def named(self, name):
        return Entry.new(name, self.content)

    def with_content(self, content):
        return Entry.new(self.name, content)

    def with_field(self, at, value, checksum=None):
        """Another value in the header, whose checksum is mended."""
        header = bytearray(self.header)
        header[at : at + len(value)] = value
        if not 148 <= at < 156:
            total = sum(header) - sum(header[148:156]) + 8 * 32
            header[148:156] = (checksum or "%06o\0 ").replace("%06o", f"{total:06o}").encode("latin-1")
        return Entry(bytes(header), self.content)

    def tobytes(self):
        return self.header + self.content + bytes(-len(self.content) % BLOCK)


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    entries, at = [], 0
    while data[at : at + BLOCK].strip(b"\0"):
        size = int(data[at + 124 : at + 135], 8)
        entries.append(Entry(data[at : at + BLOCK], data[at + BLOCK : at + BLOCK + size]))
        at += BLOCK + -(-size // BLOCK) * BLOCK
    return entries


def pack(entries, end=END):
    return b"".join(entry.tobytes() for entry in entries) + end


def flipped(path, count):
    """COUNT bits, half of them anywhere, half in the last files and headers, where the proof of the rest stands."""
    with open(path, "rb") as file:
        data = file.read()
    closing = data.rindex(b"/bagit.txt\0") if b"/bagit.txt\0" in data else len(data) // 2
    for n in range(count):
        at = random.randrange(closing if n % 2 else 0, len(data))
        bit = 1 << random.randrange(8)
        yield f"bit {bit:02x} of byte {at} flipped", data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :], None


def cut(path):
    with open(path, "rb") as file:
        data = file.read()
    for size in [
        0,
        1,
        511,
        512,
        len(data) - 1,
        len(data) - 512,
        len(data) - 513,
        len(data) - 1024,
        random.randrange(len(data)),
        random.randrange(len(data)) // BLOCK * BLOCK,
    ]:
        yield f"cut off at {size}", data[:size], False


def ends(entries):
    body = pack(entries, b"")
    to_20 = -(len(body) + 2 * BLOCK) % (20 * BLOCK)
    yield "padded to 20 blocks", pack(entries, END + bytes(to_20)), True
    for what, end in {
        "no end": b"",
        "one block of zeros at the end": bytes(BLOCK),
        "three blocks at the end": END + bytes(BLOCK),
        "a byte behind the end": END + b"\0",
        "20 blocks more than padding": END + bytes(to_20 + 20 * BLOCK),
        "a block less than padding": END + bytes(max(0, to_20 - BLOCK)),
        "not zeros behind the end": END + b"x" * BLOCK,
        "a second archive behind the end": END + pack(entries[:1]),
        "the end in the middle": END + pack(entries[-1:]),
        "the last byte not zero": END[:-1] + b"\1",
    }.items():
        yield what, pack(entries, end), None
    yield "a block of zeros between two files", pack(entries[:3], bytes(BLOCK)) + pack(entries[3:]), False
    i = next(i for i, e in enumerate(entries) if len(e.content) % BLOCK)
    yield "padding that is not zero", pack(entries[:i], b"") + entries[i].tobytes()[:-1] + b"x" + pack(
        entries[i + 1 :]
    ), False


def files_moved(entries):
    """Entries added, taken away, renamed, doubled, in another order."""
    top = entries[0].name.split("/")[0]
    for i, entry in enumerate(entries):
        short = entry.name.split("/", 1)[1]
        if i % 4 == 0 or not short.startswith("data/packs/"):
            rest = entries[:i] + entries[i + 1 :]
            yield f"without {short}", pack(rest), None
            yield f"{short} twice", pack(entries + [entry]), False
            yield f"{short} empty", pack(entries[:i] + [entry.with_content(b"")] + entries[i + 1 :]), None
            yield f"{short} longer", pack(
                entries[:i] + [entry.with_content(entry.content + b"\n")] + entries[i + 1 :]
            ), None
            yield f"{short} shorter", pack(
                entries[:i] + [entry.with_content(entry.content[:-1])] + entries[i + 1 :]
            ), None
            yield f"{short} with CR", pack(
                entries[:i] + [entry.with_content(entry.content.replace(b"\n", b"\r\n"))] + entries[i + 1 :]
            ), None
            yield f"{short} renamed", pack(entries[:i] + [entry.named(entry.name + "x")] + entries[i + 1 :]), False
            yield f"{short} in another top directory", pack(rest + [entry.named("other/" + short)]), False
    extract = any(entry.name.endswith("/proof.txt") for entry in entries)
    for n in range(3):
        order = random.sample(entries, len(entries))
        yield f"another order, {n}", pack(order), False if order != entries else True
    yield "turned round", pack(entries[::-1]), False
    for i in range(len(entries) - 1):
        both_data = "/data/" in entries[i].name and "/data/" in entries[i + 1].name
        changed = entries[:i] + [entries[i + 1], entries[i]] + entries[i + 2 :]
        yield f"{entries[i + 1].name} before {entries[i].name}", pack(changed), None if extract and both_data else False
    yield "another name for the top directory", pack([e.named("x" + e.name) for e in entries]), None
    for name in (
        "data/x",
        "data/cases/x",
        "data/cases/c-0/case.json",
        "x",
        "keys/other.pub",
        "fetch.txt",
        "data",
        "proof.txt",
        "manifest-sha512.txt",
        "tagmanifest-sha512.txt",
        "tagmanifest-sha256.txt.minisig.x",
        "data/packs/x",
        "tagmanifest-sha256.txt.minisig.1.tsr",
        "tagmanifest-sha256.txt.minisig.02.tsr",
        "tagmanifest-sha256.txt.0123456789ABCDEF.minisig",
        "tagmanifest-sha256.txt.x.minisig",
        "DATA/x",
        "tagmanifest-sha256.txt.minisig.2.tsr",
        "data/cases/c-1/receipts/r-0.eml",
        "bagit.txt/x",
    ):
        yield f"{name} added", pack(entries + [Entry.new(f"{top}/{name}", b"x\n")]), False
        yield f"{name} added, empty", pack([Entry.new(f"{top}/{name}")] + entries), False
    a, b = sorted(random.sample(range(len(entries)), 2))
    swapped = list(entries)
    swapped[a], swapped[b] = entries[a].with_content(entries[b].content), entries[b].with_content(entries[a].content)
    yield f"contents of {entries[a].name} and {entries[b].name} swapped", pack(swapped), False


def directories(entries):
    top = entries[0].name.split("/")[0]
    folder = dict(type=tarfile.DIRTYPE, mode=0o755)
    for name in ("", "data", "data/cases", "keys"):
        known = Entry.new(f"{top}/{name}".rstrip("/"), **folder)
        yield f"the directory {name or 'on top'}", pack([known] + entries), True
        yield f"the directory {name or 'on top'} at the end", pack(entries + [known]), True
        yield f"the directory {name or 'on top'} twice", pack([known, known] + entries), False
    yield "a directory that is empty", pack(entries + [Entry.new(f"{top}/data/empty", **folder)]), False
    yield "a directory of a file's name", pack(entries + [Entry.new(entries[0].name, **folder)]), False
    yield "another top directory", pack(entries + [Entry.new("other", **folder)]), False
    yield "a directory with a size", pack([Entry.new(top, **folder).with_field(124, b"00000001000\0"), *entries]), False
    yield "a file in a file", pack(entries + [Entry.new(entries[0].name + "/x", b"x")]), False


def names(entries):
    first, rest = entries[0], entries[1:]
    top, short = first.name.split("/", 1)
    for name in (
        f"/{first.name}",
        f"./{first.name}",
        f"{top}/../{first.name}",
        f"{top}//{short}",
        f"{top}/./{short}",
        f"../{first.name}",
        first.name + "/",
        f"{top}/-{short}",
        f"-{top}/{short}",
        first.name.replace("/", "\\"),
        f"{top}/{short} ",
        f"{top}/d\u0430ta/{short}",
        f"{top}/data\n/{short}",
        f"{top}/data%0a/{short}",
        short,
        top,
        f"{top}/data/" + "x" * 60 + "/" + "y" * 90,
        first.name.upper(),
        f"{top}/data/..",
        f"{top}/...",
        "",
    ):
        yield f"the name {name!r}", pack([first.named(name), *rest]), False
        yield f"the name {name!r} added", pack(entries + [first.named(name)]), False
    yield "a name with something behind its NUL", pack([first.with_field(90, b"x"), *rest]), False
    yield "a prefix", pack(
        [first.with_field(0, short.encode() + bytes(100 - len(short))).with_field(345, top.encode()), *rest]
    ), True
    yield "a prefix with a slash", pack(
        [first.with_field(0, short.encode() + bytes(100 - len(short))).with_field(345, top.encode() + b"/"), *rest]
    ), False
    yield "a prefix with something behind its NUL", pack([first.with_field(480, b"x"), *rest]), False
    yield "a prefix in GNU's form", pack(
        [
            first.with_field(0, short.encode() + bytes(100 - len(short)))
            .with_field(345, top.encode())
            .with_field(257, b"ustar  \0"),
            *rest,
        ]
    ), False


FIELDS = {
    "mode": (
        100,
        8,
        [b"0000644\0", b"000644 \0", b"0000644 ", b"   644 \0", b"0000648\0", b"00006440", b"\0" * 8, b"000644\0\0"],
    ),
    "uid": (
        108,
        8,
        [
            b"0000000\0",
            b"       \0",
            b"   17  \0",
            b"\x80" + b"\1" * 7,
            b"\xff" * 8,
            b"\0" * 8,
            b"12345678",
            b"1 2    \0",
            b"00000x\0\0",
            b"-000001\0",
            b"7\0 \0 \0 \0",
            b"\x81" + b"\1" * 7,
            b"7\0\0\0\0\0\0x",
        ],
    ),
    "gid": (116, 8, [b"0000001\0", b"9999999\0", b"\x80\0\0\0\0\0\0\1", b"\0xxxxxxx"]),
    "size": (
        124,
        12,
        [
            b"00000000000\0",
            b"77777777777\0",
            b"\x80" + bytes(11),
            b" 0000000001\0",
            b"00000000008\0",
            b"000000000001",
            b"00000000001 ",
            b"-0000000001\0",
            b"\0" * 12,
        ],
    ),
    "mtime": (
        136,
        12,
        [
            b"12345670123\0",
            b"           \0",
            b"\x80" + b"\0" * 10 + b"\1",
            b"99999999999\0",
            b"123456701234",
            b"-1         \0",
            b"\0" * 12,
        ],
    ),
    "checksum": (148, 8, [b"000000\0 ", b"       \0", b"\0" * 8, b"00000000"]),
    "type": (
        156,
        1,
        [b"\0", b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"g", b"x", b"L", b"K", b"S", b"D", b"A", b"\xff"],
    ),
    "link": (157, 100, [b"/etc/passwd", b"\0x", b"../x"]),
    "magic": (
        257,
        8,
        [b"ustar  \0", b"ustar\x0000", b"ustar\0\0\0", b"ustar 00", b"\0" * 8, b"ustar\x0001", b"USTAR\x0000"],
    ),
    "owner": (265, 64, [b"root\0", b"\xff" * 64, b"root\0root", b"\n" * 32]),
    "device": (
        329,
        8,
        [b"0000000\0", b"       \0", b"\0" * 8, b"\x80\0\0\0\0\0\0\1", b"1234567x", b"77777777", b"x\0\0\0\0\0\0\0"],
    ),
    "device, minor": (337, 8, [b"0000001\0", b"9\0\0\0\0\0\0\0", b"\xff\1\1\1\1\1\1\1"]),
    "the rest": (500, 12, [b"x", b"\0\0\0\0\0\0\0\0\0\0\0 "]),
}
CHECKSUMS = ("%06o\0 ", "%06o \0", "%06o  ", "0%06o\0", " %06o\0", "%06o\0\0", "0%06o ")


def headers(entries):
    """Each field with other values, in a file and in a directory, the checksum mended."""
    for what, (at, _, values) in FIELDS.items():
        for value in values:
            i = random.randrange(len(entries))
            changed = entries[:i] + [entries[i].with_field(at, value)] + entries[i + 1 :]
            yield f"{what} {value!r} of {entries[i].name}", pack(changed), None
    for form in CHECKSUMS:
        yield f"a checksum written {form!r}", pack([entries[0].with_field(108, b"0000000\0", form), *entries[1:]]), None
    signed = Entry.new(entries[0].name, entries[0].content).with_field(265, b"\xe4" * 8)
    total = sum(b - 256 if b > 127 else b for b in signed.header) - sum(signed.header[148:156]) + 256
    yield "a checksum of signed bytes", pack([signed.with_field(148, b"%06o\0 " % total), *entries[1:]]), False
    for _ in range(12):
        i, at, value = (
            random.randrange(len(entries)),
            random.randrange(500),
            random.choice([0, 32, 48, 55, 57, 120, 128, 255]),
        )
        changed = entries[:i] + [entries[i].with_field(at, bytes([value]))] + entries[i + 1 :]
        yield f"byte {at} of the header of {entries[i].name} is {value}", pack(changed), None


def other_kinds(entries):
    top = entries[0].name.split("/")[0]
    for kind in (
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.CONTTYPE,
    ):
        added = Entry.new(f"{top}/data/x", type=kind, linkname=entries[0].name)
        yield f"an entry of type {kind}", pack(entries + [added]), False
        yield f"an entry of type {kind} in a file's place", pack(
            [Entry.new(entries[0].name, type=kind, linkname=entries[1].name), *entries[1:]]
        ), False
    for form, what in ((tarfile.PAX_FORMAT, "pax"), (tarfile.GNU_FORMAT, "GNU")):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=form) as tar:
            info = tarfile.TarInfo(f"{top}/data/" + "x" * 120)
            info.size = 1
            tar.addfile(info, io.BytesIO(b"x"))
        yield f"a long name as {what} writes it", pack(entries, out.getvalue()), False
    record = b"24 path=a/data/run.json\n"
    yield "a pax header before a file", pack(
        [Entry.new("x/PaxHeaders/run", record, type=tarfile.XHDTYPE), *entries]
    ), False
    yield "a global pax header", pack([Entry.new("x/g", record, type=tarfile.XGLTYPE), *entries]), False
    yield "a volume's name", pack([Entry.new("volume", type=b"V"), *entries]), False
    yield "a sparse file", pack([Entry.new(entries[0].name, entries[0].content, type=b"S"), *entries[1:]]), False
    big = Entry.new(f"{top}/data/big").with_field(124, b"%011o\0" % (65 << 20))
    yield "a file of 65 MiB that is cut off", pack(entries, big.header), False
    for n in (50, 60, 70):
        yield f"{n} files beside data/", pack(entries + [Entry.new(f"{top}/x{i}") for i in range(n)]), False
    yield "a tag file of 129 KiB", pack(entries + [Entry.new(f"{top}/x", bytes(129 << 10))]), False


def compressed(path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        tar.add(path, "x")
    return out.getvalue()


def of_bundle(path, flips, thorough):
    entries = read(path)
    yield from flipped(path, flips)
    if not thorough:
        return
    for kind in (ends, files_moved, directories, names, headers, other_kinds):
        yield from kind(entries)
    yield from cut(path)
    yield "packed in another tar file", compressed(path), False


def of_texts(entries, name, changes):
    """A file that is on no list, changed as text."""
    i = next(i for i, e in enumerate(entries) if e.name.endswith("/" + name))
    for what, change in changes.items():
        content = change(entries[i].content)
        if content == entries[i].content:
            continue
        yield f"{name}: {what}", pack(entries[:i] + [entries[i].with_content(content)] + entries[i + 1 :]), False


def line_changed(number, change):
    def changed(content):
        lines = content.split(b"\n")
        lines[number] = change(lines[number])
        return b"\n".join(lines)

    return changed


SIGNATURE_CHANGES = {
    "another untrusted comment": line_changed(0, lambda _: b"untrusted comment: hello"),
    "an untrusted comment that is longer": line_changed(0, lambda l: l + b" "),
    "minisign's untrusted comment, but longer": line_changed(
        0, lambda _: b"untrusted comment: signature from minisign secret keys"
    ),
    "another id in the untrusted comment": line_changed(
        0, lambda _: b"untrusted comment: signature by ajar with key 0123456789ABCDEF"
    ),
    "a space before the base64": line_changed(1, lambda l: b" " + l),
    "a space behind the base64": line_changed(1, lambda l: l + b" "),
    "no padding": line_changed(1, lambda l: l.rstrip(b"=")),
    "the unused bits of the base64 set": line_changed(3, lambda l: l[:-3] + bytes([l[-3] + 1]) + l[-2:]),
    "base64 of the other alphabet": line_changed(
        1, lambda l: l.replace(b"+", b"-").replace(b"/", b"_").replace(b"A", b"-")
    ),
    "no trusted comment": lambda c: b"\n".join(c.split(b"\n")[:2]) + b"\n",
    "a NUL in the trusted comment": line_changed(2, lambda l: l + b"\0"),
    "a trusted comment that is longer": line_changed(2, lambda l: l + b" "),
    "another time in the trusted comment": line_changed(
        2, lambda l: l[:-2] + b"0Z" if l[-2:] != b"0Z" else l[:-2] + b"1Z"
    ),
    "a fifth line": lambda c: c + b"hello\n",
    "a fifth line that is empty": lambda c: c + b"\n",
    "no LF at the end": lambda c: c[:-1],
    "doubled": lambda c: c + c,
    "the lines swapped": lambda c: b"\n".join(c.split(b"\n")[2:4] + c.split(b"\n")[:2]) + b"\n",
    "CR at the end of its lines": lambda c: c.replace(b"\n", b"\r\n"),
}


def moved_between(entries, others, suffix, what):
    """What stands beside the list in another bundle, put in here."""
    mine = [e for e in entries if not e.name.endswith(suffix)]
    top = entries[0].name.split("/")[0]
    taken = [e.named(top + "/" + e.name.split("/", 1)[1]) for e in others if e.name.endswith(suffix)]
    yield what, pack(mine + taken), False


def all_of(maker):
    """(what, options, paths, content, whether it must be accepted or None) for each damage."""
    thorough = {"whole", "an extract", "redacted", "version 1"}  # the others in their bits alone
    done = set()
    for what, options, paths in maker.good:
        if len(paths) > 1 or paths[0] in done:
            continue
        done.add(paths[0])
        flips = 40 if what in ("stamped", "co-signed") else 16
        for how, content, expected in of_bundle(paths[0], flips, what in thorough):
            yield f"{what}: {how}", options, paths, content, expected
    yield from signatures(maker)
    yield from trust(maker)


def signatures(maker):
    options = ["-P", maker.path("k.pub")]
    a, two, three, co = (read(maker.path(name)) for name in ("a.tar", "2.tar", "before.tar", "co/2.tar"))
    stamped = read(maker.path("3.tar"))
    further = next(
        e.name.split("/", 1)[1] for e in co if e.name.endswith(".minisig") and not e.name.endswith("txt.minisig")
    )
    found = [
        *of_texts(two, "tagmanifest-sha256.txt.minisig", SIGNATURE_CHANGES),
        *of_texts(co, further, SIGNATURE_CHANGES),
        *moved_between(two, a, ".txt.minisig", "the signature of another bundle"),
        *moved_between(three, co, ".minisig", "the co-signatures and the signature of another bundle"),
        *moved_between(two, stamped, ".tsr", "time-stamps of another bundle"),
    ]
    for what, content, expected in found:
        yield what, options, [
            maker.path("2.tar" if "another" not in what or "co-" not in what else "3.tar")
        ], content, expected
    for entry in co:
        if entry.name.endswith(".minisig") and not entry.name.endswith("txt.minisig"):
            one_less = pack([e for e in co if e is not entry])
            yield "a co-signature taken out, and not asked for", options, [maker.path("2.tar")], one_less, True
            all_three = [*options, "-P", maker.path("second.pub"), "-P", maker.path("third.pub"), "--threshold", "3"]
            yield "a co-signature taken out", all_three, [maker.path("2.tar")], one_less, False
            renamed = [
                e.named(e.name.replace(".minisig", "").rsplit(".", 1)[0] + ".0123456789ABCDEF.minisig")
                if e is entry
                else e
                for e in co
            ]
            yield "a co-signature renamed", options, [maker.path("2.tar")], pack(renamed), False
    for i, entry in enumerate(stamped):
        if entry.name.endswith(".tsr"):
            for n in range(60):
                at = random.randrange(len(entry.content))
                changed = bytearray(entry.content)
                changed[at] = random.choice([0, 1, 5, 48, 128, 255, changed[at] ^ 32, changed[at] + 1 & 255])
                yield f"byte {at} of a time-stamp is {changed[at]}", [
                    *options,
                    "--tsa-ca",
                    maker.path("tsa/root.pem"),
                ], [maker.path("3.tar")], pack(
                    stamped[:i] + [entry.with_content(bytes(changed))] + stamped[i + 1 :]
                ), None


def trust(maker):
    """The good bundles, read by those who trust others."""
    k, second, third = (maker.path(name + ".pub") for name in ("k", "second", "third"))
    a, co, stamped = maker.path("a.tar"), maker.path("co/2.tar"), maker.path("3.tar")
    with open(k, encoding="ascii") as file:
        line = file.read().split("\n")[1]
    with open(second, encoding="ascii") as file:
        line_2 = file.read().split("\n")[1]
    lists = {
        "old": f"{line} - 2020-12-31 Kari\n",
        "new": f"{line} 2020-01-01 2999-12-31 Kari\n# a remark\n\n{line_2} - - X\n",
        "future": f"{line} 2999-01-01 - Kari\n",
        "mixed": f"{line} - 2020-12-31 Kari\n{line_2} - - Ola\n",
        "none": "# nobody\n",
    }
    for name, text in lists.items():
        with open(maker.path(name + ".trusted"), "w", encoding="utf-8") as file:
            file.write(text)
        if name != "none":
            for path in (a, co, stamped):
                for n in "12":
                    yield f"trusted, {name}, {n}", ["-T", maker.path(name + ".trusted"), "--threshold", n], [
                        path
                    ], None, None
                yield f"trusted, {name}, stamped", [
                    "-T",
                    maker.path(name + ".trusted"),
                    "--tsa-ca",
                    maker.path("tsa/root.pem"),
                ], [path], None, None
    with open(maker.path("forged.pub"), "w", encoding="ascii") as file:
        file.write("untrusted comment: x\n" + forged(line) + "\n")
    for keys in (
        [second],
        [third],
        [k, second],
        [second, third],
        [k, k],
        [second, second],
        [maker.path("m.pub")],
        [line],
        [maker.path("forged.pub")],
        [k, maker.path("forged.pub")],
    ):
        for n in "123":
            if int(n) <= len(keys):
                for path in (a, co):
                    options = [word for key in keys for word in ("-P", key)]
                    yield f"keys {[os.path.basename(key) for key in keys]}, {n}", [*options, "--threshold", n], [
                        path
                    ], None, None
    for pem in ("root", "chain", "service", "unfit"):
        for path in (a, stamped):
            yield f"time-stamps by {pem}", ["--tsa-ca", maker.path(f"tsa/{pem}.pem")], [path], None, None
    e, two, r, v1, m = (maker.path(name) for name in ("e.tar", "2.tar", "r.tar", "old/evidence.tar", "m.tar"))
    for paths in (
        [two, a],
        [a, stamped],
        [a, a],
        [e, a],
        [two, stamped],
        [e, stamped],
        [stamped, r],
        [a, two, stamped, r],
        [a, v1],
        [v1, a],
        [a, m],
        [m, two],
        [e, two, stamped, r],
    ):
        yield f"the chain {[os.path.basename(path) for path in paths]}", [], paths, None, None


def forged(line):
    """Another key under the same number."""
    raw = base64.b64decode(line)
    return base64.b64encode(raw[:10] + bytes([raw[10] ^ 1]) + raw[11:]).decode()
