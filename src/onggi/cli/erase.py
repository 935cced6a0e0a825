"""`onggi erase`: destroy the key of a unit."""

from typing import Annotated

import typer

from onggi.cli.asking import Because, Json, PassphraseFile, Slot, VaultPath, confirm
from onggi.cli.contracts.vault import Erased, MentionRow
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, show_table, tell
from onggi.errors import Exit, OnggiError
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.erase.help"))
def erase(
    vault: VaultPath,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=say("cli.erase.unit"), show_default=False)],
    because: Because = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Erase a unit in this folder; say first what mentions it elsewhere and which copies hold it."""
    if not because or not because.strip():
        raise OnggiError("cli.erase.reason", exit_code=Exit.USAGE)
    ledger = unlock(vault, slot, passphrase_file)
    found = ledger.find_unit(unit)
    mentions = [(one.id, one.stratum, one.statement.about.unit) for one in found.mentions]
    if mentions and not json:
        tell("cli.erase.mentions", count=len(mentions))
        show_table(("cli.column.statement", "cli.column.stratum", "cli.column.unit"), mentions)
    for copy in found.copies:
        tell("cli.erase.copy", date=copy.date)
    confirm("cli.erase.confirm", count=found.count)
    ledger.erase(found.compartment, found.stratum, found.unit, because)
    if json:
        show_json(
            Erased(
                unit=found.unit,
                stratum=found.stratum,
                statements=found.count,
                mentions=[MentionRow(statement=s, stratum=t, unit=u) for s, t, u in mentions],
                copies=[copy.date for copy in found.copies],
            )
        )
    tell("cli.erase.done", count=found.count)
    tell("cli.erase.reach")
