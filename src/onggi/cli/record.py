"""`onggi record`: statements from a file, all of them or none."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.record import Recorded
from onggi.cli.help import Command
from onggi.cli.opening import randomness, unlock
from onggi.cli.reading import STANDARD, read_given, read_input
from onggi.cli.showing import Bar, refuse_batch, show_json, tell
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
    from onggi.intake.ready import make_ready, record_ready
    from onggi.intake.record import MOST_BYTES, find_kind, read_record
    from onggi.ledger.directory import Directory

    data = read_given(file, MOST_BYTES, _UNREADABLE)
    mapping = read_input(map, MOST_BYTES, _UNREADABLE) if map is not None else None
    ledger = unlock(vault, slot, passphrase_file)
    into = ledger.vault.compartment(compartment)
    kind = find_kind(file.name, mapping)
    batch = read_record(
        data, kind, Directory(ledger, into), randomness, mapping=mapping, case=case, progress=Bar()
    )
    if isinstance(batch, list):
        refuse_batch(batch, json)
    ready = make_ready(ledger, into, batch)
    said = Recorded(
        ok=True,
        case=batch.case,
        code=ready.code,
        statements=len(batch.placed),
        recorded=not dry_run,
        keys=dict(batch.keys),
        findings=[],
    )
    loosened = 0
    if not dry_run:
        kept = record_ready(ledger, into, ready)
        said["commit"], loosened = kept.commit[:16], kept.loosened
    if json:
        show_json(said)
    tell("cli.record.dried" if dry_run else "cli.record.done", count=len(batch.placed), case=ready.code)
    if ready.ties:
        tell("cli.record.waits", count=ready.ties)
    if loosened:
        tell("cli.record.loosened", count=loosened)
    if batch.counts.unscreened:
        tell("cli.record.unscreened", count=batch.counts.unscreened)
    if file != STANDARD:
        tell("cli.record.readable")
