"""What `onggi open` offers where no vault lies: a new one, the example, or nothing.

A face. It asks a person at a terminal and nobody else. What is made is made in a process of its own, as a
vault is unlocked in one: what listens never holds a passphrase or a key. Refused: what `onggi init` and
`onggi demo` refuse.
"""

import multiprocessing
import sys
from pathlib import Path

import typer

from onggi.cli.apart import live_apart
from onggi.cli.opening import randomness, require_vault
from onggi.cli.showing import tell
from onggi.errors import Exit
from onggi.vault.folder import Folder
from onggi.words import say

NEW, EXAMPLE = "1", "2"
SLOT = 1
"""Of whoever makes a vault."""


def begin_vault(vault: Path, passphrase_file: Path | None) -> Path | None:
    """Ask what is to be made and make it; returns the file with its passphrase, where it lies in one.

    Raises:
        OnggiError: `vault.absent` where nobody is there to be asked, something else lies there, or nothing
            is wanted.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty() and Folder(vault, randomness).free()):
        require_vault(vault)
    tell("open.begin.absent")
    for id in ("new", "example", "nothing"):
        tell(f"open.begin.{id}")
    wanted = typer.prompt(say("open.begin.ask"), default="", show_default=False, prompt_suffix=" ", err=True)
    if wanted.strip() not in (NEW, EXAMPLE):
        require_vault(vault)
    wants_example = wanted.strip() == EXAMPLE
    process = multiprocessing.get_context("spawn").Process(
        target=make, args=(vault, passphrase_file, wants_example)
    )
    process.start()
    process.join()
    if process.exitcode:
        raise typer.Exit(process.exitcode)
    if not wants_example:
        return passphrase_file
    from onggi.intake.example import list_secrets

    return list_secrets(vault)[0]


def make(vault: Path, passphrase_file: Path | None, wants_example: bool) -> None:
    """Be the process that makes it."""
    live_apart(lambda: _make(vault, passphrase_file, wants_example))


def _make(vault: Path, passphrase_file: Path | None, wants_example: bool) -> int:
    if wants_example:
        from onggi.cli.example import make_example

        tell("open.begin.making")
        made = make_example(vault)
        tell("cli.demo.done")
        tell("cli.demo.cases", article=made.article_code, invented=made.invented_code)
    else:
        from onggi.cli.init import make_vault

        slot, _ = make_vault(vault, passphrase_file, "main")
        tell("cli.init.done", slot=slot)
        if passphrase_file is None:
            tell("open.begin.once_more")
    return Exit.WELL
