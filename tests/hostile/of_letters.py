"""Properties of letters, as messages, as lines for a person, and on paper."""
import csv
import os
import re
import subprocess

import letter_look
import look
from given import Faults
from look import Fault

READ = 24  # letters of each kind that Python's parser reads as well
PAPERS = 12
COMPARED = 50  # pairs of letters of each kind
FORMS = [("en", "xarf"), ("ar", "arf"), ("ja", "intelmq"), ("fr", "none")]


def written(given, bundle, folder, *words):
    """By case, each letter."""
    given.run("notify", bundle, "--out", folder, "--include-suspect", "--each", *words)
    return {name[:-4]: given.read(folder, name) for name in sorted(os.listdir(given.path(folder)))}


def letters_have_our_header_and_our_parts(given, runs):
    faults = Faults()
    profile(given)
    for kind, run in runs.hostile.items():
        for language, machine in FORMS:
            letters = written(given, run.bundle, f"letters-{kind}-{language}", "--lang", language, "--machine", machine, "--profile", "profile.lua",
                              "--to", "abuse@example.net", "--ticket-key", "ticket.key")
            for case, raw in letters.items():
                faults.look(letter_look.look_lines, raw, case)
                faults.look(letter_look.look_header, raw, case)
            for case in given.chance.sample(sorted(letters), min(READ, len(letters))):
                faults.look(letter_look.look_letter, letters[case], f"{language} {machine} {case}", machine, language == "ar")
    faults.end()


def profile(given):
    """The example's, with all that it may ask for."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../lang/profiles/secure-your-server.lua"), encoding="utf-8") as file:
        text = file.read()
    more = ('  unsubscribe = { url = "https://example.org/stop/{case}", mail = "stop@example.org" }, bounces = "bounces@example.org",\n'
            '  letterhead = { en = { "Ministry of Doors", "1 Hinge Street" } },\n')
    given.write("profile.lua", text.replace("  retest = ", more + "  retest = ", 1))


def letters_of(given, run, folder, language):
    """By target and verdict, each letter's bytes."""
    targets = {result["case"]: (result["target"], result["verdict"]) for result in run.results if "case" in result}
    return {targets[case]: raw for case, raw in written(given, run.bundle, folder, "--lang", language, "--machine", "none").items()}


def own_text(raw, what):
    message, text = letter_look.look_letter(raw, what, "none")
    return [str(message["Subject"]), *letter_look.own_lines(text)]


def a_letter_says_the_same_whatever_the_server_said(given, runs):
    faults = Faults()
    for kind in runs.hostile:
        language = given.chance.choice(["en", "nb", "de"])
        hostile = letters_of(given, runs.hostile[kind], f"said-{kind}", language)
        harmless = letters_of(given, runs.harmless[kind], f"not-said-{kind}", language)
        both = sorted(hostile.keys() & harmless.keys())
        if len(both) < 10:
            raise Fault(f"{kind}: only {len(both)} letters can be compared")
        for key in given.chance.sample(both, min(COMPARED, len(both))):
            what = f"{kind}: {runs.place_of(key[0])}"
            faults.look(lambda: same_lines(own_text(harmless[key], what), own_text(hostile[key], what), what))
    faults.end()


def same_lines(one, other, what):
    """As one text: an address, a date or a mark may have another width, and break a line elsewhere."""
    one, other = (re.sub(r"\s+", " ", "\n".join(lines)) for lines in (one, other))
    if one != other:
        at = next((i for i, (c, d) in enumerate(zip(one, other)) if c != d), min(len(one), len(other)))
        raise Fault(f"{what}: {ascii(one[max(0, at - 80):at + 80])} became {ascii(other[max(0, at - 80):at + 80])}")


def letters_for_a_person_show_what_can_be_seen(given, runs):
    faults = Faults()
    for run in runs.hostile.values():
        faults.look(look.look_terminal, given.run("notify", run.bundle, "--print").stdout, "notify --print")
        rows = given.run("notify", run.bundle, "--each", "--dry-run", "--to", "abuse@example.net").stdout
        faults.look(look.look_terminal, rows, "notify --dry-run", allowed="\n\t")
        for row in rows.splitlines():
            if row.count(b"\t") != 3:
                faults.found.append(f"notify --dry-run: another row: {row!r}")
    faults.end()


