"""`onggi add`: files kept as evidence."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.evidence import ItemRow
from onggi.cli.help import Command
from onggi.cli.opening import randomness, unlock
from onggi.cli.showing import describe_finding, show_findings, show_json, show_line, tell
from onggi.errors import Exit, OnggiError
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
        str | None,
        typer.Option(
            "--brought-by", "--person", metavar="CODE", help=say("cli.add.person"), show_default=False
        ),
    ] = None,
    received: Annotated[
        str | None,
        typer.Option("--received", metavar="DATE", help=say("cli.add.received"), show_default=False),
    ] = None,
    came_from: Annotated[
        str | None, typer.Option("--from", metavar="TEXT", help=say("cli.add.from"), show_default=False)
    ] = None,
    how: Annotated[
        str | None, typer.Option("--how", metavar="TERM", help=say("cli.add.how"), show_default=False)
    ] = None,
    of: Annotated[
        str | None, typer.Option("--of", metavar="ITEM", help=say("cli.add.of"), show_default=False)
    ] = None,
    made_as: Annotated[
        str | None, typer.Option("--made-as", metavar="TERM", help=say("cli.add.as"), show_default=False)
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="TEXT", help=say("cli.add.by"), show_default=False)
    ] = None,
    tool: Annotated[
        str | None, typer.Option("--with", metavar="TEXT", help=say("cli.add.with"), show_default=False)
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help=say("cli.add.lang"), show_default=False)
    ] = None,
    translator: Annotated[
        str | None,
        typer.Option("--translator", metavar="TEXT", help=say("cli.add.translator"), show_default=False),
    ] = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Seal files as items of a case."""
    from onggi.intake.originals import Making, Origin, take_in

    if (of is None) != (made_as is None) or (of is None and any((by, tool, lang, translator))):
        raise OnggiError("cli.add.making", exit_code=Exit.USAGE)
    origin = Origin(person, received, came_from, how)
    making = (
        Making(of, made_as, by, tool, lang, translator) if of is not None and made_as is not None else None
    )
    ledger = unlock(vault, slot, passphrase_file)
    into = ledger.vault.compartment(compartment)
    kept = take_in(ledger, into, case, [Path(file) for file in files], origin, randomness, making)
    if json:
        show_json(
            [
                ItemRow(
                    item=one.item,
                    code=one.code,
                    sha256=one.sha256,
                    length=one.length,
                    sha512=one.sha512,
                    metadata=one.entries,
                    findings=[describe_finding(finding) for finding in one.findings],
                )
                for one in kept
            ]
        )
    else:
        for one in kept:
            show_line(say("cli.add.item", code=one.code, length=one.length))
            show_line(f"sha256 {one.sha256}", 4, "dim")
            show_line(f"sha512 {one.sha512}", 4, "dim")
            if one.entries:
                show_line(say("cli.add.metadata", count=one.entries), 4)
    show_findings([finding for one in kept for finding in one.findings])
    tell("cli.add.done", count=len(kept))
    if making is None and None in (person, received, came_from, how):
        tell("cli.add.gaps")
    tell("cli.record.readable")
