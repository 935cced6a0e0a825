"""Statements: recorded, found, shown, and in what order they were written."""

from typing import Annotated, NotRequired, TypedDict

from onggi.cli.contracts.finding import FindingRow


class Recorded(TypedDict):
    """What became of a file: all of it was recorded, or nothing."""

    ok: Annotated[bool, "whether it can be recorded; if not, only findings follow"]
    findings: Annotated[list[FindingRow], "everything that is wrong with it"]
    case: NotRequired[Annotated[str, "id of its case"]]
    code: NotRequired[Annotated[str, "code of its case"]]
    statements: NotRequired[Annotated[int, "how many statements it makes"]]
    recorded: NotRequired[Annotated[bool, "false after --dry-run"]]
    keys: NotRequired[Annotated[dict[str, str], "for each key of the file the id of the new entity"]]
    commit: NotRequired[Annotated[str, "first 16 hex digits of the commit's hash; absent after --dry-run"]]


class StatementRow(TypedDict):
    """A statement."""

    statement: Annotated[str, "its id"]
    entity: Annotated[str, "id of what it is about"]
    kind: Annotated[str | None, "kind of the entity"]
    code: Annotated[str | None, "code of the entity"]
    case: Annotated[str, "id of the case"]
    property: Annotated[str, "what is said (properties.md)"]
    text: Annotated[str, "the value in words, in the reader's language"]
    source: Annotated[str | None, "id of who says so; null where a member describes"]
    stratum: Annotated[str, "record, identity or care"]
    commit: Annotated[str, "first 16 hex digits of the commit's hash"]


class FoundRow(StatementRow):
    """A statement that was found."""

    spelled: Annotated[
        str | None, "why it is meant, where a name is recorded in another spelling, in the reader's language"
    ]


class WeighedRow(StatementRow):
    """A statement, with who says it, how near, how good, and who agrees."""

    sentence: Annotated[str, "all of it as one sentence, in the reader's language"]
    polarity: Annotated[str, "asserts or denies"]
    distance: Annotated[int | None, "0 saw it, n heard it through n others"]
    reliability: Annotated[str | None, "A–F, of the source"]
    credibility: Annotated[int | None, "1–6, of the information"]
    source_code: Annotated[str | None, "code of the source"]
    sources: Annotated[int, "how many independent sources say the same"]
    words: Annotated[str | None, "as it was said; of a source that is not published only with --identity"]
    translation: Annotated[str | None, "a translation of the words"]
    locator: Annotated[str | None, "where in the source"]
    screened: Annotated[bool, "whether names were looked for in it"]
    unit: Annotated[str, "id of what it is erased together with"]


class ConflictRow(TypedDict):
    """Live statements that cannot all be true."""

    entity: Annotated[str, "id of what they are about"]
    property: Annotated[str, "what they say of it"]
    statements: Annotated[list[str], "their ids"]


class Shown(TypedDict):
    """What the open strata say of an entity; of a case, everything said in it; of a statement, that one."""

    entity: Annotated[str, "its id"]
    kind: Annotated[str | None, "its kind"]
    code: Annotated[str | None, "its code"]
    disputed: Annotated[bool, "whether somebody holds that these are not all the same entity"]
    replaced: Annotated[int, "how many statements were superseded or retracted"]
    statements: Annotated[list[WeighedRow], "live statements, as they were recorded one after another"]
    conflicts: Annotated[list[ConflictRow], "what contradicts what"]


class CommitRow(TypedDict):
    """One commit."""

    compartment: Annotated[str, "name of the compartment"]
    log: Annotated[str, "id of the log"]
    seq: Annotated[int, "its number in the log, from 0"]
    commit: Annotated[str, "first 16 hex digits of its hash"]
    time: Annotated[str, "as its device's clock had it, ISO 8601, UTC"]
    slot: Annotated[int, "key slot of who wrote it"]


class HeadRow(TypedDict):
    """The latest commit of one log."""

    compartment: Annotated[str, "name of the compartment"]
    log: Annotated[str, "id of the log"]
    slot: Annotated[int, "key slot of who writes it"]
    seq: Annotated[int, "number of the latest commit"]
    words: Annotated[str, "its hash as five words, in the reader's language"]


class Logged(TypedDict):
    """What was recorded when."""

    commits: Annotated[list[CommitRow], "newest first"]
    heads: Annotated[list[HeadRow], "one for each log"]
