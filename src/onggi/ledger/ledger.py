"""The ledger: a vault opened as statements, and the only writer of them.

It touches the disk through `vault` and `projections`; the clock and the dice are passed in. Refused:
recording into a stratum that is not granted, and reading identity without a reason that is signed first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from msgspec import structs

from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.held import Held
from onggi.ledger.index import Index
from onggi.ledger.projections import Progress, Projections
from onggi.ledger.ties import has_ties, hold_ties
from onggi.ledger.units import Holder, Holders
from onggi.ledger.view import View
from onggi.model.statement import About, Polarity, Statement, Trace, What, write_slots
from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Text, Value
from onggi.vault.erasing import erase_unit
from onggi.vault.members import Copy
from onggi.vault.opened import Compartment, Vault, open_vault
from onggi.vault.seal import Randomness
from onggi.vault.session import write_session
from onggi.vault.strata import Entry, Item
from onggi.vault.writing import Change, File, Receipt, write_commit

Clock: TypeAlias = Callable[[], int]
Placed: TypeAlias = tuple[Stratum, Statement]
Describe: TypeAlias = Callable[[Item], Sequence[Statement]]

_QUIET: Progress = lambda done, total, stage: None  # noqa: E731 - a default that says nothing
_PERSONAL = ("identity", "care")
_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Unit:
    """What would be erased together: how many statements, what else mentions its person, which copies."""

    compartment: Compartment
    stratum: str
    unit: str
    count: int
    mentions: tuple[Held, ...]
    copies: tuple[Copy, ...]


class Ledger:
    """An opened vault. `view` reads, `append` writes, `open_identity` writes first and then reads."""

    def __init__(self, vault: Vault, clock: Clock, progress: Progress = _QUIET) -> None:
        self.vault = vault
        self.clock = clock
        self._projections = Projections(vault, self.may, progress)

    @property
    def findings(self) -> list[Finding]:
        """What could not be read of the strata that were opened, each once."""
        return self._projections.findings

    def view(
        self,
        as_of: int | None = None,
        strata: Iterable[str] = ("record",),
        compartment: Compartment | None = None,
    ) -> View:
        """Read strata that are granted, of one compartment or all; only `open_identity` shows identity."""
        within = [compartment] if compartment else self.vault.compartments
        return View(self._indexes(within, strata), self.may, as_of)

    def open_identity(
        self,
        compartment: Compartment,
        case: str | None,
        reason: str,
        as_of: int | None = None,
        strata: Iterable[str] = _PERSONAL,
    ) -> View:
        """Sign that identity is being read in a compartment, and why; then read it. The query is not stored.

        `strata` are what is opened beside the record; the way out never asks for care.

        Raises:
            OnggiError: `ledger.identity` to whoever was not granted it, `ledger.reason` without a reason,
                `ledger.unsigned` where the vault cannot be written.
        """
        if "identity" not in compartment.strata:
            raise OnggiError("ledger.identity", exit_code=Exit.REFUSED)
        if not reason.strip():
            raise OnggiError("ledger.reason", exit_code=Exit.USAGE)
        name, about = compartment.id, case or compartment.id
        note = self.make_statement(about, about, "read_identity", Text(reason, "und"))
        try:
            self.append(compartment, [(Stratum.IDENTITY, note)])
        except OSError:
            raise OnggiError("ledger.unsigned", exit_code=Exit.REFUSED) from None
        return self.read_on(self.vault.compartment(name), as_of, strata)

    def read_on(
        self, compartment: Compartment, as_of: int | None = None, strata: Iterable[str] = _PERSONAL
    ) -> View:
        """Read what `open_identity` opened once more, as after a write. Whoever calls it has signed."""
        record = self._indexes(self.vault.compartments, ["record"])
        return View(record + self._indexes([compartment], strata), self.may, as_of)

    def make_statement(
        self,
        subject: str,
        case: str,
        name: str,
        value: Value,
        *,
        polarity: Polarity = "asserts",
        supersedes: Iterable[str] = (),
        retracts: Iterable[str] = (),
    ) -> Statement:
        """A statement by the member herself, about what she does; `supersedes` and `retracts` are ids."""
        id = self.vault.randomness(16).hex()
        trace = Trace(supersedes=tuple(supersedes), retracts=tuple(retracts))
        return Statement(What(name, value, polarity), About(id, subject, case, ""), trace=trace)

    def append(
        self,
        compartment: Compartment,
        placed: Sequence[Placed],
        files: Sequence[File] = (),
        person: str = "",
        describe: Describe | None = None,
    ) -> Receipt:
        """Record statements, all or none; `files` lie in identity, in the unit of `person` or of the case.

        `describe` makes further identity statements of each file, in the same unit, once it is hashed. What
        would tie somebody accused to another waits for a second member (ties). Views that were given out
        before are closed.

        Raises:
            OnggiError: `ledger.stratum` for a stratum that was not granted, `ledger.nothing` for no
                statement; nothing is recorded then.
        """
        if not placed:
            raise OnggiError("ledger.nothing", exit_code=Exit.USAGE)
        needed = {stratum.value for stratum, _ in placed} | ({"identity"} if files else set())
        if not needed <= set(compartment.strata):
            raise OnggiError("ledger.stratum", exit_code=Exit.REFUSED)
        name = compartment.id
        with write_session(self.vault):
            compartment = self.vault.compartment(name)
            if has_ties(placed):
                placed = hold_ties(self.view(compartment=compartment), placed)
            changes = self._changes(compartment, placed, files, person, describe)
            receipt = write_commit(self.vault, compartment, changes, self.clock)
        self.close()
        return receipt

    def erase(self, compartment: Compartment, stratum: str, unit: str, reason: str) -> None:
        """Erase a unit in this folder, and record that and why. The stratum's projection is made anew."""
        name = compartment.id
        with write_session(self.vault):
            compartment = self.vault.compartment(name)
            first = self._index(compartment, stratum).first_of_unit(unit)
            case = first.statement.about.case if first else name
            # Before the key goes: should the power fail between the two, no readable trace is left behind.
            self._projections.remove(compartment, stratum)
            erase_unit(self.vault, compartment, stratum, unit)
            note = self.make_statement(case, case, "erased", Text(reason, "und"))
            changes = self._changes(compartment, [(Stratum(stratum), note)])
            write_commit(self.vault, compartment, changes, self.clock)
        self.close()

    def find_unit(self, reference: str) -> Unit:
        """The unit meant by its id, or by the id or code of the one person it belongs to.

        Raises:
            OnggiError: `ledger.unit.absent` for none, `ledger.unit.several` where a person has more than one.
        """
        wanted = reference.strip().lower()
        found = [
            self._describe_unit(compartment, stratum, wanted)
            for compartment in self.vault.compartments
            for stratum, ring in compartment.rings.items()
            if wanted in ring.units
        ]
        found += self.list_units(reference)
        if not found:
            raise OnggiError("ledger.unit.absent", exit_code=Exit.USAGE)
        if len(found) > 1:
            raise OnggiError("ledger.unit.several", exit_code=Exit.USAGE, count=len(found))
        return found[0]

    def list_units(self, person: str) -> list[Unit]:
        """The units that belong to the person of this id or code, as far as the member may read them."""
        return [
            self._describe_unit(compartment, *unit)
            for compartment in self.vault.compartments
            for unit in self._units_of(compartment, person)
        ]

    def list_loose(self, case: str) -> list[Unit]:
        """The units of a case, by its id, that belong to nobody, as far as the member may read them.

        In them lies what identity and care hold of acts, places and things, and why something was erased.
        """
        return [
            self._describe_unit(compartment, stratum, unit)
            for compartment in self.vault.compartments
            for stratum in _PERSONAL
            if stratum in compartment.rings
            for unit, holder in self.holders(compartment, stratum, case).items()
            if holder == (case, "")
        ]

    def rebuild(self) -> int:
        """Make all projections again from the log; returns how many statements they hold.

        Until each is whole the one before it lies there and is read: whoever stops it loses nothing.
        """
        return self._projections.rebuild()

    def check_indexes(self) -> list[Finding]:
        """Whether the projections that lie there are as they were written; `rebuild` mends them."""
        return self._projections.check()

    @property
    def displaced(self) -> bool:
        """Whether somebody made a projection again that is open here; `close`, and the new one is read."""
        return self._projections.displaced

    def sweep(self) -> None:
        """Remove what was left of a rebuild that was killed. Where nothing can be written, it stays."""
        self._projections.sweep()

    def close(self) -> None:
        """Close the projections, and with them every view."""
        self._projections.close()

    def may(self, judge: str, author: str) -> bool:
        """Whether a member may supersede or retract what another wrote: her own, or anything as an admin."""
        cards = self.vault.members.devices.values()
        return judge == author or any(card.member == judge and card.role == "admin" for card in cards)

    def seers(self, compartment: Compartment) -> frozenset[str]:
        """The members who may see names in a compartment: what they call screened is."""
        members = self.vault.members
        granted = map(members.member_of, compartment.grants.holding(Stratum.IDENTITY.value))
        return frozenset(member for member in granted if member is not None)

    def holders(self, compartment: Compartment, stratum: str, case: str) -> dict[str, Holder]:
        """The units of a case in one stratum, and with whom each is erased.

        Each unit is that of the holder its first statement had when it was recorded: what became known later
        must not move what is sealed already.
        """
        if stratum == "record":
            units = self._index(compartment, stratum).first_of_units(case)
            return {unit: (case, "") for unit, _ in units}
        return {
            unit: Holders([first.statement], self._before(compartment, first)).holder(
                first.statement, stratum
            )
            for unit, first in self._index(compartment, stratum).first_of_units(case)
        }

    def _indexes(self, compartments: Iterable[Compartment], strata: Iterable[str]) -> list[Index]:
        wanted = set(strata)
        return [
            self._index(compartment, stratum)
            for compartment in compartments
            for stratum in compartment.strata
            if stratum in wanted and stratum in compartment.rings
        ]

    def _index(self, compartment: Compartment, stratum: str) -> Index:
        return self._projections.index(compartment, stratum)

    def _before(self, compartment: Compartment, last: Held | None = None) -> "_Before":
        indexes = self._indexes([compartment], compartment.strata)
        return _Before(View(indexes, self.may, last.time if last else None))

    def _units_of(self, compartment: Compartment, reference: str) -> list[tuple[str, str]]:
        """The units of a person, each with its stratum."""
        view = self.view(strata=compartment.strata, compartment=compartment)
        try:
            person = view.find(reference)
        except OnggiError:
            return []
        cases = sorted({held.statement.about.case for held in view.mentioning(person)})
        return [
            (stratum, unit)
            for stratum in _PERSONAL
            if stratum in compartment.rings
            for case in cases
            for unit, holder in self.holders(compartment, stratum, case).items()
            if holder == (case, person)
        ]

    def _describe_unit(self, compartment: Compartment, stratum: str, unit: str) -> Unit:
        index = self._index(compartment, stratum)
        first = index.first_of_unit(unit)
        case = first.statement.about.case if first else ""
        person = self.holders(compartment, stratum, case).get(unit, ("", ""))[1]
        mentions = [
            held
            for other in self._indexes([compartment], _PERSONAL if person else ())
            for held in other.mentioning(person)
            if held.statement.about.unit != unit
        ]
        began = _EPOCH + timedelta(first.time[0] // _DAY if first else 0)
        copies = [one for one in self.vault.members.copies if date.fromisoformat(one.date) >= began]
        return Unit(compartment, stratum, unit, index.count_unit(unit), tuple(mentions), tuple(copies))

    def _changes(
        self,
        compartment: Compartment,
        placed: Sequence[Placed],
        files: Sequence[File] = (),
        person: str = "",
        describe: Describe | None = None,
    ) -> dict[str, Change]:
        holders = Holders([statement for _, statement in placed], self._before(compartment))
        units = _Units(self, compartment)
        entries: dict[str, list[Entry]] = defaultdict(list)
        for where, statement in placed:
            stratum = where.value
            unit = units.find(stratum, holders.holder(statement, stratum))
            entries[stratum].append(self._entry(statement, unit))
        changes = {stratum: Change(tuple(found)) for stratum, found in entries.items()}
        if files:
            unit = units.find("identity", (placed[0][1].about.case, person))
            kept = tuple(File(file.object, unit, file.stream, file.length) for file in files)

            def later(items: Sequence[Item]) -> list[Entry]:
                said = [one for item in items for one in (describe(item) if describe else ())]
                return [self._entry(one, unit) for one in said]

            changes["identity"] = Change(tuple(entries["identity"]), kept, later)
        return changes

    def _entry(self, statement: Statement, unit: str) -> Entry:
        final = structs.replace(
            statement,
            about=structs.replace(statement.about, unit=unit),
            trace=structs.replace(statement.trace, recorder=self.vault.card.member),
        )
        return Entry(unit, write_slots(final))


class _Units:
    """The unit of each holder: the one its statements are in already, or a new one."""

    def __init__(self, ledger: Ledger, compartment: Compartment) -> None:
        self._ledger = ledger
        self._compartment = compartment
        self._units: dict[tuple[str, Holder], str] = {}
        self._asked: set[tuple[str, str]] = set()

    def find(self, stratum: str, holder: Holder) -> str:
        place = (stratum, holder[0])
        if place not in self._asked:
            self._asked.add(place)
            for unit, known in self._ledger.holders(self._compartment, *place).items():
                self._units.setdefault((stratum, known), unit)
        return self._units.setdefault((stratum, holder), self._ledger.vault.randomness(16).hex())


class _Before:
    """What was recorded before, for finding units."""

    def __init__(self, view: View) -> None:
        self._view = view

    def kind_of(self, entity: str) -> str | None:
        return self._view.kind_of(entity)

    def value_of(self, entity: str, name: str) -> str | None:
        values = (held.statement.value for held in self._view.live(entity, name))
        return next((value.entity for value in values if isinstance(value, Entity)), None)

    def statement(self, id: str) -> Statement | None:
        held = self._view.statement(id)
        return held.statement if held else None


def open_ledger(
    root: Path, slot: int, passphrase: str, randomness: Randomness, clock: Clock, progress: Progress = _QUIET
) -> Ledger:
    """Unlock a vault and read it as statements."""
    ledger = Ledger(open_vault(root, slot, passphrase, randomness), clock, progress)
    ledger.sweep()
    return ledger
