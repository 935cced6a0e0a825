"""What somebody wants to do, and whether what a person decided allows it (docs/design/consent.md, §4).

A yes is matched to the letter and a no widely. Silence is no consent, consent to one thing is none to
another, and what was decided for her never lifts a no of her own. Nothing here overrides a no.

Floor 2. Pure; the day is passed in. Refused: whatever no decision allows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onggi.model.composing import compose_text
from onggi.model.consent import (
    DECISIONS,
    GIVERS,
    GO_ON,
    GONE,
    HELD,
    IDENTITY,
    LIKENESS,
    LOST,
    NOBODY,
    NOT_ASKED,
    SELF,
    SHOWN,
    STOP,
    VERSION,
    Consent,
    Withheld,
    read_day,
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as it was recorded: the statement's id, its author, and what became of it since.

    `seconds` are the other members who signed it, `fates` what was recorded later of the person (`GONE`,
    `HELD`); `retracted` where a member took the statement back, which no person did.
    """

    id: str
    consent: Consent
    author: str
    seconds: frozenset[str] = frozenset()
    retracted: bool = False
    fates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody wants to do: for one purpose, with one recipient, showing this of a person, on a day.

    `covers` are terms of `consent_data`, `items` the files that would leave. `organisation` is the body
    meant, where the id stands for many, or where there is no id.
    """

    purpose: str
    recipient: str | None
    organisation: str | None
    covers: frozenset[str]
    items: frozenset[str]
    shown: str
    likeness: str
    day: date


def ask_exactly(consent: Consent, day: date) -> Request:
    """Exactly what a decision is about, asked for on a day."""
    return Request(
        purpose=consent.purpose or "",
        recipient=consent.recipient,
        organisation=consent.organisation,
        covers=frozenset(consent.covers),
        items=frozenset(consent.items),
        shown=consent.shown,
        likeness=consent.likeness,
        day=day,
    )


def judge_consent(recorded: Sequence[Recorded], request: Request) -> str | None:
    """What stands against a request in one person's decisions, as the id of a finding; None if nothing.

    All her decisions must be there, those that a member retracted too.
    """
    standing = find_standing(recorded, request)
    if not standing:
        return "consent.absent"
    return next((found for one in standing if (found := _judge_one(one, request))), None)


def find_standing(recorded: Sequence[Recorded], request: Request) -> list[Recorded]:
    """The decisions that speak of a request's purpose and recipient and whose place no other one took.

    Where copies of a vault were written to apart there may be several; all of them must allow.
    """
    speaking = [one for one in recorded if _speaks(one.consent, request)]
    past = _list_past(recorded)
    return [
        one
        for one in speaking
        if not any(one.id in past[other.id] and _may_replace(other, one) for other in speaking)
    ]


def is_declined(recorded: Sequence[Recorded], request: Request) -> bool:
    """Whether a no of hers stands against a request, even one for which nobody would have to ask her."""
    return any(one.consent.is_no for one in find_standing(recorded, request))


def is_ever_declined(recorded: Sequence[Recorded]) -> bool:
    """Whether a no of hers stands to whomever and whatever it was: for what any reader may come to see."""
    said = (one.consent for one in recorded if one.consent.is_no)
    return any(is_declined(recorded, _repeat_request(consent)) for consent in said)


def is_purpose_declined(recorded: Sequence[Recorded], purpose: str) -> bool:
    """Whether a no of hers stands to a purpose, to whomever: for what anybody may come to read."""
    said = (one.consent for one in recorded if one.consent.is_no and one.consent.purpose in (None, purpose))
    return any(is_declined(recorded, replace(_repeat_request(one), purpose=purpose)) for one in said)


def list_withheld(recorded: Sequence[Recorded], request: Request) -> tuple[Withheld, ...]:
    """What must be kept back from a request that is allowed.

    Where others decided for her, that is also whatever she herself ever wanted kept back from the recipient.
    """
    standing = find_standing(recorded, request)
    if any(one.consent.given_by != SELF for one in standing):
        standing = [one for one in recorded if one in standing or _is_her_word(one.consent, request)]
    kept = (withheld for one in standing for withheld in one.consent.withheld)
    return tuple(dict.fromkeys(kept))


def tidy_name(name: str) -> str:
    """The name of an organisation as it is compared to the letter: one width, single spaces."""
    return " ".join(compose_text(name).split())


def fold_name(name: str) -> str:
    """The same without case, spaces and marks, for what must not be missed."""
    return "".join(one for one in compose_text(name).casefold() if one.isalnum())


def _repeat_request(consent: Consent) -> Request:
    """The request that a decision answered, as far as it says so; of no purpose where it names none."""
    return Request(
        purpose=consent.purpose or "",
        recipient=consent.recipient,
        organisation=consent.organisation,
        covers=frozenset(),
        items=frozenset(),
        shown=SHOWN[0],
        likeness=LIKENESS[0],
        day=date.min,
    )


def _is_her_word(consent: Consent, request: Request) -> bool:
    return consent.given_by == SELF and _speaks(consent, request)


def _speaks(consent: Consent, request: Request) -> bool:
    """Whether a decision is about a request's purpose and recipient, so that it counts at all."""
    if consent.decision == NOT_ASKED:
        return False
    return consent.purpose in (None, request.purpose) and _reaches(consent, request)


