"""The names of everyone at once, which comparing two people needs: whether they are open, and the way there.

What is read is the record, and identity of the compartment for which it was signed; care stays closed.
Refused: names before that was signed, for a reason.
"""

from onggi.ledger.view import View
from onggi.vault.opened import Compartment
from onggi.web.answers import Answer, show
from onggi.web.form import Form
from onggi.web.visit import Visit

STRATA = ("identity",)


def ask_names(visit: Visit, form: Form | None = None) -> Answer:
    """Why names are needed, which opens nothing; from there back to the page that needs them."""
    form = form or Form.of(back=visit.path)
    places = [one for one in visit.ledger.vault.compartments if "identity" in one.strata]
    return show(
        "review_names.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        compartments=[(one.name, one.name) for one in places],
    )


def read_everyone(visit: Visit) -> View:
    """The record and identity, of the compartment for which that was signed."""
    return visit.ledger.read_on(take_signed(visit), strata=STRATA)


def take_signed(visit: Visit) -> Compartment:
    """The compartment for which it was signed."""
    signed = visit.identity.signed
    return visit.ledger.vault.compartment(signed.compartment if signed else None)
