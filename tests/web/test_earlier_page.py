"""An earlier day: never taken for today nor the reverse, nothing recorded there, and what was known then."""

import re
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import compile_path
from tests.cli.conftest import FIRST_DAY
from tests.web.test_deadlines_page import complain
from tests.web.visiting import Answered, Visitor

from onggi.intake.originals import Origin, take_in
from onggi.law.assess import Assessed, assess_case
from onggi.law.reverse import warn
from onggi.ledger.view import View
from onggi.model.day import end_day
from onggi.model.stratum import Stratum
from onggi.model.value import Date, Text
from onggi.web import assessing
from onggi.web.earlier import can_show
from onggi.web.pages import gather
from onggi.web.previews import Preview
from onggi.words import LANGUAGES, say

CASE, WOMAN = "C-7Q2WZ5C", "P-8F3KT2H"
PARTS = ("", "/people", "/chronology", "/map", "/statements", "/law", "/law/days", "/consent")
NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
THEN = "?as_of=2026-01-05"
LATER = "INVENTED: what came later"
DAY = 86_400_000
_READ = re.compile(rf"/case/{CASE}/earlier\?(part|about)=[\w-]*")
"""What is led to besides: it shows today, and says so by not saying otherwise."""
AT = {"en": "As known on 5 January 2026.", "ko": "2026년 1월 5일", "zh": "2026年1月5日"}


@pytest.fixture
def member(visitor: Visitor) -> Visitor:
    """On the 21st; the example was made on the 1st, and a note recorded on the 11th."""
    ledger = visitor.house.ledger
    ledger.clock = count(FIRST_DAY + 10 * DAY, 1000).__next__
    case = ledger.view().find(CASE)
    note = ledger.make_statement(case, case, "note", Text(LATER, "en"))
    ledger.append(ledger.vault.compartment("main"), [(Stratum.RECORD, note)])
    ledger.clock = count(FIRST_DAY + 20 * DAY, 1000).__next__
    return visitor


def main(answer: Answered) -> str:
    return answer.text[answer.text.index("<main") :]


def find_links(text: str) -> set[str]:
    return set(re.findall(r'href="(/[^"]*)"', text))


def find_items(member: Visitor, query: str) -> list[str]:
    return re.findall(r'href="(/item/[^"?#]+)', main(member.get(f"/case/{CASE}{query}")))


def find_item(member: Visitor) -> str:
    """The first item of the case, which was brought by somebody."""
    return find_items(member, "")[0]


def find_interview(member: Visitor) -> str:
    """An interview of a source of the case."""
    sources = sorted(one for one in find_links(member.get(f"/case/{CASE}").text) if "/source/" in one)
    paths = (one for at in sources for one in find_links(member.get(at).text) if "/told/" in one)
    return next(paths)


def fill(path: str) -> str:
    """A path of ours with something in each of its parts."""
    _, template, convertors = compile_path(path)
    return template.format(**dict.fromkeys(convertors, CASE))


@pytest.mark.parametrize("first", ["", THEN])
def test_a_day_is_never_handed_out_as_another(member: Visitor, first: str) -> None:
    """Whichever is looked at first: what is remembered of a case is today's alone."""
    for query in (first, "", THEN, "", THEN):
        for part in ("", "/statements"):
            page = member.get(f"/case/{CASE}{part}{query}")
            told = page.status, LATER in page.text, AT["en"] in page.text
            assert told == (200, not query, bool(query))
    kept = member.house.desk.portraits._kept.values()
    values = [held.statement.value for _, one in kept for held in one.portrait.statements]
    assert Text(LATER, "en") in values


def test_the_law_of_a_day_is_never_handed_out_as_another(
    member: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[date, bool]] = []

    def note(view: View, case: str, today: date, *rest: Any) -> object:
        seen.append((today, view.plain))
        return assess_case(view, case, today, *rest)

    monkeypatch.setattr(assessing, "assess_case", note)
    pages = [member.get(f"/case/{CASE}/law{query}").text for query in (THEN, "", THEN, "")]
    then, now = (date(2026, 1, 5), False), (date(2026, 1, 21), True)
    assert seen == [then, now, then], "judged by that day, and only today's is remembered"
    assert pages[0] == pages[2] and pages[1] == pages[3] and AT["en"] in pages[0]


