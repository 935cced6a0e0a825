"""An original beside its transcripts and translations, as a page shows it: a column for each, a line a place.

Pure, over a view in which identity is open.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from onggi.evidence.aligned import Aligned, Line
from onggi.ledger.view import View
from onggi.model.vocabulary import find_term
from onggi.web.paging import Paging
from onggi.web.shown import Piece, name_entity

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A text by its code, what it was made as, who translated it; `own` where it holds both tongues."""

    code: Piece
    kind: str
    translator: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A place, the second at which it begins, and what stands there in each column; None for nothing."""

    place: str
    second: float
    cells: tuple[Piece | None, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """One page of lines. `by` is `time` or `paragraph`."""

    by: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    paging: Paging[Line]


def show_beside(one: Aligned, view: View, tongue: str, page: int) -> Beside:
    """A page of the lines; a text that holds its translation, too, has a second column for it."""
    doubled = [_holds_both(one, number) for number in range(len(one.texts))]
    paging = Paging.of(one.lines, page, _PAGE)
    rows = (Row(line.place, line.start / 1000, tuple(_list_cells(line, doubled))) for line in paging.items)
    return Beside(one.by, tuple(_list_columns(one, doubled, view, tongue)), tuple(rows), paging)


def _holds_both(one: Aligned, number: int) -> bool:
    return any((words := line.words[number]) is not None and words.translation for line in one.lines)


def _list_columns(one: Aligned, doubled: list[bool], view: View, tongue: str) -> Iterator[Column]:
    for text, twice in zip(one.texts, doubled, strict=True):
        term, code = find_term("derivatives", text.kind), name_entity(text.item, view)
        yield Column(code, term.labels[tongue] if term else text.kind, text.translator or "")
        if twice:
            translation = find_term("derivatives", "translation")
            yield Column(code, translation.labels[tongue] if translation else "", "", own=True)


def _list_cells(line: Line, doubled: list[bool]) -> Iterator[Piece | None]:
    for words, twice in zip(line.words, doubled, strict=True):
        yield Piece(words.original, _lang(words.lang)) if words else None
        if twice:
            told = words.translation if words else None
            yield Piece(told, _lang(words.translation_lang)) if words and told else None


def _lang(tag: str | None) -> str:
    return "" if tag in (None, "und") else str(tag)
