"""The log in words, checks and copies as jobs, members and their grants, and requests that reach nobody."""

import re
from pathlib import Path
from threading import Event

import pytest
from tests.web.visiting import Visitor

from onggi.evidence.timestamp.request import is_request
from onggi.ledger.happenings import list_heads
from onggi.vault.folder import Folder
from onggi.vault.grants import STRATA
from onggi.web.jobs import Job
from onggi.words.heads import say_head

NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
PASSPHRASE = "a passphrase nobody else knows"


def finish(visitor: Visitor, path: str) -> str:
    """What the page says that a job ends with."""
    jobs = visitor.house.desk.jobs
    job = jobs.find(path.rpartition("/")[2])
    assert job is not None
    jobs._thread.submit(int).result()
    assert job.state == "done", job
    return visitor.get(job.path).text


def test_it_says_in_words_what_was_decided_and_names_nobody(visitor: Visitor) -> None:
    page = visitor.get("/log").text
    assert (
        "Consent" in page
        and "Given · Evidence · United Nations Special Procedures" in page
        and "UN-SP" not in page
        and "statements: 150" in page
        and "more statements" not in page
    )
    assert not [name for name in NAMES if name in page]
    assert "member 2" in page, "who recorded the second part of the case"


def test_a_reason_stands_in_it_only_where_identity_is_open(visitor: Visitor) -> None:
    reason = "INVENTED: to find her entry"
    visitor.post("/search", {"query": "x", "names": "yes", "reason": reason})
    inside = visitor.get("/log").text
    steps = inside[inside.index('<ol class="statements">') : inside.index("</ol>")]
    assert reason in steps
    visitor.post("/identity/close", {"back": "/"})
    assert reason not in visitor.get("/log").text


def test_everything_is_checked_as_a_job(visitor: Visitor) -> None:
    answer = visitor.post("/log/verify")
    assert re.fullmatch(r"/jobs/[0-9a-f]{32}", answer.headers["location"])
    page = finish(visitor, answer.headers["location"])
    assert "All that could be checked is as it must be." in page and "Commits" in page


def test_damage_is_found_and_said(visitor: Visitor, desk: Path) -> None:
    packs = (path for path in (desk / "vault/packs").rglob("*") if path.is_file())
    pack = max(packs, key=lambda path: path.stat().st_size)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    pack.write_bytes(data)
    page = finish(visitor, visitor.post("/log/verify").headers["location"])
    assert "Something is not as it must be." in page


def count_found(visitor: Visitor) -> int:
    """How many statements a page says a case has."""
    page = visitor.get(visitor.post("/search", {"query": "INVENTED"}).headers["location"]).text
    return page.count('class="statement"')


def spoil(vault: Path) -> None:
    """Change every page of every index but the first few."""
    for path in (vault / "index").iterdir():
        content = bytearray(path.read_bytes())
        for at in range(4 * 4096, len(content), 4096):
            content[at + 100] ^= 1
        path.write_bytes(content)


def test_indexes_are_made_again_and_the_page_says_of_how_many_statements(
    visitor: Visitor, desk: Path
) -> None:
    before = count_found(visitor)
    ledger = visitor.house.ledger
    held = sum(one.count() for one in ledger._indexes(ledger.vault.compartments, STRATA))
    answer = visitor.post("/log/rebuild")
    assert re.fullmatch(r"/jobs/[0-9a-f]{32}", answer.headers["location"])
    page = finish(visitor, answer.headers["location"])
    assert f"{held} statements indexed." in page
    assert before and count_found(visitor) == before
    assert not ledger.displaced, "the next page reads the new ones"


def test_a_damaged_index_is_named_by_the_check_and_mended(visitor: Visitor, desk: Path) -> None:
    before = count_found(visitor)
    spoil(desk / "vault")
    page = finish(visitor, visitor.post("/log/verify").headers["location"])
    assert "A search index is damaged." in page and "below the check" in page
    assert "onggi rebuild" not in page, "a page names no command"
    finish(visitor, visitor.post("/log/rebuild").headers["location"])
    assert visitor.house.ledger.check_indexes() == []
    assert count_found(visitor) == before


