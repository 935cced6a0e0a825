"""Search: a word, a code, a place, a name in any spelling. What was typed stands in no address.

Results lie in memory under a random id, so that somebody can go back to them, or read them in another
language, without sending anything again. Names are searched only where identity is open, with a reason.
"""

from dataclasses import dataclass
from typing import Any

from onggi.errors import Finding, OnggiError
from onggi.ledger.view import Hit, View
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.form import Form
from onggi.web.searches import Search
from onggi.web.shown import HEADED, Piece, Showing, Shown, name_entity
from onggi.web.visit import Visit
from onggi.words import say

_PAGE = 50
_FEW = 3  # statements of one entity; its page has all


@dataclass(frozen=True, slots=True)
class Found:
    """An entity of which something was found: why, where a name is recorded in another spelling; what, and
    how much more."""

    code: Piece
    kind: str
    why: list[str]
    statements: list[Shown]
    more: int


def show_form(visit: Visit) -> Answer:
    """An empty form."""
    return show("search.html", section="search", form=Form.of(order="newest"), **_describe(visit))


def start_search(visit: Visit) -> Answer:
    """Keep the query in memory and go to what it finds; open identity first where that was asked for."""
    form = Form(visit.fields)
    query = form.value("query")
    findings = [Finding("ledger.query", "query")] if not query.strip() else []
    if form.value("names") and not visit.identity.everywhere:
        if not form.value("reason").strip():
            findings.append(Finding("ledger.reason", "reason"))
        if not findings:
            visit.identity.open(visit.ledger, visit.ledger.vault.compartment().id, None, form.value("reason"))
    if findings:
        form = Form(visit.fields, findings)
        return show("search.html", status=422, section="search", form=form, **_describe(visit))
    exact = _find_code(visit.view(), query)
    if exact:
        return go(exact)
    order = "best" if form.value("order") == "best" else "newest"
    return go(f"/found/{visit.searches.keep(Search(query, order))}")


def show_found(visit: Visit) -> Answer:
    """What a search of this session finds now."""
    search = visit.searches.find(visit.parts["id"])
    if search is None:
        raise OnggiError("web_search.gone")
    view = visit.everywhere()
    page = visit.number("page", 1)
    hits = view.search(search.query, search.order, page * _PAGE + 1)
    shown = hits[(page - 1) * _PAGE : page * _PAGE]
    for hit in shown:
        if hit.spelled is not None:
            visit.walked.mark("find", hit.held.statement.about.case)
    return show(
        "found.html",
        section="search",
        form=Form.of(query=search.query, order=search.order),
        found=_show_hits(shown, view, visit.tongue),
        page=page,
        more=len(hits) > page * _PAGE,
        id=visit.parts["id"],
        **_describe(visit),
    )


def _show_hits(hits: list[Hit], view: View, tongue: str) -> list[Found]:
    """What was found, entity by entity, in the order of the first that was found of each."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(_find_subject(hit, view), []).append(hit)
    showing = Showing.of(view, (hit.held for hit in hits), tongue)
    found = []
    for entity, group in groups.items():
        told = [hit.held for hit in group if hit.held.statement.what.property not in HEADED]
        kind = view.kind_of(entity)
        found.append(
            Found(
                name_entity(entity, view),
                say(f"cli.kind.{kind}", tongue) if kind else "",
                list(dict.fromkeys(hit.spelled.tell(tongue) for hit in group if hit.spelled is not None)),
                [showing.statement(held) for held in told[:_FEW]],
                max(0, len(told) - _FEW),
            )
        )
    return found


def _find_subject(hit: Hit, view: View) -> str:
    """Of whom it is; of words, whose statement they belong to."""
    spoken = view.statement(hit.held.statement.subject)
    return spoken.statement.subject if spoken else hit.held.statement.subject


def _find_code(view: View, query: str) -> str | None:
    """The page of what a query names by its code, if it does."""
    try:
        found = view.find(query)
    except OnggiError:
        return None
    return address(view, found)


def _describe(visit: Visit) -> dict[str, Any]:
    """What the form needs to know: whether names may be searched, and are already open."""
    may = any("identity" in one.strata for one in visit.ledger.vault.compartments)
    return {"may": may, "everywhere": visit.identity.everywhere}


ROUTES = [
    ("GET", "/search", show_form),
    ("POST", "/search", start_search),
    ("GET", "/found/{id}", show_found),
]
