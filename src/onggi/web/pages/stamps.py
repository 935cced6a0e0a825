"""Time stamps: since when the record stands, said from outside; how long that lasts; a request to be carried.

These pages reach nobody. A request, for something new, for a renewal, or for calendars as an extra, is
written to a place that somebody names; what it holds, and who learns what from it, is said before. What was
brought back is read from there.
"""

from dataclasses import dataclass
from pathlib import Path

from onggi.dossier.release import release_request
from onggi.errors import Finding, OnggiError
from onggi.evidence.calendar.check import Attested
from onggi.evidence.calendar.gather import attach_trails, carry_question
from onggi.evidence.calendar.trail import MOST as MOST_TRAIL
from onggi.evidence.calendar.trail import is_trail
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

_DONE = ("written", "carried", "kept", "trail")
KINDS = ("new", "renew", "ots")
"""What may be asked for: a stamp over all that is recorded, a renewal, an extra of OpenTimestamps."""

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
    trails: list[str]
    findings: list[Finding]


def show_stamps(visit: Visit) -> Answer:
    """How the proofs stand."""
    return _show(visit, Form.of(kind=KINDS[0]))


def write_request(visit: Visit) -> Answer:
    """Write a request, over all that is recorded or a token that ends. It holds a hash and nothing else."""
    form, vault = Form(visit.fields), visit.ledger.vault
    out, kind = read_place(form.value("file")), form.value("kind") or KINDS[0]
    if out is None:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.file", "file")]))
    if kind not in KINDS:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.kind", "kind")]))
    place = vault.compartment(form.value("compartment") or None)
    targets = find_targets(vault, place, kind == "renew", visit.ledger.clock())
    if not targets:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.due", "kind")]))
    first, ots = targets[0], kind == "ots"
    raw = (
        carry_question(place, first.stamped)
        if ots
        else make_request(first.stamped, first.algorithm, vault.randomness).raw
    )
    try:
        release_request(raw, out)
    except OnggiError as error:
        if error.id not in _PLACES:
            raise
        return _show(visit, Form(visit.fields, [Finding(error.id, "file", error.values)]))
    visit.ledger.close()
    left = f"&left={len(targets) - 1}" if len(targets) > 1 else ""
    return go(f"/stamps?done={'carried' if ots else 'written'}{left}")


def attach_reply(visit: Visit) -> Answer:
    """Keep what was brought back, a reply or a file of OpenTimestamps, beside what it stamps."""
    form, vault = Form(visit.fields), visit.ledger.vault
    path = read_place(form.value("reply"))
    raw = _read(path) if path is not None else None
    if raw is None:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.reply", "reply")]))
    if is_trail(raw):
        return _attach_trail(visit, raw)
    gathered = attach_replies(vault, vault.compartments, [raw], visit.ledger.clock())
    if not gathered.gained:
        found = [Finding(one.code, "reply", one.values) for one in gathered.findings]
        return _show(visit, Form(visit.fields, found or [Finding("web_stamps.lacks.reply", "reply")]))
    visit.ledger.close()
    return go("/stamps?done=kept")


def _attach_trail(visit: Visit, raw: bytes) -> Answer:
    """Keep a file of OpenTimestamps. It counts as no authority, and its block is not checked here."""
    vault = visit.ledger.vault
    gathered = attach_trails(vault, vault.compartments, [raw], visit.ledger.clock(), {})
    if not gathered.held:
        found = [Finding(one.code, "reply", one.values) for one in gathered.findings]
        return _show(visit, Form(visit.fields, found or [Finding("web_stamps.lacks.reply", "reply")]))
    visit.ledger.close()
    return go("/stamps?done=trail")


def _read(path: Path) -> bytes | None:
    """A file that was named, as far as a reply may be long; None where nothing can be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(max(MOST, MOST_TRAIL) + 1)
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
        left=visit.number("left", 0),
        kinds=[
            (one, say(f"web_stamps.kind.{one}", tongue), say(f"web_stamps.kind.{one}.reveals", tongue))
            for one in KINDS
        ],
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
    trails = [
        _tell_trail(each, tongue)
        for anchor in health.anchors
        for held in anchor.trails
        for each in held.checked.attested
    ]
    return Proofs(health.compartment, text, tokens, trails, list(health.findings))


def _tell_trail(one: Attested, tongue: str) -> str:
    values: dict[str, str | int] = {
        "calendar": one.address or "",
        "block": one.height or 0,
        "time": say_moment(one.header.moment) if one.header else "",
        "hash": one.header.hash if one.header else "",
    }
    return say(f"cli.trail.{one.state.value}", tongue, **values)


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
