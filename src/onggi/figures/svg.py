"""The few marks of SVG 1.1 that every reader draws alike, and the escaping of every text.

Pure. What is written here holds no script, no link, no style sheet, no id and no reference to one: a browser,
typst and what draws pictures for Word need nothing but the attributes. Numbers are written with at most two
decimals and one spelling, so that equal pictures are equal bytes. Refused: nothing; text is cleaned (see
`measure`) and stays text.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from onggi.figures.ink import INK, PAPER, Stroke
from onggi.figures.measure import clean_text

_QUOTES = {'"': "&quot;", "'": "&#39;"}
_FAMILIES = {"zh": "Noto Sans CJK SC, Noto Sans CJK KR, sans-serif"}
_FAMILY = "Noto Sans CJK KR, Noto Sans CJK SC, sans-serif"


def write_number(number: float) -> str:
    """A length or a place, in its one spelling."""
    written = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def draw(tag: str, /, **attributes: str | float | None) -> str:
    """One mark. Underscores in names stand for hyphens, and what is None is left out."""
    written = "".join(
        f' {name.replace("_", "-")}="{_write(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}/>"


def draw_polygon(points: Iterable[tuple[float, float]], **ink: str | float | None) -> str:
    """A closed form with these corners."""
    return draw("polygon", points=" ".join(f"{write_number(x)},{write_number(y)}" for x, y in points), **ink)


def draw_strokes(strokes: Iterable[Stroke], *, stroke: str, width: float = 1.2) -> list[str]:
    """Straight strokes as one mark; nothing if there are none."""
    path = "".join("M{} {}L{} {}".format(*map(write_number, ends)) for ends in strokes)
    return [draw("path", d=path, stroke=stroke, stroke_width=width, fill="none")] if path else []


def draw_text(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    anchor: str | None = None,
    fill: str = INK,
    bold: bool = False,
) -> str:
    """One line of text; `y` is where its letters stand."""
    weight = ' font-weight="700"' if bold else ""
    align = f' text-anchor="{anchor}"' if anchor else ""
    place = f'x="{write_number(x)}" y="{write_number(y)}" font-size="{write_number(size)}"'
    return f'<text {place}{align} fill="{fill}"{weight}>{escape_text(text)}</text>'


def draw_picture(parts: Iterable[str], width: int, height: int, *, title: str, alt: str, lang: str) -> str:
    """The whole picture on white paper, with its name and its words for who cannot see it."""
    family = _FAMILIES.get(lang, _FAMILY)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" lang="{lang}" xml:lang="{lang}" font-family="{family}">'
    )
    named = f"<title>{escape_text(title)}</title>", f"<desc>{escape_text(alt)}</desc>"
    paper = draw("rect", width=width, height=height, fill=PAPER)
    return "\n".join((head, *named, paper, *parts, "</svg>", ""))


def escape_text(text: str) -> str:
    """A text as XML has it, whatever it holds."""
    return escape(clean_text(text), _QUOTES)


def _write(value: str | float) -> str:
    return escape_text(value) if isinstance(value, str) else write_number(value)
