"""Names: how well two spellings are told to be one name, and how fast. Prints tables, asserts nothing.

`python bench/names.py` reads public figures and the spellings they are known by. Those of figures.tsv were
known when the rules were written; those of fresh.tsv were chosen afterwards, those of unseen.tsv last. Rules
were mended after the worst pairs of each had been seen (docs/benchmarks.md says which); the curve of the
score is fitted on the first two (calibration.py).

Same: two spellings of one person. Different, the hard ones: two people who share the surname and a syllable
of the given name, or differ in one syllable; and easy ones, drawn by lot. AUC is the chance that a same pair
scores above a different one; 0.5 is a coin. In the tables of slips, one spelling of each pair was damaged.
Texts that are equal for two people are left out: nobody could tell them apart.

Peers are measured in the same run where they are installed (jellyfish, Unidecode, korean-romanizer,
nomenklatura) and said to be missing where not.
"""

import random
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import combinations, product
from pathlib import Path
from typing import TypeAlias

from onggi.names.compare import compare
from onggi.names.guesses import load_families, load_syllables
from onggi.names.hangul import fold_syllables
from onggi.names.keys import is_full, name_keys
from onggi.names.priors import load_priors
from onggi.names.romanise import list_spellings

TABLES = Path(__file__).parent / "names"
SCRIPTS = ("Hangul", "Hanja", "pinyin", "Latin", "kana", "Cyrillic")
EASY = 4  # easy different pairs for each spelling of somebody
WORST = 12  # people whose worst pair is listed
DRAWN = 60_000  # names drawn by lot, to measure speed
FIRST = 2_000  # of them, while which every table is read
PARTS = re.compile("[ ・-]")
LATIN = ("popular", "popular", "popular", "revised", "north", "mccune")

Score: TypeAlias = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of somebody; `person` is the name in Hangul that comes first."""

    person: str
    script: str
    text: str


Person: TypeAlias = Sequence[Spelling]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spellings and whether they are of one person."""

    one: Spelling
    other: Spelling
    same: bool
    hard: bool = False

    @property
    def scripts(self) -> tuple[str, str]:
        first, second = sorted((self.one.script, self.other.script), key=SCRIPTS.index)
        return first, second


Scores: TypeAlias = Mapping[str, Sequence[float]]  # of each pair, by who gave them


def main() -> None:
    """Print what was found."""
    peers, dice = dict(find_peers()), random.Random(7)
    known, fresh = list(read_figures()), list(read_figures("fresh.tsv"))
    tell_pairs("figures.tsv", known, list(make_pairs(known, [], dice)), peers)
    pairs = list(make_pairs(fresh, known, dice))
    scores = tell_pairs("fresh.tsv", fresh, pairs, peers)
    tell_slips("fresh.tsv", pairs, peers, dice)
    tell_worst(pairs, scores["onggi"])
    tell_keys(pairs)
    unseen = list(read_figures("unseen.tsv"))
    pairs = list(make_pairs(unseen, [*known, *fresh], dice))
    scores = tell_pairs("unseen.tsv", unseen, pairs, peers)
    tell_slips("unseen.tsv", pairs, peers, dice)
    tell_worst(pairs, scores["onggi"])
    tell_keys(pairs)
    tell_speed(spell_names(random.Random(11), DRAWN))


def read_figures(table: str = "figures.tsv") -> Iterator[list[Spelling]]:
    """Every person's spellings, but for the uncertain ones."""
    for line in (TABLES / table).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")[: len(SCRIPTS)]
            yield [
                Spelling(cells[0].partition(" / ")[0], script, text)
                for script, cell in zip(SCRIPTS, cells, strict=True)
                for text in cell.split(" / ")
                if text != "-" and not text.endswith("?")
            ]


# --------------------------------------------------------------------------------------------------- pairs


