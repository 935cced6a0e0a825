"""How text becomes searchable in scripts without spaces: pairs of neighbouring characters.

Pure. `tokens_of` is applied once, when a statement is indexed; `conditions_of` turns a word that was typed into what its
rows must match. The conditions let too much through rather than too little, and the caller compares the text itself; so
recall and precision against plain substring search are both whole (Korean and Chinese words are mostly two
characters long, where trigram indexes find nothing).
"""

import re
import unicodedata
from dataclasses import dataclass

# Runs of Hangul, Han, Kana and their like, or runs of other letters and digits; everything else separates.
_CJK = "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"([{_CJK}]+)|([^\W_{_CJK}]+)")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row must match: an FTS5 expression, or a piece of a word that any token may hold."""

    expression: str = ""
    piece: str = ""
    at_end: bool = False


def normalise(text: str) -> str:
    """The form in which text is compared: NFKC and case folded; a Hangul syllable is one character."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def tokens_of(text: str) -> str:
    """The tokens of a text, for a full-text table that splits at spaces."""
    tokens: list[str] = []
    for run, word in _RUNS.findall(normalise(text)):
        if word:
            tokens.append(word)
        else:
            tokens += [run[at : at + 2] for at in range(len(run))]
    return " ".join(tokens)


def conditions_of(word: str) -> list[Condition]:
    """What rows must match that contain `word`, which is normalised and has no spaces."""
    runs = _RUNS.findall(word)
    conditions = []
    for at, (run, plain) in enumerate(runs):
        if run:
            conditions.append(Condition(_pairs(run)))
        elif 0 < at < len(runs) - 1:
            conditions.append(Condition(f'"{plain}"'))
        elif at == 0 and len(runs) > 1:
            conditions.append(Condition(piece=plain, at_end=True))
        elif at == 0:
            conditions.append(Condition(piece=plain))
        else:
            conditions.append(Condition(f'"{plain}"*'))
    return conditions


def _pairs(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"'
