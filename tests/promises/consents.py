"""Random histories of consent, and an oracle that says what may be done with them.

The oracle is written from docs/design/consent.md and knows nothing of how the code does it: it follows the two
copies of a vault in which decisions are made, and keeps for each decision the set of those its copy had seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st
from msgspec import structs

from onggi.model.consent import ANSWERS, DECISIONS, GIVERS, LIKENESS, SHOWN, WISHES, Checks, Consent
from onggi.model.request import Recorded, Request

FIRST = date(2026, 1, 1)
PURPOSES = ("evidence", "research")
RECIPIENTS = ("UN-SP", "ARCHIVE")
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


def days(least: int, most: int) -> st.SearchStrategy[str]:
    """ISO days around the first one."""
    return st.integers(least, most).map(lambda number: (FIRST + timedelta(number)).isoformat())


def mostly(usual: object, *others: object) -> st.SearchStrategy[object]:
    """One value most of the time, so that enough of what is drawn is allowed."""
    return st.sampled_from((*(usual,) * 12, *others))


CHECKS = st.just(WELL) | st.builds(Checks, *[st.sampled_from(ANSWERS)] * 7)
CONSENTS = st.builds(
    Consent,
    decision=st.sampled_from((*DECISIONS, *("given",) * 8, "deferred")),
    on=mostly("2026-01-01", "2026-01-02", "2025-12-31", "soon"),
    purpose=mostly("evidence", "research", None),
    recipient=mostly("UN-SP", "ARCHIVE", None),
    organisation=mostly(None, *ORGANISATIONS, "invented  archive"),
    covers=st.sampled_from((DATA, DATA, ("facts", "words"), ("facts",))),
    items=st.sampled_from(((), (), ITEMS[:1])),
    shown=mostly("named", *SHOWN, "drawn"),
    likeness=mostly("as_is", *LIKENESS),
    valid_from=mostly("2026-01-01", "2026-02-01", None),
    valid_until=mostly("2026-03-31", "2026-01-31", "soon", None),
    given_by=mostly("self", *GIVERS, "neighbour"),
    because=mostly("INVENTED: she is twelve", None, " "),
    interest=mostly("INVENTED: it protects her", None),
    assent=mostly("yes", "no", "unknown"),
    checks=CHECKS,
    if_gone=st.sampled_from((*WISHES, None)),
    if_held=st.sampled_from((*WISHES, None)),
    version=mostly(1, 2),
)
EVENTS = st.builds(
    Event,
    CONSENTS,
    st.integers(0, 1),
    st.booleans(),
    st.sampled_from((frozenset[str](), frozenset({"ann"}), frozenset({"bea"}))),
    mostly(False, True),
    mostly(frozenset(), frozenset({"missing_or_dead"}), frozenset({"detained_or_returned"})),
)
HISTORIES = st.lists(EVENTS, min_size=1, max_size=6)
REQUESTS = st.builds(
    Request,
    purpose=mostly("evidence", "research"),
    recipient=mostly("UN-SP", "ARCHIVE", None),
    organisation=mostly(None, *ORGANISATIONS),
    covers=st.frozensets(st.sampled_from(DATA)),
    items=st.frozensets(st.sampled_from(ITEMS)),
    shown=st.sampled_from((*SHOWN, "pseudonym", "drawn")),
    likeness=st.sampled_from((*LIKENESS, "left_out", "left_out")),
    day=st.integers(0, 100).map(lambda number: FIRST + timedelta(number)),
)


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
    """What lies in the vault once the copies are together. A decision names only the latest that it had seen."""
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
