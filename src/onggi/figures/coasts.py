"""Coasts and borders of the region, on paper: the land as closed forms, its edges as lines.

Pure but for package data, read when first asked: `shapes.json`, cut from Natural Earth (public domain) and
rounded to about a hundred metres. Where it was cut is no border, and no line is drawn there.
"""

import json
from functools import cache
from importlib.resources import files

from onggi.figures.conic import EAST, NORTH, SOUTH, WEST, Point, project

Frame = tuple[float, float, float, float]
"""Left, top, right and bottom, in kilometres."""

_Ring = list[Point]


@cache
def load_coasts() -> tuple[tuple[_Ring, _Ring], ...]:
    """Every outline: in degrees, and as it is projected."""
    read = json.loads(files("onggi.figures").joinpath("shapes.json").read_text("utf-8"))
    outlines = [
        [(float(lon), float(lat)) for lon, lat in ring]
        for feature in read["features"]
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
    ]
    return tuple((ring, [project(lon, lat) for lon, lat in ring]) for ring in outlines)


def list_land(frame: Frame, step: float) -> list[_Ring]:
    """Closed forms within a frame, without turns of less than `step`."""
    kept = (cut_form(_thin(ring, step), frame) for _, ring in load_coasts())
    return [ring for ring in kept if len(ring) > 2]


def list_edges(frame: Frame, step: float) -> list[_Ring]:
    """Coasts and borders within a frame, but not where the shapes were cut."""
    lines = []
    for degrees, ring in load_coasts():
        line: _Ring = []
        for at, point in enumerate(ring):
            if at and _is_cut(degrees[at - 1], degrees[at]):
                lines.append(line)
                line = []
            line.append(point)
        lines.append(line)
    return [part for line in lines if len(line) > 1 for part in cut_line(_thin(line, step), frame)]


def cut_form(ring: _Ring, frame: Frame) -> _Ring:
    """A closed form within a frame, edge by edge (Sutherland and Hodgman 1974)."""
    for axis, bound, sign in ((0, frame[0], 1), (0, frame[2], -1), (1, frame[1], 1), (1, frame[3], -1)):
        kept: _Ring = []
        for at, point in enumerate(ring):
            before = ring[at - 1]
            inside, was = (sign * (one[axis] - bound) >= 0 for one in (point, before))
            if inside != was:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                kept.append(_between(before, point, share))
            if inside:
                kept.append(point)
        ring = kept
    return ring


def cut_line(line: _Ring, frame: Frame) -> list[_Ring]:
    """The parts of a line that lie within a frame (Liang and Barsky 1984, for each stretch)."""
    parts: list[_Ring] = []
    for start, end in zip(line, line[1:], strict=False):
        first, last = 0.0, 1.0
        for axis, low, high in ((0, frame[0], frame[2]), (1, frame[1], frame[3])):
            length = end[axis] - start[axis]
            if length == 0:
                if not low <= start[axis] <= high:
                    first, last = 1.0, 0.0
                continue
            ends = sorted(((low - start[axis]) / length, (high - start[axis]) / length))
            first, last = max(first, ends[0]), min(last, ends[1])
        if first < last:
            stretch = [_between(start, end, first), _between(start, end, last)]
            if parts and first == 0.0 and parts[-1][-1] == stretch[0]:
                parts[-1].append(stretch[1])
            else:
                parts.append(stretch)
    return parts


def _between(start: Point, end: Point, share: float) -> Point:
    if share in (0.0, 1.0):
        return end if share else start
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _thin(line: _Ring, step: float) -> _Ring:
    """Without points that lie nearer than a step to the one before; both ends stay."""
    kept = line[:1]
    for x, y in line[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step:
            kept.append((x, y))
    return kept + line[-1:] if len(line) > 1 else kept


def _is_cut(start: Point, end: Point) -> bool:
    """Whether a stretch runs along where the shapes were cut."""
    return any(
        start[axis] == end[axis] == bound for axis, bound in ((0, WEST), (0, EAST), (1, SOUTH), (1, NORTH))
    )
