"""
`ajar deliver` killed at random moments: no letter is lost, none is sent twice.

    deliver_kill.py AJAR KILLS [SEED]

A folder of letters is delivered to smarthost.py again and again; each time the program, or the process of it that talks with the
server, gets SIGKILL at a random moment. In the end each letter is sent, and the server has it once, or it is uncertain, and the
server has it once at most. The seed is printed; with it the same moments are tried again.
"""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import time

LETTERS_A_KILL = 4


def letter(number):
    return (f"From: P <project@example.org>\r\nTo: abuse@d{number % 7}.example\r\nMessage-ID: <c-{number}@example.org>\r\n"
            f"Subject: one\r\nDate: Sat, 28 Nov 2026 02:00:00 +0000\r\n\r\n" + "Dear owner\r\n" * (1 + number % 5 * 300))


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


class Test:
    def __init__(self, ajar, folder):
        self.ajar = ajar
        self.folder = folder
        self.out = os.path.join(folder, "out")
        self.log = os.path.join(folder, "log")
        os.mkdir(self.out)

    def begin(self, count):
        for number in range(count):
            with open(os.path.join(self.out, f"c-{number}.eml"), "w", encoding="ascii", newline="") as file:
                file.write(letter(number))
        script = os.path.join(os.path.dirname(__file__), "smarthost.py")
        self.server = subprocess.Popen([sys.executable, "-B", script, "--log", self.log, "--slow", "0.03"], stdout=subprocess.PIPE)
        self.port = self.server.stdout.readline().split()[1].decode()

    def deliver(self):
        return subprocess.Popen([self.ajar, "deliver", self.out, "--smtp", f"127.0.0.1:{self.port}", "--tls", "none", "--rate", "0",
                                 "--rate-domain", "0", "--retry-after", "0.1"], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def kill(self, after, child_too):
        """The program, after so many seconds; in half that time its child too, which it must survive."""
        running = self.deliver()
        time.sleep(after / 2)
        for victim in children(running.pid) if child_too else []:
            self.end(victim)
        time.sleep(after / 2)
        self.end(running.pid)
        running.wait()

    @staticmethod
    def end(pid):
        try:
            os.kill(pid, 9)
        except ProcessLookupError:
            pass

    def states(self):
        listed = subprocess.run([self.ajar, "deliver", self.out, "--list", "--json"], stdout=subprocess.PIPE, check=True)
        return {entry["letter"]: entry["shown"] for entry in map(json.loads, listed.stdout.splitlines())}

    def taken(self):
        with open(self.log, encoding="ascii") as file:
            return collections.Counter(json.loads(line)["id"][1:].split("@")[0] for line in file)

    def faults(self, count):
        states, taken = self.states(), self.taken()
        for number in range(count):
            name = f"c-{number}"
            if states[name] not in ("sent", "uncertain") or taken[name] > 1 or (states[name] == "sent" and taken[name] != 1):
                yield f"{name} is {states[name]}, and the server has it {taken[name]} times"
        left = [name for name in os.listdir(os.path.join(self.out, "delivery")) if ".new-" in name]
        if left:
            yield f"half-written files are left: {left}"


def main():
    ajar, kills = sys.argv[1], int(sys.argv[2])
    seed = sys.argv[3] if len(sys.argv) > 3 else str(random.randrange(1 << 32))
    dice = random.Random(seed)
    print("seed", seed)
    with tempfile.TemporaryDirectory() as folder:
        test = Test(ajar, folder)
        count = kills * LETTERS_A_KILL
        test.begin(count)
        try:
            for _ in range(kills):
                test.kill(dice.uniform(0.02, 0.8), dice.random() < 0.3)
            after_kills = collections.Counter(test.states().values())
            for _ in range(20):
                test.deliver().wait()
                states = collections.Counter(test.states().values())
                if not states["waiting"]:
                    break
                time.sleep(0.2)
            faults = list(test.faults(count))
        finally:
            test.server.kill()
            test.server.wait()
    print(f"{kills} kills, {count} letters:", dict(states), "and before the last runs:", dict(after_kills))
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
