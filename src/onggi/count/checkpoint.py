"""What the stages of a long run gave, so that one that was cut short goes on from where it stood.

Pure; whoever runs it keeps the bytes. They hold numbers and the names of our own models, never a list, a
pattern or anything of a person; a hash binds them to the table, to what was declared, the seed and the
version. A stage whose dice are its own gives the same whether it is made or read, so the answer is the same.
Refused: bytes of another run.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from onggi.count.listed import Listed
from onggi.count.population import Population

_FORM = "count 1"

Save = Callable[[bytes], bool]
"""Keeps bytes in place of those before; whether it could."""


class Kept:
    """The stages of one run that are done."""

    def __init__(self, run: str = "", save: Save | None = None) -> None:
        self.run = run
        self._save = save
        self._stages: dict[str, Any] = {}
        self.done = 0  # stages that lie where they are kept

    def read(self, data: bytes) -> bool:
        """Take what an earlier run kept; whether it was this one."""
        try:
            found = json.loads(data)
            same = (found["form"], found["run"]) == (_FORM, self.run) and isinstance(found["stages"], dict)
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
        if same:
            self._stages = found["stages"]
            self.done = len(self._stages)
        return same

    def ask(self, stage: str, work: Callable[[], Any]) -> Any:
        """What a stage gave (numbers, and lists of them): as it was kept, or made now."""
        if stage not in self._stages:
            self._stages[stage] = work()
            if self._save is not None:
                kept = {"form": _FORM, "run": self.run, "stages": self._stages}
                if self._save(json.dumps(kept).encode()):
                    self.done = len(self._stages)
        return self._stages[stage]


def name_run(listed: Listed, population: Population, seed: int, version: str) -> str:
    """SHA-256, in hex, of all that decides an answer."""
    declared = [sorted(one) if isinstance(one, frozenset) else one for one in vars(population).values()]
    return sha256(repr((listed.cells, listed.replicates, declared, seed, version)).encode()).hexdigest()
