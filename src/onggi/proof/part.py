"""A part of a bag: what is shown of some trees, and the file `proof.txt` that says so (proof.md §5).

Reading refuses every byte that writing would not have written, so that a proof has one form only. Where it
leads is another question: `find_roots` answers it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from onggi.errors import OnggiError
from onggi.proof.anchor import Entry
from onggi.proof.digest import HASH_SIZE, SALT_SIZE, SLOT_COUNT, hash_item, hash_slot, hash_statement
from onggi.proof.inclusion import Climb, climb_anchor, find_root
from onggi.proof.leaf import Withheld
from onggi.proof.tree import round_up

FORMAT = "onggi-proof-2"


@dataclass(frozen=True, slots=True)
class Tree:
    """A stratum tree of one commit, and its way to the anchor with this number in the bag."""

    anchor: int
    leaves: int
    climb: Climb


@dataclass(frozen=True, slots=True)
class Shown:
    """A slot that stands in `statements.jsonl`; here is its salt."""

    salt: bytes


Slot: TypeAlias = Shown | Withheld


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement of a part: where its leaf stands, and what is shown of its slots."""

    tree: int
    index: int
    slots: tuple[Slot, ...]
    leaf: bytes


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A file of a part: its salt and path, or the reason class for which it is withheld."""

    tree: int
    index: int
    leaf: bytes
    salt: bytes = b""
    path: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """The leaf that covers the paths of all items of a publication."""

    tree: int
    index: int
    salt: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """All that `proof.txt` holds. Trees count from 1; nodes are by tree, level and index."""

    trees: tuple[Tree, ...]
    statements: tuple[StatementLine, ...] = ()
    items: tuple[ItemLine, ...] = ()
    contents: ContentsLine | None = None
    nodes: Mapping[tuple[int, int, int], bytes] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[StatementLine | ItemLine | ContentsLine, ...]:
        """All lines that stand for a leaf, in their order."""
        return (*self.statements, *self.items, *((self.contents,) if self.contents else ()))


def hash_contents(salt: bytes, paths: Sequence[str]) -> bytes:
    """The leaf of the contents over the paths of all items: no file is so long that it could be one's."""
    text = "".join(f"{path}\n" for path in paths).encode()
    return hash_item(salt, sha256(text).digest(), 2**64 - 1)


def rebuild_leaf(line: StatementLine, shown: Sequence[bytes]) -> bytes:
    """The leaf to which the slots that are shown, in their order, and the digests of the others lead."""
    slots = iter(shown)
    return hash_statement(
        [
            part.digest if isinstance(part, Withheld) else hash_slot(position, part.salt, next(slots))
            for position, part in enumerate(line.slots, start=1)
        ]
    )


def find_roots(part: Part, sizes: Mapping[int, int]) -> list[bytes | None]:
    """For each tree the anchor root to which its leaves lead, None where they lead nowhere.

    `sizes` are the numbers of leaves of the anchors, by their numbers in the bag.
    """
    leaves: list[dict[int, bytes]] = [{} for _ in part.trees]
    nodes: list[dict[tuple[int, int], bytes]] = [{} for _ in part.trees]
    for line in part.lines:
        leaves[line.tree - 1][line.index] = line.leaf
    for (tree, level, index), node in part.nodes.items():
        nodes[tree - 1][level, index] = node
    return [
        _climb(tree, leaves[number], nodes[number], sizes.get(tree.anchor, 0))
        for number, tree in enumerate(part.trees)
    ]


def is_publication(part: Part) -> bool:
    """Whether a part has the order and the completeness of a publication: nothing can be missing in it."""
    count = len(part.lines)
    paths = [item.path for item in part.items]
    return (
        len(part.trees) == 1
        and part.trees[0].climb.stratum == 0
        and part.contents is not None
        and [line.index for line in part.lines] == list(range(count))
        and all(isinstance(slot, Shown) for line in part.statements for slot in line.slots)
        and not any(item.reason for item in part.items)
        and all(earlier < later for earlier, later in zip(paths, paths[1:], strict=False))
        and part.trees[0].leaves == round_up(count)
    )


def render_part(part: Part) -> bytes:
    """The bytes of `proof.txt`."""
    lines = [
        f"format {FORMAT}",
        *map(_render_tree, part.trees),
        *map(_render_statement, part.statements),
        *map(_render_item, part.items),
    ]
    if part.contents:
        at = part.contents
        lines.append(f"contents {at.tree} {at.index} {at.salt.hex()} {at.leaf.hex()}")
    lines += [
        f"node {tree} {level} {index} {part.nodes[tree, level, index].hex()}"
        for tree, level, index in sorted(part.nodes)
    ]
    return ("\n".join(lines) + "\n").encode()


