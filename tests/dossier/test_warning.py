"""A true fact that could be used against somebody: it leaves on the word of two members, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossier.cases import NOW, WOMAN, Invented, order
from tests.dossier.conftest import built, invented
from tests.dossier.test_build import agreed, begin, plan

from onggi.dossier.build import Plan, hand_over, lay_out, need_stamps, sign_layout, take_risks
from onggi.errors import Exit, OnggiError
from onggi.evidence.verify import verify_bag
from onggi.ledger.ledger import Ledger
from onggi.ledger.signing import sign_second
from onggi.model.stratum import Stratum
from onggi.model.value import Text

__all__ = ["agreed", "built", "invented"]

CROSSED = """
[source.again]
title = "A talk"
lang = "en"
published = "no"
witness = "WOMAN"
[[statement]]
about = "WOMAN"
property = "left_on"
value = "2010"
source = "again"
""".replace("WOMAN", WOMAN)
STAMPS = frozenset({"release.tokens"})


@pytest.fixture
def crossed(agreed: Invented) -> Invented:
    agreed.record(begin(agreed, CROSSED))
    return agreed


def list_warned(found: Plan) -> set[tuple[object, object]]:
    return {
        (one.values["norm"], one.values["endangers"])
        for one in found.findings
        if one.code == "release.warning"
    }


def try_to_leave(invented: Invented, out: Path) -> None:
    """Everything a command does once whoever asks thinks that it is accepted."""
    ledger, found = plan(invented, replace(order(invented.case), accepts=STAMPS))
    compartment = ledger.vault.compartment()
    publication, layout = sign_layout(ledger, compartment, lay_out(ledger, compartment, found, NOW))
    found = need_stamps(ledger, compartment, found, publication)
    hand_over(ledger, compartment, found, layout, publication, out)


def accept(ledger: Ledger, found: Plan) -> tuple[Plan, str]:
    """One member takes everything upon herself."""
    wanted = frozenset(one.code for one in found.findings) | STAMPS
    asked = replace(found.order, accepts=wanted, because="she wants it told")
    return take_risks(ledger, ledger.vault.compartment(), replace(found, order=asked))


def test_that_she_crossed_is_warned_of_under_both_laws_and_is_not_grave(crossed: Invented) -> None:
    _, found = plan(crossed, order(crossed.case))
    assert list_warned(found) >= {("CN-CL-322", "victim"), ("KP-CL-221", "victim")}
    assert not found.refused
    assert "release.warning" in {one.code for one in found.unmet}


def test_unmet_it_does_not_leave(crossed: Invented, tmp_path: Path) -> None:
    with pytest.raises(OnggiError) as refused:
        try_to_leave(crossed, tmp_path / "out")
    assert refused.value.exit_code == Exit.REFUSED
    assert list(tmp_path.glob("out*")) == []


def test_it_leaves_once_a_second_member_has_signed_and_not_before(crossed: Invented, tmp_path: Path) -> None:
    ledger, found = plan(crossed, order(crossed.case))
    found, waits = accept(ledger, found)
    assert waits and "release.warning" in {one.code for one in found.unmet}

    own = crossed.open()  # the same member once more is not two, however she writes it down
    note = own.make_statement(waits, crossed.case, "seconded", Text("to test", "und"))
    own.append(own.vault.compartment(), [(Stratum.RECORD, note)])
    with pytest.raises(OnggiError):
        sign_second(crossed.open(), waits, "I read it", found.order.day)
    with pytest.raises(OnggiError):
        try_to_leave(crossed, tmp_path / "out")
    assert list(tmp_path.glob("out*")) == []

    crossed.second(waits)
    try_to_leave(crossed, tmp_path / "out")
    assert verify_bag(tmp_path / "out").valid


def test_left_out_it_is_not_warned_of(crossed: Invented) -> None:
    _, found = plan(crossed, order(crossed.case, without=frozenset({"left_on"})))
    assert not {pair for pair in list_warned(found) if pair[0] in ("CN-CL-322", "KP-CL-221")}


def test_what_is_signed_holds_no_warning(crossed: Invented) -> None:
    """The decision names findings by their ids: read alone, it is no prosecutor's brief."""
    ledger, found = plan(crossed, order(crossed.case))
    warned = {one.where for one in found.findings if one.code == "release.warning"}
    accept(ledger, found)
    said = [repr(held.statement.value) for held in crossed.open().view().live_of("release_asked")]
    assert len(said) == 1
    assert not [text for text in said if "CN-CL" in text or "KP-CL" in text]
    assert not [id for id in warned if id in said[0]]
