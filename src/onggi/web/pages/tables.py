"""Tables that may be published: what is counted by what, the table as it would leave, and its leaving.

The table is made as a job and kept in memory under a random id; the one that was seen is the one that leaves,
or none does. Of a noisy one no number is drawn before it leaves: what it spends is what is seen. Where it is
written is told in no address and no title.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from onggi.count.rounding import BASE
from onggi.count.table import K, Spec
from onggi.count.units import DIMENSIONS, UNITS
from onggi.dossier.noising import (
    Asked,
    Noisy,
    check_noisy,
    hand_out_noisy,
    lay_out_noisy,
    plan_noisy,
    read_epsilon,
    say_spending,
)
from onggi.dossier.release import check_new
from onggi.dossier.tabulate import (
    Cells,
    Tabulation,
    hand_out_table,
    lay_out_table,
    list_tables,
    plan_table,
    say_notes,
)
from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.ledger.sentence import say_statement
from onggi.model.vocabulary import load_properties
from onggi.vault.opened import Compartment
from onggi.web.answers import Answer, go, show
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.orders import Kept
from onggi.web.places import read_place
from onggi.web.visit import Visit
from onggi.words import known, say

_KEPT = "tables"
_MOST_K = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """The table of a compartment as it may be shown, and the SHA-256 of the file once it left.

    `drawn` are the numbers of a noisy one that left; it has none before.
    """

    plan: Tabulation | Noisy
    compartment: str
    digest: str = ""
    drawn: Cells = ()


def ask_table(visit: Visit) -> Answer:
    """Choose what is counted, by what; below, every table that left."""
    return _show_form(visit, Form.of(unit="victim", rows="type", k=str(K)))


def make_table(visit: Visit) -> Answer:
    """Make the table, as a job. Nothing leaves."""
    form = Form(visit.fields)
    findings = _check(form) or _check_noise(form)
    if findings:
        return _show_form(visit, Form(visit.fields, findings))
    spec, asked, year = _read_spec(form), _read_asked(form), visit.today.year
    base = BASE if form.value("rounded") else 1
    compartment = visit.ledger.vault.compartment(form.value("compartment") or None).id
    kept = Kept(visit.fields, _KEPT)
    id = visit.orders.keep(kept)

    def work(ledger: Ledger, progress: Progress) -> str:
        progress(0, 1, "plan")
        within = ledger.vault.compartment(compartment)
        kept.outcome = Outcome(
            plan_noisy(ledger, within, spec, asked, year, base=base)
            if asked
            else plan_table(ledger, within, spec, base=base),
            compartment,
        )
        return f"/numbers/table/{id}"

    return go(f"/jobs/{visit.jobs.begin('web_numbers.table.job', work).id}")


def show_table(visit: Visit) -> Answer:
    """The table as it would be published, and what stands against it."""
    return _show_table(visit, Form.of())


def hand_over(visit: Visit) -> Answer:
    """Sign that this very table leaves, and have it written into a folder."""
    kept, outcome = _find(visit)
    out = read_place(visit.field("folder"))
    findings = _check_place(out, outcome.plan, visit) if not outcome.plan.findings else []
    if findings or out is None or outcome.plan.findings or outcome.digest:
        return _show_table(visit, Form(visit.fields, findings))
    file, id = out / _name_file(outcome.plan, visit), visit.parts["id"]
    tongue, day = visit.tongue, visit.today

    def work(ledger: Ledger, progress: Progress) -> str:
        progress(0, 1, "write")
        within = ledger.vault.compartment(outcome.compartment)
        drawn, digest = _hand_out(ledger, within, outcome.plan, tongue, day, file)
        kept.folder, kept.outcome = file, Outcome(outcome.plan, outcome.compartment, digest, drawn)
        return f"/numbers/table/{id}"

    return go(f"/jobs/{visit.jobs.begin('web_numbers.leave.job', work).id}")


def _hand_out(
    ledger: Ledger, within: Compartment, plan: Tabulation | Noisy, tongue: str, day: date, file: Path
) -> tuple[Cells, str]:
    """The numbers that were drawn for it, if it is noisy, and the SHA-256 of the file."""
    if isinstance(plan, Tabulation):
        return (), hand_out_table(ledger, within, plan, tongue, day.isoformat(), file)
    # What was read of the lifetime is what is spent: whoever sends twice, or beside another, spends once.
    asked = Asked(plan.epsilon, plan.lifetime)
    if plan_noisy(ledger, within, plan.spec, asked, day.year, base=plan.base) != plan:
        raise OnggiError("web_numbers.noise.changed", exit_code=Exit.REFUSED)
    return hand_out_noisy(ledger, within, plan, tongue, day.isoformat(), file)


def _find(visit: Visit) -> tuple[Kept, Outcome]:
    kept = visit.orders.find(visit.parts["id"], _KEPT)
    if kept is None or not isinstance(kept.outcome, Outcome):
        raise OnggiError("web_numbers.gone", exit_code=Exit.ABSENT)
    return kept, kept.outcome


def _check(form: Form) -> list[Finding]:
    """What is wrong with what was chosen."""
    rows, columns, k = form.value("rows"), form.value("columns"), form.value("k") or str(K)
    findings = []
    if form.value("unit") not in UNITS:
        findings.append(Finding("web_numbers.lacks.unit", "unit"))
    if rows not in DIMENSIONS:
        findings.append(Finding("web_numbers.lacks.rows", "rows"))
    if columns and (columns not in DIMENSIONS or columns == rows):
        findings.append(Finding("web_numbers.lacks.columns", "columns"))
    if not (k.isascii() and k.isdigit() and len(k) < 6 and K <= int(k) <= _MOST_K):
        findings.append(Finding("web_numbers.lacks.k", "k", {"least": K}))
    return findings


def _check_noise(form: Form) -> list[Finding]:
    """What is wrong with what was asked of noise; nothing where no noise is."""
    if not (form.value("noisy") or form.value("lifetime")):
        return []
    findings = []
    for name in ("noisy", "lifetime") if form.value("lifetime") else ("noisy",):
        try:
            read_epsilon(form.value(name))
        except OnggiError as error:
            findings.append(Finding(error.id, name))
    try:
        check_noisy(_read_spec(form))
    except OnggiError as error:
        findings.append(Finding(error.id, "unit" if error.id == "table.noisy_unit" else "noisy"))
    return findings


def _read_spec(form: Form) -> Spec:
    columns, k = form.value("columns") or None, int(form.value("k") or K)
    return Spec(form.value("unit"), form.value("rows"), columns, k)


def _read_asked(form: Form) -> Asked | None:
    noisy, lifetime = form.value("noisy"), form.value("lifetime")
    return Asked(read_epsilon(noisy), read_epsilon(lifetime) if lifetime else None) if noisy else None


def _check_place(out: Path | None, plan: Tabulation | Noisy, visit: Visit) -> list[Finding]:
    if out is None:
        return [Finding("web_numbers.lacks.folder", "folder")]
    try:
        check_new(out / _name_file(plan, visit))
    except OnggiError as error:
        return [Finding(error.id, "folder", error.values)]
    return []


def _name_file(plan: Tabulation | Noisy, visit: Visit) -> str:
    """A name of ours, by what is counted and a mark of the very numbers; of a noisy table of what it spends,
    since its numbers do not leave as they are."""
    spec, noisy = plan.spec, isinstance(plan, Noisy)
    by = "-".join(filter(None, (spec.unit, spec.rows, spec.columns, "noisy" if noisy else None)))
    said = (plan.epsilon, plan.spent) if isinstance(plan, Noisy) else plan.cells
    mark = sha256(repr((spec, plan.base, said)).encode()).hexdigest()[:8]
    return f"{by}-{visit.today.isoformat()}-{mark}.csv"


def _show_table(visit: Visit, form: Form) -> Answer:
    kept, outcome = _find(visit)
    plan, tongue = outcome.plan, visit.tongue
    head, rows = _lay_out(outcome, tongue)
    return show(
        "tables_shown.html",
        status=422 if form.findings else 200,
        section="numbers",
        form=form,
        id=visit.parts["id"],
        title=_title(plan, tongue),
        head=head,
        rows=rows,
        numbers=list(range(1, len(head))),
        noisy=isinstance(plan, Noisy),
        notes=say_spending(plan, tongue) if isinstance(plan, Noisy) else say_notes(plan, tongue),
        findings=[(one, _find_mend(one)) for one in plan.findings],
        digest=outcome.digest,
        file=str(kept.folder or ""),
    )


def _lay_out(outcome: Outcome, tongue: str) -> tuple[list[str], list[list[str]]]:
    """The headings and lines; of a noisy table those that were drawn, and none before."""
    plan, hidden = outcome.plan, say("web_numbers.hidden", tongue)
    head, rows = (
        lay_out_noisy(plan.spec, outcome.drawn, tongue, hidden)
        if isinstance(plan, Noisy)
        else lay_out_table(plan, tongue, hidden)
    )
    return [_label(plan.spec.rows, tongue), *head[1:]], rows


def _title(plan: Tabulation | Noisy, tongue: str) -> str:
    spec = plan.spec
    by = [_label(one, tongue) for one in (spec.rows, spec.columns) if one]
    unit, colon = say(f"table.unit.{spec.unit}", tongue), say("web.statement.colon", tongue)
    title = f"{unit}{colon}{' × '.join(by)}"
    return say("table.noisy_row", tongue, kind=title) if isinstance(plan, Noisy) else title


def _find_mend(one: Finding) -> str:
    """Where it is mended: the earlier table, what could not be read, or the choice itself."""
    if one.code in ("table.isolates", "table.differs"):
        return f"/numbers/tables#t-{one.where[:12]}"
    return "/log" if one.code == "consent.unread" else "/numbers/tables"


def _label(by: str, tongue: str) -> str:
    if known(f"table.by.{by}"):
        return say(f"table.by.{by}", tongue)
    found = load_properties().get(by)
    return found.labels[tongue] if found else by


def _list_left(visit: Visit, compartment: str) -> list[tuple[str, str, str]]:
    """Every table that left: where it stands on the page, what it is, and when it left."""
    view = visit.ledger.view(compartment=visit.ledger.vault.compartment(compartment))
    return [
        (
            f"t-{held.id[:12]}",
            say_statement(held, visit.tongue, lambda entity: compartment),
            say_moment(held.time[0], visit.tongue),
        )
        for held in list_tables(view)
    ]


def _show_form(visit: Visit, form: Form) -> Answer:
    vault, tongue = visit.ledger.vault, visit.tongue
    dimensions = [(one, _label(one, tongue)) for one in DIMENSIONS]
    left = [one for each in vault.compartments for one in _list_left(visit, each.name)]
    return show(
        "tables.html",
        status=422 if form.findings else 200,
        section="numbers",
        form=form,
        units=[(one, say(f"table.unit.{one}", tongue)) for one in UNITS],
        rows=dimensions,
        columns=[("", say("web_numbers.columns.none", tongue)), *dimensions],
        compartments=[(one.name, one.name) for one in vault.compartments],
        left=left,
    )


ROUTES = [
    ("GET", "/numbers/tables", ask_table),
    ("POST", "/numbers/tables", make_table),
    ("GET", "/numbers/table/{id}", show_table),
    ("POST", "/numbers/table/{id}/leave", hand_over),
]
