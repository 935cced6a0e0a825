"""A text as plain letters: scripts told apart, marks and tones read off, kana and Latin made comparable (§4).

Latin is folded in case; ŏ ŭ stand for every breve, caron or circumflex that typists put there, ' for every
apostrophe. Tone marks and figures of pinyin become a figure after the syllable (§6). Kana become letters:
キョン is kyoN.

Floor 1. Pure. Refused: nothing; what is no letter of a script we serve has the script "".
"""

import re
import unicodedata
from functools import cache, lru_cache

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ`´′＇ʹ"), "'") | {0x02D8: "\u0306"}  # and a breve set behind its o
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－‧"), "-")
_BREVES = {"\u0306", "\u0302", "\u030c", "\u0303"}  # breve, and what is typed for it
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_TONED = re.compile("[\u0304\u0301\u0300]|[aeiAEI]\u030c|u\u0308\u030c")
_CARONS = str.maketrans({"ǒ": "o3", "Ǒ": "O3", "ǔ": "u3", "Ǔ": "U3"})
# Marks of direction, joiners, and selectors of a character's form, which fonts of Hanja leave in a text.
_SILENT = re.compile(
    "[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_SCRIPTS = (
    ("hangul", "가힣"),
    ("hanja", "一鿿㐀䶿豈﫿々〇\U00020000\U0003ffff"),
    ("kana", "ァヺーーぁゖ"),
    ("latin", "azAZÀɏ"),
    ("cyrillic", "Ѐӿ"),
)
_KANA_ROWS = """
    アイウエオ kカキクケコ gガギグゲゴ sサシスセソ zザ*ズゼゾ tタ**テト dダ**デド nナニヌネノ hハヒフヘホ
    bバビブベボ pパピプペポ mマミムメモ yヤ*ユ*ヨ rラリルレロ wワヰ*ヱ*
"""
_KANA = {
    kana: row[:-5] + vowel
    for row in _KANA_ROWS.split()
    for kana, vowel in zip(row[-5:], "aiueo", strict=True)
    if kana != "*"
}
_KANA |= {"チ": "chi", "ツ": "tsu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "ヴ": "bu", "ヲ": "o"}
_KANA |= {"ン": "N", "ッ": "Q", "ー": ""}
_SOUNDED = "".join(kana for kana, letters in _KANA.items() if letters)
_SOUNDED += "".join(chr(ord(kana) - 0x60) for kana in _SOUNDED)
_MORAE = re.compile(f"[{_SOUNDED}][^{_SOUNDED}]*|[^{_SOUNDED}]+")
_SMALL = dict(zip("ァィゥェォャュョヮ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"), strict=True))


@lru_cache(4096)
def script_of(char: str) -> str:
    """hangul, hanja, kana, latin, cyrillic; "" for anything else."""
    for script, bounds in _SCRIPTS:
        if any(low <= char <= high for low, high in zip(bounds[::2], bounds[1::2], strict=True)):
            return script
    return ""


def clean_text(text: str) -> str:
    """Compatible and half-width forms made usual (NFKC), apostrophes and hyphens one, hidden signs gone."""
    text = _SILENT.sub("", unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)))
    return text.translate(_APOSTROPHES).translate(_HYPHENS)


def tell_carons(text: str) -> str:
    """Carons over o and u as tone figures, where a text has other tones (Gǒng Lì); else they stay breves."""
    if not _TONED.search(unicodedata.normalize("NFD", text)):
        return text
    return text.translate(_CARONS)


def plain_latin(text: str) -> str:
    """Small letters with ŏ ŭ for breves, ü, and tone figures after the vowels that carry tones."""
    letters = unicodedata.normalize("NFD", text).casefold()
    if letters.isascii():
        return letters
    toned = _TONED.search(letters) is not None
    plain = ""
    for letter in letters:
        if not unicodedata.combining(letter):
            plain += letter
        elif toned and letter in _TONES:
            plain += _TONES[letter]
        elif letter in _BREVES and plain[-1:] in ("o", "u"):
            plain = plain[:-1] + {"o": "ŏ", "u": "ŭ"}[plain[-1]]
        elif letter == "\u0308" and plain[-1:] == "u":
            plain = plain[:-1] + "ü"
    return plain


def plain_cyrillic(text: str) -> str:
    """Small letters, ё and й whole."""
    return unicodedata.normalize("NFC", text).casefold()


def plain_kana(text: str) -> str:
    """Kana as letters, hiragana like katakana; a long vowel is not told from a short one."""
    return "".join(map(_plain_mora, _MORAE.findall(text)))


@lru_cache(4096)
def _plain_mora(text: str) -> str:
    """A kana and what is added to it; one more thing that sounds alone begins the next."""
    letters = ""
    for kana in text:
        kana = chr(ord(kana) + 0x60) if "ぁ" <= kana <= "ゖ" else kana
        small = _SMALL.get(kana)
        letters = letters + _KANA.get(kana, "") if small is None else _join_small(letters, small)
    return letters


def _join_small(letters: str, small: str) -> str:
    """A small kana takes the place of a vowel: キ+ョ kyo, チ+ョ cho, シ+ェ sye, ト+ゥ tu, フ+ァ hwa."""
    stem, vowel = letters[:-1], letters[-1:]
    if stem.endswith(("ch", "j")):
        return stem + small.removeprefix("y")
    if (
        small[0] in "yw"
        or (vowel, small) in (("o", "u"), ("e", "i"))
        or (vowel == "u" and stem.endswith("ts"))
    ):
        return stem + small
    if vowel == "u":
        return stem + "w" + small
    if vowel == "i":
        return stem + "y" + small
    return letters + small


def write_kana(letters: str) -> str:
    """The letters of `plain_kana` as katakana: kyoN → キョン. What no mora fits is left out."""
    kana, place = "", 0
    while place < len(letters):
        size = next((size for size in (4, 3, 2, 1) if letters[place : place + size] in _load_morae()), 0)
        kana += _load_morae().get(letters[place : place + size], "")
        place += size or 1
    return kana


@cache
def _load_morae() -> dict[str, str]:
    """Letters of a mora to its kana, the plain one where two sound alike."""
    small = {"i": "ャュョ", "u": "ァィェォ"}
    pairs = [kana + mark for kana, letters in _KANA.items() for mark in small.get(letters[-1:], "")]
    morae: dict[str, str] = {}
    others = [
        "シェ",
        "チェ",
        "ジェ",
        "ティ",
        "ディ",
        "トゥ",
        "ドゥ",
        "テャ",
        "テュ",
        "テョ",
        "デャ",
        "デュ",
        "デョ",
    ]
    for kana in [*_KANA, *pairs, *others]:
        if kana not in "*ヂヅヲヰヱー":
            morae.setdefault(plain_kana(kana), kana)
    return morae
