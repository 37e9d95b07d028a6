"""Mails that come back from an enemy, a payload at one place of each."""
import base64
import os

PLACES = ["from", "subject", "subject-word", "to", "date", "id", "answers", "failed", "recipient", "status", "diagnostic", "reporting",
          "body", "body-base64", "charset", "case", "name"]
REPORT = (b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
          b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; %s\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\n"
          b"Diagnostic-Code: smtp; %s\r\n--b--\r\n")


def one_line(words):
    return words.replace(b"\r", b" ").replace(b"\n", b" ")


def mail(place, said):
    def at(which, text):
        return said if which == place else text

    word = b"=?utf-8?B?" + base64.b64encode(said) + b"?="
    head = (b"From: " + at("from", b"Admin <admin@victim.example>") + b"\r\nTo: " + at("to", b"answers@example.org") + b"\r\nSubject: "
            + (word if place == "subject-word" else at("subject", b"RETEST " + at("case", b"c-1"))) + b"\r\nDate: "
            + at("date", b"Sat, 28 Nov 2026 03:00:00 +0000") + b"\r\nMessage-ID: <" + at("id", b"1@victim.example") + b">\r\nIn-Reply-To: "
            + at("answers", b"<x@y.example>") + b"\r\n")
    if place == "failed":
        head += b"X-Failed-Recipients: " + said + b"\r\n"
    if place in ("recipient", "status", "diagnostic", "reporting"):
        return head + REPORT % (at("reporting", b"mx.example"), at("recipient", b"abuse@victim.example"), at("status", b"5.1.1"), at("diagnostic", b"550 no"))
    if place == "body-base64":
        return head + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(said) + b"\r\n"
    return head + b"Content-Type: text/plain; charset=" + at("charset", b"utf-8") + b"\r\n\r\n" + at("body", b"It is closed.") + b"\r\n"


def make(folder, payloads):
    """A Maildir of them. A file's name is the enemy's too, where it can be."""
    for name in "cur", "new", "tmp":
        os.makedirs(os.path.join(folder, name))
    count = 0
    for i, payload in enumerate(payloads):
        for k in range(4):
            place = PLACES[(4 * i + k) % len(PLACES)]
            said = one_line(payload.bytes) if place not in ("body", "subject") else payload.bytes
            name = os.fsencode(f"{i}.{k}.")
            if place == "name":
                name += payload.bytes.replace(b"\0", b"").replace(b"/", b"_")[:150]
            with open(os.path.join(os.fsencode(folder), b"new", name), "wb") as file:
                file.write(mail(place, said))
            count += 1
    return count
