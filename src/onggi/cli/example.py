"""The example vault, with the dice and the clock of a command."""

from pathlib import Path

from onggi.cli.opening import randomness, read_clock
from onggi.intake import example
from onggi.ledger.ledger import Clock


def make_example(folder: Path, clock: Clock | None = None) -> example.Example:
    """Make it at `folder`, its passphrases in files beside it that only their owner reads.

    It is recorded when `clock` says; now, where there is none.
    """
    return example.make_example(folder, randomness, clock or read_clock)
