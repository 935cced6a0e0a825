"""Who may be one person, as a page outside the vault: signed before it leaves, by who may show outside.

Floor 5; writes through the ledger and `release`. Refused: whoever was not granted to release, and anything
but codes, numbers and our own words.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from onggi.dossier.leaving import sign_leaving
from onggi.dossier.release import check_new, make_suggestions, release_suggestions
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger, Placed
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.vault.anchoring import require_release
from onggi.vault.opened import Compartment

if TYPE_CHECKING:
    from onggi.link.account import Account

EXPORTED = "exported"


def check_suggestions(ledger: Ledger, compartment: Compartment, out: Path) -> None:
    """Before anything is compared: that a page may leave, and where to.

    Raises:
        OnggiError: `vault.anchors.release` for a member who was not granted to release; what `check_new`
            raises.
    """
    check_new(out)
    require_release(ledger.vault, compartment)


def hand_out_suggestions(
    ledger: Ledger, compartment: Compartment, account: "Account", lang: str, because: str, out: Path
) -> str:
    """Sign, in identity, that the page leaves and why, and write it; returns its SHA-256, in hex.

    Raises:
        OnggiError: what `check_suggestions` and `release_suggestions` raise.
    """
    compartment = ledger.vault.compartment(compartment.id)
    check_suggestions(ledger, compartment, out)
    with sign_leaving(ledger, compartment, [_note_leaving(ledger, compartment, because)], out):
        return release_suggestions(account, lang, out)


def sign_suggestions(
    ledger: Ledger, compartment: Compartment, account: "Account", lang: str, because: str
) -> bytes:
    """The page, once it is signed, in identity, that it leaves and why: for whoever is handed it to store.

    Whether she stored it is not known here, so the record says from then on that it left.

    Raises:
        OnggiError: `ledger.reason` without a reason; `vault.anchors.release` for a member who was not granted
            to release; what `make_suggestions` raises. Then nothing is signed.
    """
    if not because.strip():
        raise OnggiError("ledger.reason", exit_code=Exit.USAGE)
    compartment = ledger.vault.compartment(compartment.id)
    require_release(ledger.vault, compartment)
    page = make_suggestions(account, lang)
    ledger.append(compartment, [_note_leaving(ledger, compartment, because)])
    return page


def _note_leaving(ledger: Ledger, compartment: Compartment, because: str) -> Placed:
    note = ledger.make_statement(compartment.id, compartment.id, EXPORTED, Text(because, "und"))
    return Stratum.IDENTITY, note
