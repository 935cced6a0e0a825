"""Until when, as a timeline: the acts of a case, and for each norm and reading the last day of each penalty.

Pure; `figures` draws it, a terminal prints the same lines. Codes stand for acts and people, never a name. A
reading without limit is told, and has no day. Penalties that lapse together share a line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onggi.figures.figure import Figure
from onggi.figures.timeline import MOST, Dating, Event, Mark, draw_timeline
from onggi.law.acts import Act
from onggi.law.assess import Assessed
from onggi.law.facts import Span
from onggi.law.limitation import Reading
from onggi.law.norms import Norm
from onggi.law.qualify import Suggestion
from onggi.law.telling import group_tiers
from onggi.model.vocabulary import find_term
from onggi.words import say


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of it: under which heading, which reading and penalty (or act), and its days.

    `span` is None where a reading has no limit. `lasting` says that it went on: only an act can.
    """

    heading: str
    label: str
    reading: str
    span: Span | None
    lasting: bool = False


def list_strips(one: Assessed, lang: str, call: Callable[[str], str]) -> list[Strip]:
    """The lines: what was done, then norm by norm; `call` says how acts and people are called."""
    timed = [(found, limit) for found, limit in one.suggestions if limit.readings]
    done = {act.id: act for found, _ in timed for act in found.scope.acts}
    strips = [_list_act(one, act, lang, call) for act in done.values()]
    for found, limit in timed:
        heading = _head(found, lang, call)
        for reading in limit.readings:
            strips += _list_reading(reading, found.norm, heading, lang)
    return strips


def draw_limitation(
    one: Assessed, lang: str, call: Callable[[str], str], most: int = MOST
) -> tuple[Figure, ...]:
    """The pages of the timeline; none where nothing is counted, or more than `most` rows would stand in it.

    A reading without a last day has no place in it: whoever shows it tells that beside it.
    """
    strips = [strip for strip in list_strips(one, lang, call) if strip.span is not None]
    if len(strips) > most:
        return ()
    return draw_timeline(
        [
            Event(strip.label, (_date(strip),), strip.heading, strip.reading or strip.heading)
            for strip in strips
        ],
        title=say("law.figure.title", lang, notice=say("law.notice", lang)),
        lang=lang,
        marks=[Mark(one.today.isoformat(), say("law.figure.today", lang))],
    )


def _head(found: Suggestion, lang: str, call: Callable[[str], str]) -> str:
    victim = f" · {call(found.scope.victim)}" if found.scope.victim else ""
    return f"{found.norm.id} {found.norm.titles[lang]}{victim}"


def _list_act(one: Assessed, act: Act, lang: str, call: Callable[[str], str]) -> Strip:
    deed = one.calendar.dated[act.id].deed
    terms = (find_term("acts", type) for type in sorted(act.types))
    label = " ".join([call(act.id), *(term.labels[lang] for term in terms if term is not None)])
    return Strip(say("law.figure.acts", lang), label, "", deed.whole, deed.ended is not None)


def _list_reading(reading: Reading, norm: Norm, heading: str, lang: str) -> Iterator[Strip]:
    told = say(f"law.reading.{reading.id}", lang)
    if reading.unlimited:
        yield Strip(heading, "", told, None)
    for tier, span in group_tiers(reading, norm, lang):
        yield Strip(heading, tier, told, span)


def _date(strip: Strip) -> Dating:
    span = strip.span or Span(None, None)
    earliest = span.earliest.isoformat() if span.earliest else None
    return Dating(earliest, span.latest.isoformat() if span.latest else None, lasting=strip.lasting)
