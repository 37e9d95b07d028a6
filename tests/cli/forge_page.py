#!/usr/bin/env python3
"""Alters what a page of `ajar view` shows, and nothing of the files in it: forge_page.py PAGE.html CASE OUTDIR

CASE is an open case of it. Writes OUTDIR/NAME.html for each forgery and prints "NAME<TAB>what the page must say of it".
"""
import re
import sys

page, case, outdir = sys.argv[1:]
with open(page, encoding="utf-8") as file:
    TEXT = file.read()
SECTION = re.search(rf'<section class="case" id="{case}".*?\n</section>\n', TEXT, re.S).group(0)
ROW = re.search(rf'<tr role="row" data-case="{case}".*?</tr>\n', TEXT).group(0)
TARGET = re.search(r"(127\.0\.\d+\.\d+):\d+ <span class=\"probe\"", SECTION).group(1)
SIGNER = re.search(r'id="signer">([^<]*)<', TEXT).group(1)


def within(part, old, new, count=1):
    """The page with the first `count` places of the pattern replaced in this part of it."""
    changed, found = re.subn(old, new, part, count=count)
    assert found, old
    return TEXT.replace(part, changed)


def directions(part):
    names = {"sent": "came", "came": "sent"}
    return TEXT.replace(part, re.sub("<td>(sent|came)</td>", lambda m: f"<td>{names[m.group(1)]}</td>", part))


def doubled():
    """An open case that nobody sealed, with its row."""
    other = "c-0000000000000000"
    return TEXT.replace(ROW, ROW + ROW.replace(case, other)).replace(SECTION, SECTION + SECTION.replace(case, other))


FORGERIES = {
    "target": (within(SECTION, r"127\.0\.\d+\.\d+:", "198.51.100.7:"), f"the heading of {case} is shown as"),
    "port": (within(ROW, r":\d+</td>", ":25</td>"), f"the target of {case} is shown as"),
    "probe": (within(ROW, "relay/third-party", "proxy/socks5"), f"the probe of {case} is shown as proxy/socks5, and was sealed as"),
    "reason": (within(SECTION, 'class="reason">[^<]*', 'class="reason">100 spam mails'), f"the reason of {case} is shown as 100 spam"),
    "exit": (within(SECTION, "<dt>Came out at</dt><dd>[^<]*", "<dt>Came out at</dt><dd>198.51.100.7"),
             f"the “Came out at” of {case} is shown as 198.51.100.7"),
    "step": (within(SECTION, "</a> recipient accepted", "</a> recipient refused"), f"the step of {case} is shown as"),
    "verdict": (within(SECTION, "verdict v-open", "verdict v-closed"), f"the verdict of {case} has the colour of another one"),
    "way": (within(SECTION, "The tested server, [^<]*", "The tested server, 198.51.100.7"),
            f"the beginning of the way of {case} is shown as"),
    "hop": (within(SECTION, "says: from [^,]*", "says: from victim.example"), f"the host on the mail's way of {case} is shown as"),
    "receiver": (within(SECTION, "Our receiver, [^<]*", "Our receiver, sink.example"), f"the end of the way of {case} is shown as"),
    "receipt": (within(SECTION, r"(<details class=\"receipt\">[^\0]*?)Subject: [^\n]*", r"\1Subject: buy"),
                f"the receipt's text of {case} is shown as"),
    "reply": (within(SECTION, "<code>250 [^<]*</code>", "<code></code>"), f"of {case} is shown in another way than it was sealed"),
    "prefix": (within(SECTION, "<code>250 2[^<]*</code>", "<code>250</code>"), "is shown in another way than it was sealed"),
    "directions": (directions(SECTION), f"of {case} is shown in another way than it was sealed"),
    "event": (within(SECTION, "connects to [^<]*", "connects to 198.51.100.7:25"), "is shown in another way than it was sealed"),
    "back": (within(SECTION, "the token came back from [^<]*", "the token came back from 198.51.100.7:25"),
             "is shown in another way than it was sealed"),
    "time": (within(SECTION, r"<td>\d+\.\d{3}</td>", "<td>9.000</td>"), "is shown in another way than it was sealed"),
    "so": (within(SECTION, "<td>so</td><td>[^<]*", "<td>so</td><td>spam was sent"), "is shown in another way than it was sealed"),
    "taken away": (within(SECTION, r'<tr class="came".*\n', ""), "is shown in another way than it was sealed"),
    "end": (within(SECTION, r'<tr [^\n]*</tr>\n</tbody>', "</tbody>"), f"of {case} was sealed, and is not shown"),
    "added": (doubled(), "c-0000000000000000 is shown, and was not sealed"),
    "row taken": (TEXT.replace(ROW, ""), f"{case} was sealed, and is not in the table"),
    "case taken": (TEXT.replace(SECTION, ""), f"{case} was sealed, and is not shown"),
    "paragraph": (TEXT.replace("</header>", "<p>It also sent 100 spam mails.</p></header>"),
                  "of the page is shown, and was not sealed: It also sent"),
    "hidden": (within(SECTION, '<p class="reason"', '<p hidden class="reason"'), "it is hidden: "),
    "operator": (TEXT.replace("Kari &lt;", "Europol &lt;"), "the row “operator” of the summary is shown as Europol"),
    "authority": (within(TEXT, "<dt>authority</dt><dd>", "<dt>authority</dt><dd>the court, not "),
                  "the row “authority” of the summary is shown as the court"),
    "counts": (within(TEXT, '<li class="v-open"><b>1', '<li class="v-open"><b>9'), "the count of the summary is shown as 9 open"),
    "contents": (within(TEXT, "<dd>4 cases; ", "<dd>5 cases; "), "the row “Contents” of the summary is shown as 5 cases"),
    "signer": (TEXT.replace(f'id="signer">{SIGNER}', f'id="signer">{SIGNER[:-3]}AAA'),
               "the row “Signed by” of the summary is shown as"),
}

for name, (text, said) in FORGERIES.items():
    assert text != TEXT, name
    with open(f"{outdir}/{name.replace(' ', '-')}.html", "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{name.replace(' ', '-')}\t{said}")
