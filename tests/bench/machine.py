"""
machine: what the figures were measured on, and how quiet it was.
"""
import os
import platform
import resource
import socket


def cores():
    """The client's core and the server's; one and the same where there is only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[0], allowed[1 % len(allowed)]


def descriptors():
    """As many open files as a process may have."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return 1 << 20 if hard == resource.RLIM_INFINITY else hard


def free_port():
    """One at which nobody listens on loopback, for now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _field(path, name):
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith(name):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def description():
    memory = _field("/proc/meminfo", "MemTotal").split()
    return {
        "cpu": _field("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory[0]) / 2**20, 1) if memory[0].isdigit() else None,
        "kernel": f"{platform.system()} {platform.release()}",
        "hypervisor": "hypervisor" in _field("/proc/cpuinfo", "flags").split(),
        "descriptors": descriptors(),
        "client_core": cores()[0],
        "server_core": cores()[1],
    }


def busy_seconds():
    """How long the two cores have worked since the machine started, for whomever."""
    tick = os.sysconf("SC_CLK_TCK")
    wanted = {f"cpu{core}" for core in cores()}
    total = 0.0
    with open("/proc/stat", encoding="ascii") as file:
        for line in file:
            name, *numbers = line.split()
            if name in wanted:
                user, nice, system, _idle, _wait, irq, softirq, *_rest = map(int, numbers)
                total += (user + nice + system + irq + softirq) / tick
    return total


def cpu_seconds(pid):
    """How long a process of ours has worked, its finished children not counted."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def listen_overflows():
    """Connections that the kernel turned away as a listener's queue was full, since the start."""
    with open("/proc/net/netstat", encoding="ascii") as file:
        lines = [line.split() for line in file]
    for names, values in zip(lines[::2], lines[1::2]):
        if names[0] == "TcpExt:" and "ListenOverflows" in names:
            return int(values[names.index("ListenOverflows")])
    return 0


def status_kib(pid, *names):
    """Fields of /proc/PID/status that are sizes; None when the process is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as file:
            fields = dict(line.split(":", 1) for line in file if ":" in line)
        return [int(fields[name].split()[0]) for name in names]
    except (OSError, KeyError, ValueError):
        return None


def children(pid):
    """The processes that pid has started and that still run, with the words that started them."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
            if parent == pid:
                with open(f"/proc/{name}/cmdline", encoding="utf-8") as file:
                    found[int(name)] = file.read().split("\0")
        except (OSError, ValueError, IndexError):
            continue
    return found
