"""`onggi search`: find statements."""

from enum import StrEnum
from typing import Annotated

import typer

from onggi.cli.asking import Because, Compartment, Identity, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.record import FoundRow
from onggi.cli.help import Command
from onggi.cli.opening import read_view, unlock
from onggi.cli.rows import describe_statement, say_claim
from onggi.cli.showing import show_json, show_line, tell
from onggi.ledger.held import Held
from onggi.ledger.view import Hit, View
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


_MOST = 1_000_000


class Order(StrEnum):
    """Which come first."""

    NEWEST = "newest"
    BEST = "best"


@app.command(cls=Command, help=say("cli.search.help"))
def search(
    vault: VaultPath,
    query: Annotated[str, typer.Argument(metavar="QUERY", help=say("cli.search.query"), show_default=False)],
    order: Annotated[
        Order, typer.Option("--order", metavar="ORDER", help=say("cli.search.order"))
    ] = Order.NEWEST,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=_MOST, help=say("cli.search.limit"))
    ] = 50,
    identity: Identity = False,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Find statements by their text, or by any label or name of what they speak of."""
    ledger = unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment) if compartment else None
    view = read_view(ledger, identity, because, within)
    found = view.search(query, order.value, limit)
    if json:
        show_json([_describe_hit(hit, view) for hit in found])
        return
    told = None
    for hit in found:
        held = hit.held
        show_line(f"{_call_subject(held, view)} · {say_claim(held, view)}")
        if hit.spelled is not None and hit.spelled != told:  # not again for each statement about one person
            show_line(f"≈ {hit.spelled.tell(language())}", 4)
        told = hit.spelled
        show_line("  ".join([held.id, *_origin(held, view)]), 4, "dim")
    tell("cli.search.done" if len(found) < limit else "cli.search.more", count=len(found))


def _describe_hit(hit: Hit, view: View) -> FoundRow:
    spelled = hit.spelled.tell(language()) if hit.spelled is not None else None
    return {**describe_statement(hit.held, view), "spelled": spelled}


def _call_subject(held: Held, view: View) -> str:
    """Of whom it is; of words, whose statement they belong to."""
    spoken = view.statement(held.statement.subject)
    return view.call(spoken.statement.subject if spoken else held.statement.subject)


def _origin(held: Held, view: View) -> list[str]:
    """Who said it, at which place, and in which stratum it lies."""
    source = [view.call(held.statement.source)] if held.statement.source else []
    place = held.statement.trace.locator
    return [*source, *([place] if place else []), say(f"cli.stratum.{held.stratum}")]
