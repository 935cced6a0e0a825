"""A file of statements or of decisions: brought, looked at, recorded as a whole or not at all.

It comes in as a job, which reads it and says what it would come to, sentence by sentence, or everything that
is wrong with it and on which line. Nothing is recorded before somebody has seen that and said yes, and then
what was shown (`web.brought`). Refused: to show what a file is called.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from onggi.errors import Exit, Finding, OnggiError
from onggi.intake.consent import read_consents
from onggi.intake.record import MOST_BYTES, find_kind, read_record
from onggi.intake.toml_file import MOST_TOML
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, show
from onggi.web.arrived import Given, read_files
from onggi.web.brought import Brought, Dice, Outlook, Read
from onggi.web.casework import take_case
from onggi.web.findings import tell_findings
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.matters import list_matters
from onggi.web.paging import Paging
from onggi.web.sayings import Placed, list_sayings
from onggi.web.shown import HEADED, call_compartment
from onggi.web.upload import Delivery
from onggi.web.visit import Visit

_PAGE = 100
_SIZES = {"file": MOST_BYTES, "map": MOST_TOML}
"""Bytes that are read of what was chosen for each field, and one more."""


Understand = Callable[[Mapping[str, Given]], Read]


def ask_statements(visit: Visit) -> Answer:
    """Which file, and what it does not say itself."""
    return _ask_statements(visit, Form.of(case=(visit.asked.get("case") or ("",))[-1]))


def bring_statements(visit: Visit) -> Answer:
    """Take in a record file, or a table with or without its map."""
    vault = visit.ledger.vault
    wrong = list(_find_lacking(visit.upload))
    known = [one.id for one in vault.compartments]
    compartment = visit.field("compartment") or (known[0] if len(known) == 1 else "")
    if compartment not in known:
        wrong.append(Finding("web_record.compartmentless", "compartment"))
    if wrong:
        return _ask_statements(visit, Form(visit.fields, wrong))
    typed = visit.field("case").strip() or None

    def understand(given: Mapping[str, Given]) -> Read:
        file, mapping = given["file"], given["map"].data if "map" in given else None
        kind = find_kind(file.name, mapping)
        return lambda ledger, into, dice, today, tell: read_record(
            file.data, kind, Directory(ledger, into), dice, mapping=mapping, case=typed, progress=tell
        )

    return _take_in(visit, Brought(compartment, "", "/bring", 0, Dice(vault.randomness)), understand)


def ask_decisions(visit: Visit) -> Answer:
    """Which file."""
    return _ask_decisions(visit, Form.of())


def bring_decisions(visit: Visit) -> Answer:
    """Take in a file of decisions about persons of this case."""
    matter = take_case(visit)
    wrong = list(_find_lacking(visit.upload))
    if wrong:
        return _ask_decisions(visit, Form(visit.fields, wrong))
    case, back = matter.case, f"/case/{matter.reference}/consent"

    def understand(given: Mapping[str, Given]) -> Read:
        data = given["file"].data
        return lambda ledger, into, dice, today, tell: read_consents(
            data, case, Directory(ledger, into), dice, today
        )

    dice = Dice(visit.ledger.vault.randomness)
    return _take_in(visit, Brought(matter.compartment, case, f"{back}/file", 0, dice), understand)


def show_brought(visit: Visit) -> Answer:
    """What would be recorded; or what is wrong; or that it is recorded."""
    one, id = _find(visit), visit.parts["id"]
    if one.entered is not None and one.outlook is not None:
        if not one.case:
            visit.walked.mark("record", one.outlook.case)
        return show("brought_done.html", section="record", one=one, seen=one.outlook, id=id)
    if one.outlook is not None:
        return _show_outlook(visit, one, one.outlook)
    if not one.findings:
        raise OnggiError("web_bring.gone", exit_code=Exit.ABSENT)
    wrong = list(tell_findings(one.findings, visit.tongue))
    return show("brought_wrong.html", section="record", one=one, wrong=wrong, id=id)


def decide(visit: Visit) -> Answer:
    """Record it, once; or let go of it."""
    id, one = visit.parts["id"], _find(visit)
    if visit.field("do") == "drop":
        visit.brought.drop(id)
        return go(one.back)
    if one.entered is not None or one.outlook is None:
        return go(f"/bring/{id}")
    if visit.field("mark") != one.outlook.mark.hex():
        one.changed = True
        return go(f"/bring/{id}")

    def work(ledger: Ledger, tell: Progress) -> str:
        one.record(ledger, tell)
        return f"/bring/{id}"

    return go(f"/jobs/{visit.jobs.begin_once(f'bring {id}', 'web_bring.job.record', work).id}")


def _find_lacking(upload: Delivery | None) -> Iterator[Finding]:
    if upload is None or not upload.name or upload.field != "file":
        yield Finding("web_bring.fileless", "file")


def _take_in(visit: Visit, one: Brought, understand: Understand) -> Answer:
    """Read what comes in beside the pages; the page of the job leads to what it comes to."""
    delivery, brought = visit.upload, visit.brought
    if delivery is None:
        raise OnggiError("web_bring.fileless", exit_code=Exit.USAGE)
    one.size = min(delivery.length, sum(_SIZES.values()))
    id = brought.keep(one)

    def work(ledger: Ledger, tell: Progress) -> str:
        try:
            one.read = understand(read_files(delivery, _SIZES, partial(tell, 0, 0, "")))
            one.look(ledger, tell)
        except BaseException:
            brought.drop(id)
            raise
        return f"/bring/{id}"

    job = visit.jobs.begin("web_bring.job.look", work)
    delivery.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def _find(visit: Visit) -> Brought:
    one = visit.brought.find(visit.parts["id"])
    if one is None:
        raise OnggiError("web_bring.gone", exit_code=Exit.ABSENT)
    return one


def _show_outlook(visit: Visit, one: Brought, seen: Outlook) -> Answer:
    view = visit.view(seen.case)
    told = [each for each in seen.told if each[1].what.property not in HEADED]
    paging = Paging.of(told, visit.number("page", 1), _PAGE)
    return show(
        "brought.html",
        section="record",
        id=visit.parts["id"],
        one=one,
        seen=seen,
        paging=paging,
        sayings=list_sayings(_quote(paging.items, seen.told), seen.codes, view, visit.tongue),
    )


def _quote(shown: Sequence[Placed], told: Sequence[Placed]) -> Iterator[Placed]:
    """Some sentences, with the words as they were said that belong to them."""
    ids = {one.id for _, one in shown}
    yield from shown
    yield from (each for each in told if each[1].what.property == "verbatim" and each[1].subject in ids)


def _ask_statements(visit: Visit, form: Form) -> Answer:
    vault, tongue = visit.ledger.vault, visit.tongue
    return show(
        "bring.html",
        status=422 if form.findings else 200,
        section="record",
        form=form,
        matter=None,
        action="/bring",
        cases=list_matters(visit.view(), tongue),
        compartments=[(one.id, call_compartment(one.name, tongue)) for one in vault.compartments],
    )


def _ask_decisions(visit: Visit, form: Form) -> Answer:
    matter = take_case(visit)
    return show(
        "bring.html",
        status=422 if form.findings else 200,
        section="cases",
        form=form,
        matter=matter,
        action=f"/case/{matter.reference}/consent/file",
        cases=[],
        compartments=[],
    )


ROUTES = [
    ("GET", "/bring", ask_statements),
    ("POST", "/bring", bring_statements),
    ("GET", "/case/{ref}/consent/file", ask_decisions),
    ("POST", "/case/{ref}/consent/file", bring_decisions),
    ("GET", "/bring/{id}", show_brought),
    ("POST", "/bring/{id}", decide),
]