def _reaches(consent: Consent, request: Request) -> bool:
    """Whether a decision is about a recipient: a no that names an organisation, under whatever form."""
    wanted, asked = consent.organisation, request.organisation
    if consent.recipient is None and wanted is None:
        return True
    same = fold_name(consent.recipient or "") == fold_name(request.recipient or "")
    if wanted is None:
        return same
    if asked is None:
        return same and consent.recipient is not None
    return (same or consent.is_no) and fold_name(wanted) == fold_name(asked)


def _list_past(recorded: Sequence[Recorded]) -> Mapping[str, set[str]]:
    """For each decision everything that it knew, and what that knew before it; never itself.

    Oldest first, and what a decision knows from the newest on: then hardly anything is walked twice.
    """
    knows = {one.id: one.consent.knows for one in recorded}
    past: dict[str, set[str]] = {}
    for id in knows:
        found, waiting = {id}, list(knows[id])
        while waiting:
            one = waiting.pop()
            if one in found:
                continue
            found.add(one)
            if one in past:
                found |= past[one]
            else:
                waiting += knows.get(one, ())
        past[id] = found - {id}
    return past


def _may_replace(newer: Recorded, older: Recorded) -> bool:
    """Whether a decision that knew another one took its place.

    Not if she made it on an earlier day, and was only written down later; and what others decide for her
    never takes the place of her own no, nor of her own wish that it stop.
    """
    if (read_day(newer.consent.on) or date.min) < (read_day(older.consent.on) or date.min):
        return False
    stops = STOP in (older.consent.if_gone, older.consent.if_held)
    hers = older.consent.given_by == SELF and (older.consent.is_no or stops)
    return newer.consent.given_by == SELF or not hers


def _judge_one(one: Recorded, request: Request) -> str | None:
    consent = one.consent
    if consent.is_no:
        return f"consent.{consent.decision}" if consent.decision in (*DECISIONS, LOST) else "consent.strange"
    return next((code for well, code in _check(one, request) if not well), None)


def _check(one: Recorded, request: Request) -> Iterator[tuple[bool, str]]:
    """Everything that must hold of a yes, one after the other: what comes first gives sense to the rest."""
    consent = one.consent
    known = consent.given_by in GIVERS and consent.shown in SHOWN and consent.likeness in LIKENESS
    yield known and consent.version == VERSION and consent.purpose is not None, "consent.strange"
    yield not one.retracted, "consent.retracted"
    yield _is_recipient(consent, request), "consent.recipient"
    yield from _check_asking(consent)
    yield (read_day(consent.valid_from) or date.max) <= request.day, "consent.early"
    yield request.day <= (read_day(consent.valid_until) or date.min), "consent.expired"
    yield from _check_scope(consent, request)
    yield from _check_others(one)
    yield from _check_fates(one)


def _is_recipient(consent: Consent, request: Request) -> bool:
    """Whether a yes names exactly whom a request names."""
    meant, asked = (
        (one.recipient, one.organisation and tidy_name(one.organisation)) for one in (consent, request)
    )
    return meant == asked and meant != (None, None)


def _check_asking(consent: Consent) -> Iterator[tuple[bool, str]]:
    """How she was asked; of a person who cannot be asked, nothing."""
    if consent.given_by == NOBODY:
        return
    made = consent.checks
    yield made.risks == made.no_loss == "yes", "consent.explained"
    yield made.said_back == made.able == "yes", "consent.understood"
    yield (made.safe, made.pressed) == ("yes", "no"), "consent.pressed"


def _check_scope(consent: Consent, request: Request) -> Iterator[tuple[bool, str]]:
    """How much is shown. Who did not decide for herself is never named, nor seen or heard as she is."""
    allowed = SHOWN if consent.given_by == SELF else SHOWN[:-1]
    named = request.shown == SHOWN[-1] or request.likeness == LIKENESS[-1] or IDENTITY in request.covers
    asked = SHOWN[-1] if named and request.shown in SHOWN else request.shown
    covers = request.covers | ({IDENTITY} if named else frozenset())
    yield covers <= set(consent.covers), "consent.covers"
    yield not consent.items or request.items <= set(consent.items), "consent.items"
    yield asked in allowed and SHOWN.index(asked) <= SHOWN.index(consent.shown), "consent.shown"
    like = request.likeness
    yield like in LIKENESS and LIKENESS.index(like) <= LIKENESS.index(consent.likeness), "consent.likeness"


def _check_others(one: Recorded) -> Iterator[tuple[bool, str]]:
    """Who decides for her gives reasons, heeds what she says, and does not decide alone."""
    consent = one.consent
    if not consent.takes_two:
        return
    yield consent.assent != "no", "consent.assent"
    yield all(text and text.strip() for text in (consent.because, consent.interest)), "consent.reason"
    yield bool(one.seconds - {one.author}), "consent.second"


def _check_fates(one: Recorded) -> Iterator[tuple[bool, str]]:
    """What became of her since, unless she wished that it go on, or it was decided because of it."""
    consent = one.consent
    if consent.given_by in (SELF, "guardian"):
        yield GONE not in one.fates or consent.if_gone == GO_ON, "consent.gone"
        yield HELD not in one.fates or consent.if_held == GO_ON, "consent.held"
