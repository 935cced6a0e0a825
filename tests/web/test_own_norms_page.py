"""Corrections of one's own: nothing counts that was not shown; no answer by one shelf stands for another."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.web.opening import Opened
from tests.web.test_bring_page import send_parts
from tests.web.test_deadlines_page import complain, finish
from tests.web.test_earlier_page import THEN, member
from tests.web.test_upload import wait
from tests.web.visiting import Answered, Visitor

from onggi.law.assess import assess_case
from onggi.law.catalogue import list_entries
from onggi.law.shelf import MOST_BYTES, correct_shelf, quote_entry
from onggi.web import assessing
from onggi.web.assessing import Assessments
from onggi.web.corrections import MOST_TOGETHER, Corrections, take_shelf
from onggi.web.desk import Desk
from onggi.words import LANGUAGES, say

CASE = "C-7Q2WZ5C"
LAW, OWN = f"/case/{CASE}/law", "/norms/own"
TITLE = "INVENTED: buying a person"
LAWYER = "CANARY, a lawyer of ours"

__all__ = ["member"]


def correct(id: str, title: str = TITLE, kind: str = "norm", by: str = LAWYER) -> str:
    """A shipped entry, called otherwise and signed."""
    text = quote_entry(kind, id).replace('changed_by = ""', f'changed_by = "{by}"', 1)
    text = text.replace('changed_on = ""', 'changed_on = "2026-11-29"', 1)
    return re.sub(r"(?m)^(title|name)\.en = .*$", rf'\1.en = "{title}"', text, count=1)


def bring(visitor: Visitor, text: str) -> Answered:
    """Paste corrections, and see what they come to."""
    answer = visitor.post(OWN, {"text": text})
    return visitor.get(answer.headers["location"]) if answer.status == 303 else answer


def settle(visitor: Visitor, *texts: str) -> None:
    """Bring corrections and let them count."""
    mark = find_mark(bring(visitor, "\n".join(texts)))
    assert visitor.post(f"{OWN}/decide", {"do": "count", "mark": mark}).headers["location"].endswith("=count")


def find_mark(page: Answered) -> str:
    found = re.search(r'name="mark" value="([0-9a-f]{32})"', page.text)
    assert found is not None, page.text[-2000:]
    return found[1]


def test_an_assessment_by_one_shelf_is_never_told_as_by_another(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not only looked at: what is remembered is found again, by its own shelf alone."""
    shipped, calls = take_shelf(), []
    own, _ = correct_shelf(shipped, [correct("CN-CL-241").encode()])
    twin, _ = correct_shelf(shipped, [correct("CN-CL-241").encode()])
    assert own is not None and twin is not None

    def watch(view: Any, case: str, today: date, shelf: Any) -> Any:
        calls.append(shelf)
        return assess_case(view, case, today, shelf)

    monkeypatch.setattr(assessing, "assess_case", watch)
    ledger, kept, today = visitor.house.ledger, Assessments(), date(2026, 1, 2)
    view, case = ledger.view(), ledger.view().find(CASE)
    for shelf, title in ((shipped, None), (own, TITLE), (shipped, None), (twin, TITLE), (own, TITLE)):
        found = kept.assess(ledger, view, case, today, shelf)
        titles = {one.norm.titles["en"] for one, _ in found.suggestions if one.norm.id == "CN-CL-241"}
        assert titles == {title or shipped.norms["CN-CL-241"].titles["en"]}
        assert kept.assess(ledger, view, case, today, shelf) is found, "what is true still is remembered"
        (matter,) = [one for one in view.cases() if one.case == case]
        others = [one for one in (shipped, own, twin) if one is not shelf]
        assert kept.find_days(ledger, matter, today, shelf) is not None
        assert not any(kept.find_days(ledger, matter, today, one) for one in others)
        assert not any(kept.find(ledger, view, case, today, one) for one in others)
    assert calls == [shipped, own, shipped, twin, own]


