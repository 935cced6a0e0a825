"""The article's case, line by line, as the published contract answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from onggi.cli.main import run
from onggi.words import say

CREDENTIALS = ["--passphrase-file", "vault.passphrase"]


@pytest.fixture
def answer(desk: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    def ask(*arguments: str) -> Any:
        capsys.readouterr()
        assert run([*arguments, *CREDENTIALS, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    case = ask("search", "vault", "Chinese law criminalises")[0]["case"]
    reverse = ask("law", "vault", case, "--reverse", "--because", "to see what must be withheld")
    shown = ask("show", "vault", case)
    return {
        **ask("law", "vault", case),
        **reverse,
        "said": {one["statement"]: one for one in shown["statements"]},
    }


def test_the_article_s_case_is_answered_line_by_line(answer: dict[str, Any]) -> None:
    norms = {norm["id"]: norm for norm in answer["norms"]}
    assert all(not norm["reviewed"] and norm["version"] == "1" for norm in norms.values())

    killing = {one["id"]: one for one in norms["CN-CL-232"]["elements"]}
    assert {id: one["state"] for id, one in killing.items()} == {
        "death": "supported",
        "act": "supported",
        "causation": "supported",
        "intent": "supported",
        "capacity": "not_known",
        "responsible": "not_known",
    }
    # The article, DailyNK and the unnamed source behind it are one source, two people away.
    assert {(one["sources"], one["distance"]) for one in killing.values()} == {(1, 2), (0, None)}
    said = {answer["said"][id]["text"] for id in killing["act"]["statements"]}
    assert "Knife or other sharp object" in said

    for id in ("CN-CL-238", "CN-CL-240", "CN-CL-241", "CN-CL-244", "CN-CL-397", "CN-CL-399"):
        assert id in norms
    assert "232 and not 260" in norms["CN-CL-260"]["guards"][0]
    assert {one["reading"] for one in norms["CN-CL-241"]["limitation"]["readings"]} >= {
        "completed",
        "continuing",
        "restarted",
    }
    assert {one["reading"] for one in norms["CN-CL-240"]["limitation"]["readings"]} == {
        "completed",
        "restarted",
    }
    assert {id: norms[id]["limitation"]["status"] for id in ("CN-CL-240", "CN-CL-241")} == {
        "CN-CL-240": "depends",
        "CN-CL-241": "depends",
    }
    bending = {one["id"]: one["state"] for one in norms["CN-CL-399"]["elements"]}
    assert bending == {
        "official": "supported",
        "knows": "supported",
        "shield": "supported",
        "motive": "not_known",
    }
    duty = {one["id"]: one["state"] for one in norms["INT-DUE-DILIGENCE"]["elements"]}
    assert duty["effective"] == duty["independent"] == "contradicted"
    assert {"INT-PALERMO-3", "INT-SLAV-1956", "INT-CEDAW", "INT-ILO-C29"} <= norms.keys()


def test_who_can_hear_the_article_s_case(answer: dict[str, Any]) -> None:
    avenues = {one["id"]: one for one in answer["avenues"]}
    assert len(avenues) == 31
    assert avenues["UN-SP"]["status"] == avenues["OHCHR-SEOUL"]["status"] == "open"
    assert avenues["UN-SP"]["mandates"] == [
        "SR-DPRK",
        "SR-VAWG",
        "SR-TIP",
        "SR-SLAVERY",
        "SR-EJE",
        "SR-IJL",
    ]
    assert avenues["WGAD-REG"]["status"] == "not_open"
    assert "not detention by a State" in avenues["WGAD-REG"]["why"]
    assert avenues["TB-CEDAW-OP"]["status"] == "not_open"
    assert {one["status"] for one in answer["treaties"]} == {"not_open"}
    assert {"CAT", "ICCPR", "CEDAW", "CRC", "CERD"} <= {one["treaty"] for one in answer["treaties"]}
    assert (avenues["INTERPOL"]["status"], avenues["INTERPOL"]["gate"]) == ("dangerous", "red")
    assert all((one["gate"] == "red") == (one["status"] == "dangerous") for one in avenues.values())


def test_what_could_be_used_against_whom_in_the_article_s_case(answer: dict[str, Any]) -> None:
    said = answer["said"]
    found = {
        (said[one["statement"]]["property"], one["norm"], one["endangers"]) for one in answer["warnings"]
    }
    assert ("left_on", "CN-CL-322", "victim") in found
    assert ("escape_to", "KP-CL-221", "victim") in found
    assert ("sends_money", None, "family") in found
    assert all(set(one) == {"statement", "norm", "endangers", "class"} for one in answer["warnings"])


def test_gaps_are_tasks_and_the_response_is_a_file_of_its_own(answer: dict[str, Any]) -> None:
    assert ("CN-CL-399", "motive") in {(one["norm"], one["element"]) for one in answer["tasks"]}
    assert {one["id"]: one["state"] for one in answer["responses"][0]["elements"]} == {
        "knowledge": "supported",
        "duty": "supported",
        "omission": "supported",
    }


def test_reverse_leaves_nothing_behind_but_that_somebody_looked(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(*arguments: str) -> Any:
        capsys.readouterr()
        assert run([*arguments, *CREDENTIALS, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    case = ask("search", "vault", "Chinese law criminalises")[0]["case"]
    before = len(ask("log", "vault")["commits"])
    ask("law", "vault", case, "--reverse", "--because", "CANARY of a reason")
    assert len(ask("log", "vault")["commits"]) == before + 1
    looked = ask("search", "vault", "CANARY", "--identity", "--because", "to check")
    assert [one["property"] for one in looked] == ["read_identity"]


def test_a_calendar_is_signed_first_and_holds_coded_titles_alone(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(*arguments: str) -> Any:
        capsys.readouterr()
        assert run([*arguments, *CREDENTIALS, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    case = ask("search", "vault", "Chinese law criminalises")[0]
    found = ask("law", "vault", case["case"], "--calendar", "days.ics")
    text = (desk / "days.ics").read_text("ascii")
    titles = set(re.findall("^SUMMARY:(.*)$", text, re.M))
    known = {one["id"] for one in found["norms"]} | {one["id"] for one in found["timers"]}
    assert titles and all(one.split()[0] in known and one.split()[1] == case["code"] for one in titles)
    said = ask("show", "vault", case["case"])["statements"]
    assert [one["text"] for one in said if one["property"] == "exported"] == ["calendar"]


@pytest.mark.parametrize(
    "more",
    [
        ["--reverse", "--because", "x"],
        ["--identity", "--because", "x"],
        ["--as-of", "2026-01-01"],
        ["there"],
    ],
)
def test_a_calendar_of_anything_else_is_not_written(
    desk: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    capsys.readouterr()
    assert run(["search", "vault", "Chinese law criminalises", *CREDENTIALS, "--json"]) == 0
    case = json.loads(capsys.readouterr().out)[0]["case"]
    out = desk / "days.ics"
    if more == ["there"]:
        out.write_text("of somebody")
        more = []
    assert run(["law", "vault", case, "--calendar", "days.ics", *more, *CREDENTIALS]) == 2
    assert not out.exists() or out.read_text() == "of somebody"
    capsys.readouterr()
    assert run(["show", "vault", case, *CREDENTIALS, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["statements"]
    assert not [one for one in said if one["property"] == "exported"]


def test_nothing_uncertain_is_past_in_the_invented_case(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The periods of South Korea were noted from memory, and stand still while he is abroad to escape."""
    capsys.readouterr()
    assert run(["search", "vault", "INVENTED", "--json", *CREDENTIALS]) == 0
    case = json.loads(capsys.readouterr().out)[0]["case"]
    assert run(["law", "vault", case, "--json", *CREDENTIALS]) == 0
    rows = [one for one in json.loads(capsys.readouterr().out)["norms"] if one["id"] == "KR-CA-288-289"]
    assert len(rows) >= 5
    for limit in (one["limitation"] for one in rows):
        assert limit["status"] in ("depends", "unknown") and limit["to"] is None
        assert {one["reading"] for one in limit["readings"]} >= {"completed", "abroad"}
        assert not [one for one in limit["readings"] if one["status"] == "past"]
        assert say("law.assume.period_unsure", "en") in limit["assumptions"]
    assert run(["law", "vault", case, *CREDENTIALS]) == 0
    assert say("law.reading.abroad", "en") in " ".join(capsys.readouterr().out.split())
