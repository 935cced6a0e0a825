"""What the persons of a case decided: listed, recorded in a form, and withdrawn at once.

A withdrawal asks for no reason and no second look; whatever stands in the way of a reason, it is recorded.
As of an earlier day nothing is called a yes that holds: it held then, and where it does not hold today, that
is told beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from onggi.dossier.recipients import Recipient, list_recipients
from onggi.errors import Finding
from onggi.intake.consent import read_decision
from onggi.ledger.consents import list_unread
from onggi.ledger.decided import Decided, Decision, find_holding, list_entries, read_decided
from onggi.ledger.directory import Directory
from onggi.ledger.held import Held
from onggi.ledger.sentence import say_value
from onggi.ledger.view import View
from onggi.ledger.withdrawing import withdraw_consent
from onggi.model.consent import ANSWERS, DECISIONS, GIVEN, GIVERS, LIKENESS, SELF, SHOWN, WISHES, Checks
from onggi.model.recipients import MANY
from onggi.model.seconding import needs_second
from onggi.model.vocabulary import load_vocabulary
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_case
from onggi.web.days import say_day, say_moment
from onggi.web.form import Form
from onggi.web.manner import speak_plainly
from onggi.web.paging import Paging
from onggi.web.rendering import say_finding
from onggi.web.shown import Piece, name_entity
from onggi.web.visit import Visit
from onggi.words import known, say

PAGE = 50
"""Persons on one page."""

_LISTS = ("covers", "channels", "items")
_NESTED = ("checks.", "withheld.")
_TONGUES = {"ko": "korean", "zh": "chinese", "en": "english"}


@dataclass(frozen=True, slots=True)
class Told:
    """One decision that stands, or stood then: what it says, whether it holds, and a tag for that.

    `over` is a yes that held on an earlier day and does not hold today.
    """

    id: str
    text: str
    says: str
    hint: str
    tag: str
    kind: str
    given: bool
    over: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a case, with her other entries, what she decided, and what left before."""

    id: str
    code: Piece
    others: list[Piece]
    decisions: list[Told]
    replaced: int
    left: list[str]


def list_consents(visit: Visit) -> Answer:
    """Person by person what stands, whether it holds, and what was shown before; or did by an earlier day."""
    matter = take_case(visit)
    entries = _order_entries(matter.view, matter.case)
    paging = Paging.of(entries, visit.number("page", 1), PAGE)
    decided = [read_decided(matter.view, one, visit.day) for one in paging.items]
    over = _find_over(visit, decided)
    persons = [_show_person(matter, one, over) for one in decided]
    return show(
        "consent.html",
        section="cases",
        matter=matter,
        paging=paging,
        persons=[one for one in persons if one.decisions],
        silent=[one for one in persons if not one.decisions],
        unread=bool(list_unread(visit.ledger, visit.ledger.vault.compartment(matter.compartment))),
        done=_read_note(visit),
    )


def ask_decision(visit: Visit) -> Answer:
    """An empty form for one person: what she decided is chosen for nobody."""
    first = {
        "given_by": SELF,
        "shown": SHOWN[0],
        "likeness": LIKENESS[0],
        "lang": visit.tongue,
    }
    return _show_form(visit, Form.of(person=(visit.asked.get("person") or ("",))[-1], **first))


def record_decision(visit: Visit) -> Answer:
    """Record what was typed, or say what is wrong with it. Nothing is recorded beside a mistake."""
    matter = take_case(visit)
    ledger = visit.ledger
    within = ledger.vault.compartment(matter.compartment)
    directory = Directory(ledger, within)
    batch = read_decision(
        _read_fields(visit.fields), matter.case, directory, ledger.vault.randomness, visit.today
    )
    if isinstance(batch, list):
        return _show_form(visit, Form(visit.fields, [_call_field(one, visit.tongue) for one in batch]))
    ledger.append(within, batch.placed)
    waits = any(needs_second(one) for _, one in batch.placed)
    person = batch.placed[0][1].about.subject
    return _go_back(visit, matter, person, "waits" if waits else "recorded")


