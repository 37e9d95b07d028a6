"""Runs against servers that lie, each with its twin that says nothing of meaning in the same places; kept for all properties."""
import json
import os

import liar
from given import free_port

PROBES = {"relay": "relay/third-party", "http": "proxy/http-connect", "socks": "proxy/socks5"}
SHARE = 6  # of the payloads at each place one of so many


class Runs:
    """hostile and harmless: by kind the bundle's file, and what the run said of each target."""

    def __init__(self, given):
        self.given, self.sink = given, free_port()
        self.liar = liar.Liar(given.payloads, self.sink)
        count = len(given.payloads)
        self.numbers = {place: given.chance.sample(range(count), count // SHARE) for place in liar.PLACES}
        self.hostile = self.run("hostile", given.payloads)
        self.harmless = self.run("harmless", [payload.harmless() for payload in given.payloads])

    def run(self, name, said):
        self.liar.payloads = said
        os.mkdir(self.given.path(name))
        return {kind: self.run_kind(f"{name}/{kind}", kind) for kind in PROBES}

    def run_kind(self, name, kind):
        targets = [target for place in liar.KINDS[kind] for target in self.liar.targets([place], self.numbers[place])]
        self.given.write(f"list-{kind}.txt", "\n".join(targets) + "\n")
        done = self.given.run("probe", "--json", "-k", "k.key", "--chain", "none", "-e", name + ".tar", "-w", "1", "-t", "15", "--workers", "2",
                              "--sink", f"127.0.0.1:{self.sink}", "-p", PROBES[kind], "-i", f"list-{kind}.txt")
        return Run(name + ".tar", done)

    def place_of(self, target):
        """Of the address that was tested: the place and the payload's name."""
        _, place, high, low = map(int, target.split("."))
        return f"{liar.PLACES[place - 60]}: {self.given.payloads[high << 8 | low].name}"

    def close(self):
        self.liar.close()


class Run:
    def __init__(self, bundle, done):
        self.bundle, self.stdout, self.stderr = bundle, done.stdout, done.stderr
        self.results = [json.loads(line) for line in done.stdout.splitlines()]

    def cases(self, *verdicts):
        return [result["case"] for result in self.results if "case" in result and (not verdicts or result["verdict"] in verdicts)]
