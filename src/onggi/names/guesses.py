"""What a part of a name can be, over all systems at once and soon: for keys (§9).

Nothing is taken apart here. Every syllable and surname that people have is spelled out once, in every system
of a script, and then a spelling is looked up. Nobody asks whether all parts of a name are of one system, so
more is found than by `read_given`, and sooner. Syllables that names hardly have are not spelled out: whoever
finds nothing here reads the name.

Everything here is a chance, not a logarithm. Floor 1. Pure. Refused: nothing; what is not spelled out is not
known here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from onggi.names.found import Guess, chance_of, sum_systems
from onggi.names.givens import LENGTHS, read_given
from onggi.names.hangul import list_members, split_syllable
from onggi.names.mandarin import list_syllables, load_pinyin, read_mandarin, spell_pinyin
from onggi.names.priors import UNKNOWN_SYLLABLE, load_priors
from onggi.names.surnames import is_long, load_habits, read_surname, spell_mandarin, weigh_rule
from onggi.names.systems import System, load_systems, share_styles
from onggi.names.transduce import HABIT, LONGEST, SLURRED

_SURNAMES, _SYLLABLES, _GIVENS = 4, 8, 12  # guesses of each that go on
_LEAST_SYLLABLE, _LEAST = 0.002, 1e-3  # of the likeliest syllable, of the likeliest pair
_RAREST = 3e-4  # of the spellings of a syllable in a system; a rarer one is not spelled out
# Where one syllable ends and the next begins so, the first may be written with another end (§2): Tŏng-nyong.
_SEAMS = {
    "latin": (("ng", "nm", "k"), ("m", "nm", "p"), ("l", "lr", "n")),
    "cyrillic": (("н", "нм", "к"), ("м", "нм", "п"), ("ль", "лр", "н"), ("л", "лр", "н")),
    "kana": (("N", "nm", "ku"), ("mu", "nm", "pu"), ("ru", "r", "N")),
}
# Where the second begins so in kana, its first sound may be the end of the first: ソニョン for 선영.
_MOVED = {"n": "N", "r": "ru", "m": "mu", "g": "ku", "k": "ku", "b": "pu", "p": "pu"}

_CHANGED = {script: frozenset("".join(starts for _, starts, _ in rows)) for script, rows in _SEAMS.items()}
_CHANGED["kana"] |= _MOVED.keys()

_NOTHING: Mapping[str, float] = {}
Spelled = Mapping[
    str, Mapping[str, float]
]  # spelling → class → chance of the spelling, with the system's share


def guess_given(script: str, marks: str, parts: tuple[str, ...], least: float = 0.0) -> Sequence[Guess]:
    """The given names that parts can be, as `read_given` has them, the likeliest first.

    Nothing is guessed where the likeliest would be less likely than `least`.
    """
    if len(parts) == 2 and parts[1][0] not in _CHANGED[script]:
        starts, laters = load_syllables(script, marks)
        heads = starts[parts[0]]
        tails = laters[parts[1]] if heads else ()
        if not tails or heads[0][1] * tails[0][1] < least:
            return ()
        rows = _join_likeliest(1.0, heads, tails, 0.0)
    elif len(parts) > 2:
        return sum_systems(read_given(script, marks, parts), share_styles(script, marks, "joined"))
    else:
        starts, laters = load_syllables(script, marks)
        single = _guess_single(starts, parts[0]) if len(parts) == 1 else {}
        cuts = _cut_known(starts, laters, parts[0]) if len(parts) == 1 else (parts,)
        rows = _sum_cuts(script, marks, cuts, single, least)
    if len(rows) > 1:
        rows.sort(key=chance_of, reverse=True)
    return tuple(rows[:_GIVENS])


def _sum_cuts(
    script: str, marks: str, cuts: Iterable[tuple[str, ...]], summed: dict[str, float], least: float
) -> list[Guess]:
    """The names of two syllables that any of the cuts can be, summed with those that are known."""
    starts, laters = load_syllables(script, marks)
    seams, changed = load_seams(script, marks), _CHANGED[script]
    pairs: list[tuple[float, float, Sequence[Guess], Sequence[Guess]]] = []
    best = total = 0.0
    for head, tail in cuts:
        ways = [(1.0, starts[head], tail)]
        if tail[0] in changed:
            written, moved = seams[head, tail[0]]
            ways += [(share, heads, tail) for share, heads in written]
            ways += [(share, heads, rest) for share, heads in moved for rest in (tail[1:], f"h{tail[1:]}")]
        for share, heads, rest in ways:
            tails = laters[rest] if heads else ()
            if tails:
                most = share * heads[0][1] * tails[0][1]
                pairs.append((most, share, heads, tails))
                total += most
                if most > best:
                    best = most
    if total + sum(summed.values()) < least:
        return []
    least = _LEAST * best
    if len(pairs) == 1 and not summed:
        return _join_likeliest(*pairs[0][1:], least)
    for most, share, heads, tails in pairs:
        if most >= least:
            for name, chance in _join_syllables(share, heads, tails, least):
                summed[name] = summed.get(name, 0.0) + chance
    return list(summed.items())


def _join_syllables(
    share: float, heads: Sequence[Guess], tails: Sequence[Guess], least: float
) -> list[Guess]:
    """The names of two syllables, but for those less likely than `least` or much less than the likeliest."""
    least = max(least, _LEAST * share * heads[0][1] * tails[0][1])
    rows: list[Guess] = []
    for first, chance in heads:
        half = share * chance
        if half * tails[0][1] < least:
            break
        for second, more in tails:
            joined = half * more
            if joined < least:
                break
            rows.append((first + second, joined))
    return rows


def _join_likeliest(
    share: float, heads: Sequence[Guess], tails: Sequence[Guess], least: float
) -> list[Guess]:
    """As `_join_syllables`, where nothing will be summed: those that can be among the likeliest.

    The n-th tail of the m-th head stands behind m · n - 1 others, whatever the chances are.
    """
    least = max(least, _LEAST * share * heads[0][1] * tails[0][1])
    rows: list[Guess] = []
    likeliest = tails[0][1]
    for place, (first, chance) in enumerate(heads, 1):
        half = share * chance
        if half * likeliest < least:
            break
        for second, more in tails[: _GIVENS // place]:
            joined = half * more
            if joined < least:
                break
            rows.append((first + second, joined))
    return rows


def guess_syllable(script: str, marks: str, spelling: str, later: bool) -> Sequence[Guess]:
    """The classes of a spelling as the first or the second syllable of a given name."""
    return load_syllables(script, marks)[later][spelling]


def guess_surname(script: str, marks: str, spelling: str) -> Sequence[Guess]:
    """The surnames that a spelling can be, as `read_surname` has them, the likeliest first."""
    return load_families(script, marks)[spelling]


class Syllables(dict[str, Sequence[Guess]]):
    """By spelling, the classes it can be at one place of a given name; ranked when first asked.

    Only syllables are kept, never what is none; a spelling with a tone is Mandarin.
    """

    def __init__(self, script: str, marks: str, later: bool) -> None:
        super().__init__()
        self._script, self._mandarin = script, share_styles(script, marks, "joined")["mandarin"]
        self.spelled = spell_syllables(script, marks)[later]
        self._counts = load_priors().second if later else load_priors().first

    def __missing__(self, spelling: str) -> Sequence[Guess]:
        spelled = self.find_spelled(spelling)
        if not spelled:
            return ()
        counts = self._counts
        ranked = [(folded, counts.get(folded, UNKNOWN_SYLLABLE) * more) for folded, more in spelled.items()]
        ranked.sort(key=chance_of, reverse=True)
        rows = tuple(guess for guess in ranked[:_SYLLABLES] if guess[1] > _LEAST_SYLLABLE * ranked[0][1])
        self[spelling] = rows
        return rows

    def find_spelled(self, spelling: str) -> Mapping[str, float]:
        """The classes of a spelling, before their own chances."""
        if not spelling[-1:].isdigit():
            return self.spelled.get(spelling, _NOTHING)
        chances = read_mandarin(self._script, spelling).items()
        return {folded: self._mandarin * chance for folded, chance in chances}


class Families(dict[str, Sequence[Guess]]):
    """By spelling, the surnames it can be, ranked when first asked; of others only syllables are kept."""

    def __init__(self, script: str, marks: str) -> None:
        super().__init__()
        self._script, self._marks = script, marks
        self._spelled = spell_families(script, marks)
        self._syllables = spell_syllables(script, marks)

    def __missing__(self, spelling: str) -> Sequence[Guess]:
        spelled = self._spelled.get(spelling)
        if spelled is not None:
            weigh = load_priors().weigh_surname
            ranked = [(folded, chance * weigh(folded)) for folded, chance in spelled.items()]
            ranked.sort(key=chance_of, reverse=True)
            rows = tuple(guess for guess in ranked[:_SURNAMES] if guess[1] > _LEAST * ranked[0][1])
        elif is_long(self._script, self._marks, spelling):
            shares = share_styles(self._script, self._marks, "joined")
            rows = tuple(sum_systems(read_surname(self._script, self._marks, spelling), shares)[:_SURNAMES])
        elif spelling in self._syllables[0] or spelling in self._syllables[1]:
            rows = ()  # a syllable that is no surname is asked for again and again
        else:
            return ()
        self[spelling] = rows
        return rows


# Of a first syllable before a letter: the syllables it may have been with that letter unchanged, and those
# that the letter belongs to, each with the share of texts that write so.
Seam = tuple[Sequence[tuple[float, Sequence[Guess]]], Sequence[tuple[float, Sequence[Guess]]]]


class Seams(dict[tuple[str, str], Seam]):
    """What a first syllable may be written as where the second changed it (§2), worked out when first asked.

    As of `Syllables`, only what is a syllable is kept.
    """

    def __init__(self, script: str, marks: str) -> None:
        super().__init__()
        self._starts, _ = load_syllables(script, marks)
        self._rows, self._slurred = _SEAMS[script], SLURRED.get(script)
        self._heard = sum(system.weight * system.by_sound for system in load_systems(script, marks))

    def __missing__(self, asked: tuple[str, str]) -> Seam:
        head, start = asked
        written = [
            (self._heard, self._starts[head.removesuffix(heard) + plain])
            for heard, starts, plain in self._rows
            if start in starts and head.endswith(heard)
        ]
        moved = _MOVED.get(start) if self._slurred and head[-1] in "aeiou" else None
        taken = [(self._slurred or 0.0, self._starts[head + moved])] if moved else []
        seam = ([row for row in written if row[1]], [row for row in taken if row[1]])
        if head in self._starts.spelled:
            self[asked] = seam
        return seam


@cache
def load_syllables(script: str, marks: str) -> tuple[Syllables, Syllables]:
    """What syllables are spelled as: first ones, and later ones."""
    return Syllables(script, marks, False), Syllables(script, marks, True)


@cache
def load_seams(script: str, marks: str) -> Seams:
    """What first syllables may be before second ones that change them."""
    return Seams(script, marks)


@cache
def load_families(script: str, marks: str) -> Families:
    """What surnames are spelled as."""
    return Families(script, marks)


@cache
def spell_syllables(script: str, marks: str) -> tuple[Spelled, Spelled]:
    """Every spelling of the syllables that names have: of first ones, and of later ones."""
    priors = load_priors()
    shares = share_styles(script, marks, "joined")
    starts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    laters: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for system in load_systems(script, marks):
        for folded in {*priors.first, *priors.second}:
            for syllable in list_members(folded):
                start = priors.share_syllable(syllable, system.orthography, start=True) * shares[system.id]
                later = priors.share_syllable(syllable, system.orthography, start=False) * shares[system.id]
                for spelling, first, second in _spell_syllable(system, syllable):
                    starts[spelling][folded] += start * first
                    laters[spelling][folded] += later * second
    for pinyin in list_syllables():
        for folded, chance in load_pinyin()[pinyin].items():
            for spelling in spell_pinyin(script, pinyin):
                starts[spelling][folded] += shares["mandarin"] * chance
                laters[spelling][folded] += shares["mandarin"] * chance
    return _settle(starts), _settle(laters)


@cache
def spell_families(script: str, marks: str) -> Spelled:
    """Every spelling of the surnames that people have, but for those of two syllables that rules give."""
    shares = share_styles(script, marks, "joined")
    found: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for system in load_systems(script, marks):
        for folded in load_priors().surname:
            for shown in list_members(folded) if len(folded) == 1 else ():
                rule = weigh_rule(system, folded, shown) * shares[system.id]
                for spelling, first, _ in _spell_syllable(system, shown):
                    found[spelling][folded] += rule * first
    for spelling, rows in load_habits(script, marks).items():
        for id, folded, habit in rows:
            found[spelling][folded] += shares[id] * habit
    for spelling, families in spell_mandarin(script).items():
        for folded, chance in families.items():
            found[spelling][folded] += shares["mandarin"] * chance
    return _settle(found)


def _settle(found: Mapping[str, Mapping[str, float]]) -> Spelled:
    """The same as plain tables, which the collector of garbage need not walk through ever again."""
    return {spelling: dict(classes) for spelling, classes in found.items()}


def _spell_syllable(system: System, syllable: str) -> Iterator[tuple[str, float, float]]:
    """Each spelling with its chance at the start of a name, and later in it."""
    onset, nucleus, coda = split_syllable(syllable)
    hard, soft = dict(system.onset[onset]), dict(system.onset_voiced[onset])
    closed, opened = dict(system.coda[coda]), dict(system.coda_open[coda])
    nuclei = (system.nucleus_bare if onset == "ㅇ" else system.nucleus)[nucleus]
    habits = system.syllable.get(syllable, ())
    ruled = 1 - HABIT if habits else 1.0
    for first in {**hard, **soft}:
        start = ruled * hard.get(first, 0.0)
        later = max(start, ruled * soft.get(first, 0.0))
        for middle, weight in nuclei:
            for last in {**closed, **opened}:
                shut = weight * closed.get(last, 0.0)
                free = max(shut, weight * opened.get(last, 0.0))
                if later * free > _RAREST:
                    yield first + middle + last, start * free, later * shut
    for text, weight in habits:
        yield text, HABIT * weight, HABIT * weight


def _cut_known(starts: Syllables, laters: Syllables, text: str) -> list[tuple[str, str]]:
    """Every cut into two that are spelled out; an apostrophe between them goes."""
    first, second = starts.spelled, laters.spelled
    ends = range(max(1, len(text) - LONGEST), min(len(text), LONGEST + 1))
    return [
        (text[:end], tail)
        for end in ends
        if text[:end] in first and (tail := text[end:].removeprefix("'")) in second
    ]


def _guess_single(starts: Syllables, spelling: str) -> dict[str, float]:
    """The given names of one syllable."""
    spelled = starts.find_spelled(spelling)
    if not spelled:
        return {}
    weigh = load_priors().weigh_given
    return {folded: LENGTHS[1] * weigh(folded) * chance for folded, chance in spelled.items()}
