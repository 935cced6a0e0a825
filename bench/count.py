"""Count: published tables met, effective samples a second, lists of known size, seconds. Prints tables.

`python bench/count.py [figures] [beside] [mixing] [known] [speed]`. The tables in bench/count are
published counts: Kosovo (Ball and others 2002), Korea (Ball, Shin and Yang 2018), the United Kingdom
(Bales, Hesketh and Silverman 2015, five lists); and, for lists of known size alone, the Netherlands (van
Dijk, van der Heijden and Kragten-Heerdink 2016), New Orleans (Bales, Murphy and Silverman 2020) and a
western region of the United States (Farrell and others 2019), each of five lists as in Chan, Silverman and
Vincent 2021. What they are held against was published, or measured with the authors' own programs (LCMCR
0.4.14, dga 2.0.2, MultipleSystemsEstimation 1.2.0); those are under the GPL and are run apart. Where R has
LCMCR and dga, they are run beside ours, on the same tables in the same run; elsewhere that is skipped, and
said.
"""

import sys
import time
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import numpy as np
from _beside import ask_r, find_r

from onggi.count.answer import Model
from onggi.count.cells import Cells, count_rows
from onggi.count.diagnostics import measure_mixing
from onggi.count.estimate import estimate
from onggi.count.graphs import average_graphs
from onggi.count.latent import draw_latent
from onggi.count.population import Population
from onggi.count.reading import read_cells
from onggi.count.selection import select_model
from onggi.count.threshold import draw_threshold

TABLES = Path(__file__).parent / "count"
ENDS = (0.5, 0.025, 0.975)
_SAMPLES = 5000  # of LCMCR, thinned by a hundred
# Median and 95 % interval, as published or as the authors' program gave them.
PUBLISHED = {
    "korea": {
        "latent_class": (137, 124, 205),
        "graphs": (163, 127, 499),
        "graphs 1/2": (151, 125, 253),
        "graphs 1": (148, 125, 207),
        "bayes_threshold": (153, 134, 201),
        "bic": (157, 128, 372),
    },
    "kosovo": {
        "latent_class": (10427, 9012, 14041),
        "graphs": (12595, 9827, 16544),
        "graphs 1/2": (11323, 4500, 14486),
        "graphs 1": (4617, 4408, 6860),
        "bayes_threshold": (13971, 12236, 16389),
        "bic": (14342, 12479, 16515),
    },
    "uk": {
        "latent_class": (22613, 15983, 34291),
        "graphs": (22990, 10387, 33510),
        "bayes_threshold": (12400, 11061, 14240),
        "bic": (22991, 11456, 43894),
    },
}

Ends = tuple[float, float, float]


def read_table(name: str) -> Cells:
    """A published table."""
    cells = read_cells((TABLES / f"{name}.csv").read_text("utf-8")).cells
    assert cells is not None
    return cells


def main() -> None:
    """Print what was asked for."""
    parts: dict[str, Callable[[], None]] = {
        "figures": tell_figures,
        "beside": tell_beside,
        "mixing": tell_mixing,
        "known": tell_known,
        "speed": tell_speed,
    }
    for part in sys.argv[1:] or parts:
        parts[part]()


# ------------------------------------------------------------------------------------------------- figures


def tell_figures() -> None:
    """Ours against what was published, and how far apart in percent."""
    print("\ntable    model             ours                      published                 apart, %")
    for name, models in PUBLISHED.items():
        cells = read_table(name)
        ours = dict(list_ours(cells))
        for model, published in models.items():
            apart = " ".join(
                f"{100 * (a / b - 1):+5.1f}" for a, b in zip(ours[model], published, strict=True)
            )
            print(f"{name:8} {model:16} {write_ends(ours[model]):25} {write_ends(published):25} {apart}")


