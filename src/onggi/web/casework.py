"""A case, or anything in one, as a page needs it: found by what the path says, seen as far as is open.

Over a view. Refused: names of a case whose identity is not open, since `Visit.view` gives no view that has
them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from onggi.errors import Exit, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.quotes import find_quotes
from onggi.ledger.view import Portrait, View
from onggi.model.value import Term, Text
from onggi.model.vocabulary import find_term
from onggi.web.portraits import Weighed, weigh_entity
from onggi.web.shown import Piece, Showing
from onggi.web.visit import Visit


@dataclass(frozen=True)
class Matter:
    """An entity that a page is about, in its case: `view` has names only where that case is open."""

    view: View
    entity: str
    case: str
    compartment: str
    tongue: str
    weigh: Callable[[View, str], Weighed] = weigh_entity

    def __post_init__(self) -> None:
        # Whatever is recorded closes the view; how it is called and where its page is must be known beyond.
        self.view.code_of(self.entity)
        self.view.kind_of(self.entity)

    @cached_property
    def weighed(self) -> Weighed:
        """All that is said of it; of a large case that takes seconds, and not every page needs it."""
        return self.weigh(self.view, self.entity)

    @property
    def portrait(self) -> Portrait:
        """What is said of it, weighed."""
        return self.weighed.portrait

    @property
    def kind(self) -> str | None:
        """Its kind, by its term."""
        return self.view.kind_of(self.entity)

    @property
    def code(self) -> str:
        """How it is called where people read."""
        return self.view.call(self.entity)

    @property
    def reference(self) -> str:
        """How paths name it."""
        return self.view.code_of(self.entity) or self.entity

    @property
    def open(self) -> bool:
        """Whether names are shown."""
        return "identity" in self.view.strata

    @cached_property
    def showing(self) -> Showing:
        """Makes sentences of its statements."""
        quotes = find_quotes(self.view, self.portrait.statements)
        return Showing(self.view, self.portrait, quotes, self.tongue)

    @property
    def groups(self) -> Mapping[str, list[Held]]:
        """What is said of each entity, the entities in the order a reader wants them."""
        return self.weighed.groups

    def of_kind(self, *kinds: str) -> list[str]:
        """The entities of some kinds."""
        return [one for one in self.groups if self.weighed.kinds[one] in kinds]

    def texts(self, entity: str, *properties: str) -> list[Piece]:
        """What it is called: its texts of these properties, each in its language."""
        values = (held.statement.value for held in self._said(entity, *properties))
        return [Piece(value.text, value.lang) for value in values if isinstance(value, Text)]

    def terms(self, entity: str, *properties: str) -> list[str]:
        """What is said of it in words of our vocabularies, in the reader's language, each once."""
        values = (held.statement.value for held in self._said(entity, *properties))
        terms = (find_term(one.vocabulary, one.term) for one in values if isinstance(one, Term))
        return list(dict.fromkeys(term.labels[self.tongue] for term in terms if term is not None))

    def _said(self, entity: str, *properties: str) -> Iterable[Held]:
        for held in self.groups.get(entity, ()):
            if held.statement.what.property in properties and held.statement.what.polarity == "asserts":
                yield held


def take_matter(visit: Visit, reference: str) -> Matter:
    """What a code or id means, in its case.

    Raises:
        OnggiError: `ledger.absent` for nothing that is open; `web_earlier.absent` where none was then.
    """
    record = visit.view()
    try:
        found = record.find(reference)
    except OnggiError as error:
        raise _lack(visit, error) from None
    held = record.statement(found)
    entity = held.statement.subject if held else found
    where = held or record.about(entity)[0]
    case = where.statement.about.case
    view = visit.view(case)
    return Matter(view, entity, case, where.compartment, visit.tongue, visit.weigh)


def take_statement(visit: Visit, id: str) -> tuple[Matter, Held]:
    """A statement, standing or not, and whom or what it is about; of identity, only where it is open.

    Raises:
        OnggiError: `ledger.absent` for nothing that is open; `web_earlier.absent` where none was then.
    """
    signed = visit.identity.signed
    held = visit.view().statement(id)
    if held is None and signed is not None:
        view = visit.view(signed.case) if signed.case else visit.everywhere()
        held = view.statement(id)
    if held is None or (held.stratum != "record" and not visit.identity.covers(held.statement.about.case)):
        raise _lack(visit, OnggiError("ledger.absent", exit_code=Exit.ABSENT))
    view = visit.view(held.statement.about.case)
    said = held.statement
    return Matter(view, said.subject, said.about.case, held.compartment, visit.tongue), held


def take_case(visit: Visit) -> Matter:
    """The case that a path speaks of.

    Raises:
        OnggiError: `ledger.absent` for nothing, and for what is no case.
    """
    matter = take_matter(visit, visit.parts["ref"])
    if matter.kind != "case":
        raise OnggiError("ledger.absent", exit_code=Exit.USAGE)
    return matter


def _lack(visit: Visit, error: OnggiError) -> OnggiError:
    return OnggiError("web_earlier.absent", exit_code=Exit.ABSENT) if visit.as_of else error