def test_pages_go_by_corrections_while_they_count_and_not_a_moment_longer(visitor: Visitor) -> None:
    before = visitor.get(LAW).text
    settle(visitor, correct("CN-CL-241"), correct("UN-SP", "INVENTED: an avenue", "avenue"))
    page = unescape(visitor.get(LAW).text)
    assert TITLE in page and "INVENTED: an avenue" in page and "With corrections of your own: 2" in page
    assert page.count(f"A correction of your own: {LAWYER}, 29 November 2026") >= 2
    for at in ("/", "/norms", f"{LAW}/days", OWN):
        assert "orrections of your own: 2" in visitor.get(at).text or at == OWN, at
    assert f"{LAWYER}, 29 November 2026" in unescape(visitor.get("/norms").text)
    assert visitor.post(f"{OWN}/decide", {"do": "forget"}).status == 303
    after = visitor.get(LAW).text
    assert TITLE not in after and "orrections of your own:" not in after and LAWYER not in after
    assert re.sub(r"[0-9a-f]{32}", "", after) == re.sub(r"[0-9a-f]{32}", "", before)


def test_an_earlier_day_goes_by_them_too_and_leads_to_no_form(member: Visitor) -> None:
    settle(member, correct("CN-CL-241"))
    page = unescape(member.get(LAW + THEN).text)
    assert TITLE in page and say("web_norms.own.count", "en", count=1) in page and f'href="{OWN}' not in page
    path = re.search(rf'href="({LAW}/norm/[0-9a-f]{{32}}[^"]*)"', page)
    assert path is not None and f'href="{OWN}' not in member.get(path[1]).text


def test_a_large_case_is_assessed_anew_when_another_shelf_counts(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessing, "LARGE", 0)
    for title in (TITLE, "INVENTED: bought"):
        settle(visitor, correct("CN-CL-241", title))
        job = wait(visitor, visitor.get(LAW))
        assert (job.state, job.path) == ("done", LAW), job.error
        assert title in visitor.get(LAW).text
    visitor.post(f"{OWN}/decide", {"do": "forget"})
    assert visitor.get(LAW).status == 303, "nothing true is remembered"


def test_the_days_of_the_first_page_and_of_the_case_follow(visitor: Visitor) -> None:
    """A norm with a period of one kind is given another: its days move, and move back."""
    complain(visitor.house.ledger)
    visitor.get("/")
    finish(visitor, "days")
    shipped = visitor.get(f"{LAW}/days").text
    text = correct("CN-CL-240").replace('limitation = "cn"', 'limitation = "none"')
    settle(visitor, text)
    assert "being looked for" in visitor.get("/").text, "what was found is not true of another shelf"
    finish(visitor, "days")
    own = visitor.get(f"{LAW}/days").text
    assert "CN-CL-240" in shipped and ">CN-CL-240<" not in own
    visitor.post(f"{OWN}/decide", {"do": "forget"})
    assert re.findall(r"CN-CL-240", visitor.get(f"{LAW}/days").text) == re.findall(r"CN-CL-240", shipped)


