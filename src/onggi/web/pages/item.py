"""Items: files are added as evidence; who had each, what was made of it, what it says of itself, its words.

Files go from the browser into the vault as they come. To look into one is signed first, with a reason: a
picture is then drawn anew and shown; anything else is handed out as a file and never opened here. As of an
earlier day an item that was sealed by then is shown as it was known, and nothing that was looked into since.
"""

from collections.abc import Callable
from dataclasses import dataclass

from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.aligned import align_texts
from onggi.evidence.custody import EVENTS, Derivative, Step, describe_item, find_derivatives, trace_custody
from onggi.evidence.derive import SOUND, show_anew, strip_item
from onggi.evidence.item import check_item, note_event, read_item
from onggi.evidence.quarantine import LARGEST
from onggi.intake.originals import UNKNOWN, Making, Origin, judge_origin, take_stream
from onggi.ledger.ledger import Ledger
from onggi.model.vocabulary import find_term, load_vocabulary
from onggi.web.answers import Answer, go, hand_out, show
from onggi.web.besides import show_beside
from onggi.web.casework import Matter, take_matter
from onggi.web.days import say_moment
from onggi.web.form import Form
from onggi.web.jobs import Progress, Work
from onggi.web.orders import Kept
from onggi.web.outcomes import take_outcome
from onggi.web.paging import Paging
from onggi.web.previews import Preview
from onggi.web.shown import Piece, label_property, name_entity, show_value
from onggi.web.upload import Delivery, Upload
from onggi.web.visit import Visit
from onggi.words import LANGUAGES, say

_SECTION = "cases"
_PAGE = 100
_NOTED = ("printed", "handed_over")
_FIELDS = {
    "intake.original.person": "person",
    "intake.original.day": "received",
    "intake.original.text": "came_from",
    "intake.original.way": "obtained",
    "intake.original.item": "of",
    "intake.original.elsewhere": "of",
    "intake.original.kind": "made_as",
    "intake.original.lang": "lang",
    "ledger.absent": "person",
}


