"""Korean, Chinese and English dates as people say them, read into a `When` that says no more than they did.

Floor 2. Pure; no clock: 작년, 去年, last year are read only against the interview date that is passed in.
The rules, with examples and what is not read, are in docs/design/dates.md.

Refuses, as a finding, a phrase of which one word is not understood: a "before" or a "not" that is dropped
turns a date into its opposite. Never raises on any text.
"""

import re
import unicodedata

from onggi.errors import Finding, OnggiError
from onggi.model.phrase import Phrase, write_phrase
from onggi.model.spoken_en import read_english
from onggi.model.spoken_ko import read_korean
from onggi.model.spoken_zh import read_chinese
from onggi.model.when import When

# Counted after normalisation, so that decomposed Hangul is not a longer date than composed; before it, four
# times.
_LONGEST = 200
_LONGEST_RAW = 4 * _LONGEST
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_HAN = re.compile("[\u3007\u3400-\u9fff]")
_TICKS = str.maketrans("‘’`´′＇", "''''''")
_SPACES = re.compile(r"\s+")
# Between two figures a space tells where a number ends; elsewhere Korean and Chinese do not need it.
_FREE_SPACES = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_FIGURES = re.compile(r"([0-9]{4})(?:[-.] ?([0-9]{1,2})\.?|([-./]) ?([0-9]{1,2})\3 ?([0-9]{1,2})\.?)?")


def read_spoken(text: str, lang: str | None = None, interview: When | None = None) -> When | Finding:
    """The date that was said, with its words kept; or what stands against reading it.

    `lang` is en, ko or zh, and is told by the script if it is not given. `interview` is the date on which
    the words were said, as exactly as it is known.
    """
    plain = _normalise(text) if len(text) <= _LONGEST_RAW else ""
    spoken_in = lang or tell_language(plain)
    try:
        phrase = _read_phrase(plain, spoken_in) if len(plain) <= _LONGEST else None
        if phrase is None:
            return _find("model.when.unreadable")
        return When(write_phrase(phrase, interview), text, spoken_in)
    except OnggiError as error:
        return _find(error.id)


def _find(code: str) -> Finding:
    return Finding(code, "words")


def _normalise(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).translate(_TICKS)).strip().lower()


def tell_language(text: str) -> str | None:
    """The language (ko, zh, en) whose script a text is in; figures alone are in none."""
    if _HANGUL.search(text):
        return "ko"
    if _HAN.search(text):
        return "zh"
    return "en" if any(c.isalpha() for c in text) else None


def _read_phrase(text: str, lang: str | None) -> Phrase | None:
    if match := _FIGURES.fullmatch(text):
        year, month, _, month_of_day, day = match.groups()
        return Phrase(year=year, month=month or month_of_day, day=day)
    if lang == "ko":
        return read_korean(_FREE_SPACES.sub("", text))
    if lang == "zh":
        return read_chinese(_FREE_SPACES.sub("", text))
    if lang in ("en", None):
        return read_english(_SPACES.sub(" ", text.replace(",", " ").replace("-", " ")).strip())
    return None
