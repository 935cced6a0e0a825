"""Erasing what is kept apart from the record, of a person or of nobody in a case: what it takes, what stays,
and then the key.

Only where identity of the case is open, and nothing of it is shown but how much lies in each unit and, of a
person, how much elsewhere speaks of her. Refused: to erase without a reason, without that it was understood,
or while a job may be reading. It is done in the one thread that answers, so that no page reads meanwhile, and
whatever this session remembers goes with it.
"""

from onggi.errors import Finding
from onggi.ledger.ledger import Unit
from onggi.web.addresses import address
from onggi.web.answers import Answer, go, show
from onggi.web.casework import Matter, take_matter
from onggi.web.days import spell_days
from onggi.web.form import Form
from onggi.web.visit import Visit
from onggi.words import say

_SECTION = "cases"
_ERASED = ("person", "case")


def ask_erasure(visit: Visit) -> Answer:
    """What would be erased, what mentions a person elsewhere, and which copies hold it."""
    matter = take_matter(visit, visit.parts["ref"])
    return _lead_away(matter) or _show(visit, matter, Form.of())


def erase(visit: Visit) -> Answer:
    """Destroy the key of one unit, with a reason that is signed."""
    matter = take_matter(visit, visit.parts["ref"])
    if away := _lead_away(matter):
        return away
    form, units = Form(visit.fields), _list_units(visit, matter)
    unit = next((one for one in units if one.unit == form.value("unit")), None)
    findings = [
        Finding(code, where)
        for code, where, wrong in (
            ("web_erase.busy", "unit", any(not job.over for job in visit.jobs.all())),
            ("web_erase.lacks.unit", "unit", unit is None),
            ("cli.erase.reason", "reason", not form.value("reason").strip()),
            ("web_erase.lacks.sure", "sure", form.value("sure") != "yes"),
        )
        if wrong
    ]
    if findings or unit is None:
        return _show(visit, matter, Form(visit.fields, findings))
    visit.identity.close()
    visit.forget()
    visit.ledger.erase(unit.compartment, unit.stratum, unit.unit, form.value("reason").strip())
    return go(f"{_address(matter)}?done=erased")


def _list_units(visit: Visit, matter: Matter) -> list[Unit]:
    """Hers; of a case, those that belong to nobody in it."""
    if matter.kind == "case":
        return visit.ledger.list_loose(matter.entity)
    return visit.ledger.list_units(matter.entity)


def _address(matter: Matter) -> str:
    return f"/{matter.kind}/{matter.reference}"


def _lead_away(matter: Matter) -> Answer | None:
    """Where somebody goes who comes for neither a person nor a case, or while identity is closed."""
    if matter.kind not in _ERASED:
        return go(address(matter.view, matter.entity))
    return None if matter.open else go(f"/identity/{matter.reference}")


def _show(visit: Visit, matter: Matter, form: Form) -> Answer:
    tongue, units = visit.tongue, _list_units(visit, matter)
    values = {"unit": [units[0].unit], **form.values} if len(units) == 1 else form.values
    copies = {copy.date for unit in units for copy in unit.copies}
    return show(
        "erase.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        form=Form(values, form.findings),
        code=matter.code,
        kind=matter.kind,
        address=_address(matter),
        units=[(one.unit, _say_unit(one, tongue), _say_mentions(one, tongue)) for one in units]
        if matter.kind == "person"
        else [(one.unit, _say_unit(one, tongue)) for one in units],
        copies=[spell_days(say("cli.erase.copy", tongue, date=day), tongue) for day in sorted(copies)],
    )


def _say_unit(one: Unit, tongue: str) -> str:
    stratum = say(f"cli.stratum.{one.stratum}", tongue)
    return say("web_erase.unit", tongue, stratum=stratum, count=one.count)


def _say_mentions(one: Unit, tongue: str) -> str:
    return say("web_erase.mentions", tongue, count=len(one.mentions))


ROUTES = [
    ("GET", "/person/{ref}/erase", ask_erasure),
    ("POST", "/person/{ref}/erase", erase),
    ("GET", "/case/{ref}/erase", ask_erasure),
    ("POST", "/case/{ref}/erase", erase),
]
