"""One chain of the latent-class model in machine code (latent.py says which model, and why these moves).

Pure; the dice are handed in. A state is a row of `classes * lists` log-odds of being on a list, followed by
`classes - 1` log-odds of the sticks. Patterns stand in `marks` (patterns × lists, 0.0 or 1.0; the last one is
that of nobody's list) and in `turned`, the same the other way round. Everything is float64.

One round is a sweep of Gibbs (§3 of Manrique-Vallier 2016, on counts of patterns, not on people), two swaps
of the labels of each two neighbouring classes (Papaspiliopoulos and Roberts 2008, §3.4; Hastie,
Liverani and Richardson 2015, §3), and one Hamiltonian
orbit in which classes, the unseen and the concentration are summed or integrated out (Neal 2011, §3).
"""

import math
from typing import Any

import numpy as np

from onggi.count.cells import Reals
from onggi.count.compiled import compile_function

FURTHEST = 30.0  # log-odds; beyond that nothing changes any more
_LONGEST = 64  # leaps of one orbit
_WANTED = 0.8  # share of orbits that are taken while the step is tuned (Hoffman and Gelman 2014, §3.2)
_LARGEST_UNSEEN = 1.0 - 1e-9

# Places of a tuning: log of the step, its average, the drift, how many orbits it saw, the log it is drawn to.
STEP, AVERAGE, DRIFT, SEEN, GOAL = range(5)


@compile_function
def weigh_state(
    state: Reals,
    marks: Reals,
    turned: Reals,
    counts: Reals,
    people: float,
    classes: int,
    shape: float,
    rate: float,
    slope: Reals,
    shares: Reals,
    mixed: Reals,
    chances: Reals,
    sums: Reals,
    pull: Reals,
) -> float:
    """The log of the posterior, with everything that can be integrated out; its gradient goes into `slope`.

    `mixed` (classes × patterns) and `sums` (patterns) receive the chances of the patterns.
    """
    patterns, lists = marks.shape
    first_stick = classes * lists
    rest = 0.0
    score = 0.0
    for k in range(classes - 1):
        z = state[first_stick + k]
        soft = math.log1p(math.exp(-abs(z))) + max(z, 0.0)  # minus the log of what the stick leaves
        shares[k] = math.exp(rest + z - soft)
        rest -= soft
        score += z - soft
    shares[classes - 1] = math.exp(rest)
    score -= (shape + classes - 1) * math.log(rate - rest)
    for i in range(patterns):
        sums[i] = 0.0
    for k in range(classes):
        product = 1.0
        for i in range(patterns):
            mixed[k, i] = shares[k]
        for j in range(lists):
            z = state[k * lists + j]
            e = math.exp(-abs(z))
            d = 1.0 / (1.0 + e)
            product *= e * d * d
            on = d if z >= 0 else e * d
            off = e * d if z >= 0 else d
            chances[k, j] = on
            for i in range(patterns):
                mixed[k, i] *= off + (on - off) * turned[j, i]
        score += math.log(max(product, 1e-300))
        for i in range(patterns):
            sums[i] += mixed[k, i]
    last = patterns - 1
    for i in range(last):
        sums[i] = max(sums[i], 1e-300)
        score += counts[i] * math.log(sums[i])
        pull[i] = counts[i] / sums[i]
    unseen = min(sums[last], _LARGEST_UNSEEN)
    sums[last] = unseen
    score -= people * math.log1p(-unseen)
    pull[last] = people / (1.0 - unseen)
    for k in range(classes):
        total = 0.0
        for j in range(lists):
            slope[k * lists + j] = 0.0
        for i in range(patterns):
            f = mixed[k, i] * pull[i]
            total += f
            for j in range(lists):
                slope[k * lists + j] += f * marks[i, j]
        for j in range(lists):
            slope[k * lists + j] += 1.0 - (2.0 + total) * chances[k, j]
        shares[k] = total
    tail = shares[classes - 1]
    for k in range(classes - 2, -1, -1):
        z = state[first_stick + k]
        e = math.exp(-abs(z))
        stick = 1.0 / (1.0 + e) if z >= 0 else e / (1.0 + e)
        drawn = (shape + classes - 1) / (rate - rest)
        slope[first_stick + k] = (shares[k] + 1.0) * (1.0 - stick) - (tail + drawn) * stick
        tail += shares[k]
    return score


@compile_function
def draw_odds(dice: Any, one: float, other: float) -> float:
    """The log-odds of a beta variate, also where both numbers are so small that it would be 0 or 1."""
    above = math.log(dice.standard_gamma(one + 1.0)) + math.log(1.0 - dice.random()) / one
    below = math.log(dice.standard_gamma(other + 1.0)) + math.log(1.0 - dice.random()) / other
    return min(FURTHEST, max(-FURTHEST, above - below))


@compile_function
def soften(z: float) -> float:
    """log(1 + e**z)."""
    return math.log1p(math.exp(-abs(z))) + max(z, 0.0)


