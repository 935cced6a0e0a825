"""`onggi copy`: a full, sealed copy."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.vault import Copied
from onggi.cli.help import Command
from onggi.cli.opening import today, unlock
from onggi.cli.showing import Bar, show_json, tell, warn_of
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.copy.help"))
def copy(
    vault: VaultPath,
    destination: Annotated[
        Path, typer.Argument(metavar="DEST", help=say("cli.copy.dest"), show_default=False)
    ],
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Copy a vault, sealed as it is; every file is checked as it arrives."""
    from onggi.vault.copying import copy_vault
    from onggi.vault.session import write_session
    from onggi.vault.surroundings import judge_place

    findings = warn_of(judge_place(destination))
    ledger = unlock(vault, slot, passphrase_file)
    with write_session(ledger.vault):
        count = copy_vault(ledger.vault, destination, today().isoformat(), Bar())
    if json:
        said = Copied(copy=str(destination), files=count)
        if findings:
            said["findings"] = findings
        show_json(said)
    tell("cli.copy.done", count=count)
