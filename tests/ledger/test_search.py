"""Search finds exactly what a plain look through all texts, labels and names would find."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.ledger.invented import hold, id_of, point, state

from onggi.errors import OnggiError
from onggi.ledger import search
from onggi.ledger.bigrams import normalise
from onggi.ledger.fold import fold
from onggi.ledger.held import Held
from onggi.ledger.index import Index, open_index
from onggi.ledger.sentence import NAMES, search_text
from onggi.ledger.view import View
from onggi.model.places import load_places, place_labels
from onggi.model.statement import Statement, Words, write_slots
from onggi.model.value import Date, Entity, Number, Place, Term, Text, Unknown
from onggi.model.vocabulary import labels_of, load_vocabularies
from onggi.model.when import When

LETTERS = "가나다라辽宁遼寧江アカ゛ー・ㄱ\u1112\u1161\u11ababcdeXYZ019éßﬁ①٣"
MARKS = " \t\n\u3000\"'*-_%():^+~{}[],.;\\/—“”。、!?#&|\u200b"
TEXTS = st.text(st.sampled_from(LETTERS + MARKS), max_size=20)
HOSTILE = (
    *('"', '""', "*", "-", "%", "_", "(", "\\", "\x00", "a\x00b", "a%", "^a", "a*", 'a"b', "{a b}", "row"),
    *(
        "NEAR",
        "AND",
        "OR",
        "NOT",
        "a AND b",
        "NEAR(a b)",
        "words:a",
        "text : a",
        "'; DROP TABLE statement; --",
    ),
)


def index_of(held: Iterable[Held], stratum: str = "record", path: Path | None = None) -> Index:
    """A projection of these statements, in memory."""
    index = open_index(path, bytes(32), "main", stratum)
    with index.writing():
        index.add((one, "unit", write_slots(one.statement)) for one in held)
        index.judge(0, lambda *_: True)
        index.keep({"version": "test"})
    return index


def view_of(statements: Sequence[Statement], **strata: str) -> View:
    """Statements one commit each, oldest first; `strata` names those not in record by their id."""
    held = [
        hold(one, time, stratum=strata.get(bytes.fromhex(one.id).decode().strip("\0"), "record"))
        for time, one in enumerate(statements)
    ]
    names = sorted({one.stratum for one in held})
    return View(
        [index_of([one for one in held if one.stratum == name], name) for name in names], lambda *_: True
    )


def look_through(held: Sequence[Held], query: str) -> list[str]:
    """The oracle: every word in the text, in a label of what it points to, or in a name of either end."""
    live = fold(held, lambda *_: True).live
    names: dict[str, list[str]] = {}
    for one in live:
        if one.statement.what.property in NAMES and isinstance(one.statement.value, Text):
            names.setdefault(one.statement.subject, []).append(one.statement.value.text)

    def texts(statement: Statement) -> Iterator[str]:
        yield search_text(statement)
        yield from names.get(statement.subject, ())
        match statement.value:
            case Place(place=place):
                yield from place_labels(load_places()[place])
            case Term(vocabulary=vocabulary, term=term):
                yield from labels_of(load_vocabularies()[vocabulary].terms[term])
            case Entity(entity=entity):
                yield from names.get(entity, ())

    words = normalise(query).split()
    found = [
        one
        for one in live
        if all(any(word in normalise(text) for text in texts(one.statement)) for word in words)
    ]
    return [one.id for one in sorted(found, key=lambda one: one.order, reverse=True)]


def check(view: View, held: Sequence[Held], query: str) -> None:
    """As it is written; `test_spelling` has what is found because a name can be spelled so."""
    expected = look_through(held, query)
    found = [
        [one.id for one in view.search(query, by, 10**6) if not one.spelled] for by in ("newest", "best")
    ]
    assert found[0] == expected, query
    assert sorted(found[1]) == sorted(expected), query


STATEMENTS = st.one_of(
    st.builds(lambda text: ("note", Text(text, "ko")), TEXTS),
    st.builds(lambda text: ("name", Text(text, "ko")), TEXTS),
    st.builds(lambda place: ("place", Place(place)), st.sampled_from(("CN-LN", "KP-10", "CN"))),
    st.builds(
        lambda term: ("method", Term("methods", term)),
        st.sampled_from(sorted(load_vocabularies()["methods"].terms)),
    ),
    st.builds(lambda entity: ("victim", Entity(id_of(entity))), st.sampled_from(("e0", "e1", "e2"))),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(STATEMENTS, st.integers(0, 2), st.integers(-1, 8)), max_size=9), TEXTS, st.data())
def test_as_a_plain_look_through_all(
    drawn: list[tuple[tuple[str, Text | Place | Term | Entity], int, int]], free: str, data: st.DataObject
) -> None:
    held = [
        hold(state(at, name, value, f"e{about}", supersedes=[judged] if 0 <= judged < at else ()), at)
        for at, ((name, value), about, judged) in enumerate(drawn)
    ]
    view = View([index_of(held)], lambda *_: True)
    queries = [
        free,
        unicodedata.normalize("NFD", free),
        *data.draw(st.lists(st.sampled_from(LETTERS + MARKS))),
    ]
    queries += [search_text(one.statement) for one in held[:3]]
    for text in queries[:4]:
        start = data.draw(st.integers(0, len(text)))
        queries.append(text[start : data.draw(st.integers(start, len(text)))])
    for query in queries:
        if normalise(query).split():
            check(view, held, query)


def test_hostile_queries_are_words_like_any_other() -> None:
    texts = [*HOSTILE, "plain a", "b and c", "100 % a_b", "NEAR the river", 'say "a"']
    held = [hold(state(n, "note", text), n) for n, text in enumerate(texts)]
    view = View([index_of(held)], lambda *_: True)
    for query in [*HOSTILE, "and", "near", "a b", "100%", "river near", 'say "']:
        check(view, held, query)


def test_every_label_of_every_place_and_term_finds_its_statement() -> None:
    labels: list[tuple[Place | Term, str]] = [
        (Place(place.id), label) for place in load_places().values() for label in place_labels(place)
    ]
    for vocabulary in load_vocabularies().values():
        for term in vocabulary.terms.values():
            labels += [(Term(vocabulary.id, term.id), label) for label in labels_of(term)]
    values = list(dict.fromkeys(value for value, _ in labels))
    view = view_of([state(n, "place", value) for n, value in enumerate(values)])
    ids = {value: id_of(n) for n, value in enumerate(values)}
    lost = [
        label
        for value, label in labels
        for typed in (label, unicodedata.normalize("NFD", label))
        if ids[value] not in {held.id for held in view.search(typed, limit=10**6)}
    ]
    assert len(labels) > 4_000
    assert lost == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("량강", "KP-10"),
        ("량강도", "KP-10"),
        ("양강도", "KP-10"),
        ("兩江", "KP-10"),
        ("ryanggang", "KP-10"),
        ("辽宁", "CN-LN"),
        ("遼寧", "CN-LN"),
        ("랴오닝", "CN-LN"),
        ("료녕", "CN-LN"),
        ("LIAONING", "CN-LN"),
        ("ｌｉａｏ", "CN-LN"),
    ],
)
def test_places_in_every_spelling(query: str, place: str) -> None:
    view = view_of([state(1, "place", Place(place)), state(2, "note", "elsewhere")])
    assert [held.id for held in view.search(query)] == [id_of(1)]


def test_all_texts_of_a_statement_are_found() -> None:
    words = Words("그렇게 들었다", "ko", "so I heard", "en", "someone else")
    view = view_of(
        [
            state(1, "sex", Unknown(), words=words, source="s"),
            state(2, "date", Date.of(When("2013-09-06/2013-10-10", "2013年农历八月", "zh"))),
            state(3, "share_of", Number("30", "percent", "over", "탈북 여성", "ko")),
        ]
    )
    for query, found in (
        ("들었", 1),
        ("so HEARD", 1),
        ("农历八", 2),
        ("2013-09", 2),
        ("북 여", 3),
        ("30 percent", 3),
    ):
        assert [held.id for held in view.search(query)] == [id_of(found)], query
    assert view.search("someone else") == [], "a translator is no content"


def test_one_word_by_its_label_and_one_by_its_text() -> None:
    view = view_of(
        [
            state("p", "name", "리 영희", "woman"),
            state("q", "note", "영희 was not there"),
            point("v", "victim", "woman", "act"),
            state("n", "note", "sold in winter", "woman"),
            state("m", "note", "winter", "other"),
        ],
        p="identity",
    )
    assert [held.id for held in view.search("winter 영희")] == [id_of("n")]
    assert [held.id for held in view.search("리 영희")] == [id_of(one) for one in "nvp"]
    assert [held.id for held in view.search("영희")] == [id_of(one) for one in "nvqp"]


def test_names_of_a_stratum_that_is_not_open_lead_nowhere() -> None:
    name = hold(state("p", "name", "리영희", "woman"), 1, stratum="identity")
    said = hold(state("n", "note", "sold", "woman"), 2)
    record, identity = index_of([said]), index_of([name], "identity")
    assert View([record], lambda *_: True).search("리영희") == []
    assert len(View([record, identity], lambda *_: True).search("리영희")) == 2


def test_a_name_that_was_retracted_leads_nowhere() -> None:
    view = view_of(
        [
            state("p", "name", "리영희", "woman"),
            state("n", "note", "sold", "woman"),
            state("r", "note", "no", retracts=["p"]),
        ]
    )
    assert view.search("리영희") == []


def test_dead_statements_are_not_found_until_they_revive() -> None:
    held = [
        hold(state(1, "note", "old words"), 1),
        hold(state(2, "note", "new words", supersedes=[1]), 2),
        hold(state(3, "note", "no words", retracts=[2]), 3),
    ]
    for length, found in ((1, [1]), (2, [2]), (3, [3, 1])):
        view = View([index_of(held[:length])], lambda *_: True)
        assert [one.id for one in view.search("words")] == [id_of(n) for n in found]
        then = View([index_of(held)], lambda *_: True, as_of=length)
        assert [one.id for one in then.search("words")] == [id_of(n) for n in found]


def test_as_of_a_day_names_are_those_of_then() -> None:
    held = [
        hold(state("n", "name", "Old Name", "woman"), 1),
        hold(state("m", "note", "kept", "woman"), 2),
        hold(state("o", "name", "New Name", "woman", supersedes=["n"]), 3),
    ]
    index = index_of(held)
    assert len(View([index], lambda *_: True, as_of=2).search("old name")) == 2
    assert View([index], lambda *_: True, as_of=2).search("new name") == []
    assert View([index], lambda *_: True).search("old name") == []


def test_newest_first_across_strata_and_limited() -> None:
    ticks = count()
    held = [hold(state(n, "note", "word"), next(ticks), stratum=("record", "care")[n % 2]) for n in range(9)]
    view = View([index_of(held[::2]), index_of(held[1::2], "care")], lambda *_: True)
    assert [one.id for one in view.search("word")] == [id_of(n) for n in reversed(range(9))]
    assert [one.id for one in view.search("word", limit=4)] == [id_of(n) for n in (8, 7, 6, 5)]
    assert len(view.search("word", "best", 4)) == 4


def test_an_id_that_two_strata_claim_is_found_once() -> None:
    held = [
        hold(state(1, "note", "word"), n, stratum=stratum) for n, stratum in enumerate(("record", "care"))
    ]
    view = View([index_of([one], one.stratum) for one in held], lambda *_: True)
    assert [one.id for one in view.search("word")] == [id_of(1)]


def test_best_first_is_the_shorter_text_and_labels_last() -> None:
    view = view_of(
        [
            state(1, "note", "knife"),
            state(2, "note", "a knife lay beside the door of the house where she had been kept for years"),
            state(3, "weapon", Term("methods", "knife")),
        ]
        + [state(f"n{n}", "note", f"another text {n}") for n in range(9)]
    )
    assert [held.id for held in view.search("knife")] == [id_of(n) for n in (3, 2, 1)]
    assert [held.id for held in view.search("knife", "best")] == [id_of(n) for n in (1, 2, 3)]


def test_best_of_very_many_are_the_best_of_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_WEIGHED", 3)
    texts = ["knife", "knife", "a knife lay there", "knife!", "a knife"]
    view = view_of([state(n, "note", text) for n, text in enumerate(texts)])
    assert [held.id for held in view.search("knife", "best")] == [id_of(n) for n in (3, 4, 2, 1, 0)]
    assert [held.id for held in view.search("knife", "best", 4)] == [id_of(n) for n in (3, 4, 2, 1)]


def test_more_than_one_page_and_more_than_many_terms() -> None:
    held = [hold(state(n, "note", f"alpha{n} 가나{'다' if n % 7 else '라'}"), n) for n in range(1_500)]
    view = View([index_of(held)], lambda *_: True)
    for query in ("alpha", "lpha1", "가나라", "나", "a", "가나 alpha7", "라 a 1"):
        check(view, held, query)


def test_a_code_that_begins_like_many() -> None:
    held = [hold(state(n, "code", f"P-{n:06}A", f"e{n}"), n) for n in range(700)]
    held += [hold(state(f"n{n}", "note", f"text {n}", f"e{n}"), 1_000 + n) for n in range(700)]
    view = View([index_of(held)], lambda *_: True)
    for query in ("p", "P-", "p-000012a", "text 12", "P-00001 text"):
        check(view, held, query)


@pytest.mark.parametrize("query", ["", " ", "\u3000\n"])
def test_nothing_to_search_for_is_refused(query: str) -> None:
    with pytest.raises(OnggiError, match="ledger.query"):
        view_of([state(1, "note", "x")]).search(query)


def test_half_a_character_is_found_nowhere() -> None:
    assert view_of([state(1, "note", "x\ufffd")]).search("\udced") == []


@example("가" * 60_000)
@example("a가" * 30_000)
@given(st.text("a가 ", max_size=40))
@settings(deadline=None, max_examples=10)
def test_long_queries_end(query: str) -> None:
    if query.split():
        view = view_of([state(1, "note", query), state(2, "note", "a")])
        assert id_of(1) in {held.id for held in view.search(query)}
