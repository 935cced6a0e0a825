"""Fillers: totals are powers of two whatever is written, and many devices do not double each other."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.vault.invented import Dice, is_power

from onggi.vault.fillers import (
    LEAST,
    LEAST_OWN,
    common_fillers,
    own_fillers,
    plan_fillers,
    round_count,
    stage_fillers,
)
from onggi.vault.folder import Folder
from onggi.vault.packs import CLASSES, Shelf

COUNTS = st.fixed_dictionaries({size: st.integers(0, 300) for size in CLASSES})


@given(COUNTS, COUNTS, COUNTS, st.sampled_from([LEAST, LEAST_OWN]))
def test_totals_are_powers_of_two(
    present: dict[int, int], fresh: dict[int, int], spare: dict[int, int], least: dict[int, int]
) -> None:
    spare = {size: min(spare[size], present[size]) for size in CLASSES}
    consumed, made = plan_fillers(present, fresh, spare, least)
    for size in CLASSES:
        total = present[size] + fresh[size] - consumed[size] + made[size]
        assert total == 0 or is_power(total)
        assert total >= least[size]
        assert 0 <= consumed[size] <= spare[size] and made[size] >= 0
        assert not (consumed[size] and made[size])


@given(st.integers(0, 500), st.sampled_from(CLASSES), st.sampled_from([LEAST, LEAST_OWN]))
def test_nothing_is_made_where_nothing_is_written(count: int, size: int, least: dict[int, int]) -> None:
    settled = {size: round_count(count, least[size])}
    consumed, made = plan_fillers(settled, {}, {}, {**dict.fromkeys(CLASSES, 0), size: least[size]})
    assert set(consumed.values()) == set(made.values()) == {0}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=60))
def test_what_fits_the_fillers_does_not_change_the_number(writes: list[int]) -> None:
    size = CLASSES[0]
    present, spare, real = round_count(0, LEAST[size]), LEAST[size], 0
    for fresh in writes:
        consumed, made = plan_fillers({size: present}, {size: fresh}, {size: spare}, LEAST)
        assert (made[size] == 0) == (fresh <= spare)
        present += fresh - consumed[size] + made[size]
        spare += made[size] - consumed[size]
        real += fresh
        assert present == real + spare <= max(2 * real, LEAST[size])


@given(st.integers(2, 40), st.integers(1, 40))
def test_many_devices_cost_their_sum_and_no_product(devices: int, writes: int) -> None:
    """Each rounds its own packs; common fillers round the whole, and every device may use them up."""
    size = CLASSES[0]
    own, spare, real, common = [0] * devices, [0] * devices, 0, LEAST[size]
    for write in range(devices * writes):
        device = write % devices
        consumed, made = plan_fillers({size: own[device]}, {size: 3}, {size: spare[device]}, LEAST_OWN)
        change = 3 + made[size] - consumed[size]
        used, more = plan_fillers({size: sum(own) + common}, {size: change}, {size: common}, LEAST)
        own[device] += change
        spare[device] += made[size] - consumed[size]
        common += more[size] - used[size]
        real += 3
        assert is_power(sum(own) + common)
    assert sum(own) <= max(2 * real, LEAST_OWN[size] * devices) + devices
    assert sum(own) + common <= 2 * max(sum(own), LEAST[size])


@given(st.integers(0, 10**6), st.integers(0, 100))
def test_round_count(total: int, least: int) -> None:
    rounded = round_count(total, least)
    assert rounded >= max(total, least)
    assert rounded == 0 or is_power(rounded) and rounded < 2 * max(total, least, 1)


def test_own_fillers_open_for_their_device_and_common_ones_for_all(tmp_path: Path) -> None:
    vault, dice = "ab" * 32, Dice("fillers")
    folder = Folder(tmp_path / "vault", dice)
    folder.make()
    mine, theirs = own_fillers("11" * 16, b"m" * 32), own_fillers("22" * 16, b"t" * 32)
    common = common_fillers(vault, b"v" * 32)
    for one in (mine, theirs, common):
        folder.settle(stage_fillers(folder, vault, one, {CLASSES[0]: 1}, dice))
    shelf = Shelf(folder, vault)
    shelf.add([mine, common])
    assert [len(shelf.names_of(one)) for one in (mine, common)] == [1, 1]
    assert len(shelf.closed) == 1 and list(shelf.all_parts()) == []
    assert {folder.size(name) for name in shelf.names} == {CLASSES[0]}
