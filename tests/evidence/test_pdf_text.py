"""What is text in a PDF is read, however it is written; what is not, is said not to have been read."""

import io
import random
import time
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from tests.evidence.invented import make_pdf, make_photo

from onggi.errors import OnggiError
from onggi.evidence import pdf_text
from onggi.evidence.metadata_pdf import open_pdf
from onggi.evidence.pdf_text import read_pdf
from onggi.evidence.quarantine import Quarantine
from onggi.evidence.rewrite import rewrite_pdf
from onggi.ledger.screen import Screen
from onggi.model.naming import Naming, Sort
from onggi.paper import pdf as paper
from onggi.paper.document import Document, Paragraph

SCREEN = Screen([Naming(("리영희",), Sort.NAME, "0" * 32)], "0" * 32)

# Codes 1, 2, 3 of a font of its own; its map says which letters they are.
MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfrange <0001> <0001> <B9AC> <0002> <0003> [<C601> <D76C>] endbfrange endcmap"""


def write_pdf(content: bytes, *, beside: bytes = b"", font: str = "plain", cmap: bytes = MAP) -> bytes:
    """A page of these commands; `beside` are those of a form that it may draw as /Fm."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(400, 400))
        fonts: dict[str, dict[str, Any]] = {
            "plain": {"Subtype": pikepdf.Name.Type1, "BaseFont": pikepdf.Name.Helvetica},
            "named": {
                "Subtype": pikepdf.Name.TrueType,
                "Encoding": pikepdf.Dictionary(
                    Differences=[1, pikepdf.Name.R, pikepdf.Name("/i.alt"), pikepdf.Name("/uni0020")]
                    + [
                        pikepdf.Name(f"/{one}")
                        for one in ("Y", "obreve", "n", "g", "hyphen", "h", "ubreve", "i")
                    ]
                ),
            },
            "own": {
                "Subtype": pikepdf.Name.Type0,
                "Encoding": pikepdf.Name("/Identity-H"),
                "DescendantFonts": [pikepdf.Dictionary(Subtype=pikepdf.Name.CIDFontType2, DW=1000)],
                "ToUnicode": pdf.make_stream(cmap),
            },
            "korean": {"Subtype": pikepdf.Name.Type0, "Encoding": pikepdf.Name("/KSCms-UHC-H")},
            "unicode": {"Subtype": pikepdf.Name.Type0, "Encoding": pikepdf.Name("/UniKS-UCS2-H")},
            "chinese": {"Subtype": pikepdf.Name.Type0, "Encoding": pikepdf.Name("/GBK-EUC-H")},
            "nameless": {"Subtype": pikepdf.Name.Type0, "Encoding": pikepdf.Name("/Identity-H")},
        }
        resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=pikepdf.Dictionary(Type=pikepdf.Name.Font, **fonts[font]))
        )
        form = pdf.make_stream(beside, Subtype=pikepdf.Name.Form, BBox=[0, 0, 400, 400])
        resources.XObject = pikepdf.Dictionary(Fm=form)
        page.obj.Resources = resources
        page.obj.Contents = pdf.make_stream(content)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def show(*parts: bytes) -> bytes:
    return b"BT /F 12 Tf 20 300 Td " + b" ".join(parts) + b" ET"


def hexed(text: str, codec: str) -> bytes:
    return b"<" + text.encode(codec).hex().encode() + b"> Tj"


BAR = b" 0 0 0 rg 15 295 200 20 re f"
WAYS = {
    "as it is": ("plain", show(b"(told by Ri Yong Hui herself) Tj"), b""),
    "letter by letter, without a space": (
        "plain",
        show(b"[(R) 10 (i) -400 (Y) 20 (o) 5 (n) 5 (g) -400 (H) (u) (i)] TJ"),
        b"",
    ),
    "each letter at its place": (
        "plain",
        show(b"(Y) Tj 6 0 Td (o) Tj 6 0 Td (n) Tj 6 0 Td (g) Tj 12 0 Td (H) Tj 6 0 Td (u) Tj 6 0 Td (i) Tj")
        + show(b"-14 0 Td (Ri) Tj"),
        b"",
    ),
    "over two lines": ("plain", show(b"14 TL (told by Ri) Tj T* (Yong Hui) Tj"), b""),
    "parted at the end of a line": ("plain", show(b"14 TL (told by Ri Yong-) Tj (hui) '"), b""),
    "beneath a black bar": ("plain", show(b"(Ri Yong Hui) Tj") + BAR, b""),
    "unseen": ("plain", show(b"3 Tr (Ri Yong Hui) Tj"), b""),
    "outside the page": ("plain", b"BT /F 12 Tf 1 0 0 1 -900 9000 Tm (Ri Yong Hui) Tj ET", b""),
    "in what a page draws": (
        "plain",
        show(b"(told by) Tj") + b" q 1 0 0 1 5 5 cm /Fm Do Q",
        show(b"(Ri Yong Hui) Tj"),
    ),
    "in what nothing draws": ("plain", show(b"(told) Tj"), b"BT (none) Tj ET"),
    "beside what is drawn": (
        "plain",
        b"/Span <</ActualText (Ri Yong Hui)>> BDC " + show(b"(x) Tj") + b" EMC",
        b"",
    ),
    "by the names of its glyphs": ("named", show(b"<010203040506070809> Tj <0A0B> Tj"), b""),
    "in letters of its own": ("own", show(b"<000100020003> Tj"), b""),
    "downwards": ("own", show(b"<0001> Tj 0 -14 Td <0002> Tj 0 -14 Td <0003> Tj"), b""),
    "in Korean bytes": ("korean", show(hexed("그 뒤에 리영희를", "cp949")), b""),
    "in Unicode": ("unicode", show(hexed("리영희가", "utf-16-be")), b""),
    "in Chinese bytes": ("chinese", show(hexed("她叫李英姬", "gb18030")), b""),
}


