"""
remedies: the open servers of the other files once more, with what a letter tells their owners to write into their settings
(scripts/notice/remedy.lua, and for one misconfiguration scripts/notice/cause.lua): then nobody may get through.

The lab's strangers come from loopback. What a remedy allows to the machine itself is therefore taken out of it here; the network
that it allows, 192.0.2.0/24, is nobody's.
"""
import json
import os

import coturn
import dante
import exim
import opensmtpd
import postfix
import sendmail
import squid
import web
from expect import CLOSED, CONNECT, Expect, PASSWORD, RELAY, TURN

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "remedies.json"), encoding="utf-8") as file:
    DATA = json.load(file)
REMEDIES = {remedy["name"]: remedy["steps"] for remedy in DATA["remedies"]}

NOBODY = Expect("closed|inconclusive|unreachable")  # hangs up, or answers in its own way: not "open", and not "suspect"
LOCAL = ["127.0.0.0/8 [::1]/128 ", "127.0.0.1 ; ::1 ; "]
LOCAL_LINES = ["http_access allow localhost", "Allow 127.0.0.1", 'match from local for any action "outbound"']
# What a remedy says of the place where the server listens is the lab's to say, and where ours answers behind it.
PLACES = ("listen-address ", "server { listen ")

DEBIANS_PORTS = "acl SSL_ports port 443\nacl Safe_ports port 80 443 1025-65535\n"


def lines(software):
    """What goes into the settings, in order."""
    kept = []
    for step in REMEDIES[software]:
        for line in [] if "remove" in step else step.get("lines", []):
            for local in LOCAL:
                line = line.replace(local, "")
            if line not in LOCAL_LINES and not line.startswith(PLACES):
                kept.append(line)
    return kept


def removed(software):
    return [line for step in REMEDIES[software] if "remove" in step for line in step["lines"]]


def of_cause(cause, software):
    """The steps that close this alone."""
    return next(entry["steps"] for entry in DATA["causes"][cause] if entry["software"] == software)


def put_right(settings, cause, software):
    """Settings with what the letter takes out of them and what it puts in."""
    for step in of_cause(cause, software):
        for line in step["lines"]:
            if "remove" in step:
                settings = settings.replace(line + "\n", "")
            else:
                settings = without(settings, line.split(" =")[0] + " =") + line + "\n"
    return settings


def postfix_of(name, cause):
    return put_right(settings_of(postfix, name), cause, "Postfix")


def exim_acl(cause, acl=""):
    """Conditions at the head of the rule, as the letter has them."""
    for step in of_cause(cause, "Exim"):
        for line in step["lines"]:
            if "remove" in step:
                acl = acl.replace(f"  {line}\n", "")
            elif line.startswith(("deny ", "   ")):
                acl += f"  {line}\n"
    return acl


def text(software):
    return "\n".join(lines(software)) + "\n"


def settings_of(module, name):
    return next(server.settings for server in module.SERVERS if server.name == name)


def without(settings, *starts):
    """As the letter has it: its lines take the place of those of the same name."""
    return "\n".join(line for line in settings.splitlines() if not line.startswith(starts)) + "\n"


class Exim(exim.Exim):
    """Its list of those whose mail is passed on is the remedy's."""

    def write(self, name, text):
        own = next(line for line in lines("Exim") if line.startswith("hostlist relay_from_hosts"))
        return super().write(name, text.replace("hostlist relay_from_hosts = 127.0.5.0/24", own))


def opensmtpd_rule():
    """Of `match from src 192.0.2.0/24 for any action "outbound"`: whom it is about."""
    rule = next(line for line in lines("OpenSMTPD") if line.startswith("match from src"))
    return rule.removeprefix("match ").split(" for any")[0]


def sendmail_settings():
    settings = settings_of(sendmail, "sendmail-open") + settings_of(sendmail, "sendmail-own-senders")
    for line in removed("Sendmail"):
        settings = settings.replace(line + "\n", "")
    return settings


