"""How frequent names are, and how they are shown (§3)."""

import re
from pathlib import Path

import pytest

import onggi.names
from onggi.names.hangul import fold_syllables
from onggi.names.priors import load_priors
from onggi.names.surnames import load_surnames, show_surname
from onggi.names.tables import read_rows

DATA = Path(onggi.names.__file__).parent / "data"


def test_chances_sum_to_one() -> None:
    priors = load_priors()
    for chances in (priors.surname, priors.first, priors.second, priors.only):
        assert sum(chances.values()) == pytest.approx(1, abs=0.05)


def test_a_frequent_surname_is_worth_little() -> None:
    priors = load_priors()
    assert priors.weigh_surname("김") > 0.15 > priors.weigh_surname("독고") > 0


def test_what_nobody_counted_is_possible() -> None:
    priors = load_priors()
    assert 0 < priors.weigh_given("꿟") < 1e-5
    assert 0 < priors.weigh_surname("꿟") < 1e-5


@pytest.mark.parametrize(
    ("folded", "shown"), [("이", "리"), ("임", "임"), ("유", "유"), ("김", "김"), ("양", "양")]
)
def test_the_northern_spelling_is_shown_where_it_is_known(folded: str, shown: str) -> None:
    assert show_surname(folded, folded) == shown


def test_a_spelling_that_shows_it_is_kept() -> None:
    assert show_surname("임", "림") == "림"


def test_no_name_of_anybody_is_in_the_data() -> None:
    """Given syllables and characters stand alone; what has two syllables is a surname."""
    assert all(len(row[0]) == 1 for row in read_rows("given"))
    assert all(len(row[0]) == 1 for row in read_rows("hanja"))
    long = {row[0] for row in read_rows("surnames") if len(row[0]) > 1}
    assert {fold_syllables(surname) for surname in long} == set(load_surnames().long)
    assert len(long) < 40


@pytest.mark.parametrize("path", sorted(DATA.glob("*.tsv")), ids=lambda path: path.stem)
def test_a_table_says_where_it_is_from(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    header = " ".join(line.removeprefix("# ") for line in lines if line.startswith("#"))
    assert re.search(r"make_names\.py|names\.toml|our estimates", header)
    assert re.search(r"UNCERTAIN|Unicode License", header)


def test_the_tables_are_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 500_000
