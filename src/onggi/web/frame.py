"""What stands around every page. Pure data, made anew for each request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from onggi.web.earlier import stay


@dataclass(frozen=True, slots=True)
class Opened:
    """Identity is open: of which case (its code; empty for a whole compartment), for which signed reason."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Guided:
    """The guide is followed: the next step (empty: all are done), which of how many, where and how."""

    step: str
    number: int
    count: int
    href: str = ""
    press: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The reader's language, the seal of her session's forms, where she is, what of identity is open, and the
    next step where she follows the guide.

    `path` holds opaque ids only; `section` is the id of one of `sections.SECTIONS`; `members` are the numbers
    by which members are told apart, the slots of their keys; `as_of` is the earlier day that is shown; `own`
    is how many corrections of norms count in this session.
    """

    tongue: str
    csrf: str = ""
    path: str = "/"
    section: str = ""
    opened: Opened | None = None
    guided: Guided | None = None
    members: Mapping[str, int] = field(default_factory=dict)
    as_of: date | None = None
    own: int = 0

    @property
    def here(self) -> str:
        """The address of this page, with the earlier day as of which it is shown."""
        return stay(self.path, self.as_of) if self.as_of else self.path
