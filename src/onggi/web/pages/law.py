"""A case beside the law: what its facts may amount to, what is missing, who can hear it, and until when.

It shows what `law` finds and decides nothing. Which facts could be used against whom is a page of its own: it
opens only where identity is open for a signed reason, and nothing of it is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from onggi.errors import Exit, OnggiError
from onggi.figures.figure import Figure
from onggi.law.assess import Assessed
from onggi.law.catalogue import AnyEntry
from onggi.law.drawing import draw_limitation
from onggi.law.elements import SUPPORTED, Weighed
from onggi.law.limitation import Limitation
from onggi.law.matrix import MARKS, draw_elements
from onggi.law.openness import DANGEROUS, NOT_OPEN, OPEN, Openness
from onggi.law.qualify import Suggestion
from onggi.law.reverse import gather_warnings, load_rules, warn
from onggi.law.shelf import Shelf
from onggi.law.telling import (
    Footnotes,
    name_norm,
    say_complaint,
    say_confidence,
    say_lapsed_rule,
    say_limitation,
    say_mandate,
    say_not_in_force,
    say_own,
    say_reading,
    say_review,
    say_span,
    say_weight,
    say_why,
)
from onggi.ledger.view import View
from onggi.web.answers import Answer, go, show
from onggi.web.assessing import call_job
from onggi.web.casework import Matter, take_case
from onggi.web.days import spell_days
from onggi.web.paging import Paging
from onggi.web.shown import Piece, label_property, name_entity
from onggi.web.visit import Visit
from onggi.words import say

_FEW = 6
_PERSONS = 20  # whose charges stand on one page
Drawn = tuple[Assessed, tuple[Figure, ...], tuple[Figure, ...]]
_KINDS = {"supported": "well", "contradicted": "wrong", "not_known": "doubt"}


@dataclass(frozen=True, slots=True)
class Element:
    """One element: how it stands, on what, and what speaks against it."""

    text: str
    state: str
    kind: str
    weight: str
    supporting: list[Piece]
    against: list[Piece]
    more: int


@dataclass(frozen=True, slots=True)
class Charge:
    """A norm that comes up against one person, with its elements and until when."""

    id: str
    title: str
    victim: Piece | None
    notes: list[str]
    cautions: list[str]
    said: list[Piece]
    elements: list[Element]
    counts: str
    limitation: str
    readings: list[str]
    rests: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    """What elements are asked of besides norms: an act that was answered, a person who returned."""

    head: list[Piece]
    cautions: list[str]
    elements: list[Element]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """An avenue: whether it is open, why, and what it asks for."""

    name: str
    href: str
    why: str
    confidence: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Lack:
    """An element that is not shown, and how it could be, the safe ways first."""

    norms: list[Piece]
    text: str
    ways: list[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Danger:
    """What could be used against somebody: whom it endangers, under which norm, and every statement of it."""

    what: str
    whom: str
    norm: list[Piece]
    statements: list[Piece]


def show_law(visit: Visit) -> Answer:
    """Everything that `law` has to say of a case, as of today or an earlier day."""
    matter = take_case(visit)
    shelf = visit.shelf
    asked = visit.ledger, matter.view, matter.case, visit.day, shelf
    if visit.assessments.takes_long(*asked):
        page = matter.case, visit.day, shelf, visit.here, partial(_draw, visit)
        work = visit.assessments.work_at(*page, earlier=visit.as_of is not None)
        key = call_job("law", matter.case, visit.as_of)
        return go(f"/jobs/{visit.jobs.begin_once(key, 'web_law.job', work).id}")
    found = visit.assessments.assess(*asked)
    notes = Footnotes(visit.tongue, shelf.norms, lambda id: _call_statement(id, matter))
    tongue, lead = visit.tongue, partial(visit.shelfmarks.address, case=matter.reference)
    paging = Paging.of(found.persons, visit.number("page", 1), _PERSONS)
    seen, matrices, periods = _draw(visit, found, matter.view)
    charges = [_show_charge(matter, one, limit, notes, shelf) for one, limit in seen.charges]
    return show(
        "law.html",
        section="cases",
        matter=matter,
        paging=paging,
        matrices=matrices,
        charges=[
            (id, lead(shelf.norms[id]), list(group)) for id, group in groupby(charges, key=lambda one: one.id)
        ],
        rules=[
            (
                *(id, lead(shelf.norms[id]), shelf.norms[id].titles[tongue]),
                [
                    *_spell(say_own(shelf.norms[id].standing, tongue), tongue),
                    *_spell(say_lapsed_rule(limits, tongue, shelf.norms), tongue),
                ],
            )
            for id, limits in found.rules.items()
        ],
        periods=periods,
        notes=_spell(notes.list(), tongue),
        responses=_list_responses(matter, found),
        returns=_list_returns(matter, found),
        ways=[
            (status, [_show_way(one, lead, tongue) for one in found.avenues if one.status == status])
            for status in (OPEN, DANGEROUS, NOT_OPEN)
        ],
        complaints=[
            (
                *(one.treaty.id, lead(one.treaty), one.treaty.names[tongue]),
                " · ".join(
                    [say_complaint(one, tongue), *_spell(say_own(one.treaty.standing, tongue), tongue)]
                ),
            )
            for one in found.complaints
        ],
        timers=_list_timers(found, tongue),
        lacks=_list_lacks(visit, matter, found),
        unknown=", ".join(found.unknown_norms),
    )


def show_warnings(visit: Visit) -> Answer:
    """Which recorded facts could be used against whom. Only for whoever opened identity; nothing is kept.

    Raises:
        OnggiError: `web_earlier.closed` as of an earlier day while it is closed: the reason is signed today.
    """
    matter = take_case(visit)
    if not matter.open and visit.as_of:
        raise OnggiError("web_earlier.closed", exit_code=Exit.REFUSED)
    if not matter.open:
        return go(f"/identity/{matter.reference}")
    tongue, shelf, lead = visit.tongue, visit.shelf, visit.shelfmarks.lead
    return show(
        "warnings.html",
        section="cases",
        matter=matter,
        dangers=[
            Danger(
                load_rules()[first.rule].texts[tongue],
                say(f"law.endangers.{first.endangers}", tongue),
                lead(name_norm(first.norm, tongue, shelf.norms), shelf, matter.reference)
                if first.norm
                else [Piece(say("law.page.no_norm", tongue))],
                [_refer_by_whom(one.statement, matter) for one in (first, *others)],
            )
            for first, *others in gather_warnings(warn(matter.view, matter.case))
        ],
    )


def _draw(visit: Visit, found: Assessed, view: View) -> Drawn:
    """What was found of the persons of this page, their elements and their periods; drawn once."""
    number, tongue = visit.number("page", 1), visit.tongue

    def make() -> Drawn:
        seen = found.of_persons(Paging.of(found.persons, number, _PERSONS).items)
        return seen, draw_elements(seen.charges, tongue, view.call), draw_limitation(seen, tongue, view.call)

    return visit.assessments.draw(found, (found.facts.case, found.today, number, tongue), make)


def _show_charge(
    matter: Matter, one: Suggestion, limit: Limitation, notes: Footnotes, shelf: Shelf
) -> Charge:
    tongue, norm = matter.tongue, one.norm
    cautions = [guard.texts[tongue] for guard in one.guards]
    if norm.complaint_only:
        cautions.append(say("law.page.complaint_only", tongue))
    rests = [
        say(f"law.page.{id}", tongue, notes=notes.refer(told))
        for id, told in (("rests", limit.assumptions), ("moves", limit.would_change))
        if told and limit.readings
    ]
    return Charge(
        norm.id,
        norm.titles[tongue],
        name_entity(one.scope.victim, matter.view) if one.scope.victim else None,
        [
            *_spell(say_own(norm.standing, tongue), tongue),
            say_review(norm.standing, tongue),
            say_confidence(norm.standing.confidence, norm.uncertain, tongue),
        ],
        _spell([*cautions, *say_not_in_force(limit, tongue, shelf.norms)], tongue),
        [_refer(id, matter) for id in one.qualified],
        [_show_element(weighed, weighed.element.texts[tongue], matter) for weighed in one.elements],
        " · ".join(
            f"{mark} {sum(weighed.state == state for weighed in one.elements)}"
            for state, mark in MARKS.items()
        ),
        spell_days(say_limitation(limit, tongue), tongue),
        [
            " ".join(
                filter(
                    None,
                    (spell_days(say_reading(reading, tongue), tongue), notes.refer(reading.assumptions)),
                )
            )
            for reading in limit.readings
        ],
        rests,
    )


def _spell(texts: Iterable[str], tongue: str) -> list[str]:
    return [spell_days(text, tongue) for text in texts]


def _show_element(weighed: Weighed, text: str, matter: Matter) -> Element:
    pro, contra, tongue = weighed.supporting, weighed.contradicting, matter.tongue
    return Element(
        text,
        f"{MARKS[weighed.state]} {say(f'law.state.{weighed.state}', tongue)}",
        _KINDS[weighed.state],
        say_weight(weighed, tongue) if pro else "",
        [_refer(id, matter) for id in pro[:_FEW]],
        [_refer(id, matter) for id in contra[:_FEW]],
        max(0, len(pro) - _FEW) + max(0, len(contra) - _FEW),
    )


def _refer(statement: str, matter: Matter) -> Piece:
    """A statement by what it says something of; it leads to where it stands."""
    return Piece(_call_statement(statement, matter), href=f"/about/{statement}#s-{statement[:12]}")


def _refer_by_whom(statement: str, matter: Matter) -> Piece:
    """The same, with the code of whom it is said of: several are listed that say one thing."""
    held, refers = matter.view.statement(statement), _refer(statement, matter)
    subject = matter.view.call(held.statement.subject) if held else ""
    return replace(refers, text=" · ".join(filter(None, (subject, refers.text))))


def _call_statement(statement: str, matter: Matter) -> str:
    held = matter.view.statement(statement)
    return label_property(held.statement.what.property, matter.tongue) if held else statement[:8]


def _list_responses(matter: Matter, found: Assessed) -> list[Group]:
    tongue, view = matter.tongue, matter.view
    return [
        Group(
            [name_entity(one.id, view), Piece("→"), *(name_entity(act, view) for act in one.acts)],
            [],
            [
                _show_element(each, say(f"law.response.{each.element.id}", tongue), matter)
                for each in one.elements
            ],
        )
        for one in found.responses
    ]


def _list_returns(matter: Matter, found: Assessed) -> list[Group]:
    tongue, groups = matter.tongue, []
    for one in found.returns:
        count = len(one.statements)
        id = "law.page.returns_others" if count else "law.page.returns_none"
        groups.append(
            Group(
                [name_entity(one.person, matter.view)],
                [say("law.page.returns_dead", tongue)] if one.dead else [],
                [_show_element(each, each.element.texts[tongue], matter) for each in one.elements],
                say(id, tongue, count=count, sources=one.sources, cases=one.cases),
            )
        )
    return groups


def _show_way(one: Openness, lead: Callable[[AnyEntry], str], tongue: str) -> Way:
    avenue, standing = one.avenue, one.avenue.standing
    facts = [] if one.status == NOT_OPEN else _list_facts(one, tongue)
    return Way(
        avenue.names[tongue],
        lead(avenue),
        spell_days(say_why(one, tongue), tongue),
        " · ".join(
            [
                *_spell(say_own(standing, tongue), tongue),
                say_confidence(standing.confidence, standing.uncertain, tongue),
            ]
        ),
        facts,
    )


def _list_facts(one: Openness, tongue: str) -> list[tuple[str, str]]:
    avenue = one.avenue
    told: Sequence[tuple[str, Iterable[str]]] = (
        ("deadline", [avenue.deadline[tongue]]),
        ("urgency", [avenue.urgency[tongue]]),
        ("learns", [avenue.state_learns[tongue]]),
        ("consent", [avenue.consent_text[tongue]]),
        ("mandates", [say_mandate(each, tongue) for each in one.mandates]),
        ("there", [ask.texts[tongue] for ask in one.there]),
        ("lacks", [ask.texts[tongue] for ask in one.lacks]),
    )
    between = say("ledger.between", tongue)
    return [(say(f"web_law.way.{id}", tongue), between.join(texts)) for id, texts in told if any(texts)]


def _list_timers(found: Assessed, tongue: str) -> list[list[str]]:
    return [
        [
            one.rule.texts[tongue],
            spell_days(say_span(one.due, tongue), tongue),
            say(
                "law.named",
                tongue,
                norm=say(f"law.timer.{one.status}", tongue),
                title=say(f"law.zone.{one.rule.zone}", tongue),
            ),
            " · ".join(
                [
                    say_confidence(one.rule.confidence, (), tongue),
                    *([say("law.page.to_check", tongue)] if one.rule.uncertain else []),
                ]
            ),
        ]
        for one in found.timers
    ]


def _list_lacks(visit: Visit, matter: Matter, found: Assessed) -> list[Lack]:
    """What is missing; of one element that several norms ask for, once with all of them."""
    tongue = visit.tongue
    lacks: dict[tuple[str, str], list[str]] = {}
    ways: dict[tuple[str, str], list[tuple[str, str, bool]]] = {}
    for one in found.tasks:
        if one.weighed.state == SUPPORTED:
            continue
        element = one.weighed.element.texts[tongue]
        key = element, say(f"law.task.{one.reason}", tongue, element=element)
        lacks.setdefault(key, []).append(one.suggestion.norm.id)
        ways[key] = [(kind.names[tongue], kind.ask[tongue], kind.danger) for kind in one.evidence]
    between = say("ledger.list", tongue)
    return [
        Lack(visit.shelfmarks.lead(named, visit.shelf, matter.reference), text, ways[element, text])
        for (element, text), ids in lacks.items()
        for named in [between.join(name_norm(id, tongue, visit.shelf.norms) for id in dict.fromkeys(ids))]
    ]


ROUTES = [
    ("GET", "/case/{ref}/law", show_law),
    ("GET", "/case/{ref}/law/warnings", show_warnings),
]
