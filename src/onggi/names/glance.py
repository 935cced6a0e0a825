"""What most texts show at a glance: one script, a surname first, a given name of one part or two (§7).

Such a text is clean, no words stand around the name, and spaces and a hyphen are its only seams. What `split`
would find in it is found here with less work; whatever else a text may be, `split` takes it apart.

Floor 1. Pure. Refused: nothing; what cannot be told at a glance is not told.
"""

import re

from onggi.names.letters import plain_kana
from onggi.names.split import LONGEST, Cut, cut_parts, load_words, tell_marks
from onggi.names.systems import LONG

# Words of usual letters, without tones and inner capitals; an 's is left to kin words. Before a hyphen stands
# a small letter, so that no word with one is all in capitals.
_LATIN, _CYRILLIC = "[A-Za-zŎŏŬŭ][a-zŏŭ]*(?:'[a-rt-zŏŭ][a-zŏŭ]*)*", "[А-яЁё][а-яё]*"
_SEAM = "(?: |(?<=[a-zŏŭа-яё])-)"
_USUAL = re.compile(
    f"(?P<latin>{_LATIN} {_LATIN}(?:{_SEAM}{_LATIN})?)|(?P<syllabic>[가-힣]{{2,4}})|"
    f"(?P<cyrillic>{_CYRILLIC} {_CYRILLIC}(?:{_SEAM}{_CYRILLIC})?)|(?P<kana>[ァ-ヺー]+・[ァ-ヺー]+)"
).fullmatch
_APART, _HYPHENED, _SPACED = (1, 1), (1, 2), (1, 1, 1)  # parts of each token

# The script, the marks its writer keeps, the ways to cut it (of Hangul none), and its letters without seams.
Glance = tuple[str, str, list[Cut], str]


def glance_text(text: str) -> Glance | None:
    """What a text shows; None where it must be taken apart."""
    usual = _USUAL(text)
    if usual is None or len(text) > LONGEST:
        return None
    script = usual.lastgroup or ""
    if script == "syllabic":
        return None if load_words().may_end(text) else (script, "", [], text)
    if script == "kana":
        parts = tuple(map(plain_kana, text.split("・")))
        if "" in parts:
            return None
        return script, LONG if LONG in text else "", cut_parts(parts, _APART, script), "".join(parts)
    words = text.lower().split(" ")
    if words[0] in load_words().starts:
        return None
    shape: tuple[int, ...] = _APART
    if len(words) > 2:
        shape = _SPACED
    elif "-" in words[1]:
        shape, words[1:] = _HYPHENED, words[1].split("-")
    letters = "".join(words)
    return script, tell_marks(letters), cut_parts(tuple(words), shape, script), letters
