"""Which identity texts are names, and which only describe."""

import pytest

from onggi.model.naming import NAMING_PROPERTIES, Sort, read_naming
from onggi.model.statement import About, Statement, What
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Place, Text, Unknown, Value
from onggi.model.vocabulary import load_properties

CASE = "c" * 32


def find_names(property: str, value: Value) -> tuple[str, ...]:
    naming = read_naming(Statement(What(property, value), About("a" * 32, "b" * 32, CASE, "")))
    assert naming is None or (naming.labels and naming.case == CASE)
    return naming.labels if naming else ()


@pytest.mark.parametrize("property", ["name", "alias", "phone", "address", "exact_place"])
def test_what_a_person_is_called_and_found_by_is_a_name(property: str) -> None:
    assert find_names(property, Text("리영희", "ko")) == ("리영희",)


@pytest.mark.parametrize(
    ("property", "sort"), [("alias", Sort.NAME), ("phone", Sort.OTHER), ("file_name", Sort.OTHER)]
)
def test_only_names_are_looked_for_in_other_spellings(property: str, sort: Sort) -> None:
    naming = read_naming(Statement(What(property, Text("리영희", "ko")), About("a" * 32, "b" * 32, CASE, "")))
    assert naming is not None and naming.sort is sort


@pytest.mark.parametrize("property", ["occupation", "body_mark", "verbatim", "note"])
def test_words_that_lead_to_nobody_are_no_names(property: str) -> None:
    assert find_names(property, Text("cook", "en")) == ()


def test_exact_places_are_names_in_every_spelling_and_provinces_are_not() -> None:
    assert {"凤城市", "Fengcheng", "봉성"} <= set(find_names("exact_place", Place("CN-210682")))
    assert find_names("exact_place", Place("CN-LN")) == ()


def test_what_is_not_known_has_no_name() -> None:
    assert find_names("name", Unknown()) == ()
    assert find_names("name", Date("2010", None, None)) == ()


@pytest.mark.parametrize("property", sorted(NAMING_PROPERTIES))
def test_every_naming_property_lies_in_identity(property: str) -> None:
    assert Stratum(load_properties()[property].stratum) is Stratum.IDENTITY
