"""Places on a sphere and on paper: Albers' equal-area conic, and rings of equal distance. Pure.

An area on paper is as large, against every other, as it is on the ground; near the two parallels that are
drawn true, forms are too. The sphere has the area of the Earth (GRS 80, authalic), which is off by less than
a fifth of a per cent in any length here: far less than the roundness of a ring.

Source: J. P. Snyder, Map Projections – A Working Manual, U.S. Geological Survey Professional Paper 1395
(1987): projection (14-1) to (14-6), p. 100; a place at a distance and azimuth (5-5) and (5-6), p. 31.
"""

from math import asin, atan2, cos, degrees, pi, radians, sin, sqrt

RADIUS = 6371.0072
"""Of the sphere, in kilometres."""

WEST, SOUTH, EAST, NORTH = 112.0, 33.0, 137.0, 54.0
"""What is drawn, in degrees: the coasts and borders in `shapes.json` are cut here."""

_TRUE = (radians(36.5), radians(50.5))  # a sixth of the height from either edge (p. 99)
_MIDDLE = radians((WEST + EAST) / 2)
_N = (sin(_TRUE[0]) + sin(_TRUE[1])) / 2
_C = cos(_TRUE[0]) ** 2 + 2 * _N * sin(_TRUE[0])
_ORIGIN = sqrt(_C - 2 * _N * sin(radians((SOUTH + NORTH) / 2))) / _N

Point = tuple[float, float]


def project(lon: float, lat: float) -> Point:
    """Degrees as kilometres to the right of the middle of what is drawn, and down from it."""
    reach = sqrt(_C - 2 * _N * sin(radians(lat))) / _N
    turn = _N * (radians(lon) - _MIDDLE)
    return RADIUS * reach * sin(turn), RADIUS * (reach * cos(turn) - _ORIGIN)


def ring_around(lon: float, lat: float, distance: float, count: int = 120) -> list[Point]:
    """Places, in degrees, that lie `distance` kilometres from one, all around it."""
    arc, north = distance / RADIUS, radians(lat)
    points = []
    for at in range(count):
        azimuth = 2 * pi * at / count
        up = sin(north) * cos(arc) + cos(north) * sin(arc) * cos(azimuth)
        across = sin(arc) * sin(azimuth)
        along = cos(north) * cos(arc) - sin(north) * sin(arc) * cos(azimuth)
        points.append((lon + degrees(atan2(across, along)), degrees(asin(max(-1.0, min(1.0, up))))))
    return points


def is_drawn(lon: float, lat: float) -> bool:
    """Whether a place lies within what is drawn."""
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


EDGE = tuple(
    project(*corner)
    for corner in (
        *((WEST + (EAST - WEST) * at / 50, SOUTH) for at in range(51)),
        *((EAST - (EAST - WEST) * at / 50, NORTH) for at in range(51)),
    )
)
"""The edge of what is drawn, on paper; meridians are straight there and parallels are not."""
