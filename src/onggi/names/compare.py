"""How far two texts can be names of one person, and by which reading (§10).

    L = log Σ P(reading | a) · P(reading | b) / P(reading)

is the likelihood ratio of "one person" against "two people met by chance": sharing a rare reading weighs
much, sharing 김 little. Slips are allowed for at a price (slips), and what characters or Mandarin tell is
weighed as well (writing). The score is a logistic curve over L with one bend, fitted on pairs; `evidence` is
L itself, for those who weigh more than names.

Floor 1. Pure. Refused: nothing; where a text cannot be read there is no evidence, but for the same text
twice.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from onggi.names.hangul import fold_syllables
from onggi.names.letters import clean_text
from onggi.names.lost import is_remnant
from onggi.names.priors import load_priors
from onggi.names.reading import Name, Reading, read_fully
from onggi.names.slips import KIN, weigh_slip
from onggi.names.split import Kind, sketch_text
from onggi.names.surnames import show_surname
from onggi.names.writing import Writing, tell_writing, weigh_writing

# Fitted by logistic regression on 21,911 pairs, half of them one person by weight (docs/design/names.md §10
# says which). Evidence weighs more above the bend: below it stand names that differ in one part, of which
# some are slips.
OFFSET, BEND, BELOW, ABOVE = -3.22, 4.5, 0.53, 1.65

Key = TypeVar("Key")

_OTHER_SURNAME = 0.002  # of people, the surname in one text is another one
_NAMESAKE = 0.0005  # two people share a given name at least so often: 하늘 is a word, not drawn by syllables
_FAINT = 0.02  # of a likelier name one syllable apart; the further a reading is below, the less it proves
_FLOOR = 1e-4  # the ratio where nothing is shared
_NEAR = 6  # readings of each text that are held against each other for slips
_SHOWN = 12  # readings both can have that are told
_SAME_TEXT = 8.0  # evidence of the same unreadable text twice
_REMNANT = 4.0  # evidence of a letter lost: below any name that both can have
_LIKELY = 0.1  # a reading of which a text may have lost a letter


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts compared: `score` 0…1 is calibrated on pairs, half of which were one person.

    `evidence` is the logarithm behind it. `shared` holds the readings both can have, the likeliest first.
    `says` is the id of a sentence with the value `reading`: "both can be 리영희 / 李英姬".
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
    told: Mapping[tuple[str, str], float]  # the same, less of what is faint beside a name one syllable apart
    givens: Mapping[str, float]  # of whole names, summed
    surnames: Mapping[str, float]  # of whole names, summed
    given_alone: Mapping[str, float]
    surname_alone: Mapping[str, float]
    writing: Writing


def compare(a: str | Name, b: str | Name) -> Comparison:
    """Whether two texts can name one person. Symmetric in score and evidence; never raises."""
    first, second = (_view_text(name if isinstance(name, str) else name.text) for name in (a, b))
    if first.name.problem or second.name.problem:
        if _lost_letter(first, second):
            return _conclude(_REMNANT, (), "names.compare.near")
        same = clean_text(first.name.text).casefold() == clean_text(second.name.text).casefold() != ""
        says = "names.compare.same_text" if same else "names.compare.unread"
        return _conclude(_SAME_TEXT if same else 0.0, (), says)
    if _kin_of(first.name) != _kin_of(second.name):
        return _conclude(math.log(_FLOOR), (), "names.compare.kin")
    ratio = _weigh_whole(first, second) + _weigh_partial(first, second) + _weigh_slips(first, second)
    evidence = math.log(weigh_writing(first.writing, second.writing, ratio) + _FLOOR)
    shared = _list_shared(first, second)
    if not shared and evidence < _REMNANT and _lost_letter(first, second):
        evidence = _REMNANT
    return _conclude(evidence, shared, *_word_result(first, second, shared, evidence))


def _conclude(evidence: float, shared: tuple[Reading, ...], says: str, reading: str = "") -> Comparison:
    logit = OFFSET + BELOW * min(evidence, BEND) + ABOVE * max(evidence - BEND, 0.0)
    return Comparison(1 / (1 + math.exp(-logit)), evidence, shared, says, reading)


def _kin_of(name: Name) -> str:
    return name.form.what if name.form is not None and name.form.kind is Kind.KIN else ""


@lru_cache(4096)
def _view_text(text: str) -> _View:
    name = read_fully(text)
    whole: dict[tuple[str, str], float] = {}
    givens: defaultdict[str, float] = defaultdict(float)
    surnames: defaultdict[str, float] = defaultdict(float)
    given_alone: dict[str, float] = {}
    surname_alone: dict[str, float] = {}
    mandarin = 0.0
    for reading in name.readings:
        chance = math.exp(reading.logp)
        surname, given = reading.key
        if surname and given:
            whole[surname, given] = chance
            givens[given] += chance
            surnames[surname] += chance
        elif given:
            given_alone[given] = chance
        else:
            surname_alone[surname] = chance
        mandarin += chance if reading.by == "mandarin" else 0.0
    told, writing = _discount_faint(whole), tell_writing(name, mandarin)
    return _View(name, whole, told, givens, surnames, given_alone, surname_alone, writing)


# -------------------------------------------------------------------------------------------------- evidence


def _weigh_whole(first: _View, second: _View) -> float:
    return _weigh_shared(first.told, second.told, lambda key: _chance_another(*key))


def _discount_faint(whole: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The chances of whole names, less of those that are faint beside a name one syllable apart.

    What is nearly always a spelling of 정몽주 is no proof of 정몽구, however rare both are.
    """
    likeliest: defaultdict[tuple[str, int, str], float] = defaultdict(float)
    for (surname, given), chance in whole.items():
        for at in enumerate(given):
            likeliest[surname, *at] = max(likeliest[surname, *at], chance)
    told = dict(whole)
    for (surname, given), chance in whole.items():
        near = (likeliest[surname, *at] for at in enumerate(given))
        faint = _FAINT * max(near) if len(given) == 2 else 0.0
        if chance < faint:
            told[surname, given] = chance * chance / faint
    return told


