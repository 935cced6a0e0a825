"""Splink 5 on one of our tables, as its tutorial would set it up: run by bench/link.py, with Splink's Python.

`python bench/_splink.py europeans TABLE.csv PAIRS.csv CLUSTERS.csv` writes what `onggi link` writes, for
the same scores. Europeans: name comparisons with term frequency, day of birth, city, e-mail; seven blocking
rules; u from two million pairs; EM on day of birth and on e-mail; pairs from 0.01, clusters at 0.95. People
without papers: year and places by levels, and names in three ways. `papers`: as they are. `revised`: all
in the Revised romanisation, words in order. `folded`: a key in which the surname is told by a list of its
spellings and what they write in several ways is one (bench/_folded.py); places romanised; blocked on that key
and on parts of it: what somebody who knows Korean would do in good faith. `febrl` and `rldata`: the public
tables of bench/_public.py, after Splink's own example for Febrl.
"""

import csv
import sys

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import (
    CustomLevel,
    ElseLevel,
    ExactMatchLevel,
    JaroWinklerLevel,
    NullLevel,
)

EUROPEANS = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record_id",
    comparisons=[
        cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("first_name", "surname"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("email"),
        block_on("dob", "city"),
        block_on("surname", "city", "substr(first_name, 1, 1)"),
        block_on("first_name", "city", "substr(dob, 1, 4)"),
    ],
)
"""Seven rules, five comparisons."""


def compare_year(column: str) -> object:
    """Equal, one, two apart, else."""
    left, right = f"cast({column}_l as int)", f"cast({column}_r as int)"
    levels = [NullLevel(column), CustomLevel(f"{left} = {right}", "equal")]
    levels += [CustomLevel(f"abs({left} - {right}) = {apart}", f"{apart} apart") for apart in (1, 2)]
    return cl.CustomComparison(output_column_name=column, comparison_levels=[*levels, ElseLevel()])


PAPERS = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record_id",
    comparisons=[
        cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("sex"),
        compare_year("birth_year"),
        compare_year("left_year"),
        cl.ExactMatch("origin").configure(term_frequency_adjustments=True),
        cl.ExactMatch("location").configure(term_frequency_adjustments=True),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("name"),
        block_on("birth_year", "origin"),
        block_on("birth_year", "left_year"),
        block_on("origin", "left_year"),
        block_on("birth_year", "location"),
    ],
)


def compare_folded(column: str) -> object:
    """Equal keys by how frequent they are, nearly equal ones, the same given name, else."""
    key = f"{column}_key"
    levels = [
        NullLevel(key),
        ExactMatchLevel(key, term_frequency_adjustments=True),
        JaroWinklerLevel(key, 0.92),
        ExactMatchLevel(f"{column}_given"),
        JaroWinklerLevel(key, 0.84),
        ElseLevel(),
    ]
    return cl.CustomComparison(output_column_name=column, comparison_levels=levels)


FOLDED = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record_id",
    comparisons=[
        compare_folded("name"),
        cl.ExactMatch("sex"),
        compare_year("birth_year"),
        compare_year("left_year"),
        cl.JaroWinklerAtThresholds("origin", [0.9]).configure(term_frequency_adjustments=True),
        cl.ExactMatch("location").configure(term_frequency_adjustments=True),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("name_key"),
        block_on("name_given", "birth_year"),
        block_on("name_given", "origin"),
        block_on("name_given", "left_year"),
        block_on("name_surname", "birth_year", "left_year"),
        block_on("birth_year", "origin"),
        block_on("origin", "left_year"),
    ],
)
FEBRL = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record_id",
    comparisons=[
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
        cl.LevenshteinAtThresholds("suburb", 2),
        cl.LevenshteinAtThresholds("postcode", 2),
        cl.ExactMatch("state"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("given_name", "surname"),
        block_on("surname", "date_of_birth"),
        block_on("given_name", "date_of_birth"),
        block_on("date_of_birth", "postcode"),
        block_on("surname", "postcode"),
        block_on("given_name", "suburb"),
        block_on("address_1", "suburb"),
    ],
)
RLDATA = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="record_id",
    comparisons=[
        cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("dob", input_is_string=True),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("first_name", "surname"),
        block_on("surname", "substr(dob, 1, 4)"),
        block_on("first_name", "substr(dob, 1, 4)"),
        block_on("dob"),
        block_on("substr(surname, 1, 3)", "substr(first_name, 1, 3)"),
    ],
)
SETTINGS = {
    "febrl": FEBRL,
    "rldata": RLDATA,
    "europeans": EUROPEANS,
    "papers": PAPERS,
    "revised": PAPERS,
    "folded": FOLDED,
}
TRAINING = {
    "febrl": (block_on("date_of_birth"), block_on("surname"), block_on("postcode")),
    "rldata": (block_on("dob"), block_on("surname")),
    "europeans": (block_on("dob"), block_on("email")),
    "papers": (block_on("birth_year", "origin"), block_on("name")),
    "revised": (block_on("birth_year", "origin"), block_on("name")),
    "folded": (block_on("birth_year", "origin"), block_on("name_key")),
}
CERTAIN = {
    "febrl": block_on("given_name", "surname", "date_of_birth"),
    "rldata": block_on("surname", "dob"),
    "europeans": block_on("email"),
    "papers": block_on("name", "birth_year"),
    "revised": block_on("name", "birth_year"),
    "folded": block_on("name_key", "birth_year"),
}
RECALL = {"febrl": 0.6, "rldata": 0.6, "europeans": 0.55, "papers": 0.1, "revised": 0.15, "folded": 0.25}
"""Of the certain rule, as who knows the lists would guess."""


def main(kind: str, table: str, pairs: str, clusters: str) -> None:
    """Train, predict, cluster, write."""
    api = DuckDBAPI()
    linker = Linker(api.register(read_table(api, table, kind)), SETTINGS[kind])
    linker.training.estimate_probability_two_random_records_match([CERTAIN[kind]], recall=RECALL[kind])
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    for rule in TRAINING[kind]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01)
    grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(found, 0.95)
    rows = found.as_duckdbpyrelation().select("record_id_l, record_id_r, match_probability")
    write(pairs, ("record_id_a", "record_id_b", "probability"), rows.fetchall())
    write(
        clusters,
        ("record_id", "cluster_id"),
        grouped.as_duckdbpyrelation().select("record_id, cluster_id").fetchall(),
    )


def read_table(api: DuckDBAPI, table: str, kind: str) -> object:
    """The table as text, empty cells as nothing; names as this kind has them."""
    if kind not in ("revised", "folded"):
        return api._con.read_csv(table, all_varchar=True)
    import pyarrow
    from _folded import fold_row, revise_row

    with open(table, encoding="utf-8", newline="") as file:
        rows = [(revise_row if kind == "revised" else fold_row)(row) for row in csv.DictReader(file)]
    return api._con.from_arrow(pyarrow.Table.from_pylist(rows))


def write(path: str, head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """A table."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
