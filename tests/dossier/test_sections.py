"""Each section of what is shown, much or next to nothing; a document of them can be made."""

import pytest
from tests.dossier.matters import describe
from tests.dossier.tellings import EVERYTHING, tell
from tests.ledger.invented import point, state

from onggi.dossier.compose import compose_document
from onggi.dossier.forms import FORMS
from onggi.dossier.sections import (
    challenge,
    chronology,
    contradictions,
    cuts,
    evidence,
    facts,
    method,
    people,
    response,
    sources,
    summary,
    verification,
)
from onggi.figures.timeline import MOST_READ, Event
from onggi.model.statement import Statement
from onggi.model.value import Date, Term, Text
from onggi.model.when import When
from onggi.paper.checking import find_faults
from onggi.paper.document import Document, Facts, Heading, List, Picture, Quote, Reference, Table, say_line
from onggi.paper.pdf import make_pdf
from onggi.words import LANGUAGES, say

SECTIONS = (
    *(challenge, chronology, contradictions, cuts, evidence, facts, method, people, response, sources),
    *(summary, verification),
)
LITTLE = (state("n", "note", Text("a note", "en"), "case", source="paper"),)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("statements", [EVERYTHING, LITTLE], ids=["everything", "little"])
@pytest.mark.parametrize("form", FORMS)
def test_every_reference_has_its_place_and_every_sign_is_drawn(
    lang: str, statements: tuple[object, ...], form: str
) -> None:
    document = compose_document(tell(statements, lang), FORMS[form])  # type: ignore[arg-type]  # statements
    assert list(find_faults(document)) == []


def test_a_document_of_everything_is_made() -> None:
    assert make_pdf(compose_document(tell(), FORMS["communication"])).startswith(b"%PDF")


@pytest.mark.parametrize("section", SECTIONS, ids=lambda one: one.__name__.rpartition(".")[2])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_section_begins_with_its_heading_or_is_not_there(section: object, lang: str) -> None:
    for statements in (EVERYTHING, LITTLE):
        blocks = section.tell(tell(statements, lang))  # type: ignore[attr-defined]
        assert blocks == () or (isinstance(blocks[0], Heading) and blocks[0].level == 1)
        assert blocks or (section in (chronology, people) and statements is LITTLE)


BESIDE = (
    point("pd", "part_of", "years", "sale", denies=True),
    point("sd", "same_as", "friend", "woman", denies=True),
    state("pb", "published", Term("yes_no", "no"), "paper", denies=True),
    state("pc", "published", Term("yes_no", "no"), "call"),
    state("un", "until", Date.of(When("2014")), "years"),
    state("po", "published_on", Date.of(When("2014")), "paper", denies=True),
    point("rb", "responds_to", "other", "report"),
    state("g1", "title", Text("Another title", "en"), "sale", denies=True),
)


@pytest.mark.parametrize("form", FORMS)
def test_a_number_leads_only_to_what_is_told(form: str) -> None:
    told = tell((*EVERYTHING, *BESIDE))
    document = compose_document(told, FORMS[form])
    assert list(find_faults(document)) == []
    (denied,) = [
        one for one in told.held if one.statement.what.property == "part_of" and one.statement.source is None
    ]
    assert told.refer(denied) == f"[{told.numbers[denied.id]}]"


@pytest.mark.parametrize(
    ("edtf", "weak"),
    [("2013%", True), ("2013?", True), ("../2013", True), ("2013", False), ("2013~", False)],
)
def test_a_date_in_doubt_can_be_challenged(edtf: str, weak: bool) -> None:
    said = state("da", "date", Date.of(When(edtf)), "sale", source="paper")
    lists = [block for block in challenge.tell(tell((said,))) if isinstance(block, List)]
    begun = say("dossier.challenge.date", "en", count=1)
    assert any(say_line(item).startswith(begun) for block in lists for item in block.items) is weak


def test_when_something_ended_does_not_tell_how_long_it_began(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Event] = []

    def draw(events: list[Event], **_: str) -> tuple[()]:
        drawn.extend(events)
        return ()

    monkeypatch.setattr(chronology, "draw_timeline", draw)
    ended = state("un", "until", Date.of(When("2019")), "sale", source="account")
    chronology.tell(tell((*EVERYTHING, ended)))
    assert not any(dating.lasting for event in drawn for dating in event.datings)
    found = [dating for event in drawn for dating in event.datings if dating.latest == "2019-12-31"]
    assert [(one.earliest, one.latest) for one in found] == [("2019-01-01", "2019-12-31")]


