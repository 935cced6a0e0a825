"""What the facts of a case may amount to."""

from typing import Annotated, TypedDict


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
