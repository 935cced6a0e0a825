"""A map that says no more than was said: each place as the middle of all of it, with the ring it lies in.

Pure (§7). A mark is not where something happened, and a cross says so better than a dot. Drawn is the part of
the region that holds the rings, and at least 500 km of it. What has no middle, or lies outside the region, is
not drawn; the table has it, and says why. Refused: a ring narrower than ten kilometres, since whatever is
that exact is nobody's to show; more than 400 places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from onggi.errors import Exit, OnggiError
from onggi.figures.coasts import Frame, cut_form, cut_line, list_edges, list_land
from onggi.figures.conic import EDGE, Point, is_drawn, project, ring_around
from onggi.figures.figure import HEIGHT, NARROWEST, WIDTH, Figure, Row, drop_empty
from onggi.figures.ink import DEEP, FAINT, INK, LINE, PAPER, SOFT, WASH
from onggi.figures.legend import Key, draw_legend, measure_legend
from onggi.figures.measure import clean_text, cut_text, measure_text
from onggi.figures.svg import draw, draw_picture, draw_strokes, draw_text, write_number
from onggi.words import say

MOST = 400
"""Places in one map."""

FINEST = 10.0
"""No ring is narrower, in kilometres."""

_LEAST = 500.0  # kilometres from edge to edge: nearer than that, coasts would look surveyed
_MARGIN = 0.06
_LABEL = 11.0
_WIDEST = 150.0  # of a label
_CROSS = 4.0
_STEP = 1.0  # units between points of a coast
_BAR = (1000, 500, 200, 100, 50)  # kilometres that a scale may show

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its name, what it is and lies in, its middle in degrees with its ring, and how much is said.

    `lon`, `lat` and `radius` (kilometres) are None where no source gives a middle. `uncertain` is said of the
    middle, `conflict` of what is said to have been there.
    """

    label: str
    kind: str
    within: str
    lon: float | None
    lat: float | None
    radius: float | None
    count: int
    uncertain: bool = False
    conflict: bool = False

    @property
    def drawn(self) -> bool:
        """Whether a map of the region can show it."""
        return self.lon is not None and self.lat is not None and is_drawn(self.lon, self.lat)


def draw_map(
    spots: Sequence[Spot], *, title: str, lang: str, width: int = WIDTH, height: int = HEIGHT
) -> tuple[Figure, ...]:
    """The places on one page, numbered in the order handed in; nothing if none of them can be drawn."""
    if len(spots) > MOST:
        raise OnggiError("figures.many", exit_code=Exit.REFUSED, count=len(spots), most=MOST)
    if any(one.lon is not None and not (one.radius or 0) >= FINEST for one in spots):
        raise OnggiError("figures.map.fine", exit_code=Exit.REFUSED, finest=int(FINEST))
    rings = [_ring(one) if one.drawn else [] for one in spots]
    if not any(rings):
        return ()
    width, keys = max(width, NARROWEST), _list_keys(spots, lang)
    legend = measure_legend(keys, width) + 8
    frame = _frame([point for ring in rings for point in ring], width / (max(height, NARROWEST) - legend))
    scale = width / (frame[2] - frame[0])
    bottom = (frame[3] - frame[1]) * scale
    parts = _draw_ground(frame, scale)
    for one, ring in zip(spots, rings, strict=True):
        parts += _draw_ring(ring, frame, scale, uncertain=one.uncertain)
    bar, taken = _draw_scale(scale, bottom, lang)
    parts += [*_draw_marks(spots, frame, scale, width, bottom, taken), *bar]
    parts.append(draw("rect", x=0.5, y=0.5, width=width - 1, height=bottom - 1, fill="none", stroke=LINE))
    parts += draw_legend(keys, 0, bottom + 8, width)
    named = clean_text(title)
    shown = [one for one in spots if one.drawn]
    numbers = {"places": len(spots), "drawn": len(shown), "doubted": sum(one.uncertain for one in shown)}
    alt = say("figures.map.alt", lang, **numbers)
    tall = ceil(bottom + legend + 2)
    svg = draw_picture(parts, width, tall, title=named, alt=alt, lang=lang)
    return (Figure(svg, width, tall, named, alt, *tell_map(spots, lang)),)


