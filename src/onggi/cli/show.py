"""`onggi show`: what is said of somebody or something, by whom, and what contradicts what."""

from typing import Annotated

import typer

from onggi.cli.asking import Because, Identity, Json, PassphraseFile, Slot, VaultPath, read_day
from onggi.cli.help import Command
from onggi.cli.opening import read_view, unlock
from onggi.cli.rows import describe_portrait, say_source
from onggi.cli.showing import plain, show_json, tell
from onggi.ledger.sentence import say_statement, say_value
from onggi.ledger.view import Portrait, View
from onggi.model.vocabulary import load_properties
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.show.help"))
def show(
    vault: VaultPath,
    id: Annotated[str, typer.Argument(metavar="ID", help=say("cli.show.id"), show_default=False)],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=say("cli.show.day"), show_default=False)
    ] = None,
    identity: Identity = False,
    because: Because = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Show an entity, a case or a statement."""
    day = read_day(as_of)
    ledger = unlock(vault, slot, passphrase_file)
    entity, case, compartment = locate(ledger.view(strata=("record", "identity")), id)
    of = ledger.vault.compartment(compartment)
    view = read_view(ledger, of, case, identity, because, day)
    portrait = view.portrait(entity)
    if json:
        show_json(describe_portrait(portrait, view))
    else:
        _print(portrait, view)
        if ledger.findings:
            tell("cli.show.damaged", count=len(ledger.findings))


def locate(view: View, id: str) -> tuple[str, str, str]:
    """The entity meant by an id or code (of a statement: its subject), its case and its compartment."""
    found = view.find(id)
    held = view.statement(found) or view.about(found)[0]
    entity = held.statement.subject if held.id == found else found
    return entity, held.statement.about.case, held.compartment


def _print(portrait: Portrait, view: View) -> None:
    lang = language()
    kind = say(f"cli.kind.{portrait.kind}") if portrait.kind else ""
    typer.echo(typer.style(f"{portrait.code or portrait.entity}  {kind}", bold=True))
    if portrait.disputed:
        typer.echo(say("cli.show.disputed"))
    for held in portrait.statements:
        if held.statement.what.property in ("kind", "code"):
            continue
        typer.echo(plain("  " + say_statement(held, lang, view.call)))
        typer.echo(typer.style(plain("      " + say_source(held, view, portrait)), dim=True))
        words = held.statement.words
        if words is not None:
            typer.echo(plain(f"      “{words.original}”" + (f" — {words.translation}" if words.translation else "")))
    _print_conflicts(portrait, view, lang)
    if portrait.replaced:
        typer.echo(say("cli.show.replaced", count=portrait.replaced))


def _print_conflicts(portrait: Portrait, view: View, lang: str) -> None:
    by_id = {held.id: held for held in portrait.statements}
    for conflict in portrait.conflicts:
        name = load_properties()[conflict.property].labels[lang]
        typer.echo(say("cli.show.conflict", entity=view.call(conflict.entity), property=name))
        for id in conflict.statements:
            held = by_id[id]
            value = say_value(held.statement.value, lang, view.call)
            denied = held.statement.what.polarity == "denies"
            shown = say("cli.show.denies", value=value) if denied else value
            typer.echo(plain(f"  ≠ {shown}  ({say_source(held, view, portrait)})"))
