"""How we say that something is wrong: one exception, one finding, one table of exit codes.

Floor 0. An error carries an id and plain values (numbers, places in our own formats), never a name,
a path of a source or content of a statement: what is raised may end up on a screen that others see.
The sentence is looked up in `words` by the face that shows it: `<id>` says what happened and what
was not done, `<id>.hint` what to do next.

Checking many things returns findings; exceptions are for "cannot continue".
"""

import traceback
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

_HOUSE = Path(__file__).parent


class Exit(IntEnum):
    """What a command ends with; published in docs/reference/exits.md."""

    WELL = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    LOCKED = 10
    ABSENT = 11
    CLOSED = 12
    INTERRUPTED = 130


class OnggiError(Exception):
    """Something that stops the work: an id of the catalogue, its values, and the code to exit with."""

    def __init__(self, id: str, *, exit_code: Exit = Exit.CLOSED, **values: str | int) -> None:
        super().__init__(id)
        self.id = id
        self.values = values
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found while checking: `code` is an id of the catalogue, `where` a place in our own formats.

    `grave` findings mean that something is not as it must be; the others are told and change nothing.
    """

    code: str
    where: str
    values: dict[str, str | int] = field(default_factory=dict)
    grave: bool = True


def find_place(error: BaseException) -> str:
    """The kind of a fault and the line of our own code it came from: where, not what."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_HOUSE)]
    where = f"{Path(ours[-1].filename).stem}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} {where}"
