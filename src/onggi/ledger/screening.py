"""Record text that was written by a member who may not see names, and its screening by one who may.

What a member with identity records is screened as it comes in. What another records waits: it cannot leave
until a member who holds identity has had it looked through; that is signed, as a statement about the
statement. Whose word counts, the grants say: nobody without identity can call a text screened. Whoever sees
something in a text that no list holds can hold it back, which is signed too and outweighs all who let it
through, until she who held it back, or an admin, lets it through.

It writes through the ledger. Refused: whoever was not granted identity. A text in which a name stands is
never marked.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from onggi.errors import Exit, OnggiError
from onggi.ledger.directory import Directory
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.screen import Screen, Span, list_texts
from onggi.ledger.view import View
from onggi.model.naming import Naming
from onggi.model.stratum import Stratum
from onggi.model.value import Term
from onggi.model.vocabulary import load_properties
from onggi.vault.opened import Compartment

SCREENED = "screened"
_YES, _NO = Term("yes_no", "yes"), Term("yes_no", "no")
_WORDLESS = frozenset({"code", "exported"})  # codes and addresses, which have a form and hold nobody's words


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement of the record that nobody screened, and where names stand in its texts.

    `places` are the characters, from and up to, text by text; empty where the member may not see names and so
    cannot know. `kept` are those who held it back, each with her statement.
    """

    held: Held
    places: tuple[tuple[Span, ...], ...] = ()
    kept: tuple[Held, ...] = ()

    @property
    def text(self) -> int | None:
        """The first of its texts in which a name stands, counted from 1; None where none does."""
        return next((number for number, found in enumerate(self.places, start=1) if found), None)

    @property
    def place(self) -> Span | None:
        """Where that name stands in it."""
        return next((found[0] for found in self.places if found), None)


def is_screened(held: Held, view: View, seers: Collection[str]) -> bool:
    """Whether names were looked for: when it was recorded, or later; by one of `seers`, who may see names.

    Where nobody's words stand there is nothing to look through. One who says that it was not screened
    outweighs all who say that it was.
    """
    if held.statement.trace.screened and held.author in seers:
        return True
    looked = view.live(held.id, SCREENED)
    return _is_looked(looked, seers) or not (looked or list_texts(held.statement))


def find_unscreened(live: Iterable[Held], seers: Collection[str]) -> list[Held]:
    """What nobody screened among all live statements of a case; names are not looked for."""
    live = list(live)
    looked: dict[str, list[Held]] = {}
    for held in live:
        if held.statement.what.property == SCREENED:
            looked.setdefault(held.statement.subject, []).append(held)
    return [
        held
        for held in live
        if not (held.statement.trace.screened and held.author in seers)
        and _holds_words(held, seers)
        and not _is_looked(looked.get(held.id, ()), seers)
    ]


def _is_looked(looked: Iterable[Held], seers: Collection[str]) -> bool:
    looked = list(looked)
    return all(map(_says_yes, looked)) and any(one.author in seers for one in looked)


def _says_yes(held: Held) -> bool:
    return (held.statement.value, held.statement.what.polarity) == (_YES, "asserts")


def list_waiting(ledger: Ledger, compartment: Compartment) -> list[Waiting]:
    """What waits in a compartment, the oldest first; names are looked for if the member may see them."""
    names = Directory(ledger, compartment).known_names()
    view, seers = ledger.view(compartment=compartment), ledger.seers(compartment)
    screens: dict[str, Screen] = {}
    waiting = []
    for held in view.of_property(*sorted(load_properties())):
        if _holds_words(held, seers) and view.is_live(held) and not is_screened(held, view, seers):
            kept = tuple(one for one in view.live(held.id, SCREENED) if not _says_yes(one))
            places = () if names is None else _look(held, names, screens)
            waiting.append(Waiting(held, places, kept))
    return sorted(waiting, key=lambda one: one.held.order)


def screen_waiting(ledger: Ledger, ids: Sequence[str] | None) -> tuple[list[Waiting], list[Waiting]]:
    """Have what waits looked through and sign for what holds no name; what was signed, and what still waits.

    `ids` are the statements to look at; None stands for all of them, in every compartment where the member
    may see names, and leaves what somebody held back: that is let through by its id alone.

    Raises:
        OnggiError: `screen.identity` to whoever may not see names, `screen.absent` for an id that does not
            wait. Nothing is signed then.
    """
    granted, found = _take_waiting(ledger, ids)
    clean = [one for one in found if one.place is None and not (ids is None and one.kept)]
    _sign(ledger, granted, clean, _YES)
    return clean, [one for one in found if one not in clean]


def hold_back(ledger: Ledger, ids: Sequence[str]) -> list[Waiting]:
    """Sign that what waits must not leave as it is, whatever any list of names says; what was held back.

    Raises:
        OnggiError: as `screen_waiting`.
    """
    granted, found = _take_waiting(ledger, ids)
    member = ledger.vault.card.member
    new = [one for one in found if member not in {kept.author for kept in one.kept}]
    _sign(ledger, granted, new, _NO)
    return new


def _take_waiting(ledger: Ledger, ids: Sequence[str] | None) -> tuple[list[Compartment], list[Waiting]]:
    granted = [one for one in ledger.vault.compartments if "identity" in one.strata]
    if not granted:
        raise OnggiError("screen.identity", exit_code=Exit.REFUSED)
    waiting = {one.held.id: one for each in granted for one in list_waiting(ledger, each)}
    asked = list(waiting) if ids is None else list(dict.fromkeys(id.strip().lower() for id in ids))
    if not waiting.keys() >= set(asked):
        raise OnggiError("screen.absent", exit_code=Exit.USAGE)
    return granted, [waiting[id] for id in asked]


def _sign(ledger: Ledger, granted: Sequence[Compartment], found: Sequence[Waiting], word: Term) -> None:
    """Say of each whether it is screened, in place of what she, or anybody else if she is admin, said."""
    member = ledger.vault.card.member
    for compartment in [one.id for one in granted]:
        said = []
        for one in found:
            if one.held.compartment == compartment:
                case = one.held.statement.about.case
                older = [kept.id for kept in one.kept if ledger.may(member, kept.author)]
                replaced = older if word == _YES else []
                said.append(ledger.make_statement(one.held.id, case, SCREENED, word, supersedes=replaced))
        if said:
            ledger.append(ledger.vault.compartment(compartment), [(Stratum.RECORD, one) for one in said])


def _holds_words(held: Held, seers: Collection[str]) -> bool:
    """Whether somebody's words stand in it. A reason is screened as it is typed, by whoever may see names."""
    property = load_properties()[held.statement.what.property]
    if property.id in _WORDLESS or (property.keeping and held.author in seers):
        return False
    return bool(list_texts(held.statement))


def _look(held: Held, names: Sequence[Naming], screens: dict[str, Screen]) -> tuple[tuple[Span, ...], ...]:
    case = held.statement.about.case
    if case not in screens:
        screens[case] = Screen(names, case)
    return tuple(tuple(screens[case].find_names(text)) for text in list_texts(held.statement))