def tell_map(spots: Sequence[Spot], lang: str) -> tuple[Row, tuple[Row, ...]]:
    """The table that says what a map does, and what it cannot show."""
    head = ("number", "place", "kind", "within", "radius", "count", "notes")
    rows: list[Row] = [
        (
            str(number),
            clean_text(one.label),
            clean_text(one.kind),
            clean_text(one.within),
            f"{one.radius:,.0f}" if one.lon is not None and one.radius else "",
            f"{one.count:,}",
            say("ledger.between", lang).join(say(f"figures.map.{note}", lang) for note in _list_notes(one)),
        )
        for number, one in enumerate(spots, 1)
    ]
    return drop_empty(tuple(say(f"figures.map.head.{name}", lang) for name in head), rows)


def _list_notes(one: Spot) -> list[str]:
    notes = {
        "no_middle": one.lon is None,
        "outside": one.lon is not None and not one.drawn,
        "uncertain": one.lon is not None and one.uncertain,
        "conflict": one.conflict,
    }
    return [note for note, holds in notes.items() if holds]


def _ring(one: Spot) -> list[Point]:
    """A ring on paper, closed; what lies outside the region is cut at its edge."""
    lon, lat, radius = one.lon or 0.0, one.lat or 0.0, one.radius or 0.0
    around = ring_around(lon, lat, radius)
    return [project(*point) for point in [*around, around[0]]]


def _frame(points: Sequence[Point], shape: float) -> Frame:
    """What is drawn: all rings, no less than `_LEAST`, no more than the region, no higher than the page."""
    edge = _region()
    xs, ys = [x for x, _ in points], [y for _, y in points]
    bounds = [max(min(xs), edge[0]), max(min(ys), edge[1]), min(max(xs), edge[2]), min(max(ys), edge[3])]
    across = max((bounds[2] - bounds[0]) * (1 + 2 * _MARGIN), _LEAST)
    down = max((bounds[3] - bounds[1]) * (1 + 2 * _MARGIN), _LEAST * 0.7)
    across = max(across, down * max(shape, 0.75))
    middle_x, middle_y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    return (middle_x - across / 2, middle_y - down / 2, middle_x + across / 2, middle_y + down / 2)


def _region() -> Frame:
    xs, ys = [x for x, _ in EDGE], [y for _, y in EDGE]
    return min(xs), min(ys), max(xs), max(ys)


def _draw_ground(frame: Frame, scale: float) -> list[str]:
    """Sea, land, coasts and borders."""
    edge = cut_form(list(EDGE), frame)
    sea = _path([*edge, edge[0]], frame, scale)
    parts = [draw("path", d=sea, fill=WASH, stroke=FAINT)]
    for ring in list_land(frame, _STEP / scale):
        parts.append(draw("path", d=_path(ring, frame, scale), fill=PAPER, stroke="none"))
    for line in list_edges(frame, _STEP / scale):
        path = _path(line, frame, scale)
        parts.append(draw("path", d=path, fill="none", stroke=LINE, stroke_width=0.7))
    return parts


def _draw_ring(ring: Sequence[Point], frame: Frame, scale: float, *, uncertain: bool) -> list[str]:
    path = "".join(_path(line, frame, scale) for line in cut_line(list(ring), frame))
    dashes = "5 4" if uncertain else None
    ink: dict[str, str | float | None] = {"fill": "none", "stroke": DEEP, "stroke_width": 1.3}
    return [draw("path", d=path, stroke_dasharray=dashes, **ink)] if path else []


def _draw_marks(
    spots: Sequence[Spot], frame: Frame, scale: float, width: int, bottom: float, taken: Box
) -> list[str]:
    """Crosses and labels, those of whom most is said first; a label that has no room is its number alone."""
    places = {
        number: _at(project(one.lon, one.lat), frame, scale)
        for number, one in enumerate(spots, 1)
        if one.lon is not None and one.lat is not None and one.drawn
    }
    full = [taken, *((x - _CROSS, y - _CROSS, x + _CROSS, y + _CROSS) for x, y in places.values())]
    parts: list[str] = []
    for number, (x, y) in sorted(places.items(), key=lambda pair: (-spots[pair[0] - 1].count, pair[0])):
        strokes = [(x - _CROSS, y, x + _CROSS, y), (x, y - _CROSS, x, y + _CROSS)]
        parts += draw_strokes(strokes, stroke=INK, width=1.6)
        for label in _list_labels(number, spots[number - 1]):
            box = _find_room(label, x, y, full, (0.0, 0.0, float(width), bottom))
            if box is not None:
                full.append(box)
                left, top, right, low = box
                behind = {"x": left, "y": top, "width": right - left, "height": low - top}
                parts.append(draw("rect", fill=PAPER, rx=2, **behind))
                parts.append(draw_text(left + 2, top + _LABEL + 0.5, label, _LABEL))
                break
    return parts


