"""Finding statements in one projection: as whole as plain substring search, as fast as an index.

Reads through `Index.rows` only, page by page, newest first, so that whoever asks for fifty pays for fifty.
Three ways lead to a candidate: its text, the place, term or entity it points to, the entity it is about.
Each candidate is then held against every word. Refused: trust in the full-text index, which only proposes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from onggi.ledger.bigrams import conditions_of
from onggi.ledger.held import Held
from onggi.ledger.index import Index, write_list

_TOP = 2**62
_PAGE = 128
_GROWTH = 4
_FETCHED = 50
# A piece of a word that so many tokens hold, or a label that so many things bear, narrows nothing.
_MANY = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A normalised word; what bears it as a label or name, and which entities among those do (`subjects`)."""

    word: str
    references: frozenset[str]
    subjects: frozenset[str]

    @property
    def common(self) -> bool:
        return len(self.references) > _MANY


def find_newest(index: Index, wanted: Sequence[Wanted], dead: bool) -> Iterator[Held]:
    """The statements in which every word is found, newest first; with `dead` also what was replaced."""
    rows = _find_rows(index, wanted, dead)
    while chunk := list(islice(rows, _FETCHED)):
        yield from index.by_rows(chunk)


def find_best(index: Index, wanted: Sequence[Wanted], dead: bool) -> Iterator[tuple[float, Held]]:
    """The same with a rank, lowest first: shorter texts and rarer words rank lower, mere labels come last."""
    narrowed = [_narrow(index, one.word) for one in wanted]
    expression = " OR ".join(f"({' AND '.join(parts)})" for parts in narrowed if parts)
    query = "SELECT rowid, rank FROM words WHERE words MATCH ?"
    ranks: dict[int, float] = dict(index.rows(query, (expression,))) if expression else {}
    rows = iter(sorted(_find_rows(index, wanted, dead), key=lambda row: ranks.get(row, 0.0)))
    while chunk := list(islice(rows, _FETCHED)):
        yield from (
            (ranks.get(row, 0.0), held) for row, held in zip(chunk, index.by_rows(chunk), strict=True)
        )


def _find_rows(index: Index, wanted: Sequence[Wanted], dead: bool) -> Iterator[int]:
    query = (
        "SELECT row, live, coalesce(text, ''), reference, subject FROM statement LEFT JOIN text USING (row)"
        " WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row DESC"
    )
    candidates = _propose(index, max(wanted, key=lambda one: (not one.common, len(one.word))))
    while chunk := list(islice(candidates, _PAGE)):
        for row, live, text, reference, subject in index.rows(query, (write_list(chunk),)):
            if (live or dead) and all(
                one.word in text or reference in one.references or subject in one.subjects for one in wanted
            ):
                yield row


def _propose(index: Index, one: Wanted) -> Iterator[int]:
    """Rows among which are all that hold a word, newest first, each once."""
    if one.common:
        yield from _page_rows(index, "SELECT row FROM statement WHERE row < ? ORDER BY row DESC LIMIT ?")
        return
    last = None
    for row in merge(_by_text(index, one.word), _by_label(index, one), reverse=True):
        if row != last:
            yield row
        last = row


def _by_text(index: Index, word: str) -> Iterator[int]:
    narrowed = _narrow(index, word)
    if narrowed is None:
        return iter(())
    if not narrowed:  # Marks without a letter, or a letter that is everywhere.
        query = "SELECT row FROM text WHERE instr(text, ?) AND row < ? ORDER BY row DESC LIMIT ?"
        return _page_rows(index, query, word)
    query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
    return _page_rows(index, query, " AND ".join(narrowed))


def _by_label(index: Index, one: Wanted) -> Iterator[int]:
    if not one.references:
        return iter(())
    query = (
        "SELECT row FROM statement WHERE (reference IN (SELECT value FROM json_each(?))"
        " OR subject IN (SELECT value FROM json_each(?))) AND row < ? ORDER BY row DESC LIMIT ?"
    )
    return _page_rows(index, query, write_list(one.references), write_list(one.subjects))


def _page_rows(index: Index, query: str, *values: str) -> Iterator[int]:
    """The rows of a query that ends in a row to stand below and a limit, in pages that grow."""
    before, size = _TOP, _PAGE
    while True:
        page = [row for (row,) in index.rows(query, (*values, before, size))]
        yield from page
        if len(page) < size:
            return
        before, size = page[-1], size * _GROWTH


def _narrow(index: Index, word: str) -> list[str] | None:
    """What the tokens of a text with this word match: empty if that does not narrow, None if no text can."""
    found = []
    for condition in conditions_of(word):
        if condition.expression:
            found.append(condition.expression)
            continue
        terms = _hold_piece(index, condition.piece, condition.at_end)
        if not terms:
            return None
        if len(terms) <= _MANY:
            found.append("(" + " OR ".join(f'"{term}"' for term in terms) + ")")
    return found


def _hold_piece(index: Index, piece: str, at_end: bool) -> list[str]:
    """The whole words that hold a piece, and no more of them than narrow."""
    where = "substr(word, -length(?)) = ?" if at_end else "instr(word, ?)"
    values = (piece, piece) if at_end else (piece,)
    query = f"SELECT word FROM piece WHERE {where} LIMIT ?"  # noqa: S608 - one of two constants
    return [word for (word,) in index.rows(query, (*values, _MANY + 1))]