def test_the_law_of_a_large_case_is_found_in_a_job_of_that_day_and_kept_for_it_alone(
    member: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[date, bool]] = []

    def note(view: View, case: str, today: date, *rest: Any) -> Assessed:
        seen.append((today, view.plain))
        return assess_case(view, case, today, *rest)

    monkeypatch.setattr(assessing, "assess_case", note)
    law, jobs = f"/case/{CASE}/law", member.house.desk.jobs
    small = {query: member.get(law + query).text for query in (THEN, "?as_of=2026-01-12", "")}
    member.house.desk.assessments.forget()
    monkeypatch.setattr(assessing, "LARGE", 10)
    seen.clear()
    for query in (THEN, "", "?as_of=2026-01-12"):
        first = member.get(law + query)
        job = first.headers["location"]
        assert first.status == 303 and job.startswith("/jobs/") and "as_of" not in job
        jobs._thread.submit(int).result()
        assert f'href="{law}{query}"' in member.get(job).text, "it leads to the day that was asked for"
    for query, page in small.items():
        assert member.get(law + query).text == page, "whatever was found in between"
        assert member.get(f"{law}/days{query}").status == 200
    then, now, after = (date(2026, 1, 5), False), (date(2026, 1, 21), True), (date(2026, 1, 12), False)
    assert seen == [then, now, after], "each once"
    member.post("/identity/open", {"about": CASE, "reason": "INVENTED: to look"})
    assert member.get(law + THEN).status == 200 and seen[3:] == [then], "nothing of identity is kept"
    member.post("/identity/close", {"back": "/"})
    assert member.get(law + THEN).status == 200 and len(seen) == 4
    complain(member.house.ledger)
    assert member.get(law + THEN).status == 303, "what is recorded now may be dated before"
    member.house.desk.assessments.forget()
    assert not member.house.desk.assessments._then


def test_it_is_what_the_ledger_says_of_that_day(member: Visitor) -> None:
    view = member.house.ledger.view(end_day(date(2026, 1, 5)))
    known = {held.id[:12] for held in view.portrait(view.find(CASE)).statements}
    pages = [member.get(f"/case/{CASE}/statements{THEN}&page={at}").text for at in range(1, 9)]
    found = {id for page in pages for id in re.findall(r'id="s-([0-9a-f]{12})"', page)}
    assert len(found) > 100 and found <= known
    assert (end_day(date(1970, 1, 1)), end_day(date(2026, 1, 1))) == (DAY - 1, FIRST_DAY + DAY - 1)


def test_every_page_says_so_leads_back_and_offers_nothing_that_records(member: Visitor) -> None:
    paths = [f"/case/{CASE}{part}" for part in PARTS] + [f"/person/{WOMAN}"]
    led = ("/statement/", f"/person/{WOMAN}"), ("/source/", f"/case/{CASE}"), ("/item/", f"/case/{CASE}")
    for start, at in (*led, (f"/case/{CASE}/law/norm/", f"/case/{CASE}/law")):
        paths += sorted(one for one in find_links(main(member.get(at))) if one.startswith(start))[:1]
    paths.append(find_interview(member))
    assert len(paths) == len(PARTS) + 6
    for path in paths:
        for tongue in LANGUAGES if path in (f"/case/{CASE}", f"/person/{WOMAN}") else ("en",):
            answer = member.get(path + THEN, accept_language=tongue)
            assert answer.status == 200 and AT[tongue] in answer.text, path
            assert say("web_earlier.nothing", tongue) in answer.text
            assert f'href="{path}?as_of="' in answer.text
            assert f'name="back" value="{path}{THEN}"' in answer.text, "another language keeps the day"
            assert AT[tongue] not in member.get(f"{path}?as_of=", accept_language=tongue).text
            assert "<form" not in main(answer)
            links = find_links(main(answer))
            kept = [one for one in links if can_show(one.partition("?")[0].partition("#")[0])]
            assert kept and [one for one in kept if "as_of=2026-01-05" not in one] == [], path
            others = [one for one in links if one not in kept and not _READ.fullmatch(one)]
            assert others == [], f"{path}: what else is led to may record"
            assert not [name for name in NAMES if name in answer.text]
    assert member.get(f"/about/{CASE}{THEN}").headers["location"] == f"/case/{CASE}{THEN}"


def test_an_item_is_shown_as_it_was_known(member: Visitor) -> None:
    item = find_item(member)
    before, none = main(member.get(item + THEN)), say("web_item.derivatives.none", "en")
    assert none not in before and none not in member.get(item).text, "nobody can say while names are closed"
    for path, fields in (("note", {"event": "printed", "note": LATER}), ("look", {"reason": "INVENTED: x"})):
        assert member.post(f"{item}/{path}", fields).status in (303, 422)
    member.post("/identity/open", {"about": CASE, "reason": "INVENTED: to look"})
    now, then = main(member.get(item)), main(member.get(item + THEN))
    assert LATER in now and LATER not in then and "INVENTED: kept in the lining of a coat" in then
    member.post("/identity/close", {"back": "/"})
    assert main(member.get(item + THEN)) == before, "who looked into it since is no part of it"


