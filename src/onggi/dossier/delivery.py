"""A dossier on its way out, step by step: asked for, laid out, its risks taken, signed, stamped, handed over.

Floor 5. Every face leads it this way and no other; between the steps it may ask for time stamps, or stop.
Reads and writes as `build` does. Refused: what `build` refuses; a stopped one is never handed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from onggi.dossier.build import (
    HandedOver,
    Layout,
    Plan,
    hand_over,
    lay_out,
    need_stamps,
    sign_layout,
    take_risks,
)
from onggi.dossier.publish import Publication
from onggi.dossier.redact import Rules
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.vocabulary import load_properties, load_vocabulary
from onggi.vault.opened import Compartment


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far it is. `waits` is the id of a decision that a second member has to sign, or nothing."""

    plan: Plan
    layout: Layout | None = None
    publication: Publication | None = None
    waits: str = ""
    handed: HandedOver | None = None

    @property
    def stopped(self) -> bool:
        """Whether something is unmet, or waits, so that it does not leave as it is."""
        return bool(self.plan.unmet) or bool(self.waits)


def read_rules(
    view: View,
    *,
    exact: bool = False,
    words: bool = False,
    show: Iterable[str] = (),
    named: Iterable[str] = (),
    without: Iterable[str] = (),
) -> Rules:
    """How much is shown, from what was written: persons, and what is left out, by id or code.

    Raises:
        OnggiError: `ledger.absent` for a code or an id of nothing.
    """
    return Rules(
        exact=exact,
        show=frozenset(show),
        words=words,
        named=frozenset(map(view.find, named)),
        without=frozenset(_find_without(view, one) for one in without),
    )


def prepare(ledger: Ledger, compartment: Compartment, plan: Plan, moment: int) -> Delivery:
    """Laid out as of a moment in milliseconds, what is accepted signed; the whole signed if nothing stops it.

    It is laid out first: what it is made from is closed as soon as anything is written.
    """
    layout, waits = lay_out(ledger, compartment, plan, moment), ""
    if plan.order.accepts:
        plan, waits = take_risks(ledger, compartment, plan)
    found = Delivery(plan, layout, None, waits)
    if found.stopped:
        return found
    publication, layout = sign_layout(ledger, compartment, layout)
    return replace(found, layout=layout, publication=publication)


def deliver(ledger: Ledger, compartment: Compartment, one: Delivery, out: Path) -> Delivery:
    """Handed over as the new folder `out`, unless too few authorities stamped it and nobody minds."""
    layout, publication = one.layout, one.publication
    if one.stopped or layout is None or publication is None:
        return one
    plan = need_stamps(ledger, compartment, one.plan, publication)
    if plan.unmet:
        return replace(one, plan=plan)
    return replace(one, plan=plan, handed=hand_over(ledger, compartment, plan, layout, publication, out))


def _find_without(view: View, written: str) -> str:
    """What is left out: a property, a reason class, or an entity or statement by id or code."""
    if written in load_properties() or written in load_vocabulary("redaction_classes").terms:
        return written
    return view.find(written)
