"""Tables in the app: seen as they would be published, refused with where to mend, and handed over as seen."""

import csv
from pathlib import Path

import pytest
from tests.dossier.cases import Invented
from tests.dossier.conftest import many, recorded
from tests.dossier.crowds import write_people
from tests.dossier.test_tabulate import plan
from tests.web.test_numbers_page import finish
from tests.web.visiting import House, Visitor

from onggi.count.table import Spec
from onggi.dossier.tabulate import list_tables
from onggi.model.tabulated import HIDDEN

__all__ = ["many", "recorded"]

ASKED = {"unit": "victim", "rows": "type", "columns": "sex", "k": "11"}


@pytest.fixture
def member(many: Invented) -> Visitor:
    return Visitor(House(many.open()))


def make(visitor: Visitor, **changed: str) -> str:
    answer = visitor.post("/numbers/tables", {**ASKED, **changed})
    assert answer.status == 303, answer.text[-1500:]
    return finish(visitor, answer.headers["location"])


def hand(visitor: Visitor, path: str, folder: Path) -> str:
    answer = visitor.post(f"{path}/leave", {"folder": str(folder)})
    assert answer.status == 303 and str(folder) not in answer.headers["location"], answer.text[-1500:]
    return visitor.get(finish(visitor, answer.headers["location"])).text


def test_the_table_is_seen_with_its_hidden_cells_and_nothing_leaves(many: Invented, member: Visitor) -> None:
    found = plan(many.open())
    page = member.get(make(member)).text
    assert page.count(">hidden</td>") == sum(number == HIDDEN for _, _, number in found.cells) >= 4
    assert ">3</td>" not in page, "the three men"
    assert not list_tables(member.house.ledger.view())


def test_what_was_seen_leaves_once_and_is_signed(many: Invented, member: Visitor, tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = make(member)
    assert member.post(f"{path}/leave", {"folder": "out"}).status == 422, "no whole path"
    assert member.post(f"{path}/leave", {"folder": str(out)}).status == 422, "no such folder"
    out.mkdir()
    page = hand(member, path, out)
    (file,) = out.iterdir()
    ((held),) = list_tables(many.open().view())
    assert held.statement.value.file in page and file.name in page  # type: ignore[union-attr]
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    assert all(int(one["count"]) == 0 or int(one["count"]) >= 11 for one in rows if one["shown"] == "shown")
    member.post(f"{path}/leave", {"folder": str(out)})
    assert len(list_tables(many.open().view())) == 1, "it left already"
    assert f'id="t-{held.id[:12]}"' in member.get("/numbers/tables").text


def test_a_table_that_would_tell_of_a_few_cannot_leave(
    many: Invented, member: Visitor, tmp_path: Path
) -> None:
    hand(member, make(member, columns=""), tmp_path)
    (held,) = list_tables(many.open().view())
    many.record(write_people(500, 2))
    assert [one.code for one in plan(many.open(), Spec("victim", "type")).findings] == ["table.isolates"]
    path = make(member, columns="")
    page = member.get(path).text
    assert f'href="/numbers/tables#t-{held.id[:12]}"' in page and "No table is shown" in page
    assert "<td" not in page and 'name="folder"' not in page
    member.post(f"{path}/leave", {"folder": str(tmp_path)})
    assert len(list_tables(many.open().view())) == 1


def test_another_table_than_the_one_that_was_seen_does_not_leave(
    many: Invented, member: Visitor, tmp_path: Path
) -> None:
    path, out = make(member), tmp_path / "out"
    out.mkdir()
    many.record(write_people(500, 30))
    answer = member.post(f"{path}/leave", {"folder": str(out)})
    jobs = member.house.desk.jobs
    jobs._thread.submit(int).result()
    job = jobs.find(answer.headers["location"].rpartition("/")[2])
    assert job is not None and job.error is not None and job.error.id == "table.changed"
    assert "Make the table again" in member.get(answer.headers["location"]).text
    assert not list(out.iterdir()) and not list_tables(many.open().view())


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"k": "10"}, "k"),
        ({"k": "²"}, "k"),
        ({"unit": "person"}, "unit"),
        ({"rows": "name"}, "rows"),
        ({"columns": "type"}, "columns"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(member: Visitor, changed: dict[str, str], where: str) -> None:
    answer = member.post("/numbers/tables", {**ASKED, **changed})
    assert answer.status == 422
    assert f'href="#{where}"' in answer.text and f'id="{where}"' in answer.text
