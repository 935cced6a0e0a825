"""Items where they lie: whether they are whole, and their bytes for whoever says why.

Floor 4. `read_item` signs first and reads then; `check_item` shows nobody anything and needs no reason.
Refused: bytes to whoever holds no identity there; a read that cannot be written down.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.opened import Compartment
from onggi.vault.strata import Item

_IDENTITY = Stratum.IDENTITY.value


@dataclass(frozen=True, slots=True)
class Digests:
    """What the bytes of an item come to, read from end to end: digests in hex."""

    sha256: str
    sha512: str
    length: int


def find_stored(ledger: Ledger, compartment: Compartment, item: str) -> Item:
    """Where the bytes of an item lie.

    Raises:
        OnggiError: `ledger.identity` to whoever was not granted it, `ledger.absent` for no item,
            `evidence.item.gone` where the bytes were erased or are damaged.
    """
    if _IDENTITY not in compartment.strata:
        raise OnggiError("ledger.identity", exit_code=Exit.REFUSED)
    view = ledger.view(compartment=compartment)
    said = view.about(item, "code")
    if not said or view.kind_of(item) != "item":
        raise OnggiError("ledger.absent", exit_code=Exit.USAGE)
    for held in said:
        step = compartment.history.step(held.log, held.seq)
        content = ledger.vault.content(compartment, step, _IDENTITY) if step else None
        for stored in content.items if content else ():
            if stored.object == item:
                return stored
    raise OnggiError("evidence.item.gone", exit_code=Exit.REFUSED)


def check_item(
    ledger: Ledger, compartment: Compartment, item: str, view: View
) -> tuple[Digests | None, tuple[Finding, ...]]:
    """Read an item from end to end: what its bytes come to, and where that is not what was said of it.

    The bytes are held against the leaf that the commit signed, and against the digests that `view` shows.
    """
    where = view.call(item)
    try:
        stored = find_stored(ledger, compartment, item)
    except OnggiError as error:
        if error.id == "ledger.absent":
            raise
        grave = error.id != "ledger.identity"
        return None, (Finding("evidence.item.gone" if grave else "evidence.item.closed", where, grave=grave),)
    first, second, length = hashlib.sha256(), hashlib.sha512(), 0
    try:
        for part in ledger.vault.read_item(compartment, _IDENTITY, stored):
            first.update(part)
            second.update(part)
            length += len(part)
    except OnggiError:
        return None, (Finding("evidence.item.damaged", where),)
    found = Digests(first.hexdigest(), second.hexdigest(), length)
    well = (first.digest(), length) == (stored.sha256, stored.length) and _agrees(view, item, found)
    return found, () if well else (Finding("evidence.item.changed", where),)


def read_item(ledger: Ledger, compartment: Compartment, item: str, reason: str) -> Iterator[bytes]:
    """Sign that an item is read, and why; then its bytes, part by part. Views given out before are closed.

    Raises:
        OnggiError: `ledger.reason` without a reason, `ledger.unsigned` where it cannot be written down, what
            `find_stored` raises; while reading `evidence.item.changed`, where the bytes are not those that
            were sealed.
    """
    if not reason.strip():
        raise OnggiError("ledger.reason", exit_code=Exit.USAGE)
    stored = find_stored(ledger, compartment, item)
    note_event(ledger, compartment, item, "read_item", reason)
    # Writing reads the vault again: what was open before is closed.
    return _read_checked(ledger, ledger.vault.compartment(compartment.id), stored)


def note_event(ledger: Ledger, compartment: Compartment, item: str, event: str, reason: str) -> None:
    """Sign that something was done with an item: `read_item`, `printed`, `handed_over` or `exported`.

    Raises:
        OnggiError: `ledger.absent` for what is no item; `ledger.unsigned`, where it cannot be written down.
    """
    view = ledger.view(compartment=compartment)
    if view.kind_of(item) != "item":
        raise OnggiError("ledger.absent", exit_code=Exit.USAGE)
    case = view.about(item, "code")[0].statement.about.case
    note = ledger.make_statement(item, case, event, Text(reason, "und"))
    try:
        ledger.append(compartment, [(Stratum.IDENTITY, note)])
    except OSError:
        raise OnggiError("ledger.unsigned", exit_code=Exit.REFUSED) from None


def _read_checked(ledger: Ledger, compartment: Compartment, stored: Item) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for part in ledger.vault.read_item(compartment, _IDENTITY, stored):
        digest.update(part)
        yield part
    if digest.digest() != stored.sha256:
        raise OnggiError("evidence.item.changed")


def _agrees(view: View, item: str, found: Digests) -> bool:
    """Whether every digest that is recorded of it is the one the bytes have."""
    return all(
        isinstance(held.statement.value, Text) and held.statement.value.text == getattr(found, name)
        for name in ("sha256", "sha512")
        for held in view.live(item, name)
    )
