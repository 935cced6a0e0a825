"""What members judge of two entries, as pages ask and tell it: of whom, what, why, and what became of it.

Codes, and names of a case whose identity is open. To judge, and to take that back, is a statement each, with
a reason. Nothing is merged.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.judging import judge_pair, undo_judgement
from onggi.ledger.versions import list_versions
from onggi.ledger.view import View
from onggi.model.judgement import VERDICTS, Judgement
from onggi.vault.opened import Compartment
from onggi.web.days import say_moment
from onggi.web.everyone import STRATA
from onggi.web.pairs import name_person
from onggi.web.shown import Piece, name_entity
from onggi.web.visit import Visit
from onggi.words import say

_TYPED = ("judge.reason", "judge.name")


@dataclass(frozen=True, slots=True)
class Ended:
    """What took a judgement's place: `taken` back or `replaced`, when, by whom, and the reason if any."""

    how: str
    day: str
    member: str
    because: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement. `names` are None where closed; `beside` leads to the two; `mine` is
    whether this member may take it back."""

    id: str
    codes: tuple[Piece, Piece]
    names: tuple[Piece | None, Piece | None]
    beside: str
    verdict: str
    because: str
    day: str
    member: str
    waits: bool
    mine: bool
    ended: Ended | None


def show_judged(visit: Visit, found: Sequence[tuple[Held, Judgement]]) -> list[Judged]:
    """Judgements in the order they come, standing or not."""
    view, name = visit.view(), _open_names(visit)
    waiting = {held.id for held in view.waiting_ties()} if found else set()
    return [_show(visit, view, name, held, said, held.id in waiting) for held, said in found]


def judge_two(visit: Visit, compartment: Compartment, pair: tuple[str, str]) -> str | Finding:
    """Record what a form holds of two entries: the verdict, or `waits`; or what is wrong with the form.

    Raises:
        OnggiError: what `ledger.judging.judge_pair` raises for two that cannot be judged.
    """
    verdict = next((one for one in VERDICTS if one == visit.field("verdict")), None)
    if verdict is None:
        return Finding("web_review.lacks.verdict", "reason")
    try:
        done = judge_pair(visit.ledger, compartment, pair, verdict, visit.field("reason"))
    except OnggiError as error:
        if error.id not in _TYPED:
            raise
        return Finding(error.id, "reason", error.values)
    return "waits" if done.judgement.waits else verdict


def take_back(visit: Visit, field: str) -> Finding | None:
    """Take back the judgement that a form names, for the reason in a field; what is wrong with the reason.

    Raises:
        OnggiError: `judge.absent` for one that stands no more, `judge.other` for another member's.
    """
    ledger, id = visit.ledger, visit.field("judgement")
    held = visit.view().statement(id)
    if held is None:
        raise OnggiError("judge.absent", exit_code=Exit.USAGE)
    try:
        undo_judgement(ledger, ledger.vault.compartment(held.compartment), id, visit.field(field))
    except OnggiError as error:
        if error.id not in _TYPED:
            raise
        return Finding(error.id, field, error.values)
    return None


def _show(
    visit: Visit, view: View, name: Callable[[str], Piece | None], held: Held, said: Judgement, waits: bool
) -> Judged:
    one, other, ledger = held.statement.subject, said.other, visit.ledger
    people = view.kind_of(one) == "person"
    codes = name_entity(one, view), name_entity(other, view)
    ended = _find_end(view, held, visit.tongue)
    return Judged(
        held.id,
        codes,
        (name(one), name(other)),
        f"/review/two/{view.code_of(one) or one}/{view.code_of(other) or other}",
        say(f"{'web_review.verdict' if people else 'web_judged.thing'}.{said.verdict}", visit.tongue),
        said.because,
        say_moment(held.time[0], visit.tongue),
        held.author,
        waits,
        ended is None and ledger.may(ledger.vault.card.member, held.author),
        ended,
    )


def _find_end(view: View, held: Held, tongue: str) -> Ended | None:
    (version,) = (one for one in list_versions(view, held.id) if one.held.id == held.id)
    if version.by is None:
        return None
    how = "taken" if version.taken else "replaced"
    return Ended(how, say_moment(version.by.time[0], tongue), version.by.author, version.because)


def _open_names(visit: Visit) -> Callable[[str], Piece | None]:
    """Gives the name of an entry of a case whose identity is open; None of any other."""
    signed = visit.identity.signed
    if signed is None:
        return lambda entity: None
    view = visit.ledger.read_on(visit.ledger.vault.compartment(signed.compartment), strata=STRATA)

    def name(entity: str) -> Piece | None:
        cases = {held.statement.about.case for held in view.about(entity, "kind")}
        return name_person(view, entity) if cases and all(map(visit.identity.covers, cases)) else None

    return name
