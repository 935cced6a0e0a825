"""What every command answers with --json: the published contracts, declared once.

Pure. The types hold the code to them, tests/cli/test_contracts.py holds real answers to them, and
docs/reference/json.md is made from them. A field may be added; one that is there keeps its name, its type and
its meaning.
"""

from typing import Annotated, Any, NotRequired, TypedDict


class Problem(TypedDict):
    """Something that stopped the work. The exit code says of which kind it is (exits.md)."""

    error: Annotated[str, "an id of findings.md"]
    message: Annotated[str, "what happened and what was not done, in the reader's language"]
    hint: Annotated[str, "what to do next; may be empty"]


class FindingRow(TypedDict):
    """One thing that was found while checking."""

    code: Annotated[str, "an id of findings.md"]
    where: Annotated[
        str, "a place: a line of the input, a file of the vault or the bag, log:number of a commit"
    ]
    what: Annotated[str, "what was found, in the reader's language"]
    meaning: Annotated[str, "what it means and what to do; may be empty"]


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


class ReadingRow(TypedDict):
    """One way to read a name."""

    surname: Annotated[str | None, "in Hangul; null where the name holds none"]
    given: Annotated[str | None, "the given name in Hangul; null where the name holds none"]
    weight: Annotated[float, "its share among all readings, 0 to 1"]
    system: Annotated[str, "how it is spelled: hangul, hanja, mandarin, mixed, or a system of names.md, §4"]


class FormRow(TypedDict):
    """Words that stand around a name."""

    kind: Annotated[str, "kin (a relative is meant), title or familiar"]
    what: Annotated[str, "which, in one English word: mother, comrade"]


class NameRow(TypedDict):
    """A name and its readings."""

    name: Annotated[str, "as it was given"]
    scripts: Annotated[list[str], "hangul, hanja, latin, kana, cyrillic: those that stand in it"]
    form: Annotated[FormRow | None, "a title or kin word around it"]
    readings: Annotated[list[ReadingRow], "at most twelve, the likeliest first; none where it cannot be read"]
    problem: Annotated[str | None, "why it cannot be read, in the reader's language"]


class SharedRow(TypedDict):
    """A reading that both names can have."""

    surname: Annotated[str | None, "in Hangul"]
    given: Annotated[str | None, "the given name in Hangul"]


class Compared(TypedDict):
    """Two names compared."""

    a: Annotated[str, "as it was given"]
    b: Annotated[str, "as it was given"]
    score: Annotated[float, "0 to 1, no proof; the probability of one person where half of all pairs are one"]
    reading: Annotated[str, "what the score rests on, in the reader's language"]
    shared: Annotated[list[SharedRow], "readings both can have, the likeliest first"]


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


class ElementRow(TypedDict):
    """How one element of a norm stands."""

    id: Annotated[str, "its id within the norm"]
    state: Annotated[str, "supported, contradicted or not_known"]
    statements: Annotated[list[str], "ids of the statements that speak to it, for and against"]
    against: Annotated[list[str], "those of them that contradict it"]
    sources: Annotated[int, "how many independent sources support it"]
    distance: Annotated[int | None, "the nearest supporting source's distance: 0 saw it"]
    grades: Annotated[list[str], "grades of the supporting statements, best first"]


TierSpan = TypedDict(
    "TierSpan",
    {
        "tier": Annotated[str, "id of the range of penalty"],
        "from": Annotated[str | None, "the earliest the last day can be"],
        "to": Annotated[str | None, "the latest the last day can be"],
    },
)
TierSpan.__doc__ = "When one range of penalty lapses."

