"""What somebody was handed, checked in the pages: the verdict of the command, and nothing of it kept."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.dossier.invented import make_dossier
from tests.evidence.test_archive import ANCHOR, pack
from tests.web.test_bring_page import send_parts
from tests.web.test_upload import wait
from tests.web.visiting import Visitor

from onggi.errors import Finding
from onggi.evidence.verify import STEPS, BagReport, check_bag, verify_bag
from onggi.web.jobs import Job
from onggi.web.orders import Kept
from onggi.web.rendering import say_finding
from onggi.words import LANGUAGES, say
from onggi.words.digits import group_digits

BAG = make_dossier()
CANARY = b"CANARY: the yellow lantern by the mill"


def hand_in(visitor: Visitor, parts: Sequence[tuple[str, str, bytes]], cut: int = 0) -> Job:
    return wait(visitor, send_parts(visitor, parts, "/bag", cut))


def as_folder(files: Mapping[str, bytes]) -> list[tuple[str, str, bytes]]:
    """As a browser sends a folder: its own name stands before each path."""
    return [("folder", f"CANARY/{path}", content) for path, content in files.items()]


def read_report(visitor: Visitor, job: Job) -> BagReport:
    assert job.state == "done", job.error
    kept = visitor.house.desk.orders.find(job.path.rpartition("/")[2], "bag")
    assert isinstance(kept, Kept) and isinstance(kept.outcome, tuple)
    report = kept.outcome[0]
    assert isinstance(report, BagReport)
    return report


def test_a_whole_bag_is_told_in_full(visitor: Visitor) -> None:
    report = check_bag(BAG)
    for parts in (as_folder(BAG), [("archive", "CANARY.zip", pack())]):
        job = hand_in(visitor, parts)
        assert read_report(visitor, job) == report
        for tongue in LANGUAGES:
            page = visitor.get(job.path, accept_language=tongue).text
            assert say("cli.verify.well", tongue) in page and group_digits(report.fingerprint) in page
            for step in report.steps:
                number = STEPS.index(step.name) + 1
                assert f'<li value="{number}">{say(f"cli.step.{step.name}", tongue)}' in page
            how = say("cli.cut.withheld", tongue)
            assert say("cli.verify.cut", tongue, how=how, reason="identity", count=2) in page
            assert say("web_bag.unseen.truth", tongue) in page and "CANARY" not in page
            assert (say("web_bag.unseen.links", tongue) in page) == (parts[0][0] == "folder")


BROKEN = {
    "byte": BAG | {ANCHOR: BAG[ANCHOR].replace(b"1", b"2", 1)},
    "missing": {path: content for path, content in BAG.items() if path != ANCHOR},
    "extra": BAG | {"data/items/<script>.jpg": CANARY},
    "climbs": BAG | {"../../x": CANARY},
    "nothing": {"note.txt": CANARY},
}


def test_what_is_wrong_is_told_as_the_command_tells_it(visitor: Visitor, tmp_path: Path) -> None:
    for name, files in BROKEN.items():
        bag = tmp_path / name / "above" / "bag"
        for path, content in files.items():
            (bag / path).parent.mkdir(parents=True, exist_ok=True)
            (bag / path).write_bytes(content)
        (tmp_path / name / "x").unlink(missing_ok=True)
        job = hand_in(visitor, as_folder(files))
        found = {(one.code, one.where) for one in read_report(visitor, job).findings}
        expected = {(one.code, one.where) for one in verify_bag(bag).findings}
        assert found == expected | ({("evidence.bag.extra", "?")} if name == "climbs" else set()), name
        assert found, name
        page = visitor.get(job.path).text
        assert say("web_bag.broken", "en") in page and "<script>.jpg" not in page and "CANARY" not in page
        for code, where in found:
            assert say_finding(Finding(code, where), "en")[0] in page and (where == "?" or where in page)


def test_nothing_of_it_is_written_anywhere(
    visitor: Visitor, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = desk / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    files = BAG | {"data/items/item-9.jpg": CANARY * 100}
    for parts in (as_folder(files), [("archive", "x.zip", pack(files))]):
        assert hand_in(visitor, parts).state == "done"
    assert {path: path.stat().st_mtime_ns for path in desk.rglob("*")} == before


def test_what_cannot_be_judged_is_said_to_be_unjudged(visitor: Visitor) -> None:
    folder, archive = ("folder", "x/bagit.txt", b"x" * 900), ("archive", "x.zip", pack())
    for parts, cut, id in (
        ([archive, folder], 0, "web_bag.several"),
        ([folder, archive], 0, "web_bag.several"),
        ([archive, archive], 0, "web_bag.several"),
        ([("archive", "x.zip", b"INVENTED")], 0, "evidence.archive.form"),
        ([folder], 400, "web_item.broken"),
    ):
        job = hand_in(visitor, parts, cut)
        assert (job.state, job.error and job.error.id) == ("failed", id)
    answer = send_parts(visitor, [("folder", "", b""), ("archive", "", b"")], "/bag")
    assert answer.status == 422 and '<a href="#folder">' in answer.text
    assert visitor.get(f"/bag/{'0' * 32}").status == 404
