"""A text taken apart before it is read: titles and kin words off, tokens and ways to cut them (§7, §8).

Floor 1. Pure but for its table of words, read when first asked. Refused, with the id of a sentence: an empty
text, one longer than a name, a sign that stands in no name, a script that is not served. Nothing is guessed
past such a sign.
"""

import re
from collections.abc import Iterator, Sequence
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
_PASSPORT = frozenset({"nyu", "lyu", "nyue", "lyue"})  # ü as passports and keyboards have it
_SHORT = 5  # letters of most surnames and syllables
_MARKS = tuple((mark, frozenset(letters)) for mark, letters in MARKS.items())
_MARKED = frozenset().union(*(letters for _, letters in _MARKS))
_PLAIN = re.compile(r"[^\W\d_]+(?:[ ・-][^\W\d_]+)*")
# Letters of one script; `plain` are Latin ones without tones and inner capitals.
_ONE_SCRIPT = re.compile(
    "(?P<plain>[A-Za-zŎŏŬŭ]'?[a-zŏŭ][a-zŏŭ']*(?:-[A-Za-zŎŏŬŭ][a-zŏŭ']*)*)|(?P<hangul>[가-힣]+)|"
    "(?P<latin>[a-zA-ZÀ-ɏ][a-zA-ZÀ-ɏ'-]*)|(?P<syllabic>[가-힣一-鿿]+)|(?P<cyrillic>[Ѐ-ӿ][Ѐ-ӿ'-]*)|(?P<kana>[ァ-ヺー]+)"
)
_ALONE = {script: (script,) for script in ("hangul", "latin", "cyrillic", "kana")}
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


# One way to divide tokens into a surname and the parts of a given name, either of which may be missing; how
# these stand together, and the chance of all that. Plain, since every name has several.
Cut = tuple[str, tuple[str, ...], str, float]


def sketch_text(text: str) -> Sketch:
    """The tokens of a text, or the reason why it is no name."""
    if len(text) > LONGEST:
        return Sketch(problem="names.unread.long")
    plain = _PLAIN.fullmatch(text) is not None and (text.isascii() or is_normalized("NFKC", text))
    if not plain:
        text = _QUOTES.sub(" ", clean_text(text))
        text = (_BRACKETS.sub(" ", text).strip(_AROUND) or text).strip(_AROUND + "()[]{}")
    if not text:
        return Sketch(problem="names.unread.empty")
    if not text.isascii() and not _CARONS.isdisjoint(text):
        text = tell_carons(text)
    text, forms = _take_forms(text)
    kin = [form for form in forms if form.kind is Kind.KIN] if forms else ()
    if len(kin) > 1:
        return Sketch(
            problem="names.unread.reading"
        )  # the mother of the mother of X: there is no word for her
    form = kin[0] if kin else forms[0] if forms else None
    pieces = text.replace("・", " ").split(" ") if plain else _BREAKS.split(text.replace(",", ", "))
    found: list[Token] = []
    for piece in pieces:
        found += _part_short(piece) if len(piece) <= _SHORT and piece < "가" else _part_piece(piece)
    if not found or len(found) > _TOKENS:
        return Sketch(problem="names.unread.reading")
    tokens, scripts = tuple(found), found[0].scripts
    for token in tokens:
        if token.scripts != scripts:
            scripts = tuple(dict.fromkeys([script for token in tokens for script in token.scripts]))
            break
    if "" in scripts:
        return Sketch(problem="names.unread.script")
    return Sketch(tokens, scripts, join_marks(tokens), form)


def join_marks(tokens: tuple[Token, ...]) -> str:
    """The marks that any of the tokens shows."""
    shown = "".join([token.marks for token in tokens])
    return "".join(sorted(set(shown))) if len(shown) > 1 else shown


def tell_marks(letters: str) -> str:
    """The marks that plain letters show."""
    if (letters.isascii() and "'" not in letters) or _MARKED.isdisjoint(letters):
        return ""
    return "".join([mark for mark, signs in _MARKS if not signs.isdisjoint(letters)])