def test_nothing_counts_before_it_was_shown_and_then_that(visitor: Visitor) -> None:
    first = find_mark(bring(visitor, correct("CN-CL-241")))
    assert TITLE not in visitor.get(LAW).text and "of your own" not in visitor.get("/").text
    second = find_mark(bring(visitor, correct("CN-CL-241", "INVENTED: something else")))
    assert visitor.post(f"{OWN}/decide", {"do": "count", "mark": first}).headers["location"] == OWN
    assert visitor.house.desk.corrections.count == 0, "it is not what was shown then"
    visitor.post(f"{OWN}/decide", {"do": "drop"})
    visitor.post(f"{OWN}/decide", {"do": "count", "mark": second})
    assert visitor.house.desk.corrections.shelf is take_shelf()


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_mistake_is_told_with_file_and_line_and_nothing_is_taken(visitor: Visitor, tongue: str) -> None:
    settle(visitor, correct("CN-CL-241"))
    broken = correct("CN-CL-240").replace('kind = "crime"', 'kind = "nonsense"')
    files = [
        ("file", "b CANARY name.toml", broken.encode()),
        ("file", "c.toml", b"\xff"),
        ("file", "a.toml", correct("CN-CL-232").encode()),
    ]
    typed = {"text": "x = ["}
    job = wait(visitor, send_parts(visitor, files, OWN, typed=typed))
    assert job.state == "done", job.error
    page = unescape(visitor.get(OWN, accept_language=tongue).text)
    for number, line in ((2, 7), (3, 1), (4, 1)):
        place = f"{say('whereabouts.file', tongue, number=number)}{say('whereabouts.between', tongue)}"
        assert place + say("whereabouts.line", tongue, number=line) in page, (number, page)
    assert "CANARY name" not in page and 'value="count"' not in page and "x = [" in page
    assert visitor.house.desk.corrections.count == 1, "what counted before counts still"
    assert "onggi " not in re.sub(r"<[^>]+>", "", page)


def test_files_are_numbered_as_the_command_numbers_them(visitor: Visitor) -> None:
    files = [
        ("file", f"{name}.toml", correct(id).encode())
        for name, id in (("b", "CN-CL-241"), ("a", "CN-CL-240"))
    ]
    job = wait(visitor, send_parts(visitor, files, OWN))
    assert job.state == "done", job.error
    page = visitor.get(OWN).text
    assert "What would count: 2 entries" in page and "a.toml" not in page
    assert visitor.post(f"{OWN}/decide", {"do": "count", "mark": find_mark(visitor.get(OWN))}).status == 303
    assert visitor.house.desk.corrections.count == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "web_norms.own.lacks"), ("  \n", "web_norms.own.lacks"), ("# nothing", "web_norms.own.none")],
)
def test_what_holds_no_entry_is_said(visitor: Visitor, text: str, told: str) -> None:
    page = bring(visitor, text)
    assert say(told, "en") in unescape(page.text) and 'value="count"' not in page.text
    assert page.status == (422 if told.endswith("lacks") else 200)


