"""What a new table tells together with those that left before it, and what of it may be shown.

Pure. Cells of whatever tables that hold exactly the same units are one number, and so are acts and the people
whom they befell, where there is one of each: what one table shows, another cannot hide, and what one hides,
another hides too, or the attacker is asked about all of them together. Where a cell, or what is left of a sum
beside what is shown of it, lies within what an earlier table shows, or the other way round, and all but a few
are in both, those few stand alone: the new table is refused. Tables of different units are held against each
other by their people. Three tables are compared two by two and not all at once beyond that
(docs/design/tables.md, §5).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onggi.count.attack import Sheet, make_sheet
from onggi.count.suppress import hide_small
from onggi.count.table import ALL, TOTAL, Key, Members, Table, is_few

# So many times more is lost with a margin than with a cell, and with the sum of all.
_MARGIN, _ALL = 3.0, 20.0


@dataclass(frozen=True)
class Shown:
    """A table, and which of its cells were hidden."""

    table: Table
    hidden: frozenset[Key]

    @property
    def layers(self) -> list[dict[Key, Members]]:
        """What is shown, in parts within which nobody stands twice: cells, rows, columns, all."""
        parts: dict[tuple[bool, bool], dict[Key, Members]] = {}
        for key, units in self.table.members.items():
            if units and key not in self.hidden:
                parts.setdefault((key[0] == TOTAL, key[1] == TOTAL), {})[key] = units
        return list(parts.values())

    @property
    def told(self) -> list[list[Members]]:
        """What is shown, and what follows from one sum: what is left of it beside its shown parts."""
        left: dict[tuple[bool, ...], list[Members]] = {}
        hides: set[tuple[bool, ...]] = set()
        for total, parts in self.table.sums:
            if total in self.hidden or not parts:
                continue
            way = (total[0] == TOTAL, total[1] == TOTAL, parts[0][0] == TOTAL, parts[0][1] == TOTAL)
            shown = [self.table.members[part] for part in parts if part not in self.hidden]
            rest = self.table.members[total] - frozenset[str]().union(*shown)
            left.setdefault(way, []).extend(one for one in (*shown, rest) if one)
            hides |= {way} if rest else set()
        return [*([*layer.values()] for layer in self.layers), *(left[way] for way in sorted(hides))]


@dataclass(frozen=True)
class Joined:
    """Several tables as one sheet of numbers: the place of each set of units, and what is known of it."""

    sheet: Sheet
    places: Mapping[Members, int]
    small: Mapping[int, int]
    hidden: frozenset[int]
    known: frozenset[int]
    costs: tuple[float, ...]


def hide_cells(table: Table, earlier: Sequence[Shown] = ()) -> Shown | None:
    """The table with all hidden that must be, beside what left before; None where that cannot be done."""
    joined = join_tables(table, earlier)
    hidden = hide_small(
        joined.sheet, joined.small, hidden=joined.hidden, known=joined.known, costs=joined.costs
    )
    if hidden is None:
        return None
    places = joined.places
    return Shown(
        table,
        frozenset(key for key, units in table.members.items() if units and places[table.name(key)] in hidden),
    )


def join_tables(table: Table, earlier: Sequence[Shown]) -> Joined:
    """A new table and those before it as one sheet; cells that hold nobody are shown, and are not in it."""
    tables = [table, *(one.table for one in earlier)]
    names: dict[tuple[int, Key], Members] = {}
    places: dict[Members, int] = {}
    least: list[int] = []
    costs: list[float] = []
    for one in tables:
        for key, units in one.members.items():
            if not units:
                continue
            name = names[id(one), key] = one.name(key)
            if name not in places:
                places[name] = len(places)
                least.append(0)
                costs.append(0.0)
            at = places[name]
            least[at] = max(least[at], one.least(key))
            costs[at] = max(
                costs[at], len(units) * (_ALL if key == ALL else _MARGIN if TOTAL in key else 1.0)
            )
    sums = {
        (
            places[names[id(one), total]],
            tuple(sorted(places[names[id(one), part]] for part in parts if one.members[part])),
        )
        for one in tables
        for total, parts in one.sums
        if one.members[total]
    }
    known = {places[names[id(one.table), key]] for one in earlier for layer in one.layers for key in layer}
    small: dict[int, int] = {}
    for one in tables:
        for key in one.small:
            at = places[names[id(one), key]]
            if at not in known:  # what is outside already cannot be hidden any more
                small[at] = max(small.get(at, 0), one.spec.k)
    hidden = {places[names[id(one.table), key]] for one in earlier for key in one.hidden} - known
    values = [len(name) for name in places]
    proper = sorted((total, parts) for total, parts in sums if parts != (total,))
    return Joined(
        make_sheet(values, proper, least), places, small, frozenset(hidden), frozenset(known), tuple(costs)
    )


def count_isolated(new: Shown, old: Shown, k: int) -> int:
    """How many numbers of either, with what the other shows of them, leave a few by themselves."""
    told, before, people = new.told, old.told, {**old.table.people, **new.table.people}
    if new.table.spec.unit != old.table.spec.unit:
        told, before = (_list_people(layers, people) for layers in (told, before))
        known = frozenset[str]().union(*people.values())
        people = {one: frozenset([one]) for one in known}
    return sum(
        _isolates(units, layer, people, k)
        for one, other in ((told, before), (before, told))
        for cells in one
        for units in cells
        for layer in other
    )


def _list_people(layers: Iterable[Iterable[Members]], people: Mapping[str, Members]) -> list[list[Members]]:
    """The people of each cell, where anybody is recorded."""
    return [
        [
            found
            for units in layer
            if (found := frozenset[str]().union(*(people.get(one, ()) for one in units)))
        ]
        for layer in layers
    ]


def _isolates(units: Members, cells: Iterable[Members], people: Mapping[str, frozenset[str]], k: int) -> bool:
    """Whether all but a few of these stand in cells that hold nobody else."""
    within = frozenset[str]().union(*(cell for cell in cells if cell <= units))
    return bool(within) and is_few(units - within, people, k)
