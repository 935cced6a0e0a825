"""How far two texts can be names of one person, and by which reading (§10).

    L = log Σ P(reading | a) · P(reading | b) / P(reading)

is the likelihood ratio of "one person" against "two people met by chance": sharing a rare reading weighs
much, sharing 김 little. One syllable misheard or one left out is allowed for at a price. Where both texts
tell characters (Hanja) or Mandarin (pinyin), these are compared as well: 姬 and 熙 are both 희, and seldom
one person. The score is a logistic curve over L with one bend, fitted on pairs; `evidence` is L itself, for
those who weigh more than names.

Floor 1. Pure. Refused: nothing; where a text cannot be read there is no evidence, but for the same text
twice.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product

from onggi.names.hangul import fold_syllables, split_syllable
from onggi.names.hanja import read_character, same_character
from onggi.names.letters import clean_text
from onggi.names.mandarin import cut_pinyin, load_pinyin
from onggi.names.priors import UNKNOWN_SYLLABLE, load_priors
from onggi.names.reading import Name, Reading, read_fully
from onggi.names.split import Kind, sketch_text
from onggi.names.surnames import load_surnames
from onggi.names.syllabic import spell_given, spell_surname

# Fitted by logistic regression on 24,000 pairs, half of them one person (docs/design/names.md §10 says
# which). Evidence weighs more above the bend: below it stand names that differ in one part, of which some are
# slips.
OFFSET, BEND, BELOW, ABOVE = -2.76, 4.5, 0.28, 1.31

_MISHEARD = 0.02  # of names, one syllable is written as another
_OTHER_SURNAME = 0.002  # of people, the surname in one text is another one
_DROPPED = 0.002  # a syllable of the given name is missing
_OTHER_CHARACTER = 0.08  # a syllable is written with another character of the same sound
_SAME_WRITING = 0.85  # two Hanja or Mandarin spellings of one name agree
_FLOOR = 1e-4
_NEAR = 6  # readings of each text that are held against each other for slips
_SAME_TEXT = 8.0  # evidence of the same unreadable text twice

# How far apart two parts of a syllable are to the ear: 1 for the same, and these for pairs often confused.
_CONFUSED = 0.3
_UNLIKE = 0.03
_PAIRS = frozenset(
    frozenset(pair)
    for group in (
        "ㅓㅗ",
        "ㅡㅜㅓ",
        "ㅕㅛ",
        "ㅐㅔㅚㅖ",
        "ㅢㅣㅟ",
        "ㅘㅏ",
        "ㅝㅓㅕ",
        "ㅠㅜ",
        "ㄱㅋㄲ",
        "ㄷㅌㄸ",
        "ㅂㅍㅃ",
        "ㅈㅊㅉ",
        "ㅅㅆ",
        "ㄴㅇㅁ",
        "ㄴㄹ",
    )
    for pair in combinations(group, 2)
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`score` 0…1 is calibrated on pairs, half of which were one person; `evidence` is the logarithm behind
    it.

    `shared` holds the readings both can have, the likeliest first. `says` is the id of a sentence with the
    value `reading`: "both can be 리영희 / 李英姬".
    """

    score: float
    evidence: float
    shared: tuple[Reading, ...]
    says: str
    reading: str


@dataclass(frozen=True, slots=True)
class _View:
    """A name as comparison needs it: chances of whole names, and of what stands alone."""

    name: Name
    whole: Mapping[tuple[str, str], float]
    givens: Mapping[str, float]  # of whole names, summed
    surnames: Mapping[str, float]
    given_alone: Mapping[str, float]
    surname_alone: Mapping[str, float]
    best: tuple[tuple[str, str, float], ...]
    hanja: tuple[str, ...] = ()  # surname and given in characters
    mandarin: Mapping[tuple[str, ...], float] = field(
        default_factory=dict
    )  # syllables without tones, surname first


