"""Any change of any stored byte is reported, never silently accepted, and the rest stays readable (P2)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.vault.invented import (
    ADMIN,
    MEMBER,
    NORTHERNER,
    Dice,
    changed,
    check_as,
    codes,
    make_entries,
    open_as,
    read_all,
    write,
)

from onggi.errors import OnggiError
from onggi.vault.checking import Report, check_vault
from onggi.vault.folder import Folder
from onggi.vault.packs import pack_name
from onggi.vault.writing import Change

PLACES = ("keys", "heads", "rings", "desks", "packs")


def flip(data: bytes, at: int) -> bytes:
    """These bytes with one bit changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


CHANGES: dict[str, Callable[[bytes], bytes | None]] = {
    "first byte": lambda data: flip(data, 0),
    "byte 200": lambda data: flip(data, 200),
    "middle byte": lambda data: flip(data, len(data) // 2),
    "last byte": lambda data: flip(data, len(data) - 1),
    "last byte gone": lambda data: data[:-1],
    "emptied": lambda data: b"",
    "deleted": lambda data: None,
    "junk appended": lambda data: data + b"junk",
    "zeroed": lambda data: bytes(len(data)),
}


def find_by(root: Path, slot: int) -> Report | str:
    """What a member finds who opens the vault, or the id of what kept her from opening it."""
    try:
        return check_as(root, slot)
    except OnggiError as error:
        return error.id


def name_kinds(root: Path) -> dict[str, str]:
    """A name of the format for each kind of file that lies in the invented vault."""
    kinds: dict[str, str] = {}
    for slot in (ADMIN, MEMBER, NORTHERNER):
        vault = open_as(root, slot)
        cards = {card.slot: card for card in vault.members.devices.values()}
        for name in sorted(vault.shelf.names - set(vault.shelf.closed)):
            label = vault.shelf._opened[name].split()[0]
            common = name in vault.shelf.names_of(vault.common_fillers)
            kinds["pack: common filler" if common else f"pack: {label}"] = name
        kinds[f"desk of slot {slot}"] = f"desks/{cards[slot].desk}"
        for copy in (0, 1):
            kinds[f"heads of slot {slot}, {copy}"] = f"heads/{cards[slot].heads}.{copy}"
            for one in vault.compartments:
                kinds[f"ring of {one.name}, {copy}"] = f"rings/{one.grants.start.rings['record']}.{copy}"
    vault = open_as(root, ADMIN)
    used = {card.heads for card in vault.members.devices.values()}
    kinds["spare heads"] = f"heads/{sorted(vault.members.heads - used)[0]}.1"
    kinds["spare desk"] = (
        "desks/" + sorted(vault.members.desks - {card.desk for card in vault.members.devices.values()})[0]
    )
    rings = {name for one in vault.compartments for name in one.grants.start.rings.values()}
    kinds["spare ring"] = f"rings/{sorted(vault.members.ring_names - rings)[0]}.0"
    kinds |= {f"keyslot {slot}": f"keys/{slot:02d}" for slot in (1, 2, 3, 4)}
    return kinds


def test_the_whole_vault_is_well(template: Path) -> None:
    for slot, statements in ((ADMIN, 11), (MEMBER, 6), (NORTHERNER, 4)):
        report = check_as(template, slot)
        assert report.well and report.findings == []
        assert (report.counts["statements"], report.counts["packs"]) == (statements, 65)


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_every_kind_of_file_is_reported(root: Path, change: str) -> None:
    silent, lost = [], []
    whole = read_all(open_as(root, ADMIN))
    for kind, name in name_kinds(root).items():
        path = root / name
        with changed(path, CHANGES[change](path.read_bytes())):
            # The member has the record alone, and still sees damage to what she cannot open.
            found = find_by(root, MEMBER)
            if isinstance(found, Report) and found.well:
                silent.append(f"{kind}, to the member")
            try:
                vault = open_as(root, ADMIN)
            except OnggiError:
                # Without her own keyslot, or the pack that holds the beginning of the vault, nobody opens it.
                if not kind.startswith(("keyslot 1", "pack: vault")):
                    lost.append(kind)
                continue
            if check_vault(vault).well:
                silent.append(f"{kind}, to the admin")
            rest = read_all(vault)
            if rest != whole and not kind.startswith("pack") or not any(rest.values()):
                lost.append(kind)
    assert (silent, lost) == ([], [])
    assert read_all(open_as(root, ADMIN)) == whole


def test_every_pack_is_missed(root: Path) -> None:
    opened, silent = open_as(root, MEMBER), []
    for name in Folder(root, Dice("all")).names("packs"):
        with changed(root / name, None):
            try:
                opened.load()
            except OnggiError:
                continue
            if check_vault(opened).well:
                silent.append(name)
    assert silent == []


def test_every_kind_of_file_swapped_with_the_next_is_reported(root: Path) -> None:
    silent = []
    for place in PLACES:
        names = Folder(root, Dice("swap")).names(place)
        pairs = list(zip(names, names[2:], strict=False))
        for one, other in pairs[:: max(len(pairs) // 6, 1)]:
            first, second = (root / name for name in (one, other))
            with changed(first, second.read_bytes()), changed(second, first.read_bytes()):
                found = find_by(root, ADMIN)
                if isinstance(found, Report) and found.well:
                    silent.append((one, other))
    assert silent == []


@pytest.mark.parametrize("place", PLACES)
def test_a_double_under_another_name_is_reported(root: Path, place: str) -> None:
    name = Folder(root, Dice("double")).names(place)[0]
    other = {
        "keys": "keys/05",
        "heads": f"heads/{'0' * 32}.0",
        "rings": f"rings/{'0' * 32}.1",
        "desks": f"desks/{'0' * 32}",
        "packs": pack_name("0" * 64),
    }[place]
    whole = read_all(open_as(root, ADMIN))
    (root / other).write_bytes((root / name).read_bytes())
    found = find_by(root, ADMIN)
    assert isinstance(found, Report)
    expected = {"vault.packs.hash", "vault.packs.unnamed"} if place == "packs" else {"vault.cells.unknown"}
    assert expected <= codes(found)
    assert read_all(open_as(root, ADMIN)) == whole


@pytest.mark.parametrize("place", ["", *PLACES, "packs/3", "index", "tmp"])
def test_a_foreign_file_or_link_is_reported_and_not_followed(root: Path, place: str) -> None:
    whole = read_all(open_as(root, ADMIN))
    (root / place / "Thumbs.db").write_bytes(b"x")
    (root / place / "link").symlink_to("/dev/zero")
    found = find_by(root, MEMBER)
    assert isinstance(found, Report)
    assert [finding.where for finding in found.findings] == [place or "/"] * 2
    assert codes(found) == {"vault.folder.stranger"}
    assert read_all(open_as(root, ADMIN)) == whole


def test_a_file_put_in_place_of_a_link_is_missed(root: Path) -> None:
    refused: list[str] = []
    for name in (*sorted(open_as(root, ADMIN).shelf.names)[5:7], "keys/04"):
        path = root / name
        kept = path.read_bytes()
        path.unlink()
        path.symlink_to("/dev/zero")
        found = find_by(root, ADMIN)
        if isinstance(found, Report):
            assert {"vault.folder.stranger"} < codes(found)
        else:
            refused.append(found)
        path.unlink()
        path.write_bytes(kept)
    assert refused in ([], ["vault.members.genesis"])  # names are drawn: one may be that of the beginning


def test_an_older_state_of_one_file_is_reported(root: Path) -> None:
    """Everything a device replaces, set back alone: its commits and packs know better."""
    before = {path: path.read_bytes() for place in ("heads", "rings") for path in (root / place).iterdir()}
    write(open_as(root, ADMIN), {"identity": _change()})
    heads = open_as(root, ADMIN).card.heads
    both = [root / f"heads/{heads}.{copy}" for copy in (0, 1)]
    with changed(both[0], before[both[0]]), changed(both[1], before[both[1]]):
        found = find_by(root, MEMBER)
        assert isinstance(found, Report) and "vault.packs.unnamed" in codes(found)
    ring = open_as(root, ADMIN).compartment("main").grants.start.rings["identity"]
    both = [root / f"rings/{ring}.{copy}" for copy in (0, 1)]
    with changed(both[0], before[both[0]]), changed(both[1], before[both[1]]):
        found = find_by(root, ADMIN)
        assert isinstance(found, Report) and {"vault.strata.key", "vault.strata.damaged"} <= codes(found)
    assert check_as(root, ADMIN).well


def test_a_log_that_was_set_back_is_reported_to_all(root: Path) -> None:
    before = set(Folder(root, Dice("back")).names("packs"))
    write(open_as(root, ADMIN), {"record": _change()})
    for name in set(Folder(root, Dice("back")).names("packs")) - before:
        (root / name).unlink()
    for slot, code in ((ADMIN, "vault.heads.beyond"), (MEMBER, "vault.heads.beyond"), (NORTHERNER, "")):
        found = find_by(root, slot)
        assert isinstance(found, Report)
        assert {"vault.packs.missing", *([code] if code else [])} <= codes(found)


def test_a_pack_that_vanishes_behind_the_opening_is_missed(root: Path) -> None:
    vault = open_as(root, MEMBER)
    named = sorted(vault.shelf.names - vault.shelf.names_of(vault.common_fillers))
    (root / named[0]).unlink()
    assert "vault.packs.missing" in codes(check_vault(vault))


def test_fillers_that_another_uses_up_meanwhile_are_not_missed(root: Path) -> None:
    vault = open_as(root, MEMBER)
    write(open_as(root, ADMIN), {"record": _change()})
    assert check_vault(vault).well


def snapshot(root: Path) -> dict[Path, tuple[int, bytes]]:
    """All files and folders with their times and bytes."""
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in root.rglob("*")
    }


def test_opening_and_checking_write_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for method in ("stage", "settle", "replace", "remove", "sweep", "locked", "calm"):
        monkeypatch.setattr(Folder, method, lambda *arguments: pytest.fail("written"))
    before = {
        path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in root.rglob("*")
    }
    for slot in (ADMIN, MEMBER, NORTHERNER):
        vault = open_as(root, slot)
        assert check_vault(vault).well
        read_all(vault)
    after = {
        path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in root.rglob("*")
    }
    assert after == before


def test_findings_do_not_pile_up(root: Path) -> None:
    (root / "desks" / ("0" * 32)).write_bytes(b"x")
    vault = open_as(root, ADMIN)
    assert check_vault(vault).findings == check_vault(vault).findings


def test_progress_goes_on_to_the_end(template: Path) -> None:
    vault, seen = open_as(template, ADMIN), set[tuple[int, int, str]]()
    check_vault(vault, lambda done, total, stage: seen.add((done, total, stage)))
    assert {(64, 65, "packs"), (1, 2, "commits")} <= seen
    assert all(done < total for done, total, _ in seen)


def _change() -> Change:
    return Change(make_entries("f" * 32, 1, "later"))