def test_stopped_in_the_middle_pages_answer_as_before(
    visitor: Visitor, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it goes on, too: a page is asked for between two of its steps, and then it is stopped."""
    before, jobs = count_found(visitor), visitor.house.desk.jobs
    there, further = Event(), Event()
    tell = Job.tell

    def wait(job: Job, done: int, total: int, stage: str) -> None:
        if done == 5:
            there.set()
            further.wait(60)
        tell(job, done, total, stage)

    monkeypatch.setattr(Job, "tell", wait)
    path = visitor.post("/log/rebuild").headers["location"]
    assert there.wait(60)
    assert visitor.post("/log/rebuild").headers["location"] == path, "one at a time"
    job = jobs.find(path.rpartition("/")[2])
    assert job is not None and job.state == "running"
    assert count_found(visitor) == before
    assert "Building the index" in visitor.get(path).text
    visitor.post(f"{path}/stop")
    further.set()
    jobs._thread.submit(int).result()
    assert job.state == "stopped"
    assert count_found(visitor) == before
    assert visitor.house.ledger.check_indexes() == []
    assert len(list((desk / "vault/index").iterdir())) == len(STRATA)


def test_five_words_from_paper_are_compared(visitor: Visitor) -> None:
    (head, *_) = list_heads(visitor.house.ledger.vault)
    words = say_head(bytes.fromhex(head.hash), "ko")
    assert visitor.post("/log/head", {"words": words}).headers["location"] == "/log?done=held#heads"
    other = say_head(bytes(32), "en")
    for typed in (other, "five of no list at all", ""):
        answer = visitor.post("/log/head", {"words": typed})
        assert answer.status == 422 and '<a href="#words">' in answer.text
        assert "onggi log" not in answer.text, "a page names no command"


def test_a_copy_is_made_checked_and_listed(visitor: Visitor, tmp_path: Path) -> None:
    out = tmp_path / "copy"
    answer = visitor.post("/log/copy", {"folder": str(out)})
    page = finish(visitor, answer.headers["location"])
    assert "files copied and checked" in page and str(out) in page
    assert Folder(out, visitor.house.ledger.vault.randomness).exists()
    assert "every file was checked as it arrived" in visitor.get("/log").text
    assert visitor.post("/log/copy", {"folder": "copy"}).status == 422


def test_a_member_is_let_in_and_reads_what_she_is_granted(visitor: Visitor) -> None:
    answer = visitor.post("/members", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert answer.headers["location"] == "/members?done=added"
    assert "may read nothing yet" in visitor.get("/members").text
    answer = visitor.post("/members/grant", {"slot": "3", "strata": ["record"]})
    assert answer.headers["location"] == "/members?done=granted"
    vault = visitor.house.ledger.vault
    assert vault.grants_of(vault.members.slots()[3].id) == {"main": ["record"]}


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("/members", {"passphrase": "short", "again": "short"}, "passphrase"),
        ("/members", {"passphrase": PASSPHRASE, "again": PASSPHRASE + "!"}, "again"),
        ("/members/grant", {"slot": "9", "strata": "record"}, "slot"),
        ("/members/grant", {"slot": "2"}, "strata"),
        ("/members/grant", {"slot": "²", "strata": "record"}, "slot"),
        ("/members/compartment", {"name": ""}, "name"),
        ("/members/compartment", {"name": "main"}, "name"),
    ],
)
def test_what_is_wrong_with_a_grant_is_said_at_its_field(
    visitor: Visitor, path: str, sent: dict[str, str], field: str
) -> None:
    answer = visitor.post(path, sent)
    assert answer.status == 422 and f'<a href="#{field}">' in answer.text
    assert PASSPHRASE not in answer.text


def test_who_is_no_admin_lets_nobody_in(colleague: Visitor) -> None:
    assert 'name="passphrase"' not in colleague.get("/members").text
    assert colleague.post("/members", {"passphrase": PASSPHRASE, "again": PASSPHRASE}).status == 403
    assert colleague.post("/members/grant", {"slot": "2", "strata": "care"}).status == 403


def test_a_request_holds_a_hash_and_reaches_nobody(visitor: Visitor) -> None:
    page = visitor.get("/stamps").text
    assert "These pages reach nobody." in page and "No time stamp yet." in page
    answer = visitor.post("/stamps/request")
    assert is_request(answer.body)
    assert answer.headers["content-disposition"] == 'attachment; filename="request.tsq"'
    reply = visitor.post("/stamps/reply")
    assert reply.status == 422 and '<a href="#reply">' in reply.text
