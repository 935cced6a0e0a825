"""A relation stands once, with all that say it; never where it is denied or leads out of what is shown."""

from tests.ledger.invented import hold, id_of, point, state

from onggi.ledger.relations import Relation, list_relations
from onggi.model.value import Entity


def test_each_relation_once_with_all_that_say_it() -> None:
    held = [
        hold(point(1, "victim", "woman", "sale"), 1),
        hold(point(2, "victim", "woman", "sale"), 2),
        hold(point(3, "child", "girl", "woman"), 3),
        hold(point(4, "victim", "stranger", "sale"), 4),
        hold(state(5, "seller", Entity(id_of("woman")), "sale", denies=True), 5),
        hold(state(6, "note", "no relation", "woman"), 6),
    ]
    shown = {id_of(one) for one in ("woman", "sale", "girl")}
    found = list_relations(held, shown)
    assert {tie: [one.id for one in said] for tie, said in found.items()} == {
        Relation(id_of("sale"), id_of("woman"), "victim"): [id_of(1), id_of(2)],
        Relation(id_of("woman"), id_of("girl"), "child"): [id_of(3)],
    }
