"""What a case comes to, weighed: its portrait, what is said of each entity in it, and of which kind each is.

Of a case of ten thousand statements that takes a second, and it is the same until something is recorded. Of
the last two cases it is remembered, from the record alone, in memory, and gone when it locks. Refused: to
remember what was weighed while identity is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onggi.ledger.happenings import list_heads
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import Portrait, View

ORDER = ("case", "person", "group", "event", "act", "intervention", "place", "item", "source", None)
"""What a reader of a case wants first; statements about statements stand at the end."""

_CASES = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """A portrait; what is said of each entity of a known kind, in a reader's order; of which kind each is."""

    portrait: Portrait
    groups: Mapping[str, list[Held]]
    kinds: Mapping[str, str | None]


class Portraits:
    """The last few cases. Each is true as long as nothing is recorded and nobody's role or grants change."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Weighed]] = {}

    def weigh(self, ledger: Ledger, view: View, entity: str) -> Weighed:
        """An entity as a view shows it; a case as it is remembered, if that is true still."""
        if not view.plain or view.kind_of(entity) != "case":
            return weigh_entity(view, entity)
        state = _read_state(ledger)
        known = self._kept.pop(entity, None)
        if known is None or known[0] != state:
            known = state, weigh_entity(view, entity)
        self._kept[entity] = known
        for old in list(self._kept)[:-_CASES]:
            del self._kept[old]
        return known[1]

    def forget(self) -> None:
        """Let go of all."""
        self._kept.clear()


def weigh_entity(view: View, entity: str) -> Weighed:
    """The same, weighed now."""
    portrait, groups = view.portrait(entity), dict[str, list[Held]]()
    for held in portrait.statements:
        groups.setdefault(held.statement.subject, []).append(held)
    kinds = view.kinds_of(groups)
    known = sorted((one for one in groups if kinds[one] is not None), key=lambda one: ORDER.index(kinds[one]))
    return Weighed(portrait, {one: groups[one] for one in known}, kinds)


def _read_state(ledger: Ledger) -> object:
    """Where each log ends, what may be read, and who may judge what others said."""
    vault = ledger.vault
    cards = vault.members.devices.values()
    return (
        [(one.compartment, one.log, one.seq, one.hash) for one in list_heads(vault)],
        [(one.id, one.strata) for one in vault.compartments],
        {(card.member, card.role) for card in cards},
    )
