"""A document as plain data: what is said, in which order and in which language; never how it looks.

A line is a string, or a tuple of spans where a part of it is stressed, is a code, leads elsewhere or is in
another language. There are no knobs for fonts, colours or sizes: every document looks alike, so that a reader
knows where to look. Pure. Nothing is refused here; `checking` does that.

    Document("Case ON-0042", "en", "Confidential", (
        Heading(1, "Summary"),
        Paragraph(("She is called ", Text("리영희", lang="ko"), ": ", Reference("fact 3", "fact-3"), ".")),
        Facts((Fact("3", "In March 2009 she was sold.", anchor="fact-3"),)),
    ))
"""

from dataclasses import dataclass
from typing import Literal

# What a document may be written in is fewer (onggi.words.LANGUAGES); these may be quoted in one.
TONGUES = ("en", "ko", "zh", "ja", "ru", "fr", "es")
DEEPEST = 3  # levels of headings


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are; `lang` where they are in another language than what stands around them."""

    text: str
    strong: bool = False
    emphasis: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A hash, an id, a file name: letters of one width, which may be broken anywhere."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that lead to the heading or the fact with this anchor."""

    text: str
    to: str


Span = str | Text | Code | Reference
Line = str | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The first of a document is of level 1, and none is more than one level deeper than the one before."""

    level: int
    text: Line
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Line


@dataclass(frozen=True, slots=True)
class List:
    """Items with dots, or with numbers."""

    items: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A term, or the number of a fact, and what is said of it."""

    term: Line
    text: Line
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms on the left, what is said of them on the right."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, which stands again on each page. `widths` are shares; equal ones where none are
    given."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...] = ()
    caption: Line = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG that needs nothing from outside. `alt` says what it shows to whoever cannot see it; `width` in
    percent of the text's width."""

    svg: str
    alt: str
    caption: Line = ""
    width: int = 100


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, in her own words and language; its translation; and who said it where."""

    text: Line
    lang: str
    translation: Line = ""
    source: Line = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in a box, or a caution, which is harder to overlook."""

    kind: Literal["remark", "caution"]
    blocks: "tuple[Boxed, ...]"


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings down to level `depth`, with pages where there are pages."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Boxed = Paragraph | List | Facts | Table | Picture | Quote
Block = Heading | Boxed | Note | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """`title` and `lang` are all a document says about itself. `mark` says how it must be handled, on every
    page. A `sheet` is set on one page, in two columns and as small as it must be."""

    title: str
    lang: str
    mark: str
    blocks: tuple[Block, ...]
    sheet: bool = False


def list_spans(line: Line) -> tuple[Span, ...]:
    """The spans of a line, whichever way it was written."""
    return (line,) if isinstance(line, str) else line


def say_line(line: Line) -> str:
    """The words of a line, and nothing else."""
    return "".join(span if isinstance(span, str) else span.text for span in list_spans(line))
