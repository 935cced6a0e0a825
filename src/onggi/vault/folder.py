"""The one place that touches the disk: whole files in, whole files out, durable before it returns.

A file is written to tmp/, synced, renamed, and its folder synced; only then does it count (vault-format.md,
§9). An error of fsync stops: what the disk holds is then unknown, and trying again would only hide it. Names
come from our own format and are checked; nothing a user typed ever becomes a name here.
"""

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from onggi.errors import Exit, OnggiError
from onggi.vault.seal import Bytes, Randomness

_NAME = re.compile(
    r"keys/(\d\d|[1-9]\d\d)|(heads|rings)/[0-9a-f]{32}\.[01]|desks/[0-9a-f]{32}|packs/[0-9a-f]/[0-9a-f]{63}|index/[0-9a-f]{32}"
)
_STAGED = re.compile(r"tmp/[0-9a-f]{32}")
_SPREAD = tuple(f"packs/{letter}" for letter in "0123456789abcdef")
_PLACES = ("keys", "heads", "rings", "desks", "packs", *_SPREAD, "index", "tmp")

# Every file and folder carries this time, so a listing does not tell when anybody worked:
# 2000-01-01T00:00:00Z.
MOMENT = 946_684_800


class Folder:
    """A vault's folder. `names` and `read` never write; `stage`, `settle` and `remove` need the lock."""

    def __init__(self, root: Path, randomness: Randomness) -> None:
        self.root = root
        self._randomness = randomness

    def exists(self) -> bool:
        """Whether a vault lies here."""
        return (self.root / "keys").is_dir() and (self.root / "packs").is_dir()

    def make(self) -> None:
        """The empty folders of a new vault. Refuses a place where anything lies already."""
        if self.root.exists() and (not self.root.is_dir() or any(self.root.iterdir())):
            raise OnggiError("vault.folder.taken", exit_code=Exit.USAGE)
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for place in _PLACES:
            (self.root / place).mkdir(mode=0o700, exist_ok=True)
        self.calm()
        self._sync_folder(self.root / "packs")
        self._sync_folder(self.root)

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
            return [name for letter in _SPREAD for name in self.names(letter)]
        return [name for name, plain in self._listing(place) if plain and _NAME.fullmatch(name)]

    def strangers(self) -> list[str]:
        """Folders in which something lies that the format does not know, once for each; never its name."""
        found = []
        for place in ("", *_PLACES):
            for name, plain in self._listing(place):
                if plain:
                    known = _NAME.fullmatch(name) or _STAGED.fullmatch(name) or name == "lock"
                else:
                    known = name in _PLACES and not (self.root / name).is_symlink()
                if not known:
                    found.append(place or "/")
        return found

    def read(self, name: str) -> bytes:
        """All bytes of a file; a missing one raises FileNotFoundError, and so does what is no plain file."""
        return self._plain(name).read_bytes()

    def read_part(self, name: str, offset: int, length: int) -> bytes:
        """Some bytes of a file, fewer where it ends."""
        with self._plain(name).open("rb", buffering=0) as file:
            file.seek(offset)
            return file.read(length)

    def size(self, name: str) -> int:
        """The length of a file in bytes."""
        return self._plain(name).stat().st_size

    def stage(self, data: Bytes) -> Path:
        """A synced file in tmp/ that holds `data`; it counts for nothing until it is settled."""
        path = self.root / "tmp" / self._randomness(16).hex()
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(file, view) :]
            os.utime(path, (MOMENT, MOMENT))
            _sync(file)
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

    def replace(self, name: str, data: Bytes) -> None:
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
        """Set every folder's time back, so that it does not tell when anything was written."""
        for place in (*_PLACES, "."):
            if (self.root / place).is_dir():
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
            self.calm()

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
        if sys.platform == "win32":
            return  # Windows has no handle to sync a folder by; the rename itself is written through.
        file = os.open(place, os.O_RDONLY)
        try:
            _sync(file)
        finally:
            os.close(file)

    def _calm(self, place: Path) -> None:
        os.utime(place, (MOMENT, MOMENT))


def _sync(file: int) -> None:
    if sys.platform == "darwin":  # macOS: fsync alone leaves the data in the drive's cache.
        import fcntl

        fcntl.fcntl(file, fcntl.F_FULLFSYNC)
    os.fsync(file)


def _take_lock(file: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise OnggiError("vault.folder.busy", exit_code=Exit.CLOSED) from None
