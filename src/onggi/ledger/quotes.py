"""The words of a statement as they were said: in itself where its source is published, else in identity.

Pure, over a view (statement-model.md, §5). Refused: words of a stratum that is not open.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.statement import Words

Quotes: TypeAlias = Mapping[str, Words]
"""The words of statements that lie in identity, by the id of the statement they belong to."""


def find_quotes(view: View, statements: Iterable[Held]) -> Quotes:
    """The words of these statements that lie in identity, where it is open."""
    if "identity" not in view.strata:
        return {}
    live = view.folded([held.id for held in statements if held.statement.words is None]).live
    said = [one.statement for one in live if one.statement.what.property == "verbatim"]
    return {one.subject: one.words for one in said if one.words is not None}


def find_old_quotes(view: View, statements: Iterable[Held]) -> Quotes:
    """The same of versions that do not stand any more: what each was recorded with, or given last."""
    if "identity" not in view.strata:
        return {}
    said = [one.statement for held in statements for one in view.about(held.id, "verbatim")]
    return {one.subject: one.words for one in said if one.words is not None}


def words_of(held: Held, quotes: Quotes) -> Words | None:
    """As it was said: in the statement itself where its source is published, else in identity."""
    return held.statement.words or quotes.get(held.id)
