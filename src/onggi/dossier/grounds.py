"""On which ground a dossier rests: what its form allows, who consented, and what she wants kept back.

Floor 5. Pure over a view. What a person asked to be kept back from a recipient is kept back, whoever asks for
it; where she said no, what was published of her is too. Her consent is told of by her code in the dossier,
never by how she was asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onggi.dossier.content import Content
from onggi.dossier.judge import ask_consent
from onggi.dossier.matter import Ground, Matter
from onggi.dossier.order import Order
from onggi.dossier.redact import Rules
from onggi.ledger.consents import hear_entries
from onggi.ledger.view import View
from onggi.model.request import Recorded, Request, is_declined, list_withheld
from onggi.words import say


def settle_rules(view: View, matter: Matter, order: Order) -> Rules:
    """The rules that hold for an order, whoever made it.

    On which ground and of whom it speaks is for the recipient's form to say; whoever is named is meant under
    all of her entries; left out is everything that anybody concerned asked to be kept back, and declined is
    who said no to it.
    """
    form, without = order.recipient.form, set(order.rules.without)
    named = frozenset(matter.root(one) for one in order.rules.named)
    order = replace(order, rules=replace(order.rules, named=named))
    for _, request, recorded in _hear(view, matter, order):
        without.update(*(kept.what for kept in list_withheld(recorded, request)))
    return replace(
        order.rules,
        published=form.published,
        individuals=form.individuals,
        without=frozenset(without),
        declined=list_declined(view, matter, order) if form.published else frozenset[str](),
    )


def list_declined(view: View, matter: Matter, order: Order) -> frozenset[str]:
    """Whose no stands against this recipient and purpose: nothing leaves then that was published of her."""
    heard = _hear(view, matter, order)
    return frozenset(person for person, request, recorded in heard if is_declined(recorded, request))


def _hear(view: View, matter: Matter, order: Order) -> Iterator[tuple[str, Request, Sequence[Recorded]]]:
    """Whoever is asked, what of her, and what she decided; each entry apart that may be another person."""
    for person in matter.persons - matter.suspects:
        request = ask_consent(order, person, (), ())
        for recorded in hear_entries(view, person):
            yield person, request, recorded


def say_grounds(matter: Matter, content: Content, persons: Iterable[str], lang: str) -> tuple[str, ...]:
    """The grounds as sentences for the reader."""
    public = [one for one in content.redacted.shown if one.ground is Ground.PUBLISHED]
    published = sum(one.origin.statement.source is not None for one in public)
    codes = sorted(
        content.data.call_old(one)
        for person in persons
        for one in matter.folded.cluster(person)
        if one in content.data.fresh
    )
    lines = [say("dossier.ground.published", lang, count=published)] if published else []
    lines += (
        [say("dossier.ground.consent", lang, persons=say("ledger.list", lang).join(codes))] if codes else []
    )
    return (*lines, say("dossier.ground.kept", lang))
