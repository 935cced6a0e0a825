"""Taking back what members hold: whoever may, for a reason that names nobody; anything else stays."""

from collections.abc import Callable

import pytest
from tests.ledger.invented import Bench, append, id_of, kind, record, state
from tests.ledger.test_ledger import join

from onggi.errors import Exit, OnggiError
from onggi.ledger.estimates import list_estimates, withdraw_estimate
from onggi.ledger.judging import list_judgements, undo_judgement
from onggi.ledger.ledger import Ledger
from onggi.model.estimate import Estimate
from onggi.model.judgement import Judgement
from onggi.model.stratum import Stratum
from onggi.words import known

TAKING = [("judge", undo_judgement, list_judgements), ("estimate", withdraw_estimate, list_estimates)]


@pytest.fixture
def ann(bench: Bench) -> Ledger:
    """What she judged and what she counted."""
    ledger = bench.open()
    append(
        ledger,
        *record(
            kind("woman", "person"),
            kind("bride", "person"),
            state("judge", "judged", Judgement(id_of("bride"), "same", "one daughter"), "woman"),
            state("estimate", "counted", Estimate("lower_bound", "", "1", 1, 2, 9, lower=9)),
        ),
    )
    append(ledger, *record(state("n", "name", "리영희", "woman"), stratum=Stratum.IDENTITY))
    return ledger


@pytest.mark.parametrize(("words", "take", "standing"), TAKING)
def test_only_what_stands_is_taken_back_and_for_a_reason(
    bench: Bench, ann: Ledger, words: str, take: Callable[..., object], standing: Callable[..., list[object]]
) -> None:
    def refuse(ledger: Ledger, id: str, because: str, why: str, code: Exit = Exit.USAGE) -> None:
        with pytest.raises(OnggiError) as refused:
            take(ledger, ledger.vault.compartment(), id_of(id), because)
        assert (refused.value.id, refused.value.exit_code) == (f"{words}.{why}", code)
        assert known(refused.value.id) and known(f"{refused.value.id}.hint")

    other = next(one for one, *_ in TAKING if one != words)
    refuse(ann, words, "  ", "reason")
    refuse(ann, "nothing", "a slip", "absent")
    refuse(ann, other, "a slip", "absent")
    refuse(ann, words, "Li Yingji said so", "name")
    refuse(join(bench, "record", "identity"), words, "a slip", "other", Exit.REFUSED)
    ann = bench.open()
    assert len(standing(ann.view())) == 1
    take(ann, ann.vault.compartment(), id_of(words).upper(), "a slip")
    assert not standing(ann.view())
    refuse(ann, words, "again", "absent")
