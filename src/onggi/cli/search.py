"""`onggi search`: find statements."""

from enum import StrEnum
from typing import Annotated

import typer

from onggi.cli.asking import Because, Identity, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.help import Command
from onggi.cli.opening import read_view, unlock
from onggi.cli.rows import describe_statement
from onggi.cli.showing import show_json, show_table, tell
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Order(StrEnum):
    """Which come first."""

    NEWEST = "newest"
    BEST = "best"


@app.command(cls=Command, help=say("cli.search.help"))
def search(
    vault: VaultPath,
    query: Annotated[str, typer.Argument(metavar="QUERY", help=say("cli.search.query"), show_default=False)],
    order: Annotated[Order, typer.Option("--order", help=say("cli.search.order"))] = Order.NEWEST,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help=say("cli.search.limit"))] = 50,
    identity: Identity = False,
    because: Because = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Find statements by their text, or by any label or name of what they speak of."""
    ledger = unlock(vault, slot, passphrase_file)
    view = read_view(ledger, None, None, identity, because, None)
    rows = [describe_statement(held, view) for held in view.search(query, order.value, limit)]
    if json:
        show_json(rows)
        return
    show_table(
        ("cli.column.code", "cli.column.property", "cli.column.text", "cli.column.statement"),
        [(row["code"] or "", _property(row["property"]), row["text"], row["statement"]) for row in rows],
    )
    tell("cli.search.done", count=len(rows))


def _property(name: str) -> str:
    from onggi.model.vocabulary import load_properties
    from onggi.words import language

    found = load_properties().get(name)
    return found.labels[language()] if found else name
