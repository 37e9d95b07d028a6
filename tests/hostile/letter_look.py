"""A letter with other eyes than ajar's: its header, line by line; its parts, by Python's parser; its text, character by character."""
import base64
import email
import email.policy
import json
import re

import look
from look import Fault

FIELDS = ["Return-Path", "DKIM-Signature", "From", "Reply-To", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Date", "Auto-Submitted",
          "List-Unsubscribe", "List-Unsubscribe-Post", "X-Ajar-Case", "MIME-Version", "Content-Language", "Content-Type", "Content-Transfer-Encoding"]
PART_FIELDS = ["Content-Language", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition"]
TYPES = {"none": [["text/plain"]],
         "xarf": [["multipart/mixed", "text/plain", "application/json"]],
         "intelmq": [["multipart/mixed", "text/plain", "application/json"]],
         "arf": [["multipart/mixed", "text/plain", "application/json"],
                 ["multipart/report", "text/plain", "message/feedback-report", "message/rfc822"],
                 ["multipart/report", "text/plain", "message/feedback-report", "text/rfc822-headers"]]}
QUOTE = re.compile(r"  > ([CS]: |…|\u2066?[CS]: )| \*> [CS]: ")
ISOLATES = "\u2066\u2067\u2068\u2069"


def names_of(header, known, what):
    """The names of a header's fields, in order, each line's form held to RFC 5322."""
    names = []
    for line in header.split(b"\r\n"):
        if b"\r" in line or b"\n" in line or any(c < 0x20 and c != 9 or c > 0x7e for c in line) or len(line) > 998:
            raise Fault(f"{what}: a line of the header: {line!r}")
        if line[:1] in b" \t" and line.strip() and names:
            continue
        name, colon, _ = line.partition(b":")
        if not colon or name.decode() not in known:
            raise Fault(f"{what}: a field of nobody's: {line!r}")
        names.append(name.decode())
    return names


def look_header(raw, what):
    head = raw.partition(b"\r\n\r\n")[0]
    names = names_of(head, FIELDS, what)
    if sorted(set(names), key=FIELDS.index) != names:
        raise Fault(f"{what}: fields twice, or in another order: {names}")
    missing = {"From", "Reply-To", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "X-Ajar-Case", "MIME-Version"} - set(names)
    if missing:
        raise Fault(f"{what}: fields that are missing: {missing}")


def look_lines(raw, what):
    """CRLF alone ends lines, and no line is longer than any may be."""
    for line in raw.split(b"\r\n"):
        if b"\r" in line or b"\n" in line or b"\0" in line or len(line) > 998:
            raise Fault(f"{what}: a line: {line[:200]!r}")


def balanced(line):
    depth = 0
    for c in line:
        depth += (c in "\u2066\u2067\u2068") - (c == "\u2069")
        if depth < 0:
            return False
    return depth == 0


def look_words(text, what, rtl):
    """The letter's own text: every character seen, and isolates where the language has them, closed in their line."""
    look.look_text(text.encode(), "\n" + (ISOLATES if rtl else ""), what)
    for line in text.split("\n"):
        if not balanced(line):
            raise Fault(f"{what}: isolates that are not closed: {ascii(line)}")
        if line.startswith(("  > ", " *> ")) and not QUOTE.match(line):
            raise Fault(f"{what}: a quote of nobody's: {ascii(line)}")


def own_lines(text):
    """What is ours in a letter: all but what it quotes, with what differs from run to run taken out."""
    text = re.sub(r"\b[a-z2-7]{32}\b", "TOKEN", text)
    text = re.sub(r"\b[0-9a-f]{64}\b|\bc-[0-9a-f]{16}\b|\b[0-9A-F]{16}\b", "NAME", text)
    text = re.sub(r"\d\d[:.]\d\d[:.]\d\d", "TIME", text)
    text = re.sub(r"(RETEST|STOP-\w+)\s+NAME", r"\1 NAME", text)
    return [line for line in text.split("\n") if not QUOTE.match(line)]


def look_message(raw, what, rtl):
    """Its lines, its header and its parts' headers. Gives the parsed message and its text."""
    look_lines(raw, what)
    look_header(raw, what)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in [message, *message.iter_parts()]:
        if part.defects:
            raise Fault(f"{what}: {part.defects}")
    for part in message.iter_parts():
        if set(part.keys()) - set(PART_FIELDS):
            raise Fault(f"{what}: fields of a part: {part.keys()}")
        if part.get_content_type() == "application/json":
            look_machine(part.get_content(), what)
    for name, value in message.items():
        look.look_text(str(value).encode("utf-8", "surrogateescape"), ISOLATES if rtl and name == "Subject" else "", f"{what}: {name}")
        if not balanced(str(value)):
            raise Fault(f"{what}: {name}: isolates that are not closed")
    return message, message.get_body().get_content().replace("\r\n", "\n")


def look_letter(raw, what, machine="xarf", rtl=False):
    """A letter on one finding, all of it. Gives the parsed message and its text."""
    message, text = look_message(raw, what, rtl)
    types = [part.get_content_type() for part in (message, *message.iter_parts())]
    if types not in TYPES[machine]:
        raise Fault(f"{what}: other parts: {types}")
    look_words(text, what, rtl)
    for part in message.iter_parts():
        if part.get_content_type() == "text/rfc822-headers":
            look.look_text(part.get_content().replace("\r\n", "\n").encode(), "\n\t", what + ": the returned header")
        elif part.get_content_type() == "message/feedback-report":
            look_feedback(part, what)
    return message, text


def look_machine(content, what):
    content = (content if isinstance(content, bytes) else content.encode()).replace(b"\r\n", b"\n")
    look.look_text(content, "\n", what + ": the part for programs")
    report = json.loads(content)
    if "xarf_version" in report and set(report) - {
            "xarf_version", "report_id", "timestamp", "reporter", "sender", "source_identifier", "source_port", "service_port", "category",
            "type", "evidence_source", "service", "description", "confidence", "tags", "evidence"}:
        raise Fault(f"{what}: members of nobody's: {sorted(report)}")
    for item in report.get("evidence", []):
        if item["content_type"] == "text/plain":
            look.look_text(base64.b64decode(item["payload"]), "\n", what + ": the dialogue for programs")


def look_feedback(part, what):
    text = part.get_payload()
    text = text if isinstance(text, str) else text[0].as_string()
    names = [line.partition(":")[0] for line in text.replace("\r\n", "\n").strip().split("\n")]
    if names != ["Feedback-Type", "User-Agent", "Version", "Arrival-Date", "Source-IP", "Incidents"]:
        raise Fault(f"{what}: the feedback report has {names}")
