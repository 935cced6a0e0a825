"""When a command cannot: every ending has its code and its sentence, and shows nothing of a vault."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from onggi.cli import opening
from onggi.cli.main import run
from onggi.errors import Exit
from onggi.words import LANGUAGES, say

KEY = ("--passphrase-file", "vault.passphrase")
NAME = "리영희"


def raise_it(error: BaseException) -> Callable[..., None]:
    """Something that is called and fails."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "id"),
    [
        (KeyboardInterrupt(), Exit.INTERRUPTED, "cli.interrupted"),
        (EOFError(), Exit.INTERRUPTED, "cli.interrupted"),
        (MemoryError(), Exit.CLOSED, "cli.memory"),
        (OSError(28, "No space left", NAME), Exit.CLOSED, "cli.disk"),
        (PermissionError(13, "Permission denied", NAME), Exit.CLOSED, "cli.disk"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_ending_has_its_code_and_its_sentence(
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: Exit,
    id: str,
    lang: str,
) -> None:
    monkeypatch.setenv("ONGGI_LANG", lang)
    monkeypatch.setattr(opening, "open_ledger", raise_it(error))
    assert run(["log", "vault", *KEY, "--json"]) == code
    said = capsys.readouterr()
    assert json.loads(said.out) == {"error": id, "message": say(id, lang), "hint": say(f"{id}.hint", lang)}
    assert say(id, lang) in said.err
    assert NAME not in said.out + said.err


def test_a_fault_says_where_and_never_what(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "open_ledger", raise_it(ValueError(NAME)))
    assert run(["log", "vault", *KEY]) == Exit.CLOSED
    said = capsys.readouterr()
    assert "ValueError opening:" in said.err
    assert NAME not in said.out + said.err
    assert "Traceback" not in said.err


def test_an_interrupt_during_work_is_an_interrupt(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("onggi.evidence.checking.check_vault", interrupt)
    assert run(["verify", "vault", *KEY]) == Exit.INTERRUPTED
    assert "Stopped" in capsys.readouterr().err


def test_the_command_is_what_is_installed() -> None:
    from importlib.metadata import entry_points

    (script,) = [one for one in entry_points(group="console_scripts") if one.name == "onggi"]
    assert script.value == "onggi.cli.main:main"
