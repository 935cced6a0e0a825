"""Names: how well two spellings are told to be one name, and how fast. Prints tables, asserts nothing.

`python bench/names.py` reads bench/names/figures.tsv: public figures and the spellings they are known by.
Same: two spellings of one person. Different, the hard ones: people whose names have all but one syllable in
common; and the easy ones, drawn by lot. AUC is the chance that a same pair scores above a different one; 0.5
is a coin.

Peers are measured in the same run where they are installed (jellyfish, Unidecode, korean-romanizer,
nomenklatura) and said to be missing where not. The pairs were assembled by hand and the rules were written
knowing some of them: figures on pairs that nobody here has seen will be lower.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

from onggi.names.compare import compare
from onggi.names.keys import name_keys

FIGURES = Path(__file__).parent / "names" / "figures.tsv"
SCRIPTS = ("Hangul", "Hanja", "pinyin", "Latin", "kana", "Cyrillic")
EASY = 4  # easy different pairs for each spelling of somebody

Score: TypeAlias = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of somebody; `person` is the number of the line."""

    person: int
    script: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spellings and whether they are of one person."""

    one: Spelling
    other: Spelling
    same: bool

    @property
    def scripts(self) -> tuple[str, str]:
        first, second = sorted((self.one.script, self.other.script), key=SCRIPTS.index)
        return first, second


def main() -> None:
    """Print what was found."""
    people = list(read_figures())
    pairs = list(make_pairs(people, random.Random(7)))
    same = sum(pair.same for pair in pairs)
    print(f"{len(people)} people, {same} same pairs, {len(pairs) - same} different ones\n")
    peers = dict(find_peers())
    scores = {
        name: [score(pair.one.text, pair.other.text) for pair in pairs] for name, score in peers.items()
    }
    print("| AUC |" + "".join(f" {name} |" for name in peers))
    print("|---|" + "---|" * len(peers))
    for scripts in (
        None,
        *sorted({pair.scripts for pair in pairs}, key=lambda two: tuple(map(SCRIPTS.index, two))),
    ):
        chosen = [at for at, pair in enumerate(pairs) if scripts in (None, pair.scripts)]
        print(f"| {' – '.join(scripts) if scripts else 'all'} |", end="")
        for found in scores.values():
            print(f" {measure_auc([(found[at], pairs[at].same) for at in chosen]):.3f} |", end="")
        print()
    print()
    tell_speed([spelling.text for person in people for spelling in person])


def read_figures() -> Iterator[list[Spelling]]:
    """Every person's spellings."""
    lines = [line for line in FIGURES.read_text("utf-8").splitlines() if not line.startswith("#")]
    for number, line in enumerate(lines):
        yield [
            Spelling(number, script, text)
            for script, cell in zip(SCRIPTS, line.split("\t"), strict=True)
            for text in cell.split(" / ")
            if text != "-"
        ]


def make_pairs(people: list[list[Spelling]], dice: random.Random) -> Iterator[Pair]:
    """All same pairs, all hard different ones, and some easy ones."""
    for person in people:
        yield from (Pair(one, other, True) for one, other in combinations(person, 2))
    for first, second in combinations(people, 2):
        if look_alike(first[0].text, second[0].text):
            yield from (Pair(dice.choice(first), other, False) for other in second)
            yield from (Pair(one, dice.choice(second), False) for one in first)
    for person in people:
        for one in person:
            for _ in range(EASY):
                other = dice.choice(dice.choice(people))
                if other.person != one.person:
                    yield Pair(one, other, False)


def look_alike(one: str, other: str) -> bool:
    """Whether two names in Hangul have as many syllables and differ in one of them."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


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


def tell_speed(texts: list[str]) -> None:
    """Names turned into keys in a second, each spelling new to the program."""
    dice = random.Random(11)
    words = [word for text in texts for word in text.split()]
    fresh = [" ".join(dice.sample(words, 2)) for _ in range(20_000)]
    started = time.process_time()
    for text in texts + fresh:
        name_keys(text)
    spent = time.process_time() - started
    print(f"to keys: {(len(texts) + len(fresh)) / spent:,.0f} names/s on one core")


if __name__ == "__main__":
    main()
