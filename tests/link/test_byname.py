"""Several names of one record: any may agree, a by-name shows little, and "mother of X" is none."""

import numpy as np

from onggi.link.byname import BYNAME, SHOWN
from onggi.link.columns import Records, number_texts
from onggi.link.couples import compare_couples, list_all
from onggi.link.features import Feature, make_features


def make(kind: str, *cells: str) -> Feature:
    ids = tuple(str(at) for at in range(len(cells)))
    return make_features(Records(ids, {"name": number_texts(cells)}), {"name": kind})[0]


def compare(kind: str, *cells: str) -> dict[tuple[int, int], int]:
    couples = list_all(len(cells))
    levels = compare_couples(couples, [make(kind, *cells)])[:, 0]
    return dict(zip(couples, levels.tolist(), strict=True))


def test_any_name_of_one_may_agree_with_any_of_the_other() -> None:
    levels = compare("names", "王丽\n리영희", "赵红\nRi Yong Hui", "박철수", "")
    assert levels[0, 1] > 3 and levels[0, 2] == levels[1, 2] == 0
    assert levels[0, 3] == -1, "missing is missing"


def test_one_name_each_is_as_one_name() -> None:
    cells = ("리영희", "Li Yingji", "박철수", "김은실")
    assert compare("names", *cells) == compare("name", *cells)


def test_a_by_name_shows_little_whatever_it_is() -> None:
    levels = compare(
        "names", BYNAME + "최 사장", BYNAME + "최 사장", "최사장", "최동일\n" + BYNAME + "최 사장"
    )
    assert 0 < min(levels.values()) <= max(levels.values()) <= SHOWN
    assert compare("names", "최동일", "최동일")[0, 1] > SHOWN


def test_whose_mother_she_is_is_no_name_of_hers() -> None:
    feature = make("names", "리영희의 어머니", "리영희")
    assert feature.codes.tolist()[0] == -1 != feature.codes.tolist()[1]


def test_a_record_is_found_by_each_of_its_names_once() -> None:
    feature = make("names", "리영희\n이영희", "Ri Yong Hui", "리영희")
    rows, keys = feature.parts["full"]
    assert len(np.unique(np.stack([rows, keys]), axis=1).T) == len(rows)
    shared = set(keys[rows == 0].tolist()) & set(keys[rows == 1].tolist())
    assert shared and set(rows.tolist()) == {0, 1, 2}


def test_the_order_of_names_does_not_matter() -> None:
    feature = make("names", "리영희\n왕춘화", "왕춘화\n리영희")
    assert feature.codes[0] == feature.codes[1] and feature.equal[feature.codes[0]] > 3
