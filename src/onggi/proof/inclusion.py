"""The way from a statement to an anchor, and the file `proof.txt` that shows it (proof.md §5 and §6).

Reading refuses every byte that writing would not have written, so that a proof has one form only.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onggi.errors import OnggiError
from onggi.proof.anchor import LEAST_LEAVES, Entry
from onggi.proof.digest import HASH_SIZE, SALT_SIZE, hash_entry, hash_root, hash_slot, hash_statement
from onggi.proof.leaf import SLOT_NAMES, Disclosed, Disclosure, Reason, Withheld, find_leaf
from onggi.proof.merkle import root_from_path
from onggi.proof.tree import STRATUM_COUNT, is_width

FORMAT = "onggi-proof-1"


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where a leaf stands in its stratum tree, its stratum in the commit, the commit in the anchor."""

    stratum_index: int
    stratum_leaves: int
    stratum_path: tuple[bytes, ...]
    commit_index: int
    commit_path: tuple[bytes, ...]
    anchor_leaves: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Shown:
    """A slot that stands in a file of its own; `proof.txt` holds its salt."""

    salt: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """All that `proof.txt` holds. The disclosed slots themselves stand in files of their own."""

    slots: tuple[Shown | Withheld, ...]
    leaf: bytes
    inclusion: Inclusion


def make_proof(disclosures: Sequence[Disclosure], inclusion: Inclusion) -> Proof:
    """The proof that five slots, shown or withheld, are a leaf that stands in an anchor."""
    slots = tuple(Shown(part.salt) if isinstance(part, Disclosed) else part for part in disclosures)
    return Proof(slots, find_leaf(disclosures), inclusion)


def climb_tree(leaf: bytes, inclusion: Inclusion) -> bytes:
    """The anchor root to which `inclusion` leads from `leaf`.

    Raises:
        OnggiError: `proof.path`, where a path does not fit its tree.
    """
    at, entry = inclusion, inclusion.entry
    if not (is_width(at.stratum_leaves) and is_width(at.anchor_leaves) and at.anchor_leaves >= LEAST_LEAVES):
        raise OnggiError("proof.path")
    stratum_root = root_from_path(leaf, at.stratum_index, at.stratum_leaves, at.stratum_path)
    commit_root = root_from_path(hash_root(stratum_root), at.commit_index, STRATUM_COUNT, at.commit_path)
    return root_from_path(hash_entry(entry.random, commit_root), entry.index, at.anchor_leaves, entry.path)


def rebuild_leaf(proof: Proof, slots: Mapping[str, bytes]) -> bytes:
    """The leaf to which the disclosed `slots`, by name, and the withheld digests lead.

    Raises:
        KeyError: a disclosed slot is not among `slots`.
    """
    return hash_statement(
        [
            part.digest if isinstance(part, Withheld) else hash_slot(position, part.salt, slots[name])
            for position, (name, part) in enumerate(zip(SLOT_NAMES, proof.slots, strict=True), start=1)
        ]
    )


def render_proof(proof: Proof) -> bytes:
    """The bytes of `proof.txt`."""
    at, entry = proof.inclusion, proof.inclusion.entry
    lines = [
        f"format {FORMAT}",
        *(f"slot {number} {_render_slot(part)}" for number, part in enumerate(proof.slots, start=1)),
        f"leaf {proof.leaf.hex()}",
        f"stratum-index {at.stratum_index}",
        f"stratum-leaves {at.stratum_leaves}",
        f"stratum-path {_render_path(at.stratum_path)}",
        f"commit-index {at.commit_index}",
        f"commit-path {_render_path(at.commit_path)}",
        f"anchor-random {entry.random.hex()}",
        f"anchor-index {entry.index}",
        f"anchor-leaves {at.anchor_leaves}",
        f"anchor-path {_render_path(entry.path)}",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def parse_proof(text: bytes) -> Proof:
    """Read `proof.txt`. Its form is checked; where it leads is not: see `climb_tree` and `rebuild_leaf`.

    Raises:
        OnggiError: `proof.form`, where a single byte is not as it must be.
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise OnggiError("proof.form")
    return Proof(
        slots=tuple(_parse_slot(form[f"slot{number}"]) for number in range(1, len(SLOT_NAMES) + 1)),
        leaf=_parse_hex(form["leaf"]),
        inclusion=Inclusion(
            stratum_index=int(form["stratum_index"]),
            stratum_leaves=int(form["stratum_leaves"]),
            stratum_path=_parse_path(form["stratum_path"]),
            commit_index=int(form["commit_index"]),
            commit_path=_parse_path(form["commit_path"]),
            anchor_leaves=int(form["anchor_leaves"]),
            entry=Entry(
                random=_parse_hex(form["anchor_random"]),
                index=int(form["anchor_index"]),
                path=_parse_path(form["anchor_path"]),
            ),
        ),
    )


def _compile_form() -> re.Pattern[bytes]:
    digits, number = rf"[0-9a-f]{{{2 * HASH_SIZE}}}", "0|[1-9][0-9]{0,9}"
    # At most 32 siblings: no tree is wider than 2^32 leaves.
    path = rf"-|{digits}(?: {digits}){{0,31}}"
    slot = rf"disclosed [0-9a-f]{{{2 * SALT_SIZE}}}|withheld {digits} (?:{'|'.join(Reason)})"
    lines = [
        f"format {FORMAT}",
        *(f"slot {at} (?P<slot{at}>{slot})" for at in range(1, len(SLOT_NAMES) + 1)),
        f"leaf (?P<leaf>{digits})",
        f"stratum-index (?P<stratum_index>{number})",
        f"stratum-leaves (?P<stratum_leaves>{number})",
        f"stratum-path (?P<stratum_path>{path})",
        "commit-index (?P<commit_index>[012])",
        f"commit-path (?P<commit_path>{digits}(?: {digits})?)",
        f"anchor-random (?P<anchor_random>{digits})",
        f"anchor-index (?P<anchor_index>{number})",
        f"anchor-leaves (?P<anchor_leaves>{number})",
        f"anchor-path (?P<anchor_path>{path})",
    ]
    return re.compile("".join(f"{line}\n" for line in lines).encode())


_FORM = _compile_form()


def _render_slot(part: Shown | Withheld) -> str:
    if isinstance(part, Withheld):
        return f"withheld {part.digest.hex()} {part.reason}"
    return f"disclosed {part.salt.hex()}"


def _parse_slot(text: bytes) -> Shown | Withheld:
    kind, *rest = text.decode().split(" ")
    if kind == "disclosed":
        return Shown(bytes.fromhex(rest[0]))
    return Withheld(bytes.fromhex(rest[0]), Reason(rest[1]))


def _render_path(path: tuple[bytes, ...]) -> str:
    return " ".join(sibling.hex() for sibling in path) or "-"


def _parse_path(text: bytes) -> tuple[bytes, ...]:
    return () if text == b"-" else tuple(_parse_hex(sibling) for sibling in text.split(b" "))


def _parse_hex(text: bytes) -> bytes:
    return bytes.fromhex(text.decode())
