"""Does case.json say what lies beside it? What doc/evidence.md, section 7, lets a reader ask without running a script."""
import hashlib
import ipaddress
import json
import re
from datetime import datetime, timedelta, timezone

import kept
import minisig
import trees
from refusal import Refused, require

MOST, MOST_RECEIPTS, MOST_LINE, MOST_HEAD, MOST_ENTRIES, MOST_REASON = 2**20, 20 * 2**20, 2**19, 2**16, 64, 1000
HIDDEN_LINE = re.compile(r'\{"hidden":"[0-9a-f]{64}"\}')
STAND_IN = re.compile("hidden [0-9a-f]{64}")
TOKEN = re.compile("[a-z2-7]{32}")
KINDS = ("mail", "line", "http", "bounce", "datagram", "delay", "answer", "report", "other")
SORTED = 10  # from this interface on a kind says of each mail whether it is the test message
DOUBTED = 12  # from this one on a relay's mail that came back, and was doubted, is borne out by the second message alone
SECOND = ("Subject: once more: relay check, server ", "subject=once%20more%3A%20relay%20check")
CLOCKS = 600 * 10**6  # what two clocks may be apart
SLACK = 60 * 10**6  # by what one clock may be set back during a test
USUAL = {ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")}
NAMED = re.compile(kept.FIRST + rb"[ \t\r\n]*([^ \t\r\n]+)\.(?![^ \t\r\n])")
BY_OTHERS = ("bounce", "delay", "answer", "report", "other")
VERDICTS = ("open", "suspect", "closed", "unreachable", "inconclusive", "error")
OWN_END = (
    "the token returned, but from our own address: something on our side of the way, a transparent proxy perhaps, passes "
    "connections on in the target's place"
)
OWN_NETWORK = (
    "but the target is in a network of the prober's own, which it may serve and strangers not: test it from elsewhere"
)
# What a run makes of a script's verdict, and its words for it.
WEAKER = {
    ("error", "open"): ("the probe said open, and the sink holds no receipt for its token",),
    ("inconclusive", "open"): (OWN_END, "the token returned, " + OWN_NETWORK),
    ("inconclusive", "suspect"): (OWN_END, "it said yes, " + OWN_NETWORK),
    ("inconclusive", "closed"): (OWN_END,),
    ("inconclusive", "unreachable"): (OWN_END,),
}
# Behind t and op: c, 1 where it may not be 0; then the members, all of bytes but for those in OTHER.
OPS = {
    "open": (1, "to"), "opened": (1, "from", "messages"), "send": (1, "data"), "recv": (1, "data"), "end": (1,),
    "fail": (0, "code", "text"), "secure": (1, "data"), "secured": (1, "version", "cipher", "chain"), "close": (1,),
    "token": (None, "data"), "now": (None, "data"), "paused": (None,), "ask": (None, "name", "type"),
    "answer": (None, "from", "data"), "note": (None, "data"), "verdict": (None, "verdict", "reason", "steps"),
    "receipt": (None, "token", "kind", "peer", "at", "digest", "answer", "port"),
}  # fmt: skip
OTHER = ("chain", "steps", "port", "messages")
LEFT_OUT = {"port", "messages"}  # members that may be missing


class TooLong(Exception):
    """Longer than any that a run makes; of the first builds the limits are not known."""


class NotAsked(Exception):
    """Of this case it can't be asked."""


def whole_number(value, least, most):
    return type(value) is int and least <= value <= most


def is_bytes(value):
    return isinstance(value, str) and all(ord(c) < 256 for c in value)


def micros(time):
    """Since 1970; None where it is no time."""
    try:
        when = minisig.time_of(time) if isinstance(time, str) else time
    except Refused:
        return None
    return (when - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1)


def as_text(value):
    """What stands for bytes on a tape, as the words that they are."""
    return value.encode("latin-1").decode("utf-8", "surrogateescape")


def one_mark(words):
    """U+FFFD once for what may be several bytes."""
    return re.sub("\ufffd+", "\ufffd", words)


def as_words(value):
    return one_mark(value.encode("latin-1").decode("utf-8", "replace"))


# The tape


def is_step(step):
    names = [isinstance(step.get(n), str) and re.fullmatch("[A-Za-z0-9-]{1,40}", step[n]) for n in ("form", "cause")]
    known = {"line", "say"} | ({"form", "cause"} if all(names) else set())
    return set(step) == known and whole_number(step["line"], 1, MOST) and isinstance(step["say"], str)


def check_record(record):
    require(whole_number(record.get("t"), 0, 2**63 - 1) and record.get("op") in OPS, "a record without t or op")
    least, *names = OPS[record["op"]]
    known = {"t", "op", *names} | ({"c"} if least is not None else set())
    require(set(record) in (known, known - LEFT_OUT), f"{record['op']}: other members")
    require(least is None or whole_number(record["c"], least, 65535), "c is no connection")
    for name in names:
        require(name in OTHER or is_bytes(record[name]), f"{name} is not of bytes")
    require(whole_number(record.get("port", 1), 1, 65535), "no port")
    require(whole_number(record.get("messages", 0), 0, 65535), "no number of messages")
    for name, good in (("steps", lambda s: isinstance(s, dict) and is_step(s)), ("chain", is_base64)):
        require(isinstance(record.get(name, []), list) and all(map(good, record.get(name, []))), f"{name} is no list of them")


def is_base64(text):
    return isinstance(text, str) and len(text) % 4 == 0 and re.fullmatch("[A-Za-z0-9+/]*={0,2}", text) and text != ""


def read_tape(content, object_of, hides):
    """Its head and its records."""
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    require(len(lines) > 1, "the tape has no head")
    records = []
    for number, line in enumerate(lines[:-1], 1):
        if HIDDEN_LINE.fullmatch(line):
            require(hides, "a line is called hidden, and none is")
            raise NotAsked("a line of the tape is hidden")
        raw = line.encode("utf-8", "surrogateescape")
        if len(raw) > (MOST_HEAD if number == 1 else MOST_LINE):
            raise TooLong("a line longer than any")
        records.append(object_of(raw, f"line {number} of the tape"))
        if number == 1:
            check_head(records[0])
        else:
            check_record(records[-1])
            require(number == 2 or records[-1]["t"] >= records[-2]["t"], "time runs backwards")
            require((records[-1]["op"] == "verdict") == (number == len(lines) - 1), "the verdict is not the end")
    require(lines[-1] == "" and len(records) > 1, "the tape is cut off")
    return records[0], records[1:]


def check_head(head):
    require(whole_number(head.get("tape"), 0, 2**63 - 1), "a tape without a version")
    if head["tape"] != 1:
        raise NotAsked("a tape of another version")
    run = head.get("run")
    require(isinstance(run, dict) and whole_number(run.get("wait_us"), 0, 2**63 - 1), "a head without its run")
    texts = [run.get(name) for name in ("mail_domain", "helo", "authority", "contact", "info")]
    texts.append(run.get("sender_domain", ""))
    require(all(map(is_bytes, texts)) and (run.get("sink", 0) is None or is_bytes(run.get("sink"))), "a head without its run")
    require(set(head) == {"tape", "probe", "pack", "target", "started", "run", "args"}, "a head with other members")
    require(isinstance(head["target"], dict) and set(head["target"]) == {"address", "port", "name"}, "no target")
    require(is_bytes(head["probe"]) and is_bytes(head["pack"]) and is_bytes(head["target"]["name"] or ""), "no bytes")
    require(address(head["target"]["address"]) and whole_number(head["target"]["port"], 0, 65535), "no address")
    minisig.time_of(head["started"])


def address(text):
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def peer_address(text):
    found = re.fullmatch(r"(?:\[([^\]]*:[^\]]*)\]|([0-9.]+)):([0-9]{1,5})", text)
    return found and int(found.group(3)) < 65536 and address(found.group(1) or found.group(2))


# What is compared


class Case:
    """The files of a case, and what case.json says."""

    def __init__(self, name, inside, object_of, run, sealed, tests):
        receipts = {file: text for file, text in inside.items() if file.startswith("receipts/")}
        if len(inside["tape.jsonl"]) > MOST or len(inside["case.json"]) > MOST:
            raise TooLong("longer than any")
        if sum(map(len, receipts.values())) > MOST_RECEIPTS:
            raise TooLong("receipts longer than any")
        self.hidden_parts = trees.hidden_of(inside)
        self.head, self.records = read_tape(inside["tape.jsonl"], object_of, self.hidden_parts.get("tape.jsonl", 0) > 0)
        self.said, self.verdict = object_of(inside["case.json"], "case.json"), self.records[-1]
        self.name, self.tape, self.files = name, inside["tape.jsonl"], receipts
        self.exchanges = inside.get("contacts.jsonl")
        self.relay = self.head["probe"].lower().startswith("relay/")
        stand_ins = sum(bool(STAND_IN.fullmatch(key)) and value is None for key, value in self.said.items())
        self.hides = stand_ins > 0
        self.receipts, self.run, self.sealed, self.tests = [], run, sealed, tests
        self.interface = interface_of(run)
        require(stand_ins == self.hidden_parts.get("case.json", 0), "other members are called hidden than are")
        require(not self.hides or len(self.lacking()) <= stand_ins, "more is missing than is hidden")

    def lacking(self):
        """The members that must be there, by what is shown, and are not."""
        must = ["target", "port", "probe", "pack", "verdict", "reason", "steps", "started", "case", "elapsed_ms"]
        must += ["name"] if self.head["target"]["name"] else []
        must += ["receipts", "exits"] if self.files else []
        must += ["proof"] if self.text("verdict") == "open" else []
        must += ["overruled"] if self.text("verdict") not in ("", self.verdict["verdict"]) else []
        must += ["tape_sha256"] if self.interface >= SORTED else []
        return [member for member in must if member not in self.said]

    def hidden(self, member):
        return member not in self.said and self.hides

    def text(self, member, where=None):
        value = (self.said if where is None else where).get(member)
        return value if isinstance(value, str) else ""

    def same(self, member, expected):
        require(self.hidden(member) or self.text(member) == expected, f"{member} is {self.text(member)!r}, not {expected!r}")

    def check(self):
        self.check_frame()
        self.check_run()
        self.check_verdict()
        require(self.hidden("steps") or alike(self.said.get("steps"), self.verdict["steps"]), "other steps")
        self.check_ports()
        kinds = [record["kind"] for record in self.records if record["op"] == "receipt"]
        is_its_open = self.text("verdict") == "open" == self.verdict["verdict"]
        require(not is_its_open or set(kinds) & set(self.proving()), "the tape has no receipt that proves it")
        if not self.hidden("receipts"):
            self.check_receipts()
        self.same("case", self.name)
        if "tape_sha256" in self.said or self.interface >= SORTED:
            self.same("tape_sha256", hashlib.sha256(self.tape).hexdigest())
        self.check_contacts()
        self.check_times()
        self.check_test()

    def check_contacts(self):
        """Is contacts.jsonl what case.json says, and there only where it does?"""
        contacts = self.said.get("contacts")
        said = self.text("exchanges_sha256", contacts) if isinstance(contacts, dict) else ""
        if self.hidden("contacts") or (said and self.hidden_parts.get("contacts.jsonl", 0)):
            return
        found = "" if self.exchanges is None else hashlib.sha256(self.exchanges).hexdigest()
        require(said == found, "another contacts.jsonl")

    def check_test(self):
        """No case before has the test that this one's first token is of."""
        made = next((r["data"] for r in self.records if r["op"] == "token"), None)
        if made:
            require(kept.job(made) not in self.tests, "the test of another case")
            self.tests.add(kept.job(made))

    def check_source(self):
        """Could these receipts be of this test?"""
        made = {}
        for record in self.records:
            if record["op"] == "token":
                require(TOKEN.fullmatch(record["data"].lower()), "a token that is none")
                made.setdefault(record["data"].lower(), record["t"])
        require(len(set(map(kept.job, made))) <= 1 and len(made) <= 256, "tokens of several tests")
        began = micros(self.head["started"])
        for entry in self.receipts:
            token = self.text("token", entry).lower()
            if TOKEN.fullmatch(token) and (made or self.interface >= SORTED):
                require(token in made, "a receipt of a token that was not made")
                require(micros(entry["at"]) >= began + made[token] - SLACK, "a receipt from before its token was made")
                require(self.interface < SORTED or entry["kind"] != "mail" or self.names_target(entry), "it names another target")
        proof = self.text("proof")
        peers = [e["peer"] for e in self.receipts if proof and e.get("token") == proof and e["kind"] in self.proving()]
        require(not peers or not all(map(self.is_own, peers)), "all of the proof came from the prober")

    def names_target(self, entry):
        content = self.files[entry["file"]]
        if self.hidden_parts.get(entry["file"], 0):
            return True
        target = self.head["target"]
        name = f"[{target['address']}]" if ":" in target["address"] else target["address"]
        right = f"{name}:{target['port']}".encode()
        said = [m.group(1) for m in NAMED.finditer(content)]
        header = kept.header(content, b"X-Test-Target")
        return all(each == right for each in said + ([header] if header is not None else []))

    def is_own(self, peer):
        """An end of ours, where the target does not stand."""
        ends = {peer_address(r["from"]) for r in self.records if r["op"] == "opened"} - {address(self.head["target"]["address"])}
        return peer_address(peer) in ends - USUAL

    def check_times(self):
        began, sealed = micros(self.head["started"]), micros(self.sealed)
        require(began <= sealed + CLOCKS, "it began when it was sealed already")
        said = self.said.get("receipts")
        for entry in said if isinstance(said, list) else []:
            at = micros(self.text("at", entry)) if isinstance(entry, dict) else None
            require(at is None or began - CLOCKS <= at <= sealed + CLOCKS, "a receipt from before its test or after the seal")
        for record in self.records:
            now = began + record["t"]
            if record["op"] == "now" and micros(record["data"]) is not None:
                require(abs(micros(record["data"]) - now) <= CLOCKS, "the clock says another time than the tape")
            if record["op"] == "receipt" and micros(record["at"]) is not None:
                require(micros(record["at"]) <= now + CLOCKS, "a receipt from after it was told of")

    def check_frame(self):
        head, target = self.head, self.head["target"]
        self.same("probe", as_text(head["probe"]))
        self.same("pack", as_text(head["pack"]))
        require(self.hidden("target") or address(self.text("target")) == address(target["address"]), "another target")
        port = self.said.get("port")
        require(self.hidden("port") or (type(port) is int and port == target["port"]), "another port")
        self.same("name", as_text(target["name"] or ""))
        self.same("started", head["started"])
        took, least = self.said.get("elapsed_ms"), self.verdict["t"] // 1000
        require(self.hidden("elapsed_ms") or whole_number(took, least, least + 1000), "another elapsed_ms")

    def check_run(self):
        """What data/run.json has of that which each head repeats."""
        head = self.head["run"]
        for member in ("authority", "contact", "info", "mail_domain", "sender_domain", "helo", "sink"):
            said = self.text(member, self.run)
            told = head.get(member, "")
            known = member in self.run and told is not None
            require(not known or said == as_text(told) or as_words(told) == one_mark(said), f"the run's {member} is another one")
        said = self.run.get("started", self.head["started"])
        began = micros(said) if isinstance(said, str) else None
        require(began is not None and began <= micros(self.head["started"]) + CLOCKS, "the run began after its test")
        vantage = self.run.get("vantage")
        said = address(self.text("from", vantage)) if isinstance(vantage, dict) else None
        ends = [peer_address(r["from"]) for r in self.records if r["op"] == "opened"]
        require(not said or all(end in (None, said) or end.version != said.version for end in ends), "it came from elsewhere")
        wait = self.run.get("wait_ms", head["wait_us"] // 1000)
        require(type(wait) is int and wait == head["wait_us"] // 1000, "the run's wait_ms is another one")
        packs = self.run.get("packs", [{"pack": as_text(self.head["pack"])}])
        named = [self.text("pack", pack) for pack in packs if isinstance(pack, dict)]
        require(as_text(self.head["pack"]) in named, "a script of a pack that the run has not")

    def same_words(self, words):
        require(self.text("verdict", words) == as_text(self.verdict["verdict"]), "another verdict")
        hidden = "reason" not in words and self.hides and words is self.said
        require(hidden or is_reason(self.text("reason", words), self.verdict["reason"]), "another reason")

    def check_verdict(self):
        run, script = self.text("verdict"), self.verdict["verdict"]
        overruled = self.said.get("overruled")
        if self.hidden("verdict"):
            return
        if run in VERDICTS and script in VERDICTS and run != script:
            late = run == "open" and script not in ("open", "error")
            require("overruled" in self.said or self.hides, "nothing was overruled")
            require(late or (run, script) in WEAKER, f"{run} can't be made of {script}")
            if not late and not self.hidden("reason"):
                self.check_weaker(run, script)
            needed = ("proof", "receipts", "reason", "elapsed_ms")
            if late and not any(map(self.hidden, needed)):
                self.check_late()
        else:
            if script == "suspect" and self.interface >= SORTED:
                require(not self.is_due(), "its own test message is listed")
            self.same_words(self.said)
        if "overruled" in self.said:
            self.same_words(overruled if isinstance(overruled, dict) else {})

    def check_weaker(self, run, script):
        reason = self.text("reason")
        require(reason in WEAKER[run, script], "no reason of a run")
        no_scope = self.run.get("scope_sha256") == hashlib.sha256(b"").hexdigest()
        require(not no_scope or not reason.endswith(OWN_NETWORK), "without a scope there was no network of its own")
        if run == "error" and as_text(self.head["pack"]).startswith("builtin@"):
            seen = [record["kind"] for record in self.records if record["op"] == "receipt"]
            require(not set(seen) & set(self.proving()), "there is a receipt for its token")
        if reason == OWN_END and not self.hidden("receipts"):
            said = self.said.get("receipts")
            entries = [entry for entry in said if isinstance(entry, dict)] if isinstance(said, list) else []
            peers = [self.text("peer", entry) for entry in entries if self.text("kind", entry) in self.proving()]
            require(any(self.is_own(peer) for peer in peers if peer_address(peer)), "no receipt from an address of ours")

    def proving(self):
        return ("mail",) if self.relay else ("line", "http", "datagram")

    def is_whole(self, token):
        """When a message with it has gone out, to the dot that ends a mail, or in a form; or None."""
        posts = set()
        for record in self.records:
            if record["op"] == "send":
                if record["data"][:5].upper() == "POST ":
                    posts.add(record["c"])
                if token in record["data"].lower() and (record["data"].endswith("\r\n.\r\n") or record["c"] in posts):
                    return record["t"]
        return None

    def check_ports(self):
        is_its_open = self.text("verdict") == "open" == self.verdict["verdict"]
        require(self.hidden("ports") or is_its_open or "ports" not in self.said, "ports of what is not open")

    def check_receipts(self):
        said = self.said.get("receipts", [])
        entries = said if isinstance(said, list) else []
        require("receipts" not in self.said or 0 < len(entries) <= MOST_ENTRIES, "no list of receipts")
        self.receipts = [entry if isinstance(entry, dict) else {} for entry in entries]
        for entry in self.receipts:
            self.check_entry(entry)
        names = [entry["file"] for entry in self.receipts]
        require(sorted(names) == sorted(self.files), "other receipts")
        on_tape = self.check_recorded()
        if self.interface >= SORTED:
            for entry in self.receipts:
                self.check_kind(entry)
        exits = list(dict.fromkeys(str(peer_address(entry["peer"])) for entry in self.receipts))
        require(self.hidden("exits") or alike(self.said.get("exits", []), exits), "other exits")
        require(self.hidden("exits") or exits or "exits" not in self.said, "exits of nothing")
        self.check_proof(on_tape)
        self.check_source()

    def check_entry(self, entry):
        content = self.files.get(self.text("file", entry))
        require(content is not None, "a receipt that is not there")
        if not self.hidden_parts.get(entry["file"], 0):
            require(self.text("sha256", entry) == hashlib.sha256(content).hexdigest(), "another digest of a receipt")
            token = self.text("token", entry).lower()
            require(token or self.interface < SORTED, "a receipt without a token")
            require(not token or (TOKEN.fullmatch(token) and token.encode() in content.lower()), "a token that is not there")
        require(self.text("kind", entry) in KINDS and peer_address(self.text("peer", entry)), "no kind or no peer")
        minisig.time_of(self.text("at", entry))

    def check_recorded(self):
        """The entries that the tape has records of."""
        left = list(self.receipts)
        for record in self.records:
            if record["op"] == "receipt":
                found = next((entry for entry in left if self.is_record(entry, record)), None)
                require(found is not None, "a receipt of the tape that is not listed")
                left.remove(found)
        return [entry for entry in self.receipts if not any(entry is other for other in left)]

    def is_record(self, entry, record):
        port = entry.get("port")
        known = port if whole_number(port, 1, 65535) else None
        token = self.text("token", entry) or record["token"]
        said = (token, *(self.text(member, entry) for member in ("kind", "peer", "at", "sha256")), known)
        return said == (*(record[m] for m in ("token", "kind", "peer", "at", "digest")), record.get("port"))

    def kept_flaw(self, entry, token):
        content = self.files[entry["file"]]
        return None if self.hidden_parts.get(entry["file"], 0) else kept.flaw(entry, token, peer_address(entry["peer"]), content)

    def check_kind(self, entry):
        token = self.text("token", entry).lower()
        found = token and self.kept_flaw(entry, token)
        require(not found, f"{entry['file']}: {found}")

    def is_proof(self, entry, token):
        its = self.text("token", entry) in ("", token) and entry["kind"] in self.proving()
        return its and not self.kept_flaw(entry, token)

    def check_proof(self, on_tape):
        if self.hidden("verdict"):
            return
        if self.text("verdict") != "open":
            require("proof" not in self.said, "a proof of what is not open")
        elif not self.hidden("proof") and self.verdict["verdict"] != "open":
            self.check_late()
        elif not self.hidden("proof"):
            proof = self.text("proof").lower()
            require(TOKEN.fullmatch(proof) and any(self.is_proof(entry, proof) for entry in on_tape), "nothing proves it")

    def is_due(self):
        """A receipt is listed by which the run would have made it open."""
        entries = self.said.get("receipts")
        for entry in entries if self.relay and isinstance(entries, list) else []:
            token = self.text("token", entry).lower() if isinstance(entry, dict) else ""
            content = self.files.get(self.text("file", entry)) if token else None
            if content is None or not self.could_come(token) or self.is_whole(token) is None:
                continue
            sound = self.hidden_parts.get(entry["file"], 0) or hashlib.sha256(content).hexdigest() == self.text("sha256", entry)
            peer = peer_address(self.text("peer", entry))
            if sound and peer and self.text("kind", entry) == "mail" and not self.is_own(entry["peer"]) and self.is_proof(entry, token):
                return True
        return False

    def could_come(self, token):
        made = [r for r in self.records if r["op"] == "token" and r["data"] == token]
        come = [r for r in self.records if r["op"] == "receipt" and r["token"] == token and r["kind"] not in BY_OTHERS]
        return TOKEN.fullmatch(token) and made and not come and (not self.is_doubted() or self.is_second(token))

    def is_doubted(self):
        """Its mail came back, and the script did not say open."""
        mail = any(r["op"] == "receipt" and r["kind"] == "mail" for r in self.records)
        return mail and self.relay and self.interface >= DOUBTED

    def is_second(self, token):
        sent = [r["data"] for r in self.records if r["op"] == "send" and token in r["data"]]
        return any(words in data for data in sent for words in SECOND)

    def check_late(self):
        proof = self.text("proof").lower()
        require(self.could_come(proof), "its proof could not come later")
        sent = self.is_whole(proof) if self.relay else 0
        require(sent is not None, "no message with it has gone out")
        entries = self.said.get("receipts")
        for entry in entries if isinstance(entries, list) else []:
            content = self.files.get(self.text("file", entry)) if isinstance(entry, dict) else None
            if content is not None and self.text("token", entry) == proof and self.is_proof(entry, proof):
                require(micros(entry["at"]) >= micros(self.head["started"]) + sent - SLACK, "it came before that")
                require(self.text("reason") == self.late_reason(entry), "another reason of what came later")
                return
        raise Refused("no receipt came later")

    def late_reason(self, entry):
        after = minisig.time_of(self.text("at", entry)) - minisig.time_of(self.head["started"])
        after -= timedelta(milliseconds=self.said.get("elapsed_ms", 0))
        return f"token returned {max(0, after // timedelta(seconds=1))} s after the test had ended"


def alike(one, other):
    """The same JSON: 1 is neither 1.0 nor true."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def is_reason(said, reason):
    """One printable line of it, cut: what is not printable ASCII became a space or a question mark, or may stand as it is."""
    form = ""
    for byte in reason.encode("latin-1")[:MOST_REASON]:
        form += " " if byte in b"\n\t\0" else ".?" if byte > 126 else re.escape(chr(byte)) if byte > 31 else r"\?"
    return re.fullmatch(form, said) is not None


def interface_of(run):
    return run["interface"] if whole_number(run.get("interface"), 1, 10**6) else 0


def flaw(name, inside, object_of, run, sealed, tests):
    """What case.json says that is not so, or None."""
    try:
        Case(name, inside, object_of, run, sealed, tests).check()
    except NotAsked:
        return None
    except TooLong as why:
        return f"{name}: {why}" if interface_of(run) >= SORTED else None
    except Refused as why:
        return f"{name}: {why}"
    return None
