"""The plan of a dossier: everything that would leave and stand against it, bound by one hash.

Floor 5. Pure. Who takes a risk upon herself, and who signs second, signs the plan: change one letter of what
leaves, one finding, the recipient or the language, and nothing is signed.
"""

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import structs

from onggi.dossier.order import Order
from onggi.dossier.redact import Redacted, Shown
from onggi.errors import Finding
from onggi.model.release import FOR_TWO, Release
from onggi.model.statement import Trace, write_slots
from onggi.proof.canonical import encode_canonical

UNSTAMPED = "release.tokens"
"""Fewer than two authorities stamped it. Known only once there is something to stamp: no part of the plan."""


def hash_plan(order: Order, redacted: Redacted, items: Sequence[str], findings: Sequence[Finding]) -> str:
    """What a signature binds, in hex."""
    return hashlib.sha256(
        encode_canonical(
            {
                "onggi": "plan-1",
                "case": order.case,
                "recipient": order.recipient.id,
                "organisation": order.organisation or "",
                "purpose": order.purpose,
                "languages": list(order.languages),
                "named": sorted(order.rules.named),
                "shown": [_hash_shown(one) for one in redacted.shown],
                "withheld": sorted([held.id, cut.reason] for held, cut in redacted.withheld),
                "items": sorted(items),
                "findings": sorted([one.code, one.where] for one in findings),
            }
        )
    ).hexdigest()


def list_unmet(findings: Sequence[Finding], releases: Mapping[Release, bool]) -> list[Finding]:
    """Findings that nobody has taken upon herself.

    `releases` are the decisions on this plan, each with whether a second member signed it.
    """
    return [one for one in findings if one.grave or not _is_taken(one.code, releases)]


def _is_taken(code: str, releases: Mapping[Release, bool]) -> bool:
    return any(
        code in one.accepts and (seconded or code not in FOR_TWO) for one, seconded in releases.items()
    )


def _hash_shown(one: Shown) -> str:
    said = structs.replace(one.origin.statement, what=one.what, words=one.words, trace=Trace(one.locator))
    return hashlib.sha256(b"\n".join(write_slots(said))).hexdigest()
