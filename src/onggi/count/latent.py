"""How many there are if people are of a few unknown kinds, each with chances of its own to be on each list.

Pure; dice are handed in. Source: Manrique-Vallier (2016), "Bayesian population size estimation using
Dirichlet process mixtures", Biometrics 72(4). Within a class the lists are independent; the shares of the
classes are broken off a stick (Sethuraman 1994), at most `classes` of them; the concentration has a gamma
prior with shape and rate 0.25; the chances are uniform; the prior of N is 1 / N.

What is our own is how it is drawn. The likelihood needs the counts of patterns only, so no move depends on
how many people there are. Given shares and chances, the unseen are negative binomial and everyone's class can
be summed out; the concentration integrates to a closed form. What remains is smooth, and Hamiltonian orbits
cross it far faster than Gibbs sweeps, which move the unseen a few at a time; a sweep in each round lets empty
classes and labels move, where orbits are stiff. Chains run until they have mixed (diagnostics.py), or for as
long as `_WORK` allows; the answer is the same on any number of threads, as each chain has its own dice.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import numpy as np

from onggi.count.cells import Cells, Reals
from onggi.count.diagnostics import Mixing, measure_mixing
from onggi.count.latent_moves import AVERAGE, GOAL, STEP, run_chain

CHAINS = 4
CLASSES = 10
SHAPE = RATE = 0.25
LONGEST = 40_000  # rounds of each chain at most; fewer where each takes long

_WORK = 6_000_000  # rounds × patterns × classes of one chain

_WARM = (500, 700)  # rounds: to get there, and to tune the step there
_FIRST = 2000
_SLICE = 250  # rounds between two looks whether somebody interrupted
_LENGTH = 4.0  # of an orbit at most
_ENOUGH = 4000  # effective samples after which no more are drawn
_ALIKE = 1.005  # and R-hat below which

Told = Callable[[int, int], None]


@dataclass
class _Chain:
    """One chain where it stands."""

    dice: np.random.Generator
    state: Reals
    tuning: Reals
    draws: list[Reals] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Chains × draws of N, and how they mixed."""

    draws: Reals
    mixing: Mixing


def draw_latent(
    cells: Cells,
    dice: np.random.Generator,
    *,
    classes: int = CLASSES,
    threads: int = 1,
    enough: float = _ENOUGH,
    alike: float = _ALIKE,
    longest: int | None = None,
    told: Told | None = None,
) -> Drawn:
    """Draws of N. `told` hears how many rounds of how many at most were done, between batches."""
    marks = np.vstack([cells.marks, np.zeros((1, cells.width))]).astype(float)
    counts = np.array([*cells.counts, 0], dtype=float)
    most = longest or int(np.clip(_WORK / (len(counts) * classes), 2 * _FIRST, LONGEST))
    chains = [_start_chain(own, cells.width, classes) for own in dice.spawn(CHAINS)]

    halted = Event()

    def go_on(chain: _Chain, rounds: int, tunes: bool = False) -> None:
        for begins in range(0, rounds, _SLICE):
            if halted.is_set():
                return
            unseen = np.empty(min(_SLICE, rounds - begins))
            own = chain.dice, chain.state, chain.tuning
            run_chain(*own, marks, counts, classes, SHAPE, RATE, _LENGTH, tunes, unseen)
            chain.draws.append(unseen)

    def warm_up(chain: _Chain) -> None:
        go_on(chain, _WARM[0], True)
        chain.tuning[:] = _begin_tuning(np.log(0.05), np.log(0.2))
        go_on(chain, _WARM[1], True)
        chain.draws.clear()

    with ThreadPoolExecutor(threads) as pool:
        try:
            list(pool.map(warm_up, chains))
            done, rounds = 0, min(_FIRST, most)
            while True:
                list(pool.map(go_on, chains, [rounds] * CHAINS))
                done += rounds
                draws = cells.people + np.array([np.concatenate(chain.draws) for chain in chains])
                mixing = measure_mixing(draws)
                if told is not None:
                    told(done, most)
                if done >= most or (mixing.rhat <= alike and mixing.ess >= enough):
                    return Drawn(draws, mixing)
                rounds = min(max(done // 2, _FIRST), most - done)
        finally:
            halted.set()  # whoever interrupts does not wait for the chains to finish


def _start_chain(dice: np.random.Generator, lists: int, classes: int) -> _Chain:
    size = classes * lists + classes - 1
    return _Chain(dice, dice.normal(size=size), _begin_tuning(np.log(0.02), np.log(0.2)))


def _begin_tuning(step: float, goal: float) -> Reals:
    tuning = np.zeros(5)
    tuning[STEP] = tuning[AVERAGE] = step
    tuning[GOAL] = goal
    return tuning
