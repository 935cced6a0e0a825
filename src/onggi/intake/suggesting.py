"""What somebody who types can mean: a property, a term, a place, a person; in any script, by any spelling.

Suggestions propose and choose nothing. Floor 5. Pure, save that persons are looked for in a view in which
identity is open. Refused: a guess where several are meant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onggi.ledger.bigrams import normalise
from onggi.ledger.spelling import Spelled, find_places
from onggi.ledger.view import View
from onggi.model.places import find_place, load_places, place_labels, places_named
from onggi.model.vocabulary import Property, labels_of, load_properties, load_vocabularies

MOST = 12
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may be meant: its id, its labels by language, and why, where it is spelled otherwise."""

    id: str
    labels: Mapping[str, str]
    spelled: Spelled | None = None


def match_property(typed: str) -> str | None:
    """The property that is meant by its id or by a whole label in any language; None for none or several."""
    return _match(typed, _index_properties())


def match_term(vocabulary: str, typed: str) -> str | None:
    """The same of a term of a vocabulary."""
    return _match(typed, _index_terms(vocabulary)) if vocabulary in load_vocabularies() else None


def list_properties(kind: str | None) -> list[Property]:
    """The properties that can be said of an entity of a kind, or of any, in the order of their file."""
    return [
        one
        for one in load_properties().values()
        if not one.keeping and one.id not in _OWN and (kind is None or kind in one.about)
    ]


def suggest_properties(kind: str | None, typed: str) -> list[Suggestion]:
    """The properties of an entity of a kind that somebody may be typing."""
    labels = {one.id: tuple(one.labels.values()) for one in list_properties(kind)}
    return [Suggestion(id, load_properties()[id].labels) for id in _rank(typed, labels)]


def suggest_terms(vocabulary: str, typed: str) -> list[Suggestion]:
    """The terms of a vocabulary that somebody may be typing, in any language."""
    known = load_vocabularies().get(vocabulary)
    if known is None:
        return []
    labels = {one.id: labels_of(one) for one in known.terms.values()}
    return [Suggestion(id, known.terms[id].labels) for id in _rank(typed, labels)]


def suggest_places(typed: str) -> list[Suggestion]:
    """The places somebody may be typing: of this name, of which it can be a spelling, then beginnings."""
    if len(typed) > _LONGEST or not typed.strip():
        return []
    named = {place.id: None for place in places_named(typed)}
    if (exact := find_place(typed.strip())) is not None:
        named = {exact.id: None, **named}
    spelled = {id: why for id, why in find_places(typed).items() if id not in named}
    begun = _rank(typed, {place.id: place_labels(place) for place in load_places().values()})
    ids = dict.fromkeys((*named, *sorted(spelled), *begun))
    return [Suggestion(id, _label_place(id), spelled.get(id)) for id in list(ids)[:MOST]]


def suggest_persons(view: View, typed: str) -> list[Suggestion]:
    """The persons and groups of an open view whose name somebody may be typing, the likeliest first."""
    if len(typed) > _LONGEST or not typed.strip():
        return []
    found = sorted(view.meant_by(typed).items(), key=lambda one: (-one[1].score if one[1] else -1, one[0]))
    return [
        Suggestion(id, dict.fromkeys(("en", "ko", "zh"), view.call(id)), why)
        for id, why in found[:MOST]
        if view.kind_of(id) in _NAMED
    ]


def _match(typed: str, index: Mapping[str, Sequence[str]]) -> str | None:
    written = typed.strip()
    meant = index.get(normalise(written), ()) if len(written) <= _LONGEST else ()
    return meant[0] if len(meant) == 1 else None


def _rank(typed: str, labels: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Whole labels first, then what begins so, then what holds it; all of them for nothing typed."""
    wanted = normalise(typed).strip()
    if len(wanted) > _LONGEST:
        return iter(())
    ranked = []
    for place, (id, written) in enumerate(labels.items()):
        each = [normalise(label) for label in written]
        if wanted in (id, *each):
            ranked.append((0, place, id))
        elif any(label.startswith(wanted) for label in each):
            ranked.append((1, place, id))
        elif any(wanted in label for label in each):
            ranked.append((2, place, id))
    return (id for _, _, id in sorted(ranked)[:MOST])


@cache
def _index_properties() -> Mapping[str, Sequence[str]]:
    return _index({one.id: (one.id, *one.labels.values()) for one in list_properties(None)})


@cache
def _index_terms(vocabulary: str) -> Mapping[str, Sequence[str]]:
    return _index(
        {one.id: (one.id, *labels_of(one)) for one in load_vocabularies()[vocabulary].terms.values()}
    )


def _index(labels: Mapping[str, Iterable[str]]) -> Mapping[str, Sequence[str]]:
    index: dict[str, list[str]] = {}
    for id, written in labels.items():
        for label in dict.fromkeys(map(normalise, written)):
            index.setdefault(label, []).append(id)
    return index


def _label_place(id: str) -> Mapping[str, str]:
    place = load_places()[id]
    return {lang: place.label(lang) for lang in ("en", "ko", "zh")}


_OWN = frozenset({"kind", "code", "same_as", "different_from"})
_NAMED = frozenset({"person", "group"})
