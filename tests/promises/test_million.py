"""P9. A million statements are folded, verified and searched in bounded memory, and to the same view.

Each doing is measured in a process of its own (million.py), with a quarter of the statements and with all. A
commit is read whole: the bound holds for commits of a hundredth of what there is.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.promises.million import CASE
from tests.promises.twins import Tally, twin

MEBIBYTE = 1024 * 1024
BOUND = 600 * MEBIBYTE
# Between a quarter and all of the statements SQLite's cache fills up; what grows then is the sorting of an index.
_CACHE = 64 * MEBIBYTE
_CACHED, _SORTED = 2_000, 400


def measure(doing: str, root: Path, count: int) -> dict[str, int]:
    """What a process of its own counted, and the most memory it held."""
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "tests.promises.million", doing, str(root), str(count)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2_000:]
    found: dict[str, int] = json.loads(done.stdout)
    return found


@twin(6_000, 1_000_000)
def test_memory(tmp_path: Path, tally: Tally, count: int) -> None:
    """Statements written, folded from nothing, verified, searched: memory stays, the view is the pure fold."""
    peaks = {}
    for size in (count // 4, count):
        root = tmp_path / f"{size}"
        assert measure("write", root, size)["statements"] == size
        for doing in ("rebuild", "verify", "search", "sample"):
            found = measure(doing, root, size)
            peaks[doing, size] = found["peak"]
            assert found.get("statements", size) == size
            assert found.get("findings", 0) == found.get("differing", 0) == 0
            assert found.get("found", 50) == 50
            assert found.get("rare", 1) == -(-size // (100 * CASE))
            assert found.get("folded", size) >= size // 10
    allowed = min(_CACHE, _CACHED * (count - count // 4)) + _SORTED * (count - count // 4)
    tally.add("statements", count)
    for doing in ("rebuild", "verify", "search"):
        quarter, whole = peaks[doing, count // 4], peaks[doing, count]
        tally.add(f"MiB at most to {doing}", whole // MEBIBYTE)
        assert whole < BOUND, (doing, whole // MEBIBYTE)
        assert whole - quarter < allowed, (doing, quarter // MEBIBYTE, whole // MEBIBYTE)
