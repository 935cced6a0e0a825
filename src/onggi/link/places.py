"""Places as lists write them: the gazetteer's labels, and spellings by rule that it does not hold (§2).

Lists write a county as their country says it: 会宁 in Mandarin (Huining), 회령 by any romanisation. Such
spellings are made from the gazetteer's Hangul and characters by the rules of `names`.

Floor 4. Pure; the index is made when it is first asked for.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, product

from onggi.link.values import fold_text
from onggi.model.places import Place, list_around, load_places, place_labels, places_named
from onggi.names.hanja import read_character
from onggi.names.romanise import list_spellings

_SYSTEMS = ("revised", "mccune", "north")
_LEAST = 0.02  # of the spellings of a place in one system
_MOST = 12  # ways to say a place in Mandarin
_BETWEEN = re.compile(r"[\s,，、;；/()（）]+")
# Where one of these ends a Korean or Chinese text, what stands before may be a place by itself.
_INNER = re.compile(r"(?<=[도성시省市])(?=.{2})")
_HANGUL = re.compile(r"[가-힣]{2,}")
_HANZI = re.compile(r"[\u3400-\u9fff]{2,}")


@lru_cache(65536)
def read_place(text: str) -> tuple[str, ...]:
    """Ids of the places a text can mean: of a chain (North Hamgyong, Hoeryong) those of the finest part.

    Where neither gazetteer nor rules know one, the folded text stands for itself, after a `?`.
    """
    whole = find_named(text)
    if whole:
        return whole
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) == 1:
        parts = [part for part in _INNER.split(text) if part]
    found = [id for part in parts for id in find_named(part)] if len(parts) > 1 else []
    finest = max((len(list_above(id)) for id in found), default=0)
    known = sorted({id for id in found if len(list_above(id)) == finest})
    return tuple(known) if known else (f"?{fold_text(text)}",)


def find_named(text: str) -> tuple[str, ...]:
    """Places of this name, as the gazetteer has it; if none, those that rules spell so."""
    known = tuple(sorted(place.id for place in places_named(text)))
    return known or _index_spellings().get(_squeeze(text), ())


@cache
def list_above(id: str) -> tuple[str, ...]:
    """The places that a place lies in, the nearest first, without the country, which is the last."""
    return tuple(list_around(id)[1:-1])


@cache
def _index_spellings() -> Mapping[str, tuple[str, ...]]:
    index: defaultdict[str, set[str]] = defaultdict(set)
    for place in load_places().values():
        for spelling in _spell_place(place):
            index[_squeeze(spelling)].add(place.id)
    return {spelling: tuple(sorted(ids)) for spelling, ids in index.items()}


def _spell_place(place: Place) -> Iterator[str]:
    """Spellings by rule: of what the North calls it by sound, of all labels in characters in Mandarin."""
    labels = place_labels(place)
    if "ko_kp" in place.names:
        name = min((label for label in labels if place.names["ko_kp"].startswith(label)), key=len)
        for system in _SYSTEMS if _HANGUL.fullmatch(name) else ():
            spellings = list_spellings("", name, system, "joined")
            total = sum(spellings.values())
            yield from (text for text, chance in spellings.items() if chance >= _LEAST * total)
    for label in filter(_HANZI.fullmatch, labels):
        known = [read_character(char) for char in label]
        if all(known):
            said = [list(one.pinyin) for one in known if one is not None]
            for way in islice(product(*said), _MOST):
                yield re.sub(r"[1-5]", "", "".join(way))


def _squeeze(text: str) -> str:
    return re.sub(r"[\s'’‘ʼ`.·-]+", "", fold_text(text)).replace("ü", "u")
