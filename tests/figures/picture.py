"""What stands in a picture, read back from its bytes: boxes of texts, extents of marks, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from unicodedata import category
from xml.etree import ElementTree

from onggi.figures.figure import Figure
from onggi.figures.measure import measure_text

SPACE = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "rect", "line", "path", "circle", "polygon", "text"}
ATTRIBUTES = {
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "points", "d", "viewBox"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin"),
    *("font-size", "font-weight", "font-family", "text-anchor", "role", "lang", "version"),
    "{http://www.w3.org/XML/1998/namespace}lang",
}
NUMBER = re.compile(r"-?\d+(?:\.\d{1,2})?")
EDGE = 0.02  # what rounding to two decimals may move


@dataclass(frozen=True)
class Box:
    """From left to right and from top to bottom."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""
    fill: str = ""

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        across = self.left < other.right - EDGE and other.left < self.right - EDGE
        return across and self.top < other.bottom - EDGE and other.top < self.bottom - EDGE


def read_picture(figure: Figure) -> ElementTree.Element:
    """The picture, parsed; its texts hold no more than they were given."""
    return ElementTree.fromstring(figure.svg)  # noqa: S314 - our own bytes, and the test is that they parse


def list_texts(figure: Figure) -> list[Box]:
    """The box of every text, as wide as our own measuring says; capitals and tails included."""
    boxes = []
    for text in read_picture(figure).iter(SPACE + "text"):
        size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
        width = measure_text(text.text or "", size)
        anchor = text.attrib.get("text-anchor", "start")
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        boxes.append(Box(left, y - size * 0.8, left + width, y + size * 0.22, text.text or ""))
    return boxes


def list_marks(figure: Figure) -> Iterator[Box]:
    """The box of every mark but texts; a path by all its places, which curves do not leave."""
    for mark in read_picture(figure).iter():
        tag, at = mark.tag.removeprefix(SPACE), mark.attrib
        fill = at.get("fill", "")
        if tag == "rect":
            x, y = float(at.get("x", 0)), float(at.get("y", 0))
            yield Box(x, y, x + float(at["width"]), y + float(at["height"]), fill=fill)
        elif tag == "circle":
            x, y, r = (float(at[name]) for name in ("cx", "cy", "r"))
            yield Box(x - r, y - r, x + r, y + r, fill=fill)
        elif tag == "line":
            xs, ys = sorted(float(at[n]) for n in ("x1", "x2")), sorted(float(at[n]) for n in ("y1", "y2"))
            yield Box(xs[0], ys[0], xs[1], ys[1], fill=fill)
        elif tag == "polygon":
            yield _bound(map(float, re.split("[ ,]", at["points"])), fill)
        elif tag == "path":
            assert re.fullmatch(r"(?:[MLCZ]-?[\d.]+(?: -?[\d.]+)+)+", at["d"].replace(",", " ")), at["d"]
            yield _bound(map(float, NUMBER.findall(at["d"])), fill)


def _bound(numbers: Iterator[float], fill: str) -> Box:
    places = list(numbers)
    xs, ys = places[::2], places[1::2]
    return Box(min(xs), min(ys), max(xs), max(ys), fill=fill)


def check_picture(figure: Figure) -> None:
    """What holds for every figure: known marks alone, all of them on the paper, and no text on another."""
    root = read_picture(figure)
    assert not {category(char) for char in figure.svg if char != "\n"} & {"Cc", "Cf", "Cs", "Cn"}
    assert (root.attrib["viewBox"], root.attrib["role"]) == (f"0 0 {figure.width} {figure.height}", "img")
    assert [child.tag for child in root][:2] == [SPACE + "title", SPACE + "desc"]
    for mark in root.iter():
        assert mark.tag.removeprefix(SPACE) in TAGS
        assert set(mark.attrib) <= ATTRIBUTES
        assert not any("url(" in value or "javascript:" in value for value in mark.attrib.values())
    texts = list_texts(figure)
    for box in [*texts, *list_marks(figure)]:
        assert -EDGE <= box.left <= box.right <= figure.width + EDGE, box
        assert -EDGE <= box.top <= box.bottom <= figure.height + EDGE, box
    meeting = [(one.text, other.text) for one, other in combinations(texts, 2) if one.meets(other)]
    assert meeting == []
    assert all(len(row) == len(figure.head) for row in figure.rows)
