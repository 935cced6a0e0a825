"""A table for `onggi link`, the truth beside it, and its map: how every set of the bench is laid down."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Row = dict[str, str]
Told = tuple[Row, int, bool]
"""A record, its person, and whether its name is an alias."""


def write_tables(folder: Path, name: str, columns: Sequence[str], told: Iterable[Told]) -> tuple[Path, Path]:
    """The table with these columns, and the truth beside it (record_id, person, alias)."""
    folder.mkdir(parents=True, exist_ok=True)
    table, answers = folder / f"{name}.csv", folder / f"{name}.truth.csv"
    with table.open("w", encoding="utf-8", newline="") as file, answers.open("w", encoding="utf-8") as truth:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        truth.write("record_id,person,alias\n")
        for row, person, alias in told:
            writer.writerow(row)
            truth.write(f"{row['record_id']},{person},{int(alias)}\n")
    return table, answers


def map_features(kinds: Mapping[str, str]) -> str:
    """A map (`--map`) by which columns are compared as these kinds."""
    return "".join(f'[feature.{name}]\nkind = "{kind}"\n' for name, kind in kinds.items())