def findings_of_many(given, runs):
    """One letter about all that a recipient has: its table, its list for a spreadsheet, its parts for programs."""
    faults = Faults()
    for bundle in [run.bundle for run in runs.hostile.values()] + ["lists.tar"]:
        language = given.chance.choice(["en", "ar", "zh"])
        folder = "many-" + os.path.basename(bundle)
        given.run("notify", bundle, "--to", "abuse@example.net", "--include-suspect", "--out", folder, "--lang", language)
        for name in os.listdir(given.path(folder)):
            what = f"{bundle} {language} {name}"
            message, text = letter_look.look_message(given.read(folder, name), what, language == "ar")
            faults.look(letter_look.look_words, text, what, language == "ar")
            sheets = [part for part in message.iter_parts() if part.get_content_type() == "text/csv"]
            faults.look(look_sheet, sheets, what)
        rows = given.run("notify", bundle, "--to", "abuse@example.net", "--print", "--lang", language)
        faults.look(look.look_text, rows.stdout, "\n" + (letter_look.ISOLATES if language == "ar" else ""), bundle + " --print")
    faults.end()


def look_sheet(parts, what):
    """Cells of as many columns in each row, none of which a spreadsheet would run."""
    if len(parts) != 1:
        raise Fault(f"{what}: {len(parts)} lists for a spreadsheet")
    content = parts[0].get_content().replace("\r\n", "\n")
    look.look_text(content.encode(), "\n", what + ": the list")
    rows = list(csv.reader(content.splitlines()))
    for row in rows:
        if len(row) != len(rows[0]) or any(cell[:1] in ("=", "+", "-", "@", "\t") and cell for cell in row):
            raise Fault(f"{what}: a row of the list: {row}")


def look_paper(path, what):
    content = open(path, "rb").read()
    named = re.findall(rb"/(JS|JavaScript|URI|Launch|OpenAction|AA|EmbeddedFile|SubmitForm|GoToR|RichMedia|Annots|AcroForm)\b", content)
    if named:
        raise Fault(f"{what}: a PDF with {sorted(set(named))}")
    info = subprocess.run(["pdfinfo", "-js", path], capture_output=True, check=True).stdout
    urls = subprocess.run(["pdfinfo", "-url", path], capture_output=True, check=True).stdout
    if info.strip() or len(urls.strip().splitlines()) > 1:
        raise Fault(f"{what}: a PDF with scripts or links: {info!r} {urls!r}")
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout
    look.look_text(text, "\n\f\u202a\u202b\u202c\u2066\u2067\u2069\u200e\u200f\xad", what)
    return text.decode()


def paper_has_words_and_nothing_else(given, runs):
    faults = Faults()
    for kind, run in runs.hostile.items():
        cases = run.cases("open")
        for case in given.chance.sample(cases, min(PAPERS // 3, len(cases))):
            name = f"one-{case}.tar"
            given.run("extract", run.bundle, case, "-o", name)
            language = given.chance.choice(["en", "ar", "ja", "el"])
            given.run("notify", name, "--each", "--pdf", f"paper-{kind}", "--lang", language, "--profile", "profile.lua")
            faults.look(look_paper, given.path(f"paper-{kind}", case + ".pdf"), f"paper {language} {case}")
    faults.end()


PROPERTIES = [
    ("a letter has our header, our parts and characters that are seen", letters_have_our_header_and_our_parts),
    ("a letter says the same, whatever the server said", a_letter_says_the_same_whatever_the_server_said),
    ("a letter on many findings has our parts, and a list that no spreadsheet runs", findings_of_many),
    ("letters on a terminal show what can be seen alone", letters_for_a_person_show_what_can_be_seen),
    ("a PDF has words, and no script, link or form", paper_has_words_and_nothing_else),
]
