"""What may stand in an output, by Unicode's own tables: nothing of ajar's is asked.

A Fault says what is wrong where. Each look takes the bytes of an output whole."""
import html.parser
import json
import re
import unicodedata

COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
PROGRESS = re.compile(rb"\r\x1b\[K")
# Of no width or no glyph, and not of the categories below.
BLANKS = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(c) for c in (*range(0x180b, 0x1810), *range(0xfe00, 0xfe10))}
MARKS_MOST = 4  # on one character: more than any language has


class Fault(Exception):
    pass


def is_unseen(c):
    return unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") or c in BLANKS or 0xe0000 <= ord(c) <= 0xe0fff or ord(c) & 0xfffe == 0xfffe


def near(text, at):
    return ascii(text[max(0, at - 30):at + 40])


def look_text(content, allowed="\n", what="text"):
    """UTF-8 in which every character can be seen but those that are allowed, and no marks are heaped up."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Fault(f"{what}: no UTF-8: {content[max(0, error.start - 30):error.end + 30]!r}") from error
    heap = 0
    for i, c in enumerate(text):
        if c not in allowed and is_unseen(c):
            raise Fault(f"{what}: U+{ord(c):04X} at {near(text, i)}")
        heap = heap + 1 if unicodedata.category(c) in ("Mn", "Me") else 0
        if heap > MARKS_MOST:
            raise Fault(f"{what}: marks heaped up at {near(text, i)}")
    return text


def look_terminal(content, what, colour=False, allowed="\n"):
    if colour:
        content = COLOUR.sub(b"", PROGRESS.sub(b"", content.replace(b"\r\n", b"\n")))
    return look_text(content, allowed, what)


def look_json_lines(content, what):
    """Each line an object that reads and writes the same; raw, no character that a terminal could take wrongly."""
    look_text(content, "\n", what)
    found = []
    for line in content.decode().splitlines():
        try:
            found.append(json.loads(line))
        except ValueError as error:
            raise Fault(f"{what}: {error}: {line[:200]!r}") from error
        if json.loads(json.dumps(found[-1])) != found[-1]:
            raise Fault(f"{what}: not the same once written: {line[:200]!r}")
    return found


class Shape(html.parser.HTMLParser):
    """The elements of a page with their attributes' names, its code, its sealed files, and all that it shows."""

    def __init__(self):
        super().__init__()
        self.shape, self.code, self.files, self.said, self.values, self.open = set(), [], [], [], set(), []

    def handle_starttag(self, tag, attrs):
        self.open.append("file" if tag == "script" and "data-file" in dict(attrs) else tag)
        self.shape.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.values |= {(tag, name, value) for name, value in attrs if name in ("href", "src", "action", "style") or name.startswith("on")}

    def handle_endtag(self, tag):
        if tag == "script":
            self.open.pop()
        elif tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        inside = self.open[-1] if self.open else ""
        {"script": self.code, "style": self.code, "file": self.files}.get(inside, self.said).append(data)

    def handle_comment(self, data):
        self.shape.add(("comment", data))

    def unknown_decl(self, data):
        self.shape.add(("declaration", data))

    def handle_pi(self, data):
        self.shape.add(("instruction", data))


def shape_of(page):
    shape = Shape()
    shape.feed(page.decode())
    shape.close()
    for file in shape.files:
        if not re.fullmatch(r"[A-Za-z0-9+/=\s]*", file):
            raise Fault(f"a file in the page is no base64: {file[:200]!r}")
    return shape