@pytest.fixture(scope="module")
def apart() -> Iterator[Quarantine]:
    with Quarantine() as apart:
        yield apart


@pytest.mark.parametrize("way", WAYS)
def test_a_name_is_found_however_it_is_written(way: str, apart: Quarantine) -> None:
    font, content, beside = WAYS[way]
    if way == "in what nothing draws":
        with pikepdf.open(io.BytesIO(write_pdf(content, font=font))) as pdf:
            pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(Title="Ri Yong Hui"))
            out = io.BytesIO()
            pdf.save(out)
        data = out.getvalue()
    else:
        data = write_pdf(content, beside=beside, font=font)
    legible = apart.read(data)
    assert SCREEN.find_name(legible.text) is not None, legible.text
    assert legible.whole


@pytest.mark.parametrize(
    ("content", "font"),
    [
        (b"", "picture"),
        (b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q", "plain"),
        (show(b"(told) Tj") + b" 0 0 m 5 9 9 9 12 3 c S", "plain"),
        (show(b"(told) Tj") + b" 0 0 m 5 9 l S", "plain"),
        (b"10 10 50 50 re f", "plain"),
        (show(b"<000100020003> Tj"), "nameless"),
        (show(b"<00010009> Tj"), "own"),
        (show(b"(told) Tj") + b" 1 2 Td ) ] >> Do", "plain"),
        (show(b"(told) Tj") + b" /Nothing Do", "plain"),
    ],
)
def test_what_has_to_be_looked_at_is_said(content: bytes, font: str) -> None:
    data = rewrite_pdf(make_pdf(make_photo())).content if font == "picture" else write_pdf(content, font=font)
    assert not read_pdf(data).whole


def test_a_letter_of_a_private_area_is_nobodys() -> None:
    assert not read_pdf(write_pdf(show(b"<0001> Tj"), font="own", cmap=MAP.replace(b"B9AC", b"E123"))).whole


@pytest.mark.parametrize("key", ["Ink", "Stamp"])
def test_a_note_that_is_a_drawing_has_to_be_looked_at(key: str) -> None:
    with pikepdf.open(io.BytesIO(write_pdf(show(b"(told) Tj")))) as pdf:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{key}"), Rect=[0, 0, 9, 9])
        pdf.pages[0].obj.Annots = pikepdf.Array([note])
        out = io.BytesIO()
        pdf.save(out)
    assert not read_pdf(out.getvalue()).whole


@pytest.mark.parametrize(("lang", "said"), [("en", "Ri Yong Hui"), ("ko", "리영희"), ("zh", "李英姬")])
def test_a_document_that_was_typeset_is_read_as_it_reads(lang: str, said: str) -> None:
    told = f"INVENTED: {said} 2013."
    made = paper.make_pdf(Document("INVENTED", lang, "", (Paragraph(told), Paragraph("— 2 —"))))
    legible = read_pdf(rewrite_pdf(made).content)
    assert told in legible.text and legible.whole


def test_what_repeats_itself_or_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that draws itself; a thousand pages after the time is over; a map of a billion letters."""
    began = time.process_time()
    assert "told" in read_pdf(write_pdf(b"/Fm Do", beside=show(b"(told) Tj") + b" /Fm Do /Fm Do")).text
    wide = MAP.replace(b"<0001> <0001>", b"<00000000> <FFFFFFFF>")
    read_pdf(write_pdf(show(b"<0001> Tj"), font="own", cmap=wide))
    monkeypatch.setattr(pdf_text, "SECONDS", 0)
    late = read_pdf(write_pdf(show(b"(told) Tj")))
    assert not late.whole and "told" not in late.text
    assert time.process_time() - began < 30


def test_a_torn_file_is_an_answer() -> None:
    data, dice = (
        write_pdf(show(b"[(R) 10 (i)] TJ /F 9 Tf (x) '") + b" /Fm Do", beside=b"q Q Q"),
        random.Random(5),
    )
    for _ in range(300):
        torn = bytearray(data)
        for _ in range(dice.randrange(1, 6)):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        try:
            read_pdf(bytes(torn))
        except OnggiError as error:
            assert error.id in {"evidence.broken", "evidence.locked", "evidence.limits"}


def test_of_what_nobody_can_open_nothing_is_read(apart: Quarantine) -> None:
    with open_pdf(write_pdf(show(b"(told) Tj"))) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="one", user="two"))
    for data in (out.getvalue(), b"%PDF-1.7\nno more", b"no PDF", make_photo()):
        legible = apart.read(data)
        assert (legible.text, legible.whole) == ("", False)
