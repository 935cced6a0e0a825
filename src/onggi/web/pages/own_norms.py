"""Corrections of norms that a user brings: read, shown, let count for this session, let go of.

They are judged as `onggi norms --norms` judges a folder. Files come in as a job and are called by numbers, in
the order of their names. Refused: anything of files in which one mistake is; to show what a file is called.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from onggi.errors import Exit, Finding, OnggiError
from onggi.law.catalogue import AnyEntry, describe_entry, find_entry, kind_of, list_own, title_of
from onggi.law.shelf import MOST_BYTES, MOST_FILES, Shelf, quote_entry
from onggi.law.telling import say_own, say_review
from onggi.ledger.ledger import Ledger
from onggi.web.answers import Answer, go, show
from onggi.web.corrections import MOST_TOGETHER, take_shelf
from onggi.web.days import spell_days
from onggi.web.findings import tell_findings
from onggi.web.form import Form
from onggi.web.jobs import Progress
from onggi.web.shown import Piece
from onggi.web.upload import Delivery
from onggi.web.visit import Visit
from onggi.words import say

_HERE = "/norms/own"


@dataclass(frozen=True, slots=True)
class Own:
    """A correction: its id and title, in place of what it stands, who made it and when, who reviewed it, and
    all that its page says, line by line."""

    id: Piece
    title: str
    instead: str
    made: str
    reviewed: str
    lines: tuple[str, ...]


def show_own(visit: Visit) -> Answer:
    """What counts, what was brought last, and the form; a shipped entry to begin with stands in it."""
    looked, begun = visit.corrections.looked, visit.shelfmarks.find((visit.asked.get("begin") or ("",))[-1])
    if begun is not None:
        return _show(visit, Form.of(text=quote_entry(*begun)))
    return _show(visit, Form.of(text=looked.pasted if looked and looked.findings else ""))


def bring_own(visit: Visit) -> Answer:
    """Read files, or what was pasted, or both; nothing counts by it."""
    delivery, pasted, corrections = visit.upload, visit.field("text"), visit.corrections
    if delivery is None or not delivery.name:
        if not pasted.strip():
            return _show(visit, Form(visit.fields, [Finding("web_norms.own.lacks", "text")]))
        corrections.look([], pasted)
        return go(_HERE)

    def work(ledger: Ledger, tell: Progress) -> str:
        corrections.look(_read_files(delivery, partial(tell, 0, 0, "")), pasted)
        return _HERE

    corrections.drop()
    job = visit.jobs.begin("web_norms.own.job", work)
    delivery.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def decide_own(visit: Visit) -> Answer:
    """Let what was shown count; or let go of it; or of all that counts."""
    match visit.field("do"):
        case "count":
            done = visit.corrections.settle(visit.field("mark"))
            return go(f"{_HERE}?done=count" if done else _HERE)
        case "drop":
            visit.corrections.drop()
        case "forget":
            visit.corrections.forget()
            return go(f"{_HERE}?done=forget")
    return go(_HERE)


def _read_files(delivery: Delivery, watch: partial[None]) -> list[bytes]:
    """Every file that was chosen, in the order of their names, which are not kept."""
    given: list[tuple[str, bytes]] = []
    left = MOST_TOGETHER
    for upload in delivery.files(watch):
        data = upload.read(left)
        left -= len(data)
        if left < 0 or len(data) > MOST_BYTES or len(given) == MOST_FILES:
            raise OnggiError("web_norms.own.large", exit_code=Exit.USAGE)
        given.append((upload.name, data))
    if delivery.broken:
        raise OnggiError("web_item.broken")
    return [data for _, data in sorted(given)]


def _show(visit: Visit, form: Form) -> Answer:
    looked, tongue = visit.corrections.looked, visit.tongue
    counting = visit.shelf if visit.corrections.count else None
    done = (visit.asked.get("done") or ("",))[-1]
    return show(
        "norms_own.html",
        status=422 if form.findings else 200,
        section="search",
        form=form,
        done=done if done in ("count", "forget") else "",
        mark=looked.mark if looked else "",
        wrong=list(tell_findings(looked.findings, tongue)) if looked else [],
        looked=list(_list(visit, looked.shelf)) if looked and looked.shelf else [],
        counting=list(_list(visit, counting)) if counting else [],
    )


def _list(visit: Visit, shelf: Shelf) -> Iterator[Own]:
    """The corrections of a shelf; those that count lead to their pages."""
    tongue = visit.tongue
    for entry in list_own(shelf):
        href = visit.shelfmarks.address(entry) if shelf is visit.shelf else ""
        yield Own(
            Piece(entry.id, href=href, code=True),
            title_of(entry, tongue),
            _say_instead(entry, tongue),
            spell_days("".join(say_own(entry.standing, tongue)), tongue),
            spell_days(say_review(entry.standing, tongue), tongue),
            tuple(spell_days(line.text, tongue) for line in describe_entry(entry, tongue)[1:]),
        )


def _say_instead(entry: AnyEntry, tongue: str) -> str:
    """Whether it takes the place of a shipped entry, or is a new one."""
    try:
        shipped = find_entry(take_shelf(), entry.id, kind_of(entry))
    except OnggiError:
        return say("web_norms.own.new", tongue)
    versions = {"old": shipped.standing.version, "new": entry.standing.version}
    return say("web_norms.own.instead", tongue, **versions)


ROUTES = [
    ("GET", _HERE, show_own),
    ("POST", _HERE, bring_own),
    ("POST", f"{_HERE}/decide", decide_own),
]
