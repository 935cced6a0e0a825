"""How pages say a statement in one sentence: days in words, recipients by what they are called. Pure."""

from functools import cache

from onggi.dossier.recipients import list_recipients
from onggi.ledger.sentence import Manner
from onggi.model.value import Date
from onggi.web.days import say_date, say_day


@cache
def speak_plainly(tongue: str) -> Manner:
    """The manner of pages in a language; a recipient that a later program added stays as it is written."""
    names = {one.id: one.name(tongue) for one in list_recipients()}

    def say_remembered(value: Date) -> str:
        told = say_date(value, tongue)
        return f"{told} “{value.words}”" if is_telling(value, told) else told

    return Manner(lambda day: say_day(day, tongue), say_remembered, lambda id: names.get(id, id))


def is_telling(value: Date, told: str) -> bool:
    """Whether the words in which a date was said tell more than `told`, which says it in ours."""
    return bool(value.words) and value.words != told
