"""Another vault, made from pages: refused where anything lies, told nowhere, opened by its own passphrase."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.test_log_page import finish
from tests.web.visiting import Answered, Visitor

from onggi.ledger.ledger import open_ledger
from onggi.vault.folder import Folder
from onggi.vault.opened import open_vault
from onggi.web.jobs import Job

PASSPHRASE = "a passphrase nobody else knows"
NAME = "INVENTED-south"


def look(visitor: Visitor, folder: str | Path, kind: str = "new") -> Answered:
    """Send the first form."""
    return visitor.post("/another", {"kind": kind, "folder": str(folder)})


def make(visitor: Visitor, folder: str | Path, kind: str = "new", name: str = "main") -> str:
    """All of it; returns what the last page says."""
    at = look(visitor, folder, kind).headers["location"]
    fields = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "name": name} if kind == "new" else {}
    return finish(visitor, visitor.post(at, fields).headers["location"])


def list_all(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_a_new_vault_lies_beside_this_one_and_opens_by_its_own_passphrase(
    visitor: Visitor, desk: Path
) -> None:
    assert 'href="/another"' in visitor.get("/log").text
    before = list_all(desk)
    answer = look(visitor, NAME)
    assert re.fullmatch(r"/another/[0-9a-f]{32}", answer.headers["location"])
    form = visitor.get(answer.headers["location"])
    assert form.text.count('autocomplete="new-password"') == 2
    assert list_all(desk) == before, "so far it was only looked at"
    page = make(visitor, NAME, name="south")
    vault = open_vault(desk / NAME, 1, PASSPHRASE, os.urandom)
    assert vault.compartment().name == "south"
    assert vault.card.role == "admin"
    assert vault.id != visitor.house.ledger.vault.id
    for told in (form.text, page, *(visitor.get(path).text for path in ("/log", "/jobs", "/another"))):
        assert NAME not in told and str(desk) not in told and PASSPHRASE not in told
        assert "onggi " not in told.split("<main", 1)[1], "a page names no command"


def test_a_whole_path_will_do(visitor: Visitor, tmp_path: Path) -> None:
    make(visitor, tmp_path / "disk/new")
    assert Folder(tmp_path / "disk/new", os.urandom).exists()


def test_an_example_holds_its_cases_and_its_passphrase_lies_beside_it(visitor: Visitor, desk: Path) -> None:
    page = make(visitor, NAME, "example")
    passphrase = (desk / f"{NAME}.passphrase").read_text("utf-8").strip()
    assert (desk / f"{NAME}.passphrase").stat().st_mode & 0o077 == 0
    ledger = open_ledger(desk / NAME, 1, passphrase, os.urandom, lambda: 9)
    for code in re.findall(r"C-[0-9A-Z]{7}", page.split("<main", 1)[1]):
        assert ledger.view().find(code)
    assert len(re.findall(r"C-[0-9A-Z]{7}", page)) >= 2
    ledger.close()
    assert passphrase not in page and NAME not in page


def lay_file(place: Path) -> None:
    place.write_bytes(b"")


def lay_full(place: Path) -> None:
    place.mkdir()
    (place / "x").write_bytes(b"INVENTED")


def lay_link(place: Path) -> None:
    place.symlink_to(place.with_name("nowhere"))


def lay_vault(place: Path) -> None:
    (place / "keys").mkdir(parents=True)
    (place / "packs").mkdir()
    (place / "lock").write_bytes(b"")
    (place / "keys/01").write_bytes(b"INVENTED")


@pytest.mark.parametrize("lay", [lay_file, lay_full, lay_link, lay_vault])
@pytest.mark.parametrize("kind", ["new", "example"])
def test_where_anything_lies_nothing_is_made(
    visitor: Visitor, desk: Path, lay: Callable[[Path], None], kind: str
) -> None:
    lay(desk / NAME)
    before = list_all(desk)
    answer = look(visitor, NAME, kind)
    assert answer.status == 422 and '<a href="#folder">' in answer.text
    assert "The folder is not empty" in answer.text
    assert list_all(desk) == before


@pytest.mark.parametrize("kind", ["new", "example"])
def test_what_comes_there_meanwhile_is_not_touched(visitor: Visitor, desk: Path, kind: str) -> None:
    at = look(visitor, NAME, kind).headers["location"]
    lay_full(desk / NAME)
    before = list_all(desk)
    answer = visitor.post(at, {"passphrase": PASSPHRASE, "again": PASSPHRASE, "name": "main"})
    assert answer.status == 422 and "The folder is not empty" in answer.text
    assert NAME not in answer.text and PASSPHRASE not in answer.text
    assert list_all(desk) == before


def test_no_vault_is_made_inside_another(visitor: Visitor, desk: Path) -> None:
    for folder in (desk / "vault/inside", desk / "vault/packs/a/deep"):
        answer = look(visitor, folder)
        assert answer.status == 422 and "inside another vault" in answer.text


@pytest.mark.parametrize("folder", ["", " ", "..", ".", "a/b", "../up", "a\\b", "two\nlines"])
def test_what_is_no_place_is_said_at_its_field(visitor: Visitor, desk: Path, folder: str) -> None:
    before = list_all(desk.parent)
    answer = look(visitor, folder)
    assert answer.status == 422 and '<a href="#folder">' in answer.text
    assert list_all(desk.parent) == before


def test_what_kind_is_asked_and_never_guessed(visitor: Visitor) -> None:
    answer = visitor.post("/another", {"folder": NAME})
    assert answer.status == 422 and '<a href="#kind">' in answer.text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"passphrase": "short", "again": "short", "name": "main"}, "passphrase"),
        ({"passphrase": PASSPHRASE, "again": PASSPHRASE + "!", "name": "main"}, "again"),
        ({"passphrase": PASSPHRASE, "again": PASSPHRASE, "name": " "}, "name"),
    ],
)
def test_a_passphrase_is_long_typed_twice_and_never_shown_again(
    visitor: Visitor, desk: Path, sent: dict[str, str], field: str
) -> None:
    answer = visitor.post(look(visitor, NAME).headers["location"], sent)
    assert answer.status == 422 and f'<a href="#{field}">' in answer.text
    assert PASSPHRASE not in answer.text and NAME not in answer.text
    assert not (desk / NAME).exists()


def test_what_speaks_against_a_place_is_said_before(visitor: Visitor, desk: Path) -> None:
    page = visitor.get(look(visitor, desk / "Dropbox/vault").headers["location"]).text
    assert "kept in step with a cloud" in page and "Dropbox" in page
    assert "all the same" in page and "onggi " not in page.split("<main", 1)[1]
    assert not (desk / "Dropbox").exists()


def test_passphrases_of_another_example_are_not_written_over(visitor: Visitor, desk: Path) -> None:
    (desk / f"{NAME}.passphrase").write_text("of another", "utf-8")
    answer = look(visitor, NAME, "example")
    assert answer.status == 422 and '<a href="#folder">' in answer.text
    assert (desk / f"{NAME}.passphrase").read_text("utf-8") == "of another"


def test_an_example_that_is_stopped_was_never_there(
    visitor: Visitor, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, tell = list_all(desk), Job.tell

    def stop(job: Job, done: int, total: int, stage: str) -> None:
        if done == 4:
            job.wish.set()
        tell(job, done, total, stage)

    monkeypatch.setattr(Job, "tell", stop)
    path = visitor.post(look(visitor, NAME, "example").headers["location"]).headers["location"]
    job = visitor.house.desk.jobs.find(path.rpartition("/")[2])
    assert job is not None
    visitor.house.desk.jobs._thread.submit(int).result()
    assert job.state == "stopped" and job.done == 4
    assert {one for one in list_all(desk) if NAME in str(one)} == set()
    assert {one for one in before if not one.exists()} == set()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whom a folder refuses nothing")
def test_where_nothing_can_be_written_no_path_is_told(visitor: Visitor, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    at = look(visitor, closed / NAME).headers["location"]
    path = visitor.post(at, {"passphrase": PASSPHRASE, "again": PASSPHRASE, "name": "main"}).headers[
        "location"
    ]
    visitor.house.desk.jobs._thread.submit(int).result()
    page = visitor.get(path).text
    assert NAME not in page and str(closed) not in page


def test_what_is_not_kept_any_more_is_said(visitor: Visitor) -> None:
    for path in (f"/another/{'0' * 32}", f"/another/{'0' * 32}/made"):
        assert visitor.get(path).status == 404
