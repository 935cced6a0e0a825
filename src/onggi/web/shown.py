"""A statement as a page shows it: a sentence whose every value has its language, and who stands behind it.

Pure. Made from a view and a portrait; templates (`pieces/statement.html`) read nothing else of a statement.
Refused: a name where identity is not open, since a view without identity holds none.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from onggi.ledger.held import Held
from onggi.ledger.quotes import Quotes, find_quotes, words_of
from onggi.ledger.sentence import say_value
from onggi.ledger.versions import is_changeable
from onggi.ledger.view import Portrait, View
from onggi.ledger.weigh import Conflict
from onggi.model.statement import Words
from onggi.model.value import Date, Entity, Place, Text, Value
from onggi.model.vocabulary import find_term, load_properties
from onggi.web.addresses import address
from onggi.web.days import say_date, say_moment
from onggi.web.manner import is_telling, speak_plainly
from onggi.words import known, say

HEADED = frozenset({"kind", "code", "verbatim"})
"""What a heading has said already, or what stands under the statement it belongs to."""

REACH = frozenset({"address", "phone", "account", "document_number", "exact_place", "contact_rule"})
"""Where a hidden person is and how she is reached: covered even where identity is open."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in its language; where it leads; whether it is a code, which is in none."""

    text: str
    lang: str = ""
    href: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The words as they were said, and their translation, if there is one, with who made it."""

    original: Piece
    translation: Piece | None
    translator: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement. `agreeing` are the sources that say the same and do not depend on this one.

    The value of a `covered` one is shown only to who asks for it. A `changeable` one leads to its versions,
    where it can be corrected or taken back.
    """

    id: str
    subject: Piece
    property: str
    value: tuple[Piece, ...]
    denied: bool
    contested: bool
    covered: bool
    stratum: str
    source: Piece | None
    near: str
    grade: str
    agreeing: tuple[Piece, ...]
    locator: str
    day: str
    recorder: str
    words: Quote | None
    changeable: bool = False


@dataclass(frozen=True, slots=True)
class Opposed:
    """What cannot all be true of one entity and property."""

    id: str
    subject: Piece
    property: str
    statements: tuple[Shown, ...]


class Showing:
    """Shows what one portrait holds, in one language."""

    def __init__(self, view: View, portrait: Portrait, quotes: Quotes, tongue: str) -> None:
        self._view = view
        self._portrait = portrait
        self._quotes = quotes
        self._tongue = tongue
        self._contested = frozenset(id for one in portrait.conflicts for id in one.statements)

    @classmethod
    def of(cls, view: View, found: Iterable[Held], tongue: str, quotes: Quotes | None = None) -> "Showing":
        """Shows single statements, such as a search finds: nobody has weighed them against others."""
        statements = tuple(found)
        nothing = Portrait("", None, None, statements, {}, (), False, 0)
        return cls(view, nothing, find_quotes(view, statements) if quotes is None else quotes, tongue)

    def statement(self, held: Held) -> Shown:
        """One statement."""
        said, tongue = held.statement, self._tongue
        agreeing = self._portrait.agreeing.get(held.id, ())
        return Shown(
            id=held.id,
            subject=self.name(said.subject),
            property=label_property(said.what.property, tongue),
            value=lead_to_place(show_value(said.value, self._view, tongue), held),
            denied=said.what.polarity == "denies",
            contested=held.id in self._contested,
            covered=said.what.property in REACH,
            stratum=held.stratum,
            source=self.name(said.source) if said.source else None,
            near=_say_distance(said.what.distance, tongue),
            grade=say_grade(said.what.reliability, said.what.credibility, tongue),
            agreeing=tuple(self.name(one) for one in agreeing if one != said.source),
            locator=said.trace.locator or "",
            day=say_moment(held.time[0], tongue),
            recorder=said.trace.recorder or held.author,
            words=_quote(words_of(held, self._quotes), tongue),
            changeable=is_changeable(said),
        )

    def statements(self, held: Iterable[Held], without: Collection[str] = HEADED) -> list[Shown]:
        """Statements in their order, but for those whose property a heading has said."""
        return [self.statement(one) for one in held if one.statement.what.property not in without]

    def conflict(self, one: Conflict) -> Opposed:
        """What contradicts what, side by side."""
        opposed = [held for id in one.statements if (held := self._view.statement(id)) is not None]
        return Opposed(
            id=one.statements[0],
            # Of entries that are one, the one that this is said of: the representative is anybody.
            subject=self.name(opposed[0].statement.subject),
            property=label_property(one.property, self._tongue),
            statements=tuple(map(self.statement, opposed)),
        )

    def name(self, entity: str) -> Piece:
        """An entity by its code, which leads to its page."""
        return name_entity(entity, self._view)


