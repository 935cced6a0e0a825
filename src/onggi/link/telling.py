"""What agrees in two records or entries, in a sentence (§8).

Floor 4. Pure. Refused: nothing; what there is no sentence for is told by its name and level.
"""

from collections.abc import Sequence

from onggi.link.order import Look
from onggi.model.likeness import Trait
from onggi.names.compare import compare
from onggi.words import known, say

_NAME = "name"
_CHANCES = ((0.9, "nearly"), (0.7, "much"), (0.5, "more"), (0.3, "less"))


def say_trait(name: str, level: str, lang: str | None = None) -> str:
    """How far two agree in one thing: "Born in the same year."."""
    id = f"link.reason.{name}.{level.replace(' ', '_')}"
    return say(id, lang) if known(id) else f"{name}: {level}"


def say_reason(trait: Trait, mine: Sequence[str], others: Sequence[str], lang: str | None = None) -> str:
    """The same of two people with these names: of names, by which reading the likeliest can be one."""
    if trait.name != _NAME or not (mine and others):
        return say_trait(trait.name, trait.level, lang)
    found = max((compare(a, b) for a in mine for b in others), key=lambda one: one.evidence)
    return say(found.says, lang, reading=found.reading)


def say_chance(probability: float, lang: str | None = None) -> str:
    """How much speaks for one person, in words and as a range: a number would claim more than is known."""
    found = next((name for least, name in _CHANCES if probability >= least), "little")
    return say(f"link.chance.{found}", lang)


def say_look(look: Look, lang: str | None = None) -> str:
    """The probability of a pair, and what members hold of it."""
    told = [say("link.look.probability", lang, probability=f"{look.probability:.2f}")]
    told += [say("link.look.conflict", lang)] if look.conflict else []
    told += [say("link.look.unsure", lang)] if look.unsure else []
    return " · ".join(told)
