"""Everybody to whom something can be handed over, and nobody else."""

from pathlib import Path

import pytest

from onggi.dossier.forms import FORMS
from onggi.dossier.recipients import find_recipient, list_recipients
from onggi.errors import Exit, OnggiError
from onggi.law.avenues import load_avenues
from onggi.model.recipients import ARCHIVE, MANY, PATTERN, RECIPIENTS
from onggi.words import LANGUAGES


def test_what_can_be_agreed_to_is_what_law_knows_and_two_of_our_own() -> None:
    assert {*load_avenues(), ARCHIVE, PATTERN} == RECIPIENTS
    assert MANY <= RECIPIENTS


def test_the_page_on_consent_lists_each() -> None:
    page = (Path(__file__).parents[2] / "docs/design/consent.md").read_text(encoding="utf-8")
    chapter = page.partition("## 7. Recipients")[2]
    listed = next(line for line in chapter.splitlines() if line.startswith("UN-SP, "))
    assert sorted(listed.rstrip(".").split(", ")) == sorted(RECIPIENTS)
    many = next(line for line in chapter.splitlines() if line.startswith("Behind "))
    assert {id for id in RECIPIENTS if id in many.partition(" stand many")[0]} == MANY


@pytest.mark.parametrize("id", sorted(RECIPIENTS))
def test_each_has_a_form_or_says_that_it_takes_nothing(id: str) -> None:
    if id in (ARCHIVE, PATTERN) or load_avenues()[id].form in FORMS:
        found = find_recipient(id)
        assert found.id == id and found.several is (id in MANY)
        assert all(found.name(lang).strip() for lang in LANGUAGES)
        known = id not in (ARCHIVE, PATTERN)
        for lang in LANGUAGES:
            assert (bool(found.risks(lang).strip()), bool(found.learning(lang).strip())) == (known, known)
    else:
        with pytest.raises(OnggiError) as caught:
            find_recipient(id)
        assert (caught.value.id, caught.value.exit_code) == ("dossier.unavailable", Exit.REFUSED)
        assert load_avenues()[id].form == "none"


@pytest.mark.parametrize("id", ["", "un-sp", "UN-SP ", "anyone", "P-0000000", "../UN-SP", "ＵＮ-SP"])
def test_nobody_else_is_one(id: str) -> None:
    with pytest.raises(OnggiError) as caught:
        find_recipient(id)
    assert (caught.value.id, caught.value.exit_code) == ("dossier.recipient", Exit.USAGE)


def test_the_dangerous_come_last() -> None:
    dangers = [one.dangerous for one in list_recipients()]
    assert any(dangers) and dangers == sorted(dangers)
