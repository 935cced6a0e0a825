"""Everybody of a compartment compared anew, for the pages: recorded as suggestions, and accounted for.

For the thread of a job; identity is open, which was signed. Refused: nothing.
"""

from onggi import __version__
from onggi.ledger.ledger import Ledger
from onggi.link.account import Account, make_account
from onggi.link.engine import open_engine
from onggi.link.peak import measure_peak
from onggi.link.suggest import suggest_pairs
from onggi.link.suggested import write_suggestions
from onggi.web.everyone import STRATA
from onggi.web.jobs import Progress

_ENGINE, _SEED = "duckdb", 1


def compare_everyone(ledger: Ledger, compartment: str, progress: Progress) -> Account:
    """Compare them, record what is suggested, and say by codes what was."""
    within = ledger.vault.compartment(compartment)
    view = ledger.read_on(within, strata=STRATA)
    suggested = suggest_pairs(
        *(view, within.id, ledger.vault.card.member, __version__, _SEED),
        lambda: open_engine(_ENGINE),
        lambda stage: progress(0, 0, stage),
    )
    account = make_account(suggested, view.call, __version__, _ENGINE, measure_peak())
    write_suggestions(ledger, within, view, suggested, __version__)
    return account
