"""Whether two entries are one person."""

from typing import Annotated, NotRequired, TypedDict

from onggi.cli.contracts.finding import FindingRow


class JudgedRow(TypedDict):
    """What a member holds of two entries."""

    statement: Annotated[str, "its id, by which it can be undone"]
    a: Annotated[str, "code of the entry it is about"]
    b: Annotated[str, "code of the other entry"]
    verdict: Annotated[str, "same, different or unsure"]
    because: Annotated[str, "the reason that was given"]
    waits: Annotated[bool, "whether it counts only once a second member has signed it"]


class TraitRow(TypedDict):
    """One thing that was compared between two persons."""

    name: Annotated[str, "what: name, sex, birth_year, province, origin, left_year, location or relation"]
    level: Annotated[str, "how far both agree in it (linking.md)"]
    weight: Annotated[float, "the natural logarithm of how much that speaks for one person"]
    reason: Annotated[str, "the same in words, in the reader's language; empty for names"]


class AlikeRow(TypedDict):
    """Two persons who may be one. A suggestion, and no judgement."""

    a: Annotated[str, "code of one"]
    b: Annotated[str, "code of the other"]
    probability: Annotated[float, "how probably they are one"]
    conflict: Annotated[bool, "whether to hold them for one would contradict a judgement that stands"]
    unsure: Annotated[bool, "whether it was judged unsure, and nothing was said of either since"]
    traits: Annotated[list[TraitRow], "what was compared; what is missing on either side is left out"]


class Suggestions(TypedDict):
    """Who of the persons of a compartment may be one, those most worth a look first."""

    persons: Annotated[int, "how many were compared"]
    learned: Annotated[bool, "false where weights known beforehand stood in: an order, not chances"]
    seed: Annotated[int, "the seed of what was drawn by lot"]
    settings: Annotated[str, "a digest of all settings: equal digests, equal settings"]
    peak_mib: Annotated[int, "the most memory that was held, in MiB; 0 where the system does not say"]
    apart: Annotated[int, "pairs that agree and are two people by what a source says of them"]
    recorded: Annotated[int, "suggestions that were recorded, because they are new"]
    flags: Annotated[list[FindingRow], "what must be known before any of it is used"]
    suggestions: Annotated[list[AlikeRow], "the pairs"]
    sha256: NotRequired[Annotated[str, "of the page, if one was written"]]