def list_ours(cells: Cells) -> Iterator[tuple[str, Ends]]:
    """Median and 95 % interval of each model."""
    yield "latent_class", take_ends(draw_latent(cells, np.random.default_rng([1, 0]), enough=20_000).draws)
    for delta, name in ((None, "graphs"), (0.5, "graphs 1/2"), (1.0, "graphs 1")):
        averaged = average_graphs(cells, delta)
        middle, low, high = map(averaged.find_quantile, ENDS)
        yield name, (middle, low, high)
    yield "bayes_threshold", take_ends(draw_threshold(cells, np.random.default_rng([1, 2])).draws)
    chosen = select_model(cells, np.random.default_rng([1, 3]))
    assert chosen is not None
    yield "bic", (chosen.point, chosen.low, chosen.high)


def take_ends(draws: np.ndarray) -> Ends:
    """Median and 95 % interval of draws."""
    middle, low, high = np.quantile(draws, ENDS)
    return float(middle), float(low), float(high)


def write_ends(ends: Ends) -> str:
    """`137 [124, 205]`."""
    return f"{ends[0]:.0f} [{ends[1]:.0f}, {ends[2]:.0f}]"


# -------------------------------------------------------------------------------------------------- beside


def tell_beside() -> None:
    """Ours and the authors' own programs, one after the other on each table; seconds of processor."""
    program = find_r()
    if program is None:
        print("\nbeside: skipped, since R with LCMCR and dga is not here")
        return
    draw_latent(read_table("korea"), np.random.default_rng(0), longest=100)
    print(
        "\ntable    model             ours, ESS/s or s                    R, ESS/s or s            apart, %"
    )
    for name in PUBLISHED:
        cells = read_table(name)
        theirs = ask_r(program, TABLES / f"{name}.csv", 1, _SAMPLES)
        began = time.process_time()
        drawn = draw_latent(cells, np.random.default_rng([1, 0]), enough=20_000)
        pace = drawn.mixing.ess / (time.process_time() - began)
        mixing = measure_mixing(theirs.draws[None, :])
        tell_row(
            *(name, "latent_class", take_ends(drawn.draws), f"{pace:.0f}"),
            *(take_ends(theirs.draws), f"{mixing.ess / theirs.took:.0f}"),
        )
        for model, delta in (("graphs", None), ("graphs 1/2", 0.5), ("graphs 1", 1.0)):
            began = time.process_time()
            averaged = average_graphs(cells, delta)
            took = time.process_time() - began
            middle, low, high = map(averaged.find_quantile, ENDS)
            ends, seconds = theirs.graphs[model]
            tell_row(name, model, (middle, low, high), f"{took:.2f} s", ends, f"{seconds:.2f} s")


def tell_row(name: str, model: str, ours: Ends, pace: str, theirs: Ends, their_pace: str) -> None:
    """One model beside its reference."""
    apart = " ".join(f"{100 * (a / b - 1):+5.1f}" for a, b in zip(ours, theirs, strict=True))
    left = f"{name:8} {model:14} {write_ends(ours):>24} {pace:>8}"
    print(f"{left}   {write_ends(theirs):>24} {their_pace:>8}  {apart}", flush=True)


# -------------------------------------------------------------------------------------------------- mixing


def tell_mixing() -> None:
    """Effective samples for each second of processor time, one thread, everything compiled; warm-up
    counted."""
    draw_latent(read_table("korea"), np.random.default_rng(0), longest=100)
    print("\ntable    seed   R-hat      ESS   CPU s   ESS/s")
    for name in PUBLISHED:
        for seed in (1, 2, 3):
            began = time.process_time()
            drawn = draw_latent(read_table(name), np.random.default_rng(seed), longest=8000, enough=1e9)
            took = time.process_time() - began
            ess = drawn.mixing.ess
            print(f"{name:8} {seed:4} {drawn.mixing.rhat:7.4f} {ess:8.0f} {took:7.2f} {ess / took:7.0f}")


# --------------------------------------------------------------------------------------------------- known