def compare(a: str | Name, b: str | Name) -> Comparison:
    """Whether two texts can name one person. Symmetric in score and evidence; never raises."""
    first, second = (_view_text(name if isinstance(name, str) else name.text) for name in (a, b))
    if first.name.problem or second.name.problem:
        same = clean_text(first.name.text).casefold() == clean_text(second.name.text).casefold() != ""
        evidence = _SAME_TEXT if same else 0.0
        says = "names.compare.same_text" if same else "names.compare.unread"
        return Comparison(_score_evidence(evidence), evidence, (), says, "")
    if _kin_of(first.name) != _kin_of(second.name):
        evidence = math.log(_FLOOR)
        return Comparison(_score_evidence(evidence), evidence, (), "names.compare.kin", "")
    ratio = _weigh_whole(first, second) + _weigh_partial(first, second) + _weigh_slips(first, second)
    ratio = _weigh_writing(first, second, ratio)
    evidence = math.log(ratio + _FLOOR)
    shared = _list_shared(first, second)
    return Comparison(
        _score_evidence(evidence), evidence, shared, *_word_result(first, second, shared, evidence)
    )


def _score_evidence(evidence: float) -> float:
    logit = OFFSET + BELOW * min(evidence, BEND) + ABOVE * max(evidence - BEND, 0.0)
    return 1 / (1 + math.exp(-logit))


def _kin_of(name: Name) -> str:
    return name.form.what if name.form is not None and name.form.kind is Kind.KIN else ""


# ---------------------------------------------------------------------------------------------------- views


@lru_cache(4096)
def _view_text(text: str) -> _View:
    name = read_fully(text)
    whole: dict[tuple[str, str], float] = {}
    sums: tuple[defaultdict[str, float], ...] = tuple(defaultdict(float) for _ in range(4))
    givens, surnames, given_alone, surname_alone = sums
    pinyin = 0.0
    for reading in name.readings:
        chance = math.exp(reading.logp)
        surname, given = reading.key
        if surname and given:
            whole[surname, given] = chance
            givens[given] += chance
            surnames[surname] += chance
        elif given:
            given_alone[given] += chance
        else:
            surname_alone[surname] += chance
        pinyin += chance if reading.by == "mandarin" else 0.0
    best = tuple((*key, chance) for key, chance in list(whole.items())[:_NEAR])
    hanja = _cut_hanja(name)
    mandarin = _say_hanja(hanja) if hanja else _cut_mandarin(text, pinyin)
    return _View(name, whole, givens, surnames, given_alone, surname_alone, best, hanja, mandarin)


def _cut_hanja(name: Name) -> tuple[str, ...]:
    """Surname and given name in characters, where a whole name stands in Hanja alone."""
    if (
        name.scripts != ("hanja",)
        or not name.readings
        or not name.readings[0].surname
        or not name.readings[0].given
    ):
        return ()
    letters = "".join(char for token in sketch_text(name.text).tokens for char in token.parts[0])
    size = len(name.readings[0].surname)
    return letters[:size], letters[size:]


def _say_hanja(hanja: tuple[str, ...]) -> Mapping[tuple[str, ...], float]:
    """The Mandarin of a name in characters, without tones."""
    surname, given = hanja
    forms = [surname, *(base for char in surname if (entry := read_character(char)) for base in entry.bases)]
    heads = next((load_surnames().mandarin[form] for form in forms if form in load_surnames().mandarin), ())
    said: dict[tuple[str, ...], float] = {(head,): 1.0 for head in heads}
    for char in given:
        entry = read_character(char)
        if entry is None or not entry.pinyin:
            return {}
        longer = product(said.items(), entry.pinyin.items())
        said = {(*row, sound[:-1]): chance * share for (row, chance), (sound, share) in longer}
    return said


