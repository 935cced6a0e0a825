"""A person and a place are found by any spelling of their names, and the hit says why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.invented import hold, id_of, point, state
from tests.ledger.test_search import index_of, view_of

from onggi.ledger import search
from onggi.ledger.spelling import recorded_keys, wanted_keys
from onggi.ledger.view import View
from onggi.model.places import find_place, load_places
from onggi.model.statement import Statement
from onggi.model.value import Place
from onggi.names.romanise import spell_name
from onggi.names.systems import load_systems
from onggi.words import LANGUAGES, known

SYSTEMS = [system.id for script in ("latin", "kana", "cyrillic") for system in load_systems(script)]
SURNAMES, GIVENS = ("리", "박", "최", "정", "로", "황보"), ("영희", "철수", "은하", "광", "금단")


def about(name: str) -> list[Statement]:
    """A woman with a name, what is said of her, what points to her, and what has nothing to do with her."""
    return [
        state("p", "name", name, "woman"),
        state("n", "note", "sold in winter", "woman"),
        point("v", "victim", "woman", "act"),
        state("m", "note", "winter", "other"),
    ]


def found(view: View, query: str, order: str = "newest") -> list[str]:
    return [bytes.fromhex(hit.id).decode().strip("\0") for hit in view.search(query, order)]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("리영희", "Li Yingji"),
        ("리영희", "이영희"),
        ("리영희", "Ri Yong-hui"),
        ("리영희", "yong hui ri"),
        ("리영희", "Ли Ён Хи"),
        ("리영희", "リ・ヨンヒ"),
        ("李英姬", "리영희"),
        ("李英姬", "李英姫"),
        ("Lee Young-hee", "李英姬"),
        ("李英姬", "李英熙"),
        ("Choe Chol Su", "최철수"),
        ("최철수", "Cui Zhezhu"),
        ("리영희", "Younghee"),
        ("영희", "Li Yingji"),
        ("리영희 어머니", "mother of Ri Yong Hui"),
    ],
)
def test_a_person_is_found_by_another_spelling(name: str, query: str) -> None:
    view = view_of(about(name))
    assert found(view, query) == ["v", "n", "p"]
    assert set(found(view, query, "best")) == {"v", "n", "p"}
    for hit in view.search(query):
        assert hit.spelled is not None and hit.spelled.reading and known(hit.spelled.says)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("리영희", "리명희"),
        ("리영희", "Ri Myong Hui"),
        ("리영희", "Ri Yong Ho"),
        ("리영희", "박영희"),
        ("리영희", "Kim Yong Hui"),
        ("리영희", "Li"),
        ("리영희", "李"),
        ("리영희", "Lee"),
        ("리영희 어머니", "Ri Yong Hui"),
        ("리영희", "mother of Ri Yong Hui"),
        ("김은", "un"),
        ("리영희", "Yeon Hui Lee Market"),
    ],
)
def test_whoever_shares_no_reading_is_not_found(name: str, query: str) -> None:
    assert found(view_of(about(name)), query) == []


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SURNAMES),
    st.sampled_from(GIVENS),
    st.sampled_from(SYSTEMS),
    st.sampled_from(("hyphen", "spaced", "joined")),
)
def test_every_system_of_spelling_finds_the_person(surname: str, given: str, system: str, style: str) -> None:
    view = view_of(about(surname + given))
    query = spell_name(surname, given, system, style)
    assert found(view, query) == ["v", "n", "p"], query


def test_what_the_words_themselves_find_needs_no_reason() -> None:
    view = view_of([*about("리영희"), state("a", "alias", "Ri Yong Hui", "woman")])
    for query in ("리영희", "ri yong hui", "Hui Yong"):
        assert [hit.spelled for hit in view.search(query)] == [None] * 4, query
    assert all(hit.spelled for hit in view.search("李英姬"))


def test_both_ways_lead_to_each_statement_once() -> None:
    view = view_of([*about("리영희"), state("t", "note", "Li Yingji was seen", "other")])
    hits = view.search("Li Yingji")
    assert [(hit.id, hit.spelled is None) for hit in hits] == [
        (id_of("t"), True),
        *((id_of(one), False) for one in "vnp"),
    ]
    assert [hit.id for hit in view.search("Li Yingji", limit=2)] == [id_of("t"), id_of("v")]


def test_the_other_words_of_a_query_narrow() -> None:
    view = view_of(about("리영희"))
    assert found(view, "winter") == ["m", "n"]
    for query in ("Li Yingji winter", "winter Li Yingji", "in winter Yingji Li"):
        assert found(view, query) == ["n"], query
    assert found(view, "Li Yingji summer") == []


def test_two_names_in_one_query() -> None:
    view = view_of(
        [
            state("p", "name", "리영희", "woman"),
            state("q", "name", "최철수", "man"),
            point("v", "spouse", "man", "woman"),
        ]
    )
    assert found(view, "Li Yingji Choe Chol Su") == ["v"]


def test_where_identity_is_closed_no_spelling_finds_anybody() -> None:
    name = hold(state("p", "name", "리영희", "woman"), 1, stratum="identity")
    said = hold(state("n", "note", "sold", "woman"), 2)
    record, identity = index_of([said]), index_of([name], "identity")
    assert View([record], lambda *_: True).search("Li Yingji") == []
    assert len(View([record, identity], lambda *_: True).search("Li Yingji")) == 2


def test_names_are_those_of_the_moment() -> None:
    held = [
        hold(state("n", "name", "리영희", "woman"), 1),
        hold(state("m", "note", "kept", "woman"), 2),
        hold(state("o", "name", "최철수", "woman", supersedes=["n"]), 3),
    ]
    index = index_of(held)
    assert len(View([index], lambda *_: True, as_of=2).search("Li Yingji")) == 2
    assert View([index], lambda *_: True, as_of=2).search("Choe Chol Su") == []
    assert View([index], lambda *_: True).search("Li Yingji") == []
    assert len(View([index], lambda *_: True).search("Choe Chol Su")) == 2


def test_a_code_has_no_other_spelling() -> None:
    view = view_of([state("c", "code", "이영희", "woman"), state("n", "note", "sold", "woman")])
    assert found(view, "Li Yingji") == []


def test_of_very_many_candidates_whole_names_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_CANDIDATES", 3)
    given_alone = [state(f"g{n}", "alias", "영희", f"other{n}") for n in range(9)]
    view = view_of([state("p", "name", "리영희", "woman"), *given_alone])
    assert "p" in found(view, "Li Yingji")


def test_a_long_query_is_no_name() -> None:
    view = view_of(about("리영희"))
    assert found(view, "Li Yingji " * 12) == ["v", "n", "p"]
    assert found(view, "Li Yingji " * 2_000) == []


@pytest.mark.parametrize(
    ("place", "query"),
    [
        ("KP-10", "Yanggangdo"),
        ("KP0203", "Hweryong"),
        ("CN-222401", "Yenchi"),
        ("CN-222401", "Яньцзи"),
    ],
)
def test_a_place_is_found_by_another_spelling(place: str, query: str) -> None:
    assert find_place(place) is not None
    view = view_of([state("n", "place", Place(place), "act"), state("m", "place", Place("CN-21"), "act")])
    hits = view.search(query)
    assert [hit.id for hit in hits] == [id_of("n")]
    why = hits[0].spelled
    assert why is not None and known(why.says)
    told = {lang: why.tell(lang) for lang in LANGUAGES}
    for lang, sentence in told.items():
        assert load_places()[place].label(lang) in sentence and place not in sentence


def test_keys_of_a_name_meet_the_keys_of_its_spellings_and_no_others() -> None:
    def meet(query: str, name: str) -> bool:
        return not set(wanted_keys(query)).isdisjoint(recorded_keys(name))

    assert meet("Li Yingji", "리영희") and meet("영희", "리영희") and meet("리영희", "영희")
    assert not meet("박영희", "리영희"), "the given name alone is asked for only where nothing else is known"
    assert not meet("리", "리영희") and not meet("리영희", "리")
    assert wanted_keys("market") == recorded_keys("") == []
