"""A picture is whole in itself or refused, and drawn the same each time."""

from struct import unpack_from

import pytest
from tests.paper.samples import DRAWING

from onggi.paper.drawing import Fault, draw_picture, judge_picture


def put(element: str) -> str:
    """The drawing with one more element."""
    return DRAWING.replace("<line", f"{element}<line", 1)


@pytest.mark.parametrize(
    "svg",
    [
        put("<script>1</script>"),
        put("<svg:script xmlns:svg='http://www.w3.org/2000/svg'/>"),
        put("<foreignObject><p/></foreignObject>"),
        put("<image href='data:image/png;base64,AA'/>"),
        put("<image href='picture.png'/>"),
        put("<a href='#x'><rect/></a>"),
        put("<use href='other.svg#x'/>"),
        put("<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='http://example.org/#x'/>"),
        put("<rect fill='url(http://example.org/x)'/>"),
        put("<rect style='fill: URL( \"x.svg#y\")'/>"),
        put("<rect style='fill: \\75rl(x)'/>"),
        put("<rect onclick='x()'/>"),
        put("<rect OnLoad='x()'/>"),
        put("<style>@import 'x.css';</style>"),
        put("<style>rect { fill: u<![CDATA[rl(x)]]> }</style>"),
        put("<animate attributeName='x'/>"),
        put("<set attributeName='x'/>"),
        put("<metadata>who and when</metadata>"),
        put("<p xmlns='http://www.w3.org/1999/xhtml'>a page</p>"),
        put("<rect xmlns:i='http://example.org/editor' i:author='somebody'/>"),
        put("<!-- drawn by somebody -->"),
        put("<?xml-stylesheet href='x.css'?>"),
        f'<!DOCTYPE svg [<!ENTITY a "aaaa">]>{DRAWING}',
        f'<!DOCTYPE svg SYSTEM "x.dtd">{DRAWING}',
    ],
)
def test_picture_that_reaches_out_is_refused(svg: str) -> None:
    assert judge_picture(svg) is Fault.REACHING


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "no picture",
        "<svg",
        DRAWING[:-3],
        DRAWING + DRAWING,
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        "<svg/>",
        "<svg xmlns='http://www.w3.org/2000/svg'>\udc00</svg>",
    ],
)
def test_what_is_no_picture_is_refused(svg: str) -> None:
    assert judge_picture(svg) is Fault.UNREADABLE


@pytest.mark.parametrize(
    "svg",
    [
        DRAWING,
        put("<defs><g id='a'/></defs><use href='#a'/>"),
        put("<style>rect { fill: #333; marker: url(#a) }</style>"),
        put("<rect fill='url(#a)' style='stroke: url(\"#b\")'/>"),
        put("<title>who // what</title><desc>3 @ 5</desc>"),
    ],
)
def test_whole_picture_gives_its_words(svg: str) -> None:
    words = judge_picture(svg)
    assert isinstance(words, str)
    assert "March 2009 · 체포" in words


def test_drawing_is_the_same_each_time_and_has_its_size() -> None:
    drawn = draw_picture(DRAWING, 77, 200)
    assert drawn == draw_picture(DRAWING, 77, 200)
    wide, high = unpack_from(">II", drawn, 16)
    assert wide == round(77 / 25.4 * 220)
    assert high == pytest.approx(wide * 120 / 400, abs=1)


def test_tall_picture_is_made_to_fit() -> None:
    tall = DRAWING.replace('viewBox="0 0 400 120" width="400" height="120"', 'viewBox="0 0 40 4000"')
    _, high = unpack_from(">II", draw_picture(tall, 154, 200), 16)
    assert high == pytest.approx(200 / 25.4 * 220, abs=2)


def test_picture_can_ask_for_mainland_forms() -> None:
    def draw(family: str) -> bytes:
        return draw_picture(put(f"<text y='99' font-family='{family}'>骨直：</text>"), 154, 200)

    assert draw("Noto Sans CJK SC, Noto Sans CJK KR") != draw("Noto Sans CJK KR, Noto Sans CJK SC")