def test_what_was_looked_into_today_is_not_shown_as_of_then(member: Visitor) -> None:
    item, kept = find_item(member), member.house.desk.previews
    entity = member.house.ledger.view().find(item.split("/")[2])
    seen = kept.keep(Preview(entity, "image/png", b"INVENTED"))
    assert f"/shown/{seen}" in member.get(f"{item}?seen={seen}").text
    answer = member.get(f"{item}{THEN}&seen={seen}&whole=1")
    assert f"/shown/{seen}" not in answer.text and say("web_item.whole", "en") not in answer.text
    assert member.get(f"/shown/{seen}{THEN}").status == 403


def test_an_item_that_came_later_is_not_there_on_any_page(member: Visitor, tmp_path: Path) -> None:
    ledger = member.house.ledger
    case, before = ledger.view().find(CASE), set(find_items(member, ""))
    (tmp_path / "x.txt").write_text(LATER, "utf-8")
    compartment = ledger.vault.compartment("main")
    (made,) = take_in(ledger, compartment, case, [tmp_path / "x.txt"], Origin(), ledger.vault.randomness)
    assert set(find_items(member, "")) == {*before, f"/item/{made.code}"}
    assert set(find_items(member, THEN)) == before
    answer = member.get(f"/item/{made.code}{THEN}")
    assert answer.status == 404 and say("web_earlier.absent", "en") in answer.text


def test_an_interview_is_shown_as_it_stood_and_cannot_be_taken_back(member: Visitor) -> None:
    path = find_interview(member)
    ids = re.findall(r'name="what" value="(\w+)"', member.get(path).text)
    shown = {id for id in re.findall(r'id="s-([0-9a-f]{12})"', member.get(path + THEN).text)}
    assert shown == {id[:12] for id in ids} and len(ids) > 1
    assert member.post(path + THEN, {"what": ids, "reason": LATER}).status == 403
    assert member.post(path, {"what": ids, "reason": "INVENTED: she asked for it"}).status == 303
    assert member.get(path).status == 404, "nothing of it stands today"
    answer = member.get(path + THEN)
    assert {id for id in re.findall(r'id="s-([0-9a-f]{12})"', answer.text)} == shown
    assert "<form" not in main(answer) and 'name="what"' not in answer.text
    source = path.partition("/told/")[0]
    assert f'href="{path}{THEN}"' in member.get(source + THEN).text
    assert path not in member.get(source).text
    gone = member.get(f"{path}?as_of=2025-12-31")
    assert gone.status == 404 and say("web_earlier.absent", "en") in gone.text


def test_the_days_of_the_law_are_those_of_that_day_and_no_file_is_made_of_them(member: Visitor) -> None:
    page = f"/case/{CASE}/law/days"
    complain(member.house.ledger)
    now, then = main(member.get(page)), main(member.get(page + THEN))
    assert "<form" in now and "6 February 2026" in now, "a duty of what was recorded today"
    assert "<form" not in then and "6 February 2026" not in then
    assert say("law.notice", "en") in then
    member.house.ledger.clock = count(FIRST_DAY + 50 * DAY, 1000).__next__
    now, then = main(member.get(page)), main(member.get(f"{page}?as_of=2026-01-21"))
    assert "6 February 2026" in then and "6 February 2026" not in now, "it was to come, and is over"
    assert member.post(page + THEN, {"read": "yes", "file": "/x.ics"}).status == 403


def test_days_that_were_found_on_that_day_are_not_taken_for_those_as_of_it(member: Visitor) -> None:
    """A session that goes on over midnight remembers what it found yesterday: that is of another record."""
    house = member.house
    house.ledger.clock = count(FIRST_DAY + 4 * DAY, 1000).__next__
    member.get(f"/case/{CASE}/law/days")
    house.ledger.clock = count(FIRST_DAY + 20 * DAY, 1000).__next__
    kept = house.desk.assessments._days
    known = {case: (state, ()) for case, (state, _) in kept.items()}
    assert known and all(days for _, days in kept.values())
    kept.update(known)
    assert "<table" in main(member.get(f"/case/{CASE}/law/days{THEN}")), "found anew"
    assert kept == known, "and not remembered"


def test_what_could_be_used_against_whom_opens_as_of_a_day_where_names_are_open(member: Visitor) -> None:
    page = f"/case/{CASE}/law/warnings"
    closed = member.get(page + THEN)
    assert closed.status == 403 and say("web_earlier.closed", "en") in closed.text
    assert "location" not in closed.headers, "nobody signs as of an earlier day"
    member.post("/identity/open", {"about": CASE, "reason": "INVENTED: to look"})
    ledger = member.house.ledger
    view, open_as_of = ledger.view(), end_day(date(2026, 1, 5))
    case = view.find(CASE)
    left = ledger.make_statement(view.find(WOMAN), case, "left_on", Date("2012", "2012-01-01", "2012-12-31"))
    ledger.append(ledger.vault.compartment("main"), [(Stratum.RECORD, left)])
    now, then = main(member.get(page)), main(member.get(page + THEN))
    assert f"/about/{left.about.id}" in now and f"/about/{left.about.id}" not in then
    found = warn(ledger.read_on(ledger.vault.compartment("main"), open_as_of), case)
    assert found and all(f"/about/{one.statement}?as_of=2026-01-05#s-" in then for one in found)
    assert AT["en"] in member.get(page + THEN).text and "<form" not in then


