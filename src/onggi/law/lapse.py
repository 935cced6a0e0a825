"""Limitation of a suggested norm: its tiers, its readings, and what they rest on, out of recorded facts.

Pure. Which readings there are: `completed` (from the act), `continuing` (from the end of what goes on;
art. 89(1)), `restarted` (a later crime by the same person; art. 89(2)), `complaint` and `complaint_other`
(a refused complaint, by the victim or by somebody else; art. 88(2)), `fled` (art. 88(1)), `approval` (after
twenty years; art. 87(4)), `abroad` (South Korea: time stands still), `no_limit`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onggi.law.acts import Act
from onggi.law.dating import Dated, date_acts, end_anyway
from onggi.law.facts import Facts, Span, hull
from onggi.law.limitation import (
    DEPENDS,
    OPEN,
    UNKNOWN,
    Crimes,
    Deed,
    Limitation,
    Note,
    Period,
    Reading,
    approve_afterwards,
    combine_readings,
    doubt_period,
    note,
    read_completed,
    read_restarted,
    suspend_abroad,
    unlimited,
)
from onggi.law.norms import Norm
from onggi.law.qualify import Suggestion, find_facts

_COMPLAINTS = frozenset({"complaint", "request_for_rescue"})
_REFUSED = frozenset({"no_investigation", "denied", "downgraded", "not_received", "improper_investigation"})
_FILED = frozenset({"investigated", "suspect_arrested", "charged"})

NOT_IN_FORCE = frozenset({"assume.not_in_force", "assume.no_longer_in_force"})
"""What is told where the text did not hold on any day on which the act can have been."""
_MAYBE = frozenset({"assume.maybe_not_in_force", "assume.maybe_no_longer_in_force"})


@dataclass(frozen=True)
class Calendar:
    """The acts of a case with their days: once with whoever did each, and the crimes among them."""

    dated: Mapping[str, Dated]
    crimes: Crimes


def make_calendar(
    facts: Facts, acts: Sequence[Act], norms: Mapping[str, Norm], call: Mapping[str, str]
) -> Calendar:
    """Every act with its days; a crime is an act of a type that a crime of the law of China names."""
    everyone = ("perpetrator", "seller", "buyer", "broker")
    dated = date_acts(facts, acts, call, everyone)
    types = {
        value
        for norm in norms.values()
        if norm.kind == "crime" and norm.instrument.jurisdiction == "CN"
        for one in norm.suggested_by
        if one.property == "type"
        for value in one.values
    }
    crimes = Crimes.of(dated[act.id].deed for act in acts if act.types & types)
    return Calendar(dated, crimes)


def limit_norm(facts: Facts, one: Suggestion, calendar: Calendar, today: date) -> Limitation:
    """Until when this can be prosecuted, on every reading."""
    norm = one.norm
    if norm.limitation is None and not norm.in_force_from and not norm.in_force_to and not norm.changes:
        return _without_reading(note("assume.no_rule"))
    acts = [act for act in one.scope.acts if act.id in calendar.dated]
    dated = [_date_official(facts, act, calendar.dated[act.id], norm) for act in acts]
    force = _check_force(norm, [entry.deed.whole for entry in dated])
    if norm.limitation is None:
        return _without_reading(note("assume.no_rule"), *force)
    if not acts or any(told.id in NOT_IN_FORCE for told in force):
        return _without_reading(*force)
    # What holds of all acts stands first: of very many bounds of single acts only the first are told.
    doubted = "limitation" in norm.uncertain
    assumed = [*force, *([note("assume.period_unsure")] if doubted else [])]
    if norm.limitation == "none":
        return combine_readings([_read_unlimited(norm, dated, force)], assumed, ())
    readings = _list_readings(facts, one, acts, dated, calendar, today)
    if doubted:
        readings = [doubt_period(reading) for reading in readings]
    assumed += _tell_tiers(facts, one)
    assumed += [told for entry in dated for told in entry.assumptions]
    return combine_readings(readings, _at_most(assumed), _would_change(norm, dated, readings))


@lru_cache(4096)  # a rule without a period has the same answer for everybody
def _without_reading(*told: Note) -> Limitation:
    return combine_readings((), told, ())


def _list_readings(
    facts: Facts,
    one: Suggestion,
    acts: Sequence[Act],
    dated: Sequence[Dated],
    calendar: Calendar,
    today: date,
) -> list[Reading]:
    norm = one.norm
    periods = [Period(tier.id, tier.years) for tier in norm.tiers]
    deeds = [_as_actor(entry.deed, act.done_by(norm.actors)) for entry, act in zip(dated, acts, strict=True)]
    readings: list[Reading] = []
    if norm.starts in ("act", "disputed"):
        readings.append(read_completed([deed.began for deed in deeds], periods, today, "completed"))
    if norm.starts in ("end", "disputed") or any(deed.ended for deed in deeds):
        ends = [end_anyway(facts, act, entry) for act, entry in zip(acts, dated, strict=True)]
        reading = read_completed(ends, periods, today, "continuing")
        if all(reading.lapses != earlier.lapses for earlier in readings) or norm.starts == "disputed":
            readings.append(reading)
    if norm.limitation == "cn":
        official = "official" in norm.actors
        restarted = (
            None if official else read_restarted(deeds, calendar.crimes, periods, today, norm.starts == "end")
        )
        readings += [restarted] if restarted else []
        approval = approve_afterwards(readings, _list_gravest(norm), today)
        readings += _read_exceptions(facts, one, acts)
        readings += [approval] if approval else []
    if norm.suspended == "abroad":
        readings.append(suspend_abroad(readings, today))
    return readings


def _list_gravest(norm: Norm) -> frozenset[str]:
    """The tiers of life or death: after twenty years their prosecution can still be approved (art. 87(4))."""
    return frozenset(tier.id for tier in norm.tiers if tier.maximum in ("life", "death"))


def _read_unlimited(norm: Norm, dated: Sequence[Dated], force: Sequence[Note]) -> Reading:
    """Without limit, if the text was in force; it is open only where that is sure of every act."""
    in_force = not any(told.id in _MAYBE for told in force)
    if not norm.limitation_from:
        return unlimited("no_limit", status=OPEN if in_force else DEPENDS)
    since = date.fromisoformat(norm.limitation_from)
    sure = in_force and all((entry.deed.began.earliest or date.min) >= since for entry in dated)
    told = note("assume.unlimited_since", day=norm.limitation_from)
    return unlimited("no_limit", told, status=OPEN if sure else DEPENDS)


def _date_official(facts: Facts, act: Act, dated: Dated, norm: Norm) -> Dated:
    """For what an official did: the days of the State's response, not before the act it answers."""
    if "official" not in norm.actors:
        return dated
    began = dated.deed.began
    said = [fact for one in sorted(act.responses) for fact in facts.about(one, "date") if fact.span]
    actors = act.done_by(("perpetrator",))
    said += [fact for one in sorted(actors) for fact in facts.about(one, "released_on") if fact.span]
    span = hull(fact.span for fact in said if fact.span)
    assumed = [*dated.assumptions, note("assume.from_response")]
    if span is None:
        recorded = [fact.recorded for one in act.responses for fact in facts.about(one, "response")]
        latest = min((day for day in recorded if day), default=began.latest)
        return Dated(Deed(act.id, Span(began.earliest, latest)), tuple(assumed))
    earliest = span.earliest or began.earliest
    return Dated(Deed(act.id, Span(earliest, span.latest)), tuple(assumed))


