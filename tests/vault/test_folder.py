"""The folder: durable or not at all, one writer, no name but ours, no time but one."""

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest
from tests.vault.invented import Dice

from onggi.errors import OnggiError
from onggi.vault import folder as module
from onggi.vault.folder import MOMENT, Folder, make_buffer

DESK = "desks/" + "0" * 32
PACK = "packs/0/" + "0" * 63
MIB = 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty vault's folder."""
    folder = Folder(tmp_path / "vault", Dice("folder"))
    folder.make()
    return folder


def times(root: Path) -> set[int]:
    """The modification times of everything under a folder, in nanoseconds."""
    return {path.stat().st_mtime_ns for path in (root, *root.rglob("*"))}


def test_a_place_where_something_lies_is_refused(tmp_path: Path) -> None:
    tmp_path.joinpath("note").touch()
    for place in (tmp_path, tmp_path / "note"):
        with pytest.raises(OnggiError, match="vault.folder.taken"):
            Folder(place, Dice("taken")).make()
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_what_was_put_there_is_read_again(folder: Folder) -> None:
    assert folder.exists() and folder.names("desks") == []
    folder.replace(DESK, b"one")
    folder.replace(DESK, b"another")
    assert folder.read(DESK) == b"another"
    assert (folder.read_part(DESK, 2, 3), folder.read_part(DESK, 5, 99), folder.size(DESK)) == (
        b"oth",
        b"er",
        7,
    )
    assert folder.names("desks") == [DESK]
    folder.remove([DESK, DESK])
    with pytest.raises(FileNotFoundError):
        folder.read(DESK)


