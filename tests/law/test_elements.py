"""An element is weighed, not scored: support never weakens, contradiction never strengthens."""

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.law.invented import Told, on

from onggi.law.acts import list_acts
from onggi.law.elements import CONTRADICTED, NOT_KNOWN, SUPPORTED, Weighed, weigh_element
from onggi.law.facts import Fact
from onggi.law.norms import load_norms
from onggi.law.qualify import Suggestion, suggest_norms

NORMS = load_norms()
ELEMENT = NORMS["CN-CL-232"].elements[0]
RANK = {CONTRADICTED: 0, NOT_KNOWN: 1, SUPPORTED: 2}

FACTS = st.builds(
    Fact,
    id=st.text("0123456789abcdef", min_size=4, max_size=4),
    subject=st.just("killing"),
    property=st.just("consequence"),
    values=st.just(("death",)),
    source=st.sampled_from([None, "s1", "s2", "s3"]),
    distance=st.sampled_from([None, 0, 1, 2]),
    grade=st.sampled_from(["", "A1", "C3"]),
)


# An id stands for one statement.
SOME = st.lists(FACTS, unique_by=lambda fact: fact.id)


@given(SOME, SOME, FACTS)
def test_support_never_weakens(pro: list[Fact], contra: list[Fact], one: Fact) -> None:
    assume(one.id not in {fact.id for fact in pro})
    before, after = weigh_element(ELEMENT, pro, contra), weigh_element(ELEMENT, [*pro, one], contra)
    assert RANK[after.state] >= RANK[before.state]
    assert after.sources >= before.sources
    assert before.distance is None or (after.distance is not None and after.distance <= before.distance)
    assert set(before.supporting) <= set(after.supporting)
    assert after.contradicting == before.contradicting


@given(SOME, SOME, FACTS)
def test_contradiction_never_strengthens(pro: list[Fact], contra: list[Fact], one: Fact) -> None:
    before, after = weigh_element(ELEMENT, pro, contra), weigh_element(ELEMENT, pro, [*contra, one])
    assert RANK[after.state] <= RANK[before.state]
    assert (after.sources, after.distance, after.supporting) == (
        before.sources,
        before.distance,
        before.supporting,
    )


def suggest(told: Told) -> dict[tuple[str, str | None], Suggestion]:
    facts = told.facts()
    return {(one.norm.id, one.scope.victim): one for one in suggest_norms(facts, list_acts(facts), NORMS)}


def state(told: Told, norm: str, element: str) -> Weighed:
    found = suggest(told)[norm, "her"]
    return next(one for one in found.elements if one.element.id == element)


# A statement that may be made of the one killing, whoever makes it.
SAID = st.tuples(
    st.sampled_from(
        [
            ("killing", "method", "knife"),
            ("killing", "method", "beating"),
            ("killing", "consequence", "death"),
            ("killing", "involvement", "carried_out"),
            ("her", "victim_status", "dead"),
            ("her", "manner_of_death", "accident"),
            ("her", "manner_of_death", "homicide"),
            ("him", "confessed_to", "killing"),
            ("police", "response", "suspect_released"),
            ("police", "response", "investigated"),
            ("her", "family_told", "no"),
            ("her", "nationality", "kp"),
        ]
    ),
    st.booleans(),
    st.sampled_from(["s1", "s2"]),
)


def tell(said: list[tuple[tuple[str, str, str], bool, str]]) -> Told:
    told = Told().act("killing", "killing")
    told.say("police", "kind", "intervention").say("police", "responds_to", "killing")
    for (subject, name, value), denies, source in said:
        told.say(subject, name, value, denies=denies, source=source)
    return told


@given(st.lists(SAID, max_size=8), SAID)
def test_in_a_whole_case_each_statement_moves_each_element_one_way_only(
    said: list[tuple[tuple[str, str, str], bool, str]],
    one: tuple[tuple[str, str, str], bool, str],
) -> None:
    before, after = suggest(tell(said)), suggest(tell([*said, one]))
    (_, name, value), denies, _ = one
    for key, found in before.items():
        for old, new in zip(found.elements, after[key].elements, strict=True):
            shows = any(p.property == name and value in p.values for p in old.element.shown_by)
            opposes = any(p.property == name and value in p.values for p in old.element.against)
            if shows and not denies and not opposes:
                assert RANK[new.state] >= RANK[old.state]
            if (shows and denies) or (opposes and not denies):
                assert RANK[new.state] <= RANK[old.state]
                assert new.sources <= old.sources or not denies


