"""A small WebDriver client: chromedriver's HTTP protocol, the standard library alone."""

import base64
import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the protocol's own key of an element
KEYS = {
    "enter": "\ue007",
    "escape": "\ue00c",
    "up": "\ue013",
    "down": "\ue015",
    "right": "\ue014",
    "backspace": "\ue003",
    "tab": "\ue004",
    "control": "\ue009",
}

CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--no-proxy-server",
    "--window-size=1100,900",
]


class WebDriverError(Exception):
    """The driver refused a command; `kind` is the protocol's name of the error."""

    def __init__(self, kind, message):
        super().__init__(f"{kind}: {message}")
        self.kind = kind


def programs():
    """The paths of chromedriver and of the browser, or None where one of them is absent."""
    driver = shutil.which("chromedriver")
    browser = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    return (driver, browser) if driver and browser else None


def free_port():
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds=10.0, what="the condition"):
    """The first true value of condition(); raises TimeoutError after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come in {seconds} s")
        time.sleep(0.02)


class Browser:
    """One headless browser with its driver; close() ends both and removes the profile."""

    def __init__(self):
        driver, browser = programs()
        self.port = free_port()
        self.profile = tempfile.mkdtemp(prefix="verbatim-browser-")
        self.process = subprocess.Popen(
            [driver, f"--port={self.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.session = None
        try:
            wait_until(self._ready, 30, "chromedriver")
            self.session = self._open(browser)
        except BaseException:
            self.close()
            raise

    def _ready(self):
        try:
            return self._send("GET", "/status")["ready"]
        except OSError:
            return False

    def _open(self, browser):
        options = {"binary": browser, "args": [*CHROMIUM_FLAGS, f"--user-data-dir={self.profile}"]}
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        return self._send("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})[
            "sessionId"
        ]

    def close(self):
        if self.session:
            with contextlib.suppress(OSError, WebDriverError):
                self._send("DELETE", f"/session/{self.session}")
            self.session = None
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    # ---- the protocol ----

    def _send(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            text = None if method != "POST" else json.dumps(body or {})
            connection.request(method, path, text, {"Content-Type": "application/json"})
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise WebDriverError(value["error"], value.get("message", ""))
        return value

    def get(self, command):
        return self._send("GET", f"/session/{self.session}/{command}")

    def post(self, command, body=None):
        return self._send("POST", f"/session/{self.session}/{command}", body)

    def devtools(self, command, **given):
        """A command of the browser's own debugging protocol."""
        return self.post("goog/cdp/execute", {"cmd": command, "params": given})

    # ---- what a reader does ----

    def go(self, address):
        self.post("url", {"url": address})

    def back(self):
        self.post("back")

    def forward(self):
        self.post("forward")

    def reload(self):
        self.post("refresh")

    @property
    def address(self):
        return self.get("url")

    @property
    def title(self):
        return self.get("title")

    def run(self, script, *given):
        """The value of a function body run in the page."""
        return self.post("execute/sync", {"script": script, "args": list(given)})

    def find(self, selector):
        return self.post("element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.post(f"element/{self.find(selector)}/click")

    def type(self, selector, text):
        """Types into an element, key by key."""
        self.post(f"element/{self.find(selector)}/value", {"text": text})

    def press(self, *names):
        """Presses keys one after another wherever the focus is: names of KEYS, or characters."""
        actions = []
        for name in names:
            key = KEYS.get(name, name)
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.post("actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    # ---- what a reader sees ----

    def text(self, selector):
        """The rendered text of the first match; empty where there is none or it is hidden."""
        return self.run(
            "return document.querySelector(arguments[0])?.innerText ?? ''", selector
        ).strip()

    def texts(self, selector):
        """The text of every match, hidden or not."""
        return self.run(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)",
            selector,
        )

    def visible(self, selector):
        return self.run(
            "return document.querySelector(arguments[0])?.checkVisibility() ?? false", selector
        )

    def on_screen(self, selector):
        """Whether the first match lies whole inside the window."""
        return self.run(
            "const box = document.querySelector(arguments[0])?.getBoundingClientRect();"
            "return !!box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight",
            selector,
        )

    def wait(self, script, *given, seconds=10.0):
        """Waits until a function body run in the page gives something true."""
        return wait_until(lambda: self.run(script, *given), seconds, script)

    def screenshot(self, path):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self.get("screenshot")))

    def size(self, width, height):
        """The page's width and height in CSS pixels, whatever the window's smallest is."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def unsize(self):
        self.devtools("Emulation.clearDeviceMetricsOverride")

    def prefer(self, **features):
        """Media features, as {'prefers-color-scheme': 'dark'}; none: the browser's own."""
        pairs = [{"name": name, "value": value} for name, value in features.items()]
        self.devtools("Emulation.setEmulatedMedia", features=pairs)

    def console(self):
        """The console's lines since the last call: [{level, source, message}]."""
        return self.post("se/log", {"type": "browser"})

    def requests(self):
        """The addresses that were asked for since the last call."""
        events = (
            json.loads(entry["message"])["message"]
            for entry in self.post("se/log", {"type": "performance"})
        )
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]


def environment_without_proxy():
    """The environment for programs that only talk to this machine."""
    return {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
