"""Decisions as the ledger holds them: all of them count, and a withdrawal counts from its own commit on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs
from tests.ledger.invented import Bench, append, hold, id_of, kind, point, record, state
from tests.ledger.test_ledger import join, list_packs
from tests.model.test_request import ASKED, NO, PROXY, YES

from onggi.errors import Exit, OnggiError
from onggi.ledger.consents import (
    list_decisions,
    list_disclosures,
    list_ending,
    list_unread,
    open_disclosures,
    read_consents,
)
from onggi.ledger.fates import Fate
from onggi.ledger.ledger import Ledger
from onggi.ledger.withdrawing import withdraw_consent
from onggi.model.consent import Consent
from onggi.model.entity import make_code
from onggi.model.release import Release
from onggi.model.request import Request, judge_consent
from onggi.model.statement import Statement
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Term, Text
from onggi.model.when import When

DAY = date(2026, 2, 1)


def decide(
    id: str | int, consent: Consent, *knows: str | int, about: str = "woman", **more: Any
) -> Statement:
    return state(id, "consent", structs.replace(consent, knows=tuple(map(id_of, knows))), about=about, **more)


def judge(ledger: Ledger, asked: Request = ASKED, about: str = "woman") -> str | None:
    return judge_consent(read_consents(ledger.view(), id_of(about)), asked)


@pytest.fixture
def ledger(bench: Bench) -> Ledger:
    """A case with a woman in it, whose code is known."""
    ledger = bench.open()
    code = make_code("person", bench.dice)
    append(ledger, *record(kind("woman", "person"), state("code", "code", Text(code, "zxx"), "woman")))
    append(ledger, *record(kind("case", "case")))
    return ledger


def test_what_is_read_is_what_was_recorded(ledger: Ledger) -> None:
    assert judge(ledger) == "consent.absent"
    append(ledger, *record(decide(1, YES)))
    append(ledger, *record(decide(2, PROXY, 1)))
    found = read_consents(ledger.view(), id_of("woman"))
    assert [one.id for one in found] == [id_of(1), id_of(2)]
    assert found[0].consent == YES
    assert {one.author for one in found} == {ledger.vault.card.member}
    assert [(one.seconds, one.retracted, one.fates) for one in found] == [
        (frozenset(), False, frozenset())
    ] * 2


def test_a_withdrawal_holds_from_its_own_commit_on(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    assert judge(ledger) is None
    # One commit: a yes to something else, the withdrawal, and what else was recorded with them.
    other = structs.replace(YES, purpose="research")
    append(ledger, *record(decide(2, other, 1), decide(3, Consent("withdrawn", "2026-01-02"), 1, 2)))
    assert judge(ledger) == "consent.withdrawn"
    moments = sorted({held.time for held in ledger.view().of_property("consent")})
    assert len(moments) == 2
    before, after = (
        judge_consent(read_consents(ledger.view(as_of=one), id_of("woman")), ASKED)  # type: ignore[arg-type]
        for one in moments
    )
    assert (before, after) == (None, "consent.withdrawn")


def test_who_recorded_it_cannot_take_a_no_back(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    append(ledger, *record(decide(2, NO, 1)))
    append(ledger, *record(state(3, "note", "a mistake", retracts=[2])))
    assert judge(ledger) == "consent.refused"
    append(ledger, *record(decide(4, YES, 1, 2)))
    assert judge(ledger) is None
    append(ledger, *record(state(5, "note", "never said", supersedes=[4])))
    assert judge(ledger) == "consent.retracted"


def test_a_decision_that_is_not_there_may_have_been_a_no(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES, "gone")))
    assert judge(ledger) is None, "whatever it was, she agreed knowing it"
    append(ledger, *record(decide(2, structs.replace(NO, purpose="research"), 1, "vanished")))
    assert judge(ledger) == "consent.lost"
    append(ledger, *record(decide(3, YES, 1, 2)))
    assert judge(ledger) is None


@pytest.mark.parametrize("lost", [1, 2])
def test_while_something_cannot_be_read_it_is_told(bench: Bench, ledger: Ledger, lost: int) -> None:
    before = list_packs(bench)
    append(ledger, *record(decide(1, YES)))
    first = list_packs(bench) - before
    append(ledger, *record(decide(2, NO, 1)))
    assert judge(ledger) == "consent.refused"
    assert list_unread(ledger, ledger.vault.compartment()) == []
    second = list_packs(bench) - before - first
    for name in first if lost == 1 else second:
        next((bench.root / "packs").rglob(name)).unlink()
    for _ in range(2):  # the second time the index is there already
        opened = bench.open()
        assert list_unread(opened, opened.vault.compartment()) != []


def test_what_was_erased_is_not_unread(ledger: Ledger) -> None:
    append(ledger, *record(state("n", "name", "리영희", "woman"), stratum=Stratum.IDENTITY))
    append(ledger, *record(decide(1, YES)))
    unit = ledger.find_unit(id_of("woman"))
    ledger.erase(ledger.vault.compartment(), "identity", unit.unit, "she asked")
    assert list_unread(ledger, ledger.vault.compartment()) == []
    assert judge(ledger) is None


def test_who_may_not_read_all_is_told_of_no_gap(bench: Bench, ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    colleague = join(bench, "record")
    assert list_unread(colleague, colleague.vault.compartment()) == []


def test_all_entries_of_one_person_decide_together(ledger: Ledger) -> None:
    append(ledger, *record(kind("bride", "person"), decide(1, YES), decide(2, NO, about="bride")))
    assert judge(ledger) is None
    append(ledger, *record(point("same", "same_as", "woman", "bride")))
    assert judge(ledger) == judge(ledger, about="bride") == "consent.refused"
    assert set(list_decisions(ledger.view(), id_of("woman"))) == {id_of(1), id_of(2)}
    append(ledger, *record(decide(3, YES, 1, 2)))
    assert judge(ledger) is None
    assert judge(ledger, about="bride") is None


def test_where_it_is_disputed_a_yes_is_hers_alone_and_a_no_is_both(ledger: Ledger) -> None:
    append(ledger, *record(kind("bride", "person"), point("same", "same_as", "woman", "bride")))
    append(ledger, *record(decide(1, YES)))
    assert judge(ledger, about="bride") is None
    append(ledger, *record(point("not", "different_from", "woman", "bride")))
    assert judge(ledger, about="bride") == "consent.absent"
    assert judge(ledger) is None
    append(ledger, *record(decide(2, NO, 1, about="bride")))
    assert judge(ledger) == judge(ledger, about="bride") == "consent.refused"


def test_while_a_tie_waits_a_yes_is_hers_alone_and_a_no_or_a_death_is_both(ledger: Ledger) -> None:
    """Two entries that one member holds to be one, of whom one was accused later."""
    append(
        ledger,
        *record(kind("bride", "person"), kind("act", "act"), point("same", "same_as", "woman", "bride")),
    )
    append(ledger, *record(decide(1, YES)))
    append(ledger, *record(point("led", "broker", "bride", "act")))
    assert judge(ledger) is None and judge(ledger, about="bride") == "consent.absent"
    append(ledger, *record(decide(2, NO, about="bride")))
    assert judge(ledger) == judge(ledger, about="bride") == "consent.refused"
    assert set(list_decisions(ledger.view(), id_of("woman"))) == {id_of(1), id_of(2)}
    append(ledger, *record(decide(3, YES, 1, 2)))
    assert judge(ledger) is None and judge(ledger, about="bride") == "consent.refused"
    append(ledger, *record(state(9, "victim_status", Term("victim_status", "dead"), "bride")))
    assert judge(ledger) == "consent.gone"


# --- what became of her


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (state(9, "victim_status", Term("victim_status", "missing"), "woman"), "consent.gone"),
        (state(9, "victim_status", Term("victim_status", "dead"), "woman"), "consent.gone"),
        (state(9, "died_on", Date.of(When("2026-01")), "woman"), "consent.gone"),
        (state(9, "manner_of_death", Term("manners_of_death", "undetermined"), "woman"), "consent.gone"),
        (state(9, "victim_status", Term("victim_status", "detained"), "woman"), "consent.held"),
        (state(9, "victim_status", Term("victim_status", "returned"), "woman"), "consent.held"),
        (state(9, "whereabouts", Term("whereabouts", "denied"), "woman"), "consent.held"),
        (state(9, "returned_on", Date.of(When("2026-01")), "woman"), "consent.held"),
        (state(9, "returned_on", Date.of(When("2010/..")), "woman"), "consent.held"),
        (state(9, "returned_on", Date.of(When("2010")), "woman"), None),  # she came back, and then agreed
        (state(9, "victim_status", Term("victim_status", "escaped"), "woman"), None),
        (state(9, "victim_status", Term("victim_status", "missing"), "woman", denies=True), None),
        (state(9, "victim_status", Term("victim_status", "missing"), "man"), None),
    ],
)
def test_what_became_of_her_is_heeded(ledger: Ledger, said: Statement, found: str | None) -> None:
    append(ledger, *record(decide(1, YES)))
    append(ledger, *record(said))
    assert judge(ledger) == found
    append(ledger, *record(decide(2, YES, 1)))
    assert judge(ledger) is None, "she was asked again, and it was known"


@pytest.mark.parametrize(
    ("name", "term"), [("type", Term("acts", "killing")), ("consequence", Term("consequences", "death"))]
)
def test_a_killing_of_which_she_is_the_victim_is_heeded(ledger: Ledger, name: str, term: Term) -> None:
    append(ledger, *record(kind("act", "act"), state(8, name, term, "act")))
    append(ledger, *record(decide(1, YES)))
    append(ledger, *record(point(9, "victim", "woman", "act")))
    assert judge(ledger) == "consent.gone"


def test_who_is_gone_under_another_entry_is_gone(ledger: Ledger) -> None:
    append(ledger, *record(kind("bride", "person"), point("same", "same_as", "woman", "bride")))
    append(ledger, *record(decide(1, YES)))
    append(ledger, *record(state(9, "victim_status", Term("victim_status", "dead"), "bride")))
    assert judge(ledger) == "consent.gone"


def test_a_death_before_she_is_said_to_have_agreed_is_no_history() -> None:
    consent, said = (
        hold(decide(1, YES), 1),
        hold(state(9, "died_on", Date.of(When("2009")), "woman"), 2),
    )
    assert Fate("missing_or_dead", said).came_after(consent, DAY)


# --- withdrawing


def test_one_decision_is_withdrawn_without_a_reason(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES), decide(2, structs.replace(YES, purpose="research"), 1)))
    asked = replace(ASKED, purpose="research")
    done = withdraw_consent(ledger, ledger.vault.compartment(), id_of("case"), id_of(1), None, DAY)
    assert judge(ledger) == "consent.withdrawn"
    assert judge(ledger, asked) is None
    assert (done.person, done.reason_kept) == (id_of("woman"), True)
    assert (done.consent.on, done.consent.knows) == ("2026-02-01", (id_of(1), id_of(2)))
    held = ledger.view().statement(done.id)
    assert held is not None and held.statement.trace.screened


def test_all_that_a_person_agreed_to_is_withdrawn_by_her_code(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES), decide(2, structs.replace(YES, purpose="research"), 1)))
    code = ledger.view().code_of(id_of("woman")) or ""
    withdraw_consent(ledger, ledger.vault.compartment(), id_of("case"), code.lower(), "asked", DAY)
    asked = replace(ASKED, purpose="research", recipient="KR-CRIM")
    assert judge(ledger) == judge(ledger, asked) == "consent.withdrawn"


def test_a_name_in_the_reason_never_stops_a_withdrawal(ledger: Ledger) -> None:
    append(ledger, *record(state("n", "name", "리영희", "woman"), stratum=Stratum.IDENTITY))
    append(ledger, *record(decide(1, YES)))
    main = ledger.vault.compartment()
    done = withdraw_consent(ledger, main, id_of("case"), id_of(1), "Li Yingji called", DAY)
    assert judge(ledger) == "consent.withdrawn"
    assert not done.reason_kept and done.consent.because is None
    again = withdraw_consent(ledger, ledger.vault.compartment(), id_of("case"), id_of(1), "she called", DAY)
    assert again.reason_kept and again.consent.because == "she called"


def test_who_may_not_see_names_withdraws_all_the_same(bench: Bench, ledger: Ledger) -> None:
    append(ledger, *record(state("n", "name", "리영희", "woman"), stratum=Stratum.IDENTITY))
    append(ledger, *record(decide(1, YES)))
    colleague = join(bench, "record")
    main = colleague.vault.compartment()
    done = withdraw_consent(colleague, main, id_of("case"), id_of(1), "Li Yingji called", DAY)
    assert judge(bench.open()) == judge(colleague) == "consent.withdrawn"
    held = colleague.view().statement(done.id)
    assert held is not None and not held.statement.trace.screened, "so that it does not leave"


@pytest.mark.parametrize("reference", ["woman", "stranger", "note", 7])
def test_what_is_no_decision_of_the_case_is_not_withdrawn(ledger: Ledger, reference: str) -> None:
    append(ledger, *record(state("note", "note", "said", "woman", case="elsewhere")))
    append(ledger, *record(kind("other", "case", case="other")))
    with pytest.raises(OnggiError, match="withdraw.absent") as refused:
        withdraw_consent(ledger, ledger.vault.compartment(), id_of("other"), id_of(reference), None, DAY)
    assert refused.value.exit_code == Exit.USAGE
    assert list(ledger.view().of_property("consent")) == []


def test_a_yes_that_is_recorded_beside_a_withdrawal_does_not_undo_it(bench: Bench, ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    seen = list_decisions(ledger.view(), id_of("woman"))
    other = bench.open()
    withdraw_consent(other, other.vault.compartment(), id_of("case"), id_of(1), None, DAY)
    append(ledger, *record(decide(2, structs.replace(YES, on="2026-02-02"), 1)))
    assert seen == [id_of(1)]
    assert judge(ledger) == "consent.withdrawn"


# --- what was shown before


def test_a_dossier_concerns_those_on_whose_consent_it_rested(ledger: Ledger) -> None:
    append(
        ledger,
        *record(kind("bride", "person"), kind("man", "person"), point("s", "same_as", "bride", "woman")),
    )
    left = Release("UN-SP", "evidence", "plan", persons=(id_of("bride"),), anchor="anchor")
    append(ledger, *record(state(1, "released", left, "case")))
    for person, found in (("woman", [id_of(1)]), ("bride", [id_of(1)]), ("man", [])):
        assert [held.id for held in list_disclosures(ledger.view(), id_of(person))] == found


def test_a_yes_that_ends_soon_is_listed_and_no_other(ledger: Ledger) -> None:
    append(ledger, *record(decide(1, YES)))
    assert [held.id for held, _ in list_ending(ledger.view(), date(2026, 3, 10))] == [id_of(1)]
    assert list_ending(ledger.view(), DAY) == [], "not yet"
    assert list_ending(ledger.view(), date(2026, 4, 1)) == [], "it has ended"
    append(ledger, *record(decide(2, NO, 1)))
    assert list_ending(ledger.view(), date(2026, 3, 10)) == [], "she took it back"


def test_what_was_shown_of_her_is_listed(ledger: Ledger) -> None:
    append(
        ledger,
        *record(state("said", "note", "INVENTED", "act", source="woman"), kind("act", "act")),
        *record(state("other", "note", "INVENTED", "act", source="man", case="elsewhere")),
    )
    shown = [
        state(1, "exported", "her", "woman"),
        state(2, "handed_over", "what she said", "said"),
        state(3, "printed", "her case", "case"),
    ]
    others = [
        state(4, "exported", "what another said", "other", case="elsewhere"),
        state(5, "read_identity", "looked", "woman"),
    ]
    append(ledger, *record(*shown, *others))
    found = list_disclosures(ledger.view(), id_of("woman"))
    assert {held.id for held in found} == {one.id for one in shown}


def test_a_file_of_her_case_that_was_handed_over_is_told_where_identity_is_open(ledger: Ledger) -> None:
    append(ledger, *record(kind("file", "item"), kind("far", "item", case="elsewhere")))
    shown = [
        (Stratum.IDENTITY, state(1, "handed_over", "to counsel", "file")),
        (Stratum.IDENTITY, state(2, "printed", "for counsel", "file")),
        (Stratum.IDENTITY, state(3, "handed_over", "of another case", "far", case="elsewhere")),
        (Stratum.IDENTITY, state(4, "read_item", "to see", "file")),
    ]
    append(ledger, *shown)
    assert list_disclosures(ledger.view(), id_of("woman")) == []
    view = open_disclosures(ledger, ledger.vault.compartment(), id_of("case"), "she withdrew")
    assert view.strata == {"record", "identity"}
    assert {held.id for held in list_disclosures(view, id_of("woman"))} == {id_of(1), id_of(2)}
    assert [held.statement.value for held in view.of_property("read_identity")] == [
        Text("she withdrew", "und")
    ]


def test_what_a_member_retracts_is_still_told_and_what_never_left_is_not(ledger: Ledger) -> None:
    append(ledger, *record(state(1, "exported", "her", "woman"), state(2, "exported", "her", "woman")))
    append(ledger, *record(state(3, "note", "a mistake", retracts=[1])))
    append(ledger, *record(state(4, "stayed", "release.write", retracts=[2])))
    assert [held.id for held in list_disclosures(ledger.view(), id_of("woman"))] == [id_of(1)]
