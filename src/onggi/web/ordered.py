"""A dossier that somebody asked for in this session: what it may know, its order, and its plan as of now.

What is chosen lies in memory under a random id (`orders`). It is made with what identity knows only where
that was asked for, and signed, for this dossier: what is open in other pages changes nothing of it.
"""

from dataclasses import dataclass

from onggi.dossier.build import Plan, plan_dossier
from onggi.dossier.delivery import Delivery, read_rules
from onggi.dossier.order import Order
from onggi.dossier.outward import read_outward
from onggi.dossier.recipients import find_recipient
from onggi.errors import Exit, OnggiError
from onggi.evidence.verify import BagReport
from onggi.ledger.view import View
from onggi.web.casework import take_case
from onggi.web.form import Form
from onggi.web.orders import Kept
from onggi.web.visit import Visit
from onggi.words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a delivery came, and what a stranger's check says of what was written."""

    delivery: Delivery
    report: BagReport | None


def find_kept(visit: Visit) -> Kept:
    """What was asked for, as the path names it. Raises `web_dossier.gone` where it ended with its session."""
    kept = visit.orders.find(visit.parts["id"], take_case(visit).case)
    if kept is None:
        raise OnggiError("web_dossier.gone", exit_code=Exit.ABSENT)
    return kept


def plan_kept(visit: Visit, compartment: str, kept: Kept) -> Plan:
    """The plan, as of now: what was recorded meanwhile is in it."""
    within = visit.ledger.vault.compartment(compartment)
    view = read_outward(visit.ledger, within, knows_identity(kept))
    return plan_dossier(visit.ledger, view, within, make_order(view, kept, visit))


def knows_identity(kept: Kept) -> bool:
    """Whether it is made with what identity knows; of what is kept that was signed when it was asked for."""
    return bool(Form(kept.fields).value("identity"))


def make_order(
    view: View, kept: Kept, visit: Visit, accepts: frozenset[str] = frozenset(), because: str | None = None
) -> Order:
    """The order as the form has it, with what is taken upon herself, and why."""
    form = Form(kept.fields)
    rules = read_rules(
        view,
        exact=bool(form.value("exact")),
        words=bool(form.value("words")),
        show=form.all("show"),
        named=form.all("named"),
        without=[*form.all("without"), *form.value("leave_out").split()],
    )
    return Order(
        kept.case,
        find_recipient(form.value("recipient")),
        form.value("organisation").strip() or None,
        form.value("purpose"),
        tuple(one for one in LANGUAGES if one in form.all("languages")) or (visit.tongue,),
        visit.today,
        rules,
        bool(form.value("items")),
        accepts,
        because,
    )
