"""
sendmail: sendmail as an administrator set it up.

It needs root for port 25 and for mailboxes. Here it is told that the user who runs the test is its own, and
nss_wrapper gives the machine a name. Its settings are made by its own macros, as everybody's are. What no
setting reaches is changed in what comes out: that a client on the machine itself may send anywhere, as ours is one,
and the name by which it is known.
"""
import os
import pwd
import shutil
import subprocess

from expect import CLOSED, ENVELOPE, EVERY_FORM, Expect, OPEN, PASSWORD, RELAY, RELAYS
from server import UNPACKED, Server, free_port

PLACE = f"{UNPACKED}/sendmail"

# Before and after what a set-up is about. m4's quotes are ` and '.
HEAD = """
OSTYPE(`linux')
define(`confTRUSTED_USER', `{user}')
define(`confRUN_AS_USER', `{user}')
define(`confDEF_USER_ID', `{user}')
define(`confDOMAIN_NAME', `{name}')
define(`confSERVICE_SWITCH_FILE', `{folder}/switch')
define(`confPID_FILE', `{folder}/pid')
define(`confDONT_PROBE_INTERFACES', `true')
define(`confTO_IDENT', `0s')
define(`confQUEUE_LA', `1000')
define(`confREFUSE_LA', `1000')
define(`QUEUE_DIR', `{folder}/queue')
define(`STATUS_FILE', `{folder}/status')
define(`HELP_FILE', `/dev/null')
define(`ALIAS_FILE', `')
define(`LOCAL_MAILER_PATH', `/bin/true')
define(`LOCAL_MAILER_ARGS', `true')
FEATURE(`no_default_msa')
FEATURE(`nocanonify')
FEATURE(`accept_unresolvable_domains')
FEATURE(`mailertable', `text -k0 -v1 {folder}/mailertable')
DAEMON_OPTIONS(`Name=MTA, Addr=127.0.0.1, Port={port}, Family=inet{modifiers}')
"""
TAIL = """
MAILER(`local')
MAILER(`smtp')
LOCAL_CONFIG
Cwadministrator.test
{domain}MAILER_DEFINITIONS
Mnowhere, P=/bin/true, F=lsDFMn, A=true
"""
# Port and all, for each sink; without a look for its MX.
SINK = "M{mailer}, P=[IPC], F=mDFMuXa80, S=EnvFromSMTP/HdrFromSMTP, R=EnvToSMTP, E=\\r\\n, L=990, A=TCP $h {port}\n"
NAME = "mail.administrator.test"
FROM_HERE = "R127.0.0.1\t\t$@ RELAY\t\toriginated locally\n"


class Sendmail(Server):
    PROGRAM = "sendmail/sendmail"
    KIND = "mail"
    MAIL = True

    def __init__(self, name, expects, settings="", modifiers="", domain="", **more):
        super().__init__(name, expects, settings, **more)
        self.modifiers, self.domain = modifiers, domain

    def lacks(self):
        return super().lacks() or ("" if shutil.which("m4") else "m4 is not installed (make deps)")

    def begin(self):
        self.port = free_port()
        os.mkdir(f"{self.folder}/queue", mode=0o700)
        hosts = self.write("hosts", f"127.0.0.1 {NAME}\n")
        self.write("switch", "hosts files\naliases files\n")
        mailers, table = "", ""
        for number, (domain, port) in enumerate(self.sinks.items()):
            mailers += SINK.format(mailer=f"sink{number}", port=port)
            table += f"{domain}\tsink{number}:[127.0.0.1]\n"
        self.write("mailertable", table + ".\tnowhere:[127.0.0.1]\n")
        conf = self.write("conf", self.made_of(self.write("mc", self.macros() + mailers)))
        self.run([f"{PLACE}/sendmail", "-bD", "-q1h", "-C", conf, "-X", f"{self.folder}/log"],
                 environment={"LD_PRELOAD": "libnss_wrapper.so", "NSS_WRAPPER_HOSTNAME": NAME,
                              "NSS_WRAPPER_HOSTS": hosts})

    def macros(self):
        user = pwd.getpwuid(os.getuid()).pw_name
        head = HEAD.format(user=user, name=NAME, folder=self.folder, port=self.port, modifiers=self.modifiers)
        # The domain is what follows the first dot in the name that sendmail gives itself, where it finds one.
        own = f"Dm{self.domain}\nCm{self.domain}\n" if self.domain else ""
        return head + self.settings + TAIL.format(domain=own)

    @staticmethod
    def made_of(macros):
        text = subprocess.run(["m4", f"-D_CF_DIR_={PLACE}/cf/", f"{PLACE}/cf/m4/cf.m4", macros], check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        return text.replace(FROM_HERE, "").replace("$&{client_name}", "client.stranger.test")


OWN_SENDERS = {RELAY: CLOSED, ENVELOPE: OPEN, EVERY_FORM: OPEN}

SERVERS = [
    # It warns of this itself, whenever its settings are made.
    Sendmail("sendmail-open", RELAYS, "FEATURE(`promiscuous_relay')\n"),

    Sendmail("sendmail-closed", {RELAY: Expect("closed", "550")}),

    Sendmail("sendmail-password", {RELAY: PASSWORD}, modifiers=", M=a"),

    Sendmail("sendmail-own-senders", OWN_SENDERS, "FEATURE(`relay_local_from')\n",
             envelopes={ENVELOPE: ("someone@mail.administrator.test", "{vu}@{vd}")}),

    # Asks about user%elsewhere@house as it stands; but what is for this very machine has lost the house by then.
    Sendmail("sendmail-loose-check", {RELAY: Expect("closed", "550")}, "FEATURE(`loose_relay_check')\n"),

    # Relays for all machines of its domain, as far as it has one.
    Sendmail("sendmail-entire-domain", {RELAY: Expect("closed", "550")},
             "FEATURE(`relay_entire_domain')\n", domain="administrator.test"),
    # The same, on a machine whose name stands directly below a country's (here: "test"): that is then its domain.
    Sendmail("sendmail-entire-country", RELAYS, "FEATURE(`relay_entire_domain')\n", domain="test"),
]
