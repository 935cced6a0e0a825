"""`onggi table`: how many acts, events or victims are recorded, as a table that may be published.

Without --out nothing leaves: the table is shown as it would. With it, that it leaves is signed first, and it
is written as one file of numbers and kinds. No name, code or id is read for it, and identity stays closed.
With --noisy no number is drawn before it leaves, and what is spent is signed with it.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts.table import Spending, TableCell, Tabled
from onggi.cli.help import Command
from onggi.cli.layout import write_table
from onggi.cli.opening import today, unlock
from onggi.cli.showing import describe_finding, show_findings, show_json, tell, tell_line
from onggi.count.rounding import BASE
from onggi.count.table import K, Spec
from onggi.dossier.noising import (
    Asked,
    Noisy,
    hand_out_noisy,
    lay_out_noisy,
    plan_noisy,
    read_epsilon,
    say_spending,
)
from onggi.dossier.table_file import say_epsilon
from onggi.dossier.tabulate import Cells, Tabulation, hand_out_table, lay_out_table, plan_table, say_notes
from onggi.errors import Exit, Finding
from onggi.model.tabulated import HIDDEN
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.table.help"))
def table(
    vault: VaultPath,
    rows: Annotated[
        str, typer.Option("--rows", metavar="BY", help=say("cli.table.rows"), show_default=False)
    ],
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="BY", help=say("cli.table.columns"), show_default=False),
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help=say("cli.table.unit"))] = "victim",
    k: Annotated[int, typer.Option("--k", metavar="N", min=K, max=10_000, help=say("cli.table.k"))] = K,
    rounded: Annotated[bool, typer.Option("--round", help=say("cli.table.round"))] = False,
    noisy: Annotated[
        str | None,
        typer.Option("--noisy", metavar="EPSILON", help=say("cli.table.noisy"), show_default=False),
    ] = None,
    lifetime: Annotated[
        str | None,
        typer.Option("--lifetime", metavar="EPSILON", help=say("cli.table.lifetime"), show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.csv", help=say("cli.table.out"), show_default=False)
    ] = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Show a table, or hand it out."""
    spec, base = Spec(unit, rows, columns, k), BASE if rounded else 1
    asked = _read_asked(noisy, lifetime)
    ledger = unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment)
    day, digest = today(), None
    if asked is not None:
        drawn: Cells = ()
        spending = plan_noisy(ledger, within, spec, asked, day.year, base=base)
        if out is not None and not spending.findings:
            drawn, digest = hand_out_noisy(ledger, within, spending, language(), day.isoformat(), out)
        _show_noisy(spending, drawn, digest, json)
        return
    plan = plan_table(ledger, within, spec, base=base)
    if out is not None and not plan.findings:
        digest = hand_out_table(ledger, within, plan, language(), day.isoformat(), out)
    if json:
        show_json(_describe(plan, digest))
    elif not plan.findings:
        write_table(*lay_out_table(plan, language()), sys.stdout)
    _stop(plan.findings)
    for note in say_notes(plan, language()):
        tell_line(note)
    tell("cli.table.written" if digest else "cli.table.inside")


def _read_asked(noisy: str | None, lifetime: str | None) -> Asked | None:
    if noisy is None and lifetime is None:
        return None
    return Asked(read_epsilon(noisy or ""), None if lifetime is None else read_epsilon(lifetime))


def _show_noisy(plan: Noisy, cells: Cells, digest: str | None, json: bool) -> None:
    spec = plan.spec
    if json:
        found = _list_row(spec, plan.base, cells, plan.findings, digest)
        found["noise"] = Spending(
            epsilon=say_epsilon(plan.epsilon),
            lifetime=say_epsilon(plan.lifetime),
            left=say_epsilon(plan.left if digest else max(plan.lifetime - plan.spent, 0)),
            off_by=plan.off_by,
        )
        show_json(found)
    elif cells:
        write_table(*lay_out_noisy(spec, cells, language()), sys.stdout)
    _stop(plan.findings)
    for note in say_spending(plan, language()):
        tell_line(note)
    tell("cli.table.drawn" if digest else "cli.table.undrawn")


def _describe(plan: Tabulation, digest: str | None) -> Tabled:
    cells = plan.cells if not plan.findings else ()
    found = _list_row(plan.spec, plan.base, cells, plan.findings, digest)
    found["left_out"] = plan.left_out
    return found


def _list_row(
    spec: Spec, base: int, cells: Cells, findings: tuple[Finding, ...], digest: str | None
) -> Tabled:
    return Tabled(
        unit=spec.unit,
        rows=spec.rows,
        columns=spec.columns,
        k=spec.k,
        rounded_to=base,
        cells=[
            TableCell(row=row, column=column, count=None if number == HIDDEN else number)
            for row, column, number in cells
        ],
        left_out=None,
        noise=None,
        findings=[describe_finding(one) for one in findings],
        written=digest is not None,
        sha256=digest,
    )


def _stop(findings: tuple[Finding, ...]) -> None:
    """End where anything stands against the table."""
    if findings:
        show_findings(findings)
        tell("cli.table.refused")
        raise typer.Exit(Exit.REFUSED)
