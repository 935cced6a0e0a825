"""What a commit puts into a stratum: reading undoes writing, and what does not fit the root is not read."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vault.invented import (
    ADMIN,
    ALPHA,
    BETA,
    GAMMA,
    ITEM_BYTES,
    MEMBER,
    Dice,
    make_entries,
    make_slots,
    open_as,
    write,
)

from onggi.errors import OnggiError
from onggi.proof.merkle import merkle_root
from onggi.vault.folder import Folder
from onggi.vault.opened import Vault
from onggi.vault.packing import PackWriter
from onggi.vault.packs import Domain, Shelf
from onggi.vault.seal import sealed_length
from onggi.vault.strata import (
    SALTS,
    Content,
    Kept,
    blind_box,
    cut_bodies,
    read_content,
    seal_box,
)
from onggi.vault.writing import Change, File

VAULT, COMPARTMENT, LOG = "ab" * 32, "c0" * 16, "10" * 16
PLACE = (VAULT, COMPARTMENT, "record", LOG, 3)
KEYS = {ALPHA: b"a" * 32, BETA: b"b" * 32}


def contents(vault: Vault, stratum: str, name: str = "main") -> list[Content]:
    """What every commit put into a stratum."""
    compartment = vault.compartment(name)
    return [vault.content(compartment, step, stratum) for step in compartment.history.steps()]


@given(
    st.lists(st.tuples(st.sampled_from([ALPHA, BETA]), st.integers(0, 60_000)), max_size=14),
)
def test_bodies_hold_every_statement_once_and_are_cut(spec: list[tuple[str, int]]) -> None:
    kept = [
        Kept(
            unit,
            index,
            index,
            Dice(f"salts {index}")(SALTS),
            (b"x" * length, b"null", b"null", b"null", b"null"),
        )
        for index, (unit, length) in enumerate(spec)
    ]
    stored = list(cut_bodies(kept, KEYS, Dice("bodies")))
    assert len({one.object for one in stored}) == len(stored)
    for unit in KEYS:
        own = [one for one in stored if one.unit == unit]
        wanted = [one for one in kept if one.unit == unit]
        # 4 bytes of place and 4 of index, and for each of five slots 4 of length, its salt and itself.
        lengths = [8 + 5 * 20 + sum(map(len, one.slots)) for one in wanted]
        assert sum(one.length for one in own) == sum(lengths)
        assert all(one.length <= 256 * 1024 - 8 for one in own)
        assert {one.unit_key for one in own} <= {KEYS[unit]}


def test_what_was_written_is_read(root: Path) -> None:
    written = [*make_entries(ALPHA, 30, "many"), *make_entries(BETA, 5, "other")]
    stream = io.BytesIO(ITEM_BYTES)
    change = Change(written, [File("9" * 32, BETA, stream, len(ITEM_BYTES))])
    receipt = write(open_as(root, ADMIN), {"record": change})
    vault = open_as(root, MEMBER)
    content = contents(vault, "record")[-1]
    assert sorted((one.unit, one.slots) for one in content.kept) == sorted(
        (one.unit, one.slots) for one in written
    )
    assert (content.real, len(content.leaves), content.findings) == (36, 64, [])
    assert merkle_root(content.leaves).hex() == receipt.step.commit.roots["record"]
    (item,) = content.items
    assert b"".join(vault.read_item(vault.compartment("main"), "record", item)) == ITEM_BYTES
    places = [one.index for one in content.kept]
    assert len({*places, item.index}) == 36 and places != sorted(places)


def test_a_commit_puts_something_into_every_stratum_it_holds(root: Path) -> None:
    write(open_as(root, ADMIN), {"record": Change(make_entries(ALPHA, 1))})
    empty = contents(open_as(root, ADMIN), "care")[-1]
    assert (empty.real, len(empty.leaves), empty.kept, empty.findings) == (0, 1, [], [])


def test_boxes_of_strata_held_and_not_held_look_alike() -> None:
    box = seal_box(b"k" * 32, PLACE, 5, [bytes(32)] * 8, Dice("box"))
    assert len(box) == len(blind_box(Dice("blind"))) == sealed_length(40)


@pytest.fixture
def shelf(tmp_path: Path) -> tuple[Shelf, Domain]:
    """A stratum with one statement in its fourth commit."""
    folder = Folder(tmp_path / "vault", Dice("folder"))
    folder.make()
    return Shelf(folder, VAULT), Domain("record", COMPARTMENT, b"k" * 32)


def read_one(shelf: tuple[Shelf, Domain], index: int, leaf: bytes, erased: frozenset[str]) -> Content:
    """A commit whose only leaf is `leaf`, and a body that says its leaf is at `index`."""
    cupboard, domain = shelf
    kept = Kept(ALPHA, 0, index, bytes(SALTS), make_slots("one"))
    writer = PackWriter(cupboard._folder, VAULT, domain, Dice("writer"))
    staged = writer.write(list(cut_bodies([kept], KEYS, Dice("bodies"))))
    cupboard._folder.settle(staged)
    cupboard.add([domain])
    cupboard.take_in(name for _, name in staged)
    box = seal_box(domain.key, PLACE, 1, [leaf], Dice("box"))
    keys = {} if erased else KEYS
    return read_content(cupboard, domain, cupboard.parts(domain, "body"), PLACE, leaf, box, keys, erased)


def codes(content: Content) -> list[str]:
    """The ids of what was found."""
    return [finding.code for finding in content.findings]


def test_a_body_that_does_not_fit_its_leaf_is_not_counted(shelf: tuple[Shelf, Domain]) -> None:
    for index in (0, 7):
        content = read_one(shelf, index, b"l" * 32, frozenset())
        assert content.kept == [] and content.damaged == 1
        assert {"vault.strata.leaf", "vault.strata.damaged"} == {*codes(content)}


def test_the_erased_is_no_damage(shelf: tuple[Shelf, Domain]) -> None:
    content = read_one(shelf, 0, b"l" * 32, frozenset({ALPHA}))
    assert (content.erased, content.damaged, codes(content)) == (1, 0, [])


def test_a_missing_body_is_damage(shelf: tuple[Shelf, Domain]) -> None:
    cupboard, domain = shelf
    box = seal_box(domain.key, PLACE, 1, [b"l" * 32], Dice("box"))
    content = read_content(cupboard, domain, [], PLACE, b"l" * 32, box, KEYS, frozenset({BETA}))
    assert (content.erased, content.damaged, codes(content)) == (0, 1, ["vault.strata.damaged"])


def test_a_list_that_does_not_fit_its_root_is_not_read(shelf: tuple[Shelf, Domain]) -> None:
    cupboard, domain = shelf
    for leaves, root in (([b"l" * 32], b"r" * 32), ([b"l" * 32] * 2, b"r" * 32)):
        box = seal_box(domain.key, PLACE, 1, leaves, Dice("box"))
        content = read_content(cupboard, domain, [], PLACE, root, box, KEYS, frozenset())
        assert codes(content) == ["vault.strata.leaves"] and content.damaged == 1


def test_an_erased_file_is_not_read(root: Path) -> None:
    vault = open_as(root, ADMIN)
    main = vault.compartment("main")
    (item,) = contents(vault, "identity")[0].items
    main.rings["identity"] = main.rings["identity"].without(())
    object.__setattr__(main.rings["identity"], "units", {})
    with pytest.raises(OnggiError, match="vault.strata.erased"):
        vault.read_item(main, "identity", item)
    assert item.unit == GAMMA
