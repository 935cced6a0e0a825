"""The server is killed while somebody types: what the page said was saved is there afterwards."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.web.browser import open_context

import onggi
from onggi.intake.begun import list_begun
from onggi.vault.enrol import create_vault
from onggi.vault.keys import LEAST
from onggi.vault.opened import open_vault

PASSPHRASE = "seven words that nobody else would say"

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(os.name == "nt", reason="processes are killed as a group"),
]


def test_what_was_said_to_be_saved_outlives_a_kill(browser: Browser, tmp_path: Path) -> None:
    root, key = tmp_path / "vault", tmp_path / "passphrase"
    key.write_text(PASSPHRASE, "utf-8")
    key.chmod(0o600)
    create_vault(root, PASSPHRASE, "main", LEAST, os.urandom)
    command = [
        *(sys.executable, "-m", "onggi.cli", "open", str(root)),
        *("--passphrase-file", str(key), "--no-browser"),
    ]
    surroundings = {**os.environ, "PYTHONPATH": str(Path(onggi.__file__).parents[1]), "ONGGI_LANG": "en"}
    quiet, pipe = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(
        command, stdin=quiet, stdout=pipe, stderr=quiet, text=True, env=surroundings, start_new_session=True
    ) as process:
        assert process.stdout is not None
        page = open_context(browser).new_page()
        page.goto(process.stdout.readline().strip())
        page.goto(f"{page.evaluate('location.origin')}/record")
        page.fill("#title", "INVENTED")
        page.locator("form[action='/record'] button").click()
        said = ""
        for count in range(1, 8):
            page.fill("#told-1-words", f"the words, {count}")
            if count % 2:
                expect(page.locator("#kept")).to_contain_text(re.compile(r"Saved \d\d:\d\d"), timeout=15_000)
                said = f"the words, {count}"
        # What is typed now may have been sent or not: it may be there, and is if the page said so.
        page.fill("#told-1-words", "the words, last")
        page.wait_for_timeout(620)
        waiting = page.inner_text("#kept")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        page.fill("#told-1-words", "the words, too late")
        expect(page.locator("#failed")).to_contain_text("not saved yet", timeout=15_000)
        page.context.close()
    (begun,) = list_begun(open_vault(root, 1, PASSPHRASE, os.urandom))
    assert begun.answers["told-1-words"] in (said, "the words, last")
    assert "Saved" not in waiting or begun.answers["told-1-words"] == "the words, last"
