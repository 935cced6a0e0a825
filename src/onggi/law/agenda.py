"""Days on which something ends, as an iCalendar file (RFC 5545) that tells nobody else what or about whom.

An all-day event has two words as its title: the id of a rule (a shipped norm or timer) and the code of the
case. Where the last day is a range, `1/2` is the first day it can be and `2/2` the last. No name, place,
content or alarm. Every UID is drawn anew for each file: two calendars share nothing but titles and days.

Pure: the moment and randomness are passed in. Refused: days that are over; a title of anything but such an id
and a code; whatever `write_agenda` would not have written itself (`is_agenda`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from onggi.law.facts import Span
from onggi.law.limitation import Limitation
from onggi.law.norms import load_norms
from onggi.law.qualify import Suggestion
from onggi.law.timers import Timer, load_timers
from onggi.model.entity import read_code

SOON = timedelta(90)
"""From so long before a day on it is told on the first page: a complaint is not written overnight."""

OWN = "OWN"
"""Stands for a rule from a folder of the user's own: its id may be anything, and so it stays inside."""

_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Onggi//Onggi//EN")
_TAIL = "END:VCALENDAR"
_FOLD = 75  # octets in a line, without its end
_TITLE = re.compile(r"([A-Za-z0-9_-]+) (\S+)( [12]/2)?")
_EVENT = re.compile(
    r"BEGIN:VEVENT\r\nUID:([0-9a-f]{32})\r\nDTSTAMP:(\d{8}T\d{6}Z)\r\nDTSTART;VALUE=DATE:(\d{8})\r\n"
    r"DTEND;VALUE=DATE:(?:\d{8})\r\nSUMMARY:([^\r\n]+)\r\n"
    r"CLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
)


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day on which something ends, under its coded title."""

    day: date
    title: str


def list_days(
    suggestions: Iterable[tuple[Suggestion, Limitation]], timers: Iterable[Timer], code: str, today: date
) -> list[Day]:
    """The days of a case from today on, each once; `code` is the code of the case."""
    known = load_norms()
    ends = [
        (one.norm.id if one.norm.id in known else OWN, Span(limit.earliest, limit.latest))
        for one, limit in suggestions
    ]
    ends += [(timer.rule.id, timer.due) for timer in timers if timer.due is not None]
    return sorted(
        {day for rule, span in ends for day in _mark(f"{rule} {code}", span) if today <= day.day < date.max}
    )


def list_soon(days: Iterable[Day], today: date) -> list[Day]:
    """Those that are less than `SOON` away."""
    return [one for one in days if today <= one.day < today + SOON]


def write_agenda(days: Sequence[Day], moment: datetime, randomness: Callable[[int], bytes]) -> bytes:
    """These days as a calendar that was made at `moment` (UTC)."""
    return _write([(randomness(16).hex(), one) for one in days], f"{moment:%Y%m%dT%H%M%SZ}")


def is_agenda(raw: bytes) -> bool:
    """Whether these bytes are what `write_agenda` writes, and so hold nothing but coded titles and days."""
    try:
        text = raw.decode("ascii").replace("\r\n ", "")
        found = [match.groups() for match in _EVENT.finditer(text)]
        events = [
            (uid, Day(datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).date(), title))
            for uid, _, day, title in found
        ]
        stamps = {stamp for _, stamp, _, _ in found}
        datetime.strptime("".join(stamps), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return raw == _write(events, stamps.pop()) and all(_is_coded(one.title) for _, one in events)
    except (ValueError, OverflowError):
        return False


def _mark(title: str, span: Span) -> Iterator[Day]:
    if span.earliest is not None and span.earliest == span.latest:
        yield Day(span.earliest, title)
        return
    if span.earliest is not None:
        yield Day(span.earliest, f"{title} 1/2")
    if span.latest is not None:
        yield Day(span.latest, f"{title} 2/2")


def _is_coded(title: str) -> bool:
    """Nothing in such a title needs escaping (RFC 5545, 3.3.11): it has no comma, semicolon, backslash."""
    found = _TITLE.fullmatch(title)
    if found is None:
        return False
    rule, code = found[1], found[2]
    return (rule == OWN or rule in load_norms() or rule in load_timers()) and (
        read_code(code) == code and code.startswith("C-")
    )


def _write(events: Iterable[tuple[str, Day]], stamp: str) -> bytes:
    lines = [*_HEAD]
    for uid, one in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(1):%Y%m%d}",  # the first day that is no part of it
            f"SUMMARY:{one.title}",
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return b"".join(_fold(line) for line in (*lines, _TAIL))


def _fold(line: str) -> bytes:
    """A content line, folded (RFC 5545, 3.1); all of it is ASCII, so that no letter is cut in two."""
    raw = line.encode("ascii")
    pieces = [raw[:_FOLD], *(raw[at : at + _FOLD - 1] for at in range(_FOLD, len(raw), _FOLD - 1))]
    return b"\r\n ".join(pieces) + b"\r\n"
