"""Section 4 of doc/evidence.md, time-stamps: RFC 3161. The form is read here, what is signed is left to openssl."""
import hashlib
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timezone

from refusal import Refused, require

LIMIT = 64 << 10
SIGNED_DATA = "2a864886f70d010702"
TST_INFO = "2a864886f70d0109100104"
SHA256 = "608648016503040201"
RSA = "2a864886f70d010101"
ECDSA = "2a8648ce3d0201"
ECDSA_WITH = {
    "608648016503040201": "2a8648ce3d040302",
    "608648016503040202": "2a8648ce3d040303",
    "608648016503040203": "2a8648ce3d040304",
}
NULL = b"\5\0"
SEQUENCE, SET = 16, 17


@dataclass
class Element:
    """An element of DER; what is constructed has elements in it."""

    tag: int
    whole: bytes
    content: bytes
    inside: list = field(default_factory=list)

    @property
    def hex(self):
        return self.content.hex()


def elements(data):
    at, found = 0, []
    while at < len(data):
        element = element_at(data, at)
        found.append(element)
        at += len(element.whole)
    return found


def element_at(data, at):
    tag, head = data[at], data[at : at + 2]
    require(tag & 31 != 31 and len(head) == 2, "not DER")
    require(tag >= 64 or bool(tag & 32) == (tag & 31 in (SEQUENCE, SET)), "not DER: an element of another form")
    begin, length = at + 2, data[at + 1]
    if length >= 128:
        begin += length - 128
        digits = data[at + 2 : begin]
        require(1 <= len(digits) <= 3 and digits[0], "not DER: a length in another form than the shortest")
        length = int.from_bytes(digits, "big")
        require(length >= 128, "not DER: a length in another form than the shortest")
    content = data[begin : begin + length]
    require(len(content) == length, "not DER: cut off")
    return Element(tag, data[at : begin + length], content, elements(content) if tag & 32 else [])


def one(data):
    found = elements(data)
    require(len(found) == 1, "something follows the time-stamp")
    return found[0]


def sequence(element, tags, what):
    """Its elements, when they have just these tags; a tag in brackets may be missing, and is None then."""
    rest, found = list(element.inside), []
    for tag in tags:
        optional = isinstance(tag, list)
        there = rest and rest[0].tag == (tag[0] if optional else tag)
        require(there or optional, f"{what} is not as in RFC 3161")
        found.append(rest.pop(0) if there else None)
    require(not rest, f"{what} has more in it than it may")
    return found


def algorithm(element):
    """Its number in hexadecimal, and its parameters as they stand."""
    number, *parameters = element.inside
    require(number.tag == 6 and len(parameters) <= 1, "not an algorithm")
    return number.hex, parameters[0].whole if parameters else b""


def certificate_of(signer, certificates):
    """The certificate that the signer's issuer and number name, and the algorithm of its key."""
    issuer, serial = sequence(signer, [0x30, 0x02], "the signer's name")
    for certificate in certificates:
        fields = [e for e in certificate.inside[0].inside if e.tag != 0xA0]
        if fields[0].whole == serial.whole and fields[2].whole == issuer.whole:
            return certificate, algorithm(fields[5].inside[0])[0]
    raise Refused("the certificate of the time-stamp's signer is not in it")


def check_signature_algorithm(found, key, digest):
    made = (RSA, NULL) if key == RSA else (ECDSA_WITH.get(digest), b"")
    require(key not in (RSA, ECDSA) or found == made, "another algorithm than the signer's key makes")


def time_in(info):
    text = next(e for e in info.inside if e.tag == 0x18).content.decode("latin-1")
    found = re.fullmatch(r"([0-9]{14})(?:\.[0-9]*[1-9])?Z", text)
    require(found, f"not a time: {text!r}")
    try:
        return datetime.strptime(found.group(1), "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    except ValueError as why:
        raise Refused(f"not a time: {text!r}") from why


@dataclass
class Stamp:
    reply: bytes
    certificate: bytes
    time: datetime

    def check(self, signed, trusted=None):
        """By openssl, as of its own time: with the certificates in TRUSTED (PEM), or with its signer's own."""
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("reply", self.reply), ("signed", signed), ("signer.der", self.certificate)):
                with open(f"{folder}/{name}", "wb") as file:
                    file.write(content)
            by = ["-partial_chain", "-CAfile", trusted or f"{folder}/signer.pem"]
            subprocess.run(
                ["openssl", "x509", "-inform", "DER", "-in", f"{folder}/signer.der", "-out", f"{folder}/signer.pem"],
                capture_output=True,
                check=False,
            )
            said = subprocess.run(
                [
                    "openssl",
                    "ts",
                    "-verify",
                    "-data",
                    f"{folder}/signed",
                    "-in",
                    f"{folder}/reply",
                    *by,
                    "-attime",
                    str(int(self.time.timestamp())),
                ],
                capture_output=True,
                check=False,
            )
        return said.returncode == 0


def read(reply):
    """A stamp whose form is the one that it must have."""
    require(len(reply) <= LIMIT, "a time-stamp of more than 64 KiB")
    status, token = sequence(one(reply), [0x30, 0x30], "the reply")
    require(status.content == b"\2\1\0", 'the reply is not "granted" and nothing else')
    kind, wrapped = sequence(token, [0x06, 0xA0], "the token")
    require(kind.hex == SIGNED_DATA, "the token is not SignedData")
    (data,) = sequence(wrapped, [0x30], "the token")
    version, digests, inner, certificates, signers = sequence(data, [0x02, 0x31, 0x30, 0xA0, 0x31], "SignedData")
    require(version.content == b"\3", "another version of SignedData")
    (digest,) = sequence(digests, [0x30], "the list of digest algorithms")
    kind, wrapped = sequence(inner, [0x06, 0xA0], "what was signed")
    require(kind.hex == TST_INFO, "the token holds no time-stamp")
    (octets,) = sequence(wrapped, [0x04], "what was signed")
    (signer,) = sequence(signers, [0x30], "the list of signers")
    version, name, by, _, how, _ = sequence(signer, [0x02, 0x30, 0x30, 0xA0, 0x30, 0x04], "SignerInfo")
    require(version.content == b"\1", "another version of SignerInfo")
    require(algorithm(digest) == algorithm(by) and algorithm(by)[1] == NULL, "not one digest algorithm with NULL")
    certificate, key = certificate_of(name, certificates.inside)
    check_signature_algorithm(algorithm(how), key, algorithm(by)[0])
    info = one(octets.content)
    return Stamp(reply, certificate.whole, time_in(info)), imprint(info)


def imprint(info):
    how, digest = sequence(info.inside[2], [0x30, 0x04], "the imprint")
    require(algorithm(how)[0] == SHA256, "the time-stamp is for another digest than SHA-256")
    return digest.content


def check(reply, signed, trusted):
    """A stamp over SIGNED; its time, and whether the certificates in TRUSTED vouch for it."""
    try:
        stamp, digest = read(reply)
    except (IndexError, StopIteration, ValueError, RecursionError) as why:
        raise Refused("not a time-stamp of RFC 3161") from why
    require(digest == hashlib.sha256(signed).digest(), "the time-stamp is for something else")
    require(stamp.check(signed), "the signature of the time-stamp does not hold")
    return stamp.time, bool(trusted and stamp.check(signed, trusted))
