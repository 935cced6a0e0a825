"""What one thread works at: the opened vault, and what of it is open on the screen.

Everything here is called in that thread and no other (`serve` sees to it).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from onggi.ledger.ledger import Ledger
from onggi.ledger.projections import Progress
from onggi.vault.folder import Folder
from onggi.vault.opened import Vault
from onggi.web.assessing import Assessments
from onggi.web.attention import Attention
from onggi.web.behind import Behind
from onggi.web.brought import Brought
from onggi.web.corrections import Corrections
from onggi.web.identity import Identity
from onggi.web.jobs import Jobs
from onggi.web.listed import Listed
from onggi.web.orders import Orders
from onggi.web.portraits import Portraits
from onggi.web.previews import Previews
from onggi.web.scored import Scores
from onggi.web.searches import Searches
from onggi.web.shelfmarks import Shelfmarks
from onggi.web.store import Store
from onggi.web.visit import Visit
from onggi.web.walked import Walked


class Desk:
    """The ledger of a session, its open identity, and its jobs."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.identity = Identity()
        self.searches = Searches(ledger.vault.randomness)
        self.shelfmarks = Shelfmarks(ledger.vault.randomness)
        self.attention = Attention()
        self.assessments = Assessments()
        self.behind = Behind()
        self.previews = Previews(ledger.vault.randomness)
        self.orders = Orders(ledger.vault.randomness)
        self.brought = Store[Brought](ledger.vault.randomness)
        self.listed = Store[Listed](ledger.vault.randomness)
        self.scored = Store[Scores](ledger.vault.randomness)
        self.corrections = Corrections(ledger.vault.randomness)
        self.portraits = Portraits()
        self.walked = Walked()
        self.jobs = Jobs(ledger.vault.randomness, self._open_again)

    def receive(
        self,
        path: str,
        tongue: str,
        parts: Mapping[str, str],
        asked: Mapping[str, Sequence[str]],
        fields: Mapping[str, Sequence[str]],
    ) -> Visit:
        """A request, with the vault as it is now: a command or a job may have written meanwhile."""
        if self.ledger.displaced:
            self.ledger.close()
            # Whatever was remembered may have been read from what was not as it was written.
            for read in (self.attention, self.assessments, self.behind, self.portraits):
                read.forget()
        if self.ledger.vault.changed():
            self.ledger.close()
            self.ledger.vault.load()
        work = self.jobs, self.searches, self.attention, self.assessments, self.behind
        kept = self.previews, self.orders, self.brought, self.listed, self.corrections
        seen = self.scored, self.portraits, self.walked, self.shelfmarks
        return Visit(
            *(self.ledger, self.identity, *work, *kept),
            *(*seen, self.today(), tongue, path, parts, asked, fields),
        )

    def today(self) -> date:
        """The day, UTC."""
        return datetime.fromtimestamp(self.ledger.clock() / 1000, UTC).date()

    def _open_again(self, progress: Progress) -> Ledger:
        """The same vault, opened once more with the keys that are held; for a thread of its own."""
        held = self.ledger.vault
        folder = Folder(held.folder.root, held.randomness)
        return Ledger(
            Vault(folder, held.device, held.passphrase, held.randomness), self.ledger.clock, progress
        )
