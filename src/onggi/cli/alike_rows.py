"""Pairs that may be one person, as rows and as lines; names stand in lines alone, on a terminal."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from onggi.cli.contracts.link import AlikeRow
from onggi.ledger.view import View
from onggi.link.telling import say_look, say_reason, say_trait
from onggi.words import say

if TYPE_CHECKING:
    from onggi.link.suggested import Suggestion

_NAME = "name"


def describe_pair(one: "Suggestion", view: View) -> AlikeRow:
    """A pair as the contract has it, without a name."""
    return {
        "a": view.call(one.a),
        "b": view.call(one.b),
        "probability": round(one.probability, 4),
        "conflict": one.look.conflict,
        "unsure": one.look.unsure,
        "traits": [
            {
                "name": trait.name,
                "level": trait.level,
                "weight": float(trait.weight),
                "reason": "" if trait.name == _NAME else say_trait(trait.name, trait.level),
            }
            for trait in one.traits
        ],
    }


def list_lines(
    pairs: Iterable["Suggestion"], names: Mapping[str, tuple[str, ...]], view: View
) -> list[tuple[str, int, str]]:
    """What a person reads: both with their names, why they may be one, and how to say what she holds."""
    lines: list[tuple[str, int, str]] = []
    for one in pairs:
        codes = view.call(one.a), view.call(one.b)
        for code, entity in zip(codes, (one.a, one.b), strict=True):
            named = " · ".join(names[entity]) or say("cli.link.nameless")
            lines.append((f"{code}  {named}", 0, "bold"))
        lines.append((say_look(one.look), 4, ""))
        for trait in one.traits:
            said = say_reason(trait, names[one.a], names[one.b])
            lines.append((f"{trait.weight}  {said}", 4, ""))
        lines.append((say("cli.link.judge", a=codes[0], b=codes[1]), 4, "dim"))
    return lines
