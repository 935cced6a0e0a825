"""Slips between words, counted with bits, against the same counted by a table."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onggi.link.alike import FAR, Words

word = st.text("ab영é", min_size=0, max_size=7)


def count_slips(a: str, b: str) -> int:
    """Optimal string alignment, by its definition."""
    row = {(i, -1): i + 1 for i in range(-1, len(a))} | {(-1, j): j + 1 for j in range(-1, len(b))}
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            row[i, j] = min(row[i - 1, j] + 1, row[i, j - 1] + 1, row[i - 1, j - 1] + (x != y))
            if i and j and x == b[j - 1] and a[i - 1] == y:
                row[i, j] = min(row[i, j], row[i - 2, j - 2] + 1)
    return row[len(a) - 1, len(b) - 1]


@given(st.lists(word, min_size=2, max_size=6))
def test_slips_are_those_of_the_definition(words: list[str]) -> None:
    held = Words(words)
    first, second = (each.ravel().astype(np.int32) for each in np.meshgrid(*[np.arange(len(words))] * 2))
    found = held.count_slips(first, second).tolist()
    assert found == [min(FAR, count_slips(words[a], words[b])) for a, b in zip(first, second, strict=True)]


def test_no_words_at_all() -> None:
    assert Words([]).count_slips(np.empty(0, np.int32), np.empty(0, np.int32)).tolist() == []
