"""Every cut: what was made coarser, what stays inside, and why."""

from collections import Counter

from onggi.dossier.sections.facts import name_reason
from onggi.dossier.told import Told
from onggi.paper.document import Block, Heading, Line, Paragraph, Table


def tell(told: Told) -> tuple[Block, ...]:
    """A row for each kind of cut; which fact was cut stands beside the fact."""
    shown = Counter((cut.part, cut.how, cut.reason) for entry in told.data.entries for cut in entry.cuts)
    whole = Counter(
        {("statement", "withheld", reason): count for reason, count in told.data.withheld.items()}
    )
    cuts = shown + whole
    title = Heading(1, told.say("cuts.title"))
    if not cuts:
        return (title, Paragraph(told.say("cuts.none")))
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (told.say(f"part.{part}"), told.say(f"cuts.{how}"), name_reason(told, reason), str(count))
        for (part, how, reason), count in sorted(cuts.items())
    )
    head = tuple(told.say(f"cuts.{name}") for name in ("what", "how", "why", "count"))
    return (title, Paragraph(told.say("cuts.master")), Table(head, rows, (3, 3, 5, 1)))
