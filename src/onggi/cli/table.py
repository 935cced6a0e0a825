"""`onggi table`: how many acts, events or victims are recorded, as a table that may be published.

Without --out nothing leaves: the table is shown as it would. With it, that it leaves is signed first, and it
is written as one file of numbers and kinds. No name, code or id is read for it, and identity stays closed.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Compartment, Json, PassphraseFile, Slot, VaultPath
from onggi.cli.contracts import TableCell, Tabled
from onggi.cli.help import Command
from onggi.cli.layout import write_table
from onggi.cli.opening import today, unlock
from onggi.cli.showing import describe_finding, show_findings, show_json, tell, tell_line
from onggi.count.rounding import BASE
from onggi.count.table import K, Spec
from onggi.dossier.tabulate import Tabulation, hand_out_table, lay_out_table, plan_table, say_notes
from onggi.errors import Exit
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
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.csv", help=say("cli.table.out"), show_default=False)
    ] = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Show a table, or hand it out."""
    ledger = unlock(vault, slot, passphrase_file)
    within = ledger.vault.compartment(compartment)
    plan = plan_table(ledger, within, Spec(unit, rows, columns, k), base=BASE if rounded else 1)
    digest = None
    if out is not None and not plan.findings:
        digest = hand_out_table(ledger, within, plan, language(), today().isoformat(), out)
    if json:
        show_json(_describe(plan, digest))
    elif not plan.findings:
        write_table(*lay_out_table(plan, language()), sys.stdout)
    _tell(plan, digest)
    if plan.findings:
        raise typer.Exit(Exit.REFUSED)


def _describe(plan: Tabulation, digest: str | None) -> Tabled:
    cells = plan.cells if not plan.findings else ()
    return Tabled(
        unit=plan.spec.unit,
        rows=plan.spec.rows,
        columns=plan.spec.columns,
        k=plan.spec.k,
        rounded_to=plan.base,
        cells=[
            TableCell(row=row, column=column, count=None if number == HIDDEN else number)
            for row, column, number in cells
        ],
        left_out=plan.left_out,
        findings=[describe_finding(one) for one in plan.findings],
        written=digest is not None,
        sha256=digest,
    )


def _tell(plan: Tabulation, digest: str | None) -> None:
    if plan.findings:
        show_findings(plan.findings)
        tell("cli.table.refused")
        return
    for note in say_notes(plan, language()):
        tell_line(note)
    tell("cli.table.written" if digest else "cli.table.inside")
