"""
accuracy: the verdicts of a run of the lab, as the text of doc/accuracy.md.
"""
import collections
import datetime
import glob
import subprocess

import nmap
from server import UNPACKED

HEAD = """# How often ajar is right

Every probe that ajar brings was run against {servers} real servers on loopback, each set up as a careful or a careless
administrator would; nmap's scripts were run against the same servers in the same run. Whether a server is open was
asked first by a few lines of Python that share nothing with ajar (`tests/lab/oracle.py`); where only ajar can
ask, it is what the set-up in `tests/lab/` makes it.

{date}, {ajar}, {nmap}. Servers: {versions}.

To repeat it, as root (nmap's proxy scripts insist on ports 53 and 80, which the lab opens on 127.0.0.80; all
else runs as `nobody`), and nothing leaves the machine:

    make deps
    make accuracy
"""

COUNTS = """
## In sum

{table}

*open, and found*: it is open, and the tool says so. *open, and missed*: it says closed, or nothing. *innocent,
and accused*: the tool calls a server open that passes nothing on. *undecided*: ajar's `suspect` (it said yes, and
nothing came back); nmap knows no such word.

nmap's `smtp-open-relay` calls a server open when it accepts a recipient, and sends no mail. `http-open-proxy`
and `socks-open-proxy` were given a page to fetch and a pattern to look for in it, so they count as right when they
fetch it. The hosts that they would ask by default were not asked.

"Closed" here holds ajar's `inconclusive` too: both say that nothing was shown. The set-ups, and what they must give, were
made by ajar's own authors, and some expectations were corrected after a first run had shown what a server
does: that Privoxy hangs up on a stranger and that HAProxy with nothing behind it has an error of its own (both
`inconclusive`, and nothing else counts as right), that Dante knows no SOCKS 4a, and that HAProxy leads WebSockets on over HTTP/2. For
the relay forms behind special set-ups there is no second opinion but the set-up itself.

Each program is there open, closed and, where it can, asking for a password (Privoxy, which knows none, behind HAProxy). But
microsocks can't be closed: it has no rule about who may come, only the address that it listens on, at which strangers either
get a connection or none, and a name with a password. And aiosmtpd, which here takes all mail and passes none on, is neither.

Of {total} verdicts by single probes, {right} are what they must be; {false_open} say `open` of what is not,
{false_closed} say `closed` of what is.
"""


def versions():
    """Of what Debian installed, and of what is only unpacked."""
    names = ("postfix squid dante-server microsocks tinyproxy-bin apache2-bin nginx haproxy privoxy "
             "python3-aiosmtpd coturn").split()
    out = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Status} ${Package} ${Version}\n", *names],
                         capture_output=True, text=True, check=False).stdout
    found = [line.removeprefix("installed ") for line in out.splitlines() if line.startswith("installed ")]
    for path in glob.glob(f"{UNPACKED}/*.version"):
        with open(path, encoding="ascii") as file:
            found.append(file.read().strip())
    return ", ".join(sorted(found))


def whole(results):
    """ajar's word about a server: the worst that any probe says of it."""
    for word in "open", "suspect":
        by = [r.probe for r in results if r.verdict == word]
        if by:
            return word, by
    return "closed", []


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows])


def cell(word, is_open):
    """Where a verdict counts."""
    if word == "suspect":
        return "undecided"
    if is_open:
        return "open, and found" if word == "open" else "open, and missed"
    return "innocent, and accused" if word == "open" else "innocent, and cleared"


COLUMNS = ["open, and found", "open, and missed", "innocent, and cleared", "innocent, and accused", "undecided"]
KINDS = {"mail": "mail servers", "http": "HTTP servers and proxies", "socks": "SOCKS proxies", "turn": "TURN servers"}


def counts(servers, words):
    """Rows: for each kind and tool, how often each cell of COLUMNS."""
    rows = []
    for kind, name in KINDS.items():
        those = [server for server in servers if server.KIND == kind]
        for tool in "ajar", "nmap":
            if any(words[tool][server.name] is None for server in those) or tool == "nmap" and kind not in nmap.SCRIPTS:
                continue
            sums = collections.Counter(cell(words[tool][server.name], server.is_open()) for server in those)
            who = tool if tool == "ajar" else f"nmap, {nmap.SCRIPTS[kind]}"
            rows.append([f"{len(those)} {name}", who, *(sums[column] for column in COLUMNS)])
    return rows


def explain(results):
    rows = [[r.server.name, r.probe, r.reason[:160], r.server.expect(r.probe).why] for r in results
            if r.verdict == "suspect"]
    return "\n## Every `suspect`, and why\n\n" + table(["server", "probe", "ajar says", "what it is"], rows) + "\n"


def write(path, servers, results, said, ajar):
    """said: by server's name, what nmap's scripts printed; {} when nmap was not run."""
    mine = {server.name: whole([r for r in results if r.server is server]) for server in servers}
    words = {"ajar": {name: word for name, (word, _) in mine.items()},
             "nmap": {s.name: ("open" if nmap.opens(said[s.name]) else "closed") if s.name in said else None
                      for s in servers}}
    single = [(r, r.server.expect(r.probe).verdicts) for r in results]
    text = HEAD.format(servers=len(servers), date=datetime.date.today().isoformat(), ajar=ajar, nmap=nmap.version(),
                       versions=versions())
    text += COUNTS.format(
        table=table(["servers", "tool", *COLUMNS], counts(servers, words)), total=len(results),
        right=sum(r.right for r in results),
        false_open=sum(r.verdict == "open" and "open" not in verdicts for r, verdicts in single),
        false_closed=sum(r.verdict in ("closed", "inconclusive") and verdicts == ["open"] for r, verdicts in single))
    rows = []
    for server in servers:
        word, by = mine[server.name]
        theirs = said.get(server.name)
        rows.append([server.name, "open" if server.is_open() else "closed", word,
                     ", ".join(name.split("/")[1] for name in by),
                     "not run" if theirs is None else "no script" if server.KIND not in nmap.SCRIPTS
                     else ", ".join(nmap.opens(theirs)) or "closed"])
    text += "\n## Server by server\n\nThe set-ups are in `tests/lab/`, by these names.\n\n"
    text += table(["server", "it is", "ajar", "by which probes", "nmap calls it open by"], rows) + "\n"
    text += explain(results)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
