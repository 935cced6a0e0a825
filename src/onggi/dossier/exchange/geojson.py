"""The places that are shown, as GeoJSON (RFC 7946): names, codes, and the middle of each.

A point is never finer than the place that is shown: of a county that was made coarser it is the middle of its
province. A member of our own says how far the place reaches, and that nothing is said to have happened at the
point; of a place without a middle the geometry is null (RFC 7946, §3.2 and §6.1). Pure.
"""

import json

from onggi.dossier.told import Told
from onggi.model.places import find_place
from onggi.model.value import Place


def write_geojson(told: Told) -> bytes:
    """A feature for each place, with the numbers of the statements that speak of it."""
    spoken: dict[str, list[int]] = {}
    for held in told.held:
        value = held.statement.value
        if isinstance(value, Place):
            spoken.setdefault(value.place, []).append(told.numbers[held.id])
    features = [_describe(told, id, numbers) for id, numbers in sorted(spoken.items())]
    note = told.say("places.middle")
    collection = {"type": "FeatureCollection", "note": note, "features": features}
    return (json.dumps(collection, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _describe(told: Told, id: str, numbers: list[int]) -> dict[str, object]:
    place = find_place(id)
    names = {lang: place.label(lang) for lang in ("en", "ko", "zh")} if place else {}
    codes = dict(place.codes) if place else {}
    kind = place.kind if place else None
    properties: dict[str, object] = {
        "place": id,
        "kind": kind,
        "name": names,
        "code": codes,
        "statements": numbers,
    }
    geometry: dict[str, object] | None = None
    if place and place.middle:
        middle = place.middle
        geometry = {"type": "Point", "coordinates": [middle.lon, middle.lat]}
        properties |= {
            "radius_m": middle.radius,
            "basis": told.say(f"places.basis.{middle.basis}"),
            "uncertain": "middle" in place.uncertain,
        }
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": properties}
