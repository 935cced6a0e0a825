"""What a spoken date says, taken apart, and the EDTF that says no more than it.

Floor 2. Pure; no clock: what is counted back is counted from the interview date that is passed in. The
rules and their reasons are in docs/design/dates.md. Refuses relative dates without an interview date, days
that cannot be, Juche and Gregorian years that disagree, and phrases whose parts do not belong together.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from onggi.errors import Exit, OnggiError
from onggi.model.moon import UNKNOWN_YEAR, bound_moon
from onggi.model.when import Day, When, format_day, measure_month, shift_days

Third: TypeAlias = Literal["early", "middle", "late"]

_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "winter": "24"}
_HALVES = {"first": ("01", "06"), "second": ("07", "12")}
_THIRDS_OF_YEAR = {"early": ("01", "04"), "middle": ("05", "08"), "late": ("09", "12")}
_THIRDS_OF_DECADE = {"early": ("0", "3"), "middle": ("4", "6"), "late": ("7", "9")}
_FIRST_OF_THIRD = {"early": 1, "middle": 11, "late": 21}

# Feasts that move lie between two days; those of the lunar calendar that have no fixed span here are in
# _MOON_FEASTS.
_FEASTS = {
    "new-year": ("01-01", "01-01"),
    "lunar-new-year": ("01-21", "02-21"),
    "either-new-year": ("01-01", "02-21"),
    "shining-star": ("02-16", "02-16"),
    "clear-bright": ("04-04", "04-06"),
    "sun": ("04-15", "04-15"),
    "mid-autumn": ("09-07", "10-08"),
    "china-national": ("10-01", "10-01"),
}
_MOON_FEASTS = {"first-full-moon": (1, 15), "double-fifth": (5, 5)}

# Juche 1 is the year 1912.
_JUCHE = 1911
# "50 years ago" and "before '50" are one phrase in Korean and Chinese; so many years back are not read.
_FAR = {"year": 49, "month": 120, "week": 120, "day": 400}


@dataclass(frozen=True, slots=True)
class Back:
    """Counted back from the interview: so many units at least and at most; `sometime` has no lower bound."""

    unit: Literal["year", "month", "day", "sometime"]
    least: int = 0
    most: int = 0
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The parts that were said; what was not said is None. Numbers are decimal digits as said."""

    year: str | None = None
    juche: str | None = None
    tick: bool = False
    decade: bool = False
    back: Back | None = None
    month: str | None = None
    day: str | None = None
    third: Third | None = None
    season: str | None = None
    half: str | None = None
    feast: str | None = None
    moon: bool = False
    moon_name: bool = False
    approximate: bool = False
    uncertain: bool = False


def write_phrase(phrase: Phrase, interview: When | None = None) -> str:
    """The EDTF of a phrase. Raises OnggiError with one of the ids `model.when.*`."""
    _check_phrase(phrase)
    if phrase.back is None:
        year, inferred = _write_year(phrase, interview)
        return _join(_write_in_year(phrase, year), phrase.approximate, phrase.uncertain or inferred)
    if interview is None or interview.earliest is None or interview.latest is None:
        raise _refuse("relative")
    sides = _count_back(phrase, phrase.back, _split_day(interview.earliest), _split_day(interview.latest))
    approximate = phrase.approximate or (phrase.back.counted and bool(phrase.back.most))
    return _join(sides, approximate, phrase.uncertain or interview.uncertain)


