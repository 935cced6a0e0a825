"""The page is whole, holds no script and no address, and its words are those that were given."""

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paper.samples import DRAWING, HOSTILE, SAMPLES, make_document

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
    Table,
    Text,
)
from onggi.paper.glyphs import load_drawable
from onggi.paper.html import make_html

VOID = {"meta", "col", "img", "hr", "br"}


class Page(HTMLParser):
    """Which elements stand in a page, whether each is closed where it must be, and its words."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)


@pytest.mark.parametrize("lang", SAMPLES)
def test_page_is_whole_and_needs_nothing(lang: str) -> None:
    html = make_html(SAMPLES[lang])
    page = Page(html)
    assert page.open == []
    assert page.elements[0] == ("html", {"lang": lang})
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "form", "base", "svg", "input", "video"}
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href", "action", "srcset", "background", "poster"):
            value = attributes.get(name)
            assert value is None or value.startswith("#" if tag == "a" else "data:image/svg+xml;base64,")
    assert not re.search(rb"//|https?:|@import|url\(", html.split(b"</style>")[0])


def test_policy_lets_only_its_own_style_in() -> None:
    html = make_html(SAMPLES["en"]).decode()
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    seal = base64.b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"content=\"default-src 'none'; img-src data:; style-src 'sha256-{seal}'\"" in html


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
    html = make_html(document)
    page = Page(html)
    assert b"<script" not in html
    assert "".join(page.words).count(HOSTILE) == 19
    assert [attributes["alt"] for tag, attributes in page.elements if tag == "img"] == [HOSTILE]


def test_mark_cannot_end_the_style() -> None:
    html = make_html(make_document(mark='"; } </style><script>1</script>'))
    assert html.count(b"</style>") == 1
    assert Page(html).open == []


SAID = st.text(st.sampled_from(sorted(load_drawable() - {"\xad"}) + ["\n"]), min_size=1, max_size=40).filter(
    str.strip
)


@settings(max_examples=100, deadline=None)
@given(SAID, SAID, st.sampled_from(["en", "ko", "zh"]))
def test_any_text_in_any_block_comes_back(one: str, two: str, lang: str) -> None:
    blocks = (
        Heading(1, one),
        Paragraph((one, Text(two, strong=True), Text(one, emphasis=True, lang="zh"), Code(two))),
        Facts((Fact(one, two),)),
        Table((one, two), ((two, one),)),
        Quote(one, "ko", two),
    )
    words = "".join(Page(make_html(make_document(*blocks, lang=lang))).words)
    assert f"{one}{two}{one}{two}" in words
    assert min(words.count(one), words.count(two)) >= 6


@pytest.mark.parametrize("lang", SAMPLES)
def test_links_lead_to_places_that_exist_once(lang: str) -> None:
    page = Page(make_html(SAMPLES[lang]))
    places = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    leads = {attributes["href"] for tag, attributes in page.elements if tag == "a"}
    assert len(places) == len(set(places))
    assert leads
    assert leads <= {f"#{place}" for place in places}


def test_language_stands_on_what_is_quoted() -> None:
    html = make_html(SAMPLES["en"]).decode()
    assert '<span lang="ko">함경북도</span>' in html
    assert '<p lang="zh">你们的人我们已经送回去了。</p>' in html


def test_picture_is_data_that_no_browser_runs() -> None:
    page = Page(make_html(SAMPLES["en"]))
    source = next(attributes["src"] for tag, attributes in page.elements if tag == "img")
    assert source is not None
    assert base64.b64decode(source.partition(",")[2]).decode() == DRAWING


def test_same_document_gives_the_same_bytes() -> None:
    assert make_html(SAMPLES["zh"]) == make_html(SAMPLES["zh"])
