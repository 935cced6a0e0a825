"""Time stamps: since when the record stands, said from outside; how long that lasts; a request to be carried.

These pages reach nobody. A request, for something new, for a renewal, or for calendars as an extra, is a file
that the browser stores; what it holds, and who learns what from it, is said before. What was brought back is
sent in, and checked and kept beside the pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onggi.dossier.release import decide_request
from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.calendar.check import Attested
from onggi.evidence.calendar.gather import attach_trails, carry_question
from onggi.evidence.calendar.trail import MOST as MOST_TRAIL
from onggi.evidence.calendar.trail import is_trail
from onggi.evidence.timestamp.check import say_moment
from onggi.evidence.timestamp.gather import attach_replies
from onggi.evidence.timestamp.health import Aged, Health, find_targets, read_health
from onggi.evidence.timestamp.reply import MOST
from onggi.evidence.timestamp.request import make_request
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, hand_out, show
from onggi.web.days import say_day
from onggi.web.form import Form
from onggi.web.jobs import Progress, Work
from onggi.web.upload import Delivery, Upload
from onggi.web.visit import Visit
from onggi.words import say

_DONE = ("kept", "trail")
_PIECE = 1 << 16
KINDS = ("new", "renew", "ots")
"""What may be asked for: a stamp over all that is recorded, a renewal, an extra of OpenTimestamps."""


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


def hand_request(visit: Visit) -> Answer:
    """A request, over all that is recorded or a token that ends, as a file: a hash, and nothing else."""
    form, vault = Form(visit.fields), visit.ledger.vault
    kind = form.value("kind") or KINDS[0]
    if kind not in KINDS:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.kind", "kind")]))
    place = vault.compartment(form.value("compartment") or None)
    targets = find_targets(vault, place, kind == "renew", visit.ledger.clock())
    if not targets:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.due", "kind")]))
    first = targets[0]
    if kind == "ots":
        raw = carry_question(place, first.stamped)
    else:
        raw = make_request(first.stamped, first.algorithm, vault.randomness).raw
    visit.ledger.close()
    return hand_out("request.ots" if kind == "ots" else "request.tsq", decide_request(raw))


def attach_reply(visit: Visit) -> Answer:
    """Keep what was brought back, a reply or a file of OpenTimestamps, beside what it stamps."""
    upload = visit.upload
    if upload is None or not upload.name:
        return _show(visit, Form(visit.fields, [Finding("web_stamps.lacks.reply", "reply")]))
    job = visit.jobs.begin("web_stamps.job", _keep(upload))
    upload.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def _keep(delivery: Delivery) -> Work:
    """Read the file while it comes in, and keep it where it stamps something of the vault."""

    def work(ledger: Ledger, tell: Progress) -> str:
        raw = b""
        for upload in delivery.files(lambda: tell(0, 0, "")):
            raw = raw or _read(upload)
        vault, now = ledger.vault, ledger.clock()
        if is_trail(raw):  # it counts as no authority, and its block is not checked here
            trails = attach_trails(vault, vault.compartments, [raw], now, {})
            kept, findings, done = bool(trails.held), trails.findings, "trail"
        else:
            replies = attach_replies(vault, vault.compartments, [raw], now)
            kept, findings, done = bool(replies.gained), replies.findings, "kept"
        if not kept:
            raise _refuse(findings)
        return f"/stamps?done={done}"

    return work


def _refuse(findings: Sequence[Finding]) -> OnggiError:
    if not findings:
        return OnggiError("timestamp.nothing", exit_code=Exit.FINDINGS)
    return OnggiError(findings[0].code, exit_code=Exit.FINDINGS, **findings[0].values)


def _read(upload: Upload) -> bytes:
    """As much of a file as a reply may be long, and one byte more."""
    raw, buffer = bytearray(), memoryview(bytearray(_PIECE))
    while len(raw) < min(upload.length, max(MOST, MOST_TRAIL) + 1):
        raw += buffer[: upload.readinto(buffer)]
    return bytes(raw)


def _show(visit: Visit, form: Form) -> Answer:
    vault, tongue, now = visit.ledger.vault, visit.tongue, visit.ledger.clock() // 1000
    done = (visit.asked.get("done") or ("",))[-1]
    return show(
        "stamps.html",
        status=422 if form.findings else 200,
        section="log",
        form=form,
        done=done if done in _DONE else "",
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
    ("POST", "/stamps/request", hand_request),
    ("POST", "/stamps/reply", attach_reply),
]
