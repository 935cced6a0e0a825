"""Folders that somebody sent: read where they hold a bag, reported and left alone where they do not."""

import os
from pathlib import Path

import pytest
from tests.dossier.invented import make_bag

from onggi.evidence import folder as reader
from onggi.evidence.folder import read_folder
from onggi.evidence.verify import verify_bag

BAG = make_bag(1)


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
    assert read_folder(bag).files == BAG
    assert verify_bag(bag).valid


def test_links_are_not_followed(bag: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (bag / "data/anchor.txt").rename(secret)
    (bag / "data/anchor.txt").symlink_to(secret)
    assert codes(bag) == [("link", "data/anchor.txt")]
    assert "data/anchor.txt" not in read_folder(bag).files
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
    assert reader._read_file(bag / "link", 100) == "evidence.bag.unreadable"


def test_foreign_names_are_not_told(bag: Path) -> None:
    (bag / "\x1b[31mred").write_bytes(b"")
    Path(os.fsdecode(os.fsencode(bag) + b"/\xff")).write_bytes(b"")
    (bag / "data/statement-1/deep").mkdir()
    (bag / "data/statement-1/deep/deeper").mkdir()
    (bag / "empty").mkdir()
    assert codes(bag) == [("extra", "?")] * 4
    assert not verify_bag(bag).valid


def test_sizes_are_bounded(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "FILE_LIMIT", 1500)
    assert ("large", "data/anchor.txt") in codes(bag)
    monkeypatch.undo()
    monkeypatch.setattr(reader, "BAG_LIMIT", 1500)
    assert ("large", "data/anchor.txt") in codes(bag)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_told(bag: Path) -> None:
    (bag / "data/anchor.txt").chmod(0)
    assert codes(bag) == [("unreadable", "data/anchor.txt")]


def test_no_folder_no_bag(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "nothing").mkdir()
    for place in ("file", "absent", "nothing"):
        report = verify_bag(tmp_path / place)
        assert not report.valid
        assert report.findings[-1].code == "evidence.bag.absent"
