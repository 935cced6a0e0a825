"""A document as PDF, set by typst with the fonts of this room and nothing of the machine it runs on.

What a document says travels as JSON to a fixed page (page.typ), which never reads it as markup. The same
document gives the same bytes everywhere: there is no date in it, no path and no name. It is tagged for
whoever reads with ears (PDF/UA-1). Reads package data, and keeps the fonts once read. Refused: whatever
`checking` finds.
"""

import json
from collections.abc import Sequence
from typing import Any

from onggi.errors import OnggiError
from onggi.paper.breaking import (
    LONG,
    hold_dots,
    mark_code,
    mark_words,
    measure_longest,
    measure_width,
    share_width,
)
from onggi.paper.checking import refuse_faults
from onggi.paper.document import (
    Block,
    Code,
    Contents,
    Document,
    Facts,
    Heading,
    Line,
    List,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Span,
    Table,
    Text,
    say_line,
)
from onggi.paper.glyphs import show_text
from onggi.paper.typesetting import typeset
from onggi.words import say

Node = dict[str, Any]

# page.typ sets them so; in em of the text they hold.
TABLE_WIDTH, CELL_MARGINS, QUOTE_WIDTH = 46.0, 1.4, 40.0
SHEET_WIDTH = 33.0  # of a table in a column of a sheet
SIZE = 10.5  # points
SHEET_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
MEASURED = 8  # terms
MOST_LINKS = (
    2_000  # each takes as much memory as three rows of a table; beyond them numbers are read, not followed
)
WHOLE_LINES = 20  # of a row, a short table or a quotation that stands on one page, which has 50


def make_pdf(document: Document) -> bytes:
    """The document as PDF.

    Raises:
        OnggiError: the first thing `checking.find_faults` finds; `paper.typesetting` where typst gives up.
    """
    refuse_faults(document)
    wide = SHEET_WIDTH if document.sheet else TABLE_WIDTH
    blocks = [_lower_block(block, document.lang, wide) for block in document.blocks]
    data = {
        "title": show_text(document.title),
        "lang": document.lang,
        "mark": show_text(document.mark),
        "sheet": document.sheet,
        "blocks": blocks if _count_links(blocks) <= MOST_LINKS else _drop_links(blocks),
    }
    if not document.sheet:
        return _typeset(data, SIZE, True)
    for size in SHEET_SIZES[:-1]:
        try:
            return _typeset(data, size, False)
        except OnggiError:  # it does not fit on a page
            continue
    return _typeset(data, SHEET_SIZES[-1], True)


def _typeset(data: Node, size: float, least: bool) -> bytes:
    """At this size of letters; `least` takes as many pages as it needs."""
    sized = {**data, "size": size, "least": least}
    return typeset("page.typ", {"document": json.dumps(sized, ensure_ascii=False)}, "pdf")


def _lower_block(block: Block, lang: str, wide: float) -> Node:
    """One block as the page takes it, with the words of the house in the document's language; `wide` is the
    width of a table."""
    match block:
        case Heading(level, text, anchor):
            return {"kind": "heading", "level": level, "text": _lower_line(text), "anchor": anchor}
        case Paragraph(text):
            return {"kind": "paragraph", "text": _lower_line(text)}
        case List(items, ordered):
            return {"kind": "list", "items": [_lower_line(item) for item in items], "ordered": ordered}
        case Facts():
            return _lower_facts(block)
        case Table():
            return _lower_table(block, wide)
        case Picture(svg, alt, caption, width):
            return {
                "kind": "picture",
                "svg": svg,
                "alt": show_text(alt),
                "caption": _lower_line(caption),
                "width": width,
            }
        case Quote(text, tongue, translation, source):
            return {
                "kind": "quote",
                "text": _lower_line(text),
                "lang": tongue,
                "translation": _lower_line(translation),
                "source": _lower_line(source),
                "says": {part: say(f"paper.{part}", lang) for part in ("original", "translation")},
                "breaks": _count_lines((text, translation), (QUOTE_WIDTH, QUOTE_WIDTH)) > WHOLE_LINES // 2,
            }
        case Note(kind, blocks):
            return {
                "kind": "note",
                "caution": kind == "caution",
                "breaks": not _is_short(blocks),
                "says": say(f"paper.{kind}", lang),
                "blocks": [_lower_block(inner, lang, wide) for inner in blocks],
            }
        case Contents(depth):
            return {"kind": "contents", "depth": depth, "says": say("paper.contents", lang)}
        case PageBreak():
            return {"kind": "break"}


