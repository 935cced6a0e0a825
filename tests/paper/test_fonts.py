"""The fonts are those FONTS.toml names, and draw what names and records need."""

import tomllib
from hashlib import sha256
from importlib.resources import files

import pytest

from onggi.paper.glyphs import find_undrawn, load_drawable, read_characters
from onggi.paper.typesetting import load_fonts

FOLDER = files("onggi.paper").joinpath("fonts")
FONTS = tomllib.loads(FOLDER.joinpath("FONTS.toml").read_text("utf-8"))
LARGEST = 25_000_000  # bytes, all of them together


def test_folder_holds_what_is_named_and_the_licence() -> None:
    found = {entry.name for entry in FOLDER.iterdir()}
    assert found == {*FONTS, "FONTS.toml", "OFL.md"}


@pytest.mark.parametrize("name", FONTS)
def test_font_is_the_one_that_is_named(name: str) -> None:
    data = FOLDER.joinpath(name).read_bytes()
    assert len(data) == FONTS[name]["bytes"]
    assert sha256(data).hexdigest() == FONTS[name]["sha256"]
    assert len(read_characters(data)) == FONTS[name]["characters"]


def test_every_font_is_free() -> None:
    assert {font["licence"] for font in FONTS.values()} == {"OFL-1.1"}
    assert "SIL OPEN FONT LICENSE Version 1.1" in FOLDER.joinpath("OFL.md").read_text("utf-8")


def test_fonts_are_not_too_heavy() -> None:
    assert sum(font["bytes"] for font in FONTS.values()) <= LARGEST


def test_typst_has_our_families_and_no_others() -> None:
    assert set(load_fonts().families()) == {
        "Noto Sans",
        "Noto Sans CJK KR",
        "Noto Sans CJK KR Rare",
        "Noto Sans CJK SC",
        "Noto Sans Mono CJK KR",
        "Noto Sans Symbols2",
    }


def list_between(first: int, last: int) -> str:
    """All characters from one code point to another."""
    return "".join(map(chr, range(first, last + 1)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(list_between(0xAC00, 0xD7A3), id="syllables"),
        pytest.param(list_between(0x1100, 0x11FF), id="letters of decomposed Hangul"),
        pytest.param(list_between(0x3131, 0x318E), id="letters of Hangul that stand alone"),
        pytest.param(list_between(0x4E00, 0x9FEF), id="Han of everyday and most names"),
        pytest.param(list_between(0x3400, 0x4DB5), id="extension A"),
        pytest.param(list_between(0xF900, 0xFA0B), id="Korean readings of one character"),
        pytest.param(list_between(0x3041, 0x3096) + list_between(0x30A1, 0x30FA), id="kana"),
        pytest.param(list_between(0x20, 0x7E) + list_between(0xA1, 0x17F).replace("\xad", ""), id="Latin"),
        pytest.param("ŎŏŬŭʼʻ’ǍǎĚěǏǐǑǒǓǔǕǖǗǘǙǚǛǜĀāĒēĪīŌōŪū", id="McCune–Reischauer and Pinyin"),
        pytest.param(list_between(0x1EA0, 0x1EF9) + "ƠơƯưĐđ", id="Vietnamese"),
        pytest.param(list_between(0x400, 0x45F) + "ҮүӨө", id="Cyrillic"),
        pytest.param("ɔəɛʌʰŋʃʔ", id="IPA"),
        pytest.param(
            "“”‘’«»–—…·•§¶†‡№°±×÷≤≥≠≈→←↑↓⇒✓✗✔✘☐☑☒■□▲△●○※①②③㈜㎡％，。：；《》「」『』【】〈〉・～", id="signs"
        ),
        pytest.param("o\u0306u\u0306e\u0301", id="marks that combine"),
    ],
)
def test_fonts_draw(text: str) -> None:
    assert find_undrawn(text) == ""


@pytest.mark.parametrize("sign", ["ก", "ع", "א", "😀", "\ue000", "\x07", "\ud800", "\U000e0100", "\u0378"])
def test_fonts_do_not_draw(sign: str) -> None:
    assert find_undrawn(f"Ri {sign}") == sign


def test_rare_and_common_han_do_not_overlap() -> None:
    rare = read_characters(FOLDER.joinpath("NotoSansCJKkrRare-Regular.otf").read_bytes())
    common = read_characters(FOLDER.joinpath("NotoSansCJKkr-Regular.otf").read_bytes())
    assert not rare & common
    assert {chr(code) for code in rare | common} <= load_drawable()


def test_bold_has_what_regular_has() -> None:
    weights = [
        read_characters(FOLDER.joinpath(f"NotoSansCJKkr-{weight}.otf").read_bytes())
        for weight in ("Regular", "Bold")
    ]
    assert weights[0] == weights[1]
