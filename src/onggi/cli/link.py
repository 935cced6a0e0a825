"""`onggi link`: the same person on several lists. Tables in; pairs, clusters and a report out.

Of a vault (cli.alike) it lists who may be one. Nothing merges by this: what comes out are probabilities, for
people to judge.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onggi.cli.asking import Because, Compartment, Json, PassphraseFile, Slot
from onggi.cli.help import Command
from onggi.cli.peak import measure_peak
from onggi.cli.reading import read_input
from onggi.cli.showing import show_findings, tell
from onggi.cli.writing import check_place, open_output
from onggi.errors import Exit, OnggiError
from onggi.words import language, say

if TYPE_CHECKING:
    from onggi.link.columns import Numbers, Records
    from onggi.link.run import Linkage
    from onggi.link.table import TableMap

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
    outputs = _Outputs(out, clusters, out.with_name(out.name + ".settings.json"), report, replicates)
    _link_tables(tables, outputs, engine, map, seed, draws)


@dataclass(frozen=True, slots=True)
class _Outputs:
    """Where what is found goes."""

    pairs: Path
    clusters: Path
    settings: Path
    report: Path | None
    replicates: Path | None

    def list_paths(self) -> list[Path]:
        places = (self.pairs, self.clusters, self.settings, self.report, self.replicates)
        return [path for path in places if path is not None]


def _link_tables(
    tables: list[Path], outputs: _Outputs, engine: str, map: Path | None, seed: int, draws: int
) -> None:
    from onggi.link.engine import open_engine
    from onggi.link.run import link_records

    _check_outputs(outputs.list_paths())
    mapping = _read_map(map)
    records = _read_tables(tables, mapping)
    show_findings(records.findings[:_MOST_TOLD])
    more = len(records.findings[_MOST_TOLD:]) + records.unlisted
    if more:
        tell("cli.findings.more", count=more)
    with open_engine(engine) as opened:
        linkage = link_records(
            records, mapping.kinds, opened, seed, lambda stage: tell(f"cli.link.stage.{stage}")
        )
    drawn = None if outputs.replicates is None else _draw(linkage, draws, seed)
    told = _describe(linkage, records, engine, seed, len(tables), 0 if drawn is None else draws)
    _write_pairs(outputs.pairs, linkage, records)
    _write_clusters(outputs.clusters, linkage, records)
    if outputs.replicates is not None and drawn is not None:
        _write_replicates(outputs.replicates, records, drawn)
    with open_output(outputs.settings) as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
        file.write("\n")
    if outputs.report is not None:
        from onggi.link.report import write_report
        from onggi.paper.html import make_html

        with open_output(outputs.report) as file:
            page = make_html(write_report(linkage, records, told, language()))
            file.write(page.decode("utf-8"))
    show_findings(linkage.flags)
    tell(
        "cli.link.done",
        records=len(records),
        pairs=len(linkage.pairs.a),
        clusters=told["clusters"],
        seed=seed,
        engine=engine,
        peak=told["peak_mib"],
    )
    tell("cli.link.proof")


def _check_outputs(outputs: list[Path]) -> None:
    """Before hours are spent: each can be written. What a run that was killed left there is taken away."""
    if len({path.resolve() for path in outputs}) < len(outputs):
        raise OnggiError("cli.link.same", exit_code=Exit.USAGE)
    for path in outputs:
        check_place(path)
        unfinished = path.with_name(path.name + ".unfinished")
        if unfinished.is_file() and not unfinished.is_symlink():
            unfinished.unlink()
            tell("cli.link.clean")


def _read_map(path: Path | None) -> "TableMap":
    from onggi.link.table import TableMap, read_map

    if path is None:
        return TableMap()
    data = read_input(path, _MOST_MAP, _UNREADABLE)
    try:
        return read_map(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise OnggiError("link.map.broken", exit_code=Exit.FINDINGS) from None


def _read_tables(tables: list[Path], mapping: "TableMap") -> "Records":
    from onggi.link.table import TableReader

    tell("cli.link.stage.read", count=len(tables))
    reader = TableReader(mapping)
    for path in tables:
        data = read_input(path, _MOST_BYTES, _UNREADABLE)
        if len(data) > _MOST_BYTES:
            raise OnggiError("cli.link.large", exit_code=Exit.FINDINGS)
        reader.add(data)
    return reader.finish()


def _draw(linkage: "Linkage", draws: int, seed: int) -> "Numbers":
    from onggi.link.draws import draw_records

    tell("cli.link.stage.draw", count=draws)
    return draw_records(linkage, draws, seed)


def _describe(
    linkage: "Linkage", records: "Records", engine: str, seed: int, tables: int, draws: int
) -> dict[str, Any]:
    from onggi import __version__
    from onggi.link.summary import summarise

    return {
        "onggi": __version__,
        "engine": engine,
        "seed": seed,
        "tables": tables,
        "draws": draws,
        "rows_left_out": records.left_out,
        "peak_mib": measure_peak(),
        **summarise(linkage),
    }


def _write_pairs(path: Path, linkage: "Linkage", records: "Records") -> None:
    """Every pair with its probability and the weight of each feature; nothing where a value is missing."""
    from onggi.link.columns import write_column

    tell("cli.link.stage.write")
    ids, pairs = records.ids, linkage.pairs
    weights = [
        write_column(column, "{:.4f}", levels >= 0)
        for column, levels in zip(linkage.weights.T, linkage.levels.T, strict=True)
    ]
    with open_output(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        names = [f"weight_{feature.name}" for feature in linkage.features]
        writer.writerow(["record_id_a", "record_id_b", "probability", *names])
        first, second = (map(ids.__getitem__, column.tolist()) for column in (pairs.a, pairs.b))
        writer.writerows(zip(first, second, write_column(pairs.probability, "{:.6f}"), *weights, strict=True))


def _write_clusters(path: Path, linkage: "Linkage", records: "Records") -> None:
    """Every record with the number of its cluster, counted in the order of the first records."""
    from onggi.link.clusters import number_clusters

    with open_output(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["record_id", "cluster_id"])
        writer.writerows(zip(records.ids, number_clusters(linkage.clusters).tolist(), strict=True))


def _write_replicates(path: Path, records: "Records", drawn: "Numbers") -> None:
    """Every record with the number of its cluster in each clustering that was drawn."""
    with open_output(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["record_id", *(f"r{number}" for number in range(1, len(drawn) + 1))])
        writer.writerows([id, *row] for id, row in zip(records.ids, drawn.T.tolist(), strict=True))
