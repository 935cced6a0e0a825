"""A matrix: every cell is in the picture and in the table, on as many pages as it needs."""

import re
from xml.etree import ElementTree

import pytest

from onggi.errors import OnggiError
from onggi.figures.figure import HEIGHT, WIDTH, Figure
from onggi.figures.matrix import Line, draw_matrix

STANDINGS = ("supported", "contradicted", "not known")


def draw(lines: int, columns: int, **changed: str) -> tuple[Figure, ...]:
    cells = [(number % 3, str(number) if number % 3 == 0 else "") for number in range(columns)]
    return draw_matrix(
        [Line(f"Norm {n // 4}", changed.get("label", f"element {n}"), tuple(cells)) for n in range(lines)],
        [f"P-{number:07}" for number in range(columns)],
        title="Elements",
        standings=STANDINGS,
        corner="Element",
        lang="en",
    )


def test_every_cell_stands_in_the_picture_and_in_the_table() -> None:
    (figure,) = draw(6, 3)
    assert figure.head == ("Under", "Element", "P-0000000", "P-0000001", "P-0000002")
    assert [row[2:] for row in figure.rows] == [("supported 0", "contradicted", "not known")] * 6
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg)
    assert [texts.count(sign) for sign in ("✓ 0", "≠", "?")] == [6, 7, 7], (
        "the legend has each sign once more"
    )
    ElementTree.fromstring(figure.svg)  # noqa: S314 - our own


@pytest.mark.parametrize(("lines", "columns"), [(1, 1), (120, 3), (10, 23)])
def test_nothing_is_lost_between_pages(lines: int, columns: int) -> None:
    figures = draw(lines, columns)
    assert all(figure.width == WIDTH and figure.height <= HEIGHT for figure in figures)
    seen = {(row[1], column) for figure in figures for row in figure.rows for column in figure.head[2:]}
    assert seen == {(f"element {n}", f"P-{c:07}") for n in range(lines) for c in range(columns)}
    assert len({figure.title for figure in figures}) == len(figures)


def test_without_a_line_there_is_no_picture() -> None:
    assert draw(0, 3) == ()


def test_a_text_stays_a_text_however_long() -> None:
    (figure,) = draw(1, 1, label="<script>alert(1)</script>" + "\u202e" + "x" * 5000)
    assert "<script" not in figure.svg and "\u202e" not in figure.svg
    assert figure.height < 300


def test_more_standings_than_looks_are_refused() -> None:
    with pytest.raises(OnggiError, match=r"figures\.kinds"):
        draw_matrix([Line("", "", ())], [], title="", standings=("a", "b", "c", "d"), corner="", lang="en")
