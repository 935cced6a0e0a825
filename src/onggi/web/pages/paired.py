"""A table of pairs of names: brought, scored as a job, and the table of scores downloaded.

It is what `onggi names --pairs` writes. Nothing of the vault is asked or changed; no page shows a name of the
table, and none of it is kept beyond what is said. Refused: to show what the file is called.
"""

from collections.abc import Callable
from functools import partial

from onggi.errors import Exit, Finding, OnggiError
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, hand_out, show
from onggi.web.findings import tell_findings
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.scored import MOST_PAIRS, Scores
from onggi.web.upload import Delivery
from onggi.web.visit import Visit

_AT = "/names/table"
_NAME = "scores.csv"


def ask_table(visit: Visit) -> Answer:
    """Which table."""
    return _ask(Form())


def bring_table(visit: Visit) -> Answer:
    """Score what comes in, as a job."""
    delivery, pasted = visit.upload, visit.field("pasted").encode()
    brought = delivery if delivery is not None and delivery.name else None
    if (brought is None) == (not pasted.strip()) or (brought and brought.field != "pairs"):
        return _ask(Form(findings=[Finding("web_names.fileless", "pairs")]))
    if brought and brought.length > MOST_PAIRS:
        return _ask(Form(findings=[Finding("web_names.large", "pairs")]))
    one, tongue, scored = Scores(brought.length if brought else len(pasted)), visit.tongue, visit.scored
    id = scored.keep(one)

    def work(ledger: Ledger, tell: Progress) -> str:
        try:
            table = _read_file(brought, partial(tell, 0, 0, "read")) if brought else pasted
            one.score(table, tongue, tell)
        except BaseException:
            scored.drop(id)
            raise
        scored.make_room(id)
        return f"{_AT}/{id}"

    job = visit.jobs.begin("web_names.job", work)
    if brought:
        brought.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def show_scores(visit: Visit) -> Answer:
    """How many pairs were scored, and which rows held no two names; or what is wrong with the table."""
    one = _find(visit)
    if one.problem is not None:
        return _ask(Form(findings=[one.problem]))
    told = list(tell_findings(one.told, visit.tongue))
    return show("names_scored.html", section="search", id=visit.parts["id"], one=one, told=told)


def let_go(visit: Visit) -> Answer:
    """Let go of it."""
    visit.scored.drop(visit.parts["id"])
    return go(_AT)


def download(visit: Visit) -> Answer:
    """The table of scores."""
    one = _find(visit)
    if one.problem is not None:
        raise OnggiError("web_names.gone", exit_code=Exit.ABSENT)
    return hand_out(_NAME, one.data)


def _read_file(delivery: Delivery, watch: Callable[[], None]) -> bytes:
    """The one table that was chosen."""
    tables = [upload.read(MOST_PAIRS) for upload in delivery.files(watch)]
    if delivery.broken:
        raise OnggiError("web_item.broken")
    if len(tables) != 1:
        raise OnggiError("web_names.fileless", exit_code=Exit.USAGE)
    return tables[0]


def _find(visit: Visit) -> Scores:
    one = visit.scored.find(visit.parts["id"])
    if one is None or not (one.data or one.problem):
        raise OnggiError("web_names.gone", exit_code=Exit.ABSENT)
    return one


def _ask(form: Form) -> Answer:
    return show("names_table.html", status=422 if form.findings else 200, section="search", form=form)


ROUTES = [
    ("GET", _AT, ask_table),
    ("POST", _AT, bring_table),
    ("GET", f"{_AT}/{{id}}", show_scores),
    ("POST", f"{_AT}/{{id}}", let_go),
    ("GET", f"{_AT}/{{id}}/{_NAME}", download),
]
