"""Decisions for two: who may sign, who has, and what still waits."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs
from tests.ledger.invented import Bench, append, id_of, kind, record, state
from tests.ledger.test_consents import decide, judge
from tests.ledger.test_ledger import join
from tests.model.test_request import NO, PROXY, YES

from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.seconds import list_waiting, seconds_of
from onggi.ledger.signing import count_signers, sign_second
from onggi.model.consent import Consent
from onggi.model.seconding import PROPERTIES, needs_second
from onggi.model.stratum import Stratum
from onggi.vault.copying import copy_vault
from onggi.vault.enrol import add_compartment, grant_strata
from onggi.vault.session import write_session

DAY = date(2026, 2, 1)
ALL = ("record", "identity", "care")


@pytest.fixture
def ann(bench: Bench) -> Ledger:
    """She recorded what a proxy decided."""
    ledger = bench.open()
    append(ledger, *record(kind("woman", "person"), decide(1, PROXY)))
    return ledger


def waiting(ledger: Ledger, day: date = DAY) -> list[str]:
    return [held.id for held in list_waiting(ledger.view(), day)]


@pytest.mark.parametrize(
    ("consent", "needed"),
    [
        (YES, False),
        (NO, False),
        (PROXY, True),
        (structs.replace(PROXY, given_by="guardian"), True),
        (structs.replace(PROXY, given_by="nobody"), True),
        (structs.replace(PROXY, given_by="neighbour"), True),
        (structs.replace(PROXY, decision="refused"), False),  # anybody may say no for her
    ],
)
def test_what_needs_two(consent: Consent, needed: bool) -> None:
    assert needs_second(decide(1, consent)) is needed
    assert "consent" in PROPERTIES


def test_another_member_signs_and_it_holds(bench: Bench, ann: Ledger) -> None:
    assert waiting(ann) == [id_of(1)]
    assert judge(ann) == "consent.second"
    bea = join(bench, *ALL)
    signed = sign_second(bea, id_of(1).upper(), "I know her sister", DAY)
    assert signed.id == id_of(1)
    assert judge(bench.open()) is None
    assert waiting(bea) == waiting(bench.open()) == []
    assert seconds_of(bea.view(), id_of(1)) == {bea.vault.card.member}
    (said,) = bea.view().of_property("seconded")
    assert said.statement.trace.screened and said.statement.about.case == id_of("case")


def test_the_author_does_not_sign_from_any_device(bench: Bench, ann: Ledger, tmp_path: Path) -> None:
    with pytest.raises(OnggiError, match="second.own") as refused:
        sign_second(ann, id_of(1), "I am sure", DAY)
    assert refused.value.exit_code == Exit.REFUSED
    # The first write in a copy of the vault makes a device of its own there.
    with write_session(ann.vault):
        copy_vault(ann.vault, tmp_path / "copy", "2026-02-01", lambda done, total, stage: None)
    copied = Bench(tmp_path / "copy", bench.dice, bench.ticks).open()
    append(copied, *record(state(7, "note", "from elsewhere")))
    devices = {held.log for held in copied.view().of_property("note", "consent")}
    assert len(devices) == 2, "another device of hers"
    with pytest.raises(OnggiError, match="second.own"):
        sign_second(copied, id_of(1), "I am sure", DAY)
    append(copied, *record(state(8, "seconded", "I am sure", "1")))
    assert judge(copied) == "consent.second", "nor by writing past the command"
    assert waiting(copied) == [id_of(1)]


@pytest.mark.parametrize(
    ("id", "reason", "code", "exit_code"),
    [
        (1, "", "second.reason", Exit.USAGE),
        (1, " \t", "second.reason", Exit.USAGE),
        (1, "리영희 agreed", "second.name", Exit.USAGE),
        (1, "Li Yingji agreed", "second.name", Exit.USAGE),
        ("nothing", "sure", "second.absent", Exit.USAGE),
        ("woman", "sure", "second.absent", Exit.USAGE),
        ("n", "sure", "second.absent", Exit.USAGE),  # it lies in identity
        ("kwoman", "sure", "second.needless", Exit.USAGE),
        (2, "sure", "second.needless", Exit.USAGE),
    ],
)
def test_what_is_not_signed(
    bench: Bench, ann: Ledger, id: str, reason: str, code: str, exit_code: Exit
) -> None:
    append(
        ann, *record(state("n", "name", "리영희", "woman"), stratum=Stratum.IDENTITY), *record(decide(2, NO))
    )
    bea = join(bench, *ALL)
    with pytest.raises(OnggiError, match=code) as refused:
        sign_second(bea, id_of(id), reason, DAY)
    assert refused.value.exit_code == exit_code
    assert list(bea.view().of_property("seconded")) == []


def test_nobody_signs_twice(bench: Bench, ann: Ledger) -> None:
    bea = join(bench, *ALL)
    sign_second(bea, id_of(1), "sure", DAY)
    with pytest.raises(OnggiError, match="second.twice"):
        sign_second(bea, id_of(1), "surer", DAY)


def test_what_ended_is_not_signed_and_does_not_wait(bench: Bench, ann: Ledger) -> None:
    bea = join(bench, *ALL)
    last = date.fromisoformat(PROXY.valid_until or "")
    assert waiting(bea, last) == [id_of(1)]
    assert waiting(bea, last + timedelta(1)) == []
    with pytest.raises(OnggiError, match="second.ended"):
        sign_second(bea, id_of(1), "sure", last + timedelta(1))
    append(ann, *record(state(3, "note", "a mistake", retracts=[1])))
    bea = bench.open(bea.vault.card.slot)
    assert waiting(bea) == []
    with pytest.raises(OnggiError, match="second.ended") as refused:
        sign_second(bea, id_of(1), "sure", DAY)
    assert refused.value.exit_code == Exit.REFUSED


def test_a_signature_that_is_taken_back_is_none(bench: Bench, ann: Ledger) -> None:
    bea = join(bench, *ALL)
    sign_second(bea, id_of(1), "sure", DAY)
    (said,) = bea.view().of_property("seconded")
    taken = structs.replace(
        state(5, "note", "not so sure"), trace=structs.replace(said.statement.trace, retracts=(said.id,))
    )
    append(bea, *record(taken))
    assert judge(bench.open()) == "consent.second"
    assert waiting(bench.open()) == [id_of(1)]
    sign_second(bea, id_of(1), "sure again", DAY)
    assert judge(bench.open()) is None


def test_a_signature_that_says_no_is_none(bench: Bench, ann: Ledger) -> None:
    bea = join(bench, *ALL)
    append(bea, *record(state(5, "seconded", "no", "1", denies=True)))
    assert seconds_of(bea.view(), id_of(1)) == frozenset()


def test_without_identity_one_signs_and_it_is_not_screened(bench: Bench, ann: Ledger) -> None:
    bea = join(bench, "record")
    sign_second(bea, id_of(1), "sure", DAY)
    (said,) = bea.view().of_property("seconded")
    assert not said.statement.trace.screened
    assert judge(bench.open()) is None


def test_who_was_not_granted_the_record_learns_nothing_of_it(bench: Bench, ann: Ledger) -> None:
    bea = join(bench, "identity")
    assert waiting(bea) == []
    with pytest.raises(OnggiError, match="second.absent"):
        sign_second(bea, id_of(1), "sure", DAY)


def test_another_compartment_is_another_world(bench: Bench, ann: Ledger) -> None:
    bea = join(bench)
    with write_session(ann.vault):
        add_compartment(ann.vault, "south")
    ann = bench.open()
    with write_session(ann.vault):
        south, card = ann.vault.compartment("south"), ann.vault.members.devices[bea.vault.device.id]
        grant_strata(ann.vault, south, card, ALL, False)
    bea = bench.open(bea.vault.card.slot)
    with pytest.raises(OnggiError, match="second.absent"):
        sign_second(bea, id_of(1), "sure", DAY)


def test_who_could_sign_is_counted_by_members(bench: Bench, ann: Ledger) -> None:
    assert count_signers(ann, ann.vault.compartment()) == 1
    join(bench, "identity")
    assert count_signers(bench.open(), bench.open().vault.compartment()) == 1
    join(bench, "record")
    assert count_signers(bench.open(), bench.open().vault.compartment()) == 2


def test_nothing_is_waited_for_of_what_is_not_there(ann: Ledger) -> None:
    assert seconds_of(ann.view(), id_of("nothing")) == frozenset()
