"""What the law says of a case, as rows of the published JSON contract. Pure."""

from onggi.cli.contracts.law import (
    Assessment,
    AvenueRow,
    ComplaintRow,
    ElementRow,
    LimitReading,
    LimitRow,
    NormRow,
    ResponseRow,
    ReturnRow,
    Reversed,
    TaskRow,
    TierSpan,
    TimerRow,
    WarningRow,
)
from onggi.law.assess import Assessed
from onggi.law.elements import Weighed
from onggi.law.facts import Span
from onggi.law.limitation import Limitation, Reading
from onggi.law.openness import Complaint, Openness
from onggi.law.qualify import Suggestion
from onggi.law.returning import Returning
from onggi.law.reverse import Warned
from onggi.law.shelf import Shelf, describe_version
from onggi.law.tasks import Task
from onggi.law.telling import say_complaint, say_note, say_why
from onggi.law.timers import Timer
from onggi.words import language, say


def describe_assessment(one: Assessed, shelf: Shelf) -> Assessment:
    """All of it."""
    return {
        "notice": say("law.notice"),
        "day": one.today.isoformat(),
        "norms": [_describe_norm(found, limit, shelf) for found, limit in one.suggestions],
        "avenues": [_describe_avenue(avenue) for avenue in one.avenues],
        "treaties": [_describe_complaint(complaint) for complaint in one.complaints],
        "tasks": [_describe_task(task) for task in one.tasks],
        "timers": [_describe_timer(timer) for timer in one.timers],
        "responses": [
            ResponseRow(
                id=response.id,
                acts=list(response.acts),
                statements=list(response.statements),
                elements=[_describe_element(weighed) for weighed in response.elements],
            )
            for response in one.responses
        ],
        "returns": [_describe_return(person) for person in one.returns],
    }


def describe_warnings(found: list[Warned]) -> Reversed:
    """Which facts could be used against whom; the ids are all that is told of a statement."""
    rows: list[WarningRow] = [
        {"statement": one.statement, "norm": one.norm, "endangers": one.endangers, "class": one.withheld_as}
        for one in found
    ]
    return {"notice": say("law.notice"), "warnings": rows}


def _describe_return(one: Returning) -> ReturnRow:
    return {
        "person": one.person,
        "dead": one.dead,
        "elements": [_describe_element(weighed) for weighed in one.elements],
        "others": {"statements": list(one.statements), "sources": one.sources, "cases": one.cases},
    }


def _describe_norm(one: Suggestion, limit: Limitation, shelf: Shelf) -> NormRow:
    lang = language()
    return {
        "id": one.norm.id,
        "version": describe_version(one.norm.standing),
        "reviewed": one.norm.standing.reviewed,
        "confidence": one.norm.standing.confidence,
        "uncertain": sorted(one.norm.uncertain),
        "complaint_only": one.norm.complaint_only,
        "title": one.norm.titles[lang],
        "victim": one.scope.victim,
        "acts": [act.id for act in one.scope.acts],
        "because": list(one.because),
        "qualified": list(one.qualified),
        "elements": [_describe_element(weighed) for weighed in one.elements],
        "guards": [guard.texts[lang] for guard in one.guards],
        "limitation": _describe_limit(limit, shelf),
    }


def _describe_element(one: Weighed) -> ElementRow:
    return {
        "id": one.element.id,
        "state": one.state,
        "statements": [*one.supporting, *(id for id in one.contradicting if id not in one.supporting)],
        "against": list(one.contradicting),
        "sources": one.sources,
        "distance": one.distance,
        "grades": list(one.grades),
    }


def _describe_limit(limit: Limitation, shelf: Shelf) -> LimitRow:
    lang = language()
    return {
        "status": limit.status,
        "from": limit.earliest.isoformat() if limit.earliest else None,
        "to": limit.latest.isoformat() if limit.latest else None,
        "assumptions": [say_note(one, lang, shelf.norms) for one in limit.assumptions],
        "readings": [_describe_reading(one, shelf) for one in limit.readings],
        "would_change": [say_note(one, lang, shelf.norms) for one in limit.would_change],
    }


def _describe_reading(one: Reading, shelf: Shelf) -> LimitReading:
    earliest, latest = _days(one.lapses)
    tiers: list[TierSpan] = [
        {"tier": tier, "from": _days(span)[0], "to": _days(span)[1]} for tier, span in one.tiers
    ]
    return {
        "reading": one.id,
        "status": one.status,
        "unlimited": one.unlimited,
        "from": earliest,
        "to": latest,
        "tiers": tiers,
        "assumptions": [say_note(told, language(), shelf.norms) for told in one.assumptions],
    }


def _describe_avenue(one: Openness) -> AvenueRow:
    lang = language()
    return {
        "id": one.avenue.id,
        "status": one.status,
        "why": say_why(one, lang),
        "there": [ask.texts[lang] for ask in one.there],
        "missing": [ask.texts[lang] for ask in one.lacks],
        "gate": one.avenue.gate,
        "mandates": [mandate.id for mandate in one.mandates],
        "consent": one.avenue.consent,
        "urgent": one.avenue.urgent,
        "state_learns_name": one.avenue.state_learns_name,
        "confidence": one.avenue.standing.confidence,
        "uncertain": sorted(one.avenue.standing.uncertain),
    }


def _describe_complaint(one: Complaint) -> ComplaintRow:
    why = say_complaint(one, language())
    return {
        "treaty": one.treaty.id,
        "state": one.state,
        "status": one.status,
        "why": why,
        "confidence": one.treaty.standing.confidence,
        "uncertain": one.uncertain,
    }


def _describe_task(one: Task) -> TaskRow:
    lang = language()
    return {
        "norm": one.suggestion.norm.id,
        "element": one.weighed.element.id,
        "state": one.weighed.state,
        "text": say(f"law.task.{one.reason}", lang, element=one.weighed.element.texts[lang]),
        "evidence": [kind.id for kind in one.evidence],
        "how": [
            say("law.task.danger", lang, ask=kind.ask[lang]) if kind.danger else kind.ask[lang]
            for kind in one.evidence
        ],
    }


def _describe_timer(one: Timer) -> TimerRow:
    earliest, latest = _days(one.due)
    return {
        "id": one.rule.id,
        "norm": one.rule.norm or one.rule.avenue,
        "subject": one.subject,
        "statements": list(one.statements),
        "from": earliest,
        "to": latest,
        "status": one.status,
        "whose": one.rule.whose,
        "zone": one.rule.zone,
        "confidence": one.rule.confidence,
        "uncertain": one.rule.uncertain,
        "text": one.rule.texts[language()],
    }


def _days(span: Span | None) -> tuple[str | None, str | None]:
    if span is None:
        return None, None
    earliest = span.earliest.isoformat() if span.earliest else None
    return earliest, span.latest.isoformat() if span.latest else None
