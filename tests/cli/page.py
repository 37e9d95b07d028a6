#!/usr/bin/env python3
"""Opens a page of `ajar view` in headless Chromium and asks it things, after its own check has ended.

    page.py [--width N] [--scripts off] [--shot FILE.png] [--pdf FILE.pdf] FILE.html... [EXPRESSION]...

Prints for each page the value of each JavaScript expression as a line of JSON, what was requested of the network, "requests
[...]", and what the console said, "console [...]". Status 77: there is no Chromium.
"""
import argparse
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

SECONDS = 60


class Browser:
    """Chromium, spoken to over two pipes: JSON, each message ended by NUL."""

    def __init__(self, program, folder):
        to_read, self.write = os.pipe()
        self.read, to_write = os.pipe()

        def as_3_and_4():
            os.dup2(os.dup(to_read), 3)
            os.dup2(os.dup(to_write), 4)

        words = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
                 f"--user-data-dir={folder}", "about:blank"]
        self.process = subprocess.Popen(words, preexec_fn=as_3_and_4, close_fds=False, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.rest, self.count, self.session, self.events = b"", 0, None, []

    def next_message(self):
        while b"\0" not in self.rest:
            more = os.read(self.read, 1 << 20)
            if not more:
                sys.exit("page.py: Chromium ended")
            self.rest += more
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def call(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            found = self.next_message()
            if found.get("id") == self.count:
                if "error" in found:
                    sys.exit(f"page.py: {method}: {found['error']}")
                return found["result"]
            self.events.append(found)

    def attach(self):
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")

    def value(self, expression):
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            sys.exit(f"page.py: {expression}: {found['exceptionDetails']}")
        return found["result"].get("value")

    def wait_until(self, expression):
        end = time.monotonic() + SECONDS
        while not self.value(expression):
            if time.monotonic() > end:
                seen = self.value("[location.href, document.readyState, document.body.innerText.slice(0, 500)]")
                sys.exit(f"page.py: not within {SECONDS} s: {expression}; {seen}; {self.said()}")
            time.sleep(0.05)

    def open(self, page):
        self.events.clear()
        self.call("Page.navigate", url=page)
        while not any(e["method"] == "Page.loadEventFired" for e in self.events):
            self.events.append(self.next_message())

    def end(self):
        self.call("Browser.close")
        self.process.wait()

    def said(self):
        logged = [e["params"]["entry"]["text"] for e in self.events if e["method"] == "Log.entryAdded"]
        thrown = [e["params"]["exceptionDetails"]["text"] for e in self.events if e["method"] == "Runtime.exceptionThrown"]
        return logged + thrown

    def requests(self, page):
        return [e["params"]["request"]["url"] for e in self.events
                if e["method"] == "Network.requestWillBeSent" and e["params"]["request"]["url"] != page]


def keep(path, content):
    with open(path, "wb") as file:
        file.write(base64.b64decode(content))


def look(browser, given, page, expressions):
    browser.call("Emulation.setDeviceMetricsOverride", width=given.width, height=900, deviceScaleFactor=1, mobile=False)
    if given.scripts == "off":
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page)
    if given.scripts == "on":
        browser.wait_until("document.getElementById('check').matches('.good, .bad')")
    for expression in expressions:
        print(json.dumps(browser.value(expression), ensure_ascii=False))
    if given.shot:
        keep(given.shot, browser.call("Page.captureScreenshot", captureBeyondViewport=True)["data"])
    if given.pdf:
        keep(given.pdf, browser.call("Page.printToPDF", printBackground=True)["data"])
    print("requests", json.dumps(browser.requests(page)))
    print("console", json.dumps(browser.said()))


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--width", type=int, default=1280)
    options.add_argument("--scripts", choices=["on", "off"], default="on")
    options.add_argument("--shot")
    options.add_argument("--pdf")
    options.add_argument("words", nargs="+")
    given = options.parse_intermixed_args()
    pages = [word for word in given.words if word.endswith(".html")]
    program = shutil.which("chromium")
    if not program:
        sys.exit(77)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(program, folder)
        try:
            browser.attach()
            for page in pages:
                look(browser, given, "file://" + os.path.realpath(page), given.words[len(pages):])
            browser.end()
        finally:
            browser.process.kill()
            browser.process.wait()


main()
