"""What is said of one entity, question by question: each answer once, with who says so and who denies it.

Pure over a view. Corroboration is told as the independent sources, never as a number alone; who repeats
another stands apart. Refused: deciding between answers, and whatever reaches somebody who hides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onggi.ledger.view import View
from onggi.ledger.weigh import Stance
from onggi.model.vocabulary import load_properties
from onggi.web.shown import HEADED, REACH, Piece, label_property, lead_to_place, name_entity, show_value

REST = "rest"
"""The part in which stands what no other part asks for."""

PARTS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "happening": {
        "what": (
            "type",
            "event_kind",
            "intervention_type",
            "method",
            "control",
            "labour",
            "price",
            "chain_step",
        ),
        "who": (
            *("victim", "perpetrator", "seller", "buyer", "broker", "involvement", "agency"),
            *("taken_by", "addressed_to", "responds_to"),
        ),
        "when": ("date", "until", "duration", "frequency"),
        "where": ("place", "setting", "facility"),
        "came": ("consequence", "effect", "response", "stated_reason", "qualified_as", "standard_met"),
        "around": ("part_of", "follows"),
    },
    "source": {
        "what": ("source_kind", "language", "connection", "evidence_of"),
        "who": ("witness", "author", "interpreter", "publisher"),
        "when": ("spoken_on", "published_on"),
        "depends": ("cites", "part_of"),
        "share": ("sharing", "published", "url"),
    },
    "place": {"what": ("name", "facility", "setting"), "where": ("place", "part_of")},
    "group": {
        "what": ("name", "group_kind", "role", "broker_role", "agency"),
        "where": ("place", "lives_in"),
        "who": ("member_of", "has_member", "works_for", "has_work_done_by", "helped_by", "helped"),
    },
}
"""For each shape of page its parts, and the questions of each part."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: who says so independently, who repeats these, who denies it; or only members do."""

    value: tuple[Piece, ...]
    said_by: tuple[Piece, ...]
    repeated_by: tuple[Piece, ...]
    denied_by: tuple[Piece, ...]
    contested: bool
    described: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and every answer, the one that was given first first."""

    label: str
    answers: list[Answered]


def weigh_parts(
    view: View, entity: str, shape: str, contested: Iterable[str], tongue: str
) -> list[tuple[str, list[Question]]]:
    """The parts of a page in their order, each with its questions; a part without an answer is left out."""
    opposed = frozenset(contested)
    found: dict[str, list[Stance]] = {}
    for stance in view.stances(entity):
        if _is_asked(stance.property):
            found.setdefault(stance.property, []).append(stance)
    parts = dict(PARTS[shape])
    taken = {name for names in parts.values() for name in names}
    parts[REST] = tuple(name for name in found if name not in taken)
    shown = [
        (
            part,
            [
                Question(
                    label_property(name, tongue), [_show(one, view, opposed, tongue) for one in found[name]]
                )
                for name in names
                if name in found
            ],
        )
        for part, names in parts.items()
    ]
    return [(part, questions) for part, questions in shown if questions]


def _is_asked(name: str) -> bool:
    known = load_properties().get(name)
    kept = known is not None and known.keeping
    return not kept and name not in HEADED and name not in REACH and name not in ("title", "note", "passage")


def _show(one: Stance, view: View, opposed: frozenset[str], tongue: str) -> Answered:
    said, repeated, denied = (
        tuple(name_entity(source, view) for source in sources)
        for sources in (one.said_by, one.repeated_by, one.denied_by)
    )
    first = view.statement(one.statements[0])
    told = show_value(one.value, view, tongue)
    return Answered(
        lead_to_place(told, first) if first else told,
        said,
        repeated,
        denied,
        not opposed.isdisjoint(one.statements),
        not (said or repeated or denied),
    )
