"""The legal section: elements, guards, and until when as a picture with a table that says the same."""

from typing import TypeVar

import pytest
from tests.dossier.tellings import EVERYTHING, tell
from tests.ledger.invented import point, state

from onggi.dossier.sections import legal
from onggi.model.value import Date, Term
from onggi.model.when import When
from onggi.paper.document import Block, Heading, List, Note, Paragraph, Picture, Table
from onggi.words import LANGUAGES, say

Kind = TypeVar("Kind")
KILLED = (
    state("t", "type", Term("acts", "killing"), "sale", source="paper"),
    point("v", "victim", "woman", "sale", source="paper"),
    state("l", "left_on", Date.of(When("2010")), "woman", source="paper"),
)


def find(blocks: tuple[Block, ...], kind: type[Kind]) -> list[Kind]:
    return [block for block in blocks if isinstance(block, kind)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_until_when_is_a_picture_and_a_table_that_says_the_same(lang: str) -> None:
    told = tell(EVERYTHING, lang)
    blocks = legal.tell(told)
    pictures = find(blocks, Picture)
    assert pictures and all(say("law.notice", lang) in str(one.caption) for one in pictures)
    timed = [(one, limit) for one, limit in told.law.suggestions if one.elements and limit.readings]
    table = find(blocks, Table)[-1]
    rows = [" ".join(map(str, row)) for row in table.rows]
    for one, limit in timed:
        for reading in limit.readings:
            kind = say(f"law.reading.{reading.id}", lang)
            (row,) = [row for row in rows if one.norm.id in row and kind in row]
            days = [day for _, span in reading.tiers for day in (span.earliest, span.latest) if day]
            assert all(day.isoformat() in row for day in days)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_twenty_years_are_not_told_as_past_without_the_approval_that_is_possible(lang: str) -> None:
    told = tell((*KILLED, state("d", "date", Date.of(When("2001-06-01")), "sale", source="paper")), lang)
    rows = [" ".join(map(str, row)) for row in find(legal.tell(told), Table)[-1].rows]
    killing = [row for row in rows if "CN-CL-232" in row]
    (approval,) = [row for row in killing if say("law.reading.approval", lang) in row]
    assert say("law.counted.depends", lang) in approval and say("law.span.never", lang) in approval
    assert any(say("law.counted.past", lang) in row for row in killing)
    whole = repr(legal.tell(told))
    assert say("law.assume.approval", lang) in str(find(legal.tell(told), List)[-1])
    assert say("law.limit.past_on_every_reading", lang) not in whole


def test_every_number_has_its_sentence() -> None:
    blocks = legal.tell(tell())
    notes = find(blocks, List)[-1].items
    assert [str(note).split("]")[0] for note in notes] == [f"[{at}" for at in range(1, len(notes) + 1)]
    table = find(blocks, Table)[-1]
    told = " ".join(str(row) for row in table.rows)
    assert all(f"[{at}]" in told for at in range(1, len(notes) + 1))


def test_a_bound_names_a_statement_by_its_number_alone() -> None:
    told = tell(KILLED)
    number = next(told.numbers[held.id] for held in told.held if held.statement.what.property == "left_on")
    text = repr(legal.tell(told))
    assert f"(statement {number})" in text
    assert not [id for id in told.numbers if id in text]


def test_no_period_tells_when_something_was_recorded() -> None:
    told = tell(KILLED)
    recorded = {fact.recorded for fact in told.law.facts.items}
    assert {day and day.isoformat() for day in recorded} == {told.day}
    assert f"Not after {told.day}" in repr(legal.tell(told))


def test_it_says_that_no_lawyer_has_looked_and_how_sure_each_norm_is() -> None:
    blocks = legal.tell(tell())
    assert find(blocks, Note)
    said = [line for block in find(blocks, Paragraph) for line in str(block.text).splitlines()]
    norms = [block for block in find(blocks, Heading) if block.level == 2]
    assert said.count(say("law.notice", "en")) == len(norms) - 1
    assert sum(text.startswith("confidence ") for text in said) == len(norms) - 1


def test_a_crime_that_never_lapses_has_no_unknown_last_day() -> None:
    assert "no last day" in repr(legal.tell(tell(KILLED)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_needs_a_complaint_is_said_without_a_command(lang: str) -> None:
    beaten = (
        state("t", "type", Term("acts", "beating"), "sale", source="paper"),
        point("v", "victim", "woman", "sale", source="paper"),
    )
    said = repr(legal.tell(tell(beaten, lang)))
    assert say("law.page.complaint_only", lang) in said
    assert "onggi" not in said, "whoever reads it has a document and no program"
