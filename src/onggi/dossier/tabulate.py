"""A table that may be published: who is counted, what earlier tables told, and that it leaves.

Floor 5; writes through the ledger and `release`. Nobody is asked whether she may be counted, because no table
shows fewer than k; but whoever said no to statistics, to whomever, is not counted, nor is what befell her
(docs/design/tables.md, §4). Refused: a table that shows a few by itself or with any table before it; one of
a record that cannot be read whole, since a no may be missing; a member who was not granted to release.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from onggi.count.differencing import Shown, count_isolated, hide_cells
from onggi.count.rounding import round_number
from onggi.count.table import TOTAL, Counted, Spec, Table, make_table
from onggi.count.units import DIMENSIONS, UNITS, Reading, read_units
from onggi.dossier.leaving import STAYED, sign_leaving
from onggi.dossier.release import check_new, release_table
from onggi.dossier.table_file import say_kind, write_table
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.consents import hear_entries, list_unread
from onggi.ledger.held import Held
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.model.request import is_purpose_declined
from onggi.model.stratum import Stratum
from onggi.model.tabulated import HIDDEN, Tabulated
from onggi.vault.anchoring import require_release
from onggi.vault.opened import Compartment
from onggi.words import say

TABULATED = "tabulated"
PURPOSE = "statistics"

Cells = tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Gathered:
    """All that decides what a table may show: who is counted, and every table that left.

    `earlier` are those that were made again from the record as it was, by the id of their statement; `lost`
    those that do not come out the same, since something was erased, joined or brought in. `left_out` counts
    the units that are not in it because somebody said no; `unread` says that a no may be missing, `noisy`
    that a table with noise left, which is held against none.
    """

    table: Table
    earlier: Mapping[str, Shown]
    lost: tuple[Held, ...]
    left_out: int
    unread: bool
    noisy: bool


@dataclass(frozen=True)
class Tabulation:
    """What a table would show, and what stands against it.

    `cells` are row, column and number, HIDDEN where it is not shown; `base` is what they are rounded to.
    """

    gathered: Gathered
    base: int
    cells: Cells
    findings: tuple[Finding, ...]

    @property
    def table(self) -> Table:
        """The table with everybody in it."""
        return self.gathered.table

    @property
    def spec(self) -> Spec:
        """What it counts, by what."""
        return self.table.spec

    @property
    def hidden(self) -> int:
        """How many numbers are not shown."""
        return sum(number == HIDDEN for _, _, number in self.cells)

    @property
    def left_out(self) -> int | None:
        """How many are not counted because somebody said no; None for fewer than k, or for nobody."""
        return self.gathered.left_out if self.gathered.left_out >= self.spec.k else None


def check_spec(spec: Spec) -> None:
    """Refuse what cannot be counted, or counted by: `table.unit`, `table.by`."""
    by = [spec.rows] if spec.columns is None else [spec.rows, spec.columns]
    if spec.unit not in UNITS:
        raise OnggiError("table.unit", exit_code=Exit.USAGE, choices=", ".join(UNITS))
    if not set(by) <= set(DIMENSIONS) or len(set(by)) < len(by):
        raise OnggiError("table.by", exit_code=Exit.USAGE, choices=", ".join(DIMENSIONS))


def plan_table(ledger: Ledger, compartment: Compartment, spec: Spec, *, base: int = 1) -> Tabulation:
    """The table as it may be shown beside every table that left.

    Raises:
        OnggiError: what `check_spec` and `make_table` raise.
    """
    check_spec(spec)
    gathered = _gather(ledger, compartment, spec)
    shown = hide_cells(gathered.table, list(gathered.earlier.values()))
    found = [Finding("consent.unread", "record")] if gathered.unread else []
    if shown is None:
        found.append(Finding("table.open", "table"))
        shown = Shown(gathered.table, frozenset(gathered.table.members))
    elif not shown.layers:
        found.append(Finding("table.nothing", "table"))
    cells = _list_cells(shown, base)
    for id, one in gathered.earlier.items():
        if count_isolated(shown, one, spec.k):
            found.append(Finding("table.isolates", id, {"least": spec.k}))
    for held in gathered.lost:
        if _differs_little(cells, spec, held.statement.value):
            found.append(Finding("table.differs", held.id, {"least": spec.k}))
    return Tabulation(gathered, base, cells, tuple(found))


def hand_out_table(
    ledger: Ledger, compartment: Compartment, plan: Tabulation, lang: str, day: str, out: Path
) -> str:
    """Sign that the table leaves, and write it as the new file `out`; returns its SHA-256, in hex.

    Raises:
        OnggiError: `table.refused` where anything stands against it; `table.changed` where the record changed
            meanwhile, so that another table would leave now; `vault.anchors.release` for a member who was not
            granted to release; what `release_table` raises.
    """
    if plan.findings:
        raise OnggiError("table.refused", exit_code=Exit.REFUSED, count=len(plan.findings))
    check_new(out)
    compartment = ledger.vault.compartment(compartment.id)
    require_release(ledger.vault, compartment)
    spec = plan.spec
    data = write_table(spec, plan.cells, lang, day, plan.base)
    digest = sha256(data).hexdigest()
    said = Tabulated(spec.unit, spec.rows, spec.k, digest, plan.cells, spec.columns, plan.base)
    note = ledger.make_statement(compartment.id, compartment.id, TABULATED, said)
    with sign_leaving(ledger, compartment, [(Stratum.RECORD, note)], out):
        # As of that commit: a no or a table recorded before it counts, and it can be made again from there.
        if _gather(ledger, compartment, spec, but=note.id) != plan.gathered:
            raise OnggiError("table.changed", exit_code=Exit.REFUSED)
        ledger.close()
        release_table(data, out)
    return digest


def lay_out_table(plan: Tabulation, lang: str, hidden: str = "·") -> tuple[list[str], list[list[str]]]:
    """The headings and the lines of a table in words; `hidden` stands where a number is not shown."""
    rows, columns = (*plan.table.rows, TOTAL), (*plan.table.columns, TOTAL)
    return lay_out_cells(plan.spec, rows, columns, plan.cells, lang, hidden)


def lay_out_cells(
    spec: Spec, rows: Iterable[str], columns: Sequence[str], cells: Cells, lang: str, hidden: str = "·"
) -> tuple[list[str], list[list[str]]]:
    """The headings and the lines of these rows and columns in words."""
    numbers = {(row, column): number for row, column, number in cells}
    headings = ["", *(say_kind(spec.columns or "", one, lang) for one in columns)]
    lines = []
    for row in rows:
        shown = (numbers[row, one] for one in columns)
        told = (hidden if number == HIDDEN else str(number) for number in shown)
        lines.append([say_kind(spec.rows, row, lang), *told])
    return headings, lines


def say_notes(plan: Tabulation, lang: str) -> list[str]:
    """What whoever makes a table is told beside it: what was counted, hidden, rounded and left out."""
    k, left_out = plan.spec.k, plan.left_out
    notes = [say("table.counted", lang, unit=say(f"table.unit.{plan.spec.unit}", lang))]
    if plan.hidden:
        notes.append(say("table.hidden", lang, count=plan.hidden, k=k))
    if plan.base > 1:
        notes.append(say("table.rounded", lang, base=plan.base))
    if left_out is None:
        notes.append(say("table.left_out_few", lang, k=k))
    else:
        notes.append(say("table.left_out", lang, count=left_out))
    if plan.gathered.noisy:
        notes.append(say("table.beside_noisy", lang))
    return notes


def list_tables(view: View) -> list[Held]:
    """Every table that left, oldest first. One that a member retracted is outside all the same; not one that
    never left (`stayed`)."""
    stayed = {id for held in view.live_of(STAYED) for id in held.statement.trace.retracts}
    found = [
        held
        for held in view.of_property(TABULATED)
        if isinstance(held.statement.value, Tabulated) and (held.id not in stayed or view.is_live(held))
    ]
    return sorted(found, key=lambda held: held.order)


def part_tables(view: View, but: str = "") -> tuple[list[Held], list[Held]]:
    """The exact ones that left, and the noisy: no number of one is held against the other (tables.md, §7)."""
    exact: list[Held] = []
    noisy: list[Held] = []
    for held in list_tables(view):
        if held.id != but and isinstance(held.statement.value, Tabulated):
            (noisy if held.statement.value.epsilon else exact).append(held)
    return exact, noisy


def _gather(ledger: Ledger, compartment: Compartment, spec: Spec, *, but: str = "") -> Gathered:
    """What is known now; `but` is the statement that says that this very table leaves."""
    compartment = ledger.vault.compartment(compartment.id)
    unread = list_unread(ledger, compartment)
    view = ledger.view(compartment=compartment)
    reading = read_units(view)
    units, left_out = list_units(view, reading, spec.unit)
    exact, noisy = part_tables(view, but)
    earlier, lost = _read_earlier(view, reading, exact)
    return Gathered(make_table(units, spec), earlier, tuple(lost), left_out, bool(unread), bool(noisy))


def list_units(view: View, reading: Reading, unit: str) -> tuple[list[Counted], int]:
    """Who and what is counted, and how many are not because somebody whom it befell said no."""
    declined = _list_declined(view, reading)
    units = reading.list_units(unit)
    counted = [one for one in units if declined.isdisjoint(one.persons)]
    return counted, len(units) - len(counted)


def _list_declined(view: View, reading: Reading) -> frozenset[str]:
    """Everybody who said no to being counted, whoever would read it."""
    asked = sorted({held.statement.subject for held in view.of_property("consent")})
    return frozenset(
        reading.root(person)
        for person in asked
        if any(is_purpose_declined(heard, PURPOSE) for heard in hear_entries(view, person))
    )


def _list_cells(shown: Shown, base: int) -> Cells:
    k = shown.table.spec.k
    return tuple(
        (*key, HIDDEN if key in shown.hidden else round_number(len(units), k, base))
        for key, units in shown.table.members.items()
    )


def _read_earlier(
    view: View, reading: Reading, tables: Sequence[Held]
) -> tuple[dict[str, Shown], list[Held]]:
    """Each earlier table as it was, by the id of its statement; and those that are lost."""
    made: dict[str, Shown] = {}
    lost = []
    for held in tables:
        said = held.statement.value
        if not isinstance(said, Tabulated):
            continue
        shown = _make_again(view.at(held.time), said, reading)
        if shown is None:
            lost.append(held)
        else:
            made[held.id] = shown
    return made, lost


def _make_again(then: View, said: Tabulated, now: Reading) -> Shown | None:
    reading = read_units(then)
    units, _ = list_units(then, reading, said.unit)
    try:
        table = make_table(units, Spec(said.unit, said.rows, said.columns, said.k))
    except OnggiError:
        return None
    hidden = frozenset((row, column) for row, column, number in said.cells if number == HIDDEN)
    shown = Shown(table, hidden)
    if frozenset(_list_cells(shown, said.base)) != frozenset(said.cells):
        return None
    moved = {one: now.root(one) for one in table.people}
    if len(set(moved.values())) < len(moved):
        return None
    return Shown(_move_units(table, moved, now), hidden)


def _move_units(table: Table, moved: dict[str, str], now: Reading) -> Table:
    """The same table with every unit under the id that it has now."""
    members = {key: frozenset(moved[one] for one in units) for key, units in table.members.items()}
    people = {moved[one]: frozenset(map(now.root, persons)) for one, persons in table.people.items()}
    return Table(table.spec, table.rows, table.columns, members, people)


def _differs_little(cells: Cells, spec: Spec, said: object) -> bool:
    """Whether a number of the same kinds differs by a few from one that was shown in a table that cannot be
    made again; who those few are is then not known, so it is told from the numbers alone."""
    if not isinstance(said, Tabulated):
        return False
    before = _name_cells(said.cells, said.rows, said.columns)
    after = _name_cells(cells, spec.rows, spec.columns)
    pairs = ((number, before[name]) for name, number in after.items() if name in before)
    return any(0 < abs(number - other) < spec.k for number, other in pairs if HIDDEN not in (number, other))


def _name_cells(
    cells: Iterable[tuple[str, str, int]], rows: str, columns: str | None
) -> dict[frozenset[str], int]:
    """Each number by what it counts, whichever way round the table stood."""
    return {
        frozenset(f"{by}={name}" for by, name in ((rows, row), (columns, column)) if name != TOTAL): number
        for row, column, number in cells
    }
