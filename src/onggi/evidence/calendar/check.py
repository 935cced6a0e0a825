"""The verdict on a trail: what attests an anchor file, and what of that was checked (timestamps.md, §9).

Pure: knows no vault and asks no clock. `check_trail` never raises, whatever it is given as a trail.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from onggi.errors import Finding, OnggiError
from onggi.evidence.calendar.header import Header
from onggi.evidence.calendar.trail import Leaf, read_digest, read_trail

WANTS_HEADER = "calendar.unchecked"


class State(StrEnum):
    """What is known of one attestation."""

    PENDING = "pending"
    UNCHECKED = "unchecked"
    CHECKED = "checked"
    WRONG = "wrong"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attested:
    """One attestation: its state, the calendar's address or the block's height and header."""

    state: State
    message: str
    address: str = ""
    height: int | None = None
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a trail; `worth`: it is over this anchor and a trail by the letter, so it is kept."""

    findings: tuple[Finding, ...]
    attested: tuple[Attested, ...] = ()
    worth: bool = False

    @property
    def proven(self) -> bool:
        """Whether a header that was given shows it, if one trusts that header."""
        states = {one.state for one in self.attested}
        return State.CHECKED in states and State.WRONG not in states

    @property
    def unchecked(self) -> int:
        """How many attestations want a header that was not given."""
        return sum(one.state is State.UNCHECKED for one in self.attested)


def check_trail(
    raw: bytes, text: bytes, headers: Mapping[int, Header] | None = None, *, where: str = "trail"
) -> Checked:
    """Judge a trail over an anchor file, with the headers that a reader has, by height."""
    try:
        if read_digest(raw) != hashlib.sha256(text).digest():
            return Checked((Finding("calendar.imprint", where),))
        leaves = read_trail(raw).leaves
    except OnggiError as error:
        # A step that is not known yet may be known to others: that trail is kept.
        later = error.id == "calendar.step"
        return Checked((Finding(error.id, where, grave=not later),), worth=later)
    attested = tuple(dict.fromkeys(_judge(one, headers or {}) for one in leaves))
    return Checked(tuple(_list_findings(attested, where)), attested, worth=True)


def _judge(leaf: Leaf, headers: Mapping[int, Header]) -> Attested:
    message = leaf.message.hex() if leaf.message is not None else ""
    if leaf.message is None or (leaf.height is None and not leaf.address):
        return Attested(State.OTHER, message)
    if leaf.height is None:
        return Attested(State.PENDING, message, address=leaf.address)
    header = headers.get(leaf.height)
    if len(leaf.message) != 32 or (header is not None and header.root != leaf.message):
        return Attested(State.WRONG, message, height=leaf.height, header=header)
    state = State.UNCHECKED if header is None else State.CHECKED
    return Attested(state, message, height=leaf.height, header=header)


def _list_findings(attested: tuple[Attested, ...], where: str) -> list[Finding]:
    """What speaks against it; and, where no block does, that it proves nothing yet."""
    findings = [
        Finding("calendar.block", where, {"block": one.height or 0})
        for one in attested
        if one.state is State.WRONG
    ]
    findings += [
        Finding(WANTS_HEADER, where, {"block": one.height or 0}, grave=False)
        for one in attested
        if one.state is State.UNCHECKED
    ]
    states = {one.state for one in attested}
    if State.PENDING in states and not states & {State.UNCHECKED, State.CHECKED}:
        findings.append(Finding("calendar.pending", where, grave=False))
    if State.OTHER in states:
        findings.append(Finding("calendar.other", where, grave=False))
    return findings
