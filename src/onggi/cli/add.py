"""`onggi add`: files kept as evidence."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts import ItemRow
from onggi.cli.help import Command
from onggi.cli.opening import randomness, unlock
from onggi.cli.showing import show_json, show_line, tell
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.add.help"))
def add(
    vault: VaultPath,
    case: Annotated[str, typer.Argument(metavar="CASE", help=say("cli.add.case"), show_default=False)],
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help=say("cli.add.files"), show_default=False)
    ],
    person: Annotated[
        str | None, typer.Option("--person", metavar="CODE", help=say("cli.add.person"), show_default=False)
    ] = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Seal files as items of a case."""
    from onggi.intake.originals import take_in

    ledger = unlock(vault, slot, passphrase_file)
    into = ledger.vault.compartment(compartment)
    kept = take_in(ledger, into, case, [Path(file) for file in files], person, randomness)
    if json:
        show_json(
            [ItemRow(item=one.item, code=one.code, sha256=one.sha256, length=one.length) for one in kept]
        )
    else:
        for one in kept:
            show_line(say("cli.add.item", code=one.code, length=one.length))
            show_line(f"sha256 {one.sha256}", 4, "dim")
    tell("cli.add.done", count=len(kept))
    tell("cli.record.readable")
