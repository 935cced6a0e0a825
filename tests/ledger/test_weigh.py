"""What agrees, what contradicts, and what nobody has compared."""

from collections.abc import Sequence
from random import Random

import pytest
from tests.intake.vault_double import Dice, VaultDouble
from tests.ledger.invented import hold, id_of, point, state

from onggi.intake.batch import Batch
from onggi.intake.record import read_record
from onggi.ledger import weigh
from onggi.ledger.fold import Folded, fold
from onggi.ledger.held import Held
from onggi.ledger.weigh import compatible, count_sources, find_agreeing, find_conflicts, list_stances
from onggi.model.statement import Statement
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown, Value
from onggi.model.when import When


def hold_all(statements: Sequence[Statement]) -> list[Held]:
    return [hold(statement, time) for time, statement in enumerate(statements)]


def count(*statements: Statement) -> dict[str, int]:
    held = hold_all(statements)
    return count_sources(fold(held, lambda *_: True), held)


def conflicts(*statements: Statement) -> list[set[str]]:
    held = hold_all(statements)
    folded = fold(held, lambda *_: True)
    return [set(one.statements) for one in find_conflicts(folded, folded.live)]


def date(edtf: str) -> Date:
    return Date.of(When(edtf))


def share(number: str, of: str | None = None, *, bound: str = "exactly", lang: str | None = None) -> Number:
    return Number(number, "percent", bound, of, lang or ("en" if of else None))


def test_sources_that_agree_are_counted() -> None:
    found = count(
        state(1, "note", "yes", source="a"),
        state(2, "note", " YES", source="b"),
        state(3, "note", "no", source="c"),
    )
    assert found == {id_of(1): 2, id_of(2): 2, id_of(3): 1}


def test_one_source_twice_is_one() -> None:
    assert set(count(state(1, "note", "yes", source="a"), state(2, "note", "yes", source="a")).values()) == {
        1
    }


def test_who_cites_is_no_second_witness_however_far() -> None:
    said = [state(n, "note", "yes", source=source) for n, source in enumerate("abcd")]
    ties = [point("t1", "cites", "x", "a"), point("t2", "cites", "x", "b"), point("t3", "cites", "b", "c")]
    found = count(*said, *ties)
    assert {found[id_of(n)] for n in range(4)} == {2}, "a, b and c are one; d is another"


def test_a_source_that_denies_citing_stays_independent() -> None:
    said = [state(n, "note", "yes", source=source) for n, source in enumerate("ab")]
    assert count(*said, point("t", "cites", "b", "a", denies=True))[id_of(0)] == 2


def test_two_entries_of_one_source_are_one() -> None:
    said = [state(n, "note", "yes", source=source) for n, source in enumerate("ab")]
    assert count(*said, point("t", "same_as", "b", "a"))[id_of(0)] == 1
    further = [
        point("t", "same_as", "b", "a"),
        point("u", "cites", "b", "c"),
        state(9, "note", "yes", source="c"),
    ]
    assert count(*said, *further)[id_of(9)] == 1


def test_who_denies_is_counted_apart() -> None:
    found = count(state(1, "note", "yes", source="a"), state(2, "note", "yes", source="b", denies=True))
    assert set(found.values()) == {1}


def test_descriptions_and_the_unknown_count_for_nothing() -> None:
    assert count(state(1, "note", "yes"), state(2, "sex", Unknown(), source="a")) == {}


def test_the_same_entity_is_one_value() -> None:
    said = [point(1, "victim", "p", "act", source="a"), point(2, "victim", "q", "act", source="b")]
    assert set(count(*said).values()) == {1}
    assert count(*said, point("t", "same_as", "q", "p"))[id_of(1)] == 2


