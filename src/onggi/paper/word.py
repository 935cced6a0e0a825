"""A document as Word, for the offices that ask for one.

A package of XML files (ECMA-376) in a zip, written whole: python-docx starts from a template that names an
author, a date and a machine, and is slow where a table is long. Nothing stands in it but what the document
says, its title and its language. The same document gives the same bytes: no date, the files in one order, and
none compressed, as compressors differ from one machine to the next. Reads package data (parts). Refused:
whatever `checking` finds.
"""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from onggi.paper.checking import refuse_faults
from onggi.paper.document import Document
from onggi.paper.word_body import FONTS, TAGS, Body, escape_text, read_part, run

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; a file in it must have a time
UNIX = 3

IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def make_word(document: Document) -> bytes:
    """The document as .docx.

    Raises:
        OnggiError: the first thing `checking.find_faults` finds; `paper.typesetting` where a picture is not
        drawn.
    """
    refuse_faults(document)
    body = Body(document)
    return _pack({**_write_parts(document, body, body.write()), **_write_pictures(body)})


def _write_parts(document: Document, body: Body, text: str) -> dict[str, bytes]:
    """Every file that is XML: only these values differ from one document to the next."""
    lang = document.lang
    values = {
        "body": text,
        "title": escape_text(document.title),
        "language": TAGS[lang],
        # Codes and numbers are Latin in every language; one that is not divides its words anywhere.
        "latin": TAGS["en" if lang in FONTS else lang],
        # A document in English may hold Hangul, and Han as Koreans write it.
        "east_asian": TAGS[lang if lang in FONTS else "ko"],
        "font": FONTS.get(lang, FONTS["ko"]),
        "mark": run(document.mark, lang, lang, "strong") if document.mark else "",
        "pictures": "".join(
            f'<Relationship Id="picture{number}" Type="{IMAGE}" Target="media/picture{number}.png"/>\n'
            for number in range(1, len(body.pictures) + 1)
        ),
        "lists": "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>\n'
            for number in range(2, body.numbered + 2)
        ),
    }
    names = {
        "[Content_Types].xml": "types",
        "_rels/.rels": "package",
        "docProps/core.xml": "core",
        "word/document.xml": "document",
        "word/_rels/document.xml.rels": "relations",
        "word/styles.xml": "styles",
        "word/numbering.xml": "numbering",
        "word/settings.xml": "settings",
        "word/header1.xml": "header",
        "word/footer1.xml": "footer",
    }
    return {name: read_part(part).format_map(values).encode() for name, part in names.items()}


def _write_pictures(body: Body) -> dict[str, bytes]:
    return {f"word/media/picture{number}.png": png for number, png in enumerate(body.pictures, start=1)}


def _pack(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, FIRST_DAY)
            entry.create_system = UNIX  # or it would say on which kind of machine it was made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()