def nginx_settings():
    settings = settings_of(web, "nginx-accident")
    wrong, right = removed("nginx")[1], next(line for line in lines("nginx") if line.startswith("proxy_pass"))
    assert wrong in settings, "the accident of nginx is the one that the letter names"
    return settings.replace(wrong, right.replace("inside.example", "BEHIND"))


def coturn_settings():
    options = " ".join("--" + line for line in lines("coturn"))
    return "--allow-loopback-peers --user=someone:something " + options


SERVERS = [
    postfix.Postfix("postfix-remedied", {RELAY: CLOSED, "*": NOBODY},
                    settings_of(postfix, "postfix-open") + text("Postfix")),
    Exim("exim-remedied", {RELAY: CLOSED, "*": NOBODY}, exim.NO_TRICKS),
    opensmtpd.Opensmtpd("opensmtpd-remedied", {RELAY: CLOSED, "*": NOBODY}, opensmtpd_rule()),
    sendmail.Sendmail("sendmail-remedied", {RELAY: CLOSED, "*": NOBODY}, sendmail_settings()),

    squid.Squid("squid-remedied", {CONNECT: CLOSED, "*": NOBODY},
                DEBIANS_PORTS + text("Squid") + settings_of(squid, "squid-open")),
    web.Tinyproxy("tinyproxy-remedied", {CONNECT: CLOSED, "*": NOBODY}, text("Tinyproxy")),
    web.Apache("apache-remedied", {CONNECT: CLOSED, "*": NOBODY},
               without(settings_of(web, "apache-open"), "ProxyRequests") + "ProxyRequests Off\n"),
    web.Apache("apache-rewrites-remedied", {"*": NOBODY},
               without(settings_of(web, "apache-rewrites"), "ProxyRequests", "RewriteRule") + text("Apache")),
    web.Nginx("nginx-remedied", {"*": NOBODY}, nginx_settings()),
    web.Haproxy("haproxy-remedied", {CONNECT: CLOSED, "*": NOBODY},
                "".join(f"    {line}\n" for line in lines("HAProxy")) + settings_of(web, "haproxy-careless")),
    web.Privoxy("privoxy-remedied", {"*": NOBODY}, text("Privoxy")),
    # One misconfiguration, and what closes just that.
    postfix.Postfix("postfix-xclient-remedied", {RELAY: CLOSED, "*": NOBODY},
                    postfix_of("postfix-xclient", "xclient"), host="::1"),
    postfix.Postfix("postfix-proxy-header-remedied", {"*": NOBODY},
                    postfix_of("postfix-proxy-header", "proxy-line").replace("127.0.0.0/8", "")),
    postfix.PostfixPair("postfix-percent-remedied", {RELAY: CLOSED, "*": NOBODY},
                        postfix_of("postfix-percent", "percent-route")),
    exim.Exim("exim-tls-trusts-remedied", {RELAY: CLOSED, "*": NOBODY},
              exim_acl("inside-tls", exim.NO_TRICKS + "  accept encrypted = *\n"), tls="*"),
    exim.Exim("exim-own-senders-remedied", {RELAY: CLOSED, "*": NOBODY},
              exim_acl("same-domain", exim.NO_TRICKS + "  accept sender_domains = +local_domains\n")),
    exim.Exim("exim-percent-remedied", {RELAY: CLOSED, "*": NOBODY}, exim_acl("percent-route"),
              routers=next(s.parts["routers"] for s in exim.SERVERS if s.name == "exim-percent")),
    exim.Exim("exim-bang-path-remedied", {RELAY: CLOSED, "*": NOBODY}, exim_acl("uucp-path"),
              routers=next(s.parts["routers"] for s in exim.SERVERS if s.name == "exim-bang-path")),

    dante.Dante("dante-remedied", {"*": NOBODY}, "socksmethod: none\n" + text("Dante")),
    coturn.Coturn("coturn-remedied", {TURN: PASSWORD, "*": NOBODY}, coturn_settings()),
]
