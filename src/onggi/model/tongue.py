"""How a language counts back from today: the words that differ, and the one way in which they are read.

Floor 2. Pure. The grammars `spoken_ko`, `spoken_zh` and `spoken_en` name their parts alike, so that this is
said once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onggi.model.parts import Parts, read_digits
from onggi.model.phrase import Back, Phrase, Third, count_back, count_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The words of one language for years, months and days back, for numbers, and for thirds of a month."""

    years_back: Mapping[str, int]
    months_back: Mapping[str, int]
    days_back: Mapping[str, tuple[int, int]]
    thirds: Mapping[str, Third]
    counts: Mapping[str, str] = field(default_factory=dict)


def read_back(parts: Parts, tongue: Tongue) -> Phrase:
    """A phrase that counts back in months, weeks or days, or says no more than "recently"."""
    return Phrase(
        back=_find_back(parts, tongue),
        day=read_digits(parts, "day"),
        third=tongue.thirds.get(parts.get("third", "")),
        approximate=is_vague(parts),
        uncertain="maybe" in parts,
    )


def find_years_back(parts: Parts, tongue: Tongue) -> Back | None:
    """How many years back, for a phrase that may go on with a month or a season."""
    if "last" in parts:
        return Back("year", 0, 1)
    if "years_back" in parts:
        years = tongue.years_back[parts["years_back"]]
        return Back("year", years, years)
    counted = read_digits(parts, "counted", tongue.counts)
    return None if counted is None else count_back("year", int(counted))


def is_vague(parts: Parts) -> bool:
    """Whether the speaker said "about", or named only a part of a month, season or year."""
    return not parts.keys().isdisjoint(("roughly", "about", "edge", "third"))


def _find_back(parts: Parts, tongue: Tongue) -> Back:
    if "months_back" in parts:
        back = tongue.months_back[parts["months_back"]]
        return Back("month", back, back)
    if "days_back" in parts:
        return Back("day", *tongue.days_back[parts["days_back"]])
    if months := read_digits(parts, "months", tongue.counts):
        return count_back("month", int(months))
    if days := read_digits(parts, "days", tongue.counts):
        return count_back("day", int(days))
    if weeks := read_digits(parts, "weeks", tongue.counts):
        return count_weeks(int(weeks))
    return Back("sometime")
