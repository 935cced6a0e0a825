"""The exchange files hold what is shown, in the words of each standard, and nothing a machine would obey."""

import csv
import json
import re
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.matters import describe
from tests.dossier.standards import FTM, FTM_GENDERS, FTM_REQUIRED, HTCDS
from tests.dossier.tellings import EVERYTHING, tell
from tests.ledger.invented import point, state

from onggi.dossier.coarsen import coarsen_place
from onggi.dossier.exchange import list_exchange
from onggi.dossier.exchange.rows import write_rows
from onggi.dossier.told import Told
from onggi.model.places import load_places
from onggi.model.value import Date, Place, Term, Text
from onggi.model.vocabulary import load_vocabulary
from onggi.model.when import When
from onggi.words import say

# A column that is ours, for the code of whom a row is about, and those of the standard that are written.
COLUMNS = ["person", *HTCDS]
FORMS = {
    "date": r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
    "country": "[a-z]{2}",
    "gender": "|".join(sorted(FTM_GENDERS)),
    "entity": "[0-9a-f]{32}",
}


def read(told: Told, name: str) -> list[dict[str, str]]:
    text = list_exchange(told)[f"data/exchange/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_every_statement_is_a_row_under_its_number() -> None:
    told = tell()
    rows = read(told, "statements")
    assert [row["number"] for row in rows] == [str(number) for number in range(1, len(told.held) + 1)]
    for row, held in zip(rows, told.held, strict=True):
        assert (row["about"], row["property"]) == (
            told.data.call(held.statement.subject),
            held.statement.what.property,
        )
        assert row["value"].removeprefix("'") == told.value(held.statement.value)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_a_table_is_read_back_and_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    written = write_rows(["a", "b"], rows).decode("utf-8-sig")
    back = list(csv.reader(StringIO(written, newline="")))[1:]
    assert len(back) == len(rows)
    for row, cells in zip(rows, back, strict=True):
        assert [cell.removeprefix("'") for cell in cells] == [cell.removeprefix("'") for cell in row]
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in cells if cell)


def test_follow_the_money_says_what_its_schemata_have() -> None:
    told = tell()
    entities = [
        json.loads(line) for line in list_exchange(told)["data/exchange/ftm.jsonl"].decode().splitlines()
    ]
    assert {one["schema"] for one in entities} == {"Person", "Event", "Document"}
    ids = {one["id"] for one in entities}
    assert len(ids) == len(entities)
    for one in entities:
        assert set(one) == {"id", "schema", "properties"}
        schema, said = one["schema"], one["properties"]
        assert set(said) <= set(FTM[schema]) and said[FTM_REQUIRED[schema]] and said["name"]
        assert all(isinstance(value, str) and value for row in said.values() for value in row)
        for name, values in said.items():
            form = FORMS.get(FTM[schema][name])
            assert form is None or all(re.fullmatch(form, value) for value in values), name
        assert set(one["properties"].get("involved", ())) <= ids, "whoever is involved is there"


@pytest.mark.parametrize(
    ("edtf", "written"),
    [
        *(("2010", ["2010"]), ("2010-03", ["2010-03"]), ("2010-03-15", ["2010-03-15"])),
        *(("2010?", None), ("2010~", None), ("2010%", None), ("2010/2012", None), ("2010-21", None)),
        *(("201X", None), ("XXXX-03", None), ("../2010", None)),
    ],
)
def test_no_date_is_bent_into_what_follow_the_money_takes(edtf: str, written: list[str] | None) -> None:
    date = Date.of(When(edtf))
    said = (
        *describe("end", "act"),
        state("da", "date", date, "end", source="paper"),
        state("un", "until", date, "end", source="paper"),
        state("po", "published_on", date, "paper", source="account"),
        state("di", "died_on", date, "woman", source="account"),
    )
    lines = list_exchange(tell(said))["data/exchange/ftm.jsonl"].decode().splitlines()
    entities = [json.loads(line) for line in lines]
    dates = [
        (name, values)
        for one in entities
        for name, values in one["properties"].items()
        if FTM[one["schema"]][name] == "date"
    ]
    names = ("date", "endDate", "deathDate", "publishedAt")
    assert sorted(dates) == sorted((name, written) for name in names if written)


def test_what_is_denied_is_not_said_in_follow_the_money() -> None:
    told = tell((*EVERYTHING, point("dn", "seller", "friend", "sale", source="paper", denies=True)))
    lines = list_exchange(told)["data/exchange/ftm.jsonl"].decode().splitlines()
    friend = next(new for old, new in told.data.fresh.items() if old == EVERYTHING[-1].value.entity)  # type: ignore[union-attr]
    involved = [one for line in lines for one in json.loads(line)["properties"].get("involved", ())]
    assert involved and friend not in involved


def test_geojson_has_every_place_with_its_middle_and_how_far_it_reaches() -> None:
    told = tell()
    found = json.loads(list_exchange(told)["data/exchange/places.geojson"])
    assert found["type"] == "FeatureCollection" and found["note"] == say("dossier.places.middle", "en")
    assert [one["id"] for one in found["features"]] == ["CN-210600"]
    for one in found["features"]:
        held = [told.held[number - 1].statement.value for number in one["properties"]["statements"]]
        assert held == [Place("CN-210600")]
        assert_middle(one, "CN-210600")


def test_a_place_is_no_finer_than_what_is_shown() -> None:
    found = json.loads(list_exchange(tell(exact=False))["data/exchange/places.geojson"])
    (one,) = found["features"]
    assert_middle(one, "CN-LN")


