"""The ledger: a vault opened as statements, and the only writer of them.

It touches the disk through `vault` and `index`; the clock and the dice are passed in. Refused: recording into a stratum
that is not granted, and reading identity without a reason that is signed first.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from msgspec import structs

from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.fold import fold
from onggi.ledger.held import Held
from onggi.ledger.index import Index, open_index
from onggi.ledger.units import Holder, Holders
from onggi.ledger.view import View
from onggi.model.statement import About, Statement, What, read_slots, write_slots
from onggi.model.value import Entity, Text
from onggi.model.stratum import Stratum
from onggi.vault.commits import Step
from onggi.vault.erasing import erase_unit
from onggi.vault.folder import Folder
from onggi.vault.members import Copy
from onggi.vault.opened import Compartment, Progress, Vault, open_vault
from onggi.vault.seal import Randomness, derive
from onggi.vault.session import write_session
from onggi.vault.strata import Entry, Item
from onggi.vault.writing import Change, File, Receipt, write_commit

Clock = Callable[[], int]
Placed = tuple[Stratum, Statement]
Describe = Callable[[Item], Sequence[Statement]]

_QUIET: Progress = lambda done, total, stage: None  # noqa: E731 - a default that says nothing
_VERSION = "1"
_EPOCH = date(1970, 1, 1)
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Unit:
    """What would be erased together: how many statements, what mentions its person elsewhere, which copies hold it."""

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
        self.progress = progress
        self.findings: list[Finding] = []
        self._indexes: dict[tuple[str, str], Index] = {}

    def view(self, as_of: int | None = None, strata: Iterable[str] = ("record",)) -> View:
        """Read strata that are granted, all compartments together; identity and care only through `open_identity`."""
        wanted = set(strata)
        indexes = [
            self._index(compartment, stratum)
            for compartment in self.vault.compartments
            for stratum in compartment.strata
            if stratum in wanted and stratum in compartment.rings
        ]
        return View(indexes, self.may, as_of)

    def open_identity(
        self, compartment: Compartment, case: str | None, reason: str, as_of: int | None = None
    ) -> View:
        """Sign that identity is being read, and why; then read it. The query is not stored.

        Raises:
            OnggiError: `ledger.identity` to whoever was not granted it, `ledger.reason` without a reason.
        """
        if "identity" not in compartment.strata:
            raise OnggiError("ledger.identity", exit_code=Exit.REFUSED)
        if not reason.strip():
            raise OnggiError("ledger.reason", exit_code=Exit.USAGE)
        about = case or compartment.id
        note = self.make_statement(about, about, "read_identity", Text(reason, "und"))
        self.append(compartment, [(Stratum.IDENTITY, note)])
        return self.view(as_of, ("record", "identity", "care"))

    def make_statement(self, subject: str, case: str, name: str, value: Text | Entity) -> Statement:
        """A statement by the member herself, about what she does."""
        id = self.vault.randomness(16).hex()
        return Statement(What(name, value), About(id, subject, case, ""))

    def append(
        self,
        compartment: Compartment,
        placed: Sequence[Placed],
        files: Sequence[File] = (),
        person: str = "",
        describe: Describe | None = None,
    ) -> Receipt:
        """Record statements, all or none; `files` are kept in identity, with the unit of `person` or of the case.

        `describe` makes further identity statements of each file, in the same unit, once it is hashed.

        Raises:
            OnggiError: `ledger.stratum` for a stratum that was not granted; nothing is recorded then.
        """
        needed = {stratum.value for stratum, _ in placed} | ({"identity"} if files else set())
        if not needed <= set(compartment.strata):
            raise OnggiError("ledger.stratum", exit_code=Exit.REFUSED)
        name = compartment.id
        with write_session(self.vault):
            compartment = self.vault.compartment(name)
            changes = self._changes(compartment, placed, files, person, describe)
            receipt = write_commit(self.vault, compartment, changes, self.clock)
        self.close()
        return receipt

    def erase(self, compartment: Compartment, stratum: str, unit: str, reason: str) -> None:
        """Erase a unit in this folder, and record that and why. The projection of the stratum is made anew."""
        name = compartment.id
        case = next((held.statement.about.case for held in self._index(compartment, stratum).of_unit(unit)), name)
        self.close()
        with write_session(self.vault):
            compartment = self.vault.compartment(name)
            old = self._path(compartment, stratum)
            erase_unit(self.vault, compartment, stratum, unit)
            old.unlink(missing_ok=True)
            note = self.make_statement(case, case, "erased", Text(reason, "und"))
            changes = self._changes(compartment, [(Stratum(stratum), note)])
            write_commit(self.vault, compartment, changes, self.clock)

    def find_unit(self, reference: str) -> Unit:
        """The unit meant by its id, or by the code of the one person it belongs to, with what mentions her elsewhere.

        Raises:
            OnggiError: `ledger.unit.absent` for none, `ledger.unit.several` where a person has more than one.
        """
        wanted = reference.strip().lower()
        found = []
        for compartment in self.vault.compartments:
            for stratum, ring in compartment.rings.items():
                if wanted in ring.units:
                    found.append((compartment, stratum, wanted))
                elif stratum != "record":
                    found += [(compartment, stratum, unit) for unit in self._units_of(compartment, stratum, reference)]
        if not found:
            raise OnggiError("ledger.unit.absent", exit_code=Exit.USAGE)
        if len(found) > 1:
            raise OnggiError("ledger.unit.several", exit_code=Exit.USAGE, count=len(found))
        return self._describe_unit(*found[0])

    def _units_of(self, compartment: Compartment, stratum: str, reference: str) -> list[str]:
        try:
            person = self.view(strata=compartment.strata).find(reference)
        except OnggiError:
            return []
        index = self._index(compartment, stratum)
        cases = {held.statement.about.case for held in index.about([person])}
        holders = {unit: who for case in cases for unit, who in self.holders(compartment, stratum, case).items()}
        return [unit for unit, (_, holder) in holders.items() if holder == person]

    def _describe_unit(self, compartment: Compartment, stratum: str, unit: str) -> Unit:
        statements = self._index(compartment, stratum).of_unit(unit)
        case = statements[0].statement.about.case if statements else ""
        person = self.holders(compartment, stratum, case).get(unit, ("", ""))[1] if case else ""
        mentions = [
            held
            for other in ("identity", "care")
            if person and other in compartment.rings
            for held in self._index(compartment, other).mentioning(person)
            if held.statement.about.unit != unit
        ]
        began = min((held.time[0] for held in statements), default=0) // _DAY
        copies = [one for one in self.vault.members.copies if date.fromisoformat(one.date) >= _EPOCH + timedelta(began)]
        return Unit(compartment, stratum, unit, len(statements), tuple(mentions), tuple(copies))

    def rebuild(self) -> int:
        """Delete all projections and make them again from the log; returns how many statements they hold."""
        self.close()
        count = 0
        for compartment in self.vault.compartments:
            for stratum in compartment.strata:
                self._path(compartment, stratum).unlink(missing_ok=True)
                count += self._index(compartment, stratum).count()
        return count

    def check_indexes(self) -> list[Finding]:
        """Whether the projections that lie there are as they were written. They are not evidence: `rebuild` mends."""
        found = []
        for compartment in self.vault.compartments:
            for stratum in compartment.strata:
                path = self._path(compartment, stratum)
                if path.exists() and stratum in compartment.rings and not self._whole(compartment, stratum):
                    found.append(Finding("ledger.index.damaged", f"index/{path.name}"))
        return found

    def close(self) -> None:
        """Close the projections."""
        for index in self._indexes.values():
            index.close()
        self._indexes.clear()

    def may(self, judge: str, author: str) -> bool:
        """Whether a member may supersede or retract what another wrote: her own, or anything as an admin."""
        return judge == author or judge in self._admins()

    def _admins(self) -> set[str]:
        cards = self.vault.members.devices.values()
        return {card.member for card in cards if card.role == "admin"}

    def _changes(
        self,
        compartment: Compartment,
        placed: Sequence[Placed],
        files: Sequence[File] = (),
        person: str = "",
        describe: Describe | None = None,
    ) -> dict[str, Change]:
        holders = Holders([statement for _, statement in placed], _Before(self, compartment))
        entries: dict[str, list[Entry]] = defaultdict(list)
        units: dict[tuple[str, Holder], str] = {}
        case = placed[0][1].about.case if placed else ""
        for stratum, statement in placed:
            unit = self._unit(compartment, stratum.value, holders.holder(statement, stratum.value), units)
            entries[stratum.value].append(self._entry(statement, unit))
        changes = {stratum: Change(tuple(found)) for stratum, found in entries.items()}
        if files:
            unit = self._unit(compartment, "identity", (case, person), units)
            kept = tuple(File(file.object, unit, file.stream, file.length) for file in files)

            def later(items: Sequence[Item]) -> list[Entry]:
                return [self._entry(one, unit) for item in items for one in (describe(item) if describe else ())]

            changes["identity"] = Change(tuple(entries["identity"]), kept, later)
        return changes

    def _entry(self, statement: Statement, unit: str) -> Entry:
        final = structs.replace(
            statement,
            about=structs.replace(statement.about, unit=unit),
            trace=structs.replace(statement.trace, recorder=self.vault.card.member),
        )
        return Entry(unit, write_slots(final))

    def _unit(
        self, compartment: Compartment, stratum: str, holder: Holder, units: dict[tuple[str, Holder], str]
    ) -> str:
        """The unit of a holder: the one its statements are in already, or a new one."""
        if (stratum, holder) not in units:
            for unit, known in self.holders(compartment, stratum, holder[0]).items():
                units.setdefault((stratum, known), unit)
        return units.setdefault((stratum, holder), self.vault.randomness(16).hex())

    def holders(self, compartment: Compartment, stratum: str, case: str) -> dict[str, Holder]:
        """The units of a case in one stratum, and with whom each is erased."""
        index = self._index(compartment, stratum)
        known = _Before(self, compartment)
        found: dict[str, Holder] = {}
        for held in index.of_case(case):
            unit = held.statement.about.unit
            if unit not in found:
                found[unit] = Holders([held.statement], known).holder(held.statement, stratum)
        return found

    def _index(self, compartment: Compartment, stratum: str) -> Index:
        key = (compartment.id, stratum)
        if key not in self._indexes:
            self._indexes[key] = self._open_index(compartment, stratum)
        return self._indexes[key]

    def _open_index(self, compartment: Compartment, stratum: str) -> Index:
        """The projection, brought up to the log; made anew where it is gone, damaged, or not a beginning of it."""
        path = self._path(compartment, stratum)
        key = compartment.rings[stratum].index_key
        writable: Path | None = path
        try:
            index = open_index(path, key, compartment.id, stratum)
            if self._fits(index, compartment):
                self._bring_up(index, compartment, stratum)
                return index
            index.close()
        except OnggiError as error:
            if error.id != "ledger.index.damaged":
                raise
        except OSError:
            writable = None
        if writable is not None:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                writable = None
        index = open_index(writable, key, compartment.id, stratum)
        self._bring_up(index, compartment, stratum)
        return index

    def _fits(self, index: Index, compartment: Compartment) -> bool:
        state = index.state()
        if not state:
            return True
        if state.get("version") != _VERSION:
            return False
        steps = [(compartment.history.step(log, seq), hash) for log, (seq, hash) in _heads(state).items()]
        latest = max((step.commit.hlc for step, _ in steps if step), default=(0, 0))
        fresh = self._fresh(compartment, state)
        # A commit that came late by courier belongs before rows that are there: the order is made anew.
        return all(step and step.hash == hash for step, hash in steps) and all(
            step.commit.hlc > latest for step in fresh
        )

    def _fresh(self, compartment: Compartment, state: dict[str, str]) -> list[Step]:
        heads = _heads(state)
        return [
            step
            for step in compartment.history.steps()
            if step.commit.seq > heads.get(step.commit.log, (-1, ""))[0]
        ]

    def _bring_up(self, index: Index, compartment: Compartment, stratum: str) -> None:
        state = index.state()
        steps = self._fresh(compartment, state)
        if state and not steps:
            return
        index.add(self._statements(compartment, stratum, steps))
        if not state:
            index.seal_schema()
        folded = fold(index.marked(), self.may)
        index.set_live({held.id: True for held in folded.live} | dict.fromkeys(folded.judged, False))
        heads = json.dumps(compartment.history.seen)
        index.keep({"version": _VERSION, "heads": heads})

    def _statements(
        self, compartment: Compartment, stratum: str, steps: Sequence[Step]
    ) -> Iterator[tuple[Held, tuple[bytes, ...]]]:
        for done, step in enumerate(steps):
            self.progress(done, len(steps), "index")
            commit = step.commit
            author = self.vault.members.member_of(commit.device) or ""
            content = self.vault.content(compartment, step, stratum)
            self.findings += content.findings
            for place, kept in enumerate(content.kept):
                held = Held(
                    read_slots(kept.slots),
                    stratum,
                    compartment.id,
                    step.hash,
                    commit.log,
                    commit.seq,
                    place,
                    kept.index,
                    commit.hlc,
                    author,
                )
                yield held, kept.slots

    def _path(self, compartment: Compartment, stratum: str) -> Path:
        # The name comes from the stratum's key: random to whoever does not hold it, the same for all who do.
        name = derive(compartment.keys[stratum], "index", bytes.fromhex(compartment.id), stratum)[:16].hex()
        return self.vault.folder.path(f"index/{name}")

    def _whole(self, compartment: Compartment, stratum: str) -> bool:
        try:
            return self._index(compartment, stratum).check()
        except OnggiError:
            return False


class _Before:
    """What was recorded before a batch, for finding its units."""

    def __init__(self, ledger: Ledger, compartment: Compartment) -> None:
        strata = [one for one in compartment.strata if one in compartment.rings]
        self._view = ledger.view(strata=strata)

    def kind_of(self, entity: str) -> str | None:
        return self._view.kind_of(entity)

    def person_behind(self, source: str) -> str | None:
        for held in self._view.about(source):
            if held.statement.what.property == "witness" and isinstance(held.statement.value, Entity):
                return held.statement.value.entity
        return None

    def statement(self, id: str) -> Statement | None:
        held = self._view.statement(id)
        return held.statement if held else None


def open_ledger(
    root: Path, slot: int, passphrase: str, randomness: Randomness, clock: Clock, progress: Progress = _QUIET
) -> Ledger:
    """Unlock a vault and read it as statements."""
    return Ledger(open_vault(root, slot, passphrase, randomness), clock, progress)


def _heads(state: dict[str, str]) -> dict[str, tuple[int, str]]:
    return {log: (seq, hash) for log, (seq, hash) in json.loads(state.get("heads", "{}")).items()}
