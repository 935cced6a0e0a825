"""Whom and what somebody who types can mean: everything that is meant is there, nothing is chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.conftest import cheap_passphrases, template  # noqa: F401 - fixtures
from tests.ledger.invented import Bench, append, id_of, kind, record, state

from onggi.intake.suggesting import (
    MOST,
    match_property,
    match_term,
    suggest_persons,
    suggest_places,
    suggest_properties,
    suggest_terms,
)
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.vocabulary import labels_of, load_properties, load_vocabularies


@pytest.fixture
def bench(template: Path, tmp_path: Path) -> Iterator[Bench]:  # noqa: F811
    bench = Bench(template).copy(tmp_path / "vault")
    yield bench
    bench.close()


@pytest.fixture
def view(bench: Bench) -> View:
    ledger = bench.open()
    people = {"woman": "리영희", "other": "박민수", "foreign": "Anna Berg"}
    append(ledger, *record(*(kind(one, "person") for one in people), kind("place", "place")))
    named = [state(f"n{one}", "name", name, one) for one, name in people.items()]
    append(ledger, *record(*named, state("np", "name", "리영희네", "place"), stratum=Stratum.IDENTITY))
    return ledger.open_identity(ledger.vault.compartment(), None, "to look for somebody")


@pytest.mark.parametrize("typed", ["리영희", "이영희", "李英姬", "Li Yingji", "Ri Yong Hui", "영희"])
def test_a_person_is_found_by_any_spelling_before_a_new_one_is_made(view: View, typed: str) -> None:
    assert [one.id for one in suggest_persons(view, typed)] == [id_of("woman")]


def test_a_name_that_is_no_korean_one_is_found_as_it_stands(view: View) -> None:
    assert [one.id for one in suggest_persons(view, "anna")] == [id_of("foreign")]
    assert suggest_persons(view, "Nobody Known") == []
    assert suggest_persons(view, " ") == suggest_persons(view, "x" * 10_000) == []
    assert suggest_persons(view, "\ud800") == []


def test_without_identity_nobody_is_suggested(bench: Bench, view: View) -> None:
    assert suggest_persons(bench.open().view(), "리영희") == []


def test_each_label_of_each_property_and_term_means_it() -> None:
    for property in load_properties().values():
        if not property.keeping and property.id not in ("kind", "code", "same_as", "different_from"):
            for label in (property.id, *property.labels.values()):
                assert match_property(f" {label} ") == property.id
    for vocabulary in load_vocabularies().values():
        for term in vocabulary.terms.values():
            assert all(match_term(vocabulary.id, one) == term.id for one in (term.id, *labels_of(term)))


def test_what_nobody_may_record_is_not_offered() -> None:
    offered = {one.id for typed in ("", "코드", "code", "읽") for one in suggest_properties(None, typed)}
    assert not offered & {"code", "kind", "read_identity", "erased"}
    assert match_property("read_identity") is match_property("code") is None


def test_suggestions_are_few_and_the_nearest_come_first() -> None:
    assert len(suggest_terms("acts", "")) == MOST
    assert suggest_terms("acts", "beating")[0].id == "beating"
    assert suggest_terms("acts", "x" * 10_000) == suggest_terms("nothing", "a") == []
    assert suggest_places("KP-10")[0].id == "KP-10"
    assert suggest_places("무산")[0].id == suggest_places("茂山")[0].id == suggest_places("musan")[0].id
    assert suggest_places("") == suggest_places("x" * 10_000) == []
