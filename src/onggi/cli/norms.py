"""`onggi norms`: the norms, avenues and treaties that answers go by, as a list or one as a page."""

from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Json
from onggi.cli.contracts.norms import EntryPage, EntryRow, NormElement, NormTier
from onggi.cli.help import Command
from onggi.cli.showing import show_findings, show_json, show_line, show_table, tell
from onggi.errors import Exit, OnggiError
from onggi.law.avenues import Avenue
from onggi.law.catalogue import (
    AnyEntry,
    describe_entry,
    doubts_of,
    find_entry,
    kind_of,
    list_entries,
    list_texts,
    title_of,
)
from onggi.law.norms import Norm
from onggi.law.shelf import Shelf, describe_version, open_shelf
from onggi.law.telling import say_review
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Folder = Annotated[
    Path | None,
    typer.Option("--norms", metavar="DIR", help=say("cli.norms.folder"), show_default=False),
]


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
        entry = find_entry(shelf, id)
        show_json(_describe_page(entry)) if json else _print_page(entry)
        return
    rows = [_describe_row(entry) for entry in list_entries(shelf)]
    if json:
        show_json(rows)
        return
    show_table(
        [f"cli.norms.column.{name}" for name in ("id", "entry", "title", "version", "confidence")],
        [
            (
                row["id"],
                say(f"law.kind.{row['entry']}"),
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


def _describe_row(entry: AnyEntry) -> EntryRow:
    return {
        "id": entry.id,
        "entry": kind_of(entry),
        "title": title_of(entry, language()),
        "version": describe_version(entry.standing),
        "reviewed": entry.standing.reviewed,
        "confidence": entry.standing.confidence,
        "uncertain": sorted(doubts_of(entry)),
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
        "local_title": norm.local_title if norm else title_of(entry, lang),
        "instrument": norm.instrument.names[lang] if norm else "",
        "article": norm.article if norm else "",
        "elements": elements,
        "tiers": tiers,
        "related": list(norm.related) if norm else [],
        "needs": list(norm.needs) if norm else [],
        "gate": entry.gate if isinstance(entry, Avenue) else None,
        "texts": dict(list_texts(entry, lang)),
        "sources": list(entry.standing.sources),
    }


def _print_page(entry: AnyEntry) -> None:
    lang = language()
    show_line(f"{entry.id}  {title_of(entry, lang)}", style="bold")
    for line in describe_entry(entry, lang):
        if line.part == "review":
            show_line(line.text, style="bold")
            continue
        show_line(f"{_SIGNS.get(line.part, '')}{line.text}", 2, _STYLES.get(line.part, ""))
        if line.under:
            show_line(line.under, 6, "dim")


_SIGNS = {"flag": "! ", "complaint_only": "! ", "element": "· "}
_STYLES = {"confidence": "dim", "sources": "dim"}
