"""A calendar of coded titles: read back by a small parser of our own, and refused where it is another's."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.invented import Told, on

from onggi.law.agenda import OWN, Day, is_agenda, list_days, write_agenda
from onggi.law.assess import assess_facts
from onggi.law.facts import Span
from onggi.law.norms import load_norms
from onggi.law.shelf import open_shelf
from onggi.law.timers import Timer, load_timers

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 7, 8, 9, tzinfo=UTC)
CODE = "C-2Z1Z2HX"


def draw(start: int = 0) -> "Counted":
    return Counted(start)


class Counted:
    def __init__(self, start: int) -> None:
        self.next = start

    def __call__(self, count: int) -> bytes:
        self.next += 1
        return self.next.to_bytes(count, "big")


def parse(raw: bytes) -> list[dict[str, str]]:
    """RFC 5545, 3.1 and 3.6.1: unfold, then names and values between BEGIN and END."""
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and raw.endswith(b"\r\n")
    lines = raw.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines[1] == "VERSION:2.0" and lines[2].startswith("PRODID:")
    events: list[dict[str, str]] = []
    for line in lines[3:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line != "END:VEVENT":
            assert name not in events[-1]
            events[-1][name] = value
    return events


def test_what_is_written_is_read_back_with_nothing_else_in_it() -> None:
    days = [Day(date(2030, 6, 1), f"CN-CL-241 {CODE} 1/2"), Day(date(2030, 12, 31), f"notice {CODE}")]
    events = parse(write_agenda(days, NOW, draw()))
    assert [(one["DTSTART;VALUE=DATE"], one["SUMMARY"]) for one in events] == [
        ("20300601", f"CN-CL-241 {CODE} 1/2"),
        ("20301231", f"notice {CODE}"),
    ]
    assert [one["DTEND;VALUE=DATE"] for one in events] == ["20300602", "20310101"]
    assert {one["DTSTAMP"] for one in events} == {"20260601T070809Z"}
    assert {frozenset(one) for one in events} == {
        frozenset({"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "CLASS", "TRANSP"})
    }


def test_uids_are_the_same_for_the_same_draw_and_new_for_each_file() -> None:
    days = [Day(date(2030, 6, 1), f"notice {CODE}"), Day(date(2030, 6, 2), f"notice {CODE}")]
    one = write_agenda(days, NOW, draw())
    assert one == write_agenda(days, NOW, draw())
    uids = [{event["UID"] for event in parse(raw)} for raw in (one, write_agenda(days, NOW, draw(50)))]
    assert len(uids[0] | uids[1]) == 4


RULES = st.sampled_from([*load_norms(), *load_timers(), OWN])
MARKS = st.sampled_from(["", " 1/2", " 2/2"])
DAYS = st.builds(
    lambda day, rule, mark: Day(day, f"{rule} {CODE}{mark}"),
    st.dates(TODAY, date(9999, 12, 30)),
    RULES,
    MARKS,
)


@given(st.lists(DAYS, min_size=1, max_size=20), st.data())
def test_every_calendar_is_ours_and_none_of_which_a_byte_was_changed(
    days: list[Day], data: st.DataObject
) -> None:
    raw = write_agenda(days, NOW, draw())
    assert is_agenda(raw)
    assert [one["SUMMARY"] for one in parse(raw)] == [one.title for one in days]
    at = data.draw(st.integers(0, len(raw) - 1))
    for other in (raw[:at], raw + b"X-NOTE:a name\r\n", raw[:at] + b"\r\nX-A:b" + raw[at:]):
        assert not is_agenda(other)


@pytest.mark.parametrize(
    "title",
    [
        "Kim",
        f"Kim {CODE}",
        f"notice {CODE} in Yanji",
        f"notice {CODE}, 3/2",
        "notice C-2Z1Z2HY",  # the check of the code is wrong
        "notice 60cf6080",
        "notice P-2Z1Z2HX",
        f"notice {CODE}\r\nDESCRIPTION:x",
        f"notice\\, {CODE}",
    ],
)
def test_a_title_that_is_not_coded_is_refused(title: str) -> None:
    assert not is_agenda(write_agenda([Day(TODAY, title)], NOW, draw()))


def test_no_day_is_no_calendar() -> None:
    assert not is_agenda(write_agenda([], NOW, draw()))
    assert not is_agenda(b"") and not is_agenda("é".encode())


def test_a_range_gives_its_first_and_its_last_day_and_what_is_over_is_left_out() -> None:
    rule = load_timers()["notice"]

    def due(earliest: str | None, latest: str | None) -> list[str]:
        span = Span(*(date.fromisoformat(day) if day else None for day in (earliest, latest)))
        found = list_days([], [Timer(rule, "x", (), span, "running")], CODE, TODAY)
        return [f"{one.day} {one.title}" for one in found]

    assert due("2026-06-01", "2026-06-01") == [f"2026-06-01 notice {CODE}"]
    assert due("2026-06-02", "2026-06-09") == [
        f"2026-06-02 notice {CODE} 1/2",
        f"2026-06-09 notice {CODE} 2/2",
    ]
    assert due("2026-05-31", "2026-06-09") == [f"2026-06-09 notice {CODE} 2/2"]
    assert due(None, "2026-06-09") == [f"2026-06-09 notice {CODE} 2/2"]
    assert due("2025-01-01", "2025-01-01") == []
    assert list_days([], [Timer(rule, "x", (), None, "unknown")], CODE, TODAY) == []


def test_the_days_of_a_case_are_those_of_its_periods_and_duties() -> None:
    shelf, _ = open_shelf()
    assert shelf is not None
    told = Told().act("killing", "killing", date=on("2025-06-01")).say("v", "kind", "intervention")
    told.say("v", "intervention_type", "complaint").say("v", "date", span=on("2026-06-01"))
    found = assess_facts(told.facts(), TODAY, shelf)
    days = list_days(found.suggestions, found.timers, CODE, TODAY)
    said = {f"{one.day} {one.title}" for one in days}
    assert f"2026-06-01 receipt {CODE}" in said
    assert f"2040-06-01 CN-CL-232 {CODE} 1/2" in said and f"2045-06-01 CN-CL-232 {CODE} 2/2" in said
    assert is_agenda(write_agenda(days, NOW, draw()))
