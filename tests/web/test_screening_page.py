"""Texts that wait to be screened: seen only while identity is open, let through or held back, and signed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.promises import office as invented
from tests.promises.office import RECORDER
from tests.web.bridge import Bridge
from tests.web.browser import ORIGIN
from tests.web.visiting import Answered, House, Visitor

from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.screening import is_screened, list_waiting
from onggi.model.stratum import Stratum
from onggi.model.value import Term, Text
from onggi.words import LANGUAGES, say

CLEAN, NAMED = "INVENTED: she wept at the gate", f"INVENTED: {invented.NAME}가 울었다"
HOSTILE = "INVENTED: <script>document.title='run'</script> \u202egnp"


@pytest.fixture
def visitor(house: House) -> Iterator[Visitor]:
    """An admin, at a vault in which the recorder, who may not see names, wrote three texts."""
    recorder = invented.enter_ledger(house.ledger.vault.folder.root, RECORDER)
    matter = next(one.case for one in recorder.view().cases())
    said = [
        recorder.make_statement(matter, matter, "note", Text(text, "ko")) for text in (CLEAN, NAMED, HOSTILE)
    ]
    recorder.append(recorder.vault.compartment(), [(Stratum.RECORD, one) for one in said])
    recorder.close()
    yield Visitor(house)


def ledger_of(visitor: Visitor) -> Ledger:
    return visitor.house.desk.receive("/", "en", {}, {}, {}).ledger


def find(visitor: Visitor, text: str) -> Held:
    (found,) = [
        one
        for one in ledger_of(visitor).view().of_property("note")
        if one.statement.value == Text(text, "ko")
    ]
    return found


def screened(visitor: Visitor, text: str) -> bool:
    ledger = ledger_of(visitor)
    compartment = ledger.vault.compartment(invented.MAIN)
    return is_screened(find(visitor, text), ledger.view(), ledger.seers(compartment))


def decide(visitor: Visitor, do: str, *texts: str) -> Answered:
    return visitor.post("/screening", {"do": do, "what": [find(visitor, one).id for one in texts]})


def open_names(visitor: Visitor) -> None:
    asked = {"compartment": invented.MAIN, "reason": "INVENTED: to screen"}
    assert visitor.post("/screening/open", asked).headers["location"] == "/screening"


def test_nothing_is_seen_or_signed_before_identity_is_open(visitor: Visitor) -> None:
    page = visitor.get("/screening").text
    assert "wept" not in page and "<mark>" not in page and invented.NAME not in page
    assert visitor.post("/screening/open", {"compartment": invented.MAIN, "reason": " "}).status == 422
    decide(visitor, "through", CLEAN)
    assert not screened(visitor, CLEAN)


def test_a_text_is_let_through_and_one_with_a_name_never(visitor: Visitor) -> None:
    open_names(visitor)
    page = visitor.get("/screening").text
    assert f"<mark>{invented.NAME}</mark>" in page and CLEAN in page and "<script>document" not in page
    assert decide(visitor, "through", CLEAN).headers["location"].endswith("done=through")
    assert decide(visitor, "through", NAMED, HOSTILE).headers["location"].endswith("done=named")
    assert screened(visitor, CLEAN) and screened(visitor, HOSTILE) and not screened(visitor, NAMED)
    assert CLEAN not in visitor.get("/screening").text
    assert decide(visitor, "through", CLEAN).headers["location"].endswith("done=gone")


def test_what_is_held_back_stays_until_it_is_let_through(visitor: Visitor) -> None:
    open_names(visitor)
    assert decide(visitor, "keep", CLEAN).headers["location"].endswith("done=kept")
    assert not screened(visitor, CLEAN)
    assert "held back" in visitor.get("/screening").text
    assert decide(visitor, "through", CLEAN).headers["location"].endswith("done=through")
    assert screened(visitor, CLEAN)


def test_who_opened_one_case_sees_and_signs_no_other(visitor: Visitor) -> None:
    ledger, other = ledger_of(visitor), "e" * 32
    said = ledger.make_statement(other, other, "kind", Term("entity_kinds", "case"))
    ledger.append(ledger.vault.compartment(invented.MAIN), [(Stratum.RECORD, said)])
    visitor.post("/identity/open", {"about": other, "reason": "INVENTED", "back": "/"})
    assert CLEAN not in visitor.get("/screening").text
    assert decide(visitor, "through", CLEAN).headers["location"].endswith("done=gone")
    assert not screened(visitor, CLEAN)


@pytest.mark.parametrize("typed", ["", "x", "0" * 32, "\0", "<script>", "9" * 5000])
def test_what_is_none_of_them_signs_nothing(visitor: Visitor, typed: str) -> None:
    open_names(visitor)
    for sent in ({"do": "through", "what": typed}, {"do": typed, "what": find(visitor, CLEAN).id}):
        assert visitor.post("/screening", sent).status == 303
    ledger = ledger_of(visitor)
    assert len(list_waiting(ledger, ledger.vault.compartment(invented.MAIN))) == 3


@pytest.mark.system
def test_in_a_browser_texts_are_screened_by_the_keyboard(browser: Browser, visitor: Visitor) -> None:
    bridge = Bridge(browser, visitor.house)
    page = bridge.open("/")
    seen = bridge.opened[0]
    page.locator("a[href='/screening']").press("Enter")
    page.fill("#reason", "INVENTED: to screen")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(invented.NAME)
    for tongue in LANGUAGES:
        visitor.house.session.tongue = tongue
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(f"{ORIGIN}/screening")
        assert page.evaluate("document.documentElement.lang") == tongue
        assert seen.find_barriers() == []
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    visitor.house.session.tongue = "en"
    page.goto(f"{ORIGIN}/screening")
    page.get_by_role("button", name=say("web_screening.through", "en")).first.press("Enter")
    expect(page.locator("[role=status]")).to_have_text(say("web_screening.done.through", "en"))
    assert screened(visitor, CLEAN)
    bridge.settle()
