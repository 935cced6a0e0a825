"""Small matters in memory, for what is decided of statements before a vault comes in."""

from collections.abc import Sequence
from hashlib import shake_256

from tests.ledger.invented import id_of, kind, point, state
from tests.ledger.test_view import view

from onggi.dossier.matter import Matter, read_matter
from onggi.model.entity import make_code
from onggi.model.statement import Statement
from onggi.model.value import Term, Text


def describe(entity: str, what: str) -> tuple[Statement, Statement]:
    """What an entity is, and its code."""
    code = make_code(what, lambda size: shake_256(entity.encode()).digest(size))
    return kind(entity, what), state(f"c{entity}", "code", Text(code, "zxx"), entity)


CAST = [
    *(one for name in ("woman", "witness", "buyer", "friend") for one in describe(name, "person")),
    *(one for name in ("sale", "other") for one in describe(name, "act")),
    *(one for name in ("account", "call", "paper", "rumour") for one in describe(name, "source")),
    *describe("case", "case"),
    *describe("years", "event"),
    *describe("report", "intervention"),
    *describe("photo", "item"),
    point("v", "victim", "woman", "sale"),
    point("b", "buyer", "buyer", "sale"),
    point("p", "part_of", "sale", "sale-part"),
    point("w1", "witness", "woman", "account"),
    point("w2", "witness", "witness", "call"),
    state("pub", "published", Term("yes_no", "yes"), "paper"),
]
HIDDEN = ("w1", "w2")


def matter_of(*more: Statement, identity: Sequence[str] = (), cast: Sequence[Statement] = CAST) -> Matter:
    """The cast, and what is said besides; `identity` are statements that lie there."""
    return read_matter(view(*cast, *more, identity=(*HIDDEN, *identity)), id_of("case"))


def names(matter: Matter, ids: Sequence[str] | frozenset[str] | set[str]) -> set[str]:
    """Ids as the words they were made of."""
    return {bytes.fromhex(one).rstrip(b"\0").decode().rstrip("0") for one in ids}
