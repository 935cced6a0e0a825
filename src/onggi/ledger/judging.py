"""Judging: a member holds two entries to be one, or two, or not to be told yet; and takes that back.

It writes through the ledger, into the record. Nothing is merged: who is who is a view of the judgements that
stand (statement-model.md, §7). Refused: a judgement without a reason, of one entry with itself, of two kinds,
across compartments; a reason in which a name stands that identity holds.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onggi.errors import Exit, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import check_reason
from onggi.ledger.standing import list_standing, take_back
from onggi.ledger.ties import JUDGED, touches_accused
from onggi.ledger.view import View
from onggi.model.judgement import Judgement, Verdict
from onggi.model.stratum import Stratum
from onggi.vault.opened import Compartment


@dataclass(frozen=True, slots=True)
class Judged:
    """What was recorded: the statement's id, the entry it is about, what is held, and what it replaces."""

    id: str
    entity: str
    judgement: Judgement
    replaces: tuple[str, ...]


def judge_pair(
    ledger: Ledger, compartment: Compartment, pair: tuple[str, str], verdict: Verdict, because: str
) -> Judged:
    """Record what a member holds of two entries, each by its code or id; it replaces what she held before.

    Where either, or whatever is held to be the same as it, is accused of something, "same" waits for a second
    member.

    Raises:
        OnggiError: `judge.reason` without a reason, `judge.name` where a name stands in it, `judge.self` for
            one entry twice, `judge.kinds` for two that cannot be one, `ledger.absent` for none.
    """
    if not because.strip():
        raise OnggiError("judge.reason", exit_code=Exit.USAGE)
    view = ledger.view(compartment=compartment)
    first, second = (view.find(one) for one in pair)
    if first == second:
        raise OnggiError("judge.self", exit_code=Exit.USAGE)
    kind = view.kind_of(first)
    if kind is None or kind != view.kind_of(second):
        raise OnggiError("judge.kinds", exit_code=Exit.USAGE)
    case = view.about(first, "kind")[0].statement.about.case
    screening = check_reason(ledger, compartment, case, because, "judge.name")
    judgement = Judgement(second, verdict, because, touches_accused(view, (first, second)))
    member = ledger.vault.card.member
    own = tuple(held.id for held, _ in list_judgements(view, first, second) if held.author == member)
    said = ledger.make_statement(first, case, JUDGED, judgement, supersedes=own)
    ledger.append(compartment, [(Stratum.RECORD, screening.mark(said))])
    return Judged(said.id, first, judgement, own)


def undo_judgement(ledger: Ledger, compartment: Compartment, id: str, because: str) -> tuple[Held, Judgement]:
    """Take a judgement back, whosesoever it is if an admin does it; returns what was taken back.

    Raises:
        OnggiError: `judge.absent` where the id is of no judgement that stands, `judge.other` where another
            member judged, `judge.reason` and `judge.name` as above.
    """
    return take_back(ledger, compartment, id, Judgement, "judgement_undone", because, "judge")


def list_judgements(view: View, *pair: str) -> list[tuple[Held, Judgement]]:
    """The judgements that stand, oldest first: all, or those of one pair, whichever it is about."""
    return _choose(list_standing(view, JUDGED, Judgement), pair)


def list_former(view: View, *pair: str) -> list[tuple[Held, Judgement]]:
    """The judgements that stand no more, taken back or replaced, in the same order."""
    standing = {held.id for held, _ in list_judgements(view)}
    found = {held.id: held for held in view.of_property(JUDGED) if held.id not in standing}
    ordered = sorted(found.values(), key=lambda held: held.order)
    told = [(held, said) for held in ordered if isinstance(said := held.statement.value, Judgement)]
    return _choose(told, pair)


def _choose(found: Iterable[tuple[Held, Judgement]], pair: Collection[str]) -> list[tuple[Held, Judgement]]:
    return [
        (held, said) for held, said in found if not pair or {held.statement.subject, said.other} == set(pair)
    ]
