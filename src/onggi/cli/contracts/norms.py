"""Norms, avenues and treaties as data."""

from typing import Annotated, TypedDict


class EntryRow(TypedDict):
    """A norm, an avenue or a treaty."""

    id: Annotated[str, "its id"]
    entry: Annotated[str, "norm, avenue or treaty"]
    title: Annotated[str, "in the reader's language"]
    version: Annotated[str, "1 as shipped; a correction names who changed it and when"]
    reviewed: Annotated[bool, "whether a lawyer has signed it"]
    confidence: Annotated[str, "high, medium or low"]
    uncertain: Annotated[list[str], "its fields that were noted from memory or are doubted"]


class NormElement(TypedDict):
    """One thing that must be shown."""

    id: Annotated[str, "its id within the norm"]
    text: Annotated[str, "in the reader's language"]
    evidence: Annotated[list[str], "kinds of evidence that speak to it"]


class NormTier(TypedDict):
    """One range of penalty."""

    id: Annotated[str, "its id within the norm"]
    text: Annotated[str, "when it fits, in the reader's language"]
    penalty: Annotated[str, "in the reader's language"]
    maximum: Annotated[str, "the statutory maximum: years, life or death"]
    years: Annotated[int, "after how many years it lapses"]


class EntryPage(EntryRow):
    """A norm, an avenue or a treaty as a page; of what it has not, the lists are empty."""

    notice: Annotated[str, "that no lawyer has reviewed it, or who has; that it is no advice"]
    local_title: Annotated[str, "of a norm: its title in the language of the law"]
    instrument: Annotated[str, "of a norm: the law it stands in"]
    article: Annotated[str, "of a norm: the article"]
    elements: Annotated[list[NormElement], "of a norm: what must be shown"]
    tiers: Annotated[list[NormTier], "of a norm: its ranges of penalty"]
    related: Annotated[list[str], "of a norm: alternatives and companions"]
    needs: Annotated[list[str], "of a norm: norms whose elements must be shown as well"]
    gate: Annotated[str | None, "of an avenue: red where using it can lead to an arrest or a return"]
    texts: Annotated[dict[str, str], "everything else that is said of it, in the reader's language"]
    sources: Annotated[list[str], "where it comes from"]
