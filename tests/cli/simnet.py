"""
simnet: addresses on loopback that no simulators have, for the tests that start many, and ports.
"""
import socket
import sys


def free_nets(first, last, count):
    """The first of `count` third numbers of addresses, between these two, that nobody listens at."""
    for net in range(first, last, count):
        try:
            for n in range(net, net + count):
                with socket.socket() as s:
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    s.bind((f"127.0.{n}.2", 2525))
            return net
        except OSError:
            pass
    sys.exit("no addresses are free for the simulators")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
