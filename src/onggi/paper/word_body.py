"""The body of a Word document: each block as WordprocessingML (ECMA-376), and the pictures it holds.

Pure, but for typst, which draws the pictures. Every text is escaped; a language stands on each run that has
another than the document, with the font Windows and Word have for its script.
"""

from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from struct import unpack_from

from onggi.paper.breaking import measure_width
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
    say_line,
)
from onggi.paper.drawing import DOTS, draw_picture
from onggi.paper.glyphs import show_text
from onggi.words import say

TWIPS = 8731  # the width of the text on A4 with margins of 28 mm, in twentieths of a point
SIZE = 210  # of its letters, in the same
TEXT_MM, TALLEST_MM = 154, 215
EMU_PER_INCH = 914400

AFTER_PICTURE = '<w:spacing w:before="80" w:after="320"/>'

TAGS = {
    "en": "en-GB",
    "ko": "ko-KR",
    "zh": "zh-CN",
    "ja": "ja-JP",
    "ru": "ru-RU",
    "fr": "fr-FR",
    "es": "es-ES",
}
FONTS = {"ko": "Malgun Gothic", "zh": "Microsoft YaHei", "ja": "Yu Gothic"}


@dataclass(slots=True)
class Body:
    """What is written while going through a document once, from its first block to its last."""

    document: Document
    pictures: list[bytes] = field(default_factory=list)
    numbered: int = 0  # lists with numbers, each of which begins at 1
    places: int = 0  # bookmarks
    headings: int = 0

    def write(self) -> str:
        """The title and every block."""
        title = paragraph("Title", run(self.document.title, self.document.lang, self.document.lang))
        return title + "".join(map(self._block, self.document.blocks))

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph(text):
                return paragraph("", self._line(text))
            case List():
                return self._list(block)
            case Facts():
                return self._facts(block)
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Quote():
                return self._quote(block)
            case Note(kind, blocks):
                label = paragraph("NoteLabel", self._label(kind))
                inner = label + "".join(map(self._block, blocks))
                # A cell must end with a paragraph; after a table there is none yet.
                end = paragraph("Gap", "") if inner.endswith("</w:tbl>") else ""
                return table(kind.capitalize(), [TWIPS], row(cell(TWIPS, inner + end))) + paragraph("Gap", "")
            case Contents(depth):
                return self._contents(depth)
            case PageBreak():
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def _heading(self, heading: Heading) -> str:
        self.headings += 1
        words = self._placed(_heading_place(self.headings), self._line(heading.text))
        return paragraph(f"Heading{heading.level}", self._placed(heading.anchor, words))

    def _list(self, block: List) -> str:
        number = 1
        if block.ordered:
            self.numbered += 1
            number += self.numbered
        shape = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        return "".join(paragraph("ListParagraph", self._line(item), shape) for item in block.items)

    def _facts(self, facts: Facts) -> str:
        widest = max((measure_width(say_line(fact.term)) for fact in facts.facts), default=0.0)
        left = min(round((widest + 1.5) * SIZE), TWIPS // 3)
        rows = "".join(
            row(
                cell(left, paragraph("Term", self._line(fact.term))),
                cell(TWIPS - left, paragraph("Fact", self._placed(fact.anchor, self._line(fact.text)))),
            )
            for fact in facts.facts
        )
        return table("Facts", [left, TWIPS - left], rows) + paragraph("Gap", "")

    def _table(self, block: Table) -> str:
        shares = block.widths or (1,) * len(block.head)
        widths = [TWIPS * share // sum(shares) for share in shares]
        caption = paragraph("Caption", self._line(block.caption), "<w:keepNext/>") if block.caption else ""
        rows = "".join(self._row(cells, widths, "Cell") for cells in block.rows)
        head = self._row(block.head, widths, "CellHead", "<w:tblHeader/>")
        return caption + table("Rows", widths, head + rows) + paragraph("Gap", "")

    def _row(self, cells: tuple[Line, ...], widths: list[int], style: str, kind: str = "") -> str:
        pairs = zip(widths, cells, strict=True)
        return row(*(cell(width, paragraph(style, self._line(line))) for width, line in pairs), kind=kind)

    def _picture(self, picture: Picture) -> str:
        self.pictures.append(draw_picture(picture.svg, TEXT_MM * picture.width / 100, TALLEST_MM))
        number = len(self.pictures)
        wide, high = (round(side / DOTS * EMU_PER_INCH) for side in unpack_from(">II", self.pictures[-1], 16))
        drawing = read_part("drawing").format(
            number=number, wide=wide, high=high, alt=escape_text(picture.alt)
        )
        caption = paragraph("Caption", self._line(picture.caption), AFTER_PICTURE) if picture.caption else ""
        return paragraph("Picture", f"<w:r>{drawing}</w:r>") + caption

    def _quote(self, quote: Quote) -> str:
        words = paragraph("Quote", self._line(quote.text, quote.lang))
        if quote.translation:
            words = (
                paragraph("QuoteLabel", self._label("original"))
                + words
                + paragraph("QuoteLabel", self._label("translation"))
                + paragraph("Quote", self._line(quote.translation))
            )
        return words + (paragraph("QuoteSource", self._line(quote.source)) if quote.source else "")

    def _contents(self, depth: int) -> str:
        """A field that Word can fill anew, filled with what it will find."""
        numbered = enumerate((b for b in self.document.blocks if isinstance(b, Heading)), start=1)
        entries = [
            (heading.level, link(_heading_place(number), self._line(heading.text)))
            for number, heading in numbered
            if heading.level <= depth
        ]
        asked = f'<w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\n \\h \\z \\u </w:instrText>'
        begin = f"{_field('begin')}<w:r>{asked}</w:r>{_field('separate')}"
        lines = [
            paragraph(f"TOC{level}", (begin if not number else "") + words)
            for number, (level, words) in enumerate(entries)
        ]
        if not lines:
            return ""
        lines[-1] = lines[-1].removesuffix("</w:p>") + f"{_field('end')}</w:p>"
        return paragraph("TOCHeading", self._label("contents")) + "".join(lines)

    def _label(self, id: str) -> str:
        return run(say(f"paper.{id}", self.document.lang), self.document.lang, self.document.lang)

    def _placed(self, anchor: str, words: str) -> str:
        """Words with a bookmark around them."""
        if not anchor:
            return words
        self.places += 1
        name = _bookmark(anchor)
        return (
            f'<w:bookmarkStart w:id="{self.places}" w:name="{name}"/>{words}'
            f'<w:bookmarkEnd w:id="{self.places}"/>'
        )

    def _line(self, line: Line, lang: str = "") -> str:
        return "".join(self._span(span, lang or self.document.lang) for span in list_spans(line))

    def _span(self, span: Span, lang: str) -> str:
        around = self.document.lang
        match span:
            case str(text):
                return run(text, lang, around)
            case Code(text):
                return run(text, lang, around, "code")
            case Reference(text, to):
                return link(_bookmark(to), run(text, lang, around, "link"))
            case Text(text, strong, emphasis, tongue):
                stress = ("strong",) * strong + ("emphasis",) * emphasis
                return run(text, tongue or lang, around, *stress)


def run(text: str, lang: str, around: str, *kinds: str) -> str:
    """Words of one kind and language; `around` is the language of the document."""
    shape = {"code": '<w:rStyle w:val="Code"/>', "link": '<w:rStyle w:val="Hyperlink"/>'}
    style = "".join(shape.get(kind, "") for kind in kinds)
    fonts = ""
    if lang in FONTS and (lang != around or lang in ("zh", "ja")):
        # The hint lets quotation marks and dashes be those of the script, not Latin ones.
        hint = ' w:hint="eastAsia"' if lang in ("zh", "ja") and "code" not in kinds else ""
        fonts = f'<w:rFonts{hint} w:eastAsia="{FONTS[lang]}"/>'
    # Hangul and Han have no slanted letters: there, stress is weight.
    slanted = "emphasis" in kinds and lang not in FONTS
    bold = "strong" in kinds or ("emphasis" in kinds and lang in FONTS)
    weight = "<w:b/><w:bCs/>" * bold + "<w:i/><w:iCs/>" * slanted
    tongue = ""
    if lang != around:
        # Latin letters stay what they are: a reader who takes them for Korean parts a code anywhere.
        tongue = f'<w:lang w:{"eastAsia" if lang in FONTS else "val"}="{TAGS[lang]}"/>'
    properties = style + fonts + weight + tongue
    before = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = escape_text(text).split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{words}</w:t>' for words in lines)
    return f"<w:r>{before}{words}</w:r>"


def paragraph(style: str, words: str, shape: str = "") -> str:
    """A paragraph of a style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{shape}</w:pPr>" if named or shape else ""
    return f"<w:p>{properties}{words}</w:p>"


def link(bookmark: str, words: str) -> str:
    """Words that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{words}</w:hyperlink>'


def table(style: str, widths: list[int], rows: str) -> str:
    """A table of a style with columns of these widths."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def row(*cells: str, kind: str = "") -> str:
    """A row that is not torn apart between two pages."""
    return f"<w:tr><w:trPr><w:cantSplit/>{kind}</w:trPr>{''.join(cells)}</w:tr>"


def cell(width: int, paragraphs: str) -> str:
    """A cell of a row."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _heading_place(number: int) -> str:
    return f"_Toc{number}"


def _bookmark(anchor: str) -> str:
    # Word takes letters, figures and the underscore, which no anchor of ours holds.
    return anchor.replace("-", "_")


def escape_text(text: str) -> str:
    """A text as XML has it, as it stands on a page."""
    return escape(show_text(text))


@cache
def read_part(name: str) -> str:
    """One piece of XML of this room, with its values still in braces."""
    return files("onggi.paper").joinpath("parts", f"{name}.xml").read_text("utf-8")
