"""Long work beside the pages: it writes with a ledger of its own, is stopped whole, and its page says so."""

import re
from pathlib import Path
from threading import Event

import pytest
from tests.promises.office import Office
from tests.web.visiting import House, Visitor

import onggi.web.jobs
import onggi.web.pages
from onggi.errors import Exit, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.web.jobs import Job, Progress
from onggi.words import LANGUAGES, known, say

PATIENCE = 60.0
SECRET = "리영희"


def wait_for(job: Job, ended: Event) -> None:
    """Until it is over."""
    assert ended.wait(PATIENCE)
    for _ in range(6000):
        if job.over:
            return
        Event().wait(0.01)
    raise AssertionError(job.state)


def begin(house: House, work: object) -> Job:
    """Begin work, and wait until it is over."""
    ended = Event()

    def run(ledger: Ledger, progress: Progress) -> str:
        try:
            return str(work(ledger, progress))  # type: ignore[operator]
        finally:
            ended.set()

    job = house.desk.jobs.begin("web_jobs.title", run)
    wait_for(job, ended)
    return job


def add_note(ledger: Ledger, case: str, text: str) -> None:
    """Record a note."""
    note = ledger.make_statement(case, case, "note", Text(text, "en"))
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, note)])


def test_what_a_job_records_is_seen_by_the_next_page(house: House, office: Office) -> None:
    case = office.keys["case"]

    def work(ledger: Ledger, progress: Progress) -> str:
        assert ledger is not house.ledger
        progress(1, 2, "record")
        add_note(ledger, case, "INVENTED: beside the pages")
        return "/cases"

    house.desk.receive("/", "en", {}, {}, {}).view().search("INVENTED")
    job = begin(house, work)
    assert (job.state, job.path, job.error) == ("done", "/cases", None)
    assert house.desk.receive("/", "en", {}, {}, {}).view().search("beside the pages")
    assert 'href="/cases"' in Visitor(house).get(f"/jobs/{job.id}").text


@pytest.mark.parametrize("patient", [True, False])
def test_what_begins_by_itself_stands_back_while_a_page_is_answered(
    house: House, monkeypatch: pytest.MonkeyPatch, patient: bool
) -> None:
    """Whoever waits for a page does not share the processor; what somebody asked for goes on all the same."""
    monkeypatch.setattr(onggi.web.jobs, "_PATIENCE", PATIENCE)
    jobs, begun, went = house.desk.jobs, Event(), Event()

    def work(ledger: Ledger, progress: Progress) -> str:
        begun.set()
        progress(0, 1, "law")
        went.set()
        return "/"

    with jobs.hold_still():
        jobs.begin("web_jobs.title", work, patient=patient)
        assert begun.wait(PATIENCE)
        assert went.wait(0.2 if patient else PATIENCE) is not patient
    assert went.wait(PATIENCE)


def test_a_job_that_was_stopped_ends_at_its_next_step(house: House, office: Office) -> None:
    def work(ledger: Ledger, progress: Progress) -> str:
        house.desk.jobs.stop(house.desk.jobs.all()[0])
        progress(1, 2, "record")
        add_note(ledger, office.keys["case"], "INVENTED: never")
        return "/"

    job = begin(house, work)
    assert job.state == "stopped"
    assert not house.desk.receive("/", "en", {}, {}, {}).view().search("INVENTED: never")
    assert say("web_jobs.undone", "en") in Visitor(house).get(f"/jobs/{job.id}").text


@pytest.mark.parametrize(
    ("error", "id"),
    [
        (OnggiError("vault.folder.busy", exit_code=Exit.CLOSED), "vault.folder.busy"),
        (ValueError(SECRET), "web_door.fault"),
        (OSError(SECRET), "web_door.disk"),
    ],
)
def test_a_job_that_fails_says_why_and_shows_nothing(house: House, error: Exception, id: str) -> None:
    def work(ledger: Ledger, progress: Progress) -> str:
        raise error

    job = begin(house, work)
    assert (job.state, job.error and job.error.id) == ("failed", id)
    page = Visitor(house).get(f"/jobs/{job.id}").text
    assert SECRET not in page
    assert say("web_jobs.state.failed", "en") in page


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_job_that_goes_on_looks_again_by_itself_and_can_be_stopped(house: House, tongue: str) -> None:
    going, told = Event(), Event()

    def work(ledger: Ledger, progress: Progress) -> str:
        progress(30, 100, "record")
        told.set()
        going.wait(PATIENCE)
        progress(31, 100, "record")
        return "/"

    job = house.desk.jobs.begin("web_jobs.title", work)
    waiting = house.desk.jobs.begin("web_jobs.title", work)
    assert told.wait(PATIENCE)
    visitor = Visitor(house)
    page = visitor.get(f"/jobs/{job.id}", accept_language=tongue).text
    assert "30 %" in page and say("cli.stage.record", tongue) in page
    for looked in (page, visitor.get("/jobs").text):
        assert looked.count("http-equiv") == looked.count('<noscript><meta http-equiv="refresh"') == 1
        assert looked.count('hx-trigger="every 2s"') == 1
    assert say("web_jobs.state.waiting", tongue) in visitor.get("/jobs", accept_language=tongue).text
    for one in (waiting, job):
        assert visitor.post(f"/jobs/{one.id}/stop").headers["location"] == f"/jobs/{one.id}"
    going.set()
    for one in (job, waiting):
        for _ in range(6000):
            if one.over:
                break
            Event().wait(0.01)
        assert one.state == "stopped"
    page = visitor.get(f"/jobs/{job.id}", accept_language=tongue).text
    for looked in (page, visitor.get("/jobs").text):
        assert "http-equiv" not in looked and "hx-" not in looked and "htmx" not in looked


def test_every_stage_of_a_job_has_words() -> None:
    pages = Path(onggi.web.pages.__file__).parent
    steps = {
        stage
        for source in pages.glob("*.py")
        for stage in re.findall(r"(?:progress|tell)\([^()]*, \"(\w+)\"\)", source.read_text("utf-8"))
    }
    assert {"plan", "lay_out", "write", "verify", "seal"} <= steps
    of_rooms = {"packs", "commits", "index", "copy"}
    assert [one for one in sorted(steps | of_rooms) if not known(f"cli.stage.{one}")] == []


def test_to_watch_a_job_is_no_work(house: House) -> None:
    visitor, lease = Visitor(house), house.session.lease
    house.clock.now += lease.idle - 1
    assert visitor.get("/jobs/" + "0" * 32).status == 404
    assert lease.why_ended(house.clock.now + 1) == "idle"


def test_when_it_locks_all_jobs_are_stopped(house: House) -> None:
    going, told = Event(), Event()

    def work(ledger: Ledger, progress: Progress) -> str:
        told.set()
        going.wait(PATIENCE)
        progress(1, 1, "")
        return "/"

    job = house.desk.jobs.begin("web_jobs.title", work)
    told.wait(PATIENCE)
    house.desk.jobs.stop_all()
    going.set()
    wait_for(job, told)
    assert job.state == "stopped"
    with pytest.raises(RuntimeError):
        house.desk.jobs.begin("web_jobs.title", work)
