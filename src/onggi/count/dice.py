"""Dice for whatever is drawn in an estimate. Pure. Refused: nothing."""

import numpy as np


def roll_dice(seed: int, *which: int) -> np.random.Generator:
    """Dice of its own for each use, so that no model's draws depend on another's."""
    return np.random.default_rng([seed, *which])
