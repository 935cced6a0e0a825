"""Which encoding a table of Korean or Chinese names came in: UTF-8, CP949 or GB18030.

What is UTF-8 is nearly never anything else. CP949 and GB18030 share most of their bytes, so both are tried:
where names stand, more words begin with a surname in the right one. Where that does not tell, letters are
counted: CP949 has Hangul where fewer of the frequent Chinese characters lie. Floor 1. Pure but for the table
of surnames. Refused: nothing; what is none of them has no encoding here.
"""

import re

from onggi.names.hangul import fold_syllables, is_hangul
from onggi.names.priors import load_priors
from onggi.names.surnames import load_surnames
from onggi.names.syllabic import list_forms

_KOREAN = 0.85  # of the leading bytes lie where CP949 has Hangul
_LEADS = range(0xB0, 0xC9)  # there
_PAIRS = re.compile(rb"[\x81-\xfe][\x41-\xfe]")
_LOOKED_AT = 1_000_000  # bytes
_WORDS = 4_000  # that are looked at for surnames
_TOLD = 0.2  # by so much of the words one reading must have more surnames than the other
_USUAL = 1e-4  # the chance of a surname that counts
_WORD = re.compile("[가-힣]{2,4}|[一-鿿]{2,4}")


def find_encoding(data: bytes) -> str | None:
    """The first encoding in which all of `data` can be read: utf-8-sig, cp949 or gb18030; None if in none."""
    if _reads(data, "utf-8-sig"):
        return "utf-8-sig"
    return next((encoding for encoding in _guess_legacy(data) if _reads(data, encoding)), None)


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _guess_legacy(data: bytes) -> tuple[str, str]:
    """The likelier of the two first."""
    seen = data[:_LOOKED_AT]
    korean, chinese = (_share_surnames(seen.decode(one, "ignore")) for one in ("cp949", "gb18030"))
    if abs(korean - chinese) < _TOLD:
        leads = [pair[0] for pair in _PAIRS.findall(seen)]
        korean, chinese = sum(lead in _LEADS for lead in leads), _KOREAN * len(leads)
    return ("cp949", "gb18030") if korean >= chinese else ("gb18030", "cp949")


def _share_surnames(text: str) -> float:
    """How many of the words that may be names begin with a surname that people have."""
    words = [found[0] for found, _ in zip(_WORD.finditer(text), range(_WORDS), strict=False)]
    return sum(map(_begins_as_name, words)) / len(words) if words else 0.0


def _begins_as_name(word: str) -> bool:
    if is_hangul(word[0]):
        return load_priors().weigh_surname(fold_syllables(word[0])) > _USUAL
    table = load_surnames().hanja
    return any(sum(table.get(form, {}).values()) > _USUAL for form in list_forms(word[0]))