def count_back(unit: Literal["year", "month", "day"], count: int) -> Back:
    """So many units ago, as people count: from five on, a fifth more or less."""
    if count > _FAR[unit]:
        raise _refuse("unreadable")
    return Back(unit, count - count // 5, count + count // 5, counted=True)


def count_weeks(count: int) -> Back:
    """So many weeks ago: on any day of that week, by whichever day weeks begin with."""
    if count > _FAR["week"]:
        raise _refuse("unreadable")
    spare = 6 + 7 * (count // 5)
    return Back("day", max(0, 7 * count - spare), 7 * count + spare, counted=True)


def _refuse(why: str) -> OnggiError:
    return OnggiError(f"model.when.{why}", exit_code=Exit.USAGE)


def _check_phrase(phrase: Phrase) -> None:
    frames = [phrase.month, phrase.season, phrase.half, phrase.feast]
    parts = [part for part in frames if part is not None]
    years = [part for part in (phrase.year or phrase.juche, phrase.back) if part is not None]
    misplaced = (
        len(parts) > 1
        or len(years) > 1
        or (phrase.day is not None and phrase.month is None and not _is_back(phrase, "month"))
        or (phrase.day is not None and phrase.third is not None)
        or (phrase.third is not None and (phrase.season or phrase.half or phrase.feast) is not None)
        or (phrase.moon and (phrase.month is None or phrase.decade))
        or (phrase.decade and bool(parts))
        or (_is_back(phrase, "month") and bool(parts))
        or ((_is_back(phrase, "day") or _is_back(phrase, "sometime")) and bool(parts or phrase.third))
        or not (parts or years)
    )
    if misplaced:
        raise _refuse("unreadable")
    longest = 30 if phrase.moon else 31
    if phrase.month is not None and not 1 <= int(phrase.month) <= 12:
        raise _refuse("impossible")
    if phrase.day is not None and not 1 <= int(phrase.day) <= longest:
        raise _refuse("impossible")


def _is_back(phrase: Phrase, unit: str) -> bool:
    return phrase.back is not None and phrase.back.unit == unit


def _write_year(phrase: Phrase, interview: When | None) -> tuple[str, bool]:
    """Four digits of EDTF, and whether the century is our inference."""
    if phrase.juche is not None:
        year = f"{int(phrase.juche) + _JUCHE:04}"
        if len(year) > 4 or int(phrase.juche) == 0:
            raise _refuse("unreadable")
        if phrase.year is not None and phrase.year != year:
            raise _refuse("juche")
        return year, False
    if phrase.year is None:
        return UNKNOWN_YEAR, False
    inferred = len(phrase.year) == 2
    year = _infer_century(phrase, interview) if inferred else phrase.year
    if len(year) != 4:
        raise _refuse("unreadable")
    return (_open_decade(year, phrase.third is not None, inferred) if phrase.decade else year), inferred


def _infer_century(phrase: Phrase, interview: When | None) -> str:
    said = phrase.year or ""
    alone = phrase.month is None and phrase.season is None and phrase.half is None and phrase.feast is None
    # A bare small number before "years" is more likely a length of time.
    if alone and not phrase.tick and not phrase.decade and (phrase.moon or int(said) < 50):
        raise _refuse("unreadable")
    century = 19 if int(said) >= 30 else 20
    late = (
        interview is not None and interview.latest is not None and f"{century}{said}" > interview.latest[:4]
    )
    return f"{century - 1 if late else century}{said}"


def _open_decade(year: str, in_thirds: bool, inferred: bool) -> str:
    if year[3] != "0":
        raise _refuse("unreadable")
    if year[2:] != "00" or inferred:
        return year[:3] + "X"
    # "The 2000s" are ten years to some and a hundred to others. Its early years are the former, since the
    # latter has only begun; of "the early 1900s" nobody can say.
    if in_thirds:
        if year != "2000":
            raise _refuse("unreadable")
        return "200X"
    return year[:2] + "XX"


def _write_in_year(phrase: Phrase, year: str) -> tuple[str, str]:
    """First and last EDTF date of what was said, in one year; the same twice if it is one date."""
    if phrase.feast is not None:
        return _write_feast(phrase.feast, year)
    if phrase.moon and phrase.month is not None:
        return _write_moon(phrase, year, int(phrase.month))
    if phrase.month is not None:
        return _write_in_month(phrase, year, int(phrase.month))
    if phrase.season is not None:
        season = f"{year}-{_SEASONS[phrase.season]}"
        return season, season
    if phrase.half is not None:
        first, last = _HALVES[phrase.half]
        return f"{year}-{first}", f"{year}-{last}"
    if phrase.third is None:
        return year, year
    if phrase.decade:
        first, last = _THIRDS_OF_DECADE[phrase.third]
        return year[:3] + first, year[:3] + last
    first, last = _THIRDS_OF_YEAR[phrase.third]
    return f"{year}-{first}", f"{year}-{last}"


def _write_feast(feast: str, year: str) -> tuple[str, str]:
    if feast in _FEASTS:
        first, last = _FEASTS[feast]
        return f"{year}-{first}", f"{year}-{last}"
    month, day = _MOON_FEASTS[feast]
    return _require(bound_moon(year, month, day, day))


def _write_moon(phrase: Phrase, year: str, month: int) -> tuple[str, str]:
    if phrase.day is not None:
        first = last = int(phrase.day)
    else:
        first, last = _bound_third(phrase.third, 30)
    start, end = _require(bound_moon(year, month, first, last))
    # 정월 and 正月 are lunar, but some say them of January.
    return (f"{year}-01-01" if phrase.moon_name and month == 1 else start), end


def _require(bounds: tuple[str, str] | None) -> tuple[str, str]:
    if bounds is None:
        raise _refuse("unreadable")
    return bounds


def _write_in_month(phrase: Phrase, year: str, month: int) -> tuple[str, str]:
    written = f"{year}-{month:02}"
    if phrase.day is not None:
        day = f"{written}-{int(phrase.day):02}"
        return day, day
    if phrase.third is None:
        return written, written
    # 29 days for a February of an unknown year: the longest it can be.
    length = measure_month(2000 if year == UNKNOWN_YEAR else int(year), month)
    first, last = _bound_third(phrase.third, length)
    return f"{written}-{first:02}", f"{written}-{last:02}"


def _bound_third(third: Third | None, length: int) -> tuple[int, int]:
    if third is None:
        return 1, length
    first = _FIRST_OF_THIRD[third]
    return first, length if third == "late" else first + 9


def _count_back(phrase: Phrase, back: Back, earliest: Day, latest: Day) -> tuple[str, str]:
    """First and last EDTF date of what was said, counted from an interview between two days."""
    if back.unit == "sometime":
        return "", format_day(latest)
    if back.unit == "day":
        return _written(shift_days(earliest, -back.most)), _written(shift_days(latest, -back.least))
    if back.unit == "month":
        return (
            _write_in_month(phrase, *_shift_month(earliest, back.most))[0],
            _write_in_month(phrase, *_shift_month(latest, back.least))[1],
        )
    # Which spring was "three years ago in spring" is told less surely than which year.
    framed = any(
        part is not None for part in (phrase.month, phrase.season, phrase.half, phrase.feast, phrase.third)
    )
    spare = 1 if back.counted and framed else 0
    first, last = earliest[0] - back.most - spare, latest[0] - back.least + spare
    if first < 0:
        raise _refuse("unreadable")
    return _write_in_year(phrase, f"{first:04}")[0], _write_in_year(phrase, f"{last:04}")[1]


def _shift_month(day: Day, months: int) -> tuple[str, int]:
    year, index = divmod(day[0] * 12 + day[1] - 1 - months, 12)
    if year < 0:
        raise _refuse("unreadable")
    return f"{year:04}", index + 1


def _written(day: Day) -> str:
    if not 0 <= day[0] <= 9999:
        raise _refuse("unreadable")
    return format_day(day)


def _split_day(text: str) -> Day:
    year, month, day = text.split("-")
    return int(year), int(month), int(day)


def _join(sides: tuple[str, str], approximate: bool, uncertain: bool) -> str:
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}.get((approximate, uncertain), "")
    first, last = sides
    if first == last:
        return first + mark
    return f"{first + mark if first else ''}/{last}{mark}"
