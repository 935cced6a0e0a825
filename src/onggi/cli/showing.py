"""Results on stdout, words on stderr: JSON, tables, findings, errors, and a bar where somebody watches.

JSON is a published contract (docs/reference/json.md): one document on stdout and nothing else there.
"""

import json
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil
from typing import Any, NoReturn

import typer

from onggi.cli.contracts.finding import FindingRow, Problem
from onggi.cli.contracts.record import Recorded
from onggi.cli.layout import plain, write_line, write_table
from onggi.cli.streams import mute_stream
from onggi.errors import Exit, Finding, OnggiError
from onggi.words import known, language, say
from onggi.words.whereabouts import say_where

# Nobody reads further down than this; --json lists all of them.
_MOST_FINDINGS = 200
_PACE = 3.0  # seconds after which a pace is known


class Bar:
    """Progress on stderr while a terminal watches; called with how much is done, of how much, and at what."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._shown = -1
        self._stage = ""
        self._done = 0
        self._began = 0.0

    def __call__(self, done: int, total: int, stage: str) -> None:
        """Say how far the work is, and how long this part of it may take, at most once for each percent. Of
        no total, of which nobody can say how far it is, what it is."""
        percent = 100 * done // total if total else 100
        if stage != self._stage or done < self._done:
            self.clear()
            self._stage, self._began = stage, time.monotonic()
        self._done = done
        if not self._watched or 0 < total < 500 or percent == self._shown:
            return
        self._shown = percent
        far = f"{percent} %{self._say_left(done, total)}" if total else "…"
        sys.stderr.write(f"\r\x1b[K{say(f'cli.stage.{stage}')} {far}")
        sys.stderr.flush()
        if total and done + 1 >= total:
            self.clear()

    def clear(self) -> None:
        """Take away what is shown of work that is over before its last step."""
        if self._watched and self._shown >= 0:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = -1

    def _say_left(self, done: int, total: int) -> str:
        """How long the rest would take at the pace so far; nothing before a pace is known."""
        passed = time.monotonic() - self._began
        if passed < _PACE or not 0 < done < total:
            return ""
        left = ceil(passed * (total - done) / done)
        return " · " + (
            say("cli.left.seconds", count=left)
            if left < 90
            else say("cli.left.minutes", count=ceil(left / 60))
        )


def show_json(document: object) -> None:
    """A document on stdout, in the characters people read."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def show_line(text: str, indent: int = 0, style: str = "") -> None:
    """A line of a result on stdout."""
    write_line(text, sys.stdout, indent, style)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout; its headings are ids of sentences."""
    write_table([say(heading) for heading in headings], rows, sys.stdout)


def introduce(*parts: str) -> str:
    """Parts of a line, each of which introduces the next; what is empty is left out."""
    return say("cli.colon").join(filter(None, parts))


def tell(id: str, **values: str | int) -> None:
    """A sentence on stderr."""
    tell_line(say(id, **values))


def tell_line(text: str, indent: int = 0) -> None:
    """A line on stderr. That nobody can read it is no reason to stop."""
    try:
        write_line(text, sys.stderr, indent)
        sys.stderr.flush()
    except OSError:
        mute_stream("stderr")


def describe_finding(finding: Finding) -> FindingRow:
    """A finding as the contract has it."""
    lang = language()
    hint = f"{finding.code}.hint"
    return {
        "code": finding.code,
        "where": finding.where,
        "what": say(finding.code, lang, **finding.values) if known(finding.code) else finding.code,
        "meaning": say(hint, lang, **finding.values) if known(hint) else "",
    }


def show_findings(findings: Sequence[Finding], place: str = "") -> None:
    """Findings on stderr: where, what, and below those that mean the same, what that is; of very many the
    first, and how many more."""
    said = map(describe_finding, findings[:_MOST_FINDINGS])
    for meaning, alike in groupby(said, key=lambda one: one["meaning"]):
        for one in alike:
            where = say_where(one["where"], language())
            tell_line(introduce(place, where, one["what"]))
        if meaning:
            tell_line(meaning, 4)
    if len(findings) > _MOST_FINDINGS:
        tell("cli.findings.more", count=len(findings) - _MOST_FINDINGS)


def refuse_batch(findings: Sequence[Finding], as_json: bool) -> NoReturn:
    """What is wrong with a file of which nothing was recorded; what it is called is said nowhere."""
    if as_json:
        show_json(Recorded(ok=False, findings=[describe_finding(finding) for finding in findings]))
    show_findings(findings)
    tell("cli.record.nothing", count=len(findings))
    raise typer.Exit(Exit.FINDINGS)


def warn_of(findings: Sequence[Finding]) -> list[FindingRow]:
    """Findings that stop nothing, on stderr; as the contract has them, for --json."""
    said = [describe_finding(finding) for finding in findings]
    for one in said:
        tell_line(one["what"])
        tell_line(one["meaning"], 2)
    return said


def show_error(error: OnggiError, as_json: bool) -> int:
    """An error in the reader's language; with --json on stdout too. Returns its exit code."""
    message = say(error.id, **error.values) if known(error.id) else error.id
    hint = f"{error.id}.hint"
    advice = say(hint, **error.values) if known(hint) else ""
    if as_json:
        try:
            show_json(Problem(error=error.id, message=message, hint=advice))
            sys.stdout.flush()
        except OSError:
            mute_stream("stdout")
    tell_line(f"onggi: {message}")
    if advice:
        tell_line(advice, 2)
    return int(error.exit_code)


def name_wrong(error: Any) -> OnggiError:
    """What is wrong with the words of a command, said in our own sentences."""
    id = f"cli.wrong.{type(error).__name__}"
    context = getattr(error, "ctx", None)
    name = getattr(error, "option_name", None) or _parameter(error)
    return OnggiError(
        id if known(id) else "cli.wrong.UsageError",
        exit_code=Exit.USAGE,
        name=plain(name),
        command=context.command_path if context is not None else "onggi",
    )


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return str(parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar)
