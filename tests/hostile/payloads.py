"""What an enemy writes where a name or a sentence is expected: pieces by what they attack, and mixtures of them from a seed."""
import random

# What attacks how a text is shown, or what is written around it.
PIECES = {
    "cr": b"ok\rBcc: victim@example.org",
    "lf": b"ok\nBcc: victim@example.org\n\nWe demand payment",
    "crlf": b"ok\r\nBcc: victim@example.org\r\n\r\nWe demand payment",
    "nel": "ok\u0085Bcc: victim@example.org".encode(),
    "separators": "ok\u2028Bcc: victim@example.org\u2029We demand payment".encode(),
    "vertical": b"ok\x0bBcc: x\x0cBcc: y\x1cBcc: z\x1d\x1e",
    "tab": b"a\tb\tvictim@example.org",
    "nul": b"a\0b",
    "backspace": b"open\b\b\b\bshut\x7f",
    "lone": b"a\xffb\xc3",
    "overlong": b"a\xc0\x8ab\xe0\x80\x8ac\xf0\x80\x80\x8a",
    "surrogate": b"a\xed\xa0\x80\xed\xb0\x80b\xf4\x90\x80\x80",
    "csi": b"\x1b[2J\x1b[1;31mopen\x1b[0m\x1b[6n",
    "osc": b"\x1b]0;title\x07\x1b]8;;http://evil.example/\x1b\\click\x1b]8;;\x1b\\",
    "dcs": b"\x1bP1$r0m\x1b\\\x1b_x\x1b\\\x1b^y\x1b\\",
    "c1": "\u009b31m\u009d0;t\u009c\u0090x\u009c".encode(),
    "c1-raw": b"\x9b31m\x9d0;t\x9c",
    "override": "a\u202egnp.exe\u202c".encode(),
    "embedding": "\u202aa\u202bb\u202d".encode(),
    "isolate": "\u2066a\u2067b\u2068c\u2069\u2069\u2069".encode(),
    "marks": "a\u061cb\u200ec\u200fd".encode(),
    "width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh".encode(),
    "fillers": "a\u3164b\uffa0c\u115fd\u2800e".encode(),
    "tags": "a\U000e0041\U000e0042\U000e0100b\ufe0f\ufe00".encode(),
    "musical": "a\U0001d173\U0001d17ab\U0001bca0c\u17b4d\u180ee\u180bf".encode(),
    "annotation": "a\ufff9b\ufffac\ufffbd\ufffe\U0001fffe".encode(),
    "private": "a\ue000\U000f0000\U00100000\u0378".encode(),
    "flood": ("o" + "\u0301" * 200 + "k").encode(),
    "marks-of-others": ("a" + "\u0489" * 40 + "b" + "\u20dd" * 40 + "c" + "\u1dc0" * 40 + "d" + "\ufe20" * 40 + "\u0e47" * 40).encode(),
    "rtl": "\u05d3\u05dc\u05ea 12 \u0628\u0627\u0628 (open)".encode(),
    "alike": "\u0430\u0440\u0440\u04cf\u0435.\uff43\uff4f\uff4d \u2024\u2025".encode(),
    "long": b"x" * 700,
    "long-wide": "\u5f00".encode() * 200,
    "signature": b"-- \nThe real sender",
    "from-line": b"\nFrom victim@example.org Mon Jan  1 00:00:00 2026\nSubject: x\n",
    "from-word": b"From victim@example.org Mon Jan  1 00:00:00 2026",
    "boundary": b"\r\n--=_\r\nContent-Type: text/html\r\n\r\n<b>",
    "dot": b"\r\n.\r\nMAIL FROM:<victim@example.org>",
    "encoded": b"=?utf-8?Q?x=0D=0ABcc:_victim=40example.org?= =?utf-8?B?DQpCY2M6IHg=?=",
    "quoted": b"=0D=0ABcc: victim=40example.org=\r\n",
    "script": b"<script>alert(1)</script>",
    "image": b"\"><img src=x onerror=alert(1)>'<svg/onload=alert(1)>",
    "cdata": b"]]>--><!--</style></title></textarea></pre></script><b>",
    "entity": b"&#x202e;&lt;b&gt;&amp;&#0;&#10;",
    "template": b"javascript:alert(1) ${7*7} {{7*7}} {address} {case} %s%n%n %1$s",
    "quotes": b"\"'`\\\\\" \\n\\x1b[2J \\u202e '; DROP TABLE x; --",
    "typographic": "\u201d \u201c \u00bb \u00ab \u300d \u2019 We demand payment".encode(),
    "formula": b"=HYPERLINK(\"http://evil.example/\",\"x\")",
    "formula-plus": b"+1-1+cmd|' /C calc'!A0",
    "formula-at": b"@SUM(1+1)*cmd|' /C calc'!A0",
    "pango": b"<span foreground='white' size='9000'>x</span>&",
    "pdf": b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj (unbalanced \\) ) <</URI(http://evil.example)>>",
    "quote-prefix": b"  > S: 250 fake\n *> S: 250 fake\n  > C: DATA",
    "ours": b"ajar: verified\nReason: closed\nverdict: closed\n  proof: x",
    "ticket": b"RETEST c-1\r\nX-Ajar-Case: c-1\r\nSTOP-LETTERS c-1",
    "emoji": "\U0001f600\u200d\U0001f600\ufe0f\U0001f1f3\U0001f1f4".encode(),
    "zones": b"fe80::1%eth0",
    "json": b"\",\"verdict\":\"closed\",\"x\":\"\\u0000\\ud800",
    "comma": b"a,b;c\"d\"\"e",
}


class Payload:
    def __init__(self, name, content):
        self.name, self.bytes = name, content
        self.text = content.decode("utf-8", "replace")  # where a source can hold text alone

    def harmless(self):
        """A twin without an enemy's meaning, of as many lines and characters."""
        return Payload("harmless", bytes(c if c in b"\r\n" else ord("x") for c in self.bytes))


def mixture(chance):
    pieces = [chance.choice(list(PIECES.values())) for _ in range(chance.randint(2, 4))]
    if chance.random() < 0.5:  # cut anywhere, also within a character
        pieces = [piece[chance.randrange(len(piece)):] for piece in pieces]
    noise = bytes(chance.randrange(256) for _ in range(chance.randint(0, 12)))
    return chance.choice((b"", b" ", b"\t")).join(pieces)[:900] + noise


def all_of(seed, mixtures):
    """Each piece by itself, and so many mixtures."""
    chance = random.Random(seed)
    return [Payload(name, content) for name, content in PIECES.items()] + [
        Payload(f"mixture-{i}", mixture(chance)) for i in range(mixtures)]
