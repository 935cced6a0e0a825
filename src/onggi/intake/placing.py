"""Statements on their way into strata, and the screening of those that go to the record.

Floor 5. Pure; randomness is passed in. Refused: record text in which a name, a number or an exact place
stands that the identity stratum holds, in the vault or in the same file.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import structs

from onggi.errors import Finding
from onggi.intake.batch import Counts
from onggi.intake.draft import Progress
from onggi.intake.findings import Findings, Spot
from onggi.ledger.screen import Screen, list_texts
from onggi.model.entity import Randomness, new_id
from onggi.model.naming import Naming, read_naming
from onggi.model.statement import About, Said, Statement, Trace, What, Words
from onggi.model.stratum import Stratum

_NO_TRACE = Trace()
_STEPS = 1000


class Placing:
    """The statements of one file so far, each with its stratum and its place in the file.

    `names` is what the vault holds in identity, None if that is not granted: then nothing counts as screened.
    """

    def __init__(self, randomness: Randomness, names: Sequence[Naming] | None) -> None:
        self.case = ""
        self.placed: list[tuple[Stratum, Statement]] = []
        self._spots: list[Spot] = []
        self._randomness = randomness
        self._names = names

    def place(
        self,
        stratum: Stratum,
        what: What,
        subject: str,
        spot: Spot,
        *,
        id: str | None = None,
        said: Said | None = None,
        words: Words | None = None,
        trace: Trace = _NO_TRACE,
    ) -> None:
        """Add one statement; unit and recorder are the ledger's to fill in."""
        about = About(id or new_id(self._randomness), subject, self.case, unit="")
        if stratum is Stratum.RECORD and self._names is not None:
            trace = structs.replace(trace, screened=True)
        self.placed.append((stratum, Statement(what, about, said, words, trace)))
        self._spots.append(spot)

    def screen_record(self, findings: Findings, progress: Progress) -> None:
        """Look for names in all that goes to the record, once all names of the file are known.

        Without identity granted only the file's own names are known: that helps, but it is not a screening.
        """
        screen = Screen((*(self._names or ()), *self._list_new_names()), self.case)
        for number, ((stratum, statement), spot) in enumerate(zip(self.placed, self._spots, strict=True)):
            if number % _STEPS == 0:
                progress(number, len(self.placed), "screen")
            if stratum is Stratum.RECORD:
                self._screen_statement(screen, statement, spot, findings)

    def count(self) -> Counts:
        tally = Counter(stratum for stratum, _ in self.placed)
        return Counts(
            entities=sum(statement.what.property == "kind" for _, statement in self.placed),
            record=tally[Stratum.RECORD],
            identity=tally[Stratum.IDENTITY],
            care=tally[Stratum.CARE],
            unscreened=tally[Stratum.RECORD] if self._names is None else 0,
        )

    def _screen_statement(self, screen: Screen, statement: Statement, spot: Spot, findings: Findings) -> None:
        """One finding for a statement, at the first name in it: what stands there is not repeated."""
        for text in list_texts(statement):
            span = screen.find_name(text)
            if span is not None:
                first, last = span
                findings.add(Finding("intake.screen.name", spot.say(), {"first": first + 1, "last": last}))
                return

    def _list_new_names(self) -> Iterator[Naming]:
        for stratum, statement in self.placed:
            naming = read_naming(statement) if stratum is Stratum.IDENTITY else None
            if naming is not None:
                yield naming
