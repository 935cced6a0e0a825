"""What lies on the desk of this device: interviews that are begun, and versions of one side by side.

Nothing that was typed is shown in the list; a draft says of which case it is and how much it holds.
"""

from dataclasses import dataclass

from onggi.errors import Exit, Finding, OnggiError
from onggi.intake.begun import Begun, begin, clear_recorded, find_begun, list_begun, put_away, set_apart
from onggi.intake.interview import TOLD, WHO, is_field, list_numbers
from onggi.model.stratum import STRATA
from onggi.web.answers import Answer, go, show
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.interviewing import LANGUAGES, Interviewing, say_time
from onggi.web.matters import list_matters
from onggi.web.shown import call_compartment
from onggi.web.visit import Visit
from onggi.words import known, say

_SECTION = "record"
_KEEPS = ("this", "other", "both")


@dataclass(frozen=True, slots=True)
class Row:
    """One draft of the list."""

    id: str
    case: str
    day: str
    time: str
    told: int
    whos: int
    beside: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two versions differ."""

    label: str
    here: str
    there: str


def show_drafts(visit: Visit) -> Answer:
    """The list, and how to begin another."""
    return _show_list(visit, Form.of(lang="ko", case=(visit.asked.get("case") or ("",))[-1]))


def begin_interview(visit: Visit) -> Answer:
    """Begin one, of a case that is there or of a new one."""
    ledger = visit.ledger
    fields = {name: typed[-1] for name, typed in visit.fields.items() if is_field(name) and typed[-1].strip()}
    wrong = _judge(visit, fields)
    if wrong:
        return _show_list(visit, Form(visit.fields, wrong))
    fields |= {"source-published": "no", f"{WHO}-1-kind": "person", f"{TOLD}-1-about": f"{WHO}-1"}
    vault = ledger.vault
    begun = begin(vault, fields, vault.randomness(8).hex(), ledger.clock(), vault.randomness)
    return go(f"/record/{begun.id}")


def show_beside(visit: Visit) -> Answer:
    """Two versions, field by field where they differ; nobody decides here which is right."""
    here, there = _find_pair(visit)
    return show(
        "record_beside.html",
        section=_SECTION,
        here=here,
        there=there,
        times=(say_time(here.saved), say_time(there.saved)),
        differences=_list_differences(visit, here, there),
    )


def keep_version(visit: Visit) -> Answer:
    """Keep one of the two, or both as drafts of their own."""
    here, there = _find_pair(visit)
    wish = visit.field("keep")
    if wish not in _KEEPS or visit.field("revisions") != f"{here.revision} {there.revision}":
        raise OnggiError("web_record.changed", exit_code=Exit.USAGE)
    vault = visit.ledger.vault
    if wish == "both":
        set_apart(vault, here.id)
        return go("/record")
    kept, gone = (here, there) if wish == "this" else (there, here)
    put_away(vault, gone.id)
    return go(f"/record/{kept.id}")


def ask_away(visit: Visit) -> Answer:
    """Whether it is to be taken from the desk for good."""
    row = _describe(visit, find_begun(visit.ledger.vault, visit.parts["id"]))
    return show("record_away.html", section=_SECTION, row=row)


def take_away(visit: Visit) -> Answer:
    """Take it from the desk for good."""
    put_away(visit.ledger.vault, visit.parts["id"])
    return go("/record")


def _show_list(visit: Visit, form: Form) -> Answer:
    vault, whole = visit.ledger.vault, visit.ledger.view(strata=[stratum.value for stratum in STRATA])
    clear_recorded(vault, lambda id: whole.statement(id) is not None)
    view = visit.view()
    return show(
        "drafts.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        form=form,
        rows=[_describe(visit, one) for one in list_begun(vault)],
        cases=list_matters(view, visit.tongue),
        languages=LANGUAGES,
        compartments=[(one.id, call_compartment(one.name, visit.tongue)) for one in vault.compartments],
    )


def _judge(visit: Visit, fields: dict[str, str]) -> list[Finding]:
    if not fields.get("case") and not fields.get("title"):
        return [Finding("web_record.caseless", "case")]
    known = [one.id for one in visit.ledger.vault.compartments]
    if fields.get("compartment", known[0] if len(known) == 1 else "") not in known:
        return [Finding("web_record.compartmentless", "compartment")]
    begun = Begun("", 0, "", 0, fields)
    if fields.get("case") and not Interviewing.of(visit, begun).case:
        return [Finding("intake.case.absent", "case")]
    return []


def _find_pair(visit: Visit) -> tuple[Begun, Begun]:
    here = find_begun(visit.ledger.vault, visit.parts["id"])
    if not here.beside:
        raise OnggiError("intake.begun.absent", exit_code=Exit.USAGE)
    return here, find_begun(visit.ledger.vault, here.beside)


def _describe(visit: Visit, one: Begun) -> Row:
    return Row(
        one.id,
        one.answers.get("case", ""),
        say_moment(one.saved, visit.tongue),
        say_time(one.saved),
        len(list_numbers(one.answers, TOLD)),
        len(list_numbers(one.answers, WHO)),
        bool(one.beside),
    )


def _list_differences(visit: Visit, here: Begun, there: Begun) -> list[Difference]:
    names = dict.fromkeys((*here.answers, *there.answers))
    pairs = [(name, here.answers.get(name, ""), there.answers.get(name, "")) for name in names]
    return [Difference(label_field(name, visit.tongue), a, b) for name, a, b in pairs if a != b]


def label_field(name: str, tongue: str) -> str:
    """What a field is called, with the number of its part."""
    part, _, rest = name.partition("-")
    number, _, field = rest.rpartition("-")
    id = f"web_record.field.{field or part}"
    label = say(id, tongue) if known(id) else field or part
    return say(f"web_record.part.{part}", tongue, number=number) + " · " + label if number else label


ROUTES = [
    ("GET", "/record", show_drafts),
    ("POST", "/record", begin_interview),
    ("GET", "/record/{id}/beside", show_beside),
    ("POST", "/record/{id}/beside", keep_version),
    ("GET", "/record/{id}/away", ask_away),
    ("POST", "/record/{id}/away", take_away),
]
