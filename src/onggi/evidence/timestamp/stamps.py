"""What is stamped in a vault, and what is kept there (timestamps.md, §1, §5 and §6).

Anchors and tokens are found by the SHA-256 of the anchor file, so that a publication's own anchor, which the
vault does not hold, can be stamped as well. Refused: a token under another anchor than it stamps.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onggi.errors import Finding
from onggi.evidence.timestamp.certificates import read_papers, write_pem
from onggi.evidence.timestamp.check import Checked, check_token
from onggi.evidence.timestamp.reply import read_reply
from onggi.evidence.timestamp.request import HASHES, hash_stamped
from onggi.vault.anchoring import keep_token
from onggi.vault.opened import Compartment, Vault
from onggi.vault.tokens import Kept


@dataclass(frozen=True, slots=True)
class Target:
    """Bytes to be stamped: those of the anchor with this hash, or those that renew the token with this id."""

    anchor: str
    stamped: bytes
    algorithm: str = "sha256"
    renews: str = ""


def anchor_hash(text: bytes) -> str:
    """What an anchor file is found by: its SHA-256."""
    return hashlib.sha256(text).hexdigest()


def target_anchor(text: bytes) -> Target:
    """An anchor file, to be stamped."""
    return Target(anchor_hash(text), text)


def target_renewal(text: bytes, kept: Kept) -> Target:
    """A token over this anchor file, to be renewed."""
    return Target(kept.anchor, renewed_bytes(text, kept.reply, kept.chain, kept.lists), "sha512", kept.id)


def renewed_bytes(text: bytes, reply: bytes, chain: bytes, lists: bytes) -> bytes:
    """What a renewal stamps: four SHA-512, of the anchor file, the old reply, and what was kept beside it."""
    return b"".join(hashlib.sha512(part).digest() for part in (text, reply, chain, lists))


def tokens_of(vault: Vault, compartment: Compartment, anchor_text: bytes) -> tuple[Kept, ...]:
    """The tokens kept over an anchor, renewals too, as they were kept one after another."""
    wanted = anchor_hash(anchor_text)
    return tuple(one for one in vault.tokens(compartment) if one.anchor == wanted)


def list_anchors(vault: Vault, compartment: Compartment) -> list[bytes]:
    """The anchor files of a compartment, those of its publications too."""
    anchors = [one.text for one in vault.anchors(compartment)]
    return anchors + [one.anchor for one in vault.publications(compartment) if one.anchor]


def list_targets(text: bytes, tokens: Iterable[Kept]) -> list[Target]:
    """All that a reply over this anchor may stamp: the anchor itself, or any token that is kept over it."""
    return [target_anchor(text), *(target_renewal(text, one) for one in tokens)]


def find_target(reply: bytes, targets: Iterable[Target]) -> Target | None:
    """What a reply stamps. Raises `timestamp.form` where it cannot be read at all."""
    token = read_reply(reply).token
    if token is None:
        return None
    for one in targets:
        digest = hash_stamped(one.stamped, one.algorithm)
        if (token.algorithm, token.digest) == (HASHES[one.algorithm], digest):
            return one
    return None


def check_kept(kept: Kept, text: bytes, tokens: Sequence[Kept], roots: bytes = b"") -> Checked:
    """The verdict on a token that is kept over this anchor file, or renews one of `tokens` over it."""
    where = kept.id[:16]
    old = next((one for one in tokens if one.id == kept.renews), None)
    if kept.renews and old is None:
        return Checked((Finding("timestamp.renewal", where),))
    target = target_renewal(text, old) if old else target_anchor(text)
    checked = check_token(
        kept.reply,
        target.stamped,
        algorithm=target.algorithm,
        chain=kept.chain,
        lists=kept.lists,
        roots=roots,
        where=where,
    )
    if old and checked.stamp and checked.stamp.moment < _read_moment(old.reply):
        return replace(checked, findings=(*checked.findings, Finding("timestamp.renewal", where)))
    return checked


def keep_reply(
    vault: Vault, compartment: Compartment, target: Target, reply: bytes, papers: bytes, when: int
) -> Kept:
    """Keep a reply over a target, and certificates and lists (PEM) beside it. Writes to the vault."""
    found = read_papers(papers)
    chain, lists = write_pem(found.certificates), write_pem(found.lists)
    kept = Kept(target.anchor, reply, chain, lists, when, target.renews)
    keep_token(vault, compartment, kept)
    return kept


def add_papers(kept: Sequence[Kept], papers: bytes, when: int) -> Kept:
    """One reply, kept once or several times, with all that was kept beside it and this (PEM)."""
    found = read_papers(b"".join([*(one.chain + one.lists for one in kept), papers]))
    return replace(kept[-1], chain=write_pem(found.certificates), lists=write_pem(found.lists), when=when)


def _read_moment(reply: bytes) -> int:
    token = read_reply(reply).token
    return token.moment if token else 0