def test_nothing_is_recorded_there(member: Visitor) -> None:
    vault = member.house.ledger.vault
    before = [step.hash for one in vault.compartments for step in one.history.steps()]
    for path in [path for method, path, _ in gather() if method == "POST"]:
        answer = member.post(fill(path) + THEN)
        assert answer.status == 403 and say("web_earlier.still", "en") in answer.text, path
    assert [step.hash for one in vault.compartments for step in one.history.steps()] == before
    assert member.house.desk.identity.signed is None and not member.house.desk.jobs.all()


def test_what_cannot_be_shown_so_is_refused_and_not_shown_as_today(member: Visitor) -> None:
    targets = [fill(path) for method, path, _ in gather() if method == "GET"]
    refused = [one for one in targets if not can_show(one)]
    assert len(refused) > 30
    for target in refused:
        answer = member.get(target + THEN)
        assert answer.status == 403 and say("web_earlier.elsewhere", "en") in answer.text, target


def test_what_is_no_earlier_day_shows_nothing(member: Visitor) -> None:
    for query in ("=2026-02-30", "=x", "=20260105", "=2026-01-05&as_of=2026-01-06", "=2026-01-21"):
        answer = member.get(f"/case/{CASE}?as_of{query}")
        assert answer.status == 422 and CASE not in main(answer), query


def test_before_it_was_recorded_it_is_not_known(member: Visitor) -> None:
    answer = member.get(f"/case/{CASE}?as_of=2025-12-31")
    assert answer.status == 404 and say("web_earlier.absent", "en") in answer.text
    assert "As known on 31 December 2025." in answer.text and CASE not in main(answer)


def test_names_are_shown_of_a_day_only_where_they_are_today(member: Visitor) -> None:
    path = f"/person/{WOMAN}{THEN}"
    assert not [name for name in NAMES if name in member.get(path).text]
    member.post("/identity/open", {"about": CASE, "reason": "INVENTED: to look"})
    opened = [member.get(one).text for one in (path, f"/case/{CASE}{THEN}")]
    assert all(AT["en"] in one and [name for name in NAMES if name in one] for one in opened)
    kept = member.house.desk.portraits._kept.values()
    assert {held.stratum for _, one in kept for held in one.portrait.statements} <= {"record"}
    member.post("/identity/close", {"back": "/"})
    assert not [name for name in NAMES if name in member.get(path).text]


def test_the_day_is_typed_as_people_write_it(member: Visitor) -> None:
    for typed in ("2026-01-05", "5 January 2026", "2026년 1월 5일", "2026年1月5日"):
        for part, path in (("", ""), ("law", "/law"), ("dossier", "")):
            answer = member.post(f"/case/{CASE}/earlier", {"day": typed, "part": part})
            assert answer.headers["location"] == f"/case/{CASE}{path}{THEN}"


def test_from_what_is_in_a_case_one_comes_back_to_it(member: Visitor) -> None:
    for path in (f"/person/{WOMAN}", find_item(member), find_interview(member).partition("/told/")[0]):
        code = path.split("/")[2]
        asks = f"/case/{CASE}/earlier?about={code}"
        assert f'href="{asks}"' in member.get(path).text and f'href="{asks}"' in member.get(path + THEN).text
        assert code in main(member.get(asks))
        answer = member.post(f"/case/{CASE}/earlier", {"day": "2026-01-05", "part": "", "about": code})
        assert answer.headers["location"] == path + THEN
        again = member.post(f"/case/{CASE}/earlier", {"day": "", "part": "", "about": code})
        assert again.status == 422 and f'name="about" value="{code}"' in again.text


def test_nobody_is_led_to_what_is_in_another_case(member: Visitor) -> None:
    view = member.house.ledger.view()
    other = next(one.case for one in view.cases() if one.case != view.find(CASE))
    for about in ("P-0000000", "<script>", "//example.org", view.call(other)):
        answer = member.post(f"/case/{CASE}/earlier", {"day": "2026-01-05", "part": "", "about": about})
        assert answer.status in (404, 422) and "location" not in answer.headers, about


def test_what_is_not_one_earlier_day_is_said_at_its_field(member: Visitor) -> None:
    for typed in ("", "2025", "last spring", "<script>", "2026-01-21", "2026-01-05?", "tomorrow"):
        answer = member.post(f"/case/{CASE}/earlier", {"day": typed, "part": ""})
        assert answer.status == 422 and 'href="#day"' in answer.text, typed
