"""Readings of names, and how far two can be one person."""

from typing import Annotated, TypedDict


class ReadingRow(TypedDict):
    """One way to read a name."""

    surname: Annotated[str | None, "in Hangul; null where the name holds none"]
    given: Annotated[str | None, "the given name in Hangul; null where the name holds none"]
    weight: Annotated[float, "its share among all readings, 0 to 1"]
    system: Annotated[str, "how it is spelled: hangul, hanja, mandarin, mixed, or a system of names.md, §4"]


class FormRow(TypedDict):
    """Words that stand around a name."""

    kind: Annotated[str, "kin (a relative is meant), title or familiar"]
    what: Annotated[str, "which, in one English word: mother, comrade"]


class NameRow(TypedDict):
    """A name and its readings."""

    name: Annotated[str, "as it was given"]
    scripts: Annotated[list[str], "hangul, hanja, latin, kana, cyrillic: those that stand in it"]
    form: Annotated[FormRow | None, "a title or kin word around it"]
    readings: Annotated[list[ReadingRow], "at most twelve, the likeliest first; none where it cannot be read"]
    problem: Annotated[str | None, "why it cannot be read, in the reader's language"]


class SharedRow(TypedDict):
    """A reading that both names can have."""

    surname: Annotated[str | None, "in Hangul"]
    given: Annotated[str | None, "the given name in Hangul"]


class Compared(TypedDict):
    """Two names compared."""

    a: Annotated[str, "as it was given"]
    b: Annotated[str, "as it was given"]
    score: Annotated[float, "0 to 1, no proof; the probability of one person where half of all pairs are one"]
    reading: Annotated[str, "what the score rests on, in the reader's language"]
    shared: Annotated[list[SharedRow], "readings both can have, the likeliest first"]