def parse_part(text: bytes) -> Part:
    """Read `proof.txt`.

    Raises:
        OnggiError: `proof.form`, where a single byte is not as it must be.
    """
    trees: list[Tree] = []
    statements: list[StatementLine] = []
    items: list[ItemLine] = []
    contents: ContentsLine | None = None
    nodes: dict[tuple[int, int, int], bytes] = {}
    for line in text.split(b"\n")[1:-1]:
        form = _LINE.fullmatch(line)
        if form is None:
            raise OnggiError("proof.form")
        kind, fields = form.lastgroup, line.decode().split(" ")
        if kind == "tree":
            trees.append(_parse_tree(fields))
        elif kind == "statement":
            statements.append(_parse_statement(fields))
        elif kind == "item":
            items.append(_parse_item(fields))
        elif kind == "contents":
            contents = ContentsLine(int(fields[1]), int(fields[2]), _unhex(fields[3]), _unhex(fields[4]))
        else:
            nodes[int(fields[1]), int(fields[2]), int(fields[3])] = _unhex(fields[4])
    part = Part(tuple(trees), tuple(statements), tuple(items), contents, nodes)
    named = {line.tree for line in part.lines} | {tree for tree, _, _ in nodes}
    if not trees or not named <= set(range(1, len(trees) + 1)):
        raise OnggiError("proof.form")
    # Written again, it shows what no single line can: another order, a line twice, a head that is none.
    if render_part(part) != text:
        raise OnggiError("proof.form")
    return part


def _climb(
    tree: Tree, leaves: Mapping[int, bytes], nodes: Mapping[tuple[int, int], bytes], size: int
) -> bytes | None:
    try:
        return climb_anchor(find_root(leaves, tree.leaves, nodes), tree.climb, size)
    except OnggiError:
        return None


def _compile_line() -> re.Pattern[bytes]:
    digits, salt, number = (
        rf"[0-9a-f]{{{2 * HASH_SIZE}}}",
        rf"[0-9a-f]{{{2 * SALT_SIZE}}}",
        "(?:0|[1-9][0-9]{0,9})",
    )
    word = "[a-z_]{1,24}"
    # At most 32 siblings: no tree is wider than 2^32 leaves.
    path = rf"{digits}(?:,{digits}){{0,31}}"
    slot = rf"(?:{salt}|{digits}:{word})"
    place = rf"{number} {number}"
    return re.compile(
        "|".join(
            [
                rf"(?P<tree>tree [1-9][0-9]? [012] {number} {digits}(?:,{digits})? {digits} {number} {path})",
                rf"(?P<statement>statement {place} {' '.join([slot] * SLOT_COUNT)} {digits})",
                rf"(?P<item>item {place} (?:{salt} data/[a-z0-9./-]{{1,99}}|withheld {word}) {digits})",
                rf"(?P<contents>contents {place} {salt} {digits})",
                rf"(?P<node>node {number} {place} {digits})",
            ]
        ).encode()
    )


_LINE = _compile_line()


def _render_tree(tree: Tree) -> str:
    climb, entry = tree.climb, tree.climb.entry
    return (
        f"tree {tree.anchor} {climb.stratum} {tree.leaves} {_render_path(climb.commit_path)} "
        f"{entry.random.hex()} {entry.index} {_render_path(entry.path)}"
    )


def _parse_tree(fields: Sequence[str]) -> Tree:
    _, anchor, stratum, leaves, commit, random, index, path = fields
    climb = Climb(int(stratum), _parse_path(commit), Entry(_unhex(random), int(index), _parse_path(path)))
    return Tree(int(anchor), int(leaves), climb)


def _render_statement(line: StatementLine) -> str:
    slots = " ".join(
        f"{part.digest.hex()}:{part.reason}" if isinstance(part, Withheld) else part.salt.hex()
        for part in line.slots
    )
    return f"statement {line.tree} {line.index} {slots} {line.leaf.hex()}"


def _parse_statement(fields: Sequence[str]) -> StatementLine:
    _, tree, index, *slots, leaf = fields
    return StatementLine(int(tree), int(index), tuple(map(_parse_slot, slots)), _unhex(leaf))


def _parse_slot(text: str) -> Slot:
    digits, _, reason = text.partition(":")
    return Withheld(_unhex(digits), reason) if reason else Shown(_unhex(digits))


def _render_item(line: ItemLine) -> str:
    said = f"withheld {line.reason}" if line.reason else f"{line.salt.hex()} {line.path}"
    return f"item {line.tree} {line.index} {said} {line.leaf.hex()}"


def _parse_item(fields: Sequence[str]) -> ItemLine:
    _, tree, index, first, second, leaf = fields
    if first == "withheld":
        return ItemLine(int(tree), int(index), _unhex(leaf), reason=second)
    return ItemLine(int(tree), int(index), _unhex(leaf), _unhex(first), second)


def _render_path(path: Sequence[bytes]) -> str:
    return ",".join(sibling.hex() for sibling in path)


def _parse_path(text: str) -> tuple[bytes, ...]:
    return tuple(map(_unhex, text.split(",")))


_unhex = bytes.fromhex
