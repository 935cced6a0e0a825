"""Many clusterings instead of one, drawn as the model has it: for whoever counts people and must not take the
likeliest clustering for the truth (§6).

Floor 4. Pure but for the engine; dice come as a seed. Refused: nothing. Nothing is judged or merged by it.
"""

from dataclasses import dataclass

import numpy as np

from onggi.ledger.view import View
from onggi.link.clusters import Pairs, cluster_pairs, number_clusters, sample_clusters
from onggi.link.columns import Numbers
from onggi.link.compared import Open, compare_persons
from onggi.link.judgements import bind_pairs, settle_judgements
from onggi.link.persons import names_child, read_persons
from onggi.link.review import Review
from onggi.link.run import Linkage, Watch

FEWEST, MOST, DRAWS = 20, 100, 50
"""Clusterings that are drawn: at least, at most, and unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Of the entries `ids` the numbers of their clusters, one row for each clustering: (draws, ids)."""

    ids: tuple[str, ...]
    clusters: Numbers


def draw_records(linkage: Linkage, draws: int, seed: int) -> Numbers:
    """Clusterings of the records of tables, (draws, records): numbers of clusters, from 1."""
    return _draw(linkage.records, linkage.pairs, linkage.clusters, draws, seed)


def draw_persons(
    view: View, compartment: str, draws: int, seed: int, open_engine: Open, watch: Watch
) -> Drawn:
    """Clusterings of the persons of a compartment; identity is open in the view.

    What members judged binds, and so does what a source says of two who are not one; what waits for a second
    member does not.
    """
    watch("persons")
    persons = read_persons(view, compartment)
    ids = persons.records.ids
    settled = Review(view, ids).settled
    compared = compare_persons(persons, settled, seed, open_engine, watch, ())
    a, b = np.array(list(compared.couples), np.int32).reshape(-1, 2).T
    apart = {couple for couple in compared.couples if names_child(persons, *couple)} | persons.related
    binding = settle_judgements(settled.same, settled.different | apart)
    pairs, _ = bind_pairs(a, b, compared.probability, compared.levels, binding, compared.features)
    watch("clusters")
    return Drawn(ids, _draw(len(ids), pairs, cluster_pairs(len(ids), pairs), draws, seed))


def _draw(records: int, pairs: Pairs, clusters: Numbers, draws: int, seed: int) -> Numbers:
    return number_clusters(sample_clusters(records, pairs, clusters, draws, np.random.default_rng(seed)))
