"""The places that are shown, as GeoJSON (RFC 7946): names and codes, and no point.

The gazetteer has no coordinates, and a point in the middle of a province would be read as a place where
something happened. A geometry of null is what the standard has for that, and a member of our own says why
(both RFC 7946, §3.2 and §6.1). Pure.
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
    features = [_describe(id, numbers) for id, numbers in sorted(spoken.items())]
    note = told.say("places.unlocated")
    collection = {"type": "FeatureCollection", "note": note, "features": features}
    return (json.dumps(collection, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _describe(id: str, numbers: list[int]) -> dict[str, object]:
    place = find_place(id)
    names = {lang: place.label(lang) for lang in ("en", "ko", "zh")} if place else {}
    codes = dict(place.codes) if place else {}
    kind = place.kind if place else None
    properties = {"place": id, "kind": kind, "name": names, "code": codes, "statements": numbers}
    return {"type": "Feature", "id": id, "geometry": None, "properties": properties}
