"""LCMCR and dga asked for the same table, each in a process of R; both are under the GPL and only run apart.

R and the two packages are looked for (`R_LIBS` is heard); where they are not, nothing is asked.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SCRIPT = Path(__file__).parent / "count" / "beside.R"
_THERE = "quit(status = !all(sapply(c('LCMCR', 'dga'), requireNamespace, quietly = TRUE)))"

Ends = tuple[float, float, float]


@dataclass(frozen=True)
class Beside:
    """The draws of LCMCR with their seconds of processor, and median and 95 % ends of dga for each delta."""

    draws: np.ndarray
    took: float
    graphs: dict[str, tuple[Ends, float]]


def find_r() -> str | None:
    """The program, where both packages are there too."""
    program = shutil.which("Rscript")
    there = program and subprocess.run([program, "-e", _THERE], capture_output=True).returncode == 0
    return program if there else None


def ask_r(program: str, table: Path, seed: int, samples: int) -> Beside:
    """What both say: ten classes, a = b = 0.25, thinned by 100; delta 2^-lists, 1/2 and 1."""
    said = subprocess.run(
        [program, str(SCRIPT), str(table), str(seed), str(samples)],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(",") for line in said.stdout.splitlines()]
    ((_, took, *draws),) = [row for row in rows if row[0] == "latent_class"]
    names = ("graphs", "graphs 1/2", "graphs 1")
    averaged = [row for row in rows if row[0] == "graphs"]
    graphs = {
        name: ((float(middle), float(low), float(high)), float(seconds))
        for name, (_, seconds, _, middle, low, high) in zip(names, averaged, strict=True)
    }
    return Beside(np.array(draws, float), float(took), graphs)
