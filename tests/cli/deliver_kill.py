"""
`ajar deliver` killed at random moments: no letter is lost, none is sent twice.

    deliver_kill.py AJAR moments|writes|power KILLS [SEED]

A folder of letters is delivered to smarthost.py again and again; each time the program, or the process of it that talks with the
server, gets SIGKILL at a random moment ("moments"), or the program does at a random one of its calls of write(2) ("writes"; by
strace). "power": as "moments", and then the machine was started anew, and of what had not been put on the disk a random part is
lost. In the end each letter is sent, and the server has it once, or it is uncertain, and the server has it once at most; no kill
leaves more than one uncertain, but a power cut may. The seed is printed; with it the same moments are tried again.
"""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile
import time

LETTERS_A_KILL = {"moments": 4, "writes": 12, "power": 40}
SLOW = {"moments": "0.03", "writes": "0.001", "power": "0.003"}


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
    def __init__(self, ajar, folder, slow):
        self.ajar = ajar
        self.slow = slow
        self.folder = folder
        self.out = os.path.join(folder, "out")
        self.log = os.path.join(folder, "log")
        os.mkdir(self.out)

    def begin(self, count):
        for number in range(count):
            with open(os.path.join(self.out, f"c-{number}.eml"), "w", encoding="ascii", newline="") as file:
                file.write(letter(number))
        script = os.path.join(os.path.dirname(__file__), "smarthost.py")
        self.server = subprocess.Popen([sys.executable, "-B", script, "--log", self.log, "--slow", self.slow], stdout=subprocess.PIPE)
        self.port = self.server.stdout.readline().split()[1].decode()

    def deliver(self, under=()):
        return subprocess.Popen([*under, self.ajar, "deliver", self.out, "--smtp", f"127.0.0.1:{self.port}", "--tls", "none", "--rate", "0",
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

    def kill_at_write(self, number):
        self.deliver(["strace", "-o", "/dev/null", "-e", "trace=write", "-e", f"inject=write:signal=SIGKILL:when={number}"]).wait()

    def lose(self, dice):
        """What a power cut leaves of the journal: what was made to last, all up to the last letters that were about to be sent, and
        maybe some of the rest; and the next time the machine has another number."""
        path = os.path.join(self.out, "delivery", "journal")
        with open(path, "rb") as file:
            text = file.read()
        lasting = text.rfind(b'"state":"sending"')
        lasting = text.find(b"\n", lasting) + 1 if lasting >= 0 else 0
        text = text[:dice.randint(lasting, len(text))]
        with open(path, "wb") as file:
            file.write(text.replace(text[9:17], b"deadbeef", 1))

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
    ajar, kind, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
    seed = sys.argv[4] if len(sys.argv) > 4 else str(random.randrange(1 << 32))
    dice = random.Random(seed)
    print("seed", seed)
    with tempfile.TemporaryDirectory() as folder:
        test = Test(ajar, folder, SLOW[kind])
        count = kills * LETTERS_A_KILL[kind]
        test.begin(count)
        try:
            for _ in range(kills):
                if kind == "writes":
                    test.kill_at_write(dice.randint(1, 60))
                else:
                    test.kill(dice.uniform(0.02, 0.8), dice.random() < 0.3)
                if kind == "power":
                    test.lose(dice)
            after_kills = collections.Counter(test.states().values())
            for _ in range(20):
                test.deliver().wait()
                states = collections.Counter(test.states().values())
                if not states["waiting"]:
                    break
                time.sleep(0.2)
            faults = list(test.faults(count))
            # One each time, and another one where its child was killed before it.
            if kind != "power" and states["uncertain"] > 2 * kills:
                faults.append("too many letters are uncertain")
        finally:
            test.server.kill()
            test.server.wait()
    print(f"{kills} kills, {count} letters:", dict(states), "and before the last runs:", dict(after_kills))
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
