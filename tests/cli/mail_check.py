#!/usr/bin/python3
"""Reads letters with other programs' eyes: mail_check.py WHAT FILE...

xarf FILE      its last part is valid XARF v4, by what its schema says (a JSON Schema of the same facts, below); prints the report
part N FILE    the content of its part N, from 0
types FILE     the types of the message and of its parts
dkim FILE NAME=TXT...  how each DKIM-Signature verifies, with these records in the DNS; by dkimpy
mbox FILE      the subjects of a mailbox; maildir DIR likewise
field NAME FILE
"""
import email
import email.policy
import json
import mailbox
import sys

CONTACT = {"type": "object", "required": ["org", "contact", "domain"], "additionalProperties": False, "properties": {
    "org": {"type": "string", "maxLength": 200}, "contact": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
    "domain": {"type": "string", "pattern": "^[a-z0-9.-]+$"}}}
EVIDENCE = {"type": "object", "required": ["content_type", "payload"], "additionalProperties": False, "properties": {
    "content_type": {"type": "string"}, "description": {"type": "string", "maxLength": 500},
    "payload": {"type": "string", "contentEncoding": "base64"},
    "hash": {"type": "string", "pattern": "^(md5|sha1|sha256|sha512):[a-fA-F0-9]+$"},
    "size": {"type": "integer", "minimum": 0, "maximum": 5242880}}}
XARF = {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
    "required": ["xarf_version", "report_id", "timestamp", "reporter", "sender", "source_identifier", "category", "type",
                 "service"],
    "not": {"required": ["_internal"]},
    "properties": {
        "xarf_version": {"pattern": r"^4\.[0-9]+\.[0-9]+$"},
        "report_id": {"pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
        "timestamp": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"},
        "reporter": CONTACT, "sender": CONTACT, "source_identifier": {"type": "string"},
        "source_port": {"type": "integer", "minimum": 1, "maximum": 65535},
        "category": {"const": "vulnerability"}, "type": {"enum": ["misconfiguration", "open_service"]},
        "evidence_source": {"enum": ["vulnerability_scan", "automated_scan", "researcher_analysis"]},
        "service": {"type": "string", "maxLength": 200},
        "evidence": {"type": "array", "maxItems": 50, "items": EVIDENCE},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "tags": {"type": "array", "maxItems": 20,
                 "items": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_+-]*:[a-z0-9][a-z0-9_+-]*$"}},
        "description": {"type": "string", "maxLength": 1000}}}


def read(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    for part in message.walk():
        assert not part.defects, part.defects
    return message


def leaf(path, number):
    part = list(read(path).iter_parts())[int(number)]
    if part.get_content_maintype() == "message":
        return part.get_payload()[0].as_string() if part.is_multipart() else part.get_payload()
    content = part.get_content()
    return content.decode() if isinstance(content, bytes) else content


def xarf(path):
    import base64
    import hashlib
    import jsonschema
    report = json.loads(leaf(path, -1))
    jsonschema.Draft202012Validator.check_schema(XARF)
    jsonschema.Draft202012Validator(XARF).validate(report)
    for item in report["evidence"]:
        content = base64.b64decode(item["payload"], validate=True)
        assert item["size"] == len(content) and item["hash"] == "sha256:" + hashlib.sha256(content).hexdigest(), item
    print(json.dumps(report))


def verify(path, *records):
    import dkim
    known = dict(record.split("=", 1) for record in records)
    with open(path, "rb") as file:
        message = file.read()
    for i in range(message.split(b"\r\n\r\n")[0].count(b"DKIM-Signature:")):
        signed = dkim.DKIM(message, minkey=1024)
        try:
            good = signed.verify(idx=i, dnsfunc=lambda name, timeout=5: known[name.decode().rstrip(".")].encode())
        except dkim.DKIMException:
            good = False
        print(signed.signature_fields[b"a"].decode(), "good" if good else "BAD")


def main(what, *words):
    if what == "xarf":
        xarf(*words)
    elif what == "dkim":
        verify(*words)
    elif what == "part":
        sys.stdout.write(leaf(words[1], words[0]).replace("\r\n", "\n"))
    elif what == "types":
        print(*(part.get_content_type() for part in read(words[0]).walk()))
    elif what == "field":
        print(read(words[1])[words[0]])
    else:
        box = mailbox.mbox(words[0], create=False) if what == "mbox" else mailbox.Maildir(words[0], create=False)
        for message in box:
            print(message["Subject"])


main(*sys.argv[1:])
