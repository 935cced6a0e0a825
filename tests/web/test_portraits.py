"""A large case is weighed once: never of what is no longer so, and never with what identity knows."""

import pytest
from tests.web.visiting import Visitor

from onggi.ledger.view import View
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.web import portraits
from onggi.web.portraits import Weighed, weigh_entity

CASE = "C-7Q2WZ5C"
PARTS = ("", "/people", "/chronology", "/map", "/statements")


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The strata of each view in which a case was weighed."""
    seen: list[frozenset[str]] = []

    def weigh(view: View, entity: str) -> Weighed:
        if view.kind_of(entity) == "case":
            seen.append(view.strata)
        return weigh_entity(view, entity)

    monkeypatch.setattr(portraits, "weigh_entity", weigh)
    return seen


def look(visitor: Visitor) -> list[str]:
    return [visitor.get(f"/case/{CASE}{part}").text for part in PARTS]


def id_of(visitor: Visitor) -> str:
    return visitor.house.ledger.view().find(CASE)


def record_note(visitor: Visitor, case: str, text: str) -> None:
    ledger = visitor.house.ledger
    note = ledger.make_statement(case, case, "note", Text(text, "en"))
    ledger.append(ledger.vault.compartment("main"), [(Stratum.RECORD, note)])


def test_it_is_weighed_once_until_something_is_recorded_anywhere(
    visitor: Visitor, weighed: list[frozenset[str]]
) -> None:
    first = look(visitor)
    assert look(visitor) == first and len(weighed) == 1
    own, other = sorted(visitor.house.ledger.view().cases(), key=lambda one: one.case != id_of(visitor))[:2]
    record_note(visitor, own.case, "INVENTED: what came later")
    assert "what came later" in look(visitor)[0] and len(weighed) == 2
    record_note(visitor, other.case, "INVENTED: elsewhere")
    look(visitor)
    assert len(weighed) == 3, "what judges or unites may lie in another case"


def test_what_identity_knows_is_not_remembered(visitor: Visitor, weighed: list[frozenset[str]]) -> None:
    look(visitor)
    visitor.post("/identity/open", {"about": CASE, "reason": "INVENTED: to look"})
    before = len(weighed)
    for count in (1, 2):
        visitor.get(f"/case/{CASE}/people")
        assert len(weighed) == before + count and "identity" in weighed[-1]
    kept = visitor.house.desk.portraits._kept
    said = [held for _, one in kept.values() for held in one.portrait.statements]
    assert said and {held.stratum for held in said} == {"record"}
    visitor.post("/identity/close", {"back": "/"})
    assert not [name for name in ("리영희", "Li Yingji") if name in "".join(look(visitor))]


def test_it_is_let_go_of_with_everything_else(visitor: Visitor) -> None:
    look(visitor)
    desk = visitor.house.desk
    assert desk.portraits._kept
    desk.receive("/", "en", {}, {}, {}).forget()
    assert not desk.portraits._kept
