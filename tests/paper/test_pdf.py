"""What is in a PDF is what was given, on every machine, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paper.samples import DRAWING, HASH, HOSTILE, SAMPLES, make_document

from onggi.errors import OnggiError
from onggi.paper.document import (
    Block,
    Code,
    Document,
    Fact,
    Facts,
    Heading,
    Line,
    List,
    Note,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Table,
    Text,
    say_line,
)
from onggi.paper.glyphs import load_drawable
from onggi.paper.pdf import MOST_LINKS, TABLE_WIDTH, _lower_table, make_pdf
from onggi.paper.typesetting import typeset

HOUSE = Path(__file__).parents[2]

pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is absent"
)


def read_text(pdf: bytes) -> str:
    """All text of a document as another program finds it, in the order in which it was written."""
    read = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True)
    assert read.returncode == 0, read.stderr
    return read.stdout.decode()


def squeeze(text: str) -> str:
    """The text without white space: where a line ends is the page's affair."""
    return re.sub(r"\s", "", text)


def list_texts(block: Block) -> list[str]:
    """Every line that stands in a block, as plain text."""
    match block:
        case Heading() | Paragraph():
            return [say_line(block.text)]
        case List():
            return [say_line(item) for item in block.items]
        case Facts():
            return [say_line(line) for fact in block.facts for line in (fact.term, fact.text)]
        case Table():
            cells = [*block.head, *(cell for row in block.rows for cell in row)]
            return [say_line(line) for line in (*cells, block.caption)]
        case Quote():
            return [say_line(line) for line in (block.text, block.translation, block.source)]
        case Picture():
            return [say_line(block.caption), "March 2009 · 체포", "遣返"]
        case Note():
            return [text for inner in block.blocks for text in list_texts(inner)]
        case _:
            return []


@pytest.mark.system
@pdftotext
@pytest.mark.parametrize("lang", SAMPLES)
def test_text_comes_back_as_it_went_in(lang: str) -> None:
    document = SAMPLES[lang]
    found = squeeze(read_text(make_pdf(document)))
    texts = [
        document.title,
        document.mark,
        *(text for block in document.blocks for text in list_texts(block)),
    ]
    assert [text for text in texts if squeeze(text) not in found] == []


@pytest.mark.system
@pdftotext
def test_hostile_text_is_text() -> None:
    for block in (
        Paragraph(HOSTILE),
        Paragraph((Text(HOSTILE, strong=True, emphasis=True), Code(HOSTILE))),
        Heading(1, HOSTILE),
        List((HOSTILE,)),
        Facts((Fact(HOSTILE, HOSTILE),)),
        Table((HOSTILE,), ((HOSTILE,),), caption=HOSTILE),
        Quote(HOSTILE, "ko", HOSTILE, HOSTILE),
        Picture(DRAWING, HOSTILE, HOSTILE),
    ):
        document = Document(HOSTILE, "en", HOSTILE, (block,))
        assert squeeze(HOSTILE) in squeeze(read_text(make_pdf(document)))


@pytest.mark.system
@pdftotext
def test_hash_is_copied_without_anything_in_it() -> None:
    narrow = Table(("a", "b"), (((Code(HASH),), "x"),), (1, 9))
    text = read_text(make_pdf(make_document(narrow, Paragraph((Code(HASH),)))))
    assert HASH in text
    assert squeeze(text).count(HASH) == 2
    assert "\u200b" not in text


# A mark over a letter that has no form together with it is drawn well, but read twice (decision 0011).
DRAWN = sorted(sign for sign in load_drawable() - {"\xad"} if not unicodedata.combining(sign))
SAID = st.text(st.sampled_from(DRAWN), min_size=1, max_size=40).filter(str.strip)


@pytest.mark.system
@pdftotext
def test_no_line_begins_with_what_closes_the_code_before_it() -> None:
    """A code is kept whole, and a box could be parted from the colon behind it."""
    items = tuple(f"{'字' * many}此处无记录。 I-FKE271C：未读取。" for many in range(18, 34))
    pdf = make_pdf(Document("题", "zh", "", (List(items),)))
    lines = [line.strip() for line in read_text(pdf).splitlines()]
    assert any(line.endswith("I-FKE271C：") for line in lines)
    assert not any(line.startswith("：") for line in lines)


@pytest.mark.system
@pdftotext
@settings(max_examples=60, deadline=None)
@given(SAID, SAID, st.sampled_from(["en", "ko", "zh"]))
def test_any_text_in_any_block_comes_back(one: str, two: str, lang: str) -> None:
    document = make_document(
        Heading(1, one),
        Paragraph((one, Text(two, strong=True), Text(one, emphasis=True, lang="zh"), Code(two))),
        Facts((Fact(one, two),)),
        Table((one, two), ((two, one),)),
        Quote(one, "ko", two),
        lang=lang,
    )
    found = squeeze(read_text(make_pdf(document)))
    assert found.count(squeeze(one)) >= 6
    assert found.count(squeeze(two)) >= 6