def test_too_much_is_refused_and_an_upload_that_breaks_off_takes_nothing(visitor: Visitor) -> None:
    halves = [("file", "x.toml", b"#" * MOST_BYTES)] * (MOST_TOGETHER // MOST_BYTES + 1)
    for files in ([("file", "x.toml", b"#" * (MOST_BYTES + 1))], halves):
        job = wait(visitor, send_parts(visitor, files, OWN))
        assert job.state == "failed" and job.error is not None and job.error.id == "web_norms.own.large"
    broken = [("file", "x.toml", correct("CN-CL-241").encode())]
    job = wait(visitor, send_parts(visitor, broken, OWN, cut=200))
    assert job.state == "failed" and visitor.house.desk.corrections.looked is None


def test_they_are_in_memory_alone_and_end_with_the_session(visitor: Visitor, desk: Path) -> None:
    """Nothing is written anywhere, no address says which; another session begins with what is shipped."""
    before = visitor.house.ledger.vault.folder.stamp("heads")
    settle(visitor, correct("CN-CL-241"))
    assert visitor.get(LAW).status == 200
    assert visitor.house.ledger.vault.folder.stamp("heads") == before
    assert not [one for one in desk.rglob("*") if one.is_file() and b"CANARY" in one.read_bytes()]
    assert Desk(visitor.house.ledger).corrections.shelf is take_shelf()
    paths = re.findall(r'href="(/norm/[^"]+)"', visitor.get(OWN).text)
    assert len(paths) == 1 and "CN-CL" not in paths[0]
    page = unescape(visitor.get(paths[0]).text)
    assert TITLE in page and f"{LAWYER}, 29 November 2026" in page


def test_a_page_of_an_entry_that_was_let_go_of_is_gone(visitor: Visitor) -> None:
    settle(visitor, correct("CN-CL-241").replace("norm.CN-CL-241", "norm.OWN-1"))
    (path,) = re.findall(r'href="(/norm/[^"]+)"', visitor.get(OWN).text)
    assert visitor.get(path).status == 200
    visitor.post(f"{OWN}/decide", {"do": "forget"})
    gone = visitor.get(path)
    assert gone.status == 404 and say("web_norms.gone", "en") in gone.text


def test_one_begins_with_a_copy_of_the_shipped_entry(visitor: Visitor) -> None:
    paths = re.findall(r'href="(/norm/[0-9a-f]{32})"', visitor.get("/norms").text)
    assert len(paths) == len(list_entries(take_shelf()))
    found = re.search(r'href="(/norms/own\?begin=[0-9a-f]{32})#text"', visitor.get(paths[0]).text)
    assert found is not None
    page = unescape(visitor.get(found[1]).text)
    kind, id = visitor.house.desk.shelfmarks.find(paths[0].rpartition("/")[2]) or ("", "")
    assert quote_entry(kind, id).strip() in page
    assert visitor.get(f"{OWN}?begin=nothing").status == 200


def test_a_dossier_goes_by_what_is_shipped_and_says_so(visitor: Visitor) -> None:
    settle(visitor, correct("CN-CL-241"))
    page = unescape(visitor.get(f"/case/{CASE}/dossier").text)
    assert "Corrections of your own do not go into a dossier" in page
    order = visitor.post(
        f"/case/{CASE}/dossier", {"purpose": "research", "recipient": "UN-SP", "languages": "en"}
    )
    at = order.headers["location"]
    assert "Corrections of your own do not go into a dossier" in unescape(visitor.get(at).text)
    read = visitor.get(f"{at}/read")
    assert read.status == 200 and TITLE not in unescape(read.text)


@pytest.mark.system
def test_by_the_keyboard_alone_an_entry_is_corrected_counts_and_is_let_go_of(opened: Opened) -> None:
    seen = opened.visit("/norms")
    page = seen.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("main li:has-text('CN-CL-241') a[href*='/norm/']").first.press("Enter")
    page.locator("a[href*='begin=']").press("Enter")
    submit = page.locator("form[enctype] button")
    submit.press("Enter")
    expect(page.locator("main .notice.wrong")).to_be_visible()
    assert seen.find_barriers() == []
    text = page.locator("#text").input_value().replace('changed_by = ""', f'changed_by = "{LAWYER}"')
    page.fill("#text", text.replace('changed_on = ""', 'changed_on = "2026-11-29"'))
    submit.press("Enter")
    expect(page.locator("#looked")).to_be_visible()
    for tongue in LANGUAGES:
        page.locator(f".tongues button[value={tongue}]").press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", tongue)
        page.goto(opened.origin + OWN)
        assert seen.find_barriers() == [] and page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("button[value=count]").press("Enter")
    expect(page.locator("#counting")).to_be_visible()
    assert seen.find_barriers() == [] and page.evaluate("document.documentElement.scrollWidth") == 360
    page.goto(opened.origin + f"{LAW}/days")
    assert seen.find_barriers() == [] and "CN-CL-241" not in page.title() + page.url
    page.goto(opened.origin + OWN)
    page.locator("button[value=forget]").press("Enter")
    expect(page.locator("[role=status]")).to_have_text(say("web_norms.own.done.forget", "zh"))
    page.locator(".tongues button[value=en]").press("Enter")
    page.context.close()


def test_two_threads_see_a_whole_shelf() -> None:
    """A job looks at files while pages go on: what counts does not move by it."""
    kept = Corrections(lambda count: bytes(count))
    kept.look([correct("CN-CL-241").encode()])
    assert kept.shelf is take_shelf() and kept.looked is not None and kept.looked.shelf is not None
    assert kept.settle(kept.looked.mark) and not kept.settle("")
