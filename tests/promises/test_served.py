"""P9. What a page said was saved is there, whenever the program that serves it was killed."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.promises.twins import Tally, twin
from tests.web.opened import Heard, Opened, open_pages

from onggi.cli.opening import randomness, read_clock
from onggi.intake.begun import find_begun
from onggi.ledger.ledger import Ledger, open_ledger
from onggi.model.value import Text
from onggi.vault.checking import check_vault

pytestmark = [
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are listed through /proc"),
]

CASE = "C-7Q2WZ5C"
REASON = "INVENTED reason"
DELAYS = (0.5, 4.0)
"""Seconds between which it is killed; the first saves wait for what is read when it opens."""


@dataclass
class Typist:
    """Saves a reason that is signed and words of an interview, by turns, each with the next number.

    `told` is the number that was last sent of each, `said` the one that was last said to be saved.
    """

    draft: str = ""
    told: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)

    def work(self, opened: Opened) -> None:
        """Until nobody answers any more."""
        revision = self._take_up(opened)
        while True:
            self.told["reason"] += 1
            reason = f"{REASON} {self.told['reason']}"
            if opened.post("/identity/open", urlencode({"about": CASE, "reason": reason})).status != 303:
                return
            self.said["reason"] += 1
            self.told["words"] += 1
            typed = {"case": CASE, "lang": "en", "told-1-words": str(self.told["words"])}
            fields = urlencode({**typed, "hand": "INVENTED", "revision": revision})
            answer = opened.post(f"{self.draft}/keep", fields)
            if answer.status != 200 or "Saved" not in answer.body:
                return
            self.said["words"] += 1
            revision = read(r'data-revision="(\d+)"', answer)

    def settle(self, ledger: Ledger) -> None:
        """Fail where less is there than was said to be saved, or more than was sent."""
        view = ledger.view(strata=("record", "identity"))
        values = [held.statement.value for held in view.of_property("read_identity")]
        reasons = {one.text for one in values if isinstance(one, Text) and one.text.startswith(REASON)}
        assert reasons == {f"{REASON} {number}" for number in range(1, len(reasons) + 1)}
        kept = Counter(reason=len(reasons))
        if self.draft:
            begun = find_begun(ledger.vault, self.draft.rpartition("/")[2])
            kept["words"] = int(begun.answers.get("told-1-words", "0"))
        assert all(self.said[what] <= kept[what] <= self.told[what] for what in ("reason", "words"))
        self.told, self.said = kept, kept.copy()

    def _take_up(self, opened: Opened) -> str:
        """The revision of the interview, which is begun first."""
        if not self.draft:
            self.draft = opened.post("/record", f"case={CASE}&lang=en").headers["location"]
        return read(r'name="revision" value="(\d+)"', opened.get(self.draft))


@twin(1, 200)
def test_saved_is_there_after_a_kill(vault: Path, count: int, tally: Tally) -> None:
    """Reasons and an interview were saved in the app by turns, and its processes killed at moments drawn by
    dice, all of them or the one with the keys: all that was said to be saved is there, the vault whole."""
    dice, typist = random.Random("pages"), Typist()
    passphrase = Path(f"{vault}.passphrase").read_text("utf-8").splitlines()[0]
    for _ in range(count):
        with open_pages(vault) as opened:
            opened.come_in()
            kill = dice.choice((os.killpg, os.kill))
            (holder,) = opened.list_holders()
            struck = opened.process.pid if kill is os.killpg else holder
            blow = threading.Timer(dice.uniform(*DELAYS), kill, (struck, signal.SIGKILL))
            blow.start()
            before = typist.said.total()
            with suppress(OSError, ValueError, IndexError):
                typist.work(opened)
            blow.join()
        tally.add("kills")
        tally.add("said to be saved", typist.said.total() - before)
        ledger = open_ledger(vault, 1, passphrase, randomness, read_clock)
        told = typist.said.total()
        typist.settle(ledger)
        tally.add("saved and not said", typist.said.total() - told)
        assert [one.code for one in check_vault(ledger.vault).findings if one.grave] == []
        ledger.close()
    assert tally.counts["said to be saved"] > 0


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """The example vault, made as a person makes it."""
    vault = tmp_path / "vault"
    subprocess.run([sys.executable, "-m", "onggi.cli", "demo", str(vault)], check=True, capture_output=True)
    return vault


def read(pattern: str, answer: Heard) -> str:
    """What a pattern finds in a page."""
    found = re.search(pattern, answer.body)
    assert found, answer.status
    return found[1]