LimitReading = TypedDict(
    "LimitReading",
    {
        "reading": Annotated[
            str,
            "completed, continuing, restarted, complaint, complaint_other, fled, approval, abroad or "
            "no_limit (law.md, §5)",
        ],
        "status": Annotated[str, "open, past, depends or unknown, on this reading"],
        "unlimited": Annotated[bool, "whether on this reading it never lapses"],
        "from": Annotated[str | None, "the earliest the last day can be"],
        "to": Annotated[str | None, "the latest the last day can be"],
        "tiers": Annotated[list[TierSpan], "the same for each range of penalty"],
        "assumptions": Annotated[list[str], "what this reading assumes, in the reader's language"],
    },
)
LimitReading.__doc__ = "One way to count a limitation period."

LimitRow = TypedDict(
    "LimitRow",
    {
        "status": Annotated[str, "open, past_on_every_reading, depends or unknown"],
        "from": Annotated[str | None, "the earliest the last day can be on any reading"],
        "to": Annotated[
            str | None, "the latest; null where nothing bounds it or a reading but approval has no limit"
        ],
        "assumptions": Annotated[list[str], "everything assumed, in the reader's language"],
        "readings": Annotated[list[LimitReading], "every way to count, side by side"],
        "would_change": Annotated[list[str], "what would change the result, in the reader's language"],
    },
)
LimitRow.__doc__ = "Until when a norm can be prosecuted."


class NormRow(TypedDict):
    """A norm that what was done to one person may fall under."""

    id: Annotated[str, "id of the norm"]
    version: Annotated[str, "1 as shipped; a correction names who changed it and when"]
    reviewed: Annotated[bool, "whether a lawyer has signed it"]
    confidence: Annotated[str, "high, medium or low"]
    uncertain: Annotated[list[str], "its fields that were noted from memory or are doubted"]
    complaint_only: Annotated[bool, "whether it is prosecuted on the victim's own complaint only"]
    title: Annotated[str, "in the reader's language"]
    victim: Annotated[str | None, "id of the person"]
    acts: Annotated[list[str], "ids of the acts it rests on"]
    because: Annotated[list[str], "ids of the statements that brought it up"]
    qualified: Annotated[list[str], "ids of statements in which a person says that it applies"]
    elements: Annotated[list[ElementRow], "how each element stands"]
    guards: Annotated[list[str], "why it does not fit, or what it must not be mistaken for"]
    limitation: Annotated[LimitRow, "until when"]


class AvenueRow(TypedDict):
    """An avenue for this case."""

    id: Annotated[str, "id of the avenue"]
    status: Annotated[str, "open, not_open or dangerous"]
    why: Annotated[str, "why it is not open, or its risks, in the reader's language"]
    there: Annotated[list[str], "what it asks for and statements answer, in the reader's language"]
    missing: Annotated[list[str], "what it asks for and no statement answers, in the reader's language"]
    gate: Annotated[str | None, "red where using it can lead to an arrest or a return"]
    mandates: Annotated[list[str], "which of several addressees fit"]
    consent: Annotated[str, "required, expected, advised or none"]
    urgent: Annotated[bool, "whether it has an urgent form"]
    state_learns_name: Annotated[str, "yes, no or depends"]
    confidence: Annotated[str, "high, medium or low"]
    uncertain: Annotated[list[str], "its fields that were noted from memory or are doubted"]


class ComplaintRow(TypedDict):
    """An individual complaint under a treaty, against one State."""

    treaty: Annotated[str, "id of the treaty"]
    state: Annotated[str, "ISO 3166 code"]
    status: Annotated[str, "open or not_open"]
    why: Annotated[str, "why, in the reader's language"]
    confidence: Annotated[str, "of the treaty: high, medium or low"]
    uncertain: Annotated[bool, "whether how the State stands to it was noted from memory"]


class TaskRow(TypedDict):
    """Something that is missing."""

    norm: Annotated[str, "id of the norm"]
    element: Annotated[str, "id of the element"]
    state: Annotated[str, "not_known or contradicted"]
    text: Annotated[str, "what is missing, in the reader's language"]
    evidence: Annotated[list[str], "kinds of evidence that would show it, safe ones first"]
    how: Annotated[list[str], "how each is asked for without danger, in the reader's language"]