@pytest.mark.parametrize(
    "name", ["", "lock", "keys/1", "keys/0001", "../keys/01", "keys/../01", f"{DESK}.0", f"{DESK}\n", "tmp/x"]
)
def test_no_name_but_those_of_the_format(folder: Folder, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        folder.path(name)


@pytest.mark.parametrize("name", ["keys/01", "keys/64", "keys/128", DESK, PACK, "heads/" + "0" * 32 + ".1"])
def test_names_of_the_format(folder: Folder, name: str) -> None:
    folder.replace(name, b"data")
    assert folder.names(name.split("/")[0]) == [name] and folder.strangers() == []


def test_every_time_is_the_same(folder: Folder) -> None:
    assert times(folder.root) == {MOMENT * 10**9}
    with folder.locked():
        folder.settle([(folder.stage(b"pack"), PACK)])
        folder.replace(DESK, b"desk")
        folder.remove([DESK])
    assert times(folder.root) == {MOMENT * 10**9}


def test_nobody_else_may_look_in(folder: Folder) -> None:
    folder.replace(DESK, b"desk")
    with folder.locked():
        modes = {path.stat().st_mode & 0o077 for path in (folder.root, *folder.root.rglob("*"))}
    assert modes == {0}


def test_an_error_of_the_disk_stops(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    folder.replace(DESK, b"before")
    monkeypatch.setattr(module, "_sync", fail)
    with pytest.raises(OSError, match="input/output"):
        folder.replace(DESK, b"after")
    assert folder.read(DESK) == b"before"


def test_every_file_and_folder_is_synced(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(
        module, "_sync", lambda file: synced.append(Path(os.readlink(f"/proc/self/fd/{file}")))
    )
    folder.replace(DESK, b"desk")
    assert [path.parent.name for path in synced] == ["tmp", "vault"]
    folder.remove([DESK])
    assert synced[-1] == folder.root / "desks"


@pytest.mark.skipif(not hasattr(os, "O_DIRECT"), reason="here is one way only")
def test_a_large_file_is_whole_whichever_way_it_went(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    data, written, lying = make_buffer(4 * MIB), os.write, "packs/0/" + "1" * 63
    memoryview(data)[:] = Dice("large")(4 * MIB)

    def refuse(file: int, view: memoryview) -> int:
        """A file system that takes the flag and not what is written; then one that writes half of it."""
        if fcntl.fcntl(file, fcntl.F_GETFL) & os.O_DIRECT:
            raise OSError(errno.EINVAL, "invalid argument")
        return written(file, view[: len(view) // 2 + 1])

    folder.replace(PACK, data)
    monkeypatch.setattr(os, "write", refuse)
    folder.replace(lying, data)
    assert folder.read(PACK) == folder.read(lying) == bytes(data)
    digest = sha256(data).hexdigest()
    assert folder.digest(PACK) == folder.digest(lying) == digest


def test_what_a_file_holds(folder: Folder) -> None:
    data = Dice("held")(3 * MIB + 5)
    folder.replace(PACK, data)
    assert folder.holds(PACK, data) and folder.digest(PACK) == sha256(data).hexdigest()
    for other in (data[:-1], data + b"\x00", data[:-1] + bytes([data[-1] ^ 1]), b""):
        assert not folder.holds(PACK, other)
    assert not folder.holds("packs/1/" + "0" * 63, data)


def test_sweeping_takes_our_own_files_alone(folder: Folder) -> None:
    staged = folder.stage(b"half")
    (folder.root / "tmp/theirs").write_bytes(b"x")
    (folder.root / "tmp/folder").mkdir()
    folder.sweep()
    assert not staged.exists()
    assert folder.strangers() == ["tmp", "tmp"]


def test_two_writers(folder: Folder) -> None:
    other = Folder(folder.root, Dice("other"))
    with folder.locked(), pytest.raises(OnggiError, match="vault.folder.busy"), other.locked():
        pytest.fail("two writers at once")
    with other.locked():
        pass


PLACES = ("", "keys", "heads", "rings", "desks", "packs", "packs/7", "index", "tmp")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["file", "folder", "link", "pipe"])
def test_a_stranger_is_named_by_its_folder(folder: Folder, place: str, kind: str) -> None:
    # A single hex digit is a folder of packs/ and nothing else; a name that only ends like one is none.
    path = folder.root / place / "Note 7f"
    if kind == "file":
        path.touch()
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)
    assert folder.strangers() == [place or "/"]


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
@pytest.mark.parametrize("name", ["keys/01", DESK, PACK])
def test_what_is_no_plain_file_is_a_stranger_and_never_read(folder: Folder, name: str, kind: str) -> None:
    path = folder.path(name)
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("/dev/zero")
    else:
        os.mkfifo(path)
    assert folder.strangers() == [str(Path(name).parent)]
    assert folder.names(name.split("/")[0]) == []
    for read in (folder.read, folder.size, lambda name: folder.read_part(name, 0, 1)):
        with pytest.raises(FileNotFoundError):
            read(name)


def test_a_missing_folder_is_an_empty_one(folder: Folder) -> None:
    (folder.root / "rings").rmdir()
    assert folder.names("rings") == []


def test_packs_are_listed_as_of_one_moment(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a commit points to is settled before it, and may lie in a folder that was listed before that."""

    def settle_meanwhile(place: str) -> list[str]:
        found = list_names(place)
        if place == "packs/7":
            for letter in "0f":
                (folder.root / f"packs/{letter}" / ("0" * 63)).touch()
        return found

    list_names = folder.names
    monkeypatch.setattr(Folder, "names", lambda self, place: settle_meanwhile(place))
    assert folder._pack_names() == [f"packs/{letter}/{'0' * 63}" for letter in "0f"]


def test_a_list_of_packs_ends_however_many_come(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def settle_meanwhile(place: str) -> list[str]:
        (folder.root / "packs/0" / f"{len(list_names('packs/0')):063x}").touch()
        return list_names(place)

    list_names = folder.names
    monkeypatch.setattr(Folder, "names", lambda self, place: settle_meanwhile(place))
    assert len(folder._pack_names()) > 16
