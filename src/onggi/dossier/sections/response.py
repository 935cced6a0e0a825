"""What the State was told and what it did: a file of its own, since "confessed, then released" is one."""

from onggi.dossier.dataset import Entry
from onggi.dossier.told import Told
from onggi.paper.document import Block, Fact, Facts, Heading, Paragraph

_ALSO = frozenset({"confessed_to", "confessed_before", "released_on", "response"})


def tell(told: Told) -> tuple[Block, ...]:
    """Every intervention, and what is said of confessions, releases and answers elsewhere."""
    found = [
        entry
        for entity, entries in told.by_entity.items()
        for entry in entries
        if told.is_told(entry.held) and _is_response(entry, told.data.kinds.get(entity, ""))
    ]
    title = Heading(1, told.say("response.title"))
    if not found:
        return (title, Paragraph(told.say("response.none")))
    facts = tuple(Fact((told.refer(entry.held),), told.sentence(entry.held)) for entry in found)
    return (title, Facts(facts))


def _is_response(entry: Entry, kind: str) -> bool:
    property = entry.held.statement.what.property
    return kind == "intervention" or property in _ALSO
