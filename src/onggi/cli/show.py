"""`onggi show`: what is said of somebody or something, by whom, and what contradicts what."""

from dataclasses import replace
from typing import Annotated

import typer

from onggi.cli.asking import Because, Compartment, Identity, Json, PassphraseFile, Slot, VaultPath, read_day
from onggi.cli.help import Command
from onggi.cli.opening import read_view, unlock
from onggi.cli.rows import describe_portrait, say_claim, say_source
from onggi.cli.showing import show_json, show_line, tell
from onggi.errors import OnggiError
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.quotes import Quotes, find_quotes, words_of
from onggi.ledger.view import Portrait, View
from onggi.ledger.weigh import Conflict
from onggi.model.vocabulary import load_properties
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)

# What a reader of a case wants first; statements about statements stand at the end.
_KINDS = ("case", "person", "group", "event", "act", "intervention", "place", "item", "source", None)
# The heading has said these, and words stand under the statement they belong to.
_HEADED = frozenset({"kind", "code", "verbatim"})


@app.command(cls=Command, help=say("cli.show.help"))
def show(
    vault: VaultPath,
    id: Annotated[str, typer.Argument(metavar="ID", help=say("cli.show.id"), show_default=False)],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=say("cli.show.day"), show_default=False)
    ] = None,
    identity: Identity = False,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Show an entity, a case or a statement."""
    day = read_day(as_of)
    ledger = unlock(vault, slot, passphrase_file)
    view, found = open_on(ledger, id, identity, because, day, compartment)
    portrait = portray(view, found, id)
    quotes = find_quotes(view, portrait.statements)
    if json:
        show_json(describe_portrait(portrait, view, quotes))
    else:
        _print_portrait(portrait, view, quotes)
    if ledger.findings:
        tell("cli.show.damaged", count=len(ledger.findings))


def open_on(
    ledger: Ledger, id: str, identity: bool, because: str | None, day: int | None, name: str | None
) -> tuple[View, Held]:
    """A view for what an id or code means; nothing of identity is looked at before the reason is signed."""
    within = ledger.vault.compartment(name) if name else None
    try:
        found = locate(ledger.view(compartment=within), id)
    except OnggiError:
        if not identity:
            raise
        view = read_view(ledger, identity, because, within, day=day)
        return view, locate(view, id)
    compartment = ledger.vault.compartment(found.compartment)
    return read_view(ledger, identity, because, compartment, found.statement.about.case, day), found


def locate(view: View, id: str) -> Held:
    """The statement meant by an id, or one about the entity that is meant."""
    found = view.find(id)
    return view.statement(found) or view.about(found)[0]


def portray(view: View, found: Held, id: str) -> Portrait:
    """The entity; of a statement, its entity as far as that one statement and what contradicts it go."""
    portrait = view.portrait(found.statement.subject)
    if id.strip().lower() != found.id:
        return portrait
    held = view.statement(found.id)
    return replace(
        portrait,
        statements=(held,) if held else (),
        conflicts=tuple(one for one in portrait.conflicts if found.id in one.statements),
    )


def _print_portrait(portrait: Portrait, view: View, quotes: Quotes) -> None:
    if portrait.disputed:
        show_line(say("cli.show.disputed"))
    for at, (entity, statements) in enumerate(_group(portrait, view).items()):
        if at:
            show_line("")
        kind = view.kind_of(entity)
        show_line(f"{view.call(entity)}  {say(f'cli.kind.{kind}') if kind else ''}".rstrip(), style="bold")
        for held in statements:
            _print_statement(held, view, portrait, quotes)
    if not portrait.statements:
        show_line(say("cli.show.nothing", entity=view.call(portrait.entity)))
    for conflict in portrait.conflicts:
        _print_conflict(conflict, view, portrait)
    if portrait.replaced:
        show_line("")
        show_line(say("cli.show.replaced", count=portrait.replaced))


def _group(portrait: Portrait, view: View) -> dict[str, list[Held]]:
    """The statements of each entity, the entities in the order a reader wants them."""
    groups: dict[str, list[Held]] = {}
    for held in portrait.statements:
        shown = groups.setdefault(held.statement.subject, [])
        if held.statement.what.property == "passage" and held.statement.subject != portrait.entity:
            continue  # an interview has hundreds: they stand where the item itself is shown
        if held.statement.what.property not in _HEADED:
            shown.append(held)
    # Words alone, whose statement is not shown, are no entity.
    entities = [entity for entity, shown in groups.items() if shown or view.kind_of(entity)]
    entities.sort(key=lambda entity: _KINDS.index(view.kind_of(entity)))
    return {entity: groups[entity] for entity in entities}


def _print_statement(held: Held, view: View, portrait: Portrait, quotes: Quotes) -> None:
    show_line(say_claim(held, view), 2)
    if held.statement.source is not None or held.stratum != "record":
        show_line(say_source(held, view, portrait), 6, "dim")
    words = words_of(held, quotes)
    if words is not None:
        show_line(f"“{words.original}”", 6, "italic")
        if words.translation:
            show_line(f"“{words.translation}”", 6, "italic")


def _print_conflict(conflict: Conflict, view: View, portrait: Portrait) -> None:
    opposed = [held for id in conflict.statements if (held := view.statement(id))]
    name = load_properties()[conflict.property].labels[language()]
    about = view.call(opposed[0].statement.subject)
    show_line("")
    show_line(say("cli.show.conflict", entity=about, property=name), style="bold")
    for held in opposed:
        show_line(f"≠ {say_claim(held, view)}", 2)
        show_line(say_source(held, view, portrait), 6, "dim")