@pytest.mark.parametrize(
    ("name", "one", "other", "contradict"),
    [
        ("date", date("2014"), date("2014-05"), False),
        ("date", date("2014-05"), date("2014-06"), True),
        ("date", date("2014-05~"), date("2014-06"), False),
        ("date", date("2013/2014"), date("2014-03"), False),
        ("left_from", Place("CN-LN"), Place("CN"), False),
        ("left_from", Place("CN"), Place("CN-LN"), False),
        ("left_from", Place("CN-LN"), Place("CN-JL"), True),
        ("left_from", Place("nowhere"), Place("CN"), True),
        ("frequency", Text("daily", "en"), Text("매일", "ko"), False),
        ("frequency", Text("daily", "en"), Text("weekly", "en"), True),
        ("frequency", Text("Daily ", "en"), Text("daily", "en"), False),
        ("frequency", Text("daily", "en"), Number("3", "per week"), False),
        ("sex", Term("sex", "female"), Term("sex", "male"), True),
        ("sex", Term("sex", "female"), Unknown(), False),
        ("role", Term("roles", "victim"), Term("roles", "witness"), False),  # many
        ("witness", Entity(id_of("a")), Entity(id_of("b")), True),
        ("share_of", share("30"), share("30.0"), False),
        ("share_of", share("30"), share("31"), True),
        ("share_of", share("30", "A"), share("30", "B"), True),
        ("share_of", share("30", "A"), share("30", " a"), False),
        ("share_of", share("30", "A"), share("30", "갑", lang="ko"), False),
        ("share_of", share("30", "A"), share("40", "갑", lang="ko"), True),
        ("share_of", share("30"), share("30", "A"), False),
        ("share_of", share("30"), share("31", "A"), True),
        ("price", Number("1e999999999", "CNY"), Number("NaN", "CNY"), True),
        ("share_of", share("30", bound="over"), share("30"), True),
        ("share_of", share("30", bound="at_least"), share("30"), False),
        ("share_of", share("30", bound="over"), share("35"), False),
        ("share_of", share("30", bound="over"), share("30", bound="under"), True),
        ("share_of", share("30", bound="over"), share("30", bound="at_most"), True),
        ("share_of", share("30", bound="at_most"), share("30", bound="at_least"), False),
        ("share_of", share("30", bound="about"), share("30"), False),
        ("share_of", share("30", bound="about"), share("35"), True),
        ("price", Number("30000", "CNY"), Number("30000", "USD"), True),
        ("code", Text("P-1", "zxx"), Text("P-2", "zxx"), False),  # entries that are the same keep their codes
        ("unheard_of", Text("a", "en"), Text("b", "en"), False),
    ],
)
def test_conflicts(name: str, one: Value, other: Value, contradict: bool) -> None:
    found = conflicts(state(1, name, one, source="a"), state(2, name, other, source="b"))
    assert found == ([{id_of(1), id_of(2)}] if contradict else [])
    folded = fold([], lambda *_: True)
    assert compatible(folded, one, other) == compatible(folded, other, one), "in both directions"


def test_values_of_other_entities_do_not_conflict_until_they_are_the_same() -> None:
    said = [state(1, "sex", Term("sex", "female"), "a"), state(2, "sex", Term("sex", "male"), "b")]
    assert conflicts(*said) == []
    assert conflicts(*said, point("t", "same_as", "b", "a")) == [{id_of(1), id_of(2)}]


def test_asserted_and_denied_conflict_even_where_many_are_true() -> None:
    said = [state(1, "role", Term("roles", "victim")), state(2, "role", Term("roles", "victim"), denies=True)]
    assert conflicts(*said) == [{id_of(1), id_of(2)}]
    assert conflicts(said[0], state(3, "role", Term("roles", "witness"), denies=True)) == []


def test_two_denials_are_no_conflict() -> None:
    said = [state(n, "sex", Term("sex", sex), denies=True) for n, sex in enumerate(("female", "male"))]
    assert conflicts(*said) == []


def test_only_those_that_contradict_are_named() -> None:
    said = [state(n, "date", date(edtf)) for n, edtf in enumerate(("2014", "2014-05", "2015"))]
    assert conflicts(*said) == [{id_of(0), id_of(1), id_of(2)}]
    assert conflicts(*said[:2], state(9, "date", date("2014-06"))) == [{id_of(1), id_of(9)}]


