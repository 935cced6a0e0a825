"""A text taken apart before it is read: titles and kin words off, tokens and ways to cut them (§7, §8).

Floor 1. Pure but for its table of words, read when first asked. Refused, with the id of a sentence: an empty
text, one longer than a name, a sign that stands in no name, a script that is not served. Nothing is guessed
past such a sign.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from onggi.names.letters import clean_text, plain_cyrillic, plain_kana, plain_latin, script_of, tell_carons
from onggi.names.mandarin import cut_pinyin
from onggi.names.systems import LONG, MARKS
from onggi.names.tables import read_sheet

LONGEST = 80  # characters; no name we saw with its title has more
_TOKENS = 6
_MARKS = tuple((mark, frozenset(letters)) for mark, letters in MARKS.items())
_PLAIN = re.compile(r"[^\W\d_]+(?:[ ・-][^\W\d_]+)*")
_SIMPLE = re.compile("[A-Za-z][a-z]+(?:-[A-Za-z]?[a-z]+)*")  # letters without marks, tones, inner capitals
_HANGUL = re.compile("[가-힣]+")
_ONE_SCRIPT = re.compile(
    "(?P<latin>[a-zA-ZÀ-ɏ][a-zA-ZÀ-ɏ'-]*)|(?P<syllabic>[가-힣一-鿿]+)|(?P<cyrillic>[Ѐ-ӿ]+)|(?P<kana>[ァ-ヺー]+)"
)
_SYLLABIC = frozenset({"hangul", "hanja"})  # one character, one syllable
_BRACKETS = re.compile(r"[(\[{〔【〈《「『（［].*?[)\]}〕】〉》」』）］]")
_QUOTES = re.compile("[\"“”„«»]|(?<!\\w)'|'(?!\\w)")
_CARONS = frozenset("ǒǑǔǓ")
_AROUND = " \t\r\n,.·・"
_BREAKS = re.compile(r"[\s·・•＝=_.。、;/|]+")
_CAMEL = re.compile(r"(?<=[a-zà-ɏ])(?=[A-ZÀ-Þ])")
_PARTICLE = "(?:의|네|的|の)?"


class Kind(StrEnum):
    """Which sort of words stood around a name."""

    KIN = "kin"  # "mother of X": somebody else is meant, the name is X's
    TITLE = "title"  # Comrade, Ms., 씨, 女士: X is meant
    FAMILIAR = "familiar"  # 영희야, 영순이: X is meant, by those who know her


@dataclass(frozen=True, slots=True)
class Form:
    """A title, kin word or familiar form that was taken off; `what` is an id: mother, comrade."""

    kind: Kind
    what: str


class Token(NamedTuple):
    """Letters between spaces. `parts` are what hyphens or inner capitals divide; Hangul and Hanja are one."""

    script: str  # syllabic (Hangul, Hanja or both), latin, kana, cyrillic; "" for what is not served
    scripts: tuple[str, ...]
    parts: tuple[str, ...]
    marks: str = ""  # those of systems.MARKS that its writer kept, and a long vowel in kana
    upper: bool = False  # LEE in "LEE Young-hee"
    comma: bool = False  # Lee, in "Lee, Young-hee"


class Sketch(NamedTuple):
    """A text taken apart. With a `problem` there are no tokens."""

    tokens: tuple[Token, ...] = ()
    scripts: tuple[str, ...] = ()
    marks: str = ""  # the marks its writer keeps (systems.MARKS)
    form: Form | None = None
    problem: str | None = None


class Cut(NamedTuple):
    """One way to divide tokens into surname and given name; either may be missing. `weight` is its chance."""

    surname: str
    given: tuple[str, ...]
    style: str
    weight: float


def sketch_text(text: str) -> Sketch:
    """The tokens of a text, or the reason why it is no name."""
    if len(text) > LONGEST:
        return Sketch(problem="names.unread.long")
    plain = _PLAIN.fullmatch(text) is not None and is_normalized("NFKC", text)
    if not plain:
        text = _QUOTES.sub(" ", clean_text(text))
        text = (_BRACKETS.sub(" ", text).strip(_AROUND) or text).strip(_AROUND + "()[]{}")
    if not text:
        return Sketch(problem="names.unread.empty")
    if not _CARONS.isdisjoint(text):
        text = tell_carons(text)
    text, form = _take_form(text)
    pieces = text.replace("・", " ").split(" ") if plain else _BREAKS.split(text.replace(",", ", "))
    tokens = sum(map(_part_piece, pieces), ())
    if not tokens or len(tokens) > _TOKENS:
        return Sketch(problem="names.unread.reading")
    scripts = tuple(dict.fromkeys([script for token in tokens for script in token.scripts]))
    if "" in scripts:
        return Sketch(problem="names.unread.script")
    return Sketch(tokens, scripts, join_marks(tokens), form)


def join_marks(tokens: tuple[Token, ...]) -> str:
    """The marks that any of the tokens shows."""
    shown = "".join([token.marks for token in tokens])
    return "".join(sorted(set(shown))) if len(shown) > 1 else shown


def list_cuts(tokens: tuple[Token, ...]) -> list[Cut]:
    """Every way to see surname and given name in tokens of an alphabet or of kana, with its chance."""
    first, last = (0.72, 0.22) if tokens[0].script == "latin" else (0.9, 0.04)
    if len(tokens) == 1:
        return list(_cut_single(tokens[0].parts))
    if tokens[0].comma:
        first, last = 0.97, 0.0
    elif tokens[0].upper != tokens[-1].upper:
        first, last = (first, last * 0.02) if tokens[0].upper else (first * 0.02, last)
    flat = [token.parts for token in tokens]
    cuts: list[Cut] = []
    if len(flat[0]) == 1:
        cuts.append(Cut(flat[0][0], *_join_given(flat[1:]), first))
    elif len(flat[0]) == 2:
        cuts.append(Cut("".join(flat[0]), *_join_given(flat[1:]), first * 0.3))
        cuts.append(Cut(flat[0][0], *_join_given([flat[0][1:], *flat[1:]]), first * 0.05))
    if last and len(flat[-1]) == 1:
        cuts.append(Cut(flat[-1][0], *_join_given(flat[:-1]), last))
    if len(tokens) > 2 and len(flat[0]) == len(flat[1]) == 1:
        cuts.append(Cut(flat[0][0] + flat[1][0], *_join_given(flat[2:]), first * 0.3))
    if not tokens[0].comma and len(tokens) == len(flat[0]) + len(flat[1]) == 2:
        cuts.append(Cut("", *_join_given(flat), 0.03))
    return cuts


def _cut_single(parts: tuple[str, ...]) -> Iterator[Cut]:
    yield Cut("", parts, "hyphen" if len(parts) > 1 else "joined", 0.35)
    if len(parts) > 1:
        style = "hyphen" if len(parts) > 2 else "joined"
        yield Cut(parts[0], parts[1:], style, 0.3)
        yield Cut(parts[-1], parts[:-1], style, 0.05)
        return
    letters = parts[0]
    yield Cut(letters, (), "joined", 0.3)
    for end in range(1, min(len(letters) - 1, 9)):
        yield Cut(letters[:end], (letters[end:],), "joined", 0.1)


def _join_given(flat: list[tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    if len(flat) > 1:
        return tuple(part for token in flat for part in token), "spaced"
    return flat[0], "hyphen" if len(flat[0]) > 1 else "joined"


@lru_cache(16384)
def _part_piece(piece: str) -> tuple[Token, ...]:
    """The tokens between two spaces: one for each run of a script."""
    if _SIMPLE.fullmatch(piece):
        return (Token("latin", ("latin",), tuple(piece.lower().split("-"))),)
    if _HANGUL.fullmatch(piece):
        return (Token("syllabic", ("hangul",), (piece,)),)
    comma = piece.endswith(",")
    return tuple(
        token
        for script, letters in _part_scripts(piece.rstrip(","))
        if (token := _make_token(script, letters, comma=comma)) is not None
    )


def _part_scripts(piece: str) -> Iterator[tuple[str, str]]:
    """Runs of one script; Hangul and Hanja make one run, marks and figures belong to the letter before."""
    if (found := _ONE_SCRIPT.fullmatch(piece)) is not None:
        yield found.lastgroup or "", piece
        return
    run, current = "", ""
    for char in piece:
        script = script_of(char)
        script = "syllabic" if script in _SYLLABIC else script
        joins = char in "-'" or (char in "12345" and current == "latin") or 0x300 <= ord(char) < 0x370
        if run and (joins or script == current):
            run += char
        elif not joins:
            if run:
                yield current, run
            run, current = char, script
    if run:
        yield current, run


def _make_token(script: str, letters: str, *, comma: bool) -> Token | None:
    """The token of a run; None where only hyphens are left."""
    if script == "syllabic":
        letters = re.sub("(.)々", r"\1\1", letters.replace("-", "").replace("'", ""))
        return Token(script, tuple(dict.fromkeys(map(script_of, letters))), (letters,), comma=comma)
    if script == "kana":
        parts = [plain_kana(part) for part in letters.split("-")]
    elif script == "cyrillic":
        parts = plain_cyrillic(letters).split("-")
    elif _SIMPLE.fullmatch(letters):
        parts = letters.lower().split("-")
    else:
        parts = [
            toned for part in _CAMEL.sub("-", letters).split("-") for toned in _part_tones(plain_latin(part))
        ]
    parts = [part.lstrip("'") if script == "latin" else part.strip("'") for part in parts]
    upper = len(letters) > 1 and letters.isupper()
    kept = "".join(mark for mark, signs in _MARKS if not signs.isdisjoint("".join(parts)))
    kept += LONG if script == "kana" and LONG in letters else ""
    return Token(script, (script,), tuple(filter(None, parts)), kept, upper, comma) if any(parts) else None


def _part_tones(letters: str) -> list[str]:
    """Letters with tone figures as syllables: yi1ngji1 → ying1 ji1; whole where the figures fit no cut."""
    if letters.isalpha():
        return [letters]
    figures = {match.start() - place: match[0] for place, match in enumerate(re.finditer("[1-5]", letters))}
    plain = re.sub("[1-5]", "", letters)
    for cut in cut_pinyin(plain) if figures else ():
        end, syllables = 0, []
        for syllable in cut:
            start, end = end, end + len(syllable)
            tones = [tone for place, tone in figures.items() if start < place <= end]
            syllables += [syllable + tone for tone in tones]
        if len(syllables) == len(cut) == len(figures):
            return syllables
    return [letters]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of forms.toml as patterns; `ends` and `starts` tell most texts apart without one."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    ends: frozenset[str]
    starts: frozenset[str]
    forms: dict[str, Form]


@cache
def _load_words() -> _Words:
    forms: dict[str, Form] = {}
    places: dict[str, list[str]] = {"before": [], "after": [], "apart": []}
    for kind, entries in read_sheet("data", "forms").items():
        for what, lists in entries.items():
            for place, words in lists.items():
                places[place] += words
                forms.update(dict.fromkeys(words, Form(Kind(kind), what)))
    after = [re.escape(word) for word in sorted(places["after"], key=len, reverse=True)]
    apart = "|".join(places["apart"])
    return _Words(
        before=re.compile(rf"(?:the\s+)?({'|'.join(map(re.escape, places['before']))})[\s.]+", re.IGNORECASE),
        after=re.compile(rf"\s*{_PARTICLE}\s*({'|'.join(after)})$|\s+({apart})$", re.IGNORECASE),
        ends=frozenset(word[-1] for word in (*places["after"], *places["apart"])),
        starts=frozenset(["the", *(word.split()[0] for word in places["before"])]),
        forms=forms,
    )


def _take_form(text: str) -> tuple[str, Form | None]:
    """The text without the words around the name, and what they said; of two (씨의 어머니) the kin word."""
    words, form = _load_words(), None
    if len(text) == 2 and text[0] in words.forms and script_of(text[1]) == "hanja":
        return text[1], words.forms[text[0]]
    for _ in range(2):
        found = words.after.search(text) if text[-1:] in words.ends else None
        if found is None and text.partition(" ")[0].rstrip(".").casefold() in words.starts:
            found = words.before.match(text)
        rest = text if found is None else (text[: found.start()] or text[found.end() :]).strip()
        if found is None or not rest:
            break
        said = words.forms[next(filter(None, found.groups())).casefold()]
        form = said if form is None or said.kind is Kind.KIN else form
        text = rest
    return text, form
