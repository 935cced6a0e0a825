"""Tables of other lists: brought, looked at, linked as a job, and what came of it handed over.

Nothing of the vault is asked, and nothing goes into it. Of a row no page, address or error says anything but
its line; what records say stands in the files alone, which somebody downloads. Refused: to show what a file
is called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.link.columns import Head
from onggi.link.draws import FEWEST, MOST
from onggi.link.features import KINDS
from onggi.link.report import write_figures
from onggi.link.table import COLUMNS, TableMap
from onggi.paper.html import make_body
from onggi.web.answers import Answer, go, hand_out, show
from onggi.web.findings import tell_findings
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.listed import MOST_MAP, MOST_TABLES, Listed, is_much
from onggi.web.upload import Delivery
from onggi.web.visit import Visit
from onggi.words import say

_AT = "/review/tables"
_SEED = "1"
_MOST_SEED = 2**32 - 1
_MOST_TOLD = 20  # findings, as in a terminal
_LONGEST_HEAD = 40
_HEADED = "link.table.unused"  # which is told with the heads of its table


@dataclass(frozen=True, slots=True)
class Seen:
    """One table: the heads of its columns and what they are read as, and those that are read as nothing."""

    rows: int
    left_out: int
    read: list[list[str]]
    listless: bool
    unused: int
    unread: list[str]
    hidden: bool


def ask_tables(visit: Visit) -> Answer:
    """Which tables, and by which map."""
    return _ask(Form.of())


def bring_tables(visit: Visit) -> Answer:
    """Read what comes in, as a job; its page leads to what was seen."""
    delivery, pasted = visit.upload, visit.field("pasted").encode()
    brought = delivery if delivery is not None and delivery.name else None
    length = len(pasted) + (brought.length if brought else 0)
    if (brought is None and not pasted.strip()) or (brought and brought.field not in ("tables", "map")):
        return _ask(_refill(visit, Finding("web_lists.fileless", "tables")))
    if length > MOST_TABLES + MOST_MAP:
        return _ask(_refill(visit, Finding("web_lists.large", "tables")))
    typed = visit.field("typed")
    one = Listed(typed, length)
    id, listed = visit.listed.keep(one), visit.listed

    def work(ledger: Ledger, tell: Progress) -> str:
        try:
            tables, mapping = _read_files(brought, partial(tell, 0, 0, "read")) if brought else ([], b"")
            tell(0, 0, "read")
            one.look([pasted, *tables] if pasted.strip() else tables, mapping or typed.encode())
        except BaseException:
            listed.drop(id)
            raise
        return f"{_AT}/{id}"

    job = visit.jobs.begin("web_lists.job.look", work)
    if brought:
        brought.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def show_tables(visit: Visit) -> Answer:
    """What was seen of the tables, or what is wrong with them; while they are linked, how far that is."""
    one, id = _find(visit)
    if one.problem is not None:
        return _ask(Form({"typed": [one.typed]}, [one.problem]))
    if (job := visit.jobs.find_last(_name_job(id))) is not None and not job.over:
        return go(f"/jobs/{job.id}")
    return _show_seen(visit, one, Form.of(seed=_SEED))


def show_linked(visit: Visit) -> Answer:
    """What came of linking them: numbers, what was compared by name, and the files."""
    one, id = _find(visit)
    if one.linked is None:
        return go(f"{_AT}/{id}")
    document = write_figures(one.linked.linkage, one.linked.told, visit.tongue)
    return show(
        "lists_linked.html",
        section="review",
        id=id,
        told=one.linked.told,
        files=[(name.partition(".")[0], name) for name in one.list_names()],
        document=document,
        body=Markup(make_body(document)),  # noqa: S704 - `paper.html` escapes every text
    )


def decide(visit: Visit) -> Answer:
    """Link them, as a job; or let go of them, and of what came of them."""
    one, id = _find(visit)
    if visit.field("do") == "drop":
        if (job := visit.jobs.find_last(_name_job(id))) is not None:
            visit.jobs.stop(job)
        visit.listed.drop(id)
        return go(_AT)
    if one.records is None:
        return go(f"{_AT}/{id}")
    seed, draws = _read_number(visit.field("seed"), _SEED), _read_number(visit.field("draws"), "0")
    findings = []
    if seed is None:
        findings.append(Finding("web_lists.lacks.seed", "seed", {"most": _MOST_SEED}))
    if draws is None or (draws and not FEWEST <= draws <= MOST):
        findings.append(Finding("web_lists.lacks.draws", "draws", {"least": FEWEST, "most": MOST}))
    elif is_much(one.records, draws):
        findings.append(Finding("web_lists.much", "draws"))
    if findings or seed is None or draws is None:
        return _show_seen(visit, one, Form(visit.fields, findings))
    listed = visit.listed

    def work(ledger: Ledger, tell: Progress) -> str:
        one.link(seed, draws, tell)
        listed.make_room(id)
        return f"{_AT}/{id}/linked"

    return go(f"/jobs/{visit.jobs.begin_once(_name_job(id), 'web_lists.job.link', work).id}")


def download(visit: Visit) -> Answer:
    """One of the files, as it would be written."""
    one, _ = _find(visit)
    data = one.write(visit.parts["name"], visit.tongue)
    if data is None:
        raise OnggiError("web_lists.gone", exit_code=Exit.ABSENT)
    return hand_out(visit.parts["name"], data)


def _refill(visit: Visit, finding: Finding) -> Form:
    """The form as it was sent, but for the table: no page shows what a row says."""
    return Form({"typed": [visit.field("typed")]}, [finding])


def _name_job(id: str) -> str:
    return f"lists {id}"


def _read_files(delivery: Delivery, watch: Callable[[], None]) -> tuple[list[bytes], bytes]:
    """The tables, and the map, if one was chosen; no more of either than is told of as too much."""
    tables: list[bytes] = []
    mapping: bytes | None = None
    for upload in delivery.files(watch):
        if upload.field == "tables":
            tables.append(upload.read(MOST_TABLES))
        elif upload.field == "map" and mapping is None:
            mapping = upload.read(MOST_MAP)
        else:
            raise OnggiError("web_lists.several", exit_code=Exit.USAGE)
    if delivery.broken:
        raise OnggiError("web_item.broken")
    return tables, mapping or b""


def _read_number(typed: str, otherwise: str) -> int | None:
    """A whole number as a seed may be; None for anything else."""
    text = typed.strip() or otherwise
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_SEED)) else -1
    return number if 0 <= number <= _MOST_SEED else None


def _find(visit: Visit) -> tuple[Listed, str]:
    id = visit.parts["id"]
    one = visit.listed.find(id)
    if one is None or (one.records is None and one.problem is None):
        raise OnggiError("web_lists.gone", exit_code=Exit.ABSENT)
    return one, id


def _ask(form: Form) -> Answer:
    return show(
        "lists.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        columns=COLUMNS,
        kinds=KINDS,
    )


def _show_seen(visit: Visit, one: Listed, form: Form) -> Answer:
    tongue, records = visit.tongue, one.records
    findings = [one for one in (records.findings if records else ()) if one.code != _HEADED]
    return show(
        "lists_seen.html",
        status=422 if form.findings else 200,
        section="review",
        form=form,
        id=visit.parts["id"],
        draws=(FEWEST, MOST),
        linked=one.linked is not None,
        records=len(records) if records is not None else 0,
        tables=[_describe(head, one.mapping, tongue) for head in (records.tables if records else ())],
        found=list(tell_findings(findings[:_MOST_TOLD], tongue)),
        more=len(findings[_MOST_TOLD:]) + (records.unlisted if records is not None else 0),
    )


def _describe(head: Head, mapping: TableMap, tongue: str) -> Seen:
    unread = [text for text in map(_clean_head, head.unread) if text]
    return Seen(
        head.rows,
        head.left_out,
        [[_clean_head(theirs) or "–", _name_column(ours, mapping, tongue)] for ours, theirs in head.read],
        "list" not in dict(head.read),
        head.unused,
        unread,
        len(unread) < head.unused,
    )


def _name_column(ours: str, mapping: TableMap, tongue: str) -> str:
    if ours in mapping.features:
        name, kind = _clean_head(ours) or "–", mapping.features[ours][1]
        return say("web_lists.of.feature", tongue, name=name, kind=kind)
    return say(f"web_lists.of.{ours}", tongue)


def _clean_head(text: str) -> str:
    """The head of a column, where it is one; nothing for what may be part of a row by a slip in the table."""
    return text if text.isprintable() and len(text) <= _LONGEST_HEAD else ""


ROUTES = [
    ("GET", _AT, ask_tables),
    ("POST", _AT, bring_tables),
    ("GET", f"{_AT}/{{id}}", show_tables),
    ("POST", f"{_AT}/{{id}}", decide),
    ("GET", f"{_AT}/{{id}}/linked", show_linked),
    ("GET", f"{_AT}/{{id}}/file/{{name}}", download),
]
