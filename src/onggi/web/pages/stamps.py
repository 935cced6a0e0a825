"""Time stamps: since when the record stands, said from outside; how long that lasts; a request to be carried.

These pages reach nobody. A request is written to a place that somebody names, and what it holds is said
before; a reply that was brought back is read from there.
"""

from dataclasses import dataclass
from pathlib import Path

from onggi.dossier.release import release_request
from onggi.errors import Finding, OnggiError
from onggi.evidence.timestamp.check import say_moment
from onggi.evidence.timestamp.gather import attach_replies
from onggi.evidence.timestamp.health import Aged, Health, find_targets, read_health
from onggi.evidence.timestamp.reply import MOST
from onggi.evidence.timestamp.request import make_request
from onggi.web.answers import Answer, go, show
from onggi.web.days import say_day
from onggi.web.form import Form
from onggi.web.places import read_place
from onggi.web.visit import Visit
from onggi.words import say

_DONE = ("written", "kept")
_PLACES = ("release.place", "release.taken", "release.unfinished", "release.write")


@dataclass(frozen=True, slots=True)
class Token:
    """One time stamp: since when, who says so, and how long that lasts."""

    text: str
    ages: str
    tag: str
    kind: str


@dataclass(frozen=True, slots=True)
class Proofs:
    """A compartment: how much of it is under anchors and stamps, and what is to be done by when."""

    name: str
    text: str
    tokens: list[Token]
    findings: list[Finding]


def show_stamps(visit: Visit) -> Answer:
    """How the proofs stand."""
    return _show(visit, Form.of())


def write_request(visit: Visit) -> Answer:
    """Write a request over all that is recorded. It holds a hash and nothing else."""
    form, vault = Form(visit.fields), visit.ledger.vault
    out = read_place(form.value("file"))
    if out is None:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.file", "file")]))
    place = vault.compartment(form.value("compartment") or None)
    (target,) = find_targets(vault, place, False, visit.ledger.clock())
    try:
        release_request(make_request(target.stamped, target.algorithm, vault.randomness).raw, out)
    except OnggiError as error:
        if error.id not in _PLACES:
            raise
        return _show(visit, Form(visit.fields, [Finding(error.id, "file", error.values)]))
    visit.ledger.close()
    return go("/stamps?done=written")


def attach_reply(visit: Visit) -> Answer:
    """Keep a reply that was brought back, beside what it stamps."""
    form, vault = Form(visit.fields), visit.ledger.vault
    path = read_place(form.value("reply"))
    raw = _read(path) if path is not None else None
    if raw is None:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.reply", "reply")]))
    gathered = attach_replies(vault, vault.compartments, [raw], visit.ledger.clock())
    if not gathered.gained:
        found = [Finding(one.code, "reply", one.values) for one in gathered.findings]
        return _show(visit, Form(visit.fields, found or [Finding("web_stamps.lacks.reply", "reply")]))
    visit.ledger.close()
    return go("/stamps?done=kept")


def _read(path: Path) -> bytes | None:
    """A file that was named, as far as a reply may be long; None where nothing can be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(MOST + 1)
    except OSError:
        return None


def _show(visit: Visit, form: Form) -> Answer:
    vault, tongue, now = visit.ledger.vault, visit.tongue, visit.ledger.clock() // 1000
    done = (visit.asked.get("done") or ("",))[-1]
    return show(
        "stamps.html",
        status=422 if form.findings else 200,
        section="log",
        form=form,
        done=done if done in _DONE else "",
        proofs=[_tell(read_health(vault, one, now), now, tongue) for one in vault.compartments],
        compartments=[(one.name, one.name) for one in vault.compartments],
    )


def _tell(health: Health, now: int, tongue: str) -> Proofs:
    text = say(
        "cli.timestamp.health",
        tongue,
        name=health.compartment,
        commits=health.commits,
        anchored=health.anchored,
        stamped=health.stamped,
    )
    tokens = [_tell_token(one, now, tongue) for anchor in health.anchors for one in anchor.tokens]
    return Proofs(health.compartment, text, tokens, list(health.findings))


def _tell_token(one: Aged, now: int, tongue: str) -> Token:
    stamp, name = one.checked.stamp, one.kept.id[:16]
    if stamp is None:
        return Token(
            say("cli.timestamp.unread", tongue, token=name), "", say("web_stamps.tag.bad", tongue), "wrong"
        )
    said = say("web_stamps.token", tongue, day=say_day(stamp.time[:10], tongue), authority=stamp.authority)
    ages = say("web_stamps.renew", tongue, day=say_day(say_moment(stamp.renew_by)[:10], tongue))
    if not one.checked.valid:
        return Token(said, "", say("web_stamps.tag.bad", tongue), "wrong")
    if one.renewed:
        return Token(said, "", say("web_stamps.tag.renewed", tongue), "")
    tag, kind = ("due", "doubt") if one.is_due(now) else ("good", "well")
    return Token(said, ages, say(f"web_stamps.tag.{tag}", tongue), kind)


ROUTES = [
    ("GET", "/stamps", show_stamps),
    ("POST", "/stamps/request", write_request),
    ("POST", "/stamps/reply", attach_reply),
]
