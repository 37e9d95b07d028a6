"""
`ajar notify` cut off at each step of writing: under a letter's name there is all of it or nothing, and a second run goes on.

    notify_cut.py AJAR BUNDLE order|kill out|maildir|pdf

order: what a power cut could do. strace writes down what the program does: a file gets its name only when its content is on the
disk, and is named on stdout only when its name is there, too.
kill: the program gets SIGKILL at each call of a kind in its turn, and then a run with --resume makes what was left.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = ["write", "syncfs", "renameat2", "fsync"]
ENDS = {"out": rb"--\r\n$", "maildir": rb"--\n$", "pdf": rb"%%EOF\n?$"}


class Cut:
    def __init__(self, ajar, bundle, form, folder):
        self.words = [ajar, "notify", bundle, "--each", "--include-suspect", "--" + form, "letters"]
        self.form = form
        self.folder = folder

    def run(self, *more, under=()):
        return subprocess.run([*under, *self.words, *more], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False)

    def letters(self):
        """Those that have their name, with what is in them."""
        place = os.path.join(self.folder, "letters", "new" if self.form == "maildir" else "")
        names = os.listdir(place) if os.path.isdir(place) else []
        for name in names:
            if ".new-" not in name:
                with open(os.path.join(place, name), "rb") as file:
                    yield name, file.read()

    def half(self):
        return [name for name, content in self.letters() if not re.search(ENDS[self.form], content)]

    def ids(self):
        """What tells one letter from another."""
        return sorted(name if self.form == "pdf" else re.search(rb"^Message-ID: (\S+)", content, re.M)[1].decode()
                      for name, content in self.letters())

    def leftovers(self):
        return [name for _, _, names in os.walk(os.path.join(self.folder, "letters")) for name in names if ".new-" in name]

    def clear(self):
        shutil.rmtree(os.path.join(self.folder, "letters"), ignore_errors=True)

    def kill(self, call, number, wanted):
        """Whether there was such a call; what is wrong is printed."""
        self.clear()
        killed = self.run(under=["strace", "-o", "/dev/null", "-e", f"trace={call}",
                                 "-e", f"inject={call}:signal=SIGKILL:when={number}"]).returncode != 0
        at = f"{self.form}, killed at {call} {number}"
        if killed and self.half():
            print(f"{at}: half a letter: {self.half()}")
        again = self.run("--resume")
        if again.returncode != 0 or self.ids() != wanted or self.leftovers():
            print(f"{at}, resumed: {self.ids()} and {self.leftovers()}: {again.stderr}")
        return killed

    def kills(self):
        self.run()
        wanted = self.ids()
        count = 0
        for call in CALLS:
            number = 1
            while self.kill(call, number, wanted):
                number += 1
            count += number - 1
        print(f"{count} kills, {len(wanted)} letters")

    def order(self):
        log = os.path.join(self.folder, "log")
        stdout = self.run(under=["strace", "-y", "-s", "4096", "-o", log, "-e", "trace=openat,write,fsync,syncfs,renameat,renameat2"]).stdout
        unwritten, unnamed, lasting = set(), set(), set()
        with open(log, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if match := re.match(r'renameat2?\(\d+<([^>]*)>, "([^"]*)", \d+<([^>]*)>, "([^"]*)"', line):
                    if f"{match[1]}/{match[2]}" in unwritten:
                        print("its content is not on the disk:", match[4])
                    unnamed.add(f"{match[3]}/{match[4]}")
                elif match := re.match(r"write\(1<", line):
                    for name in re.findall(r"(letters/[^\\\"]*)", line):
                        if os.path.join(os.path.realpath(self.folder), name) not in lasting:
                            print("named, and its name is not on the disk:", name)
                elif match := re.match(r"write\(\d+<([^>]*)>", line):
                    unwritten.add(match[1])
                elif line.startswith("syncfs("):
                    unwritten.clear()
                elif match := re.match(r"fsync\(\d+<([^>]*)>", line):
                    lasting |= {name for name in unnamed if os.path.dirname(name) == match[1]}
        print(f"{len(lasting)} letters last, {len(stdout.splitlines())} are named")


def main():
    ajar, bundle, what, form = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        cut = Cut(os.path.realpath(ajar), os.path.realpath(bundle), form, folder)
        if what == "kill":
            cut.kills()
        else:
            cut.order()


if __name__ == "__main__":
    main()
