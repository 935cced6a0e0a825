"""What reading a part of a name finds: classes of syllables with their chances, by system (§7).

Floor 1. Pure. Refused: nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

Found = tuple[str, float, str]  # class, chance of text and name together, spelling to show
Options = Mapping[str, Sequence[Found]]  # by system, the likeliest first
Guess = tuple[str, float]  # class, chance over all systems
Whole = tuple[tuple[str, str], float]  # classes of surname and given name, and the chance of both

_GUESSED = 12  # classes of a part that go on, where systems are not told apart

chance_of = itemgetter(1)


def sum_found(rows: Iterable[Found]) -> tuple[Found, ...]:
    """One row for each class, its chances summed, shown as its likeliest spelling; the likeliest first."""
    rows = tuple(rows)
    if len(rows) < 2:
        return rows
    totals: dict[str, Found] = {}
    best: dict[str, float] = {}
    for name, chance, shown in rows:
        known = totals.get(name)
        if known is None:
            totals[name], best[name] = (name, chance, shown), chance
        elif chance > best[name]:
            totals[name], best[name] = (name, known[1] + chance, shown), chance
        else:
            totals[name] = (name, known[1] + chance, known[2])
    return tuple(sorted(totals.values(), key=chance_of, reverse=True))


def sum_options(found: Mapping[str, Iterable[Found]]) -> Options:
    """Each system's rows summed; a system that reads nothing is left out."""
    return {id: rows for id, several in found.items() if (rows := sum_found(several))}


def merge_options(found: Sequence[Options]) -> Options:
    """What several cuts of one text found, as one."""
    if len(found) == 1:
        return found[0]
    merged: dict[str, list[Found]] = {}
    for options in found:
        for id, rows in options.items():
            merged.setdefault(id, []).extend(rows)
    return sum_options(merged)


def sum_systems(options: Options, shares: Mapping[str, float]) -> Sequence[Guess]:
    """The classes that any system finds, each system with its share."""
    totals: dict[str, float] = {}
    for id, rows in options.items():
        for name, chance, _ in rows[:_GUESSED]:
            totals[name] = totals.get(name, 0.0) + shares[id] * chance
    return tuple(sorted(totals.items(), key=chance_of, reverse=True)[:_GUESSED])
