"""Couples of records stand where they are looked for."""

import numpy as np
import pytest

from onggi.link.couples import list_all, number_couples, order_couple


@pytest.mark.parametrize("records", [0, 1, 2, 3, 199])
def test_each_couple_is_found_where_it_stands(records: int) -> None:
    couples = list_all(records)
    a, b = np.array(couples, np.int32).reshape(-1, 2).T
    assert number_couples(records, a, b).tolist() == list(range(records * (records - 1) // 2))


def test_the_smaller_number_stands_first() -> None:
    assert order_couple(2, 1) == order_couple(1, 2) == (1, 2)
