"""Which facts endanger whom: derived on demand, never a name, denials too."""

import ast
from pathlib import Path

from tests.law.invented import Told, year

import onggi.law
from onggi.law import reverse
from onggi.law.norms import load_norms
from onggi.law.reverse import ENDANGERED, find_warnings, gather_warnings, load_rules
from onggi.words import LANGUAGES

ROOM = Path(onggi.law.__file__).parent


def warn(told: Told) -> set[tuple[str | None, str, str]]:
    return {(one.norm, one.endangers, one.withheld_as) for one in find_warnings(told.facts())}


def test_crossing_intention_and_remittances_of_the_first_case() -> None:
    told = Told().say("her", "left_on", span=year(2010)).say("her", "escape_to", "KR")
    found = warn(told.say("her", "sends_money", "yes"))
    assert ("CN-CL-322", "victim", "route_or_helper") in found
    assert ("KP-CL-221", "victim", "intention_kr") in found
    assert (None, "family", "family_kp") in found


def test_a_life_in_the_south_endangers_her_and_her_family_at_home() -> None:
    found = warn(Told().say("her", "lives_in", "KR-11", "KR"))
    assert {one for one in found if one[0] == "KP-CL-221"} == {
        ("KP-CL-221", "victim", "intention_kr"),
        ("KP-CL-221", "family", "intention_kr"),
    }
    assert warn(Told().say("her", "lives_in", "CN-LN", "CN")) == set()


def test_contacts_endanger_and_no_norm_is_made_up_for_them() -> None:
    for name, value in (("account", "a handle"), ("phone", "a number"), ("source_kind", "message")):
        assert (None, "victim", "account") in warn(Told().say("her", name, value))
    found = warn(Told().say("friend", "intervention_type", "quiet_contact"))
    assert (None, "victim", "account") in found
    assert any(endangers == "helper" for _, endangers, _ in found)
    assert (None, "victim", "account") not in warn(Told().say("s", "source_kind", "news_article"))


def test_papers_bigamy_hosting_route_and_organisers() -> None:
    told = Told().say("her", "registration", "bought_hukou").say("her", "civil_status", "married")
    told.say("host", "role", "helper").say("her", "travelled_with", "friend")
    found = warn(told.say("guide", "broker_role", "river_guide").say("man", "broker_role", "escape_broker"))
    assert {norm for norm, _, _ in found} >= {
        "CN-CL-280",
        "CN-CL-258",
        "CN-EEAL-79",
        "CN-CL-321",
        "CN-CL-318",
    }


def test_a_denial_endangers_like_an_assertion() -> None:
    assert warn(Told().say("her", "escape_to", "KR", denies=True))


def test_what_endangers_nobody_gives_no_warning() -> None:
    told = Told().act("killing", "killing").say("killing", "method", "knife")
    assert find_warnings(told.facts()) == []


def test_each_statement_once_for_each_norm_and_class_of_people() -> None:
    told = Told().say("her", "escape_to", "KR").say("her", "left_on", span=year(2010))
    found = find_warnings(told.facts())
    keys = [(one.statement, one.norm, one.endangers) for one in found]
    assert len(keys) == len(set(keys))


def test_each_kind_is_gathered_once_and_loses_nothing() -> None:
    told = Told().say("her", "escape_to", "KR").say("her", "left_on", span=year(2010))
    told = told.say("her", "left_on", span=year(2011))
    found = find_warnings(told.facts())
    kinds = gather_warnings(found)
    assert len(kinds) < len(found) and sorted(map(repr, found)) == sorted(
        repr(one) for k in kinds for one in k
    )
    assert all(len({(one.rule, one.norm, one.endangers) for one in kind}) == 1 for kind in kinds)


def test_a_warning_holds_ids_and_classes_and_nothing_else() -> None:
    told = Told().say("her", "family_origin", "a name that must not be told")
    for one in find_warnings(told.facts()):
        assert "name" not in repr(one)


def test_every_rule_is_whole() -> None:
    assert {rule.endangers for rule in load_rules().values()} == set(ENDANGERED)
    for rule in load_rules().values():
        assert tuple(rule.texts) == LANGUAGES
        assert rule.norm is None or rule.norm in load_norms()
        assert rule.when


def test_every_norm_that_may_incriminate_has_a_rule() -> None:
    flagged = {id for id, norm in load_norms().items() if norm.flag}
    assert flagged == {rule.norm for rule in load_rules().values()} & flagged


def test_nothing_in_the_room_writes() -> None:
    """No module of the room opens a file for writing or appends to the ledger: warnings go nowhere."""
    written = []
    for module in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {
                "write_text",
                "write_bytes",
                "open_identity",
            }:
                written.append(f"{module.name}: {node.attr}")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"open", "Ledger"}:
                written.append(module.name)
    assert written == []
    assert "Ledger" not in dir(reverse)
