"""Random histories of consent, and an oracle that says what may be done with them.

The oracle is written from docs/design/consent.md and knows nothing of how the code does it: it follows the
two copies of a vault in which decisions are made, and keeps for each what its copy had seen by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec import structs

from onggi.model.consent import ANSWERS, DECISIONS, GIVERS, LIKENESS, SHOWN, WISHES, Checks, Consent
from onggi.model.request import Recorded, Request

FIRST = date(2026, 1, 1)
ORGANISATIONS = ("INVENTED Archive", "INVENTED Paper")
DATA = ("facts", "words", "identity")
ITEMS = ("1" * 32, "2" * 32)
WELL = Checks("yes", "yes", "yes", "yes", "yes", "yes", "no")


@dataclass(frozen=True)
class Event:
    """A decision in one of two copies; a `merge` before it lets that copy see all that the other had seen.

    `signed` are members who signed it, `after` is what was said to have become of her afterwards.
    """

    consent: Consent
    copy: int
    merge: bool
    signed: frozenset[str]
    retracted: bool
    after: frozenset[str]


YES = Consent(
    "given",
    "2026-01-01",
    "evidence",
    "UN-SP",
    covers=DATA,
    shown="named",
    likeness="as_is",
    valid_from="2026-01-01",
    valid_until="2026-03-31",
    because="INVENTED: she is twelve",
    interest="INVENTED: it protects her",
    checks=WELL,
)
ASKED = Request(
    purpose="evidence",
    recipient="UN-SP",
    organisation=None,
    covers=frozenset({"facts"}),
    items=frozenset(),
    shown="pseudonym",
    likeness="left_out",
    day=FIRST,
)

# What differs from a yes and a request that fit: few things at a time, or nothing would ever be allowed.
_ROWS: Mapping[str, st.SearchStrategy[Any]] = {
    "decision": st.sampled_from((*DECISIONS, "refused", "withdrawn", "deferred")),
    "on": st.sampled_from(("2026-01-02", "2025-12-31", "soon")),
    "purpose": st.sampled_from(("research", None)),
    "recipient": st.sampled_from(("ARCHIVE", None)),
    "organisation": st.sampled_from((*ORGANISATIONS, "invented  archive")),
    "covers": st.sampled_from((("facts", "words"), ("facts",), ("facts", "identity"))),
    "items": st.just(ITEMS[:1]),
    "shown": st.sampled_from((*SHOWN, "drawn")),
    "likeness": st.sampled_from(LIKENESS),
    "valid_from": st.sampled_from(("2026-02-01", None)),
    "valid_until": st.sampled_from(("2026-01-31", "soon", None)),
    "given_by": st.sampled_from((*GIVERS, *GIVERS[1:], "neighbour")),
    "because": st.sampled_from((None, " ")),
    "interest": st.none(),
    "assent": st.sampled_from(ANSWERS),
    "checks": st.builds(
        lambda name, answer: structs.replace(WELL, **{name: answer}),
        st.sampled_from(Checks.__struct_fields__),
        st.sampled_from(ANSWERS),
    ),
    "if_gone": st.sampled_from(WISHES),
    "if_held": st.sampled_from(WISHES),
    "version": st.just(2),
}
_REQUESTS: Mapping[str, st.SearchStrategy[Any]] = {
    "purpose": st.just("research"),
    "recipient": st.sampled_from(("ARCHIVE", None)),
    "organisation": st.sampled_from(ORGANISATIONS),
    "covers": st.frozensets(st.sampled_from(DATA)),
    "items": st.frozensets(st.sampled_from(ITEMS)),
    "shown": st.sampled_from((*SHOWN, "drawn")),
    "likeness": st.sampled_from(LIKENESS),
    "day": st.sampled_from((-1, 30, 31, 89, 90)).map(lambda number: FIRST + timedelta(number)),
}


def change(fields: Mapping[str, st.SearchStrategy[Any]], most: int) -> st.SearchStrategy[dict[str, Any]]:
    """A few fields with other values."""
    names = st.lists(st.sampled_from(sorted(fields)), max_size=most, unique=True)
    return names.flatmap(lambda some: st.fixed_dictionaries({name: fields[name] for name in some}))


FATES = st.sampled_from(("missing_or_dead", "detained_or_returned"))
EVENTS = st.builds(
    Event,
    change(_ROWS, 3).map(lambda changes: structs.replace(YES, **changes)),
    st.integers(0, 1),
    st.sampled_from((True, True, False)),
    st.sampled_from((frozenset({"bea"}), frozenset({"bea"}), frozenset({"ann"}), frozenset[str]())),
    st.sampled_from((*(False,) * 9, True)),
    st.sampled_from((*(0,) * 5, 1)).flatmap(lambda most: st.frozensets(FATES, max_size=most)),
)
HISTORIES = st.lists(EVENTS, min_size=1, max_size=6)
REQUESTS = change(_REQUESTS, 2).map(lambda changes: replace(ASKED, **changes))


def follow(history: Sequence[Event]) -> list[frozenset[int]]:
    """What each decision had seen."""
    copies: list[set[int]] = [set(), set()]
    seen = []
    for number, event in enumerate(history):
        mine = copies[event.copy]
        if event.merge:
            mine |= copies[1 - event.copy]
        seen.append(frozenset(mine))
        mine.add(number)
    return seen


def record(history: Sequence[Event]) -> list[Recorded]:
    """What lies in the vault once the copies are together; each decision names the latest it had seen."""
    seen = follow(history)
    recorded = []
    for number, event in enumerate(history):
        named = [one for one in seen[number] if not any(one in seen[other] for other in seen[number])]
        consent = structs.replace(event.consent, knows=tuple(map(str, sorted(named))))
        recorded.append(Recorded(str(number), consent, "ann", event.signed, event.retracted, event.after))
    return recorded


def ask_oracle(history: Sequence[Event], asked: Request) -> bool:
    """Whether the last words on the matter, whichever they are, all allow it."""
    seen = follow(history)
    heard = [number for number, event in enumerate(history) if concerns(event.consent, asked)]
    last = [
        one
        for one in heard
        if not [other for other in heard if one in seen[other] and outdoes(history[other], history[one])]
    ]
    return last != [] and all(allows(history[one], asked) for one in last)


def forbids(row: Consent) -> bool:
    return row.decision != "given" and row.decision != "not_asked"


def concerns(row: Consent, asked: Request) -> bool:
    """§3: is it about this purpose and this recipient?"""
    if row.decision == "not_asked" or row.purpose not in (asked.purpose, None):
        return False
    body = {None: None, "INVENTED Paper": "paper"}.get(row.organisation, "archive")
    wanted = {None: None, "INVENTED Paper": "paper"}.get(asked.organisation, "archive")
    match (row.recipient, body):
        case (None, None):
            return True
        case (id, None):
            return id == asked.recipient
        case (None, _):
            return body == wanted and (forbids(row) or asked.recipient is None)
        case (id, _) if wanted is None:
            return id == asked.recipient
        case (id, _):
            return body == wanted and (forbids(row) or id == asked.recipient)
    raise AssertionError


def outdoes(newer: Event, older: Event) -> bool:
    """§3: does a decision that had seen another one take its place?"""
    dates = {"2025-12-31": 1, "2026-01-01": 2, "2026-01-02": 3}
    if dates.get(newer.consent.on, 0) < dates.get(older.consent.on, 0):
        return False
    if newer.consent.given_by == "self" or older.consent.given_by != "self":
        return True
    return not forbids(older.consent) and "stop" not in (older.consent.if_gone, older.consent.if_held)


def allows(event: Event, asked: Request) -> bool:
    """§4: would this one decision, if there were no other, let it pass?"""
    row, day, alone = event.consent, asked.day.isoformat(), event.consent.given_by == "self"
    checks = structs.asdict(row.checks)
    answers = {name: answer for name, answer in checks.items() if name != "alone"}
    asked_well = answers == {
        **dict.fromkeys(("risks", "no_loss", "said_back", "able", "safe"), "yes"),
        "pressed": "no",
    }
    named = asked.shown == "named" or asked.likeness == "as_is" or "identity" in asked.covers
    drawn = asked.shown in ("left_out", "pseudonym", "named") and row.shown != "drawn"
    rank = {"left_out": 0, "pseudonym": 1, "named": 2, "drawn": 9, "altered": 1, "as_is": 2}
    return all(
        (
            row.decision == "given" and row.version == 1 and row.purpose == asked.purpose,
            not event.retracted,
            row.recipient == asked.recipient and (row.recipient or row.organisation) is not None,
            row.organisation == asked.organisation,
            asked_well or row.given_by == "nobody",
            row.valid_from is not None and row.valid_from <= day,
            row.valid_until not in (None, "soon") and day <= str(row.valid_until),
            set(asked.covers) | ({"identity"} if named else set()) <= set(row.covers),
            row.items == () or asked.items <= {ITEMS[0]},
            drawn and rank["named" if named else asked.shown] <= rank[row.shown],
            rank[asked.likeness] <= rank[row.likeness],
            alone or not named,
            alone or row.given_by in ("guardian", "proxy", "nobody"),
            alone or row.assent != "no",
            alone or (row.because or " ").strip() != "" and row.interest is not None,
            alone or event.signed == {"bea"},
            row.given_by in ("proxy", "nobody")
            or "missing_or_dead" not in event.after
            or row.if_gone == "go_on",
            row.given_by in ("proxy", "nobody")
            or "detained_or_returned" not in event.after
            or row.if_held == "go_on",
        )
    )
