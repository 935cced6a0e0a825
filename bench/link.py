"""Link: how many of the same people are found on several lists, how surely, how fast. Prints tables.

`python bench/link.py [--people N] [--records N] [--seeds N …] [--public FOLDER] [--splink PYTHON]` makes
invented people (bench/_people.py, and by another hand bench/_others.py), reads public tables, runs `onggi
link` and, with a Python that has Splink 5 and, for Korean names, hanja, korean-romanizer and Unidecode,
bench/_splink.py on the same tables in the same run, and scores all alike. Asserts nothing.

Best F1 is over all bounds on the probability; recall at precision 0.98 is the most that any bound gives; ECE
is over ten bins of equal width of pairs of probability 0.05 and more. Blocking recall is that of pairs whose
names are no aliases, among pairs of probability 0.01 and more, so it is at least that.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import _others
import _people
import numpy as np
from _public import list_tables
from _runs import Spent, run
from _tables import map_features
from numpy.typing import NDArray

HERE = Path(__file__).parent
EUROPEANS = {"first_name": "word", "surname": "word", "dob": "day", "city": "word", "email": "code"}


@dataclass(frozen=True, slots=True)
class Truth:
    """Of each record its person, and whether its name is an alias."""

    places: dict[str, int]
    person: NDArray[np.int64]
    alias: NDArray[np.bool_]


def main() -> None:
    """Make, run, score, print."""
    asked = argparse.ArgumentParser(description="Measure link beside Splink.")
    asked.add_argument("--people", type=int, default=12_000)
    asked.add_argument("--records", type=int, default=1_000_000)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    asked.add_argument("--splink", help="a Python that has Splink 5")
    asked.add_argument("--public", type=Path, help="a folder with Febrl and RLdata (bench/_public.py)")
    given = asked.parse_args()
    print(
        "| data | who | s | s of processor | MiB | P / R / best F1 | R at P ≥ 0.98 | ECE "
        "| R ≥ 0.01, no alias | clusters P / R / F1 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for seed in given.seeds if given.people else []:
            measure(Path(folder), "papers", given.people, seed, given.splink)
            measure(Path(folder), "others", given.people, seed, given.splink)
        if given.public:
            for data, way, table, answers, columns in list_tables(given.public, Path(folder)):
                compare(data, table, answers, columns, {"Splink 5": way}, given.splink)
        if given.records:
            measure(Path(folder), "europeans", given.records, given.seeds[0], given.splink)


def measure(folder: Path, kind: str, size: int, seed: int, splink: str | None) -> None:
    """A table of invented people, linked by each."""
    table, answers = (
        _others.write_people(folder, size, seed)
        if kind == "others"
        else _people.write_people(folder, kind, size, seed)
    )
    if kind == "europeans":
        compare(
            f"{kind} {size} ({seed})", table, answers, map_features(EUROPEANS), {"Splink 5": kind}, splink
        )
    else:
        ways = {"Splink 5, raw": "papers", "Splink 5, Revised": "revised", "Splink 5, folded keys": "folded"}
        compare(f"{kind} {size} ({seed})", table, answers, "", ways, splink)


def compare(
    data: str, table: Path, answers: Path, columns: str, ways: Mapping[str, str], splink: str | None
) -> None:
    """One table, linked by each; `columns` is its map, `ways` how Splink is set up, by name."""
    truth = read_truth(answers)
    mapping = table.with_suffix(".toml")
    mapping.write_text(columns, "utf-8")
    ours = [sys.executable, "-m", "onggi.cli", "link", str(table), "--map", str(mapping)]
    commands = {"onggi": [*ours, "--out", "{pairs}", "--clusters", "{clusters}"]}
    if splink:
        for who, way in ways.items():
            commands[who] = [splink, str(HERE / "_splink.py"), way, str(table), "{pairs}", "{clusters}"]
    for number, (who, command) in enumerate(commands.items()):
        pairs, clusters = (table.with_suffix(f".{number}.{what}.csv") for what in "pc")
        spent, _ = run([part.format(pairs=pairs, clusters=clusters) for part in command])
        tell(data, who, spent, truth, pairs, clusters)


def read_truth(path: Path) -> Truth:
    """The truth beside a table."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Truth(
        {row["record_id"]: at for at, row in enumerate(rows)},
        np.array([int(row["person"]) for row in rows]),
        np.array([row["alias"] == "1" for row in rows]),
    )


def tell(data: str, who: str, spent: Spent, truth: Truth, pairs: Path, clusters: Path) -> None:
    """One row of the table."""
    with pairs.open(encoding="utf-8") as file:
        rows = [
            (truth.places[row["record_id_a"]], truth.places[row["record_id_b"]], float(row["probability"]))
            for row in csv.DictReader(file)
        ]
    a, b = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    chances = np.array([row[2] for row in rows])
    right = truth.person[a] == truth.person[b]
    total = count_pairs(np.bincount(truth.person))
    named = truth.person[~truth.alias]
    found = float((right & ~truth.alias[a] & ~truth.alias[b]).sum()) / count_pairs(np.bincount(named))
    best, sure = score_bounds(chances, right, total)
    with clusters.open(encoding="utf-8") as file:
        labels = {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}
    shape = score_clusters([labels.get(id, id) for id in truth.places], truth.person, total)
    cells = [data, who, f"{spent.wall:.0f}", f"{spent.processor:.0f}", str(spent.peak), write(best)]
    cells += [f"{sure:.3f}", f"{measure_error(chances, right):.3f}", f"{found:.3f}", write(shape)]
    print(f"| {' | '.join(cells)} |", flush=True)


def count_pairs(sizes: NDArray[np.int64]) -> float:
    """Pairs within groups of these sizes."""
    return float((sizes * (sizes - 1) // 2).sum())


def score_bounds(
    chances: NDArray[np.float64], right: NDArray[np.bool_], total: float
) -> tuple[tuple[float, float, float], float]:
    """Precision, recall and F1 at the best bound, and the most recall with precision of at least 0.98."""
    order = np.argsort(-chances, kind="stable")
    sorted_chances, good = chances[order], np.cumsum(right[order])
    ends = np.flatnonzero(np.append(sorted_chances[1:] != sorted_chances[:-1], True))
    precision, recall = good[ends] / (ends + 1), good[ends] / total
    both = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(np.argmax(both))
    sure = recall[precision >= 0.98]
    return (float(precision[best]), float(recall[best]), float(both[best])), float(sure.max(initial=0.0))


def measure_error(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error."""
    held = chances >= 0.05
    bins = np.minimum((chances[held] * 10).astype(int), 9)
    gaps = [
        abs(float(chances[held][bins == at].sum()) - float(right[held][bins == at].sum())) for at in range(10)
    ]
    return sum(gaps) / max(int(held.sum()), 1)


def score_clusters(
    labels: Sequence[str], person: NDArray[np.int64], total: float
) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs that clusters make."""
    numbers = np.unique(np.array(labels), return_inverse=True)[1]
    made = count_pairs(np.bincount(numbers))
    good = count_pairs(np.unique(numbers * (int(person.max()) + 1) + person, return_counts=True)[1])
    return good / max(made, 1.0), good / total, 2 * good / (made + total)


def write(three: tuple[float, float, float]) -> str:
    """Precision, recall, F1."""
    return " / ".join(f"{number:.3f}" for number in three)


if __name__ == "__main__":
    main()
