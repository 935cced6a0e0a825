"""What commands ask for: the options they share, and passphrases.

A face: it reads the terminal and small files of the user's. A passphrase never stands on the command line and
is never echoed. Refused: an empty one.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.showing import tell
from onggi.errors import Exit, OnggiError
from onggi.words import say

VaultPath = Annotated[Path, typer.Argument(metavar="VAULT", help=say("cli.option.vault"), show_default=False)]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", metavar="FILE", help=say("cli.option.passphrase"), show_default=False),
]
NewPassphraseFile = Annotated[
    Path | None,
    typer.Option("--new-passphrase-file", metavar="FILE", help=say("cli.option.new"), show_default=False),
]
Slot = Annotated[int, typer.Option("--as", metavar="N", min=1, max=99, help=say("cli.option.slot"))]
Json = Annotated[bool, typer.Option("--json", help=say("cli.option.json"))]
Compartment = Annotated[
    str | None,
    typer.Option("--compartment", metavar="NAME", help=say("cli.option.compartment"), show_default=False),
]
Because = Annotated[
    str | None, typer.Option("--because", metavar="TEXT", help=say("cli.option.because"), show_default=False)
]
Identity = Annotated[bool, typer.Option("--identity", help=say("cli.option.identity"))]

# A file much longer than any passphrase is another file by mistake.
_LONGEST = 4096


def ask_passphrase(file: Path | None) -> str:
    """The passphrase in the first line of a file, or asked for without showing it."""
    if file is not None:
        return _read_passphrase(file)
    _require_terminal()
    return getpass(say("cli.ask.passphrase") + " ")


def ask_new_passphrase(file: Path | None) -> str:
    """A passphrase that nobody has given yet: asked for twice, with a word on length."""
    if file is not None:
        return _read_passphrase(file)
    _require_terminal()
    tell("cli.ask.advice")
    first = getpass(say("cli.ask.new") + " ")
    if getpass(say("cli.ask.again") + " ") != first:
        raise OnggiError("cli.ask.differ", exit_code=Exit.USAGE)
    return _check(first)


def confirm(question: str, **values: str | int) -> None:
    """Ask a person before something that cannot be taken back; a script that runs it has decided already."""
    if sys.stdin.isatty() and sys.stderr.isatty() and not typer.confirm(say(question, **values), err=True):
        raise typer.Abort


def read_day(text: str | None) -> int | None:
    """The last millisecond of an ISO day, in UTC."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise OnggiError("cli.day", exit_code=Exit.USAGE) from None
    end = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    return int(end.timestamp() * 1000) - 1


def _require_terminal() -> None:
    """Refuse to ask where nobody could answer unseen: `getpass` would echo, or wait for ever."""
    if sys.stdin.isatty():
        return
    try:
        # Input may be piped in (`record VAULT -`) while a person sits there.
        with open("/dev/tty", encoding="utf-8"):
            return
    except OSError:
        raise OnggiError("cli.ask.nobody", exit_code=Exit.USAGE) from None


def _read_passphrase(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(_LONGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError:
        raise OnggiError("cli.ask.file", exit_code=Exit.USAGE) from None
    except UnicodeDecodeError:
        raise OnggiError("cli.ask.text", exit_code=Exit.USAGE) from None
    if len(data) > _LONGEST:
        raise OnggiError("cli.ask.text", exit_code=Exit.USAGE)
    return _check(text.splitlines()[0] if text.splitlines() else "")


def _check(passphrase: str) -> str:
    if not passphrase:
        raise OnggiError("cli.ask.empty", exit_code=Exit.USAGE)
    return passphrase
