"""
server: a real server on loopback, started here and stopped here.

Each has a folder of its own, a port that was free, and for each process that it starts a process
group, so that stopping ends exactly what was started and nothing else.
"""
import fcntl
import fnmatch
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from expect import NOTHING

START_SECONDS = 15
STOP_SECONDS = 4


# Below those that Linux gives to outgoing connections, one of which could take a port that we left free.
PORTS = random.sample(range(20000, 32000), 10000)

# A mail server is asked by many relay probes at once, each with a sink of its own: the domain says which. (sendmail
# has no room for more.)
DOMAINS = [f"relay-{n}.test" for n in range(15)]

# Where `make deps` puts servers that Debian lets nobody have beside Postfix.
UNPACKED = "/usr/local/lib/ajar-lab"



def listen_tcp(host="127.0.0.1"):
    """A listening socket on a free port of loopback, and the port."""
    while True:
        port = PORTS.pop()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            return port, socket.create_server((host, port), family=family, backlog=64)
        except OSError:
            continue


def free_port():
    """A port that was free a moment ago, for a server that opens it itself."""
    port, listener = listen_tcp()
    listener.close()
    return port


def accepts(host, port):
    try:
        socket.create_connection((host, port), timeout=1).close()
        return True
    except OSError:
        return False


class Server:
    """What all have in common. A kind of server names its PROGRAM, and in begin() what it runs."""

    PROGRAM = None
    # What it is for: "mail", "http" or "socks".
    KIND = None
    # Whether it gets a sink for each of DOMAINS.
    MAIL = False

    def __init__(self, name, expects, settings="", host="127.0.0.1", envelopes=None, truth=None):
        """envelopes: for the oracle, by probe: sender and recipient, with {vu} and {vd} for the mailbox's
        halves. truth: whether it passes on what strangers want, where `expects` can't say."""
        self.name = name
        self.expects = expects
        self.settings = settings
        self.host = host
        self.envelopes = envelopes or {}
        self.truth = truth
        self.pids = []
        self.folder = None
        self.port = None
        self.sinks = {}

    def expect(self, probe):
        return next((e for pattern, e in self.expects.items() if fnmatch.fnmatchcase(probe, pattern)), NOTHING)

    def is_open(self):
        """Whether strangers get through it by any way."""
        return self.truth if self.truth is not None else any(e.verdicts[0] == "open" for e in self.expects.values())

    def lacks(self):
        """What keeps it from running here, or ""."""
        path = f"{UNPACKED}:/usr/sbin:/usr/bin:/usr/lib/postfix/sbin"
        found = any(os.access(f"{folder}/{self.PROGRAM}", os.X_OK) for folder in path.split(":"))
        return "" if found else f"{self.PROGRAM} is not installed (make deps)"

    def start(self, sinks=None):
        """Starts it. Where it may pass mail on to, that is 127.0.0.1 and the ports of self.sinks."""
        self.sinks = sinks or ({domain: free_port() for domain in DOMAINS} if self.MAIL else {})
        self.folder = tempfile.mkdtemp(prefix=self.name + "-")
        self.begin()

    def certificate(self, kind="ec"):
        """A certificate that nobody vouches for, and its key."""
        crt, key = f"{self.folder}/tls.crt", f"{self.folder}/tls.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", kind, "-nodes",
                        *(["-pkeyopt", "ec_paramgen_curve:P-256"] if kind == "ec" else []),
                        "-days", "2", "-subj", "/CN=administrator.test", "-keyout", key, "-out", crt],
                       check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return crt, key

    def begin(self):
        raise NotImplementedError

    def write(self, name, text):
        path = f"{self.folder}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    def run(self, command, folder=None, environment=None, at=None):
        """Starts a process, in a folder. `at`: which of our descriptors it finds under which number.
        It gets SIGTERM when we die, so that nothing outlives a test that was killed."""
        output = os.open(f"{self.folder}/output", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        nothing = os.open("/dev/null", os.O_RDONLY)
        wanted = {0: nothing, 1: output, 2: output, **(at or {})}
        # Moved out of the way first, as one may stand where another belongs.
        moved = {place: fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 64) for place, fd in wanted.items()}
        os.close(nothing)
        os.close(output)
        self.pids.append(os.posix_spawn(
            "/usr/bin/setpriv",
            ["setpriv", "--pdeathsig", "TERM", "env", "-C", folder or self.folder, *command],
            {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TMPDIR": self.folder, **(environment or {})},
            file_actions=[(os.POSIX_SPAWN_DUP2, fd, place) for place, fd in moved.items()],
            setpgroup=0))
        for fd in moved.values():
            os.close(fd)

    def wait(self):
        """True once it accepts connections; False when it ended or took too long."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self.ended():
            if accepts(self.host, self.port):
                return True
            time.sleep(0.02)
        return False

    def ended(self):
        """True when one of its processes has gone."""
        return any(os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) for pid in self.pids)

    def ask_to_stop(self):
        """SIGTERM to what we started, which then sees to its own children."""
        for pid in self.pids:
            os.kill(pid, signal.SIGTERM)

    def stop(self):
        """Waits for it a little, then ends it and what it has left behind. Removes its folder."""
        left = list(self.pids)
        deadline = time.monotonic() + STOP_SECONDS
        while left and time.monotonic() < deadline:
            left = [pid for pid in left if not os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)]
            time.sleep(0.02)
        for pid in self.pids:
            # Not yet reaped, so the number still means this group.
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.pids = []
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        """The end of what the server wrote, for a person who wants to know why."""
        text = ""
        for name in "output", "log":
            path = f"{self.folder}/{name}"
            if self.folder and os.path.exists(path):
                with open(path, encoding="latin-1") as file:
                    text += file.read()
        return text[-3000:]


class Pair:
    """Before a kind of server, for two that are one: `second` is what stands behind it, started before it."""

    second = None

    def wait(self):
        return self.second.wait() and super().wait()

    def ended(self):
        return self.second.ended() or super().ended()

    def ask_to_stop(self):
        self.second.ask_to_stop()
        super().ask_to_stop()

    def stop(self):
        self.second.stop()
        super().stop()

    def log(self):
        return self.second.log() + super().log()
