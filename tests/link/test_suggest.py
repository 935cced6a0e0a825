"""Who may be one person in a vault: the traps first, then what is suggested, and what is left alone."""

import pytest
from _people import list_without_papers
from tests.ledger.invented import id_of, state
from tests.link.vault import chances, judged, open_view, pair, person, strangers, suggest, tie, year

from onggi.link.beforehand import FEW_RECORDS, MOST, UNNAMED
from onggi.link.persons import read_persons
from onggi.link.suggested import Suggested
from onggi.link.values import read_sex
from onggi.model.statement import Statement
from onggi.model.value import Text

HOERYONG = "KP0203"
HERS: dict[str, str] = {"sex": "female", "born": "1987", "home": HOERYONG, "left": "2011"}

# — people who agree in much and are two —


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param(
            person("a", "김철수", sex="male", born="1950", home=HOERYONG, left="1999"),
            person("b", "김영호", sex="male", born="1975", home=HOERYONG, left="1999"),
            id="father and son",
        ),
        pytest.param(person("a", "김은실", **HERS), person("b", "김은숙", **HERS), id="twins"),
        pytest.param(
            person("a", "Kim Un Sil", **HERS), person("b", "金银淑", **HERS), id="twins, two scripts"
        ),
        pytest.param(
            person("a", "리금옥", **HERS), person("b", "리금화", **{**HERS, "born": "1986"}), id="sisters"
        ),
        pytest.param(person("a", **HERS), person("b", "리금화", **HERS), id="one without a name"),
        pytest.param(person("a", **HERS), person("b", **HERS), id="two without a name"),
    ],
)
def test_kin_who_agree_in_all_but_the_name_are_hardly_suggested(
    a: list[Statement], b: list[Statement]
) -> None:
    assert chances(*a, *b, *strangers(10)).get(pair("a", "b"), 0.0) <= UNNAMED


def test_two_brokers_of_one_alias_are_hardly_suggested() -> None:
    a, b = person("a", alias="최 사장", sex="male"), person("b", alias="최 사장", sex="male")
    assert chances(*a, *b, *strangers(10)).get(pair("a", "b"), 0.0) < 0.5
    named = [
        *person("c", "최동일", alias="최 사장", sex="male"),
        *person("d", "박영남", alias="최 사장", sex="male"),
    ]
    assert chances(*named, *strangers(10)).get(pair("c", "d"), 0.0) < 0.5


def test_her_mother_is_not_she() -> None:
    her, mother = person("a", "리영희", **HERS), person("b", "리영희의 어머니", sex="female", home=HOERYONG)
    found = suggest(*her, *mother, *strangers(10))
    assert pair("a", "b") not in {frozenset((one.a, one.b)) for one in found.found}
    assert read_persons(open_view(*her, *mother), "main").names[1] == ()


def test_two_whom_a_source_ties_are_two() -> None:
    a, b = person("a", "리영희", **HERS), person("b", "Ri Yong Hui", **HERS)
    assert chances(*a, *b, *strangers(10))[pair("a", "b")] > 0.5
    found = suggest(*a, *b, *strangers(10), tie("t", "sold_with", "a", "b"))
    assert not found.found and found.apart == 1


@pytest.mark.parametrize("count", [12, 60, 150])
def test_of_many_called_alike_none_is_taken_for_another(count: int) -> None:
    said = [
        one for at in range(count) for one in person(f"p{at}", "김철수", sex="male", born=str(1940 + at % 60))
    ]
    assert all(chance < 0.5 for chance in chances(*said).values())
    same = [
        one
        for at in range(count)
        for one in person(f"p{at}", "김철수", sex="male", born="1970", home=HOERYONG)
    ]
    assert all(chance < 0.9 for chance in chances(*same).values())


# — what is suggested —


def test_one_witness_under_three_names_is_suggested_and_no_more_is_claimed_than_is_known() -> None:
    her = person("a", ["리영희", "이영희"], **HERS)
    listed = person("b", "Li Yingji", born="1987", home="KP-09")
    noted = person("c", "李英姬")
    found = suggest(*her, *listed, *noted, *strangers(10))
    chance = {frozenset((one.a, one.b)): one.probability for one in found.found}
    assert 0.5 < chance[pair("a", "b")] <= MOST
    assert chance[pair("a", "c")] > 0.05
    assert not found.learned and "link.flag.beforehand" in {flag.code for flag in found.flags}
    assert max(chance, key=lambda one: chance[one]) == pair("a", "b")


