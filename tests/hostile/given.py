"""What the properties are tested with: the program, a folder, payloads from a seed."""
import os
import random
import socket
import subprocess

import payloads
from look import Fault

SECONDS = 120
FAULTS_SHOWN = int(os.environ.get("HOSTILE_FAULTS", "4"))


class Given:
    def __init__(self, ajar, folder, seed, mixtures=12):
        self.ajar, self.folder, self.seed = ajar, folder, seed
        self.chance = random.Random(seed)
        self.payloads = payloads.all_of(seed, mixtures)
        self.env = {**os.environ, "HOME": folder, "XDG_CACHE_HOME": os.path.join(folder, "cache"), "TZ": "UTC"}
        self.kept = {}  # what properties share
        self.run("key", "new", "--no-password", "-o", "k.key")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def read(self, *names):
        with open(self.path(*names), "rb") as file:
            return file.read()

    def run(self, *words, may=(0,), **more):
        """ajar with these words; status and stdout and stderr as bytes. A signal, or a status that it may not have, is a fault."""
        done = subprocess.run([self.ajar, *words], cwd=self.folder, env=self.env, capture_output=True, timeout=SECONDS, check=False,
                              stdin=subprocess.DEVNULL, **more)
        if done.returncode not in may or b"ended by signal" in done.stderr or b"Sanitizer" in done.stderr:
            raise Fault(f"ajar {' '.join(map(str, words))[:200]}: status {done.returncode}: {done.stderr[-500:]!r}")
        return done

    def some(self, count):
        return self.chance.sample(self.payloads, min(count, len(self.payloads)))


class Faults:
    """Gathers what is wrong, so that one fault hides no other."""

    def __init__(self):
        self.found = []

    def look(self, check, *words, **more):
        try:
            return check(*words, **more)
        except Fault as fault:
            self.found.append(str(fault))
        return None

    def end(self):
        if self.found:
            more = len(self.found) - FAULTS_SHOWN
            raise Fault("\n    ".join(self.found[:FAULTS_SHOWN]) + (f"\n    and {more} more" if more > 0 else ""))


def free_port():
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(20000, 32000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return port
        except OSError:
            pass
