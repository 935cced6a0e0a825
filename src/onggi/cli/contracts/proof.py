"""What a check of a vault or of a bag found."""

from typing import Annotated, NotRequired, TypedDict

from onggi.cli.contracts.finding import FindingRow


class CheckRow(TypedDict):
    """A step of the check of a bag."""

    step: Annotated[str, "bag, keys, anchors, timestamps, publication or provenance"]
    ok: Annotated[bool, "whether nothing was found in it"]


class StampRow(TypedDict):
    """A timestamp that is right. Whether its authority is to be trusted is not said."""

    anchor: Annotated[int, "number of the anchor it is over"]
    time: Annotated[str, "the time it names, in UTC"]
    authority: Annotated[str, "the name in the authority's certificate"]
    certificate: Annotated[str, "SHA-256 of that certificate, in hex"]
    root: Annotated[str, "SHA-256 of the root it was tried with, in hex"]


class CutRow(TypedDict):
    """What was cut before something was shown."""

    how: Annotated[str, "withheld, coarsened or pseudonymised"]
    reason: Annotated[str, "its reason class, a word of whoever made the bag"]
    count: Annotated[int, "how many"]


class Verified(TypedDict):
    """What a check found."""

    ok: Annotated[bool, "whether everything that could be checked is as it must be"]
    findings: Annotated[list[FindingRow], "what is not; and what should be known but is well"]
    counts: Annotated[dict[str, int], "how much was looked at, by kind"]
    fingerprint: NotRequired[Annotated[str, "of a bag: the fingerprint of its keys, in hex"]]
    steps: NotRequired[Annotated[list[CheckRow], "of a bag: the steps that were made"]]
    timestamps: NotRequired[Annotated[list[StampRow], "of a bag: the timestamps that are right"]]
    cuts: NotRequired[Annotated[list[CutRow], "of a bag: what was cut, by how and why"]]


class Proved(TypedDict):
    """A bag that was written."""

    bag: Annotated[str, "its folder, as it was given"]
    statement: Annotated[str, "id of the statement that it proves"]
    fingerprint: Annotated[str, "fingerprint of its keys, in hex"]
