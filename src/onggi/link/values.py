"""What a cell says, by its kind: a sex, a year, a day, plain words (§2).

Floor 4. Pure. What cannot be read is missing, which is not a difference.
"""

import re
import unicodedata

_SEXES = {
    "woman": "f female w woman girl fem weiblich femme ж жен женский 여 여자 여성 녀 녀자 녀성 女 女性 2",
    "man": "m male man boy masc männlich homme м муж мужской 남 남자 남성 男 男性 男士 1",
}
_SEX = {word: sex for sex, words in _SEXES.items() for word in words.split()}
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_PACKED = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_ORDERED = re.compile(r"(?<!\d)((?:18|19|20)\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)")
_TURNED = re.compile(r"(?<!\d)(\d{1,2})[./ -](\d{1,2})[./ -]((?:18|19|20)\d\d)(?!\d)")


def read_sex(text: str) -> str | None:
    """woman or man, in the words that lists use."""
    return _SEX.get(text.strip(" .").casefold())


def read_year(text: str) -> int | None:
    """The first year of four figures; `1975.3.2` is 1975."""
    found = _YEAR.search(text) or _PACKED.search(text)
    return int(found[1]) if found else None


def read_day(text: str) -> int | None:
    """A day as the number yyyymmdd; of `3/4/1975` the 3 is taken for the day, as most of the world does."""
    if found := _PACKED.search(text) or _ORDERED.search(text):
        year, month, day = map(int, found.groups())
    elif found := _TURNED.search(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    if month > 12 >= day:
        month, day = day, month
    return year * 10000 + month * 100 + day if 1 <= month <= 12 and 1 <= day <= 31 else None


def fold_text(text: str) -> str:
    """Small letters without marks, spaces as one; Hangul stays whole."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(letter)
    )
    return " ".join(unicodedata.normalize("NFC", plain).split())
