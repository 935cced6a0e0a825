"""A vault, its members and its copies."""

from typing import Annotated, NotRequired, TypedDict

from onggi.cli.contracts.finding import FindingRow


class ExampleCases(TypedDict):
    """The cases of the example vault."""

    article: Annotated[str, "id of the published article's case"]
    invented: Annotated[str, "id of the invented case"]


class ExampleCodes(TypedDict):
    """How the cases of the example vault are called."""

    article: Annotated[str, "code of the published article's case"]
    invented: Annotated[str, "code of the invented case"]


class Example(TypedDict):
    """The example vault."""

    vault: Annotated[str, "its folder, as it was given"]
    passphrase_file: Annotated[str, "a file with the passphrase of slot 1"]
    cases: Annotated[ExampleCases, "the two cases"]
    codes: Annotated[ExampleCodes, "the codes of the two cases"]


class NewVault(TypedDict):
    """A new vault."""

    vault: Annotated[str, "its folder, as it was given"]
    slot: Annotated[int, "your key slot"]
    compartment: Annotated[str, "the name of its first compartment"]
    findings: NotRequired[Annotated[list[FindingRow], "what speaks against the place, if anything does"]]


class NewMember(TypedDict):
    """A member who was let in."""

    slot: Annotated[int, "her key slot"]


class Granted(TypedDict):
    """What a member may read from now on."""

    slot: Annotated[int, "her key slot"]
    compartment: Annotated[str, "the name of the compartment"]
    strata: Annotated[list[str], "record, identity, care"]
    release: Annotated[bool, "whether she may also show things outside"]


class NewCompartment(TypedDict):
    """A compartment that was made."""

    compartment: Annotated[str, "its name"]


class MemberRow(TypedDict):
    """One member."""

    slot: Annotated[int, "her key slot"]
    role: Annotated[str, "admin or member"]
    you: Annotated[bool, "whether it is the one who asks"]
    grants: Annotated[dict[str, list[str]], "for each compartment, by name, the strata she may read"]


class MentionRow(TypedDict):
    """A statement that stays and mentions the same person."""

    statement: Annotated[str, "its id"]
    stratum: Annotated[str, "identity or care"]
    unit: Annotated[str, "id of the unit it lies in"]


class Erased(TypedDict):
    """A unit whose key was destroyed here."""

    unit: Annotated[str, "its id"]
    stratum: Annotated[str, "record, identity or care"]
    statements: Annotated[int, "how many statements cannot be read here any more"]
    mentions: Annotated[list[MentionRow], "what mentions the same person in other units"]
    copies: Annotated[list[str], "days on which copies were made that may still hold it"]


class Copied(TypedDict):
    """A copy that was made."""

    copy: Annotated[str, "its folder, as it was given"]
    files: Annotated[int, "how many files were copied and checked"]
    findings: NotRequired[Annotated[list[FindingRow], "what speaks against the place, if anything does"]]


class Rebuilt(TypedDict):
    """Indexes that were made again."""

    statements: Annotated[int, "how many statements they hold"]
