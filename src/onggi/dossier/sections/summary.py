"""One page: what this is, for whom, what it holds and how much stays inside."""

from collections import Counter

from onggi.dossier.told import Told
from onggi.model.value import Place, Term
from onggi.paper.document import TONGUES, Block, Fact, Facts, Heading, Line, List, Note, Paragraph
from onggi.paper.document import Text as Marked
from onggi.words import say


def tell(told: Told) -> tuple[Block, ...]:
    """What the reader needs before anything else."""
    facts = [entry for entry in told.data.entries if entry.held.statement.source is not None]
    sources = {entry.held.statement.source for entry in facts}
    rows: list[tuple[str, Line]] = [
        ("called", _call_otherwise(told)),
        ("case", told.data.call(told.data.case)),
        ("for", told.recipient),
        ("purpose", told.purpose),
        ("day", told.day),
        ("period", _find_period(told)),
        ("where", say("ledger.list", told.lang).join(_list_places(told))),
        ("holds", told.say("summary.count", facts=len(facts), sources=len(sources))),
        ("conflicts", str(len(told.conflicts)) if told.conflicts else ""),
        ("withheld", str(sum(told.data.withheld.values())) if told.data.withheld else ""),
    ]
    return (
        Heading(1, told.say("summary.title")),
        Facts(tuple(Fact(told.say(f"summary.{name}"), text) for name, text in rows if text)),
        *_tell_acts(told),
        Note("caution", (Paragraph(told.say("summary.caution")),)),
    )


def _call_otherwise(told: Told) -> Line:
    """What the case is called, where that is in another language than the document."""
    titles = told.list_titles(told.data.case)
    if not titles or titles[0].lang == told.lang:
        return ""
    tongue = titles[0].lang if titles[0].lang in TONGUES else ""
    return (Marked(titles[0].text, lang=tongue),)


def _tell_acts(told: Told) -> tuple[Block, ...]:
    acts = Counter(
        told.value(value)
        for act in told.of_kind("act")
        for value in dict.fromkeys(told.values(act, "type"))
        if isinstance(value, Term)
    )
    if not acts:
        return ()
    lines = tuple(f"{name} ({count})" if count > 1 else name for name, count in acts.items())
    return (Paragraph(told.say("summary.acts")), List(lines))


def _find_period(told: Told) -> str:
    """The first and the last day that any date of an act or event allows."""
    dates = [date for one in told.of_kind("act", "event") for _, date in told.dates(one, "date", "until")]
    first = min((date.earliest for date in dates if date.earliest), default="")
    last = max((date.latest for date in dates if date.latest), default="")
    return f"{first[:4]}–{last[:4]}" if first[:4] != last[:4] else first[:4]


def _list_places(told: Told) -> list[str]:
    said = [held.statement for held in told.held]
    places = [one.value for one in said if isinstance(one.value, Place) and one.what.polarity == "asserts"]
    return [told.value(place) for place in dict.fromkeys(places)]
