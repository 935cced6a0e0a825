"""The one way out: what may leave, and that it leaves whole or not at all."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.dossier.invented import make_dossier, make_proof

from onggi.dossier.release import (
    MOMENT,
    Candidate,
    decide_release,
    release_agenda,
    release_bag,
    release_request,
    write_bag,
)
from onggi.errors import Exit, OnggiError
from onggi.evidence.calendar.question import make_question
from onggi.evidence.content import make_stream
from onggi.evidence.timestamp.request import make_request
from onggi.evidence.verify import verify_bag
from onggi.law.agenda import Day, write_agenda

ROOT = Path(__file__).parents[2]
BAG = make_proof(2)
DOSSIER = make_dossier(3)
ITEM = "data/items/item-1.jpg"
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
    assert all(finding.grave and finding.where == "provenance:1" for finding in findings)


def test_one_statement_without_basis_keeps_all_inside(tmp_path: Path) -> None:
    error = refuse([FREE[0], Candidate("record", published=False, screened=True)], BAG, tmp_path / "bag")
    assert (error.id, error.exit_code, error.values) == ("release.unpublished", Exit.REFUSED, {"count": 1})


def test_a_decision_for_other_statements_is_none(tmp_path: Path) -> None:
    for candidates in (FREE[:1], FREE + FREE[:1], []):
        assert refuse(candidates, BAG, tmp_path / "bag").id == "release.unverified"


@pytest.mark.parametrize(
    "path",
    [
        "data/anchors/1.txt",
        "../outside",
        "/tmp/outside",  # noqa: S108
        "data/items/item-1.exe",
    ],
)
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
    question = make_question(b"an anchor", bytes(16))
    release_request(question.carried, tmp_path / "asked.ots")
    assert (tmp_path / "asked.ots").read_bytes() == question.carried
    (tmp_path / "asked.ots").unlink()
    for other in (b"", request + b"\0", b"a name", request[:-1], question.begin, question.carried + b"\0"):
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


@pytest.mark.parametrize("error", [OSError("full"), KeyboardInterrupt()])
def test_a_file_that_is_cut_short_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def stop(_: int) -> None:
        raise error

    monkeypatch.setattr("onggi.dossier.release.os.fsync", stop)
    with pytest.raises((OnggiError, KeyboardInterrupt)):
        release_request(make_request(b"an anchor", "sha256", bytes).raw, tmp_path / "asked.tsq")
    assert os.listdir(tmp_path) == []


def test_a_calendar_leaves_as_a_new_file_and_no_other_calendar_does(tmp_path: Path) -> None:
    days = [Day(date(2030, 6, 1), "CN-CL-241 C-2Z1Z2HX")]
    agenda = write_agenda(days, datetime(2026, 6, 1, tzinfo=UTC), bytes)
    out = tmp_path / "days.ics"
    release_agenda(agenda, out)
    assert out.read_bytes() == agenda and os.listdir(tmp_path) == ["days.ics"]
    assert (stat.S_IMODE(out.stat().st_mode), out.stat().st_mtime) == (0o600, MOMENT)
    for other in (b"", agenda[:-1], agenda.replace(b"C-2Z1Z2HX", b"a name"), agenda.replace(b"CN-", b"KP-")):
        with pytest.raises(OnggiError, match=r"release\.agenda"):
            release_agenda(other, tmp_path / "other")
    with pytest.raises(OnggiError, match=r"release\.taken"):
        release_agenda(agenda, out)
    with pytest.raises(OnggiError, match=r"release\.place"):
        release_agenda(agenda, tmp_path / "no" / "days.ics")
    assert os.listdir(tmp_path) == ["days.ics"]


def test_a_dossier_leaves_whole_with_its_streams(tmp_path: Path) -> None:
    stream = make_stream(lambda: [DOSSIER[ITEM][:5], DOSSIER[ITEM][5:]])
    write_bag({**DOSSIER, ITEM: stream}, tmp_path / "bag", statements=3)
    assert verify_bag(tmp_path / "bag").valid
    assert (tmp_path / "bag" / ITEM).read_bytes() == DOSSIER[ITEM]


def test_another_number_of_statements_is_another_decision(tmp_path: Path) -> None:
    for count in (0, 2, 4, 6):
        with pytest.raises(OnggiError, match=r"release\.unverified"):
            write_bag(DOSSIER, tmp_path / "bag", statements=count)
    assert not [*tmp_path.iterdir()]


def test_a_stream_that_changed_since_it_was_weighed_takes_everything_back(tmp_path: Path) -> None:
    pieces = [DOSSIER[ITEM]]
    stream = make_stream(lambda: pieces)
    pieces.append(b"more")
    with pytest.raises(OnggiError, match=r"release\.unverified"):
        write_bag({**DOSSIER, ITEM: stream}, tmp_path / "bag", statements=3)
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("error", [OSError("gone"), OnggiError("vault.damaged"), KeyboardInterrupt()])
def test_a_stream_that_fails_takes_everything_back(tmp_path: Path, error: BaseException) -> None:
    broken = False

    def pieces() -> Iterator[bytes]:
        yield DOSSIER[ITEM]
        if broken:
            raise error

    stream = make_stream(pieces)
    broken = True
    with pytest.raises((OnggiError, KeyboardInterrupt)):
        write_bag({**DOSSIER, ITEM: stream}, tmp_path / "bag", statements=3)
    assert not [*tmp_path.iterdir()]


_KILLED = """
import os, sys, itertools
from pathlib import Path
from tests.dossier.invented import make_dossier
from onggi.dossier.release import write_bag

sync, steps, last = os.fsync, itertools.count(1), int(sys.argv[2])

def die_at(descriptor):
    if next(steps) == last:
        os.kill(os.getpid(), 9)
    sync(descriptor)

os.fsync = die_at
write_bag(make_dossier(3), Path(sys.argv[1]), statements=3)
print(next(steps) - 1)
"""


@pytest.mark.skipif(os.name == "nt", reason="a process is not killed so there")
def test_killed_at_any_moment_nothing_half_lies_there(tmp_path: Path) -> None:
    """SIGKILL at each fsync: under its name there is the whole dossier or nothing."""

    def attempt(step: int) -> str:
        command = [sys.executable, "-c", _KILLED, str(tmp_path / "bag"), str(step)]
        return subprocess.run(command, capture_output=True, check=False, text=True, cwd=ROOT).stdout

    steps = int(attempt(0))
    assert steps > len(DOSSIER)
    shutil.rmtree(tmp_path / "bag")
    for step in {1, 2, 3, steps // 2, *range(steps - 3, steps + 1)}:
        assert not attempt(step)
        if (tmp_path / "bag").exists():
            assert verify_bag(tmp_path / "bag").valid
            shutil.rmtree(tmp_path / "bag")
        else:
            # What a crash left is named as what it is, is no bag by its name, and is never written over.
            assert [entry.name for entry in tmp_path.iterdir()] == ["bag.unfinished"]
            with pytest.raises(OnggiError, match=r"release\.unfinished"):
                write_bag(DOSSIER, tmp_path / "bag", statements=3)
            shutil.rmtree(tmp_path / "bag.unfinished")