def _chance_another(surname: str, given: str) -> float:
    """How likely another person has this name: by chance, or as kin with one syllable fewer to meet."""
    priors = load_priors()
    chance = priors.weigh_surname(surname) * priors.weigh_given(given)
    if len(given) != 2:
        return chance
    return chance + KIN * (priors.first.get(given[0], 0.0) + priors.second.get(given[1], 0.0)) / 2


def _weigh_partial(first: _View, second: _View) -> float:
    """Where one text has only a given name or only a surname, and the other has that as well."""
    given, surname = load_priors().weigh_given, load_priors().weigh_surname
    return (
        _weigh_shared(first.given_alone, second.givens, given)
        + _weigh_shared(first.givens, second.given_alone, given)
        + _weigh_shared(first.given_alone, second.given_alone, given)
        + _weigh_shared(first.surname_alone, second.surnames, surname)
        + _weigh_shared(first.surnames, second.surname_alone, surname)
        + _weigh_shared(first.surname_alone, second.surname_alone, surname)
    )


def _weigh_shared(
    first: Mapping[Key, float], second: Mapping[Key, float], prior: Callable[[Key], float]
) -> float:
    few, many = (first, second) if len(first) <= len(second) else (second, first)
    return sum(chance * many[key] / prior(key) for key, chance in few.items() if key in many)


def _weigh_slips(first: _View, second: _View) -> float:
    """Names that differ in one syllable of the given name, in the surname, or by a syllable left out."""
    priors = load_priors()
    ratio = 0.0
    for (surname, given), chance in list(first.whole.items())[:_NEAR]:
        for (other_surname, other_given), other_chance in list(second.whole.items())[:_NEAR]:
            if surname == other_surname and given != other_given:
                slip = weigh_slip(given, other_given, priors.weigh_surname(surname))
                ratio += chance * other_chance * slip
            elif surname != other_surname and given == other_given:
                ratio += chance * other_chance * _OTHER_SURNAME / (priors.weigh_given(given) + _NAMESAKE)
    return ratio


def _lost_letter(first: _View, second: _View) -> bool:
    """Whether one text spells a likely reading of the other, but for one letter."""
    for one, other in ((first, second), (second, first)):
        likely = [key for key, chance in list(other.whole.items())[:_NEAR] if chance >= _LIKELY]
        tokens = sketch_text(one.name.text).tokens if likely else ()
        if any(is_remnant(tokens, *key) for key in likely):
            return True
    return False


# --------------------------------------------------------------------------------------------------- wording


def _list_shared(first: _View, second: _View) -> tuple[Reading, ...]:
    """The readings that both texts can have, with the chance that both do as `logp`."""
    others = {reading.key: reading for reading in second.name.readings}
    shared = []
    for reading in first.name.readings:
        other = others.get(reading.key)
        if other is not None:
            shown = reading if _keeps_law(reading) else other
            shared.append(Reading(shown.surname, shown.given, reading.logp + other.logp, reading.by))
    return tuple(sorted(shared, key=lambda reading: -reading.logp)[:_SHOWN])


def _keeps_law(reading: Reading) -> bool:
    """Whether the reading is spelled as the North does where that can be seen."""
    return fold_syllables(reading.text) != reading.text


def _word_result(
    first: _View, second: _View, shared: tuple[Reading, ...], evidence: float
) -> tuple[str, str]:
    """The id of the sentence, and the reading it names."""
    hanja = "".join(first.writing.hanja or second.writing.hanja)
    if shared:
        return "names.compare.shared", " / ".join(filter(None, (shared[0].text, hanja)))
    for one, other in ((first, second), (second, first)):
        for given in filter(other.givens.__contains__, one.given_alone):
            return "names.compare.given", given
        for surname in filter(other.surnames.__contains__, one.surname_alone):
            return "names.compare.surname", show_surname(surname, surname)
    if evidence > BEND:  # which only characters or Mandarin can give without a reading
        return "names.compare.shared", hanja or first.name.readings[0].text
    return ("names.compare.near" if evidence > 0 else "names.compare.apart"), ""
