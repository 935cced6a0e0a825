"""Norms: what each asks for, element by element, how long it can be prosecuted, and what it is not.

Each file in `norms/` holds some. A norm stands in an instrument, has elements (what must be shown, which
recorded statements speak to each, which kinds of evidence would), tiers of penalty, and may have guards
against a label that is too low, and days on which its text changed.

Floor 4. Reads package data when first asked; `read_norms` is pure and serves a user's own file too. Refused:
a crime without elements, a period that does not follow from its maximum, an article its law does not have,
norms that need each other in a circle, and a warning norm that would be suggested against anybody.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from onggi.errors import Exit, Finding, OnggiError
from onggi.law.entry import (
    STANDING,
    Kind,
    Standing,
    Texts,
    build_patterns,
    build_standing,
    check_choice,
    check_flag,
    check_known,
    check_patterns,
    check_standing,
    check_strings,
    is_day,
    list_shipped,
    load_entries,
    read_entries,
    shipped_file,
)
from onggi.law.pattern import Pattern, read_pattern
from onggi.model.sheet import Sheet, check_keys, check_texts
from onggi.model.vocabulary import load_vocabulary

KINDS = (
    "crime",
    "defence",
    "jurisdiction",
    "temporal_rule",
    "limitation_rule",
    "limitation_exception",
    "procedure",
    "protection",
    "status_risk",
    "status",
    "civil",
    "treaty_right",
    "crime_definition",
    "contextual_element",
    "state_duty",
    "avenue_rule",
    "sanction_basis",
)
LIMITATIONS = ("cn", "kr", "none")
"""By which rule a period follows from the maximum; `none` where the crime never lapses."""
STARTS = ("act", "end", "disputed")
"""From when it runs: the act, the end of an act that continues, or both readings side by side."""
SUSPENSIONS = ("abroad",)
"""When it stands still: while a suspect is abroad to escape."""
ACTORS = ("perpetrator", "seller", "buyer", "broker", "official")
FLAGS = ("may_incriminate_victim", "helper_risk", "dual_use")

_TEXTS = ("title", "note")
_PARTS = ("element", "tier", "guard", "change")
_KEYS = (
    frozenset(
        {
            *_TEXTS,
            *_PARTS,
            "instrument",
            "article",
            "kind",
            "acts",
            "suggested_by",
            "limitation",
            "limitation_from",
            "starts",
            "suspended",
            "actors",
            "in_force_from",
            "in_force_to",
            "complaint_only",
            "flag",
            "needs",
            "related",
        }
    )
    | STANDING
)
_MAXIMUM = re.compile(r"death|life|\d+(\.\d)?")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law or treaty. `in_force_from` is the day from which the text noted here holds, or empty.

    `uncertain` names its fields that were noted from memory.
    """

    id: str
    names: Texts = field(hash=False)
    jurisdiction: str
    lang: str
    articles: int | None
    numbered: bool
    in_force_from: str
    uncertain: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of evidence: how it is asked for, and whether asking can itself lead to an arrest."""

    id: str
    names: Texts = field(hash=False)
    ask: Texts = field(hash=False)
    danger: bool


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that must be shown: what speaks for it, what against it, which evidence would show it."""

    id: str
    texts: Texts = field(hash=False)
    evidence: tuple[str, ...]
    shown_by: tuple[Pattern, ...]
    against: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """One range of penalty: its maximum (years, `life` or `death`), and after how many years it lapses."""

    id: str
    texts: Texts = field(hash=False)
    penalty: Texts = field(hash=False)
    maximum: str
    years: int
    shown_by: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """A warning against a label that does not fit, shown when these statements are there."""

    id: str
    when: tuple[Pattern, ...]
    texts: Texts = field(hash=False)


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm. `acts` and `suggested_by` say when it is shown; nothing here says that it applies.

    `needs` names norms whose elements must be shown as well; `related` are alternatives and companions.
    """

    id: str
    instrument: Instrument
    article: str
    kind: str
    titles: Texts = field(hash=False)
    note: Texts | None = field(hash=False)
    suggested_by: tuple[Pattern, ...]
    elements: tuple[Element, ...]
    tiers: tuple[Tier, ...]
    guards: tuple[Guard, ...]
    changes: Mapping[str, Texts] = field(hash=False)
    limitation: str | None
    limitation_from: str
    starts: str
    suspended: str
    actors: tuple[str, ...]
    in_force_from: str
    in_force_to: str
    complaint_only: bool
    flag: str | None
    needs: tuple[str, ...]
    related: tuple[str, ...]
    standing: Standing

    @property
    def uncertain(self) -> frozenset[str]:
        """Its fields that are to be checked, with those of the law it stands in."""
        return self.standing.uncertain | self.instrument.uncertain

    @property
    def local_title(self) -> str:
        """Its title in the language of the law."""
        return self.titles[self.instrument.lang]


@cache
def load_norms() -> Mapping[str, Norm]:
    """Every shipped norm by its id."""
    return link_norms(load_entries(NORM, *list_shipped("norms")))


@cache
def load_instruments() -> Mapping[str, Instrument]:
    """Every law and treaty that norms stand in, by id."""
    return MappingProxyType(load_entries(_INSTRUMENT, shipped_file("instruments.toml")))


@cache
def load_evidence() -> Mapping[str, Evidence]:
    """Every kind of evidence by id."""
    return MappingProxyType(load_entries(_EVIDENCE, shipped_file("evidence.toml")))


def read_norms(text: str, file: str) -> tuple[Mapping[str, Norm] | None, list[Finding]]:
    """The norms written in `text`; None, and file and line of every mistake, where there is one."""
    return read_entries(text, file, NORM)


def link_norms(norms: Mapping[str, Norm]) -> Mapping[str, Norm]:
    """The same norms, once it is sure that every id they name exists and that none needs itself.

    Raises:
        OnggiError: `law.norm.link` for an id that leads nowhere, `law.norm.cycle` for a circle.
    """
    for norm in norms.values():
        for id in (*norm.needs, *norm.related):
            if id not in norms:
                raise OnggiError("law.norm.link", exit_code=Exit.USAGE, norm=norm.id, other=id)
    for id in norms:
        gather_needs(id, norms)
    return MappingProxyType(dict(norms))


def gather_needs(id: str, norms: Mapping[str, Norm]) -> tuple[str, ...]:
    """Every norm that a norm needs, however far; raises `law.norm.cycle` where one needs itself."""
    found: list[str] = []

    def walk(at: str, above: tuple[str, ...]) -> None:
        for needed in norms[at].needs:
            if needed in (*above, at):
                raise OnggiError("law.norm.cycle", exit_code=Exit.USAGE, norm=needed)
            if needed not in found:
                found.append(needed)
                walk(needed, (*above, at))

    walk(id, ())
    return tuple(found)


def measure_years(rule: str, maximum: str) -> int:
    """The years until a crime of this statutory maximum lapses (docs/design/law.md, §5).

    `cn`: below 5 years 5, from 5 to below 10 years 10, 10 years and more 15, life or death 20.
    `kr`: below 5 years 5, from 5 to below 10 years 7, 10 years and more 10, life 15, death 25.
    """
    steps = {"cn": (5, 10, 15, 20, 20), "kr": (5, 7, 10, 15, 25)}[rule]
    if maximum in ("life", "death"):
        return steps[3 if maximum == "life" else 4]
    years = float(maximum)
    return steps[0] if years < 5 else steps[1] if years < 10 else steps[2]


def _check_norm(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    path = ("norm", id)
    yield from check_keys(sheet, table, _KEYS, *path)
    yield from check_texts(sheet, table, "title", *path)
    if "note" in table:
        yield from check_texts(sheet, table, "note", *path)
    yield from check_choice(sheet, table, "kind", KINDS, *path)
    yield from check_choice(sheet, table, "instrument", tuple(load_instruments()), *path)
    yield from _check_article(sheet, table, id)
    yield from check_known(sheet, table, "acts", load_vocabulary("acts").terms, *path)
    yield from check_patterns(sheet, table, "suggested_by", *path)
    yield from check_known(sheet, table, "actors", ACTORS, *path)
    yield from check_flag(sheet, table, "complaint_only", *path)
    for name in ("needs", "related"):
        yield from check_strings(sheet, table, name, *path)
    yield from check_standing(
        sheet, table, {*_TEXTS, *_PARTS, "limitation", "suspended", "in_force_from"}, *path
    )
    for name in ("in_force_from", "in_force_to", "limitation_from"):
        if name in table and not is_day(table[name]):
            yield Finding("law.entry.day", sheet.find_line(*path, name))
    if "flag" in table:
        yield from check_choice(sheet, table, "flag", FLAGS, *path)
        if table.get("acts") or table.get("suggested_by"):
            yield Finding("law.norm.flagged", sheet.find_line(*path, "flag"))
    yield from _check_limitation(sheet, table, *path)
    yield from _check_parts(sheet, table, *path)


def _check_article(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    """The article must be one its law has, and the one the norm's id speaks of."""
    where = sheet.find_line("norm", id, "article")
    article = table.get("article")
    if not isinstance(article, str) or not article.strip():
        yield Finding("model.sheet.missing_key", where, {"key": "article"})
        return
    instrument = load_instruments().get(str(table.get("instrument")))
    if instrument is None:
        return
    numbers = [int(number) for number in re.findall(r"\d+", article)]
    if instrument.articles is not None and (not numbers or not 1 <= numbers[0] <= instrument.articles):
        yield Finding("law.norm.article", where, {"article": article, "last": instrument.articles})
    said = re.fullmatch(rf"{instrument.id}-(\d+)(?:-.*)?", id) if instrument.numbered else None
    if said is not None and numbers[:1] != [int(said[1])]:
        yield Finding("law.norm.other_article", where, {"article": article})


