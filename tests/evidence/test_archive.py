"""Archives that somebody sent: a bag comes out of them as it would out of a folder, and nothing else does."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier.invented import make_dossier

from onggi.errors import OnggiError
from onggi.evidence import archive, verify
from onggi.evidence.archive import lay_out, unpack_archive
from onggi.evidence.arriving import Arriving
from onggi.evidence.folder import Contents
from onggi.evidence.quarantine import Quarantine
from onggi.evidence.verify import check_bag
from onggi.proof.anchor import check_ed25519, check_mldsa

BAG = make_dossier()
ITEM, ANCHOR = "data/items/item-1.jpg", "data/anchors/1.txt"
Add = Callable[[zipfile.ZipFile], None]


def pack(files: Mapping[str, bytes] = BAG, above: str = "", add: Add = lambda packed: None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            packed.writestr(above + path, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a name that is there twice
            add(packed)
    return stream.getvalue()


def unpack(data: bytes) -> Contents:
    return lay_out(*unpack_archive(data))


@pytest.mark.parametrize("above", ["", "a folder/", "data/", "문서/"])
def test_a_packed_bag_is_judged_as_in_a_folder(above: str) -> None:
    with Quarantine() as apart:
        contents = apart.unpack(pack(above=above))
    assert contents.findings == ()
    assert check_bag(contents.files) == check_bag(BAG) and check_bag(contents.files).valid
    assert [path for path, content in contents.files.items() if not isinstance(content, bytes)] == [
        path for path in BAG if path.startswith(("data/items/", "data/documents/", "data/exchange/"))
    ], "what is carried along is weighed and does not come back"


def _link(packed: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("data/items/item-2.jpg")
    entry.external_attr = 0o120777 << 16
    packed.writestr(entry, "/etc/passwd")


HOSTILE: dict[str, tuple[Add, list[tuple[str, str]]]] = {
    "up": (lambda packed: packed.writestr("../../x", b"x"), [("extra", "?")]),
    "root": (lambda packed: packed.writestr("/data/items/item-2.jpg", b"x"), [("extra", "?")]),
    "backslash": (lambda packed: packed.writestr("data\\items\\item-2.jpg", b"x"), [("extra", "?")]),
    "turned": (lambda packed: packed.writestr("\u202egpj.exe", b"x"), [("extra", "?")]),
    "twice": (lambda packed: packed.writestr(ANCHOR, b"x"), [("extra", ANCHOR)]),
    "empty folder": (lambda packed: packed.writestr("data/more/", b""), [("extra", "?")]),
    "link": (_link, [("link", "data/items/item-2.jpg")]),
    "packed otherwise": (
        lambda packed: packed.writestr("data/items/item-2.jpg", b"x", zipfile.ZIP_BZIP2),
        [("unreadable", "data/items/item-2.jpg")],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_else_is_in_it_is_told_and_not_read(name: str) -> None:
    add, expected = HOSTILE[name]
    contents = unpack(pack(add=add))
    found = [(one.code.removeprefix("evidence.bag."), one.where) for one in contents.findings]
    assert found == expected
    assert set(contents.files) == set(BAG), "and the bag beside it is read as it was"
    assert not check_bag(contents.files, contents.findings).valid


def test_a_name_that_ends_early_is_another_name() -> None:
    """Python cuts a name at its first zero byte: what stands behind it must not be lost."""
    data = pack({path: content for path, content in BAG.items() if path != ANCHOR})
    longer = pack({f"{ANCHOR}Xtxt": BAG[ANCHOR]}).replace(b".txtXtxt", b".txt\0txt")
    assert [(one.code, one.where) for one in unpack(longer).findings] == [("evidence.bag.extra", "?")]
    assert not check_bag(unpack(data).files).valid


def _end(size: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0)


@pytest.mark.parametrize(
    ("data", "id"),
    [
        (b"", "form"),
        (b"PK\x05\x06", "form"),
        (b"INVENTED" * 100, "form"),
        (pack()[:-30], "form"),
        (_end(2**23), "large"),
        (b"PK\x06\x07" + bytes(16) + _end(46), "large"),
    ],
    ids=["nothing", "short", "text", "cut", "many", "larger"],
)
def test_what_is_no_archive_is_refused_as_a_whole(data: bytes, id: str) -> None:
    with Quarantine() as apart, pytest.raises(OnggiError, match=rf"evidence\.archive\.{id}"):
        apart.unpack(data)


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = pack({**BAG, "data/items/item-2.bin": bytes(3_000_000)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(archive, "MOST_UNPACKED", 2_000_000)
    with pytest.raises(OnggiError, match=r"evidence\.archive\.large"):
        unpack(bomb)


@settings(max_examples=150)
@given(at=st.integers(0, 2**20), to=st.integers(0, 255), cut=st.integers(0, 40))
def test_no_changed_archive_passes_for_another(at: int, to: int, cut: int) -> None:
    packed = _pack_once()
    changed = bytearray(packed)
    changed[at % len(packed)] = to
    try:
        contents = unpack(bytes(changed[: len(changed) - cut]))
    except OnggiError as error:
        assert error.id.startswith("evidence.archive.")
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "check_ed25519", cache(check_ed25519))
        patch.setattr(verify, "check_mldsa", cache(check_mldsa))
        report = check_bag(contents.files, contents.findings)
    assert not report.valid or report == check_bag(BAG)


@cache
def _pack_once() -> bytes:
    return pack()


def test_what_arrives_is_limited_and_what_comes_twice_is_not_read() -> None:
    arriving = Arriving()
    arriving.take(ANCHOR, [b"one"])
    arriving.take(ANCHOR, _never())
    arriving.take("x", _never())
    arriving.take("bagit.txt", (bytes(2**20) for _ in range(65)))
    found = [(one.code.removeprefix("evidence.bag."), one.where) for one in arriving.findings]
    assert found == [("extra", ANCHOR), ("extra", "?"), ("large", "bagit.txt")]
    assert arriving.files == {ANCHOR: b"one"}


class _never:
    """Pieces that nobody may ask for."""

    def __iter__(self) -> "_never":
        raise AssertionError("it was read")

    def __next__(self) -> bytes:
        raise AssertionError("it was read")
