"""Text in the form in which it is compared (NFKC), in time that grows with its length alone.

Floor 2. Pure. Putting the marks of a letter in order takes time with the square of their number: a megabyte
of accents would hold a reader up for half an hour. So a run of marks is parted after every thirtieth, as
Unicode's stream-safe text is (UAX #15, UAX15-D4); no script has more of them on one letter. Refused: nothing.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile

_MOST_MARKS = 30
_PARTER = "\u034f"  # combining grapheme joiner, which no mark may pass

# What could be such a run: none of the characters of which texts are mostly made is a mark.
_RUN = re.compile(rf"[^\x00-\x7f\u1100-\u11ff\u3400-\u9fff\uac00-\ud7a3]{{{_MOST_MARKS + 1},}}")


def compose_text(text: str) -> str:
    """The NFKC form of `text`."""
    return unicodedata.normalize("NFKC", _RUN.sub(_part_marks, text))


def _part_marks(run: re.Match[str]) -> str:
    marks, parted = 0, []
    for character in run[0]:
        leading, trailing, only = _count_marks(character)
        if marks + leading > _MOST_MARKS:
            parted.append(_PARTER)
            marks = 0
        marks = marks + leading if only else trailing
        parted.append(character)
    return "".join(parted)


@lru_cache(maxsize=4096)
def _count_marks(character: str) -> tuple[int, int, bool]:
    """With how many marks a character begins and ends once it is decomposed, and whether it is only marks."""
    decomposed = unicodedata.normalize("NFKD", character)
    leading, trailing = (
        sum(1 for _ in takewhile(unicodedata.combining, one)) for one in (decomposed, decomposed[::-1])
    )
    return leading, trailing, leading == len(decomposed)
