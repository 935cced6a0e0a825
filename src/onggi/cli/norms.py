"""`onggi norms`: the norms, avenues and treaties that answers go by, as a list or one as a page."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from onggi.cli.asking import Json
from onggi.cli.contracts.norms import EntryPage, EntryRow, NormElement, NormTier
from onggi.cli.help import Command
from onggi.cli.showing import show_findings, show_json, show_line, show_table, tell
from onggi.errors import Exit, OnggiError
from onggi.law.avenues import Avenue, load_asks
from onggi.law.norms import Norm, load_evidence
from onggi.law.shelf import Shelf, describe_version, open_shelf
from onggi.law.telling import say_confidence, say_review
from onggi.law.treaties import Treaty
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)

AnyEntry: TypeAlias = Norm | Avenue | Treaty

Folder = Annotated[
    Path | None,
    typer.Option("--norms", metavar="DIR", help=say("cli.norms.folder"), show_default=False),
]

_AVENUE_TEXTS = ("who", "asks", "consent", "learns", "urgency", "deadline", "exhaustion", "output", "risks")


@app.command(cls=Command, help=say("cli.norms.help"))
def norms(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help=say("cli.norms.id"), show_default=False)
    ] = None,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """List norms, avenues and treaties, or print one as a page."""
    shelf = take_shelf(folder)
    if id is not None:
        entry = _find(shelf, id)
        show_json(_describe_page(entry)) if json else _print_page(entry)
        return
    rows = [_describe_row(entry) for entry in _list(shelf)]
    if json:
        show_json(rows)
        return
    show_table(
        [f"cli.norms.column.{name}" for name in ("id", "entry", "title", "version", "confidence")],
        [
            (
                row["id"],
                say(f"cli.norms.entry.{row['entry']}"),
                row["title"],
                row["version"],
                say(f"law.confidence.{row['confidence']}"),
            )
            for row in rows
        ],
    )
    tell("law.notice")


def take_shelf(folder: Path | None) -> Shelf:
    """The shelf, with a folder of corrections if one is named; its mistakes are told, and it is not taken."""
    shelf, findings = open_shelf(folder)
    if shelf is None:
        show_findings(findings)
        raise OnggiError("cli.norms.broken", exit_code=Exit.FINDINGS, count=len(findings))
    return shelf


def _list(shelf: Shelf) -> list[AnyEntry]:
    return [*shelf.norms.values(), *shelf.avenues.values(), *shelf.treaties.values()]


def _find(shelf: Shelf, id: str) -> AnyEntry:
    """The entry of an id, whatever its case; a norm before a treaty where both have it (CN-KP-1986)."""
    found = [entry for entry in _list(shelf) if entry.id.casefold() == id.strip().casefold()]
    if not found:
        raise OnggiError("law.norm.absent", exit_code=Exit.USAGE)
    return found[0]


def _describe_row(entry: AnyEntry) -> EntryRow:
    return {
        "id": entry.id,
        "entry": type(entry).__name__.lower(),
        "title": _title(entry),
        "version": describe_version(entry.standing),
        "reviewed": entry.standing.reviewed,
        "confidence": entry.standing.confidence,
        "uncertain": sorted(_list_doubts(entry)),
    }


def _describe_page(entry: AnyEntry) -> EntryPage:
    lang = language()
    norm = entry if isinstance(entry, Norm) else None
    elements: list[NormElement] = []
    tiers: list[NormTier] = []
    if norm is not None:
        elements = [
            {"id": one.id, "text": one.texts[lang], "evidence": list(one.evidence)} for one in norm.elements
        ]
        tiers = [
            NormTier(
                id=one.id,
                text=one.texts[lang],
                penalty=one.penalty[lang],
                maximum=one.maximum,
                years=one.years,
            )
            for one in norm.tiers
        ]
    return {
        **_describe_row(entry),
        "notice": say_review(entry.standing, lang),
        "local_title": norm.local_title if norm else _title(entry),
        "instrument": norm.instrument.names[lang] if norm else "",
        "article": norm.article if norm else "",
        "elements": elements,
        "tiers": tiers,
        "related": list(norm.related) if norm else [],
        "needs": list(norm.needs) if norm else [],
        "gate": entry.gate if isinstance(entry, Avenue) else None,
        "texts": dict(_texts(entry)),
        "sources": list(entry.standing.sources),
    }


def _print_page(entry: AnyEntry) -> None:
    lang = language()
    show_line(f"{entry.id}  {_title(entry)}", style="bold")
    show_line(say_review(entry.standing, lang), style="bold")
    if isinstance(entry, Norm):
        _print_norm(entry)
    for name, text in _texts(entry):
        show_line(say(f"law.page.{name}", text=text, risks=text) if isinstance(entry, Avenue) else text, 2)
    standing = entry.standing
    confidence = say_confidence(standing.confidence, _list_doubts(entry), lang)
    show_line(say("law.page.version", version=describe_version(standing), confidence=confidence), 2)
    if standing.confidence_note:
        show_line(standing.confidence_note[lang], 2, "dim")
    show_line(say("law.page.sources", sources="; ".join(standing.sources)), 2, "dim")


def _print_norm(norm: Norm) -> None:
    lang = language()
    names = norm.instrument.names[lang]
    id = "law.page.norm" if norm.article[:1].isdigit() else "law.page.treaty_article"
    show_line(say(id, title=norm.local_title, instrument=names, article=norm.article), 2)
    if norm.flag:
        show_line(f"! {say('law.page.flag')}", 2)
    if norm.in_force_from:
        show_line(say("law.page.in_force", day=norm.in_force_from), 2)
    if norm.in_force_to:
        show_line(say("law.page.in_force_to", day=norm.in_force_to), 2)
    if norm.complaint_only:
        show_line(f"! {say('law.page.complaint_only')}", 2)
    for element in norm.elements:
        show_line(f"· {element.texts[lang]}", 2)
        if element.evidence:
            kinds = [load_evidence()[id].names[lang] for id in element.evidence]
            show_line(say("law.page.evidence", kinds=say("ledger.list").join(kinds)), 6, "dim")
    for tier in norm.tiers:
        said = say("law.page.tier", text=tier.texts[lang], penalty=tier.penalty[lang], years=str(tier.years))
        show_line(said, 2)
    for day, texts in norm.changes.items():
        show_line(say("law.page.changed", day=day, text=texts[lang]), 2)
    for name, ids in (("needs", norm.needs), ("related", norm.related)):
        if ids:
            show_line(say(f"law.page.{name}", ids=", ".join(ids)), 2)


def _texts(entry: AnyEntry) -> list[tuple[str, str]]:
    """Everything else that an entry says, by name."""
    lang = language()
    if isinstance(entry, Norm):
        guards = [(guard.id, guard.texts[lang]) for guard in entry.guards]
        return [*([("note", entry.note[lang])] if entry.note else []), *guards]
    if isinstance(entry, Treaty):
        return [(state, _say_bond(entry, state)) for state in entry.states]
    texts = [("gate", entry.risks[lang])] if entry.gate else []
    texts += [("why", entry.why[lang])] if entry.why else []
    asks = say("ledger.between").join(load_asks()[id].texts[lang] for id in entry.asks)
    said = {
        "who": entry.who,
        "consent": entry.consent_text,
        "learns": entry.state_learns,
        "urgency": entry.urgency,
        "deadline": entry.deadline,
        "exhaustion": entry.exhaustion,
        "output": entry.output,
        "risks": entry.risks,
    }
    for name in _AVENUE_TEXTS:
        texts += [(name, asks if name == "asks" else said[name][lang])] if name != "asks" or asks else []
    return texts


def _say_bond(treaty: Treaty, state: str) -> str:
    bond = treaty.states[state]
    return say(
        "law.page.bond",
        state=state,
        standing=say(f"law.standing.{bond.standing}"),
        since=bond.since,
        note=bond.note[language()] if bond.note else "",
    ).rstrip()


def _list_doubts(entry: AnyEntry) -> frozenset[str]:
    return entry.uncertain if isinstance(entry, Norm) else entry.standing.uncertain


def _title(entry: AnyEntry) -> str:
    return (entry.titles if isinstance(entry, Norm) else entry.names)[language()]
