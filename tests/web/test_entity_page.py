"""Pages of sources, of what happened and of places; what lies in identity is counted only while open."""

import re

import pytest
from tests.web.visiting import Visitor

from onggi.model.stratum import Stratum
from onggi.model.value import Entity, Place, Term
from onggi.web import behind
from onggi.web.shown import label_property
from onggi.words import LANGUAGES, say

CASE, SALE, WOMAN = "C-7Q2WZ5C", "A-W4TX9RX", "P-8F3KT2H"
OTHER = "A-3JD6MBD"


def read_main(visitor: Visitor, path: str, **more: str) -> str:
    """What stands in the middle of a page, without marks."""
    answer = visitor.get(path, **more)
    assert answer.status == 200, path
    text = answer.text
    main = text[text.index("<main") : text.index("</main>")]
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main, flags=re.S).split())


def open_names(visitor: Visitor) -> None:
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: to look at the pages"})


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_of_what_happened_each_answer_has_its_sources(visitor: Visitor, tongue: str) -> None:
    text = read_main(visitor, f"/act/{SALE}", accept_language=tongue)
    page = visitor.get(f"/act/{SALE}", accept_language=tongue).text
    parts = [f'<h2 id="{id}">' for id in ("conflicts", "what", "who", "when")]
    assert sorted(parts, key=page.index) == parts, "contradictions come first"
    agree = say("web_entity.agree", tongue, count=2)
    assert re.search(re.escape(agree) + r" S-[0-9A-Z]{7}\W+S-[0-9A-Z]{7}", text), (
        "the sources, not a number alone"
    )
    assert f"≠ {say('web.statement.contested', tongue)}" in text


def test_who_told_it_stands_nowhere_until_names_are_open(visitor: Visitor) -> None:
    view = visitor.house.ledger.read_on(visitor.house.ledger.vault.compartment())
    hers = Entity(view.find(WOMAN))
    told = next(one.statement for one in view.live_of("witness") if one.statement.value == hers)
    path = f"/source/{view.call(told.subject)}"
    closed = read_main(visitor, path)
    assert WOMAN not in closed.split("What this source said")[0] and say("web_entity.teller", "en") in closed
    assert "How what it said was graded" in closed and "graded B2" in closed
    open_names(visitor)
    opened = read_main(visitor, path)
    assert f"The person behind the source {WOMAN}" in opened and say("web_entity.teller", "en") not in opened
    visitor.post("/identity/close", {"back": "/"})
    assert read_main(visitor, path) == closed


def test_of_a_source_stands_what_it_rests_on_and_what_rests_on_it(visitor: Visitor) -> None:
    view = visitor.house.ledger.view()
    said = next(held.statement for held in view.live_of("cites"))
    repeats, first = view.call(said.subject), view.call(said.value.entity)  # type: ignore[union-attr]
    text = read_main(visitor, f"/source/{repeats}")
    assert text.index("What it rests on") < text.index(f"Cites {first}")
    text = read_main(visitor, f"/source/{first}")
    assert "no second witness" in text and text.index("What depends on it") < text.index(repeats)


def test_a_place_is_found_by_a_statement_of_the_record_alone(visitor: Visitor) -> None:
    ledger = visitor.house.ledger
    case, act = (ledger.view().find(one) for one in (CASE, SALE))
    # even where somebody recorded it wrongly: what says how she is reached leads to no place
    wrong = ledger.make_statement(act, case, "exact_place", Place("CN-210682"))
    right = ledger.make_statement(act, case, "place", Place("CN-210682"))
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, wrong), (Stratum.IDENTITY, right)])
    for id in (wrong.id, right.id):
        open_names(visitor)
        assert visitor.get(f"/at/{id}").status == 404
        visitor.post("/identity/close", {"back": "/"})
        assert visitor.get(f"/at/{id}").status == 404
    path = re.findall(r'href="(/at/[0-9a-f]{32})"', visitor.get(f"/case/{CASE}/map").text)[0]
    closed = read_main(visitor, path)
    assert (
        "黑龙江" in closed
        and "흑룡강성" in closed
        and "Ring" in closed
        and "What is recorded there" in closed
    )
    open_names(visitor)
    assert read_main(visitor, path) == closed
    assert "<title>Place – Onggi</title>" in visitor.get(path).text


def test_what_lies_in_identity_is_counted_only_while_it_is_open(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, asked = visitor.house.ledger, list[object]()

    def find_three(*given: object) -> tuple[tuple[int, ...], dict[str, str]]:
        asked.append(given)
        return (1, 2, 3), {}

    monkeypatch.setattr(behind, "read_open", find_three)
    case, item = ledger.view().find(CASE), ledger.vault.randomness(16).hex()
    said = ledger.make_statement(item, case, "kind", Term("entity_kinds", "item"))
    ledger.append(ledger.vault.compartment(), [(Stratum.RECORD, said)])
    told = "Items of which it is not said where they come from"
    home = visitor.get("/").text
    assert "only while names are open" in home and told not in home and not asked
    open_names(visitor)
    home = visitor.get("/").text
    assert told in home and "one item" in home and not asked, "a pair may reach into a case that is not open"
    visitor.post("/review/open", {"reason": "INVENTED: to judge"})
    home = visitor.get("/").text
    assert "3 pairs" in home and len(asked) == 1
    assert "3 pairs" in visitor.get("/").text and len(asked) == 1, "counted once until something is recorded"
    visitor.post("/identity/close", {"back": "/"})
    home = visitor.get("/").text
    assert told not in home and "pairs" not in home.replace("Pairs", "") and len(asked) == 1


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_followed_something_is_not_said_to_lead_to_it(visitor: Visitor, tongue: str) -> None:
    """On the page of what came before, a statement of what came after reads the other way."""
    ledger = visitor.house.ledger
    view = ledger.view()
    case, sale = view.find(CASE), view.find(SALE)
    later = ledger.make_statement(sale, case, "follows", Entity(view.find(OTHER)))
    ledger.append(ledger.vault.compartment("main"), [(Stratum.RECORD, later)])
    text = read_main(visitor, f"/act/{OTHER}", accept_language=tongue)
    assert say("web_entity.back.follows", tongue) in text
    assert label_property("follows", tongue) not in text
    assert label_property("follows", tongue) in read_main(visitor, f"/act/{SALE}", accept_language=tongue)
