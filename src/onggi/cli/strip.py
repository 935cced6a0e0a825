"""`onggi strip`: a copy of a picture or a PDF without what it says of itself."""

from typing import Annotated

import typer

from onggi.cli.asking import Because, Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.evidence import StrippedRow
from onggi.cli.help import Command
from onggi.cli.opening import randomness, unlock
from onggi.cli.show import locate
from onggi.cli.showing import describe_finding, show_findings, show_json, show_line, tell
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.strip.help"))
def strip(
    vault: VaultPath,
    item: Annotated[str, typer.Argument(metavar="ITEM", help=say("cli.strip.item"), show_default=False)],
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Seal a stripped copy beside its original."""
    from onggi.evidence.derive import strip_item

    ledger = unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment) if compartment else None
    found = locate(ledger.view(compartment=within), item)
    reason = because or say("cli.strip.reason")
    made = strip_item(
        ledger, ledger.vault.compartment(found.compartment), found.statement.subject, reason, randomness
    )
    if json:
        show_json(
            StrippedRow(
                original=made.original,
                item=made.copy.item,
                code=made.copy.code,
                media_type=made.media_type,
                sha256=made.copy.sha256,
                sha512=made.copy.sha512,
                length=made.copy.length,
                findings=[describe_finding(finding) for finding in made.findings],
            )
        )
    else:
        show_line(say("cli.add.item", code=made.copy.code, length=made.copy.length))
        show_line(f"sha256 {made.copy.sha256}", 4, "dim")
    show_findings(made.findings)
    tell("cli.strip.done", copy=made.copy.code, original=item)
    tell("cli.strip.left")
