"""P2. Every change of a stored byte is reported with its place, and the rest stays readable.

Files are judged one by one (`judge_pack`, `judge_cell`) where each byte is tried, and the whole vault is
verified where the two are held against each other. What must still be readable is reckoned from an intact
vault (damage.py), to the statement.
"""

import errno
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from itertools import combinations, zip_longest
from multiprocessing import get_context
from pathlib import Path

import pytest
from tests.promises.damage import ALL_PLACES, Changed, Key, Whereabouts, read_keys
from tests.promises.small_vault import (
    ADMIN,
    MEMBER,
    PASSPHRASES,
    build_small_vault,
    fresh_dice,
    hold_keys,
    made_cheap,
    open_with,
)
from tests.promises.twins import Tally, twin

from onggi.cli.main import run
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.index import open_index
from onggi.ledger.ledger import Ledger
from onggi.vault import keyslot
from onggi.vault.checking import check_vault, judge_cell, judge_pack, judge_packs
from onggi.vault.folder import Folder
from onggi.vault.grants import STRATA
from onggi.vault.keys import Cost, Device
from onggi.vault.keyslot import open_keyslot
from onggi.vault.packs import CLASSES, pack_name

READERS = (ADMIN, MEMBER)

Place = tuple[str, str]
"""What a finding says, and where."""

JUNK = b"junk"


@dataclass(frozen=True)
class Small:
    """The small vault, intact, with the keys of its two members, and what each can read of it."""

    folder: Folder
    devices: Mapping[int, Device]
    where: Mapping[int, Whereabouts]

    @property
    def root(self) -> Path:
        return self.folder.root

    @property
    def vaultkey(self) -> bytes:
        return bytes.fromhex(self.devices[ADMIN].secret.vaultkey)

    @cached_property
    def names(self) -> list[str]:
        """All files that belong to the vault; an index does not."""
        return [name for place in ALL_PLACES for name in self.folder.names(place)]

    def holds(self, files: Mapping[str, bytes | None]) -> bool:
        """Whether these files are as they lie there."""
        return all(name in self.names and self.folder.read(name) == data for name, data in files.items())

    @cached_property
    def common_fillers(self) -> set[str]:
        """The packs that nobody names."""
        vault = open_with(self.folder, self.devices[ADMIN])
        return vault.shelf.names_of(vault.common_fillers)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The small vault; nobody writes here."""
    root = tmp_path_factory.mktemp("small") / "vault"
    build_small_vault(root)
    devices = {slot: hold_keys(root, slot) for slot in READERS}
    opened = {slot: open_with(root, devices[slot]) for slot in READERS}
    for vault in opened.values():
        assert check_vault(vault).findings == []
    where = {slot: Whereabouts(vault) for slot, vault in opened.items()}
    assert all(set(where[slot].keys) == read_keys(opened[slot]) for slot in READERS)
    return Small(Folder(root, fresh_dice()), devices, where)


def judge(folder: Folder, vaultkey: bytes, name: str) -> Finding | None:
    """What the check of one file says of it."""
    if name.startswith("packs/"):
        return judge_pack(folder, name)
    return judge_cell(folder, vaultkey, name)


# — each byte —


def flip_each(root: Path, vaultkey: bytes, work: tuple[str, range]) -> tuple[str, list[int]]:
    """Flip one byte after the other in one file; returns those of which its check says nothing."""
    name, positions = work
    folder = Folder(root, fresh_dice())
    data = bytearray(folder.read(name))
    changed = Changed(folder, {name: data})  # type: ignore[dict-item]  # read like bytes, and changed in place
    silent = []
    for at in positions:
        data[at] ^= 1 << at % 8
        if judge(changed, vaultkey, name) is None:
            silent.append(at)
        data[at] ^= 1 << at % 8
    return name, silent


@pytest.mark.parametrize("kind", ["cells", "small-packs", "large-packs"])
@twin(1999, 1)
def test_each_byte(small: Small, tally: Tally, count: int, kind: str) -> None:
    """Each byte of every file flipped, one at a time, and the file's check asked."""
    sizes = {name: small.folder.size(name) for name in small.names}
    kinds = {
        name: "cells"
        if not name.startswith("packs/")
        else "small-packs"
        if size == CLASSES[0]
        else "large-packs"
        for name, size in sizes.items()
    }
    work = [
        (name, range((start + number) % count + start, min(start + CLASSES[0], size), count))
        for number, (name, size) in enumerate(sizes.items())
        if kinds[name] == kind
        for start in range(0, size, CLASSES[0])
    ]
    assert all(len(positions) for _, positions in work)
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as pool:
        flipped = pool.map(partial(flip_each, small.root, small.vaultkey), work, chunksize=4)
        silent = {name: places for name, places in flipped if places}
    tally.add("files", len({name for name, _ in work}))
    tally.add("flips", sum(len(positions) for _, positions in work))
    assert silent == {}


