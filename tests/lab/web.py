"""
web: HTTP servers and proxies but Squid: Tinyproxy, Apache, nginx, HAProxy, Privoxy.

None needs root for anything but low ports. None asks the DNS: all that they are asked for is named by its
address.
"""
from expect import (CLOSED, CONNECT, Expect, OPEN, PAGES, PASSWORD, TLS_CONNECT, TLS_PAGES, WEB_SERVER)
from server import Pair, Server, free_port


class Tinyproxy(Server):
    PROGRAM = "tinyproxy"
    KIND = "http"

    def begin(self):
        self.port = free_port()
        conf = self.write("conf", f"Listen 127.0.0.1\nPort {self.port}\nTimeout 20\nMaxClients 100\n" + self.settings)
        self.run(["tinyproxy", "-d", "-c", conf])


class Apache(Server):
    PROGRAM = "apache2"
    KIND = "http"
    COMMON = """
ServerRoot {folder}
ServerName www.administrator.test
Listen 127.0.0.1:{port}
PidFile {folder}/pid
DefaultRuntimeDir {folder}
Mutex pthread
ErrorLog {folder}/log
LogLevel warn
StartServers 1
ServerLimit 1
ThreadLimit 128
ThreadsPerChild 128
MaxRequestWorkers 128
MinSpareThreads 1
MaxSpareThreads 128
DocumentRoot {folder}/www
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule authz_host_module {modules}/mod_authz_host.so
LoadModule authz_user_module {modules}/mod_authz_user.so
LoadModule authn_core_module {modules}/mod_authn_core.so
LoadModule authn_file_module {modules}/mod_authn_file.so
LoadModule auth_basic_module {modules}/mod_auth_basic.so
LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
LoadModule proxy_connect_module {modules}/mod_proxy_connect.so
LoadModule rewrite_module {modules}/mod_rewrite.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule socache_shmcb_module {modules}/mod_socache_shmcb.so
LoadModule ssl_module {modules}/mod_ssl.so
"""

    def begin(self):
        self.port = free_port()
        self.write("www/index.html", "<title>It works!</title>\n")
        self.write("users", "someone:$apr1$lab$xxxxxxxxxxxxxxxxxxxxxx\n")
        text = self.COMMON.format(folder=self.folder, port=self.port, modules="/usr/lib/apache2/modules")
        settings = self.settings.replace("FOLDER", self.folder).replace("ITSELF", f"{self.host}:{self.port}")
        if "SSLEngine" in settings:
            self.certificate()
        self.run(["apache2", "-DFOREGROUND", "-f", self.write("conf", text + settings)])


class Nginx(Server):
    PROGRAM = "nginx"
    KIND = "http"
    COMMON = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/t1;
    proxy_temp_path {folder}/t2;
    fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4;
    scgi_temp_path {folder}/t5;
    server {{ listen 127.0.0.1:{behind}; return 200 "a shop\\n"; }}
    server {{ listen 127.0.0.1:{port}; server_name www.administrator.test; {settings} }}
}}
"""

    def begin(self):
        self.port = free_port()
        behind = free_port()
        self.write("www/index.html", "<title>Welcome to nginx!</title>\n")
        self.write("users", "someone:{PLAIN}something\n")
        settings = self.settings.replace("BEHIND", f"127.0.0.1:{behind}").replace("FOLDER", self.folder)
        settings = settings.replace("ITSELF", f"127.0.0.1:{self.port}")
        text = self.COMMON.format(folder=self.folder, port=self.port, behind=behind, settings=settings)
        self.run(["nginx", "-p", self.folder, "-e", f"{self.folder}/log", "-c", self.write("conf", text)])


class Haproxy(Server):
    PROGRAM = "haproxy"
    KIND = "http"
    COMMON = """
global
    maxconn 200
defaults
    mode http
    timeout connect 5s
    timeout client 20s
    timeout server 20s
frontend door
    bind 127.0.0.1:{port}
    default_backend behind
frontend shop
    bind 127.0.0.1:{shop}
    http-request return status 200 content-type text/plain string "a shop"
backend behind
"""

    def begin(self):
        self.port, shop = free_port(), free_port()
        text = self.COMMON.format(port=self.port, shop=shop) + self.settings.replace("SHOP", f"127.0.0.1:{shop}")
        self.run(["haproxy", "-db", "-f", self.write("conf", text)])


class Privoxy(Server):
    PROGRAM = "privoxy"
    KIND = "http"

    def begin(self):
        self.port = free_port()
        text = (f"listen-address 127.0.0.1:{self.port}\nconfdir /etc/privoxy\nlogdir {self.folder}\nlogfile log\n"
                "toggle 1\naccept-intercepted-requests 0\nsocket-timeout 20\nmax-client-connections 128\n")
        self.run(["privoxy", "--no-daemon", self.write("conf", text + self.settings)])


class Guarded(Pair, Haproxy):
    """Privoxy, which knows no passwords, and HAProxy in front of it."""

    def begin(self):
        self.second = Privoxy(self.name + "-second", {})
        self.second.start()
        self.settings = self.settings.replace("PRIVOXY", f"127.0.0.1:{self.second.port}")
        super().begin()


UNABLE = Expect("inconclusive", "503")
HANGS_UP = Expect("inconclusive", "reset|closed the connection")
FORWARDS = {CONNECT: OPEN, PAGES: OPEN}
REFUSES = {CONNECT: CLOSED, PAGES: CLOSED}
ASKS = {CONNECT: PASSWORD, PAGES: PASSWORD}

SERVERS = [
    # Without a line "Allow", everyone may; without "ConnectPort", anywhere.
    Tinyproxy("tinyproxy-open", FORWARDS),
    Tinyproxy("tinyproxy-pages-only", {CONNECT: CLOSED, PAGES: OPEN}, "ConnectPort 443\nConnectPort 563\n"),
    Tinyproxy("tinyproxy-closed", REFUSES, "Allow 127.0.5.0/24\n"),
    Tinyproxy("tinyproxy-password", ASKS, "BasicAuth someone something\n"),

    # The manual's example, without its "Require host".
    Apache("apache-open", FORWARDS, """
