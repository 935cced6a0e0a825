"""What the characters of a name, or its Mandarin, tell beyond its Korean reading (§10).

姬 and 熙 are both 희, and seldom one person; 李英姬 in a file of pinyin is Li Yingji and nothing else. Where
two texts tell as much, this weighs more than the reading they share. Floor 1. Pure. Refused: nothing; other
texts tell nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import log

from onggi.names.hanja import read_character, same_character
from onggi.names.mandarin import cut_spelling, list_pinyin, load_pinyin
from onggi.names.priors import UNKNOWN_SYLLABLE, load_priors
from onggi.names.reading import Name
from onggi.names.split import sketch_text
from onggi.names.surnames import load_surnames
from onggi.names.syllabic import cut_heard, hear_surname, list_forms, spell_given, spell_surname

_OTHER_CHARACTER = 0.08  # a syllable is written with another character of the same sound
_WHOLE = log(0.3)  # of two characters that can be a given name alone (魯迅), a whole one is likely enough
_SAME_WRITING = 0.85  # two spellings of one name agree in characters or in Mandarin
# Of being Mandarin, for a text to be looked at as such; kana and Cyrillic tell less of it than pinyin does,
# and Hangul more, which few names can be cut so in.
_LEAST_SHARE = {"latin": 0.05, "cyrillic": 0.3, "kana": 0.3, "syllabic": 0.01}
_MOST_SAID = 400  # ways to say a spelling; of more, none tells anything
_RAREST = 1e-12

Said = tuple[str, ...]  # Mandarin syllables without tones, the surname first


@dataclass(frozen=True, slots=True)
class Writing:
    """What one text tells: surname and given name in characters, and how Mandarin may say them."""

    hanja: tuple[str, ...] = ()
    mandarin: Mapping[Said, float] = field(default_factory=dict)


def tell_writing(name: Name, pinyin: float) -> Writing:
    """What a name tells; `pinyin` is the chance that Mandarin is what its letters spell."""
    if hanja := _cut_hanja(name):
        return Writing(hanja, _say_hanja(*hanja))
    return Writing(mandarin=_cut_mandarin(name.text, pinyin))


def weigh_writing(first: Writing, second: Writing, ratio: float) -> float:
    """The likelihood ratio of two names, from that of their readings; as it was where not both tell more."""
    if first.hanja and second.hanja:
        return _weigh_characters(first, second, ratio)
    told = min(sum(first.mandarin.values()), 1.0) * min(sum(second.mandarin.values()), 1.0)
    agreed = sum(
        chance * second.mandarin[said] / _chance_mandarin(said)
        for said, chance in first.mandarin.items()
        if said in second.mandarin
    )
    return (1 - _SAME_WRITING * told) * ratio + _SAME_WRITING * agreed


def _cut_hanja(name: Name) -> tuple[str, ...]:
    """Surname and given name in characters, where a whole name stands in Hanja alone."""
    if name.scripts != ("hanja",):
        return ()
    whole = (one for one in name.readings if one.surname and one.given and one.logp > _WHOLE)
    first = next(whole, None)
    if first is None or not first.surname:
        return ()
    letters = "".join(part for token in sketch_text(name.text).tokens for part in token.parts)
    size = len(first.surname)
    return letters[:size], letters[size:]


def _say_hanja(surname: str, given: str) -> Mapping[Said, float]:
    """The Mandarin of a name in characters; nothing where one of them is not known."""
    families = load_surnames().mandarin
    heads = next((families[form] for form in list_forms(surname) if form in families), ())
    said: dict[Said, float] = {(head,): 1.0 for head in heads}
    for char in given:
        entry = read_character(char)
        if entry is None or not entry.pinyin:
            return {}
        longer = product(said.items(), entry.pinyin.items())
        said = {(*row, sound[:-1]): chance * share for (row, chance), (sound, share) in longer}
    return said


def _cut_mandarin(text: str, share: float) -> Mapping[Said, float]:
    """The syllables of a name in Mandarin, surname first: the first token if it is one, else the last."""
    tokens = sketch_text(text).tokens
    script = tokens[0].script if tokens else ""
    if any(token.script != script for token in tokens) or share < _LEAST_SHARE.get(script, 2.0):
        return {}
    if script == "syllabic":
        return _cut_heard("".join(token.parts[0] for token in tokens), share)
    if len(tokens) < 2:
        return {}
    for head, rest in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        families = [said for said in _say(script, "".join(head.parts)) if said in load_surnames().pinyin]
        if families:
            parts = tuple(part for token in rest for part in token.parts)
            cuts = cut_spelling(script, parts[0]) if len(parts) == 1 else (parts,)
            rows = [said for cut in cuts for said in product(families, *(_say(script, part) for part in cut))]
            return {said: share / len(rows) for said in rows} if len(rows) <= _MOST_SAID else {}
    return {}


def _cut_heard(letters: str, share: float) -> Mapping[Said, float]:
    """The same of a name that Hangul writes as it is heard; of a long surname the two syllables are one."""
    rows = [
        (head, *tail)
        for family, given in cut_heard(letters)
        for head in hear_surname(family)
        for tail in product(*(_say("hangul", part) for part in given))
    ]
    return {said: share / len(rows) for said in rows} if 0 < len(rows) <= _MOST_SAID else {}


def _say(script: str, part: str) -> Sequence[str]:
    """The syllables of pinyin a part can be, without its tone, and with the dots of ü."""
    return list_pinyin(script, part.rstrip("12345"))


def _weigh_characters(first: Writing, second: Writing, ratio: float) -> float:
    one, other = "".join(first.hanja), "".join(second.hanja)
    if len(one) != len(other):
        return ratio * _OTHER_CHARACTER
    differing = sum(not same_character(*pair) for pair in zip(one, other, strict=True))
    if differing:
        return ratio * _OTHER_CHARACTER**differing
    return _SAME_WRITING / max(_chance_hanja(first.hanja), _chance_hanja(second.hanja))


@lru_cache(8192)
def _chance_hanja(hanja: tuple[str, ...]) -> float:
    """The chance of a name in these characters."""
    surname = sum(chance for _, chance, _ in spell_surname(hanja[0]))
    given = sum(chance for _, chance, _ in spell_given(hanja[1]))
    return max(surname * given, _RAREST)


@lru_cache(8192)
def _chance_mandarin(said: Said) -> float:
    """The chance of a name that Mandarin says so."""
    priors = load_priors()
    families = load_surnames().pinyin.get(said[0], {})
    chance = sum(share * priors.weigh_surname(surname) for surname, share in families.items())
    for place, sound in enumerate(said[1:]):
        counts = priors.second if place else priors.first
        sounds = load_pinyin().get(sound, {})
        chance *= sum(share * counts.get(folded, UNKNOWN_SYLLABLE) for folded, share in sounds.items())
    return max(chance, _RAREST)