TimerRow = TypedDict(
    "TimerRow",
    {
        "id": Annotated[str, "id of the duty"],
        "norm": Annotated[str | None, "id of the norm or avenue"],
        "subject": Annotated[str, "id of the event that started it"],
        "statements": Annotated[list[str], "ids of the statements it rests on"],
        "from": Annotated[str | None, "the earliest the last day can be"],
        "to": Annotated[str | None, "the latest the last day can be"],
        "status": Annotated[str, "running, past, depends or unknown"],
        "whose": Annotated[str, "authority or ours: who must act"],
        "zone": Annotated[str, "the time zone in which the day ends"],
        "confidence": Annotated[str, "of the period: high, medium or low"],
        "uncertain": Annotated[bool, "whether the period was noted from memory"],
        "text": Annotated[str, "what is due, in the reader's language"],
    },
)
TimerRow.__doc__ = "A duty with a date."


class ResponseRow(TypedDict):
    """What somebody did about it."""

    id: Annotated[str, "id of the intervention"]
    acts: Annotated[list[str], "ids of the acts it answers"]
    statements: Annotated[list[str], "ids of what is said of it"]
    elements: Annotated[list[ElementRow], "knowledge, duty, omission"]


class Others(TypedDict):
    """What is recorded, in any case, of others who were sent back from the same State: a count."""

    statements: Annotated[list[str], "ids of the statements that they were harmed there"]
    sources: Annotated[int, "how many independent sources; who stands in two cases is counted in each"]
    cases: Annotated[int, "in how many cases"]


class ReturnRow(TypedDict):
    """What is recorded of the risk for a person if she were sent back (refugee sur place)."""

    person: Annotated[str, "id of the person or group"]
    dead: Annotated[bool, "whether a statement says that she is dead"]
    elements: Annotated[list[ElementRow], "outside, punished, before, known, fear: from her own facts"]
    others: Annotated[Others, "what is recorded of others"]


class Assessment(TypedDict):
    """A case against the law. Nothing in it is legal advice."""

    notice: Annotated[str, "that no lawyer has reviewed it, and that it is no advice"]
    day: Annotated[str, "the day it was judged by"]
    norms: Annotated[list[NormRow], "one row for each norm and person, crimes first"]
    avenues: Annotated[list[AvenueRow], "every avenue"]
    treaties: Annotated[list[ComplaintRow], "every individual complaint under a treaty"]
    tasks: Annotated[list[TaskRow], "what is missing"]
    timers: Annotated[list[TimerRow], "duties with a date, the first due first"]
    responses: Annotated[list[ResponseRow], "what was done about the acts"]
    returns: Annotated[list[ReturnRow], "of everybody of North Korea: the risk on return"]


WarningRow = TypedDict(
    "WarningRow",
    {
        "statement": Annotated[str, "id of the statement"],
        "norm": Annotated[str | None, "under which norm; null until a source is found"],
        "endangers": Annotated[str, "victim, child, family or helper"],
        "class": Annotated[str, "the class of redaction (vocabularies.md)"],
    },
)
WarningRow.__doc__ = "A recorded fact that could be used against somebody."


class Reversed(TypedDict):
    """Which recorded facts could be used against whom. It is never stored."""

    notice: Annotated[str, "that no lawyer has reviewed it, and that it is no advice"]
    warnings: Annotated[list[WarningRow], "one for each statement, norm and class of people"]


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


class WaitingRow(TypedDict):
    """A decision that waits for a second member."""

    statement: Annotated[str, "its id"]
    case: Annotated[str, "id of the case"]
    entity: Annotated[str, "id of what it is about"]
    code: Annotated[str | None, "code of what it is about"]
    property: Annotated[str, "what kind of decision (properties.md)"]
    sentence: Annotated[str, "all of it as one sentence, in the reader's language"]
    reasons: Annotated[list[str], "the reasons that were given with it"]
    yours: Annotated[bool, "whether you recorded it yourself, so that another member must sign"]


