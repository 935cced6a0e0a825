"""What somebody did in this session: what she found, saw, was refused, verified. The vault keeps none of it.

In memory and nowhere else, for the guide alone; it ends with the process. Refused: what was typed.
"""


class Walked:
    """Steps, each of a case; and whether the guide is followed, so that pages tell the next one."""

    def __init__(self) -> None:
        self.following = False
        self._steps: set[tuple[str, str]] = set()

    def mark(self, step: str, case: str) -> None:
        """Remember that a step was done."""
        self._steps.add((step, case))

    def holds(self, step: str, case: str) -> bool:
        """Whether a step was done in this session."""
        return (step, case) in self._steps