def _cut_mandarin(text: str, share: float) -> Mapping[tuple[str, ...], float]:
    """The syllables of a name in pinyin, surname first; `share` is the chance that pinyin it is."""
    tokens = sketch_text(text).tokens
    if share < 0.05 or len(tokens) < 2 or any(token.script != "latin" for token in tokens):
        return {}
    surnames = load_surnames().pinyin
    said: dict[tuple[str, ...], float] = {}
    for head, rest in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        parts = tuple(part.rstrip("12345") for token in rest for part in token.parts)
        surname = "".join(head.parts).rstrip("12345")
        if surname in surnames and not said:
            cuts = cut_pinyin(parts[0]) if len(parts) == 1 else (parts,)
            said = {(surname, *cut): share / len(cuts) for cut in cuts}
    return said


# -------------------------------------------------------------------------------------------------- evidence


def _weigh_whole(first: _View, second: _View) -> float:
    priors = load_priors()
    few, many = (first, second) if len(first.whole) <= len(second.whole) else (second, first)
    return sum(
        chance * many.whole[key] / (priors.weigh_surname(key[0]) * priors.weigh_given(key[1]))
        for key, chance in few.whole.items()
        if key in many.whole
    )


def _weigh_partial(first: _View, second: _View) -> float:
    """Where one text has only a given name or only a surname."""
    priors = load_priors()
    ratio = 0.0
    for one, other in ((first, second), (second, first)):
        for given, chance in one.given_alone.items():
            if given in other.givens:
                ratio += chance * other.givens[given] / priors.weigh_given(given)
        for surname, chance in one.surname_alone.items():
            if surname in other.surnames:
                ratio += chance * other.surnames[surname] / priors.weigh_surname(surname)
    for given, chance in first.given_alone.items():
        if given in second.given_alone:
            ratio += chance * second.given_alone[given] / priors.weigh_given(given)
    for surname, chance in first.surname_alone.items():
        if surname in second.surname_alone:
            ratio += chance * second.surname_alone[surname] / priors.weigh_surname(surname)
    return ratio


def _weigh_slips(first: _View, second: _View) -> float:
    """Names that differ in one syllable of the given name, in the surname, or by a syllable left out."""
    priors = load_priors()
    ratio = 0.0
    for surname, given, chance in first.best:
        for other_surname, other_given, other_chance in second.best:
            both = chance * other_chance
            if surname == other_surname:
                if given != other_given:
                    ratio += both * _weigh_slip(given, other_given) / priors.weigh_surname(surname)
            elif given == other_given:
                ratio += both * _OTHER_SURNAME / priors.weigh_given(given)
    return ratio


@lru_cache(65536)
def _weigh_slip(one: str, other: str) -> float:
    """The ratio of two given names that are not the same, one of which may be a slip for the other."""
    priors = load_priors()
    if len(one) == len(other) == 2:
        if one[1] == other[1]:
            return (
                _MISHEARD
                * _hear_alike(one[0], other[0], priors.first)
                / priors.second.get(one[1], UNKNOWN_SYLLABLE)
            )
        if one[0] == other[0]:
            return (
                _MISHEARD
                * _hear_alike(one[1], other[1], priors.second)
                / priors.first.get(one[0], UNKNOWN_SYLLABLE)
            )
        return 0.0
    if len(one) == len(other) == 1:
        return _MISHEARD * _hear_alike(one, other, priors.only)
    short, long = sorted((one, other), key=len)
    return (
        _DROPPED / priors.first.get(short[0], UNKNOWN_SYLLABLE) if len(long) == 2 and short in long else 0.0
    )


def _hear_alike(one: str, other: str, counts: Mapping[str, float]) -> float:
    """How likely one syllable is written for another, against the chance of the rarer."""
    alike = 1.0
    for part, other_part in zip(split_syllable(one), split_syllable(other), strict=True):
        if part != other_part:
            alike *= _CONFUSED if frozenset((part, other_part)) in _PAIRS else _UNLIKE
    return alike / max(counts.get(one, UNKNOWN_SYLLABLE), counts.get(other, UNKNOWN_SYLLABLE), 0.001)


