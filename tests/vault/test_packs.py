"""Packs: cut, sized, found again; a part in another place than its own does not open."""

import io
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.proof.vectors import read_vectors
from tests.vault.invented import Dice

from onggi.errors import OnggiError
from onggi.vault.folder import Folder
from onggi.vault.packing import PackWriter, _Pack
from onggi.vault.packs import (
    CLASSES,
    OPENING,
    Domain,
    Index,
    Part,
    Shelf,
    Stored,
    group_parts,
    make_scope,
    pack_hash,
    pack_name,
    seal_opening,
)
from onggi.vault.seal import seal, sealed_length, unpad, unseal

OURS = read_vectors("vault")
VAULT = "ab" * 32
DOMAIN = Domain("record", "cd" * 16, bytes(range(32)))
OTHER = Domain("identity", "cd" * 16, bytes(range(1, 33)))
UNIT, UNIT_KEY = "11" * 16, b"u" * 32
SMALL, MIDDLE, LARGE = CLASSES


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty vault's folder."""
    folder = Folder(tmp_path / "packs", Dice("packs"))
    folder.make()
    return folder


def store(number: int, data: bytes, unit: str = "", log: str = "", seq: int = 0) -> Stored:
    """An object with an id that follows from its number."""
    key = UNIT_KEY if unit else None
    return Stored("body", f"{number:032x}", data, len(data), unit, key, log, seq)


def put(folder: Folder, objects: list[Stored], domain: Domain = DOMAIN) -> list[str]:
    """The names of the packs that hold these objects now."""
    staged = PackWriter(folder, VAULT, domain, Dice("writer")).write(objects)
    folder.settle(staged)
    return [name for _, name in staged]


def shelve(folder: Folder, *domains: Domain) -> Shelf:
    """What these domains open."""
    shelf = Shelf(folder, VAULT)
    shelf.add(domains)
    return shelf


def read(shelf: Shelf, object_id: str, unit_key: bytes | None = None, domain: Domain = DOMAIN) -> bytes:
    """One object, whole."""
    return shelf.read_object(domain, shelf.parts_of(domain, "body", object_id), unit_key)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 90_000), min_size=1, max_size=12), st.booleans())
def test_whatever_was_written_is_read_again(folder: Folder, lengths: list[int], units: bool) -> None:
    folder.remove(folder.names("packs"))
    unit = UNIT if units else ""
    contents = [Dice(f"content {number}")(length) for number, length in enumerate(lengths)]
    names = put(folder, [store(number, data, unit) for number, data in enumerate(contents)])
    shelf = shelve(folder, DOMAIN)
    assert shelf.broken == shelf.closed == []
    assert {folder.size(name) for name in names} <= {SMALL, MIDDLE}
    for number, data in enumerate(contents):
        assert read(shelf, f"{number:032x}", UNIT_KEY if units else None) == data


@pytest.mark.parametrize(
    ("length", "sizes"),
    [
        (0, [SMALL]),
        (50_000, [MIDDLE]),
        (32_000, [SMALL]),
        (500_000, [MIDDLE]),
        (3 * 1024 * 1024, [MIDDLE] * 3),
        (9 * 1024 * 1024, [LARGE]),
        (20 * 1024 * 1024, [LARGE] * 2),
    ],
)
def test_one_object_in_the_packs_it_needs(folder: Folder, length: int, sizes: list[int]) -> None:
    data = (b"\x01\x02\x03" * (length // 3 + 1))[:length]
    stored = Stored("body", "0" * 32, io.BytesIO(data), length, UNIT, UNIT_KEY)
    names = put(folder, [stored])
    found = [folder.size(name) for name in names]
    assert set(found) == set(sizes) and len(found) in (len(sizes), len(sizes) + 1)
    assert read(shelve(folder, DOMAIN), "0" * 32, UNIT_KEY) == data


def test_many_streams_of_nine_mebibytes_together(folder: Folder) -> None:
    lengths = [5 * 1024 * 1024, 4 * 1024 * 1024 - 7, 1]
    data = [bytes([number]) * length for number, length in enumerate(lengths)]
    objects = [
        Stored("body", f"{number:032x}", io.BytesIO(one), len(one), UNIT, UNIT_KEY)
        for number, one in enumerate(data)
    ]
    names = put(folder, objects)
    assert {folder.size(name) for name in names} == {LARGE}
    shelf = shelve(folder, DOMAIN)
    for number, one in enumerate(data):
        assert read(shelf, f"{number:032x}", UNIT_KEY) == one


def test_no_stored_length_is_a_function_of_the_plaintext(folder: Folder) -> None:
    put(folder, [store(length, bytes(length)) for length in range(0, 1016, 127)])
    sealed = {part.length for part in shelve(folder, DOMAIN).all_parts()}
    assert sealed == {sealed_length(1024)}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2_000_000))
