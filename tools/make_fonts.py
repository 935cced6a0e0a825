"""Cuts the fonts of the room `paper` (src/onggi/paper/fonts) out of Debian's Noto packages.

    apt-get install fonts-noto-cjk fonts-noto-core
    python -m venv /somewhere && /somewhere/bin/pip install fonttools
    /somewhere/bin/python tools/make_fonts.py --out src/onggi/paper/fonts

The same packages and the same fontTools give the same bytes. Needs some minutes, and nothing but those two
packages. Writes the fonts and FONTS.toml, which says what each was cut from; the licences beside them are
kept by hand. docs/decisions/0012-paper.md says why these characters.
"""

import argparse
import json
import subprocess
from collections.abc import Iterable, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import fontTools
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

CJK = Path("/usr/share/fonts/opentype/noto")
CORE = Path("/usr/share/fonts/truetype/noto")
KOREAN, CHINESE, KOREAN_MONO = 1, 2, 6  # faces of the collections: as Korea draws, as the mainland does

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x530),  # Latin, IPA, modifiers, combining marks, Greek, Cyrillic
    *range(0x1D00, 0x1DC0),  # phonetic letters
    *range(0x1E00, 0x2000),  # Latin with two marks, as in Vietnamese and in romanised Korean; Greek
    *range(0x2010, 0x2028),
    *range(0x2030, 0x205F),  # dashes, quotes, daggers, permille
    *range(0x2070, 0x2190),  # raised and lowered figures, currencies, letters as signs, fractions
    *range(0x2C60, 0x2C80),
]
SIGNS = [*range(0x2190, 0x2200), *range(0x2300, 0x2400), *range(0x25A0, 0x27C0), *range(0x2B00, 0x2C00)]
ASCII = range(0x20, 0x7F)
HAN = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x32000)]
EAST_ASIAN = [
    *range(0x1100, 0x1200),  # Hangul letters, as they stand in decomposed text
    *range(0xA960, 0xA980),
    *range(0xD7B0, 0xD800),
    *range(0xAC00, 0xD7A4),
    *range(0x2010, 0x2C00),  # punctuation, numbers in circles, arrows, rules, shapes
    *range(0x2E80, 0x2FE0),  # radicals
    *range(0x3000, 0x3400),  # punctuation, kana, Hangul letters that stand alone, numbers in brackets
    *range(0xFE10, 0xFE70),
    *range(0xFF00, 0xFFF0),
    *range(0x20, 0x7F),  # the width of a space, and whoever asks this family for Latin
    *range(0xA0, 0x100),
]
# What the mainland writes otherwise than Korea besides Han: quotation marks, dashes, stops.
CHINESE_SIGNS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x2040),
    *range(0x3000, 0x3040),
    *range(0xFF00, 0xFFF0),
]


@dataclass(frozen=True, slots=True)
class Cut:
    """One font that is made: from which file and face, which characters; its name where it is new."""

    name: str
    source: Path
    package: str
    characters: Iterable[int]
    features: list[str]
    face: int = -1
    family: str = ""


def list_common() -> Set[int]:
    """The Han characters of KS X 1001 and GB 2312: what Koreans and Chinese write daily, in both weights."""
    return {code for code in HAN if _encodes(code, "euc_kr") or _encodes(code, "gb2312")}


def list_chinese() -> Set[int]:
    """What GB 2312 holds, and whatever else the mainland draws otherwise than Korea."""
    faces = [
        TTFont(CJK / "NotoSansCJK-Regular.ttc", fontNumber=face).getBestCmap() for face in (KOREAN, CHINESE)
    ]
    differing = {code for code in HAN if faces[0].get(code) != faces[1].get(code)}
    return differing | {code for code in HAN if _encodes(code, "gb2312")} | {*CHINESE_SIGNS}


