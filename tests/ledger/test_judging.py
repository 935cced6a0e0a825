"""Judging two entries: what ties them, what keeps them apart, what waits for two, and undoing it."""

from datetime import date

import pytest
from tests.ledger.invented import Bench, append, hold, id_of, kind, point, record, state
from tests.ledger.test_fold import may
from tests.ledger.test_ledger import join

from onggi.errors import Exit, OnggiError
from onggi.ledger.fold import Folded, fold
from onggi.ledger.judging import Judged, judge_pair, list_judgements, undo_judgement
from onggi.ledger.ledger import Ledger
from onggi.ledger.seconds import list_waiting
from onggi.ledger.signing import sign_second
from onggi.model.judgement import Judgement, Verdict
from onggi.model.statement import Statement, Words
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Term

DAY = date(2026, 2, 1)
WHY = "the same village, the same daughter"


def judgement(
    id: str | int, about: str, other: str, verdict: Verdict = "same", two: bool = False
) -> Statement:
    return state(id, "judged", Judgement(id_of(other), verdict, WHY, two), about)


def is_one(folded: Folded, *entries: str) -> bool:
    return len({folded.root(id_of(one)) for one in entries}) == 1


@pytest.fixture
def ann(bench: Bench) -> Ledger:
    """Two entries of women, and one of a man who is said to have sold one of them."""
    ledger = bench.open()
    append(
        ledger,
        *record(
            kind("case", "case"),
            kind("woman", "person"),
            kind("bride", "person"),
            kind("man", "person"),
            kind("uncle", "person"),
            kind("village", "place"),
            kind("sale", "act"),
            point("sold", "perpetrator", "man", "sale", source="neighbour"),
        ),
    )
    return ledger


def say(ledger: Ledger, first: str, second: str, verdict: Verdict = "same", because: str = WHY) -> Judged:
    pair = (id_of(first), id_of(second))
    return judge_pair(ledger, ledger.vault.compartment(), pair, verdict, because)


def one_person(ledger: Ledger, first: str, second: str) -> bool:
    return id_of(second) in ledger.view().sameness(id_of(first)).cluster(id_of(first))


# — the fold —


def test_same_ties_different_disputes_unsure_does_nothing() -> None:
    same, apart = hold(judgement(1, "a", "b"), 1), hold(judgement(2, "b", "a", "different"), 2)
    assert is_one(fold([same], may), "a", "b")
    assert fold([same, apart], may).disputed
    assert not is_one(fold([apart], may), "a", "b")
    assert not is_one(fold([hold(judgement(3, "a", "b", "unsure"), 1)], may), "a", "b")


def test_what_takes_two_ties_nothing_until_another_member_signed() -> None:
    same = hold(judgement(1, "a", "b", two=True), 1, author="ann")
    own = hold(state(2, "seconded", "sure", "1"), 2, author="ann")
    other = hold(state(3, "seconded", "I know him", "1"), 3, author="bo")
    taken = hold(state(4, "note", "no", retracts=[3]), 4, author="bo")
    assert own.statement.subject == same.id
    assert not is_one(fold([same], may), "a", "b")
    assert not is_one(fold([same, own], may), "a", "b")
    assert is_one(fold([same, own, other], may), "a", "b")
    assert not is_one(fold([same, own, other, taken], may), "a", "b")


def test_to_keep_two_apart_one_member_is_enough() -> None:
    tied = hold(point(1, "same_as", "b", "a"), 1)
    assert fold([tied, hold(judgement(2, "a", "b", "different", two=True), 2)], may).disputed


ACCUSATIONS = (
    point("did", "perpetrator", "b", "sale"),
    state("role", "role", Term("roles", "broker"), "b"),
    state("fate", "perpetrator_status", Term("perpetrator_status", "at_large"), "b"),
)


@pytest.mark.parametrize("accusation", ACCUSATIONS)
def test_what_tied_before_an_accusation_ties_no_more_until_another_signed(accusation: Statement) -> None:
    ties = (hold(point(1, "same_as", "b", "a"), 1), hold(judgement(2, "b", "c"), 2))
    far = hold(point(3, "same_as", "d", "c"), 3)
    accused = hold(accusation, 5)
    assert is_one(fold([*ties, far], may), "a", "b", "c", "d")
    folded = fold([*ties, far, accused], may)
    assert folded.waiting.keys() == {id_of(1), id_of(2)}
    assert is_one(folded, "c", "d") and not is_one(folded, "a", "b") and not is_one(folded, "b", "c")
    assert folded.may_be(id_of("a")) == {id_of(one) for one in "abcd"}

    own = hold(state(6, "seconded", "sure", "1"), 6, author="ann")
    other = hold(state(7, "seconded", "I know him", "1"), 7, author="bo")
    assert not is_one(fold([*ties, far, accused, own], may), "a", "b")
    signed = fold([*ties, far, accused, own, other], may)
    assert is_one(signed, "a", "b") and not is_one(signed, "b", "c")


