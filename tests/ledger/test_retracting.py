"""Taking a statement back and giving it back: by whom, why, and with the words that belong to it."""

import pytest
from tests.ledger.invented import Bench, append, id_of, kind, record, state
from tests.ledger.test_ledger import join

from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.retracting import restore_statement, retract_statement
from onggi.ledger.versions import list_versions
from onggi.model.statement import Words
from onggi.model.stratum import Stratum
from onggi.model.value import Term, Text

ALL = ("record", "identity", "care")
WHY = "she said another year later"


@pytest.fixture
def ann(bench: Bench) -> Ledger:
    """A note with words that lie in identity, and a name."""
    ledger = bench.open()
    append(
        ledger,
        *record(kind("case", "case"), kind("woman", "person"), state("a", "note", "She left.", "woman")),
        *record(
            state("n", "name", "리영희", "woman"),
            state("w", "verbatim", "떠났어요", "a", words=Words("떠났어요", "ko")),
            stratum=Stratum.IDENTITY,
        ),
    )
    return ledger


def live(ledger: Ledger) -> set[str]:
    view = ledger.view(strata=ALL)
    return {id for id in map(id_of, "anw") if (held := view.statement(id)) is not None and view.is_live(held)}


def take_back(ledger: Ledger, id: str, because: str = WHY) -> None:
    retract_statement(ledger, ledger.vault.compartment(), id_of(id), because)


def give_back(ledger: Ledger, id: str, because: str = WHY) -> None:
    restore_statement(ledger, ledger.vault.compartment(), id_of(id), because)


def test_what_is_taken_back_goes_with_its_words_and_both_come_back(ann: Ledger) -> None:
    take_back(ann, "a")
    assert live(ann) == {id_of("n")}
    (version,) = list_versions(ann.view(), id_of("a"))
    assert version.taken and version.because == WHY and not version.stands
    give_back(ann, "a", "it was right")
    assert live(ann) == {*map(id_of, "anw")}
    (version,) = list_versions(ann.view(), id_of("a"))
    assert version.stands
    take_back(ann, "a")
    assert live(ann) == {id_of("n")}


def test_a_corrected_statement_is_taken_back_with_all_versions_unless_only_the_correction_is_meant(
    ann: Ledger,
) -> None:
    compartment = ann.vault.compartment().id
    append(
        ann,
        *record(state("b", "note", "She fled.", "woman", supersedes=["a"])),
        *record(state("x", "verbatim", "달아났어요", "b", supersedes=["w"]), stratum=Stratum.IDENTITY),
    )
    retract_statement(ann, ann.vault.compartment(compartment), id_of("b"), WHY, only_this=True)
    assert live(ann) == {*map(id_of, "anw")}, "the first version stands again, with its words"
    give_back(ann, "b")
    assert live(ann) == {id_of("n")}
    take_back(ann, "b")
    assert live(ann) == {id_of("n")}, "no version stands"
    assert [one.taken for one in list_versions(ann.view(), id_of("a"))] == [True, True]
    give_back(ann, "b")
    assert [one.stands for one in list_versions(ann.view(), id_of("a"))] == [False, True]


def test_the_reason_holds_no_name_and_is_screened(ann: Ledger) -> None:
    for because, refusal in (
        ("", "correct.reason"),
        (" \n", "correct.reason"),
        ("李英姬 said so", "correct.name"),
    ):
        with pytest.raises(OnggiError, match=refusal):
            take_back(ann, "a", because)
    assert live(ann) == {*map(id_of, "anw")}
    take_back(ann, "a")
    (note,) = ann.view().live(id_of("a"), "taken_back")
    assert note.statement.value == Text(WHY, "und") and note.statement.trace.screened


def test_of_identity_the_reason_lies_in_identity(ann: Ledger) -> None:
    take_back(ann, "n")
    assert list(ann.view().of_property("taken_back")) == []
    (note,) = ann.view(strata=["identity"]).of_property("taken_back")
    assert note.statement.trace.retracts == (id_of("n"),)


def test_what_another_member_recorded_is_hers_unless_an_admin_takes_it_back(
    bench: Bench, ann: Ledger
) -> None:
    bea = join(bench, *ALL)
    with pytest.raises(OnggiError, match="correct.other") as refused:
        take_back(bea, "a")
    assert refused.value.exit_code == Exit.REFUSED
    append(bea, *record(state("b", "note", "He sold her.", "woman")))
    take_back(bench.open(), "b")
    bea.close()
    bea.vault.load()
    with pytest.raises(OnggiError, match="correct.other"):
        give_back(bea, "b")
    assert list_versions(bench.open().view(), id_of("b"))[0].taken


def test_a_member_without_identity_takes_back_what_is_hers(bench: Bench, ann: Ledger) -> None:
    bea = join(bench, "record")
    append(bea, *record(state("b", "note", "He sold her.", "woman")))
    take_back(bea, "b")
    (note,) = bea.view().live(id_of("b"), "taken_back")
    assert not note.statement.trace.screened, "nobody has looked for names in it"


@pytest.mark.parametrize("id", ["kwoman", "w", "s", "absent"])
def test_what_has_a_way_of_its_own_is_not_taken_back_here(ann: Ledger, id: str) -> None:
    append(ann, *record(state("s", "screened", Term("yes_no", "no"), "a")))
    with pytest.raises(OnggiError, match=r"correct\.(kept|absent)"):
        take_back(ann, id)
    with pytest.raises(OnggiError, match=r"correct\.absent"):
        give_back(ann, "a")
