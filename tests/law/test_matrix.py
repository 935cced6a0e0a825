"""The matrix of elements: a line for each element, a column for each person, no score."""

from tests.law.invented import Told, year
from tests.law.test_assess import assess

from onggi.law.matrix import draw_elements
from onggi.words import LANGUAGES, say


def told() -> Told:
    sold = Told().act("sale", "sale", victim="her", by="him", date=year(2012))
    return sold.act("beating", "beating", victim="other", by="him", date=year(2013))


def test_each_element_of_each_norm_stands_once_under_its_norm() -> None:
    found = assess(told())
    figures = draw_elements(found.charges, "en", str)
    lines = [row[:2] for figure in figures for row in figure.rows]
    asked = [
        (f"{one.norm.id} {one.norm.titles['en']}", weighed.element.texts["en"])
        for one, _ in found.charges
        for weighed in one.elements
    ]
    assert sorted(set(lines)) == sorted(set(asked)) and len(lines) == len(set(lines))


def test_whom_a_norm_does_not_concern_has_no_cell_under_it() -> None:
    found = assess(told())
    (head,) = {figure.head for figure in draw_elements(found.charges, "en", str)}
    assert {"her", "other"} <= set(head[2:])
    at = head.index("other")
    sale = [
        row
        for figure in draw_elements(found.charges, "en", str)
        for row in figure.rows
        if "CN-CL-240" in row[0]
    ]
    assert sale and {row[at] for row in sale} == {"–"}


def test_that_it_is_no_advice_stands_in_its_title() -> None:
    for lang in LANGUAGES:
        for figure in draw_elements(assess(told()).charges, lang, str):
            assert say("law.notice", lang) in figure.title


def test_nothing_recorded_draws_nothing() -> None:
    assert draw_elements(assess(Told()).charges, "en", str) == ()
