"""A place of the gazetteer, as one case speaks of it: its names in every script, its ring, what is recorded.

It is found by a statement that says it, so that no path tells where anybody looked. Made from the record
alone, whatever else is open. Refused: a statement of another stratum, and what says how somebody is reached.
"""

from onggi.errors import Exit, OnggiError
from onggi.figures.map import draw_map
from onggi.model.places import find_place, list_around
from onggi.model.value import Place
from onggi.web.answers import Answer, show
from onggi.web.paging import Paging
from onggi.web.shown import REACH, Showing, name_entity, show_value
from onggi.web.spots import group_places, list_names, make_spot
from onggi.web.visit import Visit
from onggi.words import say

_PAGE = 100


def show_place(visit: Visit) -> Answer:
    """The place that a statement says."""
    view, tongue = visit.view(), visit.tongue
    held = view.statement(visit.parts["ref"])
    if held is None or held.statement.what.property in REACH or not isinstance(held.statement.value, Place):
        raise OnggiError("ledger.absent", exit_code=Exit.ABSENT)
    case, id = held.statement.about.case, held.statement.value.place
    portrait, known = visit.weigh(view, case).portrait, find_place(id)
    groups = {one: said for one, said in group_places(portrait).items() if id in list_around(one)}
    spots = [make_spot(one, said, portrait, tongue) for one, said in groups.items()]
    said = [one for group in groups.values() for one in group] if known else [held]
    paging = Paging.of(said, visit.number("page", 1), _PAGE)
    showing = Showing(view, portrait, {}, tongue)
    title = say("web_map.figure", tongue, case=view.call(case))
    around = [find_place(one) for one in list_around(id)[1:]]
    return show(
        "place.html",
        section="cases",
        case=name_entity(case, view),
        label=show_value(held.statement.value, view, tongue),
        kind=say(f"web_map.kind.{known.kind}", tongue) if known else "",
        within=" · ".join(one.label(tongue) for one in around if one is not None),
        figures=draw_map(spots, title=title, lang=tongue) if known else (),
        spelled=list_names(known, tongue) if known else [],
        statements=showing.statements(paging.items),
        paging=paging,
    )


ROUTES = [("GET", "/at/{ref}", show_place)]