class UnscreenedRow(TypedDict):
    """A statement of the record that waits to be screened for names."""

    statement: Annotated[str, "its id"]
    case: Annotated[str, "id of the case"]
    entity: Annotated[str, "id of what it is about"]
    code: Annotated[str | None, "code of what it is about"]
    property: Annotated[str, "what is said (properties.md)"]
    sentence: Annotated[str, "all of it as one sentence, in the reader's language"]
    text: Annotated[int | None, "in which of its texts, from 1, a name stands that you may see"]
    first: Annotated[int | None, "at which character of that text, from 1, it begins"]
    last: Annotated[int | None, "with which character it ends"]


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


class Seconded(TypedDict):
    """A decision that was signed by a second member."""

    statement: Annotated[str, "id of the decision"]
    case: Annotated[str, "id of its case"]


class Screened(TypedDict):
    """What was looked through for names."""

    screened: Annotated[list[str], "ids of the statements that are screened from now on"]
    standing: Annotated[list[UnscreenedRow], "those in which a name stands; they still wait"]


class ReasonRow(TypedDict):
    """Why there is no number, or what must be known beside it."""

    code: Annotated[str, "an id of findings.md"]
    where: Annotated[str, "the lists it is about, or a line of the table; may be empty"]
    what: Annotated[str, "what was found, in the reader's language"]
    meaning: Annotated[str, "what it means and what would help"]
    refuses: Annotated[bool, "whether it is a reason to refuse; else it is told and stops nothing"]


class ModelRow(TypedDict):
    """One model at its default settings. Numbers are null where it has none to stand behind."""

    name: Annotated[str, "latent_class, graphs, bayes_threshold or bic"]
    n_median: Annotated[
        int | None, "the middle of all people, documented ones included; of bic, the best fit"
    ]
    n_lo: Annotated[int | None, "the lower end of the 95 % interval"]
    n_hi: Annotated[int | None, "its upper end"]
    rhat: Annotated[float | None, "whether chains agree; null where there are none, or where none moved"]
    ess: Annotated[int | float | None, "effective samples; null where there are no chains"]
    settings: Annotated[dict[str, str | int | float], "what it ran with, and what it chose"]


class PanelRow(TypedDict):
    """The median under one setting."""

    setting: Annotated[str, "the model and its setting"]
    n_median: Annotated[int, "the median"]


class Range(TypedDict):
    """A range of whole numbers."""

    lo: Annotated[int, "its lower end"]
    hi: Annotated[int, "its upper end"]


class EstimateRow(TypedDict):
    """An estimate that is kept in a vault."""

    statement: Annotated[str, "its id"]
    status: Annotated[str, "estimate or lower_bound"]
    lo: Annotated[int | None, "lower end of the envelope"]
    hi: Annotated[int | None, "upper end of the envelope"]
    lower: Annotated[int | None, "at least so many"]
    seen: Annotated[int, "how many people stand on any list"]
    lists: Annotated[int, "how many lists"]
    population: Annotated[str | None, "of whom, as it was declared"]
    inputs: Annotated[str, "SHA-256 of the counts and of what was declared"]
    version: Annotated[str, "of Onggi"]
    seed: Annotated[int, "of the dice"]


class KnownRow(TypedDict):
    """A list taken as a population of known size, and what the other lists make of it."""

    name: Annotated[str, "the list"]
    size: Annotated[int, "how many people stand on it"]
    n_lo: Annotated[int | None, "the lower end of the range; null where it was not estimated"]
    n_hi: Annotated[int | None, "the upper end"]
    holds: Annotated[bool | None, "whether the range holds the size"]


