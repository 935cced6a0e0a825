"""By what records are brought together, what each key would cost, and what is left out (§3).

A rule is one part of a feature, or parts of two or three features together. All rules are counted before any
pair is made; the cheapest are taken until the budget is spent.

Floor 4. Pure but for the engine that counts. Refused: nothing; what would explode is left out and told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from onggi.link.engine import Engine, Table, count_blocks, join_parts, merge_pairs, pair_blocks
from onggi.link.features import Feature

_SAMPLED = 50_000  # records that tell what a rule would cost
_EACH, _ALL = 12, 60  # pairs for each record, of one rule and of all
_MOST = 20_000_000  # pairs of all rules, unless there are more records than a sixth of it
_WORTH = 0.3  # of a rule's pairs that must be left for the rest of it to be used
_LEAST = 20_000
_RULES = 30  # bits for rules, and time for each
_COARSE = frozenset({"near", "surname", "initials", "given", "start", "year"})  # what three keys are made of

Key = tuple[int, str]  # number of a feature, and one of its parts


@dataclass(frozen=True, slots=True)
class Rule:
    """Parts that two records must share; `pairs` it makes, and what was left out of it.

    `most` is the size of the largest block that is paired; `left_blocks` and `left_pairs` are those beyond.
    """

    keys: tuple[Key, ...]
    pairs: int
    most: int
    left_blocks: int = 0
    left_pairs: int = 0

    @property
    def features(self) -> frozenset[int]:
        """The features that it looks at."""
        return frozenset(feature for feature, _ in self.keys)

    @property
    def whole(self) -> bool:
        """Whether nothing was left out of it."""
        return self.left_blocks == 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The rules that are used, and those that would have made too many pairs."""

    used: tuple[Rule, ...]
    refused: tuple[Rule, ...]
    budget: int

    def name(self, rule: Rule, features: Sequence[Feature]) -> str:
        """A rule as people read it: name.given + birth_year.near."""
        return " + ".join(f"{features[feature].name}.{part}" for feature, part in rule.keys)


def find_candidates(engine: Engine, features: Sequence[Feature], records: int) -> tuple[Choice, Table | None]:
    """The rules chosen, and the pairs they find with the bits of their rules; None where there are none."""
    tables = {
        (at, part): engine.put(row=rows, key=keys)
        for at, feature in enumerate(features)
        for part, (rows, keys) in feature.parts.items()
        if len(rows) > 1
    }
    budget = max(_LEAST, 3 * records, min(_ALL * records, max(_MOST, 6 * records)))
    each = max(_LEAST, budget * _EACH // _ALL)
    choice = choose_rules(engine, tables, features, records, each, budget)
    if not choice.used:
        return choice, None
    pairs = [
        pair_blocks(join_parts([tables[key] for key in rule.keys]), rule.most, bit)
        for bit, rule in enumerate(choice.used)
    ]
    return choice, engine.keep(merge_pairs(pairs))


def choose_rules(
    engine: Engine,
    tables: dict[Key, Table],
    features: Sequence[Feature],
    records: int,
    each: int,
    budget: int,
) -> Choice:
    """The cheapest rules within the budget, without those that another one contains."""
    step = max(1, records // _SAMPLED)
    sampled = {
        key: engine.keep(table.filter(table.row % step == 0)) if step > 1 else table
        for key, table in tables.items()
    }
    ranked = sorted(
        (guess_cost(engine, [sampled[key] for key in keys], step), keys)
        for keys in list_rules(list(tables), features)
    )
    used: list[Rule] = []
    refused: list[Rule] = []
    spent = 0
    for cost, keys in ranked:
        if cost > each and not _is_worth(keys, features):
            refused.append(Rule(keys, cost, 0, 0, cost))
            continue
        rule = trim_rule(engine, [tables[key] for key in keys], keys, each)
        if rule.pairs <= _WORTH * rule.left_pairs:
            refused += [replace(rule, pairs=0, left_pairs=cost)] if cost else []
        elif spent + rule.pairs > budget or len(used) == 2 * _RULES:
            refused.append(replace(rule, left_pairs=rule.left_pairs + rule.pairs, pairs=0))
        else:
            spent += rule.pairs
            used.append(rule)
    kept = drop_contained(used)[-_RULES:]
    return Choice(tuple(kept), tuple(refused), budget)


def _is_worth(keys: tuple[Key, ...], features: Sequence[Feature]) -> bool:
    """Whether the rare values of a key are worth keeping where the frequent ones are too many."""
    return (
        len(keys) == 1
        and keys[0][1] in ("full", "exact")
        and features[keys[0][0]].kind not in ("year", "place")
    )


def list_rules(keys: Sequence[Key], features: Sequence[Feature]) -> Iterator[tuple[Key, ...]]:
    """Every part, every two of different features, and three where each alone says little."""
    yield from ((key,) for key in keys)
    for several in combinations(keys, 2):
        if several[0][0] != several[1][0]:
            yield several
    coarse = [
        (at, part)
        for at, part in keys
        if part in _COARSE or (part == "exact" and features[at].kind in ("place", "category"))
    ]
    for three in combinations(coarse, 3):
        if len({at for at, _ in three}) == 3:
            yield three


def guess_cost(engine: Engine, parts: Sequence[Table], step: int) -> int:
    """Pairs that a rule makes, from one record in `step`."""
    sizes, blocks = _count_sizes(engine, parts)
    return int((blocks * sizes * (sizes - 1) // 2).sum()) * step * step


def trim_rule(engine: Engine, parts: Sequence[Table], keys: tuple[Key, ...], each: int) -> Rule:
    """A rule with its largest blocks left out until it makes no more pairs than `each`."""
    sizes, blocks = _count_sizes(engine, parts)
    made = np.cumsum(blocks * sizes * (sizes - 1) // 2)
    if not len(made):
        return Rule(keys, 0, 0)
    kept = int(np.searchsorted(made, each, side="right"))
    total, pairs = int(made[-1]), int(made[kept - 1]) if kept else 0
    most = int(sizes[kept - 1]) if kept else 0
    return Rule(keys, pairs, most, int(blocks[kept:].sum()), total - pairs)


def _count_sizes(engine: Engine, parts: Sequence[Table]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    found = engine.get(count_blocks(join_parts(parts)), "size")
    return found["size"].astype(np.int64), found["blocks"].astype(np.int64)


def drop_contained(rules: Sequence[Rule]) -> list[Rule]:
    """Without rules that ask for all that another, of which nothing was left out, asks for, and more."""
    return [
        rule
        for rule in rules
        if not any(
            other is not rule and other.whole and _contains(set(other.keys), set(rule.keys))
            for other in rules
        )
    ]


def _contains(wide: set[Key], narrow: set[Key]) -> bool:
    """Whether whoever shares the keys of `narrow` shares those of `wide`."""
    return (
        all(
            key in narrow or any(at == key[0] and key[1] in _WIDER.get(part, ()) for at, part in narrow)
            for key in wide
        )
        and wide != narrow
    )


# What two records share as well if they share a part.
_WIDER = {
    "full": ("given", "surname", "word"),
    "exact": ("near", "start", "year"),
}
