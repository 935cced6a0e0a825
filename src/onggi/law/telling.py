"""What the room says, in the reader's language: notes, periods, and who has reviewed an entry. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from onggi.law.avenues import Mandate
from onggi.law.elements import Weighed
from onggi.law.entry import Standing, Texts, is_own
from onggi.law.facts import Span
from onggi.law.lapse import NOT_IN_FORCE
from onggi.law.limitation import Limitation, Note, Reading
from onggi.law.norms import Norm
from onggi.law.openness import Complaint, Openness
from onggi.words import known, say


class Footnotes:
    """Sentences that many norms share, each told once under its number."""

    def __init__(self, lang: str, norms: Mapping[str, Norm], call: Callable[[str], str] = str) -> None:
        """`call` says how a statement is called."""
        self._lang, self._norms, self._call = lang, norms, call
        self.told: dict[str, int] = {}

    def refer(self, notes: Iterable[Note]) -> str:
        """The numbers of some notes, as they are written behind what rests on them."""
        sentences = (say_note(one, self._lang, self._norms, self._call) for one in notes)
        return " ".join(f"[{self.told.setdefault(said, len(self.told) + 1)}]" for said in sentences)

    def list(self) -> list[str]:
        """Every sentence behind its number."""
        return [
            say("law.page.note", self._lang, number=number, text=text) for text, number in self.told.items()
        ]


def name_norm(id: str, lang: str, norms: Mapping[str, Norm]) -> str:
    """A norm by its id and its title; by its id alone where it is none of these."""
    norm = norms.get(id)
    return id if norm is None else say("law.named", lang, norm=id, title=norm.titles[lang])


def say_note(note: Note, lang: str, norms: Mapping[str, Norm], call: Callable[[str], str] = str) -> str:
    """An assumption or a change, with the words of the norm it speaks of; `call` is for statements."""
    values = dict(note.values)
    if "statement" in values:
        values["statement"] = call(str(values["statement"]))
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


def say_last_day(one: Limitation | Reading, lang: str) -> str:
    """Between which days it ends, on one reading or on all; that on some reading it never does is told."""
    if isinstance(one, Reading):
        return say("law.span.never", lang) if one.unlimited else say_span(one.lapses, lang)
    never = [reading.unlimited for reading in one.readings]
    if never and all(never):
        return say("law.span.never", lang)
    span = say_span(Span(one.earliest, one.latest), lang)
    return say("law.span.or_never", lang, span=span) if any(never) else span


def say_limitation(one: Limitation, lang: str) -> str:
    """How it stands on all readings, and its last day; empty where no period was counted."""
    if not one.readings:
        return ""
    status = say(f"law.limit.{one.status}", lang)
    return say("law.page.limitation", lang, status=status, span=say_last_day(one, lang))


def say_reading(one: Reading, lang: str) -> str:
    """One way to count, how it stands on it, and its last day."""
    return say(
        "law.page.reading",
        lang,
        reading=say(f"law.reading.{one.id}", lang),
        status=say(f"law.counted.{one.status}", lang),
        span=say_last_day(one, lang),
    )


def say_not_in_force(one: Limitation, lang: str, norms: Mapping[str, Norm]) -> list[str]:
    """That the text did not hold when it was done, where that is so."""
    return [say_note(told, lang, norms) for told in one.assumptions if told.id in NOT_IN_FORCE]


def say_review(standing: Standing, lang: str) -> str:
    """That no lawyer has reviewed it, or who has; that it is no advice in either case."""
    if not standing.reviewed:
        return say("law.notice", lang)
    return say("law.signed", lang, by=standing.reviewed_by, on=standing.reviewed_on)


def say_own(standing: Standing, lang: str) -> list[str]:
    """That an entry is a correction, who made it and when; nothing of one that is shipped."""
    if not is_own(standing):
        return []
    return [say("law.page.own", lang, by=standing.changed_by, day=standing.changed_on)]


def say_confidence(confidence: str, doubted: Iterable[str], lang: str) -> str:
    """How sure an entry is, and which of its fields were noted from memory or are doubted."""
    told = say("law.page.confidence", lang, confidence=say(f"law.confidence.{confidence}", lang))
    fields = say("ledger.list", lang).join(say_field(one, lang) for one in sorted(doubted))
    return f"{told} · {say('law.page.uncertain', lang, fields=fields)}" if fields else told


def say_weight(one: Weighed, lang: str) -> str:
    """How many say it, how near the nearest stood, and each grade: never one number for all of it."""
    parts = [say("law.page.weight", lang, count=len(one.supporting), sources=one.sources)]
    if one.distance is not None:
        parts.append(
            say("law.page.saw" if one.distance == 0 else "law.page.heard", lang, distance=one.distance)
        )
    return " · ".join([*parts, *(say("law.page.grade", lang, grade=grade) for grade in one.grades)])


def say_mandate(one: Mandate, lang: str) -> str:
    """A mandate, and how sure it is that it fits where that is not high."""
    name = one.names[lang]
    if one.confidence == "high":
        return name
    return say("law.named", lang, norm=name, title=say_confidence(one.confidence, (), lang))


def say_lapsed_rule(limits: Sequence[Limitation], lang: str, norms: Mapping[str, Norm]) -> list[str]:
    """That a rule without elements held for nobody in a case; where it did for one, each act is for a person
    to look at, and nothing is said."""
    told = [say_not_in_force(limit, lang, norms) for limit in limits]
    return list(dict.fromkeys(told[0])) if told and all(told) else []


def say_field(field: str, lang: str) -> str:
    """What a field of an entry is called; a State of a treaty by its code."""
    return say(f"law.field.{field}", lang) if known(f"law.field.{field}") else field


def group_tiers(one: Reading, norm: Norm, lang: str) -> list[tuple[str, Span]]:
    """The ranges of penalty with their last days, those together that lapse together."""
    texts = {tier.id: tier.texts[lang] for tier in norm.tiers}
    together: dict[Span, list[str]] = {}
    for tier, span in one.tiers:
        together.setdefault(span, []).append(texts.get(tier, tier))
    return [(say("ledger.between", lang).join(told), span) for span, told in together.items()]


def say_tiers(one: Reading, norm: Norm, lang: str) -> list[str]:
    """The last day for each range of penalty; nothing where all of them lapse together."""
    groups = group_tiers(one, norm, lang)
    if len(groups) < 2:
        return []
    return [say("law.page.tier_until", lang, tier=tier, span=say_span(span, lang)) for tier, span in groups]


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
    told = say(id, lang, state=one.state, procedure=procedure)
    return f"{told} {say('law.page.to_check', lang)}" if one.uncertain else told


def _say_reason(why: Texts | str, lang: str) -> str:
    return say(f"law.avenue.{why}", lang) if isinstance(why, str) else why[lang]