@pytest.mark.system
@pdftotext
def test_decomposed_text_comes_back_decomposed() -> None:
    texts = [
        unicodedata.normalize("NFD", text) for text in ("리영희 함경북도", "Ri Yŏng-hŭi", "Đặng Thị Hạnh, Lǚ")
    ]
    found = squeeze(read_text(make_pdf(make_document(*map(Paragraph, texts)))))
    assert [text for text in texts if squeeze(text) not in found] == []


def digest_elsewhere(surroundings: dict[str, str], folder: Path) -> str:
    """The digests of all samples, made by a process with another time zone, language and home."""
    script = (
        "from hashlib import sha256; from tests.paper.samples import SAMPLES;"
        "from onggi.paper.pdf import make_pdf; from onggi.paper.word import make_word;"
        "from onggi.paper.html import make_html; makers = (make_pdf, make_word, make_html);"
        "print(*(sha256(make(d)).hexdigest() for d in SAMPLES.values() for make in makers))"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{HOUSE / 'src'}:{HOUSE}", **surroundings}
    run = subprocess.run(
        [sys.executable, "-c", script], env=environ, cwd=folder, capture_output=True, text=True, check=True
    )
    return run.stdout


def test_same_document_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    home = tmp_path / "somebody"
    home.mkdir()
    here = digest_elsewhere({"TZ": "UTC", "LANG": "C", "HOME": "/"}, HOUSE)
    there = {
        "TZ": "Asia/Pyongyang",
        "LANG": "ko_KR.UTF-8",
        "HOME": str(home),
        "USER": "somebody",
        "SOURCE_DATE_EPOCH": "1",
        "TYPST_FONT_PATHS": "/usr/share/fonts",
        "PYTHONHASHSEED": "7",
    }
    assert digest_elsewhere(there, home) == here
    assert sha256(make_pdf(SAMPLES["en"])).hexdigest() == here.split()[0]


@pytest.mark.parametrize("lang", SAMPLES)
def test_document_says_nothing_of_itself_but_title_and_language(lang: str) -> None:
    document = SAMPLES[lang]
    with pikepdf.open(BytesIO(make_pdf(document))) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items() if key != "/Creator"} == {
            "/Title": document.title
        }
        assert str(pdf.docinfo["/Creator"]).startswith("Typst ")
        assert str(pdf.Root.Lang)[:2] == lang
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/Outlines" in pdf.Root
        assert not {"/JavaScript", "/EmbeddedFiles", "/AcroForm"} & set(pdf.Root.get("/Names", {}))
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "pdfuaid:part>1<" in xmp
    assert not re.search(r"CreateDate|ModifyDate|creator>|\b20\d\d-\d\d-\d\d", xmp)


def test_only_our_fonts_are_in_it() -> None:
    fonts = list_fonts(make_pdf(SAMPLES["en"]))
    assert "NotoSans-Regular" in fonts
    assert {name.rpartition("-")[0] for name in fonts} <= {
        "NotoSans",
        "NotoSansCJKkr",
        "NotoSansCJKsc",
        "NotoSansMonoCJKkr",
    }


@pytest.mark.system
@pdftotext
def test_every_page_has_mark_and_number_and_a_long_table_its_head() -> None:
    rows = tuple((str(i), "said so") for i in range(200))
    pdf = make_pdf(make_document(Table(("Number-head", "b"), rows), mark="CONFIDENTIAL"))
    pages = read_text(pdf).split("\f")[:-1]
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert page.count("CONFIDENTIAL") == 2
        assert f"{number} / {len(pages)}" in page
        assert "Number-head" in page


@pytest.mark.system
@pdftotext
@pytest.mark.parametrize("lines", [8, 15])
def test_a_row_stands_on_one_page(lines: int) -> None:
    filling = "\n".join(["said so"] * lines)
    rows = tuple((str(i), f"begin{i}.\n{filling}\nend{i}.") for i in range(40))
    pages = read_text(make_pdf(make_document(Table(("a", "b"), rows)))).split("\f")[:-1]
    assert len(pages) > 2
    for page in pages:
        begun, ended = (re.findall(rf"{word}(\d+)\.", page) for word in ("begin", "end"))
        assert begun == ended


