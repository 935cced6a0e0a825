"""The page of names: it says what `onggi names` says, in each language, and what was typed is in no other."""

import re
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from tests.web.opening import Opened
from tests.web.visiting import Visitor

from onggi.cli.main import run
from onggi.names.compare import compare
from onggi.names.reading import read_name
from onggi.names.telling import list_likely, say_comparison, say_form, say_reading
from onggi.words import LANGUAGES, say

A, B = "Li Yingji", "李英姬"
PHONE = {"width": 360, "height": 740}


def list_cells(page: str) -> list[str]:
    """The text of each cell of the tables of a page."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    return [unescape(re.sub(r"<[^>]+>", "", one)) for one in cells]


def test_a_name_is_read_as_on_the_command_line(
    visitor: Visitor, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for tongue, text in product(LANGUAGES, (A, "리영희", "Ли Ён Хи", "영희 엄마", "김영희 동지")):
        answer = visitor.post("/names", {"name": text}, accept_language=tongue)
        name, cells = read_name(text), list_cells(answer.text)
        assert answer.status == 200 and cells
        assert cells == [cell for one in list_likely(name) for cell in say_reading(one, tongue)]
        assert name.form is None or say_form(name.form, tongue) in answer.text
        monkeypatch.setenv("ONGGI_LANG", tongue)
        assert run(["names", text]) == 0
        said = capsys.readouterr().out
        assert [one for one in cells if one not in said] == []


def test_two_names_are_compared_and_it_is_no_proof(visitor: Visitor) -> None:
    compared = compare(A, B)
    for tongue in LANGUAGES:
        page = visitor.post("/names", {"name": A, "other": B}, accept_language=tongue).text
        assert f"{compared.score:.4f}" in page and say("names.proof", tongue) in page
        assert say_comparison(compared, tongue) in unescape(re.sub(r"<[^>]+>", "", page))
        assert f'<span lang="ko">{compared.reading}</span>' in page
        assert f'<span lang="{"ko" if tongue == "ko" else "zh"}">{B}</span>' in page
        assert f'<span lang="zh-Latn">{A}</span>' in page


def test_what_was_typed_stands_in_the_page_and_nowhere_else(visitor: Visitor, desk: Path) -> None:
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    for fields in ({"name": A}, {"name": A, "other": B}, {"name": A, "other": "1984"}):
        answer = visitor.post("/names", fields)
        assert A in answer.text
        title = answer.text.partition("</title>")[0]
        assert not [one for one in fields.values() if one in title or one in str(answer.headers)]
        assert "location" not in answer.headers and answer.headers["cache-control"] == "no-store"
    assert before == {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    for path in ("/names", "/names?name=Li+Yingji", "/search", "/", "/record", "/log"):
        assert A not in visitor.get(path).text, path


WRONG: list[tuple[dict[str, str], dict[str, str]]] = [
    ({}, {"name": "empty"}),
    ({"name": "리" * 10_000}, {"name": "long"}),
    ({"name": "<script>alert(1)</script>"}, {"name": "reading"}),
    ({"name": "리영희", "other": "Smithson"}, {"other": "reading"}),
    ({"name": "🙂", "other": " \u202e1984"}, {"name": "script", "other": "script"}),
    ({"other": "리영희"}, {"name": "empty"}),
]


def test_what_is_no_name_is_said_at_its_field(visitor: Visitor) -> None:
    for fields, wrong in WRONG:
        answer = visitor.post("/names", fields)
        assert answer.status == 422 and "<td" not in answer.text
        assert say("names.proof", "en") not in answer.text, "nothing was compared"
        told = re.findall(r'<p class="error" id="(\w+)-error">.*?</span>(.*?) </p>', answer.text)
        assert {field: unescape(text) for field, text in told} == {
            field: say(f"names.unread.{id}", "en") for field, id in wrong.items()
        }
        assert "<script>alert" not in answer.text


def test_the_same_text_twice_is_told_though_nobody_can_read_it(visitor: Visitor) -> None:
    answer = visitor.post("/names", {"name": "Smithson", "other": "smithson"})
    assert answer.status == 200 and say("names.compare.same_text", "en") in answer.text
    assert answer.text.count(say("names.unread.reading", "en")) == 2


@pytest.mark.system
def test_names_are_read_in_a_browser_from_search(opened: Opened) -> None:
    for tongue in LANGUAGES:
        seen = opened.visit("/search", tongue, viewport=PHONE)
        page = seen.page
        page.locator("main a[href='/names']").click()
        page.fill("#name", A)
        page.fill("#other", B)
        page.keyboard.press("Enter")
        page.locator("#alike").wait_for()
        assert page.url == f"{opened.origin}/names" and A not in page.title()
        assert page.locator("main").inner_text().count(B) == 3
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert seen.find_barriers() == []
        values = page.locator("main h2 span, main td > span")
        assert all(values.nth(at).get_attribute("lang") for at in range(values.count()))
        seen.settle()
        page.context.close()