@dataclass(frozen=True, slots=True)
class Added:
    """One file of a form: the code of its item, or why there is none."""

    code: str
    wrong: Finding | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a custody in words, with the day and the member who signed it."""

    what: tuple[Piece, ...]
    day: str
    member: str


def ask_file(visit: Visit) -> Answer:
    """The form."""
    return _show_form(visit, take_matter(visit, visit.parts["ref"]), Form.of())


def add_file(visit: Visit) -> Answer:
    """Take a file in; what is said of it is judged before a byte of it is read."""
    matter = take_matter(visit, visit.parts["ref"])
    upload = visit.upload
    if upload is None or not upload.name:
        return _show_form(visit, matter, Form(visit.fields, [Finding("web_item.fileless", "file")]))
    origin, making = _read_origin(visit), _read_making(visit)
    compartment = visit.ledger.vault.compartment(matter.compartment)
    try:
        if bool(visit.field("of").strip()) != bool(visit.field("made_as")):
            raise OnggiError("web_item.unmade", exit_code=Exit.USAGE)
        judge_origin(visit.ledger, compartment, matter.case, origin, making)
    except OnggiError as error:
        where = "of" if error.id == "ledger.absent" and making else _FIELDS.get(error.id, "of")
        return _show_form(visit, matter, Form(visit.fields, [Finding(error.id, where, error.values)]))
    kept = Kept(visit.fields, matter.case, outcome=[])
    path = f"/case/{matter.reference}/added/{visit.orders.keep(kept)}"
    job = visit.jobs.begin("web_item.job.add", _seal(upload, matter, origin, making, kept, path))
    upload.take(lambda: job.over)
    return go(f"/jobs/{job.id}")


def show_added(visit: Visit) -> Answer:
    """What became of each file of a form, in the order in which they came; none of them by its name."""
    matter = take_matter(visit, visit.parts["ref"])
    added = take_outcome(visit, list, "web_item.unlisted", matter.case)
    return show("added.html", section=_SECTION, matter=matter, added=added)


def show_item(visit: Visit) -> Answer:
    """Everything that is known of an item, but what stands in it."""
    return _show_item(visit, Form.of())


def look_into(visit: Visit) -> Answer:
    """Sign, then show a picture drawn anew, or play sound written anew; of what is neither, say so."""
    matter = take_matter(visit, visit.parts["ref"])
    compartment = visit.ledger.vault.compartment(matter.compartment)
    try:
        described = describe_item(matter.view, matter.entity)
        if (described.length or 0) > LARGEST:
            raise OnggiError("evidence.copy.large", exit_code=Exit.REFUSED, limit=LARGEST // 2**20)
        data = b"".join(read_item(visit.ledger, compartment, matter.entity, visit.field("reason")))
        copy = show_anew(data)
    except OnggiError as error:
        return _show_item(visit, Form(visit.fields, [Finding(error.id, "reason", error.values)]))
    id = visit.previews.keep(Preview(matter.entity, copy.media_type, copy.content))
    return go(f"/item/{matter.reference}?seen={id}")


def send_shown(visit: Visit) -> Answer:
    """A picture or sound that was made anew."""
    found = visit.previews.find(visit.parts["id"])
    if found is None:
        raise OnggiError("web_item.unseen", exit_code=Exit.ABSENT)
    return hand_out("shown", found.content, found.media)


def hand_over(visit: Visit) -> Answer:
    """Sign, then hand the file out as it was sealed."""
    matter = take_matter(visit, visit.parts["ref"])
    compartment = visit.ledger.vault.compartment(matter.compartment)
    try:
        parts = read_item(visit.ledger, compartment, matter.entity, visit.field("reason"))
    except OnggiError as error:
        return _show_item(visit, Form(visit.fields, [Finding(error.id, "reason", error.values)]))
    return hand_out(matter.code, parts)


def note_handling(visit: Visit) -> Answer:
    """Sign that something was done with an item outside of Onggi."""
    matter = take_matter(visit, visit.parts["ref"])
    event, reason = visit.field("event"), visit.field("note")
    compartment = visit.ledger.vault.compartment(matter.compartment)
    if event not in _NOTED or not reason.strip():
        return _show_item(visit, Form(visit.fields, [Finding("ledger.reason", "note")]))
    note_event(visit.ledger, compartment, matter.entity, event, reason)
    return go(f"/item/{matter.reference}")


def strip_copy(visit: Visit) -> Answer:
    """Make a copy without what the file says of itself."""
    matter = take_matter(visit, visit.parts["ref"])
    item, name = matter.entity, matter.compartment
    reason = say("cli.strip.reason", visit.tongue)

    def work(ledger: Ledger, tell: Progress) -> str:
        tell(0, 0, "")
        made = strip_item(ledger, ledger.vault.compartment(name), item, reason, ledger.vault.randomness)
        return f"/item/{made.copy.code}"

    return go(f"/jobs/{visit.jobs.begin('web_item.job.strip', work).id}")


def check_bytes(visit: Visit) -> Answer:
    """Hold the bytes against what was sealed."""
    matter = take_matter(visit, visit.parts["ref"])
    item, name = matter.entity, matter.compartment

    def work(ledger: Ledger, tell: Progress) -> str:
        tell(0, 0, "")
        compartment = ledger.vault.compartment(name)
        view = ledger.view(strata=compartment.strata, compartment=compartment)
        _, faults = check_item(ledger, compartment, item, view)
        for fault in faults:
            raise OnggiError(fault.code, exit_code=Exit.FINDINGS)
        return f"/item/{matter.reference}?whole=1"

    return go(f"/jobs/{visit.jobs.begin('web_item.job.check', work).id}")


def _seal(
    delivery: Delivery, matter: Matter, origin: Origin, making: Making | None, kept: Kept, path: str
) -> Work:
    """Seal file after file, each by itself: one that is refused does not take the others with it."""
    case, name, added = matter.case, matter.compartment, list[Added]()
    kept.outcome = added

    def work(ledger: Ledger, tell: Progress) -> str:
        told, refused = _Told(delivery.length, tell), list[OnggiError]()
        for upload in delivery.files(told.repeat):
            compartment, randomness = ledger.vault.compartment(name), ledger.vault.randomness
            stream = told.watch(upload)
            try:
                one = take_stream(ledger, compartment, case, upload.name, stream, origin, randomness, making)
                added.append(Added(one.code))
            except OnggiError as error:
                refused.append(error)
                added.append(Added("", Finding(error.id, "", error.values)))
        if delivery.broken:
            refused.append(OnggiError("web_item.broken"))
            added.append(Added("", Finding("web_item.broken", "")))
        if len(added) != 1:
            return path
        if refused:
            raise refused[0]
        return f"/item/{added[0].code}"

    return work


class _Told:
    """How far all files of a form are; so each can be stopped."""

    def __init__(self, length: int, tell: Callable[[int, int, str], None]) -> None:
        self._length = length
        self._tell = tell
        self._read = 0

    def repeat(self) -> None:
        self._tell(self._read, self._length, "seal")

    def watch(self, upload: Upload) -> "_Watched":
        return _Watched(upload, self)

    def add(self, size: int) -> None:
        self._read += size
        self.repeat()


class _Watched:
    """One file that tells how far it is."""

    def __init__(self, upload: Upload, told: _Told) -> None:
        self.length = upload.length
        self._upload = upload
        self._told = told

    def readinto(self, buffer: memoryview, /) -> int:
        size = self._upload.readinto(buffer)
        self._told.add(size)
        return size

    def close(self) -> None:
        self._upload.close()


def _read_origin(visit: Visit) -> Origin:
    unknown = {say("web_item.nobody_knows", tongue) for tongue in LANGUAGES}
    typed = (visit.field(name).strip() for name in ("person", "received", "came_from", "obtained"))
    return Origin(*(UNKNOWN if one.lower() in unknown else one or None for one in typed))


def _read_making(visit: Visit) -> Making | None:
    names = ("of", "made_as", "by", "tool", "lang", "translator")
    of, made_as, *rest = (visit.field(name).strip() or None for name in names)
    return Making(of, made_as, *rest) if of and made_as else None


def _show_form(visit: Visit, matter: Matter, form: Form) -> Answer:
    tongue = visit.tongue
    unsaid = ("", say("web_item.unsaid", tongue))
    ways = [(one.id, one.labels[tongue]) for one in load_vocabulary("acquisitions").terms.values()]
    kinds = [(one.id, one.labels[tongue]) for one in load_vocabulary("derivatives").terms.values()]
    return show(
        "item_add.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        matter=matter,
        form=form,
        ways=[unsaid, (UNKNOWN, say("web_item.unknown", tongue)), *ways],
        kinds=[unsaid, *kinds],
    )


def _show_item(visit: Visit, form: Form) -> Answer:
    matter = take_matter(visit, visit.parts["ref"])
    if matter.kind != "item":
        raise OnggiError("ledger.absent", exit_code=Exit.ABSENT)
    view = matter.view
    custody = trace_custody(view, matter.entity)
    seen = (visit.asked.get("seen") or ("",))[-1]
    preview = visit.previews.find(seen) if not visit.as_of else None
    said = [held for held in matter.portrait.statements if held.statement.what.property not in _SHOWN]
    passages = [held for held in matter.portrait.statements if held.statement.what.property == "passage"]
    paging = Paging.of(passages, visit.number("page", 1), _PAGE)
    return show(
        "item.html",
        status=422 if form.findings else 200,
        section=_SECTION,
        matter=matter,
        case=name_entity(matter.case, view),
        form=form,
        facts=_list_facts(visit, matter),
        stages=[_show_step(step, matter) for step in custody.steps],
        gaps=custody.gaps,
        derivatives=[_show_derivative(matter, one) for one in find_derivatives(view, matter.entity)],
        said=matter.showing.statements(said),
        passages=matter.showing.statements(paging.items, ()),
        paging=paging,
        besides=[
            show_beside(one, view, visit.tongue, visit.number("page", 1))
            for one in align_texts(view, matter.entity)
        ],
        seen=seen if preview is not None and preview.item == matter.entity else "",
        heard=preview is not None and preview.media == SOUND,
        whole="whole" in visit.asked and not visit.as_of,
    )


def _list_facts(visit: Visit, matter: Matter) -> list[tuple[str, object]]:
    known, tongue = describe_item(matter.view, matter.entity), visit.tongue
    facts: list[tuple[str, object]] = []
    for name, value in (
        ("media_type", known.media_type),
        ("length", f"{known.length:,}" if known.length is not None else None),
        ("sha256", known.sha256),
        ("sha512", known.sha512),
    ):
        if value:
            facts.append((label_property(name, tongue), (Piece(value, code=True),)))
    for original in known.derived_from:
        facts.append((label_property("derived_from", tongue), (name_entity(original, matter.view),)))
    return facts


def _show_step(step: Step, matter: Matter) -> Stage:
    held, tongue = step.held, matter.tongue
    day, member = say_moment(held.time[0], tongue), held.author
    if step.what == "code":
        return Stage((Piece(say("cli.custody.sealed", tongue), tongue),), day, member)
    if held.statement.subject != matter.entity:
        made = Piece(say("web_item.made", tongue), tongue)
        return Stage((made, name_entity(held.statement.subject, matter.view)), day, member)
    colon = say("web.statement.colon", tongue).rstrip()
    label = Piece(f"{label_property(step.what, tongue)}{colon}", tongue)
    return Stage((label, *show_value(held.statement.value, matter.view, tongue)), day, member)


def _show_derivative(matter: Matter, one: Derivative) -> tuple[Piece, str]:
    term = find_term("derivatives", one.kind)
    return name_entity(one.item, matter.view), term.labels[matter.tongue] if term else one.kind


_SHOWN = frozenset(
    {"passage", "media_type", "length", "sha256", "sha512", "derived_from"}
    | {"brought_by", "received_on", "came_from", "obtained_by", *EVENTS}
)

ROUTES = [
    ("GET", "/case/{ref}/add", ask_file),
    ("POST", "/case/{ref}/add", add_file),
    ("GET", "/case/{ref}/added/{id}", show_added),
    ("GET", "/item/{ref}", show_item),
    ("POST", "/item/{ref}/look", look_into),
    ("POST", "/item/{ref}/file", hand_over),
    ("POST", "/item/{ref}/note", note_handling),
    ("POST", "/item/{ref}/strip", strip_copy),
    ("POST", "/item/{ref}/check", check_bytes),
    ("GET", "/shown/{id}", send_shown),
]
