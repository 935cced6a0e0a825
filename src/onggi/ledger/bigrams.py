"""How text becomes searchable in scripts without spaces: pairs of neighbouring characters.

Pure. `tokens_of` is applied once, when a statement is indexed; `conditions_of` turns a word that was typed
into what the tokens of its rows must match. The conditions let too much through rather than too little, and
the index compares the text itself; so recall and precision against plain substring search are both whole
(Korean and Chinese words are mostly two characters long, where trigram indexes find nothing).

Tokens hold letters and digits only, and the table that keeps them splits at spaces and knows nothing of
Unicode: which character separates is decided here alone, for texts and for queries alike.
"""

import re
import unicodedata
from dataclasses import dataclass

# A projection made by another version of these rules, or of Unicode, is made anew.
VERSION = f"1 {unicodedata.unidata_version}"

# Runs of Hangul, Han, Kana and their like, or runs of other letters and digits; everything else separates.
_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")

# What a row must match narrows, and need not be all that is known of a word somebody pasted.
_MOST_RUNS, _MOST_PAIRS = 8, 32


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row must match: a full-text expression, or a piece of a word that some token must hold."""

    expression: str = ""
    piece: str = ""
    at_end: bool = False


def normalise(text: str) -> str:
    """The form in which text is compared: NFKC and case folded; a Hangul syllable is one character."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def tokens_of(normalised: str) -> list[str]:
    """The tokens of a normalised text, for a full-text table that splits at spaces."""
    tokens: list[str] = []
    for run, word in _RUNS.findall(normalised):
        if word:
            tokens.append(word)
        else:
            tokens += [run[at : at + 2] for at in range(len(run))]
    return tokens


def words_of(normalised: str) -> list[str]:
    """Those of the tokens that are whole words, of which somebody may type a piece."""
    return [word for _, word in _RUNS.findall(normalised) if word]


def conditions_of(word: str) -> list[Condition]:
    """What the rows must match that contain `word`, which is normalised and has no spaces."""
    runs = _RUNS.findall(word)
    return [
        Condition(_pairs(run)) if run else _word(plain, at == 0, at == len(runs) - 1)
        for at, (run, plain) in enumerate(runs[:_MOST_RUNS])
    ]


def _pairs(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(run[at : at + 2] for at in range(min(len(run) - 1, _MOST_PAIRS))) + '"'


def _word(plain: str, first: bool, last: bool) -> Condition:
    """A run at the edge of what was typed may be a part of a longer one in the text; within it may not."""
    if first:
        return Condition(piece=plain, at_end=not last)
    return Condition(f'"{plain}"*' if last else f'"{plain}"')
