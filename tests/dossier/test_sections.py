"""Each section of what is shown, much or next to nothing; a document of them can be made."""

import pytest
from tests.dossier.tellings import EVERYTHING, tell
from tests.ledger.invented import state

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
from onggi.figures.timeline import MOST
from onggi.model.value import Date, Text
from onggi.model.when import When
from onggi.paper.checking import find_faults
from onggi.paper.document import Document, Heading, Picture, Table
from onggi.paper.pdf import make_pdf
from onggi.words import LANGUAGES

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


def test_more_datings_than_a_timeline_may_hold_are_in_the_table_alone() -> None:
    many = [
        state(f"y{number}", "date", Date.of(When("2013")), "sale", source="paper")
        for number in range(MOST + 1)
    ]
    blocks = chronology.tell(tell(many))
    assert not any(isinstance(one, Picture) for one in blocks)
    assert [len(one.rows) for one in blocks if isinstance(one, Table)] == [MOST + 1]


def test_the_document_is_called_by_the_title_of_the_case() -> None:
    document: Document = compose_document(tell(), FORMS["archive"])
    assert (document.title, document.lang) == ("A case", "en")
