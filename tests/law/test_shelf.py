"""A user's own corrections: versioned, with who and when; all of a folder or nothing."""

from pathlib import Path

import pytest
from tests.law.test_norms import ONE

from onggi.errors import OnggiError
from onggi.law.shelf import correct_shelf, describe_version, open_shelf

SIGNED = 'confidence = "low"\nversion = 2\nchanged_by = "a lawyer of ours"\nchanged_on = "2026-11-29"'
OWN = ONE.replace('confidence = "low"', SIGNED)


def test_without_a_folder_it_is_what_is_shipped() -> None:
    shelf, findings = open_shelf()
    assert shelf is not None
    assert not findings
    assert len(shelf.norms) == 99
    assert describe_version(shelf.norms["CN-CL-232"].standing) == "1"


def test_a_correction_takes_the_place_of_the_shipped_one_and_says_who_and_when(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    shelf, findings = open_shelf(tmp_path)
    assert shelf is not None, findings
    assert len(shelf.norms) == 99
    norm = shelf.norms["CN-CL-232"]
    assert norm.titles["en"] == "Homicide"
    assert describe_version(norm.standing) == "2 (a lawyer of ours, 2026-11-29)"


def test_a_new_id_is_added(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN.replace("CN-CL-232", "OWN-1"), "utf-8")
    shelf, findings = open_shelf(tmp_path)
    assert shelf is not None, findings
    assert len(shelf.norms) == 100


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("version = 2", "version = 1", "law.shelf.older"),
        ('changed_by = "a lawyer of ours"\n', "", "law.entry.changed"),
        ("years = 20", "years = 3", "law.norm.years"),
        ("[norm.CN-CL-232]", "[norms.CN-CL-232]", "model.sheet.unknown_key"),
    ],
)
def test_a_folder_with_a_mistake_is_not_taken(tmp_path: Path, old: str, new: str, code: str) -> None:
    (tmp_path / "own.toml").write_text(OWN.replace(old, new, 1), "utf-8")
    shelf, findings = open_shelf(tmp_path)
    assert shelf is None
    assert code in [finding.code for finding in findings]
    assert "own" not in "".join(finding.where for finding in findings)


def test_corrections_that_need_each_other_are_refused() -> None:
    shelf, _ = open_shelf()
    assert shelf is not None
    text = OWN.replace("CN-CL-232", "OWN-1").replace(SIGNED, f'{SIGNED}\nneeds = ["OWN-1"]')
    with pytest.raises(OnggiError) as refused:
        correct_shelf(shelf, [("file 1", text)])
    assert refused.value.id == "law.norm.cycle"


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OnggiError) as refused:
        open_shelf(tmp_path / "absent")
    assert refused.value.id == "law.shelf.folder"
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(OnggiError):
        open_shelf(tmp_path)


def test_a_file_that_is_no_toml_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = [")
    shelf, findings = open_shelf(tmp_path)
    assert shelf is None and len(findings) == 1
