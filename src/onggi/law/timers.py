"""From recorded events to dates: until when an authority must act, and until when our side can.

A timer starts on the recorded date of an intervention or act; a date that is a range gives a range. Days end
at midnight of the place's time zone, which is told with each.

Pure; `today` is passed in. Refused: a date where none is recorded; then the timer stands there without one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from onggi.errors import Finding
from onggi.law.avenues import load_avenues
from onggi.law.entry import (
    CONFIDENCE,
    Kind,
    Texts,
    build_patterns,
    check_choice,
    check_flag,
    check_patterns,
    check_strings,
    load_entries,
    shipped_file,
)
from onggi.law.facts import Facts, Span, hull
from onggi.law.limitation import OPEN, judge_span
from onggi.law.norms import load_norms
from onggi.law.pattern import Pattern
from onggi.model.sheet import Sheet, check_keys, check_texts
from onggi.model.when import measure_month

RUNNING = "running"

_KEYS = frozenset(
    {"when", "days", "months", "norm", "avenue", "zone", "whose", "uncertain", "source", "confidence", "text"}
)


@dataclass(frozen=True, slots=True)
class TimerRule:
    """A duty: the statements that start it, how long it runs, under which norm or avenue, and whose it is.

    `sources` and `confidence` (high, medium, low) are those of the period.
    """

    id: str
    when: tuple[Pattern, ...]
    days: int
    months: int
    norm: str | None
    avenue: str | None
    zone: str
    whose: str
    uncertain: bool
    sources: tuple[str, ...]
    confidence: str
    texts: Texts = field(hash=False)


@dataclass(frozen=True, slots=True)
class Timer:
    """A duty of this case; `due` is the range of its last day, None where no date is recorded.

    `status` is running, past, depends or unknown.
    """

    rule: TimerRule
    subject: str
    statements: tuple[str, ...]
    due: Span | None
    status: str


@cache
def load_timers() -> Mapping[str, TimerRule]:
    """Every rule by its id."""
    return MappingProxyType(load_entries(_TIMER, shipped_file("timers.toml")))


def run_timers(facts: Facts, today: date) -> list[Timer]:
    """Every duty that a recorded event has started, the first due first."""
    found = []
    for rule in load_timers().values():
        for subject, ids in _find_subjects(facts, rule).items():
            dates = [fact for fact in facts.about(subject, "date") if fact.span is not None]
            began = hull(fact.span for fact in dates if fact.span is not None)
            due = None if began is None else Span(_add(began.earliest, rule), _add(began.latest, rule))
            statements = tuple(sorted({*ids, *(fact.id for fact in dates)}))
            found.append(Timer(rule, subject, statements, due, _judge(due, today)))
    return sorted(found, key=lambda timer: (_first(timer), timer.rule.id, timer.subject))


def _find_subjects(facts: Facts, rule: TimerRule) -> dict[str, set[str]]:
    """Whatever has every statement that the rule asks for, with their ids."""
    found: dict[str, set[str]] | None = None
    for pattern in rule.when:
        here: dict[str, set[str]] = {}
        for fact in facts.matching(pattern):
            if not fact.denies and (found is None or fact.subject in found):
                here.setdefault(fact.subject, set(found[fact.subject] if found else ())).add(fact.id)
        found = here
    return dict(sorted((found or {}).items()))


def _add(day: date | None, rule: TimerRule) -> date | None:
    if day is None:
        return None
    months = day.month - 1 + rule.months
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, measure_month(year, month))) + timedelta(rule.days)


def _judge(due: Span | None, today: date) -> str:
    status = judge_span(due or Span(None, None), today)
    return RUNNING if status == OPEN else status


def _first(timer: Timer) -> date:
    return timer.due.earliest or date.max if timer.due else date.max


def _check_timer(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Any]:
    path = ("timer", id)
    yield from check_keys(sheet, table, _KEYS, *path)
    yield from check_texts(sheet, table, "text", *path)
    yield from check_patterns(sheet, table, "when", *path)
    yield from check_choice(sheet, table, "whose", ("authority", "ours"), *path)
    yield from check_choice(sheet, table, "zone", ("Asia/Shanghai", "UTC"), *path)
    yield from check_flag(sheet, table, "uncertain", *path)
    yield from check_strings(sheet, table, "source", *path)
    if not table.get("source"):
        yield Finding("law.entry.no_source", sheet.find_line(*path))
    yield from check_choice(sheet, table, "confidence", CONFIDENCE, *path)
    if "norm" in table:
        yield from check_choice(sheet, table, "norm", tuple(load_norms()), *path)
    if "avenue" in table:
        yield from check_choice(sheet, table, "avenue", tuple(load_avenues()), *path)


def _build_timer(id: str, table: dict[str, Any]) -> TimerRule:
    return TimerRule(
        id=id,
        when=build_patterns(table, "when"),
        days=table.get("days", 0),
        months=table.get("months", 0),
        norm=table.get("norm"),
        avenue=table.get("avenue"),
        zone=table["zone"],
        whose=table["whose"],
        uncertain=table.get("uncertain", False),
        sources=tuple(table["source"]),
        confidence=table["confidence"],
        texts=MappingProxyType(table["text"]),
    )


_TIMER = Kind("timer", _check_timer, _build_timer)
