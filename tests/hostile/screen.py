"""What a command shows on a terminal: run in one of 100 columns, with colour."""
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

from look import Fault

COLUMNS, SECONDS = 100, 60


def shown(given, *words):
    """All that it writes to a terminal, stdout and stderr."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    env = {**given.env, "TERM": "xterm-256color"}
    env.pop("NO_COLOR", None)
    process = subprocess.Popen([given.ajar, *words], cwd=given.folder, env=env, stdin=subprocess.DEVNULL, stdout=its, stderr=its)
    os.close(its)
    content, end = b"", time.monotonic() + SECONDS
    try:
        while time.monotonic() < end and select.select([ours], [], [], SECONDS)[0]:
            data = os.read(ours, 65536)
            if not data:
                break
            content += data
    except OSError:  # the terminal's other end is closed
        pass
    os.close(ours)
    if process.wait(SECONDS) < 0:
        raise Fault(f"ajar {' '.join(words)}: signal {-process.returncode}")
    return content