def list_cuts() -> list[Cut]:
    """Everything that is made."""
    common = list_common()
    chinese = list_chinese()
    marks = ["ccmp", "locl", "mark", "mkmk", "kern"]

    def latin(style: str) -> Cut:
        return Cut(f"NotoSans-{style}.ttf", CORE / f"NotoSans-{style}.ttf", "fonts-noto-core", LATIN, marks)

    def east_asian(name: str, style: str, characters: Iterable[int], face: int, family: str = "") -> Cut:
        source = CJK / f"NotoSansCJK-{style}.ttc"
        joining = ["ccmp", "ljmo", "vjmo", "tjmo", "mark"] if face == KOREAN else []
        return Cut(name, source, "fonts-noto-cjk", characters, joining, face, family)

    def korean(style: str) -> Cut:
        return east_asian(f"NotoSansCJKkr-{style}.otf", style, [*EAST_ASIAN, *common], KOREAN)

    return [
        *(latin(style) for style in ("Regular", "Italic", "Bold", "BoldItalic")),
        korean("Regular"),
        korean("Bold"),
        east_asian(
            "NotoSansCJKkrRare-Regular.otf", "Regular", {*HAN} - common, KOREAN, "Noto Sans CJK KR Rare"
        ),
        east_asian("NotoSansCJKsc-Regular.otf", "Regular", chinese, CHINESE),
        east_asian("NotoSansCJKsc-Bold.otf", "Bold", chinese & (common | {*CHINESE_SIGNS}), CHINESE),
        east_asian("NotoSansMonoCJKkr-Regular.otf", "Regular", ASCII, KOREAN_MONO),
        Cut(
            "NotoSansSymbols2-Regular.ttf",
            CORE / "NotoSansSymbols2-Regular.ttf",
            "fonts-noto-core",
            SIGNS,
            [],
        ),
    ]


def cut_font(cut: Cut, out: Path) -> TTFont:
    """Write one font; returned as it was read, for what it says of itself."""
    font = TTFont(cut.source, fontNumber=cut.face, recalcTimestamp=False)
    options = Options()
    options.layout_features = cut.features
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]  # nothing here is set from top to bottom
    options.hinting = False  # paper and screens of today need none, and it is a fifth of a font
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=cut.characters)
    subsetter.subset(font)
    if cut.family:
        _rename(font, cut.family)
    font.save(out / cut.name)
    return font


def describe_cut(cut: Cut, font: TTFont, out: Path) -> str:
    """The entry of FONTS.toml."""
    data = (out / cut.name).read_bytes()
    lines = {
        "name": font["name"].getDebugName(4),
        "version": font["name"].getDebugName(5).split(";")[0].removeprefix("Version "),
        "licence": "OFL-1.1",
        "copyright": font["name"].getDebugName(0),
        "package": cut.package,
        "package_version": _package_version(cut.package),
        "source": cut.source.name,
        "characters": len(font.getBestCmap()),
        "bytes": len(data),
        "sha256": sha256(data).hexdigest(),
    }
    entry = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in lines.items()]
    return "\n".join([f'["{cut.name}"]', *entry])


def main() -> None:
    """Cut every font, then write FONTS.toml."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", required=True, type=Path)
    out: Path = parser.parse_args().out
    entries = [describe_cut(cut, cut_font(cut, out), out) for cut in list_cuts()]
    head = (
        "# The fonts of this room: what they were cut from, and what they are. Written by\n"
        f"# tools/make_fonts.py with fontTools {fontTools.version}; held by tests/paper/test_fonts.py."
    )
    (out / "FONTS.toml").write_text("\n\n".join([head, *entries]) + "\n", "utf-8")


def _encodes(code: int, charset: str) -> bool:
    try:
        chr(code).encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _rename(font: TTFont, family: str) -> None:
    compact = family.replace(" ", "")
    names = {1: family, 3: f"{compact}-Regular", 4: family, 6: f"{compact}-Regular", 16: family}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )
    font["CFF "].cff.fontNames = [names[6]]
    top = font["CFF "].cff.topDictIndex[0]
    top.FullName, top.FamilyName = family, family


def _package_version(package: str) -> str:
    shown = subprocess.run(
        ["/usr/bin/dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True, text=True
    )
    return shown.stdout


if __name__ == "__main__":
    main()
