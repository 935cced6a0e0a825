"""What agrees in two records or entries, in a sentence (§8).

Floor 4. Pure. Refused: nothing; what there is no sentence for is told by its name and level.
"""

from onggi.link.order import Look
from onggi.words import known, say


def say_trait(name: str, level: str, lang: str | None = None) -> str:
    """How far two agree in one thing: "Born in the same year."."""
    id = f"link.reason.{name}.{level.replace(' ', '_')}"
    return say(id, lang) if known(id) else f"{name}: {level}"


def say_look(look: Look, lang: str | None = None) -> str:
    """The probability of a pair, and what members hold of it."""
    told = [say("link.look.probability", lang, probability=f"{look.probability:.2f}")]
    told += [say("link.look.conflict", lang)] if look.conflict else []
    told += [say("link.look.unsure", lang)] if look.unsure else []
    return " · ".join(told)
