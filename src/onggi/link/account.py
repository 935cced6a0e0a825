"""What is suggested in a vault as a page that may lie outside: codes, levels and weights, and no name (§8).

An account is plain data of a few forms: `is_coded` says whether it holds anything else, and is asked before
a page of it leaves.

Floor 4. Pure. Refused: nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onggi.errors import Finding
from onggi.figures.plot import Bar, draw_bars
from onggi.link.beforehand import CHANCES, MOST, UNNAMED
from onggi.link.order import Look
from onggi.link.persons import KINDS
from onggi.link.suggest import LEAST
from onggi.link.suggested import Suggested
from onggi.link.telling import say_look, say_trait
from onggi.model.likeness import Trait
from onggi.paper.document import Block, Document, Fact, Facts, Heading, Note, Paragraph, Picture, Table
from onggi.words import known, say

_HARDEST = 100
_BINS = 10
_CODE = re.compile(r"[A-Z]{1,3}-[0-9A-Z]{4,12}|[0-9a-f]{8}")
_PLAIN = re.compile(r"[0-9a-z.+]{1,40}")
_LEVEL = re.compile(r"[a-z ]{1,30}|evidence -?[0-9.]{1,4}\+")
_WEIGHT = re.compile(r"[+-][0-9]{1,3}\.[0-9]{2}")
_NAMES = frozenset({*KINDS, "relation"})


@dataclass(frozen=True, slots=True)
class Told:
    """A pair: both codes, why to look, and what agrees."""

    a: str
    b: str
    look: Look
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A run over a vault: how many persons, by which weights and settings, and the pairs, hardest first."""

    persons: int
    learned: bool
    seed: int
    settings: str
    version: str
    engine: str
    peak: int
    apart: int
    flags: tuple[Finding, ...]
    pairs: tuple[Told, ...]


def make_account(
    suggested: Suggested, call: Callable[[str], str], version: str, engine: str, peak: int
) -> Account:
    """The account of a run; `call` gives the code of an entry."""
    return Account(
        persons=suggested.persons,
        learned=suggested.learned,
        seed=suggested.seed,
        settings=suggested.settings,
        version=version,
        engine=engine,
        peak=peak,
        apart=suggested.apart,
        flags=suggested.flags,
        pairs=tuple(Told(call(one.a), call(one.b), one.look, one.traits) for one in suggested.found),
    )


def is_coded(account: Account) -> bool:
    """Whether an account holds codes, numbers and the words of our own lists alone."""
    return (
        all(map(_PLAIN.fullmatch, (account.settings, account.version, account.engine)))
        and all(_is_flag(flag) for flag in account.flags)
        and all(
            _CODE.fullmatch(one.a) and _CODE.fullmatch(one.b) and all(map(_is_trait, one.traits))
            for one in account.pairs
        )
    )


def _is_flag(flag: Finding) -> bool:
    plain = all(isinstance(value, int) or _PLAIN.fullmatch(value) for value in flag.values.values())
    return known(flag.code) and not flag.where and plain


def _is_trait(trait: Trait) -> bool:
    return trait.name in _NAMES and bool(_LEVEL.fullmatch(trait.level) and _WEIGHT.fullmatch(trait.weight))


def write_account(account: Account, lang: str) -> Document:
    """The page in a language."""
    writer = _Writer(account, lang)
    return Document(writer.say("title"), lang, writer.say("coded.mark"), tuple(writer.list_blocks()))


class _Writer:
    def __init__(self, account: Account, lang: str) -> None:
        self._account, self._lang = account, lang

    def say(self, id: str, **values: str | int) -> str:
        return say(f"link.report.{id}", self._lang, **values)

    def list_blocks(self) -> Iterator[Block]:
        yield Heading(1, self.say("summary"))
        yield self._summarise()
        for flag in self._account.flags:
            hint = f"{flag.code}.hint"
            texts = [say(flag.code, self._lang, **flag.values)]
            texts += [say(hint, self._lang, **flag.values)] if known(hint) else []
            yield Note("caution" if flag.grave else "remark", tuple(map(Paragraph, texts)))
        if self._account.pairs:
            yield from self._show_scores()
            yield from self._show_hardest()
        if not self._account.learned:
            yield from self._show_weights()
        yield Heading(1, self.say("methods"))
        yield Paragraph(self._write_methods())

    def _summarise(self) -> Block:
        told = self._account
        rows = {
            "persons": told.persons,
            "suggested": len(told.pairs),
            "apart": told.apart,
            "engine": told.engine,
            "seed": told.seed,
            "settings": told.settings,
            "memory": f"{told.peak} MiB",
        }
        return Facts(tuple(Fact(self.say(f"fact.{id}"), str(text)) for id, text in rows.items()))

    def _show_scores(self) -> Iterator[Block]:
        counts = [0] * _BINS
        for one in self._account.pairs:
            counts[min(int(one.look.probability * _BINS), _BINS - 1)] += 1
        bars = [Bar(f"{at / _BINS:.1f}–{(at + 1) / _BINS:.1f}", float(n)) for at, n in enumerate(counts)]
        yield Heading(1, self.say("scores"))
        for figure in draw_bars(bars, title=self.say("scores"), lang=self._lang):
            yield Picture(figure.svg, figure.alt, self.say("scores.caption"))

    def _show_hardest(self) -> Iterator[Block]:
        yield Heading(1, self.say("open"))
        yield Paragraph(self.say("open.about"))
        rows = []
        for one in self._account.pairs[:_HARDEST]:
            why = [f"{trait.weight} {self._say_trait(trait)}" for trait in one.traits]
            rows.append((one.a, one.b, say_look(one.look, self._lang), " ".join(why)))
        titles = ("one_record", "other_record", "probability", "weight")
        yield Table(tuple(self.say(f"column.{id}") for id in titles), tuple(rows), (2, 2, 2, 7))

    def _say_trait(self, trait: Trait) -> str:
        """Of names only how much they speak for one: by which reading would tell the name."""
        return self.say("named") if trait.name == "name" else say_trait(trait.name, trait.level, self._lang)

    def _show_weights(self) -> Iterator[Block]:
        """The weights known beforehand, before what is frequent here bounds them."""
        yield Heading(1, self.say("weights"))
        yield Paragraph(self.say("weights.beforehand"))
        rows = [
            (name if at == 0 else "", level, f"{one:.3f}", f"{two:.3f}")
            for name, table in CHANCES.items()
            if name in _NAMES
            for at, (level, (one, two)) in enumerate(table.items())
        ]
        titles = ("feature", "level", "one", "two")
        yield Table(tuple(self.say(f"column.{id}") for id in titles), tuple(rows), (3, 4, 2, 2))

    def _write_methods(self) -> str:
        told = self._account
        return self.say(
            "methods.vault" if told.learned else "methods.vault_few",
            version=told.version,
            persons=told.persons,
            features=", ".join(f"{name} ({kind})" for name, kind in KINDS.items()),
            engine=told.engine,
            seed=told.seed,
            settings=told.settings,
            least=f"{LEAST:g}",
            unnamed=f"{UNNAMED:g}",
            most=f"{MOST:g}",
        )
