"""Commits: the signed steps of a log, and what makes a log whole (vault-format.md, §9).

Pure: bytes in, verdicts out; nothing here reads a file or asks the time. Refused in silence: nothing. Every
gap, fork, false signature and unknown signer is a finding with the log and the number where it stands. What
stands behind a gap is signed like all else, and read.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated

from msgspec import Meta, Struct

from onggi.errors import Finding, OnggiError
from onggi.proof.tree import commit_root
from onggi.vault.grants import STRATA, Grants
from onggi.vault.members import Members
from onggi.vault.seal import frame
from onggi.vault.signed import Hash, Hex, Id, check_signed, hash_signed, heed_newer, read_body

# In milliseconds since 1970; no clock that is right shows it, and no calendar here goes on to it.
YEAR_10000 = 253_402_300_800_000
MOST_COUNTED = 2**32


class Commit(Struct, frozen=True):
    """One step: what went into each stratum, what was known of the other logs, and when.

    Hashes and ids in hex.
    """

    v: int
    compartment: Id
    log: Id
    device: Id
    seq: Annotated[int, Meta(ge=0, lt=2**32)]
    prev: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
    epochs: dict[str, str]
    roots: dict[str, Hash]
    boxes: dict[str, Hex]
    seen: dict[str, tuple[int, str]]
    hlc: tuple[Annotated[int, Meta(ge=0, lt=YEAR_10000)], Annotated[int, Meta(ge=0, lt=MOST_COUNTED)]]

    @property
    def root(self) -> bytes:
        """The commit root that an anchor covers."""
        return commit_root([bytes.fromhex(self.roots[stratum]) for stratum in STRATA])


@dataclass(frozen=True, slots=True)
class Step:
    """A commit that was verified, with its hash."""

    commit: Commit
    hash: str


@dataclass
class Log:
    """One log as far as it can be read: its steps in order, at least one."""

    id: str
    device: str
    steps: list[Step] = field(default_factory=list)

    @property
    def head(self) -> tuple[int, str]:
        return self.steps[-1].commit.seq, self.steps[-1].hash


@dataclass
class History:
    """The logs of a compartment."""

    logs: dict[str, Log] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def step(self, log: str, seq: int) -> Step | None:
        """A verified step, or nothing."""
        steps = self.logs[log].steps if log in self.logs else []
        at = bisect_left(steps, seq, key=lambda step: step.commit.seq)
        return steps[at] if at < len(steps) and steps[at].commit.seq == seq else None

    def steps(self) -> list[Step]:
        """All steps in causal order, for the clock of a step is ahead of all it had seen; then by hash."""
        return sorted(
            (step for log in self.logs.values() for step in log.steps),
            key=lambda step: (step.commit.hlc, step.hash),
        )

    @property
    def seen(self) -> dict[str, tuple[int, str]]:
        return {log.id: log.head for log in self.logs.values()}

    @property
    def gaps(self) -> list[str]:
        """Where commits are missing: for each gap the log and the first number in it."""
        return sorted(one.where for one in self.findings if one.code == "vault.commits.gap")


def log_id(compartment: str, device: str) -> str:
    """The one log that a device has in a compartment: nobody can begin another's."""
    return sha256(frame("log", bytes.fromhex(compartment), bytes.fromhex(device))).hexdigest()[:32]


def read_history(
    members: Members, grants: Grants, raws: Iterable[bytes], trusted: Container[str] = ()
) -> History:
    """Verify all logs of a compartment.

    Signatures of commits whose hash is in `trusted` were verified before.
    """
    history = History()
    found: dict[str, dict[int, list[Step]]] = {}
    for raw in sorted(set(raws)):
        try:
            step = Step(read_body(raw, Commit), hash_signed("commit", raw))
        except OnggiError as error:
            heed_newer(error, "commit", raw, members.publics)
            history.findings.append(Finding("vault.commits.broken", grants.id))
            continue
        commit = step.commit
        # What is not signed by the log's device never competes with what is: a forged commit is no fork.
        problem = None if step.hash in trusted else _problem(members, grants, commit, raw)
        if problem:
            history.findings.append(Finding(problem, f"{commit.log}:{commit.seq}"))
        else:
            found.setdefault(commit.log, {}).setdefault(commit.seq, []).append(step)
    for log, steps in sorted(found.items()):
        _follow(history, log, steps)
    _check_seen(history)
    return history


def _follow(history: History, log: str, found: Mapping[int, Sequence[Step]]) -> None:
    """One log from its beginning, as far as every commit fits the one before, where that is not missing."""
    steps: list[Step] = []
    # What stands before the next commit: nothing at the beginning, not known behind a gap.
    previous: str | None = ""
    expected = 0
    for seq, here in sorted(found.items()):
        where = f"{log}:{seq}"
        if seq > expected:
            history.findings.append(Finding("vault.commits.gap", f"{log}:{expected}"))
            previous = None
        if len(here) > 1:
            history.findings.append(Finding("vault.commits.fork", where))
        candidates = [step for step in here if previous in (None, step.commit.prev)]
        if not candidates:
            history.findings.append(Finding("vault.commits.chain", where))
            break
        step = min(candidates, key=lambda one: one.hash)
        if steps and step.commit.hlc <= steps[-1].commit.hlc:
            history.findings.append(Finding("vault.commits.clock", where))
            break
        steps.append(step)
        previous, expected = step.hash, seq + 1
    if steps:
        history.logs[log] = Log(log, steps[0].commit.device, steps)


def _problem(members: Members, grants: Grants, commit: Commit, raw: bytes) -> str | None:
    card = members.devices.get(commit.device)
    if card is None or commit.device not in grants.strata or commit.compartment != grants.id:
        return "vault.commits.signer"
    if commit.log != log_id(commit.compartment, commit.device):
        return "vault.commits.signer"
    if not all({*STRATA} <= one.keys() for one in (commit.roots, commit.boxes)):
        return "vault.commits.broken"
    try:
        check_signed(card.public, "commit", raw)
    except OnggiError:
        return "vault.commits.signature"
    return None


def _check_seen(history: History) -> None:
    """What a commit had seen must be there: otherwise somebody set a log back, or wrote it twice."""
    for log in history.logs.values():
        for step in log.steps:
            for other, (seq, digest) in step.commit.seen.items():
                known = history.step(other, seq)
                where = f"{other}:{seq}"
                if known is None:
                    history.findings.append(Finding("vault.commits.rollback", where))
                elif known.hash != digest:
                    history.findings.append(Finding("vault.commits.fork", where))
                elif known.commit.hlc >= step.commit.hlc:
                    history.findings.append(Finding("vault.commits.clock", f"{log.id}:{step.commit.seq}"))
