"""The ledger answers what intake asks of a vault."""

from pathlib import Path

import pytest
from tests.ledger.invented import Bench, Dice, append, id_of, kind, point, record, state
from tests.ledger.test_consents import decide
from tests.model.test_request import NO, YES

from onggi.intake.batch import Batch
from onggi.intake.record import read_record
from onggi.intake.references import References
from onggi.ledger.directory import Directory
from onggi.model.entity import make_code
from onggi.model.stratum import Stratum
from onggi.model.value import Place, Term, Text
from onggi.vault.enrol import add_compartment
from onggi.vault.session import write_session

CODE = make_code("person", Dice())


def test_what_can_be_referred_to(bench: Bench) -> None:
    ledger = bench.open()
    append(
        ledger,
        *record(kind("woman", "person"), state("c", "code", Text(CODE, "zxx"), "woman")),
        *record(state("p", "published", Term("yes_no", "yes"), "article")),
        *record(
            state(1, "name", "리영희", "woman"),
            state(2, "occupation", "cook", "woman"),
            stratum=Stratum.IDENTITY,
        ),
        *record(state(3, "exact_place", Place("KP-10"), "woman"), stratum=Stratum.IDENTITY),
    )
    directory: References = Directory(ledger, ledger.vault.compartment())
    assert directory.find_entity(CODE) == directory.find_entity(id_of("woman")) == (id_of("woman"), "person")
    assert directory.find_entity(id_of("man")) is None
    assert directory.find_entity(id_of(1)) is None, "a statement is no entity"
    assert directory.find_statement(id_of(1)) is Stratum.IDENTITY
    assert directory.find_statement(id_of("c")) is Stratum.RECORD
    assert directory.find_statement(id_of("woman")) is None
    assert [naming.labels for naming in directory.known_names() or ()] == [("리영희",)]
    assert directory.published(id_of("article"))
    assert not directory.published(id_of("woman"))
    assert not directory.code_free(CODE)
    assert directory.code_free(make_code("person", lambda size: bytes(size)))


def test_decisions_are_those_of_all_entries_of_a_person(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), kind("bride", "person", "elsewhere")))
    append(ledger, *record(decide(1, YES), decide(2, NO, about="bride", case="elsewhere")))
    directory = Directory(ledger, ledger.vault.compartment())
    assert directory.decisions(id_of("woman")) == [id_of(1)]
    append(ledger, *record(point("same", "same_as", "bride", "woman")))
    directory = Directory(ledger, ledger.vault.compartment())
    assert directory.decisions(id_of("woman")) == directory.decisions(id_of("bride")) == [id_of(1), id_of(2)]
    assert directory.appears_in(id_of("woman"), id_of("case"))
    assert not directory.appears_in(id_of("woman"), id_of("elsewhere"))


def test_another_compartment_is_another_world(bench: Bench) -> None:
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person")))
    with write_session(ledger.vault):
        add_compartment(ledger.vault, "other")
    other = Directory(ledger, ledger.vault.compartment("other"))
    assert other.find_entity(id_of("woman")) is None
    assert other.find_statement(id_of("kwoman")) is None


@pytest.mark.parametrize("name", ["article", "invented"])
def test_an_example_goes_in_and_comes_out(bench: Bench, name: str) -> None:
    ledger = bench.open()
    data = Path(f"examples/{name}/case.toml").read_bytes()
    batch = read_record(data, "toml", Directory(ledger, ledger.vault.compartment()), bench.dice)
    assert isinstance(batch, Batch)
    ledger.append(ledger.vault.compartment(), batch.placed)
    view = bench.open().view(strata=("record", "identity", "care"))
    portrait = view.portrait(batch.case)
    assert len(portrait.statements) + portrait.replaced == len(batch.placed)
    assert portrait.conflicts
    judged = {target for _, one in batch.placed for target in (*one.trace.supersedes, *one.trace.retracts)}
    assert portrait.replaced == len(judged), "what the file itself supersedes is replaced"
    assert [held.id for held in view.search("Liaoning")] == [
        held.id for held in view.search("辽宁") if held in view.search("Liaoning")
    ]
