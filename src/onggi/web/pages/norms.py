"""The norms, avenues and treaties that answers go by: all of them, or one as a page. They are no case's.

It says what `onggi norms` says, line by line. What is typed to find one is answered in place, and a page
stands under a mark (web.shelfmarks): no address tells which law was read. Refused: a mark of another session.
"""

from dataclasses import dataclass
from itertools import groupby

from onggi.errors import Exit, OnggiError
from onggi.law.catalogue import (
    AnyEntry,
    Line,
    describe_entry,
    find_entry,
    kind_of,
    list_entries,
    seek_entries,
    title_of,
    titles_of,
)
from onggi.law.norms import Norm
from onggi.law.shelf import quote_entry
from onggi.law.telling import say_own
from onggi.web.answers import Answer, show
from onggi.web.casework import take_case
from onggi.web.days import spell_days
from onggi.web.form import Form
from onggi.web.rendering import TONGUES
from onggi.web.shown import Piece
from onggi.web.visit import Visit
from onggi.words import say


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one jurisdiction, or of one kind, and where on the page they stand."""

    id: str
    name: str
    entries: list["Listed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in the list: its id, which leads to its page; its title, the law's own one; how sure it is;
    who corrected it when."""

    id: Piece
    title: str
    local: Piece | None
    sure: str
    own: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the page of an entry, and what hangs on it."""

    said: list[Piece]
    under: str


def list_norms(visit: Visit) -> Answer:
    """All of them."""
    return _show_list(visit, Form(), list_entries(visit.shelf))


def seek_norms(visit: Visit) -> Answer:
    """Those in which what was typed stands."""
    return _show_list(visit, Form(visit.fields), seek_entries(visit.shelf, visit.field("query")))


def show_norm(visit: Visit) -> Answer:
    """One, with the way back to the law of the case that led to it."""
    case = take_case(visit).reference if "ref" in visit.parts else ""
    key = visit.shelfmarks.find(visit.parts["mark"])
    if key is None:
        raise OnggiError("web_norms.gone", exit_code=Exit.ABSENT)
    shelf, tongue = visit.shelf, visit.tongue
    try:
        entry = find_entry(shelf, key[1], key[0])
    except OnggiError:  # of a correction that was let go of
        raise OnggiError("web_norms.gone", exit_code=Exit.ABSENT) from None
    parts: dict[str, list[Told]] = {}
    for line in describe_entry(entry, tongue):
        place = _PLACES.get(line.part, "texts")
        parts.setdefault(place, []).append(_tell(visit, line, entry, case))
    return show(
        "norm.html",
        section="cases" if case else "search",
        case=case,
        id=entry.id,
        kind=_name_group(entry, tongue) if isinstance(entry, Norm) else say(f"law.kind.{key[0]}", tongue),
        title=title_of(entry, tongue),
        titles=[(name, [Piece(titles_of(entry)[id], id)]) for id, name in TONGUES],
        parts=parts,
        begin=visit.parts["mark"] if quote_entry(*key) else "",
        corrected=spell_days("".join(say_own(entry.standing, tongue)), tongue),
    )


def _tell(visit: Visit, line: Line, entry: AnyEntry, case: str) -> Told:
    text = spell_days(line.text, visit.tongue) if line.part in _DATED else line.text
    if line.part == "law" and isinstance(entry, Norm):
        before, title, after = text.partition(entry.local_title)
        pieces = Piece(before), Piece(title, entry.instrument.lang), Piece(after)
        return Told([one for one in pieces if one.text], line.under)
    shelf = visit.shelf
    said = visit.shelfmarks.lead(text, shelf, case)
    if _PLACES.get(line.part) == "beside":
        titles = (title_of(shelf.norms[one.text], visit.tongue) for one in said if one.href)
        return Told(said, " · ".join(titles))
    return Told(said, line.under)


def _show_list(visit: Visit, form: Form, found: list[AnyEntry]) -> Answer:
    tongue = visit.tongue
    groups = [
        Group(f"group-{at}", _name_group(entries[0], tongue), [_list(visit, one) for one in entries])
        for at, entries in enumerate(_part(found))
    ]
    return show("norms.html", section="search", form=form, groups=groups, count=len(found))


def _part(found: list[AnyEntry]) -> list[list[AnyEntry]]:
    """Norms by jurisdiction, as they first come; then avenues; then treaties."""
    places = list(dict.fromkeys(map(_place, found)))
    return [list(one) for _, one in groupby(sorted(found, key=lambda one: places.index(_place(one))), _place)]


def _place(entry: AnyEntry) -> str:
    return entry.instrument.jurisdiction if isinstance(entry, Norm) else kind_of(entry)


def _name_group(entry: AnyEntry, tongue: str) -> str:
    if isinstance(entry, Norm):
        return say(f"law.jurisdiction.{entry.instrument.jurisdiction}", tongue)
    return say(f"web_norms.group.{kind_of(entry)}", tongue)


def _list(visit: Visit, entry: AnyEntry) -> Listed:
    tongue = visit.tongue
    lang = entry.instrument.lang if isinstance(entry, Norm) else tongue
    return Listed(
        Piece(entry.id, href=visit.shelfmarks.address(entry), code=True),
        title_of(entry, tongue),
        Piece(titles_of(entry)[lang], lang) if lang != tongue else None,
        say(
            "law.page.confidence",
            tongue,
            confidence=say(f"law.confidence.{entry.standing.confidence}", tongue),
        ),
        spell_days("".join(say_own(entry.standing, tongue)), tongue),
    )


_DATED = ("in_force", "in_force_to", "changed", "review", "version")
_PLACES = {
    "review": "review",
    "law": "law",
    "flag": "cautions",
    "complaint_only": "cautions",
    "gate": "cautions",
    "why": "cautions",
    "guard": "guards",
    "in_force": "force",
    "in_force_to": "force",
    "changed": "force",
    "element": "elements",
    "tier": "tiers",
    "needs": "beside",
    "related": "beside",
    "note": "note",
    "version": "sure",
    "confidence": "sure",
    "sources": "sure",
}
"""Where on the page a line stands; all others, which are what avenues and treaties say, stand in `texts`."""
ROUTES = [
    ("GET", "/norms", list_norms),
    ("POST", "/norms", seek_norms),
    ("GET", "/norm/{mark}", show_norm),
    ("GET", "/case/{ref}/law/norm/{mark}", show_norm),
]
