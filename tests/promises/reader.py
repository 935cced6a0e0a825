"""Reads record files and tables, one after the other, in a process of its own that is stopped if it stalls.

Started as `reader.py SECONDS FILE…`; a file may be followed by its map, as `FILE=MAP`. It says a line of JSON
for each: how many findings there are, the ids of the first, and how many statements.
"""

import json
import signal
import sys
from pathlib import Path
from typing import Literal

from tests.intake.vault_double import Dice, VaultDouble

from onggi.intake.record import read_record


def read(file: Path, mapping: Path | None) -> dict[str, object]:
    """What a file comes to."""
    kind: Literal["toml", "csv"] = "csv" if file.suffix == ".csv" else "toml"
    case = VaultDouble({"C-7Q2WZ5C": ("0" * 32, "case")})
    mapped = mapping.read_bytes() if mapping else None
    read = read_record(
        file.read_bytes(), kind, case, Dice(), mapping=mapped, case="C-7Q2WZ5C" if kind == "csv" else None
    )
    if isinstance(read, list):
        return {"findings": len(read), "codes": [finding.code for finding in read[:3]], "statements": 0}
    return {"findings": 0, "codes": [], "statements": len(read.placed)}


def main(seconds: str, *files: str) -> None:
    """Read all of them; what takes longer ends the process."""
    for written in files:
        file, _, mapping = written.partition("=")
        signal.alarm(int(seconds))
        sys.stdout.write(json.dumps(read(Path(file), Path(mapping) if mapping else None)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
