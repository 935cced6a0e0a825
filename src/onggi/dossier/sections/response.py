"""What the State was told and what it did: a file of its own, since "confessed, then released" is one."""

from onggi.dossier.told import Told
from onggi.paper.document import Block, Fact, Facts, Heading, Paragraph

_ALSO = frozenset({"confessed_to", "confessed_before", "released_on", "response"})


def tell(told: Told) -> tuple[Block, ...]:
    """Every intervention, and what is said of confessions, releases and answers elsewhere."""
    entries = [
        entry
        for entity in told.by_entity
        for entry in told.by_entity[entity]
        if told.data.kinds.get(entity) == "intervention" or entry.held.statement.what.property in _ALSO
    ]
    title = Heading(1, told.say("response.title"))
    if not entries:
        return (title, Paragraph(told.say("response.none")))
    facts = tuple(Fact((told.refer(entry.held),), told.sentence(entry.held)) for entry in entries)
    return (title, Facts(facts))
