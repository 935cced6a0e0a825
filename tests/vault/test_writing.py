"""Writing: what was acknowledged is there wherever a crash comes; a listing tells a power of two."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.vault.invented import (
    ADMIN,
    ALPHA,
    BETA,
    COST,
    GAMMA,
    MEMBER,
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

from onggi.errors import OnggiError
from onggi.vault.checking import check_vault
from onggi.vault.commits import YEAR_10000
from onggi.vault.copying import copy_vault
from onggi.vault.enrol import add_compartment, add_member, grant_strata
from onggi.vault.erasing import erase_unit
from onggi.vault.folder import MOMENT, Folder
from onggi.vault.opened import Vault
from onggi.vault.session import write_session
from onggi.vault.writing import Change, File, write_commit

FRESH = "f" * 32
LATER = Clock(9_000_000)


class Crash(Exception):
    """The machine stops here."""


@contextmanager
def crash_at(step: int) -> Iterator[list[str]]:
    """Stop before the `step`-th time the folder is changed; tells what was done until then.

    Renaming several files is as many steps, and so is deleting them.
    """
    done: list[str] = []

    def count(method: str) -> None:
        if len(done) == step:
            raise Crash
        done.append(method)

    def stage(folder: Folder, data: bytes) -> object:
        count("stage")
        return kept["stage"](folder, data)

    def settle(folder: Folder, staged: list[tuple[Path, str]]) -> None:
        for one in staged:
            count("rename")
            kept["settle"](folder, [one])

    def remove(folder: Folder, names: list[str]) -> None:
        for name in names:
            count("remove")
            kept["remove"](folder, [name])

    kept: dict[str, Callable[..., object]] = {
        "stage": Folder.stage,
        "settle": Folder.settle,
        "remove": Folder.remove,
    }
    with pytest.MonkeyPatch.context() as patch:
        for method, changed in (("stage", stage), ("settle", settle), ("remove", remove)):
            patch.setattr(Folder, method, changed)
        yield done


def add_statements(vault: Vault, root: Path) -> None:
    """A commit with new units and a file of its own."""
    stream = io.BytesIO(b"x" * 70_000)
    changes = {
        "record": Change(make_entries(FRESH, 2, "fresh")),
        "identity": Change(make_entries(GAMMA, 1, "fresh"), [File("9" * 32, FRESH, stream, 70_000)]),
    }
    write_commit(vault, vault.compartment("main"), changes, LATER)


def add_somebody(vault: Vault, root: Path) -> None:
    """A member, for whom all kinds of cells have to be doubled."""
    add_member(vault, "the fourth's", "member", COST)
    add_member(vault, "the fifth's", "admin", COST)


def add_room(vault: Vault, root: Path) -> None:
    """A compartment, and a member let into it."""
    add_compartment(vault, "south")
    grant_strata(vault, vault.compartment("south"), vault.members.slots()[MEMBER], ["record"], True)


def erase(vault: Vault, root: Path) -> None:
    """A unit goes."""
    erase_unit(vault, vault.compartment("main"), "record", ALPHA)


def copy(vault: Vault, root: Path) -> None:
    """A copy of everything, beside the vault."""
    copy_vault(vault, root.with_name("copy"), "2026-11-23", lambda *place: None)


WORK: dict[str, tuple[Callable[[Vault, Path], None], int]] = {
    "commit": (add_statements, 3),
    "member": (add_somebody, 7),
    "compartment": (add_room, 7),
    "erasure": (erase, 2),
    "copy": (copy, 23),
}


LEFT = {
    "member": {"vault.cells.unknown"},
    "compartment": {"vault.cells.unknown"},
    "erasure": {"vault.keyring.behind"},
}


@pytest.mark.parametrize("name", WORK)
def test_a_crash_at_any_step_loses_nothing_acknowledged(template: Path, tmp_path: Path, name: str) -> None:
    work, stride = WORK[name]
    acknowledged = read_all(open_as(template, ADMIN))
    finished, step = False, 0
    while not finished:
        root = copy_folder(template, tmp_path / f"{step}" / "vault")
        vault = open_as(root, ADMIN)
        with crash_at(step) as done:
            try:
                with write_session(vault):
                    work(vault, root)
                finished = True
            except Crash:
                pass
        assert len(done) == step or finished
        found = read_all(open_as(root, ADMIN))
        for place, texts in acknowledged.items():
            lost = [text for text in texts if text not in found[place]]
            assert not lost or name == "erasure" and all(b"alpha" in text for text in lost)
        for slot in (ADMIN, MEMBER):
            # What a crash leaves looks like what somebody puts there, until the next write clears it up.
            assert codes(check_as(root, slot)) <= LEFT.get(name, set()), f"step {step}: {done[-3:]}"
        write(open_as(root, ADMIN), {"care": Change(make_entries(BETA, 1, "behind"))}, clock=LATER)
        for slot in (ADMIN, MEMBER):
            assert check_as(root, slot).findings == [], f"step {step}: {done[-3:]}"
        assert all(is_power(count) for count in count_packs(root).values()), count_packs(root)
        assert {path.stat().st_mtime_ns for path in root.rglob("*")} == {MOMENT * 10**9}
        step += stride
    assert step > 5 * stride


def test_an_erasure_that_was_cut_short_leaves_no_key_behind(template: Path, tmp_path: Path) -> None:
    for step in range(3, 40):
        root = copy_folder(template, tmp_path / f"{step}" / "vault")
        with crash_at(step) as done:
            try:
                with write_session(vault := open_as(root, ADMIN)):
                    erase(vault, root)
                return
            except Crash:
                pass
        vault = open_as(root, ADMIN)
        begun = ALPHA in vault.compartment("main").rings["record"].erased
        with write_session(vault):
            ring = vault.compartment("main").rings["record"]
            assert (ALPHA in ring.units) != (ALPHA in ring.erased)
            assert not begun or ALPHA in ring.erased
            name = vault.compartment("main").grants.start.rings["record"]
        first, second = ((root / f"rings/{name}.{number}").read_bytes() for number in (0, 1))
        assert first == second, f"step {step}: {done[-3:]}"
    pytest.fail("the erasure never ended")


def test_what_was_rolled_forward_is_acknowledged(root: Path) -> None:
    """A commit whose pack was renamed counts, though its writer never heard of it."""
    for step in range(10, 60):
        with crash_at(step) as done:
            try:
                with write_session(vault := open_as(root, ADMIN)):
                    write_commit(
                        vault, vault.compartment("main"), {"record": Change(make_entries(BETA, 1))}, LATER
                    )
                break
            except Crash:
                pass
        vault = open_as(root, ADMIN)
        behind = [one.code for one in check_vault(vault).findings if one.code == "vault.heads.behind"]
        with write_session(vault):
            tip = vault.own_heads.tips[vault.compartment("main").id]
            log = vault.compartment("main").history.logs[tip.log]
            assert (tip.seq, tip.hash) == log.head
        assert not behind or "rename" in done
        assert check_as(root, ADMIN).findings == []
    else:
        pytest.fail("the commit never ended")


def test_an_error_of_the_disk_acknowledges_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: int) -> None:
        raise OSError("no space left")

    before = read_all(open_as(root, ADMIN))
    with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):
        patch.setattr("onggi.vault.folder._sync", fail)
        write(open_as(root, ADMIN), {"record": Change(make_entries(FRESH, 1))})
    assert read_all(open_as(root, ADMIN)) == before
    assert check_as(root, ADMIN).well


def test_two_writers(root: Path) -> None:
    one, other = open_as(root, ADMIN), open_as(root, MEMBER)
    with write_session(one):
        with pytest.raises(OnggiError, match="vault.folder.busy"), write_session(other):
            pytest.fail("two writers at once")
        assert check_vault(other).well
    write(other, {"record": Change(make_entries(FRESH, 1, "second"))})
    assert b'{"what":"second 0"}' in read_all(open_as(root, ADMIN))["main", "record"]


def test_writing_for_a_stratum_that_is_not_held(root: Path) -> None:
    with pytest.raises(OnggiError, match="vault.writing.stratum"):
        write(open_as(root, MEMBER), {"identity": Change(make_entries(GAMMA, 1))})
    assert check_as(root, ADMIN).findings == []


def test_writing_with_what_was_read_before_would_fork_and_is_refused(root: Path) -> None:
    vault = open_as(root, ADMIN)
    stale = vault.compartment("main")
    with write_session(vault), pytest.raises(ValueError, match="read before"):
        write_commit(vault, stale, {"record": Change(make_entries(FRESH, 1))}, LATER)


def test_a_log_that_lost_acknowledged_commits_is_not_continued(root: Path) -> None:
    before = set(Folder(root, lambda size: bytes(size)).names("packs"))
    write(open_as(root, ADMIN), {"record": Change(make_entries(FRESH, 1))})
    for name in set(Folder(root, lambda size: bytes(size)).names("packs")) - before:
        (root / name).unlink()
    listing = count_packs(root)
    with pytest.raises(OnggiError, match="vault.writing.behind"):
        write(open_as(root, ADMIN), {"record": Change(make_entries(FRESH, 1))})
    assert count_packs(root) == listing


def test_a_device_whose_heads_are_gone_reads_and_does_not_write(root: Path) -> None:
    whole = read_all(open_as(root, ADMIN))
    name = open_as(root, ADMIN).card.heads
    for copy_number in (0, 1):
        (root / f"heads/{name}.{copy_number}").write_bytes(bytes(65536))
    assert read_all(open_as(root, ADMIN)) == whole
    with pytest.raises(OnggiError, match="vault.heads.lost"):
        write(open_as(root, ADMIN), {"record": Change(make_entries(FRESH, 1))})
    write(open_as(root, MEMBER), {"record": Change(make_entries(FRESH, 1))})


@pytest.mark.parametrize("place", ["heads", "rings"])
@pytest.mark.parametrize("copy_number", [0, 1])
def test_one_damaged_copy_is_made_good_by_the_next_write(root: Path, place: str, copy_number: int) -> None:
    vault = open_as(root, ADMIN)
    name = vault.card.heads if place == "heads" else vault.compartment("main").grants.start.rings["record"]
    (root / f"{place}/{name}.{copy_number}").write_bytes(b"")
    assert not check_as(root, ADMIN).well
    write(open_as(root, ADMIN), {"record": Change(make_entries(FRESH, 1))}, clock=LATER)
    assert check_as(root, ADMIN).findings == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.sampled_from([1, 40, 2000]), min_size=1, max_size=6), file=st.integers(0, 200_000))
def test_listings_tell_powers_of_two(
    template: Path, tmp_path_factory: pytest.TempPathFactory, sizes: list[int], file: int
) -> None:
    root = copy_folder(template, tmp_path_factory.mktemp("listing") / "vault")
    for number, size in enumerate(sizes):
        slot = (ADMIN, MEMBER)[number % 2]
        changes = {"record": Change(make_entries(FRESH, size))}
        if slot == ADMIN:
            changes["identity"] = Change((), [File(f"{number:032x}", FRESH, io.BytesIO(bytes(file)), file)])
        write(open_as(root, slot), changes, clock=LATER)
    counts = count_packs(root)
    assert set(counts) <= {64 << 10, 1 << 20, 16 << 20} and all(is_power(one) for one in counts.values())
    for place in ("keys", "desks", "heads", "rings"):
        assert is_power(len(list((root / place).iterdir())))
    assert check_as(root, ADMIN).findings == []


def test_the_clock_never_goes_back(root: Path) -> None:
    late, early = Clock(9_000_000), Clock(1)
    first = write(open_as(root, ADMIN), {"record": Change(make_entries(FRESH, 1))}, clock=late)
    second = write(open_as(root, MEMBER), {"record": Change(make_entries(FRESH, 1))}, clock=early)
    third = write(open_as(root, MEMBER), {"record": Change(make_entries(FRESH, 1))}, clock=early)
    times = [receipt.step.commit.hlc for receipt in (first, second, third)]
    assert times == [(9_001_000, 0), (9_001_000, 1), (9_001_000, 2)]
    assert check_as(root, ADMIN).well


def test_no_moment_is_claimed_that_nobody_would_believe(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_at(moment: int) -> tuple[int, int]:
        changes = {"record": Change(make_entries(FRESH, 1))}
        return write(open_as(root, ADMIN), changes, clock=Clock(moment - 1000)).step.commit.hlc

    assert write_at(YEAR_10000 - 2) == (YEAR_10000 - 2, 0)
    with pytest.raises(OnggiError, match="vault.writing.clock"):
        write_at(YEAR_10000)
    assert write_at(0) == (YEAR_10000 - 2, 1)
    monkeypatch.setattr("onggi.vault.writing.MOST_COUNTED", 2)  # as if four thousand million were counted
    assert write_at(0) == (YEAR_10000 - 1, 0)
    assert write_at(0) == (YEAR_10000 - 1, 1)
    with pytest.raises(OnggiError, match="vault.writing.clock"):
        write_at(0)
    assert check_as(root, ADMIN).well


def test_files_are_described_once_they_are_hashed(root: Path) -> None:
    def describe(items: object) -> list[object]:
        described.append(items)
        return make_entries(FRESH, 1, "described")  # type: ignore[return-value]

    described: list[object] = []
    stream = io.BytesIO(b"photo")
    change = Change((), [File("9" * 32, FRESH, stream, 5)], describe)  # type: ignore[arg-type]
    receipt = write(open_as(root, ADMIN), {"record": change})
    vault = open_as(root, ADMIN)
    main = vault.compartment("main")
    content = vault.content(main, main.history.steps()[-1], "record")
    assert [item.sha256 for item in content.items] == [receipt.items["record"][0].sha256]
    assert b"".join(vault.read_item(main, "record", content.items[0])) == b"photo"
    assert len(content.kept) == 1 and len(described) == 1
