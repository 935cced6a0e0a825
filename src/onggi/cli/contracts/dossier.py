"""A case for one recipient."""

from typing import Annotated, TypedDict

from onggi.cli.contracts.finding import FindingRow


class StandingRow(FindingRow):
    """What stands against a dossier."""

    grave: Annotated[bool, "whether it refuses whatever anybody says"]
    met: Annotated[bool, "whether somebody who may has taken it upon herself"]


class Dossier(TypedDict):
    """A dossier as it was planned, and what became of it."""

    written: Annotated[bool, "whether it left"]
    bag: Annotated[str | None, "its folder, as it was given; null where nothing left"]
    plan: Annotated[str, "SHA-256, in hex, of what would leave and what stands against it"]
    recipient: Annotated[str, "id"]
    purpose: Annotated[str, "a term of consent_purposes"]
    shown: Annotated[int, "statements that are shown"]
    withheld: Annotated[dict[str, int], "statements that stay inside, by term of redaction_classes"]
    persons: Annotated[list[str], "codes of those whose consent is needed; empty once it left"]
    findings: Annotated[list[StandingRow], "everything that stands against it"]
    waits: Annotated[str | None, "id of the decision that a second member has to sign (`onggi second`)"]
    tokens: Annotated[int, "time stamps that go along"]
    anchor: Annotated[str | None, "name of the anchor it stands under; null where nothing left"]
    fingerprint: Annotated[str | None, "fingerprint of its keys, in hex; null where nothing left"]
