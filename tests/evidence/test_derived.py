"""derived.txt has one form, and speaks only of what is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onggi.errors import OnggiError
from onggi.evidence.derived import Derived, parse_derived, render_derived

PATHS = ("data/items/item-1.jpg", "data/items/item-10.pdf", "data/items/item-2.txt")
numbers = st.integers(1, 20)


@given(
    st.sets(st.tuples(numbers, numbers)),
    st.sets(st.tuples(numbers, st.sampled_from(PATHS))),
)
def test_what_is_written_is_read(statements: set[tuple[int, int]], items: set[tuple[int, str]]) -> None:
    derived = Derived(tuple(sorted(statements)), tuple(sorted(items)))
    text = render_derived(derived)
    if statements or items:
        assert parse_derived(text, 20, 20, 20, PATHS) == derived
    else:
        with pytest.raises(OnggiError, match=r"evidence\.derived\.form"):
            parse_derived(text, 20, 20, 20, PATHS)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"statement 1 1",
        b"statement 1 1\n\n",
        b"statement 1 1\nstatement 1 1\n",
        b"statement 2 1\nstatement 1 1\n",
        b"statement 10 1\nstatement 9 1\n",
        b"item 1 data/items/item-1.jpg\nstatement 1 1\n",
        b"statement 01 1\n",
        b"statement 0 1\n",
        b"statement 21 1\n",
        b"statement 1 21\n",
        b"item 21 data/items/item-1.jpg\n",
        b"item 1 data/items/item-3.jpg\n",
        b"item 1 data/documents/dossier.pdf\n",
    ],
)
def test_nothing_else_is_read(text: bytes) -> None:
    with pytest.raises(OnggiError, match=r"evidence\.derived\.form"):
        parse_derived(text, 20, 20, 20, PATHS)
