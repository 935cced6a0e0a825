"""The custody of an item: who had it, when, what was done with it, and where nobody can say.

Floor 4. Pure: it reads a view and folds what is said there into a chain. The author and the time of each
step are those of the signed commit that holds it, whatever the step says of itself. Refused: nothing; a view
without identity shows that an item was sealed, and that the rest is closed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from onggi.errors import Finding
from onggi.ledger.held import Held
from onggi.ledger.view import View
from onggi.model.value import Date, Entity, Number, Term, Text, Unknown, Value

ORIGIN = ("brought_by", "received_on", "came_from", "obtained_by")
"""What should be said of every item that was not made from another."""

EVENTS = ("read_item", "printed", "handed_over", "exported")
"""What may happen to an item once it is sealed."""

# Within one commit: what went before the sealing, the sealing, what came of it.
_ORDER = (*ORIGIN, "code", "derived_from", *EVENTS)
_UNSAID = {
    "brought_by": "evidence.custody.bringer",
    "received_on": "evidence.custody.received",
    "came_from": "evidence.custody.source",
    "obtained_by": "evidence.custody.way",
}
_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is (a property), and the statement that says so, with its author and time.

    `code` is the sealing itself; `derived_from` about another item is that something was made of this one.
    """

    what: str
    held: Held

    @property
    def day(self) -> date:
        """The day of the commit, UTC."""
        return _EPOCH + timedelta(self.held.time[0] // _DAY)


@dataclass(frozen=True, slots=True)
class Custody:
    """The chain of an item, in order, and its gaps; `closed` where identity is not open."""

    item: str
    closed: bool
    steps: tuple[Step, ...]
    gaps: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """An item as others need it; what is closed or was not said is None or empty."""

    item: str
    code: str | None
    case: str
    media_type: str | None
    length: int | None
    sha256: str | None
    sha512: str | None
    received: Date | None
    obtained: tuple[str, ...]
    bringers: tuple[str, ...]
    derived_from: tuple[str, ...]
    derived_as: str | None
    looked_into: str | None


@dataclass(frozen=True, slots=True)
class Derivative:
    """What was made of an item: which item it is, as what (a term of `derivatives`), with what, by whom."""

    item: str
    kind: str
    held: Held
    tool: str | None
    language: str | None
    translator: str | None
    alignment: str | None


def trace_custody(view: View, item: str) -> Custody:
    """The chain of an item as far as a view shows it."""
    steps = [Step("code", held) for held in view.about(item, "code")[:1]]
    closed = "identity" not in view.strata
    own = view.live(item, *ORIGIN, "derived_from", *EVENTS)
    steps += [Step(held.statement.what.property, held) for held in own]
    steps += [Step("derived_from", one.held) for one in find_derivatives(view, item)]
    steps.sort(key=_place)
    gaps = [Finding("evidence.custody.closed", view.call(item), grave=False)]
    return Custody(item, closed, tuple(steps), tuple(gaps if closed else _find_gaps(view, item, steps)))


def list_unaccounted(view: View, compartment: str, case: str | None = None) -> list[str]:
    """The items of a compartment, or of one case in it, of which it is not said where they come from.

    One that was made from another comes from there. That nobody knows is said, too: then somebody has asked.
    Refused: a view without identity, where all of that lies; it would call every item unaccounted for.
    """
    if "identity" not in view.strata:
        raise ValueError("identity is not open")
    said: dict[str, set[str]] = {}
    for held in view.live_of(*ORIGIN, "derived_from"):
        said.setdefault(held.statement.subject, set()).add(held.statement.what.property)
    return [
        held.statement.subject
        for held in view.live_of("kind")
        if held.statement.value == Term("entity_kinds", "item")
        and held.compartment == compartment
        and case in (None, held.statement.about.case)
        and "derived_from" not in said.get(held.statement.subject, ())
        and not said.get(held.statement.subject, set()).issuperset(ORIGIN)
    ]


def find_derivatives(view: View, item: str) -> tuple[Derivative, ...]:
    """What was made of an item and is not erased, in the order it was sealed."""
    made = [
        held
        for held in view.mentioning(item)
        if held.statement.what.property == "derived_from"
        and held.statement.value == Entity(item)
        and view.is_live(held)
    ]
    return tuple(_describe_derivative(view, held) for held in sorted(made, key=lambda held: held.order))


def find_stand_in(view: View, item: str) -> str | None:
    """The item that stands in an original's place where faces or voices must not be shown: the newest copy
    that a person has redacted. None where there is none, and then nothing may be shown."""
    redacted = [one.item for one in find_derivatives(view, item) if one.kind == "redacted"]
    return redacted[-1] if redacted else None


def describe_item(view: View, item: str) -> Description:
    """An item: what kind of file, its digests, where it comes from, what it was made from."""
    length, received = _first(view, item, "length"), _first(view, item, "received_on")
    return Description(
        item=item,
        code=view.code_of(item),
        case=next((held.statement.about.case for held in view.about(item, "code")), ""),
        media_type=_text(view, item, "media_type"),
        length=int(length.number) if isinstance(length, Number) and length.number.isdecimal() else None,
        sha256=_text(view, item, "sha256"),
        sha512=_text(view, item, "sha512"),
        received=received if isinstance(received, Date) else None,
        obtained=tuple(_terms(view, item, "obtained_by")),
        bringers=tuple(_entities(view, item, "brought_by")),
        derived_from=tuple(_entities(view, item, "derived_from")),
        derived_as=next(_terms(view, item, "derived_as"), None),
        looked_into=next(_terms(view, item, "looked_into"), None),
    )


def _place(step: Step) -> tuple[object, ...]:
    return (step.held.time, step.held.commit, _ORDER.index(step.what), step.held.place)


def _find_gaps(view: View, item: str, steps: Iterable[Step]) -> Iterator[Finding]:
    where = view.call(item)
    known = describe_item(view, item)
    if not known.derived_from:
        for name, code in _UNSAID.items():
            said = [held.statement.value for held in view.live(item, name)]
            if not said:
                yield Finding(code, where, grave=False)
            elif all(isinstance(value, Unknown) for value in said):
                yield Finding(f"{code}.unknown", where, grave=False)
    sealed = next((step.day for step in steps if step.what == "code"), None)
    if known.received is not None and sealed is not None:
        yield from _find_delay(known.received, sealed, where)
    received = {held.statement.value for held in view.live(item, "received_on") if held.statement.known}
    if len(received) > 1:
        yield Finding("evidence.custody.conflict", where, {"count": len(received)}, grave=False)
    if known.sha512 is None:
        yield Finding("evidence.custody.digest", where, grave=False)
    if known.looked_into != "read":
        yield Finding("evidence.custody.unlooked", where, grave=False)


def _find_delay(received: Date, sealed: date, where: str) -> Iterator[Finding]:
    """How long it lay outside the vault, at most; a receipt behind the sealing cannot be right."""
    if received.earliest is None:
        yield Finding("evidence.custody.undated", where, grave=False)
        return
    earliest = date.fromisoformat(received.earliest)
    if (earliest - sealed).days > 1:  # a day apart may be the same moment in two places
        yield Finding("evidence.custody.early", where, grave=False)
    elif sealed > earliest:
        yield Finding("evidence.custody.delay", where, {"days": (sealed - earliest).days}, grave=False)


def _describe_derivative(view: View, held: Held) -> Derivative:
    item = held.statement.subject
    return Derivative(
        item,
        next(_terms(view, item, "derived_as"), "other"),
        held,
        _text(view, item, "made_with"),
        _text(view, item, "language"),
        _text(view, item, "translator"),
        next(_terms(view, item, "aligned_by"), None),
    )


def _values(view: View, item: str, name: str) -> Iterator[Value]:
    return (
        held.statement.value for held in view.live(item, name) if held.statement.what.polarity == "asserts"
    )


def _first(view: View, item: str, name: str) -> Value | None:
    return next(_values(view, item, name), None)


def _text(view: View, item: str, name: str) -> str | None:
    return next((value.text for value in _values(view, item, name) if isinstance(value, Text)), None)


def _terms(view: View, item: str, name: str) -> Iterator[str]:
    return (value.term for value in _values(view, item, name) if isinstance(value, Term))


def _entities(view: View, item: str, name: str) -> Iterator[str]:
    return (value.entity for value in _values(view, item, name) if isinstance(value, Entity))
