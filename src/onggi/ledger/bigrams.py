"""How text becomes searchable in scripts without spaces: pairs of neighbouring characters.

Pure. `split_text` is applied once, when a statement is indexed; `conditions_of` turns a word that was typed
into what the tokens of its rows must match. The conditions let too much through rather than too little, and
the index compares the text itself; so recall and precision against plain substring search are both whole
(Korean and Chinese words are mostly two characters long, where trigram indexes find nothing).

Tokens hold letters and digits only, and the table that keeps them splits at spaces and knows nothing of
Unicode: which character separates is decided here alone, for texts and for queries alike. What a statement
points to, and what it is about, stands among them as a token that no text can have (`tie_of`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from operator import add

from onggi.model.composing import compose_text

# A projection made by another version of these rules, or of Unicode, is made anew.
VERSION = f"3 {unicodedata.unidata_version}"

# Runs of Hangul, Han, Kana and their like, or runs of other letters and digits; everything else separates.
_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_PAIRED = re.compile(rf"[{_CJK}]")

# What a row must match narrows, and need not be all that is known of a word somebody pasted.
_MOST_RUNS, _MOST_PAIRS = 8, 32

_TIED = "§"
_ID, _TIE = 32, 12


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row must match: a full-text expression, or a piece of a word that some token must hold."""

    expression: str = ""
    piece: str = ""
    at_end: bool = False


def normalise(text: str) -> str:
    """The form in which text is compared: NFKC and case folded; a Hangul syllable is one character."""
    if text.isascii():
        return text.lower()  # the same, at a tenth of the cost: codes, numbers, ids
    return compose_text(compose_text(text).casefold())


def split_text(normalised: str) -> tuple[list[str], list[str]]:
    """The tokens of a normalised text, for a table that splits at spaces; and which of them are whole words.

    Of those, somebody may type a piece.
    """
    tokens: list[str] = []
    words: list[str] = []
    for run in _RUNS.findall(normalised):
        if _is_cjk(run[0]):
            tokens += pairs_of(run)
        else:
            tokens.append(run)
            words.append(run)
    return tokens, words


def split_name(normalised: str) -> list[str]:
    """The tokens of a normalised name or code: all in pairs, since names are few and any piece is typed."""
    return [pair for run in _RUNS.findall(normalised) for pair in pairs_of(run)]


def pairs_of(run: str) -> list[str]:
    """The pairs of neighbours in a run of characters, and its last one alone."""
    return [*map(add, run, run[1:]), run[-1]]


def tie_of(reference: str) -> str:
    """The token for an entity, place or term; others may have the same, for the index only proposes."""
    kept = reference if reference.isalnum() else "".join(filter(str.isalnum, reference))
    return _TIED + (kept[:_TIE] if len(kept) == _ID else kept)


def conditions_of(word: str) -> list[Condition]:
    """What the rows must match that contain `word`, which is normalised and has no spaces."""
    runs = _RUNS.findall(word)
    return [
        Condition(_pairs(run)) if _is_cjk(run[0]) else _word(run, at == 0, at == len(runs) - 1)
        for at, run in enumerate(runs[:_MOST_RUNS])
    ]


def conditions_of_name(word: str) -> list[str]:
    """What the tokens of a name match that holds `word`; empty where that does not narrow."""
    return [_pairs(run) for run in _RUNS.findall(word)[:_MOST_RUNS]]


def find_piece(piece: str, at_end: bool) -> str:
    """What the pairs of a word match that holds a piece of two characters or more, or ends with it."""
    pairs = pairs_of(piece)
    # The last character stands alone only where the word ends.
    return _phrase(pairs[:_MOST_PAIRS] if at_end or len(pairs) > _MOST_PAIRS else pairs[:-1])


@cache
def _is_cjk(character: str) -> bool:
    return _PAIRED.match(character) is not None


def _pairs(run: str) -> str:
    return f'"{run}"*' if len(run) == 1 else _phrase(pairs_of(run)[:-1][:_MOST_PAIRS])


def _phrase(tokens: list[str]) -> str:
    return '"' + " ".join(tokens) + '"'


def _word(plain: str, first: bool, last: bool) -> Condition:
    """A run at the edge of what was typed may be a part of a longer one in the text; within it may not."""
    if first:
        return Condition(piece=plain, at_end=not last)
    return Condition(f'"{plain}"*' if last else f'"{plain}"')