def _list_labels(number: int, one: Spot) -> list[str]:
    """A label at its full length and at its shortest."""
    signs = ("?" if one.uncertain else "") + (" ≠" if one.conflict else "")
    end = f"{signs} ({one.count:,})"
    name = cut_text(f"{number} {clean_text(one.label)}", _LABEL, _WIDEST - measure_text(end, _LABEL))
    return [name + end, str(number)]


def _find_room(label: str, x: float, y: float, full: Sequence[Box], paper: Box) -> Box | None:
    """Where a label fits beside a mark: on nothing else, and on the paper."""
    across, down = measure_text(label, _LABEL) + 4, _LABEL + 4
    gap = _CROSS + 2
    for left, top in (
        (x + gap, y - down / 2),
        (x - gap - across, y - down / 2),
        (x - across / 2, y - gap - down),
        (x - across / 2, y + gap),
        (x + gap, y - gap - down),
        (x + gap, y + gap),
        (x - gap - across, y - gap - down),
        (x - gap - across, y + gap),
    ):
        box = (left, top, left + across, top + down)
        within = paper[0] <= left and paper[1] <= top and box[2] <= paper[2] and box[3] <= paper[3]
        if within and not any(_meet(box, other) for other in full):
            return box
    return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _draw_scale(scale: float, bottom: float, lang: str) -> tuple[list[str], Box]:
    """A line as long as so many kilometres, at the lower left, and the room it takes."""
    length = next((one for one in _BAR if one * scale <= 150), _BAR[-1])
    right, y = 12 + length * scale, bottom - 12
    text = say("figures.map.scale", lang, length=length)
    box = (6.0, y - 20, max(right, 12 + measure_text(text, _LABEL)) + 6, bottom - 4)
    strokes = [(12, y, right, y), (12, y - 4, 12, y + 4), (right, y - 4, right, y + 4)]
    ground = {"x": box[0], "y": box[1], "width": box[2] - box[0], "height": box[3] - box[1]}
    parts = [draw("rect", fill=PAPER, stroke=FAINT, **ground), *draw_strokes(strokes, stroke=SOFT)]
    return [*parts, draw_text(12, y - 7, text, _LABEL, fill=SOFT)], box


def _list_keys(spots: Sequence[Spot], lang: str) -> list[Key]:
    shown = [one for one in spots if one.drawn]
    keys = [Key(_sample_mark, say("figures.map.middle", lang))]
    if any(not one.uncertain for one in shown):
        keys.append(Key(lambda x, y: _sample_ring(x, y, None), say("figures.map.ring", lang)))
    if any(one.uncertain for one in shown):
        keys.append(Key(lambda x, y: _sample_ring(x, y, "5 4"), say("figures.map.ring_uncertain", lang)))
    if any(one.conflict for one in shown):
        keys.append(Key(_sample_conflict, say("figures.map.conflict", lang)))
    return [*keys, Key(_sample_count, say("figures.map.count", lang))]


def _sample_mark(x: float, y: float) -> list[str]:
    return draw_strokes([(x + 10, y, x + 18, y), (x + 14, y - 4, x + 14, y + 4)], stroke=INK, width=1.6)


def _sample_ring(x: float, y: float, dashes: str | None) -> list[str]:
    ink: dict[str, str | float | None] = {"fill": "none", "stroke": DEEP, "stroke_width": 1.3}
    return [draw("circle", cx=x + 14, cy=y, r=7, stroke_dasharray=dashes, **ink)]


def _sample_conflict(x: float, y: float) -> list[str]:
    return [draw_text(x + 10, y + 4, "≠", _LABEL)]


def _sample_count(x: float, y: float) -> list[str]:
    return [draw_text(x + 6, y + 4, "(12)", _LABEL)]


def _at(point: Point, frame: Frame, scale: float) -> Point:
    return (point[0] - frame[0]) * scale, (point[1] - frame[1]) * scale


def _path(line: Sequence[Point], frame: Frame, scale: float) -> str:
    places = (" ".join(map(write_number, _at(point, frame, scale))) for point in line)
    return "M" + "L".join(places)