ProxyRequests On
AllowCONNECT 1-65535
<Proxy "*">
    Require all granted
</Proxy>
"""),
    # The same as Apache comes: tunnels lead to 443 and 563 alone.
    Apache("apache-pages-only", {CONNECT: CLOSED, PAGES: OPEN}, "ProxyRequests On\n"),
    Apache("apache-closed", REFUSES, """
ProxyRequests On
<Proxy "*">
    Require ip 127.0.5.0/24
</Proxy>
"""),
    Apache("apache-password", ASKS, """
ProxyRequests On
AllowCONNECT 1-65535
<Proxy "*">
    AuthType Basic
    AuthName "the proxy"
    AuthBasicProvider file
    AuthUserFile FOLDER/users
    Require valid-user
</Proxy>
"""),
    # A web server with mod_proxy, for what stands behind it: no forward proxy.
    Apache("apache-web-server", REFUSES, "ProxyRequests Off\n"),
    # Passes on to wherever the request says that it wants to go; to itself, that would be a circle.
    Apache("apache-rewrites", {WEB_SERVER: OPEN, PAGES: OPEN, CONNECT: CLOSED}, """
ProxyRequests Off
RewriteEngine On
RewriteCond %{HTTP_HOST} !=ITSELF
RewriteRule ^/?(.*)$ http://%{HTTP_HOST}/$1 [P,L]
"""),
    Apache("apache-tls-open", {TLS_CONNECT: OPEN, TLS_PAGES: OPEN}, """
ProxyRequests On
AllowCONNECT 1-65535
SSLEngine on
SSLCertificateFile FOLDER/tls.crt
SSLCertificateKeyFile FOLDER/tls.key
SSLSessionCache none
"""),

    # Seen in the field more often than any proxy that was meant as one: the host is the client's word. A request that
    # names the server itself would lead it to itself, in a circle, until nobody else is served.
    Nginx("nginx-accident", {WEB_SERVER: OPEN, PAGES: OPEN, CONNECT: CLOSED},
          'if ($http_host = "ITSELF") { return 404; } location / { proxy_pass http://$http_host$request_uri; }'),
    # The same, for those who log in. CONNECT it refuses whoever asks.
    Nginx("nginx-password", {WEB_SERVER: PASSWORD, PAGES: PASSWORD, CONNECT: CLOSED}, """
        auth_basic "the proxy"; auth_basic_user_file FOLDER/users;
        if ($http_host = "ITSELF") { return 404; } location / { proxy_pass http://$http_host$request_uri; }
"""),
    Nginx("nginx-reverse", REFUSES, "location / { proxy_pass http://BEHIND; proxy_set_header Host $host; }"),
    Nginx("nginx-web-server", REFUSES, "root FOLDER/www; index index.html;"),
    # A page for every question: a portal, or a shop that knows every path.
    Nginx("nginx-yes-to-all", REFUSES, 'return 200 "welcome, please log in\\n";'),

    Haproxy("haproxy-reverse", REFUSES, "    server shop SHOP\n"),
    Haproxy("haproxy-nothing-behind", {CONNECT: UNABLE, PAGES: UNABLE}, "    server shop 127.0.0.1:9\n"),
    # Goes where the address in the request says. A request without one would lead it to itself, in a circle,
    # until it has no connection left for anyone.
    Haproxy("haproxy-careless", {PAGES: OPEN, "proxy/h2-websocket": OPEN, CONNECT: CLOSED}, """
    http-request deny unless { url_ip -m found }
    http-request set-dst url_ip
    http-request set-dst-port url_port
    server anywhere 0.0.0.0:0
"""),
    # The same, for those who log in. It asks for that by 401, as a web server does.
    Haproxy("haproxy-password", {PAGES: PASSWORD, "proxy/h2-websocket": PASSWORD, CONNECT: PASSWORD}, """
    http-request auth realm proxy unless { http_auth(people) }
    http-request deny unless { url_ip -m found }
    http-request set-dst url_ip
    http-request set-dst-port url_port
    server anywhere 0.0.0.0:0
userlist people
    user someone insecure-password something
"""),

    Privoxy("privoxy-open", FORWARDS),
    # Hangs up on strangers.
    Privoxy("privoxy-closed", {CONNECT: HANGS_UP, PAGES: HANGS_UP}, "permit-access 127.0.5.0/24\n"),
    Guarded("privoxy-password", ASKS, """
    http-request auth realm proxy unless { http_auth(people) }
    server privoxy PRIVOXY
userlist people
    user someone insecure-password something
"""),
]
