"""Sentences that are about to be recorded, as a page shows them before. Pure, over a view.

An entity that is new has no code in any view yet: it is called by the one it will have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onggi.ledger.sentence import say_sentence
from onggi.ledger.view import View
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.web.manner import speak_plainly
from onggi.web.shown import HEADED, Piece

Placed = tuple[Stratum, Statement]


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence that is about to be recorded, and where."""

    text: str
    stratum: str
    words: Piece | None


def list_codes(placed: Iterable[Placed]) -> dict[str, str]:
    """The codes of all that is new."""
    return {
        one.subject: one.value.text
        for _, one in placed
        if one.what.property == "code" and isinstance(one.value, Text)
    }


def list_sayings(placed: Iterable[Placed], codes: Mapping[str, str], view: View, tongue: str) -> list[Saying]:
    """Sentence by sentence; words that were said stand under theirs."""
    statements = list(placed)
    manner = speak_plainly(tongue)

    def call(entity: str) -> str:
        return codes.get(entity) or view.call(entity)

    told = {one.subject: _words_of(one) for _, one in statements if one.what.property == "verbatim"}
    return [
        Saying(say_sentence(one, tongue, call, manner), stratum.value, _words_of(one) or told.get(one.id))
        for stratum, one in statements
        if one.what.property not in HEADED
    ]


def _words_of(one: Statement) -> Piece | None:
    return Piece(one.words.original, one.words.lang) if one.words is not None else None
