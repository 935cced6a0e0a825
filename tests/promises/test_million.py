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
# Between a quarter and all of them SQLite's cache fills up; what grows then is the sorting of one index.
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
    """Statements written, folded from nothing, verified, searched: memory stays, the view is the fold."""
    peaks = {}
    for size in (count // 4, count):
        root = tmp_path / f"{size}"
        expected = {
            "write": {"statements": size},
            "rebuild": {"statements": size},
            "verify": {"statements": size, "findings": 0},
            "search": {"found": 50, "rare": -(-size // (100 * CASE))},
            "sample": {"differing": 0},
        }
        for doing, counted in expected.items():
            found = measure(doing, root, size)
            assert counted.items() <= found.items(), (doing, found)
            peaks[doing, size] = found["peak"]
    more = count - count // 4
    tally.add("statements", count)
    for doing in ("rebuild", "verify", "search"):
        quarter, whole = peaks[doing, count // 4], peaks[doing, count]
        tally.add(f"MiB at most to {doing}", whole // MEBIBYTE)
        assert whole < BOUND, (doing, whole // MEBIBYTE)
        assert whole - quarter < min(_CACHE, _CACHED * more) + _SORTED * more, (doing, quarter, whole)
