"""A read is signed first or does not happen; bytes are held against what was sealed."""

import pytest
from tests.evidence.conftest import Desk
from tests.evidence.invented import make_photo
from tests.ledger.invented import id_of, record, state

from onggi.errors import OnggiError
from onggi.evidence import item as items
from onggi.evidence.item import check_item, note_event, read_item
from onggi.ledger.ledger import Ledger
from onggi.model.stratum import Stratum
from onggi.model.value import Text

ALL = ("record", "identity", "care")


def test_a_read_is_signed_before_the_first_byte(desk: Desk) -> None:
    item = desk.add("photo.jpg", make_photo())
    parts = read_item(desk.ledger, desk.ledger.vault.compartment(), item, "to show counsel")
    (note,) = desk.bench.open().view(strata=ALL).about(item, "read_item")
    assert note.statement.value == Text("to show counsel", "und")
    assert note.stratum == "identity"
    assert b"".join(parts) == make_photo()


def test_a_read_that_cannot_be_signed_does_not_happen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    item = desk.add("photo.jpg", make_photo())

    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(Ledger, "append", fail)
    with pytest.raises(OnggiError, match="ledger.unsigned"):
        read_item(desk.ledger, desk.ledger.vault.compartment(), item, "reason")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_read_without_a_reason_does_not_happen(desk: Desk, reason: str) -> None:
    item = desk.add("photo.jpg", make_photo())
    with pytest.raises(OnggiError, match="ledger.reason"):
        read_item(desk.ledger, desk.ledger.vault.compartment(), item, reason)


def test_what_is_no_item_is_not_read(desk: Desk) -> None:
    for entity in (id_of("woman"), id_of("nobody")):
        with pytest.raises(OnggiError, match="ledger.absent"):
            read_item(desk.ledger, desk.ledger.vault.compartment(), entity, "reason")


def test_a_whole_item_checks_and_one_that_was_changed_does_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = desk.add("photo.jpg", make_photo())
    compartment = desk.ledger.vault.compartment()
    view = desk.ledger.view(strata=ALL)
    digests, faults = check_item(desk.ledger, compartment, item, view)
    assert digests is not None and digests.length == len(make_photo()) and faults == ()
    vault = desk.ledger.vault
    monkeypatch.setattr(type(vault), "read_item", lambda *_: iter([make_photo()[:-1], b"x"]))
    digests, faults = check_item(desk.ledger, compartment, item, view)
    assert [one.code for one in faults] == ["evidence.item.changed"]
    with pytest.raises(OnggiError, match="evidence.item.changed"):
        list(items._read_checked(desk.ledger, compartment, items.find_stored(desk.ledger, compartment, item)))


def test_a_digest_that_somebody_recorded_otherwise_is_seen(desk: Desk) -> None:
    item = desk.add("photo.jpg", make_photo())
    false = state("false", "sha256", "00" * 32, "x")
    about = type(false.about)(false.about.id, item, id_of("case"), "")
    wrong = type(false)(false.what, about)
    desk.ledger.append(desk.ledger.vault.compartment(), record(wrong, stratum=Stratum.IDENTITY))
    view = desk.ledger.view(strata=ALL)
    _, faults = check_item(desk.ledger, desk.ledger.vault.compartment(), item, view)
    assert [one.code for one in faults] == ["evidence.item.changed"]


@pytest.mark.parametrize("event", ["printed", "handed_over", "exported"])
def test_what_is_done_with_an_item_is_signed(desk: Desk, event: str) -> None:
    item = desk.add("photo.jpg", make_photo())
    note_event(desk.ledger, desk.ledger.vault.compartment(), item, event, "for a court")
    (note,) = desk.ledger.view(strata=ALL).about(item, event)
    assert (note.statement.value, note.stratum) == (Text("for a court", "und"), "identity")
