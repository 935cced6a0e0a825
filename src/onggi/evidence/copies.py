"""A copy that was made of an original without touching it, as plain data. Pure; refused: nothing."""

from msgspec import Struct


class Copy(Struct, frozen=True):
    """What was made: its media type, with which tool and version, and its bytes.

    `found` are ids of findings: what is not in the copy that was in the original, besides what it says of
    itself.
    """

    media_type: str
    tool: str
    found: tuple[str, ...] = ()
    content: bytes = b""
