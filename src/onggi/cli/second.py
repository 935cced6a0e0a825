"""`onggi second`: decisions for two that wait, and a second member's signature."""

from datetime import date
from typing import Annotated

import typer

from onggi.cli.asking import Because, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.second import Seconded, WaitingRow
from onggi.cli.help import Command
from onggi.cli.opening import today, unlock
from onggi.cli.showing import show_json, show_line, tell
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.ledger.view import View
from onggi.model.seconding import list_reasons
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.second.help"))
def second(
    vault: VaultPath,
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help=say("cli.second.id"), show_default=False)
    ] = None,
    because: Because = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """List what waits for a second member, or sign one decision."""
    from onggi.ledger.signing import sign_second

    ledger = unlock(vault, slot, passphrase_file)
    day = today()
    if id is None:
        _list(ledger, day, json)
        return
    held = sign_second(ledger, id, because or "", day)
    if json:
        show_json(Seconded(statement=held.id, case=held.statement.about.case))
    tell("cli.second.done")


def _list(ledger: Ledger, day: date, json: bool) -> None:
    from onggi.ledger.seconds import list_waiting
    from onggi.ledger.signing import count_signers

    view = ledger.view()
    rows = [_describe(ledger, view, held) for held in list_waiting(view, day)]
    if json:
        show_json(rows)
    else:
        for one in rows:
            show_line(one["statement"], style="bold")
            show_line(one["sentence"], 2)
            for reason in one["reasons"]:
                show_line(reason, 4)
            show_line(say("cli.second.yours" if one["yours"] else "cli.second.sign"), 4, "dim")
    tell("cli.second.count", count=len(rows))
    for compartment in ledger.vault.compartments:
        if count_signers(ledger, compartment) < 2:
            tell("cli.second.alone", compartment=compartment.name)


def _describe(ledger: Ledger, view: View, held: Held) -> WaitingRow:
    return {
        "statement": held.id,
        "case": held.statement.about.case,
        "entity": held.statement.subject,
        "code": view.code_of(held.statement.subject),
        "property": held.statement.what.property,
        "sentence": say_statement(held, language(), view.call),
        "reasons": list_reasons(held.statement),
        "yours": held.author == ledger.vault.card.member,
    }
