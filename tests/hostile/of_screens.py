"""Properties of what commands say: to a terminal, to a program that reads lines, and in the forms of others."""
import live
import look
import screen
from given import Faults

CASES = 120


def runs_say_lines_of_json(given, runs):
    faults = Faults()
    for run in runs.hostile.values():
        faults.look(look.look_json_lines, run.stdout, "probe --json")
        faults.look(look.look_terminal, run.stderr, "probe: stderr")
    faults.end()


def tables_and_dialogues_show_what_can_be_seen(given, runs):
    faults = Faults()
    for run in runs.hostile.values():
        done = given.run("show", run.bundle)
        faults.look(look.look_terminal, done.stdout + done.stderr, "show")
        for case in given.chance.sample(run.cases(), min(CASES, len(run.cases()))):
            done = given.run("show", "--all", run.bundle, case)
            faults.look(look.look_terminal, done.stdout + done.stderr, "show CASE")
        for command in ("verify", "replay"):
            done = given.run(command, run.bundle)
            faults.look(look.look_terminal, done.stdout + done.stderr, command)
    faults.end()


def a_terminal_gets_colours_and_nothing_else(given, runs):
    faults = Faults()
    for kind, run in runs.hostile.items():
        faults.look(look.look_terminal, screen.shown(given, "show", run.bundle), "show on a terminal", colour=True)
        for case in given.chance.sample(run.cases(), min(CASES // 4, len(run.cases()))):
            faults.look(look.look_terminal, screen.shown(given, "show", run.bundle, case), "show CASE on a terminal", colour=True)
        targets = given.read(f"list-{kind}.txt").decode().split()
        words = ["probe", "--sink", f"127.0.0.1:{runs.sink}", "-w", "1", "-p", live.PROBES[kind], *given.chance.sample(targets, min(40, len(targets)))]
        faults.look(look.look_terminal, screen.shown(given, *words), "probe on a terminal", colour=True)
    faults.end()


def forms_of_others_hold_no_more_than_the_bundle(given, runs):
    faults = Faults()
    for run in runs.hostile.values():
        for form in ("--json", "--in-toto"):
            faults.look(look.look_json_lines, given.run("export", form, run.bundle).stdout, "export " + form)
    faults.end()


PROPERTIES = [
    ("what a run says is lines of JSON, and holds nothing unseen", runs_say_lines_of_json),
    ("show, verify and replay show what can be seen alone", tables_and_dialogues_show_what_can_be_seen),
    ("a terminal gets colours of ours, and no other sequence", a_terminal_gets_colours_and_nothing_else),
    ("an export is JSON that holds nothing unseen", forms_of_others_hold_no_more_than_the_bundle),
]
