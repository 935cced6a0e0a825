"""An earlier day: never taken for today nor the reverse, nothing recorded there, and what was known then."""

import re
from datetime import date
from itertools import count
from typing import Any

import pytest
from starlette.routing import compile_path
from tests.cli.conftest import FIRST_DAY
from tests.web.visiting import Answered, Visitor

from onggi.law.assess import assess_case
from onggi.ledger.view import View
from onggi.model.day import end_day
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.web import assessing
from onggi.web.earlier import can_show
from onggi.web.pages import gather
from onggi.words import LANGUAGES, say

CASE, WOMAN = "C-7Q2WZ5C", "P-8F3KT2H"
PARTS = ("", "/people", "/chronology", "/map", "/statements", "/law")
NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
THEN = "?as_of=2026-01-05"
LATER = "INVENTED: what came later"
DAY = 86_400_000
_READ = re.compile(rf"/item/[^/]+|/case/{CASE}/earlier\?part=\w*")
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


def test_it_is_what_the_ledger_says_of_that_day(member: Visitor) -> None:
    view = member.house.ledger.view(end_day(date(2026, 1, 5)))
    known = {held.id[:12] for held in view.portrait(view.find(CASE)).statements}
    pages = [member.get(f"/case/{CASE}/statements{THEN}&page={at}").text for at in range(1, 9)]
    found = {id for page in pages for id in re.findall(r'id="s-([0-9a-f]{12})"', page)}
    assert len(found) > 100 and found <= known
    assert (end_day(date(1970, 1, 1)), end_day(date(2026, 1, 1))) == (DAY - 1, FIRST_DAY + DAY - 1)


def test_every_page_says_so_leads_back_and_offers_nothing_that_records(member: Visitor) -> None:
    paths = [f"/case/{CASE}{part}" for part in PARTS] + [f"/person/{WOMAN}"]
    led = ("/statement/", f"/person/{WOMAN}"), ("/source/", f"/case/{CASE}")
    for start, at in (*led, (f"/case/{CASE}/law/norm/", f"/case/{CASE}/law")):
        paths += sorted(one for one in find_links(main(member.get(at))) if one.startswith(start))[:1]
    assert len(paths) == len(PARTS) + 4
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


def test_what_is_not_one_earlier_day_is_said_at_its_field(member: Visitor) -> None:
    for typed in ("", "2025", "last spring", "<script>", "2026-01-21", "2026-01-05?", "tomorrow"):
        answer = member.post(f"/case/{CASE}/earlier", {"day": typed, "part": ""})
        assert answer.status == 422 and 'href="#day"' in answer.text, typed
