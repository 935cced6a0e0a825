"""`onggi prove`: one statement for a stranger who has neither Onggi nor the vault."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.proof import Proved
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, tell
from onggi.words import say
from onggi.words.digits import group_digits

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.prove.help"))
def prove(
    vault: VaultPath,
    statement: Annotated[
        str, typer.Argument(metavar="STATEMENT", help=say("cli.prove.statement"), show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("cli.prove.out"), show_default=False)],
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Write a bag that proves one statement."""
    from onggi.dossier.prove import prove_statement

    ledger = unlock(vault, slot, passphrase_file)
    fingerprint = prove_statement(ledger, statement, out)
    if json:
        show_json(Proved(bag=str(out), statement=statement, fingerprint=fingerprint))
    tell("cli.prove.done", fingerprint=group_digits(fingerprint))
