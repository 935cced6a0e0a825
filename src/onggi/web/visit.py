"""What a page is given: the opened vault, what was asked, in which language, and nothing of the browser.

Made anew for each request, in the one thread that owns the ledger. Refused: a field that was not sent is
empty, never an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onggi.law.shelf import Shelf
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.day import end_day
from onggi.web.assessing import Assessments
from onggi.web.attention import Attention
from onggi.web.behind import Behind
from onggi.web.brought import Brought
from onggi.web.corrections import Corrections
from onggi.web.earlier import stay
from onggi.web.identity import Identity
from onggi.web.jobs import Jobs
from onggi.web.listed import Listed
from onggi.web.orders import Orders
from onggi.web.portraits import Portraits, Weighed
from onggi.web.previews import Previews
from onggi.web.scored import Scores
from onggi.web.searches import Searches
from onggi.web.shelfmarks import Shelfmarks
from onggi.web.store import Store
from onggi.web.upload import Delivery
from onggi.web.walked import Walked


@dataclass(frozen=True, slots=True)
class Visit:
    """One request.

    `parts` are the variable parts of its path, `asked` what stands behind its question mark (a page number, a
    filter; never what somebody typed), `fields` the form, each field as often as it was sent, `upload` the
    files of a form that has some, `as_of` the earlier day as of which it is shown, if one is asked for.
    """

    ledger: Ledger
    identity: Identity
    jobs: Jobs
    searches: Searches
    attention: Attention
    assessments: Assessments
    behind: Behind
    previews: Previews
    orders: Orders
    brought: Store[Brought]
    listed: Store[Listed]
    corrections: Corrections
    scored: Store[Scores]
    portraits: Portraits
    walked: Walked
    shelfmarks: Shelfmarks
    today: date
    tongue: str
    path: str
    parts: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    upload: Delivery | None = None
    as_of: date | None = None

    @property
    def day(self) -> date:
        """By which day things are judged: today, or the earlier one that is asked for."""
        return self.as_of or self.today

    @property
    def shelf(self) -> Shelf:
        """The norms that answers go by: what is shipped, with the corrections that count in this session."""
        return self.corrections.shelf

    @property
    def here(self) -> str:
        """Its address, with the earlier day as of which it is shown."""
        return stay(self.path, self.as_of) if self.as_of else self.path

    def weigh(self, view: View, entity: str) -> Weighed:
        """An entity as a view shows it; a case as it is remembered, where that is true still."""
        return self.portraits.weigh(self.ledger, view, entity)

    def forget(self) -> None:
        """Let go of whatever this session remembers of what it showed: something of it is to be erased."""
        found = self.attention, self.assessments, self.behind, self.portraits
        brought = self.brought, self.listed, self.scored
        for kept in (*found, *brought, self.searches, self.previews, self.orders):
            kept.forget()

    def view(self, case: str | None = None) -> View:
        """The vault as it may be shown: codes; or names, of a case whose identity was opened.

        Whatever is recorded closes every view: take a new one afterwards.
        """
        return self.identity.view(self.ledger, case, self._moment)

    def everywhere(self) -> View:
        """The vault as a search may see it: names only where identity was opened for every case."""
        return self.identity.view_all(self.ledger, self._moment)

    @property
    def _moment(self) -> int | None:
        return end_day(self.as_of) if self.as_of else None

    def field(self, name: str) -> str:
        """The last value of a field of the form, as it was typed; empty if there is none."""
        return (self.fields.get(name) or ("",))[-1]

    def number(self, name: str, otherwise: int, most: int = 1_000_000) -> int:
        """A whole number behind the question mark, between 1 and `most`; `otherwise` for anything else."""
        text = (self.asked.get(name) or ("",))[-1]
        return (
            min(int(text), most)
            if text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)
            else otherwise
        )