@twin(60, 20_000)
def test_each_bit(small: Small, tally: Tally, count: int) -> None:
    """All eight bits of random bytes of random files flipped, one at a time, and the file's check asked."""
    dice, names = random.Random(2), small.names
    for _ in range(count):
        name = dice.choice(names)
        whole = small.folder.read(name)
        at = dice.randrange(len(whole))
        for bit in range(8):
            data = _flip(whole, at, bit)
            assert judge(Changed(small.folder, {name: data}), small.vaultkey, name), (name, at, bit)
            tally.add("flips")


@twin(64 * 61, 64)
def test_each_length(small: Small, tally: Tally, count: int) -> None:
    """Every file cut to nothing and to every multiple of 64 bytes, and the file's check asked."""
    for name in small.names:
        whole = small.folder.read(name)
        for length in range(0, len(whole), count):
            assert judge(Changed(small.folder, {name: whole[:length]}), small.vaultkey, name), (name, length)
            tally.add("lengths")


# — the whole vault, and what is left to read —


def look_at(small: Small, slot: int, files: Mapping[str, bytes | None], left: set[Key] | None) -> set[Place]:
    """Open a changed vault as a member, verify it, and read all that must be readable; returns what is grave.

    `left` is None where the vault must be closed to her.
    """
    changed = Changed(small.folder, files)
    try:
        vault = open_with(changed, small.devices[slot])
    except OnggiError as error:
        assert left is None and error.exit_code is Exit.CLOSED, error.id
        # Whoever cannot open it is told which files to take from a copy all the same.
        return {_bare(finding) for finding in judge_packs(changed)}
    assert left is not None
    report = check_vault(vault)
    assert read_keys(vault) == left
    return {_bare(finding) for finding in report.findings if finding.grave}


@twin(24, 2_500)
def test_whole_vault(small: Small, tally: Tally, count: int) -> None:
    """Random bits flipped, the whole vault verified by both members: each check of one file stands in it."""
    dice = random.Random(3)
    for number in range(count):
        slot = READERS[number % 2]
        if number % 4 < 2:
            # Half of them where it hurts; the rest anywhere, where most of it is padding.
            name, start, end = dice.choice(small.where[slot].matters())
        else:
            name, start = dice.choice(small.names), 0
            end = small.folder.size(name)
        at, bit = dice.randrange(start, end), dice.randrange(8)
        files = {name: _flip(small.folder.read(name), at, bit)}
        judged = judge(Changed(small.folder, files), small.vaultkey, name)
        left = small.where[slot].left_without(name, at, at + 1)
        found = look_at(small, slot, files, left)
        assert judged is not None and _bare(judged) in found, (name, at, bit, slot)
        tally.add("flips")
        tally.add("statements and files still read", len(left or ()))


@dataclass(frozen=True)
class Damage:
    """What befalls whole files: those that are other than they were, and the places to be named for it.

    What is lost is what stands in the file `lost` from the byte `start` on.
    """

    kind: str
    files: Callable[[], dict[str, bytes | None]]
    places: frozenset[str]
    lost: str = ""
    start: int = 0


def list_damages(small: Small) -> list[Damage]:
    """All that can befall whole files, in an order in which every kind comes soon."""
    kinds: dict[str, list[Damage]] = {}
    for damage in (*damage_files(small), *swap_files(small)):
        kinds.setdefault(damage.kind, []).append(damage)
    for damages in kinds.values():
        random.Random(4).shuffle(damages)
    return [damage for row in zip_longest(*kinds.values()) for damage in row if damage is not None]


