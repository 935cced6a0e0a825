"""Whom a statement concerns: whose consent it needs."""

import pytest
from tests.dossier.matters import CAST, describe, matter_of
from tests.ledger.invented import id_of, point, state
from tests.ledger.test_view import view

from onggi.dossier.matter import Matter, read_matter
from onggi.errors import OnggiError
from onggi.model.judgement import Judgement
from onggi.model.statement import Statement
from onggi.model.value import Term


def concerned(statement: Statement, *more: Statement) -> set[str]:
    matter = matter_of(statement, *more)
    held = next(one for one in matter.statements if one.id == statement.id)
    return {name for name in PEOPLE if id_of(name) in matter.concerned(held)}


PEOPLE = ("woman", "witness", "buyer", "friend", "bride", "child")
JUDGED = Judgement(id_of("woman"), "same", "the same scar", two=True)
METHOD = state("m", "method", Term("methods", "beating"), "sale", source="call")


def test_what_befell_her_concerns_her_and_who_says_so() -> None:
    assert concerned(METHOD) == {"woman", "witness"}


def test_what_is_told_of_the_event_concerns_the_victims_of_its_acts() -> None:
    part = point("t", "part_of", "years", "sale")
    assert concerned(state("n", "note", "a note", "years"), part) == {"woman"}
    assert concerned(state("n", "note", "a note", "years")) == set()


def test_what_is_told_under_another_entry_of_the_act_concerns_her() -> None:
    same = (*describe("again", "act"), point("x", "same_as", "sale", "again"))
    assert concerned(state("n", "note", "a note", "again"), *same) == {"woman"}


def test_what_one_entry_did_is_not_held_against_one_that_may_be_another_person() -> None:
    apart = (
        *describe("twin", "person"),
        point("x", "same_as", "buyer", "twin"),
        point("y", "different_from", "buyer", "twin"),
    )
    said = state("s", "sex", Term("sex", "male"), "twin")
    matter = matter_of(said, *apart)
    held = next(one for one in matter.statements if one.id == said.id)
    assert matter.concerned(held) == {matter.root(id_of("twin"))}


def test_a_part_of_the_case_makes_not_everything_hers() -> None:
    part = point("t", "part_of", "case", "sale")
    assert concerned(state("n", "note", "a note", "case"), part) == set()


def test_what_the_state_did_concerns_the_victim_of_what_it_answers() -> None:
    answers = point("r", "responds_to", "sale", "report")
    assert concerned(state("n", "response", "none", "report"), answers) == {"woman"}


def test_whoever_is_pointed_to_is_concerned() -> None:
    assert concerned(point("f", "friend", "friend", "woman")) == {"woman", "friend"}


def test_a_person_speaks_for_herself() -> None:
    assert concerned(state("n", "note", "a note", "case", source="friend")) == {"friend"}


def test_a_suspect_is_not_asked_of_what_he_did_and_says() -> None:
    assert concerned(state("s", "sex", Term("sex", "male"), "buyer")) == set()
    assert concerned(state("n", "note", "a note", "case", source="buyer")) == set()


@pytest.mark.parametrize("role", ["victim", "survivor"])
def test_a_suspect_who_was_a_victim_is_asked(role: str) -> None:
    said = state("s", "sex", Term("sex", "female"), "buyer")
    assert concerned(said, point("v2", "victim", "buyer", "other")) == {"buyer"}
    assert concerned(said, state("r", "role", Term("roles", role), "buyer")) == {"buyer"}


@pytest.mark.parametrize("role", ["perpetrator", "buyer", "seller", "broker", "official"])
def test_a_role_makes_a_suspect_and_a_denial_none(role: str) -> None:
    said = state("s", "sex", Term("sex", "male"), "friend")
    assert concerned(said, state("r", "role", Term("roles", role), "friend")) == set()
    assert concerned(said, state("r", "role", Term("roles", role), "friend", denies=True)) == {"friend"}
    denied = point("d", "perpetrator", "friend", "other", denies=True)
    assert concerned(said, denied) == {"friend"}, "that somebody did it was denied, and nothing else said"


def test_entries_that_are_the_same_are_one_person() -> None:
    same = (*describe("bride", "person"), point("x", "same_as", "woman", "bride"))
    matter = matter_of(METHOD, state("s", "sex", Term("sex", "female"), "bride"), *same)
    held = {one.id: one for one in matter.statements}
    one, other = matter.concerned(held[id_of("s")]), matter.concerned(held[id_of("m")])
    assert len(one) == 1 and one < other
    assert matter.call(id_of("bride")) == matter.call(id_of("woman")) == matter.view.call(id_of("woman"))


def test_a_suspect_under_one_entry_is_no_suspect_where_the_other_is_a_victim() -> None:
    same = point("x", "same_as", "woman", "buyer")
    assert concerned(METHOD, same) & {"woman", "buyer"} != set()


def test_who_may_be_a_victim_by_what_waits_is_asked_and_the_tie_is_not_shown() -> None:
    """One member holds the buyer and the woman to be one; that waits, since the buyer is accused."""
    said = state("s", "sex", Term("sex", "female"), "buyer")
    for tied in (point("x", "same_as", "woman", "buyer"), state("x", "judged", JUDGED, "buyer")):
        matter = matter_of(said, tied)
        held = next(one for one in matter.statements if one.id == said.id)
        assert matter.concerned(held) == {id_of("buyer")} and id_of("buyer") not in matter.suspects
        assert id_of("x") not in {one.id for one in matter.record}
    friend = matter_of(said, point("x", "same_as", "friend", "buyer"))
    assert id_of("buyer") in friend.suspects, "one member's word makes no veto of whom he bought"


def test_who_brought_a_file_and_whom_it_shows() -> None:
    tied = (point("1", "brought_by", "friend", "photo"), point("2", "shows", "woman", "photo"))
    matter = matter_of(*tied, point("3", "shows", "buyer", "photo"))
    assert matter.bringers(id_of("photo")) == {id_of("friend"), id_of("woman")}


@pytest.mark.parametrize(("source", "anonymous"), [("rumour", True), ("paper", False), ("call", False)])
def test_it_can_be_told_who_speaks_or_not(source: str, anonymous: bool) -> None:
    assert matter_of().is_anonymous(id_of(source)) is anonymous


def test_without_identity_nobody_is_known_to_speak_but_who_speaks_as_herself() -> None:
    shown = view(*(one for one in CAST if one.id not in (id_of("w1"), id_of("w2"))))
    shown._indexes = [one for one in shown._indexes if one.stratum == "record"]
    matter: Matter = read_matter(shown, id_of("case"))
    assert not matter.opened and matter.is_anonymous(id_of("call"))
    assert not matter.is_anonymous(id_of("friend"))


@pytest.mark.parametrize("reference", ["woman", "nowhere"])
def test_only_a_case_is_one(reference: str) -> None:
    with pytest.raises(OnggiError, match=r"dossier\.case"):
        read_matter(view(*CAST), id_of(reference))
