"""What a reader is shown of an entity, now and as of then."""

from collections.abc import Sequence

import pytest
from tests.ledger.invented import Dice, hold, id_of, kind, point, state
from tests.ledger.test_search import index_of

from onggi.errors import OnggiError
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.entity import make_code
from onggi.model.statement import Statement
from onggi.model.value import Term, Text

CODE = make_code("person", Dice())


def view(*statements: Statement, as_of: int | None = None, identity: Sequence[str] = ()) -> View:
    """One commit each, oldest first; `identity` names the statements of that stratum."""
    hidden = {id_of(one) for one in identity}
    held = [
        hold(one, time, stratum="identity" if one.id in hidden else "record")
        for time, one in enumerate(statements)
    ]
    indexes = [
        index_of([one for one in held if one.stratum == stratum], stratum)
        for stratum in ("record", "identity")
    ]
    return View(indexes, lambda *_: True, as_of)


def ids(held: Sequence[Held]) -> set[str]:
    return {one.id for one in held}


def named(*names: str) -> set[str]:
    return {id_of(one) for one in names}


def test_found_by_id_and_code() -> None:
    shown = view(kind("woman", "person"), state("c", "code", Text(CODE, "zxx"), "woman"))
    for reference in (CODE, CODE.lower(), f" {CODE} ", id_of("woman"), id_of("woman").upper()):
        assert shown.find(reference) == id_of("woman")
    assert shown.find(id_of("c")) == id_of("c"), "a statement by its own id"
    assert (shown.call(id_of("woman")), shown.call(id_of("man"))) == (CODE, id_of("man")[:8])
    assert (shown.kind_of(id_of("woman")), shown.kind_of(id_of("man"))) == ("person", None)


@pytest.mark.parametrize("reference", ["", "x", "P-0000000", id_of("man"), "\udced" * 32, "%", CODE[:-1]])
def test_nothing_is_guessed(reference: str) -> None:
    with pytest.raises(OnggiError, match="ledger.absent"):
        view(kind("woman", "person"), state("c", "code", Text(CODE, "zxx"), "woman")).find(reference)


def test_a_portrait_is_of_the_cluster_and_weighed() -> None:
    shown = view(
        kind("a", "person"),
        point("s", "same_as", "b", "a"),
        state(1, "sex", Term("sex", "female"), "a", source="x"),
        state(2, "sex", Term("sex", "female"), "b", source="y"),
        state(3, "sex", Term("sex", "male"), "b", source="z"),
        point("t", "cites", "y", "x"),
        state(4, "note", "of somebody else", "c"),
    )
    for entity in ("a", "b"):
        portrait = shown.portrait(id_of(entity))
        assert ids(portrait.statements) == named("ka", "s") | {id_of(n) for n in (1, 2, 3)}
        assert portrait.sources[id_of(1)] == portrait.sources[id_of(2)] == 1, "x cites y"
        assert [set(one.statements) for one in portrait.conflicts] == [{id_of(n) for n in (1, 2, 3)}]
        assert not portrait.disputed


def test_who_cites_whom_is_followed_through_sources_that_say_nothing() -> None:
    said = [state(1, "note", "yes", "a", source="x"), state(2, "note", "yes", "a", source="y")]
    ties = [
        point("t", "cites", "agency", "x"),
        point("u", "cites", "wire", "y"),
        point("w", "cites", "wire", "agency"),
    ]
    assert view(*said, *ties).portrait(id_of("a")).sources[id_of(1)] == 1
    assert view(*said, *ties[:2]).portrait(id_of("a")).sources[id_of(1)] == 2
    retracted = view(*said, *ties, state("r", "note", "no", "x", retracts=["t"]))
    assert retracted.portrait(id_of("a")).sources[id_of(1)] == 2


def test_values_that_are_the_same_entity_agree() -> None:
    for name, sources in (
        ("victim", 2),
        ("perpetrator", 1),
    ):  # who is accused is one on two members' word alone
        said = [point(1, name, "p", "act", source="x"), point(2, name, "q", "act", source="y")]
        shown = view(*said, point("t", "same_as", "q", "p")).portrait(id_of("act"))
        assert shown.sources[id_of(1)] == sources


