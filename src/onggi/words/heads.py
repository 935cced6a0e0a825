"""Five words for a state of the record, to be written down on paper and compared later (vault-format.md, §6).

Pure but for reading the shipped lists. Eleven bits a word, 55 bits in all: enough to tell two states apart
by accident and to see that a disk was set back, and few enough to copy without a mistake; too few against a
member who signs states until one fits. The lists are those of BIP-39 (MIT licence), 2,048 words in English,
Korean and Chinese; words are understood in any of them.
"""

import unicodedata
from functools import cache
from importlib.resources import files

COUNT = 5
_BITS = 11
_LONGEST = 1000  # decomposed, and however far apart; to compose more would take as long as somebody wants


@cache
def word_list(lang: str) -> tuple[str, ...]:
    """The 2,048 words of a language, in the order of their numbers."""
    return tuple(files("onggi.words").joinpath(f"heads/{lang}.txt").read_text("utf-8").split())


def say_head(digest: bytes, lang: str) -> str:
    """The five words of a hash."""
    words = word_list(lang)
    return " ".join(words[number] for number in _numbers(digest))


def read_head(text: str) -> tuple[int, ...] | None:
    """The numbers of five words in any of the languages, or nothing where one is in none of the lists."""
    if len(text) > _LONGEST:
        return None
    said = unicodedata.normalize("NFC", text).casefold().replace("-", " ").split()
    for lang in ("en", "ko", "zh"):
        numbers = {word: number for number, word in enumerate(word_list(lang))}
        # Chinese is written without spaces between the five characters as well as with them.
        words = list("".join(said)) if lang == "zh" else said
        if len(words) == COUNT and all(word in numbers for word in words):
            return tuple(numbers[word] for word in words)
    return None


def has_head(digest: bytes, numbers: tuple[int, ...]) -> bool:
    """Whether these are the words of this hash."""
    return _numbers(digest) == numbers


def _numbers(digest: bytes) -> tuple[int, ...]:
    value = int.from_bytes(digest[:8], "big") >> (64 - COUNT * _BITS)
    return tuple(value >> _BITS * (COUNT - 1 - at) & (1 << _BITS) - 1 for at in range(COUNT))
