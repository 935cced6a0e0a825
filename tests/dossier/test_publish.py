"""A publication: everything in it is shown, everything beside it is covered, and two share nothing."""

import random
import re
from functools import partial

import pytest
from tests.dossier.invented import DOCUMENTS, ITEMS, SIGNER, invent_slots, make_dossier
from tests.proof.vectors import read_vectors

from onggi.dossier.publish import plant_publication, regrow_publication
from onggi.errors import OnggiError
from onggi.evidence.bag import is_covered
from onggi.evidence.content import cut_pieces, make_stream
from onggi.proof.anchor import verify_anchor
from onggi.proof.leaf import SLOT_NAMES
from onggi.proof.part import find_roots, is_publication, parse_part, render_part

SLOTS = [invent_slots(number) for number in range(1, 6)]
FILES = {**ITEMS, **DOCUMENTS}


def dice(seed: int = 1) -> random.Random:
    return random.Random(seed)


@pytest.mark.parametrize("count", range(20))
def test_a_publication_is_whole_and_leads_to_its_anchor(count: int) -> None:
    slots = [invent_slots(number) for number in range(count)]
    publication = plant_publication(slots, FILES, SIGNER, dice().randbytes)
    part = parse_part(render_part(publication.part))
    assert part == publication.part
    assert is_publication(part)
    assert find_roots(part, {1: publication.anchor.size}) == [publication.anchor.root]
    assert verify_anchor(publication.anchor.text, SIGNER.public) == publication.anchor
    assert publication.lines == b"".join(slot + b"\n" for one in slots for slot in one)
    assert [item.path for item in part.items] == sorted(FILES)


def test_the_slots_of_the_independent_vector_are_its_lines() -> None:
    bags = read_vectors("bags")
    slots = [tuple(one[name].encode() for name in SLOT_NAMES) for one in bags["published"]]
    publication = plant_publication(slots, {}, SIGNER, dice().randbytes)
    assert publication.lines == bags["dossier"]["data/publication/statements.jsonl"].encode()


def test_the_same_dice_grow_the_same_publication_for_its_anchor() -> None:
    publication = plant_publication(SLOTS, FILES, SIGNER, dice().randbytes)
    again = regrow_publication(SLOTS, FILES, publication.anchor, dice().randbytes)
    assert again == publication
    streams = {path: make_stream(partial(cut_pieces, content)) for path, content in FILES.items()}
    assert regrow_publication(SLOTS, streams, publication.anchor, dice().randbytes) == publication


@pytest.mark.parametrize(
    ("slots", "files", "seed"),
    [
        (SLOTS[:-1], FILES, 1),
        (SLOTS[::-1], FILES, 1),
        (SLOTS, {**FILES, "data/items/item-1.jpg": b"another"}, 1),
        (SLOTS, ITEMS, 1),
        (SLOTS, {"data/items/item-9.jpg": b"renamed", **DOCUMENTS}, 1),
        (SLOTS, FILES, 2),
    ],
)
def test_anything_else_is_another_publication(
    slots: list[tuple[bytes, bytes, bytes, bytes, bytes]], files: dict[str, bytes], seed: int
) -> None:
    anchor = plant_publication(SLOTS, FILES, SIGNER, dice().randbytes).anchor
    with pytest.raises(OnggiError, match=r"publish\.other"):
        regrow_publication(slots, files, anchor, dice(seed).randbytes)


@pytest.mark.parametrize("slot", [b"a\nb", b"a\0b"])
def test_a_slot_is_one_line(slot: bytes) -> None:
    with pytest.raises(ValueError, match="canonical bytes"):
        plant_publication([(slot, *SLOTS[0][1:])], FILES, SIGNER, dice().randbytes)


def test_two_publications_of_the_same_share_nothing_but_the_key() -> None:
    """Salts, leaves, nodes, roots: no hash of one stands in the other."""
    texts = [
        render_part(plant_publication(SLOTS, FILES, SIGNER, dice(seed).randbytes).part) for seed in (1, 2)
    ]
    hashes = [set(re.findall(rb"[0-9a-f]{32,}", text)) for text in texts]
    assert all(len(one) > 40 for one in hashes)
    assert not hashes[0] & hashes[1]


def test_every_file_of_a_bag_but_keys_anchors_and_the_publication_is_covered() -> None:
    bag = make_dossier()
    covered = {item.path for item in parse_part(bag["data/publication/proof.txt"]).items}
    own = ("data/keys/", "data/anchors/", "data/publication/")
    payload = {path for path in bag if path.startswith("data/")}
    assert covered == {path for path in payload if not path.startswith(own)}
    assert covered == set(filter(is_covered, payload))
