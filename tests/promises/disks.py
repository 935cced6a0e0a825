"""A disk that forgets what was not synced: the calls of a work, and what may be left of them without power.

The model is POSIX read against us. Bytes written into a file are there after its fsync; before, all of them
may be, or some pages, or zeros, or none. A name that was made, moved or deleted is so after the fsync of its
folder; before, each name by itself may be in any of the states it had since the fsync before.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from onggi.vault.folder import MOMENT

NOTHING, FOLDER = 0, -1
"""What a name may stand for besides a file, which is a number."""

_PAGE = 4096
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Event:
    """One call: to `name` something, to `write` or `sync` a file, to `settle` a folder; or an `answer`."""

    kind: str
    path: str = ""
    file: int = NOTHING
    data: bytes = b""


class Recorder:
    """Passes calls on to the system, and writes down what they change below a place."""

    def __init__(self, place: Path) -> None:
        self.events: list[Event] = []
        self._place = place
        self._files: dict[str, int] = {}
        self._open: dict[int, tuple[str, int]] = {}

    def answer(self) -> None:
        """Here a step is acknowledged."""
        self.events.append(Event("answer"))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Listen while this lasts."""
        notes: dict[str, Callable[..., None]] = {
            "open": self._note_open,
            "write": self._note_write,
            "fsync": self._note_sync,
            "replace": self._note_move,
            "rename": self._note_move,
            "unlink": self._note_removal,
            "mkdir": self._note_folder,
        }
        with pytest.MonkeyPatch.context() as patch:
            for name, note in notes.items():
                patch.setattr(os, name, _listen(getattr(os, name), note))
            yield

    def _note_open(self, handle: int, path: Any, flags: int, *_: Any) -> None:
        where = self._locate(path)
        if flags & os.O_CREAT and where:
            self._files[where] = next(_numbers)
            self.events.append(Event("name", where, self._files[where]))
        self._open[handle] = (where, self._files.get(where, FOLDER))

    def _note_write(self, written: int, handle: int, data: Any) -> None:
        where, file = self._open[handle]
        if where:
            self.events.append(Event("write", where, file, bytes(data[:written])))

    def _note_sync(self, _: None, handle: int) -> None:
        where, file = self._open[handle]
        if where:
            self.events.append(Event("settle", where) if file == FOLDER else Event("sync", where, file))

    def _note_move(self, _: None, source: Any, target: Any) -> None:
        old, new = self._locate(source), self._locate(target)
        self._files[new] = self._files.pop(old)
        self.events += [Event("name", new, self._files[new]), Event("name", old, NOTHING)]

    def _note_removal(self, _: None, path: Any) -> None:
        self.events.append(Event("name", self._locate(path), NOTHING))

    def _note_folder(self, _: None, path: Any, *__: Any) -> None:
        self.events.append(Event("name", self._locate(path), FOLDER))

    def _locate(self, path: Any) -> str:
        """A path below the place; nothing for one elsewhere, and for the lock, in which nothing stands."""
        found = os.path.relpath(path, self._place)
        return "" if found.startswith("..") or os.path.basename(found) == "lock" else found


@dataclass
class Disk:
    """What a disk may hold after some calls; it begins with a folder in which all is as it was synced."""

    base: Path
    names: dict[str, list[int]] = field(default_factory=dict)
    contents: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    links: dict[int, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in sorted(self.base.rglob("*")):
            number = FOLDER if path.is_dir() else next(_numbers)
            self.names[str(path.relative_to(self.base))] = [number]
            if number != FOLDER:
                self.links[number] = path

    def apply(self, events: Iterable[Event]) -> None:
        """Let these calls have been made."""
        for event in events:
            if event.kind == "name":
                self.names.setdefault(event.path, [NOTHING]).append(event.file)
            elif event.kind == "write":
                synced, loose = self.contents.get(event.file, (b"", b""))
                self.contents[event.file] = (synced, loose + event.data)
            elif event.kind == "sync":
                self.contents[event.file] = (b"".join(self.contents[event.file]), b"")
            elif event.kind == "settle":
                folder = "" if event.path == "." else event.path
                for path, states in self.names.items():
                    if os.path.dirname(path) == folder:
                        del states[:-1]

    def pending(self) -> dict[str, int]:
        """What is not settled, names and contents by the path of their file: in how many states it may be."""
        found = {path: len(states) for path, states in self.names.items() if len(states) > 1}
        for path, states in self.names.items():
            loose = [
                one
                for one in states
                if one > 0 and one not in self.links and self.contents.get(one, (b"", b""))[1]
            ]
            if loose:
                found[f"in {path}"] = len(_tear(b"", b""))
        return found

    def leave(self, target: Path, chosen: Mapping[str, int]) -> None:
        """Make the folder as it is found when the power is back; what is not chosen has reached the disk."""
        target.mkdir()
        for path in sorted(self.names, key=lambda one: one.count("/")):
            what = self.names[path][chosen.get(path, -1)]
            place = target / path
            if what == NOTHING or not place.parent.is_dir():
                continue
            if what == FOLDER:
                place.mkdir(0o700)
            elif what in self.links and "index" not in place.parts and place.name != "lock":
                place.hardlink_to(self.links[what])
            elif what in self.links:
                shutil.copy2(self.links[what], place)
            else:
                place.write_bytes(_tear(*self.contents.get(what, (b"", b"")))[chosen.get(f"in {path}", -1)])
                os.utime(place, (MOMENT, MOMENT))


def _tear(synced: bytes, loose: bytes) -> list[bytes]:
    """What may be in a file: without the last bytes, with zeros, a part or holes in their place; or all."""
    half = len(loose) // 2
    holes = b"".join(
        bytes(len(page)) if at // _PAGE % 2 else page
        for at in range(0, len(loose), _PAGE)
        for page in [loose[at : at + _PAGE]]
    )
    return [synced + one for one in (b"", bytes(len(loose)), loose[:half], holes, loose)]


def _listen(call: Callable[..., Any], note: Callable[..., None]) -> Callable[..., Any]:
    def listen(*given: Any, **named: Any) -> Any:
        result = call(*given, **named)
        note(result, *given)
        return result

    return listen
