"""
swallow: aiosmtpd, a mail server for developers: takes every mail there is and shows it on its output.
"""
import importlib.util

from expect import ENVELOPE, EVERY_FORM, RELAY, SWALLOWS
from server import Server, free_port


class Aiosmtpd(Server):
    PROGRAM = "aiosmtpd (python3-aiosmtpd)"
    KIND = "mail"
    MAIL = True

    def lacks(self):
        return "" if importlib.util.find_spec("aiosmtpd") else f"{self.PROGRAM} is not installed (make deps)"

    def begin(self):
        self.port = free_port()
        self.run(["/usr/bin/python3", "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{self.port}", *self.settings.split()])


ALL_TAKEN = {RELAY: SWALLOWS, ENVELOPE: SWALLOWS, EVERY_FORM: SWALLOWS}

SERVERS = [
    Aiosmtpd("aiosmtpd-shows", ALL_TAKEN),
    Aiosmtpd("aiosmtpd-discards", ALL_TAKEN, "-c aiosmtpd.handlers.Sink"),
]
