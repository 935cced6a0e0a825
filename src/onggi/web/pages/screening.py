"""Texts that nobody with identity has looked through: each as it stands, with what may be a name marked.

To see what is a name is to see names, so identity is open, for a reason that is signed. Whoever lets a text
through, or holds it back, signs that. Refused: to let through a text in which a known name stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from onggi.errors import Finding, OnggiError
from onggi.ledger.screen import Span, list_texts
from onggi.ledger.screening import Waiting, hold_back, list_waiting, screen_waiting
from onggi.model.statement import Statement
from onggi.model.value import Date, Number, Text
from onggi.web.answers import Answer, go, show
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.paging import Paging
from onggi.web.shown import Piece, label_property, name_entity
from onggi.web.visit import Visit

_SECTION = "waiting"
_PAGE = 25
_DONE = ("through", "kept", "gone", "named")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters of one text; `named` where something of the vault's list stands."""

    text: str
    named: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement that waits: whose, in which case, its texts each in its language, who held it back."""

    id: str
    about: Piece
    case: Piece
    property: str
    texts: tuple[tuple[str, tuple[Part, ...]], ...]
    named: bool
    day: str
    recorder: str
    kept: tuple[tuple[str, str], ...]
    mine: bool


def show_waiting(visit: Visit) -> Answer:
    """What waits, as far as identity is open; or why it has to be, which opens nothing."""
    return _show(visit) if visit.identity.signed else _ask(visit, Form())


def open_names(visit: Visit) -> Answer:
    """Sign that names of every case of a compartment are read, and why."""
    form = Form(visit.fields)
    compartment = visit.ledger.vault.compartment(form.value("compartment") or None)
    try:
        visit.identity.open(visit.ledger, compartment.id, None, form.value("reason"))
    except OnggiError as error:
        if error.id != "ledger.reason":
            raise
        return _ask(visit, Form(visit.fields, [Finding(error.id, "reason")]))
    return go("/screening")


def decide(visit: Visit) -> Answer:
    """Let through what holds no known name, or hold back; both are signed."""
    if visit.identity.signed is None:
        return go("/screening")
    asked, known = visit.fields.get("what", ()), {one.held.id for one in _list(visit)}
    ids = [id for id in dict.fromkeys(asked) if id in known]
    if not ids:
        return go("/screening?done=gone")
    if visit.field("do") == "keep":
        hold_back(visit.ledger, ids)
        return go("/screening?done=kept")
    if visit.field("do") == "through":
        _, named = screen_waiting(visit.ledger, ids)
        return go(f"/screening?done={'named' if named else 'through'}")
    return go("/screening")


def _list(visit: Visit) -> list[Waiting]:
    """What waits where identity is open: in one case, or in all of a compartment."""
    signed = visit.identity.signed
    if signed is None:
        return []
    compartment = visit.ledger.vault.compartment(signed.compartment)
    found = list_waiting(visit.ledger, compartment)
    return [one for one in found if visit.identity.covers(one.held.statement.about.case)]


def _show(visit: Visit) -> Answer:
    waiting = _list(visit)
    paging = Paging.of(waiting, visit.number("page", 1), _PAGE)
    done = (visit.asked.get("done") or ("",))[-1]
    readings = [_read(visit, one) for one in paging.items]
    return show(
        "screening.html",
        section=_SECTION,
        readings=readings,
        paging=paging,
        done=done if done in _DONE else "",
        clean=[one.id for one in readings if not one.named and not one.kept],
        partly=visit.identity.signed is not None and visit.identity.signed.case is not None,
    )


def _ask(visit: Visit, form: Form) -> Answer:
    places = [one for one in visit.ledger.vault.compartments if "identity" in one.strata]
    return show(
        "screening_names.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        form=form,
        compartments=[(one.name, one.name) for one in places],
    )


def _read(visit: Visit, one: Waiting) -> Reading:
    view, held, ledger = visit.view(), one.held, visit.ledger
    said = held.statement
    languages = dict(_list_languages(said))
    texts = zip(list_texts(said), one.places, strict=True)
    return Reading(
        held.id,
        name_entity(said.subject, view),
        name_entity(said.about.case, view),
        label_property(said.what.property, visit.tongue),
        tuple((languages.get(text, ""), tuple(_cut(text, places))) for text, places in texts),
        one.place is not None,
        say_moment(held.time[0], visit.tongue),
        held.author,
        tuple((say_moment(kept.time[0], visit.tongue), kept.author) for kept in one.kept),
        ledger.may(ledger.vault.card.member, held.author),
    )


def _cut(text: str, places: tuple[Span, ...]) -> Iterator[Part]:
    """A text, run by run: what stands before a place, the place, and so on."""
    at = 0
    for start, end in places:
        if at < start:
            yield Part(text[at:start], named=False)
        yield Part(text[start:end], named=True)
        at = end
    if at < len(text):
        yield Part(text[at:], named=False)


def _list_languages(said: Statement) -> Iterator[tuple[str, str]]:
    """Texts of a statement with the language each is in, as far as it is said."""
    match said.value:
        case Text(text=text, lang=lang):
            yield text, lang if lang != "und" else ""
        case Date(words=words, lang=lang) if words:
            yield words, lang or ""
        case Number(of=of, lang=lang) if of:
            yield of, lang or ""
    if said.words is not None:
        yield said.words.original, said.words.lang
        if said.words.translation:
            yield said.words.translation, said.words.translation_lang or ""


ROUTES = [
    ("GET", "/screening", show_waiting),
    ("POST", "/screening", decide),
    ("POST", "/screening/open", open_names),
]