def _as_actor(deed: Deed, actors: frozenset[str]) -> Deed:
    return Deed(deed.id, deed.began, deed.ended, actors)


def _read_exceptions(facts: Facts, one: Suggestion, acts: Sequence[Act]) -> list[Reading]:
    """Art. 88: no limit where a complaint in time was refused, or where he fled once a case was filed."""
    if "official" in one.norm.actors:
        return []
    readings: dict[str, Reading] = {}
    filed = False
    for response in sorted({id for act in acts for id in act.responses}):
        said = {value for fact in facts.about(response, "response") for value in fact.values}
        kinds = {value for fact in facts.about(response, "intervention_type") for value in fact.values}
        filed = filed or bool(said & _FILED)
        if not (kinds & _COMPLAINTS and said & _REFUSED):
            continue
        by = {value for fact in facts.about(response, "taken_by") for value in fact.values}
        own = one.scope.victim is not None and one.scope.victim in by
        id = "complaint" if own else "complaint_other"
        readings[id] = unlimited(id, note("assume.in_time"), *([] if own else [note("assume.by_other")]))
    actors = {actor for act in acts for actor in act.done_by(one.norm.actors)}
    fled = any("fled" in fact.values for actor in actors for fact in facts.about(actor, "perpetrator_status"))
    if fled:
        readings["fled"] = unlimited("fled", *([] if filed else [note("assume.fled_after_filing")]))
    return list(readings.values())