def tie(number: int) -> tuple[Statement, ...]:
    """Two women who know each other, told twice; each is said to be a woman, or nothing is told of her."""
    ends = [f"one{number}", f"two{number}"]
    said = [state(f"sx{end}", "sex", Term("sex", "female"), end, source="paper") for end in ends]
    told = [point(f"{source}{number}", "friend", *ends, source=source) for source in ("paper", "call")]
    return (*(one for end in ends for one in describe(end, "person")), *said, *told)


def test_a_relation_that_two_sources_tell_is_drawn_once_and_the_table_says_the_same() -> None:
    blocks = people.tell(tell(tie(1)))
    (picture,) = [one for one in blocks if isinstance(one, Picture)]
    assert picture.svg.count(">Friend<") == 1
    (table,) = [one for one in blocks if isinstance(one, Table)]
    ((start, relation, end, facts),) = table.rows
    assert all(say_line(one) in picture.svg for one in (start, relation, end))
    assert len([one for one in facts if isinstance(one, Reference)]) == 2


@pytest.mark.parametrize(("count", "drawn"), [(20, True), (21, False)])
def test_a_thicket_is_told_as_a_table_alone(count: int, drawn: bool) -> None:
    blocks = people.tell(tell([one for number in range(count) for one in tie(number)]))
    assert any(isinstance(one, Picture) for one in blocks) is drawn
    (table,) = [one for one in blocks if isinstance(one, Table)]
    assert len(table.rows) == count


def test_a_picture_too_small_to_read_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "LEGIBLE", 1.1)
    blocks = people.tell(tell(tie(1)))
    assert [type(one) for one in blocks[-2:]] == [Facts, Table]


@pytest.mark.parametrize(("lang", "translated"), [("ko", False), ("en", True), ("zh", True)])
def test_words_are_translated_for_whoever_needs_it(lang: str, translated: bool) -> None:
    quotes = [one for one in facts.tell(tell(EVERYTHING, lang)) if isinstance(one, Quote)]
    assert quotes and all(bool(one.translation) is translated for one in quotes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_denied_is_denied_once(lang: str) -> None:
    blocks = contradictions.tell(tell((*EVERYTHING, *BESIDE), lang))
    lines = [say_line(item) for item in blocks[-1].items] if isinstance(blocks[-1], List) else []
    assert len(lines) > 2
    told = tell((*EVERYTHING, *BESIDE), lang)
    denied = [one for one in told.held if one.statement.what.polarity == "denies"]
    assert not any(told.sentence(one) in line for one in denied for line in lines)
    assert all(say("dossier.facts.denied", lang, property="", value="")[:2] not in line for line in lines)


@pytest.mark.parametrize(("count", "drawn"), [(MOST_READ, True), (MOST_READ + 1, False)])
def test_more_datings_than_anybody_follows_are_in_the_table_alone(count: int, drawn: bool) -> None:
    many = [
        state(f"y{number}", "date", Date.of(When("2013")), "sale", source="paper") for number in range(count)
    ]
    blocks = chronology.tell(tell(many))
    assert any(isinstance(one, Picture) for one in blocks) is drawn
    assert [len(one.rows) for one in blocks if isinstance(one, Table)] == [count]


def test_the_document_is_called_by_the_title_of_the_case() -> None:
    document: Document = compose_document(tell(), FORMS["archive"])
    assert (document.title, document.lang) == ("A case", "en")


@pytest.mark.parametrize("lang", ["ko", "zh"])
def test_a_title_in_another_language_stands_in_the_summary_and_not_on_the_cover(lang: str) -> None:
    told = tell(lang=lang)
    document = compose_document(told, FORMS["communication"])
    assert document.title == f"{told.kind(told.data.case)} {told.data.call(told.data.case)}"
    (rows, *_) = [block for block in summary.tell(told) if isinstance(block, Facts)]
    assert [say_line(row.text) for row in rows.facts][0] == "A case"
