"""Noisy tables in the app: no number before it is paid for, one drawing for what was seen, what stops it."""

from pathlib import Path

import pytest
from tests.dossier.cases import Invented
from tests.dossier.conftest import many, recorded
from tests.dossier.test_noising import shifted, spend
from tests.dossier.test_tabulate import plan
from tests.web.test_tables_page import hand, make
from tests.web.visiting import House, Visitor

from onggi.dossier import noising
from onggi.dossier.tabulate import list_tables
from onggi.errors import Exit, OnggiError
from onggi.words import LANGUAGES, say

__all__ = ["many", "recorded", "shifted"]

NOISY = {"columns": "", "noisy": "0.1", "lifetime": "1"}


@pytest.fixture
def member(many: Invented) -> Visitor:
    return Visitor(House(many.open()))


def test_no_number_is_drawn_or_shown_before_it_leaves(
    many: Invented, member: Visitor, shifted: list[int]
) -> None:
    page = member.get(make(member, **NOISY)).text
    assert (shifted, "<td" in page) == ([], False)
    assert say("table.noisy_spends", "en", epsilon="0.1", lifetime="1", left="0.9") in page
    assert say("web_numbers.noise.undrawn", "en") in page
    assert not any(f">{number}<" in page for _, _, number in plan(many.open()).cells if number > 10)


def test_what_was_seen_is_drawn_once_and_signed_and_labelled(
    many: Invented, member: Visitor, tmp_path: Path, shifted: list[int]
) -> None:
    path, out = make(member, **NOISY), tmp_path / "out"
    out.mkdir()
    page = hand(member, path, out)
    ((file,), (held,)) = list(out.iterdir()), list_tables(many.open().view())
    assert shifted == [100] and held.statement.value.file in page and "noisy" in file.name  # type: ignore[union-attr]
    assert ">79</td>" in page and ">45</td>" in page, "with the noise of this test"
    assert say("table.noisy_row", "en", kind="total") in page and 'name="folder"' not in page
    member.post(f"{path}/leave", {"folder": str(tmp_path)})
    assert shifted == [100], "it left already"
    assert f'id="t-{held.id[:12]}"' in member.get("/numbers/tables").text


def test_sent_twice_before_it_left_it_spends_once(
    many: Invented, member: Visitor, tmp_path: Path, shifted: list[int]
) -> None:
    path, jobs = make(member, **NOISY), member.house.desk.jobs
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    answers = [member.post(f"{path}/leave", {"folder": str(tmp_path / name)}) for name in ("one", "two")]
    jobs._thread.submit(int).result()
    states = [jobs.find(one.headers["location"].rpartition("/")[2]) for one in answers]
    assert [one.error and one.error.id for one in states if one] == [None, "web_numbers.noise.changed"]
    assert shifted == [100] and len(list_tables(many.open().view())) == 1


def test_what_was_spent_meanwhile_is_told_before_more_is_spent(
    many: Invented, member: Visitor, tmp_path: Path, shifted: list[int]
) -> None:
    """Elsewhere, or by a table that stayed inside: what was read of the lifetime is no longer true."""
    path = make(member, **NOISY)
    spend(many, tmp_path / "elsewhere.csv", 300, 1000)
    out = tmp_path / "out"
    out.mkdir()
    job = member.house.desk.jobs.find(
        member.post(f"{path}/leave", {"folder": str(out)}).headers["location"].rpartition("/")[2]
    )
    member.house.desk.jobs._thread.submit(int).result()
    assert job is not None and job.error is not None and job.error.id == "web_numbers.noise.changed"
    assert shifted == [300] and not list(out.iterdir())


def test_what_is_above_the_lifetime_cannot_leave(
    many: Invented, member: Visitor, tmp_path: Path, shifted: list[int]
) -> None:
    assert say("table.lifetime", "en") in member.get(make(member, columns="", noisy="0.1")).text
    spend(many, tmp_path / "elsewhere.csv", 600, 1000)
    for changed, code in (({"noisy": "0.401"}, "spent"), ({"lifetime": "0.9"}, "lifetime_kept")):
        path = make(member, **{**NOISY, "lifetime": "", **changed})
        page = member.get(path).text
        values = {"left": "0.4", "lifetime": "1"} if code == "spent" else {"lifetime": "1"}
        assert say(f"table.{code}", "en", **values) in page and 'name="folder"' not in page
        member.post(f"{path}/leave", {"folder": str(tmp_path)})
    assert shifted == [600] and len(list_tables(many.open().view())) == 1


@pytest.mark.parametrize(
    ("changed", "where", "code"),
    [
        ({"noisy": "2"}, "noisy", "table.epsilon"),
        ({"noisy": "ε"}, "noisy", "table.epsilon"),
        ({"noisy": ""}, "noisy", "table.epsilon"),
        ({"lifetime": "1.5"}, "lifetime", "table.epsilon"),
        ({"unit": "act"}, "unit", "table.noisy_unit"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    member: Visitor, changed: dict[str, str], where: str, code: str
) -> None:
    answer = member.post("/numbers/tables", {"unit": "victim", "rows": "type", "k": "11", **NOISY, **changed})
    assert answer.status == 422 and say(code, "en") in answer.text
    assert f'href="#{where}"' in answer.text and f'id="{where}-error"' in answer.text


def test_where_nothing_makes_noise_it_is_said_and_nothing_is_counted(
    member: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lack() -> None:
        raise OnggiError("table.noisy_absent", exit_code=Exit.REFUSED)

    monkeypatch.setattr(noising, "check_noise", lack)
    answer = member.post("/numbers/tables", {"unit": "victim", "rows": "type", "k": "11", **NOISY})
    assert answer.status == 422 and 'href="#noisy"' in answer.text
    assert not member.house.desk.jobs.all()


def test_no_page_speaks_of_switches_of_a_command(many: Invented, member: Visitor, tmp_path: Path) -> None:
    fields = {"unit": "victim", "rows": "type", "k": "11", **NOISY}
    paths = [make(member, columns="", noisy="0.1")]
    spend(many, tmp_path / "elsewhere.csv", 600, 1000)
    paths += [make(member, **{**NOISY, **one}) for one in ({"noisy": "0.5"}, {"lifetime": "0.5"})]
    for tongue in LANGUAGES:
        pages = [member.get(path, accept_language=tongue) for path in (*paths, "/numbers/tables")]
        pages += [
            member.post("/numbers/tables", {**fields, **one}, accept_language=tongue)
            for one in ({"noisy": "2"}, {"unit": "act"})
        ]
        assert [one.text for one in pages if " --" in one.text or "(--" in one.text] == []
