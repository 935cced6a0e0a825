"""Candidates and comparison, written once in Ibis: DuckDB here, Spark where tables outgrow a machine (§5).

The engine is handed numbers alone, never a name: what an engine writes to a disk when memory is short tells
nobody anything. All that is returned is sorted, so that it is the same on any engine and with any number of
threads.

Floor 4. Refused: an engine that is not installed (`link.engine.absent`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from onggi.errors import Exit, OnggiError
from onggi.link.columns import MISSING, Levels, Numbers
from onggi.link.features import Feature

ENGINES = ("duckdb", "spark")
_MEMORY = "2GB"

Table = Any  # of ibis, which has no types of its own worth the name


class Engine:
    """Tables of numbers, and the questions that link asks of them."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._made = 0

    def put(self, **columns: NDArray[Any]) -> Table:
        """A table of these columns."""
        import ibis

        self._made += 1
        table = pa.table({name: pa.array(values) for name, values in columns.items()})
        if self._connection.name == "duckdb":
            return self._connection.create_table(f"given_{self._made}", table, temp=True)
        return ibis.memtable(table)

    def keep(self, table: Table) -> Table:
        """The table worked out, so that it is not done again each time it is asked."""
        return table.cache()

    def get(self, table: Table, *order: str) -> dict[str, NDArray[Any]]:
        """The columns of a table, its rows in this order."""
        rows = table.to_pyarrow()
        columns = {name: rows[name].to_numpy() for name in rows.column_names}
        if order:
            places = np.lexsort([columns[name] for name in reversed(order)])
            columns = {name: values[places] for name, values in columns.items()}
        return columns


@contextmanager
def open_engine(name: str, threads: int | None = None) -> Iterator[Engine]:
    """An engine by its name, closed afterwards."""
    try:
        ibis = import_module("ibis")
        if name == "spark":
            session = _start_spark(threads)
            connection = ibis.pyspark.connect(session)
        else:
            session = None
            connection = ibis.duckdb.connect(
                memory_limit=_MEMORY, temp_directory="", **({"threads": threads} if threads else {})
            )
    except ImportError:
        raise OnggiError("link.engine.absent", exit_code=Exit.USAGE, engine=name) from None
    try:
        yield Engine(connection)
    finally:
        connection.disconnect()
        if session is not None:
            session.stop()


def _start_spark(threads: int | None) -> Any:
    """Spark on this machine alone, which listens to nobody else."""
    builder = import_module("pyspark.sql").SparkSession.builder
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
        "spark.log.level": "ERROR",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.master(f"local[{threads or '*'}]").appName("onggi").getOrCreate()


# ------------------------------------------------------------------------------------------------- candidates


def join_parts(parts: Sequence[Table]) -> Table:
    """Records with a key of several columns k0, k1 …: one row for each combination of their parts."""
    joined = parts[0].select("row", k0="key")
    for at, part in enumerate(parts[1:], start=1):
        renamed = part.select("row", **{f"k{at}": "key"})
        joined = joined.join(renamed, "row").select("row", *(f"k{number}" for number in range(at + 1)))
    return joined


def count_blocks(keyed: Table) -> Table:
    """How many blocks have how many records: `size`, `blocks`."""
    keys = [name for name in keyed.columns if name != "row"]
    sizes = keyed.group_by(keys).aggregate(size=keyed.count())
    return sizes.group_by("size").aggregate(blocks=sizes.count())


def pair_blocks(keyed: Table, most: int, bit: int) -> Table:
    """Pairs a < b of the records of each block of at most so many, with the bit of its rule."""
    import ibis

    keys = [name for name in keyed.columns if name != "row"]
    sizes = keyed.group_by(keys).aggregate(size=keyed.count())
    fit = sizes.filter((sizes["size"] > 1) & (sizes["size"] <= most)).select(*keys)
    kept = keyed.semi_join(fit, keys)
    left, right = kept.rename(a="row"), kept.rename(b="row")
    joined = left.join(right, [*keys, left.a < right.b])
    return joined.select("a", "b").mutate(rules=ibis.literal(1 << bit, "int64"))


def merge_pairs(several: Sequence[Table]) -> Table:
    """Each pair once, with the bits of all rules that found it."""
    union = several[0]
    for other in several[1:]:
        union = union.union(other)
    return union.group_by(["a", "b"]).aggregate(rules=union.rules.bit_or())