def _check_limitation(sheet: Sheet, table: dict[str, Any], *path: str) -> Iterator[Finding]:
    rule, tiers = table.get("limitation"), table.get("tier", {})
    if rule is None:
        return
    yield from check_choice(sheet, table, "limitation", LIMITATIONS, *path)
    if rule in ("cn", "kr"):
        yield from check_choice(sheet, table, "starts", STARTS, *path)
        if "suspended" in table:
            yield from check_choice(sheet, table, "suspended", SUSPENSIONS, *path)
        if not tiers:
            yield Finding("model.sheet.missing_key", sheet.find_line(*path), {"key": "tier"})


def _check_parts(sheet: Sheet, table: dict[str, Any], *path: str) -> Iterator[Finding]:
    for name in _PARTS:
        parts = table.get(name, {})
        if not isinstance(parts, dict) or not all(isinstance(part, dict) for part in parts.values()):
            yield Finding("model.sheet.unknown_key", sheet.find_line(*path, name))
            return
    # What is only a frame for others (the ICC Act of Korea) is never suggested and names no element.
    defines = table.get("kind") in ("crime", "crime_definition", "state_duty")
    if defines and (table.get("tier") or table.get("acts")) and not table.get("element"):
        yield Finding("law.norm.no_element", sheet.find_line(*path))
    for id, part in table.get("element", {}).items():
        at = (*path, "element", id)
        yield from check_keys(sheet, part, frozenset({"text", "evidence", "shown_by", "against"}), *at)
        yield from check_texts(sheet, part, "text", *at)
        yield from check_known(sheet, part, "evidence", load_evidence(), *at)
        yield from check_patterns(sheet, part, "shown_by", *at)
        yield from check_patterns(sheet, part, "against", *at)
    for id, part in table.get("tier", {}).items():
        yield from _check_tier(sheet, part, table.get("limitation"), *path, "tier", id)
    for id, part in table.get("guard", {}).items():
        at = (*path, "guard", id)
        yield from check_keys(sheet, part, frozenset({"text", "when"}), *at)
        yield from check_texts(sheet, part, "text", *at)
        yield from check_patterns(sheet, part, "when", *at)
    for day, part in table.get("change", {}).items():
        if not is_day(day):
            yield Finding("law.entry.day", sheet.find_line(*path, "change", day))
        yield from check_keys(sheet, part, frozenset({"text"}), *path, "change", day)
        yield from check_texts(sheet, part, "text", *path, "change", day)


