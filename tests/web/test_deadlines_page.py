"""Days of the law: found beside the pages, told on the first page, written by the one door; large cases."""

import time
from datetime import date
from pathlib import Path

import pytest
from tests.web.visiting import Visitor

from onggi.law.assess import Assessed, assess_case
from onggi.law.shelf import Shelf
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Term, Text
from onggi.web import assessing
from onggi.words import LANGUAGES, say

CASE = "C-7Q2WZ5C"
PAGE = f"/case/{CASE}/law/days"


def complain(ledger: Ledger) -> None:
    """A complaint, the day before the vault was made, on which the police would not act."""
    case, it = ledger.view().find(CASE), ledger.vault.randomness(16).hex()
    values: dict[str, Term | Date] = {
        "kind": Term("entity_kinds", "intervention"),
        "intervention_type": Term("interventions", "complaint"),
        "response": Term("responses", "no_investigation"),
        "date": Date("2025-12-31", "2025-12-31", "2025-12-31"),
    }
    said = [ledger.make_statement(it, case, name, value) for name, value in values.items()]
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, one) for one in said])


def finish(visitor: Visitor, key: str) -> None:
    """Wait for the job of a key."""
    job = visitor.house.desk.jobs.find_last(key)
    assert job is not None
    for _ in range(6000):
        if job.over:
            break
        time.sleep(0.01)
    assert job.state == "done", job.error


def count_signed(visitor: Visitor, *names: str) -> int:
    return len(visitor.house.ledger.view().live_of(*names))


def test_the_first_page_finds_days_beside_itself_and_opens_nothing(visitor: Visitor) -> None:
    complain(visitor.house.ledger)
    page = visitor.get("/").text
    assert "Deadlines are being looked for in 2 cases" in page and f'{PAGE}"' not in page
    finish(visitor, "days")
    page = visitor.get("/").text
    assert "being looked for" not in page
    assert f'<a href="{PAGE}">A period or duty ends in <span class="code" translate="no">{CASE}<' in page
    assert "by 1 January 2026" in page and "4 days in the next three months" in page
    assert "3 January 2026" in visitor.get(PAGE).text
    assert count_signed(visitor, "read_identity") == 0 and not visitor.house.desk.identity.everywhere
    ledger = visitor.house.ledger
    case = ledger.view().find(CASE)
    note = ledger.make_statement(case, case, "note", Text("INVENTED", "en"))
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, note)])
    assert "looked for in one case" in visitor.get("/").text, "what was found is not true of what changed"


def test_who_stopped_it_is_not_overruled_and_may_begin_again(visitor: Visitor) -> None:
    jobs = visitor.house.desk.jobs
    visitor.get("/")
    finish(visitor, "days")
    last = jobs.find_last("days")
    assert last is not None
    last.state = "stopped"
    complain(visitor.house.ledger)
    page = visitor.get("/").text
    assert "were not looked for" in page and jobs.find_last("days") is last
    assert visitor.post("/seek").status == 303
    finish(visitor, "days")
    assert PAGE in visitor.get("/").text


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_the_file_tells_is_said_before_it_is_asked_for(visitor: Visitor, tongue: str) -> None:
    complain(visitor.house.ledger)
    page = visitor.get(PAGE, accept_language=tongue).text
    told = say("cli.law.calendar_reveals", tongue, code=CASE)
    assert page.index(told[:40]) < page.index('name="file"')
    assert say("law.notice", tongue) in page and "2026" in page


def test_the_days_leave_signed_and_by_the_door_alone(visitor: Visitor, tmp_path: Path) -> None:
    complain(visitor.house.ledger)
    before, out = count_signed(visitor, "exported"), tmp_path / "days.ics"
    for fields, where in (({"file": str(out)}, "#read"), ({"read": "yes", "file": "days.ics"}, "#file")):
        answer = visitor.post(PAGE, fields)
        assert answer.status == 422 and f'href="{where}"' in answer.text
    assert not out.exists() and count_signed(visitor, "exported") == before
    answer = visitor.post(PAGE, {"read": "yes", "file": str(out)})
    assert answer.headers["location"] == f"{PAGE}?done=written"
    assert out.read_bytes().count(f" {CASE}\r\n".encode()) >= 3
    assert count_signed(visitor, "exported") == before + 1
    again = visitor.post(PAGE, {"read": "yes", "file": str(out)})
    assert again.status == 422 and count_signed(visitor, "exported") == before + 1, "nothing is overwritten"


def test_a_case_is_assessed_once_until_something_is_recorded_and_never_with_names(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def assess(view: View, case: str, today: date, shelf: Shelf) -> Assessed:
        asked.append(case)
        return assess_case(view, case, today, shelf)

    monkeypatch.setattr(assessing, "assess_case", assess)
    law = f"/case/{CASE}/law"
    first = visitor.get(law).text
    assert visitor.get(law).text == first and len(asked) == 1
    complain(visitor.house.ledger)
    assert visitor.get(law).text != first and len(asked) == 2
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: before an interview"})
    for count in (3, 4):
        assert visitor.get(law).status == 200 and len(asked) == count, "nothing of identity is remembered"


def test_a_large_case_is_assessed_as_a_job(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessing, "LARGE", 10)
    law = f"/case/{CASE}/law"
    job = visitor.get(law).headers["location"]
    assert job.startswith("/jobs/")
    again = visitor.get(law)
    assert again.status == 200 or again.headers["location"] == job, "not begun twice"
    key = f"law {visitor.house.ledger.view().find(CASE)}"
    finish(visitor, key)
    assert f'href="{law}"' in visitor.get(job).text and visitor.get(law).status == 200
