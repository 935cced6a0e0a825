"""How long proofs last: what is under an anchor, who stamped it, what is to be done by when (§6).

Reads a vault and asks the two readers about every token; only `find_targets` writes, an anchor. The moment of
asking is passed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onggi.errors import Finding
from onggi.evidence.calendar.check import WANTS_HEADER
from onggi.evidence.calendar.header import Header
from onggi.evidence.calendar.health import Held, hold_trails
from onggi.evidence.timestamp.check import Checked, Stamp, say_moment
from onggi.evidence.timestamp.stamps import (
    Target,
    anchor_hash,
    check_kept,
    list_anchors,
    target_anchor,
    target_renewal,
)
from onggi.vault.anchoring import cover_all, require_release
from onggi.vault.opened import Compartment, Vault
from onggi.vault.tokens import Kept

WANTED = 2
"""Tokens of so many authorities should stand over what is recorded: one may turn out to be worth nothing."""

_YEAR = 366 * 86_400


@dataclass(frozen=True, slots=True)
class Aged:
    """A token, the verdict on it, and whether a good renewal has taken over for it."""

    kept: Kept
    checked: Checked
    renewed: bool

    def is_due(self, now: int) -> bool:
        """Whether it is good, nothing has taken over, and it should be renewed within a year."""
        stamp = self.checked.stamp
        good = stamp is not None and self.checked.valid and not self.renewed
        return good and stamp is not None and stamp.renew_by < now + _YEAR


@dataclass(frozen=True, slots=True)
class AnchorHealth:
    """An anchor file: its hash, how many commits it covers, its tokens, and trails, which are an extra."""

    text: bytes
    hash: str
    commits: int
    tokens: tuple[Aged, ...]
    trails: tuple[Held, ...] = ()

    @property
    def authorities(self) -> set[str]:
        """The ends of the chains of good tokens over the anchor itself."""
        return {
            one.checked.stamp.root_fingerprint
            for one in self.tokens
            if one.checked.valid and one.checked.stamp is not None and not one.kept.renews
        }


@dataclass(frozen=True, slots=True)
class Health:
    """A compartment: its commits, how many are under an anchor, and under how many authorities' tokens."""

    compartment: str
    commits: int
    anchored: int
    stamped: int
    anchors: tuple[AnchorHealth, ...]
    findings: tuple[Finding, ...]
    unchecked: int


def read_health(
    vault: Vault,
    compartment: Compartment,
    now: int,
    roots: bytes = b"",
    headers: Mapping[int, Header] | None = None,
) -> Health:
    """The health of a compartment's proofs at `now`, in seconds.

    `roots` (PEM) are those that one trusts, `headers` those of blocks, by height, that one has.
    """
    commits = {step.hash for step in compartment.history.steps()}
    ways = {anchor_hash(one.text): one.ways.keys() for one in vault.anchors(compartment)}
    anchors = _read_anchors(vault, compartment, roots, headers)
    anchored = commits & {commit for covered in ways.values() for commit in covered}
    reached: dict[str, set[str]] = {commit: set() for commit in commits}
    for anchor in anchors:
        for commit in commits.intersection(ways.get(anchor.hash, ())):
            reached[commit] |= anchor.authorities
    stamped = sum(len(found) >= WANTED for found in reached.values())
    findings = [*_judge_tokens(anchors, now)]
    if len(anchored) < len(commits):
        findings.append(
            Finding("timestamp.open", compartment.name, {"count": len(commits) - len(anchored)}, grave=False)
        )
    if stamped < len(commits):
        values: dict[str, str | int] = {"count": len(commits) - stamped}
        findings.append(Finding("timestamp.alone", compartment.name, values, grave=False))
    unchecked = _count_unchecked(anchors)
    return Health(compartment.name, len(commits), len(anchored), stamped, anchors, tuple(findings), unchecked)


def check_tokens(vault: Vault, compartment: Compartment) -> tuple[list[Finding], int]:
    """What is wrong with tokens and trails of a compartment; and how many checks could not be made."""
    anchors = _read_anchors(vault, compartment, b"")
    found = [finding for anchor in anchors for one in anchor.tokens for finding in one.checked.findings]
    found += [finding for anchor in anchors for one in anchor.trails for finding in one.checked.findings]
    wrong = [finding for finding in found if finding.grave or finding.code == WANTS_HEADER]
    return wrong, _count_unchecked(anchors)