def make_pairs(
    people: list[list[Spelling]], others: list[list[Spelling]], dice: random.Random
) -> Iterator[Pair]:
    """All same pairs of `people`; hard different ones, with `others` too, by scripts; some easy ones."""
    for person in people:
        yield from (Pair(one, other, True) for one, other in combinations(person, 2))
    for first, second in (*combinations(people, 2), *product(people, others)):
        if look_alike(first[0].person, second[0].person):
            yield from draw_hard(first, second, dice)
    for person in people:
        for one in person:
            for _ in range(EASY):
                other = dice.choice(dice.choice(people))
                if other.person != one.person:
                    yield Pair(one, other, False)


def draw_hard(first: Person, second: Person, dice: random.Random) -> Iterator[Pair]:
    """One pair of spellings for each two scripts that two people are written in."""
    for here, there in product(SCRIPTS, SCRIPTS):
        ones = [spelling for spelling in first if spelling.script == here]
        others = [spelling for spelling in second if spelling.script == there]
        if ones and others:
            pair = Pair(dice.choice(ones), dice.choice(others), False, hard=True)
            if pair.one.text.casefold() != pair.other.text.casefold():
                yield pair


def look_alike(one: str, other: str) -> bool:
    """Whether two names in Hangul share the surname and a syllable, or differ in one syllable alone."""
    one, other = fold_syllables(one), fold_syllables(other)
    if len(one) != len(other) or one == other:
        return False
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    return apart == 1 or (one[0] == other[0] and not set(one[1:]).isdisjoint(other[1:]))


# --------------------------------------------------------------------------------------------------- peers


def find_peers() -> Iterator[tuple[str, Score]]:
    """Onggi, and whoever else is installed."""
    yield "onggi", lambda a, b: compare(a, b).score
    try:
        winkler: Score = import_module("jellyfish").jaro_winkler_similarity
        yield "Jaro–Winkler", lambda a, b: winkler(a.casefold(), b.casefold())
        plain = import_module("unidecode").unidecode
        yield "unidecode + JW", lambda a, b: winkler(plain(a).casefold(), plain(b).casefold())
        romanizer = import_module("korean_romanizer.romanizer").Romanizer

        def revise(text: str) -> str:
            return str(plain(romanizer(text).romanize())).casefold()

        yield "Revised + JW", lambda a, b: winkler(revise(a), revise(b))
        yield "nomenklatura", make_nomenklatura()
    except ImportError as error:
        print(f"Not installed here, not measured: {error.name} and what follows it", file=sys.stderr)


def make_nomenklatura() -> Score:
    """The name-based matcher of OpenSanctions, which scored best of theirs on such names."""
    model = import_module("followthemoney").model
    matching = import_module("nomenklatura.matching")
    settings = import_module("nomenklatura.matching.types").ScoringConfig.defaults()
    matcher = matching.get_algorithm("name-based")

    def describe(name: str) -> object:
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})

    return lambda a, b: float(matcher.compare(describe(a), describe(b), settings).score)


# --------------------------------------------------------------------------------------------------- slips


def lose_letter(spelling: Spelling, dice: random.Random) -> str:
    """A letter lost, not the first of a word; of an alphabet only."""
    places = [found.start() for found in re.finditer(r"(?<=\w)\w", spelling.text)]
    if spelling.script not in ("pinyin", "Latin", "Cyrillic") or not places:
        return spelling.text
    place = dice.choice(places)
    return spelling.text[:place] + spelling.text[place + 1 :]


def swap_order(spelling: Spelling, dice: random.Random) -> str:
    """The first word put last."""
    first, space, rest = re.match(r"([^ ・]+)([ ・]?)(.*)", spelling.text).groups()  # type: ignore[union-attr]
    return f"{rest}{space}{first}"


def join_words(spelling: Spelling, dice: random.Random) -> str:
    """No spaces, hyphens or points."""
    return re.sub("[ ・-]", "", spelling.text)


