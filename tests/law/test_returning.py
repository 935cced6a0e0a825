"""Risk on return: from her own facts, beside a count of what is recorded of others, and nothing more."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st
from tests.law.invented import Told, year

from onggi.law.acts import list_acts
from onggi.law.facts import Facts
from onggi.law.returning import Harm, Returning, list_harms, list_returns, load_risks
from onggi.words import LANGUAGES


def in_china(told: Told, person: str = "her") -> Told:
    told.say(person, "kind", "person", source=None).say(person, "nationality", "kp")
    return told.say(person, "lives_in", "CN-LN", "CN")


def sent_back(told: Told, person: str, source: str = "s2") -> Told:
    """Somebody who lived in China, was sent back, and was tortured in North Korea."""
    in_china(told, person).say(person, "returned_on", span=year(2019), source=source)
    told.say(f"camp-{person}", "kind", "act", source=None)
    told.say(f"camp-{person}", "type", "torture_kp", source=source)
    return told.say(f"camp-{person}", "victim", person, source=source)


def judge(told: Told, harms: list[Harm] | None = None) -> dict[str, Returning]:
    facts = told.facts()
    return {one.person: one for one in list_returns(facts, list_acts(facts), harms or [])}


def states(one: Returning) -> dict[str, str]:
    return {weighed.element.id: weighed.state for weighed in one.elements}


def harms_of(told: Told, case: str = "other") -> list[Harm]:
    items = (dataclasses.replace(fact, id=f"{case}-{fact.id}") for fact in told.items)
    return list_harms(Facts(case, tuple(items)))


def test_what_stands_beside_her_is_her_own() -> None:
    told = in_china(Told()).say("her", "left_on", span=year(2010))
    in_china(told, "friend").say("friend", "registration", "known_to_police")
    told.say("friend", "silence_reason", "torture")
    assert states(judge(told)["her"]) == {
        "outside": "supported",
        "punished": "supported",
        "before": "not_known",
        "known": "not_known",
        "fear": "not_known",
    }
    assert states(judge(told)["friend"])["known"] == states(judge(told)["friend"])["fear"] == "supported"


def test_others_are_a_count_of_statements_sources_and_cases() -> None:
    other = sent_back(sent_back(Told(), "one"), "two")
    third = sent_back(Told(), "three", source="s9")
    found = judge(in_china(Told()), [*harms_of(other), *harms_of(third, "third")])["her"]
    assert (len(found.statements), found.sources, found.cases) == (3, 2, 2)
    assert {field.name for field in dataclasses.fields(Returning)} == {
        "person",
        "dead",
        "elements",
        "statements",
        "sources",
        "cases",
    }


def test_what_happened_to_others_shows_no_element_of_hers() -> None:
    harms = harms_of(sent_back(Told(), "one"))
    assert states(judge(in_china(Told()), harms)["her"]) == states(judge(in_china(Told()))["her"])


def test_she_is_not_counted_among_the_others() -> None:
    told = sent_back(Told(), "her")
    found = judge(told, harms_of(told))["her"]
    assert found.statements == () and states(found)["before"] == "supported"


def test_who_was_not_sent_back_or_from_another_state_is_not_counted() -> None:
    stayed = in_china(Told(), "one").say("camp", "kind", "act").say("camp", "type", "torture_kp")
    assert harms_of(stayed.say("camp", "victim", "one")) == []
    russia = Told().say("one", "kind", "person").say("one", "lives_in", "RU")
    russia.say("one", "returned_on", span=year(2019)).say("camp", "kind", "act")
    russia.say("camp", "type", "torture_kp").say("camp", "victim", "one")
    assert harms_of(russia) and judge(in_china(Told()), harms_of(russia))["her"].statements == ()


def test_a_denial_and_a_beating_in_china_are_no_harm_after_a_return() -> None:
    told = in_china(Told(), "one").say("one", "returned_on", span=year(2019))
    told.say("kill", "kind", "act").say("kill", "type", "killing").say("kill", "victim", "one")
    told.say("kill", "place", "CN-LN", "CN")
    told.say("camp", "kind", "act").say("camp", "type", "torture_kp", denies=True)
    assert harms_of(told.say("camp", "victim", "one")) == []


def test_a_source_that_cites_another_is_counted_once() -> None:
    """Independence is judged where facts are read: whoever cites has the same source."""
    told = sent_back(Told(), "one", source="root")
    told.say("camp-one", "type", "torture_kp", source="root")
    found = judge(in_china(Told()), harms_of(told))["her"]
    assert (len(found.statements), found.sources) == (2, 1)


def test_everybody_of_the_north_is_in_it_and_the_dead_are_called_so() -> None:
    told = in_china(Told()).act("killing", "killing").say("her", "victim_status", "dead")
    told.say("him", "kind", "person").say("him", "nationality", "cn")
    assert set(judge(told)) == {"her"} and judge(told)["her"].dead
    assert set(judge(in_china(told, "helper"))) == {"her", "helper"}
    denied = in_china(Told()).say("her", "victim_status", "dead", denies=True)
    assert not judge(denied)["her"].dead


@given(st.lists(st.sampled_from(["one", "two", "three"]), max_size=6))
def test_more_statements_of_others_never_lower_the_count(people: list[str]) -> None:
    counts = []
    for end in range(len(people) + 1):
        told = Told()
        for at, person in enumerate(people[:end]):
            sent_back(told, person, source=f"s{at}")
        found = judge(in_china(Told()), harms_of(told))["her"]
        counts.append((len(found.statements), found.sources, found.cases))
    assert counts == sorted(counts)


def test_every_element_speaks_three_languages() -> None:
    for weighed in load_risks().values():
        assert tuple(weighed.element.texts) == LANGUAGES
