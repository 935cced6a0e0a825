"""A document as one HTML page that needs nothing else: no script, no request, no font but the reader's own.

Every text is escaped; pictures stand in it as data, where no browser runs or fetches anything; and a policy
in its head forbids the rest. The same document gives the same bytes. Reads package data (page.css). Refused:
whatever `checking` finds.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

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
    list_spans,
)
from onggi.paper.glyphs import show_text
from onggi.words import say


def make_html(document: Document) -> bytes:
    """The document as one page, UTF-8.

    Raises:
        OnggiError: the first thing `checking.find_faults` finds.
    """
    refuse_faults(document)
    style = _read_style() + _print_mark(document.mark)
    seal = b64encode(sha256(style.encode()).digest()).decode()
    mark = f'<p class="mark">{_text(document.mark)}</p>\n' if document.mark else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{document.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        f"style-src 'sha256-{seal}'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(document.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n{mark}<h1>{_text(document.title)}</h1>\n</header>\n<main>\n{_body(document)}\n</main>\n"
        f"<footer>\n{mark}</footer>\n</body>\n</html>\n"
    ).encode()


def make_body(document: Document) -> str:
    """Only what stands between the title and the end of it, for a page with a frame and a policy of its own.

    Its pictures stand in it as they were drawn: `figures` escapes every text in them, and the page's policy
    forbids the rest.

    Raises:
        OnggiError: the first thing `checking.find_faults` finds.
    """
    refuse_faults(document)
    return _body(document, inline=True)


def _body(document: Document, *, inline: bool = False) -> str:
    return "\n".join(
        _block(block, document, number, inline) for number, block in enumerate(document.blocks, start=1)
    )


@cache
def _read_style() -> str:
    return files("onggi.paper").joinpath("page.css").read_text("utf-8")


def _print_mark(mark: str) -> str:
    """The mark in the margins of every printed page; signs as numbers, so that none ends the string."""
    if not mark:
        return ""
    signs = "".join(f"\\{ord(sign):x} " for sign in show_text(mark))
    where = f'{{ content: "{signs}"; font: 700 8.5pt sans-serif; white-space: nowrap; }}'
    return f"@media print {{ @page {{ @top-left {where} @bottom-left {where} }} }}\n"


def _block(block: Block, document: Document, number: int = 0, inline: bool = False) -> str:
    match block:
        case Heading(level, text, anchor):
            # The title of the document is the one h1.
            return f'<h{level + 1} id="{anchor or _own_anchor(number)}">{_line(text)}</h{level + 1}>'
        case Paragraph(text):
            return f"<p>{_line(text)}</p>"
        case List(items, ordered):
            kind = "ol" if ordered else "ul"
            return f"<{kind}>{''.join(f'<li>{_line(item)}</li>' for item in items)}</{kind}>"
        case Facts(facts):
            rows = (
                f"<div{_place(fact.anchor)}><dt>{_line(fact.term)}</dt><dd>{_line(fact.text)}</dd></div>\n"
                for fact in facts
            )
            return f"<dl>\n{''.join(rows)}</dl>"
        case Table():
            return _table(block)
        case Picture():
            return _picture(block, inline)
        case Quote():
            return _quote(block, document.lang)
        case Note(kind, blocks):
            label = f'<p class="label">{say(f"paper.{kind}", document.lang)}</p>'
            inner = "\n".join(_block(inner, document, 0, inline) for inner in blocks)
            return f'<aside class="{kind}">\n{label}\n{inner}\n</aside>'
        case Contents(depth):
            return _contents(depth, document)
        case PageBreak():
            return '<hr class="break">'


def _table(table: Table) -> str:
    whole = sum(table.widths)
    columns = "".join(f'<col width="{round(100 * share / whole)}%">' for share in table.widths)
    head = "".join(f'<th scope="col">{_line(cell)}</th>' for cell in table.head)
    rows = "".join(f"<tr>{''.join(f'<td>{_line(cell)}</td>' for cell in row)}</tr>\n" for row in table.rows)
    caption = f"<caption>{_line(table.caption)}</caption>\n" if table.caption else ""
    # What may be moved sideways is reached by the keyboard, too.
    return (
        f'<div class="table" tabindex="0">\n<table>\n{caption}<colgroup>{columns}</colgroup>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>"
    )


def _picture(picture: Picture, inline: bool) -> str:
    if inline:
        caption = f"<figcaption>{_line(picture.caption)}</figcaption>\n" if picture.caption else ""
        return f"<figure>\n{picture.svg}{caption}</figure>"
    data = b64encode(picture.svg.encode()).decode()
    caption = f"<figcaption>{_line(picture.caption)}</figcaption>\n" if picture.caption else ""
    return (
        f'<figure>\n<img width="{picture.width}%" src="data:image/svg+xml;base64,{data}" '
        f'alt="{_text(picture.alt)}">\n{caption}</figure>'
    )


def _quote(quote: Quote, lang: str) -> str:
    def label(part: str) -> str:
        return f'<p class="label">{say(f"paper.{part}", lang)}</p>\n' if quote.translation else ""

    translation = f"{label('translation')}<p>{_line(quote.translation)}</p>\n" if quote.translation else ""
    source = f'<p class="source">{_line(quote.source)}</p>\n' if quote.source else ""
    return (
        f'<blockquote>\n{label("original")}<p lang="{quote.lang}">{_line(quote.text)}</p>\n'
        f"{translation}{source}</blockquote>"
    )


def _contents(depth: int, document: Document) -> str:
    entries = "".join(
        f'<li class="level{block.level}"><a href="#{block.anchor or _own_anchor(number)}">'
        f"{_line(block.text)}</a></li>\n"
        for number, block in enumerate(document.blocks, start=1)
        if isinstance(block, Heading) and block.level <= depth
    )
    return f'<nav>\n<p class="label">{say("paper.contents", document.lang)}</p>\n<ul>\n{entries}</ul>\n</nav>'


def _own_anchor(number: int) -> str:
    # No anchor of a document begins so.
    return f"_{number}"


def _line(line: Line) -> str:
    return "".join(map(_span, list_spans(line)))


def _span(span: Span) -> str:
    match span:
        case str():
            return _text(span)
        case Code(text):
            return f"<code>{_text(text)}</code>"
        case Reference(text, to):
            return f'<a href="#{to}">{_text(text)}</a>'
        case Text(text, strong, emphasis, lang):
            body = _text(text)
            body = f"<em>{body}</em>" if emphasis else body
            body = f"<strong>{body}</strong>" if strong else body
            return f'<span lang="{lang}">{body}</span>' if lang else body


def _text(text: str) -> str:
    return escape(show_text(text))


def _place(anchor: str) -> str:
    return f' id="{anchor}"' if anchor else ""
