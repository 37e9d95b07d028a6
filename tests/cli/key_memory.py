#!/usr/bin/env python3
"""Which processes of a run hold the secret key: key_memory.py AJAR KEY

KEY is in the clear. Runs `ajar probe -k KEY -e BUNDLE` against a server that says nothing, and looks for the key's seed
in the memory of all processes while they wait. Prints how many there are and how many hold it, of the command itself
and of the others. Exit status 77: this kernel does not let us look.
"""

import base64
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIP = 77


def seed_of(path):
    with open(path, encoding="ascii") as text:
        return base64.b64decode(text.read().split("\n")[1])[62:94]


def children(pid):
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as stat:
                    if int(stat.read().rsplit(")", 1)[1].split()[1]) == pid:
                        found.append(int(name))
            except (OSError, IndexError):
                pass
    return found


def pieces(pid):
    """The readable memory, region by region."""
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        regions = re.findall(r"^([0-9a-f]+)-([0-9a-f]+) r", maps.read(), re.MULTILINE)
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for begin, end in regions:
            try:
                memory.seek(int(begin, 16))
                yield memory.read(int(end, 16) - int(begin, 16))
            except (OSError, OverflowError, ValueError):
                pass  # [vvar] and its like


def holds(pid, seed):
    return any(seed in piece for piece in pieces(pid) if piece)


def main():
    ajar, key = sys.argv[1:3]
    seed = seed_of(key)
    silent = socket.create_server(("127.0.0.1", 0))
    target = f"127.0.0.1:{silent.getsockname()[1]}"
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(
            [ajar, "probe", "-k", key, "-e", folder + "/b.tar", "-p", "relay/third-party", "--workers", "2", target],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        try:
            silent.settimeout(20)
            connection = silent.accept()[0]  # now it waits for a greeting
            time.sleep(0.2)
            others = children(run.pid)
            print(f"the command: {int(holds(run.pid, seed))} of 1")
            print(f"others: {sum(holds(pid, seed) for pid in others)} of {len(others)}")
            connection.close()
        except PermissionError:
            sys.exit(SKIP)
        finally:
            run.send_signal(signal.SIGTERM)
            time.sleep(0.1)
            run.kill()


main()
