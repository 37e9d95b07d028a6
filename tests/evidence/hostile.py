"""Bundles whose maker has the key and seals what is not as doc/evidence.md says; with what stands in a good one."""
import base64
import functools
import hashlib
import os
import re
import subprocess

import damage
import trees

LIST = "tagmanifest-sha256.txt"
SIGNATURE = LIST + ".minisig"


def digest(content):
    return hashlib.sha256(content).hexdigest()


def manifest(files):
    return "".join(f"{digest(text)}  {name}\n" for name, text in files.items()).encode()


def same(content):
    return content


class Bundle:
    """The files of a good bundle, to be changed and sealed again. What is changed is named by its step."""

    def __init__(self, maker, path):
        self.maker, self.top = maker, damage.read(path)[0].name.split("/")[0]
        self.files = {e.name.split("/", 1)[1]: e.content for e in damage.read(path)}
        self.comment = self.files[SIGNATURE].decode().split("\n")[2].removeprefix("trusted comment: ")
        self.cases = sorted({name.split("/")[2] for name in self.files if name.startswith("data/cases/")})

    def sign(self, content, comment, key="k"):
        path = self.maker.path("to-sign")
        with open(path, "wb") as file:
            file.write(content)
        subprocess.run(
            ["minisign", "-S", "-s", self.maker.path(key + ".key"), "-m", path, "-t", comment],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with open(path + ".minisig", "rb") as file:
            return file.read()

    def case_tree(self, files, case, change):
        """tree.txt as it should be, and then as CHANGE wants it; the root and the parts that it names."""
        folder = f"data/cases/{case}/"
        inside = {name[len(folder) :]: text for name, text in files.items() if name.startswith(folder)}
        old = inside.pop("tree.txt").decode().split("\n")
        parts = [(name, *part) for name in sorted(inside) for part in trees.parts_of(name, inside[name])]
        salts = trees.salts_of(old[3:4], len(parts))
        root = trees.root_of([trees.leaf_of_part(*part, salt) for part, salt in zip(parts, salts)])
        files[folder + "tree.txt"] = change(
            "\n".join(["ajar-case/2", f"parts {len(parts)}", f"root {root.hex()}", old[3], ""]).encode()
        )
        return trees.sha256(b"\0", f"{case} {len(parts)} {root.hex()}\n".encode())

    def sealed(
        self,
        payload=same,
        case=same,
        trees_of=True,
        head=same,
        info=same,
        bagit=same,
        lines=same,
        tags=same,
        tag_lines=same,
        comment=same,
        key="k",
        beside=same,
    ):
        """The tar file. Each step is given what stands there by rights, and gives what shall."""
        files = payload({name: text for name, text in self.files.items() if name.startswith("data/")})
        cases = (
            sorted({n.split("/")[2] for n in files if re.match("data/cases/[^/]+/tree.txt$", n)})
            if trees_of
            else self.cases
        )
        if trees_of:
            leaves = sorted([self.case_tree(files, name, case if name == cases[0] else same) for name in cases])
            run = dict(sorted((n, t) for n, t in files.items() if not re.match("data/cases/[^/]+/.", n)))
            made = [
                "ajar-tree/2",
                f"cases {len(leaves)}",
                f"root {trees.root_of(leaves).hex()}",
                f"run {digest(manifest(run))}",
                *self.files["tree-head.txt"].decode().split("\n")[4:],
            ]
            head_text = head("\n".join(made).encode())
        else:
            head_text = head(self.files["tree-head.txt"])
        old = re.sub(
            rb"Payload-Oxum: .*",
            b"Payload-Oxum: %d.%d" % (sum(map(len, files.values())), len(files)),
            self.files["bag-info.txt"],
        )
        beside_files = tags(
            {
                "bagit.txt": bagit(self.files["bagit.txt"]),
                "bag-info.txt": info(old),
                "keys/operator.pub": self.files["keys/operator.pub"],
                "VERIFY.txt": self.files["VERIFY.txt"],
                "manifest-sha256.txt": lines(manifest(files)),
                "tree-head.txt": head_text,
            }
        )
        listed = tag_lines(manifest(beside_files))
        count = sum(bool(re.fullmatch("data/cases/[^/]+/case.json", name)) for name in files)
        text = comment(re.sub(r"cases:\d+", f"cases:{count}", self.comment))
        everything = beside({**files, **beside_files, LIST: listed, SIGNATURE: self.sign(listed, text, key)})
        return damage.pack([damage.Entry.new(f"{self.top}/{name}", content) for name, content in everything.items()])


def replace(old, new, count=-1):
    """A change of what a pattern finds."""

    def change(content):
        return re.sub(old.encode(), new.encode(), content, count=max(count, 0), flags=re.M)

    return change


def without(*names):
    return lambda known: {name: text for name, text in known.items() if name not in names}


def with_file(name, content):
    return lambda known: {**known, name: content}


CR = {"CR at the end of its lines": replace("$\n", "\r\n")}
LINES = {
    **CR,
    "digests in upper case": lambda c: c.upper().replace(b"DATA/", b"data/"),
    "one space": replace("  ", " "),
    "a star": replace("  ", " *"),
    "a TAB": replace("  ", "\t"),
    "a backslash in front": replace("^(?=.)", r"\\", 1),
    "an empty line": replace("^(?=.)", "\n", 1),
    "an empty line at the end": lambda c: c + b"\n",
    "no LF at the end": lambda c: c[:-1],
    "a line twice": lambda c: c + c.split(b"\n")[0] + b"\n",
    "a line less": lambda c: c.split(b"\n", 1)[1],
    "a file that is not there": lambda c: c + b"0" * 64 + b"  data/none\n",
    "dot and slash": replace("  ", "  ./"),
    "percent signs": replace("  d|  b", "  %64"),
    "a remark": lambda c: b"# hello\n" + c,
    "a NUL": lambda c: c + b"\0\n",
    "another digest": lambda c: b"0" * 64 + c[64:],
    "nothing": lambda _: b"",
    "itself": lambda c: c + b"0" * 64 + b"  " + LIST.encode() + b"\n",
    "the signature": lambda c: c + b"0" * 64 + b"  " + SIGNATURE.encode() + b"\n",
    "a BOM": lambda c: b"\xef\xbb\xbf" + c,
    "another order": lambda c: b"\n".join(sorted(c[:-1].split(b"\n"))) + b"\n",
    "spaces behind": replace("$\n", " \n"),
    "a name in Cyrillic": lambda c: c.replace(b"data/run", "d\u0430ta/run".encode()).replace(
        b"bagit", "b\u0430git".encode()
    ),
}
INFO = {
    **CR,
    "no sum": replace("^Payload-Oxum.*\n", ""),
    "the sum twice": lambda c: c + re.search(rb"Payload-Oxum.*\n", c).group(),
    "zeros before the sum": replace("Oxum: ", "Oxum: 0"),
    "another size": replace("Oxum: .*", "Oxum: 1.1"),
    "a space behind the sum": replace("(Oxum.*)", r"\1 "),
    "no space before the sum": replace("Oxum: ", "Oxum:"),
    "two spaces before the sum": replace("Oxum: ", "Oxum:  "),
    "a plus": replace("Oxum: ", "Oxum: +"),
    "the label in lower case": replace("Payload-Oxum", "payload-oxum"),
    "a second label in lower case": lambda c: c + b"payload-oxum: 1.1\n",
    "a second sum that goes on": lambda c: c + b"X: y\n Payload-Oxum: 1.1\n",
    "nothing": lambda _: b"",
    "no LF at the end": lambda c: c[:-1],
    "no date": replace("^Bagging-Date.*\n", ""),
    "no UUID": replace("^External-Identifier.*\n", ""),
    "no agent": replace("^Bag-Soft.*\n", ""),
    "a date of another form": replace("^Bagging-Date.*", "Bagging-Date: today"),
    "other labels": lambda c: c + b"Contact-Email: a@b.example\n",
    "a line without a label": lambda c: c + b"hello\n",
    "a NUL": lambda c: c + b"X: \0\n",
    "what is no UTF-8": lambda c: c + b"X: \xff\n",
    "a sum behind a line separator": lambda c: c + "X: y\u2028Payload-Oxum: 1.1\n".encode(),
    "a sum behind a CR": lambda c: c + b"X: y\rPayload-Oxum: 1.1\n",
    "recovered": lambda c: c + b"Recovered-After-Crash: 2026-11-24T02:10:16.123456Z\n",
    "an empty line": lambda c: c + b"\n",
    "recovered at no time": lambda c: c + b"Recovered-After-Crash: yesterday\n",
    "a sum behind a form feed": lambda c: c + b"X: y\fPayload-Oxum: 1.1\n",
    "recovered on no day": lambda c: c + b"Recovered-After-Crash: 2026-02-30T02:10:16.123456Z\n",
    "recovered, no decimals": lambda c: c + b"Recovered-After-Crash: 2026-11-24T02:10:16Z\n",
    "recovered twice": lambda c: c + 2 * b"Recovered-After-Crash: 2026-11-24T02:10:16.123456Z\n",
}
BAGIT = {
    **CR,
    "another version": replace("1.0", "0.97"),
    "more": lambda c: c + b"X: y\n",
    "no LF at the end": lambda c: c[:-1],
    "a BOM": lambda c: b"\xef\xbb\xbf" + c,
}
HEAD = {
    **CR,
    "another version": replace("tree/2", "tree/3"),
    "another number of cases": replace("cases .*", "cases 4"),
    "a zero before the cases": replace("cases ", "cases 0"),
    "2^64 more cases": replace("cases 5", "cases 18446744073709551621"),
    "another root": replace("root ..", "root 00"),
    "the root in upper case": lambda c: re.sub(rb"root \w+", lambda m: m.group().upper().replace(b"ROOT", b"root"), c),
    "another run": replace("run ..", "run 00"),
    "chain 0": replace("chain 1", "chain 0"),
    "chain 2, none before": replace("chain 1", "chain 2"),
    "no chain": replace("chain 1", "chain none"),
    "chain 01": replace("chain 1", "chain 01"),
    "chain none, one before": replace("chain 1\nprevious none", "chain none\nprevious " + "0" * 64 + " 3"),
    "chain 1, one before": replace("none", "0" * 64 + " 3"),
    "chain 2, one before": replace("chain 1\nprevious none", "chain 2\nprevious " + "0" * 64 + " 3"),
    "a previous without its cases": replace("chain 1\nprevious none", "chain 2\nprevious " + "0" * 64),
    "a zero before the previous cases": replace("chain 1\nprevious none", "chain 2\nprevious " + "0" * 64 + " 03"),
    "a seventh line": lambda c: c + b"more 1\n",
    "none before with no cases": replace("chain 1\nprevious none", "chain 2\nprevious " + "0" * 64 + " 0"),
    "no LF at the end": lambda c: c[:-1],
    "a line less": lambda c: b"\n".join(c.split(b"\n")[:5]) + b"\n",
    "two spaces": replace("cases ", "cases  "),
    "nothing": lambda _: b"",
    "a huge chain": replace("chain 1\nprevious none", "chain 99999999999999999999\nprevious " + "0" * 64 + " 3"),
    "lines swapped": lambda c: b"\n".join(c.split(b"\n")[i] for i in (0, 2, 1, 3, 4, 5, 6)),
}
COMMENT = {
    "version 3": ("/2", "/3"),
    "version 1": ("/2", "/1"),
    "version 02": ("/2", "/02"),
    "another kind": ("evidence", "cosign"),
    "another bag": ("bag:", "bag:x"),
    "no bag": ("bag:[^\t]*", "bag:"),
    "another number of cases": ("cases:5", "cases:4"),
    "a zero before the cases": ("cases:", "cases:0"),
    "a space for a TAB": ("\t", " "),
    "two TABs": ("\tutc", "\t\tutc"),
    "a fifth field": ("$", "\tx:y"),
    "three fields": ("\tutc.*", ""),
    "month 13": ("utc:.*", "utc:2026-13-24T02:10:16.123456Z"),
    "30 February": ("utc:.*", "utc:2026-02-30T02:10:16.123456Z"),
    "29 February in a leap year": ("utc:.*", "utc:2024-02-29T02:10:16.123456Z"),
    "29 February in 2100": ("utc:.*", "utc:2100-02-29T02:10:16.123456Z"),
    "hour 24": ("utc:.*", "utc:2026-11-24T24:00:00.000000Z"),
    "a leap second": ("utc:.*", "utc:2016-12-31T23:59:60.000000Z"),
    "five decimals": ("utc:.*", "utc:2026-11-24T02:10:16.12345Z"),
    "no decimals": ("utc:.*", "utc:2026-11-24T02:10:16Z"),
    "an offset": ("Z$", "+00:00"),
    "a small z": ("Z$", "z"),
    "a small t": ("(?<=[0-9])T", "t"),
    "year 0000": ("utc:....", "utc:0000"),
    "year 9999": ("utc:....", "utc:9999"),
    "year 1969": ("utc:....", "utc:1969"),
    "a space behind": ("$", " "),
    "day 0": ("utc:.*", "utc:2026-11-00T02:10:16.123456Z"),
    "nothing": (".*", "x"),
    "Arabic digits": ("utc:2", "utc:\u0662"),
    "a huge count": ("cases:5", "cases:18446744073709551621"),
}
TREE = {
    **CR,
    "another version": replace("case/2", "case/1"),
    "another number of parts": replace("parts .*", "parts 3"),
    "a zero before the parts": replace("parts ", "parts 0"),
    "another root": replace("root ..", "root 00"),
    "another secret": replace("secret ..", "secret 00"),
    "a shorter secret": replace("..$\n\\Z", "\n"),
    "no secret": replace("secret.*\n", ""),
    "the secret in upper case": replace("secret .*", "secret " + "AB" * 32),
    "a fifth line": lambda c: c + b"more\n",
    "no LF at the end": lambda c: c[:-1],
    "no parts": replace("parts .*", "parts 0"),
    "nothing": lambda _: b"",
    "hidden for the secret": replace("secret .*", "hidden"),
    "2^64 more parts": replace("parts ", "parts 1844674407370955"),
}
CASES = [
    b"{}\n",
    b'{"a":1}\n',
    b'{"a":1,"b":[1,2,{"c":3}],"d":{"e":4,"f":5}}\n',
    b'{"a" : 1 , "b" : 2}\n',
    b'{"a":"x,\\"y,\\\\"}\n',
    b"",
    b"\n",
    b"x",
    b'{"a":1}',
    b'{"a":1}\n\n',
    b'{"a":1}\n{"b":2}\n',
    b"[1,2]\n",
    b'{"a":1}}\n',
    b'{"a":1},{"b":2}\n',
    b"{,}\n",
    b'{"a":1,}\n',
    b'{"a":"\\"}\n',
    b'{"a":[}]}\n',
    b'{"a":1 \n',
    b' {"a":1}\n',
    b'{"a":"\xff,"}\n',
    b'{"a":1}\r\n',
    b'{"a":"\0","b":2}\n',
    b"{1,2}\n",
    b'{"a":"b\n","c":1}\n',
    b'{"a":{"b":1}\n',
    b'{"hidden":1}\n',
    b'{"a":1,"a":2}\n',
    b'{"a":[[[[[[[[1,2]]]]]]]],"b":1}\n',
    b"{a:b,c:d}\n",
    b'{"a","b"}\n',
    b'{"a":\n}\n',
    b'{"hidden ' + b"0" * 64 + b'":null}\n',
    b'{"a":1,"hidden ' + b"0" * 64 + b'":null}\n',
    b'{"a":' + b"[" * 300 + b"1,2" + b"]" * 300 + b',"b":2}\n',
]


def of_texts(bundle):
    for step, what, changes in (
        ("lines", "manifest", LINES),
        ("tag_lines", "tag manifest", LINES),
        ("info", "bag-info.txt", INFO),
        ("bagit", "bagit.txt", BAGIT),
        ("head", "tree-head.txt", HEAD),
        ("case", "tree.txt", TREE),
    ):
        for how, change in changes.items():
            yield f"{what}: {how}", {step: change}
    for how, (old, new) in COMMENT.items():
        yield f"trusted comment: {how}", dict(comment=lambda text, old=old, new=new: re.sub(old, new, text, count=1))


# What is done to run.json: a pattern and what takes its place.
RUNS = (
    ("another digest of a pack", r'"sha256":"..(\w{62})","files"', r'"sha256":"00\1","files"'),
    ("a digest in upper case", r'("pack":"builtin[^}]*"sha256":)"a?', r'\1"A'),
    ("another count", r'"files":', '"files":1'),
    ("a count that is text", r'"files":(\d+)', r'"files":"\1"'),
    ("a count with a point", r'"files":(\d+)', r'"files":\1.0'),
    ("another name", r'"pack":"builtin', '"pack":"guiltin'),
    ("another version", r'"pack":"builtin@[^"]*', '"pack":"builtin@9'),
    ("no version", r'"pack":"builtin@[^"]*', '"pack":"builtin'),
    ("no name", r'"pack":"builtin@[^"]*', '"pack":"'),
    ("a pack of no name more", r'"packs":\[', '"packs":[{"pack":"@1","sha256":"' + digest(b"") + '","files":0},'),
    ("a pack without files more", r'"packs":\[', '"packs":[{"pack":"x@1","sha256":"' + digest(b"") + '","files":0},'),
    ("the pack twice", r'"packs":\[(\{.*?\})', r'"packs":[\1,\1'),
    ("no packs", r'"packs":', '"bags":'),
    ("an interface that is text", r'"interface":(\d+)', r'"interface":"\1"'),
    ("an interface with a point", r'"interface":(\d+)', r'"interface":\1.0'),
    ("an interface 0", r'"interface":\d+', '"interface":0'),
    ("an interface that is none", r'"interface":\d+', '"interface":null'),
    ("an interface to come", r'"interface":\d+', '"interface":1000001'),
    ("packs that are null", r'"packs":\[.*?\]', '"packs":null'),
    ("packs that are empty", r'"packs":\[.*?\]', '"packs":[]'),
    ("packs that are numbers", r'"packs":\[.*?\]', '"packs":[1]'),
    ("65 packs", r'"packs":\[', '"packs":[' + '{"pack":"x@1","sha256":"' + digest(b"") + '","files":0},' * 64),
    ("packs twice", r'^\{', '{"packs":[],'),
    ("no object", r"(?s)^.*$", "[]"),
    ("no JSON", r"^\{", "{{"),
    ("a number too large", r"^\{", '{"x":9223372036854775808,'),
    ("NaN", r"^\{", '{"x":NaN,'),
    ("half a pair", r"^\{", r'{"x":"\\ud800",'),
    ("a NUL in a string", r"^\{", r'{"x":"\\u0000",'),
    ("nothing", r"(?s)^.*$", ""),
    ("another authority", r'"authority":"[^"]*"', '"authority":"The King"'),
    ("no authority", r'"authority":"[^"]*"', '"x":""'),
    ("an authority that is none", r'"authority":"[^"]*"', '"authority":7'),
    ("an authority that was no UTF-8", r'"authority":"[^"]*"', r'"authority":"\\ufffd"'),
    ("another sink", r'"sink":"[^"]*"', '"sink":"192.0.2.1:25"'),
    ("another mail domain", r'"mail_domain":"[^"]*"', '"mail_domain":"evil.example"'),
    ("another wait", r'"wait_ms":\d+', '"wait_ms":1'),
    ("a wait with a point", r'"wait_ms":(\d+)', r'"wait_ms":\1.0'),
    ("another contact", r'"contact":"[^"]*"', '"contact":"x"'),
    ("another beginning", r'"started":"20', '"started":"19'),
    ("a beginning to come", r'"started":"20', '"started":"21'),
    ("a beginning that is no time", r'"started":"[^"]*"', '"started":"today"'),
    ("a beginning that is a number", r'"started":"[^"]*"', '"started":7'),
    ("from another address", r'"vantage":\{', '"vantage":{"from":"192.0.2.1",'),
    ("from an address of another family", r'"vantage":\{', '"vantage":{"from":"2001:db8::1",'),
    ("from nowhere", r'"vantage":\{', '"vantage":{"from":"here",'),
    ("from everywhere", r'"vantage":\{', '"vantage":[],"x":{'),
    ("an authority with a mark in it", r'"authority":"none', r'"authority":"none \\ufffd'),
)


def changed(name, old, new):
    return lambda known: {**known, name: re.sub(old, new, known[name].decode(), count=1).encode()}


def of_files(bundle):
    case = f"data/cases/{bundle.cases[0]}/"
    tree = bundle.files[case + "tree.txt"]
    for content in CASES:
        yield f"case.json is {content[:60]!r}", dict(payload=with_file(case + "case.json", content))
    for name in (
        "data/x",
        "data/cases/x",
        case + "x",
        case + "a/b/c",
        case + "receipts/r-0.eml",
        case + "receipts",
        case + "tree.txt.x",
        case + "r/tree.txt",
        "data/cases/tree.txt",
        "data/packs/local/x",
        case + "receipts/case.json",
        case + "zzz",
        "data/cases.x",
    ):
        for content in (b"", b"x", b"x\ny\n", b"x\n\ny"):
            yield f"{name} is {content!r}", dict(payload=with_file(name, content))
    for name in ("case.json", "tape.jsonl", "tree.txt"):
        yield f"a case without {name}", dict(payload=without(case + name))
    for name in ("data/run.json", *(n for n in bundle.files if n.startswith("data/packs/builtin/scripts/proxy"))):
        yield f"without {name}", dict(payload=without(name))
    for what, old, new in RUNS:
        yield f"run.json: {what}", dict(payload=changed("data/run.json", old, new))
    for name in ("data/packs/own/x.lua", "data/packs/x", "data/packs/builtin/scripts/lib/zzz.lua"):
        yield f"a script more, {name}", dict(payload=with_file(name, b"return 1\n"))
    for name in ("C.x_-", "c-1", "x" * 64, "x" * 80, "0"):
        more = {
            f"data/cases/{name}/{part}": bundle.files[case + part] for part in ("case.json", "tape.jsonl", "tree.txt")
        }
        yield f"a case named {name}", dict(payload=lambda known, more=more: {**known, **more})
    yield "a case of a tree alone", dict(payload=with_file("data/cases/c-0/tree.txt", tree))
    yield "no case at all", dict(
        payload=lambda known: {n: t for n, t in known.items() if not n.startswith("data/cases/")}
    )
    for count in (60, 64, 65, 70, 100):
        more = {f"{case}receipts/r-{i}.eml": b"x\n" for i in range(count)}
        yield f"{count} receipts", dict(payload=lambda known, more=more: {**known, **more})


# What is done to the case.json of the case that is open: a pattern and what takes its place.
SAID = (
    ("as it was", "^", ""),
    ("another list", r"^\{", '{"source":"another",'),
    ("what nobody knows", r"^\{", '{"zzz":[1,{}],'),
    ("another target", r'"target":"[^"]*"', '"target":"192.0.2.1"'),
    ("a target written otherwise", r'"target":"127', '"target":"0127'),
    ("no target", r'"target":"[^"]*",', ""),
    ("another port", r'("target":"[^"]*","port":)', r"\g<1>1"),
    ("a port that is text", r'("target":"[^"]*","port":)(\d+)', r'\1"\2"'),
    ("a port with a point", r'("target":"[^"]*","port":\d+)', r"\1.0"),
    ("a name", r"^\{", '{"name":"victim.example",'),
    ("an empty name", r"^\{", '{"name":"",'),
    ("another probe", r'"probe":"', '"probe":"x'),
    ("another pack", "@0", "@9"),
    ("suspect", '"verdict":"open"', '"verdict":"suspect"'),
    ("closed", '"verdict":"open"', '"verdict":"closed"'),
    ("inconclusive", '"verdict":"open"', '"verdict":"inconclusive"'),
    ("a verdict of no name", '"verdict":"open"', '"verdict":"opened"'),
    ("another reason", r'"reason":"', '"reason":"X'),
    ("no reason", r'"reason":"[^"]*",', ""),
    ("overruled, the same", r"^\{", '{"overruled":{"verdict":"open","reason":"token returned"},'),
    ("overruled, another", r"^\{", '{"overruled":{"verdict":"closed","reason":"token returned"},'),
    (
        "error, as of no receipt",
        r'"verdict":"open","reason":"([^"]*)","proof":"[^"]*"',
        r'"verdict":"error","reason":"the probe said open, and the sink holds no receipt for its token",'
        r'"overruled":{"verdict":"open","reason":"\1"}',
    ),
    ("overruled, a number", r"^\{", '{"overruled":1,'),
    ("another step", r'"say":"', '"say":"X'),
    ("a step more", r'"steps":\[', '"steps":[{"line":2,"say":"x"},'),
    ("a step with a point", r'"steps":\[\{"line":(\d+)', r'"steps":[{"line":\1.0'),
    ("no steps", r'"steps":\[.*?\]', '"steps":[]'),
    ("another proof", r'"proof":"[a-z2-7]{4}', '"proof":"aaaa'),
    ("the proof in capitals", r'"proof":"\w+"', lambda m: m.group().upper().replace("PROOF", "proof")),
    ("no proof", r'"proof":"[^"]*",?', ""),
    ("ports", r"^\{", '{"ports":{"reached":[25],"missed":[]},'),
    ("another exit", r'"exits":\["', '"exits":["1'),
    ("an exit more", r'"exits":\[', '"exits":["192.0.2.1",'),
    ("no exits", r'"exits":\[[^]]*\],', ""),
    ("no receipts", r'"receipts":\[.*?\],', ""),
    ("receipts that are none", r'"receipts":\[.*?\]', '"receipts":[]'),
    ("receipts that are a number", r'"receipts":\[.*?\]', '"receipts":1'),
    ("a receipt twice", r'"receipts":\[(\{.*?\})', r'"receipts":[\1,\1'),
    ("a receipt that is a number", r'"receipts":\[', '"receipts":[1,'),
    ("another file", r'"file":"receipts/r-0', '"file":"receipts/r-9'),
    ("another kind", r'"kind":"mail"', '"kind":"line"'),
    ("a kind of no name", r'"kind":"mail"', '"kind":"letter"'),
    ("another token", r'"token":"[a-z2-7]{4}', '"token":"aaaa'),
    ("a token that is none", r'"token":"', '"token":"x'),
    ("no token", r'"token":"[^"]*",', ""),
    ("another peer", r'"peer":"127', '"peer":"126'),
    ("a peer that is none", r'"peer":"', '"peer":"x'),
    ("another time of coming", r'"at":"2', '"at":"1'),
    ("a time that is none", r'"at":"2', '"at":"x'),
    ("another digest of a receipt", r'"sha256":"..', '"sha256":"00'),
    ("a digest in capitals", r'"sha256":"\w+"', lambda m: m.group().upper().replace("SHA", "sha")),
    ("another port of ours", r'("sha256":"\w+","port":)', r"\g<1>1"),
    ("no port of ours", r'("sha256":"\w+"),"port":\d+', r"\1"),
    ("another tape", r'"tape_sha256":"..', '"tape_sha256":"00'),
    ("a tape that is a number", r'"tape_sha256":"\w+"', '"tape_sha256":1'),
    ("no digest of the tape", r'"tape_sha256":"\w+",', ""),
    ("another time", r'"started":"2', '"started":"1'),
    ("no time", r'"started":"[^"]*",', ""),
    ("much later", r'("elapsed_ms":)', r"\g<1>9"),
    ("at once", r'("elapsed_ms":)\d+', r"\g<1>0"),
    ("no duration", r'"elapsed_ms":\d+,', ""),
    ("another case", r'"case":"c', '"case":"d'),
    ("no case", r',"case":"[^"]*"', ""),
    ("the case twice", r"^\{", '{"case":"c-1",'),
    ("something hidden", r'"reason":"[^"]*"', '"hidden ' + "0" * 64 + '":null'),
)
# What is done to its tape; the digest in case.json is made the new one.
TAPE = (
    ("as it was", "^", ""),
    ("a line that only looks hidden", r'\{"t":[^\n]*', '{"hidden":"' + "0" * 64 + '"}'),
    ("another version", r'"tape":1', '"tape":2'),
    ("no version", r'"tape":1,', ""),
    ("a version that is text", r'"tape":1', '"tape":"1"'),
    ("a member more", r'"tape":1', '"tape":1,"x":1'),
    ("another target", r'"address":"127', '"address":"126'),
    ("another start", r'"started":"2', '"started":"1'),
    ("no head", r"^.*\n", ""),
    ("an op of no name", r'"op":"send"', '"op":"said"'),
    ("no op", r'"op":"send",', ""),
    ("a record's member more", r'"op":"send"', '"op":"send","x":1'),
    ("a record's member less", r'("op":"send","c":1),"data":"[^"]*"', r"\1"),
    ("a character that is no byte", r'("op":"send","c":1,"data":")', r"\1\\u0100"),
    ("members in another order", r'"op":"send","c":1', '"c":1,"op":"send"'),
    ("blanks", r'"op":"send"', '"op" : "send"'),
    ("a port that is none", r'("op":"receipt".*"port":)\d+', r"\g<1>0"),
    ("no port", r'("op":"receipt".*),"port":\d+', r"\1"),
    ("another receipt", r'("op":"receipt".*"digest":")..', r"\g<1>00"),
    ("no receipt", r'.*"op":"receipt".*\n', ""),
    ("another token come", r'("op":"receipt","token":")....', r"\1aaaa"),
    ("another verdict", r'"verdict":"open"', '"verdict":"closed"'),
    ("suspect, and open without a word", r'"verdict":"open"', '"verdict":"suspect"'),
    ("another reason", r'("verdict":"open","reason":")', r"\1X"),
    ("a reason with what is not printable", r'("verdict":"open","reason":"token)', r"\1\\u0001"),
    ("a step of another form", r'"steps":\[\{', '"steps":[{"x":1,'),
    ("no verdict", r'.*"op":"verdict".*\n', ""),
    ("something behind the verdict", r"$", '{"t":99999999,"op":"paused"}\n'),
    ("a clock of another year", r'("op":"now","data":")20', r"\g<1>19"),
    ("a clock that is none", r'("op":"now","data":")20', r"\g<1>xx"),
    ("no LF at the end", r"\n$", ""),
    ("an empty line", r"\n", "\n\n"),
    ("CR", r"\n", "\r\n"),
    ("hidden", r"\n.*\n", '\n{"hidden":"' + "0" * 64 + '"}\n'),
    ("hidden in capitals", r"\n.*\n", '\n{"hidden":"' + "A" * 64 + '"}\n'),
    ("nothing", r"(?s)^.*$", ""),
    ("time before 0", r'"t":\d+', '"t":-1'),
    ("a time with a point", r'("t":\d+)', r"\1.0"),
    ("a token of another test", r'\{"t":\d+,"op":"token"', '{"t":0,"op":"token","data":"' + "b" * 32 + r'"}\n\g<0>'),
    ("time that runs backwards", r'"t":\d+', '"t":99999999999'),
)


def with_tape(case, old, new):
    """The tape changed, and its digest in case.json, which is else as it was."""

    def change(known):
        files = changed(case + "tape.jsonl", old, new)(known)
        said = f'"tape_sha256":"{digest(files[case + "tape.jsonl"])}"'
        return changed(case + "case.json", r'"tape_sha256":"\w+"', said)(files)

    return change


# What is written into the receipt of the case that is open, of whose token "%s" is the place.
RECEIPTS = (
    ("as it was", "^", ""),
    ("its token alone", r"(?s)^.*$", "%s\n"),
    ("typed", r"(?s)^.*$", "Received: from evil\r\n\r\n%s\r\n"),
    ("something on top", "^", "X: y\r\n"),
    ("refused for its size", "^", "X-Ajar-Refused: 552 5.3.4 too many lines; this is its beginning\r\n"),
    ("another peer", r"Received: from (\S+) \(\[[^]]*\]", r"Received: from \1 ([192.0.2.1]"),
    ("another time", r"(\d\d:\d\d):\d\d", r"\1:77"),
    ("no mailbox", r"X-Ajar-Rcpt-To: .*\r\n", ""),
    ("another mailbox", r"X-Ajar-Rcpt-To: <[^@]*", "X-Ajar-Rcpt-To: <nobody"),
    ("the mailbox for bounces", r"X-Ajar-Rcpt-To: <", "X-Ajar-Rcpt-To: <bounce-"),
    ("another Message-ID", r"Message-ID: <\w+", "Message-ID: <1234"),
    ("a Message-ID of another domain, and words", r"(?s)(Message-ID: <\w+)@(.*\r\n\r\n).*", r"\1@desk.example\2Thanks.\r\n"),
    ("another Message-ID, and words", r"(?s)(Message-ID: <)\w+(.*\r\n\r\n).*", r"\g<1>1234\2Thanks.\r\n"),
    ("another Message-ID, and words before the text", r"(?s)(Message-ID: <)\w+(.*?\r\n\r\n)", r"\g<1>1234\2Look:\r\n"),
    ("another Message-ID, and the text quoted", r"(?s)(Message-ID: <)\w+(.*?\r\n\r\n)", r"\g<1>1234\2> "),
    ("another Message-ID, and an answer in German", r"Message-ID: <\w+(@.*)\r\nSubject: ", r"Message-ID: <1234\1\r\nSubject: AW: "),
    ("another Message-ID, and an answer", r"Message-ID: <\w+", "In-Reply-To: <1>\r\nMessage-ID: <1234"),
    ("the Message-ID of another attempt", r"(Message-ID: <\w{20})\w{4}", r"\1aaaa"),
    ("another Message-ID and no field", r"(?s)Message-ID: <\w+(.*)X-Ajar-Token: [^\n]*\n", r"Message-ID: <1234\1"),
    ("no header at all but a report's", r"(?s)\nFrom: .*?\r\n\r\n", "\nContent-Type: multipart/report\r\n\r\n"),
    ("no header at all but an answer's", r"(?s)\nFrom: .*?\r\n\r\n", "\nSubject: Re: yours\r\n\r\n"),
    ("no header at all", r"(?s)\nFrom: .*?\r\n\r\n", "\n\r\n"),
    ("words before the text", r"(?s)\nFrom: .*?\r\n\r\n", "\nSubject: x\r\n\r\nYou wrote:\r\n"),
    ("another target in its field", r"X-Test-Target: \S+", "X-Test-Target: 192.0.2.1:25"),
    ("another target in its text", r"(mail server at\s+)\S+", r"\g<1>192.0.2.1:25."),
    ("no field that names the target", r"X-Test-Target: .*\r\n", ""),
    ("no mark", r"(?s)(\nFrom: ).*?\r\n\r\n(.*)Mark of", r"\nSubject: x\r\n\r\n\2Mork of"),
)


def with_receipt(bundle, case, receipt, old, new):
    """The receipt's file changed, and its digest in case.json and on the tape, and the tape's."""
    token = re.search('"proof":"(\\w+)"', bundle.files[case + "case.json"].decode()).group(1)
    was = digest(bundle.files[receipt])

    def change(known):
        files = changed(receipt, old, new.replace("%s", token))(known)
        now = digest(files[receipt])
        for name in ("tape.jsonl", "case.json"):
            files = {**files, case + name: files[case + name].replace(was.encode(), now.encode())}
        said = f'"tape_sha256":"{digest(files[case + "tape.jsonl"])}"'
        return changed(case + "case.json", r'"tape_sha256":"\w+"', said)(files)

    return change


def with_token(bundle, case, receipt):
    """The receipt is of another token of the same test, which the tape has not made."""
    token = re.search('"proof":"(\\w+)"', bundle.files[case + "case.json"].decode()).group(1)
    other = token[:16] + "a" * 16

    def change(known):
        files = {name: text.replace(token.encode(), other.encode()) for name, text in known.items() if name.startswith(case)}
        tape = files[case + "tape.jsonl"].replace(digest(known[receipt]).encode(), digest(files[receipt]).encode())
        tape = re.sub(rb'("op":"token","data":")' + other.encode(), rb"\g<1>" + token.encode(), tape)
        said = files[case + "case.json"].replace(digest(known[receipt]).encode(), digest(files[receipt]).encode())
        said = re.sub(rb'"tape_sha256":"\w+', b'"tape_sha256":"' + digest(tape).encode(), said)
        return {**known, **files, case + "tape.jsonl": tape, case + "case.json": said}

    return change


def twice(case, name):
    """The same test under another name."""

    def change(known):
        new = f"data/cases/{name}/"
        more = {new + file[len(case) :]: text for file, text in known.items() if file.startswith(case)}
        old = case.split("/")[2].encode()
        return {**known, **more, new + "case.json": more[new + "case.json"].replace(old, name.encode())}

    return change


def of_lengths(bundle):
    """Cases that are longer than any run makes them, each else as it was."""
    case = next(name for name, text in bundle.files.items() if name.endswith("case.json") and b'"open"' in text)[: -len("case.json")]
    note = '{"t":0,"op":"note","data":"%s"}\n'
    for what, payload, may_be in (
        ("a case.json", changed(case + "case.json", r"^\{", '{"zzz":"' + "x" * 2**20 + '",'), False),
        ("a tape", with_tape(case, r"(?m)^(.*)\n", r"\1\n" + (note % ("x" * (2**19 - 100))) * 2), False),
        ("a line", with_tape(case, r"(?m)^(.*)\n", r"\1\n" + note % ("x" * 2**19)), False),
        ("nothing", with_tape(case, r"(?m)^(.*)\n", r"\1\n" + note % ("x" * 2**18)), True),
    ):
        yield f"longer than any: {what}", functools.partial(bundle.sealed, payload=payload), may_be


def of_receipts(bundle):
    """What lies in the file of the receipt that proves."""
    case = next(name for name, text in bundle.files.items() if name.endswith("case.json") and b'"open"' in text)[: -len("case.json")]
    receipt = next(name for name in bundle.files if name.startswith(case + "receipts/"))
    yield "a receipt of a token that was not made", dict(payload=with_token(bundle, case, receipt))
    yield "one test under two names", dict(payload=twice(case, "c-1"))
    for what, old, new in RECEIPTS:
        yield f"receipt: {what}", dict(payload=with_receipt(bundle, case, receipt, old, new))


def of_claims(bundle):
    """What the case that is open says of itself, and what lies beside that."""
    case = next(name for name, text in bundle.files.items() if name.endswith("case.json") and b'"open"' in text)[: -len("case.json")]
    receipt = next(name for name in bundle.files if name.startswith(case + "receipts/"))
    for what, old, new in SAID:
        yield f"case.json: {what}", dict(payload=changed(case + "case.json", old, new))
    for what, old, new in TAPE:
        yield f"tape: {what}", dict(payload=with_tape(case, old, new))
    yield "a receipt changed", dict(payload=changed(receipt, "\n", "x\n"))
    yield "without a receipt", dict(payload=without(receipt))


# What is said of the contacts of the case that is open: a pattern in case.json and what takes its place.
CONTACTS = (
    ("as they were", "^", ""),
    ("another digest", r'"exchanges_sha256":"..', '"exchanges_sha256":"zz'),
    ("a digest in capitals", r'"exchanges_sha256":"\w+"', lambda said: said.group(0).upper().replace("EXCHANGES_SHA", "exchanges_sha")),
    ("no digest", r',"exchanges_sha256":"\w+"', ""),
    ("an empty digest", r'"exchanges_sha256":"\w+"', '"exchanges_sha256":""'),
    ("a number for a digest", r'"exchanges_sha256":"\w+"', '"exchanges_sha256":7'),
    ("none", r',"contacts":\{[^{}]*\}', ""),
    ("a list", r'"contacts":\{[^{}]*\}', '"contacts":[]'),
    ("null", r'"contacts":\{[^{}]*\}', '"contacts":null'),
    ("hidden", r'"contacts":\{[^{}]*\}', '"hidden ' + "0" * 64 + '":null'),
)


def of_contacts(bundle):
    """What case.json says of contacts.jsonl, and what lies there."""
    case = next(name for name, text in bundle.files.items() if name.endswith("case.json") and b'"open"' in text)[: -len("case.json")]
    said, taped = case + "case.json", case + "contacts.jsonl"
    for what, old, new in CONTACTS:
        yield f"contacts: {what}", dict(payload=changed(said, old, new))
        yield f"contacts, without their tape: {what}", dict(payload=then(changed(said, old, new), without(taped)))
    for content in (b"", b"x", b"\n", b"{}\n{}\n", b'{"hidden":"' + b"0" * 64 + b'"}\n'):
        yield f"contacts.jsonl is {content[:20]!r}", dict(payload=with_file(taped, content))
        digest_of = changed(said, r'"exchanges_sha256":"\w+"', f'"exchanges_sha256":"{digest(content)}"')
        yield f"contacts.jsonl and its digest are of {content[:20]!r}", dict(payload=then(digest_of, with_file(taped, content)))


def then(first, second):
    return lambda known: second(first(known))


def of_tags(bundle):
    other = open(bundle.maker.path("second.pub"), "rb").read()
    for name in (
        "bagit.txt",
        "bag-info.txt",
        "keys/operator.pub",
        "VERIFY.txt",
        "manifest-sha256.txt",
        "tree-head.txt",
    ):
        yield f"without {name}", dict(tags=without(name))
        yield f"{name} on no list", dict(tag_lines=replace(f"^.*  {name}\n", ""))
        yield f"{name} empty", dict(tags=with_file(name, b""))
    for name in (
        "x",
        "fetch.txt",
        "keys/x",
        "manifest-sha512.txt",
        LIST + ".x",
        "a/b/c",
        "x" * 90,
        LIST + ".minisig.x",
        "proof.txt",
        LIST + ".minisig.tsr",
        "tree.txt",
    ):
        yield f"a tag file {name}", dict(tags=with_file(name, b"x\n"))
    yield "keys/operator.pub is another's", dict(tags=with_file("keys/operator.pub", other))
    yield "signed by another", dict(key="second")
    yield "signed by another, whose key is in it", dict(key="second", tags=with_file("keys/operator.pub", other))
    for what, content in {
        "no key": b"hello\n",
        "CR": bundle.files["keys/operator.pub"].replace(b"\n", b"\r\n"),
        "a line more": bundle.files["keys/operator.pub"] + b"x\n",
        "no LF": bundle.files["keys/operator.pub"][:-1],
        "a line less": bundle.files["keys/operator.pub"].split(b"\n")[1] + b"\n",
        "another remark": b"untrusted comment: hello\n" + bundle.files["keys/operator.pub"].split(b"\n")[1] + b"\n",
        "no remark": b"hello\n" + bundle.files["keys/operator.pub"].split(b"\n")[1] + b"\n",
        "an algorithm of another name": b"untrusted comment: x\n" + renamed_key(bundle) + b"\n",
    }.items():
        yield f"keys/operator.pub: {what}", dict(tags=with_file("keys/operator.pub", content))


def renamed_key(bundle):
    raw = base64.b64decode(bundle.files["keys/operator.pub"].split(b"\n")[1])
    return base64.b64encode(b"ED" + raw[2:])


def key_number(line):
    return f"{int.from_bytes(base64.b64decode(line)[2:10], 'little'):016X}"


def co_signatures(bundle):
    """Further signatures by the second key whose comment is another."""
    with open(bundle.maker.path("second.pub"), encoding="ascii") as file:
        line = file.read().split("\n")[1]
    number = key_number(line)
    first = bundle.files[SIGNATURE]
    good = f"ajar-cosign/1\tbag:{bundle.top}\tsignature:{digest(first)}\tkey:{line}\tutc:2026-11-24T02:10:16.123456Z"
    top = damage.pack(
        [
            damage.Entry.new(f"{bundle.top}/{n}", t)
            for n, t in bundle.files.items()
            if not n.endswith(f"{number}.minisig")
        ],
        b"",
    )
    changes = {
        "as it should be": ("$", ""),
        "another version": ("cosign/1", "cosign/2"),
        "another bag": ("bag:", "bag:x"),
        "another signature": ("signature:..", "signature:00"),
        "another key": ("key:....", "key:RWTE"),
        "a key that is none": ("key:[^\t]*", "key:x"),
        "no time": ("utc:.*", "utc:"),
        "a sixth field": ("$", "\tx"),
        "upper case": ("signature:[^\t]*", "signature:" + digest(first).upper()),
        "four fields": ("\tutc.*", ""),
    }
    for how, (old, new) in changes.items():
        text = bundle.sign(bundle.files[LIST], re.sub(old, new, good, count=1), "second")
        yield f"a co-signature: {how}", top + damage.pack(
            [damage.Entry.new(f"{bundle.top}/{LIST}.{number}.minisig", text)]
        )
    text = bundle.sign(bundle.files[LIST], good, "second")
    for name in (number.lower(), "0" * 16, number[1:], number + "0"):
        yield f"a co-signature named {name}", top + damage.pack(
            [damage.Entry.new(f"{bundle.top}/{LIST}.{name}.minisig", text)]
        )
    again = bundle.sign(
        bundle.files[LIST], good.replace(line, bundle.files["keys/operator.pub"].decode().split("\n")[1])
    )
    number = key_number(bundle.files["keys/operator.pub"].decode().split("\n")[1])
    yield "a co-signature by the first key", top + damage.pack(
        [damage.Entry.new(f"{bundle.top}/{LIST}.{number}.minisig", again)]
    )


def renumbered(bundle, name):
    """The key NAME under the next number: its name."""
    with open(bundle.maker.path(name + ".key"), encoding="ascii") as file:
        raw = bytearray(base64.b64decode(file.read().split("\n")[1]))
    raw[54] ^= 1
    again = name + "-again"
    with open(bundle.maker.path(again + ".key"), "w", encoding="ascii", opener=private) as file:
        file.write("untrusted comment: a secret key\n" + base64.b64encode(raw).decode() + "\n")
    return again, base64.b64encode(b"Ed" + raw[54:62] + raw[94:126]).decode()


def private(path, flags):
    return os.open(path, flags, 0o600)


def signed_again(bundle):
    """One more signature by a key that has signed already, under another number."""
    first = bundle.files[SIGNATURE]
    whole = damage.pack([damage.Entry.new(f"{bundle.top}/{n}", t) for n, t in bundle.files.items()], b"")
    for name in ("k", "second"):
        again, line = renumbered(bundle, name)
        text = bundle.sign(
            bundle.files[LIST],
            f"ajar-cosign/1\tbag:{bundle.top}\tsignature:{digest(first)}\tkey:{line}\tutc:2026-11-24T02:10:16.123456Z",
            again,
        )
        yield f"the key {name} signs again under another number", whole + damage.pack(
            [damage.Entry.new(f"{bundle.top}/{LIST}.{key_number(line)}.minisig", text)]
        )


PROOF = {
    **CR,
    "another version": replace("proof/2", "proof/1"),
    "another case": replace("case c-.", "case c-x"),
    "place 0": replace("place .", "place 0"),
    "place 6 of 5": replace("place . of", "place 6 of"),
    "a zero before the place": replace("place ", "place 0"),
    "of 6": replace("of 5", "of 6"),
    "a step more": lambda c: c + b"path " + b"0" * 64 + b"\n",
    "a step less": lambda c: b"\n".join(c.split(b"\n")[:-2]) + b"\n",
    "no steps": replace("^path.*\n", ""),
    "a step in upper case": lambda c: re.sub(rb"path (\w+)", lambda m: b"path " + m.group(1).upper(), c),
    "steps swapped": lambda c: b"\n".join(c.split(b"\n")[:3] + c.split(b"\n")[3:-1][::-1]) + b"\n",
    "another step": replace("path ..", "path zz"),
    "no LF at the end": lambda c: c[:-1],
    "nothing": lambda _: b"",
    "an empty line": lambda c: c + b"\n",
    "2^64 more": replace("place ", "place 1844674407370955161"),
    "1000 steps": lambda c: c + (b"path " + b"0" * 64 + b"\n") * 1000,
}
HIDDEN = {
    **CR,
    "a salt hidden": replace("^salt .*", "hidden", 1),
    "what is hidden has a salt": replace("^hidden$", "salt " + "0" * 32, 1),
    "another salt": replace("^salt ..", "salt 00", 1),
    "a salt in upper case": replace("^salt .*", "salt " + "AB" * 16, 1),
    "a longer salt": replace("^salt ", "salt 00", 1),
    "a line more": lambda c: c + b"hidden\n",
    "a line less": replace("^hidden\n", "", 1),
    "the secret besides": lambda c: c + b"secret " + b"0" * 64 + b"\n",
    "hidden, with a hash": replace("^hidden$", "hidden " + "0" * 64, 1),
}
PARTS = {
    "another hash": replace('hidden":"..', 'hidden":"00', 1),
    "a hash in upper case": lambda c: re.sub(
        rb'hidden":"(\w+)', lambda m: b'hidden":"' + m.group(1).upper(), c, count=1
    ),
    "a space": replace('"hidden":"', '"hidden": "', 1),
    "one more": lambda c: c + b'{"hidden":"' + b"0" * 64 + b'"}\n',
    "another form": replace(r'\{"hidden":"(\w+)"\}', r"[hidden \1]", 1),
    "something shown changed": replace('"op":', '"op" :', 1),
}


def extracts(maker):
    """What stands in an extract and was not signed: the proof; the salts; what is hidden."""
    whole = {e.name.split("/", 1)[1]: e.content for e in damage.read(maker.path("a.tar"))}
    for path, name, changes in (
        ("e.tar", "proof.txt", PROOF),
        ("h.tar", "tree.txt", HIDDEN),
        ("h.tar", "tape.jsonl", PARTS),
        ("h.tar", "proof.txt", PROOF),
    ):
        entries = damage.read(maker.path(path))
        for what, content, _ in damage.of_texts(entries, name, changes):
            yield path, f"{name}: {what}", content
    entries = damage.read(maker.path("e.tar"))
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt"):
        yield "e.tar", f"with {name} of the bundle", damage.pack(entries + [damage.Entry.new(f"e/{name}", whole[name])])
    for name in ("tree-head.txt", "VERIFY.txt", "keys/operator.pub"):
        yield "e.tar", f"without {name}", damage.pack([e for e in entries if not e.name.endswith("/" + name)])


def redacted(bundle, case, edits, hide):
    """An extract of a bundle that lies, in which HIDE is hidden: what is missing, or was changed, may not pass for that."""
    maker = bundle.maker
    names = [maker.path(f"lie-{step}.tar") for step in ("whole", "extract", "hidden")]

    def payload(files):
        for edit in edits:
            files = edit(files)
        return files

    for name in names:
        if os.path.exists(name):
            os.unlink(name)
    with open(names[0], "wb") as file:
        file.write(bundle.sealed(payload=payload))
    id_of = case.split("/")[2]
    for words in (["extract", names[0], id_of, "-o", names[1]], ["redact", names[1], "--hide", hide, "-o", names[2]]):
        subprocess.run([maker.ajar, *words], check=True, capture_output=True)
    with open(names[2], "rb") as file:
        return file.read()


def of_redactions(bundle):
    """(what, what is changed in the case that is open, what is hidden then, whether it may be accepted)"""
    case = next(name for name, text in bundle.files.items() if name.endswith("case.json") and b'"open"' in text)[: -len("case.json")]
    said, receipt = case + "case.json", next(name for name in bundle.files if name.startswith(case + "receipts/"))
    one_more = changed(said, "^{", '{"hobby":"gardening",')
    no_reason, no_steps = (changed(said, form, "") for form in ('"reason":"[^"]*",', r'"steps":\[[^\]]*\],'))
    literal = changed(receipt, "$", "[hidden ]")
    whole_line = changed(receipt, "(?m)^Subject:[^\r]*\r\n", "[hidden %064d]\n" % 0)
    no_proof, no_list = changed(said, '"proof":"[^"]*",?', ""), changed(said, r'"(receipts|exits)":\[[^]]*\],', "")
    receipts = [name for name in bundle.files if name.startswith(case + "receipts/")]
    no_record = with_tape(case, r'.*"op":"receipt".*\n', "")
    none_back = [no_proof, no_list, no_list, without(*receipts), *[no_record] * bundle.files[case + "tape.jsonl"].count(b'"op":"receipt"')]
    for what, edits, may_be in (
        ("what is not asked", [one_more], True),
        ("a member hidden that could be the proof", [one_more, no_proof], True),
        ("a member hidden that could be the proof, and nothing came back", [one_more, *none_back], False),
        ("one member hidden, two missing", [one_more, no_reason, no_steps], False),
        ("one member hidden, a receipt that names it", [one_more, literal], False),
        ("one member hidden, a receipt with a stand-in of its own", [one_more, whole_line], False),
    ):
        yield f"redacted: {what}", functools.partial(redacted, bundle, case, edits, "gardening"), may_be


def all_of(maker):
    """(what, options, paths, a function that makes the content, whether it must be accepted or None) for each."""
    by_k, path = ["-P", maker.path("k.pub")], [maker.path("a.tar")]
    bundle = Bundle(maker, *path)
    yield "sealed again", by_k, path, bundle.sealed, True
    for what, steps in (*of_texts(bundle), *of_files(bundle), *of_claims(bundle), *of_receipts(bundle), *of_contacts(bundle), *of_tags(bundle)):
        made = functools.partial(bundle.sealed, **steps)
        yield f"sealed: {what}", by_k, path, made, None
        if what.startswith(("keys/", "signed")):
            yield f"sealed, no key given: {what}", [], path, made, None
    for what, content in co_signatures(bundle):
        yield what, [*by_k, "-P", maker.path("second.pub")], path, lambda content=content: content, None
    for what, content in signed_again(bundle):
        yield what, by_k, path, lambda content=content: content, False
    for what, made, may_be in (*of_lengths(bundle), *of_redactions(bundle)):
        yield what, by_k, path, made, may_be
    for name, what, content in extracts(maker):
        yield f"{name}: {what}", by_k, [maker.path(name)], lambda content=content: content, None
