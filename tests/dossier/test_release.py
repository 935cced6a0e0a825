"""The one way out: what may leave, and that it leaves whole or not at all."""

import os
import stat
from pathlib import Path

import pytest
from tests.dossier.invented import make_bag

from onggi.dossier.release import MOMENT, Candidate, decide_release, release_bag, release_request
from onggi.errors import Exit, OnggiError
from onggi.evidence.timestamp.request import make_request
from onggi.evidence.verify import verify_bag

BAG = make_bag(2)
FREE = [Candidate("record", published=True, screened=True)] * 2


def refuse(candidates: list[Candidate], files: dict[str, bytes], out: Path) -> OnggiError:
    """The error of a release that must not happen, after which nothing may lie there."""
    before = sorted(out.parent.rglob("*"))
    with pytest.raises(OnggiError) as caught:
        release_bag(candidates, files, out)
    assert sorted(out.parent.rglob("*")) == before
    return caught.value


@pytest.mark.parametrize(
    ("candidate", "code"),
    [
        (Candidate("record", published=True, screened=True), None),
        (Candidate("record", published=True, screened=False), "release.unscreened"),
        (Candidate("record", published=False, screened=True), "release.unpublished"),
        (Candidate("identity", published=True, screened=True), "release.stratum"),
        (Candidate("identity", published=False, screened=True), "release.stratum"),
        (Candidate("care", published=True, screened=True), "release.stratum"),
        (Candidate("Record", published=True, screened=True), "release.stratum"),
        (Candidate("", published=True, screened=True), "release.stratum"),
    ],
)
def test_decision(candidate: Candidate, code: str | None) -> None:
    findings = decide_release([candidate])
    assert [finding.code for finding in findings] == ([code] if code else [])
    assert all(finding.grave and finding.where == "data/statement-1/" for finding in findings)


def test_one_statement_without_basis_keeps_all_inside(tmp_path: Path) -> None:
    error = refuse([FREE[0], Candidate("record", published=False, screened=True)], BAG, tmp_path / "bag")
    assert (error.id, error.exit_code, error.values) == ("release.unpublished", Exit.REFUSED, {"count": 1})


def test_a_decision_for_other_statements_is_none(tmp_path: Path) -> None:
    for candidates in (FREE[:1], FREE + FREE[:1], []):
        assert refuse(candidates, BAG, tmp_path / "bag").id == "release.unverified"


@pytest.mark.parametrize("path", ["data/anchor.txt", "../outside", "/tmp/outside", "data/statement-1/x.json"])  # noqa: S108
def test_what_does_not_verify_stays(tmp_path: Path, path: str) -> None:
    assert refuse(FREE, BAG | {path: b"changed"}, tmp_path / "bag").id == "release.unverified"


def test_a_bag_leaves_whole(tmp_path: Path) -> None:
    out = tmp_path / "bag"
    release_bag(FREE, BAG, out)
    assert verify_bag(out).valid
    assert [entry.name for entry in tmp_path.iterdir()] == ["bag"]
    for path in [out, *out.rglob("*")]:
        status = path.stat()
        assert status.st_mtime_ns == MOMENT * 10**9
        assert not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == BAG.keys()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    release_bag(FREE, BAG, tmp_path / "bag")
    assert verify_bag(tmp_path / "bag").valid


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter").write_bytes(b"")
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("full", "file", "link", "dangling"):
        assert refuse(FREE, BAG, tmp_path / name).id == "release.taken"


def test_no_folder_is_invented(tmp_path: Path) -> None:
    assert refuse(FREE, BAG, tmp_path / "absent/bag").id == "release.place"
    with pytest.raises(OnggiError, match=r"release\.place"):
        release_bag(FREE, BAG, Path("/"))


def test_an_unfinished_attempt_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "bag.unfinished").mkdir()
    assert refuse(FREE, BAG, tmp_path / "bag").id == "release.unfinished"


@pytest.mark.parametrize("broken", ["fsync", "utime", "rename"])
def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path if broken == "rename" else os, broken, fail)
    assert refuse(FREE, BAG, tmp_path / "bag").id == "release.write"


def test_a_place_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", fail)
    assert refuse(FREE, BAG, tmp_path / "bag").id == "release.write"


def test_a_request_leaves_as_a_new_file_and_nothing_else_does(tmp_path: Path) -> None:
    request = make_request(b"an anchor", "sha256", bytes).raw
    out = tmp_path / "asked.tsq"
    release_request(request, out)
    assert out.read_bytes() == request and os.listdir(tmp_path) == ["asked.tsq"]
    assert (stat.S_IMODE(out.stat().st_mode), out.stat().st_mtime) == (0o600, MOMENT)
    for other in (b"", request + b"\0", b"a name", request[:-1]):
        with pytest.raises(OnggiError, match=r"release\.request"):
            release_request(other, tmp_path / "other")
    with pytest.raises(OnggiError, match=r"release\.taken"):
        release_request(request, out)
    with pytest.raises(OnggiError, match=r"release\.place"):
        release_request(request, tmp_path / "no" / "asked.tsq")
    (tmp_path / "late.tsq.unfinished").write_bytes(b"of somebody")
    with pytest.raises(OnggiError, match=r"release\.unfinished"):
        release_request(request, tmp_path / "late.tsq")
    assert sorted(os.listdir(tmp_path)) == ["asked.tsq", "late.tsq.unfinished"]
