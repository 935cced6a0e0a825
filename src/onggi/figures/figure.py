"""A figure: the picture, what it is called, what it says in words, and the table that says the same.

Pure.
"""

from dataclasses import dataclass

from onggi.figures.measure import clean_text
from onggi.words import say

WIDTH = 680
"""Units; four for each millimetre between the margins of A4. No page of a figure is wider unless asked."""

HEIGHT = 900
"""No page of a figure is higher: with a caption it fits on one page of A4."""

NARROWEST = 320
"""Below this no label is legible; narrower figures are drawn so wide, and scaled by whoever shows them."""

LEGIBLE = 0.6
"""The scale below which few can read a figure on paper; whoever shows it shows its table instead."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One page of a picture. `head` and `rows` hold all that the picture shows, uncut."""

    svg: str
    width: int
    height: int
    title: str
    alt: str
    head: Row
    rows: tuple[Row, ...]

    @property
    def scale(self) -> float:
        """How large it is drawn on a page of A4, of the size it was meant for (`LEGIBLE`)."""
        return min(WIDTH / self.width, HEIGHT / self.height, 1.0)


def number_title(title: str, page: int, pages: int, lang: str) -> str:
    """The title of one page of several."""
    named = clean_text(title)
    return named if pages == 1 else say("figures.page", lang, title=named, page=page, pages=pages)


def drop_empty(head: Row, rows: list[Row]) -> tuple[Row, tuple[Row, ...]]:
    """A table without the columns in which nothing stands."""
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    return tuple(head[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows)
