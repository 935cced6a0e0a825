"""Mandarin syllables, however they are written, and the Korean syllables that their characters have (§6).

A Korean name in a Chinese file was written in characters: ji is 姬 희, 基 기, 濟 제, 繼 계 …. The table says
how likely each class of Korean syllables is written so, by the characters that names have. Names of Chinese
persons are heard and written in Hangul, Cyrillic and kana as well (왕웨이, Ван Вэй).

Floor 1. Pure but for its tables, read when first asked. Refused: what is no syllable of Mandarin has no
readings.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from onggi.names.tables import read_rows

_LONGEST = 6  # letters of a syllable in pinyin (zhuang); in Hangul it has two syllables at most
_PRIVATE = 0xE000  # where Unicode leaves room for codes of one's own
_OTHER_TONE = 0.03  # a tone mark may be wrong

Weights = Mapping[str, float]


@cache
def load_pinyin() -> Mapping[str, Weights]:
    """Chances of a spelling by class of Korean syllables, with tones (ying1) and without (ying)."""
    toned: dict[str, dict[str, float]] = {}
    plain: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for pinyin, weights in read_rows("pinyin"):
        parts = (part.partition(":") for part in weights.split())
        toned[pinyin] = {sound: float(chance) for sound, _, chance in parts}
        for sound, chance in toned[pinyin].items():
            plain[pinyin[:-1]][sound] += chance
    return {**toned, **plain}


@lru_cache(8192)
def read_mandarin(script: str, spelling: str) -> Weights:
    """How likely each class of Korean syllables is spelled so in Mandarin."""
    if script == "latin":
        return _read_pinyin(_restore_dots(spelling))
    weights: defaultdict[str, float] = defaultdict(float)
    for pinyin in list_pinyin(script, spelling):
        for sound, chance in load_pinyin().get(pinyin, {}).items():
            weights[sound] += chance
    return weights


def list_pinyin(script: str, spelling: str) -> tuple[str, ...]:
    """The syllables of pinyin, without tones, that a spelling in any script can be."""
    if script == "latin":
        return (_restore_dots(spelling),)
    return _load_scripts()[script].get(spelling, ())


@lru_cache(16384)
def is_mandarin(script: str, spelling: str) -> bool:
    """Whether a spelling can be one syllable of Mandarin."""
    return bool(read_mandarin(script, spelling))


def cut_pinyin(text: str) -> tuple[tuple[str, ...], ...]:
    """Every way to cut letters into one to three syllables: yingji → ying ji, xian → xian and xi an."""
    return cut_spelling("latin", text)


@lru_cache(8192)
def cut_spelling(script: str, text: str) -> tuple[tuple[str, ...], ...]:
    """The same in an alphabet or kana: инцзи → ин цзи."""
    cuts: list[tuple[str, ...]] = [(text,)] if is_mandarin(script, text) else []
    for end in range(1, min(_LONGEST + 1, len(text))):
        head, rest = text[:end], text[end:].removeprefix("'")
        if rest and not rest[0].isdigit() and is_mandarin(script, head):
            cuts += [(head, *cut) for cut in cut_spelling(script, rest) if len(cut) < 3]
    return tuple(cuts)


def cut_hangul(text: str) -> Iterator[tuple[str, ...]]:
    """Every way to cut Hangul into syllables of Mandarin: 왕웨이 → 왕 웨이."""
    if not text:
        yield ()
    for end in (1, 2):
        if end <= len(text) and text[:end] in _load_scripts()["hangul"]:
            yield from ((text[:end], *cut) for cut in cut_hangul(text[end:]))


def is_heard(text: str) -> bool:
    """Whether Hangul can be cut into two or more syllables of Mandarin: `cut_hangul` sooner."""
    return _match_heard()(text) is not None


@cache
def spell_pinyin(script: str, pinyin: str) -> tuple[str, ...]:
    """How a syllable, without its tone, is spelled: ying is ying, 잉, ин, iN; lü is also lv, lyu."""
    if script == "latin":
        return tuple(dict.fromkeys(pinyin.replace("ü", typed) for typed in ("ü", "v", "yu")))
    return tuple(spelling for spelling, said in _load_scripts()[script].items() if pinyin in said)


@cache
def code_pinyin(pinyin: str) -> str:
    """One character for a syllable without its tone, so that Mandarin can be searched like characters."""
    number = _number_pinyin().get(pinyin)
    return "" if number is None else chr(_PRIVATE + number)


def decode_pinyin(code: str) -> str:
    """The syllable of a code."""
    return list_syllables()[ord(code) - _PRIVATE]


@cache
def list_syllables() -> tuple[str, ...]:
    """Every syllable of Mandarin, without tones."""
    return tuple(sorted({pinyin.rstrip("12345") for pinyin in load_pinyin()}))


@cache
def _match_heard() -> Callable[[str], re.Match[str] | None]:
    spelled = _load_scripts()["hangul"]
    single = "".join(one for one in spelled if len(one) == 1)
    return re.compile(f"(?:[{single}]|{'|'.join(one for one in spelled if len(one) > 1)}){{2,}}").fullmatch


@cache
def _number_pinyin() -> Mapping[str, int]:
    return {pinyin: number for number, pinyin in enumerate(list_syllables())}


def _restore_dots(spelling: str) -> str:
    """ü for v (keyboards) and for yu after l and n (passports: LYU)."""
    if spelling[:3] in ("lyu", "nyu"):
        spelling = spelling[0] + "ü" + spelling[3:]
    return spelling.replace("v", "ü")


def _read_pinyin(spelling: str) -> Weights:
    table = load_pinyin()
    plain = spelling.rstrip("12345")
    if plain == spelling:
        return table.get(spelling) or table.get(plain.replace("ü", "u"), {})
    weights = {sound: chance * _OTHER_TONE for sound, chance in table.get(plain, {}).items()}
    for sound, chance in table.get(spelling, {}).items():
        weights[sound] = weights.get(sound, 0.0) + chance
    return weights


@cache
def _load_scripts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """By script, what each spelling can be in pinyin."""
    scripts: dict[str, defaultdict[str, tuple[str, ...]]] = {
        script: defaultdict(tuple) for script in ("hangul", "cyrillic", "kana")
    }
    for pinyin, hangul, cyrillic, kana in read_rows("mandarin"):
        scripts["hangul"][hangul] += (pinyin,)
        scripts["cyrillic"][cyrillic] += (pinyin,)
        for letters in kana.split():
            scripts["kana"][letters] += (pinyin,)
    return {script: dict(spellings) for script, spellings in scripts.items()}
