"""The one place that touches the disk: whole files in, whole files out, durable before it returns.

A file is written to tmp/, synced, renamed, and its folder synced; only then does it count (vault-format.md, §9). An
error of fsync stops: what the disk holds is then unknown, and trying again would only hide it. Names come from our
own format and are checked; nothing a user typed ever becomes a name here.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from onggi.errors import Exit, OnggiError
from onggi.vault.seal import Bytes, Randomness

_NAME = re.compile(
    r"keys/\d\d|(heads|rings)/[0-9a-f]{32}\.[01]|desks/[0-9a-f]{32}|packs/[0-9a-f]/[0-9a-f]{63}|index/[0-9a-f]{32}"
)
_PLACES = ("keys", "heads", "rings", "desks", "packs", "index", "tmp")
_SPREAD = "0123456789abcdef"

# Every file and folder carries this time, so a listing does not tell when anybody worked: 2000-01-01T00:00:00Z.
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
        for place in (*_PLACES, *(f"packs/{letter}" for letter in _SPREAD)):
            (self.root / place).mkdir(mode=0o700, exist_ok=True)
        self._sync_folder(self.root)

    def path(self, name: str) -> Path:
        """Where a name of our own format lies."""
        if not _NAME.fullmatch(name):
            raise ValueError("not a name of the format")
        return self.root / name

    def names(self, place: str) -> list[str]:
        """The names of the format under `place`, sorted; for packs through all its sixteen folders."""
        if place == "packs":
            return [name for letter in _SPREAD for name in self.names(f"packs/{letter}")]
        return [name for name in self._listing(place) if _NAME.fullmatch(name)]

    def strangers(self) -> list[str]:
        """Places where something lies that the format does not know: folder and number, never the name itself."""
        places = ("", *_PLACES[:-1], *(f"packs/{letter}" for letter in _SPREAD))
        found = []
        for place in places:
            for name in self._listing(place):
                known = _NAME.fullmatch(name) or (
                    not place and name in (*_PLACES, "lock") or place == "packs" and name[-1] in _SPREAD
                )
                if not known or (_NAME.fullmatch(name) and (self.root / name).is_symlink()):
                    found.append(place or "/")
        return found

    def read(self, name: str) -> bytes:
        """All bytes of a file; a missing one raises FileNotFoundError."""
        return self.path(name).read_bytes()

    def read_part(self, name: str, offset: int, length: int) -> bytes:
        """Some bytes of a file, fewer where it ends."""
        with self.path(name).open("rb", buffering=0) as file:
            file.seek(offset)
            return file.read(length)

    def size(self, name: str) -> int:
        """The length of a file in bytes."""
        return self.path(name).stat().st_size

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
        """Remove what a crash left in tmp/."""
        for path in (self.root / "tmp").iterdir():
            path.unlink(missing_ok=True)

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
            self._calm(self.root)

    def _listing(self, place: str) -> list[str]:
        try:
            entries = sorted(entry.name for entry in os.scandir(self.root / place))
        except FileNotFoundError:
            return []
        return [f"{place}/{entry}" if place else entry for entry in entries]

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