def test_what_two_members_tied_carries_the_accusation_on() -> None:
    """a – b is signed and b accused: whatever one member ties to a would be accused on her word."""
    tied = [hold(point(1, "same_as", "b", "a"), 1), hold(point(2, "same_as", "c", "a"), 2)]
    signed = hold(state(3, "seconded", "I know him", "1"), 3, author="bo")
    folded = fold([*tied, signed, hold(ACCUSATIONS[0], 4)], may)
    assert is_one(folded, "a", "b") and not is_one(folded, "a", "c")


def test_an_accusation_that_is_denied_or_taken_back_parts_nobody() -> None:
    tied, accused = hold(point(1, "same_as", "b", "a"), 1), hold(ACCUSATIONS[0], 2)
    back = hold(state("back", "note", "it was another", retracts=["did"]), 3)
    denied = hold(point("no", "perpetrator", "b", "sale", denies=True), 2)
    assert is_one(fold([tied, accused, back], may), "a", "b")
    assert is_one(fold([tied, denied], may), "a", "b")


def test_who_accuses_is_not_accused() -> None:
    tied = hold(point(1, "same_as", "b", "a"), 1)
    assert is_one(fold([tied, hold(point(2, "perpetrator", "x", "sale", source="a"), 2)], may), "a", "b")


# — in a vault —


def test_a_judgement_ties_and_undoing_it_parts_again(ann: Ledger) -> None:
    done = say(ann, "woman", "bride")
    assert one_person(ann, "woman", "bride") and one_person(ann, "bride", "woman")
    ((held, _),) = list_judgements(ann.view(), id_of("bride"), id_of("woman"))
    assert held.id == done.id and held.stratum == "record" and held.statement.trace.screened
    undo_judgement(ann, ann.vault.compartment(), done.id, "another daughter")
    assert not one_person(ann, "woman", "bride") and not list_judgements(ann.view())
    with pytest.raises(OnggiError, match="judge.absent"):
        undo_judgement(ann, ann.vault.compartment(), done.id, "again")


def test_a_second_thought_replaces_the_first_whichever_way_round(ann: Ledger) -> None:
    first = say(ann, "woman", "bride")
    assert say(ann, "bride", "woman", "unsure").replaces == (first.id,)
    assert not one_person(ann, "woman", "bride")
    assert len(list_judgements(ann.view())) == 1


def test_who_is_accused_is_judged_by_two(bench: Bench, ann: Ledger) -> None:
    done = say(ann, "uncle", "man")
    assert done.judgement.waits
    assert not one_person(ann, "uncle", "man")
    assert [held.id for held in list_waiting(ann.view(), DAY)] == [done.id]
    with pytest.raises(OnggiError, match="second.own"):
        sign_second(ann, done.id, "sure", DAY)
    bea = join(bench, "record", "identity")
    sign_second(bea, done.id, "I saw them both", DAY)
    assert one_person(bea, "uncle", "man") and one_person(bench.open(), "man", "uncle")
    assert not list_waiting(bea.view(), DAY)


def test_once_somebody_is_accused_what_one_member_tied_waits(bench: Bench, ann: Ledger) -> None:
    done = say(ann, "woman", "bride")
    tie = point("s", "same_as", "bride", "uncle")
    append(ann, *record(tie))
    before = ann.clock()
    append(ann, *record(point("led", "broker", "bride", "sale")))
    assert not one_person(ann, "woman", "bride") and not one_person(ann, "bride", "uncle")
    view = ann.view()
    assert view.folded([id_of("woman")]).root(id_of("woman")) != view.folded([id_of("bride")]).root(
        id_of("bride")
    )
    assert view.portrait(id_of("woman")).statements and view.at(before).sameness(id_of("uncle")).cluster(
        id_of("woman")
    ) >= {id_of("woman"), id_of("bride"), id_of("uncle")}
    assert {held.id for held in list_waiting(view, DAY)} == {done.id, tie.id}
    with pytest.raises(OnggiError, match=r"second\.own"):
        sign_second(ann, tie.id, "sure", DAY)
    bea = join(bench, "record", "identity")
    sign_second(bea, tie.id, "I saw them both", DAY)
    assert one_person(bea, "bride", "uncle") and not one_person(bea, "woman", "bride")
    assert [held.id for held in list_waiting(bea.view(), DAY)] == [done.id]
    with pytest.raises(OnggiError, match=r"second\.twice"):
        sign_second(bea, tie.id, "again", DAY)
    append(ann, *record(state("back", "note", "wrong", "bride", retracts=["led"])))
    assert one_person(bench.open(), "woman", "uncle")


def test_what_waits_for_nobody_needs_no_signature(bench: Bench, ann: Ledger) -> None:
    done = say(ann, "woman", "bride")
    with pytest.raises(OnggiError, match=r"second\.needless"):
        sign_second(join(bench, "record"), done.id, "sure", DAY)


def test_an_accusation_reaches_through_what_is_judged_already(ann: Ledger) -> None:
    append(ann, *record(point("s", "same_as", "man", "uncle")))
    assert say(ann, "bride", "uncle").judgement.waits


