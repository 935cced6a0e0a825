"""Copies: whole or not openable, gone on with where they stopped, and never a second hand in one log."""

import os
from pathlib import Path

import pytest
from tests.vault.invented import (
    ADMIN,
    MEMBER,
    NORTHERNER,
    Clock,
    check_as,
    codes,
    copy_folder,
    count_packs,
    is_power,
    make_entries,
    open_as,
    read_all,
    write,
)
from tests.vault.test_writing import Crash, crash_at

from onggi.errors import OnggiError
from onggi.vault.checking import check_vault
from onggi.vault.copying import copy_vault
from onggi.vault.folder import Folder
from onggi.vault.opened import Vault
from onggi.vault.session import write_session
from onggi.vault.writing import Change

UNIT = "f" * 32
LATER = Clock(9_000_000)


def copy(source: Path, target: Path) -> Vault:
    """A copy by the admin; returns the vault it was made from."""
    with write_session(vault := open_as(source, ADMIN)):
        copy_vault(vault, target, "2026-11-23", lambda *place: None)
    return vault


@pytest.fixture
def twin(root: Path) -> Path:
    """A copy of the invented vault."""
    copy(root, root.with_name("twin"))
    return root.with_name("twin")


def test_a_copy_is_whole_and_says_when_it_was_made(root: Path, twin: Path) -> None:
    for slot in (ADMIN, MEMBER, NORTHERNER):
        assert read_all(open_as(twin, slot)) == read_all(open_as(root, slot))
        assert check_as(twin, slot).findings == check_as(root, slot).findings == []
    assert [one.date for one in open_as(root, NORTHERNER).members.copies] == ["2026-11-23"]
    assert count_packs(twin) == count_packs(root)
    assert len({path.stat().st_mtime_ns for path in twin.rglob("*")}) == 1


def test_the_first_write_in_a_copy_makes_a_device(root: Path, twin: Path) -> None:
    before = {slot: open_as(twin, slot).device.id for slot in (ADMIN, MEMBER, NORTHERNER)}
    whole = {slot: read_all(open_as(root, slot)) for slot in before}
    for slot, (name, stratum) in {
        ADMIN: ("main", "care"),
        MEMBER: ("main", "record"),
        NORTHERNER: ("north", "record"),
    }.items():
        for _ in range(2):
            write(open_as(twin, slot), {stratum: Change(make_entries(UNIT, 1))}, name, LATER)
        vault = open_as(twin, slot)
        assert vault.device.id != before[slot]
        assert vault.members.member_of(vault.device.id) == vault.members.member_of(before[slot])
        assert set(read_all(vault)) == set(whole[slot])
        assert check_vault(vault).findings == []
    for slot in before:
        assert check_as(twin, slot).findings == []
        # Where it was copied from, everybody is who she was.
        write(open_as(root, slot), {}, "north" if slot == NORTHERNER else "main", LATER)
        assert open_as(root, slot).device.id == before[slot]
    assert all(is_power(count) for count in count_packs(twin).values())
    for place in ("heads", "desks", "rings", "keys"):
        assert is_power(len(list((twin / place).iterdir())))


