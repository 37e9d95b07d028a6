"""
inbox_mails: a Maildir of mails that come back to whoever writes letters, in the shapes in which programs in the field send them.

    inbox_mails.py FOLDER BOUNCE-ADDRESS MESSAGE-ID CASE

BOUNCE-ADDRESS is the envelope's sender of a letter with its mark, MESSAGE-ID its own. Each mail's file has the name of its shape.
"""
import base64
import os
import sys

LETTER = """From: Project <project@example.org>
To: abuse@victim.example
Subject: An open mail server at 192.0.2.1
Date: Sat, 28 Nov 2026 02:00:00 +0000
Message-ID: {id}
X-Ajar-Case: {case}
Auto-Submitted: auto-generated
"""

POSTFIX = """Return-Path: <>
Delivered-To: bounces@example.org
X-Original-To: {bounce}
Received: by mail.example.org (Postfix)
\tid 4F1A72C0D; Sat, 28 Nov 2026 02:10:00 +0000 (UTC)
Date: Sat, 28 Nov 2026 02:10:00 +0000 (UTC)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: {subject}
To: {bounce}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="7D3B82C0E.1796/mail.example.org"
Content-Transfer-Encoding: 8bit
Message-Id: <20261128021000.4F1A72C0D@mail.example.org>

This is a MIME-encapsulated message.

--7D3B82C0E.1796/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

                   The mail system

<abuse@victim.example>: host mx.victim.example[192.0.2.1] said: 550 5.1.1
    <abuse@victim.example>: Recipient address rejected: User unknown (in reply
    to RCPT TO command)

--7D3B82C0E.1796/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 7D3B82C0E
X-Postfix-Sender: rfc822; {bounce}
Arrival-Date: Sat, 28 Nov 2026 02:09:58 +0000 (UTC)
Original-Envelope-Id: {case}

Final-Recipient: rfc822; abuse@victim.example
Original-Recipient: rfc822;abuse@victim.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.victim.example
Diagnostic-Code: smtp; 550 5.1.1 <abuse@victim.example>: Recipient address
    rejected: User unknown

--7D3B82C0E.1796/mail.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

{letter}
--7D3B82C0E.1796/mail.example.org--
"""

EXIM = """Return-path: <>
Envelope-to: {bounce}
Received: from Debian-exim by mx.victim.example with local (Exim 4.96)
\tid 1qXyZ1-0001Ab-2C
\tfor {bounce};
\tSat, 28 Nov 2026 02:10:00 +0000
X-Failed-Recipients: abuse@victim.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.victim.example>
To: {bounce}
References: {id}
Content-Type: multipart/report; report-type=delivery-status; boundary=1796000000-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1qXyZ1-0001Ab-2C@mx.victim.example>
Date: Sat, 28 Nov 2026 02:10:00 +0000

--1796000000-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  abuse@victim.example
    Unrouteable address

--1796000000-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; mx.victim.example

Action: failed
Final-Recipient: rfc822;abuse@victim.example
Status: 5.0.0

--1796000000-eximdsn-1804289383
Content-type: message/rfc822

Return-path: <{bounce}>
{letter}
the letter
--1796000000-eximdsn-1804289383--
"""

OLD_EXIM = """Return-path: <>
Envelope-to: {bounce}
X-Failed-Recipients: abuse@victim.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.victim.example>
To: {bounce}
Subject: Mail delivery failed: returning message to sender
Date: Sat, 28 Nov 2026 02:10:00 +0000

This message was created automatically by mail delivery software.

  abuse@victim.example
    Unrouteable address

------ This is a copy of the message, including all the headers. ------

{letter}
"""

EXCHANGE = """Return-Path: <>
Delivered-To: {bounce}
From: Microsoft Outlook
 <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@victim.example>
To: {bounce}
Date: Sat, 28 Nov 2026 02:10:00 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b1f3a2c4-6f4e-4b8a-9a52-0b7f4a1d2e3c"
X-MS-Exchange-Message-Is-Ndr: true
Content-Language: de-DE
Message-ID: <b1f3a2c4-6f4e-4b8a-9a52-0b7f4a1d2e3c@EX01.victim.example>
In-Reply-To: {id}
References: {id}
Subject: =?utf-8?Q?Unzustellbar:_An_open_mail_server?=
Auto-Submitted: auto-replied
MIME-Version: 1.0

--b1f3a2c4-6f4e-4b8a-9a52-0b7f4a1d2e3c
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="4f1a0c2e-0000-4b8a-9a52-0b7f4a1d2e3c"

--4f1a0c2e-0000-4b8a-9a52-0b7f4a1d2e3c
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{german}
--4f1a0c2e-0000-4b8a-9a52-0b7f4a1d2e3c
Content-Type: text/html; charset="utf-8"

<html><body><p>Fehler</p></body></html>

--4f1a0c2e-0000-4b8a-9a52-0b7f4a1d2e3c--

--b1f3a2c4-6f4e-4b8a-9a52-0b7f4a1d2e3c
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.victim.example
Received-From-MTA: dns;mail.example.org
Arrival-Date: Sat, 28 Nov 2026 02:09:59 +0000

Final-Recipient: rfc822;abuse@victim.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--b1f3a2c4-6f4e-4b8a-9a52-0b7f4a1d2e3c
Content-Type: message/rfc822

{letter}
the letter
--b1f3a2c4-6f4e-4b8a-9a52-0b7f4a1d2e3c--
"""