class Counted(TypedDict):
    """How many there are, or why that is not said; all fields also where it is refused."""

    status: Annotated[str, "estimate, lower_bound or refused"]
    reasons: Annotated[list[str], "why, and what must be known beside it: id and sentence"]
    findings: Annotated[list[ReasonRow], "the same reasons, each with its place and what helps"]
    models: Annotated[list[ModelRow], "one row for each model that ran"]
    panel: Annotated[list[PanelRow], "medians over all settings"]
    envelope: Annotated[
        Range | None, "what the models' 95 % intervals span together; null where none has one"
    ]
    lower_bound: Annotated[int | None, "at least so many; null where no table was read"]
    known: Annotated[list[KnownRow], "each list estimated from the others; none where no model ran"]
    assumption: Annotated[str, "what was taken for true, and what of it nobody declared"]


class TableCell(TypedDict):
    """One number of a table."""

    row: Annotated[str, "the kind of the row; _unknown, _several, _other or _total"]
    column: Annotated[str, "the kind of the column; _total where there are no columns"]
    count: Annotated[int | None, "how many; null where it is not shown"]


class Spending(TypedDict):
    """What noise a table has, and what it spends of all that its compartment may."""

    epsilon: Annotated[str, "what it spends"]
    lifetime: Annotated[str, "what all noisy tables together may ever spend; 0 where it was never said"]
    left: Annotated[str, "what is left of it now"]
    off_by: Annotated[int, "19 of 20 numbers are off by so much at most"]


class Tabled(TypedDict):
    """A table as it may be published, or why it may not."""

    unit: Annotated[str, "act, victim or event"]
    rows: Annotated[str, "by what the rows count"]
    columns: Annotated[str | None, "by what the columns count"]
    k: Annotated[int, "fewer people than this are not shown by themselves"]
    rounded_to: Annotated[int, "1 where numbers are exact"]
    cells: Annotated[
        list[TableCell],
        "every number, the totals too; none where it is refused, nor of a noisy one that did not leave",
    ]
    left_out: Annotated[
        int | None, "how many are not counted because of a no; null for fewer than k, or with noise"
    ]
    noise: Annotated[Spending | None, "the noise of its numbers; null where they are exact"]
    findings: Annotated[list[FindingRow], "what stands against it; if anything does, it is refused"]
    written: Annotated[bool, "whether it left"]
    sha256: Annotated[str | None, "SHA-256 of the file that was written, in hex"]


ANSWERS: dict[str, Any] = {
    "demo": Example,
    "init": NewVault,
    "member add": NewMember,
    "member grant": Granted,
    "member list": list[MemberRow],
    "member compartment": NewCompartment,
    "record": Recorded,
    "add": list[ItemRow],
    "strip": StrippedRow,
    "custody": CustodyRow,
    "search": list[FoundRow],
    "link VAULT": Suggestions,
    "names A": NameRow,
    "names -": list[NameRow],
    "names A B": Compared,
    "count": Counted,
    "count VAULT --list": list[EstimateRow],
    "count VAULT --withdraw": EstimateRow,
    "show": Shown,
    "consent list": Decided,
    "consent record": Recorded,
    "consent withdraw": Withdrawn,
    "second": list[WaitingRow],
    "second ID": Seconded,
    "screen": list[UnscreenedRow],
    "screen ID, --all": Screened,
    "judge": list[JudgedRow],
    "judge --because TEXT": list[AlikeRow],
    "judge A B": JudgedRow,
    "judge --undo ID": JudgedRow,
    "log": Logged,
    "verify": Verified,
    "prove": Proved,
    "dossier": Dossier,
    "table": Tabled,
    "timestamp": list[HealthRow],
    "timestamp --request": Requested,
    "timestamp --tsa, --calendar, --attach": Stamped,
    "erase": Erased,
    "copy": Copied,
    "rebuild": Rebuilt,
    "norms": list[EntryRow],
    "norms ID": EntryPage,
    "law": Assessment,
    "law --reverse": Reversed,
    "any command that cannot": Problem,
}
"""The answer of each command."""
