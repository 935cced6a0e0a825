"""Invented populations of known size: where the assumptions hold, and where each of them is broken."""

import numpy as np

from onggi.count.cells import Cells, count_rows
from onggi.count.population import Population

SIZE = 3000
CHANCES = (0.3, 0.25, 0.2, 0.3)
NAMES = "abcdefgh"


def draw_people(size: int, chances: tuple[tuple[float, ...], tuple[float, ...]], seed: int) -> Cells:
    """Three in ten are of the first class."""
    dice = np.random.default_rng(seed)
    first = dice.random(size) < 0.3
    odds = np.where(first[:, None], chances[0], chances[1])
    return count_rows(NAMES[: len(chances[0])], (dice.random(odds.shape) < odds).astype(np.int64))


def draw_kind(kind: str, seed: int) -> tuple[Cells, Population, int]:
    """The cells of one population of a kind, what is declared, and how many there really are."""
    dice = np.random.default_rng([seed, KINDS.index(kind)])
    rows = (dice.random((SIZE, 4)) < CHANCES).astype(np.int64)
    population = Population()
    match kind:
        case "two classes":
            first = dice.random(SIZE) < 0.4
            odds = np.where(first[:, None], [0.5, 0.4, 0.45, 0.5], [0.12, 0.1, 0.15, 0.1])
            rows = (dice.random((SIZE, 4)) < odds).astype(np.int64)
        case "positive dependence":
            rows[:, 1] |= rows[:, 0] & (dice.random(SIZE) < 0.25)
        case "negative dependence":
            rows[:, 1] &= ~(rows[:, 0] & (dice.random(SIZE) < 0.6)) & 1
        case "referral":
            rows[:, 2] |= rows[:, 0] & (dice.random(SIZE) < 0.8)
        case "subset":
            rows[:, 3] = rows[:, 0] & (dice.random(SIZE) < 0.6)
        case "structural zero":
            women = dice.random(SIZE) < 0.5
            rows[:, 0] &= women
            rows[:, 1] &= ~women
        case "structural zero, said":
            women = dice.random(SIZE) < 0.5
            rows[:, 0] &= women
            rows[:, 1] &= ~women
            population = Population(
                impossible_overlaps=(("a", "b"),), said=frozenset({"impossible_overlaps"})
            )
        case "two populations":
            here = dice.random(SIZE) < 0.5
            rows[:, :2] &= here[:, None]
            rows[:, 2:] &= ~here[:, None]
        case "sparse":
            rows = (dice.random((SIZE, 4)) < 0.03).astype(np.int64)
        case "missed links":
            rows = split_rows(rows, 0.8, dice)
        case "hidden group":
            rows[: SIZE // 3] = 0
    return count_rows("abcd", rows), population, SIZE


def split_rows(rows: np.ndarray, recall: float, dice: np.random.Generator) -> np.ndarray:
    """People of several lists who were not recognised become one for each list."""
    lost = (rows.sum(axis=1) > 1) & (dice.random(len(rows)) > recall)
    apart = [np.eye(4, dtype=np.int64)[at] for row in rows[lost] for at in np.flatnonzero(row)]
    return np.vstack([rows[~lost], *apart])


KINDS = (
    "independent",
    "two classes",
    "positive dependence",
    "negative dependence",
    "referral",
    "subset",
    "structural zero",
    "structural zero, said",
    "two populations",
    "sparse",
    "missed links",
    "hidden group",
)
