"""Folders that somebody sent: read where they hold a bag, reported and left alone where they do not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.dossier.invented import make_dossier

from onggi.evidence import folder as reader
from onggi.evidence.content import Stream, cut_pieces, weigh
from onggi.evidence.folder import read_folder
from onggi.evidence.verify import verify_bag

BAG = make_dossier()
ANCHOR = "data/anchors/1.txt"
ITEM = "data/items/item-1.jpg"


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    for path, content in BAG.items():
        target = tmp_path / "bag" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path / "bag"


def codes(bag: Path) -> list[tuple[str, str]]:
    """What is found in a folder, and where."""
    return [
        (finding.code.removeprefix("evidence.bag."), finding.where) for finding in read_folder(bag).findings
    ]


def test_a_bag_is_read(bag: Path) -> None:
    files = read_folder(bag).files
    assert {path: b"".join(cut_pieces(content)) for path, content in files.items()} == BAG
    assert {path: weigh(content) for path, content in files.items()} == {
        path: weigh(content) for path, content in BAG.items()
    }
    assert verify_bag(bag).valid


def test_what_is_carried_along_is_never_held(bag: Path) -> None:
    files = read_folder(bag).files
    streams = {path for path, content in files.items() if isinstance(content, Stream)}
    assert streams == {
        path for path in BAG if path.startswith(("data/items/", "data/documents/", "data/exchange/"))
    }


def test_links_are_not_followed(bag: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (bag / ANCHOR).rename(secret)
    (bag / ANCHOR).symlink_to(secret)
    assert codes(bag) == [("link", ANCHOR)]
    assert ANCHOR not in read_folder(bag).files
    assert not verify_bag(bag).valid


def test_linked_folders_are_not_followed(bag: Path, tmp_path: Path) -> None:
    (bag / "data").rename(tmp_path / "data")
    (bag / "data").symlink_to(tmp_path / "data")
    assert codes(bag) == [("link", "?")]
    assert not verify_bag(bag).valid


def test_pipes_do_not_hold_us_up(bag: Path) -> None:
    (bag / "VERIFY.md").unlink()
    os.mkfifo(bag / "VERIFY.md")
    assert codes(bag) == [("link", "VERIFY.md")]


def test_a_link_that_appears_after_we_looked(bag: Path) -> None:
    (bag / "link").symlink_to(bag / "bagit.txt")
    with pytest.raises(reader._Unread, match=r"evidence\.bag\.unreadable"):
        next(reader._read_pieces(bag / "link", 100))


def test_foreign_names_are_not_told(bag: Path) -> None:
    (bag / "\x1b[31mred").write_bytes(b"")
    Path(os.fsdecode(os.fsencode(bag) + b"/\xff")).write_bytes(b"")
    (bag / "data/items/deep").mkdir()
    (bag / "data/items/deep/deeper").mkdir()
    (bag / "empty").mkdir()
    assert codes(bag) == [("extra", "?")] * 4
    assert not verify_bag(bag).valid


def test_sizes_are_bounded(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "TEXT_LIMIT", 1500)
    assert ("large", ANCHOR) in codes(bag)
    assert ("large", ITEM) not in codes(bag)
    monkeypatch.undo()
    monkeypatch.setattr(reader, "TEXTS_LIMIT", 1500)
    assert ("large", ANCHOR) in codes(bag)
    monkeypatch.undo()
    monkeypatch.setattr(reader, "CARRIED_LIMIT", 5)
    assert {("large", path) for path in BAG if path.startswith("data/items/")} <= {*codes(bag)}
    assert ("large", ANCHOR) not in codes(bag)


def test_a_file_that_grows_while_it_is_read_ends(bag: Path) -> None:
    with (bag / ITEM).open("ab") as file:
        pieces = reader._read_pieces(bag / ITEM, len(BAG[ITEM]) + 10)
        for _ in range(2):
            file.write(b"x" * 8)
            file.flush()
        with pytest.raises(reader._Unread, match=r"evidence\.bag\.large"):
            for _ in pieces:
                pass


def test_a_gigabyte_is_streamed(bag: Path) -> None:
    """A film of a gigabyte, in a process that may hold a fifth of that."""
    with (bag / ITEM).open("r+b") as file:
        file.truncate(2**30)
    asked = (
        "import resource, sys; from pathlib import Path; from onggi.evidence.verify import verify_bag\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "report = verify_bag(Path(sys.argv[1]))\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "print(grown, *(finding.where for finding in report.findings))"
    )
    done = subprocess.run([sys.executable, "-c", asked, str(bag)], capture_output=True, check=True, text=True)
    grown, *found = done.stdout.split()
    assert ITEM in found
    assert int(grown) < 50 * 1024


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_told(bag: Path) -> None:
    (bag / ANCHOR).chmod(0)
    assert codes(bag) == [("unreadable", ANCHOR)]


def test_no_folder_no_bag(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "nothing").mkdir()
    for place in ("file", "absent", "nothing"):
        report = verify_bag(tmp_path / place)
        assert not report.valid
        assert report.findings[-1].code == "evidence.bag.absent"
