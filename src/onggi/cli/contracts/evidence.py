"""Files in custody."""

from typing import Annotated, TypedDict

from onggi.cli.contracts.finding import FindingRow


class ItemRow(TypedDict):
    """A file that was sealed."""

    item: Annotated[str, "id of the item"]
    code: Annotated[str, "its code"]
    sha256: Annotated[str, "SHA-256 of the file, in hex"]
    length: Annotated[int, "bytes"]
    sha512: Annotated[str, "SHA-512 of the file, in hex"]
    metadata: Annotated[int, "how many entries the file had about itself, all of them recorded in identity"]
    findings: Annotated[list[FindingRow], "what should be known of it; none of it kept it from being sealed"]


class StrippedRow(TypedDict):
    """A copy without metadata that was made of an item and sealed."""

    original: Annotated[str, "id of the item it was made of"]
    item: Annotated[str, "id of the copy"]
    code: Annotated[str, "code of the copy"]
    media_type: Annotated[str, "its media type"]
    sha256: Annotated[str, "SHA-256 of the copy, in hex"]
    sha512: Annotated[str, "SHA-512 of the copy, in hex"]
    length: Annotated[int, "bytes"]
    findings: Annotated[list[FindingRow], "what else is not in the copy, or could not be taken out"]


class StepRow(TypedDict):
    """One step in the custody of an item."""

    what: Annotated[
        str, "a property (properties.md): code is the sealing, derived_from the making of one item of another"
    ]
    item: Annotated[str, "id of the item it is said of: this one, or one that was made of it"]
    text: Annotated[str, "the step in words, in the reader's language"]
    time: Annotated[str, "when it was signed, as its device's clock had it, ISO 8601, UTC"]
    slot: Annotated[int | None, "key slot of the member who signed it"]
    statement: Annotated[str, "id of the statement that says so"]
    commit: Annotated[str, "first 16 hex digits of the commit's hash"]


class CustodyRow(TypedDict):
    """The custody of an item: its steps, its gaps, and whether its bytes are those that were sealed."""

    item: Annotated[str, "its id"]
    code: Annotated[str | None, "its code"]
    closed: Annotated[bool, "whether identity is closed, in which all but the sealing stands"]
    whole: Annotated[bool | None, "whether the stored bytes are those that were sealed; null if closed"]
    sha256: Annotated[str | None, "SHA-256 of the stored bytes, computed now, in hex"]
    sha512: Annotated[str | None, "SHA-512 of the stored bytes, computed now, in hex"]
    length: Annotated[int | None, "stored bytes"]
    steps: Annotated[list[StepRow], "in the order in which they were signed"]
    gaps: Annotated[list[FindingRow], "what nobody said, and what does not fit"]
