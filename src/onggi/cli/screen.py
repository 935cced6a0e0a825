"""`onggi screen`: text recorded without identity, having it looked through for names, holding it back."""

from collections.abc import Sequence
from typing import Annotated

import typer

from onggi.cli.asking import Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.second import HeldBack, Screened, UnscreenedRow
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.showing import show_json, show_line, tell
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.screening import Waiting, hold_back, list_waiting, screen_waiting
from onggi.ledger.sentence import say_statement
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.screen.help"))
def screen(
    vault: VaultPath,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help=say("cli.screen.id"), show_default=False)
    ] = None,
    all: Annotated[bool, typer.Option("--all", help=say("cli.screen.all"))] = False,
    hold: Annotated[bool, typer.Option("--hold-back", help=say("cli.screen.hold"))] = False,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """List what waits to be screened for names, sign for what holds none, or hold back."""
    if ids and all:
        raise OnggiError("screen.both", exit_code=Exit.USAGE)
    if hold and not ids:
        raise OnggiError("screen.which", exit_code=Exit.USAGE)
    ledger = unlock(vault, slot, passphrase_file)
    if ids and hold:
        _hold_back(ledger, ids, json)
    elif ids or all:
        _screen(ledger, None if all else ids, json)
    else:
        _list(ledger, json)


def _list(ledger: Ledger, json: bool) -> None:
    compartments = ledger.vault.compartments
    waiting = [one for compartment in compartments for one in list_waiting(ledger, compartment)]
    sees = any("identity" in compartment.strata for compartment in compartments)
    _show(ledger, waiting, json)
    tell("cli.screen.count", count=len(waiting))
    if waiting:
        tell("cli.screen.next" if sees else "cli.screen.blind")


def _hold_back(ledger: Ledger, ids: Sequence[str], json: bool) -> None:
    held = hold_back(ledger, ids)
    if json:
        show_json(HeldBack(held_back=[one.held.id for one in held]))
    tell("cli.screen.held", count=len(held))


def _screen(ledger: Ledger, ids: Sequence[str] | None, json: bool) -> None:
    clean, waiting = screen_waiting(ledger, ids)
    named = [one for one in waiting if one.place is not None]
    if json:
        show_json(
            Screened(
                screened=[one.held.id for one in clean], standing=[_describe(ledger, one) for one in waiting]
            )
        )
    else:
        _show(ledger, waiting, json)
    tell("cli.screen.done", count=len(clean))
    if len(waiting) > len(named):
        tell("cli.screen.passed", count=len(waiting) - len(named))
    if named and json:
        raise typer.Exit(Exit.REFUSED)
    if named:
        raise OnggiError("screen.name", exit_code=Exit.REFUSED, count=len(named))


def _show(ledger: Ledger, waiting: Sequence[Waiting], json: bool) -> None:
    rows = [_describe(ledger, one) for one in waiting]
    if json:
        show_json(rows)
        return
    for one in rows:
        show_line(one["statement"], style="bold")
        show_line(one["sentence"], 2)
        if one["text"] is not None:
            place = say("cli.screen.stands", text=one["text"], first=one["first"] or 0, last=one["last"] or 0)
            show_line(place, 4)
        for member in one["held_back"]:
            show_line(say("cli.screen.kept", member=member[:6]), 4)


def _describe(ledger: Ledger, one: Waiting) -> UnscreenedRow:
    view = ledger.view()
    return {
        "statement": one.held.id,
        "case": one.held.statement.about.case,
        "entity": one.held.statement.subject,
        "code": view.code_of(one.held.statement.subject),
        "property": one.held.statement.what.property,
        "sentence": say_statement(one.held, language(), view.call),
        "text": one.text,
        "first": None if one.place is None else one.place[0] + 1,
        "last": None if one.place is None else one.place[1],
        "held_back": [kept.author for kept in one.kept],
    }
