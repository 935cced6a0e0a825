"""The map of a case: the places its record says, as wide as they were said, and a table that says the same.

Made from the record alone, whatever else is open: an exact place is identity, and where a hidden person is
ends on no map. Refused twice over: what is of another stratum, and what a property that covers how somebody
is reached says. A place that the gazetteer does not know is counted and not named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onggi.figures.map import draw_map, tell_map
from onggi.ledger.quotes import find_quotes
from onggi.web.answers import Answer, show
from onggi.web.casework import take_case
from onggi.web.shown import Piece, Showing, Shown
from onggi.web.spots import group_places, make_spot
from onggi.web.visit import Visit
from onggi.words import say

_MOST = 20  # statements of one place on this page


@dataclass(frozen=True, slots=True)
class Told:
    """A place by its number in the table, and what is said to have been there, as far as the page holds."""

    number: int
    label: str
    href: str
    statements: list[Shown]
    more: int


def show_map(visit: Visit) -> Answer:
    """The map, its table, and the statements behind them."""
    matter = take_case(visit)
    record = visit.view()
    portrait = visit.weigh(record, matter.entity).portrait
    groups = group_places(portrait)
    tongue = visit.tongue
    spots = [make_spot(id, held, portrait, tongue) for id, held in groups.items()]
    title = say("web_map.figure", tongue, case=matter.code)
    head, rows = tell_map(spots, tongue)
    quotes = find_quotes(record, [held for group in groups.values() for held in group[:_MOST]])
    showing = Showing(record, portrait, quotes, tongue)
    return show(
        "map.html",
        section="cases",
        matter=matter,
        figures=draw_map(spots, title=title, lang=tongue),
        head=head,
        rows=_link(head, rows, tongue),
        told=[
            Told(
                at,
                spot.label,
                f"/at/{held[0].id}",
                showing.statements(held[:_MOST]),
                max(0, len(held) - _MOST),
            )
            for at, (spot, held) in enumerate(zip(spots, groups.values(), strict=True), 1)
        ],
    )


def _link(
    head: Sequence[str], rows: Sequence[Sequence[str]], tongue: str
) -> list[list[str | tuple[Piece, ...]]]:
    """The rows, their numbers of statements leading to these."""
    counted = say("figures.map.head.count", tongue)
    return [
        [
            (Piece(cell, href=f"#place-{number}"),) if name == counted else cell
            for name, cell in zip(head, row, strict=True)
        ]
        for number, row in enumerate(rows, 1)
    ]


ROUTES = [("GET", "/case/{ref}/map", show_map)]
