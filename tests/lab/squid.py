"""
squid: Squid as an administrator set it up.

Squid needs root for nothing but low ports. It runs in the foreground as one process, keeps nothing on
disk and asks no DNS: the sink is named by its address.
"""
from expect import CLOSED, CONNECT, OPEN, PAGES, PASSWORD, TLS_CONNECT, TLS_PAGES
from server import Server, free_port

COMMON = """
http_port 127.0.0.1:{port}
pid_filename none
coredump_dir {folder}
cache deny all
cache_mem 8 MB
cache_log {folder}/output
access_log stdio:{folder}/log
netdb_filename none
pinger_enable off
dns_nameservers 127.0.0.1
visible_hostname proxy.administrator.test
shutdown_lifetime 0 seconds
max_filedescriptors 1024
"""


class Squid(Server):
    PROGRAM = "squid"
    KIND = "http"

    def begin(self):
        self.port = free_port()
        path = self.write("squid.conf", COMMON.format(port=self.port, folder=self.folder) + self.settings)
        self.run(["squid", "-N", "-f", path, "-n", f"lab{self.port}"])


SERVERS = [
    # "It did not work from home, so I allowed all", and the lines about ports were in the way as well.
    Squid("squid-open", {CONNECT: OPEN, PAGES: OPEN}, """
http_access allow all
"""),

    # The same "allow all", but written below Debian's lines about ports: tunnels lead to 443 alone, pages
    # are fetched from anywhere.
    Squid("squid-get-only", {CONNECT: CLOSED, PAGES: OPEN}, """
acl SSL_ports port 443
acl Safe_ports port 80 443 1025-65535
http_access deny !Safe_ports
http_access deny CONNECT !SSL_ports
http_access allow all
"""),

    Squid("squid-closed", {CONNECT: CLOSED, PAGES: CLOSED}, """
http_access deny all
"""),

    Squid("squid-password", {CONNECT: PASSWORD, PAGES: PASSWORD}, """
auth_param basic program /usr/lib/squid/basic_fake_auth
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
"""),
]
