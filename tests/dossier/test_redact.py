"""What is shown, in the order of docs/design/dossier.md §3: the first rule that applies decides."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.matters import matter_of
from tests.ledger.invented import id_of, point, state

from onggi.dossier.coarsen import coarsen_value
from onggi.dossier.matter import Ground
from onggi.dossier.redact import Redacted, Rules, hide_words, redact
from onggi.model.statement import Statement, Words
from onggi.model.value import Date, Number, Place, Term, Text
from onggi.model.when import When

SAID = Words("그해 오월 이레였어요.", "ko")
DAY = state("day", "date", Date.of(When("2013-05-07", "오월 이레")), "sale", source="account")
PRICE = state("price", "price", Number("30000", "CNY"), "sale", source="account")
HOME = state("home", "lives_in", Place("CN-210600"), "woman", source="account")
SOUTH = state("south", "escape_to", Place("KR"), "woman", source="account")
RUMOUR = state("rumour1", "method", Term("methods", "beating"), "sale", source="rumour")
PAPER = state("paper1", "date", Date.of(When("2013-05-07")), "sale", source="paper", words=SAID)
QUOTE = state("quote", "verbatim", "x", "day", words=SAID)
FACTS = (DAY, PRICE, HOME, SOUTH, RUMOUR, PAPER, QUOTE)


def show(*statements: Statement, **rules: Any) -> Redacted:
    return redact(matter_of(*(statements or FACTS), identity=("quote",)), Rules(**rules))


def kept(redacted: Redacted) -> dict[str, str]:
    return {held.id: cut.reason for held, cut in redacted.withheld}


def shown(redacted: Redacted) -> dict[str, Any]:
    return {one.origin.id: one for one in redacted.shown}


def test_by_default_it_is_as_little_as_it_can_be() -> None:
    found = show()
    assert kept(found) == {id_of("south"): "intention_kr", id_of("rumour1"): "unknown_speaker"}
    values = {id: one.what.value for id, one in shown(found).items()}
    assert values[id_of("day")] == Date.of(When("2013"))
    assert values[id_of("price")] == Text("30,000–100,000 CNY", "und")
    assert values[id_of("home")] == Place("CN-LN")
    assert all(one.words is None for one in found.shown)


@pytest.mark.parametrize("what", ["date", id_of("sale"), id_of("woman"), id_of("account"), id_of("day")])
def test_what_was_asked_to_be_kept_back_stays_whatever_else_is_asked(what: str) -> None:
    found = show(without=frozenset({what}), exact=True, words=True, show=frozenset({"exact_date"}))
    assert kept(found)[id_of("day")] == "asked"


def test_a_form_without_individuals_speaks_of_nobody_not_even_as_published() -> None:
    found = show(individuals=False, published=True)
    assert {kept(found)[id_of(name)] for name in ("day", "paper1", "rumour1", "home")} == {"individual"}


def test_what_a_member_marked_stays_even_if_it_was_published() -> None:
    mark = state("mark", "withheld_as", Term("redaction_classes", "trauma"), "sale")
    found = show(*FACTS, mark, published=True, exact=True, show=frozenset({"trauma"}))
    assert kept(found)[id_of("paper1")] == kept(found)[id_of("day")] == "trauma"


def test_what_a_member_marked_stays_under_an_entry_that_waits_to_be_the_same() -> None:
    """Of the woman and the buyer, who is accused, one member holds that they are one."""
    mark = state("mark", "withheld_as", Term("redaction_classes", "trauma"), "woman")
    same = point("x", "same_as", "buyer", "woman", source="paper")
    said = state("sex", "sex", Term("sex", "female"), "buyer", source="paper")
    assert {id_of("x"), id_of("sex")} & shown(show(said, same, published=True)).keys() == {id_of("sex")}
    assert kept(show(mark, same, said, published=True))[id_of("sex")] == "trauma"
    assert (
        kept(show(same, said, published=True, without=frozenset({id_of("woman")})))[id_of("sex")] == "asked"
    )


def test_what_was_published_is_shown_as_it_was_with_its_words() -> None:
    one = shown(show(published=True))[id_of("paper1")]
    assert (one.what.value, one.words, one.cuts, one.ground) == (PAPER.value, SAID, (), Ground.PUBLISHED)


def test_what_was_published_is_like_anything_else_before_every_other_body() -> None:
    one = shown(show())[id_of("paper1")]
    assert one.ground is Ground.CONSENT and one.what.value == Date.of(When("2013")) and one.words is None


def test_nobody_known_who_speaks_comes_before_the_class_of_the_property() -> None:
    found = show(state("south", "escape_to", Place("KR"), "woman", source="rumour"))
    assert kept(found)[id_of("south")] == "unknown_speaker"
    found = show(
        state("south", "escape_to", Place("KR"), "woman", source="rumour"), show=frozenset({"intention_kr"})
    )
    assert kept(found)[id_of("south")] == "unknown_speaker"


def test_a_class_is_shown_where_it_is_asked_for_and_not_kept_back() -> None:
    assert id_of("south") in shown(show(show=frozenset({"intention_kr"})))
    both = {"show": frozenset({"intention_kr"}), "without": frozenset({"intention_kr"})}
    assert kept(show(**both))[id_of("south")] == "intention_kr"


def test_exact_values_where_asked_for_and_not_kept_back() -> None:
    assert shown(show(exact=True))[id_of("day")].what.value == DAY.value
    assert shown(show(show=frozenset({"exact_date"})))[id_of("day")].what.value == DAY.value
    found = shown(show(exact=True, without=frozenset({"exact_date"})))
    assert found[id_of("day")].what.value == Date.of(When("2013"))
    assert found[id_of("price")].what.value == PRICE.value


def test_words_where_asked_for_and_not_kept_back() -> None:
    assert shown(show(words=True, exact=True))[id_of("day")].words == SAID
    kept_back = frozenset({"verbatim_words"})
    assert shown(show(words=True, exact=True, without=kept_back))[id_of("day")].words is None


def test_words_that_would_tell_what_was_made_coarser_stay() -> None:
    one = shown(show(words=True))[id_of("day")]
    assert one.words is None and ("words", "withheld") in [(cut.part, cut.how) for cut in one.cuts]


def test_words_in_which_something_stands_that_stays_are_hidden_and_the_fact_is_not() -> None:
    found = hide_words(show(words=True, exact=True), lambda text: "오월" in text)
    one = shown(found)[id_of("day")]
    assert one.words is None and ("words", "withheld") in [(cut.part, cut.how) for cut in one.cuts]


def test_a_description_leaves_only_with_what_it_describes() -> None:
    found = show(HOME)
    assert id_of("kwoman") in shown(found) and id_of("ksale") not in shown(found)


def test_who_was_named_is_shown_by_name_and_nobody_else() -> None:
    said = (state("n1", "name", "리영희", "woman"), state("n2", "name", "박순복", "witness"))
    matter = matter_of(
        HOME, point("f", "friend", "witness", "woman", source="account"), *said, identity=("n1", "n2")
    )
    found = redact(matter, Rules(named=frozenset({id_of("woman")})))
    assert id_of("n1") in shown(found) and id_of("n2") not in shown(found)


RULES = st.builds(
    Rules,
    published=st.booleans(),
    individuals=st.booleans(),
    exact=st.booleans(),
    show=st.frozensets(
        st.sampled_from(["intention_kr", "exact_date", "unknown_speaker", "individual", "asked"])
    ),
    words=st.booleans(),
    without=st.frozensets(st.sampled_from(["date", "price", "exact_date", "verbatim_words", id_of("woman")])),
)


@given(RULES)
def test_every_fact_is_shown_or_withheld_once_and_says_why(rules: Rules) -> None:
    found = redact(matter_of(*FACTS, identity=("quote",)), rules)
    facts = {one.id for one in FACTS if one.source}
    assert facts == {id for id in (*shown(found), *kept(found)) if id in facts}
    assert not shown(found).keys() & kept(found).keys()
    for one in found.shown:
        touched = {one.what.property, one.origin.statement.subject, one.origin.statement.source}
        assert not touched & rules.without
        if one.what.value != one.origin.statement.value:
            coarse = coarsen_value(one.what.property, one.origin.statement.value)
            assert coarse is not None and one.what.value == coarse[0]
            assert [cut.how for cut in one.cuts if cut.part == "value"] == ["coarsened"]
        assert one.words is None or rules.words or one.ground is Ground.PUBLISHED
        assert rules.individuals or one.origin.statement.subject not in (id_of("woman"), id_of("sale"))


@given(RULES, st.sampled_from(["exact", "words", "show"]))
def test_asking_for_more_never_shows_what_was_kept_back_on_request(rules: Rules, more: str) -> None:

    wide: dict[str, Any] = {"exact": True, "words": True, "show": frozenset({"asked", "exact_date"})}
    matter = matter_of(*FACTS, identity=("quote",))
    before, after = redact(matter, rules), redact(matter, replace(rules, **{more: wide[more]}))
    asked = {
        id for id, reason in kept(before).items() if reason in ("asked", "individual", "unknown_speaker")
    }
    assert asked <= kept(after).keys()