GMAIL = """Delivered-To: {bounce}
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {bounce}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {id}
In-Reply-To: {id}
X-Failed-Recipients: abuse@victim.example
Message-ID: <65f0a1b2.170a0220.1d2e3.4f5a.GMR@mx.google.com>
Date: Sat, 28 Nov 2026 02:10:00 -0800 (PST)
MIME-Version: 1.0
Content-Type: multipart/report; boundary="0000000000001a2b3c0613e4f5a6"; report-type=delivery-status

--0000000000001a2b3c0613e4f5a6
Content-Type: multipart/related; boundary="0000000000001a2b4d0613e4f5a7"

--0000000000001a2b4d0613e4f5a7
Content-Type: multipart/alternative; boundary="0000000000001a2b4f0613e4f5a8"

--0000000000001a2b4f0613e4f5a8
Content-Type: text/plain; charset="UTF-8"


** Address not found **

Your message wasn't delivered to abuse@victim.example because the address couldn't be found, or is unable to receive mail.

--0000000000001a2b4f0613e4f5a8--
--0000000000001a2b4d0613e4f5a7--
--0000000000001a2b3c0613e4f5a6
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; {bounce}
Arrival-Date: Sat, 28 Nov 2026 02:09:59 -0800 (PST)
X-Original-Message-ID: {id}

Final-Recipient: rfc822; abuse@victim.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (192.0.2.26, the server for the domain victim.example.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Sat, 28 Nov 2026 02:10:00 -0800 (PST)

--0000000000001a2b3c0613e4f5a6
Content-Type: message/rfc822

{letter}
--0000000000001a2b3c0613e4f5a6--
"""

QMAIL = """Return-Path: <>
Delivered-To: {bounce}
Received: (qmail 4711 invoked for bounce); 28 Nov 2026 02:10:00 -0000
Date: 28 Nov 2026 02:10:00 -0000
From: MAILER-DAEMON@mx.victim.example
To: {bounce}
Subject: failure notice

Hi. This is the qmail-send program at mx.victim.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<abuse@victim.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{letter}
"""

REPLY = """Return-Path: <{sender}>
Delivered-To: {to}
From: {sender}
To: {to}
Subject: {subject}
Date: Sat, 28 Nov 2026 03:00:00 +0000
Message-ID: <{n}@victim.example>
{more}MIME-Version: 1.0
Content-Type: text/plain; charset={charset}
Content-Transfer-Encoding: base64

{text}
"""


def reply(n, subject, text, to="answers@example.org", more="", charset="utf-8"):
    word = base64.b64encode(subject.encode(charset)).decode()
    return REPLY.format(sender="admin@victim.example", to=to, subject=f"=?{charset}?B?{word}?=", n=n, more=more, charset=charset,
                        text=base64.encodebytes(text.encode(charset)).decode())


def postfix(facts, **changed):
    values = {"subject": "Undelivered Mail Returned to Sender", "action": "failed", "status": "5.1.1", **facts, **changed}
    return POSTFIX.format(**values)


