"""What stands against something, and what stopped the work."""

from typing import Annotated, TypedDict


class Problem(TypedDict):
    """Something that stopped the work. The exit code says of which kind it is (exits.md)."""

    error: Annotated[str, "an id of findings.md"]
    message: Annotated[str, "what happened and what was not done, in the reader's language"]
    hint: Annotated[str, "what to do next; may be empty"]


class FindingRow(TypedDict):
    """One thing that was found while checking."""

    code: Annotated[str, "an id of findings.md"]
    where: Annotated[
        str, "a place: a line of the input, a file of the vault or the bag, log:number of a commit"
    ]
    what: Annotated[str, "what was found, in the reader's language"]
    meaning: Annotated[str, "what it means and what to do; may be empty"]
