"""`onggi link`: the same person on several lists. Tables in; pairs, clusters and a report out.

Of a vault (cli.alike) it lists who may be one. Nothing merges by this: what comes out are probabilities, for
people to judge.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from onggi.cli.asking import Because, Compartment, Json, PassphraseFile, Slot
from onggi.cli.help import Command
from onggi.cli.reading import read_input
from onggi.cli.showing import show_findings, tell
from onggi.cli.writing import check_place, open_output
from onggi.errors import Exit, OnggiError
from onggi.words import language, say

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_UNREADABLE = "cli.link.unreadable"
_MOST_BYTES = 4 * 1024**3
_MOST_MAP = 1024 * 1024
_MOST_TOLD = 20  # findings on standard error; the page beside the pairs counts the rows that were left out


@app.command(cls=Command, help=say("cli.link.help"))
def link(
    tables: Annotated[
        list[Path],
        typer.Argument(metavar="TABLE.csv… | VAULT", help=say("cli.link.tables"), show_default=False),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="PAIRS.csv", help=say("cli.link.out"), show_default=False),
    ] = None,
    clusters: Annotated[
        Path | None,
        typer.Option("--clusters", metavar="CLUSTERS.csv", help=say("cli.link.clusters"), show_default=False),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="duckdb|spark", help=say("cli.link.engine"))
    ] = "duckdb",
    map: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP.toml", help=say("cli.link.map"), show_default=False),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, max=2**32 - 1, help=say("cli.link.seed"))
    ] = 1,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="REPORT.html", help=say("cli.link.report"), show_default=False),
    ] = None,
    replicates: Annotated[
        Path | None,
        typer.Option(
            "--replicates", metavar="REPLICATES.csv", help=say("cli.link.replicates"), show_default=False
        ),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=20, max=100, help=say("cli.link.draws"))
    ] = 50,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Link the records of one or several tables, or say who in a vault may be one person."""
    from onggi.link.engine import ENGINES

    if engine not in ENGINES:
        raise OnggiError("cli.link.wrong", exit_code=Exit.USAGE, engines=", ".join(ENGINES))
    if len(tables) == 1 and tables[0].is_dir():
        if out or clusters or map or replicates:
            raise OnggiError("cli.link.vault", exit_code=Exit.USAGE)
        from onggi.cli.alike import suggest_persons

        suggest_persons(tables[0], because, compartment, engine, seed, passphrase_file, slot, json, report)
        return
    if out is None or clusters is None or json or because or compartment or passphrase_file:
        raise OnggiError("cli.link.tables_only", exit_code=Exit.USAGE)
    settings = out.with_name(out.name + ".settings.json")
    asked = {
        "pairs": out,
        "clusters": clusters,
        "replicates": replicates,
        "settings": settings,
        "report": report,
    }
    outputs = {kind: path for kind, path in asked.items() if path is not None}
    _link_tables(tables, outputs, engine, map, seed, draws)


def _link_tables(
    tables: list[Path], outputs: Mapping[str, Path], engine: str, map: Path | None, seed: int, draws: int
) -> None:
    from onggi import __version__
    from onggi.link.linked import link_tables, list_files
    from onggi.link.table import TableMap, read_map, read_tables

    _check_outputs(outputs.values())
    mapping = TableMap() if map is None else read_map(read_input(map, _MOST_MAP, _UNREADABLE))
    tell("cli.link.stage.read", count=len(tables))
    records = read_tables(_read_each(tables), mapping)
    show_findings(records.findings[:_MOST_TOLD])
    more = len(records.findings[_MOST_TOLD:]) + records.unlisted
    if more:
        tell("cli.findings.more", count=more)
    asked = draws if "replicates" in outputs else 0
    linked = link_tables(records, mapping, engine, seed, asked, __version__, _tell_stage)
    _tell_stage("write")
    for kind, write in list_files(linked, language()).items():
        if kind in outputs:
            with open_output(outputs[kind]) as file:
                write(file)
    show_findings(linked.linkage.flags)
    tell(
        "cli.link.done",
        records=len(records),
        pairs=len(linked.linkage.pairs.a),
        clusters=linked.told["clusters"],
        seed=seed,
        engine=engine,
        peak=linked.told["peak_mib"],
    )
    tell("cli.link.proof")


def _check_outputs(outputs: Collection[Path]) -> None:
    """Before hours are spent: each can be written. What a run that was killed left there is taken away."""
    if len({path.resolve() for path in outputs}) < len(outputs):
        raise OnggiError("cli.link.same", exit_code=Exit.USAGE)
    for path in outputs:
        check_place(path)
        unfinished = path.with_name(path.name + ".unfinished")
        if unfinished.is_file() and not unfinished.is_symlink():
            unfinished.unlink()
            tell("cli.link.clean")


def _tell_stage(stage: str) -> None:
    tell(f"cli.link.stage.{stage}")


def _read_each(tables: list[Path]) -> Iterator[bytes]:
    for path in tables:
        data = read_input(path, _MOST_BYTES, _UNREADABLE)
        if len(data) > _MOST_BYTES:
            raise OnggiError("cli.link.large", exit_code=Exit.FINDINGS)
        yield data
