"""What commands ask for: the options they share, and passphrases.

A face: it reads the terminal and small files of the user's. A passphrase never stands on the command line and
is never echoed. Refused: an empty one.
"""

import sys
from datetime import date
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.reading import read_input
from onggi.cli.showing import tell
from onggi.errors import Exit, OnggiError
from onggi.intake.files import is_plain
from onggi.model.day import end_day
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
Slot = Annotated[int, typer.Option("--as", metavar="N", min=1, max=999, help=say("cli.option.slot"))]
Json = Annotated[bool, typer.Option("--json", help=say("cli.option.json"))]
Compartment = Annotated[
    str | None,
    typer.Option("--compartment", metavar="NAME", help=say("cli.option.compartment"), show_default=False),
]


def check_reason(text: str | None) -> str | None:
    """What goes into the record as it was typed, if it is a line that can be read."""
    if text is not None and not is_plain(text):
        raise OnggiError("cli.reason", exit_code=Exit.USAGE)
    return text


def check_name(name: str) -> str:
    """The name of a compartment, if people can tell it from others."""
    if not name.strip() or not is_plain(name):
        raise OnggiError("cli.name", exit_code=Exit.USAGE)
    return name


Because = Annotated[
    str | None,
    typer.Option(
        "--because",
        metavar="TEXT",
        callback=check_reason,
        help=say("cli.option.because"),
        show_default=False,
    ),
]
Identity = Annotated[bool, typer.Option("--identity", help=say("cli.option.identity"))]

# A file much longer than any passphrase is another file by mistake.
_LONGEST = 4096


def ask_passphrase(file: Path | None) -> str:
    """The passphrase in the first line of a file, or asked for without showing it."""
    if file is not None:
        return _read_passphrase(file)
    _require_terminal()
    return _check(getpass(say("cli.ask.passphrase") + " "))


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
        return end_day(date.fromisoformat(text))
    except ValueError:
        raise OnggiError("cli.day", exit_code=Exit.USAGE) from None


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
    data = read_input(file, _LONGEST, "cli.ask.file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OnggiError("cli.ask.text", exit_code=Exit.USAGE) from None
    if len(data) > _LONGEST:
        raise OnggiError("cli.ask.text", exit_code=Exit.USAGE)
    return _check(text.splitlines()[0] if text.splitlines() else "")


def _check(passphrase: str) -> str:
    if not passphrase:
        raise OnggiError("cli.ask.empty", exit_code=Exit.USAGE)
    try:
        passphrase.encode()
    except UnicodeEncodeError:  # a terminal that is not set to UTF-8 sends half a character
        raise OnggiError("cli.ask.half", exit_code=Exit.USAGE) from None
    return passphrase
