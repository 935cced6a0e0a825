"""What will be recorded of a field while it is being typed: the value that is understood, or why none is.

The same reading as that of recording, so that nothing is understood otherwise later. Floor 5. Pure; names are
looked for in what a vault and the form itself hold, and are given back as places in the text, never as names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from onggi.errors import Finding
from onggi.intake.cast import Cast
from onggi.intake.findings import Spot
from onggi.intake.interview import (
    NAMED_KINDS,
    SOURCE,
    TOLD,
    WHO,
    Answers,
    find_property,
    list_numbers,
    read_interview_day,
    write_told_value,
)
from onggi.intake.suggesting import Suggestion, suggest_places, suggest_properties, suggest_terms
from onggi.intake.values import Asked, read_value
from onggi.ledger.screen import Screen, Span
from onggi.model.naming import Naming, Sort
from onggi.model.value import Date, Value
from onggi.model.vocabulary import Property
from onggi.model.when import When


@dataclass(frozen=True, slots=True)
class Echo:
    """What a field is understood as; what stands against it; what else may be meant."""

    value: Value | None = None
    wrong: Finding | None = None
    suggested: tuple[Suggestion, ...] = ()


def echo_day(answers: Answers) -> Echo:
    """When it was told."""
    day = read_interview_day(answers)
    return Echo(wrong=day) if isinstance(day, Finding) else Echo(day)


def echo_property(answers: Answers, number: int, kind: str | None) -> Echo:
    """Which property a statement says, of an entity of a kind."""
    typed = answers.get(f"{TOLD}-{number}-property", "")
    if not typed.strip() or find_property(answers, number) is not None:
        return Echo()
    found = tuple(suggest_properties(kind, typed))
    where = f"{TOLD}-{number}-property"
    return Echo(None, None if found else Finding("intake.property.unknown", where), found)


def echo_value(answers: Answers, number: int) -> Echo:
    """The value of a statement, as it will be recorded."""
    property = find_property(answers, number)
    typed = answers.get(f"{TOLD}-{number}-value", "").strip()
    if property is None or not typed or "entity" in property.value:
        return Echo()
    read = _read(property, answers, number)
    suggested = tuple(_suggest(property, typed)) if isinstance(read, Finding) else ()
    return Echo(wrong=read, suggested=suggested) if isinstance(read, Finding) else Echo(read)


class Watch:
    """Looks for names in what is typed, as recording will: those of the vault and those of the form.

    Made once for what a vault holds; None: identity is not granted, and only the form's names are known.
    """

    def __init__(self, names: Sequence[Naming] | None, case: str) -> None:
        self.whole = names is not None
        self._names = names or ()
        self._case = case
        self._own: tuple[tuple[Naming, ...], Screen] = ((), Screen((), case))

    @cached_property
    def _screen(self) -> Screen:
        return Screen(self._names, self._case)

    def find_name(self, text: str, answers: Answers) -> Span | None:
        """The first place at which a name stands in a text."""
        names = tuple(_list_names(answers, self._case))
        if names != self._own[0]:
            self._own = (names, Screen(names, self._case))
        found = (screen.find_name(text) for screen in (self._screen, self._own[1]))
        return min((span for span in found if span is not None), default=None)


def _list_names(answers: Answers, case: str) -> Iterator[Naming]:
    for number in list_numbers(answers, WHO):
        typed = answers.get(f"{WHO}-{number}-name", "").strip()
        if typed and answers.get(f"{WHO}-{number}-kind") in NAMED_KINDS:
            yield Naming((typed,), Sort.NAME, case)
    if typed := answers.get(f"{SOURCE}-interpreter", "").strip():
        yield Naming((typed,), Sort.NAME, case)


def _read(property: Property, answers: Answers, number: int) -> Value | Finding:
    day = read_interview_day(answers)
    interview = When(day.edtf) if isinstance(day, Date) else None
    spot = Spot(lambda path: f"{TOLD}-{number}-value", ())
    written = write_told_value(answers, number)
    # No value that names an entity is read here, so nobody is asked who is meant.
    asked = Asked(property, answers.get("lang") or None, interview, cast(Cast, None), spot)
    return read_value(written, asked)


def _suggest(property: Property, typed: str) -> list[Suggestion]:
    if property.vocabulary is not None:
        return suggest_terms(property.vocabulary, typed)
    return suggest_places(typed) if "place" in property.value else []
