"""Which numbers of a table are hidden beside the small ones, so that no sum gives a small one away.

Pure. For each small number the cheapest set of others is looked for that lets it be as small as the rules
allow and as large as 2k without any sum changing (a flow of least cost: Kelly, Golden and Assad 1992; what it
runs through is hidden). Then the attacker is asked about every small number, and what turns out not to be
needed is shown again. Refused: a table that cannot be hidden well enough.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import hstack

from onggi.count.attack import Sheet, is_open

_MOST_TRIES = 300  # questions to the attacker that are spent on showing more
_NEAR = 1e-6
_FREE = 1e-3  # hidden already: nearly free, but the shorter way round is taken


def hide_small(
    sheet: Sheet,
    small: Mapping[int, int],
    *,
    hidden: Iterable[int],
    known: Iterable[int],
    costs: Sequence[float],
) -> frozenset[int] | None:
    """What is hidden: `small`, what was `hidden` before, and what it takes; None where nothing is enough.

    `small` are the places of the small numbers, each with its k. What is `known` from elsewhere cannot be
    hidden any more. `costs` (n,) say what each number is worth.
    """
    fixed, must = frozenset(known), frozenset(small)
    if must & fixed:
        return None
    kept = frozenset(hidden) | must
    found = kept - fixed
    worth = np.array(costs)
    for at in sorted(must, key=lambda one: (-sheet.values[one], one)):
        if not is_open(sheet, found, at, small[at]):
            wider = _widen(sheet, found, at, small[at], worth, fixed)
            if wider is None:
                return None
            found = wider
    if not all(is_open(sheet, found, at, small[at]) for at in must):
        return None
    return _show_again(sheet, found, kept - fixed, small, worth)


def _widen(
    sheet: Sheet, hidden: frozenset[int], at: int, k: int, worth: Any, fixed: frozenset[int]
) -> frozenset[int] | None:
    """These, and what must be hidden for the number at a place to be free to move both ways."""
    none = np.zeros(len(sheet.values))
    value, floor = float(sheet.values[at]), float(sheet.least[at])
    moves = [
        (max(2.0 * k - value, 0.0), sheet.least),
        (min(floor - value, 0.0), sheet.least),
        (-value, none),
    ]
    found = hidden
    for move, least in moves:
        wider = _flow(sheet, found, at, move, least, worth, fixed) if move else found
        if wider is None:
            return None
        found = wider
    return found


def _flow(
    sheet: Sheet,
    hidden: frozenset[int],
    at: int,
    move: float,
    least: Any,
    worth: Any,
    fixed: frozenset[int],
) -> frozenset[int] | None:
    """The cheapest change of the whole table in which one number moves by so much and every sum holds."""
    count = len(sheet.values)
    cost = np.where([one in hidden for one in range(count)], _FREE, worth)
    # What is nothing is shown and known to be nothing; what is known from elsewhere does not move either.
    stuck = np.array([one in fixed or sheet.values[one] == 0 for one in range(count)])
    room = np.where(stuck, 0.0, np.maximum(sheet.values - least, 0.0))
    rise = [(0.0, 0.0 if still else None) for still in stuck]
    fall = [(0.0, float(most)) for most in room]
    rise[at] = (max(move, 0.0), max(move, 0.0))
    fall[at] = (max(-move, 0.0), max(-move, 0.0))
    done = linprog(
        np.concatenate([cost, cost]),
        A_eq=hstack([sheet.sums, -sheet.sums]).tocsr(),
        b_eq=np.zeros(sheet.sums.shape[0]),
        bounds=[*rise, *fall],
        method="highs",
    )
    if done.status != 0:
        return None
    moved = np.flatnonzero(done.x[:count] + done.x[count:] > _NEAR)
    return hidden | {int(one) for one in moved}


def _show_again(
    sheet: Sheet, hidden: frozenset[int], kept: frozenset[int], small: Mapping[int, int], worth: Any
) -> frozenset[int]:
    """Without what is not needed, the most worthy first; bounded by questions asked, not by time."""
    tries = _MOST_TRIES
    for at in sorted(hidden - kept, key=lambda one: (-worth[one], one)):
        fewer = hidden - {at}
        tries -= len(small)
        if tries < 0:
            break
        if all(is_open(sheet, fewer, one, k) for one, k in small.items()):
            hidden = fewer
    return hidden
