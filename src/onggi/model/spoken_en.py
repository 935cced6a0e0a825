"""English dates, taken apart into a `Phrase`.

Floor 2. Pure. Reads text that `spoken` has normalised: lower case, single spaces, no commas. Each
expression must take the whole text and repeats nothing without a bound. Refuses, with None, anything else:
"last March", which may be this year's, and every date that puts day or month first in figures.
"""

import re
from collections.abc import Iterable

from onggi.model.parts import Parts, gather_parts, read_digits, read_year
from onggi.model.phrase import Phrase, Third
from onggi.model.tongue import Tongue, find_years_back, is_vague, read_back

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_NAMES = {name: str(number) for number, name in enumerate(_MONTHS, 1)}
_MONTH_NAMES |= {name[:3]: number for name, number in _MONTH_NAMES.items()} | {"sept": "9"}
_COUNTS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_COUNTS |= {
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "twenty": "20",
}
_YEARS_BACK = {"this year": 0, "last year": 1, "the year before last": 2, "year before last": 2}
_MONTHS_BACK = {"this month": 0, "last month": 1, "the month before last": 2}
_DAYS_BACK = {"today": (0, 0), "yesterday": (1, 1), "the day before yesterday": (2, 2), "last week": (1, 13)}
_SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
_FEASTS = {
    **dict.fromkeys(("lunar new year", "chinese new year", "spring festival"), "lunar-new-year"),
    **dict.fromkeys(("seollal", "korean new year"), "either-new-year"),
    **dict.fromkeys(("chuseok", "mid autumn festival"), "mid-autumn"),
    **dict.fromkeys(("new year's day", "new year's"), "new-year"),
    "dano": "double-fifth",
    "day of the sun": "sun",
    "day of the shining star": "shining-star",
}
_DECADES = {"fifties": "50", "sixties": "60", "seventies": "70", "eighties": "80", "nineties": "90"}
_THIRDS: dict[str, Third] = {
    **dict.fromkeys(("early", "beginning of", "start of"), "early"),
    **dict.fromkeys(("mid", "middle of"), "middle"),
    **dict.fromkeys(("late", "end of"), "late"),
}
_SOMETIME = ("recently", "lately", "not long ago", "long ago", "a long time ago")
_COUNT = "[0-9]{1,3}|" + "|".join(_COUNTS)


def _either(words: Iterable[str]) -> str:
    """An expression for any of these words; the longer are tried first, since some begin like others."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _year(place: int) -> str:
    return rf"""(?:
        (?P<year_{place}>[0-9]{{4}})
      | (?P<tick_{place}>')(?P<short_{place}>[0-9]{{2}})
      | (?P<years_back_{place}>{_either(_YEARS_BACK)})
      | (?P<counted_{place}>{_COUNT})\ years?\ ago
    )"""


def _third(place: int) -> str:
    return rf"(?:(?:the\ )?(?P<third_{place}>{_either(_THIRDS)})\ )?"


_LEAD = r"""
    (?:(?:in|on|at|during)\ )?(?:(?P<maybe>maybe|perhaps|possibly|probably)\ )?(?:(?:in|on|at|during)\ )?
    (?:(?P<roughly>about|around|approximately|roughly|circa|c\.|ca\.)\ ?)?
"""
_DATE = re.compile(
    rf"""
    {_LEAD}
    (?:
        (?:
            {_third(1)}(?P<month_1>{_either(_MONTH_NAMES)})\.?(?:\ (?P<day_1>[0-9]{{1,2}})(?:st|nd|rd|th)?)?
          | (?:the\ )?(?P<day_2>[0-9]{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?
            (?P<month_2>{_either(_MONTH_NAMES)})\.?
          | (?:the\ )?(?:(?P<edge>early|mid|late)\ )?(?P<season_1>{_either(_SEASONS)})
          | (?:the\ )?(?P<half>first|second)\ half
          | (?P<feast>{_either(_FEASTS)})
        )(?:\ (?:of\ |in\ )?{_year(1)})?
      | {_third(2)}{_year(2)}
      | (?P<last>last)\ (?P<season_2>{_either(_SEASONS)})
      | {_third(3)}(?:the\ )?{_third(4)}(?:
            (?P<tick_3>')?(?P<decade>[0-9]{{4}}|[0-9]{{2}})'?s | (?P<decade_name>{_either(_DECADES)})
        )
      | juche\ (?P<juche>[0-9]{{1,3}})(?:\ ?\((?P<year_3>[0-9]{{4}})\))?
    )
    """,
    re.VERBOSE,
)
_BACK = re.compile(
    rf"""
    {_LEAD}
    (?:
        {_third(1)}(?P<months_back>{_either(_MONTHS_BACK)})
      | (?P<months>{_COUNT})\ months?\ ago
      | (?P<days_back>{_either(_DAYS_BACK)})
      | (?P<days>{_COUNT})\ days?\ ago
      | (?P<weeks>{_COUNT})\ weeks?\ ago
      | (?P<sometime>{_either(_SOMETIME)}|(?:a\ few|some|several|many)\ (?:days|weeks|months|years)\ ago)
    )
    """,
    re.VERBOSE,
)
_TONGUE = Tongue(
    years_back=_YEARS_BACK, months_back=_MONTHS_BACK, days_back=_DAYS_BACK, thirds=_THIRDS, counts=_COUNTS
)


def read_english(text: str) -> Phrase | None:
    """The parts of an English date, or None."""
    if match := _DATE.fullmatch(text):
        return _read_date(gather_parts(match))
    if match := _BACK.fullmatch(text):
        return read_back(gather_parts(match), _TONGUE)
    return None


def _read_date(parts: Parts) -> Phrase:
    return Phrase(
        year=read_year(parts) or parts.get("short") or _DECADES.get(parts.get("decade_name", "")),
        juche=parts.get("juche"),
        tick="tick" in parts,
        decade="decade" in parts or "decade_name" in parts,
        back=find_years_back(parts, _TONGUE),
        month=read_digits(parts, "month", _MONTH_NAMES),
        day=parts.get("day"),
        third=_THIRDS.get(parts.get("third", "")),
        season=_SEASONS.get(parts.get("season", "")),
        half=parts.get("half"),
        feast=_FEASTS.get(parts.get("feast", "")),
        approximate=is_vague(parts),
        uncertain="maybe" in parts,
    )