def _check_tier(sheet: Sheet, part: dict[str, Any], rule: Any, *path: str) -> Iterator[Finding]:
    known = frozenset({"text", "penalty", "maximum", "years", "shown_by"})
    yield from check_keys(sheet, part, known, *path)
    yield from check_texts(sheet, part, "text", *path)
    yield from check_texts(sheet, part, "penalty", *path)
    yield from check_patterns(sheet, part, "shown_by", *path)
    maximum = part.get("maximum")
    if not isinstance(maximum, str) or not _MAXIMUM.fullmatch(maximum):
        yield Finding("law.norm.maximum", sheet.find_line(*path, "maximum"))
    elif rule in ("cn", "kr") and part.get("years") != (years := measure_years(rule, maximum)):
        yield Finding("law.norm.years", sheet.find_line(*path, "years"), {"years": years})
    elif type(part.get("years")) is not int:
        yield Finding("model.sheet.missing_key", sheet.find_line(*path), {"key": "years"})


def _build_norm(id: str, table: dict[str, Any]) -> Norm:
    instrument = load_instruments()[table["instrument"]]
    types = "|".join(table.get("acts", ()))
    typed = (read_pattern(f"act.type={types}"),) if types else ()
    return Norm(
        id=id,
        instrument=instrument,
        article=table["article"],
        kind=table["kind"],
        titles=MappingProxyType(table["title"]),
        note=MappingProxyType(table["note"]) if "note" in table else None,
        suggested_by=(*(one for one in typed if one), *build_patterns(table, "suggested_by")),
        elements=tuple(_build_element(id, part) for id, part in table.get("element", {}).items()),
        tiers=tuple(_build_tier(id, part) for id, part in table.get("tier", {}).items()),
        guards=tuple(
            Guard(id, build_patterns(part, "when"), MappingProxyType(part["text"]))
            for id, part in table.get("guard", {}).items()
        ),
        changes=MappingProxyType(
            {day: MappingProxyType(part["text"]) for day, part in table.get("change", {}).items()}
        ),
        limitation=table.get("limitation"),
        limitation_from=table.get("limitation_from", ""),
        starts=table.get("starts", "act"),
        suspended=table.get("suspended", ""),
        actors=tuple(table.get("actors", ("perpetrator",))),
        in_force_from=table.get("in_force_from", instrument.in_force_from),
        in_force_to=table.get("in_force_to", ""),
        complaint_only=table.get("complaint_only", False),
        flag=table.get("flag"),
        needs=tuple(table.get("needs", ())),
        related=tuple(table.get("related", ())),
        standing=build_standing(table),
    )


