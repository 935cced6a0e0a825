"""What somebody asks of a dossier: which case, for whom, for what, and how much is shown.

Pure data. It decides nothing: `judge` does, with everything that stands against it.
"""

from dataclasses import dataclass
from datetime import date

from onggi.dossier.recipients import Recipient
from onggi.dossier.redact import Rules


@dataclass(frozen=True, slots=True)
class Order:
    """A dossier as it is asked for.

    `languages` are those in which its document is made; `items` says whether files go along. `accepts` are
    findings that whoever asks takes upon herself, `because` says why.
    """

    case: str
    recipient: Recipient
    organisation: str | None
    purpose: str
    languages: tuple[str, ...]
    day: date
    rules: Rules
    items: bool = True
    accepts: frozenset[str] = frozenset()
    because: str | None = None
