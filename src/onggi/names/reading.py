"""Any spelling of a name in, weighted canonical readings out (§7).

    P(reading | text) ∝ Σ over cuts and systems of P(cut) · P(system) · P(text | reading, system) · P(reading)

A name is written in one system, so each system reads the whole name before they are added up. What is less
likely than chance letters is not a name.

Floor 1. Pure. Refused, with the id of a sentence in `problem`: what `split` refuses, and what no system
reads.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from onggi.names.found import Found, Guess, Options
from onggi.names.givens import read_given
from onggi.names.guesses import guess_given, guess_surname
from onggi.names.hangul import fold_syllables
from onggi.names.repair import repair_tokens
from onggi.names.split import Form, Kind, Sketch, Token, join_marks, list_cuts, sketch_text
from onggi.names.surnames import read_surname, show_surname
from onggi.names.syllabic import FAMILIAR, read_syllabic, spell_given, spell_surname
from onggi.names.systems import share_styles

MIXED = "mixed"  # stands for the system where surname and given name are in two scripts
_CHANCE_NAME, _CHANCE_LETTER = 1e-3, 1 / 22  # what is likelier to be chance letters is no name that we know
_REPAIRED = 1e-3  # of texts, this one letter is wrong
_KEPT = 400  # readings held for each text; very few have so many
_GONE = 1e-10  # of the best
_NOTHING: Sequence[Found] = (("", 1.0, ""),)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text as a name, in Hangul.

    `surname` is None where the text holds only a given name, `given` None where it holds only a surname. The
    northern spelling stands where it is known (리영희). Two readings are one where their `key` is. `logp` is
    the natural logarithm of its share among all readings of the text, so at most 0. `by` is the system that
    reads it best: hangul, hanja, pinyin, or an id of systems/.
    """

    surname: str | None
    given: str | None
    logp: float
    by: str

    @property
    def text(self) -> str:
        """The name as it is shown: 리영희."""
        return (self.surname or "") + (self.given or "")

    @property
    def key(self) -> tuple[str, str]:
        """Surname and given name with the initial law folded; "" for what the text does not hold."""
        return fold_syllables(self.surname or ""), fold_syllables(self.given or "")


@dataclass(frozen=True, slots=True)
class Name:
    """A text and how it can be read. With a `problem`, the id of a sentence, there are no readings."""

    text: str
    scripts: tuple[str, ...]  # hangul, hanja, latin, kana, cyrillic: those that stood in it
    readings: tuple[Reading, ...]  # the likeliest first
    form: Form | None  # a title or kin word that stood around it
    problem: str | None


# What is known of a class of readings: its chance; of its likeliest spelling the chance, surname, given name,
# system.
Row = tuple[float, float, str, str, str]
_Rows = dict[tuple[str, str], Row]


def read_name(text: str, limit: int = 12) -> Name:
    """The likeliest `limit` readings of a text. Never raises; what cannot be read says why in `problem`."""
    name = read_fully(text)
    return name if len(name.readings) <= limit else replace(name, readings=name.readings[:limit])


@lru_cache(4096)
def read_fully(text: str) -> Name:
    """Every reading that is kept of a text; `read_name` shows the likeliest of them."""
    sketch = sketch_text(text)
    if sketch.problem:
        return Name(text, (), (), None, sketch.problem)
    ranked = rank_readings(sketch)
    if not ranked:
        return Name(text, sketch.scripts, (), sketch.form, "names.unread.reading")
    familiar = Form(Kind.FAMILIAR, FAMILIAR) if ranked[0][1][4] == FAMILIAR else None
    total = sum(row[0] for _, row in ranked)
    readings = tuple(_show_row(row, total) for _, row in ranked)
    return Name(text, sketch.scripts, readings, sketch.form or familiar, None)


def rank_readings(sketch: Sketch, *, thorough: bool = True) -> list[tuple[tuple[str, str], Row]]:
    """Classes of readings (surname, given) with their chances, the likeliest first; none if it is no name.

    Where nothing is likely, one letter is taken for a slip; `thorough` looks for it everywhere.
    """
    tokens, rows = sketch.tokens, _Rows()
    if all(token.script == "syllabic" for token in tokens):
        for head, tail, chance, surname, given, by in read_syllabic([token.parts[0] for token in tokens]):
            _add_row(rows, (head, tail), chance, surname, given, by)
    elif len({token.script for token in tokens}) > 1:
        _read_mixed(rows, tokens)
    else:
        _read_spelled(rows, tokens, sketch.marks, 1.0)
        if not is_likely(max(map(_chance_of, rows.values()), default=0.0), join_spelled(tokens)):
            for repaired in repair_tokens(tokens, sketch.marks, anywhere=thorough):
                _read_spelled(rows, repaired, sketch.marks, _REPAIRED)
    ranked = sorted(rows.items(), key=lambda pair: -pair[1][0])[:_KEPT]
    if not ranked or not is_likely(ranked[0][1][0], join_spelled(tokens)):
        return []
    return [pair for pair in ranked if pair[1][0] >= _GONE * ranked[0][1][0]]


