"""A publication: redacted statements and the files beside them as a commit of their own, anchored alone
(proof.md §3).

Pure. Randomness is drawn in a fixed order, so that the same publication grows again from the same dice; its
anchor does not, because an ML-DSA signature is never the same twice: `regrow_publication` takes the anchor
that was signed. Refused: a slot that is not one line, another root than the one that was signed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onggi.errors import OnggiError
from onggi.evidence.bag import is_covered
from onggi.evidence.content import Content, weigh
from onggi.model.statement import Slots
from onggi.proof.anchor import Anchor, Grown, grow_anchor, sign_root
from onggi.proof.digest import HASH_SIZE, SALT_SIZE, SLOT_COUNT, hash_item
from onggi.proof.inclusion import Climb
from onggi.proof.leaf import seal_slots
from onggi.proof.merkle import build_levels
from onggi.proof.part import ContentsLine, ItemLine, Part, Shown, StatementLine, Tree, hash_contents
from onggi.proof.signature import Signer
from onggi.proof.tree import Randomness, commit_path, commit_root, round_up

ANCHOR_NUMBER = 1
"""The publication's own anchor is the first of the bag; those of the provenance follow."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is shown, signed: `statements.jsonl`, `proof.txt` as its parts, and the anchor."""

    lines: bytes
    part: Part
    anchor: Anchor


def plant_publication(
    statements: Sequence[Slots], files: Mapping[str, Content], signer: Signer, randomness: Randomness
) -> Publication:
    """Sign a new publication of `statements` and of `files`, which are all that the bag covers, by path."""
    part, lines, grown = _grow(statements, files, randomness)
    return Publication(lines, part, sign_root(grown.root, grown.size, signer))


def regrow_publication(
    statements: Sequence[Slots], files: Mapping[str, Content], anchor: Anchor, randomness: Randomness
) -> Publication:
    """The publication that was signed as `anchor`, from the same statements, files and randomness.

    Raises:
        OnggiError: `publish.other`, where they are not the same.
    """
    part, lines, grown = _grow(statements, files, randomness)
    if (grown.root, grown.size) != (anchor.root, anchor.size):
        raise OnggiError("publish.other")
    return Publication(lines, part, anchor)


def _grow(
    statements: Sequence[Slots], files: Mapping[str, Content], randomness: Randomness
) -> tuple[Part, bytes, Grown]:
    if any(b"\n" in slot or b"\0" in slot for slots in statements for slot in slots):
        raise ValueError("a slot is canonical bytes, which hold neither a newline nor a zero byte")
    if not all(map(is_covered, files)):
        raise ValueError("a publication covers items, documents, its list of cuts and the provenance")
    paths = sorted(files)  # paths are ASCII: as text they sort as bytes
    shown = [_seal(slots, index, randomness) for index, slots in enumerate(statements)]
    items = [
        _carry(path, files[path], index, randomness) for index, path in enumerate(paths, start=len(shown))
    ]
    contents = _close(paths, len(shown) + len(items), randomness)
    leaves = [*(line.leaf for line in shown), *(line.leaf for line in items), contents.leaf]
    width = round_up(len(leaves))
    levels = build_levels([*leaves, *(randomness(HASH_SIZE) for _ in range(len(leaves), width))])
    roots = [levels[-1][0], randomness(HASH_SIZE), randomness(HASH_SIZE)]
    grown = grow_anchor([commit_root(roots)], randomness)
    tree = Tree(ANCHOR_NUMBER, width, Climb(0, commit_path(roots, 0), grown.entries[0]))
    part = Part((tree,), tuple(shown), tuple(items), contents, _find_edge(levels, len(leaves)))
    return part, b"".join(slot + b"\n" for slots in statements for slot in slots), grown


def _find_edge(levels: Sequence[Sequence[bytes]], count: int) -> dict[tuple[int, int, int], bytes]:
    """The nodes of the padding that the first `count` leaves need: at most one on each level."""
    nodes = {}
    for level, row in enumerate(levels[:-1]):
        if count & 1:
            nodes[1, level, count] = row[count]
        count = (count + 1) >> 1
    return nodes


def _seal(slots: Slots, index: int, randomness: Randomness) -> StatementLine:
    salts = randomness(SLOT_COUNT * SALT_SIZE)
    shown = tuple(Shown(salts[at : at + SALT_SIZE]) for at in range(0, len(salts), SALT_SIZE))
    return StatementLine(1, index, shown, seal_slots(slots, salts).leaf)


def _carry(path: str, content: Content, index: int, randomness: Randomness) -> ItemLine:
    salt, weight = randomness(SALT_SIZE), weigh(content)
    return ItemLine(1, index, hash_item(salt, weight.sha256, weight.length), salt, path)


def _close(paths: Sequence[str], index: int, randomness: Randomness) -> ContentsLine:
    salt = randomness(SALT_SIZE)
    return ContentsLine(1, index, salt, hash_contents(salt, paths))
