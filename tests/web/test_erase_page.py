"""Erasing what is kept of a person in the app: where identity is open, never by the way, and then gone."""

import pytest
from tests.web.visiting import Visitor

from onggi.ledger.ledger import Unit
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.web.jobs import Job
from onggi.web.orders import Kept
from onggi.words import LANGUAGES, say

WOMAN, CASE = "P-8F3KT2H", "C-7Q2WZ5C"
PATH = f"/person/{WOMAN}/erase"
NAMES = ("리영희", "이영희", "李英姬", "Li Yingji")
SURE = {"reason": "INVENTED: she asked for it", "sure": "yes"}


@pytest.fixture
def reader(visitor: Visitor) -> Visitor:
    """Somebody who opened her names."""
    visitor.post("/identity/open", {"about": WOMAN, "reason": "INVENTED: she asks to be forgotten"})
    return visitor


def units(visitor: Visitor) -> list[str]:
    return [one.unit for one in visitor.house.ledger.list_units(WOMAN)]


def test_what_lies_in_identity_is_told_nobody_while_it_is_closed(visitor: Visitor) -> None:
    assert visitor.get(PATH).headers["location"] == f"/identity/{WOMAN}"
    held = units(visitor)
    led = visitor.post(PATH, {"unit": held[0], **SURE})
    assert led.headers["location"] == f"/identity/{WOMAN}" and units(visitor) == held
    assert f'href="{PATH}"' in visitor.get(f"/person/{WOMAN}").text


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_it_takes_and_does_not_reach_stands_before_the_button(reader: Visitor, tongue: str) -> None:
    page = reader.get(PATH, accept_language=tongue).text
    button = page.index(say("web_erase.go", tongue) + "</button>")
    for told in ("web_erase.lead", "cli.erase.reach", "web_erase.sure.yes"):
        assert 0 < page.index(say(told, tongue)) < button
    assert "--because" not in page and not [name for name in NAMES if name in page]


@pytest.mark.parametrize("missing", ["unit", "reason", "sure"])
def test_without_all_that_is_asked_nothing_is_erased(reader: Visitor, missing: str) -> None:
    held = units(reader)
    asked = {"unit": held[0], **SURE, missing: "else" if missing == "unit" else " "}
    answer = reader.post(PATH, asked)
    assert answer.status == 422 and f'<a href="#{missing}">' in answer.text and units(reader) == held
    assert "--because" not in answer.text


def test_nothing_is_erased_while_a_job_may_be_reading(reader: Visitor) -> None:
    held = units(reader)
    reader.house.desk.jobs._jobs["0" * 32] = Job("0" * 32, "web_jobs.title")
    answer = reader.post(PATH, {"unit": held[0], **SURE})
    assert answer.status == 422 and say("web_erase.busy") in answer.text and units(reader) == held


def test_what_was_erased_is_read_nowhere_any_more(reader: Visitor) -> None:
    """Not by name, not in a page that was open, not from what the session remembered."""
    person, desk = f"/person/{WOMAN}", reader.house.desk
    assert any(name in reader.get(person).text for name in NAMES)
    order = desk.orders.keep(Kept({"named": ["리영희"]}, "case"))
    erased = units(reader)
    for unit in erased:
        reader.post("/identity/open", {"about": WOMAN, "reason": "INVENTED: to erase the next"})
        done = reader.post(PATH, {"unit": unit, **SURE})
        assert done.headers["location"] == f"{person}?done=erased"
        assert desk.identity.signed is None and desk.orders.find(order, "case") is None
    page = reader.get(done.headers["location"]).text
    assert say("web_erase.done") in page and not [name for name in NAMES if name in page]
    reader.post("/identity/open", {"about": WOMAN, "reason": "INVENTED: is it gone?"})
    again = reader.get(person).text
    assert not [name for name in NAMES if name in again] and not set(erased) & set(units(reader))
    assert say("web_erase.none") in reader.get(PATH).text


LOOSE = f"/case/{CASE}/erase"
WORDS = "INVENTED: the well behind the mill"


@pytest.fixture
def keeper(visitor: Visitor) -> Visitor:
    """Somebody who opened identity of a case in which something belongs to nobody."""
    ledger = visitor.house.ledger
    case = ledger.view().find(CASE)
    note = ledger.make_statement(case, case, "note", Text(WORDS, "en"))
    ledger.append(ledger.vault.compartment("main"), [(Stratum.IDENTITY, note)])
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: to erase it"})
    return visitor


def loose(visitor: Visitor) -> list[Unit]:
    ledger = visitor.house.ledger
    return ledger.list_loose(ledger.view().find(CASE))


def test_what_belongs_to_nobody_is_erased_from_its_case(keeper: Visitor) -> None:
    overview, hers = f"/case/{CASE}", units(keeper)
    assert f'href="{LOOSE}"' in keeper.get(overview).text and WORDS in keeper.get(overview).text
    held = [one for one in loose(keeper) if one.stratum == "identity"]
    assert len(held) == 1 and not {one.unit for one in loose(keeper)} & set(hers)
    page = keeper.get(LOOSE).text
    assert held[0].unit in page and say("web_erase.loose.lead", "en") in page and WORDS not in page
    refused = keeper.post(LOOSE, {"unit": hers[0], **SURE})
    assert refused.status == 422 and units(keeper) == hers, "hers is erased from her own page"
    done = keeper.post(LOOSE, {"unit": held[0].unit, **SURE})
    assert done.headers["location"] == f"{overview}?done=erased"
    assert say("web_erase.done") in keeper.get(done.headers["location"]).text
    keeper.post("/identity/open", {"about": CASE, "reason": "INVENTED: is it gone?"})
    assert WORDS not in keeper.get(overview).text
    assert held[0].unit not in {one.unit for one in loose(keeper)} and units(keeper) == hers


def test_what_belongs_to_nobody_is_told_nobody_while_it_is_closed(visitor: Visitor) -> None:
    held = [one.unit for one in loose(visitor)]
    assert visitor.get(LOOSE).headers["location"] == f"/identity/{CASE}"
    assert visitor.post(LOOSE, {"unit": "0" * 32, **SURE}).headers["location"] == f"/identity/{CASE}"
    assert [one.unit for one in loose(visitor)] == held and LOOSE not in visitor.get(f"/case/{CASE}").text
