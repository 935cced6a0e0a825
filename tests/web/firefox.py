"""A real Firefox, as a distribution ships it, led over Marionette: the socket that it has of its own.

Playwright 1.65 leads a Firefox that it built itself, or one newer than that of Debian. Marionette is JSON
behind its length in bytes: `[0, number, command, parameters]` is answered by `[1, number, error, value]`.
What a page violates, what fails in a script and what is asked for is heard from inside the browser.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
Wire = socket.socket  # taken before tests forbid it to whoever is not to reach any machine
PATIENCE = 120.0
"""Seconds that a machine has which is busy with other things."""
ENTER, ESCAPE = "\ue007", "\ue00c"

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_PREFERENCES = {
    "marionette.port": 0,  # a free one, which stands in the profile then
    # Whatever is not on this machine is asked of a port where nobody listens.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.sessionstore.interval": 200,  # what it keeps of pages, it keeps soon
    "app.normandy.enabled": False,
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.startup.max_resumed_crashes": -1,
}
_LISTEN = """
Services.console.reset();
window.asked = [];
Services.obs.addObserver(subject => {
  const channel = subject.QueryInterface(Ci.nsIHttpChannel);
  if (!channel.loadInfo.loadingPrincipal?.isSystemPrincipal && channel.loadInfo.browsingContextID)
    window.asked.push(channel.URI.spec);
}, "http-on-modify-request");
"""
_HEARD = """
return Services.console.getMessageArray()
  .filter(one => one instanceof Ci.nsIScriptError)
  .filter(one => !(one.flags & (Ci.nsIScriptError.warningFlag | Ci.nsIScriptError.infoFlag)))
  .filter(one => one.category.startsWith("CSP") || /^(http|file|data|blob):/.test(one.sourceName))
  .map(one => `${one.category}: ${one.errorMessage} ${one.sourceName}:${one.lineNumber}`);
"""


class Firefox:
    """A browser with one window. Elements are named by CSS."""

    def __init__(self, wire: socket.socket, profile: Path) -> None:
        self._wire = wire
        self._numbers = count(1)
        self.profile = profile
        self._read()
        self.do("WebDriver:NewSession", pageLoadStrategy="normal")
        self.inside(_LISTEN)

    def do(self, command: str, **parameters: Any) -> Any:
        """One command; what it answers."""
        said = json.dumps([0, next(self._numbers), command, parameters]).encode()
        self._wire.sendall(b"%d:%b" % (len(said), said))
        _, _, error, value = self._read()
        if error is not None:
            raise AssertionError(f"{command}: {error['error']}: {error['message']}")
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def goto(self, url: str) -> None:
        """Type an address."""
        self.do("WebDriver:Navigate", url=url)

    def look(self, script: str, *given: Any) -> Any:
        """What a function of the page answers."""
        return self.do("WebDriver:ExecuteScript", script=script, args=list(given), newSandbox=True)

    def inside(self, script: str) -> Any:
        """What a function of the browser itself answers, which no page may call."""
        self.do("Marionette:SetContext", value="chrome")
        try:
            return self.do("WebDriver:ExecuteScript", script=script, args=[], newSandbox=False)
        finally:
            self.do("Marionette:SetContext", value="content")

    def wait(self, script: str, *given: Any) -> Any:
        """Until a function of whatever page stands there answers something; not while it still comes in."""
        script = f"if (document.readyState === 'complete') {{ {script} }}"
        until = time.monotonic() + PATIENCE
        while True:
            try:
                found = self.look(script, *given)
            except AssertionError:
                found = None  # it is between two pages
            if found:
                return found
            assert time.monotonic() < until, f"it does not come: {script} {self.text[:2000]}"
            time.sleep(0.05)

    def wait_text(self, text: str) -> str:
        """Until it is to be read; returns all that is."""
        self.wait("return document.body.innerText.includes(arguments[0])", text)
        return self.text

    def find(self, css: str) -> str:
        """An element, once it is there."""
        self.wait("return document.querySelector(arguments[0]) !== null", css)
        return str(self.do("WebDriver:FindElement", using="css selector", value=css)[_ELEMENT])

    def click(self, css: str) -> None:
        """Press it, and wait for a page that comes of it."""
        self.do("WebDriver:ElementClick", id=self.find(css))

    def type(self, css: str, text: str) -> None:
        """Type into it, after what stands there."""
        self.do("WebDriver:ElementSendKeys", id=self.find(css), text=text)

    @property
    def url(self) -> str:
        return str(self.do("WebDriver:GetCurrentURL"))

    @property
    def text(self) -> str:
        """All that is to be read."""
        return str(self.look("return document.body.innerText"))

    def cookies(self) -> list[dict[str, Any]]:
        """Those of the page."""
        return list(self.do("WebDriver:GetCookies"))

    def asked(self) -> list[str]:
        """Every address that a page asked for."""
        return list(self.inside("return window.asked"))

    def heard(self) -> list[str]:
        """Every violation of a policy, and every error of a script, of every page."""
        return list(self.inside(_HEARD))

    def forget(self) -> None:
        """Hear anew."""
        self.inside("Services.console.reset(); window.asked.length = 0;")

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._wire.recv(1) or _end()
        left = int(length[:-1])
        said = b""
        while len(said) < left:
            said += self._wire.recv(left - len(said)) or _end()
        return json.loads(said)


@contextmanager
def launch_firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox with a profile of its own in a folder of its own."""
    assert FIREFOX is not None
    profile = folder / "profile"
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    quiet = subprocess.DEVNULL
    command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
    process = subprocess.Popen(
        [*command, "--profile", str(profile)],
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
    )
    try:
        with Wire(socket.AF_INET, socket.SOCK_STREAM) as wire:
            wire.settimeout(PATIENCE)
            wire.connect(("127.0.0.1", _await_port(profile, process)))
            yield Firefox(wire, profile)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await_port(profile: Path, process: "subprocess.Popen[bytes]") -> int:
    told, until = profile / "MarionetteActivePort", time.monotonic() + PATIENCE
    while not (told.exists() and told.read_text().strip()):
        assert process.poll() is None and time.monotonic() < until, "Firefox does not start"
        time.sleep(0.05)
    return int(told.read_text())


def _end() -> bytes:
    raise AssertionError("Firefox ended")
