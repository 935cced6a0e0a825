"""What a dossier may know of a compartment: the record, and identity where that was signed; never care."""

from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.vault.opened import Compartment

OPENED = (Stratum.IDENTITY.value,)
"""The strata beside the record. Whoever reads them has signed it."""


def read_outward(ledger: Ledger, compartment: Compartment, opened: bool) -> View:
    """The view, as the record stands now; with identity where it is `opened`."""
    return ledger.read_on(compartment, strata=OPENED) if opened else ledger.view(compartment=compartment)
