"""What the fold makes of statements; that order and copies do not matter is in promises/test_merge.py."""

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.invented import hold, id_of, point, state

from onggi.ledger.fold import Folded, fold
from onggi.ledger.held import Held
from onggi.model.judgement import VERDICTS, Judgement
from onggi.model.value import Value

MEMBERS = ("ann", "bo", "cho")
ADMIN = "ann"
PLACES = [("record", "main"), ("identity", "main"), ("record", "other")]


def may(judge: str, author: str) -> bool:
    return judge in (author, ADMIN)


def live(*held: Held) -> set[str]:
    return {one.id for one in fold(held, may).live}


@st.composite
def histories(draw: Callable[[Any], Any]) -> list[Held]:
    """What three members wrote: references to anything, in any direction, and ids that two of them claim."""
    names = st.integers(0, 11)
    found = []
    for name in range(draw(st.integers(0, 12))):
        claimed = draw(names) if draw(st.integers(0, 9)) == 0 else name
        # No two of one commit stand in the same place, and no commit belongs to two compartments.
        time, place = draw(st.integers(0, 5)), 100 * draw(st.integers(0, 2)) + name
        author = draw(st.sampled_from(MEMBERS))
        stratum, compartment = draw(st.sampled_from(PLACES))
        tie = draw(st.sampled_from(("note", "same_as", "different_from", "judged", "seconded")))
        judged = {
            field: draw(st.lists(names, max_size=2))
            for field in ("supersedes", "retracts")
            if draw(st.booleans())
        }
        about, other = (f"e{draw(st.integers(0, 3))}" for _ in range(2))
        value = _say(draw, tie, other)
        if tie == "seconded":
            about = str(draw(names))
        statement = state(claimed, tie, value, about, denies=draw(st.booleans()), **judged)
        found.append(
            hold(
                statement,
                time,
                place=place,
                author=author,
                stratum=stratum,
                compartment=compartment,
                commit=f"{author}{time}{compartment}",
            )
        )
    return found


def _say(draw: Callable[[Any], Any], tie: str, other: str) -> Value | str:
    match tie:
        case "judged":
            return Judgement(id_of(other), draw(st.sampled_from(VERDICTS)), "why", draw(st.booleans()))
        case "note" | "seconded":
            return "text"
    return point("", tie, other).value


@given(histories())
def test_folding_again_changes_nothing_for_the_live(history: list[Held]) -> None:
    whole = fold(history, may)
    # What is live and judges nobody that is left stays as it is, and so does who is who.
    again = fold(whole.live, may)
    assert set(again.live) == set(whole.live)
    assert (again.roots, again.disputed) == (whole.roots, whole.disputed)


@given(histories())
def test_live_and_judged_are_all_and_apart(history: list[Held]) -> None:
    folded = fold(history, may)
    alive = {held.id for held in folded.live}
    assert alive | set(folded.judged) == {held.id for held in history}
    assert not alive & set(folded.judged)
    assert set(folded.judged.values()) <= {held.id for held in history}


@given(histories())
def test_a_judge_stands_later_in_the_same_place_and_may(history: list[Held]) -> None:
    folded = fold(history, may)
    for id, judge in folded.judged.items():
        assert any(
            one.order > held.order
            and (held.stratum, held.compartment) == (one.stratum, one.compartment)
            and may(one.author, held.author)
            and id in (*one.statement.trace.supersedes, *one.statement.trace.retracts)
            for held in history
            if held.id == id
            for one in history
            if one.id == judge
        )


def test_superseding_leaves_the_last() -> None:
    chain = [hold(state(n, "note", str(n), supersedes=[n - 1] if n else []), n) for n in range(5)]
    for length in range(1, 6):
        assert live(*chain[:length]) == {id_of(length - 1)}


def test_retracting_a_retraction_revives() -> None:
    said = hold(state(1, "note", "said"), 1)
    taken = hold(state(2, "note", "no", retracts=[1]), 2)
    back = hold(state(3, "note", "yes after all", retracts=[2]), 3)
    assert live(said, taken) == {id_of(2)}
    assert live(said, taken, back) == {id_of(1), id_of(3)}


def test_retracting_what_superseded_revives_one_step() -> None:
    chain = [hold(state(n, "note", str(n), supersedes=[n - 1] if n else []), n) for n in range(3)]
    back = hold(state("back", "note", "no", retracts=[2]), 9)
    assert live(*chain, back) == {id_of(1), id_of("back")}
    further = hold(state("further", "note", "no", retracts=[1]), 10)
    assert live(*chain, back, further) == {id_of(0), id_of("back"), id_of("further")}


def test_superseding_a_retraction_leaves_it_in_force() -> None:
    said = hold(state(1, "note", "said"), 1)
    taken = hold(state(2, "note", "no", retracts=[1]), 2)
    reworded = hold(state(3, "note", "no, and why", supersedes=[2]), 3)
    assert live(said, taken, reworded) == {id_of(3)}


