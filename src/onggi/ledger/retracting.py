"""Taking a statement back, with a reason; and giving back what was taken back.

It writes through the ledger, into the stratum where the statement lies. Nothing is removed: the statement
stays to be seen, with who took it back and why. Words that belong to it and lie in identity go with it,
unseen. Refused: what has a way of its own to be taken back; what another member recorded, unless an admin
does it; a reason in which a name stands that identity holds.
"""

from collections.abc import Iterable, Sequence

from onggi.errors import Exit, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger, Placed
from onggi.ledger.reasons import check_reason
from onggi.ledger.versions import TAKEN_BACK, is_changeable
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.opened import Compartment


def retract_statement(
    ledger: Ledger, compartment: Compartment, id: str, because: str, only_this: bool = False
) -> None:
    """Take back a statement that stands, with the versions before it, and say why.

    With `only_this` nothing but this version is taken back: the one before it stands again.

    Raises:
        OnggiError: `correct.absent` for the id of none that stands, `correct.kept` for what cannot be taken
            back by itself, `correct.other` where another member recorded it, `correct.reason` without a
            reason, `correct.name` where a name stands in it. Nothing is recorded then.
    """
    view = read_all(ledger, compartment)
    held = _take_standing(ledger, view, id)
    _record(ledger, compartment, because, [(held, _take_along(ledger, view, held, only_this))])


def retract_together(ledger: Ledger, compartment: Compartment, ids: Sequence[str], because: str) -> None:
    """Take back several statements of one case for one reason: each by itself, all in one commit or none.

    Raises:
        OnggiError: as `retract_statement`, for any of them; `correct.absent` for none at all, or for those of
            several cases.
    """
    view = read_all(ledger, compartment)
    found = [_take_standing(ledger, view, id) for id in dict.fromkeys(ids)]
    if len({held.statement.about.case for held in found}) != 1:
        raise OnggiError("correct.absent", exit_code=Exit.USAGE)
    _record(ledger, compartment, because, [(held, _take_along(ledger, view, held, False)) for held in found])


def list_told(view: View, source: str) -> dict[str, list[Held]]:
    """What stands of all that a source said, by the commit that first brought it, corrected or not."""
    told: dict[str, list[Held]] = {}
    for held in view.live_mentioning(source):
        if held.statement.source == source and is_changeable(held.statement):
            first = min(find_line(view, held), key=lambda one: one.order)
            told.setdefault(first.commit, []).append(held)
    return told


def may_take_back(ledger: Ledger, view: View, held: Held) -> bool:
    """Whether this member may take back a statement with all its versions."""
    member = ledger.vault.card.member
    return all(ledger.may(member, one.author) for one in find_line(view, held))


def restore_statement(ledger: Ledger, compartment: Compartment, id: str, because: str) -> None:
    """Give back a statement that was taken back here.

    Raises:
        OnggiError: as `retract_statement`; `correct.absent` where nothing took it back that can be undone.
    """
    view = read_all(ledger, compartment)
    held = view.statement(id)
    notes = [note for note in view.live(id, TAKEN_BACK) if not _gives_back(view, note)]
    if held is None or not any(held.id in note.statement.trace.retracts for note in notes):
        raise OnggiError("correct.absent", exit_code=Exit.USAGE)
    for note in notes:
        check_author(ledger, note)
    _record(ledger, compartment, because, [(held, notes)])


def find_line(view: View, held: Held) -> list[Held]:
    """A statement and all that it took the place of, however far back."""
    line = {held.id: held}
    waiting = [held]
    while waiting:
        for id in waiting.pop().statement.trace.supersedes:
            before = view.statement(id)
            if before is not None and id not in line and before.stratum == held.stratum:
                line[id] = before
                waiting.append(before)
    return list(line.values())


def check_changeable(ledger: Ledger, held: Held) -> None:
    """Raises `correct.kept` or `correct.other` where a member may not change a statement."""
    if not is_changeable(held.statement):
        raise OnggiError("correct.kept", exit_code=Exit.REFUSED)
    check_author(ledger, held)


def check_author(ledger: Ledger, held: Held) -> None:
    """Raises `correct.other` where another member recorded a statement, and this one is no admin."""
    if not ledger.may(ledger.vault.card.member, held.author):
        raise OnggiError("correct.other", exit_code=Exit.REFUSED)


def find_words(ledger: Ledger, view: View, held: Held) -> list[Held]:
    """The words of a statement that lie apart from it and that this member may replace, unseen.

    Where another version took them over already, those that were taken over.
    """
    member = ledger.vault.card.member
    said = [one for one in view.about(held.id, "verbatim") if ledger.may(member, one.author)]
    return [one for one in said if view.is_live(one)] or said[-1:]


def read_all(ledger: Ledger, compartment: Compartment) -> View:
    """Everything that is granted in a compartment, for deciding about it and not for showing it."""
    return ledger.view(strata=compartment.strata, compartment=compartment)


def _take_standing(ledger: Ledger, view: View, id: str) -> Held:
    """A statement that stands and that this member may change."""
    held = view.statement(id)
    if held is None or not view.is_live(held):
        raise OnggiError("correct.absent", exit_code=Exit.USAGE)
    check_changeable(ledger, held)
    return held


def _take_along(ledger: Ledger, view: View, held: Held, only_this: bool) -> list[Held]:
    """What goes when it goes: it, the versions before it, and the words of all of them."""
    line = [held] if only_this else find_line(view, held)
    for one in line:
        check_author(ledger, one)
    member = ledger.vault.card.member
    words = (said for one in line for said in view.about(one.id, "verbatim"))
    return [*line, *(said for said in words if ledger.may(member, said.author))]


def _record(
    ledger: Ledger, compartment: Compartment, because: str, taken: Sequence[tuple[Held, Sequence[Held]]]
) -> None:
    """Of each one note in each stratum of what goes with it; in the record its reason holds no name."""
    if not because.strip():
        raise OnggiError("correct.reason", exit_code=Exit.USAGE)
    case, placed = taken[0][0].statement.about.case, list[Placed]()
    screening = check_reason(ledger, compartment, case, because, "correct.name")
    for held, gone in taken:
        for stratum in _strata_of(gone):
            ids = [one.id for one in gone if one.stratum == stratum.value]
            said = ledger.make_statement(held.id, case, TAKEN_BACK, Text(because, "und"), retracts=ids)
            placed.append((stratum, screening.mark(said) if stratum is Stratum.RECORD else said))
    ledger.append(compartment, placed)


def _gives_back(view: View, note: Held) -> bool:
    """Whether a note takes back another note, and so gave something back."""
    targets = (view.statement(id) for id in note.statement.trace.retracts)
    return any(one is not None and one.statement.what.property == TAKEN_BACK for one in targets)


def _strata_of(taken: Iterable[Held]) -> list[Stratum]:
    return [Stratum(one) for one in dict.fromkeys(held.stratum for held in taken)]
