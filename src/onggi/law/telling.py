"""What the room says, in the reader's language: notes, spans, and who has reviewed an entry. Pure."""

from collections.abc import Mapping

from onggi.law.entry import Standing, Texts
from onggi.law.facts import Span
from onggi.law.limitation import Note
from onggi.law.norms import Norm
from onggi.law.openness import Complaint, Openness
from onggi.words import say


def say_note(note: Note, lang: str, norms: Mapping[str, Norm]) -> str:
    """An assumption or a change, with the words of the norm it speaks of."""
    values = dict(note.values)
    if note.id == "assume.changed":
        values["text"] = norms[str(values["norm"])].changes[str(values["day"])][lang]
    elif note.id == "assume.tier":
        tiers = {tier.id: tier for tier in norms[str(values["norm"])].tiers}
        values["text"] = tiers[str(values["tier"])].texts[lang]
    return say(f"law.{note.id}", lang, **values)


def say_span(span: Span | None, lang: str) -> str:
    """Between which days something ends."""
    earliest = span.earliest.isoformat() if span and span.earliest else None
    latest = span.latest.isoformat() if span and span.latest else None
    if earliest and latest:
        return say("law.span.range", lang, earliest=earliest, latest=latest)
    if earliest:
        return say("law.span.from", lang, earliest=earliest)
    if latest:
        return say("law.span.until", lang, latest=latest)
    return say("law.span.none", lang)


def say_review(standing: Standing, lang: str) -> str:
    """That no lawyer has reviewed it, or who has; that it is no advice in either case."""
    if not standing.reviewed:
        return say("law.notice", lang)
    return say("law.signed", lang, by=standing.reviewed_by, on=standing.reviewed_on)


def say_why(one: Openness, lang: str) -> str:
    """Why an avenue is not open, or which risks it has, or that nothing recorded stands against it."""
    if one.avenue.gate == "red":
        return " ".join([one.avenue.risks[lang], *(_say_reason(why, lang) for why in one.why)])
    if one.why:
        return " ".join(_say_reason(why, lang) for why in one.why)
    return say("law.avenue.nothing_against", lang)


def say_complaint(one: Complaint, lang: str) -> str:
    """Why a person cannot complain against a State to a committee, or that she can."""
    procedure = one.treaty.complaint[lang] if one.treaty.complaint else ""
    id = f"law.complaint.{one.why or 'open'}"
    return say(id, lang, state=one.state, procedure=procedure)


def _say_reason(why: Texts | str, lang: str) -> str:
    return say(f"law.avenue.{why}", lang) if isinstance(why, str) else why[lang]
