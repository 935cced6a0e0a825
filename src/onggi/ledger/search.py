"""Finding statements in one projection: as whole as plain substring search, as fast as an index.

Reads through `Index.rows` only, page by page, newest first, so that whoever asks for fifty pays for fifty.
Two ways lead to a candidate, its text and what it points to or is about; both stand in the full-text index.
Each candidate is then held against every word. Refused: trust in the full-text index, which only proposes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain, islice
from typing import TypeAlias

from onggi.ledger.bigrams import conditions_of, conditions_of_name, find_piece, tie_of
from onggi.ledger.held import Held
from onggi.ledger.index import Index, write_list
from onggi.ledger.spelling import MARK, Spelled, wanted_keys, weigh_name

_TOP = 2**62
_PAGE = 128
_GROWTH = 4
_FETCHED = 50
# A piece of a word that so many tokens hold, or a label that so many things bear, narrows nothing.
_MANY = 500
# Whoever asks for the best of more than this asks too broadly; what is older than these comes by its age.
_WEIGHED = 2_000

_CANDIDATES = 500

_SPELLED = """
SELECT id, subject, live, text FROM spelling JOIN name USING (row) JOIN statement USING (row)
WHERE key IN (SELECT value FROM json_each(?))
GROUP BY row ORDER BY min(key LIKE '|%' OR key LIKE ?), row DESC LIMIT ?
"""

Rank: TypeAlias = tuple[bool, int]


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
    rows = (row for row, _ in _find_rows(index, wanted, dead))
    while chunk := list(islice(rows, _FETCHED)):
        yield from index.by_rows(chunk)


def find_best(index: Index, wanted: Sequence[Wanted], dead: bool) -> Iterator[tuple[Rank, Held]]:
    """The same with a rank, lowest first: the more of its text the words make up, the lower.

    Mere labels come last. Only the newest 2,000 are weighed; older ones follow, newest first.
    """
    found = _find_rows(index, wanted, dead)
    words = [one.word for one in wanted]
    weighed = [((False, -_weigh(text, words)), row) for row, text in islice(found, _WEIGHED)]
    weighed.sort(key=lambda one: one[0])
    older = (((True, 0), row) for row, _ in found)
    rows = chain(weighed, older)
    while chunk := list(islice(rows, _FETCHED)):
        held = index.by_rows([row for _, row in chunk])
        yield from zip((rank for rank, _ in chunk), held, strict=True)


def find_named(index: Index, word: str) -> list[tuple[str, str, bool]]:
    """The statements that give an entity a name or code with a normalised word in it.

    For each: its id, the entity, and whether it is live.
    """
    query = "SELECT id, subject, live FROM name JOIN statement USING (row) WHERE instr(name.text, ?)"
    values = [word]
    narrowed = conditions_of_name(word)
    if narrowed:
        query += " AND row IN (SELECT rowid FROM names WHERE names MATCH ?)"
        values.append(" AND ".join(narrowed))
    return [(id, entity, bool(live)) for id, entity, live in index.rows(query, values)]


def find_spelled(index: Index, query: str) -> list[tuple[str, str, bool, Spelled]]:
    """The statements that give an entity a name which a query can be in another spelling.

    For each: its id, the entity, whether it is live, and why. Of more than 500 candidates, whole names come
    before given names, and the newest first; the rest is not weighed.
    """
    keys = wanted_keys(query)
    rows = index.rows(_SPELLED, (write_list(keys), f"{MARK}%", _CANDIDATES)) if keys else []
    weighed = [(id, entity, bool(live), weigh_name(query, name)) for id, entity, live, name in rows]
    return [(id, entity, live, spelled) for id, entity, live, spelled in weighed if spelled is not None]


def _find_rows(index: Index, wanted: Sequence[Wanted], dead: bool) -> Iterator[tuple[int, str]]:
    """The rows in which every word is found, newest first, each with its text."""
    query = (
        "SELECT row, live, coalesce(text, ''), reference, subject FROM statement LEFT JOIN text USING (row)"
        " WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row DESC"
    )
    candidates = _propose(index, wanted)
    while chunk := list(islice(candidates, _PAGE)):
        for row, live, text, reference, subject in index.rows(query, (write_list(chunk),)):
            if (live or dead) and all(
                one.word in text or reference in one.references or subject in one.subjects for one in wanted
            ):
                yield row, text


def _propose(index: Index, wanted: Sequence[Wanted]) -> Iterator[int]:
    """Rows among which are all that hold every word, newest first, each once."""
    ways = [found for one in wanted if (found := _find_ways(index, one)) is not None]
    if ways:
        return _match(index, " AND ".join(map(_any_of, ways))) if all(ways) else iter(())
    # Marks without a letter, letters that are everywhere, labels that everything bears.
    one = max(wanted, key=lambda one: (not one.common, len(one.word)))
    if one.common:
        return iter(range(index.count(), 0, -1))
    query = "SELECT row FROM text WHERE instr(text, ?) AND row < ? ORDER BY row DESC LIMIT ?"
    tied = _match(index, _any_of(_ties(one))) if one.references else iter(())
    return _once(merge(_page_rows(index, query, one.word), tied, reverse=True))


def _find_ways(index: Index, one: Wanted) -> list[str] | None:
    """Full-text expressions of which one fits wherever a word is found; None if that would not narrow."""
    narrowed = _narrow(index, one.word)
    if one.common or narrowed == []:
        return None
    return [*([" AND ".join(narrowed)] if narrowed else []), *_ties(one)]


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
            found.append(_any_of([f'"{term}"' for term in terms]))
    return found


def _hold_piece(index: Index, piece: str, at_end: bool) -> list[str]:
    """The whole words that hold a piece, and no more of them than narrow."""
    if len(piece) == 1 and not at_end:
        query, value = "SELECT word FROM piece WHERE instr(word, ?) LIMIT ?", piece
    else:
        rows = "SELECT rowid FROM pieces WHERE pieces MATCH ? LIMIT ?"
        query, value = f"SELECT word FROM piece WHERE piece IN ({rows})", find_piece(piece, at_end)  # noqa: S608
    return [word for (word,) in index.rows(query, (value, _MANY + 1))]


def _ties(one: Wanted) -> list[str]:
    return sorted({f'"{tie_of(reference)}"' for reference in one.references | one.subjects})


def _any_of(expressions: Sequence[str]) -> str:
    return "(" + " OR ".join(f"({one})" for one in expressions) + ")"


def _match(index: Index, expression: str) -> Iterator[int]:
    query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
    return _page_rows(index, query, expression)


def _page_rows(index: Index, query: str, *values: str) -> Iterator[int]:
    """The rows of a query that ends in a row to stand below and a limit, in pages that grow."""
    before, size = _TOP, _PAGE
    while True:
        page = [row for (row,) in index.rows(query, (*values, before, size))]
        yield from page
        if len(page) < size:
            return
        before, size = page[-1], size * _GROWTH


def _once(rows: Iterator[int]) -> Iterator[int]:
    last = None
    for row in rows:
        if row != last:
            yield row
        last = row


def _weigh(text: str, words: Sequence[str]) -> int:
    """How many thousandths of a text some words make up."""
    return sum(text.count(word) * len(word) for word in words) * 1_000 // max(len(text), 1)
