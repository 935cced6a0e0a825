"""With whom a statement is erased (statement-model.md, §6)."""

from collections.abc import Sequence

import pytest
from tests.ledger.invented import Bench, append, id_of, kind, point, record, state

from onggi.errors import OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.units import Holders
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Term
from onggi.vault.erasing import erase_unit
from onggi.vault.session import write_session


class Before:
    """What was recorded before, without a ledger."""

    def __init__(self, *statements: Statement) -> None:
        self._statements = statements

    def kind_of(self, entity: str) -> str | None:
        return next(
            (one.value.term for one in self._about(entity, "kind") if isinstance(one.value, Term)), None
        )

    def value_of(self, entity: str, name: str) -> str | None:
        return next(
            (one.value.entity for one in self._about(entity, name) if isinstance(one.value, Entity)), None
        )

    def statement(self, id: str) -> Statement | None:
        return next((one for one in self._statements if one.id == id), None)

    def _about(self, entity: str, name: str) -> list[Statement]:
        return [one for one in self._statements if one.subject == entity and one.what.property == name]


WHO = (
    kind("woman", "person"),
    kind("man", "person"),
    kind("act", "act"),
    kind("article", "source"),
    kind("interview", "source"),
    point("w", "witness", "woman", "interview"),
    kind("photo", "item"),
    kind("clip", "item"),
    point("b", "brought_by", "woman", "photo"),
    point("c", "brought_by", "interview", "clip"),
    state("said", "note", "of an act", "act", source="woman"),
    state("told", "note", "of an act", "act", source="article"),
)


@pytest.mark.parametrize("known_before", [False, True])
@pytest.mark.parametrize(
    ("statement", "person"),
    [
        (state(1, "name", "x", "man"), "man"),
        (state(2, "name", "x", "man", source="woman"), "woman"),
        (state(3, "name", "x", "man", source="interview"), "woman"),
        (state(4, "name", "x", "man", source="article"), "man"),
        (state(5, "exact_place", "x", "act", source="article"), ""),
        (state(6, "exact_place", "x", "act"), ""),
        (state(7, "file_name", "x", "photo"), "woman"),
        (state(8, "file_name", "x", "clip"), "woman"),
        (state(9, "verbatim", "x", "said", source="woman"), "woman"),
        (state(10, "verbatim", "x", "told", source="article"), ""),
        (state(11, "verbatim", "x", "said"), "woman"),
        (point(12, "witness", "woman", "interview"), "woman"),
        (state(13, "note", "x", "nobody knows"), ""),
    ],
)
@pytest.mark.parametrize("stratum", ["identity", "care"])
def test_holders(statement: Statement, person: str, stratum: str, known_before: bool) -> None:
    batch: Sequence[Statement] = (statement,) if known_before else (*WHO, statement)
    holders = Holders(batch, Before(*WHO) if known_before else Before())
    assert holders.holder(statement, stratum) == (id_of("case"), id_of(person) if person else "")
    assert holders.holder(statement, "record") == (id_of("case"), "")


def test_who_brings_for_herself_in_a_circle_ends() -> None:
    batch = [kind("a", "item"), point("t", "brought_by", "a", "a"), state(1, "file_name", "x", "a")]
    assert Holders(batch, Before()).holder(batch[-1], "identity") == (id_of("case"), "")


def units(bench: Bench, stratum: str = "identity") -> dict[str, str]:
    """The unit of each statement of a stratum, by the word that is its id."""
    view = bench.open().view(strata=(stratum,))
    held = [
        one
        for name in ("name", "alias", "note", "exact_place", "witness", "erased")
        for one in view.of_property(name)
    ]
    return {bytes.fromhex(one.id).decode("latin-1").strip("\0"): one.statement.about.unit for one in held}


def test_each_person_of_each_case_has_a_unit_of_her_own(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), kind("man", "person"), kind("act", "act")))
    identity = [
        state(1, "name", "a", "woman"),
        state(2, "alias", "b", "woman"),
        state(3, "name", "c", "man", source="woman"),
        state(4, "name", "d", "man"),
        state(5, "exact_place", "e", "act"),
        state(6, "name", "f", "woman", case="other"),
    ]
    append(ledger, *record(*identity[:3], stratum=Stratum.IDENTITY))
    append(ledger, *record(*identity[3:], stratum=Stratum.IDENTITY), *record(state(7, "note", "g", "act")))
    found = units(bench)
    assert found["1"] == found["2"] == found["3"]
    assert len({found[one] for one in "1456"}) == 4
    assert len(set(units(bench, "record").values())) == 1


def test_what_becomes_known_later_moves_no_unit(bench: Bench) -> None:
    """The source spoke for nobody known; then she was named. What lay with the case stays there."""
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), kind("interview", "source"), kind("act", "act")))
    append(ledger, *record(state(1, "exact_place", "a", "act", source="interview"), stratum=Stratum.IDENTITY))
    append(ledger, *record(point(2, "witness", "woman", "interview"), stratum=Stratum.IDENTITY))
    append(ledger, *record(state(3, "exact_place", "b", "act", source="interview"), stratum=Stratum.IDENTITY))
    append(ledger, *record(state(4, "exact_place", "c", "act"), stratum=Stratum.IDENTITY))
    found = units(bench)
    assert found["1"] == found["4"]
    assert found["2"] == found["3"] != found["1"]
    assert ledger.find_unit(id_of("woman")).unit == found["3"]


def test_a_unit_is_found_though_she_only_speaks(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), kind("act", "act")))
    append(ledger, *record(state(1, "exact_place", "a", "act", source="woman"), stratum=Stratum.IDENTITY))
    assert ledger.find_unit(id_of("woman")).unit == units(bench)["1"]


