"""Projections kept up with the log: opened, brought up, or made again from nothing, whichever is due.

Touches the disk through `index`. A projection that is gone, damaged, older than what was erased, or not a
beginning of the log is made anew; where the folder cannot be written, in memory. When all of them are made
again, each is made beside the one that lies there, which it replaces once it is whole: at any moment, and
after any kill, what lies there is one or the other. Refused: a stratum whose keyring is not open.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from onggi.errors import Finding, OnggiError
from onggi.ledger.bigrams import VERSION as WORDS
from onggi.ledger.fold import Authority
from onggi.ledger.held import Held
from onggi.ledger.index import Index, is_forsaken, open_index, remove_index, replace_index
from onggi.ledger.tables import Row
from onggi.model.statement import read_slots
from onggi.vault.commits import Step
from onggi.vault.opened import Compartment, Vault
from onggi.vault.seal import derive

# Raised whenever statements are read differently; also when a value gets a type that was unreadable before.
_VERSION = f"4 {WORDS}"

Progress = Callable[[int, int, str], None]

# So many statements of one commit are read before whoever watches may stop it again.
_STRIDE = 500


class Projections:
    """The projections of a vault, each opened when it is first asked for.

    `findings` tells, once each, what could not be read while they were made.
    """

    def __init__(self, vault: Vault, may: Authority, progress: Progress) -> None:
        self.findings: list[Finding] = []
        self._vault = vault
        self._may = may
        self._progress = progress
        self._open: dict[tuple[str, str], tuple[Index, dict[str, str]]] = {}

    def index(self, compartment: Compartment, stratum: str) -> Index:
        """The projection of a stratum, brought up to the log as the vault has read it.

        Raises:
            OnggiError: `ledger.ring` where the stratum's keyring cannot be read.
        """
        if stratum not in compartment.rings:
            raise OnggiError("ledger.ring")
        key = (compartment.id, stratum)
        extent = self._extent(compartment, stratum)
        index, reaches = self._open.get(key, (None, None))
        if index is not None and reaches == extent:
            return index
        if index is not None:
            index.close()
        index = self._take_up(compartment, stratum)
        self._open[key] = (index, extent)
        return index

    def renew(self, compartment: Compartment, stratum: str) -> Index:
        """The projection made from nothing; in memory where it cannot be written."""
        path = self.path(compartment, stratum)
        try:
            remove_index(path)
        except OSError:
            index = None
        else:
            index = self._try(path, compartment, stratum)
        index = index or self._bring_up(None, compartment, stratum)
        if index is None:
            raise OnggiError("ledger.index.damaged")
        return index

    def remove(self, compartment: Compartment, stratum: str) -> None:
        """Close a projection and delete it, with what was left of making it again."""
        index, _ = self._open.pop((compartment.id, stratum), (None, None))
        if index is not None:
            index.close()
        remove_index(self.path(compartment, stratum))
        self._sweep(compartment, stratum)

    def rebuild(self) -> int:
        """Make all of them again, each beside the one that lies there; returns how many statements they hold.

        Those that were done stay when it is stopped. Raises OSError where the folder cannot be written.
        """
        self.close()
        due = [(one.id, stratum) for one in self._vault.compartments for stratum in one.rings]
        whole = _Whole(self._progress, sum(self._count_steps(id) for id, _ in due))
        making = Projections(self._vault, self._may, whole)
        count = 0
        for id, stratum in due:
            count += making._remake(id, stratum)
            whole.before += self._count_steps(id)
        self._tell(making.findings)
        return count

    def sweep(self) -> None:
        """Remove what was left of projections that a kill kept from being finished."""
        for compartment in self._vault.compartments:
            for stratum in compartment.rings:
                with suppress(OSError):
                    self._sweep(compartment, stratum)

    @property
    def displaced(self) -> bool:
        """Whether any that is open lies there no more."""
        return any(index.displaced for index, _ in self._open.values())

    def check(self) -> list[Finding]:
        """Whether the projections that lie there are as they were written. Changes nothing."""
        found = []
        for compartment in self._vault.compartments:
            for stratum in compartment.rings:
                path = self.path(compartment, stratum)
                if path.exists() and not self._whole(path, compartment, stratum):
                    found.append(Finding("ledger.index.damaged", f"index/{path.name}"))
        return found

    def close(self) -> None:
        """Close all of them."""
        for index, _ in self._open.values():
            index.close()
        self._open.clear()

    def path(self, compartment: Compartment, stratum: str) -> Path:
        """Where a projection lies: a name random to whoever does not hold the stratum, one for all who do."""
        name = derive(compartment.keys[stratum], "index", bytes.fromhex(compartment.id), stratum)[:16].hex()
        return self._vault.folder.path(f"index/{name}")

    def _remake(self, id: str, stratum: str) -> int:
        """Make one again beside the one that lies there, and put it in its place."""
        while True:
            compartment = self._vault.compartment(id)
            key, path = compartment.rings[stratum].index_key, self.path(compartment, stratum)
            beside = path.with_name(self._beside(compartment, stratum) + self._vault.randomness(8).hex())
            try:
                index = self._bring_up(beside, compartment, stratum)
                if index is None:
                    raise OnggiError("ledger.index.damaged")
                count = index.count()
                index.close()
                if self._holds(id, stratum, key):
                    replace_index(path, beside, key)
                    return count
            finally:
                remove_index(beside)

    def _holds(self, id: str, stratum: str, key: bytes) -> bool:
        """Whether nothing was erased meanwhile: what was must not come back. What was added is brought up."""
        if self._vault.changed():
            self._vault.load()
        return self._vault.compartment(id).rings[stratum].index_key == key

    def _beside(self, compartment: Compartment, stratum: str) -> str:
        """How the names begin under which a projection lies before it is whole."""
        where = "index beside", bytes.fromhex(compartment.id), stratum
        return derive(compartment.keys[stratum], *where)[:8].hex()

    def _sweep(self, compartment: Compartment, stratum: str) -> None:
        begun = f"index/{self._beside(compartment, stratum)}"
        for name in self._vault.folder.names("index"):
            path = self._vault.folder.path(name)
            if name.startswith(begun) and is_forsaken(path, compartment.rings[stratum].index_key):
                remove_index(path)

    def _count_steps(self, id: str) -> int:
        return len(self._vault.compartment(id).history.steps())

    def _take_up(self, compartment: Compartment, stratum: str) -> Index:
        path = self.path(compartment, stratum)
        index = self._try(path, compartment, stratum) if path.exists() else None
        index = index or self.renew(compartment, stratum)
        index.renew = lambda: self.renew(compartment, stratum)
        return index

    def _try(self, path: Path, compartment: Compartment, stratum: str) -> Index | None:
        """The projection at a path, or nothing where it is of no use or cannot be written."""
        try:
            return self._bring_up(path, compartment, stratum)
        except OSError:
            return None
        except OnggiError as error:
            if error.id != "ledger.index.damaged":
                raise
            return None

    def _bring_up(self, path: Path | None, compartment: Compartment, stratum: str) -> Index | None:
        """The projection at `path` with all commits in it; None where it is no beginning of the log."""
        index = open_index(path, compartment.rings[stratum].index_key, compartment.id, stratum)
        try:
            extent = self._extent(compartment, stratum)
            fits = extent.items() <= index.state().items()
            if not fits:
                with index.writing():
                    # Read again under the lock: another process may have been faster.
                    fits = self._go_on(index, index.state(), extent, compartment, stratum)
            unreadable = int(index.state().get("unreadable", 0))
        except BaseException:
            index.close()
            raise
        if unreadable:
            values: dict[str, str | int] = {"count": unreadable}
            self._tell([Finding("ledger.unreadable", f"{compartment.id}:{stratum}", values, grave=False)])
        if not fits:
            index.close()
        return index if fits else None

    def _go_on(
        self,
        index: Index,
        state: Mapping[str, str],
        extent: Mapping[str, str],
        compartment: Compartment,
        stratum: str,
    ) -> bool:
        """Put what is new into a projection; false where only making it anew would do."""
        heads: dict[str, tuple[int, str]] = json.loads(state.get("heads", "{}"))
        fresh = [
            step
            for step in compartment.history.steps()
            if step.commit.seq > heads.get(step.commit.log, (-1, ""))[0]
        ]
        if state and not (_agrees(state, extent) and _continues(compartment, heads, fresh)):
            return False
        reading = _Reading(self._vault, compartment, stratum, self._progress)
        last = index.add(reading.read(fresh))
        self._tell(reading.findings)
        # Who may judge can change with the members: then everything that was judged is judged again.
        rejudged = state.get("admins") != extent["admins"]
        index.judge(0 if rejudged else last, self._may)
        unreadable = int(state.get("unreadable", 0)) + reading.unreadable
        whole = {} if reading.damaged else {"whole": "yes"}
        index.keep({**extent, "unreadable": str(unreadable), "whole": "no", **whole})
        return True

    def _extent(self, compartment: Compartment, stratum: str) -> dict[str, str]:
        """What a projection that needs nothing says of itself."""
        cards = self._vault.members.devices.values()
        return {
            "version": _VERSION,
            "erased": json.dumps(sorted(compartment.rings[stratum].erased)),
            "whole": "yes",
            "admins": json.dumps(sorted({card.member for card in cards if card.role == "admin"})),
            "heads": json.dumps(compartment.history.seen, sort_keys=True),
            "gaps": json.dumps(compartment.history.gaps),
        }

    def _whole(self, path: Path, compartment: Compartment, stratum: str) -> bool:
        if not path.stat().st_size:
            return False  # To open it would be to begin a new one.
        try:
            index = open_index(path, compartment.rings[stratum].index_key, compartment.id, stratum)
        except OnggiError:
            return False
        try:
            return index.check()
        except OnggiError:
            return False
        finally:
            index.close()

    def _tell(self, findings: Sequence[Finding]) -> None:
        self.findings += [one for one in findings if one not in self.findings]


@dataclass
class _Whole:
    """Progress through several projections as that of one work."""

    progress: Progress
    total: int
    before: int = 0

    def __call__(self, done: int, _: int, stage: str) -> None:
        self.progress(min(self.before + done, self.total), self.total, stage)


@dataclass
class _Reading:
    """Statements on their way from commits into a projection, and what could not be read."""

    vault: Vault
    compartment: Compartment
    stratum: str
    progress: Progress
    unreadable: int = 0
    damaged: int = 0
    findings: list[Finding] = field(default_factory=list)

    def read(self, steps: Sequence[Step]) -> Iterator[Row]:
        """The statements of some commits, one commit in memory at a time."""
        for done, step in enumerate(steps):
            self.progress(done, len(steps), "index")
            commit = step.commit
            author = self.vault.members.member_of(commit.device) or ""
            content = self.vault.content(self.compartment, step, self.stratum)
            self.findings += content.findings
            self.damaged += content.damaged
            for number, kept in enumerate(content.kept, 1):
                if not number % _STRIDE:
                    self.progress(done, len(steps), "index")
                try:
                    statement = read_slots(kept.slots)
                except OnggiError:
                    self.unreadable += 1  # A later program's, or nobody's: the bytes stay where they are.
                    continue
                where = (self.stratum, self.compartment.id, step.hash, commit.log, commit.seq)
                held = Held(statement, *where, kept.place, kept.index, commit.hlc, author)
                yield held, kept.unit, kept.slots


def _agrees(state: Mapping[str, str], extent: Mapping[str, str]) -> bool:
    """Whether a projection was made by these rules, of all that can be read, and after what was erased."""
    return all(state.get(name) == extent[name] for name in ("version", "erased", "whole", "gaps"))


def _continues(compartment: Compartment, heads: Mapping[str, tuple[int, str]], fresh: Sequence[Step]) -> bool:
    """Whether new commits stand behind all that are there: one that came late by courier does not."""
    known = [(compartment.history.step(log, seq), hash) for log, (seq, hash) in heads.items()]
    if not all(step is not None and step.hash == hash for step, hash in known):
        return False
    latest = max((step.commit.hlc for step, _ in known if step), default=(-1, 0))
    return all(step.commit.hlc > latest for step in fresh)
