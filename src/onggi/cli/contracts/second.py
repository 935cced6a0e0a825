"""What waits for somebody: a second member, or screening."""

from typing import Annotated, TypedDict


class WaitingRow(TypedDict):
    """A decision that waits for a second member."""

    statement: Annotated[str, "its id"]
    case: Annotated[str, "id of the case"]
    entity: Annotated[str, "id of what it is about"]
    code: Annotated[str | None, "code of what it is about"]
    property: Annotated[str, "what kind of decision (properties.md)"]
    sentence: Annotated[str, "all of it as one sentence, in the reader's language"]
    reasons: Annotated[list[str], "the reasons that were given with it"]
    yours: Annotated[bool, "whether you recorded it yourself, so that another member must sign"]


class UnscreenedRow(TypedDict):
    """A statement of the record that waits to be screened for names."""

    statement: Annotated[str, "its id"]
    case: Annotated[str, "id of the case"]
    entity: Annotated[str, "id of what it is about"]
    code: Annotated[str | None, "code of what it is about"]
    property: Annotated[str, "what is said (properties.md)"]
    sentence: Annotated[str, "all of it as one sentence, in the reader's language"]
    text: Annotated[int | None, "in which of its texts, from 1, a name stands that you may see"]
    first: Annotated[int | None, "at which character of that text, from 1, it begins"]
    last: Annotated[int | None, "with which character it ends"]
    held_back: Annotated[list[str], "ids of the members who held it back"]


class Seconded(TypedDict):
    """A decision that was signed by a second member."""

    statement: Annotated[str, "id of the decision"]
    case: Annotated[str, "id of its case"]


class Screened(TypedDict):
    """What was looked through for names."""

    screened: Annotated[list[str], "ids of the statements that are screened from now on"]
    standing: Annotated[list[UnscreenedRow], "those that still wait: with a name, or held back"]


class HeldBack(TypedDict):
    """What was held back."""

    held_back: Annotated[list[str], "ids of the statements that you hold back from now on"]
