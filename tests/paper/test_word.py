"""What is in a Word document is what was given, and nothing else."""

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.document import Document as Opened
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paper.samples import DRAWING, HASH, HOSTILE, SAMPLES, make_document

from onggi.paper.document import (
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
from onggi.paper.glyphs import load_drawable
from onggi.paper.word import make_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = {
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/header1.xml",
    "word/footer1.xml",
}


def open_word(word: bytes) -> Opened:
    """As another program opens it."""
    return docx.Document(BytesIO(word))


def read_all(word: bytes) -> str:
    """All words of the body, a paragraph a line."""
    body = open_word(word).element.body
    lines = []
    for paragraph in body.iter(f"{W}p"):
        texts = [
            "\n" if node.tag == f"{W}br" else node.text or "" for node in paragraph.iter(f"{W}t", f"{W}br")
        ]
        lines.append("".join(texts))
    return "\n".join(lines)


@pytest.mark.parametrize("lang", SAMPLES)
def test_another_program_opens_it(lang: str) -> None:
    document = SAMPLES[lang]
    opened = open_word(make_word(document))
    assert opened.paragraphs[0].text == document.title
    assert opened.paragraphs[0].style is not None
    assert opened.paragraphs[0].style.name == "Title"
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    found = [p.text for p in opened.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert found == [heading.text for heading in headings]


@pytest.mark.parametrize("lang", SAMPLES)
def test_it_says_nothing_of_itself_but_title_and_language(lang: str) -> None:
    document = SAMPLES[lang]
    word = make_word(document)
    said = open_word(word).core_properties
    assert (said.title, said.language[:2]) == (document.title, lang)
    empty = (said.author, said.last_modified_by, said.comments, said.subject, said.keywords, said.category)
    assert set(empty) == {""}
    assert (said.created, said.modified, said.last_printed) == (None, None, None)
    with ZipFile(BytesIO(word)) as archive:
        assert {name for name in archive.namelist() if not name.startswith("word/media/")} == PARTS
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.compress_type, entry.create_system, entry.extra, entry.comment) == (
                ZIP_STORED,
                3,
                b"",
                b"",
            )
            content = archive.read(entry)
            if entry.filename.endswith(".xml"):
                parse_xml(content)
                assert not re.search(rb"rsid|python|template|creator|W3CDTF|\b20\d\d-\d\d-\d\d", content)
            else:
                assert b"tEXt" not in content
                assert b"tIME" not in content


def test_style_of_everything_that_is_named_exists() -> None:
    for document in SAMPLES.values():
        word = make_word(document)
        with ZipFile(BytesIO(word)) as archive:
            styles = set(re.findall(rb'w:styleId="(\w+)"', archive.read("word/styles.xml")))
            for part in ("document", "header1", "footer1"):
                named = set(
                    re.findall(rb'w:(?:p|r|tbl)Style w:val="(\w+)"', archive.read(f"word/{part}.xml"))
                )
                assert named <= styles


def test_hostile_text_is_text() -> None:
    document = Document(
        HOSTILE,
        "en",
        HOSTILE,
        (
            Heading(1, HOSTILE),
            Paragraph((HOSTILE, Text(HOSTILE, strong=True), Code(HOSTILE))),
            List((HOSTILE,)),
            Facts((Fact(HOSTILE, HOSTILE),)),
            Table((HOSTILE,), ((HOSTILE,),), caption=HOSTILE),
            Quote(HOSTILE, "ko", HOSTILE, HOSTILE),
            Picture(DRAWING, HOSTILE, HOSTILE),
            Note("remark", (Paragraph(HOSTILE),)),
        ),
    )
    word = make_word(document)
    assert read_all(word).count(HOSTILE) == 16
    opened = open_word(word)
    assert opened.sections[0].header.paragraphs[0].text == HOSTILE
    assert opened.core_properties.title == HOSTILE


SAID = st.text(st.sampled_from(sorted(load_drawable() - {"\xad"}) + ["\n"]), min_size=1, max_size=40).filter(
    str.strip
)


@settings(max_examples=60, deadline=None)
@given(SAID, SAID, st.sampled_from(["en", "ko", "zh"]))
def test_any_text_in_any_block_comes_back(one: str, two: str, lang: str) -> None:
    blocks = (
        Heading(1, one),
        Paragraph((one, Text(two, strong=True), Text(one, emphasis=True, lang="zh"), Code(two))),
        Facts((Fact(one, two),)),
        Table((one, two), ((two, one),)),
        Quote(one, "ko", two),
    )
    found = read_all(make_word(make_document(*blocks, lang=lang)))
    assert f"{one}{two}{one}{two}" in found
    assert min(found.count(one), found.count(two)) >= 6


def test_head_of_a_table_stands_again_on_each_page() -> None:
    opened = open_word(make_word(SAMPLES["en"]))
    table = next(table for table in opened.tables if table.style is not None and table.style.name == "Rows")
    assert [bool(row._tr.findall(f"{W}trPr/{W}tblHeader")) for row in table.rows[:3]] == [True, False, False]
    assert len(table.rows) == 31
    assert table.rows[1].cells[2].text == HASH


def test_each_numbered_list_begins_at_one() -> None:
    word = make_word(SAMPLES["en"])
    with ZipFile(BytesIO(word)) as archive:
        starts = archive.read("word/numbering.xml").count(b"startOverride")
        used = re.findall(rb'<w:numId w:val="(\d+)"', archive.read("word/document.xml"))
    assert starts == 2
    assert used == [b"2", b"2", b"3", b"3", b"1", b"1", b"1"]


@pytest.mark.parametrize(("lang", "eastern"), [("en", "ko-KR"), ("ko", "ko-KR"), ("zh", "zh-CN")])
def test_codes_are_latin_in_every_language(lang: str, eastern: str) -> None:
    """LibreOffice parts Latin letters that are said to be Korean or Chinese after any of them."""
    tongue = open_word(make_word(SAMPLES[lang])).styles.element.find(f".//{W}rPrDefault//{W}lang")
    assert tongue is not None
    assert (tongue.get(f"{W}val"), tongue.get(f"{W}eastAsia")) == ("en-GB", eastern)


def test_language_and_font_stand_on_what_is_quoted() -> None:
    document = make_document(Paragraph((Text("延吉市", lang="zh"), Text("함경북도", lang="ko"), "here")))
    runs = list(open_word(make_word(document)).element.body.iter(f"{W}r"))[1:]
    tongues = [run.find(f"{W}rPr/{W}lang") for run in runs]
    assert [tongue is not None and tongue.get(f"{W}eastAsia") for tongue in tongues] == [
        "zh-CN",
        "ko-KR",
        False,
    ]
    assert not any(tongue is not None and tongue.get(f"{W}val") for tongue in tongues)
    fonts = runs[0].find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert fonts.get(f"{W}eastAsia") == "Microsoft YaHei"


def test_references_lead_to_places_that_exist() -> None:
    body = open_word(make_word(SAMPLES["en"])).element.body
    places = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    leads = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert len(places) == len(set(places))
    assert leads <= set(places)
    assert {"fact_1", "fact_3", "_Toc1"} <= leads
    ids = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))