@compile_function
def sweep_state(
    dice: Any,
    state: Reals,
    marks: Reals,
    counts: Reals,
    people: float,
    classes: int,
    shape: float,
    rate: float,
    mixed: Reals,
    sums: Reals,
    held: Reals,
    listed: Reals,
) -> None:
    """Draw who is unseen, which class each is of, the concentration, the sticks and the chances, in turn."""
    patterns, lists = marks.shape
    first_stick = classes * lists
    for k in range(classes):
        held[k] = 0.0
        for j in range(lists):
            listed[k, j] = 0.0
    for i in range(patterns):
        left = counts[i] if i < patterns - 1 else float(dice.negative_binomial(people, 1.0 - sums[i]))
        rest = sums[i]
        for k in range(classes):
            if left <= 0.0:
                break
            if k == classes - 1 or mixed[k, i] >= rest:
                taken = left
            else:
                taken = float(dice.binomial(int(left), mixed[k, i] / rest))
            rest -= mixed[k, i]
            left -= taken
            held[k] += taken
            for j in range(lists):
                listed[k, j] += taken * marks[i, j]
    length = 0.0
    for k in range(classes - 1):
        length += soften(state[first_stick + k])
    concentration = dice.standard_gamma(shape + classes - 1) / (rate + length)
    swap_labels(dice, state, classes, lists, held, listed)
    tail = 0.0
    for k in range(classes - 1, -1, -1):
        if k < classes - 1:
            state[first_stick + k] = draw_odds(dice, 1.0 + held[k], concentration + tail)
        tail += held[k]
        for j in range(lists):
            state[k * lists + j] = draw_odds(dice, 1.0 + listed[k, j], 1.0 + held[k] - listed[k, j])


@compile_function
def swap_labels(dice: Any, state: Reals, classes: int, lists: int, held: Reals, listed: Reals) -> None:
    """Exchange neighbouring classes, in two ways.

    With their sticks: an empty class moves behind a full one. With their shares, which leaves the likelihood
    and the prior as they are but for the factor by which the sticks are stretched, (1 - a) / (1 - (1 - a) b)
    for sticks a and b: a small class and a large one change places, which nothing else could make them do.
    """
    first_stick = classes * lists
    for k in range(classes - 2):
        for shares_too in range(2):
            here, there = state[first_stick + k], state[first_stick + k + 1]
            leaves, next_leaves = soften(here), soften(there)
            if shares_too == 0:
                gain = leaves * held[k + 1] - next_leaves * held[k]
                new_here, new_there = there, here
            else:
                taken = math.exp(-leaves + there - next_leaves)  # (1 - a) b
                kept = math.exp(here - leaves) + math.exp(-leaves - next_leaves)  # the rest of 1, exactly
                gain = -leaves - math.log(kept)
                new_here = min(FURTHEST, max(-FURTHEST, math.log(max(taken, 1e-300)) - math.log(kept)))
                new_there = min(FURTHEST, here + next_leaves)
            if math.log(1.0 - dice.random()) >= gain:
                continue
            held[k], held[k + 1] = held[k + 1], held[k]
            for j in range(lists):
                listed[k, j], listed[k + 1, j] = listed[k + 1, j], listed[k, j]
            state[first_stick + k] = new_here
            state[first_stick + k + 1] = new_there


@compile_function
def run_chain(
    dice: Any,
    state: Reals,
    tuning: Reals,
    marks: Reals,
    counts: Reals,
    classes: int,
    shape: float,
    rate: float,
    length: float,
    tunes: bool,
    unseen: Reals,
) -> float:
    """As many rounds as `unseen` has places; it receives draws of those who were not seen.

    `state` goes on from where it is and is left where it ends. Where it `tunes`, the step is fitted to the
    share of orbits that are taken. Returns that share.
    """
    patterns, lists = marks.shape
    size = state.size
    people = counts.sum()
    turned = np.ascontiguousarray(marks.T)
    slope, tried_slope, tried, push = np.empty(size), np.empty(size), np.empty(size), np.empty(size)
    shares, mixed = np.empty(classes), np.empty((classes, patterns))
    chances, sums, pull = np.empty((classes, lists)), np.empty(patterns), np.empty(patterns)
    held, listed = np.empty(classes), np.empty((classes, lists))
    taken = 0.0
    for turn in range(unseen.size):
        weigh_state(
            state, marks, turned, counts, people, classes, shape, rate,
            slope, shares, mixed, chances, sums, pull,
        )  # fmt: skip
        sweep_state(dice, state, marks, counts, people, classes, shape, rate, mixed, sums, held, listed)
        score = weigh_state(
            state, marks, turned, counts, people, classes, shape, rate,
            slope, shares, mixed, chances, sums, pull,
        )  # fmt: skip
        hidden = sums[patterns - 1]
        step = math.exp(tuning[STEP] if tunes else tuning[AVERAGE]) * (0.5 + 0.7 * dice.random())
        energy = score
        for d in range(size):
            push[d] = dice.standard_normal()
            energy -= 0.5 * push[d] * push[d]
            tried[d] = state[d]
            tried_slope[d] = slope[d]
        leaps = 1 + min(_LONGEST, int(length * dice.random() / step))
        tried_score = score
        for _ in range(leaps):
            for d in range(size):
                push[d] += 0.5 * step * tried_slope[d]
                tried[d] += step * push[d]
            tried_score = weigh_state(
                tried, marks, turned, counts, people, classes, shape, rate,
                tried_slope, shares, mixed, chances, sums, pull,
            )  # fmt: skip
            for d in range(size):
                push[d] += 0.5 * step * tried_slope[d]
            if not tried_score > score - 1000.0:
                break
        change = tried_score - energy
        for d in range(size):
            change -= 0.5 * push[d] * push[d]
        accepted = math.exp(min(0.0, change)) if tried_score > score - 1000.0 else 0.0
        taken += accepted
        if dice.random() < accepted:
            hidden = sums[patterns - 1]
            for d in range(size):
                state[d] = tried[d]
        if tunes:
            tuning[SEEN] += 1.0
            tuning[DRIFT] += (_WANTED - accepted - tuning[DRIFT]) / (tuning[SEEN] + 10.0)
            tuning[STEP] = tuning[GOAL] - 20.0 * math.sqrt(tuning[SEEN]) * tuning[DRIFT]
            weight = tuning[SEEN] ** -0.75
            tuning[AVERAGE] += weight * (tuning[STEP] - tuning[AVERAGE])
        unseen[turn] = float(dice.negative_binomial(people, 1.0 - hidden))
    return taken / unseen.size
