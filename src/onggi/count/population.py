"""What whoever counts declares of the population and the lists (`--population FILE.toml`), and what is
missing.

Pure. Nothing of it can be checked against the counts alone, so what was not declared is said in the answer.

    population = "people sent back over this border"
    window = "2005..2010"
    place = "three counties"
    impossible_overlaps = [["camp", "hospital"]]   # nobody can be on both
    linkage_recall = 0.95          # share of true matches that were found
    linkage_false_merge = 0.01     # share of matches that join two people
    within = "CN-210100"               # of a vault: acts that may lie here, an id of the gazetteer
    [lists]                        # of a vault: the sources, by code, that make up each list
    camp = ["S-0000000", "S-0000001"]
    [list_years]
    camp = "2004..2010"
    [fed_by]
    hospital = "camp"              # who is on camp was referred to hospital
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from onggi.errors import Finding

DECLARED = ("population", "window", "place", "list_years", "fed_by", "impossible_overlaps", "linkage_recall")
MOST_SEED = 2**32 - 1
"""What is drawn begins at a number from 0 to this, which belongs to what was declared."""

_KEYS = frozenset({*DECLARED, "linkage_false_merge", "lists", "within", "onggi"})
_YEARS = re.compile(r"\s*(\d{4})(?:\s*(?:\.\.|-|–|~)\s*(\d{4}))?\s*")
_LINE = re.compile(r"at line ([0-9]+)")

Years = tuple[int, int]


@dataclass(frozen=True)
class Population:
    """What was declared. None, or the empty form, where nothing was; `sources` are the table `lists`."""

    population: str | None = None
    place: str | None = None
    within: str | None = None
    sources: Mapping[str, tuple[str, ...]] | None = None
    window: Years | None = None
    list_years: Mapping[str, Years] = field(default_factory=dict)
    impossible_overlaps: tuple[tuple[str, str], ...] = ()
    fed_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    linkage_recall: float | None = None
    linkage_false_merge: float | None = None
    said: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """What was not declared, in the order of DECLARED."""
        return tuple(key for key in DECLARED if key not in self.said)


def read_population(text: str) -> tuple[Population, list[Finding]]:
    """The declaration in a TOML text, and what is wrong with it; a place is the key it stands at."""
    try:
        tables = tomllib.loads(text)
    except ValueError as error:
        line = _LINE.search(str(error))
        where = int(line[1]) if line else text.rstrip("\n").count("\n") + 1  # it says so of the end alone
        return Population(), [Finding("count.declared.toml", f"line {where}")]
    return build_population(tables)


def build_population(tables: Mapping[str, Any]) -> tuple[Population, list[Finding]]:
    """The declaration that these keys and values are, and what is wrong with it, each at its key."""
    reader = _Reader()
    found = Population(
        population=reader.take_text(tables, "population"),
        place=reader.take_text(tables, "place"),
        within=reader.take_text(tables, "within"),
        sources=reader.take_sources(tables.get("lists")),
        window=reader.take_years(tables.get("window"), "window"),
        list_years=reader.take_list_years(tables.get("list_years", {})),
        impossible_overlaps=reader.take_overlaps(tables.get("impossible_overlaps", [])),
        fed_by=reader.take_feeds(tables.get("fed_by", {})),
        linkage_recall=reader.take_share(tables, "linkage_recall"),
        linkage_false_merge=reader.take_share(tables, "linkage_false_merge"),
        said=frozenset(tables) & _KEYS,
    )
    reader.findings += [Finding("count.declared.key", "") for key in tables if key not in _KEYS]
    return found, reader.findings


def check_lists(population: Population, lists: Iterable[str]) -> list[Finding]:
    """A finding for each key that names a list which is none of these."""
    named = {
        "list_years": population.list_years,
        "impossible_overlaps": chain.from_iterable(population.impossible_overlaps),
        "fed_by": chain(population.fed_by, *population.fed_by.values()),
    }
    there = frozenset(lists)
    return [
        Finding("count.declared.list", key) for key, names in named.items() if not there.issuperset(names)
    ]


def check_keys(population: Population) -> list[Finding]:
    """A finding for each key that says something of a vault only; a table would be counted as if it did not
    stand there."""
    return [Finding("count.declared.vault", key) for key in ("lists", "within") if key in population.said]


class _Reader:
    """Takes values of the right kind, and gathers what is not."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def take_text(self, tables: Mapping[str, Any], key: str) -> str | None:
        value = tables.get(key)
        if value is None or (isinstance(value, str) and value.strip() and value.isprintable()):
            return value
        self._refuse(key)
        return None

    def take_share(self, tables: Mapping[str, Any], key: str) -> float | None:
        value = tables.get(key)
        if value is None:
            return None
        least = 0.0 if key == "linkage_false_merge" else 0.01
        if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= 1:
            return float(value)
        self._refuse(key)
        return None

    def take_years(self, value: object, key: str) -> Years | None:
        match value:
            case None:
                return None
            case int() as year if not isinstance(value, bool) and 1000 <= year <= 9999:
                return year, year
            case [int() as first, int() as last] if 1000 <= first <= last <= 9999:
                return first, last
            case str() if (found := _YEARS.fullmatch(value)) is not None:
                first, last = int(found[1]), int(found[2] or found[1])
                if first <= last:
                    return first, last
        self._refuse(key)
        return None

    def take_list_years(self, value: object) -> dict[str, Years]:
        if not isinstance(value, dict):
            self._refuse("list_years")
            return {}
        years = {name: self.take_years(written, "list_years") for name, written in value.items()}
        return {name: span for name, span in years.items() if span is not None}

    def take_overlaps(self, value: object) -> tuple[tuple[str, str], ...]:
        found = []
        for pair in value if isinstance(value, list) else [value]:
            match pair:
                case [str() as one, str() as other] if one != other:
                    found.append((one, other))
                case _:
                    self._refuse("impossible_overlaps")
        return tuple(found)

    def take_feeds(self, value: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(value, dict):
            self._refuse("fed_by")
            return {}
        found = {}
        for name, written in value.items():
            feeders = [written] if isinstance(written, str) else written
            right = isinstance(feeders, list) and all(isinstance(one, str) for one in feeders)
            if right and name not in feeders:
                found[name] = tuple(feeders)
            else:
                self._refuse("fed_by")
        return found

    def take_sources(self, value: object) -> dict[str, tuple[str, ...]] | None:
        if value is None:
            return None
        if not isinstance(value, dict) or not all(map(_is_codes, value.values())):
            self._refuse("lists")
            return None
        return {name: tuple(codes) for name, codes in value.items()}

    def _refuse(self, key: str) -> None:
        if not any(finding.where == key for finding in self.findings):
            self.findings.append(Finding("count.declared.value", key))


def _is_codes(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
