"""Results on stdout, words on stderr: JSON, tables, findings, errors, and a bar where somebody watches.

JSON is a published contract (docs/reference/json.md): one document on stdout and nothing else there.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from onggi.errors import Exit, Finding, OnggiError
from onggi.words import known, language, say


class Bar:
    """Progress on stderr while a terminal watches; called with how much is done, of how much, and at what."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._shown = -1

    def __call__(self, done: int, total: int, stage: str) -> None:
        """Say how far the work is, at most once for each percent."""
        percent = 100 * done // total if total else 100
        if not self._watched or total < 500 or percent == self._shown:
            return
        self._shown = percent
        end = "\r\x1b[K" if done + 1 >= total else ""
        sys.stderr.write(f"\r\x1b[K{say(f'cli.stage.{stage}')} {percent} %{end}")
        sys.stderr.flush()


def show_json(document: object) -> None:
    """A document on stdout, in the characters people read."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def tell(id: str, **values: str | int) -> None:
    """A sentence on stderr."""
    typer.echo(say(id, **values), err=True)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout that fits the terminal; Hangul and Han take two columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(say(heading), overflow="fold")
    for row in rows:
        # Text, not markup: what was recorded may hold brackets, and must not command the terminal.
        table.add_row(*(Text(plain(cell)) for cell in row))
    Console(highlight=False, soft_wrap=not sys.stdout.isatty()).print(table)


def plain(text: str) -> str:
    """Text without control characters: what a vault holds must not move the cursor."""
    return "".join(character if character.isprintable() else " " for character in text)


def describe_finding(finding: Finding) -> dict[str, str]:
    """A finding as the contract has it."""
    lang = language()
    hint = f"{finding.code}.hint"
    return {
        "code": finding.code,
        "where": finding.where,
        "what": say(finding.code, lang, **finding.values),
        "meaning": say(hint, lang, **finding.values) if known(hint) else "",
    }


def show_findings(findings: Iterable[Finding], place: str = "") -> None:
    """Findings on stderr: where, what, and what it means."""
    for finding in findings:
        said = describe_finding(finding)
        where = f"{place}: {said['where']}" if place else said["where"]
        typer.echo(plain(f"{where}: {said['what']}"), err=True)
        if said["meaning"]:
            typer.echo(plain(f"    {said['meaning']}"), err=True)


def show_error(error: OnggiError, as_json: bool) -> int:
    """An error in the reader's language; with --json on stdout too. Returns its exit code."""
    message = say(error.id, **error.values) if known(error.id) else error.id
    hint = f"{error.id}.hint"
    advice = say(hint, **error.values) if known(hint) else ""
    if as_json:
        show_json({"error": error.id, "message": message, "hint": advice})
    typer.echo(f"onggi: {message}", err=True)
    if advice:
        typer.echo(f"  {advice}", err=True)
    return int(error.exit_code)


def show_usage(error: Any) -> int:
    """What was wrong with the words of a command, in the reader's language."""
    kind = type(error).__name__
    id = f"cli.wrong.{kind}"
    name = getattr(error, "option_name", None) or _parameter(error)
    sentence = say(id, name=name) if known(id) else say("cli.wrong.UsageError", name="")
    typer.echo(f"onggi: {sentence}", err=True)
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        typer.echo("  " + say("cli.wrong.help", command=ctx.command_path), err=True)
    return Exit.USAGE


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    return (parameter.metavar or parameter.opts[-1]) if parameter is not None else ""
