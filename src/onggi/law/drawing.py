"""Limitation as a timeline: the acts it rests on, and for each reading and tier when it lapses.

Pure; drawn by `figures`. Codes stand for acts, never a name. A reading without limit is told, and has no day.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from onggi.figures.figure import Figure
from onggi.figures.timeline import Dating, Event, Mark, draw_timeline
from onggi.law.dating import Dated
from onggi.law.facts import Span
from onggi.law.limitation import Limitation, Reading
from onggi.law.norms import Norm
from onggi.words import say


def draw_limitation(
    norm: Norm,
    limitation: Limitation,
    acts: Sequence[Dated],
    today: date,
    lang: str,
    call: Mapping[str, str],
) -> tuple[Figure, ...]:
    """The pages of a norm's timeline; `call` says how acts are called."""
    done, lapses = say("law.figure.acts", lang), say("law.figure.lapses", lang)
    tiers = {tier.id: tier.texts[lang] for tier in norm.tiers}
    events = [_draw_act(one, done, call) for one in acts]
    for reading in limitation.readings:
        events += _draw_reading(reading, lapses, tiers, lang)
    return draw_timeline(
        events,
        title=f"{norm.id} {norm.titles[lang]}. {say('law.notice', lang)}",
        lang=lang,
        marks=[Mark(today.isoformat(), say("law.figure.today", lang))],
        lanes=[done, lapses],
    )


def _draw_act(one: Dated, lane: str, call: Mapping[str, str]) -> Event:
    lasting = one.deed.ended is not None
    return Event(call.get(one.deed.id, one.deed.id[:8]), (_date(one.deed.whole, lasting),), lane)


def _draw_reading(reading: Reading, lane: str, tiers: Mapping[str, str], lang: str) -> list[Event]:
    kind = say(f"law.reading.{reading.id}", lang)
    if reading.unlimited:
        return [Event(say("law.page.no_span", lang), (Dating(),), lane, kind)]
    return [Event(tiers.get(tier, tier), (_date(span),), lane, kind) for tier, span in reading.tiers]


def _date(span: Span, lasting: bool = False) -> Dating:
    earliest = span.earliest.isoformat() if span.earliest else None
    return Dating(earliest, span.latest.isoformat() if span.latest else None, lasting=lasting)
