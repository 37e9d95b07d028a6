"""
inbox_words: mails that people and programs write, for inbox_words.bats: what each is, its sender, its subject, its text.

    inbox_words.py FOLDER       makes the Maildir
    inbox_words.py              prints what each of its mails is, "NAME: KIND"
"""
import base64
import os
import sys

PERSON = "Anna <admin@victim.example>"
NOBODY = "Mail Delivery System <MAILER-DAEMON@mx.victim.example>"
RE = "Re: An open mail server at 192.0.2.1"

MAILS = [
    # Programs: they ask for nothing, whatever words they have.
    ("bounced", NOBODY, "Undelivered Mail Returned to Sender", "unknown user"),
    ("bounced", NOBODY, "failure notice", "Hi. This is the qmail-send program at mx.victim.example."),
    ("bounced", "Postmaster@victim.example", "DELIVERY FAILURE: User abuse (abuse@victim.example) not listed in Domino Directory", "x"),
    ("bounced", "postmaster@victim.example", "Non remis : An open mail server", "x"),
    ("bounced", "postmaster@victim.example", "Onbestelbaar: An open mail server", "x"),
    ("bounced", "postmaster@victim.example", "Niedostarczalne: An open mail server", "x"),
    ("bounced", "postmaster@victim.example", "Nedoručitelné: An open mail server", "x"),
    ("bounced", "postmaster@victim.example", "Kézbesíthetetlen: An open mail server", "x"),
    ("bounced", "postmaster@victim.example", "Ei voida toimittaa: An open mail server", "x"),
    ("bounced", "postmaster@victim.example", "未送达: An open mail server", "x"),
    ("bounced", "MAILER-DAEMON@victim.example", "Returned mail: see transcript for details", "550 is fixed"),
    ("auto-reply", PERSON, "AUTO: Anna Berg is out of the office (returning 30.11.2026)", "I am out of the office. Please test again."),
    ("auto-reply", PERSON, "AUTO: Anna Berg ist außer Haus (Rückkehr am 30.11.2026)", "Ich bin nicht da."),
    ("auto-reply", PERSON, "Auto: An open mail server at 192.0.2.1", "I am away; the server is closed on Sundays."),
    ("auto-reply", PERSON, "Abwesenheitsnotiz: An open mail server", "Ich bin im Urlaub."),
    ("auto-reply", PERSON, "away from my mail", "I will not be reading my mail for a while."),
    ("auto-reply", PERSON, "Afwezigheidsbericht", "Ik ben er niet."),
    ("auto-reply", PERSON, "Εκτός γραφείου: μήνυμα", "Λείπω."),
    ("auto-reply", PERSON, "Poza biurem: wiadomość", "Wracam jutro."),
    ("auto-reply", PERSON, "不在通知", "休みです。"),
    ("auto-reply", PERSON, "خارج المكتب", "سأعود غدا"),
    # People.
    ("retest", PERSON, RE, "Hello,\nthanks for the note. It is fixed now.\nAnna"),
    ("retest", PERSON, RE, "We have fixed the configuration, please test again."),
    ("retest", PERSON, "AW: An open mail server", "Guten Tag, das Problem wurde behoben."),
    ("retest", PERSON, "AW: An open mail server", "Der Port ist geschlossen."),
    ("retest", PERSON, RE, "Le problème est corrigé, merci."),
    ("retest", PERSON, RE, "El problema ya fue corregido."),
    ("retest", PERSON, RE, "Il problema è stato risolto."),
    ("retest", PERSON, RE, "Het probleem is nu verholpen."),
    ("retest", PERSON, "SV: An open mail server", "Fejlen er nu rettet."),
    ("retest", PERSON, "SV: An open mail server", "Det är nu åtgärdat."),
    ("retest", PERSON, "SV: An open mail server", "Feilen er utbedret."),
    ("retest", PERSON, "VS: An open mail server", "Ongelma on korjattu."),
    ("retest", PERSON, RE, "O problema foi corrigido."),
    ("retest", PERSON, "Odp: An open mail server", "Zostało naprawione."),
    ("retest", PERSON, RE, "Opraveno, děkujeme."),
    ("retest", PERSON, RE, "A hibát kijavítottuk."),
    ("retest", PERSON, RE, "Problema a fost remediată."),
    ("retest", PERSON, RE, "Проблемът е отстранен."),
    ("retest", PERSON, RE, "Виправлено, дякуємо."),
    ("retest", PERSON, RE, "Исправљено, хвала."),
    ("retest", PERSON, RE, "Το πρόβλημα διορθώθηκε."),
    ("retest", PERSON, RE, "Sorun düzeltildi."),
    ("retest", PERSON, RE, "Klaida ištaisyta."),
    ("retest", PERSON, RE, "Problemi u rregullua."),
    ("retest", PERSON, RE, "設定を修正しました。"),
    ("retest", PERSON, RE, "问题已修复。"),
    ("retest", PERSON, RE, "문제를 수정했습니다."),
    ("retest", PERSON, RE, "تم الإصلاح، شكرا"),
    ("stop-tests", PERSON, RE, "Please do not test our server again."),
    ("stop-tests", PERSON, "AW: An open mail server", "Bitte keine weiteren Tests!"),
    ("stop-tests", PERSON, RE, "Ne testez plus notre serveur."),
    ("stop-tests", PERSON, RE, "Proszę nie testować naszych serwerów."),
    ("stop-tests", PERSON, RE, "Не тестуйте наш сервер."),
    ("stop-tests", PERSON, RE, "请勿测试我们的服务器"),
    ("stop-letters", PERSON, "unsubscribe", "."),
    ("stop-letters", PERSON, "Abmeldung", "."),
    ("stop-letters", PERSON, RE, "Please unsubscribe me."),
    ("stop-letters", PERSON, RE, "Keine weiteren Mails, bitte."),
    # What only looks so.
    ("other", PERSON, RE, "It is not fixed yet."),
    ("other", PERSON, RE, "The problem has not been fixed."),
    ("other", PERSON, "AW: An open mail server", "Das ist noch nicht behoben."),
    ("other", PERSON, RE, "Le problème n'est pas corrigé."),
    ("other", PERSON, "SV: An open mail server", "Feilen er ikke rettet."),
    ("other", PERSON, "SV: Sag 4711", "Din sag er oprettet."),
    ("other", PERSON, RE, "Il vostro indirizzo è scorretto."),
    ("other", PERSON, RE, "Zatím neopraveno."),
    ("other", PERSON, RE, "Problema nu este remediată."),
    ("other", PERSON, RE, "尚未修复。"),
    ("other", PERSON, RE, "لم يتم الإصلاح بعد"),
    ("other", PERSON, "[Ticket 4711] An open mail server", "Your ticket 4711 is now closed."),
    ("other", PERSON, "[Ticket 4711] An open mail server", "##- please do not write below this line -##\nA colleague will answer."),
    ("other", PERSON, RE, "Who is this?\n\n-- \nTo unsubscribe from our newsletter click here. You can opt out at any time."),
    ("other", PERSON, RE, "We test against every standard and never test again without a reason."),
    ("other", PERSON, RE, "Please testify."),
    ("other", PERSON, "Autos zu verkaufen", "VW, neu"),
    ("other", PERSON, RE, "Which port is meant?"),
]


def name(number):
    return f"m{number:03}"


def mail(number, sender, subject, text):
    word = base64.b64encode(subject.encode()).decode()
    return (f"Return-Path: <{sender.split('<')[-1].rstrip('>')}>\nFrom: {sender}\nTo: answers@example.org\nSubject: =?utf-8?B?{word}?=\n"
            f"Message-ID: <{number}@victim.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
            f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(text.encode()).decode()}")


def main():
    if len(sys.argv) == 1:
        for number, (kind, *_) in enumerate(MAILS):
            print(f"{name(number)}: {kind}")
        return
    os.makedirs(os.path.join(sys.argv[1], "new"))
    for number, (_, sender, subject, text) in enumerate(MAILS):
        with open(os.path.join(sys.argv[1], "new", name(number)), "w", encoding="ascii") as file:
            file.write(mail(number, sender, subject, text))


if __name__ == "__main__":
    main()
