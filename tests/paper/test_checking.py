"""Every fault is found before anything is made, with its place and without its words."""

import pytest
from tests.paper.samples import DRAWING, SAMPLES, make_document

from onggi.errors import OnggiError
from onggi.paper.checking import find_faults, refuse_faults
from onggi.paper.document import (
    Block,
    Code,
    Document,
    Fact,
    Facts,
    Heading,
    List,
    Note,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Table,
    Text,
)
from onggi.paper.html import make_html
from onggi.paper.pdf import make_pdf
from onggi.paper.word import make_word
from onggi.words import say

SECRET = "Ri\u0e01"  # a name with a letter that no font here has

FAULTY: list[tuple[str, str, Block]] = [
    ("paper.glyph", "2", Paragraph(SECRET)),
    ("paper.glyph", "2", Paragraph(("a", Text(SECRET, strong=True)))),
    ("paper.glyph", "2", Paragraph((Code(SECRET),))),
    ("paper.glyph", "2", List(("a", SECRET))),
    ("paper.glyph", "2", Facts((Fact(SECRET, "a"),))),
    ("paper.glyph", "2", Table(("a",), ((SECRET,),))),
    ("paper.glyph", "2", Table((SECRET,), ())),
    ("paper.glyph", "2", Table(("a",), (), caption=SECRET)),
    ("paper.glyph", "2", Quote("a", "ko", SECRET)),
    ("paper.glyph", "2", Quote("a", "ko", source=SECRET)),
    ("paper.glyph", "2", Picture(DRAWING, SECRET)),
    ("paper.glyph", "2", Picture(DRAWING.replace("遣返", SECRET), "a")),
    ("paper.glyph", "2.2", Note("remark", (Paragraph("a"), Paragraph(SECRET)))),
    ("paper.glyph", "2", Heading(1, SECRET)),
    ("paper.lang", "2", Paragraph((Text("a", lang="th"),))),
    ("paper.lang", "2", Quote("a", "")),
    ("paper.lang", "2.1", Note("caution", (Quote("a", "xx"),))),
    ("paper.level", "2", Heading(0, "a")),
    ("paper.level", "2", Heading(3, "a")),
    ("paper.untitled", "2", Heading(1, " \u200b")),
    ("paper.heading", "2", Heading(1, (Reference("a", "here"),))),
    ("paper.anchor", "2", Heading(1, "a", "Not one")),
    ("paper.anchor", "1", Facts((Fact("a", "b", "here"),))),
    ("paper.reference", "2", Paragraph((Reference("a", "nowhere"),))),
    ("paper.head", "2", Table((), ())),
    ("paper.widths", "2", Table(("a", "b"), (), (1,))),
    ("paper.widths", "2", Table(("a", "b"), (), (1, 0))),
    ("paper.cells", "2", Table(("a", "b"), (("1", "2"), ("3",)))),
    ("paper.picture.alt", "2", Picture(DRAWING, " ")),
    ("paper.picture.width", "2", Picture(DRAWING, "a", width=101)),
    ("paper.picture.unreadable", "2", Picture("<svg", "a")),
    ("paper.picture.reaching", "2", Picture(DRAWING.replace("<line", "<script/><line"), "a")),
]


@pytest.mark.parametrize(("code", "place", "block"), FAULTY)
def test_fault_is_found_with_its_place(code: str, place: str, block: Block) -> None:
    found = list(find_faults(make_document(Heading(1, "First", "here"), block)))
    assert [(fault.code, fault.where) for fault in found][:1] == [(code, place)]


@pytest.mark.parametrize(("code", "place", "block"), FAULTY)
def test_error_says_the_place_and_repeats_no_word(code: str, place: str, block: Block) -> None:
    document = make_document(Heading(1, "First", "here"), block)
    for make in (make_pdf, make_word, make_html):
        with pytest.raises(OnggiError) as refused:
            make(document)
        assert refused.value.id == code
        for lang in ("en", "ko", "zh"):
            said = say(code, lang, **refused.value.values)
            assert place in said
            assert SECRET not in said


def test_missing_shape_is_named_by_its_number() -> None:
    with pytest.raises(OnggiError) as refused:
        refuse_faults(make_document(Paragraph("a"), Paragraph(f"Ri {chr(0x1F600)}")))
    assert refused.value.values == {"character": "U+1F600", "block": "2"}


def test_every_fault_is_found_at_once() -> None:
    document = Document("", "de", SECRET, (Paragraph(SECRET), Table(("a",), (("1", "2"),))))
    assert [fault.code for fault in find_faults(document)] == [
        "paper.lang",
        "paper.untitled",
        "paper.glyph",
        "paper.glyph",
        "paper.cells",
    ]


def test_headings_may_rise_by_many_levels_and_sink_by_one() -> None:
    levels = [Heading(level, "a") for level in (1, 2, 3, 1, 2)]
    assert not list(find_faults(make_document(*levels)))


@pytest.mark.parametrize("lang", SAMPLES)
def test_samples_are_sound(lang: str) -> None:
    assert not list(find_faults(SAMPLES[lang]))
