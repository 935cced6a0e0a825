"""Commits: the signed steps of a log, and what makes a log whole (vault-format.md, §9).

Pure: bytes in, verdicts out; nothing here reads a file or asks the time. Refused in silence: nothing. Every gap, fork,
false signature and unknown signer is a finding with the log and the number where it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from onggi.errors import Finding, OnggiError
from onggi.proof.tree import commit_root
from onggi.vault.grants import STRATA, Grants
from onggi.vault.members import Members
from onggi.vault.signed import check_signed, hash_signed, read_body


class Commit(Struct, frozen=True):
    """One step: what went into each stratum, what was known of the other logs, and when. Hashes and ids in hex."""

    v: int
    compartment: str
    log: str
    device: str
    seq: int
    prev: str
    epochs: dict[str, str]
    roots: dict[str, str]
    boxes: dict[str, str]
    seen: dict[str, tuple[int, str]]
    hlc: tuple[int, int]

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
    """One log as far as it is whole: its steps from 0 without a gap."""

    id: str
    device: str
    steps: list[Step] = field(default_factory=list)

    @property
    def head(self) -> tuple[int, str]:
        return len(self.steps) - 1, self.steps[-1].hash


@dataclass
class History:
    """The logs of a compartment."""

    logs: dict[str, Log] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def step(self, log: str, seq: int) -> Step | None:
        """A verified step, or nothing."""
        found = self.logs.get(log)
        return found.steps[seq] if found and 0 <= seq < len(found.steps) else None

    def steps(self) -> list[Step]:
        """All steps in causal order: a step stands behind everything it had seen; then by clock, then by hash."""
        return sorted(
            (step for log in self.logs.values() for step in log.steps),
            key=lambda step: (step.commit.hlc, step.hash),
        )

    @property
    def seen(self) -> dict[str, tuple[int, str]]:
        return {log.id: log.head for log in self.logs.values()}


def read_history(
    members: Members, grants: Grants, raws: Iterable[bytes], trusted: Mapping[str, str] | None = None
) -> History:
    """Verify all logs of a compartment. Signatures of commits whose hash is in `trusted` were verified before."""
    history = History()
    found: dict[str, dict[int, list[tuple[Commit, str, bytes]]]] = {}
    for raw in set(raws):
        try:
            commit = read_body(raw, Commit)
        except OnggiError:
            history.findings.append(Finding("vault.commits.broken", grants.id))
            continue
        step = (commit, hash_signed("commit", raw), raw)
        found.setdefault(commit.log, {}).setdefault(commit.seq, []).append(step)
    for log, steps in sorted(found.items()):
        _follow(history, members, grants, log, steps, trusted or {})
    _check_seen(history)
    return history


def _follow(
    history: History,
    members: Members,
    grants: Grants,
    log: str,
    found: dict[int, list[tuple[Commit, str, bytes]]],
    trusted: Mapping[str, str],
) -> None:
    """Walk one log from 0 while each step fits the one before."""
    chain = Log(log, "")
    previous = ""
    for seq in range(max(found) + 1):
        where = f"{log}:{seq}"
        candidates = [c for c in found.get(seq, ()) if c[0].prev == previous]
        if len(found.get(seq, ())) > 1:
            history.findings.append(Finding("vault.commits.fork", where))
        if not candidates:
            history.findings.append(Finding("vault.commits.gap", where))
            break
        commit, digest, raw = min(candidates, key=lambda c: c[1])
        problem = None if digest in trusted else _problem(members, grants, commit, raw)
        if problem is None and chain.steps and commit.device != chain.device:
            problem = "vault.commits.signer"
        if problem is None and chain.steps and commit.hlc <= chain.steps[-1].commit.hlc:
            problem = "vault.commits.clock"
        if problem:
            history.findings.append(Finding(problem, where))
            break
        chain.device = commit.device
        chain.steps.append(Step(commit, digest))
        previous = digest
    if chain.steps:
        history.logs[log] = chain


def _problem(members: Members, grants: Grants, commit: Commit, raw: bytes) -> str | None:
    card = members.devices.get(commit.device)
    if commit.v != 1:
        return "vault.commits.version"
    if card is None or commit.device not in grants.strata or commit.compartment != grants.id:
        return "vault.commits.signer"
    if not all(len(commit.roots.get(stratum, "")) == 64 for stratum in STRATA):
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
