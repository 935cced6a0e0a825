"""What was judged is found again, looked at and taken back; any two are chosen, looked at and judged."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.web.bridge import Bridge
from tests.web.browser import ORIGIN
from tests.web.test_review import NAMES, REASON, WOMAN, open_names, record_twins, view_of
from tests.web.visiting import Answered, Visitor

from onggi.ledger.judging import Judged, judge_pair, list_judgements
from onggi.model.judgement import Verdict
from onggi.web.pages import judged as page_of
from onggi.words import LANGUAGES, say

FRIEND, DAUGHTER = "P-2M9XCVC", "P-5ZP1GQ7"
TWINS = "1" * 32, "2" * 32


def judge(visitor: Visitor, one: str, other: str, verdict: Verdict, because: str) -> Judged:
    ledger = visitor.house.ledger
    return judge_pair(ledger, ledger.vault.compartment(), (one, other), verdict, because)


def look(visitor: Visitor, path: str) -> str:
    page = visitor.get(path).text
    return page[page.index("<main") : page.index("</main>")]


def undo(visitor: Visitor, id: str, because: str, at: str = "/review/judged") -> Answered:
    return visitor.post(at, {"judgement": id, f"undo-{id}": because})


def test_all_that_stands_is_listed_by_codes_until_names_are_open(
    visitor: Visitor, colleague: Visitor
) -> None:
    judge(visitor, WOMAN, FRIEND, "different", "INVENTED: years apart")
    judge(colleague, WOMAN, DAUGHTER, "unsure", "INVENTED: too little is said")
    page = look(visitor, "/review/judged")
    for told in (WOMAN, FRIEND, DAUGHTER, "Different people", "years apart", "by member 1", "by member 2"):
        assert told in page, told
    assert page.index("too little is said") < page.index("years apart"), "the newest first"
    assert not [name for name in NAMES if name in page]
    visitor.post("/identity/open", {"about": WOMAN, "reason": REASON})
    assert NAMES[0] in look(visitor, "/review/judged"), "of the case that is open"


def test_any_is_taken_back_for_a_reason_without_a_name_and_stays_to_be_seen(visitor: Visitor) -> None:
    first = judge(visitor, WOMAN, FRIEND, "different", "INVENTED: years apart")
    judge(visitor, WOMAN, DAUGHTER, "unsure", "INVENTED: too little is said")
    for wrong in ("", " ", "리영희"):
        answer = undo(visitor, first.id, wrong)
        assert answer.status == 422 and f'<a href="#undo-{first.id}">' in answer.text
        assert len(list_judgements(view_of(visitor))) == 2
    done = undo(visitor, first.id, "INVENTED: another year")
    assert done.headers["location"] == "/review/judged?done=undone"
    ((held, _),) = list_judgements(view_of(visitor))
    assert held.id != first.id
    assert "years apart" not in look(visitor, "/review/judged")
    former = look(visitor, "/review/judged/former")
    for told in ("years apart", "another year", say("web_judged.taken", "en"), "by member 1"):
        assert told in former
    assert "<form" not in former, "it was taken back already"
    again = undo(visitor, first.id, "INVENTED: twice")
    assert again.status == 422 and say("web.instead.judge.absent", "en") in again.text


def test_what_was_replaced_stands_again_once_the_later_one_is_taken_back(visitor: Visitor) -> None:
    judge(visitor, WOMAN, FRIEND, "different", "INVENTED: years apart")
    later = judge(visitor, FRIEND, WOMAN, "unsure", "INVENTED: a second thought")
    former = look(visitor, "/review/judged/former")
    assert "years apart" in former and say("web_judged.replaced", "en") in former
    undo(visitor, later.id, "INVENTED: the first was right")
    assert "years apart" in look(visitor, "/review/judged")
    assert "a second thought" in look(visitor, "/review/judged/former")


def test_whose_it_is_or_an_admin_takes_it_back_and_nobody_else(visitor: Visitor, colleague: Visitor) -> None:
    hers = judge(visitor, WOMAN, FRIEND, "different", "INVENTED: years apart")
    assert f'value="{hers.id}"' not in look(colleague, "/review/judged")
    assert undo(colleague, hers.id, "INVENTED: no").status == 403
    assert len(list_judgements(view_of(visitor))) == 1
    theirs = judge(colleague, WOMAN, DAUGHTER, "unsure", "INVENTED: too little is said")
    assert f'value="{theirs.id}"' in look(visitor, "/review/judged")
    assert undo(visitor, theirs.id, "INVENTED: it is told").status == 303
    assert [held.id for held, _ in list_judgements(view_of(visitor))] == [hers.id]


def test_what_waits_says_so_and_ties_nobody(visitor: Visitor) -> None:
    record_twins(visitor, accused=True)
    done = judge(visitor, *TWINS, "same", "INVENTED: one village")
    page = look(visitor, "/review/judged")
    assert say("web_judged.waits", "en") in page and 'href="/waiting"' in page
    assert undo(visitor, done.id, "INVENTED: too soon").status == 303
    assert "one village" not in look(visitor, "/waiting")


def test_a_long_list_is_paged_and_an_error_stands_on_its_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of, "_PAGE", 1)
    oldest = judge(visitor, WOMAN, FRIEND, "different", "INVENTED: years apart")
    judge(visitor, WOMAN, DAUGHTER, "unsure", "INVENTED: too little is said")
    assert "years apart" not in look(visitor, "/review/judged")
    assert "years apart" in look(visitor, "/review/judged?page=2")
    assert "years apart" in undo(visitor, oldest.id, "").text


def test_the_two_stand_side_by_side_with_all_that_was_judged_of_them(visitor: Visitor) -> None:
    record_twins(visitor)
    path = f"/review/two/{TWINS[0]}/{TWINS[1]}"
    first = judge(visitor, *TWINS, "different", "INVENTED: years apart")
    judge(visitor, WOMAN, FRIEND, "unsure", "INVENTED: of others")
    assert f'href="{path}"' in look(visitor, "/review/judged")
    closed = visitor.get(path).text
    assert "박금순" not in closed and f'name="back" value="{path}"' in closed
    opened = visitor.post("/review/open", {"reason": REASON, "back": path})
    assert opened.headers["location"] == path
    page = look(visitor, path)
    for told in ("박금순", "Born in the same year.", "for one person", "years apart"):
        assert told in page
    assert "of others" not in page and say("link.chance.nearly", "en") not in page
    assert undo(visitor, first.id, "", path).status == 422
    assert undo(visitor, first.id, "INVENTED: one year", path).headers["location"] == f"{path}?done=undone"
    assert say("web_judged.taken", "en") in look(visitor, path)
    assert first.id not in {held.id for held, _ in list_judgements(view_of(visitor))}


def test_who_is_said_to_be_two_people_is_marked_and_a_place_is_nobody(visitor: Visitor) -> None:
    open_names(visitor)
    told = say("web_two.apart", "en")
    assert told in look(visitor, f"/review/two/{WOMAN}/{DAUGHTER}")
    for two in ((WOMAN, "C-7Q2WZ5C"), ("C-7Q2WZ5C", WOMAN)):
        refused = visitor.get(f"/review/two/{two[0]}/{two[1]}")
        assert refused.status == 422 and say("judge.kinds", "en") in refused.text
    assert visitor.get(f"/review/two/{WOMAN}/{WOMAN}").status == 422


@pytest.mark.parametrize(
    ("tongue", "hers"),
    [
        ("en", f"{WOMAN} (리영희) · Travelled together with: {FRIEND}"),
        ("zh", f"{WOMAN}（리영희） · 同行的人：{FRIEND}"),
    ],
)
def test_what_is_said_of_somebody_else_begins_with_her(visitor: Visitor, tongue: str, hers: str) -> None:
    open_names(visitor)
    page = visitor.get(f"/review/two/{WOMAN}/{FRIEND}", accept_language=tongue).text
    told = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page))
    assert hers in told and f"{FRIEND} (리영희)" not in told and f"{FRIEND}（리영희）" not in told
    assert (" (" in told) == (tongue == "en")


def choose(visitor: Visitor, one: str, other: str, **chosen: str) -> Answered:
    return visitor.post("/review/two", {"one": one, "other": other, **chosen})


def test_of_two_that_were_chosen_one_accused_same_waits_and_nothing_is_merged(visitor: Visitor) -> None:
    record_twins(visitor, accused=True)
    path = f"/review/two/{TWINS[0]}/{TWINS[1]}"
    sent = {"verdict": "same", "reason": "INVENTED: one village"}
    assert visitor.post(path, sent).headers["location"] == path, "names are closed"
    assert list_judgements(view_of(visitor)) == []
    open_names(visitor)
    assert say("web_review.accused", "en") in look(visitor, path)
    for wrong in ({"reason": ""}, {"reason": "박금순"}, {"verdict": "merge"}):
        answer = visitor.post(path, {**sent, **wrong})
        assert answer.status == 422 and '<a href="#reason">' in answer.text
        assert list_judgements(view_of(visitor)) == []
    assert visitor.post(path, sent).headers["location"] == f"{path}?done=waits"
    assert view_of(visitor).sameness(TWINS[0]).cluster(TWINS[0]) == {TWINS[0]}
    assert "one village" in look(visitor, path) and "one village" in look(visitor, "/waiting")


def test_two_are_chosen_by_code_or_by_any_spelling_which_no_address_holds(visitor: Visitor) -> None:
    assert f'href="/review/two/{WOMAN}"' in look(visitor, f"/person/{WOMAN}")
    closed = choose(visitor, "리영희", FRIEND).text
    assert 'action="/review/open"' in closed and "리영희" not in closed
    open_names(visitor)
    assert f'value="{WOMAN}"' in look(visitor, f"/review/two/{WOMAN}")
    beside = f"/review/two/{WOMAN}/{FRIEND}"
    assert choose(visitor, WOMAN.lower(), "Kim Sun Ok").headers["location"] == beside
    asked = choose(visitor, "Ri Yong Hui", FRIEND)
    assert asked.status == 422 and '<a href="#one_as">' in asked.text and f"{WOMAN} · 리영희" in asked.text
    hers = view_of(visitor).find(WOMAN)
    again = choose(visitor, "Ri Yong Hui", FRIEND, one_as=hers, other_as=hers)
    assert again.headers["location"] == beside, "a choice counts only where several are meant"
    for one, other in ((WOMAN, ""), (WOMAN, "C-7Q2WZ5C"), (WOMAN, "Nobody At All"), (WOMAN, WOMAN)):
        answer = choose(visitor, one, other)
        assert answer.status == 422 and '<a href="#other">' in answer.text, other


def test_who_is_chosen_already_is_not_offered_as_the_other_one(visitor: Visitor) -> None:
    record_twins(visitor)
    open_names(visitor)
    both = choose(visitor, "박금순", "박금순")
    assert both.status == 422 and both.text.count(f'value="{TWINS[0]}"') == 2
    beside = f"/review/two/{TWINS[0]}/{TWINS[1]}"
    assert choose(visitor, TWINS[0], "박금순").headers["location"] == beside
    assert choose(visitor, "박금순", TWINS[1]).headers["location"] == beside
    assert choose(visitor, "박금순", "박금순", one_as=TWINS[0]).headers["location"] == beside
    assert choose(visitor, TWINS[0], TWINS[0]).status == 422


@pytest.fixture
def bridge(browser: Browser, visitor: Visitor) -> Iterator[Bridge]:
    record_twins(visitor)
    bridge = Bridge(browser, visitor.house)
    yield bridge
    bridge.settle()


@pytest.mark.system
def test_by_the_keyboard_alone_two_are_chosen_judged_and_that_is_taken_back(bridge: Bridge) -> None:
    page = bridge.open(f"/review/two/{TWINS[0]}")
    seen = bridge.opened[0]
    page.set_viewport_size({"width": 360, "height": 740})
    page.focus("#reason")
    page.keyboard.type(REASON)
    page.keyboard.press("Enter")
    expect(page.locator("#one")).to_have_value(TWINS[0])
    page.focus("#one")
    page.keyboard.press("Control+A")
    page.keyboard.type("박금순")
    page.focus("#other")
    page.keyboard.type("박금순")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    assert seen.find_barriers() == [] and page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(f"input[name=one_as][value='{TWINS[0]}']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#judge")).to_be_visible()
    assert page.url == f"{ORIGIN}/review/two/{TWINS[0]}/{TWINS[1]}"
    page.focus("#reason")
    page.keyboard.type("INVENTED: years apart")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[role=status]")).to_have_text(say("web_review.done.different", "en"))
    page.locator("details summary", has_text=say("web_review.undo", "en")).press("Enter")
    page.locator("details input[type=text]").focus()
    page.keyboard.type("INVENTED: too soon")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_have_text(say("web_review.done.undone", "en"))
    for tongue in LANGUAGES:
        page.locator(f".tongues button[value={tongue}]").press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", tongue)
        for path in ("/review/two", f"/review/two/{TWINS[0]}/{TWINS[1]}", "/review/judged/former"):
            page.goto(ORIGIN + path)
            assert "박금순" not in page.title()
            assert seen.find_barriers() == [], (tongue, path)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, (tongue, path)
