"""A letter lost or doubled: what a name that no system reads may have been (§8).

Floor 1. Pure. Refused: texts longer than names in an alphabet are.
"""

from collections.abc import Iterator
from functools import lru_cache

from onggi.names.split import Token
from onggi.names.surnames import load_habits
from onggi.names.transduce import can_spell, cut_two

_LONGEST = 24  # letters
_LOST = {"latin": "aeiounghy", "cyrillic": "аеиоуыньх", "kana": "aeiouN"}  # letters that are lost most often


def repair_tokens(tokens: tuple[Token, ...], marks: str, *, anywhere: bool) -> Iterator[tuple[Token, ...]]:
    """The tokens with one letter left out or put in, where that makes a part that can be spelled.

    It is put where a part cannot be spelled, nowhere if two parts cannot; if all can, `anywhere` allows it.
    """
    script = tokens[0].script
    parts = [(place, part) for place, token in enumerate(tokens) for part in token.parts]
    if sum(len(part) for _, part in parts) > _LONGEST:
        return
    broken = [(place, part) for place, part in parts if not _can_stand(script, marks, part)]
    suspects = broken if len(broken) == 1 else parts if anywhere and not broken else []
    for place, part in suspects:
        token = tokens[place]
        for repaired in _repair_part(part, script):
            if _can_stand(script, marks, repaired):
                mended = tuple(repaired if other == part else other for other in token.parts)
                yield (*tokens[:place], token._replace(parts=mended), *tokens[place + 1 :])


@lru_cache(16384)
def _can_stand(script: str, marks: str, part: str) -> bool:
    """Whether a part has the shape of a syllable, of two joined, or of a surname."""
    if can_spell(script, marks, part) or part in load_habits(script, marks):
        return True
    return next(cut_two(script, marks, part), None) is not None


def _repair_part(part: str, script: str) -> list[str]:
    shorter = [part[:place] + part[place + 1 :] for place in range(len(part))] if len(part) > 1 else []
    lost = _LOST.get(script, "")
    longer = [part[:place] + letter + part[place:] for place in range(len(part) + 1) for letter in lost]
    return list(dict.fromkeys([*shorter, *longer]))