def test_any_name_counts_and_an_open_year_is_missing() -> None:
    a, b = person("a", ["왕춘화", "리영희"], **HERS), person("b", ["赵丽", "Ri Yong Hui"], **HERS)
    assert chances(*a, *b, *strangers(10))[pair("a", "b")] > 0.5
    records = read_persons(open_view(*a, *person("c", "x", born="1987"), *person("c2", "y")), "main").records
    assert records.columns["birth_year"].texts == ("1987",)


def test_two_years_that_contradict_each_other_are_missing() -> None:
    a = person("a", "리영희", born="1987")
    records = read_persons(open_view(*a, state("more", "birth", year("1979"), "a")), "main").records
    assert records.columns["birth_year"].texts == ()


# — what people judged —


def test_what_was_judged_is_not_suggested_again() -> None:
    said = [*person("a", "리영희", **HERS), *person("b", "Ri Yong Hui", **HERS), *strangers(10)]
    assert pair("a", "b") in chances(*said)
    for verdict in ("same", "different"):
        assert pair("a", "b") not in chances(*said, judged("j", "b", "a", verdict))
    assert pair("a", "b") not in chances(*said, judged("j", "a", "b", "same", two=True)), (
        "it waits for another"
    )


def test_what_was_judged_unsure_comes_last_until_something_is_said() -> None:
    said = [
        *person("a", "리영희", **HERS), *person("b", "Ri Yong Hui", **HERS),
        *person("c", "한설매", sex="female", born="1979"),
        *person("d", "Han Sol Mae", sex="female", born="1979"),
        *strangers(10), judged("j", "a", "b", "unsure"),
    ]  # fmt: skip
    looks = {frozenset((one.a, one.b)): one.look for one in suggest(*said).found}
    assert looks[pair("a", "b")].unsure and list(looks)[-1] == pair("a", "b")
    more = state("more", "left_on", year("2011"), "b")
    looks = {frozenset((one.a, one.b)): one.look for one in suggest(*said, more).found}
    assert not looks[pair("a", "b")].unsure


def test_who_would_be_joined_with_whom_she_is_kept_apart_from_comes_first() -> None:
    said = [
        *person("a", "리영희", **HERS), *person("b", "Ri Yong Hui", **HERS), *person("c", "李英姬", **HERS),
        *person("e", "한설매", sex="female", born="1979"),
        *person("f", "Han Sol Mae", sex="female", born="1979"),
        *strangers(10), judged("j1", "a", "b", "same"), judged("j2", "a", "c", "different"),
    ]  # fmt: skip
    first = suggest(*said).found[0]
    assert first.look.conflict and frozenset((first.a, first.b)) == pair("b", "c")


def test_of_one_who_is_held_to_be_the_same_as_another_one_pair_is_shown() -> None:
    said = [
        *person("a", "리영희", **HERS), *person("b", "이영희", **HERS), *person("c", "Ri Yong Hui", **HERS),
        *strangers(10), judged("j", "a", "b", "same"),
    ]  # fmt: skip
    assert sum(id_of("c") in one for one in chances(*said)) == 1


# — where there is enough to learn from —


@pytest.fixture(scope="module")
def many() -> tuple[Suggested, list[int]]:
    """Two hundred and fifty people on lists, one entry for each row."""
    rows, owners = list_without_papers(250, 5)
    said = []
    for at, row in enumerate(rows):
        born, left = row["birth_year"], row["left_year"]
        sex = {"woman": "female", "man": "male"}.get(read_sex(row["sex"]) or "", "")
        said += person(f"p{at:04}", row["name"] or (), sex=sex, born=born, left=left)
        said += [state(f"o{at}", "origin", Text(row["origin"], "und"), f"p{at:04}")] if row["origin"] else []
    return suggest(*said), owners


def test_many_persons_are_learned_from_and_what_is_sure_is_mostly_right(
    many: tuple[Suggested, list[int]],
) -> None:
    found, owners = many
    places = {id_of(f"p{at:04}"): at for at in range(len(owners))}
    sure = [one for one in found.found if one.probability >= 0.9]
    right = sum(owners[places[one.a]] == owners[places[one.b]] for one in sure)
    assert found.persons == len(owners) >= FEW_RECORDS
    assert len(sure) >= 40 and right >= 0.9 * len(sure)


def test_nobody_and_one_end_well() -> None:
    assert suggest().found == () and suggest(*person("a", "리영희")).found == ()