def mails(bounce, ident, case):
    letter = LETTER.format(id=ident, case=case)
    german = base64.encodebytes("Ihre Nachricht an abuse@victim.example wurde nicht zugestellt.".encode()).decode()
    facts = {"bounce": bounce, "id": ident, "case": case, "letter": letter, "german": german}
    answers = f"In-Reply-To: {ident}\nReferences: {ident}\n"
    yield "postfix", postfix(facts)
    yield "postfix-delayed", postfix(facts, subject="Delayed Mail (still being retried)", action="delayed", status="4.4.1")
    yield "postfix-delivered", postfix(facts, subject="Successful Mail Delivery Report", action="relayed", status="2.1.5")
    yield "exim", EXIM.format(**facts)
    yield "exim-old", OLD_EXIM.format(**facts)
    yield "exchange", EXCHANGE.format(**facts)
    yield "gmail", GMAIL.format(**facts)
    yield "qmail", QMAIL.format(**facts)
    # A bounce to the address alone, as some appliances send them.
    yield "bare", QMAIL.format(**facts).split("Hi. This")[0] + "\nno\n"
    auto = [("en", "Automatic reply: An open mail server", "utf-8"), ("de", "Automatische Antwort: An open mail server", "iso-8859-1"),
            ("fr", "Réponse automatique : An open mail server", "iso-8859-1"), ("ru", "Автоответ: вне офиса", "koi8-r"),
            ("ja", "自動返信: サーバー", "iso-2022-jp"), ("zh", "自动回复: 服务器", "gb2312"), ("nb", "Autosvar: fraværsmelding", "utf-8")]
    for language, subject, charset in auto:
        marks = "" if language != "ru" else "Auto-Submitted: auto-replied (vacation)\n"
        yield "auto-" + language, reply("auto" + language, subject, "I am away.", to=bounce, more=answers + marks, charset=charset)
    yield "auto-precedence", reply("prec", "Ticket 4711 was made", "We retest soon.", more="Precedence: auto_reply\n" + answers)
    yield "auto-field", reply("field", "RETEST " + case, "I am away.", more="X-Autoreply: yes\n" + answers)
    yield "retest-code", reply("r1", "Re: RETEST " + case, "We have closed it.", to="retest@example.org")
    yield "retest-thread", reply("r2", "Re: An open mail server", "Hello,\n\nit is fixed, please test again.\n", more=answers)
    yield "retest-german", reply("r3", "AW: An open mail server", "Guten Tag,\nwir haben das BEHOBEN.\n", more=answers, charset="iso-8859-1")
    yield "retest-quoted", reply("r4", "Re: An open mail server", "What is this?\n\n> write to us, we will test again when it is fixed\n",
                                 more=answers)
    yield "stop-tests", reply("s1", f"STOP-TESTS {case}", "", to="objections@example.org")
    yield "stop-letters", reply("s2", f"stop-letters {case}", "", to="objections@example.org")
    yield "unsubscribe", reply("s3", f"stop {case}", "", to="stop@example.org")
    yield "objection", reply("s4", f"Case {case}", "This is not our server.", to="objections@example.org")
    yield "other", reply("o1", "Re: An open mail server", "Who are you?", more=answers)
    yield "stranger", reply("o2", "Cheap watches", "buy")
    mark = bounce.rindex("@") - 3
    yield "forged", postfix({**facts, "bounce": bounce[:mark] + ("aaa" if bounce[mark:mark + 3] != "aaa" else "bbb") + bounce[mark + 3:],
                             "case": "none", "letter": LETTER.format(id="<x@y>", case="none")})
    yield "subject-alone", reply("o3", f"About {case}", "Hello")


def hostile():
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(20000))
    yield "deep", "From: a@b.example\nSubject: deep\n" + deep
    messages = "Content-Type: message/rfc822\n\n" * 20000
    yield "messages", "From: a@b.example\nSubject: messages\n" + messages
    yield "header", "From: a@b.example\nSubject: " + "x" * 500000 + "\nX-Y: " + "=?utf-8?Q?=41?= " * 20000 + "\n\nhello\n"
    yield "recipients", "From: a@b.example\nSubject: many\nTo: " + ", ".join(f"u{i}@c.example" for i in range(30000)) + "\n\nhello\n"
    yield "parts", ("From: a@b.example\nSubject: parts\nContent-Type: multipart/mixed; boundary=b\n\n" +
                    "--b\nContent-Type: text/x\n\nx\n" * 20000 + "--b--\n")
    yield "escape", "From: \x1b[31m@b.example\nSubject: =?utf-8?B?GxtbMzFtAAEC4oCu?=\n\n\x1b[2J\x00hello\n"
    yield "charset", "From: a@b.example\nSubject: =?x-nobody-knows?Q?abc?= =?ibm1047?Q?abc?=\nContent-Type: text/plain; charset=ibm1047\n\nabc\n"
    yield "report", ("From: a@b.example\nSubject: report\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
                     + "\nAction: failed\nStatus: " + "5" * 5000 + "\nFinal-Recipient: x;\x00\x1b]0;y\x07\n" * 2000 + "--b--\n")
    yield "nothing", ""
    yield "noise", bytes(range(256)).decode("latin-1") * 300
    yield "groups", "From: a@b.example\nSubject: groups\nTo: " + "g:" * 20000 + ";" * 20000 + "\n\nhello\n"


def main():
    folder = sys.argv[1]
    os.makedirs(os.path.join(folder, "cur"))
    os.makedirs(os.path.join(folder, "new"))
    chosen = hostile() if sys.argv[2] == "hostile" else mails(*sys.argv[2:5])
    for name, text in chosen:
        with open(os.path.join(folder, "new", name), "wb") as file:
            file.write(text.encode("latin-1" if name == "noise" else "utf-8"))


if __name__ == "__main__":
    main()
