"""Which recorded facts could be used against the victim, her children, her family at home, or a helper.

Derived on demand and never stored: gathered in one place, it is a prosecutor's brief. `warn` is for the way
out to ask before anything leaves; what may be stored of a decision are statement ids and a class. A helper is
never named: a warning says which statement, under which norm, and whom it endangers as a class.

`find_warnings` is pure. What a free text says is not understood: only terms, places and relations are seen.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from onggi.law.entry import (
    Kind,
    Texts,
    build_patterns,
    check_choice,
    check_patterns,
    load_entries,
    shipped_file,
)
from onggi.law.facts import Facts, read_facts
from onggi.law.norms import load_norms
from onggi.law.pattern import Pattern
from onggi.ledger.view import View
from onggi.model.sheet import Sheet, check_keys, check_texts
from onggi.model.vocabulary import load_vocabulary

ENDANGERED = ("victim", "child", "family", "helper")


@dataclass(frozen=True, slots=True)
class Rule:
    """Statements that endanger somebody: under which norm (None until a source is found), as which class."""

    id: str
    when: tuple[Pattern, ...]
    norm: str | None
    endangers: str
    withheld_as: str
    texts: Texts = field(hash=False)


@dataclass(frozen=True, slots=True)
class Warned:
    """A statement that could be used against somebody. `withheld_as` is a term of `redaction_classes`."""

    statement: str
    norm: str | None
    endangers: str
    withheld_as: str
    rule: str


@cache
def load_rules() -> Mapping[str, Rule]:
    """Every rule by its id."""
    return MappingProxyType(load_entries(_RULE, shipped_file("reverse.toml")))


def warn(view: View, case: str) -> list[Warned]:
    """Every warning that the open strata of a view give for a case."""
    return find_warnings(read_facts(view, case))


def gather_warnings(found: Iterable[Warned]) -> list[tuple[Warned, ...]]:
    """Warnings by what they warn of, each kind once with all its statements, in the order of the first."""
    kinds: dict[tuple[str, str | None, str], list[Warned]] = {}
    for one in found:
        kinds.setdefault((one.rule, one.norm, one.endangers), []).append(one)
    return [tuple(kind) for kind in kinds.values()]


def find_warnings(facts: Facts, rules: Iterable[Rule] | None = None) -> list[Warned]:
    """Each statement once for each norm and class of people it endangers, in the order of the rules.

    A denial endangers like an assertion: that somebody was asked about it is told by it, too.
    """
    found: dict[tuple[str, str | None, str], Warned] = {}
    for rule in load_rules().values() if rules is None else rules:
        for pattern in rule.when:
            for fact in facts.matching(pattern):
                one = Warned(fact.id, rule.norm, rule.endangers, rule.withheld_as, rule.id)
                found.setdefault((one.statement, one.norm, one.endangers), one)
    return list(found.values())


def _check_rule(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Any]:
    path = ("reverse", id)
    yield from check_keys(sheet, table, frozenset({"when", "norm", "endangers", "class", "text"}), *path)
    yield from check_texts(sheet, table, "text", *path)
    yield from check_patterns(sheet, table, "when", *path)
    yield from check_choice(sheet, table, "endangers", ENDANGERED, *path)
    yield from check_choice(sheet, table, "class", tuple(load_vocabulary("redaction_classes").terms), *path)
    if "norm" in table:
        yield from check_choice(sheet, table, "norm", tuple(load_norms()), *path)


def _build_rule(id: str, table: dict[str, Any]) -> Rule:
    return Rule(
        id=id,
        when=build_patterns(table, "when"),
        norm=table.get("norm"),
        endangers=table["endangers"],
        withheld_as=table["class"],
        texts=MappingProxyType(table["text"]),
    )


_RULE = Kind("reverse", _check_rule, _build_rule)