def _count_links(node: Any) -> int:
    """How many references stand in what the page takes."""
    if isinstance(node, dict):
        return 1 if "to" in node else sum(map(_count_links, node.values()))
    return sum(map(_count_links, node)) if isinstance(node, list) else 0


def _drop_links(node: Any) -> Any:
    """The same with the words of each reference alone."""
    if isinstance(node, dict):
        return node["text"] if "to" in node else {key: _drop_links(inner) for key, inner in node.items()}
    return list(map(_drop_links, node)) if isinstance(node, list) else node


def _is_short(blocks: Sequence[Block]) -> bool:
    """Whether a note is a few lines, which stand on one page."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    return (
        len(lines) == len(blocks)
        and sum(_count_lines((line,), (QUOTE_WIDTH,)) for line in lines) <= WHOLE_LINES
    )


def _lower_facts(facts: Facts) -> Node:
    """The terms that are widest by our estimate go ahead, to be measured: the column is made for them."""
    lowered = [
        {"term": _lower_line(fact.term), "text": _lower_line(fact.text), "anchor": fact.anchor}
        for fact in facts.facts
    ]
    terms = sorted((fact.term for fact in facts.facts), key=lambda term: -measure_width(say_line(term)))
    return {"kind": "facts", "facts": lowered, "widest": [_lower_line(term) for term in terms[:MEASURED]]}


def _lower_table(table: Table, wide: float) -> Node:
    """Columns get their shares, but each its longest word; where that cannot be, long words are broken."""
    rows = [table.head, *table.rows]
    for longest in (LONG, 16, 10, 5):
        lowered = [[_lower_line(cell, longest) for cell in row] for row in rows]
        least = [CELL_MARGINS + max(map(_measure, column)) for column in zip(*lowered, strict=True)]
        if sum(least) <= wide:
            break
    widths = share_width(table.widths or [1] * len(table.head), least, wide)
    lines = [_count_lines(row, widths) for row in rows]
    return {
        "kind": "table",
        "head": lowered[0],
        "rows": [
            {"cells": cells, "breaks": count > WHOLE_LINES}
            for count, cells in zip(lines[1:], lowered[1:], strict=True)
        ],
        "breaks": sum(lines) + len(rows) // 2 > WHOLE_LINES,
        "widths": widths,
        "caption": _lower_line(table.caption),
    }


def _count_lines(row: Sequence[Line], widths: Sequence[float]) -> int:
    """How many lines a row takes, estimated and rather too many."""
    return max(
        sum(
            1 + int(measure_width(part) / max(width - CELL_MARGINS, 1)) for part in say_line(line).split("\n")
        )
        for line, width in zip(row, widths, strict=True)
    )


def _mark(text: str, longest: int) -> str:
    return hold_dots(mark_words(text, longest))


def _lower_line(line: Line, longest: int = LONG) -> str | list[str | Node]:
    """A line as the page takes it; words of more than `longest` letters may be broken."""
    if isinstance(line, str):
        return _mark(show_text(line), longest)
    return [_lower_span(span, longest) for span in line]


def _lower_span(span: Span, longest: int) -> str | Node:
    match span:
        case str(text):
            return _mark(show_text(text), longest)
        case Code(text):
            return {"code": mark_code(show_text(text))}
        case Reference(text, to):
            return {"to": to, "text": _mark(show_text(text), longest)}
        case Text(text, strong, emphasis, lang):
            marked = _mark(show_text(text), longest)
            return {"text": marked, "strong": strong, "emphasis": emphasis, "lang": lang}


def _measure(lowered: str | list[str | Node]) -> float:
    """The longest part of a cell that no line can end in."""
    spans = [lowered] if isinstance(lowered, str) else lowered
    texts = (span if isinstance(span, str) else span.get("code") or span["text"] for span in spans)
    return measure_longest("".join(texts))
