"""A file of any size as texts that can be searched one after the other, in bounded memory.

Each text shares with the one before more than anything that is looked for is long, and begins and ends where
a word does if it can: nothing is missed at a seam, and nothing found that only a seam made. Of a file that is
no text, whatever in its bytes reads as UTF-8 is given: 24 signs in a row, or three Korean or Chinese ones.
What is packed, drawn or spoken in it, or said in fewer letters, cannot be read so.

Floor 5. Pure. Refused: nothing.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator

WINDOW = 2**20
"""Letters, or bytes, that are searched at once."""

# Noise makes short words, and short words make names: what is shorter than this is not taken for text.
_SIGN = rb"(?:[\t\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
_EASTERN = rb"(?:[\xe4-\xed][\x80-\xbf]{2})"
_RUN = re.compile(rb"%b{24,}|%b(?:[ .-]?%b){2,}" % (_SIGN, _EASTERN, _EASTERN))
_SPACES = " \n"


def read_text(pieces: Iterable[bytes], overlap: int, window: int = WINDOW) -> Iterator[str]:
    """A text, window by window; two share at least half of `overlap`, in letters.

    Raises:
        UnicodeDecodeError: once it turns out to be no UTF-8.
    """
    decoder = getincrementaldecoder("utf-8")()
    kept = ""
    for piece in pieces:
        kept += decoder.decode(piece)
        while len(kept) >= window + overlap:
            end = _end_word(kept[: window + overlap], overlap)
            yield kept[:end]
            kept = kept[_begin_word(kept, end - overlap, overlap) :]
    yield kept + decoder.decode(b"", final=True)


def read_runs(pieces: Iterable[bytes], overlap: int, window: int = WINDOW) -> Iterator[str]:
    """What reads as text in any bytes, window by window, a run on each line; `overlap` is in bytes."""
    kept = bytearray()
    for piece in pieces:
        kept += piece
        while len(kept) >= window + overlap:
            yield _join_runs(kept[: window + overlap])
            del kept[:window]
    yield _join_runs(kept)


def _end_word(text: str, overlap: int) -> int:
    """Where the last word of a text begins, or its end where that word is a quarter of the overlap long."""
    at = max(text.rfind(space, len(text) - overlap // 4) for space in _SPACES)
    return at + 1 if at >= 0 else len(text)


def _begin_word(text: str, at: int, overlap: int) -> int:
    """Where the first word behind `at` begins, or `at` where that is as far off."""
    found = [text.find(space, at, at + overlap // 4) for space in _SPACES]
    return min((one + 1 for one in found if one >= 0), default=at)


def _join_runs(data: bytes | bytearray) -> str:
    return b"\n".join(found[0] for found in _RUN.finditer(data)).decode("utf-8", "ignore")