def join_spelled(tokens: tuple[Token, ...]) -> str:
    """All that stands in letters; of Hangul and Hanja nothing."""
    return "".join([part for token in tokens if token.script != "syllabic" for part in token.parts])


def is_likely(chance: float, spelled: str) -> bool:
    """Whether a reading is likelier than chance letters; of Hangul and Hanja any reading is.

    A breve counts as a letter more: other languages hardly have it.
    """
    letters = len(spelled) if spelled.isascii() else len(spelled) + spelled.count("ŏ") + spelled.count("ŭ")
    return chance > (_CHANCE_NAME * _CHANCE_LETTER**letters if letters else 0.0)


def _chance_of(row: Row) -> float:
    return row[0]


def _show_row(row: Row, total: float) -> Reading:
    chance, _, surname, given, by = row
    return Reading(
        surname or None, given or None, math.log(chance / total), "hangul" if by == FAMILIAR else by
    )


def _add_row(rows: _Rows, key: tuple[str, str], chance: float, surname: str, given: str, by: str) -> None:
    known = rows.get(key)
    if known is None:
        rows[key] = (chance, chance, surname, given, by)
    elif chance > known[1]:
        rows[key] = (known[0] + chance, chance, surname, given, by)
    else:
        rows[key] = (known[0] + chance, *known[1:])


def _read_spelled(rows: _Rows, tokens: tuple[Token, ...], marks: str, share: float) -> None:
    """Alphabets and kana: each cut in each system; a pair of these far behind the best is left out."""
    script = tokens[0].script
    found: list[tuple[float, float, Sequence[Found], Sequence[Found], str]] = []
    for surname, given, style, likely in list_cuts(tokens):
        surnames = read_surname(script, marks, surname) if surname else None
        if surnames == {}:
            continue
        givens = read_given(script, marks, given) if given else None
        shares = share_styles(script, marks, style)
        for id in _list_systems(surnames, givens):
            heads = _NOTHING if surnames is None else surnames[id]
            tails = _NOTHING if givens is None else givens[id]
            weight = share * likely * shares[id]
            found.append((weight * heads[0][1] * tails[0][1], weight, heads, tails, id))
    least = _GONE * max((chance for chance, *_ in found), default=0.0)
    for chance, weight, heads, tails, id in found:
        if chance >= least:
            _add_pairs(rows, weight, heads, tails, id, least)


def _list_systems(surnames: Options | None, givens: Options | None) -> Iterable[str]:
    if surnames is None or givens is None:
        return surnames or givens or ()
    return [id for id in givens if id in surnames]


def _add_pairs(
    rows: _Rows, weight: float, heads: Sequence[Found], tails: Sequence[Found], id: str, least: float
) -> None:
    for head, head_chance, head_shown in heads:
        shown, share = show_surname(head, head_shown), head_chance * weight
        for tail, tail_chance, tail_shown in tails:
            if share * tail_chance < least:
                break
            _add_row(rows, (head, tail), share * tail_chance, shown, tail_shown, id)


def _read_mixed(rows: _Rows, tokens: tuple[Token, ...]) -> None:
    """Surname in one script, given name in another: Kim 영희. Each side is read in all systems at once."""
    for surname, givens, weight in ((tokens[0], tokens[1:], 0.8), (tokens[-1], tokens[:-1], 0.2)):
        script, parts = givens[0].script, tuple(part for token in givens for part in token.parts)
        heads = _guess_family(surname)
        if not heads or any(token.script != script for token in givens):
            continue
        if script == "syllabic":
            tails = [(name, chance) for name, chance, _ in spell_given("".join(parts))]
        else:
            tails = list(guess_given(script, join_marks(givens), parts))
        for head, share in heads:
            for tail, chance in tails:
                shown = show_surname(head, head)
                _add_row(rows, (head, tail), weight * share * chance, shown, tail, MIXED)


def _guess_family(token: Token) -> Sequence[Guess]:
    if token.script == "syllabic":
        return [(name, chance) for name, chance, _ in spell_surname(token.parts[0])]
    return guess_surname(token.script, token.marks, "".join(token.parts))
