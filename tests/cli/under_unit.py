#!/usr/bin/env python3
"""Runs the ExecStart of a unit as systemd would, as far as that goes without systemd: under_unit.py UNIT INSTANCE STATE PROGRAM
[VARIABLE=VALUE]...

STATE stands in the place of /var/lib/ajar and PROGRAM in that of /usr/bin/ajar. Held to what the unit says, by bubblewrap, setpriv and
libseccomp: ProtectSystem=strict, ProtectHome=, PrivateTmp=, PrivateDevices=, ProtectKernelTunables=; the user (nobody), the bounding
and the ambient capabilities, NoNewPrivileges=; SystemCallFilter=, RestrictAddressFamilies=, RestrictNamespaces=, MemoryDenyWriteExecute=;
LimitNOFILE=, LimitCORE=, UMask=. Here a system call that the unit refuses ends the process, so that no refusal stays unseen.
Not held to: what needs systemd's control groups and its start (DevicePolicy, StateDirectory=, credentials), and
ProtectKernelModules=, ProtectKernelLogs=, ProtectControlGroups=, ProtectHostname=, ProtectClock=, PrivateUsers=, ProtectProc=,
RestrictSUIDSGID=, RestrictRealtime=, LockPersonality=, RemoveIPC=."""
import ctypes
import os
import resource
import shlex
import socket
import subprocess
import sys

KILL, ALLOW = 0x80000000, 0x7FFF0000
NOT_EQUAL, EQUAL, MASKED = 1, 4, 7
PROT_WRITE, PROT_EXEC = 2, 4
NAMESPACES = 0x7E020080  # CLONE_NEW*


def settings(path):
    """Each name with all its values, in their order."""
    found = {}
    for line in open(path):
        name, sign, value = line.strip().partition("=")
        if sign and not name.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def calls_of(word):
    """The system calls that a word of SystemCallFilter= means."""
    if not word.startswith("@"):
        return {word}
    said = subprocess.run(["systemd-analyze", "syscall-filter", word], capture_output=True, text=True, check=True).stdout
    words = [line.strip() for line in said.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*map(calls_of, words))


def allowed_calls(lines):
    allowed = calls_of("@default")
    for line in lines:
        for word in line.lstrip("~").split():
            allowed = allowed - calls_of(word) if line.startswith("~") else allowed | calls_of(word)
    return allowed


class Compare(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


class Filter:
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    library.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint,
                                               ctypes.POINTER(Compare)]

    def __init__(self, default):
        self.context = self.library.seccomp_init(default)

    def rule(self, action, name, *compares):
        number = self.library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0 and self.library.seccomp_rule_add_array(self.context, action, number, len(compares),
                                                               (Compare * len(compares))(*compares)) != 0:
            sys.exit(f"under_unit: no rule for {name}")

    def load(self):
        if self.library.seccomp_load(self.context) != 0:
            sys.exit("under_unit: the filter could not be loaded")


def forbid_some(unit):
    """What depends on arguments."""
    some = Filter(ALLOW)
    both = PROT_WRITE | PROT_EXEC
    if unit.get("MemoryDenyWriteExecute") == ["yes"]:
        some.rule(KILL, "mmap", Compare(2, MASKED, both, both))
        some.rule(KILL, "mprotect", Compare(2, MASKED, PROT_EXEC, PROT_EXEC))
    if unit.get("RestrictNamespaces") == ["yes"]:
        some.rule(KILL, "setns")
        for bit in (1 << n for n in range(32) if NAMESPACES >> n & 1):
            some.rule(KILL, "clone", Compare(0, MASKED, bit, bit))
            some.rule(KILL, "unshare", Compare(0, MASKED, bit, bit))
    families = {getattr(socket, name) for name in unit["RestrictAddressFamilies"][0].split()}
    for family in set(range(50)) - families:
        some.rule(KILL, "socket", Compare(0, EQUAL, family, 0))
    some.load()


def become(unit):
    os.umask(int(unit["UMask"][0], 8))
    for name in ("NOFILE", "CORE"):
        if "Limit" + name in unit:
            which = getattr(resource, "RLIMIT_" + name)
            most = resource.getrlimit(which)[1]
            number = int(unit["Limit" + name][0])
            number = number if most == resource.RLIM_INFINITY else min(number, most)
            resource.setrlimit(which, (number, number))
    allowed = allowed_calls(unit["SystemCallFilter"])
    forbid_some(unit)
    every = Filter(KILL)
    for name in allowed:
        every.rule(ALLOW, name)
    every.load()


def command_of(unit, instance, program, variables):
    words = []
    for word in shlex.split(unit["ExecStart"][0].replace("%i", instance).replace("/usr/bin/ajar", program, 1)):
        name = word.strip("${}")
        if word.startswith("${"):
            words.append(variables[name])
        elif word.startswith("$"):
            words += variables.get(name, "").split()
        else:
            words.append(word)
    return words


def walls(unit, state, program):
    capabilities = unit["CapabilityBoundingSet"][0].lower().replace("cap_", "").split()
    return ["bwrap", "--cap-add", "ALL", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev", "--ro-bind", "/proc", "/proc",
            "--tmpfs", "/tmp", "--tmpfs", "/var/tmp", "--tmpfs", "/home", "--tmpfs", "/root", "--tmpfs", "/var/lib",
            "--ro-bind", os.path.dirname(program), "/tmp/program",
            "--ro-bind", os.path.dirname(os.path.abspath(__file__)), "/tmp/tests",
            "--ro-bind", os.path.dirname(os.path.abspath(sys.argv[1])), "/tmp/unit",
            "--bind", state, "/var/lib/ajar", "--chdir", "/var/lib/ajar", "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups",
            "--no-new-privs", "--bounding-set", ",".join(["-all"] + ["+" + c for c in capabilities])] + \
        [word for c in capabilities for word in ("--inh-caps", "+" + c, "--ambient-caps", "+" + c)]


def main():
    path, instance, state, program = sys.argv[1:5]
    if state != "inside":
        inside = ["python3", "/tmp/tests/under_unit.py", "/tmp/unit/" + os.path.basename(path), instance, "inside", "/tmp/program/" + os.path.basename(program)]
        words = walls(settings(path), state, program) + inside + sys.argv[5:]
        os.execvp(words[0], words)
    unit = settings(path)
    variables = dict(word.split("=", 1) for word in unit.get("Environment", []) + sys.argv[5:])
    command = command_of(unit, instance, program, {name: value.replace("%i", instance) for name, value in variables.items()})
    become(unit)
    os.execve(command[0], command, {"PATH": "/usr/bin:/bin", "HOME": "/var/lib/ajar", **variables})


main()
