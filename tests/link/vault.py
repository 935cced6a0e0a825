"""Invented persons as a view of a vault with identity open. Nobody here exists."""

from collections.abc import Sequence

from tests.ledger.invented import hold, id_of, kind, point, state
from tests.ledger.test_search import index_of

from onggi.ledger.view import View
from onggi.link.engine import open_engine
from onggi.link.suggest import suggest_pairs
from onggi.link.suggested import Suggested
from onggi.model.judgement import Judgement, Verdict
from onggi.model.statement import Statement
from onggi.model.value import Date, Place, Term, Value

HERE = "main"
_HIDDEN = frozenset({"name", "legal_name", "alias", "nickname", "birth", "origin", "alike"})


def year(text: str) -> Date:
    """A date that leaves nothing open but the day."""
    return Date(text, f"{text}-01-01", f"{text}-12-31")


def person(id: str, names: Sequence[str] | str = (), *, alias: str = "", sex: str = "", born: str = "",
           home: str = "", left: str = "") -> list[Statement]:  # fmt: skip
    """All that a vault holds of somebody."""
    said: list[tuple[str, Value | str]] = [
        ("name", one) for one in ([names] if isinstance(names, str) else names)
    ]
    said += [("alias", alias)] if alias else []
    said += [("sex", Term("sex", sex))] if sex else []
    said += [("birth", year(born))] if born else []
    said += [("origin", Place(home))] if home else []
    said += [("left_on", year(left))] if left else []
    return [
        kind(id, "person"),
        *(state(f"{id}.{at}", name, value, id) for at, (name, value) in enumerate(said)),
    ]


def judged(id: str, a: str, b: str, verdict: Verdict, two: bool = False) -> Statement:
    return state(id, "judged", Judgement(id_of(b), verdict, "one village", two), a)


def tie(id: str, relation: str, a: str, b: str) -> Statement:
    return point(id, relation, b, a)


def hidden(statement: Statement) -> bool:
    """Whether a statement lies in identity."""
    return statement.what.property in _HIDDEN


def open_view(*statements: Statement, author: str = "ann") -> View:
    """One commit each, oldest first."""
    held = [
        hold(one, time, author=author, stratum="identity" if hidden(one) else "record")
        for time, one in enumerate(statements, start=1)
    ]
    indexes = [
        index_of([one for one in held if one.stratum == stratum], stratum)
        for stratum in ("record", "identity")
    ]
    return View(indexes, lambda *_: True)


def suggest(*statements: Statement) -> Suggested:
    return suggest_pairs(
        open_view(*statements), HERE, "ann", "0", 1, lambda: open_engine("duckdb"), lambda stage: None
    )


def chances(*statements: Statement) -> dict[frozenset[str], float]:
    """The probability of each pair that is suggested."""
    found = suggest(*statements).found
    return {frozenset((one.a, one.b)): one.probability for one in found}


def pair(a: str, b: str) -> frozenset[str]:
    return frozenset((id_of(a), id_of(b)))


def strangers(count: int) -> list[Statement]:
    """Others, so that a vault is not two persons alone."""
    found = []
    for at in range(count):
        name = "박정최한오신서안"[at % 8] + "금향설복춘"[at % 5] + "란매월단별길현"[at % 7]
        home = ("KP-07", "KP-09", "KP-05")[at % 3]
        found += person(f"x{at}", name, sex=("female", "male")[at % 4 == 0], born=str(1950 + at), home=home)
    return found
