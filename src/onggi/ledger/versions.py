"""What became of a statement: its versions in their order, which of them stand, what took the others' place.

Pure, over a view: whatever is closed in it is not among the versions. Refused: nothing. Two members who
correct one statement without having seen each other leave two versions that stand, and nobody's is lost.
"""

from dataclasses import dataclass

from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.statement import Statement
from onggi.model.value import Text
from onggi.model.vocabulary import load_properties

TAKEN_BACK = "taken_back"
_FIXED = frozenset({"kind", "code", "verbatim"})


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `by` is what took its place, None while it stands; `taken` whether that took it back."""

    held: Held
    by: Held | None = None
    taken: bool = False

    @property
    def stands(self) -> bool:
        """Whether nothing took its place."""
        return self.by is None

    @property
    def because(self) -> str:
        """Why it was taken back, in the words of whoever did; empty where nobody says."""
        if self.by is None or not self.taken or not isinstance(value := self.by.statement.value, Text):
            return ""
        return value.text


def is_changeable(statement: Statement) -> bool:
    """Whether a statement can be corrected or taken back by itself.

    What it is and how it is called stays; words go with their statement; what Onggi records of its own acts,
    of consent and of judgements is taken back in ways of its own.
    """
    property = load_properties().get(statement.what.property)
    return property is not None and not property.keeping and property.id not in _FIXED


def list_versions(view: View, id: str) -> list[Version]:
    """Every version of a statement, oldest first: those before it, itself, those after; none for no id."""
    found, folded = view.history(id)
    known = {held.id: held for held in found}
    versions = []
    for held in found:
        trace = held.statement.trace
        if held.id != id and trace.retracts and not trace.supersedes:
            continue  # it took one back, and is none itself
        by = known.get(folded.judged.get(held.id, ""))
        versions.append(Version(held, by, by is not None and held.id in by.statement.trace.retracts))
    return versions