def list_cuts(tokens: tuple[Token, ...]) -> list[Cut]:
    """Every way to see surname and given name in tokens of an alphabet or of kana, with its chance."""
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1 == len(first.parts):
        return _cut_joined(first.parts[0])
    flat = tuple([part for token in tokens for part in token.parts])
    shape = tuple([len(token.parts) for token in tokens])
    capitals = first.upper - last.upper if not first.comma else 0
    return cut_parts(flat, shape, first.script, first.comma, capitals)


def cut_parts(
    parts: tuple[str, ...], shape: tuple[int, ...], script: str, comma: bool = False, capitals: int = 0
) -> list[Cut]:
    """The same of parts; `shape` and `capitals` are those of `_shape_cuts`."""
    return [
        ("".join(parts[start:end]), parts[:start] + parts[end:], style, weight)
        for start, end, style, weight in _shape_cuts(shape, script, comma, capitals)
    ]


def _cut_joined(letters: str) -> list[Cut]:
    """The cuts of a single word without hyphens."""
    cuts: list[Cut] = [("", (letters,), "joined", 0.35), (letters, (), "joined", 0.3)]
    ends = range(1, min(len(letters) - 1, 9))
    return cuts + [(letters[:end], (letters[end:],), "joined", 0.1) for end in ends]


@lru_cache(1024)
def _shape_cuts(
    shape: tuple[int, ...], script: str, comma: bool, capitals: int
) -> tuple[tuple[int, int, str, float], ...]:
    """The parts, from and up to, that are the surname, the style of the others, and the chance of that.

    `shape` counts the parts of each token; `capitals` is 1 where the first token alone stands in capitals, -1
    where the last does. A comma after the first token, like capitals, decides the order.
    """
    size = sum(shape)
    if len(shape) == 1:
        style = "hyphen" if size > 2 else "joined"
        return ((0, 0, "hyphen", 0.35), (0, 1, style, 0.3), (size - 1, size, style, 0.05))
    first, last = (0.72, 0.22) if script == "latin" else (0.9, 0.04)
    if comma:
        first, last = 0.97, 0.0
    elif capitals:
        first, last = (first, last * 0.02) if capitals > 0 else (first * 0.02, last)
    cuts: list[tuple[int, int, str, float]] = []
    if shape[0] == 1:
        cuts.append((0, 1, _style_of(shape[1:]), first))
    elif shape[0] == 2:
        cuts.append((0, 2, _style_of(shape[1:]), first * 0.3))
        cuts.append((0, 1, "spaced", first * 0.05))
    if last and shape[-1] == 1:
        cuts.append((size - 1, size, _style_of(shape[:-1]), last))
    if len(shape) > 2 and shape[0] == shape[1] == 1:
        cuts.append((0, 2, _style_of(shape[2:]), first * 0.3))
    if not comma and shape == (1, 1):
        cuts.append((0, 0, "spaced", 0.03))
    return tuple(cuts)


def _style_of(shape: tuple[int, ...]) -> str:
    """How tokens of a given name stand together."""
    return "spaced" if len(shape) > 1 else "hyphen" if shape[0] > 1 else "joined"


@lru_cache(8192)
def _part_short(piece: str) -> Sequence[Token]:
    """The same of a surname or a syllable, which come again and again."""
    return _part_piece(piece)


def _part_piece(piece: str) -> Sequence[Token]:
    """The tokens between two spaces: one for each run of a script."""
    comma = piece.endswith(",")
    if comma:
        piece = piece.rstrip(",")
    found = _ONE_SCRIPT.fullmatch(piece)
    runs = _part_scripts(piece) if found is None else ((found.lastgroup or "", piece),)
    return [token for script, run in runs if (token := _make_token(script, run, comma=comma)) is not None]


def _part_scripts(piece: str) -> Iterator[tuple[str, str]]:
    """Runs of one script; Hangul and Hanja make one run, marks and figures belong to the letter before."""
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
    if script == "hangul":
        return Token("syllabic", _ALONE["hangul"], (letters,), "", False, comma)
    if script == "syllabic":
        letters = re.sub("(.)々", r"\1\1", letters.replace("-", "").replace("'", ""))
        return Token(script, tuple(dict.fromkeys(map(script_of, letters))), (letters,), comma=comma)
    parts = _list_parts(script, letters)
    spelled = "".join(parts)
    if not spelled:
        return None
    kept = tell_marks(spelled) + (LONG if script == "kana" and LONG in letters else "")
    script = "latin" if script == "plain" else script
    upper = len(letters) > 1 and letters.isupper()
    return Token(script, _ALONE.get(script) or (script,), tuple(parts), kept, upper, comma)


