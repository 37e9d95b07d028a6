"""A person at a terminal: runs a command there, and types what stdin says, a step a line.

    repl_terminal.py COMMAND... <steps

A step is Python's notation of two texts: what the terminal must show, and what is typed then (behind a prompt, as soon as
lines are edited). What it shows in all goes to
stdout; the exit status is the command's, or 99 where something was not shown in time.
"""
import ast
import os
import pty
import select
import sys
import termios
import time

SECONDS = 15


def main():
    steps = [ast.literal_eval(line) for line in sys.stdin if line.strip()]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm", NO_COLOR="1", LC_ALL="C.UTF-8")
        os.execvp(sys.argv[1], sys.argv[1:])
    shown, seen = b"", 0

    def read(seconds):
        nonlocal shown
        if select.select([terminal], [], [], seconds)[0]:
            try:
                shown += os.read(terminal, 65536)
                return True
            except OSError:
                return False
        return True

    def waits(prompt):
        edited = not termios.tcgetattr(terminal)[3] & termios.ICANON
        return edited or not prompt.endswith("> ")

    for expected, typed in steps:
        end = time.monotonic() + SECONDS
        while expected.encode() not in shown[seen:] or not waits(expected):
            if time.monotonic() > end or not read(0.1):
                sys.stdout.buffer.write(shown)
                sys.exit(99)
        seen = shown.index(expected.encode(), seen) + len(expected.encode())
        os.write(terminal, typed.encode())
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and read(0.1):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            read(0.1)
            sys.stdout.buffer.write(shown)
            sys.exit(os.waitstatus_to_exitcode(status))
    sys.stdout.buffer.write(shown)
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


main()
