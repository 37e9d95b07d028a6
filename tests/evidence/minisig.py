"""Section 4 of doc/evidence.md: keys and signatures. What is Ed25519 is left to the minisign command."""
import base64
import binascii
import re
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime, timezone

from refusal import Refused, require

BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


def decode(line, size, what):
    """Base64 in its one form: standard alphabet, padded, unused bits zero."""
    require(BASE64.fullmatch(line), f"{what} is not base64")
    try:
        raw = base64.b64decode(line, validate=True)
    except binascii.Error as why:
        raise Refused(f"{what} is not base64") from why
    require(base64.b64encode(raw).decode() == line and len(raw) == size, f"{what} is not the base64 of {size} bytes")
    return raw


def lines_of(content, count, what):
    """Exactly so many lines, each ended by LF."""
    try:
        text = content.decode()
    except UnicodeDecodeError as why:
        raise Refused(f"{what} is not UTF-8") from why
    lines = text.split("\n")
    require(len(lines) == count + 1 and lines[-1] == "", f"{what} does not have {count} lines")
    return lines[:-1]


def key_id(number):
    return f"{int.from_bytes(number, 'little'):016X}"


@dataclass(frozen=True)
class PublicKey:
    line: str

    @property
    def raw(self):
        return decode(self.line, 42, "the public key")

    @property
    def number(self):
        require(self.raw[:2] == b"Ed", "not a public key of minisign's form")
        return self.raw[2:10]

    @property
    def id(self):
        return key_id(self.number)


def public_key(content):
    """A public key file, or a base64 line alone, in any of the forms in which people send them."""
    lines = [line.strip() for line in content.decode("latin-1").strip().split("\n")]
    if lines[0].startswith("untrusted comment: "):
        del lines[0]
    require(len(lines) == 1, "not a public key of minisign's form")
    key = PublicKey(lines[0])
    require(key.number, "not a public key of minisign's form")
    return key


@dataclass(frozen=True)
class Signature:
    content: bytes
    number: bytes
    comment: str

    @property
    def id(self):
        return key_id(self.number)

    def check(self, signed, key):
        """Both signatures, by minisign, after the key number."""
        require(key.number == self.number, f"signed by the key {self.id}, not by {key.id}")
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("f", signed), ("f.minisig", self.content)):
                with open(f"{folder}/{name}", "wb") as file:
                    file.write(content)
            said = subprocess.run(
                ["minisign", "-VQ", "-P", key.line, "-m", f"{folder}/f"], capture_output=True, check=False
            )
        require(said.returncode == 0, "the signature or that of its trusted comment does not hold")
        require(said.stdout == self.comment.encode() + b"\n", "minisign reads another trusted comment")


def signature(content):
    untrusted, first, trusted, second = lines_of(content, 4, "the signature")
    raw = decode(first, 74, "the signature")
    decode(second, 64, "the signature of the trusted comment")
    require(raw[:2] == b"ED", "a signature of the old or another form")
    require(
        untrusted
        in (
            f"untrusted comment: signature by ajar with key {key_id(raw[2:10])}",
            "untrusted comment: signature from minisign secret key",
        ),
        "another untrusted comment",
    )
    require(trusted.startswith("trusted comment: "), "there is no trusted comment")
    return Signature(content, raw[2:10], trusted.removeprefix("trusted comment: "))


def time_of(text):
    """RFC 3339 in UTC with exactly six decimals."""
    require(
        re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", text), f"not a time: {text!r}"
    )
    try:
        if text.startswith("0000"):  # a year as any other in RFC 3339, but not in Python
            datetime.fromisoformat("2000" + text[4:-1])
            return datetime.min.replace(tzinfo=timezone.utc)
        return datetime.fromisoformat(text[:-1] + "+00:00")
    except ValueError as why:
        raise Refused(f"not a time: {text!r}") from why
