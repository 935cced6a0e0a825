"""What persons decided."""

from typing import Annotated, TypedDict


class DisclosureRow(TypedDict):
    """One time that something about a person was shown outside."""

    statement: Annotated[str, "id of the statement that says so"]
    property: Annotated[str, "exported, printed, handed_over or released (a dossier)"]
    about: Annotated[str, "id of what was shown: the person, a statement, an item, a case"]
    item: Annotated[str | None, "code of the item, where it was a file"]
    text: Annotated[str, "to whom or why, in the reader's language where it is ours"]
    time: Annotated[str, "as its device's clock had it, ISO 8601, UTC"]


class DecisionRow(TypedDict):
    """A decision whose place no other one took."""

    statement: Annotated[str, "its id"]
    decision: Annotated[str, "given, refused, withdrawn, not_asked; lost where another one knows it only"]
    purpose: Annotated[str | None, "its purpose; null for all"]
    recipient: Annotated[str | None, "id of the recipient; null for all, or where only a name is given"]
    organisation: Annotated[str | None, "the organisation that is meant"]
    given_by: Annotated[str, "self, guardian, proxy, nobody"]
    valid_until: Annotated[str | None, "its last day, ISO; of a yes only"]
    review_on: Annotated[str | None, "the day on which to ask again, ISO"]
    seconds: Annotated[int, "how many other members signed it"]
    finding: Annotated[str | None, "why it allows nothing today, an id of findings.md; null where it holds"]
    text: Annotated[str, "all of it in one line, in the reader's language"]
    says: Annotated[str, "what comes of it today, in the reader's language"]


class PersonDecided(TypedDict):
    """What one person decided."""

    person: Annotated[str, "id of the person"]
    code: Annotated[str | None, "code of the person"]
    others: Annotated[list[str], "codes of further entries that are held to be the same person"]
    decisions: Annotated[list[DecisionRow], "those that stand; none where nobody asked"]
    replaced: Annotated[int, "how many earlier ones there are"]
    disclosures: Annotated[list[DisclosureRow], "what was shown of her before, oldest first"]


class Decided(TypedDict):
    """What the persons of a case decided."""

    case: Annotated[str, "id of the case"]
    code: Annotated[str | None, "code of the case"]
    day: Annotated[str, "the day for which it is said, ISO, UTC"]
    closed: Annotated[
        bool,
        "true where identity is not open: files that were printed or handed over are missing",
    ]
    persons: Annotated[list[PersonDecided], "every person of the case"]


class Withdrawn(TypedDict):
    """A withdrawal, which holds from now on."""

    statement: Annotated[str, "id of the statement that records it"]
    person: Annotated[str, "id of the person"]
    code: Annotated[str | None, "code of the person"]
    purpose: Annotated[str | None, "for which purpose; null for all"]
    recipient: Annotated[str | None, "from which recipient; null for all, or where only a name is given"]
    organisation: Annotated[str | None, "from which organisation"]
    reason_kept: Annotated[bool, "false where the reason was left out because a name stands in it"]
    closed: Annotated[
        bool,
        "true where identity is not open: files that were printed or handed over are missing",
    ]
    disclosures: Annotated[list[DisclosureRow], "what was shown of her before and cannot be called back"]
