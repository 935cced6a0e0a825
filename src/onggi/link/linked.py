"""One linkage of tables: made, described, and as the files that are handed over, whoever asks (§1).

Floor 4. Pure but for the engine and the memory it measured; it writes into streams that it is given. Whoever
holds pairs, clusters, replicates or the report holds who is who. Refused: nothing.
"""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from onggi.link.clusters import number_clusters
from onggi.link.columns import Numbers, Records, write_column
from onggi.link.draws import draw_records
from onggi.link.engine import open_engine
from onggi.link.peak import measure_peak
from onggi.link.report import write_report
from onggi.link.run import Linkage, Watch, link_records
from onggi.link.summary import summarise
from onggi.link.table import TableMap
from onggi.paper.html import make_html


class Stream(Protocol):
    """What takes text, piece by piece."""

    def write(self, text: str, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Linked:
    """The records of tables, what was found of them, the clusterings that were drawn, if that was asked for;
    and what was done, as plain data without a name."""

    records: Records
    linkage: Linkage
    drawn: Numbers | None
    told: Mapping[str, Any]


Write = Callable[[Stream], None]


def link_tables(
    records: Records, mapping: TableMap, engine: str, seed: int, draws: int, version: str, watch: Watch
) -> Linked:
    """Link the records, and draw so many clusterings of them (0: none).

    Raises:
        OnggiError: `link.engine.absent`.
    """
    with open_engine(engine) as opened:
        linkage = link_records(records, mapping.kinds, opened, seed, watch)
    drawn = None
    if draws:
        watch("draw")
        drawn = draw_records(linkage, draws, seed)
    told = {
        "onggi": version,
        "engine": engine,
        "seed": seed,
        "tables": len(records.tables),
        "draws": draws,
        "rows_left_out": records.left_out,
        "peak_mib": measure_peak(),
        **summarise(linkage),
    }
    return Linked(records, linkage, drawn, told)


def list_files(linked: Linked, lang: str) -> dict[str, Write]:
    """How each file is written, by what it holds; the report in a language."""
    files: dict[str, Write] = {
        "pairs": partial(_write_pairs, linked),
        "clusters": partial(_write_clusters, linked),
        "replicates": partial(_write_replicates, linked),
        "settings": partial(_write_settings, linked),
        "report": partial(_write_page, linked, lang),
    }
    if linked.drawn is None:
        del files["replicates"]
    return files


def _write_pairs(linked: Linked, stream: Stream) -> None:
    """Every pair with its probability and the weight of each feature; nothing where a value is missing."""
    ids, linkage = linked.records.ids, linked.linkage
    pairs = linkage.pairs
    weights = [
        write_column(column, "{:.4f}", levels >= 0)
        for column, levels in zip(linkage.weights.T, linkage.levels.T, strict=True)
    ]
    writer = csv.writer(stream, lineterminator="\n")
    names = [f"weight_{feature.name}" for feature in linkage.features]
    writer.writerow(["record_id_a", "record_id_b", "probability", *names])
    first, second = (map(ids.__getitem__, column.tolist()) for column in (pairs.a, pairs.b))
    writer.writerows(zip(first, second, write_column(pairs.probability, "{:.6f}"), *weights, strict=True))


def _write_clusters(linked: Linked, stream: Stream) -> None:
    """Every record with the number of its cluster, counted in the order of the first records."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["record_id", "cluster_id"])
    numbers = number_clusters(linked.linkage.clusters).tolist()
    writer.writerows(zip(linked.records.ids, numbers, strict=True))


def _write_replicates(linked: Linked, stream: Stream) -> None:
    """Every record with the number of its cluster in each clustering that was drawn."""
    drawn = linked.drawn
    if drawn is None:
        return
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["record_id", *(f"r{number}" for number in range(1, len(drawn) + 1))])
    writer.writerows([id, *row] for id, row in zip(linked.records.ids, drawn.T.tolist(), strict=True))


def _write_settings(linked: Linked, stream: Stream) -> None:
    stream.write(json.dumps(linked.told, ensure_ascii=False, indent=1) + "\n")


def _write_page(linked: Linked, lang: str, stream: Stream) -> None:
    page = make_html(write_report(linked.linkage, linked.records, linked.told, lang))
    stream.write(page.decode("utf-8"))
