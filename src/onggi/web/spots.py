"""Places of the record as a map draws them and people call them: as wide as they were said, in every script.

Pure. Refused twice over: what is of another stratum than the record, and what a property that covers how
somebody is reached says. Where a hidden person is ends on no map.
"""

from collections.abc import Iterator, Sequence

from onggi.figures.map import Spot
from onggi.ledger.held import Held
from onggi.ledger.view import Portrait
from onggi.model.places import NAMES, find_place, list_around
from onggi.model.places import Place as Known
from onggi.model.value import Place
from onggi.web.shown import REACH, Piece
from onggi.words import say

_TONGUES = {"en": "en", "ko": "ko", "zh": "zh", "hanja": "ko-Hani", "pinyin": "zh-Latn"}


def group_places(portrait: Portrait) -> dict[str, list[Held]]:
    """What is said of each place, the larger first; what nobody knows is last, under no id."""
    groups: dict[str, list[Held]] = {}
    for held in portrait.statements:
        said = held.statement
        if (
            held.stratum == "record"
            and said.what.property not in REACH
            and said.what.polarity == "asserts"
            and isinstance(said.value, Place)
        ):
            known = find_place(said.value.place)
            groups.setdefault(known.id if known else "", []).append(held)
    return dict(sorted(groups.items(), key=lambda pair: (not pair[0], list_around(pair[0])[::-1])))


def make_spot(id: str, held: Sequence[Held], portrait: Portrait, tongue: str) -> Spot:
    """A place of the gazetteer, as far as a map shows it, and how much is said to have been there."""
    contested = {one for conflict in portrait.conflicts for one in conflict.statements}
    conflict = any(one.id in contested for one in held)
    place = find_place(id)
    if place is None:
        label = say("web_map.unknown", tongue)
        return Spot(label, "", "", None, None, None, len(held), conflict=conflict)
    around = [find_place(one) for one in list_around(id)[1:]]
    middle = place.middle
    return Spot(
        label=place.label(tongue),
        kind=say(f"web_map.kind.{place.kind}", tongue),
        within=" · ".join(one.label(tongue) for one in around if one is not None),
        lon=middle.lon if middle else None,
        lat=middle.lat if middle else None,
        radius=middle.radius / 1000 if middle else None,
        count=len(held),
        uncertain="middle" in place.uncertain,
        conflict=conflict,
    )


def list_names(place: Known, tongue: str) -> list[list[str | tuple[Piece, ...]]]:
    """Every name of a place: what kind of name it is, and the name in its language; doubts are said."""
    return [
        [say(f"web_entity.spelled_{kind}", tongue), (Piece(name, lang), *doubt)]
        for kind, name, lang, doubted in _spell(place)
        for doubt in [(Piece(say("web_entity.spelled_doubted", tongue), tongue),) if doubted else ()]
    ]


def _spell(place: Known) -> Iterator[tuple[str, str, str, bool]]:
    for kind in NAMES:
        if kind in place.names:
            lang = _TONGUES.get(kind) or _TONGUES.get(kind[:2], "")
            yield kind, place.names[kind], lang, kind in place.uncertain
    for kind, names in (("also", place.also), ("former", place.former)):
        yield from ((kind, name, "", False) for name in names)