def damage_files(small: Small) -> Iterator[Damage]:
    """What can befall one file."""
    for name in small.names:
        read, size, place = partial(small.folder.read, name), small.folder.size(name), frozenset([name])
        yield Damage("emptied", partial(dict, {name: b""}), place, name)
        yield Damage("zeroed", partial(_replace, name, read, lambda data: bytes(len(data))), place, name)
        yield Damage("cut", partial(_replace, name, read, _halve), place, name, size // 2)
        yield Damage("longer", partial(_replace, name, read, lambda data: data + JUNK), place)
        again = name_double(name)
        yield Damage("twice", partial(_replace, again, read, bytes), frozenset([again]))
        if name in small.common_fillers:
            # They are named by nobody: that one of them is gone shows in their number alone.
            yield Damage("filler deleted", partial(dict, {name: None}), frozenset(["packs"]), name)
        else:
            yield Damage("deleted", partial(dict, {name: None}), place, name)


def swap_files(small: Small) -> Iterator[Damage]:
    """Two files of a kind under each other's name. What is sealed in a pack opens under any name."""
    for place in ALL_PLACES:
        for one, other in combinations(small.folder.names(place), 2):
            files = partial(_swap, small.folder.read, one, other)
            yield Damage(f"swapped in {place}", files, frozenset([one, other]))


def name_double(name: str) -> str:
    """Another name of the format that such a file could bear, and none bears."""
    fresh = sha256(name.encode()).hexdigest()
    place, _, rest = name.partition("/")
    match place:
        case "packs":
            return pack_name(fresh)
        case "keys":
            return f"keys/{int(rest) + 40:02d}"
    return f"{place}/{fresh[:32]}{rest[32:]}"


@twin(24, 10_000)
def test_whole_files(small: Small, tally: Tally, count: int) -> None:
    """Every file deleted, emptied, zeroed, cut, made longer, doubled, and swapped with each of its kind."""
    for damage in list_damages(small)[:count]:
        files = damage.files()
        if small.holds(files):
            continue  # The two copies of a cell are the same: exchanging them changes no byte.
        for slot in READERS:
            left = small.where[slot].left_without(damage.lost, damage.start)
            places = {where for _, where in look_at(small, slot, files, left)}
            # Of a vault that is closed to her nobody can tell her which file is gone, only which is changed.
            assert damage.places <= places or left is None and None in files.values(), (damage.kind, slot)
        tally.add(damage.kind)


def test_commits_gone(small: Small, tally: Tally) -> None:
    """Each commit of each log gone, one at a time: all that was recorded before and after it is read."""
    vault = open_with(small.folder, small.devices[ADMIN])
    for compartment in vault.compartments:
        for part in vault.shelf.parts(compartment.log_domain, "commit"):
            left = small.where[ADMIN].left_without(part.pack)
            assert left is not None and {key for key in left if key[2:4] == (part.log, part.seq)} == set()
            found = look_at(small, ADMIN, {part.pack: None}, left)
            newest = compartment.history.logs[part.log].head[0] == part.seq
            place = f"{part.log}:{part.seq}"
            assert (("vault.commits.gap", place) in found) is not newest
            assert (("vault.heads.beyond", place) in found) is newest
            tally.add("commits")


@twin(8, 500)
def test_bad_sectors(small: Small, tally: Tally, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random files that the disk does not give back: each is named, and all else is read."""
    dice, plain = random.Random(7), Folder._plain
    for number in range(count):
        name, slot = dice.choice(small.names), READERS[number % 2]

        def fail(folder: Folder, asked: str, name: str = name) -> Path:
            if asked == name:
                raise OSError(errno.EIO, "Input/output error")
            return plain(folder, asked)

        with monkeypatch.context() as patch:
            patch.setattr(Folder, "_plain", fail)
            found = look_at(small, slot, {}, small.where[slot].left_without(name))
        assert ("vault.folder.unreadable", name) in found, (name, slot)
        tally.add("files")


def test_places_gone(small: Small, tally: Tally) -> None:
    """All cells of one kind gone at once: each is missed, and what needs none of them is read."""
    for place in ("heads", "rings", "desks", "keys"):
        gone: dict[str, bytes | None] = dict.fromkeys(small.folder.names(place))
        for slot in READERS:
            keyrings_gone = {key for key in small.where[slot].keys if key[1] == "anchor"}
            left = keyrings_gone if place == "rings" else set(small.where[slot].keys)
            found = look_at(small, slot, gone, left)
            assert {("vault.cells.missing", name) for name in gone} <= found
        tally.add("files", len(gone))


@twin(6, 1_000)
def test_restored(small: Small, tally: Tally, count: int, tmp_path: Path) -> None:
    """Packs gone while an index is made, and put back: the next answer has all that they hold."""
    root, device = Path(shutil.copytree(small.root, tmp_path / "vault")), small.devices[ADMIN]
    whole = read_all(root, device)
    vault = open_with(small.folder, device)
    commits = [
        part.pack for one in vault.compartments for part in vault.shelf.parts(one.log_domain, "commit")
    ]
    for name in dict.fromkeys([*commits, *(name for name, _, _ in small.where[ADMIN].matters())][:count]):
        data = (root / name).read_bytes()
        for gone in (root / name, *(root / "index").iterdir()):
            gone.unlink()
        try:
            assert read_all(root, device).items() <= whole.items(), name
        except OnggiError as error:
            assert error.exit_code is Exit.CLOSED
        (root / name).write_bytes(data)
        assert read_all(root, device) == whole, name
        tally.add("packs")


# — one's own keyslot, and indexes: neither is covered by what an opened vault can check alone —


@twin(29, 1)
def test_own_keyslot(small: Small, tally: Tally, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bit of one's own keyslot flipped: it does not open, or it opens and its tag tells."""

    def stretch(passphrase: str, salt: bytes, cost: Cost, slot: int) -> bytes:
        cost.check()
        return sha256(f"{passphrase} {slot} {cost}".encode() + salt).digest()

    monkeypatch.setattr(keyslot, "stretch", stretch)
    secret = small.devices[ADMIN].secret
    name = keyslot.slot_name(ADMIN)
    cost = keyslot.read_cost(small.folder, ADMIN)
    whole = keyslot.build_keyslot(secret, PASSPHRASES[ADMIN], cost, fresh_dice())
    closed = {"vault.keyslot.closed", "vault.newer", "vault.keys.cost"}
    for at in range(0, 8 * len(whole), count):
        changed = Changed(small.folder, {name: _flip(whole, at // 8, at % 8)})
        assert judge_cell(changed, small.vaultkey, name), at
        try:
            assert open_keyslot(changed, ADMIN, PASSPHRASES[ADMIN]) == secret, at
            tally.add("opened, and told by the tag")
        except OnggiError as error:
            assert error.id in closed and error.exit_code in (Exit.LOCKED, Exit.CLOSED), (at, error.id)
            tally.add("did not open")


def flip_index(path: Path, key: bytes, positions: range) -> list[int]:
    """Flip one byte after the other of an index; returns those of which its check says nothing."""
    whole, silent = path.read_bytes(), []
    own = path.with_name(f"{positions.start}{path.name}")
    for at in positions:
        own.write_bytes(_flip(whole, at, at % 8))
        try:
            index = open_index(own, key, "", "")
        except OnggiError:
            continue
        try:
            if index.check():
                silent.append(at)
        except OnggiError:
            continue
        finally:
            index.close()
    own.unlink()
    return silent


@twin(6007, 1)
def test_index_bytes(small: Small, tally: Tally, count: int, tmp_path: Path) -> None:
    """Each byte of an index flipped, one at a time, and its check asked."""
    vault = open_with(small.folder, small.devices[ADMIN])
    main = vault.compartment("main")
    ledger = Ledger(vault, lambda: 0)
    path = ledger._projections.path(main, "record")
    place = Path(shutil.copy(path, tmp_path))
    size, processors = place.stat().st_size, os.cpu_count() or 1
    work = [range(first * count, size, count * processors) for first in range(processors)]
    with ProcessPoolExecutor(processors, get_context("fork")) as pool:
        key = main.rings["record"].index_key
        silent = [at for places in pool.map(partial(flip_index, place, key), work) for at in places]
    tally.add("flips", sum(map(len, work)))
    assert silent == []


@twin(12, 1_500)
def test_index_answers(
    small: Small, tally: Tally, count: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Indexes flipped, cut and exchanged, whole or by pages, and asked at once: no answer differs."""
    dice = random.Random(5)
    root = Path(shutil.copytree(small.root, tmp_path / "vault"))
    device = small.devices[ADMIN]
    before = read_all(root, device)
    paths = sorted((root / "index").iterdir())
    for number in range(count):
        path = paths[number % len(paths)]
        whole = path.read_bytes()
        match number // len(paths) % 6:
            case 0 | 1 | 2:
                data = _flip(whole, dice.randrange(len(whole)), dice.randrange(8))
            case 3:
                data = whole[: 4096 * dice.randrange(len(whole) // 4096)]
            case 4:
                data = dice.choice(paths).read_bytes()
            case _:
                # Two pages in each other's place.
                one, other = sorted(4096 * at for at in dice.sample(range(len(whole) // 4096), 2))
                pages = whole[one : one + 4096], whole[other : other + 4096]
                data = whole[:one] + pages[1] + whole[one + 4096 : other] + pages[0] + whole[other + 4096 :]
        path.write_bytes(data)
        opened = Ledger(open_with(root, device), lambda: 0)
        found = opened.check_indexes()
        assert data == whole or [finding.where for finding in found] == [f"index/{path.name}"], number
        assert read_all(root, device) == before, number
        tally.add("indexes changed")
        path.write_bytes(whole)
    assert capfd.readouterr() == ("", ""), "the library has nothing to say to whoever reads"


def read_all(root: Path, device: Device) -> dict[str, tuple[str, bool]]:
    """All statements as a view gives them from the indexes: what each says and whether it is live."""
    ledger = Ledger(open_with(root, device), lambda: 0)
    try:
        view = ledger.view(strata=STRATA)
        held = [one for name in ("note", "name", "kind", "case", "erased") for one in view.of_property(name)]
        return {one.id: (repr(one.statement), view.is_live(one)) for one in held}
    finally:
        ledger.close()


# — what a person sees —


@pytest.fixture
def typed(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the small vault, with passphrase files beside it, to be used as a person does."""
    root = Path(shutil.copytree(small.root, tmp_path / "vault"))
    for slot in READERS:
        (tmp_path / f"passphrase-{slot}").write_text(PASSPHRASES[slot], "utf-8")
        (tmp_path / f"passphrase-{slot}").chmod(0o600)
    monkeypatch.setenv("ONGGI_LANG", "en")
    monkeypatch.chdir(tmp_path)
    with made_cheap():
        yield root


@twin(5, 400)
def test_as_typed(
    small: Small, tally: Tally, count: int, typed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Files changed on the disk; `verify`, `log`, `search` typed: a finding or a clear refusal each time."""
    dice, damages = random.Random(6), list_damages(small)
    for number in range(count):
        name, start, end = dice.choice(small.where[ADMIN].matters())
        flip = Damage(
            "", partial(_flip_one, small.folder, name, dice.randrange(start, end)), frozenset([name])
        )
        damage = flip if number % 2 else damages[number // 2]
        slot = READERS[number // 2 % 2]
        own = keyslot.slot_name(slot)
        files = damage.files()
        if small.holds(files):
            continue
        for file, data in files.items():
            _put(typed / file, data)
        options = [str(typed), "--as", str(slot), "--passphrase-file", f"passphrase-{slot}", "--json"]
        code = run(["verify", *options])
        said = json.loads(capfd.readouterr().out)
        if code == Exit.FINDINGS:
            assert not said["ok"] and all(one["where"] for one in said["findings"])
            assert said["findings"]
            tally.add("verified: findings")
        else:
            assert code == Exit.LOCKED and own in files
            tally.add("verified: her own keyslot does not open")
        for command in (["log"], ["search"]):
            code = run(
                [*command, *options] if command == ["log"] else ["search", str(typed), "dusk", *options[1:]]
            )
            said = json.loads(capfd.readouterr().out)
            assert code in (Exit.WELL, Exit.FINDINGS, Exit.LOCKED, Exit.CLOSED), said
            assert code == Exit.WELL or said["error"].startswith("vault."), said
        for file in files:
            _put(typed / file, small.folder.read(file) if file in small.names else None)


def test_closed(small: Small, typed: Path, tally: Tally, capfd: pytest.CaptureFixture[str]) -> None:
    """What the vault begins with changed: `verify` says which file to take from a copy all the same."""
    for name in sorted({name for name, _, _ in small.where[ADMIN].opening}):
        whole = (typed / name).read_bytes()
        (typed / name).write_bytes(bytes(len(whole)))
        assert run(["verify", str(typed), "--passphrase-file", "passphrase-1", "--json"]) == Exit.FINDINGS
        found = json.loads(capfd.readouterr().out)["findings"]
        assert [one["code"] for one in found] == ["vault.members.genesis", "vault.packs.hash"]
        assert found[1]["where"] == name
        assert run(["log", str(typed), "--passphrase-file", "passphrase-1"]) == Exit.CLOSED
        (typed / name).write_bytes(whole)
        tally.add("files")


def _replace(
    name: str, read: Callable[[], bytes], change: Callable[[bytes], bytes]
) -> dict[str, bytes | None]:
    return {name: change(read())}


def _halve(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _swap(read: Callable[[str], bytes], one: str, other: str) -> dict[str, bytes | None]:
    return {one: read(other), other: read(one)}


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)


def _flip_one(folder: Folder, name: str, at: int) -> dict[str, bytes | None]:
    return {name: _flip(folder.read(name), at, at % 8)}


def _flip(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def _bare(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.where
