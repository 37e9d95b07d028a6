"""Is a receipt's file, by its bytes, what its kind says? What doc/evidence.md, section 5.3, says of what the sink keeps."""
import base64
import quopri
import re
from datetime import timezone

import minisig

FIRST, FORM, MARK = (
    words.encode().replace(b" ", rb"[ \t\r\n]+")
    for words in ("This message is an automatic test of the mail server at", "Form of this test: ", "Mark of this test:")
)
REST = re.compile(rb"(?s)" + FORM + rb"(.*?)" + MARK + rb"(.*)")
PLACES = 8  # at which the text is looked for
ANSWERS = (
    "re r res resp aw antw antwort antwoord sv vs vast rif r\u00e9 r\u00e9p odp ynt atb bls bales v\u00e1 v\u00e1lasz "
    "\u0391\u03a0 \u03a3\u03a7\u0395\u03a4 \u043e\u0442\u0432 \u041e\u0442\u0432 \u041e\u0422\u0412 \u043e\u0442\u0432\u0435\u0442 "
    "\u041e\u0442\u0432\u0435\u0442 \u05d4\u05e9\u05d1 \u0631\u062f \u56de\u590d \u56de\u8986 \u7b54\u590d \u7b54\u8986 \u8fd4\u4fe1 \ud68c\uc2e0 "
    "\ub2f5\uc7a5"
)
ANSWER = re.compile(rb"(?i)(?:" + b"|".join(word.encode() for word in ANSWERS.split()) + rb")[]\[()^ 0-9]*(?::|\xef\xbc\x9a)")
LINE = rb"[^\r\n]*(?:\r(?!\n)[^\r\n]*|\n[^\r\n]*)*\r\n"
TRACE = re.compile(
    rb"(?:(?i:X-Ajar-Refused:)" + LINE + rb")?Return-Path: <([^\r\n]*)>\r\n((?:X-Ajar-Rcpt-To: <[^\r\n]*>\r\n){1,10})"
    rb"(Received: from [^\r\n]*\r\n\tby [^\r\n]*\r\n\twith [^\r\n]*\r\n\t[^\r\n]*\r\n)"
)
MAIL = ("mail", "bounce", "delay", "answer", "report", "other")
BLANKS = b" \t\r\n"


def tokens(token, text):
    """The runs of exactly 32 letters of base32 that are of the token's job: its first nine bytes, in 14 letters and two bits."""
    mine = job(token)
    for run in re.findall(rb"[A-Za-z2-7]+", text):
        if len(run) == 32 and job(run.decode()) == mine:
            yield run.decode().lower()


def job(token):
    """The number of the job that it is of."""
    return number(token.lower()) >> 88


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
    automatic = automatic or begins(message, b"Precedence", b"auto_reply") or has_answers_subject(message)
    return automatic or any(header(message, field) is not None for field in fields)


def decoded(encoding, data):
    if encoding == b"base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data.split(b"=")[0])
        return base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")
    return quopri.decodestring(data) if encoding == b"quoted-printable" else data


def has_answers_subject(message):
    def word(found):
        encoding, data = found.group(1).lower(), found.group(2)
        return decoded(b"base64", data) if encoding == b"b" else quopri.decodestring(data, header=True)

    subject = re.sub(rb"=\?[^?]*\?([bBqQ])\?([^?]*)\?=", word, header(message, b"Subject") or b"")
    return ANSWER.match(subject.strip(BLANKS)) is not None


def text_of(part, depth=0):
    """The text of a message, or of all parts of one that are text."""
    kind = header(part, b"Content-Type")
    boundary = re.search(rb'(?i)boundary="?([^";\s]+)', kind or b"")
    if kind is None or not kind.lower().startswith((b"multipart/", b"message/")) or depth == 4:
        return decoded((header(part, b"Content-Transfer-Encoding") or b"").lower(), body(part))
    if kind.lower().startswith(b"message/") or not boundary:
        return b"" if boundary is None and kind.lower().startswith(b"message/") else body(part)
    delimiter = rb"(?m)^--" + re.escape(boundary.group(1))
    parts = re.split(delimiter + rb"[ \t\r]*\n", re.split(delimiter + rb"--", body(part))[0])
    return b"\r\n".join(text_of(p, depth + 1) for p in parts[1:])


def brings_text(token, text, field, sender):
    text = text.strip(BLANKS)
    for begin in list(re.finditer(FIRST, text))[:PLACES]:
        at = begin.start()
        own = at == 0 or (sender and re.search(rb"(?:^|\n)[ \t]*\Z", text[:at]) is not None)
        rest = REST.search(text, at)
        whole = rest and next(tokens(token, rest.group(2)), None) == token
        if (own and field and rest) or (whole and (own or b"T10" in rest.group(1))):
            return True
    return False


def field_token(token, message):
    return next(tokens(token, header(message, b"X-Ajar-Token") or b""), None)


def message_id_token(token, message, domain=None):
    """The token of its Message-ID, where that is of this domain, or of whatever domain."""
    found = re.match(rb"<([A-Za-z2-7]{32})@([^>]*)", header(message, b"Message-ID") or b"")
    if not found or (domain is not None and found.group(2).lower() != domain.lower()):
        return None
    return next(tokens(token, found.group(1)), None)


def own_token(token, message):
    return message_id_token(token, message) or field_token(token, message) or next(tokens(token, message), None)


def is_test(token, domain, message):
    known = message_id_token(token, message, domain)
    if known is not None:
        return known == token
    if is_answer(message) or begins(message, b"Content-Type", b"multipart/report"):
        return False
    field = field_token(token, message) == token
    sender = (header(message, b"From") or b"").split(b"<", 1)[-1].lower().startswith(b"bounce-" + token.encode())
    return any(brings_text(token, text, field, sender) for text in (body(message), message, text_of(message)))


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
    own = own_token(token, message)
    domain = re.search(rb"\n\tby (\S*)", trace.group(3)).group(1)
    if own == token and not all(is_bounce(token, path) for path in paths):
        mailboxes.append(b"")
    elif own == token and not mailboxes:
        mailboxes.append(b"bounce-" + token.encode())
    if not mailboxes:
        return "a mail of another test"
    proves = is_test(token, domain, message) and not all(is_bounce(token, path) for path in mailboxes)
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
