"""What is suggested is recorded where only identity is read, once, and judges nothing."""

import pytest
from tests.ledger.conftest import bench, cheap_passphrases, template  # noqa: F401 - fixtures
from tests.ledger.invented import Bench, append, id_of, point, record, state
from tests.ledger.test_ledger import join
from tests.link.vault import hidden, person, strangers, tie

from onggi.errors import OnggiError
from onggi.ledger.judging import judge_pair, undo_judgement
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.link.engine import open_engine
from onggi.link.suggest import suggest_pairs
from onggi.link.suggested import ALIKE, Suggested, Suggestion, list_open, write_suggestions
from onggi.model.judgement import Verdict
from onggi.model.likeness import Likeness
from onggi.model.statement import Statement, write_slots
from onggi.model.stratum import Stratum
from onggi.model.value import Place

HERS = {"sex": "female", "born": "1987", "left": "2011"}
NAMES = ("리영희", "Ri Yong Hui", "한설매")


@pytest.fixture
def ann(bench: Bench) -> Ledger:  # noqa: F811
    ledger = bench.open()
    put(ledger, *person("a", NAMES[0], **HERS), *person("b", NAMES[1], **HERS), *strangers(10))
    return ledger


def put(ledger: Ledger, *said: Statement) -> None:
    append(ledger, *[(Stratum.IDENTITY if hidden(one) else Stratum.RECORD, one) for one in said])


def look(ledger: Ledger) -> tuple[View, Suggested]:
    view = ledger.open_identity(ledger.vault.compartment(), None, "who is who", strata=("identity",))
    here, member = ledger.vault.compartment().id, ledger.vault.card.member
    return view, suggest_pairs(view, here, member, "0", 1, lambda: open_engine("duckdb"), lambda stage: None)


def write(ledger: Ledger) -> int:
    view, suggested = look(ledger)
    return write_suggestions(ledger, ledger.vault.compartment(), view, suggested, "0")


def list_alike(ledger: Ledger) -> list[Likeness]:
    view, _ = look(ledger)
    return [
        held.statement.value for held in view.live_of(ALIKE) if isinstance(held.statement.value, Likeness)
    ]


def test_a_suggestion_lies_in_identity_and_holds_no_name(ann: Ledger) -> None:
    assert write(ann) == 1
    view, _ = look(ann)
    (held,) = view.live_of(ALIKE)
    assert held.stratum == "identity"
    assert {held.statement.subject, held.statement.value.other} == {id_of("a"), id_of("b")}  # type: ignore[union-attr]
    written = b"".join(write_slots(held.statement)).decode()
    assert not any(name in written for name in NAMES) and "1987" not in written


def test_whoever_reads_the_record_alone_learns_nothing(bench: Bench, ann: Ledger) -> None:  # noqa: F811
    before = [held.id for held in ann.view().mentioning(id_of("a"))]
    assert write(ann) == 1
    assert not ann.view().live_of(ALIKE)
    assert [held.id for held in ann.view().mentioning(id_of("a"))] == before
    bea = join(bench, "record")
    assert not bea.view().live_of(ALIKE)
    with pytest.raises(OnggiError, match="ledger.identity"):
        look(bea)


def test_nothing_is_merged_by_itself(ann: Ledger) -> None:
    assert write(ann) == 1
    view, _ = look(ann)
    assert view.sameness(id_of("a")).cluster(id_of("a")) == {id_of("a")}
    assert not view.portrait(id_of("a")).disputed


def test_without_a_reason_nothing_is_read(ann: Ledger) -> None:
    with pytest.raises(OnggiError, match="ledger.reason"):
        ann.open_identity(ann.vault.compartment(), None, " ", strata=("identity",))


def test_the_same_is_not_suggested_twice_and_what_changed_replaces(ann: Ledger) -> None:
    assert write(ann) == 1 and write(ann) == 0
    (first,) = list_alike(ann)
    home = Place("KP-09")
    put(ann, state("h1", "origin", home, "a"), state("h2", "origin", home, "b"))
    assert write(ann) == 1
    (second,) = list_alike(ann)
    assert {trait.name for trait in second.traits} - {trait.name for trait in first.traits} == {"province"}


def test_what_is_suggested_no_more_is_taken_back(ann: Ledger) -> None:
    assert write(ann) == 1
    put(ann, tie("t", "sold_with", "a", "b"))
    assert write(ann) == 1 and write(ann) == 0
    view, _ = look(ann)
    (held,) = view.live_of(ALIKE)
    assert held.statement.what.polarity == "denies"


def test_two_members_each_have_their_own(bench: Bench, ann: Ledger) -> None:  # noqa: F811
    assert write(ann) == 1
    bea = join(bench, "record", "identity")
    assert write(bea) == 1
    assert len(list_alike(bea)) == 2


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_what_was_judged_leaves_the_list_and_what_was_suggested_stays(ann: Ledger, verdict: Verdict) -> None:
    assert write(ann) == 1
    done = judge_pair(ann, ann.vault.compartment(), (id_of("a"), id_of("b")), verdict, "two daughters")
    assert not look(ann)[1].found and write(ann) == 0
    undo_judgement(ann, ann.vault.compartment(), done.id, "a slip of the pen")
    assert len(look(ann)[1].found) == 1


def test_who_is_accused_is_judged_by_two(ann: Ledger) -> None:
    append(ann, *record(point("s", "seller", "a", "sale")))
    done = judge_pair(ann, ann.vault.compartment(), (id_of("a"), id_of("b")), "same", "one scar")
    assert done.judgement.waits and not look(ann)[1].found


def test_erasing_her_takes_what_was_suggested_of_her(ann: Ledger) -> None:
    assert write(ann) == 1
    view, _ = look(ann)
    (held,) = view.live_of(ALIKE)
    unit = ann.find_unit(held.statement.subject)
    ann.erase(unit.compartment, unit.stratum, unit.unit, "she asked")
    view, _ = look(ann)
    assert not view.live_of(ALIKE)


def list_waiting(ledger: Ledger) -> tuple[Suggestion, ...]:
    view, suggested = look(ledger)
    return list_open(view, ledger.vault.compartment().id, tuple(suggested.names))


def test_what_is_open_is_listed_until_it_is_judged(bench: Bench, ann: Ledger) -> None:  # noqa: F811
    assert not list_waiting(ann)
    assert write(ann) == 1
    (one,) = list_waiting(ann)
    assert {one.a, one.b} == {id_of("a"), id_of("b")} and one.traits == list_alike(ann)[0].traits
    bea = join(bench, "record", "identity")
    assert write(bea) == 1 and len(list_waiting(bea)) == 1  # of two runs one pair
    done = judge_pair(bea, bea.vault.compartment(), (id_of("a"), id_of("b")), "same", "two daughters")
    ann = bench.open()
    assert not list_waiting(ann)
    undo_judgement(bea, bea.vault.compartment(), done.id, "a slip of the pen")
    assert len(list_waiting(bench.open())) == 1


def test_what_was_taken_back_or_waits_for_a_second_is_not_open(ann: Ledger) -> None:
    assert write(ann) == 1
    put(ann, tie("t", "sold_with", "a", "b"))
    assert write(ann) == 1 and not list_waiting(ann)


def test_the_hardest_stands_first(ann: Ledger) -> None:
    home = {"home": "KP-09"}
    put(ann, *person("c", "박금순", **HERS, **home), *person("d", "Pak Kum Sun", **HERS, **home))
    assert write(ann) >= 2
    chances = [one.probability for one in list_waiting(ann)]
    assert chances == sorted(chances, key=lambda p: -p * (1 - p)) and len(set(chances)) > 1
