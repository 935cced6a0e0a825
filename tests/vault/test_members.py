"""The membership log: what a forged entry would give is not given, and that it was tried is said."""

import itertools

import pytest
from msgspec import structs
from tests.vault.people import (
    ANNA,
    BORA,
    CELLS,
    CHEN,
    DARA,
    ENROLMENTS,
    ENTRIES,
    GENESIS,
    VAULT,
    enrol,
    fold,
    make_person,
)

from onggi.errors import OnggiError
from onggi.vault.members import Cells, Copy, Enrolment, Genesis, Mailbox, Members, Publication, read_members
from onggi.vault.signed import hash_signed

SPARE = make_person("spare", "member", 5)
BORAS = make_person("bora's other", "member", 2, BORA.card.member)


def said(members: Members) -> list[str]:
    """The ids of what was found."""
    return [finding.code for finding in members.findings]


def test_an_honest_log_is_read_in_any_order() -> None:
    expected = fold()
    assert said(expected) == []
    assert set(expected.devices) == {person.id for person in (ANNA, BORA, CHEN, DARA)}
    assert expected.slots() == {person.card.slot: person.card for person in (ANNA, BORA, CHEN, DARA)}
    for order in itertools.permutations(ENTRIES):
        members = read_members(VAULT, order)
        assert (members.devices, members.tips, members.keys) == (expected.devices, expected.tips, 4)


def test_cells_add_up() -> None:
    more = Cells(1, DARA.id, (hash_signed("entry", ENROLMENTS[DARA.id]),), 8, rings=("0d" * 16,))
    members = fold(DARA.sign(more))
    assert (members.keys, members.heads, members.ring_names) == (8, {"0a" * 16}, {"0c" * 16, "0d" * 16})
    assert members.rings == {ANNA.id: ["0c" * 16], DARA.id: ["0d" * 16]}


ENROLLED = (hash_signed("entry", ENROLMENTS[BORA.id]),)
FORGED = {
    "a member lets another in": BORA.sign(Enrolment(1, BORA.id, ENROLLED, SPARE.card)),
    "a member makes herself an admin": BORA.sign(
        Enrolment(1, BORA.id, ENROLLED, structs.replace(BORAS.card, role="admin"))
    ),
    "a member takes another's slot": BORA.sign(
        Enrolment(1, BORA.id, ENROLLED, structs.replace(BORAS.card, slot=1))
    ),
    "a member takes another's heads": BORA.sign(
        Enrolment(1, BORA.id, ENROLLED, structs.replace(BORAS.card, heads=ANNA.card.heads))
    ),
    "a member brings a device for somebody else": BORA.sign(
        Enrolment(1, BORA.id, ENROLLED, structs.replace(BORAS.card, member=CHEN.card.member))
    ),
    "a member adds keyslots": BORA.sign(Cells(1, BORA.id, ENROLLED, 8)),
    "a member adds keyrings": BORA.sign(Cells(1, BORA.id, ENROLLED, 4, rings=("0d" * 16,))),
    "a member exchanges the publication key": BORA.sign(
        Publication(1, BORA.id, ENROLLED, BORA.card.ed25519, BORA.card.mldsa44)
    ),
    "a member hands out another's mailbox": BORA.sign(
        Mailbox(1, BORA.id, ENROLLED, CHEN.id, {BORA.id: "00"})
    ),
    "somebody unknown": SPARE.sign(Copy(1, SPARE.id, (VAULT,), "00" * 16, "2026-11-23")),
    "in another's name": BORA.sign(Cells(1, ANNA.id, ENROLLED, 8)),
    "a second beginning": BORA.sign(Genesis(1, BORA.id, (), 1, "11" * 32, BORA.card), "genesis"),
    "a name that is none": ANNA.sign(Cells(1, ANNA.id, (VAULT,), 4, heads=("../../etc",))),
    "a role that is none": ANNA.sign(
        Enrolment(1, ANNA.id, (VAULT,), structs.replace(SPARE.card, role="god"))
    ),
    "a key that is none": ANNA.sign(
        Enrolment(1, ANNA.id, (VAULT,), structs.replace(SPARE.card, ed25519="zz"))
    ),
    "no entry at all": b"\x00\x00\x00\x02{}" + bytes(2484),
    "bytes": b"bytes",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_entry_changes_nothing_and_is_said(name: str) -> None:
    honest, members = fold(), fold(FORGED[name])
    assert said(members) == ["vault.members.entry"]
    for field in ("devices", "keys", "heads", "desks", "rings", "publication", "copies", "mailboxes"):
        assert getattr(members, field) == getattr(honest, field)


def test_a_changed_signature_changes_nothing() -> None:
    for at in (-1, -2000, -2450):
        bent = bytearray(CELLS)
        bent[at] ^= 1
        members = read_members(VAULT, [GENESIS, bytes(bent)])
        assert (said(members), members.keys) == (["vault.members.entry"], 0)


def test_a_member_may_do_what_is_hers() -> None:
    device = BORA.sign(Enrolment(1, BORA.id, ENROLLED, BORAS.card))
    own = Mailbox(1, BORA.id, (hash_signed("entry", device),), BORAS.id, {ANNA.id: "00"})
    copy = Copy(1, BORA.id, ENROLLED, "00" * 16, "2026-11-23")
    cells = Cells(1, BORA.id, ENROLLED, 4, heads=("0e" * 16,), desks=("0f" * 16,))
    members = fold(device, *(BORA.sign(entry) for entry in (own, copy, cells)))
    assert said(members) == []
    assert members.slots()[2] == BORAS.card
    assert members.copies == [copy] and "0e" * 16 in members.heads
    assert members.mailboxes == {BORAS.id: {ANNA.id: "00"}}


def test_what_builds_on_a_missing_entry_waits() -> None:
    further = enrol(ANNA, SPARE, "77" * 32)
    members = fold(further)
    assert said(members) == ["vault.members.gap"] and SPARE.id not in members.devices
    assert members.tips == fold().tips


def test_without_its_genesis_there_is_no_vault() -> None:
    for entries in ([], ENTRIES[1:]):
        with pytest.raises(OnggiError, match="vault.members.genesis"):
            read_members(VAULT, entries)


def test_another_format_is_named() -> None:
    newer = ANNA.sign(Genesis(1, ANNA.id, (), 2, "00" * 32, ANNA.card), "genesis")
    with pytest.raises(OnggiError, match="vault.newer"):
        read_members(hash_signed("genesis", newer), [newer])