@pytest.mark.parametrize("id", sorted(load_places()))
@pytest.mark.parametrize("exact", [True, False])
def test_no_point_is_shown_but_that_of_what_is_shown(id: str, exact: bool) -> None:
    """Made coarser, a place gives the middle and the ring of its province, and nothing of its own."""
    said = (*describe("end", "act"), state("lo", "location", Place(id), "end", source="paper"))
    told = tell(said, exact=exact)
    shown = {held.statement.value.place for held in told.held if isinstance(held.statement.value, Place)}
    text = list_exchange(told)["data/exchange/places.geojson"].decode()
    assert shown == {one["id"] for one in json.loads(text)["features"]}
    for one in json.loads(text)["features"]:
        assert_middle(one, one["id"])
    wide = coarsen_place(Place(id))
    if not exact and wide:
        assert shown <= {wide.place}
        fine = load_places()[id].middle
        if fine and fine != load_places()[wide.place].middle:
            assert f"{fine.lon}" not in text or f"{fine.lat}" not in text


def assert_middle(feature: dict[str, Any], id: str) -> None:
    """The feature has the point of this place of the gazetteer and says what it is worth, or has none."""
    place, properties = load_places()[id], feature["properties"]
    assert feature["type"] == "Feature" and feature["id"] == id and properties["name"]["ko"]
    if place.middle is None:
        assert feature["geometry"] is None and "radius_m" not in properties
    else:
        at = [place.middle.lon, place.middle.lat]
        assert feature["geometry"] == {"type": "Point", "coordinates": at}
        assert properties["radius_m"] == place.middle.radius
        assert properties["basis"] == say(f"dossier.places.basis.{place.middle.basis}", "en")
        assert properties["uncertain"] == ("middle" in place.uncertain)


def test_htcds_has_its_columns_and_a_row_for_whoever_is_victim_or_suspect() -> None:
    told = tell()
    rows = read(told, "htcds")
    assert list(rows[0]) == COLUMNS
    assert len(rows) == 2
    buyer = next(row for row in rows if row["per_RoleInProcess"])
    victim = next(row for row in rows if row is not buyer)
    assert buyer["per_RoleInProcess"] == "BoughtIndividual" and not buyer["vic_MethodsOfControl"]
    assert victim["prs_Gender"] == "Feminine" and victim["vic_MethodsOfControl"] == "PhysicalAbuse"


@pytest.mark.parametrize("term", sorted(load_vocabulary("acts").terms))
def test_only_codes_that_are_certain_are_written(term: str) -> None:
    said = (
        *describe("end", "act"),
        state("ty", "type", Term("acts", term), "end"),
        point("vi", "victim", "friend", "end"),
        state("dt", "date", Date.of(When("2013")), "end", source="paper"),
    )
    found = load_vocabulary("acts").terms[term]
    certain = "" if "htcds" in found.uncertain else found.codes.get("htcds", "")
    (row,) = read(tell(said), "htcds")
    for name in (name for name in COLUMNS if name.startswith("vic_")):
        assert all(code in certain for code in row[name].split(";"))


@pytest.mark.parametrize("term", ["killing", "suspicious_death"])
def test_what_htcds_has_no_word_for_is_left_out(term: str) -> None:
    said = (
        *describe("end", "act"),
        state("ty", "type", Term("acts", term), "end"),
        point("vi", "victim", "friend", "end"),
        state("dt", "date", Date.of(When("2013")), "end", source="paper"),
    )
    (row,) = read(tell(said), "htcds")
    assert not any(row[name] for name in COLUMNS if name.startswith("vic_"))


def test_every_field_of_htcds_holds_what_the_standard_lets_it_hold() -> None:
    vocabularies = (("type", "acts"), ("control", "control_means"), ("labour", "labour_types"))
    said = [*describe("end", "act"), point("vi", "victim", "friend", "end")]
    for property, name in vocabularies:
        about = "end" if property == "type" else "friend"
        terms = load_vocabulary(name).terms
        said += [
            state(f"{name[:3]}{n}", property, Term(name, term), about, source="paper")
            for n, term in enumerate(terms)
        ]
    said += [state("s1", "sex", Term("sex", "female"), "friend", source="paper")]
    said += [state("s2", "sex", Term("sex", "male"), "friend", source="call")]
    said += [state("na", "nationality", Term("nationality", "kp"), "friend", source="paper")]
    said += [point("bu", "buyer", "buyer", "end", source="paper"), point("se", "seller", "buyer", "end")]
    rows = read(tell(said), "htcds")
    assert len(rows) == 2
    for row in rows:
        for name, (form, known) in HTCDS.items():
            values = [value for value in row[name].split(";") if value]
            assert form.startswith("Multiselect") or len(values) <= 1, name
            assert not known or known >= set(values), name
            if name == "prs_Citizenship":
                assert all(re.fullmatch("[A-Z]{2}", value) for value in values)
    assert {name for row in rows for name in HTCDS if row[name]} >= {
        *("vic_MethodsOfControl", "vic_TypeOfExploitation", "per_RoleInProcess", "prs_Citizenship")
    }


def test_of_nothing_there_is_nothing() -> None:
    told = tell((state("n", "note", Text("a note", "en"), "case", source="paper"),))
    assert read(told, "htcds") == []
    assert json.loads(list_exchange(told)["data/exchange/places.geojson"])["features"] == []
