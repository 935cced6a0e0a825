"""The one place that touches the disk: whole files in, whole files out, durable before it returns.

A file is written to tmp/, synced, renamed, and its folder synced; only then does it count (vault-format.md,
§9). An error of fsync stops: what the disk holds is then unknown, and trying again would only hide it. Names
come from our own format and are checked; nothing a user typed ever becomes a name here.
"""

import errno
import mmap
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from onggi.errors import Exit, OnggiError
from onggi.vault.seal import Bytes, Randomness

_NAME = re.compile(
    r"keys/(\d\d|[1-9]\d\d)|(heads|rings)/[0-9a-f]{32}\.[01]|desks/[0-9a-f]{32}|packs/[0-9a-f]/[0-9a-f]{63}|index/[0-9a-f]{32}"
)
_STAGED = re.compile(r"tmp/[0-9a-f]{32}")
# Lies beside an index while that is written, and behind a crash.
_JOURNAL = re.compile(r"index/[0-9a-f]{32}-journal")
_SPREAD = tuple(f"packs/{letter}" for letter in "0123456789abcdef")
_PLACES = ("keys", "heads", "rings", "desks", "packs", *_SPREAD, "index", "tmp")

_PIECE = 1024 * 1024

# So often packs are listed where somebody adds some all the time: what is not seen then looks like a write
# that was cut short, and is there when the vault is read again.
_LISTINGS = 8

# A file from here on does not stay in the system's cache.
_LARGE = 1024 * 1024

# Every file and folder carries this time, so a listing does not tell when anybody worked:
# 2000-01-01T00:00:00Z.
MOMENT = 946_684_800

Buffer: TypeAlias = bytearray | mmap.mmap


class Folder:
    """A vault's folder. `names` and `read` never write; `stage`, `settle` and `remove` need the lock."""

    def __init__(self, root: Path, randomness: Randomness) -> None:
        self.root = root
        self._randomness = randomness

    def exists(self) -> bool:
        """Whether a vault lies here."""
        return (self.root / "keys").is_dir() and (self.root / "packs").is_dir()

    def empty(self) -> bool:
        """Whether nothing lies here, or nothing but what was left of making it."""
        return not self.strangers() and not any(
            self.names(place) for place in _PLACES if place not in _SPREAD
        )

    def free(self) -> bool:
        """Whether a vault may be made here: nothing lies here, not even a link that leads nowhere."""
        return not os.path.lexists(self.root) or (self.root.is_dir() and self.empty())

    def make(self) -> None:
        """The empty folders of a new vault. Refuses a place where anything lies already."""
        if not self.free():
            raise OnggiError("vault.folder.taken", exit_code=Exit.USAGE)
        new = [one for one in (self.root, *self.root.parents) if not one.exists()]
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for place in _PLACES:
            (self.root / place).mkdir(mode=0o700, exist_ok=True)
        self.sweep()
        self.calm()
        self._sync_folder(self.root / "packs")
        self._sync_folder(self.root)
        for one in new:
            _sync_names(one.parent)  # whose time is not ours to set

    def path(self, name: str) -> Path:
        """Where a name of our own format lies."""
        if not _NAME.fullmatch(name):
            raise ValueError("not a name of the format")
        return self.root / name

    def names(self, place: str) -> list[str]:
        """The names of the format under `place`, sorted; for packs through all its sixteen folders.

        Only plain files: a link may lead out of the vault, and reading a pipe would never end.
        """
        if place == "packs":
            return self._pack_names()
        return [name for name, plain in self._listing(place) if plain and _NAME.fullmatch(name)]

    def _pack_names(self) -> list[str]:
        """The names of all packs, as of one moment.

        Whoever settles packs does so one after another. A list made meanwhile could have the last of them, a
        commit, from one folder and miss what it points to, in a folder that was read before. No name comes
        back once it is gone, so two lists that are alike are the list of a moment between them.
        """
        found: list[str] = []
        for _ in range(_LISTINGS):
            before, found = found, [name for letter in _SPREAD for name in self.names(letter)]
            if found == before:
                break
        return found

    def strangers(self) -> list[str]:
        """Folders in which something lies that the format does not know, once for each; never its name."""
        found = []
        for place in ("", *_PLACES):
            for name, plain in self._listing(place):
                if plain:
                    known = name == "lock" or any(one.fullmatch(name) for one in (_NAME, _STAGED, _JOURNAL))
                else:
                    known = name in _PLACES and not (self.root / name).is_symlink()
                if not known:
                    found.append(place or "/")
        return found

    def read(self, name: str) -> bytes:
        """All bytes of a file; a missing one raises FileNotFoundError, and so does what is no plain file."""
        with _reading():
            return self._plain(name).read_bytes()

    def read_part(self, name: str, offset: int, length: int) -> bytes:
        """Some bytes of a file, fewer where it ends."""
        with _reading(), self._plain(name).open("rb", buffering=0) as file:
            file.seek(offset)
            return file.read(length)

    def digest(self, name: str) -> str:
        """The SHA-256 of a file in hex; it is never in memory as a whole."""
        found = sha256()
        for at in range(0, self.size(name), _PIECE):
            found.update(self.read_part(name, at, _PIECE))
        return found.hexdigest()

    def holds(self, name: str, data: bytes) -> bool:
        """Whether a file is there and has exactly these bytes; no second copy of it is made in memory."""
        try:
            pieces = range(0, max(self.size(name), len(data)), _PIECE)
            return all(self.read_part(name, at, _PIECE) == data[at : at + _PIECE] for at in pieces)
        except FileNotFoundError:
            return False

    def size(self, name: str) -> int:
        """The length of a file in bytes."""
        with _reading():
            return self._plain(name).stat().st_size

    def stamp(self, place: str) -> frozenset[tuple[str, int, int]]:
        """Something that is another once any file under `place` was replaced."""
        found = set()
        for name in self.names(place):
            with suppress(FileNotFoundError):
                status = self.path(name).stat()
                found.add((name, status.st_ino, status.st_ctime_ns))
        return frozenset(found)

    def stage(self, data: Bytes | mmap.mmap) -> Path:
        """A synced file in tmp/ that holds `data`; it counts for nothing until it is settled."""
        path = self.root / "tmp" / self._randomness(16).hex()
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            if isinstance(data, mmap.mmap):
                _use_cache(file, False)
            _write(file, data)
            os.utime(path, (MOMENT, MOMENT))
            _sync(file)
            if len(data) >= _LARGE:
                _let_go(file)
        finally:
            os.close(file)
        return path

    def settle(self, staged: Sequence[tuple[Path, str]]) -> None:
        """Rename staged files to their names and make the renames durable."""
        places = set()
        for path, name in staged:
            target = self.path(name)
            os.replace(path, target)
            places.add(target.parent)
        for place in sorted(places):
            self._sync_folder(place)

    def secure(self) -> None:
        """Make durable what was renamed and deleted here, by whomever."""
        for place in _PLACES:
            if (self.root / place).is_dir():
                self._sync_folder(self.root / place)

    def replace(self, name: str, data: Bytes | mmap.mmap) -> None:
        """Put `data` at `name` at once and durably, whatever was there."""
        self.settle([(self.stage(data), name)])

    def remove(self, names: Sequence[str]) -> None:
        """Delete files; one that is gone already is well."""
        places = set()
        for name in names:
            path = self.path(name)
            path.unlink(missing_ok=True)
            places.add(path.parent)
        for place in sorted(places):
            self._sync_folder(place)

    def sweep(self) -> None:
        """Remove what a crash left in tmp/, and nothing that is not ours."""
        for name, plain in self._listing("tmp"):
            if plain and _STAGED.fullmatch(name):
                (self.root / name).unlink(missing_ok=True)

    def calm(self) -> None:
        """Set the times of folders and indexes back, so that they do not tell when anything was written."""
        listed = [name for name, plain in self._listing("index") if plain]
        indexes = [name for name in listed if _NAME.fullmatch(name) or _JOURNAL.fullmatch(name)]
        for place in (*indexes, *_PLACES, "."):
            with suppress(FileNotFoundError):  # whoever reads may end a journal at any moment
                self._calm(self.root / place)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the one writer, or be told that another is at work."""
        file = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take_lock(file)
            os.utime(self.root / "lock", (MOMENT, MOMENT))
            yield
        finally:
            os.close(file)
            try:
                self.calm()
            except KeyboardInterrupt:
                self.calm()
                raise

    def _listing(self, place: str) -> list[tuple[str, bool]]:
        """What lies in a folder, sorted, and whether it is a plain file."""
        try:
            with os.scandir(self.root / place) as entries:
                found = sorted((entry.name, entry.is_file(follow_symlinks=False)) for entry in entries)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return [(f"{place}/{name}" if place else name, plain) for name, plain in found]

    def _plain(self, name: str) -> Path:
        path = self.path(name)
        if not stat.S_ISREG(path.lstat().st_mode):
            raise FileNotFoundError(name)
        return path

    def _sync_folder(self, place: Path) -> None:
        self._calm(place)
        _sync_names(place)

    def _calm(self, place: Path) -> None:
        os.utime(place, (MOMENT, MOMENT))


@contextmanager
def _reading() -> Iterator[None]:
    """One bad sector must not close a whole vault: what the disk does not give is damage to that file."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError:
        raise OnggiError("vault.folder.unreadable") from None


