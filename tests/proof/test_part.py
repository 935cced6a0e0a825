"""proof.txt: read and written the same, and every changed byte refused or leading elsewhere."""

import re
from dataclasses import replace

import pytest
from tests.proof.vectors import read_vectors

from onggi.errors import OnggiError
from onggi.proof.leaf import Withheld
from onggi.proof.part import (
    Part,
    find_roots,
    hash_contents,
    is_publication,
    parse_part,
    rebuild_leaf,
    render_part,
)

BAGS = read_vectors("bags")
PUBLICATION = BAGS["dossier"]["data/publication/proof.txt"].encode()
RECORDED = BAGS["dossier"]["data/provenance/proof.txt"].encode()
SLOTS = BAGS["dossier"]["data/provenance/statements.jsonl"].encode().split(b"\n")
TEXTS = {"publication": PUBLICATION, "provenance": RECORDED}
each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


def follow(text: bytes, slots: list[bytes] = SLOTS) -> tuple[object, ...]:
    """Where a proof leads: the leaves that its slots make, those it names, and the anchor roots."""
    part = parse_part(text)
    at, made = 0, []
    for line in part.statements:
        shown = sum(not isinstance(slot, Withheld) for slot in line.slots)
        made.append(rebuild_leaf(line, slots[at : at + shown]) == line.leaf)
        at += shown
    return (*made, *find_roots(part, {1: 64, 2: 64}))


@each_text
def test_the_independent_proof_is_read_and_written(text: bytes) -> None:
    part = parse_part(text)
    assert render_part(part) == text
    assert is_publication(part) is (text == PUBLICATION)


def test_the_independent_proof_leads_to_its_anchor() -> None:
    assert follow(RECORDED) == (True, True, bytes.fromhex(read_vectors("proof")["anchor root"]))
    assert follow(RECORDED, [b"{}", *SLOTS[1:]])[0] is False


def test_every_changed_byte_is_refused_or_leads_elsewhere() -> None:
    right = follow(RECORDED)
    # A reason class is a word that no hash covers; which anchor is meant, only the bag can say.
    free = {at for found in re.finditer(rb":[a-z]+|tree \d", RECORDED) for at in range(*found.span())}
    for at in set(range(len(RECORDED))) - free:
        changed = bytearray(RECORDED)
        changed[at] ^= 1
        try:
            verdict = follow(bytes(changed))
        except OnggiError:
            continue
        assert verdict != right, at


@each_text
def test_every_cut_is_refused(text: bytes) -> None:
    for at in range(len(text)):
        try:
            part = parse_part(text[:at])
        except OnggiError as error:
            assert error.id == "proof.form"
            continue
        assert text[:at].endswith(b"\n")
        assert not is_publication(part) or find_roots(part, {1: 64}) != find_roots(parse_part(text), {1: 64})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n", b"\r\n"),
        (b"tree 2 0 4", b"tree 2 0 04"),
        (b"tree 2 0 4", b"tree 2 0 +4"),
        (b"tree 2 0 4", b"tree 2 3 4"),
        (b"tree 2 ", b"tree 0 "),
        (b"tree 2 ", b"tree 100 "),
        (b"statement 1 2", b"statement 0 2"),
        (b"statement 1 2", b"statement 2 2"),
        (b"statement 1 2", b"statement 1  2"),
        (b":words", b":Words"),
        (b":words", b":"),
        (b"onggi-proof-2", b"onggi-proof-3"),
        (b"format", b"\nformat"),
        (b"node 1 0 0", b"node 1 0 3"),
        (b"node 1 0 0", b"node 1 1 3"),
        (b"node 1 0 3", b"item 1 0 3"),
    ],
)
def test_no_other_spelling(old: bytes, new: bytes) -> None:
    assert old in RECORDED
    with pytest.raises(OnggiError, match=r"proof\.form"):
        parse_part(RECORDED.replace(old, new, 1))


def shuffle(part: Part) -> Part:
    return replace(part, items=part.items[::-1])


def withhold(part: Part) -> Part:
    first = part.statements[0]
    slots = (Withheld(bytes(32), "words"), *first.slots[1:])
    return replace(part, statements=(replace(first, slots=slots), *part.statements[1:]))


def hide_item(part: Part) -> Part:
    hidden = replace(part.items[0], salt=b"", path="", reason="identity")
    return replace(part, items=(hidden, *part.items[1:]))


def drop_last(part: Part) -> Part:
    return replace(part, statements=part.statements[:-1])


def drop_contents(part: Part) -> Part:
    return replace(part, contents=None)


def widen(part: Part) -> Part:
    return replace(part, trees=(replace(part.trees[0], leaves=32),))


def move(part: Part) -> Part:
    tree = part.trees[0]
    return replace(part, trees=(replace(tree, climb=replace(tree.climb, stratum=1)),))


def add_tree(part: Part) -> Part:
    return replace(part, trees=part.trees * 2)


@pytest.mark.parametrize(
    "change", [shuffle, withhold, hide_item, drop_last, drop_contents, widen, move, add_tree]
)
def test_a_publication_is_whole(change: object) -> None:
    part = parse_part(PUBLICATION)
    changed = change(part)  # type: ignore[operator]
    assert parse_part(render_part(changed)) == changed, "well written, and yet none"
    assert is_publication(part)
    assert not is_publication(changed)


def test_the_leaf_of_the_contents_is_that_of_no_file() -> None:
    part = parse_part(PUBLICATION)
    assert part.contents
    paths = [item.path for item in part.items]
    assert hash_contents(part.contents.salt, paths) == part.contents.leaf
    for other in (
        paths[:-1],
        [*paths, "data/items/item-2.txt"],
        [],
        [paths[0] + "\n" + paths[1], *paths[2:]],
    ):
        same = "".join(f"{path}\n" for path in other) == "".join(f"{path}\n" for path in paths)
        assert (hash_contents(part.contents.salt, other) == part.contents.leaf) is same