def withdraw(visit: Visit) -> Answer:
    """Take back one decision, or all that a person agreed to. From then on it is a no."""
    matter = take_case(visit)
    within = visit.ledger.vault.compartment(matter.compartment)
    because = visit.field("because").strip() or None
    done = withdraw_consent(visit.ledger, within, matter.case, visit.field("what"), because, visit.today)
    told = "withdrawn" if done.reason_kept else "unexplained"
    return _go_back(visit, matter, done.person, told)


def _order_entries(view: View, case: str) -> list[list[str]]:
    """The persons of a case, those of whom some decision is recorded first."""
    asked = {held.statement.subject for held in view.of_property("consent")}
    return sorted(list_entries(view, case), key=lambda entries: asked.isdisjoint(entries))


def _go_back(visit: Visit, matter: Matter, person: str, done: str) -> Answer:
    """To the page of the list on which she stands, now."""
    entries = _order_entries(visit.view(), matter.case)
    at = next((at for at, one in enumerate(entries) if person in one), 0)
    page = f"&page={at // PAGE + 1}" if len(entries) > PAGE else ""
    first = entries[at][0] if entries else person
    return go(f"/case/{matter.reference}/consent?done={done}{page}#p-{first}")


def _read_note(visit: Visit) -> str:
    """What was just done, if it is one of ours."""
    told = (visit.asked.get("done") or ("",))[-1]
    return told if told in ("recorded", "waits", "withdrawn", "unexplained") else ""


def _find_over(visit: Visit, decided: Iterable[Decided]) -> frozenset[str] | None:
    """Of what held on an earlier day what does not hold today; None where today itself is shown."""
    if visit.as_of is None:
        return None
    held = frozenset(each.id for one in decided for each in one.decisions if each.holds)
    return held - find_holding(visit.ledger.view(), held, visit.today)


def _show_person(matter: Matter, one: Decided, over: frozenset[str] | None) -> Person:
    view, tongue = matter.view, matter.tongue
    tell = partial(_tell, tongue=tongue) if over is None else partial(_tell_then, tongue=tongue, over=over)
    return Person(
        one.person,
        name_entity(one.person, view),
        [name_entity(other, view) for other in one.others],
        [tell(decision, view) for decision in one.decisions],
        one.replaced,
        [_say_left(held, view, tongue) for held in one.disclosures],
    )


def _tell(one: Decision, view: View, tongue: str) -> Told:
    text = say_value(one.consent, tongue, view.call, speak_plainly(tongue))
    given = one.consent.decision == GIVEN
    if one.found is None:
        says = say("cli.consent.review" if one.due else "cli.consent.holds", tongue, left=one.left)
        tag, kind = ("ends", "doubt") if one.ends_soon else ("holds", "well")
        return Told(one.id, text, says, "", say(f"web_consent.tag.{tag}", tongue), kind, given)
    tag, kind = ("lapsed", "doubt") if given else ("no", "wrong")
    if one.consent.decision == "not_asked":
        tag, kind = "not_asked", ""
    what, hint = say_finding(Finding(one.found, ""), tongue)
    return Told(one.id, text, what, hint, say(f"web_consent.tag.{tag}", tongue), kind, given)


def _tell_then(one: Decision, view: View, tongue: str, over: frozenset[str]) -> Told:
    """The same of an earlier day: what held then is not green, what is to be done about it is left out."""
    told = _tell(one, view, tongue)
    if one.found is None:
        says = say("web_consent.then.review" if one.due else "web_consent.then.held", tongue, left=one.left)
        return replace(told, says=says, tag=say("web_consent.tag.held", tongue), kind="", over=one.id in over)
    tag = say("web_consent.tag.unmet", tongue) if told.given else told.tag
    return replace(told, hint="", tag=tag)


def _name_recipient(one: Recipient, tongue: str) -> str:
    name = one.name(tongue)
    return say("web_consent.several", tongue, recipient=name) if one.id in MANY else name