def _sync_names(place: Path) -> None:
    if sys.platform == "win32":
        return  # Windows has no handle to sync a folder by; the rename itself is written through.
    file = os.open(place, os.O_RDONLY)
    try:
        _sync(file)
    finally:
        os.close(file)


def make_buffer(size: int) -> Buffer:
    """Memory for a whole file; a large one begins on a page, so that the disk can take it from there."""
    if size < _LARGE or sys.platform == "win32":
        return bytearray(size)
    return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


def _sync(file: int) -> None:
    if sys.platform == "darwin":  # macOS: fsync alone leaves the data in the drive's cache.
        import fcntl

        fcntl.fcntl(file, fcntl.F_FULLFSYNC)
    os.fsync(file)


def _write(file: int, data: Bytes | mmap.mmap) -> None:
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(file, view) :]
        except OSError as error:
            # What goes past the cache must fit the disk's blocks; what a signal has cut short does not.
            if error.errno != errno.EINVAL or not _use_cache(file, True):
                raise


def _use_cache(file: int, wanted: bool) -> bool:
    """Have what is written pass through the system's cache or not; returns whether that is a change.

    Where it does not, the disk takes a pack from where it lies, and no memory is filled with what nobody is
    about to read: that is a sixth of what sealing costs. Not every file system can do that.
    """
    if sys.platform != "linux":
        return False
    import fcntl

    flags = fcntl.fcntl(file, fcntl.F_GETFL)
    chosen = flags & ~os.O_DIRECT if wanted else flags | os.O_DIRECT
    with suppress(OSError):
        fcntl.fcntl(file, fcntl.F_SETFL, chosen)
    return chosen != flags


def _let_go(file: int) -> None:
    """Have the system forget a file that is on the disk: who reads it next learns what the disk holds."""
    if sys.platform == "linux":
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)


def _take_lock(file: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # what Windows and the others call a lock that is held
        raise OnggiError("vault.folder.busy", exit_code=Exit.CLOSED) from None
