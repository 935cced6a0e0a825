"""What stands between two texts of a page: a space, but none beside the full-width marks of Chinese. Pure."""

from collections.abc import Iterable

_CLOSING = tuple("。：；，、？！）》")
_OPENING = tuple("（《")


def part_texts(before: str, after: str = "") -> str:
    """The space between two texts, or nothing."""
    return "" if before.endswith(_CLOSING) or after.startswith(_OPENING) else " "


def space_text(text: str) -> str:
    """A text that another will follow."""
    return text + part_texts(text)


def join_sentences(sentences: Iterable[str]) -> str:
    """Sentences, one after the other; empty ones are left out."""
    joined = ""
    for one in filter(None, sentences):
        joined += part_texts(joined, one) + one if joined else one
    return joined