VALUES: tuple[Value, ...] = (
    *(
        date(edtf)
        for edtf in ("2013", "2013-05", "2013-05-07", "2013-05-08", "2014-01", "2013-05-07/2014-02")
    ),
    *(Place(id) for id in ("CN", "CN-LN", "CN-210600", "CN-JL", "KP")),
    *(Text(text, lang) for text in ("here", "there") for lang in ("en", "ko")),
    *(share(number, bound=bound) for number in ("3", "30") for bound in ("exactly", "at_least", "under")),
    Number("3", "CNY"),
    Term("sex", "female"),
    Term("sex", "male"),
    Unknown(),
)


@pytest.mark.parametrize("seed", range(20))
def test_who_contradicts_anybody_is_named_whatever_the_order(seed: int) -> None:
    """Held against every pair: where only one value can be true, each that some other one rules out."""
    values = Random(seed).sample(VALUES, 8)
    said = [state(n, "birth", value) for n, value in enumerate(values)]
    folded = fold(hold_all(said), lambda *_: True)
    named = {
        id_of(n)
        for n, one in enumerate(values)
        if any(not compatible(folded, one, other) for other in values if other is not one)
    }
    assert conflicts(*said) == ([named] if named else [])


@pytest.mark.parametrize("langs", [("en",), ("en", "ko")])
def test_many_values_are_not_held_against_each_other(
    langs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def count_calls(folded: Folded, one: Value, other: Value) -> bool:
        nonlocal calls
        calls += 1
        return compatible(folded, one, other)

    monkeypatch.setattr(weigh, "compatible", count_calls)
    many = [state(f"{n}{lang}", "birth", Text(str(n), lang)) for lang in langs for n in range(100)]
    ((found),) = conflicts(*many)
    assert len(found) == len(many)
    assert calls <= len(many)


def test_a_date_nobody_here_can_read_contradicts_nothing() -> None:
    said = [state(1, "date", Date("Y17E8", None, None)), state(2, "date", date("2014"))]
    assert conflicts(*said) == []


def test_a_number_that_is_none_contradicts_what_is_written_otherwise() -> None:
    said = [state(1, "price", Number("many", "CNY")), state(2, "price", Number("3", "CNY"))]
    assert conflicts(*said) == [{id_of(1), id_of(2)}]
    assert conflicts(said[0], state(3, "price", Number("many", "CNY"))) == []


def test_the_articles_two_wordings_of_one_figure_conflict() -> None:
    with open("examples/article/case.toml", "rb") as file:
        batch = read_record(file.read(), "toml", VaultDouble(), Dice())
    assert isinstance(batch, Batch)
    held = hold_all([statement for _, statement in batch.placed])
    folded = fold(held, lambda *_: True)
    shares = {one.id for one in held if one.statement.what.property == "share_of"}
    assert len(shares) == 2
    assert [set(one.statements) for one in find_conflicts(folded, folded.live)] == [shares]


def test_who_agrees_is_told_by_name_one_for_each_that_is_independent() -> None:
    statements = hold_all(
        [
            state(1, "note", "yes", source="a"),
            state(2, "note", "yes", source="b"),
            state(3, "note", "yes", source="c"),
            point("t", "cites", "b", "c"),
        ]
    )
    found = find_agreeing(fold(statements, lambda *_: True), statements)
    assert found[id_of(1)] == (id_of("a"), id_of("b"))
    assert found[id_of(2)] == (id_of("b"), id_of("a")), "c repeats b"
    assert found[id_of(3)] == (id_of("c"), id_of("a"))


def test_an_answer_tells_who_says_so_who_repeats_it_and_who_denies_it() -> None:
    held = hold_all(
        [
            state(1, "note", "sold", source="a"),
            state(2, "note", "Sold ", source="b"),
            state(3, "note", "sold", source="c"),
            state(4, "note", "sold", source="d", denies=True),
            state(5, "note", "given"),
            point(6, "cites", "b", "c"),
        ]
    )
    folded = fold(held, lambda *_: True)
    sold, given = (one for one in list_stances(folded, folded.live) if one.property == "note")
    assert sold.said_by == (id_of("a"), id_of("b")) and sold.repeated_by == (id_of("c"),)
    assert sold.denied_by == (id_of("d"),) and sold.statements == tuple(map(id_of, (1, 2, 3, 4)))
    assert (given.said_by, given.repeated_by, given.denied_by) == ((), (), ()), "members describe it"