# ------------------------------------------------------------------------------------------------- comparison


def put_records(engine: Engine, features: Sequence[Feature]) -> Table:
    """For each record and feature the number of its value, and its level where another has the same."""
    columns: dict[str, NDArray[Any]] = {"row": np.arange(len(features[0].codes), dtype=np.int32)}
    for at, feature in enumerate(features):
        columns[f"v{at}"] = feature.codes
        columns[f"e{at}"] = np.concatenate([feature.equal, [MISSING]]).astype(np.int8)[feature.codes]
    return engine.put(**columns)


def attach_values(pairs: Table, records: Table) -> Table:
    """Pairs with the values of both records: x0 … and y0 …, and e0 … of the first."""
    values = [name for name in records.columns if name.startswith("v")]
    equals = [name for name in records.columns if name.startswith("e")]
    first = records.select(
        a="row", **{f"x{name[1:]}": name for name in values}, **{name: name for name in equals}
    )
    second = records.select(b="row", **{f"y{name[1:]}": name for name in values})
    names = [*pairs.columns, *(name for name in first.columns if name != "a")]
    half = pairs.join(first, "a").select(*names)
    return half.join(second, "b").select(*names, *(name for name in second.columns if name != "b"))


def list_value_pairs(engine: Engine, attached: Table, at: int) -> tuple[Numbers, Numbers]:
    """The different pairs of unequal values of a feature among candidates, the smaller number first."""
    import ibis

    x, y = attached[f"x{at}"], attached[f"y{at}"]
    unequal = attached.filter((x >= 0) & (y >= 0) & (x != y))
    x, y = unequal[f"x{at}"], unequal[f"y{at}"]
    pairs = unequal.select(p=ibis.least(x, y), q=ibis.greatest(x, y)).distinct()
    found = engine.get(pairs, "p", "q")
    return found["p"], found["q"]


def compare_values(
    engine: Engine, attached: Table, features: Sequence[Feature], nears: Mapping[int, Table]
) -> Table:
    """Pairs a, b with their rules and one number for the levels of all features (`code`)."""
    import ibis

    table = attached
    code = ibis.literal(0, "int64")
    radix = 1
    for at in range(len(features)):
        names = table.columns
        if at in nears:
            low = ibis.least(table[f"x{at}"], table[f"y{at}"])
            high = ibis.greatest(table[f"x{at}"], table[f"y{at}"])
            near = nears[at].select(**{f"p{at}": "p", f"q{at}": "q", f"n{at}": "level"})
            keyed = table.mutate(**{f"low{at}": low, f"high{at}": high})
            table = keyed.left_join(
                near, [keyed[f"low{at}"] == near[f"p{at}"], keyed[f"high{at}"] == near[f"q{at}"]]
            ).select(*names, f"n{at}")
    for at, feature in enumerate(features):
        x, y = table[f"x{at}"], table[f"y{at}"]
        other = table[f"n{at}"].fill_null(0) if at in nears else ibis.literal(0)
        level = ibis.cases(
            ((x < 0) | (y < 0), MISSING), (x == y, table[f"e{at}"].cast("int64")), else_=other.cast("int64")
        )
        code = code + (level.cast("int64") + 1) * radix
        radix *= len(feature.levels) + 1
    return table.select("a", "b", "rules", code=code)


def count_patterns(engine: Engine, compared: Table) -> dict[str, NDArray[Any]]:
    """How many pairs have each pattern of levels and rules."""
    grouped = compared.group_by(["code", "rules"]).aggregate(pairs=compared.count())
    return engine.get(grouped, "code", "rules")


def unpack_codes(codes: NDArray[np.int64], features: Sequence[Feature]) -> Levels:
    """The levels of each pattern, one column for each feature; -1 is missing."""
    levels = np.empty((len(codes), len(features)), np.int8)
    rest = codes.copy()
    for at, feature in enumerate(features):
        rest, held = np.divmod(rest, len(feature.levels) + 1)
        levels[:, at] = held - 1
    return levels


def select_pairs(engine: Engine, compared: Table, codes: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """The pairs with one of these patterns: a, b, code."""
    wanted = engine.put(code=codes)
    return engine.get(compared.semi_join(wanted, "code").select("a", "b", "code"), "a", "b")