@pytest.mark.system
@pdftotext
def test_what_belongs_together_stands_on_one_page() -> None:
    together: tuple[tuple[Block, ...], ...] = (
        (Picture(DRAWING, "drawn", "caption of it", width=60),),
        (Quote("first words\nand more\nfirst end", "ko", "caption of it"),),
        (Paragraph("first words"), Table(("caption of it", "b"), (("x", "y"),))),
        (Note("caution", (Paragraph("first words\nand more"), Paragraph("and more\ncaption of it"))),),
    )
    for blocks in together:
        first = "March 2009" if isinstance(blocks[0], Picture) else "first words"
        for before in range(22, 34):  # lines that fill the page but for more or less of what follows
            filling = Paragraph("\n".join(["said so"] * before))
            text = read_text(make_pdf(make_document(filling, *blocks)))
            pages = [page for page in text.split("\f") if first in page or "caption of it" in page]
            assert len(pages) == 1, (blocks[0], before)


@pytest.mark.system
@pdftotext
def test_of_a_row_higher_than_a_page_nothing_is_lost() -> None:
    long = "\n".join(f"line{i}." for i in range(150))
    wide = " ".join(f"word{i}." for i in range(3000))
    text = read_text(make_pdf(make_document(Table(("a", "b"), ((long, "x"), ("y", wide))))))
    assert {f"line{i}." for i in range(150)} | {f"word{i}." for i in range(3000)} <= set(text.split())


def list_fonts(pdf: bytes) -> set[str]:
    """The names of the fonts in a PDF, without the tag of each cut."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {
            str(item.BaseFont).partition("+")[2].removesuffix("-Identity-H")
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }


def test_forms_of_han_follow_the_language() -> None:
    fonts = [
        list_fonts(make_pdf(make_document(Paragraph((Text("骨直", lang=lang),))))) for lang in ("ko", "zh")
    ]
    assert [sorted(name for name in found if "CJK" in name) for found in fonts] == [
        ["NotoSansCJKkr-Regular"],
        ["NotoSansCJKsc-Regular"],
    ]


def test_headings_lead_from_the_outline() -> None:
    with pikepdf.open(BytesIO(make_pdf(SAMPLES["en"]))) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Summary",
            "Evidence",
            "How this can be challenged",
        ]
        assert [item.title for item in outline.root[0].children] == ["What is asked", "Facts"]


@pytest.mark.parametrize(
    "block",
    [
        Facts(()),
        List(()),
        List((), ordered=True),
        Table(("a",), ()),
        Paragraph(""),
        Note("remark", ()),
    ],
)
def test_empty_blocks_are_made(block: Block) -> None:
    make_pdf(make_document(block))


def test_what_typst_says_is_not_repeated() -> None:
    with pytest.raises(OnggiError) as refused:
        typeset("page.typ", {"document": '{"title": "Ri"}'}, "pdf")
    assert refused.value.id == "paper.typesetting"
    assert refused.value.values == {}
    assert refused.value.__cause__ is None


def test_nothing_beside_the_page_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("secret")
    hostile = SAMPLES["en"].blocks[-1]
    assert b"secret" not in make_pdf(make_document(hostile, Paragraph('#read("secret.txt")')))
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret.txt"]


@pytest.mark.parametrize(("rows", "breaks"), [(1, False), (8, False), (40, True)])
def test_a_short_table_stands_on_one_page(rows: int, breaks: bool) -> None:
    table = Table(("a", "b"), tuple((f"row {number}", "x") for number in range(rows)))
    assert _lower_table(table, TABLE_WIDTH)["breaks"] is breaks
    document = Document("Title", "en", "", (Heading(1, "Head"), *(table for _ in range(6))))
    assert make_pdf(document).startswith(b"%PDF")


@pdftotext
@pytest.mark.parametrize(("paragraphs", "pages"), [(1, 1), (20, 1), (60, 1), (300, 3)])
def test_a_sheet_is_one_page_while_its_letters_can_be_read(paragraphs: int, pages: int) -> None:
    table = Table(("List", "Known size", "Range", "The range"), (("a", "1910", "1257 – 2102", "holds it"),))
    words = "Four models were fitted, and the envelope is the union of their intervals. " * 2
    blocks: tuple[Block, ...] = (Heading(1, "Head"), table, *([Paragraph(words)] * paragraphs))
    text = read_text(make_pdf(Document("Title", "en", "Mark", blocks, sheet=True)))
    found = text.split("\f")[:-1]
    assert (len(found) == 1) is (pages == 1)
    assert " ".join(text.split()).count("Four models were fitted") == 2 * paragraphs


@pytest.mark.parametrize(("count", "linked"), [(MOST_LINKS, True), (MOST_LINKS + 1, False)])
def test_beyond_some_thousands_references_are_words_alone(count: int, linked: bool) -> None:
    line: Line = tuple(Reference("[1]", "one") for _ in range(count))
    document = Document("Title", "en", "", (Heading(1, "Head", "one"), Table(("a",), ((line,),))))
    data = make_pdf(document)
    with pikepdf.open(BytesIO(data)) as pdf:
        links = sum(one.get("/Subtype") == "/Link" for page in pdf.pages for one in page.get("/Annots", []))
    assert (links > 0) is linked