# ---------------------------------------------------------------------------------------- single cases


def test_a_source_that_only_repeats_another_is_counted_once() -> None:
    told = Told().act("killing", "killing", by=None)
    told.say("her", "victim_status", "dead", source="s1").say("her", "victim_status", "dead", source="s1")
    assert state(told, "CN-CL-232", "death").sources == 1
    assert state(told.say("her", "victim_status", "dead", source="s2"), "CN-CL-232", "death").sources == 2


def test_what_a_member_describes_supports_and_is_no_source() -> None:
    told = Told().say("killing", "kind", "act", source=None).say("killing", "type", "killing", source=None)
    found = state(told.say("killing", "victim", "her", source=None), "CN-CL-232", "death")
    assert (found.state, found.sources, found.distance) == (SUPPORTED, 0, 2)


def test_a_contradicted_death_is_contradicted_however_many_support_it() -> None:
    told = Told().act("killing", "killing").say("her", "victim_status", "dead", source="s2")
    found = state(told.say("her", "victim_status", "dead", denies=True), "CN-CL-232", "death")
    assert found.state == CONTRADICTED
    assert len(found.supporting) == 2
    assert len(found.contradicting) == 1


def test_a_case_with_no_perpetrator_place_or_date_is_weighed_all_the_same() -> None:
    told = Told().act("killing", "killing", by=None)
    assert state(told, "CN-CL-232", "death").state == SUPPORTED
    assert state(told, "CN-CL-232", "act").state == NOT_KNOWN


def test_an_act_without_a_victim_is_weighed_on_its_own() -> None:
    told = Told().say("killing", "kind", "act", source=None).say("killing", "type", "killing")
    assert ("CN-CL-232", None) in suggest(told)


def test_what_was_done_to_one_person_is_not_weighed_for_another() -> None:
    told = Told().act("one", "killing", victim="her").act("two", "killing", victim="other")
    told.say("two", "method", "knife")
    assert state(told, "CN-CL-232", "intent").state == NOT_KNOWN
    assert suggest(told)["CN-CL-232", "other"].elements[3].state == SUPPORTED


def test_a_knife_killing_is_guarded_against_260() -> None:
    told = Told().act("killing", "killing").act("beating", "beating")
    assert [guard.id for guard in suggest(told)["CN-CL-260", "her"].guards] == ["killing"]
    beaten = Told().act("beating", "beating")
    assert suggest(beaten)["CN-CL-260", "her"].guards == ()


def test_alternatives_stand_side_by_side() -> None:
    found = suggest(Told().act("killing", "killing"))
    assert {("CN-CL-232", "her"), ("CN-CL-234", "her")} <= found.keys()


def test_norms_that_may_incriminate_are_never_suggested() -> None:
    told = Told().act("killing", "killing").say("her", "left_on", span=on("2010-05-05"))
    told.say("her", "registration", "bought_hukou").say("her", "civil_status", "married")
    flagged = {id for id, norm in NORMS.items() if norm.flag}
    assert {"CN-CL-322", "CN-CL-280", "CN-CL-258", "CN-CL-318", "KP-CL-221", "CN-EEAL-79"} <= flagged
    assert not flagged & {norm for norm, _ in suggest(told)}


def test_a_norm_brings_those_it_needs() -> None:
    found = suggest(Told().act("killing", "killing"))
    assert ("INT-CAH-MURDER", "her") in found
    assert {one.state for one in found["INT-CAH-CHAPEAU", "her"].elements} == {NOT_KNOWN}


def test_a_person_s_qualification_is_named_and_brings_its_norm_up() -> None:
    told = Told().act("killing", "killing").say("killing", "qualified_as", "CN-CL-233", id="f" * 32)
    assert suggest(told)["CN-CL-233", "her"].qualified == ("f" * 32,)
    assert suggest(told)["CN-CL-232", "her"].qualified == ()


def test_the_duty_to_investigate_is_contradicted_where_nothing_was_investigated() -> None:
    told = Told().act("killing", "killing").say("police", "kind", "intervention")
    told.say("police", "responds_to", "killing").say("police", "response", "no_investigation")
    found = {one.element.id: one.state for one in suggest(told)["INT-DUE-DILIGENCE", "her"].elements}
    assert found == {
        "death": SUPPORTED,
        "prompt": CONTRADICTED,
        "effective": CONTRADICTED,
        "independent": NOT_KNOWN,
        "transparent": NOT_KNOWN,
    }
