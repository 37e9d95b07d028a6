"""Properties of what is said of a bundle whose maker is the enemy, and of files with names of his."""
import os

import forged
import letter_look
import look
from given import Faults

ANY = (0, 1)


def make(given, name, places=forged.BORNE_OUT):
    """A bundle's file, and what stands in its cases; once for all properties. What its run.json says of the run is believed of no case
    whose tape says something else, and without it the cases are told."""
    if name not in given.kept:
        words = given.some(1)[0].text
        run = {member: words for member in forged.RUN} if name == "told" else {}
        given.kept[name] = forged.make(given.path(name), given.payloads, given.chance, places, run)
    return name + "/evidence.tar", given.kept[name]


def a_forged_bundle_is_shown_as_it_is(given):
    faults = Faults()
    bundle, told = make(given, "told", forged.EVERYWHERE)
    for words in (["show", bundle], ["show", "--run", bundle], ["verify", bundle], ["replay", bundle], ["notify", bundle, "--print"]):
        done = given.run(*words, may=ANY)
        faults.look(look.look_terminal, done.stdout + done.stderr, " ".join(words))
    for case in given.chance.sample(sorted(told), 60):
        done = given.run("show", bundle, case, may=ANY)
        faults.look(look.look_terminal, done.stdout + done.stderr, f"show {told[case]}")
    faults.end()


def a_forged_bundle_has_letters_of_ours(given):
    faults = Faults()
    bundle, told = make(given, "borne")
    for language, machine in (("en", "xarf"), ("ar", "arf"), ("uk", "intelmq")):
        folder = f"forged-{language}"
        done = given.run("notify", bundle, "--each", "--out", folder, "--lang", language, "--machine", machine, may=ANY)
        faults.look(look.look_terminal, done.stderr, "notify: stderr")
        if len(os.listdir(given.path(folder))) != len(told):
            faults.found.append(f"only {len(os.listdir(given.path(folder)))} letters: {done.stderr[-300:]!r}")
        for name in sorted(os.listdir(given.path(folder))):
            faults.look(letter_look.look_letter, given.read(folder, name), f"{language} {told[name[:-4]]}", machine, language == "ar")
    faults.end()


def a_forged_bundle_is_exported_in_printable_lines(given):
    faults = Faults()
    bundle, _ = make(given, "told", forged.EVERYWHERE)
    borne, _ = make(given, "borne")
    for form in ("--json", "--in-toto"):
        for name in bundle, borne:
            done = given.run("export", form, name, may=ANY)
            faults.look(look.look_json_lines, done.stdout, "export " + form)
            faults.look(look.look_terminal, done.stderr, "export: stderr")
    faults.end()


def a_page_of_a_forged_bundle_has_our_elements(given):
    faults = Faults()
    bundle, _ = make(given, "told", forged.EVERYWHERE)
    os.mkdir(given.path("good"))
    forged.notify_bundle.seal(given.path("good"), {"data/run.json": "{}\n", **forged.notify_bundle.case_files("c-1:relay/third-party:open")}, 1)
    given.run("view", "good/evidence.tar", "--unverified", "-o", "good.html", may=ANY)
    given.run("view", bundle, "--unverified", "-o", "forged.html", may=ANY)
    good, shape = look.shape_of(given.read("good.html")), look.shape_of(given.read("forged.html"))
    faults.look(look.look_text, "".join(shape.said).encode(), "\n", "view")
    if {name for _, names in shape.shape for name in names if name.startswith("on") or name in ("src", "style", "srcdoc")}:
        faults.found.append(f"attributes of nobody's: {sorted(shape.shape - good.shape)}")
    if {tag for tag, _ in shape.shape} - {tag for tag, _ in good.shape} - {"b"} or shape.code != good.code:
        faults.found.append(f"elements of nobody's: {sorted(shape.shape - good.shape)}")
    links = {value for value in shape.values if value[1] == "href" and not value[2].startswith("#")}
    if links:
        faults.found.append(f"links: {sorted(links)[:5]}")
    faults.end()


def names_of_files_and_words_are_shown_as_they_are(given):
    """In errors, and where a file that is good has such a name."""
    faults = Faults()
    bundle, _ = make(given, "borne")
    good = given.read(bundle)
    for payload in given.some(8):
        name = payload.bytes.replace(b"\0", b"").replace(b"/", b"_")[:200].decode("utf-8", "surrogateescape") or "x"
        for words in (["verify", name], ["show", name], ["probe", name], ["probe", "-p", name, "127.0.0.1:1"], ["contact", name], ["notify", name, "--print"],
                      ["inbox", name], ["deliver", name, "--list"], [name], ["verify", "--" + name], ["lists", name], ["probe", "-i", name],
                      ["probe", "-a", name, "127.0.0.1:1"], ["notify", bundle, "--print", "--lang", name], ["notify", bundle, "--print", "--to", name],
                      ["show", bundle, name], ["probes", name], ["sim", name], ["pack", "info", name], ["probe", "--helo", name, "127.0.0.1:1"]):
            done = given.run(*words, may=(0, 1, 2))
            faults.look(look.look_terminal, done.stderr + (done.stdout if words[0] != "lists" else b""), f"{words[0]} with a word {payload.name}")
        given.write(name, good)
        for words in (["verify", name], ["notify", name, "--dry-run"], ["notify", name, "--print", "-P", "borne/operator.pub"]):
            done = given.run(*words, may=(0, 1, 2))
            faults.look(look.look_terminal, done.stdout + done.stderr, f"{words[0]} of a bundle called {payload.name}", allowed="\n\t")
        os.unlink(given.path(name))
    faults.end()


PROPERTIES = [
    ("a bundle whose maker is the enemy is shown as it is", a_forged_bundle_is_shown_as_it_is),
    ("letters about what the enemy has sealed are ours", a_forged_bundle_has_letters_of_ours),
    ("an export of what the enemy has sealed holds nothing unseen", a_forged_bundle_is_exported_in_printable_lines),
    ("a page of what the enemy has sealed has our elements alone", a_page_of_a_forged_bundle_has_our_elements),
    ("names of files and words of a command line are shown as they are", names_of_files_and_words_are_shown_as_they_are),
]