def test_a_copy_of_a_copy(root: Path, twin: Path) -> None:
    write(open_as(twin, ADMIN), {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
    third = root.with_name("third")
    copy(twin, third)
    devices = {open_as(place, ADMIN).device.id for place in (root, twin)}
    for place in (third, twin):
        write(open_as(place, ADMIN), {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
        write(open_as(place, MEMBER), {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
        assert check_as(place, ADMIN).findings == []
    assert len(devices | {open_as(third, ADMIN).device.id}) == 3


def test_a_member_settles_into_a_copy_when_all_cells_are_taken(root: Path) -> None:
    places = [root, *(root.with_name(f"copy{number}") for number in range(3))]
    for source, target in zip(places, places[1:], strict=False):
        copy(source, target)
        write(open_as(target, MEMBER), {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
        write(open_as(target, NORTHERNER), {"care": Change(make_entries(UNIT, 1))}, "north", LATER)
        for slot in (ADMIN, MEMBER, NORTHERNER):
            assert check_as(target, slot).findings == []


def test_two_processes_of_a_member_settle_in_as_one_device(twin: Path) -> None:
    first, second = open_as(twin, ADMIN), open_as(twin, ADMIN)
    devices = len(first.members.devices)
    write(first, {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
    write(second, {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
    assert second.device.id == first.device.id
    assert len(open_as(twin, ADMIN).members.devices) == devices + 1
    assert check_as(twin, ADMIN).findings == []


def test_settling_in_may_be_cut_short_anywhere(twin: Path, tmp_path: Path) -> None:
    whole, finished, step = read_all(open_as(twin, MEMBER)), False, 0
    while not finished:
        root = copy_folder(twin, tmp_path / f"{step}" / "vault")
        with crash_at(step):
            try:
                write(open_as(root, MEMBER), {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
                finished = True
            except Crash:
                pass
        write(open_as(root, MEMBER), {"record": Change(make_entries(UNIT, 1, "mine"))}, clock=LATER)
        write(open_as(root, ADMIN), {"record": Change(make_entries(UNIT, 1, "hers"))}, clock=LATER)
        found = read_all(open_as(root, MEMBER))["main", "record"]
        assert {*whole["main", "record"], b'{"what":"mine 0"}', b'{"what":"hers 0"}'} <= {*found}
        for slot in (ADMIN, MEMBER):
            assert codes(check_as(root, slot)) == set(), f"step {step}"
        assert all(is_power(count) for count in count_packs(root).values())
        step += 17
    assert step > 34


def test_an_unfinished_copy_opens_for_nobody_or_as_a_copy_and_is_gone_on_with(root: Path) -> None:
    target, tries = root.with_name("twin"), 0
    for step in range(20, 200, 12):
        with crash_at(step):
            try:
                copy(root, target)
                break
            except Crash:
                tries += 1
        if (target / "keys/01").exists():
            assert open_as(target, ADMIN).own_heads.copied
    assert tries > 3
    for slot in (ADMIN, MEMBER):
        assert check_as(root, slot).findings == check_as(target, slot).findings == []
    assert count_packs(target) == count_packs(root)


def test_what_lies_there_already_is_not_touched(root: Path, twin: Path, tmp_path: Path) -> None:
    note = tmp_path / "note"
    note.mkdir()
    (note / "file").write_bytes(b"x")
    other = copy_folder(root, tmp_path / "other")
    for path in (other / "keys").iterdir():
        path.unlink()
    for path in (other / "packs").glob("?/*"):  # another vault's packs are noise to this one
        path.write_bytes(os.urandom(path.stat().st_size))
        path.rename(path.with_name("0" * 56 + path.name[:7]))
    for place in (twin, other, note):
        before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
        with pytest.raises(OnggiError, match="vault.copying.taken"):
            copy(root, place)
        assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_damage_is_not_copied(root: Path) -> None:
    vault = open_as(root, ADMIN)
    # Not a filler, which the copy may use up, and a byte that only the hash is over.
    name = min(vault.shelf.names_of(vault.compartment("main").domain("record")))
    data = bytearray((root / name).read_bytes())
    data[40_000] ^= 1
    (root / name).write_bytes(data)
    target = root.with_name("twin")
    with pytest.raises(OnggiError, match="vault.copying.damaged"):
        copy(root, target)
    assert list((target / "keys").iterdir()) == []


def test_a_stick_that_forgets_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, kept = root.with_name("twin"), Folder.read_part

    def forget(folder: Folder, name: str, offset: int, length: int) -> bytes:
        data = kept(folder, name, offset, length)
        return data if folder.root == root or name.startswith("packs") else data[:-1] + b"?"

    monkeypatch.setattr(Folder, "read_part", forget)
    with pytest.raises(OnggiError, match="vault.copying.failed"):
        copy(root, target)


def test_a_copy_by_other_means_is_a_fork_as_soon_as_they_meet(root: Path) -> None:
    other = copy_folder(root, root.with_name("other"))
    for place in (root, other):
        write(open_as(place, ADMIN), {"record": Change(make_entries(UNIT, 1))}, clock=LATER)
    for path in (other / "packs").glob("?/*"):
        (root / path.relative_to(other)).write_bytes(path.read_bytes())
    assert "vault.commits.fork" in codes(check_as(root, MEMBER))
