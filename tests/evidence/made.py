"""Good bundles of each kind, made with the program: what the readers must accept, and what the damages begin from."""
import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import time

import hostile
import packed

HERE = os.path.dirname(os.path.abspath(__file__))
CLI = os.path.join(HERE, "..", "cli")
sys.path.insert(0, CLI)

from simnet import free_nets, free_port  # pylint: disable=wrong-import-position

NOBODY = ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"]


class Maker:
    """Makes bundles in its folder; `good` is a list of (what it is, options for a reader, paths), `bad` one of those to be
    refused."""

    def __init__(self, ajar, folder):
        self.ajar, self.folder, self.good, self.bad = ajar, folder, [], []
        os.environ["HOME"] = folder  # whose packs are trusted

    def path(self, name):
        return os.path.join(self.folder, name)

    def call(self, *words, status=0):
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode != status:
            sys.exit(f"{words}: {done.returncode} {done.stdout}{done.stderr}")
        return done.stdout

    def add(self, what, options, *names):
        self.good.append((what, options, [self.path(name) for name in names]))

    def key(self, name):
        self.call(self.ajar, "key", "new", "--no-password", "-o", name + ".key")

    def probe(self, out, *words, key="k", status=0):
        return self.call(
            self.ajar,
            "probe",
            "--json",
            "-k",
            key + ".key",
            "-e",
            out,
            "-p",
            "relay/third-party",
            *words,
            status=status,
        )

    def tape_contacts(self, *targets):
        """How it was found out whom to write to about these."""
        with open(self.path("contacts.jsonl"), "w", encoding="ascii") as file:
            for number, target in enumerate(targets, 1):
                about = target.rpartition(":")[0]
                rdap = {"source": "rdap", "state": "found", "service": "https://rdap.example/", "exchanges": [number]}
                said = {"address": about, "to": ["abuse@example.net"], "to_from": "rdap", "languages": [], "sources": [rdap]}
                asked = {"exchange": number, "source": "rdap", "address": about, "received": "{}\r\n"}
                for line in asked, said:
                    file.write(json.dumps(line, separators=(",", ":")) + "\n")

    def run_with_receipts(self):
        """A bundle with an open relay, a closed one, and ports where nobody listens; the case that is open."""
        net, sink = free_nets(160, 200, 1), f"127.0.0.1:{free_port()}"
        with subprocess.Popen(
            [self.ajar, "sim", "--net", str(net), "--for", "60", "--sink", sink, "relay-open", "relay-closed"],
            stdout=subprocess.PIPE,
            text=True,
        ) as servers:
            targets = [servers.stdout.readline().split()[0] for _ in range(2)]
            self.tape_contacts(*targets)
            known = ["--contacts", "contacts.jsonl"]
            lines = self.probe("a.tar", "--sink", sink, "--wait", "5", *known, *targets, *NOBODY)
            servers.send_signal(signal.SIGTERM)
        return next(c["case"] for c in map(json.loads, lines.splitlines()) if c.get("verdict") == "open")

    def stamp(self):
        service = subprocess.Popen(
            [sys.executable, "-B", os.path.join(CLI, "tsa.py"), self.path("tsa")]
        )  # pylint: disable=consider-using-with
        for _ in range(400):
            if os.path.exists(self.path("tsa/port")):
                break
            time.sleep(0.05)
        with open(self.path("tsa/port"), encoding="ascii") as port:
            url = f"http://127.0.0.1:{port.read()}/"
        self.call("cp", "3.tar", "before.tar")
        self.call(self.ajar, "stamp", "--tsa", url, "--tsa", url, "3.tar")
        self.stamp_future(url)
        service.terminate()
        service.wait()

    def stamp_future(self, url):
        """What says that it was sealed in times to come, and is stamped today."""
        content = hostile.Bundle(self, self.path("2.tar")).sealed(comment=lambda c: re.sub("utc:....", "utc:2099", c))
        with open(self.path("f.tar"), "wb") as file:
            file.write(content)
        self.call(self.ajar, "stamp", "--tsa", url, "f.tar")
        self.add("stamped before it was sealed, by whom nobody trusts", ["-P", self.path("k.pub")], "f.tar")
        self.bad.append(("stamped before it was sealed", ["--tsa-ca", self.path("tsa/root.pem")], [self.path("f.tar")]))

    def version_1(self):
        os.mkdir(self.path("old"))
        self.call(
            sys.executable,
            "-B",
            os.path.join(CLI, "notify_bundle.py"),
            "old",
            "c-1:relay/third-party:open",
            "c-2:proxy/socks5:closed",
        )
        self.add("version 1", ["-P", self.path("old/operator.pub")], "old/evidence.tar")

    def recovered(self, case):
        """What a run that was killed leaves, sealed."""
        with open(self.path("a.tar"), "rb") as file:
            bundle = file.read()
        with open(self.path("cut.tar"), "wb") as file:
            file.write(bundle[: bundle.index(b"a/bagit.txt")])
        self.call(self.ajar, "seal", "-k", "k.key", "-o", "r.tar", "cut.tar")
        self.add("recovered", ["-P", self.path("k.pub")], "r.tar")
        self.call(self.ajar, "extract", "r.tar", case, "-o", "re.tar")
        self.add("an extract of what was recovered", ["-P", self.path("k.pub")], "re.tar")

    def repacked(self):
        """Unpacked, and packed again in the same order, with directories and without."""
        os.mkdir(self.path("unpacked"))
        self.call("tar", "-C", "unpacked", "-xf", "a.tar")
        with tarfile.open(self.path("a.tar")) as tar:
            names = tar.getnames()
        folders = sorted({os.path.dirname(name) for name in names})
        for out, form, order in (("u.tar", "ustar", names), ("g.tar", "gnu", folders + names)):
            self.call("tar", f"--format={form}", "--no-recursion", "-C", "unpacked", "-cf", out, *order)
            self.add(f"packed again by tar, {form}", ["-P", self.path("k.pub")], out)

    def make(self):
        for key in ("k", "second", "third"):
            self.key(key)
        by_k = ["-P", self.path("k.pub")]
        case = self.run_with_receipts()
        for n in "23":
            self.probe(n + ".tar", f"127.0.0.1:{n}")
        self.add("whole", by_k, "a.tar")
        self.add("whole, by the key in it", [], "a.tar")
        self.call("minisign", "-G", "-W", "-p", "m.pub", "-s", "m.key")
        self.probe("m.tar", "127.0.0.1:1", key="m")
        self.add("by minisign's key", ["-P", self.path("m.pub")], "m.tar")
        self.call(self.ajar, "extract", "a.tar", case, "-o", "e.tar")
        self.add("an extract", by_k, "e.tar")
        self.call(self.ajar, "redact", "e.tar", "--lines", "3-5", "--hide", "ajar", "-o", "h.tar")
        self.add("redacted", by_k, "h.tar")
        self.add("a chain", by_k, "a.tar", "2.tar", "3.tar")
        self.add("a chain of an extract and a bundle", by_k, "e.tar", "2.tar")
        os.mkdir(self.path("co"))
        self.call("cp", "2.tar", "co/2.tar")
        for key in ("second", "third"):
            self.call(self.ajar, "cosign", "-k", key + ".key", "co/2.tar")
        self.add(
            "co-signed",
            [*by_k, "-P", self.path("second.pub"), "-P", self.path("third.pub"), "--threshold", "3"],
            "co/2.tar",
        )
        self.call(self.ajar, "cosign", "-k", "second.key", "a.tar")
        self.call(self.ajar, "extract", "a.tar", case, "-o", "ce.tar")
        self.add(
            "an extract with its co-signature", [*by_k, "-P", self.path("second.pub"), "--threshold", "2"], "ce.tar"
        )
        self.stamp()
        self.add("stamped", [*by_k, "--tsa-ca", self.path("tsa/root.pem")], "3.tar")
        self.version_1()
        self.recovered(case)
        self.repacked()
        packed.good(self)
        return self
