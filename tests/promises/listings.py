"""What a listing of a vault's folder tells whoever has no key: names, sizes, times, permissions."""

import os
import re
import stat
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# As the format has them (vault-format.md, §2), not as the code does.
_NAMES = {
    "keys": r"\d\d",
    "heads": r"[0-9a-f]{32}\.[01]",
    "rings": r"[0-9a-f]{32}\.[01]",
    "desks": r"[0-9a-f]{32}",
    "packs": r"[0-9a-f]{63}",
    "index": r"[0-9a-f]{32}",
}
_FOLDERS = {"", "tmp", *_NAMES, *(f"packs/{letter}" for letter in "0123456789abcdef")}
_LEAST = {"keys": 4, "heads": 4, "rings": 4, "desks": 4}
_YEAR_2000 = 946_684_800
PACKS = {64 << 10: 64, 1 << 20: 0, 16 << 20: 0}
"""The sizes of packs, each with the least number there is of it."""


@dataclass(frozen=True)
class Listing:
    """How many files there are, by place and size; and the names of all."""

    counts: Mapping[tuple[str, int], int]
    names: frozenset[str]

    def differs(self, other: "Listing") -> dict[str, set[int]]:
        """The places at which another listing has other numbers, each with the sizes."""
        found = defaultdict(set)
        for place, size in self.counts.keys() | other.counts.keys():
            if self.counts.get((place, size)) != other.counts.get((place, size)):
                found[place].add(size)
        return dict(found)


def read_listing(root: Path) -> Listing:
    """The listing of a vault at rest. Whatever tells more than a class fails here."""
    counts: Counter[tuple[str, int]] = Counter()
    names = set()
    for folder, _, files in os.walk(root):
        place = Path(folder).relative_to(root).as_posix().removeprefix(".")
        assert place in _FOLDERS, place
        _check_entry(Path(folder), 0o700)
        for name in files:
            _check_entry(Path(folder, name), 0o600)
            kind = place.partition("/")[0]
            size = Path(folder, name).stat().st_size
            if (kind, name, size) != ("", "lock", 0):
                assert re.fullmatch(_NAMES.get(kind, ""), name), (place, name)
                counts[kind, size] += 1
                names.add(f"{place}/{name}")
    _check_classes(counts, names)
    return Listing(counts, frozenset(names))


def _check_entry(path: Path, mode: int) -> None:
    """The same time and the same permissions for all, and no second name."""
    found = path.lstat()
    assert (stat.S_IMODE(found.st_mode), found.st_mtime_ns) == (mode, _YEAR_2000 * 10**9), path
    assert path.is_dir() or found.st_nlink == 1


def _check_classes(counts: Mapping[tuple[str, int], int], names: set[str]) -> None:
    """Powers of two everywhere: of names at a place, of packs of a size, and as sizes."""
    for (place, size), count in counts.items():
        assert is_power(size), (place, size)
        assert place != "packs" or (is_power(count) and count >= PACKS[size]), (size, count)
    for place, least in _LEAST.items():
        count = len({name.partition(".")[0] for name in names if name.startswith(f"{place}/")})
        assert is_power(count) and count >= least, (place, count)


def is_power(number: int) -> bool:
    """Whether a number is a power of two."""
    return number > 0 and number & (number - 1) == 0
