"""A text in usual characters, and where each of them stood in the one that came (§11).

Full-width and half-width forms, single jamo and accents are put together (NFKC), hidden characters are left
out; the length may change, so origins are kept. In time that grows with the length alone, whatever marks are
heaped on a letter. Floor 1. Pure. Refused: nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2026: 0x2E}
_HIDDEN = re.compile(
    "[\u00ad\u034f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# A letter with its marks; no more of them than any script puts on one.
_CLUSTER = re.compile(".[\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]{0,30}", re.DOTALL)
# Where marks may be heaped: to put a long run of them in order takes time with the square of its length.
_HEAP = re.compile(r"[^\x00-\x7f\u1100-\u11ff\u3400-\u9fff\uac00-\ud7a3]{31}")


@dataclass(frozen=True, slots=True)
class Plain:
    """The usual characters; `origins` says from where to where each stood, None if at its own place."""

    text: str
    origins: list[tuple[int, int]] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` up to `end` stood."""
        if self.origins is None:
            return start, end
        return self.origins[start][0], self.origins[end - 1][1]


def make_plain(text: str) -> Plain:
    """A text in usual characters."""
    if text.isascii():
        return Plain(text)
    wide = text.translate(_WIDE)
    usual = not _HEAP.search(wide) and unicodedata.is_normalized("NFKC", wide)
    if usual and not _HIDDEN.search(wide):
        return Plain(wide)
    letters: list[str] = []
    origins: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(wide):
        letter = unicodedata.normalize("NFKC", _HIDDEN.sub("", cluster[0]))
        letters.append(letter)
        origins += [cluster.span()] * len(letter)
    return Plain("".join(letters), origins)
