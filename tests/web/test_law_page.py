"""The law pages of a case: what is found, that it is no advice; warnings only for whoever opened identity."""

import re
from collections.abc import Callable

import pytest
from tests.web.visiting import Visitor

from onggi.figures.figure import Figure
from onggi.law.assess import Assessed
from onggi.law.drawing import draw_limitation
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.words import LANGUAGES, say

CASE = "C-7Q2WZ5C"
NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_that_it_is_no_advice_stands_first_and_last(visitor: Visitor, tongue: str) -> None:
    page = visitor.get(f"/case/{CASE}/law", accept_language=tongue).text
    notice = say("law.notice", tongue)
    main = page[page.index("<main") : page.index("</main>")]
    assert main.index(notice) < main.index('id="norms"') and main.rindex(notice) > main.index('id="missing"')
    assert not [name for name in NAMES if name in page]


def test_the_matrix_says_in_a_table_what_it_shows(visitor: Visitor) -> None:
    page = visitor.get(f"/case/{CASE}/law").text
    first = page[page.index("<figure>") :]
    drawn, table = first[: first.index("</svg>")], first[first.index("<table") : first.index("</table>")]
    assert drawn.count("✓ ") == table.count("supported ") > 0
    assert "CN-CL-240" in table and 'data-head="P-' in table


def test_every_statement_that_is_referred_to_leads_somewhere(visitor: Visitor) -> None:
    page = visitor.get(f"/case/{CASE}/law").text
    paths = sorted(set(re.findall(r'href="(/about/[0-9a-f]{32})#', page)))
    assert len(paths) > 20
    for path in paths[:5]:
        found = visitor.get(path)
        found = visitor.get(found.headers["location"]) if found.status == 303 else found
        assert found.status == 200


def test_warnings_open_with_identity_alone_and_leave_nothing_behind(visitor: Visitor) -> None:
    path = f"/case/{CASE}/law/warnings"
    assert visitor.get(path).headers["location"] == f"/identity/{CASE}"
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: before an interview"})
    heads = [step.hash for one in visitor.house.ledger.vault.compartments for step in one.history.steps()]
    page = visitor.get(path)
    assert page.status == 200 and "It is not stored; do not print" in page.text
    kinds = re.findall(r'(?s)<h3 class="starts">(.*?)</h3>\s*<p>(.*?)</p>', page.text)
    told = re.findall(r'<li><a href="/about/\w+#s-\w+">P-\w{7} · ', page.text)
    assert len(told) > len(kinds) == len(set(kinds)) > 3, "each kind is told once, with all its statements"
    after = [step.hash for one in visitor.house.ledger.vault.compartments for step in one.history.steps()]
    assert after == heads
    visitor.post("/identity/close", {"back": "/"})
    assert visitor.get(path).status == 303


def test_what_was_drawn_is_drawn_again_when_something_changed(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of many persons is mostly pictures; each is made once, and never of what is no longer so."""
    drawn: list[str] = []

    def draw(one: Assessed, lang: str, call: Callable[[str], str]) -> tuple[Figure, ...]:
        drawn.append(lang)
        return draw_limitation(one, lang, call)

    monkeypatch.setattr("onggi.web.pages.law.draw_limitation", draw)
    path, ledger = f"/case/{CASE}/law", visitor.house.ledger
    first = visitor.get(path).text
    assert visitor.get(path).text == first and drawn == ["en"]
    visitor.get(path, accept_language="ko")
    assert drawn == ["en", "ko"]
    case = ledger.view().find(CASE)
    note = ledger.make_statement(case, case, "note", Text("INVENTED", "en"))
    ledger.append(ledger.vault.compartment("main"), [(Stratum.RECORD, note)])
    monkeypatch.setattr("onggi.web.assessing.LARGE", 1)
    job = visitor.get(path).headers["location"].rpartition("/")[2]
    visitor.house.desk.jobs._thread.submit(int).result()
    assert drawn == ["en", "ko", "en"], "the job draws what the page that asked for it shows"
    assert visitor.house.desk.jobs.find(job) is not None
    assert visitor.get(path).status == 200 and len(drawn) == 3
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: before an interview"})
    for count in (4, 5):
        assert visitor.get(path).status == 200 and len(drawn) == count, "nothing is kept of an open identity"


def test_what_is_no_case_has_no_law(visitor: Visitor) -> None:
    assert visitor.get("/case/P-8F3KT2H/law").status == 422
    assert visitor.get("/case/C-0000000/law").status == 422
