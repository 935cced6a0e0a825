"""Trails come into a vault: asked for over the network, or brought in files (timestamps.md, §9).

Each is checked and kept at once, before the next is asked for. Refused: keeping what is over nothing here or
is no trail; asking any address that was not given.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onggi.errors import Finding, OnggiError
from onggi.evidence.calendar.check import check_trail
from onggi.evidence.calendar.header import Header
from onggi.evidence.calendar.health import Held, hold_trails
from onggi.evidence.calendar.question import NONCE_SIZE, make_question
from onggi.evidence.calendar.trail import (
    HEAD,
    Leaf,
    insert_answer,
    list_waiting,
    read_branch,
    read_digest,
    read_trail,
)
from onggi.evidence.timestamp.send import ask_calendar, ask_later
from onggi.evidence.timestamp.stamps import anchor_hash, list_anchors
from onggi.vault.anchoring import keep_trail
from onggi.vault.opened import Compartment, Vault
from onggi.vault.trails import KeptTrail, carried_nonce

_MOST_WAITING = 8
_LONGEST_ASKED = 64
_UNKNOWN = 404


@dataclass
class Gathered:
    """What became of trails: those that were kept, what was found, and how many were wanted."""

    held: list[Held] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    wanted: int = 0

    @property
    def well(self) -> bool:
        """Whether each that was wanted is kept, and nothing speaks against it."""
        return len(self.held) == self.wanted and not any(one.grave for one in self.findings)


def carry_question(compartment: Compartment, text: bytes) -> bytes:
    """What is carried to calendars about an anchor file."""
    return make_question(text, carried_nonce(compartment.log_domain.key, text)).carried


def ask_calendars(
    vault: Vault, compartment: Compartment, text: bytes, urls: Sequence[str], now: int
) -> Gathered:
    """Give an anchor file's hash to every calendar, each under its own nonce, and keep what they promise.

    `now` is in milliseconds. One that does not answer is a finding, named by its place in `urls`.
    """
    gathered = Gathered(wanted=len(urls))
    for number, url in enumerate(urls, start=1):
        where = f"calendar {number}"
        question = make_question(text, vault.randomness(NONCE_SIZE))
        try:
            answer = ask_calendar(url, question.message)
            _see_whether(read_branch, answer, question.message)
        except OnggiError as error:
            gathered.findings.append(Finding(error.id, where, {**error.values}))
            continue
        _keep(vault, compartment, text, question.begin + answer, now, {}, where, gathered)
    return gathered


def attach_trails(
    vault: Vault,
    compartments: Iterable[Compartment],
    files: Sequence[bytes],
    now: int,
    headers: Mapping[int, Header],
) -> Gathered:
    """Keep trails that were brought, each beside its anchor; those of publications count too."""
    gathered = Gathered(wanted=len(files))
    places = {
        begin: (compartment, text, rest)
        for compartment in compartments
        for text in list_anchors(vault, compartment)
        for begin, rest in _list_beginnings(compartment, text).items()
    }
    for number, raw in enumerate(files, start=1):
        where = f"trail {number}"
        try:
            place = places.get(read_digest(raw))
            _see_whether(read_trail, raw)
        except OnggiError as error:
            gathered.findings.append(Finding(error.id, where))
            continue
        if place is None:
            gathered.findings.append(Finding("calendar.nothing", where))
        else:
            compartment, text, begin = place
            whole = begin + raw[len(HEAD) + 32 :]
            _keep(vault, compartment, text, whole, now, headers, where, gathered)
    return gathered


def list_awaited(vault: Vault, compartment: Compartment, urls: Sequence[str]) -> list[str]:
    """Those of these calendars that have promised something here and not yet kept it."""
    held = [one for _, one in _list_held(vault, compartment)]
    return [url for url in urls if any(_list_waiting(one, {url.rstrip("/"): url}) for one in held)]


def complete_trails(
    vault: Vault, compartment: Compartment, urls: Sequence[str], now: int, headers: Mapping[int, Header]
) -> Gathered:
    """Ask each calendar what became of what it has promised, and keep trails that say more.

    One that is in no block yet is a finding, and is asked about again another day.
    """
    gathered = Gathered()
    given = {url.rstrip("/"): url for url in urls}
    for text, one in _list_held(vault, compartment):
        waiting = _list_waiting(one, given)
        gathered.wanted += bool(waiting)
        raw = one.kept.raw
        for address, leaf, message in reversed(waiting):  # the last first, so that places before it hold
            raw = _complete(raw, leaf.start, given[address], message, one.kept.id[:16], gathered)
        if raw != one.kept.raw:
            _keep(vault, compartment, text, raw, now, headers, one.kept.id[:16], gathered)
    return gathered


def _list_held(vault: Vault, compartment: Compartment) -> list[tuple[bytes, Held]]:
    """Every trail that is kept here, with the anchor file that it is over."""
    trails = vault.trails(compartment)
    texts = list_anchors(vault, compartment)
    return [(text, one) for text in texts for one in hold_trails(trails, text)]


def _list_waiting(held: Held, given: Mapping[str, str]) -> list[tuple[str, Leaf, bytes]]:
    """What calendars that were given have promised and not yet kept: the address, the item, its message."""
    if not held.checked.attested:
        return []
    waiting = [
        (leaf.address.rstrip("/"), leaf, leaf.message)
        for leaf in list_waiting(read_trail(held.kept.raw))
        if leaf.message is not None and len(leaf.message) <= _LONGEST_ASKED
    ]
    return [one for one in waiting if one[0] in given][:_MOST_WAITING]


def _complete(raw: bytes, start: int, url: str, message: bytes, where: str, gathered: Gathered) -> bytes:
    """The trail with the calendar's answer about one item, or as it was, with a finding."""
    try:
        return insert_answer(raw, start, ask_later(url, message), message)
    except OnggiError as error:
        if error.id == "timestamp.answer" and error.values.get("status") == _UNKNOWN:
            gathered.findings.append(Finding("calendar.early", where, grave=False))
        else:
            gathered.findings.append(Finding(error.id, where, {**error.values}))
        return raw


def _see_whether(read: Callable[..., object], *given: bytes) -> None:
    """Refuse what is not of this form at all; a step that is not known here stops nothing."""
    try:
        read(*given)
    except OnggiError as error:
        if error.id != "calendar.step":
            raise


def _list_beginnings(compartment: Compartment, text: bytes) -> Mapping[bytes, bytes]:
    """By the hash that a file brought begins with, what stands in its place when it is kept."""
    question = make_question(text, carried_nonce(compartment.log_domain.key, text))
    digest = hashlib.sha256(text).digest()
    return {digest: HEAD + digest, question.message: question.begin}


def _keep(
    vault: Vault,
    compartment: Compartment,
    text: bytes,
    raw: bytes,
    now: int,
    headers: Mapping[int, Header],
    where: str,
    gathered: Gathered,
) -> None:
    checked = check_trail(raw, text, headers, where=where)
    gathered.findings += checked.findings
    if checked.worth:
        kept = KeptTrail(anchor_hash(text), raw, now)
        keep_trail(vault, compartment, kept)
        gathered.held.append(Held(kept, checked))