def _list_parts(script: str, letters: str) -> list[str]:
    """The plain letters between hyphens and inner capitals."""
    if script == "plain":
        return letters.lower().split("-")
    if script == "kana":
        parts = [plain_kana(part) for part in letters.split("-")]
    elif script == "cyrillic":
        parts = plain_cyrillic(letters).split("-")
    else:
        parts = [
            toned for part in _CAMEL.sub("-", letters).split("-") for toned in _part_tones(plain_latin(part))
        ]
    parts = [part.lstrip("'") if script == "latin" else part.strip("'") for part in parts]
    return list(filter(None, parts))


def _part_tones(letters: str) -> list[str]:
    """Letters with tone figures as syllables: yi1ngji1 → ying1 ji1; whole where the figures fit no cut."""
    if letters.isalpha():
        return [letters]
    figures = {match.start() - place: match[0] for place, match in enumerate(re.finditer("[1-5]", letters))}
    plain = re.sub("[1-5]", "", letters)
    for cut in cut_pinyin(plain) if figures else ():
        if not _PASSPORT.isdisjoint(cut):  # whoever writes tones writes nü: zànyù is zan yu, not za nyu
            continue
        end, syllables = 0, []
        for syllable in cut:
            start, end = end, end + len(syllable)
            tones = [tone for place, tone in figures.items() if start < place <= end]
            syllables += [syllable + tone for tone in tones]
        if len(syllables) == len(cut) == len(figures):
            return syllables
    return [letters]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of forms.toml as patterns; `ends`, `tails` and `starts` tell most texts apart without one."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    ends: frozenset[str]
    tails: frozenset[str]  # the last two letters
    starts: frozenset[str]
    forms: dict[str, Form]

    def may_end(self, text: str) -> bool:
        """Whether a word of `after` can stand at the end of a text."""
        last = text[-1:]
        return last in self.ends and (last in self.tails or text[-2:].casefold() in self.tails)


@cache
def load_words() -> Words:
    """The words, computed once."""
    forms: dict[str, Form] = {}
    places: dict[str, list[str]] = {"before": [], "after": [], "apart": []}
    for kind, entries in read_sheet("data", "forms").items():
        for what, lists in entries.items():
            for place, words in lists.items():
                places[place] += words
                forms.update(dict.fromkeys(words, Form(Kind(kind), what)))
    after = [re.escape(word) for word in sorted(places["after"], key=len, reverse=True)]
    apart = "|".join(places["apart"])
    return Words(
        before=re.compile(rf"(?:the\s+)?({'|'.join(map(re.escape, places['before']))})[\s.]+", re.IGNORECASE),
        after=re.compile(rf"\s*{_PARTICLE}\s*({'|'.join(after)})$|\s+({apart})$", re.IGNORECASE),
        ends=frozenset(word[-1] for word in (*places["after"], *places["apart"])),
        tails=frozenset(word[-2:] for word in (*places["after"], *places["apart"])),
        starts=frozenset(["the", *(word.split()[0] for word in places["before"])]),
        forms=forms,
    )


def _take_forms(text: str) -> tuple[str, Sequence[Form]]:
    """The text without the words around the name, two at most (씨의 어머니), and what they said."""
    words = load_words()
    if len(text) == 2 and text[0] in words.forms and script_of(text[1]) == "hanja":
        return text[1], (words.forms[text[0]],)
    if not words.may_end(text) and text.partition(" ")[0].rstrip(".").casefold() not in words.starts:
        return text, ()
    forms: list[Form] = []
    for _ in range(2):
        found = words.after.search(text) if words.may_end(text) else None
        if found is None and text.partition(" ")[0].rstrip(".").casefold() in words.starts:
            found = words.before.match(text)
        rest = text if found is None else (text[: found.start()] or text[found.end() :]).strip()
        if found is None or not rest:
            break
        forms.append(words.forms[next(filter(None, found.groups())).casefold()])
        text = rest
    return text, forms
