"""`onggi names`: how a name can be read, how far two can be one person, and the same for a table of pairs.

No vault is opened, and nothing that is asked is kept.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from onggi.cli.asking import Json
from onggi.cli.contracts.names import Compared, FormRow, NameRow, ReadingRow, SharedRow
from onggi.cli.help import Command
from onggi.cli.reading import STANDARD, open_input, read_standard
from onggi.cli.showing import Bar, show_findings, show_json, show_line, show_table, tell
from onggi.cli.writing import open_output
from onggi.errors import Exit, Finding, OnggiError
from onggi.names.compare import compare
from onggi.names.reading import Name, Reading, read_name
from onggi.names.telling import (
    HEADINGS,
    list_likely,
    say_comparison,
    say_form,
    say_reading,
    say_score,
    weigh_reading,
)
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_UNREADABLE = "cli.names.unreadable"
_MOST_TYPED = 1024 * 1024  # bytes of names on standard input
_MOST_TOLD = 100  # rows whose names cannot be read that are told one by one; the table itself has them all


@app.command(cls=Command, help=say("cli.names.help"))
def names(
    a: Annotated[
        str | None, typer.Argument(metavar="[A]", help=say("cli.names.a"), show_default=False)
    ] = None,
    b: Annotated[
        str | None, typer.Argument(metavar="[B]", help=say("cli.names.b"), show_default=False)
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option("--pairs", metavar="PAIRS.csv", help=say("cli.names.pairs"), show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="SCORES.csv", help=say("cli.names.out"), show_default=False),
    ] = None,
    json: Json = False,
) -> None:
    """Read one name, compare two, or score a table of pairs."""
    if pairs is not None and out is not None and a is None and not json:
        _score_table(pairs, out)
    elif pairs is not None or out is not None or a is None or (b is not None and "-" in (a, b)):
        raise OnggiError("cli.names.wrong", exit_code=Exit.USAGE)
    elif b is not None:
        _compare_two(a, b, json)
    elif a == "-":
        _read_list(json)
    else:
        _read_one(a, json)


def _read_one(text: str, json: bool) -> None:
    name = read_name(text)
    if name.problem is not None:
        raise OnggiError(name.problem, exit_code=Exit.FINDINGS)
    if json:
        show_json(_describe_name(name))
    else:
        _show_readings(name)


def _read_list(json: bool) -> None:
    """The names of standard input, one on each line."""
    from onggi.intake.files import read_text
    from onggi.intake.findings import Findings

    findings = Findings()
    text = read_text(read_standard(_MOST_TYPED, _UNREADABLE), findings, most=_MOST_TYPED)
    if text is None or findings.count:
        show_findings(findings.gather())
        raise OnggiError("cli.names.list", exit_code=Exit.FINDINGS)
    found = [read_name(line) for line in map(str.strip, text.split("\n")) if line]
    if json:
        show_json([_describe_name(name) for name in found])
        return
    for name in found:
        show_line(name.text, style="bold")
        _show_readings(name)


def _describe_name(name: Name) -> NameRow:
    return {
        "name": name.text,
        "scripts": list(name.scripts),
        "form": FormRow(kind=name.form.kind.value, what=name.form.what) if name.form is not None else None,
        "readings": [_describe_reading(reading) for reading in name.readings],
        "problem": say(name.problem) if name.problem is not None else None,
    }


def _describe_reading(reading: Reading) -> ReadingRow:
    return {
        "surname": reading.surname,
        "given": reading.given,
        "weight": weigh_reading(reading),
        "system": reading.by,
    }


def _show_readings(name: Name) -> None:
    """A table of what is likely; around it, what stood beside the name or why it cannot be read."""
    if name.problem is not None:
        show_line(say(name.problem), 4)
        return
    show_table(HEADINGS, map(say_reading, list_likely(name)))
    if name.form is not None:
        show_line(say_form(name.form))


def _compare_two(a: str, b: str, json: bool) -> None:
    compared = compare(a, b)
    if compared.says == "names.compare.unread":
        which, problem = next(
            (which, problem) for which, text in (("A", a), ("B", b)) if (problem := read_name(text).problem)
        )
        raise OnggiError("cli.names.unread", exit_code=Exit.FINDINGS, which=which, why=say(problem))
    said: Compared = {
        "a": a,
        "b": b,
        "score": round(compared.score, 4),
        "reading": say_comparison(compared),
        "shared": [SharedRow(surname=one.surname, given=one.given) for one in compared.shared],
    }
    if json:
        show_json(said)
    else:
        show_line(f"{say_score(compared)}  {said['reading']}")
    tell("names.proof")


# ---------------------------------------------------------------------------------------------------- a table


def _score_table(pairs: Path, out: Path) -> None:
    from onggi.names.pairs import COLUMNS, read_pairs, score_pair

    told: list[Finding] = []
    count = unread = 0
    watched = STANDARD not in (pairs, out)
    with open_input(pairs, _UNREADABLE) as source, open_output(out) as target:
        length = pairs.stat().st_size if watched else 0
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        for pair in read_pairs(_read_lines(source, length), _tell_encoding):
            scored = score_pair(pair)
            writer.writerow(scored.cells)
            count += 1
            unread += bool(scored.findings)
            if len(told) < _MOST_TOLD:
                told += scored.findings
    show_findings(told)
    tell("cli.names.done", count=count)
    if unread:
        tell("cli.names.strange", count=unread)
    tell("names.proof")


def _tell_encoding(encoding: str) -> None:
    tell("cli.names.encoded", encoding=encoding)


def _read_lines(source: BinaryIO, length: int) -> Iterator[bytes]:
    """Line by line, each up to where it is refused as too long; of `length` bytes in all, if it is not 0."""
    from onggi.names.pairs import LONGEST_LINE

    bar, done = Bar(), 0
    while line := source.readline(LONGEST_LINE + 1):
        yield line
        done += len(line)
        if length:
            bar(done, length, "read")
