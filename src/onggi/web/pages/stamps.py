"""Time stamps: since when the record stands, said from outside; how long that lasts; a request to be carried.

These pages reach nobody. A request, for something new, for a renewal, or for calendars as an extra, is a file
that the browser stores; what it holds, and who learns what from it, is said before. What was brought back is
sent in, and checked and kept beside the pages; headers of blocks, and roots that somebody trusts, are typed,
held against what is kept, and kept nowhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from onggi.dossier.release import decide_request
from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.calendar.check import Attested
from onggi.evidence.calendar.gather import attach_trails, carry_question
from onggi.evidence.calendar.header import Header, read_headers
from onggi.evidence.calendar.trail import is_trail
from onggi.evidence.timestamp.certificates import MOST, are_papers, read_papers, write_pem
from onggi.evidence.timestamp.check import say_moment
from onggi.evidence.timestamp.gather import attach_papers, attach_replies
from onggi.evidence.timestamp.health import Aged, Health, find_targets, read_health
from onggi.evidence.timestamp.request import make_request
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, hand_out, show
from onggi.web.days import say_day
from onggi.web.form import Form
from onggi.web.jobs import Progress, Work
from onggi.web.orders import Kept
from onggi.web.shown import call_compartment
from onggi.web.upload import Delivery
from onggi.web.visit import Visit
from onggi.words import say
from onggi.words.digits import group_digits

_DONE = ("kept", "trail", "papers")
_KEPT = "stamps"
KINDS = ("new", "renew", "ots")
"""What may be asked for: a stamp over all that is recorded, a renewal, an extra of OpenTimestamps."""


@dataclass(frozen=True, slots=True)
class Token:
    """One time stamp: since when, who says so, by which certificate, and how long that lasts."""

    text: str
    lines: list[str]
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


def hold_against(visit: Visit) -> Answer:
    """Hold what is kept against headers of blocks and roots that were typed."""
    form = Form(visit.fields)
    wrong = [*_find_wrong(form, "headers", _read_headers), *_find_wrong(form, "roots", _read_roots)]
    if not (form.value("headers").strip() or form.value("roots").strip()):
        wrong = [Finding("web_stamps.lacks.against", "headers")]
    if wrong:
        return _show(visit, Form(visit.fields, wrong))
    return go(f"/stamps/against/{visit.orders.keep(Kept(visit.fields, _KEPT))}")


def show_against(visit: Visit) -> Answer:
    """How the proofs stand by what was typed; without, where that is forgotten."""
    kept = visit.orders.find(visit.parts["id"], _KEPT)
    return go("/stamps") if kept is None else _show(visit, Form(kept.fields), against=True)


def _find_wrong(form: Form, name: str, read: Callable[[Form], object]) -> list[Finding]:
    try:
        read(form)
    except OnggiError as error:
        return [Finding(error.id, name, error.values)]
    return []


def _read_headers(form: Form) -> Mapping[int, Header]:
    return read_headers(form.value("headers").encode())


def _read_roots(form: Form) -> bytes:
    """The roots that were typed, PEM. Text without any would let every authority count."""
    text = form.value("roots").strip()
    found = read_papers(text.encode()).certificates
    if text and not found:
        raise OnggiError("timestamp.pem", exit_code=Exit.USAGE)
    return write_pem(found)


def _keep(delivery: Delivery) -> Work:
    """Read the files while they come in, and keep them where they say something of the vault."""

    def work(ledger: Ledger, tell: Progress) -> str:
        vault, now = ledger.vault, ledger.clock()
        given = _read_all(delivery, lambda: tell(0, 0, ""))
        found = [read_papers(one) for one in given if are_papers(one)]
        papers = b"".join(write_pem((*one.certificates, *one.lists)) for one in found)
        replies = [one for one in given if not are_papers(one)]
        if len(replies) > 1 or (found and any(map(is_trail, replies))):
            raise OnggiError("web_stamps.several", exit_code=Exit.FINDINGS)
        if not replies:
            gathered, done = attach_papers(vault, vault.compartments, papers, now), "papers"
        elif is_trail(replies[0]):  # it counts as no authority, and its block is not checked here
            trails = attach_trails(vault, vault.compartments, replies, now, {})
            return _finish(bool(trails.held), trails.findings, "trail")
        else:
            gathered, done = attach_replies(vault, vault.compartments, replies, now, papers), "kept"
        return _finish(bool(gathered.gained), gathered.findings, done)

    return work


def _finish(kept: bool, findings: Sequence[Finding], done: str) -> str:
    """Where the job leads. Raises what was found first where nothing was kept."""
    if kept:
        return f"/stamps?done={done}"
    if not findings:
        raise OnggiError("timestamp.nothing", exit_code=Exit.FINDINGS)
    raise OnggiError(findings[0].code, exit_code=Exit.FINDINGS, **findings[0].values)


def _read_all(delivery: Delivery, watch: Callable[[], None]) -> list[bytes]:
    """The files, whole; together no longer than certificates and lists may be."""
    given: list[bytes] = []
    for upload in delivery.files(watch):
        if sum(map(len, given)) + upload.length > MOST:
            raise OnggiError("timestamp.large", exit_code=Exit.FINDINGS)
        given.append(upload.read(MOST))
    return given


def _show(visit: Visit, form: Form, *, against: bool = False) -> Answer:
    headers, roots = (_read_headers(form), _read_roots(form)) if against else ({}, b"")
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
        against=against,
        proofs=[
            _tell(read_health(vault, one, now, roots, headers), now, tongue) for one in vault.compartments
        ],
        compartments=[(one.name, call_compartment(one.name, tongue)) for one in vault.compartments],
    )


def _tell(health: Health, now: int, tongue: str) -> Proofs:
    name = call_compartment(health.compartment, tongue)
    text = say(
        "web_stamps.health",
        tongue,
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
    return Proofs(name, text, tokens, trails, list(health.findings))


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
    bad = say("web_stamps.tag.bad", tongue)
    if stamp is None:
        return Token(say("cli.timestamp.unread", tongue, token=name), [], bad, "wrong")
    said = say("web_stamps.token", tongue, day=say_day(stamp.time[:10], tongue), authority=stamp.authority)
    lines = [say("cli.timestamp.print", tongue, fingerprint=group_digits(stamp.fingerprint))]
    if not one.checked.valid:
        return Token(said, lines, bad, "wrong")
    if one.renewed:
        return Token(said, lines, say("web_stamps.tag.renewed", tongue), "")
    lines.append(say("web_stamps.renew", tongue, day=say_day(say_moment(stamp.renew_by)[:10], tongue)))
    tag, kind = ("due", "doubt") if one.is_due(now) else ("good", "well")
    return Token(said, lines, say(f"web_stamps.tag.{tag}", tongue), kind)


ROUTES = [
    ("GET", "/stamps", show_stamps),
    ("POST", "/stamps/request", hand_request),
    ("POST", "/stamps/reply", attach_reply),
    ("POST", "/stamps/against", hold_against),
    ("GET", "/stamps/against/{id}", show_against),
]
