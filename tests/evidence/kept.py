"""Is a receipt's file, by its bytes, what its kind says? What doc/evidence.md, section 5.3, says of what the sink keeps."""
import re
from datetime import timezone

import minisig

FIRST = b"This message is an automatic test of the mail server at"
FORM, MARK = b"Form of this test: ", b"Mark of this test:"
LINE = rb"[^\r\n]*(?:\r(?!\n)[^\r\n]*|\n[^\r\n]*)*\r\n"
TRACE = re.compile(
    rb"(?:(?i:X-Ajar-Refused:)" + LINE + rb")?Return-Path: <([^\r\n]*)>\r\n((?:X-Ajar-Rcpt-To: <[^\r\n]*>\r\n){1,10})"
    rb"(Received: from [^\r\n]*\r\n\tby [^\r\n]*\r\n\twith [^\r\n]*\r\n\t[^\r\n]*\r\n)"
)
MAIL = ("mail", "bounce", "delay", "answer", "report", "other")
BLANKS = b" \t\r\n"


def tokens(token, text):
    """The runs of exactly 32 letters of base32 that are of the token's job: its first nine bytes, in 14 letters and two bits."""
    job = number(token) >> 88
    for run in re.findall(rb"[A-Za-z2-7]+", text):
        if len(run) == 32 and number(run.decode().lower()) >> 88 == job:
            yield run.decode().lower()


def number(token):
    value = 0
    for letter in token:
        value = value * 32 + "abcdefghijklmnopqrstuvwxyz234567".index(letter)
    return value


def header(message, name):
    """The first field of this name, or None."""
    fields = re.split(rb"\r?\n\r?\n", b"\n" + message, maxsplit=1)[0]
    found = re.search(rb"(?i)\n" + re.escape(name) + rb"[ \t]*:((?:[^\n]|\n[ \t])*)", fields + b"\n")
    return found and found.group(1).strip(BLANKS)


def body(message):
    parts = re.split(rb"\r?\n\r?\n", b"\n" + message, maxsplit=1)
    return parts[1] if len(parts) == 2 else b""


def begins(message, name, word):
    value = header(message, name)
    return value is not None and value.lower().startswith(word)


def is_answer(message):
    fields = (b"In-Reply-To", b"References", b"X-Autoreply", b"X-Autorespond")
    automatic = begins(message, b"Auto-Submitted", (b"auto-replied", b"auto-notified"))
    automatic = automatic or begins(message, b"Precedence", b"auto_reply") or begins(message, b"Subject", b"re:")
    return automatic or any(header(message, field) is not None for field in fields)


def brings_text(token, text):
    text = text.strip(BLANKS)
    at = text.find(FIRST)
    form = text.find(FORM, at)
    mark = text.find(MARK, form + len(FORM))
    if -1 in (at, form, mark) or next(tokens(token, text[mark + len(MARK) :]), None) != token:
        return False
    return at == 0 or b" T10" in text[form:].split(b"\n")[0]


def own_token(token, message, by_field):
    """The token of its Message-ID, or else of X-Ajar-Token."""
    found = re.match(rb"<([A-Za-z2-7]{32})@", header(message, b"Message-ID") or b"")
    if found:
        yield from tokens(token, found.group(1))
    if by_field:
        yield from tokens(token, header(message, b"X-Ajar-Token") or b"")


def is_test(token, message):
    known = next(own_token(token, message, False), None)
    if known is None:
        if is_answer(message):
            return False
        known = next(own_token(token, message, True), None)
    if known is not None:
        return known == token
    report = begins(message, b"Content-Type", b"multipart/report")
    return not report and (brings_text(token, body(message)) or brings_text(token, message))


def mail_flaw(kind, token, peer, at, raw):
    trace = TRACE.match(raw)
    if not trace:
        return "no trace of ours"
    literal = f"[IPv6:{peer}]" if peer.version == 6 else f"[{peer}]"
    when = at.astimezone(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S +0000")
    if f" ({literal})\r\n\tby ".encode() not in trace.group(3) or not trace.group(3).endswith(f";\r\n\t{when}\r\n".encode()):
        return "a trace of another peer or time"
    paths = re.findall(rb"<([^\r\n]*)>\r\n", trace.group(2))
    message = raw[trace.end() :]
    mailboxes = [path for path in paths if next(tokens(token, path), None) == token]
    own = next(own_token(token, message, True), None) or next(tokens(token, message), None)
    if own == token and not all(is_bounce(token, path) for path in paths):
        mailboxes.append(b"")
    elif own == token and not mailboxes:
        mailboxes.append(b"bounce-" + token.encode())
    if not mailboxes:
        return "a mail of another test"
    proves = is_test(token, message) and not all(is_bounce(token, path) for path in mailboxes)
    return None if proves == (kind == "mail") else "mail of another kind"


def is_bounce(token, path):
    known = next(tokens(token, path), None)
    return path.lower().startswith(b"bounce-") if known is None else b"bounce-" + known.encode() in path.lower()


def question_flaw(kind, token, raw):
    text = token.encode()
    if kind == "http":
        head = re.fullmatch(rb"(?:GET|HEAD|POST|PUT) (\S+) HTTP/1\.[0-9]\r?\n(?:[^\r\n]+\r?\n)*\r?\n", raw)
        good = head and next(tokens(token, head.group(1)), None) == token
    elif kind == "datagram":
        good = re.fullmatch(rb"(?i)ajar " + text, raw.strip(BLANKS))
    else:
        asked = re.search(rb"(?i)(?:^|\n)(?:ajar|user)[ \t]+" + text + rb"[ \t]*\r?\n\Z", raw)
        good = asked or (re.match(rb"(?:POST|PUT) ", raw) and re.search(rb"(?i)ajar [^\n]*" + text + rb"[^\n]*\n", raw))
    return None if good else "not the question for its token"


def flaw(entry, token, peer, raw):
    """What is wrong with the file of an entry of `receipts`, or None."""
    if entry["kind"] in MAIL:
        return mail_flaw(entry["kind"], token, peer, minisig.time_of(entry["at"]), raw)
    return question_flaw(entry["kind"], token, raw)
