"""What a file says of itself, as plain data: entries, when and where it says it was made.

Pure, and bounded: so many entries of such a length, whatever the file holds. Text is what can be written down
and shown: what would move a cursor or turn a line around becomes a mark. Refused: nothing.
"""

from collections.abc import Iterable

from msgspec import Struct

MOST_ENTRIES = 300
LONGEST_ENTRY = 1_000
_UNPRINTABLE = "\ufffd"

Entry = tuple[str, str]
"""Where in the file it stands, in the words of its form (`EXIF Model`, `PDF Author`), and what it says."""


class Look(Struct, frozen=True):
    """What was found in a file.

    `outcome` is a term of the vocabulary `lookings`; `taken_on` an ISO day, `taken_at` degrees of latitude
    and longitude; `found` are ids of findings that whoever adds the file is told.
    """

    outcome: str
    entries: tuple[Entry, ...] = ()
    taken_on: str | None = None
    taken_at: str | None = None
    found: tuple[str, ...] = ()


def cut_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries as they are recorded: each once, printable, cut to a length, and no more than a number."""
    kept: dict[Entry, None] = {}
    for key, text in entries:
        said = _cut(_flatten(text))
        if said:
            kept.setdefault((_cut(_flatten(key)), said), None)
        if len(kept) == MOST_ENTRIES:
            break
    return tuple(kept)


def make_printable(text: str) -> str:
    """Text that can be written down and shown: what is no character becomes a mark."""
    return text if text.isprintable() else "".join(one if one.isprintable() else _UNPRINTABLE for one in text)


def _flatten(text: str) -> str:
    # Line ends are common in what people write, and harmless as spaces.
    return make_printable(" ".join(text[: 4 * LONGEST_ENTRY].split()))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ENTRY else text[: LONGEST_ENTRY - 1] + "…"