def test_disputed_where_somebody_says_they_differ() -> None:
    said = [kind("a", "person"), point("s", "same_as", "b", "a"), point("d", "different_from", "b", "a")]
    assert view(*said).portrait(id_of("a")).disputed
    assert not view(*said, state("r", "note", "no", "a", retracts=["d"])).portrait(id_of("a")).disputed
    assert ids(view(*said).portrait(id_of("b")).statements) == named("ka", "s", "d")


def test_what_was_replaced_is_counted_and_not_shown() -> None:
    shown = view(
        kind("a", "person"),
        state(1, "note", "old", "a"),
        state(2, "note", "new", "a", supersedes=[1]),
        state(3, "note", "newer", "a", supersedes=[2]),
    ).portrait(id_of("a"))
    assert ids(shown.statements) == named("ka") | {id_of(3)}
    assert shown.replaced == 2


def test_a_case_is_everything_said_in_it() -> None:
    statements = [
        kind("case", "case"),
        kind("woman", "person"),
        state(1, "note", "one", "woman"),
        state(2, "note", "two", "man"),
        state(3, "note", "elsewhere", "man", case="other"),
        state(4, "note", "two, better", "man", supersedes=[2]),
        state(5, "name", "hidden", "woman"),
    ]
    portrait = view(*statements, identity=["5"]).portrait(id_of("case"))
    assert portrait.kind == "case"
    assert ids(portrait.statements) == named("kcase", "kwoman") | {id_of(n) for n in (1, 4, 5)}
    assert portrait.replaced == 1


def test_as_of_shows_what_was_live_then() -> None:
    statements = [
        kind("a", "person"),
        state(1, "note", "old", "a"),
        state(2, "note", "new", "a", supersedes=[1]),
        point("s", "same_as", "b", "a"),
        state(3, "note", "of the other", "b"),
    ]
    expected = [{"ka"}, {"ka", "1"}, {"ka", "2"}, {"ka", "2", "s"}, {"ka", "2", "s", "3"}]
    for time, live in enumerate(expected):
        assert ids(view(*statements, as_of=time).portrait(id_of("a")).statements) == named(*live)


def test_published_only_where_nobody_says_otherwise() -> None:
    yes, no = (Term("yes_no", one) for one in ("yes", "no"))
    assert not view().publication(id_of("s"))
    assert view(state(1, "published", yes, "s")).publication(id_of("s"))
    assert not view(state(1, "published", no, "s")).publication(id_of("s"))
    assert not view(state(1, "published", yes, "s"), state(2, "published", no, "s")).publication(id_of("s"))
    assert not view(state(1, "published", yes, "s", denies=True)).publication(id_of("s"))
    assert not view(
        state(1, "published", yes, "s"), state(2, "published", yes, "s", denies=True)
    ).publication(id_of("s"))
    assert not view(state(1, "published", yes, "s"), state(2, "note", "no", "s", retracts=[1])).publication(
        id_of("s")
    )
    assert view(state(1, "published", no, "s"), state(2, "published", yes, "s", supersedes=[1])).publication(
        id_of("s")
    )


def test_a_code_is_the_first_that_was_given() -> None:
    assert view(state(1, "code", "P-1", "a"), state(2, "code", "P-2", "a")).code_of(id_of("a")) == "P-1"


def test_views_do_not_share_what_they_remember() -> None:
    first, second = view(kind("a", "person")), view(kind("a", "group"))
    assert (first.kind_of(id_of("a")), second.kind_of(id_of("a"))) == ("person", "group")


def test_cases_are_listed_with_the_last_worked_on_first() -> None:
    shown = view(
        state("k1", "kind", Term("entity_kinds", "case"), "one", case="one"),
        state("k2", "kind", Term("entity_kinds", "case"), "two", case="two"),
        state(1, "note", "later", "woman", case="one"),
        state(2, "note", "of no case", "main", case="main"),
    )
    assert [(one.case, one.count, one.newest) for one in shown.cases()] == [
        (id_of("one"), 2, id_of(1)),
        (id_of("two"), 1, id_of("k2")),
    ]