def list_known() -> Iterator[tuple[str, Cells, int]]:
    """Each list of each table as a population, seen by the others."""
    for name in ("kosovo", "uk", "netherlands", "new_orleans", "western"):
        cells = read_table(name)
        for at in range(cells.width):
            yield f"{name} {cells.lists[at]}", cells.take_list(at), cells.sizes[at]


def tell_known() -> None:
    """Do 95 % intervals hold a size that is known? The envelope, and each model."""
    print(
        "\nlist            size  status       " + "".join(f"{model:>26}" for model in MODELS) + "   envelope"
    )
    tried = 0
    held = dict.fromkeys((*MODELS, "envelope"), 0)
    widths: dict[str, list[float]] = {model: [] for model in held}
    refused = 0
    for name, cells, size in list_known():
        answer = estimate(cells, Population(), 1, threads=2)
        refused += answer.status == "refused"
        row = f"{name:14} {size:6}  {answer.status:12}"
        if answer.envelope is None:
            print(row + "  " + ", ".join(finding.code for finding in answer.findings if finding.grave))
            continue
        tried += 1
        found: dict[str, Model] = {model.name: model for model in answer.models}
        for model in MODELS:
            one = found.get(model)
            if one is None or one.low is None or one.high is None:
                row += f"{'–':>26}"
                continue
            held[model] += one.low <= size <= one.high
            widths[model].append(log(one.high / one.low))
            row += f"{f'{one.median} [{one.low}, {one.high}]':>26}"
        low, high = answer.envelope
        held["envelope"] += low <= size <= high
        widths["envelope"].append(log(high / low))
        print(f"{row}   [{low}, {high}]", flush=True)
    print(f"\n{tried} tried, {refused} refused")
    for model, number in held.items():
        middle = np.exp(np.median(widths[model])) if widths[model] else float("nan")
        print(f"{model:16} holds the size in {number} of {tried}; median of high / low {middle:.2f}")


MODELS = ("latent_class", "graphs", "bayes_threshold", "bic")


# --------------------------------------------------------------------------------------------------- speed


def tell_speed() -> None:
    """Seconds of the clock and of the processor for a whole answer, and for the graphs alone."""
    print("\ntable        lists   people  clock s   CPU s   graphs, CPU s")
    for name, cells in list_sizes():
        began, worked = time.perf_counter(), time.process_time()
        estimate(cells, Population(), 1, threads=2)
        clock, processor = time.perf_counter() - began, time.process_time() - worked
        worked = time.process_time()
        if cells.width <= 6:
            average_graphs(cells)
        graphs = time.process_time() - worked
        print(
            f"{name:12} {cells.width:5} {cells.people:8} {clock:8.1f} {processor:7.1f} {graphs:8.2f}",
            flush=True,
        )


def draw_people(size: int, chances: tuple[tuple[float, ...], tuple[float, ...]], seed: int) -> Cells:
    """Invented people; three in ten are of the first class."""
    dice = np.random.default_rng(seed)
    odds = np.where(dice.random((size, 1)) < 0.3, chances[0], chances[1])
    return count_rows("abcdefgh"[: len(chances[0])], (dice.random(odds.shape) < odds).astype(np.int64))


def list_sizes() -> Iterator[tuple[str, Cells]]:
    """The published tables, and invented ones of six and of eight lists, and of 200,000 people."""
    for name in PUBLISHED:
        yield name, read_table(name)
    six = ((0.3, 0.2, 0.3, 0.4, 0.2, 0.3), (0.08, 0.1, 0.05, 0.07, 0.1, 0.05))
    yield "six lists", draw_people(4000, six, 3)
    yield "200,000", draw_people(480_000, six, 3)
    eight = ((0.15, 0.04, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1), (0.02, 0.02, 0.05, 0.02, 0.05, 0.02, 0.02, 0.02))
    yield "eight sparse", draw_people(4000, eight, 3)


if __name__ == "__main__":
    main()
