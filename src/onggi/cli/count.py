"""`onggi count`: how many were never recorded, from a table of incomplete lists or a vault; or why not.

Of a table no vault is opened: it is read and only counted, and nothing of a person is kept or shown.
"""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onggi.cli.asking import Because, Compartment, Json, PassphraseFile, Slot
from onggi.cli.help import Command
from onggi.cli.showing import show_json, tell
from onggi.count.population import MOST_SEED
from onggi.errors import Exit, OnggiError
from onggi.vault.opened import Compartment as Opened
from onggi.words import language, say

if TYPE_CHECKING:
    from onggi.count.answer import Answer
    from onggi.ledger.ledger import Ledger

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.count.help"))
def count(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE.csv", help=say("cli.count.table"), show_default=False)
    ],
    cells: Annotated[bool, typer.Option("--cells", help=say("cli.count.cells"))] = False,
    lists: Annotated[
        str | None, typer.Option("--lists", metavar="A,B,C", help=say("cli.count.lists"), show_default=False)
    ] = None,
    population: Annotated[
        Path | None,
        typer.Option(
            "--population", metavar="FILE.toml", help=say("cli.count.population"), show_default=False
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, max=MOST_SEED, help=say("cli.count.seed"))
    ] = 1,
    replicates: Annotated[
        Path | None,
        typer.Option(
            "--replicates", metavar="FILE.csv", help=say("cli.count.replicates"), show_default=False
        ),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws", metavar="N", min=20, max=100, help=say("cli.count.draws"), show_default=False
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="OUT", help=say("cli.count.report"), show_default=False)
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="FILE", help=say("cli.count.resume"), show_default=False),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=say("cli.count.list"))] = False,
    withdraw: Annotated[
        str | None,
        typer.Option("--withdraw", metavar="ID", help=say("cli.count.withdraw"), show_default=False),
    ] = None,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Estimate, or refuse and say why."""
    from onggi.cli.count_rows import describe_answer, print_answer

    in_vault = table.is_dir()
    vaults = (list_, withdraw, draws, because, compartment)
    if (cells or lists or report or resume) if in_vault else any(vaults):
        raise OnggiError("cli.count.vault", exit_code=Exit.USAGE)
    if replicates is not None and draws is not None:
        raise OnggiError("cli.count.drawn", exit_code=Exit.USAGE)
    if in_vault:
        from onggi.cli.opening import unlock

        ledger = unlock(table, slot, passphrase_file)
        into = ledger.vault.compartment(compartment)
        asked = (list_, withdraw, because or "", json)
        raise typer.Exit(_ask_vault(ledger, into, population, replicates, draws, seed, *asked))
    if sum((cells, lists is not None, replicates is not None)) > 1:
        raise OnggiError("cli.count.which", exit_code=Exit.USAGE)
    if report is not None and os.path.lexists(report):
        raise OnggiError("cli.count.taken", exit_code=Exit.USAGE)
    answer = _answer(table, cells, lists, population, replicates, seed, resume)
    if report is not None:
        _write_report(answer, seed, report)
    if json:
        show_json(describe_answer(answer))
    else:
        print_answer(answer)
    if resume is not None:
        resume.unlink(missing_ok=True)
    if answer.status == "refused":
        raise typer.Exit(Exit.REFUSED)


def _ask_vault(
    ledger: "Ledger",
    into: Opened,
    population: Path | None,
    replicates: Path | None,
    draws: int | None,
    seed: int,
    listing: bool,
    withdrawn: str | None,
    because: str,
    json: bool,
) -> int:
    from onggi.cli.count_files import read_drawn
    from onggi.cli.count_vault import count_vault, draw_links, show_estimates, withdraw_one

    if withdrawn is not None:
        withdraw_one(ledger, into, withdrawn, because, json)
    elif listing:
        show_estimates(ledger, into, json)
    else:
        draw = (
            partial(read_drawn, replicates)
            if draws is None
            else partial(draw_links, ledger, into, draws, because, seed)
        )
        return count_vault(ledger, into, population, seed, json, draw)
    return Exit.WELL


def _answer(
    table: Path,
    cells: bool,
    lists: str | None,
    declared: Path | None,
    replicates: Path | None,
    seed: int,
    resume: Path | None,
) -> "Answer":
    from onggi import __version__
    from onggi.cli.count_files import open_kept, read_declared, read_table, show_run
    from onggi.count.tabled import Tabled

    listed = read_table(table, cells, lists, replicates)
    tabled = Tabled(listed, *read_declared(declared), seed, __version__)
    kept = open_kept(resume, tabled.run)
    with show_run(kept) as told:
        return tabled.estimate(os.cpu_count() or 1, told, kept)


def _write_report(answer: "Answer", seed: int, out: Path) -> None:
    from onggi import __version__
    from onggi.count.report import FILES, set_report

    pages = {name: set_report(name, answer, language(), seed=seed, version=__version__) for name in FILES}
    try:
        out.mkdir(mode=0o700)
        for name, data in pages.items():
            with open(os.open(out / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
    except FileExistsError:
        raise OnggiError("cli.count.taken", exit_code=Exit.USAGE) from None
    except FileNotFoundError:
        raise OnggiError("cli.count.place", exit_code=Exit.USAGE) from None
    tell("cli.count.reported")
