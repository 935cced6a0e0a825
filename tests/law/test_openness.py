"""Which avenues are open, which are not and why, and which are dangerous whatever else holds."""

from tests.law.invented import Told

from onggi.law.acts import list_acts
from onggi.law.avenues import load_avenues
from onggi.law.openness import Complaint, Openness, concern_states, judge_avenues, judge_complaints
from onggi.law.telling import say_complaint, say_why
from onggi.law.treaties import load_treaties
from onggi.words import LANGUAGES


def judge(told: Told) -> dict[str, Openness]:
    facts = told.facts()
    found = judge_avenues(facts, list_acts(facts), load_avenues(), load_treaties())
    assert len(found) == 31
    return {one.avenue.id: one for one in found}


def complain(told: Told) -> list[Complaint]:
    facts = told.facts()
    return judge_complaints(facts, list_acts(facts), load_treaties())


def in_china() -> Told:
    told = Told().act("killing", "killing").say("killing", "place", "CN-LN", "CN")
    return told.say("her", "nationality", "kp").say("her", "victim_status", "dead")


def test_a_red_gate_is_dangerous_whatever_else_holds() -> None:
    for told in (Told(), in_china()):
        found = judge(told)
        dangerous = {id for id, one in found.items() if one.status == "dangerous"}
        assert dangerous == {"CN-POLICE", "CN-PRIVATE", "CN-SUPERVISION", "KR-CONSULAR", "INTERPOL"}


def test_private_violence_in_china_is_not_detention_by_a_state() -> None:
    found = judge(in_china())
    assert found["WGAD-REG"].status == "not_open"
    assert "not detention by a State" in say_why(found["WGAD-REG"], "en")
    assert found["WGEID-URG"].status == found["WGEID-STD"].status == "not_open"
    assert found["UN-SP"].status == found["OHCHR-SEOUL"].status == "open"


def test_detention_by_the_state_opens_the_working_group() -> None:
    told = Told().act("arrest", "arrest_cn").say("arrest", "place", "CN-LN", "CN")
    assert judge(told)["WGAD-REG"].status == judge(told)["WGAD-UA"].status == "open"
    assert judge(told.say("her", "victim_status", "dead"))["WGAD-UA"].status == "not_open"


def test_a_court_whose_treaty_binds_nobody_concerned_is_not_open() -> None:
    assert judge(in_china())["ICC-15"].status == "not_open"
    in_korea = Told().act("killing", "killing").say("killing", "place", "KR")
    assert judge(in_korea)["ICC-15"].status == "open"


def test_an_avenue_against_another_state_is_not_open() -> None:
    assert judge(in_china())["KR-CIVIL"].status == "not_open"
    assert judge(Told().act("torture", "torture_kp"))["KR-CIVIL"].status == "open"


def concern(told: Told) -> frozenset[str]:
    facts = told.facts()
    return concern_states(facts, list_acts(facts))


def test_a_return_concerns_the_state_that_sends_and_the_state_that_takes() -> None:
    assert concern(Told().act("return", "refoulement")) == {"CN", "KP"}
    assert concern(Told().act("arrest", "arrest_cn")) == {"CN"}
    assert concern(Told().act("torture", "torture_kp")) == {"KP"}


def test_where_she_lives_concerns_a_state_and_where_somebody_else_does_not() -> None:
    told = Told().act("killing", "killing")
    assert concern(told.say("friend", "lives_in", "KR")) == frozenset()
    assert concern(told.say("her", "lives_in", "CN-LN", "CN")) == {"CN"}
    denied = Told().act("killing", "killing").say("her", "lives_in", "CN", denies=True)
    assert concern(denied) == frozenset()


def test_without_any_place_nothing_is_closed_for_its_state() -> None:
    assert judge(Told().act("killing", "killing"))["KR-CIVIL"].status == "open"


def test_what_rests_on_the_media_alone_is_no_complaint_to_the_council() -> None:
    told = in_china().say("many", "event_kind", "pattern").say("s1", "source_kind", "news_article")
    assert judge(told)["HRC-CP"].status == "not_open"
    assert judge(told.say("s2", "source_kind", "interview"))["HRC-CP"].status == "open"


def test_mandates_fit_what_was_done() -> None:
    told = in_china().act("sale", "sale").act("marriage", "forced_marriage")
    told.say("police", "kind", "intervention").say("police", "responds_to", "killing")
    told.say("police", "response", "suspect_released")
    found = [one.id for one in judge(told)["UN-SP"].mandates]
    assert found == ["SR-DPRK", "SR-VAWG", "SR-TIP", "SR-SLAVERY", "SR-EJE", "SR-IJL"]


def test_what_is_asked_for_is_there_or_missing() -> None:
    found = judge(in_china())["UN-SP"]
    assert {one.id for one in found.there} == {"victims", "perpetrators", "place", "account"}
    assert {one.id for one in found.lacks} == {"submitter", "date", "steps", "confidential", "consent_letter"}


def test_a_denied_death_closes_nothing() -> None:
    told = Told().act("killing", "killing").say("her", "victim_status", "dead", denies=True)
    assert judge(told)["UNHCR"].status == "open"


def test_no_individual_complaint_is_open_against_china_or_the_north() -> None:
    found = complain(in_china())
    assert {one.state for one in found} == {"CN", "KP"}
    assert {one.treaty.id for one in found} == {
        "CAT",
        "ICCPR",
        "ICESCR",
        "CEDAW",
        "CRC",
        "CERD",
        "CRPD",
        "CED",
    }
    assert {one.status for one in found} == {"not_open"}
    why = {(one.treaty.id, one.state): one.why for one in found}
    assert why["ICCPR", "CN"] == "not_ratified"
    assert why["CED", "CN"] == why["CAT", "KP"] == "not_party"
    assert why["CAT", "CN"] == why["CEDAW", "KP"] == "not_accepted"


def test_every_reason_speaks_three_languages() -> None:
    for lang in LANGUAGES:
        assert all(say_why(one, lang) for one in judge(in_china()).values())
        assert all(say_complaint(one, lang) for one in complain(in_china()))