def test_parts_are_powers_of_two_or_fill_a_pack(folder: Folder, length: int) -> None:
    folder.remove(folder.names("packs"))
    put(folder, [store(1, bytes(length))])
    parts = shelve(folder, DOMAIN).parts(DOMAIN, "body")
    powers = {sealed_length(1 << exponent) for exponent in range(10, 25)}
    filled = [part for part in parts if part.length not in powers]
    assert all(part.offset == OPENING and part.length > 0.9 * MIDDLE for part in filled)


def test_a_stream_that_ends_early_is_refused(folder: Folder) -> None:
    stored = Stored("item", "0" * 32, io.BytesIO(b"short"), 6, UNIT, UNIT_KEY)
    with pytest.raises(OnggiError, match="vault.packs.changed"):
        put(folder, [stored])
    assert folder.names("packs") == []


def test_nothing_of_one_object_stays_in_the_padding_of_the_next(folder: Folder) -> None:
    lengths = [700_000, 600_000, 300_000, 900, 3, 0]
    put(folder, [store(number, b"x" * length, UNIT) for number, length in enumerate(lengths)])
    shelf, scope = shelve(folder, DOMAIN), make_scope(VAULT, DOMAIN, "body", UNIT, UNIT_KEY)
    for part in shelf.parts(DOMAIN, "body"):
        sealed = folder.read_part(part.pack, part.offset, part.length)
        plain = unseal(scope.key, scope.context(part.object, part.number, part.last), sealed)
        assert plain[8:] == unpad(plain).ljust(len(plain) - 8, b"\x00")


def test_an_empty_stream_is_looked_at_once(folder: Folder) -> None:
    class Opened(io.BytesIO):
        looked = 0

        def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
            self.looked += 1
            return super().readinto(buffer)

    stream = Opened()
    put(folder, [Stored("body", "0" * 32, stream, 0, UNIT, UNIT_KEY)])
    assert stream.looked == 1 and read(shelve(folder, DOMAIN), "0" * 32, UNIT_KEY) == b""


def test_an_index_is_written_as_one_value(folder: Folder) -> None:
    rows = [("body", UNIT, f"{number:032x}", 0, 1, OPENING, 1096, "", 0) for number in range(3)]
    pack = _Pack(memoryview(bytearray(SMALL)))
    for row in rows:
        pack.note(row)
    assert pack.encode_index() == msgspec.json.encode(Index(rows), order="sorted")


def test_a_name_is_the_hash_of_the_bytes(folder: Folder) -> None:
    name = put(folder, [store(1, b"data")])[0]
    assert pack_hash(name) == sha256(folder.read(name)).hexdigest()
    assert pack_name(pack_hash(name)) == name


def test_a_domain_opens_its_own_packs_alone(folder: Folder) -> None:
    mine, others = put(folder, [store(1, b"mine")]), put(folder, [store(2, b"theirs")], OTHER)
    shelf = shelve(folder, DOMAIN)
    assert (shelf.names_of(DOMAIN), shelf.closed) == (set(mine), others)
    shelf.add([OTHER])
    assert shelf.closed == [] and read(shelf, f"{2:032x}", domain=OTHER) == b"theirs"
    same_key = Domain("care", DOMAIN.owner, DOMAIN.key)
    assert shelve(folder, same_key).names_of(same_key) == set()


def moved(part: Part, **changes: object) -> Part:
    """A row that says something else of the same bytes."""
    return structs.replace(part, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "22" * 16},
        {"object": f"{2:032x}"},
        {"kind": "item"},
        {"number": 1},
        {"last": False},
    ],
    ids=str,
)
def test_a_part_opens_nowhere_but_in_its_place(folder: Folder, changes: dict[str, object]) -> None:
    put(folder, [store(1, b"here", UNIT), store(2, b"there", UNIT)])
    shelf = shelve(folder, DOMAIN)
    part = shelf.parts_of(DOMAIN, "body", f"{1:032x}")[0]
    assert shelf.read_part(DOMAIN, part, UNIT_KEY) == b"here"
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        shelf.read_part(DOMAIN, moved(part, **changes), UNIT_KEY)