@pytest.mark.parametrize("accusing", [Term("roles", "broker"), Term("perpetrator_status", "at_large")])
def test_a_role_or_a_status_accuses(ann: Ledger, accusing: Term) -> None:
    name = "role" if accusing.vocabulary == "roles" else accusing.vocabulary
    append(ann, *record(state("r", name, accusing, "uncle")))
    assert say(ann, "bride", "uncle").judgement.waits
    append(ann, *record(state("back", "note", "wrong", "uncle", retracts=["r"])))
    assert not say(ann, "bride", "uncle").judgement.waits


def test_what_a_record_file_ties_to_somebody_accused_waits_for_two(bench: Bench, ann: Ledger) -> None:
    tie = point("s", "same_as", "man", "uncle", source="neighbour", words=Words("it was him", "en"))
    append(ann, *record(tie))
    assert not one_person(ann, "man", "uncle")
    assert [held.id for held in list_waiting(ann.view(), DAY)] == [tie.id]
    held = ann.view().statement(tie.id)
    assert held is not None and held.statement.source == id_of("neighbour")
    assert held.statement.words == tie.words
    assert held.statement.value == Judgement(id_of("man"), "same", "", True)
    sign_second(join(bench, "record"), tie.id, "I saw them both", DAY)
    assert one_person(bench.open(), "man", "uncle")


def test_an_accusation_that_comes_with_the_tie_counts(ann: Ledger) -> None:
    tie = point("s", "same_as", "woman", "bride")
    append(ann, *record(tie, state("r", "role", Term("roles", "broker"), "bride")))
    assert not one_person(ann, "woman", "bride")


def test_a_tie_waits_however_far_the_accused_stands(ann: Ledger) -> None:
    """woman – bride – uncle – man: none of the three ties may let the man's deeds reach the others."""
    append(ann, *record(*(
        point(f"s{at}", "same_as", other, one)
        for at, (one, other) in enumerate((("woman", "bride"), ("bride", "uncle"), ("man", "uncle")))
    )))  # fmt: skip
    assert not any(one_person(ann, "man", other) for other in ("woman", "bride", "uncle"))
    assert len(list_waiting(ann.view(), DAY)) == 3


def test_a_tie_waits_where_one_that_waits_itself_reaches_the_accused(ann: Ledger) -> None:
    append(ann, *record(point("s", "same_as", "man", "uncle")))
    append(ann, *record(point("t", "same_as", "uncle", "bride")))
    assert not one_person(ann, "uncle", "bride") and len(list_waiting(ann.view(), DAY)) == 2


def test_ties_of_people_nobody_accuses_tie_at_once(ann: Ledger) -> None:
    append(ann, *record(point("s", "same_as", "woman", "bride"), kind("more", "person")))
    assert one_person(ann, "woman", "bride") and not list_waiting(ann.view(), DAY)


def test_a_denied_tie_and_one_that_keeps_apart_wait_for_nobody(ann: Ledger) -> None:
    denied = point("s", "same_as", "man", "uncle", denies=True)
    append(ann, *record(denied, point("d", "different_from", "man", "bride")))
    assert not list_waiting(ann.view(), DAY)
    held = ann.view().statement(denied.id)
    assert held is not None and held.statement.value == Entity(id_of("man"))


def test_two_members_who_disagree_leave_it_disputed(bench: Bench, ann: Ledger) -> None:
    say(ann, "woman", "bride")
    bea = join(bench, "record", "identity")
    done = say(bea, "bride", "woman", "different")
    assert done.replaces == ()
    same = bea.view().sameness(id_of("woman"))
    assert same.root(id_of("woman")) in same.disputed
    with pytest.raises(OnggiError, match="judge.other") as refused:
        undo_judgement(bea, bea.vault.compartment(), list_judgements(bea.view())[0][0].id, "no")
    assert refused.value.exit_code == Exit.REFUSED


@pytest.mark.parametrize(
    ("first", "second", "because", "error"),
    [
        ("woman", "bride", "  ", "judge.reason"),
        ("woman", "woman", WHY, "judge.self"),
        ("woman", "village", WHY, "judge.kinds"),
        ("woman", "nobody", WHY, "ledger.absent"),
        ("woman", "bride", "리영희 said so", "judge.name"),
        ("woman", "bride", "Li Yingji said so", "judge.name"),
    ],
)
def test_what_is_refused_records_nothing(
    ann: Ledger, first: str, second: str, because: str, error: str
) -> None:
    append(ann, *record(state("n", "name", "리영희", "woman"), stratum=Stratum.IDENTITY))
    with pytest.raises(OnggiError, match=error):
        say(ann, first, second, because=because)
    assert not list_judgements(ann.view())


def test_a_reason_by_whom_names_are_hidden_from_waits_for_screening(bench: Bench, ann: Ledger) -> None:
    append(ann, *record(state("n", "name", "리영희", "woman"), stratum=Stratum.IDENTITY))
    bea = join(bench, "record")
    say(bea, "woman", "bride", because="리영희 said so")
    ((held, _),) = list_judgements(bea.view())
    assert not held.statement.trace.screened
