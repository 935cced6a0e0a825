"""Heads: signed by their device, readable to all as an inventory, and to a compartment as a head."""

from dataclasses import replace

import msgspec
import pytest
from tests.vault.invented import Dice, is_power
from tests.vault.people import ANNA, BORA, COMPARTMENT, LOG_KEY

from onggi.errors import OnggiError
from onggi.vault.heads import Heads, Tip, read_heads, write_heads

NORTH, NORTH_KEY = "c1" * 16, b"n" * 32
LOG_KEYS = {COMPARTMENT: LOG_KEY, NORTH: NORTH_KEY}
TIPS = {one: Tip(one, "10" * 16, 7, "aa" * 32) for one in LOG_KEYS}
HEADS = Heads(
    ANNA.id,
    count=4,
    copied="cc" * 16,
    packs=frozenset({"00" * 32, "ff" * 32}),
    retired=frozenset({"11" * 32}),
    tips=TIPS,
)


def write(heads: Heads = HEADS) -> bytes:
    """What Anna's cell holds."""
    return write_heads(heads, ANNA.device.signer, ANNA.device.desk, LOG_KEYS, Dice("heads"))


def boxes(data: bytes) -> list[str]:
    """The boxes that stand in a cell."""
    body = msgspec.json.decode(data[4 : 4 + int.from_bytes(data[:4], "big")])
    return list(body["boxes"])


def test_what_was_written_is_read() -> None:
    found = read_heads(write(), ANNA.card, LOG_KEYS, ANNA.device.desk)
    assert (found.device, found.count, found.copied) == (ANNA.id, 5, "cc" * 16)
    assert (found.packs, found.tips) == (HEADS.packs, TIPS) and found.retired > HEADS.retired


def test_who_is_not_in_a_compartment_reads_the_inventory_and_no_head() -> None:
    for keys, opened in (({}, set()), ({NORTH: NORTH_KEY}, {NORTH}), ({NORTH: LOG_KEY}, set())):
        found = read_heads(write(), ANNA.card, keys)
        assert set(found.tips) == opened and found.packs == HEADS.packs


def test_how_often_a_device_wrote_is_its_own_business() -> None:
    once, often = (write(replace(HEADS, count=count)) for count in (1, 1_000_000))
    assert read_heads(once, ANNA.card, LOG_KEYS).count == read_heads(often, ANNA.card, LOG_KEYS).count == 0
    assert len(once) == len(often)
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        read_heads(once, ANNA.card, LOG_KEYS, BORA.device.desk)


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 9])
def test_the_number_of_boxes_tells_a_power_of_two(count: int) -> None:
    keys = {f"{number:032x}": bytes([number]) * 32 for number in range(count)}
    tips = {one: Tip(one, "10" * 16, 7, "aa" * 32) for one in keys}
    data = write_heads(Heads(ANNA.id, tips=tips), ANNA.device.signer, ANNA.device.desk, keys, Dice("boxes"))
    found = boxes(data)
    assert len(found) >= max(4, count) and is_power(len(found)) and len(found) < max(5, 2 * count)
    assert len({len(box) for box in found}) == 1 and len(set(found)) == len(found)
    assert set(read_heads(data, ANNA.card, keys).tips) == set(keys)


@pytest.mark.parametrize(("count", "told"), [(0, 32), (1, 32), (32, 32), (33, 64)])
def test_how_many_packs_the_last_write_brought_tells_a_power_of_two(count: int, told: int) -> None:
    retired = frozenset(f"{number:064x}" for number in range(count))
    found = read_heads(write(replace(HEADS, retired=retired)), ANNA.card, LOG_KEYS).retired
    assert retired <= found and len(found) == told


def test_heads_of_another_device_or_with_another_signature_are_refused() -> None:
    with pytest.raises(OnggiError):
        read_heads(write(), BORA.card, LOG_KEYS)
    forged = write_heads(HEADS, BORA.device.signer, BORA.device.desk, LOG_KEYS, Dice("forged"))
    with pytest.raises(OnggiError):
        read_heads(forged, ANNA.card, LOG_KEYS)
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        read_heads(forged, BORA.card, LOG_KEYS)


def test_no_changed_byte_is_believed() -> None:
    data = write()
    for at in range(0, len(data), 61):
        bent = bytearray(data)
        bent[at] ^= 1
        with pytest.raises(OnggiError):
            read_heads(bytes(bent), ANNA.card, LOG_KEYS)
