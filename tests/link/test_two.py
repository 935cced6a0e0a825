"""Two whom somebody chose: traps are marked, what was suggested is told as it was, nobody else is asked."""

import pytest
from tests.ledger.invented import id_of, kind, state
from tests.link.vault import HERE, open_view, person, strangers, tie

from onggi.errors import OnggiError
from onggi.link.two import Two, compare_two
from onggi.model.likeness import Likeness, Trait
from onggi.model.statement import Statement

HERS: dict[str, str] = {"sex": "female", "born": "1987", "home": "KP0203"}


def compare(*statements: Statement, a: str = "a", b: str = "b") -> Two:
    return compare_two(open_view(*statements), HERE, id_of(a), id_of(b))


def signs(two: Two) -> dict[str, bool]:
    return {trait.name: float(trait.weight) > 0 for trait in two.traits}


def test_what_agrees_and_what_does_not_is_told_whichever_comes_first() -> None:
    said = [*person("a", "리영희", **HERS), *person("b", "Li Yingji", **{**HERS, "born": "1960"})]
    two = compare(*said, *strangers(5))
    assert signs(two) == {
        "name": True, "sex": True, "birth_year": False, "province": True, "origin": True,
    }  # fmt: skip
    assert (two.names, two.apart) == ({id_of("a"): ("리영희",), id_of("b"): ("Li Yingji",)}, False)
    assert signs(compare(*said, a="b", b="a")) == signs(two)


def test_what_was_suggested_of_the_two_is_told_as_it_was() -> None:
    said = [*person("a", "리영희", **HERS), *person("b", "리영희", **HERS), *person("c", "리영희", **HERS)]
    earlier, later = (Trait("name", "evidence 4+", weight) for weight in ("+4.00", "+3.00"))
    told = [
        state(f"t{at}", "alike", Likeness(id_of(other), "0.5", (trait,), "x", 1, "0"), "a")
        for at, (other, trait) in enumerate([("b", earlier), ("b", later), ("c", earlier)])
    ]
    assert compare(*said, *told).traits == (later,)
    assert compare(*said, *told, a="b", b="a").traits == (later,)


def test_who_is_said_to_be_two_people_is_marked() -> None:
    mother = person("b", "리영희의 어머니", sex="female")
    her = person("a", "리영희", **HERS)
    assert compare(*her, *mother).apart
    assert compare(*her, *person("b", "리영희", **HERS), tie("t", "sold_with", "a", "b")).apart
    assert not compare(*her, *person("b", "리영희", **HERS)).apart


def test_who_is_no_person_is_compared_with_nobody() -> None:
    with pytest.raises(OnggiError, match="ledger.absent"):
        compare(*person("a", "리영희", **HERS), kind("b", "place"))
