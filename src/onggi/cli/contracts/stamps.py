"""Since when the record stands, as others say it."""

from typing import Annotated, TypedDict

from onggi.cli.contracts.finding import FindingRow


class TokenRow(TypedDict):
    """A time stamp that is kept."""

    token: Annotated[str, "its id"]
    anchor: Annotated[str, "SHA-256 of the anchor file that it stamps, in hex"]
    renews: Annotated[str | None, "id of the token that it renews; null where it stamps the anchor itself"]
    valid: Annotated[bool, "whether it counts, if one trusts the authority"]
    time: Annotated[str | None, "its time, ISO 8601, UTC; null where it cannot be read, as all below"]
    authority: Annotated[str | None, "whose certificate signed"]
    fingerprint: Annotated[str | None, "SHA-256 of that certificate, in hex"]
    root: Annotated[str | None, "whose certificate is the end of its chain"]
    root_fingerprint: Annotated[str | None, "SHA-256 of that certificate, in hex"]
    complete: Annotated[bool | None, "whether the chain ends in a root"]
    listed: Annotated[bool | None, "whether a list of withdrawn certificates of the day is kept with it"]
    algorithm: Annotated[str | None, "the hash in it: sha256, or sha512 in a renewal"]
    key: Annotated[str | None, "kind and size of the key that signed"]
    renew_by: Annotated[str | None, "the day by which it should be renewed, ISO 8601"]
    renewed: Annotated[bool, "whether a later token that is good renews it"]


class AttestedRow(TypedDict):
    """One thing that attests what a trail leads to."""

    state: Annotated[str, "pending, unchecked (no header was given), checked, wrong or other (not read)"]
    calendar: Annotated[str | None, "address of the calendar server that has promised"]
    block: Annotated[int | None, "height of the Bitcoin block"]
    time: Annotated[
        str | None, "that block's clock by the header that was given, ISO 8601, UTC; up to two hours off"
    ]
    hash: Annotated[str | None, "that header's hash, to be compared elsewhere"]
    message: Annotated[str | None, "what is attested, in hex; null where a step to it cannot be made here"]


class TrailRow(TypedDict):
    """A file of OpenTimestamps that is kept: an extra, which counts as no authority."""

    trail: Annotated[str, "its id"]
    anchor: Annotated[str, "SHA-256 of the anchor file that it is over, in hex"]
    proven: Annotated[bool, "whether a header that was given shows it, if one trusts that header"]
    attested: Annotated[
        list[AttestedRow], "what attests it; empty where it holds a step that is not known here"
    ]


class AnchorRow(TypedDict):
    """An anchor and its time stamps."""

    anchor: Annotated[str, "SHA-256 of the anchor file, in hex"]
    commits: Annotated[int, "how many commits it covers"]
    tokens: Annotated[list[TokenRow], "its time stamps, as they were kept one after another"]
    trails: Annotated[
        list[TrailRow], "its files of OpenTimestamps, without those of which a later one says more"
    ]


class HealthRow(TypedDict):
    """How long the proofs of one compartment last."""

    compartment: Annotated[str, "its name"]
    commits: Annotated[int, "how many there are"]
    anchored: Annotated[int, "how many of them are under an anchor"]
    stamped: Annotated[int, "how many of them stand under good tokens of two authorities"]
    anchors: Annotated[list[AnchorRow], "all anchors"]
    unchecked: Annotated[int, "checks that could not be made: openssl is not here, or no header was given"]
    findings: Annotated[list[FindingRow], "what is not well, and what to do by when"]


class Requested(TypedDict):
    """A request that was written, to be carried."""

    request: Annotated[str | None, "its file, as it was given; null where nothing needs renewing"]
    anchor: Annotated[str | None, "SHA-256 of the anchor file, in hex"]
    renews: Annotated[str | None, "id of the token that it renews; null where it stamps the anchor itself"]
    left: Annotated[int, "how many more tokens are to be renewed"]


class Stamped(TypedDict):
    """Time stamps that came."""

    ok: Annotated[bool, "whether each that was asked for or brought is kept, and each token counts"]
    tokens: Annotated[list[TokenRow], "the tokens of authorities that are kept now"]
    trails: Annotated[list[TrailRow], "the files of OpenTimestamps that are kept now"]
    findings: Annotated[list[FindingRow], "what was found about any of them"]
