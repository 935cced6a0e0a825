"""A dossier led out step by step: it stops where something is unmet, and is what `build` makes."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossier.cases import NEIGHBOUR, NOW, WOMAN, Invented, look, order
from tests.dossier.test_build import plan

from onggi.dossier.build import show_document
from onggi.dossier.delivery import Delivery, deliver, prepare, read_rules
from onggi.errors import OnggiError
from onggi.evidence.verify import verify_bag
from onggi.paper.html import make_body

STAMPS = frozenset({"release.tokens"})


@pytest.fixture
def agreed(invented: Invented) -> Invented:
    for code in (WOMAN, NEIGHBOUR):
        invented.agree(code)
    return invented


def lead(invented: Invented, out: Path, accepts: frozenset[str]) -> Delivery:
    asked = replace(order(invented.case), accepts=accepts, because="to test" if accepts else None)
    ledger, found = plan(invented, asked)
    compartment = ledger.vault.compartment()
    return deliver(ledger, compartment, prepare(ledger, compartment, found, NOW), out)


def test_what_is_refused_is_never_signed_nor_handed_over(invented: Invented, tmp_path: Path) -> None:
    done = lead(invented, tmp_path / "out", frozenset())
    assert done.plan.refused and done.stopped
    assert (done.publication, done.handed) == (None, None) and not (tmp_path / "out").exists()


def test_a_risk_that_nobody_took_stops_it_before_it_is_signed(agreed: Invented, tmp_path: Path) -> None:
    done = lead(agreed, tmp_path / "out", frozenset())
    assert not done.plan.refused and done.stopped and done.publication is None
    assert not (tmp_path / "out").exists()


def test_what_takes_two_waits_and_leaves_once_the_second_signed(agreed: Invented, tmp_path: Path) -> None:
    _, found = plan(agreed, order(agreed.case))
    accepts = frozenset(one.code for one in found.findings) | STAMPS
    first = lead(agreed, tmp_path / "out", accepts)
    assert first.waits and first.publication is None and not (tmp_path / "out").exists()
    agreed.second(first.waits)
    done = lead(agreed, tmp_path / "out", STAMPS)
    assert done.handed is not None and not done.stopped
    assert verify_bag(tmp_path / "out").valid


def test_too_few_stamps_stop_it_after_it_is_signed(agreed: Invented, tmp_path: Path) -> None:
    _, found = plan(agreed, order(agreed.case))
    first = lead(agreed, tmp_path / "out", frozenset(one.code for one in found.findings))
    agreed.second(first.waits)
    done = lead(agreed, tmp_path / "out", frozenset())
    assert done.publication is not None and done.handed is None
    assert [one.code for one in done.plan.unmet] == ["release.tokens"]
    assert not (tmp_path / "out").exists()


def test_what_is_left_out_may_be_a_class_a_property_or_somebody(agreed: Invented) -> None:
    view = look(agreed.open(), agreed.case)
    rules = read_rules(view, without=("price", WOMAN), named=(NEIGHBOUR,))
    assert rules.without == {"price", view.find(WOMAN)} and rules.named == {view.find(NEIGHBOUR)}
    with pytest.raises(OnggiError, match=r"ledger\.absent"):
        read_rules(view, without=("nothing-of-ours",))


def test_a_look_shows_the_document_and_signs_nothing(agreed: Invented) -> None:
    ledger, found = plan(agreed, order(agreed.case))
    compartment = ledger.vault.compartment()
    before = [step.hash for step in compartment.history.steps()]
    documents = {lang: show_document(ledger, compartment, found, lang, NOW) for lang in ("en", "ko", "zh")}
    assert [one.lang for one in documents.values()] == ["en", "ko", "zh"]
    bodies = [make_body(one) for one in documents.values()]
    assert all("<table>" in body and "<style" not in body and "style=" not in body for body in bodies)
    assert not any(WOMAN in body or NEIGHBOUR in body for body in bodies)
    ledger.vault.load()
    assert [step.hash for step in ledger.vault.compartment().history.steps()] == before
