"""Another vault: a new one, or the example. First its place is looked at, then it is made, as a job.

The folder stands in no address, title or error, and on no page but the form into which it was just typed. A
passphrase is typed only once the place is agreed to. Refused: a place where anything lies.
"""

from dataclasses import dataclass
from pathlib import Path

from onggi.errors import Finding, OnggiError
from onggi.intake.example import find_examples, list_secrets, make_example
from onggi.ledger.ledger import Ledger
from onggi.vault.founding import found_vault, require_free
from onggi.vault.surroundings import judge_place
from onggi.web.answers import Answer, go, show
from onggi.web.form import Form
from onggi.web.founding import judge_passphrase, read_name, strike_passphrase
from onggi.web.jobs import Progress
from onggi.web.orders import Kept
from onggi.web.outcomes import take_outcome
from onggi.web.places import read_beside
from onggi.web.visit import Visit

NEW, EXAMPLE = "new", "example"


@dataclass
class Place:
    """Where one is to be made, and of which kind."""

    kind: str
    folder: Path


@dataclass
class Made:
    """What was made; of an example, the codes of its cases."""

    kind: str
    article: str = ""
    invented: str = ""


def choose_place(visit: Visit) -> Answer:
    """Which vault, and where."""
    return _ask_place(Form.of(kind=NEW))


def look_at_place(visit: Visit) -> Answer:
    """Whether it can be made there; nothing is written yet."""
    form = Form(visit.fields)
    kind, folder = form.value("kind"), read_beside(form.value("folder"), visit.ledger.vault.folder.root)
    findings = [] if kind in (NEW, EXAMPLE) else [Finding("web_another.lacks.kind", "kind")]
    if folder is None:
        findings.append(Finding("web_another.lacks.folder", "folder"))
    elif not findings:
        findings += _judge(Place(kind, folder), visit)
    if folder is None or findings:
        return _ask_place(Form(visit.fields, findings))
    return go(f"/another/{visit.orders.keep(Kept({}, outcome=Place(kind, folder)))}")


def show_place(visit: Visit) -> Answer:
    """What speaks against the place; a passphrase is asked for here."""
    return _ask_passphrase(visit, _find_place(visit), Form.of(name="main"))


def make_vault(visit: Visit) -> Answer:
    """Make it, as a job: what is to be slow to guess takes seconds to make."""
    place, form = _find_place(visit), Form(visit.fields)
    taken = _judge(place, visit)
    if taken:
        return _ask_place(Form({"kind": (place.kind,)}, taken))
    name = read_name(form.value("name"))
    findings = [] if place.kind == EXAMPLE else judge_passphrase(form)
    if place.kind == NEW and name is None:
        findings.append(Finding("cli.member.name", "name"))
    if findings:
        return _ask_passphrase(visit, place, Form(strike_passphrase(visit.fields), findings))
    kept, passphrase = Kept({}), form.value("passphrase")
    id = visit.orders.keep(kept)

    def work(ledger: Ledger, progress: Progress) -> str:
        dice = ledger.vault.randomness
        if place.kind == EXAMPLE:
            made = make_example(place.folder, dice, ledger.clock, progress)
            kept.outcome = Made(EXAMPLE, made.article_code, made.invented_code)
        else:
            found_vault(place.folder, passphrase, name or "", dice, progress)
            kept.outcome = Made(NEW)
        return f"/another/{id}/made"

    return go(f"/jobs/{visit.jobs.begin_once(visit.parts['id'], 'web_another.job', work).id}")


def show_made(visit: Visit) -> Answer:
    """That it is made, and how it is opened."""
    return show("another_made.html", section="log", made=take_outcome(visit, Made, "web_log.gone"))


def _judge(place: Place, visit: Visit) -> list[Finding]:
    """Why it cannot be made there, at its field."""
    try:
        require_free(place.folder, visit.ledger.vault.randomness)
    except OnggiError as error:
        return [Finding(error.id, "folder")]
    if place.kind == NEW:
        return []
    if any(path.exists() for path in list_secrets(place.folder)):
        return [Finding("web_another.secrets", "folder")]
    try:
        find_examples()
    except OnggiError as error:
        return [Finding(error.id, "kind")]
    return []


def _find_place(visit: Visit) -> Place:
    return take_outcome(visit, Place, "web_log.gone")


def _ask_place(form: Form) -> Answer:
    return show("another.html", status=422 if form.findings else 200, section="log", form=form)


def _ask_passphrase(visit: Visit, place: Place, form: Form) -> Answer:
    return show(
        "another_place.html",
        status=422 if form.findings else 200,
        section="log",
        form=form,
        id=visit.parts["id"],
        kind=place.kind,
        doubts=judge_place(place.folder),
    )


ROUTES = [
    ("GET", "/another", choose_place),
    ("POST", "/another", look_at_place),
    ("GET", "/another/{id}", show_place),
    ("POST", "/another/{id}", make_vault),
    ("GET", "/another/{id}/made", show_made),
]
