"""A user's own corrections: versioned, with who and when; all of a folder or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.law.test_norms import ONE

from onggi.errors import OnggiError
from onggi.law.catalogue import kind_of, list_entries, list_own
from onggi.law.shelf import correct_shelf, describe_version, open_shelf, quote_entry
from onggi.words.whereabouts import say_where

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
    own, findings = correct_shelf(shelf, [b"", text.encode()])
    assert own is None
    assert [(one.code, one.where) for one in findings] == [("law.norm.cycle", "file 2:1")]
    leads_nowhere = text.replace('needs = ["OWN-1"]', 'related = ["OWN-2"]')
    own, findings = correct_shelf(shelf, [leads_nowhere.encode()])
    assert own is None and [one.code for one in findings] == ["law.norm.link"]


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OnggiError) as refused:
        open_shelf(tmp_path / "absent")
    assert refused.value.id == "law.shelf.folder"


def test_what_is_wrong_is_told_with_the_number_of_its_file_and_its_line(tmp_path: Path) -> None:
    older, unsigned = (
        OWN.replace("version = 2", "version = 1"),
        OWN.replace('changed_by = "a lawyer of ours"', ""),
    )
    files = [OWN.encode(), b"# \n\xff\xfe", f"\n\n{older}".encode(), f"\n{unsigned}".encode(), b"x = ["]
    for at, data in enumerate(files):
        (tmp_path / f"{at}.toml").write_bytes(data)
    shelf, findings = open_shelf(tmp_path)
    assert shelf is None
    told = [(one.code, one.where) for one in findings]
    assert told[:2] == [("law.shelf.encoding", "file 2:2"), ("law.shelf.older", "file 3:3")]
    assert told[2][0] == "law.entry.changed" and told[2][1].startswith("file 4:")
    assert told[-1] == ("model.sheet.syntax", "file 5:1")
    assert say_where("file 3:3", "en") == "file 3, line 3" and "file" not in say_where("file 3:3", "ko")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('confidence = "low"', 'confidence = "low"\nuncertain = [["title"]]'),
        ('acts = ["killing"]', "acts = [[1]]"),
        ('acts = ["killing"]', 'acts = ["killing"]\nin_force_from = "2026-99-99"'),
        ('acts = ["killing"]', 'acts = ["killing"]\nin_force_from = 2026-11-29'),
        ('limitation = "cn"', 'limitation = "none"\nyears = 1'),
        ("years = 20", ""),
        ("[norm.CN-CL-232.element.death]", '[norm.CN-CL-232.change.2026-13-01]\ntext.en = "x"'),
        ("[norm.CN-CL-232.element.death]", "[[norm.CN-CL-232.element.death]]"),
    ],
)
def test_what_has_the_wrong_form_is_told_and_breaks_nothing(old: str, new: str) -> None:
    shelf, _ = open_shelf()
    assert shelf is not None
    own, findings = correct_shelf(shelf, [OWN.replace(old, new, 1).encode()])
    assert own is None and findings and all(one.where.startswith("file 1:") for one in findings)


def test_every_shipped_entry_can_be_copied_signed_and_taken() -> None:
    shelf, _ = open_shelf()
    assert shelf is not None
    entries = list_entries(shelf)
    copies = [quote_entry(kind_of(one), one.id) for one in entries]
    own, findings = correct_shelf(shelf, [one.encode() for one in copies])
    assert own is None and {one.code for one in findings} == {"law.entry.changed"}
    assert len(findings) == len(entries), "nobody has signed them yet"
    signed = [one.replace('changed_by = ""', 'changed_by = "INVENTED"', 1) for one in copies]
    signed = [one.replace('changed_on = ""', 'changed_on = "2026-11-29"', 1) for one in signed]
    own, findings = correct_shelf(shelf, [one.encode() for one in signed])
    assert own is not None, findings
    stand = [
        replace(one.standing, version=2, changed_by="INVENTED", changed_on="2026-11-29") for one in entries
    ]
    assert list_entries(own) == [replace(one, standing=by) for one, by in zip(entries, stand, strict=True)]
    assert quote_entry("norm", "OWN-1") == quote_entry("norm", "CN-CL-24") == ""


def test_only_what_a_user_changed_is_his_own_and_a_mark_before_the_text_is_no_mistake() -> None:
    shelf, _ = open_shelf()
    assert shelf is not None and list_own(shelf) == []
    own, findings = correct_shelf(shelf, [b"\xef\xbb\xbf" + OWN.encode()])
    assert own is not None, findings
    assert [one.id for one in list_own(own)] == ["CN-CL-232"]


def test_a_file_that_is_no_toml_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = [")
    shelf, findings = open_shelf(tmp_path)
    assert shelf is None and len(findings) == 1
