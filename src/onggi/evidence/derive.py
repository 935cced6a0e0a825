"""Derivatives: what is made of an original, which itself is never touched.

Floor 4. A stripped copy is made here: read (signed first), written anew by the process apart, and sealed as
an item that names its original, in that one's unit, so that both are erased together. Nothing of it lies
anywhere but in memory and in the vault. Refused: to guess where a face is. A redacted copy is made by a
person, elsewhere, and comes in by `onggi add … --of`.
"""

import io
from dataclasses import dataclass

from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.copies import Copy
from onggi.evidence.item import find_stored, read_item
from onggi.evidence.original import Incoming, Original, say_making, seal_originals
from onggi.evidence.quarantine import LARGEST, Bytes, Quarantine
from onggi.ledger.ledger import Ledger
from onggi.model.entity import Randomness
from onggi.vault.opened import Compartment

SOUND = "audio/wav"
SHOWN = ("image/jpeg", "image/png", SOUND)
"""What a picture is drawn anew as, and sound written anew."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """A stripped copy that was sealed, and what is not in it that was in the original."""

    original: str
    copy: Original
    media_type: str
    findings: tuple[Finding, ...]


def write_anew(data: Bytes) -> Copy:
    """A picture, a PDF or plain sound written anew, apart. Raises as `Quarantine.copy` does."""
    with Quarantine() as quarantine:
        return quarantine.copy(data)


def show_anew(data: Bytes) -> Copy:
    """A picture or plain sound made anew, apart, with nothing else in it: what may be shown to somebody.

    Raises:
        OnggiError: `evidence.copy.form` where it is neither, else as `Quarantine.copy` does.
    """
    copy = write_anew(data)
    if copy.media_type not in SHOWN:
        raise OnggiError("evidence.copy.form", exit_code=Exit.REFUSED)
    return copy


def strip_item(
    ledger: Ledger, compartment: Compartment, item: str, reason: str, randomness: Randomness
) -> Stripped:
    """Make a copy of an item without what it says of itself, and seal it beside the original.

    Raises:
        OnggiError: what `read_item` raises; `evidence.copy.…`, where no copy can be made: the read stands in
            the original's custody then, and nothing else was recorded.
    """
    stored = find_stored(ledger, compartment, item)
    if stored.length > LARGEST:
        raise OnggiError("evidence.copy.large", exit_code=Exit.REFUSED, limit=LARGEST // 2**20)
    data = bytearray()
    for part in read_item(ledger, compartment, item, reason):
        data += part
    copy = write_anew(data)
    compartment = ledger.vault.compartment(compartment.id)
    case, person = find_holder(ledger, compartment, item)
    said = say_making(item, "stripped", tool=copy.tool)
    incoming = Incoming("", io.BytesIO(copy.content), len(copy.content))
    (sealed,) = seal_originals(ledger, compartment, case, [incoming], said, person, randomness)
    where = sealed.code
    return Stripped(
        item, sealed, copy.media_type, tuple(Finding(code, where, grave=False) for code in copy.found)
    )


def find_holder(ledger: Ledger, compartment: Compartment, item: str) -> tuple[str, str]:
    """The case an item is of, and the person with whom its bytes are erased; none is the case itself."""
    stored = find_stored(ledger, compartment, item)
    case = ledger.view(compartment=compartment).about(item, "code")[0].statement.about.case
    return ledger.holders(compartment, "identity", case).get(stored.unit, (case, ""))
