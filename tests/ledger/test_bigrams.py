"""The conditions a word comes to never let a text slip that holds it."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from onggi.ledger.bigrams import (
    Condition,
    conditions_of,
    conditions_of_name,
    find_piece,
    normalise,
    pairs_of,
    split_name,
    split_text,
    tie_of,
)

TEXTS = st.text(st.sampled_from('가나다辽宁アㄱ\u1112\u1161\u11ababc19 -・"*%_⺀é\u0301Aß'), max_size=24)


def meets(condition: Condition, tokens: list[str]) -> bool:
    """What the full-text table is asked, without one."""
    if condition.piece:
        found = (token.endswith if condition.at_end else token.__contains__ for token in tokens)
        return any(ask(condition.piece) for ask in found)
    return fits(condition.expression, tokens)


def fits(expression: str, tokens: list[str]) -> bool:
    """Whether tokens hold a phrase, or one that begins like it."""
    phrase, star, _ = expression.partition("*")
    wanted = phrase.strip('"').split()
    windows = [tokens[at : at + len(wanted)] for at in range(len(tokens))]
    if star:
        return any(token.startswith(wanted[0]) for token in tokens)
    return wanted in windows


@given(TEXTS, st.data())
@example("a가a가a가a가a가a가", None)
def test_no_text_slips(text: str, data: st.DataObject | None) -> None:
    whole = normalise(text)
    start = data.draw(st.integers(0, len(whole))) if data else 0
    end = data.draw(st.integers(start, len(whole))) if data else len(whole)
    word = "".join(whole[start:end].split()[:1])
    assert all(meets(condition, split_text(whole)[0]) for condition in conditions_of(word))


@given(TEXTS, st.data())
def test_no_name_slips(name: str, data: st.DataObject) -> None:
    whole = normalise(name)
    start = data.draw(st.integers(0, len(whole)))
    word = "".join(whole[start : data.draw(st.integers(start, len(whole)))].split()[:1])
    assert all(fits(expression, split_name(whole)) for expression in conditions_of_name(word))


@given(st.text("abc1é", min_size=2), st.data())
@example("ab" * 60, None)
def test_no_word_slips_of_which_a_piece_is_typed(word: str, data: st.DataObject | None) -> None:
    start = data.draw(st.integers(0, len(word) - 2)) if data else 1
    end = data.draw(st.integers(start + 2, len(word))) if data else len(word)
    piece = word[start:end]
    assert fits(find_piece(piece, False), pairs_of(word))
    assert fits(find_piece(piece, True), pairs_of(word)) or not word.endswith(piece)
    assert not fits(find_piece("zz", False), pairs_of(word))


@given(st.one_of(st.text(), st.text("0123456789abcdef", min_size=32, max_size=32)), st.text())
def test_a_tie_is_a_token_that_no_text_has(reference: str, text: str) -> None:
    tie = tie_of(reference)
    assert tie[0] == "§" and all(map(str.isalnum, tie[1:]))
    assert tie not in split_text(normalise(text + reference))[0]


@given(st.text())
def test_tokens_are_letters_and_digits(text: str) -> None:
    tokens, words = split_text(normalise(text))
    assert all(token and not set(token) & set(" \"'*()-:^+_") for token in tokens)
    assert set(words) <= set(tokens)


@given(st.text())
def test_however_it_was_typed(text: str) -> None:
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


def test_spellings_that_are_one() -> None:
    assert normalise("ＬＩＡＯＮＩＮＧ Straße 리") == normalise("liaoning STRASSE 리")


def test_only_the_edges_of_a_word_may_be_pieces() -> None:
    assert conditions_of("bc") == [Condition(piece="bc")]
    assert conditions_of("bc辽宁de") == [
        Condition(piece="bc", at_end=True),
        Condition('"辽宁"'),
        Condition('"de"*'),
    ]
    assert conditions_of("-bc-de-fg") == [
        Condition(piece="bc", at_end=True),
        Condition('"de"'),
        Condition('"fg"*'),
    ]


def test_a_long_word_is_cut_short() -> None:
    assert len(conditions_of("가a" * 1_000)) == 8
    assert len(conditions_of("가" * 5_000)[0].expression) < 200


def test_marks_alone_narrow_nothing() -> None:
    assert conditions_of("—“”") == []