def test_picture_is_a_drawing_with_its_words() -> None:
    word = make_word(make_document(Picture(DRAWING, "what it shows", width=50)))
    opened = open_word(word)
    shape = opened.inline_shapes[0]
    assert shape.width.mm == pytest.approx(77, abs=0.2)
    assert shape._inline.docPr.get("descr") == "what it shows"
    with ZipFile(BytesIO(word)) as archive:
        assert archive.read("word/media/picture1.png").startswith(b"\x89PNG")


def test_mark_and_page_number_stand_on_every_page() -> None:
    section = open_word(make_word(SAMPLES["ko"])).sections[0]
    assert section.header.paragraphs[0].text == SAMPLES["ko"].mark
    assert section.footer.paragraphs[0].text.startswith(SAMPLES["ko"].mark)
    fields = [node.text for node in section.footer.paragraphs[0]._p.iter(f"{W}instrText")]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_stress_of_hangul_is_weight() -> None:
    words = (Text("강조", emphasis=True, lang="ko"), Text("stress", emphasis=True), Reference("here", "here"))
    document = make_document(Heading(1, "Here", "here"), Paragraph(words))
    runs = open_word(make_word(document)).paragraphs[2].runs
    assert [(bool(run.bold), bool(run.italic)) for run in runs] == [(True, False), (False, True)]


def test_same_document_gives_the_same_bytes() -> None:
    assert make_word(SAMPLES["zh"]) == make_word(SAMPLES["zh"])
