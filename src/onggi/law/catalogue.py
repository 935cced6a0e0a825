"""The norms, avenues and treaties of a shelf as a list, and one of them as a page, line by line.

Floor 4. Reads package data when first asked. A terminal and a browser show the same lines in the same words;
what a line is part of tells them how. Refused: an id that is none here.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from onggi.errors import Exit, OnggiError
from onggi.law.avenues import Avenue, load_asks
from onggi.law.entry import is_own
from onggi.law.norms import Norm, load_evidence
from onggi.law.shelf import Shelf, describe_version
from onggi.law.telling import say_confidence, say_review
from onggi.law.treaties import Treaty
from onggi.words import LANGUAGES, say

AnyEntry: TypeAlias = Norm | Avenue | Treaty


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a page, and what hangs on it.

    `part` is what of the entry it tells: review, law, flag, in_force, in_force_to, complaint_only, element,
    tier, changed, needs, related, note, guard, bond, gate, why, one of the answers of an avenue, version,
    confidence, sources.
    """

    part: str
    text: str
    under: str = ""


def list_entries(shelf: Shelf) -> list[AnyEntry]:
    """Every norm, avenue and treaty, in the order of the files."""
    return [*shelf.norms.values(), *shelf.avenues.values(), *shelf.treaties.values()]


def list_own(shelf: Shelf) -> list[AnyEntry]:
    """Those that a user corrected or added."""
    return [one for one in list_entries(shelf) if is_own(one.standing)]


def find_entry(shelf: Shelf, id: str, kind: str = "") -> AnyEntry:
    """The entry of an id, whatever its case; of one that a norm and a treaty share (CN-KP-1986) the norm,
    unless a kind is named.

    Raises:
        OnggiError: `law.norm.absent`.
    """
    wanted = id.strip().casefold()
    for entry in list_entries(shelf):
        if entry.id.casefold() == wanted and kind in ("", kind_of(entry)):
            return entry
    raise OnggiError("law.norm.absent", exit_code=Exit.USAGE)


def seek_entries(shelf: Shelf, query: str) -> list[AnyEntry]:
    """The entries in whose id, title, law or article each word of a query stands, in any language."""
    words = _fold(query).split()
    return [one for one in list_entries(shelf) if all(word in _fold(" ".join(_told(one))) for word in words)]


def kind_of(entry: AnyEntry) -> str:
    """norm, avenue or treaty."""
    return type(entry).__name__.lower()


def title_of(entry: AnyEntry, lang: str) -> str:
    """What it is called."""
    return titles_of(entry)[lang]


def titles_of(entry: AnyEntry) -> dict[str, str]:
    """What it is called in each language."""
    return dict(entry.titles if isinstance(entry, Norm) else entry.names)


def doubts_of(entry: AnyEntry) -> frozenset[str]:
    """Its fields that are to be checked."""
    return entry.uncertain if isinstance(entry, Norm) else entry.standing.uncertain


def describe_entry(entry: AnyEntry, lang: str) -> list[Line]:
    """The page of an entry: who has reviewed it first, how sure it is and where it comes from last."""
    standing = entry.standing
    sure = say_confidence(standing.confidence, doubts_of(entry), lang)
    version = say("law.page.version", lang, version=describe_version(standing), confidence=sure)
    return [
        Line("review", say_review(standing, lang)),
        *(_describe_norm(entry, lang) if isinstance(entry, Norm) else ()),
        *_describe_rest(entry, lang),
        Line("version", version),
        *([Line("confidence", standing.confidence_note[lang])] if standing.confidence_note else []),
        Line("sources", say("law.page.sources", lang, sources="; ".join(standing.sources))),
    ]


def list_texts(entry: AnyEntry, lang: str) -> list[tuple[str, str]]:
    """What an entry says besides elements and tiers, by the name of the field, without a word before it."""
    if isinstance(entry, Norm):
        guards = [(guard.id, guard.texts[lang]) for guard in entry.guards]
        return [*([("note", entry.note[lang])] if entry.note else []), *guards]
    if isinstance(entry, Treaty):
        return [(state, _say_bond(entry, state, lang)) for state in entry.states]
    texts = [("gate", entry.risks[lang])] if entry.gate else []
    texts += [("why", entry.why[lang])] if entry.why else []
    asks = say("ledger.between", lang).join(load_asks()[id].texts[lang] for id in entry.asks)
    said = (
        ("who", entry.who[lang]),
        ("asks", asks),
        ("consent", entry.consent_text[lang]),
        ("learns", entry.state_learns[lang]),
        ("urgency", entry.urgency[lang]),
        ("deadline", entry.deadline[lang]),
        ("exhaustion", entry.exhaustion[lang]),
        ("output", entry.output[lang]),
        ("risks", entry.risks[lang]),
    )
    return [*texts, *((name, text) for name, text in said if name != "asks" or text)]


def _describe_norm(norm: Norm, lang: str) -> Iterator[Line]:
    id = "law.page.norm" if norm.article[:1].isdigit() else "law.page.treaty_article"
    names = norm.instrument.names[lang]
    yield Line("law", say(id, lang, title=norm.local_title, instrument=names, article=norm.article))
    if norm.flag:
        yield Line("flag", say("law.page.flag", lang))
    if norm.in_force_from:
        yield Line("in_force", say("law.page.in_force", lang, day=norm.in_force_from))
    if norm.in_force_to:
        yield Line("in_force_to", say("law.page.in_force_to", lang, day=norm.in_force_to))
    if norm.complaint_only:
        yield Line("complaint_only", say("law.page.complaint_only", lang))
    for element in norm.elements:
        kinds = say("ledger.list", lang).join(load_evidence()[id].names[lang] for id in element.evidence)
        under = say("law.page.evidence", lang, kinds=kinds) if kinds else ""
        yield Line("element", element.texts[lang], under)
    for tier in norm.tiers:
        said = {"text": tier.texts[lang], "penalty": tier.penalty[lang], "years": str(tier.years)}
        yield Line("tier", say("law.page.tier", lang, **said))
    for day, texts in norm.changes.items():
        yield Line("changed", say("law.page.changed", lang, day=day, text=texts[lang]))
    for name, ids in (("needs", norm.needs), ("related", norm.related)):
        if ids:
            yield Line(name, say(f"law.page.{name}", lang, ids=say("ledger.list", lang).join(ids)))


def _describe_rest(entry: AnyEntry, lang: str) -> Iterator[Line]:
    for name, text in list_texts(entry, lang):
        if isinstance(entry, Avenue):
            yield Line(name, say(f"law.page.{name}", lang, text=text, risks=text))
        elif isinstance(entry, Treaty):
            yield Line("bond", text)
        else:
            yield Line("note" if name == "note" else "guard", text)


def _say_bond(treaty: Treaty, state: str, lang: str) -> str:
    bond = treaty.states[state]
    return say(
        "law.page.bond",
        lang,
        state=state,
        standing=say(f"law.standing.{bond.standing}", lang),
        since=bond.since,
        note=bond.note[lang] if bond.note else "",
    ).rstrip()


def _told(entry: AnyEntry) -> Iterator[str]:
    yield entry.id
    yield from titles_of(entry).values()
    if isinstance(entry, Norm):
        yield from (entry.instrument.names[lang] for lang in LANGUAGES)
        yield entry.article


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