def _check_force(norm: Norm, spans: Sequence[Span]) -> list[Note]:
    """Whether the text was in force at the act, and whether it has changed since."""
    told: list[Note] = []
    start = date.fromisoformat(norm.in_force_from) if norm.in_force_from else None
    if start is not None and spans:
        if all(one.latest is not None and one.latest < start for one in spans):
            told.append(note("assume.not_in_force", day=start.isoformat()))
        elif any(one.earliest is None or one.earliest < start for one in spans):
            told.append(note("assume.maybe_not_in_force", day=start.isoformat()))
    end = date.fromisoformat(norm.in_force_to) if norm.in_force_to else None
    if end is not None and spans:
        if all(one.earliest is not None and one.earliest > end for one in spans):
            told.append(note("assume.no_longer_in_force", day=end.isoformat()))
        elif any(one.latest is None or one.latest > end for one in spans):
            told.append(note("assume.maybe_no_longer_in_force", day=end.isoformat()))
    if told and "in_force_from" in norm.uncertain:
        told.append(note("assume.force_unsure"))
    for day in norm.changes:
        if any(one.earliest is None or one.earliest < date.fromisoformat(day) for one in spans):
            told.append(note("assume.changed", norm=norm.id, day=day))
    return told


def _tell_tiers(facts: Facts, one: Suggestion) -> list[Note]:
    """Which tier the facts speak to: no tier is left out for that, because a court decides on it."""
    told = [note("assume.all_tiers")] if len(one.norm.tiers) > 1 else []
    for tier in one.norm.tiers:
        said = [fact for fact in find_facts(facts, one.scope, tier.shown_by) if not fact.denies]
        if said:
            told.append(note("assume.tier", norm=one.norm.id, tier=tier.id))
    return told


def _would_change(norm: Norm, dated: Sequence[Dated], readings: Sequence[Reading]) -> list[Note]:
    told = []
    if any(entry.deed.began.earliest != entry.deed.began.latest for entry in dated):
        told.append(note("change.date"))
    if norm.starts != "act":
        told.append(note("change.end"))
    if norm.limitation == "cn" and "official" not in norm.actors:
        ids = {one.id for one in readings}
        if any(not entry.deed.actors for entry in dated):
            told.append(note("change.actor"))
        if "complaint" not in ids:
            told.append(note("change.complaint"))
        if "fled" not in ids:
            told.append(note("change.fled"))
    if norm.limitation == "cn" and _list_gravest(norm):
        told.append(note("change.approval"))
    if any(one.status == UNKNOWN for one in readings):
        told.append(note("change.bound"))
    return told


def _at_most(notes: Sequence[Note]) -> list[Note]:
    """Each once; of very many acts the first bounds tell enough, and how many more there are."""
    unique = list(dict.fromkeys(notes))
    return unique if len(unique) <= 40 else [*unique[:40], note("assume.more", count=len(unique) - 40)]
