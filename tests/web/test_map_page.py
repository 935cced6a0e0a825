"""The map of a case: no finer than a county, whoever looks; and a table that says the same."""

import re

import pytest
from tests.ledger.invented import hold, id_of, state
from tests.web.opening import Opened
from tests.web.visiting import Visitor

from onggi.ledger.view import Portrait
from onggi.model.places import load_places
from onggi.model.value import Place
from onggi.web.spots import group_places
from onggi.words import LANGUAGES, say

CASE = "C-7Q2WZ5C"
PATH = f"/case/{CASE}/map"
PHONE = {"width": 360, "height": 740}


def test_what_is_of_another_stratum_or_reaches_somebody_is_never_on_a_map() -> None:
    held = [
        hold(state("a", "exact_place", Place("CN-210682"), "act"), 1, stratum="identity"),
        hold(state("b", "exact_place", Place("CN-210682"), "act"), 2, stratum="record"),
        hold(state("c", "place", Place("CN-210682"), "act"), 3, stratum="identity"),
        hold(state("d", "place", Place("CN-210682"), "act"), 4, stratum="care"),
        hold(state("e", "place", Place("CN-LN"), "act"), 5, stratum="record"),
        hold(state("f", "place", Place("CN-210682-17"), "act"), 6, stratum="record"),
    ]
    groups = group_places(Portrait("x", None, None, tuple(held), {}, (), False, 0))
    assert {id: [one.id for one in said] for id, said in groups.items()} == {
        "CN-LN": [id_of("e")],
        "": [id_of("f")],
    }


def test_a_map_is_the_same_while_identity_is_open(visitor: Visitor) -> None:
    closed = _main(visitor.get(PATH).text)
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: to look at the map"})
    overview = visitor.get(f"/case/{CASE}/statements").text
    assert "Exact place" in overview or "+86" in overview, "identity is open"
    assert _main(visitor.get(PATH).text) == closed


def test_every_place_is_a_county_or_larger_and_its_ring_is_wide() -> None:
    for place in load_places().values():
        assert place.middle is None or place.middle.radius >= 10_000


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_the_table_says_what_is_drawn_and_leads_to_what_is_said(visitor: Visitor, tongue: str) -> None:
    page = visitor.get(PATH, accept_language=tongue).text
    main = _main(page)
    assert load_places()["CN-LN"].label(tongue) in main[main.index("<svg") : main.index("</svg>")]
    table = main[main.index("<table") : main.index("</table>")]
    assert load_places()["CN-LN"].label(tongue) in table and say("web_map.credit", tongue)[:20] in main
    links = re.findall(r'href="#(place-\d+)"', table)
    assert len(links) == table.count("<tr>") - 1 > 1
    assert all(f'id="{one}"' in main for one in links)


def test_what_is_no_case_has_no_map(visitor: Visitor) -> None:
    assert visitor.get("/case/P-8F3KT2H/map").status == 422


@pytest.mark.system
@pytest.mark.parametrize("tongue", LANGUAGES)
def test_a_map_keeps_nobody_out(opened: Opened, tongue: str) -> None:
    seen = opened.visit(PATH, tongue, viewport=PHONE)
    assert seen.page.locator("figure svg").is_visible()
    assert seen.find_barriers() == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    seen.settle()
    seen.page.context.close()


def _main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]