def test_a_unit_is_not_guessed(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person")))
    for unknown in (id_of("woman"), id_of("nobody"), "P-0000000", ""):
        with pytest.raises(OnggiError, match="ledger.unit.absent"):
            ledger.find_unit(unknown)
    append(ledger, *record(state(1, "name", "a", "woman"), stratum=Stratum.IDENTITY))
    append(ledger, *record(state(2, "contact_rule", "b", "woman"), stratum=Stratum.CARE))
    with pytest.raises(OnggiError, match="ledger.unit.several"):
        ledger.find_unit(id_of("woman"))


def test_erasing_takes_all_of_a_unit_and_nothing_else(bench: Bench) -> None:
    ledger = bench.open()
    append(
        ledger, *record(kind("woman", "person"), kind("man", "person"), state("n", "note", "a note", "woman"))
    )
    said = [
        state(1, "name", "Erased", "woman"),
        state(2, "alias", "erased too", "woman"),
        state(3, "name", "Kept", "man"),
        point(4, "witness", "woman", "man"),
    ]
    append(ledger, *record(*said, stratum=Stratum.IDENTITY))
    assert len(ledger.view(strata=("identity",)).search("erased")) == 3, "and what points to her"
    unit = ledger.find_unit(id_of("woman"))
    assert (unit.stratum, unit.count) == ("identity", 2)
    assert [one.id for one in unit.mentions] == [id_of(4)]
    ledger.close()
    before = bench.indexes()
    key = ledger.vault.compartment().rings["identity"].index_key
    ledger.erase(unit.compartment, unit.stratum, unit.unit, "she asked for it")
    assert ledger.vault.compartment().rings["identity"].index_key != key
    for one in (ledger, bench.open()):
        view = one.view(strata=("record", "identity", "care"))
        assert view.search("erased") == []
        assert {held.id for held in view.search("kept")} == {id_of(one) for one in (3, 4, "kman")}
        assert [held.id for held in view.search("a note")] == [id_of("n")]
        note = next(view.of_property("erased"))
        assert note.stratum == "identity"
        assert note.statement.about.unit != unit.unit
        assert one.findings == []
    # The old projection, put back, opens no more.
    for name, content in before.items():
        (bench.root / "index" / name).write_bytes(content)
    assert bench.open().view(strata=("identity",)).search("erased") == []


def test_erasing_does_not_need_the_projection_that_lies_there(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person")))
    append(ledger, *record(state(1, "name", "Erased", "woman"), stratum=Stratum.IDENTITY))
    unit = ledger.find_unit(id_of("woman"))
    ledger.close()
    for path in (bench.root / "index").iterdir():
        path.write_bytes(b"x" * 300_000)
    ledger = bench.open()
    ledger.erase(ledger.vault.compartment(), "identity", unit.unit, "reason")
    held = list(bench.open().view(strata=("identity",)).of_property("name", "erased"))
    assert [one.statement.what.property for one in held] == ["erased"]
    assert held[0].statement.about.case == id_of("case")


def test_what_is_erased_elsewhere_leaves_the_projection(bench: Bench) -> None:
    """The tombstone came, the keyring with its new key did not yet: the old projection still opens."""
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person")))
    append(ledger, *record(state(1, "name", "Erased", "woman"), stratum=Stratum.IDENTITY))
    unit = ledger.find_unit(id_of("woman"))
    assert len(ledger.view(strata=("identity",)).search("erased")) == 1
    ledger.close()
    rings = {path: path.read_bytes() for path in (bench.root / "rings").iterdir()}
    indexes = bench.indexes()
    erase_unit_only(ledger, unit.unit)
    for path, content in rings.items():
        path.write_bytes(content)
    for name, content in indexes.items():
        (bench.root / "index" / name).write_bytes(content)
    assert bench.open().view(strata=("identity",)).search("erased") == []


def erase_unit_only(ledger: Ledger, unit: str) -> None:
    with write_session(ledger.vault):
        erase_unit(ledger.vault, ledger.vault.compartment(), "identity", unit)


def test_after_erasure_a_new_unit_is_made(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person")))
    append(ledger, *record(state(1, "name", "a", "woman"), stratum=Stratum.IDENTITY))
    old = ledger.find_unit(id_of("woman"))
    ledger.erase(old.compartment, old.stratum, old.unit, "reason")
    append(ledger, *record(state(2, "name", "b", "woman"), stratum=Stratum.IDENTITY))
    new = ledger.find_unit(id_of("woman"))
    assert new.unit != old.unit
    assert new.count == 1


def test_erasing_the_cases_own_unit_records_it_in_a_new_one(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("case", "case"), state(1, "note", "erased", "case")))
    unit = next(ledger.view().of_property("note")).statement.about.unit
    ledger.erase(ledger.vault.compartment(), "record", unit, "reason")
    held = list(ledger.view().of_property("note", "kind", "erased"))
    assert [one.statement.what.property for one in held] == ["erased"]
    assert held[0].statement.about.case == id_of("case")
    assert held[0].statement.about.unit != unit


def test_the_unit_of_a_statement_is_the_one_it_lies_in(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person")))
    append(ledger, *record(state(1, "name", "a", "woman"), stratum=Stratum.IDENTITY))
    compartment = ledger.vault.compartment()
    unit = units(bench)["1"]
    assert unit in compartment.rings["identity"].units
    assert ledger.holders(compartment, "identity", id_of("case")) == {unit: (id_of("case"), id_of("woman"))}
