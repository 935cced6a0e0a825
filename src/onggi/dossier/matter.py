"""A case as the way out reads it: what is said, whom each statement concerns, on which ground it may leave.

Floor 5. Pure over a view. It fails closed: where it cannot be told who stands behind a source, nobody can
have consented, and the statement stays. Refused: care, which no view of this room ever holds; what Onggi
records of its own acts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from onggi.errors import Exit, OnggiError
from onggi.ledger.fold import Folded
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.accusing import ACCUSING_ROLES, ACCUSING_TIES
from onggi.model.naming import NAMING_PROPERTIES, Naming, read_naming
from onggi.model.value import Entity, Term
from onggi.model.vocabulary import load_properties

_VICTIM_ROLES = frozenset({"victim", "survivor"})
_WITNESS = "witness"
_BRINGERS = ("brought_by", "shows")


class Ground(StrEnum):
    """On which ground a statement may leave."""

    PUBLISHED = "published"
    CONSENT = "consent"


@dataclass(frozen=True)
class Matter:
    """One case, folded: `statements` are its live ones, of the record and, if it was opened, of identity."""

    case: str
    view: View
    folded: Folded
    statements: tuple[Held, ...]

    @cached_property
    def record(self) -> tuple[Held, ...]:
        """What could be shown: live statements of the record, but for what is said of the record itself.

        Nor that two are one on one member's word, where it takes two.
        """
        found = (one for one in self.statements if one.stratum == "record" and is_fact(one))
        return tuple(one for one in found if one.id not in self.folded.waiting)

    @cached_property
    def identity(self) -> tuple[Held, ...]:
        """Live statements of identity, where it was opened."""
        return tuple(one for one in self.statements if one.stratum == "identity" and is_fact(one))

    @cached_property
    def opened(self) -> bool:
        """Whether identity was opened for it, so that it can be told who stands behind a source."""
        return "identity" in self.view.strata

    def root(self, entity: str) -> str:
        """One id for everything that is held to be the same."""
        return self.folded.root(entity)

    def alike(self, entities: Iterable[str]) -> frozenset[str]:
        """These, and all that are the same as any of them, or may be by what waits for a second member."""
        found = {other for one in entities for other in self.folded.may_be(one)}
        return frozenset(found | set(map(self.root, found)))

    def call(self, entity: str) -> str:
        """How an entity is called: of one under several entries, by the code that was recorded first."""
        return self.view.call(self._first.get(self.root(entity), entity))

    @cached_property
    def _first(self) -> dict[str, str]:
        """Of each cluster the entry that is spoken of first."""
        first: dict[str, str] = {}
        for held in self.statements:
            first.setdefault(self.root(held.statement.subject), held.statement.subject)
        return first

    def kind(self, entity: str) -> str | None:
        """What an entity is."""
        return self.view.kind_of(entity)

    @cached_property
    def victims(self) -> frozenset[str]:
        """Everybody who is said to be a victim, of an act or by her role."""
        named = {end for ends in self._tied("victim").values() for end in ends}
        return frozenset(self._persons(named) | self._having_role(_VICTIM_ROLES))

    @cached_property
    def suspects(self) -> frozenset[str]:
        """Who is said to have done it, bought, sold or brokered, is no victim, and surely one person.

        They are not asked for consent: an abuser has no veto on being reported. Who may be a victim, by what
        waits for a second member, is asked.
        """
        named = {end for tie in ACCUSING_TIES for ends in self._tied(tie).values() for end in ends}
        found = self._persons(named) | self._having_role(ACCUSING_ROLES, denied=False)
        # Of entries that may be two people, what one did is not held against the other.
        possible = self.folded.possible
        hurt = {possible.get(one, one) for one in self.victims}
        surely = found - self.folded.disputed
        return frozenset(one for one in surely if possible.get(one, one) not in hurt)

    @cached_property
    def persons(self) -> frozenset[str]:
        """Everybody of whom anything is said."""
        found = {held.statement.subject for held in self.statements}
        found |= {
            value.entity for held in self.statements if isinstance(value := held.statement.value, Entity)
        }
        return frozenset(self._persons(found))

    def concerned(self, held: Held) -> frozenset[str]:
        """Whose consent a statement needs: whom it is about or points to, whom that befell, and who said it.

        Suspects are not asked.
        """
        said = held.statement
        ends = {said.subject} | ({said.value.entity} if isinstance(said.value, Entity) else set())
        found = self._persons(ends)
        for end in ends:
            found |= self._befell(end)
        if said.source is not None:
            found |= self.speakers(said.source)
        return frozenset(found - self.suspects)

    def speaks_of_somebody(self, held: Held) -> bool:
        """Whether a statement is about one person, points to one, or tells what befell one.

        What a case is called counts: cases are called after what befell somebody.
        """
        said = held.statement
        if said.what.property == "title" and self.kind(said.subject) == "case":
            return True
        ends = {said.subject} | ({said.value.entity} if isinstance(said.value, Entity) else set())
        return bool(self._persons(ends)) or any(self._befell(end) for end in ends)

    def speakers(self, source: str) -> frozenset[str]:
        """The persons who say what a source says: itself, or its witnesses as far as identity is open."""
        if self.kind(source) == "person":
            return frozenset({self.root(source)})
        return frozenset(self._persons(self._tied(_WITNESS).get(self.root(source), ())))

    def is_anonymous(self, source: str) -> bool:
        """Whether it cannot be told who speaks: then nobody can have consented."""
        return not self.is_published(source) and not self.speakers(source)

    def hides_speaker(self, source: str) -> bool:
        """Whether somebody may stand behind a source who is known in identity alone, which is not open."""
        return not self.opened and self.kind(source) != "person"

    def is_published(self, source: str) -> bool:
        """Whether a source is published; asked of the view once for each."""
        if source not in self._published:
            self._published[source] = self.view.publication(source)
        return self._published[source]

    @cached_property
    def _published(self) -> dict[str, bool]:
        return {}

    @cached_property
    def marks(self) -> dict[str, str]:
        """What somebody marked as withheld, entities and statements under their one id, with the class.

        With an entity goes whatever may be the same, by what waits for a second member.
        """
        return {
            self.root(one): held.statement.value.term
            for held in self.statements
            if held.statement.what.property == "withheld_as" and isinstance(held.statement.value, Term)
            for one in self.alike([held.statement.subject])
        }

    def bringers(self, item: str) -> frozenset[str]:
        """Who brought a file and whom it shows."""
        ends = {end for tie in _BRINGERS for end in self._tied(tie).get(self.root(item), ())}
        return frozenset(self._persons(ends) - self.suspects)

    def _befell(self, entity: str) -> frozenset[str]:
        """The victims of an act, of the acts of an event, and of the act that an intervention answers."""
        one = self.root(entity)
        if one not in self._befallen:
            self._befallen[one] = frozenset(self._find_befallen(one))
        return self._befallen[one]

    @cached_property
    def _befallen(self) -> dict[str, frozenset[str]]:
        return {}

    def _find_befallen(self, entity: str) -> set[str]:
        acts = {entity} | self._inside.get(entity, set()) | self._tied("responds_to").get(entity, set())
        befell = self._tied("victim")
        return self._persons({end for act in acts for end in befell.get(self.root(act), ())})

    @cached_property
    def _inside(self) -> dict[str, set[str]]:
        inside: dict[str, set[str]] = defaultdict(set)
        for part, wholes in self._tied("part_of").items():
            for whole in wholes:
                if self.kind(whole) != "case":
                    inside[self.root(whole)].add(part)
        return inside

    def _tied(self, property: str) -> dict[str, set[str]]:
        return self._ties.get(property, {})

    @cached_property
    def _ties(self) -> dict[str, dict[str, set[str]]]:
        """By property: which entities, each under its one id, point to which; said and not denied."""
        ties: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for held in self.statements:
            said = held.statement
            if isinstance(said.value, Entity) and said.what.polarity == "asserts":
                ties[said.what.property][self.root(said.subject)].add(said.value.entity)
        return ties

    def _having_role(self, roles: frozenset[str], *, denied: bool = True) -> set[str]:
        """Who is said to have one of these roles; with `denied` also of whom that was denied."""
        return {
            self.root(held.statement.subject)
            for held in self.statements
            if held.statement.what.property == "role"
            and isinstance(held.statement.value, Term)
            and held.statement.value.term in roles
            and (denied or held.statement.what.polarity == "asserts")
            and self.kind(held.statement.subject) == "person"
        }

    def _persons(self, entities: Iterable[str]) -> set[str]:
        return {self.root(one) for one in entities if self.kind(one) == "person"}


def read_matter(view: View, reference: str) -> Matter:
    """The case meant by an id or code, as far as the view is open. Raises `dossier.case` where it is none."""
    try:
        case = view.find(reference)
    except OnggiError:
        case = ""
    if not case or view.kind_of(case) != "case":
        raise OnggiError("dossier.case", exit_code=Exit.USAGE)
    folded = view.folded([case], case)
    return Matter(case, view, folded, tuple(_of_case(folded, case)))


def list_namings(matter: Matter, named: frozenset[str]) -> list[Naming]:
    """What of the open identity may stand in no text: all that names anybody, but the persons `named`."""
    found = matter.view.of_property(*sorted(NAMING_PROPERTIES))
    kept = (one.statement for one in found if one.stratum != "record")
    read = (read_naming(said) for said in kept if matter.root(said.subject) not in named)
    return [naming for naming in read if naming is not None]


def is_fact(held: Held) -> bool:
    """Whether a statement is about the matter and not about the record of it."""
    property = load_properties().get(held.statement.what.property)
    return property is not None and not property.keeping


def _of_case(folded: Folded, case: str) -> Iterator[Held]:
    """The live statements of the case, and what describes an entity of it that an earlier file made."""
    return (held for held in folded.live if held.statement.about.case == case)
