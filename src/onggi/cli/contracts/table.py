"""A table that may be published."""

from typing import Annotated, TypedDict

from onggi.cli.contracts.finding import FindingRow


class TableCell(TypedDict):
    """One number of a table."""

    row: Annotated[str, "the kind of the row; _unknown, _several, _other or _total"]
    column: Annotated[str, "the kind of the column; _total where there are no columns"]
    count: Annotated[int | None, "how many; null where it is not shown"]


class Spending(TypedDict):
    """What noise a table has, and what it spends of all that its compartment may."""

    epsilon: Annotated[str, "what it spends"]
    lifetime: Annotated[str, "what all noisy tables together may ever spend; 0 where it was never said"]
    left: Annotated[str, "what is left of it now"]
    off_by: Annotated[int, "19 of 20 numbers are off by so much at most"]


class Tabled(TypedDict):
    """A table as it may be published, or why it may not."""

    unit: Annotated[str, "act, victim or event"]
    rows: Annotated[str, "by what the rows count"]
    columns: Annotated[str | None, "by what the columns count"]
    k: Annotated[int, "fewer people than this are not shown by themselves"]
    rounded_to: Annotated[int, "1 where numbers are exact"]
    cells: Annotated[
        list[TableCell],
        "every number, the totals too; none where it is refused, nor of a noisy one that did not leave",
    ]
    left_out: Annotated[
        int | None, "how many are not counted because of a no; null for fewer than k, or with noise"
    ]
    noise: Annotated[Spending | None, "the noise of its numbers; null where they are exact"]
    findings: Annotated[list[FindingRow], "what stands against it; if anything does, it is refused"]
    written: Annotated[bool, "whether it left"]
    sha256: Annotated[str | None, "SHA-256 of the file that was written, in hex"]
