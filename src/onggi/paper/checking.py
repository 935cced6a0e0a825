"""What is wrong with a document, before anything is made of it.

Pure, but for the fonts' character maps. Every fault says in which block it is: "3" is the third, "3.2" the
second inside the third, "title" and "mark" are what they say. The words themselves are never repeated.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator

from onggi.errors import Exit, Finding, OnggiError
from onggi.paper.document import (
    DEEPEST,
    TONGUES,
    Block,
    Boxed,
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
    Table,
    Text,
    list_spans,
    say_line,
)
from onggi.paper.drawing import Fault, judge_picture
from onggi.paper.glyphs import find_undrawn, show_text
from onggi.words import LANGUAGES

ANCHOR = re.compile(r"[a-z][a-z0-9-]{0,39}")  # what PDF, Word and HTML all take as the name of a place


def refuse_faults(document: Document) -> None:
    """Stop at the first fault.

    Raises:
        OnggiError: what `find_faults` finds first.
    """
    for fault in find_faults(document):
        raise OnggiError(fault.code, exit_code=Exit.CLOSED, **fault.values)


def find_faults(document: Document) -> Iterator[Finding]:
    """Everything because of which a document is not made, in the order of its blocks."""
    if document.lang not in LANGUAGES:
        yield _fault("paper.lang", "title")
    if not show_text(document.title).strip():
        yield _fault("paper.untitled", "title")
    yield from _find_undrawn("title", document.title)
    yield from _find_undrawn("mark", document.mark)
    anchors = Counter(_list_anchors(document))
    deepest = 0
    for number, block in enumerate(document.blocks, start=1):
        place = str(number)
        yield from _check_block(place, block, anchors)
        if isinstance(block, Heading):
            if not show_text(say_line(block.text)).strip():
                yield _fault("paper.untitled", place)
            if any(isinstance(span, Reference) for span in list_spans(block.text)):
                yield _fault("paper.heading", place)
            if not 1 <= block.level <= min(deepest + 1, DEEPEST):
                yield _fault("paper.level", place)
            deepest = block.level
    for place, anchor in _place_anchors(document):
        if not ANCHOR.fullmatch(anchor) or anchors[anchor] > 1:
            yield _fault("paper.anchor", place)


def _check_block(place: str, block: Block, anchors: Container[str]) -> Iterator[Finding]:
    for line in _list_lines(block):
        yield from _check_line(place, line, anchors)
    match block:
        case Note(_, blocks):
            for number, inner in enumerate(blocks, start=1):
                yield from _check_block(f"{place}.{number}", inner, anchors)
        case Table():
            yield from _check_table(place, block)
        case Picture():
            yield from _check_picture(place, block)
        case Quote():
            if block.lang not in TONGUES:
                yield _fault("paper.lang", place)


def _check_line(place: str, line: Line, anchors: Container[str]) -> Iterator[Finding]:
    for span in list_spans(line):
        yield from _find_undrawn(place, span if isinstance(span, str) else span.text)
        if isinstance(span, Text) and span.lang and span.lang not in TONGUES:
            yield _fault("paper.lang", place)
        if isinstance(span, Reference) and span.to not in anchors:
            yield _fault("paper.reference", place)


def _find_undrawn(place: str, text: str) -> Iterator[Finding]:
    if sign := find_undrawn(show_text(text)):
        yield Finding("paper.glyph", place, {"character": f"U+{ord(sign):04X}", "block": place})


def _check_table(place: str, table: Table) -> Iterator[Finding]:
    columns = len(table.head)
    if not columns:
        yield _fault("paper.head", place)
    if table.widths and (len(table.widths) != columns or min(table.widths) < 1):
        yield _fault("paper.widths", place)
    for number, row in enumerate(table.rows, start=1):
        if len(row) != columns:
            yield Finding(
                "paper.cells", place, {"block": place, "row": number, "cells": len(row), "columns": columns}
            )


def _check_picture(place: str, picture: Picture) -> Iterator[Finding]:
    if not show_text(picture.alt).strip():
        yield _fault("paper.picture.alt", place)
    if not 1 <= picture.width <= 100:
        yield _fault("paper.picture.width", place)
    judged = judge_picture(picture.svg)
    if isinstance(judged, Fault):
        yield _fault(judged.value, place)
    else:
        yield from _find_undrawn(place, judged)


def _list_lines(block: Block) -> Iterable[Line]:
    """The lines that stand in a block itself, not in blocks inside it."""
    match block:
        case Heading() | Paragraph():
            return [block.text]
        case List():
            return block.items
        case Facts():
            return [line for fact in block.facts for line in (fact.term, fact.text)]
        case Table():
            return [*block.head, *(cell for row in block.rows for cell in row), block.caption]
        case Picture():
            return [block.alt, block.caption]
        case Quote():
            return [block.text, block.translation, block.source]
        case Note() | Contents() | PageBreak():
            return []


def _list_anchors(document: Document) -> Iterator[str]:
    return (anchor for _, anchor in _place_anchors(document))


def _place_anchors(document: Document) -> Iterator[tuple[str, str]]:
    for number, block in enumerate(document.blocks, start=1):
        yield from _block_anchors(str(number), block)


def _block_anchors(place: str, block: Block | Boxed) -> Iterator[tuple[str, str]]:
    match block:
        case Heading():
            if block.anchor:
                yield place, block.anchor
        case Facts():
            yield from ((place, fact.anchor) for fact in block.facts if fact.anchor)
        case Note():
            for number, inner in enumerate(block.blocks, start=1):
                yield from _block_anchors(f"{place}.{number}", inner)


def _fault(code: str, place: str) -> Finding:
    return Finding(code, place, {"block": place})