def _build_element(id: str, table: dict[str, Any]) -> Element:
    return Element(
        id,
        MappingProxyType(table["text"]),
        tuple(table.get("evidence", ())),
        build_patterns(table, "shown_by"),
        build_patterns(table, "against"),
    )


def _build_tier(id: str, table: dict[str, Any]) -> Tier:
    return Tier(
        id,
        MappingProxyType(table["text"]),
        MappingProxyType(table["penalty"]),
        table["maximum"],
        table["years"],
        build_patterns(table, "shown_by"),
    )


def _check_instrument(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    path = ("instrument", id)
    known = {"name", "jurisdiction", "lang", "articles", "numbered", "in_force_from", "uncertain"}
    yield from check_keys(sheet, table, frozenset(known), *path)
    yield from check_texts(sheet, table, "name", *path)
    yield from check_choice(sheet, table, "lang", ("en", "ko", "zh"), *path)
    yield from check_known(sheet, table, "uncertain", known, *path)


def _build_instrument(id: str, table: dict[str, Any]) -> Instrument:
    return Instrument(
        id,
        MappingProxyType(table["name"]),
        table["jurisdiction"],
        table["lang"],
        table.get("articles"),
        table.get("numbered", False),
        table.get("in_force_from", ""),
        frozenset(table.get("uncertain", ())),
    )


def _check_evidence(sheet: Sheet, table: dict[str, Any], id: str) -> Iterator[Finding]:
    path = ("evidence", id)
    yield from check_keys(sheet, table, frozenset({"name", "ask", "danger"}), *path)
    yield from check_texts(sheet, table, "name", *path)
    yield from check_texts(sheet, table, "ask", *path)
    yield from check_flag(sheet, table, "danger", *path)


def _build_evidence(id: str, table: dict[str, Any]) -> Evidence:
    return Evidence(
        id, MappingProxyType(table["name"]), MappingProxyType(table["ask"]), table.get("danger", False)
    )


NORM = Kind("norm", _check_norm, _build_norm)
_INSTRUMENT = Kind("instrument", _check_instrument, _build_instrument)
_EVIDENCE = Kind("evidence", _check_evidence, _build_evidence)
