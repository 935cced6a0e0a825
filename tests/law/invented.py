"""Facts of invented cases, said one after another."""

from dataclasses import replace
from datetime import date

from onggi.law.facts import Fact, Facts, Span

RECORDED = date(2026, 6, 1)


def year(number: int) -> Span:
    """A whole year."""
    return Span(date(number, 1, 1), date(number, 12, 31))


def on(text: str) -> Span:
    """One day."""
    return Span(date.fromisoformat(text), date.fromisoformat(text))


class Told:
    """A case as it is told."""

    def __init__(self) -> None:
        self.items: list[Fact] = []

    def say(
        self,
        subject: str,
        name: str,
        *values: str,
        denies: bool = False,
        source: str | None = "s1",
        distance: int | None = 2,
        span: Span | None = None,
        id: str | None = None,
        between: tuple[int | None, int | None] = (None, None),
    ) -> "Told":
        """One statement more."""
        fact = Fact(
            id=id or f"{len(self.items):032x}",
            subject=subject,
            property=name,
            values=values,
            denies=denies,
            source=source,
            distance=distance,
            grade="C3",
            span=span,
            recorded=RECORDED,
            between=between,
        )
        self.items.append(fact)
        return self

    def act(self, id: str, type: str, victim: str = "her", by: str | None = "him", **dates: Span) -> "Told":
        """An act with its victim, who did it, and its dates."""
        self.say(id, "kind", "act", source=None).say(id, "type", type).say(id, "victim", victim)
        if by is not None:
            self.say(id, "perpetrator", by)
        for name, span in dates.items():
            self.say(id, name, span=span)
        return self

    def facts(self) -> Facts:
        """What was told."""
        return Facts("case", tuple(self.items))

    def recorded(self, day: date) -> "Told":
        """The same, recorded on another day."""
        self.items = [replace(fact, recorded=day) for fact in self.items]
        return self