def test_one_replaces_several() -> None:
    said = [hold(state(n, "note", "said"), n) for n in range(3)]
    assert live(*said, hold(state(9, "note", "all", supersedes=[0, 1], retracts=[2]), 9)) == {id_of(9)}


def test_only_in_the_same_compartment_and_stratum() -> None:
    said = hold(state(1, "note", "said"), 1)
    later = state(2, "note", "no", retracts=[1])
    assert live(said, hold(later, 2, stratum="identity")) == {id_of(1), id_of(2)}
    assert live(said, hold(later, 2, compartment="other")) == {id_of(1), id_of(2)}
    assert live(said, hold(later, 2)) == {id_of(2)}


def test_only_the_causal_past() -> None:
    said = hold(state(1, "note", "said"), 5)
    retracts = state(2, "note", "no", retracts=[1])
    assert live(said, hold(retracts, 4)) == {id_of(1), id_of(2)}
    for commit in ("a", "z"):
        elsewhere = hold(retracts, 5, commit=commit)
        assert live(said, elsewhere) == {id_of(1), id_of(2)}, "at the same time, without having seen it"
    assert live(said, hold(retracts, 6)) == {id_of(2)}


def test_within_one_commit_what_stands_above() -> None:
    said = hold(state(1, "note", "said"), 5, place=0)
    retracts = state(2, "note", "no", retracts=[1])
    assert live(said, hold(retracts, 5, place=1)) == {id_of(2)}
    said_below = hold(state(1, "note", "said"), 5, place=2)
    assert live(said_below, hold(retracts, 5, place=1)) == {id_of(1), id_of(2)}


def test_each_retracting_the_other_is_no_circle() -> None:
    first = hold(state(1, "note", "a", retracts=[2]), 5, place=0)
    second = hold(state(2, "note", "b", retracts=[1]), 5, place=1)
    assert live(first, second) == {id_of(2)}
    assert live(hold(state(1, "note", "a", retracts=[1]), 1)) == {id_of(1)}


def test_only_an_author_who_may() -> None:
    said = hold(state(1, "note", "said"), 1, author="bo")
    taken = state(2, "note", "no", retracts=[1])
    assert live(said, hold(taken, 2, author="cho")) == {id_of(1), id_of(2)}
    assert live(said, hold(taken, 2, author="bo")) == {id_of(2)}
    assert live(said, hold(taken, 2, author=ADMIN)) == {id_of(2)}


def test_an_id_that_two_claim_is_the_first_ones() -> None:
    first = hold(state(1, "note", "first"), 1)
    folded = fold([hold(state(1, "note", "second"), 2, author="bo"), first], may)
    assert folded.live == (first,)


def test_order_is_causal() -> None:
    held = [hold(state(n, "note", "x"), 9 - n) for n in range(9)]
    assert [one.time[0] for one in fold(held, may).live] == sorted(one.time[0] for one in held)


def unite(*pairs: tuple[str, str, str]) -> Folded:
    return fold([hold(point(f"t{n}", tie, b, a), n) for n, (a, tie, b) in enumerate(pairs)], may)


def test_who_is_who_goes_through_others() -> None:
    folded = unite(("a", "same_as", "b"), ("c", "same_as", "d"), ("b", "same_as", "c"))
    assert folded.cluster(id_of("d")) == {id_of(one) for one in "abcd"}
    assert len({folded.root(id_of(one)) for one in "abcd"}) == 1
    assert folded.root(id_of("x")) == id_of("x")
    assert folded.cluster(id_of("x")) == {id_of("x")}
    assert not folded.disputed


def test_different_disputes_and_never_splits() -> None:
    folded = unite(("a", "same_as", "b"), ("b", "same_as", "c"), ("c", "different_from", "a"))
    assert folded.cluster(id_of("a")) == {id_of(one) for one in "abc"}
    assert folded.disputed == {folded.root(id_of("a"))}
    assert not unite(("a", "same_as", "b"), ("c", "different_from", "a")).disputed


def test_sameness_that_was_retracted_or_denied_ties_nobody() -> None:
    same = hold(point("t", "same_as", "b", "a"), 1)
    folded = fold([same, hold(state("r", "note", "no", retracts=["t"]), 2)], may)
    assert folded.cluster(id_of("a")) == {id_of("a")}
    denied = hold(point("t", "same_as", "b", "a", denies=True), 1)
    assert fold([denied], may).cluster(id_of("a")) == {id_of("a")}


def test_a_long_chain_of_sameness_is_quick() -> None:
    folded = unite(*((f"e{n}", "same_as", f"e{n + 1}") for n in range(3_000)))
    assert len(folded.cluster(id_of("e1500"))) == 3_001