def test_parts_of_two_objects_swapped_do_not_open(folder: Folder) -> None:
    put(folder, [store(1, b"here", UNIT), store(2, b"there", UNIT)])
    shelf = shelve(folder, DOMAIN)
    one, two = (shelf.parts_of(DOMAIN, "body", f"{number:032x}")[0] for number in (1, 2))
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        shelf.read_part(DOMAIN, moved(one, offset=two.offset, length=two.length), UNIT_KEY)
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        shelf.read_part(DOMAIN, one, b"v" * 32)
    with pytest.raises(OnggiError, match="vault.seal.broken"):
        shelf.read_part(OTHER, one, UNIT_KEY)


def test_an_object_without_all_its_parts_is_missing(folder: Folder) -> None:
    names = put(folder, [store(1, bytes(3_000_000))])
    assert len(names) > 2
    for name in names:
        shelf = shelve(folder, DOMAIN)
        shelf.drop([name])
        with pytest.raises(OnggiError, match="vault.packs.missing"):
            read(shelf, f"{1:032x}")


def test_a_damaged_double_does_not_hide_the_whole_pack(folder: Folder) -> None:
    name = put(folder, [store(1, b"whole")])[0]
    bent = bytearray(folder.read(name))
    bent[OPENING + 80] ^= 1
    for digit in "0f":
        (folder.root / "packs" / digit / ("0" * 63)).write_bytes(bent)
        assert read(shelve(folder, DOMAIN), f"{1:032x}") == b"whole"


def test_a_damaged_index_is_said_and_the_rest_found(folder: Folder) -> None:
    bad, good = put(folder, [store(1, b"one")])[0], put(folder, [store(2, b"two")])[0]
    bent = bytearray(folder.read(bad))
    bent[-1] ^= 1
    folder.path(bad).write_bytes(bent)
    shelf = shelve(folder, DOMAIN)
    assert shelf.broken == [bad] and good in shelf.names
    assert read(shelf, f"{2:032x}") == b"two"


def test_a_pack_of_another_version_stops_the_reader(folder: Folder) -> None:
    name = put(folder, [store(1, b"one")])[0]
    opening = seal(DOMAIN.pack_key, _opening_context(), b"\x02" + bytes(63), Dice("newer"))
    folder.path(name).write_bytes(opening + folder.read(name)[OPENING:])
    with pytest.raises(OnggiError, match="vault.newer"):
        shelve(folder, DOMAIN)


def test_packs_that_vanish_while_they_are_read_are_passed_over(folder: Folder) -> None:
    names = put(folder, [store(1, bytes(3_000_000))])
    shelf = Shelf(folder, VAULT)
    folder.remove(names[:1])
    shelf.add([DOMAIN])
    assert shelf.names == set(names[1:])
    assert shelf.sizes(shelf.names)[MIDDLE] == sorted(names[1:])


def test_packs_that_come_later_are_taken_in(folder: Folder) -> None:
    shelf = shelve(folder, DOMAIN)
    assert shelf.parts_of(DOMAIN, "body", f"{1:032x}") == []
    shelf.take_in(put(folder, [store(1, b"new")]))
    assert read(shelf, f"{1:032x}") == b"new"


def test_a_filler_opens_and_holds_nothing(folder: Folder) -> None:
    data = seal_opening(VAULT, DOMAIN, 0, 0, Dice("filler")) + bytes(SMALL - OPENING)
    name = pack_name(sha256(data).hexdigest())
    folder.replace(name, data)
    shelf = shelve(folder, DOMAIN)
    assert shelf.names_of(DOMAIN) == {name} and not list(shelf.all_parts()) and not shelf.broken


def test_the_pack_of_the_vectors_opens(folder: Folder) -> None:
    vector = OURS["pack"]
    domain = Domain("vault", OURS["vault"], bytes.fromhex(OURS["vaultkey"]))
    front, index = bytes.fromhex(vector["opening_and_object"]), bytes.fromhex(vector["index"])
    data = front + bytes(SMALL - len(front) - len(index)) + index
    assert sha256(data).hexdigest() == vector["sha256"]
    folder.replace(pack_name(vector["sha256"]), data)
    shelf = Shelf(folder, OURS["vault"])
    shelf.add([domain])
    groups = group_parts(shelf.parts(domain, "entry"))
    assert list(groups) == [("", vector["object"])]
    assert shelf.read_object(domain, groups["", vector["object"]]).decode() == vector["content"]


def _opening_context() -> bytes:
    label = f"record {DOMAIN.owner}".encode()
    fields = (bytes.fromhex(VAULT), label)
    return b"onggi/1 opening\x00" + b"".join(len(one).to_bytes(4, "big") + one for one in fields)
