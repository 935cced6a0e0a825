"""Who of a vault's persons may be one: suggested with reasons, never judged (§8).

A pair that somebody judged is not suggested, nor one that a source ties as two people, nor one within what
is held to be the same already. Where names do not agree, nothing else takes a pair above `UNNAMED`: sisters
agree in all of it.

Floor 4. Pure, over a view in which identity is open. Refused: nothing.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np

from onggi.ledger.view import View
from onggi.link.beforehand import CHANCES, MOST, UNNAMED
from onggi.link.columns import Floats, Levels
from onggi.link.compared import Compared, Open, compare_persons
from onggi.link.couples import Couple
from onggi.link.features import Feature
from onggi.link.order import Look, order_pairs
from onggi.link.persons import KINDS, Persons, names_child, read_persons
from onggi.link.review import Review, number_couples
from onggi.link.run import Watch
from onggi.link.suggested import Suggested, Suggestion, list_older
from onggi.model.likeness import Trait

LEAST = 0.1
"""Probability of a pair that is suggested."""


def suggest_pairs(
    view: View, compartment: str, member: str, version: str, seed: int, open_engine: Open, watch: Watch
) -> Suggested:
    """Compare the persons of a compartment; `member` is whose older suggestions are looked at."""
    watch("persons")
    persons = read_persons(view, compartment)
    review = Review(view, persons.records.ids)
    older = set(number_couples(persons.records.ids, list_older(view, compartment, member)))
    compared = compare_persons(persons, review.settled, seed, open_engine, watch, older)
    search = _Search(persons, review, compared)
    best, apart = search.choose()
    looks = [(at, search.look(at)) for at in best]
    shown = {compared.couples[at] for at in best}
    return Suggested(
        persons=len(persons),
        learned=compared.learned,
        seed=seed,
        settings=_digest(compared.learned, version, seed),
        apart=apart,
        flags=compared.flags,
        found=tuple(search.describe(at, look) for at, look in order_pairs(looks)),
        withdrawn=tuple(
            search.describe(at, search.look(at))
            for at, couple in enumerate(compared.couples)
            if couple in older - shown and not review.is_settled(couple)
        ),
        names=dict(zip(persons.records.ids, persons.names, strict=True)),
    )


class _Search:
    """What is worth suggesting among compared pairs, by clusters of what is held to be the same."""

    def __init__(self, persons: Persons, review: Review, compared: Compared) -> None:
        self._persons, self._review, self._compared = persons, review, compared
        self._related = review.spread(persons.related)

    def choose(self) -> tuple[list[int], int]:
        """The likeliest pair between any two clusters, and how many are two people by what is said."""
        chances = self._compared.probability
        best: dict[Couple, int] = {}
        apart = 0
        for at in np.flatnonzero(chances >= LEAST).tolist():
            couple = self._compared.couples[at]
            ends = self._review.find_ends(couple)
            if self._review.is_settled(couple):
                continue
            if ends in self._related or names_child(self._persons, *couple):
                apart += 1
            elif ends not in best or chances[at] > chances[best[ends]]:
                best[ends] = at
        return list(best.values()), apart

    def look(self, at: int) -> Look:
        """Why to look at a pair."""
        return self._review.look(self._compared.couples[at], float(self._compared.probability[at]))

    def describe(self, at: int, look: Look) -> Suggestion:
        """A pair as it is suggested."""
        compared, ids = self._compared, self._persons.records.ids
        traits = list_traits(compared.features, compared.levels[at], compared.weights[at])
        a, b = compared.couples[at]
        return Suggestion(ids[a], ids[b], look.probability, traits, look)


def list_traits(features: Sequence[Feature], levels: Levels, weights: Floats) -> tuple[Trait, ...]:
    """How two agree, by the level and weight of each feature; no rarity, for that tells of others."""
    told = zip(features, levels.tolist(), weights.tolist(), strict=True)
    return tuple(
        Trait(feature.name, feature.levels[feature.bases[level]], f"{weight:+.2f}")
        for feature, level, weight in told
        if level >= 0
    )


def _digest(learned: bool, version: str, seed: int) -> str:
    """By which two runs with the same settings are known."""
    settings: Mapping[str, Any] = {
        "onggi": version,
        "seed": seed,
        "kinds": dict(KINDS),
        "bounds": [LEAST, UNNAMED, MOST],
        "chances": None if learned else {name: dict(table) for name, table in CHANCES.items()},
    }
    return sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16]
