"""
low_ports: opens two ports that only root may, and runs the command that it is given with them.

For nmap: its scripts for proxies lead to port 80 of a host and ask the DNS for it, whatever it is. Here
that is 127.0.0.80, so that nothing leaves this machine. LAB_WEB and LAB_DNS say which descriptors it is.
"""
import os
import socket
import sys

HOST = "127.0.0.80"


def main():
    web = socket.create_server((HOST, 80), backlog=64)
    dns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    dns.bind((HOST, 53))
    for fd in web.fileno(), dns.fileno():
        os.set_inheritable(fd, True)
    os.environ.update(LAB_WEB=str(web.fileno()), LAB_DNS=str(dns.fileno()))
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