def drop_capitals(spelling: Spelling, dice: random.Random) -> str:
    """Small letters only."""
    return spelling.text.lower()


def drop_marks(spelling: Spelling, dice: random.Random) -> str:
    """No breves, tones, dots and apostrophes."""
    if spelling.script not in ("pinyin", "Latin", "Cyrillic"):
        return spelling.text
    letters = unicodedata.normalize("NFD", spelling.text.replace("'", "").replace("й", "\0"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.replace("\0", "й")


SLIPS: Mapping[str, Callable[[Spelling, random.Random], str]] = {
    "a letter lost": lose_letter,
    "first word last": swap_order,
    "no spaces or hyphens": join_words,
    "small letters": drop_capitals,
    "no marks": drop_marks,
}


# -------------------------------------------------------------------------------------------------- tables


def tell_pairs(
    title: str, people: Sequence[Person], pairs: Sequence[Pair], peers: Mapping[str, Score]
) -> Scores:
    """AUC over all pairs, over the hard ones, and by scripts; and every score, for those who ask further."""
    print(f"## {title}: {len(people)} people\n")
    scores = {
        name: [score(pair.one.text, pair.other.text) for pair in pairs] for name, score in peers.items()
    }
    print_head("AUC", peers)
    print_row("all", pairs, scores, range(len(pairs)))
    print_row(
        "all, hard ones only", pairs, scores, [at for at, one in enumerate(pairs) if one.same or one.hard]
    )
    for scripts in sorted({pair.scripts for pair in pairs}, key=lambda two: tuple(map(SCRIPTS.index, two))):
        chosen = [at for at, pair in enumerate(pairs) if pair.scripts == scripts]
        print_row(" – ".join(scripts), pairs, scores, chosen)
    print()
    return scores


def tell_slips(title: str, pairs: Sequence[Pair], peers: Mapping[str, Score], dice: random.Random) -> None:
    """AUC where one spelling of each hard or same pair was damaged, for those that the damage changes."""
    print(f"## {title}, one of two spellings damaged\n")
    print_head("AUC", peers)
    for name, damage in SLIPS.items():
        damaged = [
            replace(pair, other=replace(pair.other, text=text))
            for pair in pairs
            if (pair.same or pair.hard) and (text := damage(pair.other, dice)) != pair.other.text
        ]
        scores = {
            peer: [score(pair.one.text, pair.other.text) for pair in damaged] for peer, score in peers.items()
        }
        print_row(name, damaged, scores, range(len(damaged)))
    print()


def tell_worst(pairs: Sequence[Pair], scores: Sequence[float]) -> None:
    """The same pairs of least score and the different ones of greatest, one for each person."""
    for same, says in ((True, "One person, and least alike"), (False, "Two people, and most alike")):
        ranked = sorted(
            (score if same else -score, at) for at, score in enumerate(scores) if pairs[at].same == same
        )
        worst: dict[str, str] = {}
        for score, at in ranked:
            pair = pairs[at]
            worst.setdefault(pair.one.person, f"{pair.one.text} – {pair.other.text} {abs(score):.3f}")
        print(f"{says}: {' · '.join(list(worst.values())[:WORST])}\n")


def tell_keys(pairs: Sequence[Pair]) -> None:
    """How many pairs meet by a key of a whole name, before anything is compared."""
    for says, chosen in (
        ("one person", [pair for pair in pairs if pair.same]),
        ("two, hard", [pair for pair in pairs if pair.hard]),
    ):
        met = sum(any(map(is_full, name_keys(pair.one.text) & name_keys(pair.other.text))) for pair in chosen)
        print(f"share a key of a whole name, {says}: {met / len(chosen):.1%} of {len(chosen):,}")


def print_head(title: str, peers: Mapping[str, Score]) -> None:
    """The head of a table of all who are measured."""
    print(f"| {title} | same | different | {' | '.join(peers)} |")
    print("|---|--:|--:|" + "--:|" * len(peers))


def print_row(title: str, pairs: Sequence[Pair], scores: Scores, chosen: Sequence[int]) -> None:
    """How many pairs were chosen, and how well each tells them apart."""
    same = sum(pairs[at].same for at in chosen)
    figures = [
        f"{measure_auc([(found[at], pairs[at].same) for at in chosen]):.3f}" for found in scores.values()
    ]
    print(f"| {title} | {same:,} | {len(chosen) - same:,} | {' | '.join(figures)} |")


def measure_auc(scored: list[tuple[float, bool]]) -> float:
    """The area under the curve by ranks; ties count half (Mann–Whitney)."""
    ordered = sorted(scored)
    same = sum(one for _, one in ordered)
    if not 0 < same < len(ordered):
        return float("nan")
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += sum(one for _, one in ordered[at:end]) * (at + end + 1) / 2
        at = end
    return (ranks - same * (same + 1) / 2) / (same * (len(ordered) - same))


def tell_speed(texts: Sequence[str]) -> None:
    """Names turned into keys in a second, each new to the program, and what reading the tables takes."""
    started = time.process_time()
    for text in texts[:FIRST]:
        name_keys(text)
    ready = time.process_time()
    for text in texts[FIRST:]:
        name_keys(text)
    ended = time.process_time()
    whole, later = len(texts) / (ended - started), (len(texts) - FIRST) / (ended - ready)
    print(
        f"to keys: {len(texts):,} names, {whole:,.0f} names/s on one core, {later:,.0f} once tables are read"
    )
    started = time.process_time()
    for text in texts[FIRST:]:
        look_up_plainly(text)
    floor = (len(texts) - FIRST) / (time.process_time() - started)
    print(f"the floor, one class a part: {floor:,.0f} names/s, {floor / later:.0f} times as many")


def look_up_plainly(text: str) -> str:
    """The least that any key takes: letters made usual, parted, and the likeliest class of each looked up.

    Wrong for most names: nothing is weighed, no word is cut, the surname is what stands first, kana are none.
    """
    letters = unicodedata.normalize("NFC", text).casefold()
    if "가" <= letters[0] <= "힣":
        letters = fold_syllables(letters)
        return f"{letters[0]}|{letters[1:]}"
    script = "cyrillic" if "Ѐ" <= letters[0] <= "ӿ" else "latin"
    surname, *given = PARTS.split(letters)
    families, (starts, _) = load_families(script, ""), load_syllables(script, "")
    heads, tails = families.get(surname), [starts.get(part) for part in given]
    return f"{heads[0][0] if heads else surname}|{''.join(rows[0][0] for rows in tails if rows)}"


def spell_names(dice: random.Random, count: int) -> list[str]:
    """Names nobody need have, half of them in Latin letters, a sixth each in Hangul, Cyrillic and kana."""
    systems = (*LATIN * 2, *("kontsevich", "koryo") * 2, *("kana",) * 4, *("hangul",) * 4)
    styles = ("hyphen", "spaced", "joined")
    found: set[str] = set()
    for surname, first, second in draw_names(dice, count):
        system = dice.choice(systems)
        if system == "hangul":
            found.add(surname + first + second)
        else:
            spelled = list_spellings(surname, first + second, system, dice.choice(styles))
            found.update(dice.choices(list(spelled), list(spelled.values())))
    return sorted(found, key=lambda _: dice.random())


def draw_names(dice: random.Random, count: int) -> Iterator[tuple[str, str, str]]:
    """Surnames and two syllables, drawn by lot from how frequent they are."""
    priors = load_priors()

    def draw(chances: Mapping[str, float]) -> list[str]:
        ordered = sorted(chances)
        return dice.choices(ordered, [chances[one] for one in ordered], k=count)

    return zip(draw(priors.surname), draw(priors.first), draw(priors.second), strict=True)


if __name__ == "__main__":
    main()
