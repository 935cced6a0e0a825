"""What the room says of names in the reader's language: how one is read, what stood around it, how two fit.

Floor 1. Pure. Every face says it by these, so that a table in a terminal and one in a page hold the same.
"""

import math

from onggi.names.compare import Comparison
from onggi.names.reading import Name, Reading
from onggi.names.split import Form, Kind
from onggi.words import say

HEADINGS = tuple(f"names.column.{id}" for id in ("weight", "surname", "given", "system"))
"""Ids of what heads each part of `say_reading`."""

_LEAST_SHOWN = 0.001  # the weight of a reading that people are shown; JSON has rarer ones, too
_ABSENT = "–"


def list_likely(name: Name) -> list[Reading]:
    """The readings that people are shown, the likeliest first."""
    return [one for one in name.readings if weigh_reading(one) >= _LEAST_SHOWN]


def weigh_reading(reading: Reading) -> float:
    """Its share among all readings of the text, 0 to 1, to four digits."""
    return round(math.exp(reading.logp), 4)


def say_reading(reading: Reading, lang: str | None = None) -> tuple[str, str, str, str]:
    """What is told of a reading, in the order of HEADINGS; surname and given name in Hangul."""
    return (
        f"{100 * weigh_reading(reading):.1f} %",
        reading.surname or _ABSENT,
        reading.given or _ABSENT,
        say(f"names.system.{reading.by}", lang),
    )


def say_form(form: Form, lang: str | None = None) -> str:
    """That a relative of the person is meant, and which; or that a title was taken off."""
    if form.kind is Kind.KIN:
        return say("names.kin", lang, who=say(f"names.kin.{form.what}", lang))
    return say("names.title", lang)


def say_score(compared: Comparison) -> str:
    """How far two can be one person, 0 to 1, to four digits."""
    return f"{compared.score:.4f}"


def say_comparison(compared: Comparison, lang: str | None = None) -> str:
    """What a score rests on, in a sentence."""
    return say(compared.says, lang, reading=compared.reading)
