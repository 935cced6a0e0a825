"""All of a vault at once: its files and promises, its projections, its time stamps; and a head written down.

Reads a vault and its projections, and writes nothing. Findings are places and numbers.
"""

from onggi.evidence.timestamp.health import check_tokens
from onggi.ledger.ledger import Ledger
from onggi.vault.checking import Report, check_vault
from onggi.vault.opened import Progress
from onggi.words.heads import has_head

_QUIET: Progress = lambda done, total, stage: None  # noqa: E731 - a default that says nothing


def check_all(ledger: Ledger, progress: Progress = _QUIET) -> Report:
    """Everything that can be checked with what is granted."""
    report = check_vault(ledger.vault, progress)
    report.findings += ledger.check_indexes()
    for compartment in ledger.vault.compartments:
        wrong, unchecked = check_tokens(ledger.vault, compartment)
        report.findings += wrong
        if unchecked:
            report.count("unchecked", unchecked)
    return report


def holds_head(ledger: Ledger, head: tuple[int, ...]) -> bool:
    """Whether a state that was written down in five words (`read_head`) is still among those recorded."""
    return any(
        has_head(bytes.fromhex(step.hash), head)
        for one in ledger.vault.compartments
        for step in one.history.steps()
    )