def _weigh_writing(first: _View, second: _View, ratio: float) -> float:
    """What characters and Mandarin add where both texts tell them; the ratio as it is elsewhere."""
    if first.hanja and second.hanja:
        return _weigh_characters(first, second, ratio)
    if first.mandarin and second.mandarin:
        return _weigh_mandarin(first, second, ratio)
    return ratio


def _weigh_characters(first: _View, second: _View, ratio: float) -> float:
    one, other = "".join(first.hanja), "".join(second.hanja)
    if len(one) != len(other):
        return ratio * _OTHER_CHARACTER
    differing = sum(not same_character(char, other_char) for char, other_char in zip(one, other, strict=True))
    if differing:
        return ratio * _OTHER_CHARACTER**differing
    return _SAME_WRITING / _chance_hanja(first.hanja)


@lru_cache(8192)
def _chance_hanja(hanja: tuple[str, ...]) -> float:
    """The chance of a name in these characters."""
    surname = sum(chance for _, chance, _ in spell_surname(hanja[0]))
    given = sum(chance for _, chance, _ in spell_given(hanja[1]))
    return max(surname * given, 1e-12)


def _weigh_mandarin(first: _View, second: _View, ratio: float) -> float:
    told = min(sum(first.mandarin.values()), 1.0) * min(sum(second.mandarin.values()), 1.0)
    agreed = 0.0
    for said, chance in first.mandarin.items():
        if said in second.mandarin:
            agreed += chance * second.mandarin[said] / _chance_mandarin(said)
    return (1 - told) * ratio + _SAME_WRITING * agreed + told * (1 - _SAME_WRITING) * ratio


@lru_cache(8192)
def _chance_mandarin(said: tuple[str, ...]) -> float:
    """The chance of a name that Mandarin reads so."""
    priors = load_priors()
    families = load_surnames().pinyin.get(said[0], {})
    chance = sum(share * priors.weigh_surname(surname) for surname, share in families.items())
    for place, sound in enumerate(said[1:]):
        counts = priors.second if place else priors.first
        sounds = load_pinyin().get(sound, {})
        chance *= sum(share * counts.get(folded, UNKNOWN_SYLLABLE) for folded, share in sounds.items())
    return max(chance, 1e-12)


# --------------------------------------------------------------------------------------------------- wording


def _list_shared(first: _View, second: _View) -> tuple[Reading, ...]:
    """The readings of the first text that the second can have, too, with the chance of both as `logp`."""
    others = {reading.key: reading for reading in second.name.readings}
    shared = []
    for reading in first.name.readings:
        other = others.get(reading.key)
        if other is not None:
            shown = reading if _keeps_law(reading) else other
            shared.append(Reading(shown.surname, shown.given, reading.logp + other.logp, reading.by))
    shared.sort(key=lambda reading: -reading.logp)
    return tuple(shared[:12])


def _keeps_law(reading: Reading) -> bool:
    """Whether the reading is spelled as the North does where that can be seen."""
    return fold_syllables(reading.text) != reading.text


def _word_result(
    first: _View, second: _View, shared: tuple[Reading, ...], evidence: float
) -> tuple[str, str]:
    if shared:
        hanja = next(("".join(view.hanja) for view in (first, second) if view.hanja), "")
        return "names.compare.shared", f"{shared[0].text} / {hanja}" if hanja else shared[0].text
    for one, other in ((first, second), (second, first)):
        given = next((given for given in one.given_alone if given in other.givens), "")
        if given:
            return "names.compare.given", given
        surname = next((surname for surname in one.surname_alone if surname in other.surnames), "")
        if surname:
            return "names.compare.surname", load_surnames().shown.get(surname, surname)
    return ("names.compare.near" if evidence > 0 else "names.compare.apart"), ""