def list_due(health: Health, now: int) -> list[tuple[AnchorHealth, Aged]]:
    """The tokens that should be renewed within a year, the most urgent first."""
    due = [(anchor, one) for anchor in health.anchors for one in anchor.tokens if one.is_due(now)]
    return sorted(due, key=lambda pair: (_stamp(pair[1]).renew_by, pair[1].kept.id))


def find_targets(vault: Vault, compartment: Compartment, renew: bool, now: int) -> list[Target]:
    """What is to be stamped: an anchor over all commits, made if need be; or tokens that end soon.

    `now` is in milliseconds. Writes an anchor where none covers everything.

    Raises:
        OnggiError: `vault.anchors.release` for a member who was not granted to release.
    """
    require_release(vault, compartment)
    if renew:
        due = list_due(read_health(vault, compartment, now // 1000), now // 1000)
        return [target_renewal(anchor.text, one.kept) for anchor, one in due]
    return [target_anchor(cover_all(vault, compartment).text)]


def _count_unchecked(anchors: Sequence[AnchorHealth]) -> int:
    tokens = sum(len(one.checked.not_checked) for anchor in anchors for one in anchor.tokens)
    return tokens + sum(one.checked.unchecked for anchor in anchors for one in anchor.trails)


def _read_anchors(
    vault: Vault, compartment: Compartment, roots: bytes, headers: Mapping[int, Header] | None = None
) -> tuple[AnchorHealth, ...]:
    tokens: dict[str, list[Kept]] = {}
    for kept in vault.tokens(compartment):
        tokens.setdefault(kept.anchor, []).append(kept)
    covered = {anchor_hash(one.text): len(one.ways) for one in vault.anchors(compartment)}
    trails = vault.trails(compartment)
    found = [
        AnchorHealth(
            text,
            hash,
            covered.get(hash, 0),
            _age(tokens.get(hash, []), text, roots),
            hold_trails(trails, text, headers),
        )
        for text in list_anchors(vault, compartment)
        for hash in (anchor_hash(text),)
    ]
    # A dossier that nobody stamped is whole without.
    return tuple(one for one in found if one.hash in covered or one.tokens or one.trails)


def _age(tokens: Sequence[Kept], text: bytes, roots: bytes) -> tuple[Aged, ...]:
    """The tokens over one anchor, each reply once, with those marked that a good later one renews."""
    checked = {kept.id: check_kept(kept, text, tokens, roots) for kept in tokens}
    replies = {kept.id: kept.reply for kept in tokens}
    renewed = {replies[kept.renews] for kept in tokens if kept.renews in replies and checked[kept.id].valid}
    best: dict[bytes, Kept] = {}
    for kept in tokens:
        # A reply that was kept again, with more beside it, is judged by the better one, or as withdrawn.
        best[kept.reply] = min(best.get(kept.reply, kept), kept, key=lambda one: _rank(checked[one.id]))
    return tuple(Aged(one, checked[one.id], one.reply in renewed) for one in best.values())


def _rank(checked: Checked) -> tuple[bool, bool, int]:
    withdrawn = any(finding.code == "timestamp.revoked" for finding in checked.findings)
    return not withdrawn, not checked.valid, len(checked.findings)


def _judge_tokens(anchors: Sequence[AnchorHealth], now: int) -> list[Finding]:
    findings: list[Finding] = []
    for anchor in anchors:
        findings += [finding for one in anchor.trails for finding in one.checked.findings]
        for one in anchor.tokens:
            findings += one.checked.findings
            if one.is_due(now):
                values: dict[str, str | int] = {"day": say_moment(_stamp(one).renew_by)[:10]}
                findings.append(Finding("timestamp.due", one.kept.id[:16], values, grave=False))
    return findings


def _stamp(aged: Aged) -> Stamp:
    assert aged.checked.stamp is not None  # noqa: S101 - said to the type checker; whoever calls has looked
    return aged.checked.stamp
