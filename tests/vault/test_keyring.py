"""Keyrings: unit keys for those they are wrapped to; tombstones win over any ring that is older."""

import pytest
from msgspec import structs
from tests.vault.invented import Dice
from tests.vault.people import ANNA, BORA, COMPARTMENT, VAULT, Person, fold, make_person

from onggi.errors import OnggiError
from onggi.vault.keyring import (
    Keyring,
    Tombstone,
    accept_tombstone,
    make_keyring,
    read_keyring,
    sign_tombstone,
    write_keyring,
)
from onggi.vault.keys import Device

MEMBERS = fold()
UNIT, OTHER = "11" * 16, "22" * 16


def device(person: Person) -> Device:
    """The device, with the vault's id in its secret."""
    return Device.of(structs.replace(person.device.secret, vault=VAULT))


def mark(unit: str, by: Person = ANNA, stratum: str = "identity", compartment: str = COMPARTMENT) -> bytes:
    """A tombstone."""
    return sign_tombstone(by.device.signer, Tombstone(1, unit, compartment, stratum, by.id))


@pytest.fixture
def ring() -> Keyring:
    """A keyring with two units, wrapped to Anna."""
    empty = make_keyring(COMPARTMENT, "identity", Dice("ring"))
    return (
        empty.with_unit(UNIT, b"1" * 32).with_unit(OTHER, b"2" * 32).shared({ANNA.id: ANNA.card.xwing}, VAULT)
    )


def reread(ring: Keyring, person: Person) -> Keyring:
    """What somebody reads of a keyring that was written."""
    return read_keyring(write_keyring(ring, VAULT, Dice("written")), COMPARTMENT, "identity", device(person))


def test_what_was_written_is_read(ring: Keyring) -> None:
    found = reread(ring, ANNA)
    assert (found.units, found.index_key, found.count) == (ring.units, ring.index_key, ring.count + 1)


def test_a_ring_opens_for_those_it_is_wrapped_to(ring: Keyring) -> None:
    with pytest.raises(OnggiError, match="vault.keyring.closed"):
        reread(ring, BORA)
    assert reread(ring.shared({BORA.id: BORA.card.xwing}, VAULT), BORA).units == ring.units


@pytest.mark.parametrize(("compartment", "stratum"), [("c1" * 16, "identity"), (COMPARTMENT, "care")])
def test_a_ring_in_another_place_does_not_open(ring: Keyring, compartment: str, stratum: str) -> None:
    data = write_keyring(ring, VAULT, Dice("written"))
    with pytest.raises(OnggiError, match="vault.keys.wrap"):
        read_keyring(data, compartment, stratum, device(ANNA))
    with pytest.raises(OnggiError, match="vault.signed.broken"):
        read_keyring(b"{}", COMPARTMENT, "identity", device(ANNA))


def test_a_tombstone_takes_the_key_and_stays(ring: Keyring) -> None:
    after = ring.without([UNIT, UNIT])
    assert set(after.units) == {OTHER} and after.erased == {UNIT}
    # An older ring that is put back loses the key again, by the tombstone that the packs still hold.
    assert set(ring.without(after.erased).units) == {OTHER}
    assert reread(after, ANNA).erased == {UNIT}


def test_a_renewed_ring_has_fresh_keys_for_those_it_names_alone(ring: Keyring) -> None:
    shared = ring.shared({BORA.id: BORA.card.xwing}, VAULT)
    fresh = shared.renewed({ANNA.id: ANNA.card.xwing}, VAULT, Dice("renewed"))
    assert fresh.ring_key != ring.ring_key and fresh.index_key != ring.index_key
    assert set(fresh.wraps) == {ANNA.id} and fresh.units == ring.units
    with pytest.raises(OnggiError, match="vault.keyring.closed"):
        reread(fresh, BORA)


def test_sharing_again_keeps_the_wraps_there_are(ring: Keyring) -> None:
    again = ring.shared({ANNA.id: ANNA.card.xwing, BORA.id: BORA.card.xwing}, VAULT)
    assert again.wraps[ANNA.id] == ring.wraps[ANNA.id] and set(again.wraps) == {ANNA.id, BORA.id}


def test_only_a_member_of_this_vault_may_bury_and_only_here() -> None:
    assert accept_tombstone(MEMBERS, COMPARTMENT, "identity", mark(UNIT, BORA)) is not None
    stranger = make_person("stranger", "member", 9)
    bent = mark(UNIT)[:-1] + b"\x00"
    elsewhere = (mark(UNIT, stratum="care"), mark(UNIT, compartment="c1" * 16))
    in_her_name = sign_tombstone(BORA.device.signer, Tombstone(1, UNIT, COMPARTMENT, "identity", ANNA.id))
    for raw in (mark(UNIT, stranger), bent, *elsewhere, in_her_name, b"bytes"):
        assert accept_tombstone(MEMBERS, COMPARTMENT, "identity", raw) is None


def test_no_key_stands_in_a_representation(ring: Keyring) -> None:
    shown = repr(ring)
    assert COMPARTMENT in shown
    assert repr(ring.ring_key) not in shown and repr(ring.units[UNIT]) not in shown
