"""A statement is corrected, taken back and given back; whoever does it at the same time loses nothing."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, expect
from tests.promises import office as invented
from tests.promises.office import Office
from tests.web.bridge import Bridge
from tests.web.visiting import Answered, House, Visitor

from onggi.ledger.held import Held
from onggi.ledger.versions import list_versions
from onggi.model.value import Text, Value
from onggi.words import LANGUAGES, say

NEW = "INVENTED: sold in the autumn"
HOSTILE = (
    "<script>document.title='run'</script>",
    "\u202egnp.exe",
    "{{ 7*7 }}",
    "a" * 100_000,
    "\0",
    "김\ud7ff",
)


@pytest.fixture
def visitor(house: House) -> Visitor:
    return Visitor(house)


def find_note(visitor: Visitor, text: str = invented.RECORDED) -> Held:
    """What is recorded of the sale, in the words of the record."""
    view = visitor.house.desk.receive("/", "en", {}, {}, {}).view()
    (found,) = [one for one in view.of_property("note") if one.statement.value == Text(text, "en")]
    return found


def list_live(visitor: Visitor, about: str) -> list[Value]:
    view = visitor.house.desk.receive("/", "en", {}, {}, {}).view()
    return [held.statement.value for held in view.live(about, "note")]


def read_fields(page: str) -> dict[str, str]:
    """What a form holds when nobody has typed."""
    areas = re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', page)
    lines = re.findall(r'<input type="text" id="(\w+)" name="\w+" value="([^"]*)"', page)
    chosen = re.findall(r'<select id="(\w+)"(?:(?!</select>).)*?value="([^"]*)" selected', page, re.DOTALL)
    return {name: typed for name, typed in (*areas, *lines, *chosen) if typed and name != "seek"}


def send(visitor: Visitor, id: str, do: str, changed: Mapping[str, str]) -> Answered:
    before = read_fields(visitor.get(f"/statement/{id}/correct").text)
    return visitor.post(f"/statement/{id}/correct", {**before, **changed, "do": do})


def test_a_correction_is_shown_then_recorded_and_its_words_go_along_unseen(visitor: Visitor) -> None:
    old = find_note(visitor)
    subject, ledger = old.statement.subject, visitor.house.ledger
    page = visitor.get(f"/statement/{old.id}").text
    assert f'href="/statement/{old.id}/correct"' in page and "살구나무" not in page
    assert "살구나무" not in visitor.get(f"/statement/{old.id}/correct").text, "identity is closed"
    shown = send(visitor, old.id, "check", {"value": NEW})
    assert shown.status == 200 and NEW in shown.text and invented.RECORDED in shown.text
    assert list_live(visitor, subject) == [Text(invented.RECORDED, "en")], "nothing was recorded by looking"
    graded = send(visitor, old.id, "check", {"reliability": "B", "locator": "INVENTED: page 4"})
    assert "INVENTED: page 4" in graded.text.partition('<form method="post" action="/statement')[0]
    again = send(visitor, old.id, "change", {"value": NEW})
    assert again.status == 200 and NEW in again.text
    answer = send(visitor, old.id, "record", {"value": NEW})
    assert answer.status == 303 and answer.headers["location"].endswith("?done=corrected")
    assert list_live(visitor, subject) == [Text(NEW, "en")]
    new = find_note(visitor, NEW)
    assert new.statement.trace.supersedes == (old.id,) and new.statement.source == old.statement.source
    inside = ledger.read_on(ledger.vault.compartment(old.compartment))
    (words,) = inside.live(new.id, "verbatim")
    assert words.statement.words and words.statement.words.original.startswith("살구나무")
    assert inside.live(old.id, "verbatim") == []
    both = visitor.get(answer.headers["location"]).text
    assert invented.RECORDED in both and NEW in both and say("web_statement.replaced", "en") in both
    assert send(visitor, new.id, "record", {}).status == 422, "nothing is different"


def test_two_who_correct_at_once_are_both_kept_and_shown_side_by_side(visitor: Visitor) -> None:
    old = find_note(visitor)
    other = "INVENTED: sold in the winter"
    assert send(visitor, old.id, "record", {"value": NEW}).status == 303
    warned = send(visitor, old.id, "check", {"value": other})
    assert say("web_statement.check.beside", "en") in warned.text.replace("&#39;", "'")
    answer = send(visitor, old.id, "record", {"value": other})
    assert answer.headers["location"].endswith("?done=beside")
    assert set(list_live(visitor, old.statement.subject)) == {Text(NEW, "en"), Text(other, "en")}
    ledger = visitor.house.ledger
    inside = ledger.read_on(ledger.vault.compartment(old.compartment))
    for text in (NEW, other):
        assert len(inside.live(find_note(visitor, text).id, "verbatim")) == 1, "neither loses the words"
    page = visitor.get(answer.headers["location"]).text
    beside = page[page.index('<section class="conflict"') : page.index("</section>", page.index("conflict"))]
    assert NEW in beside and other in beside and invented.RECORDED not in beside
    same = send(visitor, old.id, "record", {"value": other})
    assert same.headers["location"].partition("?")[0] == answer.headers["location"].partition("?")[0]
    assert len(list_live(visitor, old.statement.subject)) == 2, "sent twice, it is recorded once"


def test_it_is_taken_back_with_a_reason_and_given_back(visitor: Visitor) -> None:
    old = find_note(visitor)
    path = f"/statement/{old.id}"
    for reason in ("", " ", invented.NAME):
        refused = visitor.post(f"{path}/withdraw", {"reason": reason})
        assert refused.status == 422 and 'href="#reason"' in refused.text
    assert list_live(visitor, old.statement.subject) != []
    answer = visitor.post(f"{path}/withdraw", {"reason": "INVENTED: another case"})
    assert answer.headers["location"] == f"{path}?done=withdrawn"
    assert list_live(visitor, old.statement.subject) == []
    page = visitor.get(path).text
    assert "INVENTED: another case" in page and invented.RECORDED in page
    typed = {"value": NEW}
    late = send(visitor, old.id, "record", typed)
    assert late.status == 422 and NEW in late.text and list_live(visitor, old.statement.subject) == []
    assert visitor.post(f"{path}/restore", {"reason": ""}).status == 422
    assert visitor.post(f"{path}/restore", {"reason": "INVENTED: it was hers"}).status == 303
    assert list_live(visitor, old.statement.subject) == [Text(invented.RECORDED, "en")]
    assert visitor.post(f"{path}/restore", {"reason": "x"}).status == 422, "nothing is taken back any more"


def test_what_was_taken_back_meanwhile_is_recorded_only_by_who_says_so(visitor: Visitor) -> None:
    old = find_note(visitor)
    visitor.post(f"/statement/{old.id}/withdraw", {"reason": "INVENTED"})
    refused = send(visitor, old.id, "check", {"value": NEW})
    assert refused.status == 422 and 'id="anyway"' in refused.text
    assert send(visitor, old.id, "record", {"value": NEW, "anyway": "yes"}).status == 303
    assert list_live(visitor, old.statement.subject) == [Text(NEW, "en")]


def test_a_name_in_a_correction_is_refused_and_what_cannot_be_read_too(visitor: Visitor) -> None:
    old = find_note(visitor)
    for changed in (
        {"value": f"INVENTED: {invented.NAME}"},
        {"value": ""},
        {"lang": "kauderwelsch!"},
        {"reliability": "Z"},
        {"polarity": "perhaps"},
        {"distance": "near"},
        {"locator": "\x1b[31m"},
    ):
        refused = send(visitor, old.id, "record", changed)
        assert refused.status == 422, changed
        assert f'href="#{next(iter(changed))}"' in refused.text
    assert list_live(visitor, old.statement.subject) == [Text(invented.RECORDED, "en")]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_text_or_refused(visitor: Visitor, typed: str) -> None:
    old = find_note(visitor)
    for name in ("value", "locator", "lang", "words_lang", "translation_lang", "distance", "anyway", "do"):
        answer = send(visitor, old.id, "check", {name: typed})
        assert answer.status in (200, 422), name
        assert "<script>document" not in answer.text
    assert visitor.post(f"/statement/{old.id}/withdraw", {"reason": typed, "x": typed}).status in (303, 422)
    assert visitor.get("/statement/" + "0" * 32).status == 404


def test_what_lies_in_identity_is_reached_only_while_it_is_open(visitor: Visitor, office: Office) -> None:
    ledger = visitor.house.ledger
    inside = ledger.read_on(ledger.vault.compartment(invented.MAIN))
    name = next(one for one in inside.of_property("name") if one.statement.value == Text(invented.NAME, "ko"))
    for path in ("", "/correct", "/withdraw"):
        closed = visitor.get(f"/statement/{name.id}{path}")
        assert closed.status == 404 and invented.NAME not in closed.text
    assert visitor.post(f"/statement/{name.id}/withdraw", {"reason": "x"}).status == 404
    asked = {"about": office.keys["case"], "reason": "INVENTED", "back": "/"}
    assert visitor.post("/identity/open", asked).status == 303
    assert invented.NAME in visitor.get(f"/statement/{name.id}/correct").text
    answer = send(visitor, name.id, "record", {"value": "맑은물나온"})
    assert answer.status == 303
    after = ledger.read_on(ledger.vault.compartment(invented.MAIN))
    assert [one.held.stratum for one in list_versions(after, name.id)] == ["identity", "identity"]
    visitor.post("/identity/close", {"back": "/"})
    assert visitor.get(answer.headers["location"]).status == 404


@pytest.mark.system
def test_in_a_browser_a_statement_is_corrected_and_taken_back_from_its_page(
    browser: Browser, house: House
) -> None:
    old = find_note(Visitor(house))
    bridge = Bridge(browser, house)
    page = bridge.open(f"/about/{old.statement.subject}")
    seen = bridge.opened[0]
    page.locator(f"a[href='/statement/{old.id}']").press("Enter")
    page.get_by_role("link", name=say("web_statement.correct", "en")).press("Enter")
    page.fill("#value", NEW)
    page.get_by_role("button", name=say("web_statement.check", "en")).press("Enter")
    expect(page.locator("main")).to_contain_text(NEW)
    page.get_by_role("button", name=say("web_record.record", "en")).press("Enter")
    expect(page.locator(".versions > li")).to_have_count(2)
    new = find_note(Visitor(house), NEW)
    for tongue in LANGUAGES:
        house.session.tongue = tongue
        page.set_viewport_size({"width": 360, "height": 740})
        for path in ("", "/correct", "/withdraw"):
            page.goto(page.url.partition("/statement/")[0] + f"/statement/{new.id}{path}")
            assert page.evaluate("document.documentElement.lang") == tongue
            assert seen.find_barriers() == [], path
            assert page.evaluate("document.documentElement.scrollWidth") == 360, path
    assert page.is_checked("#which"), "all of it, if nobody says otherwise"
    page.fill("#reason", "INVENTED: another case")
    page.locator("main form .button.grave").press("Enter")
    expect(page.locator("#reason")).to_be_visible()
    assert list_live(Visitor(house), old.statement.subject) == []
    bridge.settle()
