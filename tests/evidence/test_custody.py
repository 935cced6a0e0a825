"""The chain of an item in its order, its gaps by name, and what was made of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.conftest import Desk
from tests.evidence.invented import make_photo
from tests.ledger.invented import append, id_of, record, state

from onggi.evidence.custody import _find_delay as find_delay
from onggi.evidence.custody import describe_item, find_derivatives, find_stand_in, trace_custody
from onggi.evidence.derive import strip_item
from onggi.evidence.item import note_event, read_item
from onggi.intake.originals import Making, Origin
from onggi.model.stratum import Stratum
from onggi.model.value import Date
from onggi.model.when import When

ALL = ("record", "identity", "care")
FULL = Origin(id_of("woman"), "1970-01-01", "a telephone", "sent")


def gaps(desk: Desk, item: str) -> list[str]:
    return [one.code for one in trace_custody(desk.ledger.view(strata=ALL), item).gaps]


def test_the_chain_is_told_in_the_order_it_was_signed(desk: Desk) -> None:
    item = desk.add("photo.jpg", make_photo(), FULL)
    compartment = desk.ledger.vault.compartment
    list(read_item(desk.ledger, compartment(), item, "to look"))
    made = strip_item(desk.ledger, compartment(), item, "to show", desk.bench.dice)
    note_event(desk.ledger, compartment(), item, "handed_over", "to counsel")
    traced = trace_custody(desk.ledger.view(strata=ALL), item)
    assert [step.what for step in traced.steps] == [
        *("brought_by", "received_on", "came_from", "obtained_by", "code"),
        *("read_item", "read_item", "derived_from", "handed_over"),
    ]
    assert traced.steps[7].held.statement.subject == made.copy.item
    assert (traced.closed, traced.gaps) == (False, ())
    times = [step.held.time for step in traced.steps]
    assert times == sorted(times)
    copy = trace_custody(desk.ledger.view(strata=ALL), made.copy.item)
    assert [step.what for step in copy.steps] == ["code", "derived_from"]
    assert copy.gaps == (), "who brought a copy is not asked: it says what it was made of"


def test_what_nobody_said_is_a_gap_and_what_nobody_knows_another(desk: Desk) -> None:
    asked = ("bringer", "received", "source", "way")
    item = desk.add("photo.jpg", make_photo())
    assert gaps(desk, item) == [f"evidence.custody.{name}" for name in asked]
    item = desk.add("photo.jpg", make_photo(), Origin(None, "unknown", "unknown", "unknown"))
    assert gaps(desk, item) == ["evidence.custody.bringer"] + [
        f"evidence.custody.{name}.unknown" for name in asked[1:]
    ]


def test_what_was_not_looked_into_is_a_gap(desk: Desk) -> None:
    item = desk.add("film.mkv", b"no film", FULL)
    assert gaps(desk, item) == ["evidence.custody.unlooked"]


def test_without_identity_the_sealing_shows_and_nothing_is_called_a_gap(desk: Desk) -> None:
    item = desk.add("photo.jpg", make_photo(), FULL)
    traced = trace_custody(desk.ledger.view(), item)
    assert ([step.what for step in traced.steps], traced.closed) == (["code"], True)
    assert [one.code for one in traced.gaps] == ["evidence.custody.closed"]
    known = describe_item(desk.ledger.view(), item)
    assert known.code is not None
    assert (known.media_type, known.sha256, known.received, known.bringers) == (None, None, None, ())


def test_a_second_day_of_receipt_is_a_conflict(desk: Desk) -> None:
    item = desk.add("photo.jpg", make_photo(), FULL)
    other = state("other", "received_on", Date.of(When("1969")), "x")
    moved = type(other)(other.what, type(other.about)(other.about.id, item, id_of("case"), ""))
    append(desk.ledger, *record(moved, stratum=Stratum.IDENTITY))
    assert "evidence.custody.conflict" in gaps(desk, item)


@given(st.integers(-3, 400))
def test_the_days_between_receipt_and_sealing_are_counted(days: int) -> None:
    sealed = date(2026, 3, 1)
    received = Date.of(When((sealed - timedelta(days)).isoformat()))
    found = list(find_delay(received, sealed, "I-X"))
    if days < -1:
        assert [one.code for one in found] == ["evidence.custody.early"]
    elif days <= 0:
        assert found == []
    else:
        assert [(one.code, one.values["days"]) for one in found] == [("evidence.custody.delay", days)]


def test_a_receipt_without_a_beginning_is_told() -> None:
    (found,) = find_delay(Date.of(When("../2020")), date(2026, 1, 1), "I-X")
    assert found.code == "evidence.custody.undated"


def test_the_newest_redacted_copy_stands_in_and_no_other(desk: Desk) -> None:
    original = desk.add("photo.jpg", make_photo())
    assert find_stand_in(desk.ledger.view(strata=ALL), original) is None
    made = {}
    for kind in ("redacted", "stripped", "redacted", "translation"):
        made[kind] = desk.add(f"{kind}.txt", b"words", None, Making(original, kind, tool="GIMP 3.0"))
    view = desk.ledger.view(strata=ALL)
    assert find_stand_in(view, original) == made["redacted"]
    assert [one.kind for one in find_derivatives(view, original)] == [
        *("redacted", "stripped", "redacted", "translation")
    ]
    assert {one.tool for one in find_derivatives(view, original)} == {"GIMP 3.0"}
    assert find_derivatives(view, made["redacted"]) == ()
    assert find_stand_in(desk.ledger.view(), original) is None, "closed, so nothing stands in"


@pytest.mark.parametrize("strata", [("record",), ALL])
def test_what_is_no_item_has_no_steps(desk: Desk, strata: tuple[str, ...]) -> None:
    traced = trace_custody(desk.ledger.view(strata=strata), id_of("nobody"))
    assert traced.steps == ()
