"""What came of a count, as its page shows it: of the record or of a table. Plain data."""

from dataclasses import dataclass

from onggi.count.answer import Answer

KEPT = "numbers"
"""As what it lies among the orders of a session."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered, by which seed; the id of the estimate that was recorded, empty for a refusal and for
    a table; how many parts an earlier count had done of it, or whether one that was cut short was of
    something else; and of a table the id under which it is shown."""

    answer: Answer
    seed: int
    estimate: str = ""
    done: int = 0
    anew: bool = False
    table: str = ""
