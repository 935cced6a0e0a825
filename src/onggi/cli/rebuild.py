"""`onggi rebuild`: make the search indexes again."""

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.vault import Rebuilt
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, tell
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.rebuild.help"))
def rebuild(
    vault: VaultPath, passphrase_file: PassphraseFile = None, slot: Slot = 1, json: Json = False
) -> None:
    """Make the projections again from the log."""
    ledger = unlock(vault, slot, passphrase_file)
    count = ledger.rebuild()
    if json:
        show_json(Rebuilt(statements=count))
    tell("cli.rebuild.done", count=count)
