"""What waits for somebody: one line of a task list. Pure data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """What it is, where it is done, what helps to choose, and a tag that says how it stands.

    `href` is empty where no page does it.
    """

    title: str
    href: str
    hint: str = ""
    tag: str = ""
    kind: str = ""
