"""`onggi record`: statements from a file, all of them or none."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from onggi.cli.asking import Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.record import Recorded
from onggi.cli.help import Command
from onggi.cli.opening import randomness, unlock
from onggi.cli.reading import STANDARD, read_given, read_input
from onggi.cli.showing import Bar, refuse_batch, show_json, tell
from onggi.intake.batch import Batch
from onggi.model.value import Text
from onggi.words import say

_UNREADABLE = "cli.record.unreadable"

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.record.help"))
def record(
    vault: VaultPath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.record.file"), show_default=False)],
    map: Annotated[
        Path | None, typer.Option("--map", metavar="MAP.toml", help=say("cli.record.map"), show_default=False)
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="ID", help=say("cli.record.case"), show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("cli.record.dry"))] = False,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Record the statements of a TOML or CSV file."""
    from onggi.intake.record import MOST_BYTES, read_record
    from onggi.ledger.directory import Directory
    from onggi.ledger.ties import hold_ties
    from onggi.model.seconding import needs_second

    data = read_given(file, MOST_BYTES, _UNREADABLE)
    mapping = read_input(map, MOST_BYTES, _UNREADABLE) if map is not None else None
    kind: Literal["toml", "csv"] = "csv" if mapping is not None or file.suffix.lower() == ".csv" else "toml"
    ledger = unlock(vault, slot, passphrase_file)
    into = ledger.vault.compartment(compartment)
    batch = read_record(
        data, kind, Directory(ledger, into), randomness, mapping=mapping, case=case, progress=Bar()
    )
    if isinstance(batch, list):
        refuse_batch(batch, json)
    code = _find_code(batch) or ledger.view().call(batch.case)
    placed = hold_ties(ledger.view(compartment=into), batch.placed)
    waits = sum(needs_second(one) for _, one in placed) - sum(needs_second(one) for _, one in batch.placed)
    said = Recorded(
        ok=True,
        case=batch.case,
        code=code,
        statements=len(batch.placed),
        recorded=not dry_run,
        keys=dict(batch.keys),
        findings=[],
    )
    loosened = 0
    if not dry_run:
        known = {held.id for held in ledger.view(compartment=into).waiting_ties()} | {
            one.id for _, one in placed
        }
        receipt = ledger.append(into, placed)
        said["commit"] = receipt.step.hash[:16]
        now = ledger.view(compartment=ledger.vault.compartment(into.id)).waiting_ties()
        loosened = sum(held.id not in known for held in now)
    if json:
        show_json(said)
    tell("cli.record.dried" if dry_run else "cli.record.done", count=len(batch.placed), case=code)
    if waits:
        tell("cli.record.waits", count=waits)
    if loosened:
        tell("cli.record.loosened", count=loosened)
    if batch.counts.unscreened:
        tell("cli.record.unscreened", count=batch.counts.unscreened)
    if file != STANDARD:
        tell("cli.record.readable")


def _find_code(batch: Batch) -> str | None:
    """The code of a case that is new in this file."""
    for _, one in batch.placed:
        if one.subject == batch.case and one.what.property == "code" and isinstance(one.value, Text):
            return one.value.text
    return None