def set_aside(text: str, tongue: str) -> str:
    """A text in brackets, to stand right behind another, as they are written in a language."""
    return f"{say('web.aside.open', tongue)}{text}{say('web.aside.close', tongue)}"


def call_compartment(name: str, tongue: str) -> str:
    """A compartment by its name; the one that nobody named, in words."""
    id = f"web.compartment.{name}"
    return say(id, tongue) if known(id) else name


def name_entity(entity: str, view: View) -> Piece:
    """An entity by its code, which leads to its page."""
    return Piece(view.call(entity), href=address(view, entity), code=True)


def show_value(value: Value, view: View, tongue: str) -> tuple[Piece, ...]:
    """A value, each part of it in its own language."""
    match value:
        case Text(text=text, lang=lang):
            return (Piece(text, lang if lang != "und" else ""),)
        case Entity(entity=entity):
            return (name_entity(entity, view),)
        case Date(words=words, lang=lang):
            told = say_date(value, tongue)
            said = (Piece(f"“{words}”", lang or ""),) if is_telling(value, told) else ()
            return Piece(told, tongue), *said
    return (Piece(say_value(value, tongue, view.call, speak_plainly(tongue)), tongue),)


def lead_to_place(pieces: tuple[Piece, ...], held: Held) -> tuple[Piece, ...]:
    """A value that is a place of the record leads to its page; the path has the statement and no place."""
    said = held.statement
    if held.stratum != "record" or said.what.property in REACH or not isinstance(said.value, Place):
        return pieces
    return tuple(replace(one, href=f"/at/{held.id}") for one in pieces)


def label_property(name: str, tongue: str) -> str:
    """What a property is called; one that a later program added, by its id."""
    found = load_properties().get(name)
    return found.labels[tongue] if found else name


def _say_distance(distance: int | None, tongue: str) -> str:
    match distance:
        case None:
            return ""
        case 0:
            return say("web.statement.saw", tongue)
        case 1:
            return say("web.statement.heard", tongue)
    return say("web.statement.further", tongue, distance=distance)


def say_grade(reliability: str | None, credibility: int | None, tongue: str) -> str:
    """How a statement was graded."""
    grade = name_grade(reliability, credibility, tongue)
    return say("web.statement.graded", tongue, grade=grade) if grade else ""


def name_grade(reliability: str | None, credibility: int | None, tongue: str) -> str:
    """Both grades as the two characters that people know, and what they mean."""
    if reliability is None and credibility is None:
        return ""
    terms = (find_term("reliability", reliability or ""), find_term("credibility", str(credibility or "")))
    meaning = say("ledger.list", tongue).join(
        term.labels[tongue].lower() for term in terms if term is not None
    )
    grade = f"{reliability or '–'}{credibility or '–'}"
    return say("web.statement.grade", tongue, grade=grade, meaning=meaning)


def _quote(words: Words | None, tongue: str) -> Quote | None:
    if words is None:
        return None
    translation = (
        Piece(words.translation, words.translation_lang or tongue) if words.translation is not None else None
    )
    return Quote(Piece(words.original, words.lang), translation, words.translator or "")
