"""Consent: what a person decided may be done with what concerns her.

A decision is one value of one statement about the person and is never changed; who decides again records
another, which knows the ones before (docs/design/consent.md, §2). Whether a request keeps to it is for
`request` to judge.

Floor 2. Pure data; it refuses nothing: what it cannot understand is judged as a no.
"""

import re
from datetime import date

from msgspec import Struct

VERSION = 1
"""Of the rules that a decision was recorded under. A later program that adds a condition raises it."""

GIVEN = "given"
NOT_ASKED = "not_asked"
LOST = "lost"
"""What stands in the place of a decision that another one knows and that is not there; never recorded."""
DECISIONS = (GIVEN, "refused", "withdrawn", NOT_ASKED)

SHOWN = ("left_out", "pseudonym", "named")
"""How a person may appear, the least first."""
LIKENESS = ("left_out", "altered", "as_is")
"""How her face and her voice may, the least first."""
IDENTITY = "identity"
"""The one of `consent_data` without which nobody is named."""

SELF, NOBODY = "self", "nobody"
GIVERS = (SELF, "guardian", "proxy", NOBODY)
ANSWERS = ("yes", "no", "unknown")
STOP, GO_ON = "stop", "go_on"
WISHES = (STOP, GO_ON, "ask")
GONE, HELD = "missing_or_dead", "detained_or_returned"
"""What may have become of her since."""

DAYS = 90
"""So long a consent holds where nothing else is said."""
MOST_DAYS = 731
"""Nobody can say yes to what the world will be like in three years."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Withheld(Struct, frozen=True, gc=False):
    """What is kept back from the recipient, and the term that says why.

    `what` holds terms of `redaction_classes`, properties, and ids of entities or statements.
    """

    what: tuple[str, ...]
    why: str


class Checks(Struct, frozen=True, omit_defaults=True, gc=False):
    """What whoever asked made sure of, each *yes*, *no* or *unknown*."""

    risks: str = "unknown"
    no_loss: str = "unknown"
    said_back: str = "unknown"
    able: str = "unknown"
    safe: str = "unknown"
    alone: str = "unknown"
    pressed: str = "unknown"


class Consent(Struct, frozen=True, tag="consent", tag_field="type", omit_defaults=True, gc=False):
    """One decision: who decided, for one purpose and one recipient, on what, how it was asked, until when.

    Days are ISO, the last one included; persons and items are ids. Without purpose or recipient, a no speaks
    of all of them, and a yes of nothing. `items` narrow what is covered to these files. `knows` holds the
    decisions about the person that were known when this one was recorded.
    """

    decision: str
    on: str
    purpose: str | None = None
    recipient: str | None = None
    organisation: str | None = None
    covers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    shown: str = SHOWN[0]
    likeness: str = LIKENESS[0]
    withheld: tuple[Withheld, ...] = ()
    channels: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None
    review_on: str | None = None
    given_by: str = SELF
    because: str | None = None
    interest: str | None = None
    assent: str = "unknown"
    lang: str | None = None
    interpreter: str | None = None
    form: str | None = None
    witness: str | None = None
    kept_as: str | None = None
    place: str | None = None
    checks: Checks = Checks()
    if_gone: str | None = None
    if_held: str | None = None
    knows: tuple[str, ...] = ()
    version: int = 1  # what is absent was recorded under the first rules, whatever VERSION is by then

    @property
    def texts(self) -> list[str]:
        """Everything in it that somebody wrote in words of her own."""
        return [text for text in (self.organisation, self.because, self.interest) if text]

    @property
    def is_no(self) -> bool:
        """Whether it forbids; a word that a later program may add does."""
        return self.decision not in (GIVEN, NOT_ASKED)

    @property
    def takes_two(self) -> bool:
        """Whether a second member must sign before it allows anything: she did not say yes herself."""
        return self.decision == GIVEN and self.given_by != SELF


def read_day(text: str | None) -> date | None:
    """A day as decisions have it, `2026-12-01`; None for whatever else."""
    try:
        return date.fromisoformat(text) if text and _DAY.fullmatch(text) else None
    except ValueError:
        return None
