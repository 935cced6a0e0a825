"""People and lists out of a vault: who is counted, on which list, and what is told."""

from typing import Any

import pytest
from tests.ledger.invented import Bench, append, id_of, kind, point, record, state

from onggi.count.answer import Answer
from onggi.count.cells import gather_cells
from onggi.count.listed import Listed
from onggi.count.lists import list_people, make_estimate
from onggi.count.population import read_population
from onggi.errors import OnggiError
from onggi.ledger.ledger import Ledger
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Place

LISTS = {"church": [id_of("church")], "camp": [id_of("camp"), id_of("guard")], "press": [id_of("press")]}


@pytest.fixture
def vault(bench: Bench) -> Ledger:
    """Three women, each sold once; two sources speak of the first, one of the second, none of the third."""
    ledger = bench.open()
    said = [kind("case", "case"), *(kind(one, "source") for one in ("church", "camp", "guard", "press"))]
    for name in ("ari", "bom", "cho"):
        said += [kind(name, "person"), kind(f"sale-{name}", "act")]
        said.append(point(f"v-{name}", "victim", name, f"sale-{name}"))
    said += [
        point("a1", "victim", "ari", "sale-ari", source="church"),
        state("a2", "note", "seen", "ari", source="guard"),
        point("b1", "victim", "bom", "sale-bom", source="press"),
        state("d1", "date", date("2008-03"), "sale-ari"),
        state("d2", "date", date("2012"), "sale-bom"),
        state("p1", "place", Place("CN-210100"), "sale-ari"),
    ]
    append(ledger, *record(*said))
    return ledger


def date(edtf: str) -> Date:
    return Date(edtf, f"{edtf[:4]}-01-01", f"{edtf[:4]}-12-31")


def listed(ledger: Ledger, *args: Any) -> Listed:
    return list_people(ledger.view(), *args)


def told(found: Listed) -> dict[str, object]:
    return {one.code.removeprefix("count.lists."): one.values["count"] for one in found.findings}


def seen(found: Listed) -> dict[frozenset[str], int]:
    cells = found.cells
    assert cells is not None
    return {
        frozenset(name for at, name in enumerate(cells.lists) if pattern >> at & 1): count
        for pattern, count in zip(cells.patterns, cells.counts, strict=True)
    }


def test_sources_make_up_lists_and_whoever_is_on_none_is_told(vault: Ledger) -> None:
    found = listed(vault, LISTS)
    assert seen(found) == {frozenset({"church", "camp"}): 1, frozenset({"press"}): 1}
    assert found.cells is not None and found.cells.lists == ("camp", "church", "press")
    assert told(found) == {"unlisted": 1}


def test_without_a_declaration_each_source_is_a_list(vault: Ledger) -> None:
    found = listed(vault)
    assert sorted(seen(found).values()) == [1, 1]
    assert found.cells is not None and len(found.cells.lists) == 3  # nobody is known to the camp's own list


def test_two_entries_of_one_person_are_counted_once(vault: Ledger) -> None:
    append(vault, *record(point("s", "same_as", "bom", "ari")))
    assert seen(listed(vault, LISTS)) == {frozenset({"church", "camp", "press"}): 1}
    append(vault, *record(point("o", "different_from", "ari", "bom")))
    assert told(listed(vault, LISTS))["disputed"] == 1


def test_what_is_denied_or_retracted_puts_nobody_on_a_list(vault: Ledger) -> None:
    append(vault, *record(state("x", "note", "wrong", "ari", retracts=["a2"])))
    append(vault, *record(state("y", "note", "gone", "bom", source="camp", denies=True)))
    assert seen(listed(vault, LISTS)) == {frozenset({"church"}): 1, frozenset({"press"}): 1}


def test_a_window_leaves_out_who_lies_outside_and_tells_the_doubted(vault: Ledger) -> None:
    found = listed(vault, LISTS, (2005, 2010))
    assert seen(found) == {frozenset({"church", "camp"}): 1}
    assert told(found) == {"outside": 1, "doubted": 1, "unlisted": 1}


def test_a_place_takes_in_what_lies_within(vault: Ledger) -> None:
    assert told(listed(vault, LISTS, None, "CN-210100"))["doubted"] == 2
    assert told(listed(vault, LISTS, None, "KP")) == {"outside": 1, "doubted": 2, "unlisted": 1}
    with pytest.raises(OnggiError, match="count.lists.place"):
        listed(vault, LISTS, None, "XX-99")


def test_a_list_that_cites_another_is_fed_by_it(vault: Ledger) -> None:
    append(vault, *record(point("c", "cites", "church", "press")))
    assert listed(vault, LISTS).fed_by == {"press": ("church",)}


@pytest.mark.parametrize(
    "chosen", [{"one": [id_of("sale-ari")]}, {"one": [id_of("camp")], "two": [id_of("camp")]}]
)
def test_a_list_is_made_of_sources_each_once(vault: Ledger, chosen: dict[str, list[str]]) -> None:
    with pytest.raises(OnggiError, match="count.lists.source"):
        listed(vault, chosen)


def test_more_lists_than_can_be_counted_are_refused(vault: Ledger) -> None:
    said = [kind(f"s{n}", "source") for n in range(12)]
    said += [state(f"n{n}", "note", "seen", "ari", source=f"s{n}") for n in range(12)]
    append(vault, *record(*said))
    found = listed(vault)
    assert found.cells is None and any(one.grave for one in found.findings)


def test_what_only_identity_says_is_not_seen(vault: Ledger) -> None:
    append(
        vault,
        *record(state("n", "name", "Ari", "ari", source="press"), stratum=Stratum.IDENTITY),
    )
    assert seen(listed(vault, LISTS)) == {frozenset({"church", "camp"}): 1, frozenset({"press"}): 1}


PLAIN = "population = 'people sold'\nwindow = 2008\n"


def hash_of(declared: str, count: int = 30) -> str:
    population, wrong = read_population(declared)
    cells = gather_cells(("camp", "church", "press"), [(1, count), (6, 4)])
    made = make_estimate(Answer("lower_bound", (), cells, population, lower_bound=40), 1, "0")
    assert wrong == [] and made is not None
    return made.inputs


@pytest.mark.parametrize(
    "declared",
    [
        PLAIN.replace("sold", "sent back"),
        PLAIN.replace("2008", "2009"),
        PLAIN + "place = 'three counties'",
        PLAIN + "within = 'CN-210100'",
        PLAIN + "lists = {camp = ['S-0000000']}",
        PLAIN + "list_years = {camp = 2008}",
        PLAIN + "impossible_overlaps = [['camp', 'press']]",
        PLAIN + "fed_by = {camp = 'press'}",
        PLAIN + "linkage_recall = 0.9",
        PLAIN + "linkage_false_merge = 0.1",
    ],
)
def test_whatever_was_declared_is_bound_by_the_hash(declared: str) -> None:
    assert hash_of(PLAIN) == hash_of(PLAIN) != hash_of(PLAIN, 31)
    assert hash_of(declared) != hash_of(PLAIN)


def test_a_refusal_is_no_estimate_to_record() -> None:
    cells = gather_cells(("camp", "church"), [(1, 30), (3, 4)])
    assert make_estimate(Answer("refused", (), cells, lower_bound=34), 1, "0") is None