def _say_left(held: Held, view: View, tongue: str) -> str:
    """One time that something left."""
    subject, name, manner = held.statement.subject, held.statement.what.property, speak_plainly(tongue)
    item = view.code_of(subject) if view.kind_of(subject) == "item" else None
    text = say("ledger.list", tongue).join(
        filter(None, (item, say_value(held.statement.value, tongue, view.call, manner)))
    )
    return say(f"cli.consent.{name}", tongue, day=say_moment(held.time[0], tongue), text=text)


def _call_field(finding: Finding, tongue: str) -> Finding:
    """A finding that names a field, naming it as the form does."""
    names = (f"web_consent.{kind}.{finding.values.get('field')}" for kind in ("field", "check"))
    called = next((say(name, tongue) for name in names if known(name)), None)
    return finding if called is None else replace(finding, values={**finding.values, "field": called})


def _show_form(visit: Visit, form: Form) -> Answer:
    matter = take_case(visit)
    view, tongue = matter.view, visit.tongue
    persons = (entries[0] for entries in list_entries(view, matter.case))
    items = _list_entities(view, matter.of_kind("item"))
    return show(
        "consent_form.html",
        status=422 if form.findings else 200,
        section="cases",
        matter=matter,
        form=form,
        persons=[("", "–"), *_list_entities(view, persons)],
        people=[("", "–"), *_list_entities(view, matter.of_kind("person"))],
        items=items,
        kept=[("", "–"), *items],
        recipients=[("", "–"), *((one.id, _name_recipient(one, tongue)) for one in list_recipients())],
        last=say_day(visit.today.isoformat(), tongue),
        tongues_asked=[(id, say(f"web_consent.tongue.{name}", tongue)) for id, name in _TONGUES.items()],
        options={
            "decision": _list_terms("consent_decisions", tongue, DECISIONS),
            "purpose": [("", "–"), *_list_terms("consent_purposes", tongue)],
            "covers": _list_terms("consent_data", tongue),
            "shown": _list_terms("consent_shown", tongue, SHOWN),
            "likeness": _list_terms("consent_likeness", tongue, LIKENESS),
            "withheld.what": _list_terms("redaction_classes", tongue),
            "withheld.why": [("", "–"), *_list_terms("withholding_reasons", tongue)],
            "channels": _list_terms("consent_channels", tongue),
            "given_by": _list_terms("consent_givers", tongue, GIVERS),
            "form": [("", "–"), *_list_terms("consent_forms", tongue)],
            "place": [("", "–"), *_list_terms("consent_places", tongue)],
            "answer": _list_terms("yes_no", tongue, ANSWERS),
            "wish": [("", "–"), *_list_terms("consent_wishes", tongue, WISHES)],
        },
        checks=Checks.__struct_fields__,
    )


def _list_entities(view: View, entities: Iterable[str]) -> list[tuple[str, str]]:
    """Entities to choose from, as a consent file names them: by code, or by id where there is none."""
    return [(view.code_of(one) or one, view.call(one)) for one in entities]


def _list_terms(vocabulary: str, tongue: str, only: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    terms = load_vocabulary(vocabulary).terms
    return [(id, terms[id].labels[tongue]) for id in only or terms if id in terms]


def _read_fields(typed: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """The fields of a `[[consent]]` table, as a file would have them; what was left empty is left out."""
    fields: dict[str, object] = {}
    for name, values in typed.items():
        kept = [value for value in values if value.strip()]
        if name == "seal" or not kept or name.startswith(_NESTED):
            continue
        fields[name] = kept if name in _LISTS else kept[-1]
    checks = {name: typed.get(f"checks.{name}", ("",))[-1] for name in Checks.__struct_fields__}
    if any(checks.values()):
        fields["checks"] = {name: said for name, said in checks.items() if said}
    what = [value for value in typed.get("withheld.what", ()) if value]
    why = typed.get("withheld.why", ("",))[-1]
    if what or why:
        fields["withheld"] = [{"what": what, **({"why": why} if why else {})}]
    return fields


ROUTES = [
    ("GET", "/case/{ref}/consent", list_consents),
    ("GET", "/case/{ref}/consent/new", ask_decision),
    ("POST", "/case/{ref}/consent/new", record_decision),
    ("POST", "/case/{ref}/consent/withdraw", withdraw),
]
