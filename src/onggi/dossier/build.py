"""A dossier, from the order to the folder: planned, judged, prepared, handed over.

Floor 5; it writes outside through `release`, and through the ledger what was decided and that it left.
Whatever stands against is answered as findings. Refused: any grave finding; a risk that nobody took upon
herself, or only one where it takes two; whoever was not granted to release.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace as change

from onggi.dossier.bag import Provenance, Timestamp, build_dossier_bag, show_provenance
from onggi.dossier.compose import compose_document, name_mark
from onggi.dossier.content import Content
from onggi.dossier.cuts import list_cuts
from onggi.dossier.dataset import make_dataset
from onggi.dossier.exchange import list_exchange
from onggi.dossier.files import check_files, choose_files, describe_files, list_carried, open_files
from onggi.dossier.grounds import say_grounds, settle_rules
from onggi.dossier.guides import load_guides
from onggi.dossier.judge import Hearing, judge, make_screen
from onggi.dossier.leaving import sign_leaving
from onggi.dossier.matter import Matter, list_namings, read_matter
from onggi.dossier.order import Order
from onggi.dossier.outward import read_outward
from onggi.dossier.papers import make_papers
from onggi.dossier.plan import UNSTAMPED, hash_plan, list_unmet
from onggi.dossier.preparing import find_prepared, keep_prepared, new_prepared, stream_dataset, stream_tree
from onggi.dossier.provenance import Provenancer, count_authorities, list_timestamps, withhold_slots
from onggi.dossier.publish import Publication, plant_publication, regrow_publication
from onggi.dossier.recipients import find_recipient
from onggi.dossier.redact import hide_words, redact
from onggi.dossier.release import check_place, write_bag
from onggi.dossier.told import Told
from onggi.errors import Exit, Finding, OnggiError
from onggi.evidence.bag import WITHHELD
from onggi.evidence.content import Content as Bytes
from onggi.evidence.custody import trace_custody
from onggi.evidence.cuts import render_cuts
from onggi.evidence.derived import Derived
from onggi.evidence.timestamp.health import WANTED
from onggi.law.reverse import warn
from onggi.ledger.consents import list_unread
from onggi.ledger.directory import Directory
from onggi.ledger.ledger import Ledger
from onggi.ledger.reasons import check_reason
from onggi.ledger.seconds import seconds_of
from onggi.ledger.view import View
from onggi.model.entity import Randomness
from onggi.model.naming import Naming
from onggi.model.release import Release
from onggi.model.request import Request
from onggi.model.seconding import needs_second
from onggi.model.statement import Slots, write_slots
from onggi.model.stratum import Stratum
from onggi.model.value import Text
from onggi.model.vocabulary import find_term, load_vocabulary
from onggi.paper.document import Document
from onggi.proof.anchor import parse_anchor
from onggi.vault.anchoring import require_release
from onggi.vault.opened import Compartment
from onggi.vault.publications import Prepared

ASKED, RELEASED = "release_asked", "released"


@dataclass(frozen=True)
class Plan:
    """What would leave, what was asked of whose consent, what stands against it, what is unmet yet."""

    order: Order
    matter: Matter
    content: Content
    requests: Mapping[str, Request]
    findings: tuple[Finding, ...]
    unmet: tuple[Finding, ...]
    taken: frozenset[str]
    hash: str

    @property
    def persons(self) -> tuple[str, ...]:
        """Everybody whose consent it rests on."""
        return tuple(sorted(self.requests))

    @property
    def refused(self) -> bool:
        """Whether something stands against it that nobody can take upon herself."""
        return any(one.grave for one in self.findings)


@dataclass(frozen=True)
class Layout:
    """A dossier laid out: everything the publication covers, by path, and what it is made again from."""

    prepared: Prepared
    content: Content
    files: Mapping[str, Bytes]
    provenance: Provenance | None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What left: how many statements and files, how many tokens are over it, and the key's fingerprint."""

    statements: int
    files: int
    tokens: int
    fingerprint: str
    anchor: str


def plan_dossier(ledger: Ledger, view: View, compartment: Compartment, order: Order) -> Plan:
    """What would leave and what stands against it. Reads only; `view` never holds care.

    Raises:
        OnggiError: `dossier.case` for no case, `dossier.purpose` for none that can be agreed to,
            `dossier.organisation` where several bodies stand behind the recipient and none is named,
            `dossier.class` for a reason class that nobody knows, `dossier.named` where somebody is to be
            named and identity is not open, `dossier.nobody` where that is no person; `release.named` where a
            name that identity holds stands in the organisation;
            `vault.anchors.release` for a member who was not granted to release.
    """
    compartment = ledger.vault.compartment(compartment.id)  # as it stands since identity was opened
    require_release(ledger.vault, compartment)
    matter = read_matter(view, order.case)
    _check_order(matter, order)
    # It goes to the record with every decision about this dossier, and with what is said of its leaving.
    check_reason(ledger, compartment, matter.case, order.organisation or "", "release.named")
    order = replace(order, case=matter.case, rules=settle_rules(view, matter, order))
    # Where identity stays shut its names are looked for all the same: they are shown to nobody.
    known = None if matter.opened else Directory(ledger, compartment).known_names()
    namings = list_namings(matter, order.rules.named) if matter.opened else known
    content = _select(matter, order, namings, ledger.vault.randomness)
    warnings, shown_before = warn(view, matter.case), _list_shown_before(view, matter.case, order)
    seers = ledger.seers(compartment)
    hearing = Hearing(order, matter, content, namings, warnings, shown_before, seers)
    findings = (*judge(hearing), *check_files(ledger, compartment, view, content.files, hearing.screen))
    if list_unread(ledger, compartment):  # a no may be among it
        findings = (Finding("consent.unread", matter.call(matter.case)), *findings)
    hash = hash_plan(order, content.redacted, [one.item for one in list_carried(content.files)], findings)
    releases = _list_releases(view, hash)
    unmet = tuple(list_unmet(findings, releases))
    taken = frozenset(code for one in releases for code in one.accepts)
    return Plan(order, matter, content, hearing.requests, findings, unmet, taken, hash)


def take_risks(ledger: Ledger, compartment: Compartment, plan: Plan) -> tuple[Plan, str]:
    """Sign that the member takes upon herself what she accepts: the plan with what is left, and what waits.

    What waits is the id of the decision that a second member has to sign, or nothing.

    Raises:
        OnggiError: `release.refused` where something grave stands against, `release.reason` without a
            reason, `release.named` where a name stands in it, `release.accepts` for what is not there.
    """
    order = plan.order
    if plan.refused:
        raise OnggiError("release.refused", exit_code=Exit.REFUSED)
    if not (order.because or "").strip():
        raise OnggiError("release.reason", exit_code=Exit.USAGE)
    if not order.accepts <= {UNSTAMPED, *(one.code for one in plan.findings)}:
        raise OnggiError("release.accepts", exit_code=Exit.USAGE)
    screened = check_reason(ledger, compartment, plan.matter.case, order.because or "", "release.named")
    said = change(_say_release(plan), accepts=tuple(sorted(order.accepts)), because=order.because)
    note = ledger.make_statement(plan.matter.case, plan.matter.case, ASKED, said)
    ledger.append(compartment, [(Stratum.RECORD, screened.mark(note))])
    unmet = tuple(one for one in list_unmet(plan.findings, {said: False}) if one in plan.unmet)
    return replace(plan, unmet=unmet, taken=plan.taken | order.accepts), note.id if needs_second(note) else ""


def lay_out(ledger: Ledger, compartment: Compartment, plan: Plan, moment: int) -> Layout:
    """The dossier as it was prepared under this plan before, or as it would be prepared now.

    What was prepared by another version of the program may not come out the same; then it is prepared anew.
    Reads only, but for an anchor of the vault where provenance is asked for and none covers a commit.
    """
    compartment = ledger.vault.compartment(compartment.id)
    found = find_prepared(ledger.vault, compartment, plan.hash)
    for prepared in filter(None, (found, new_prepared(ledger.vault, plan.hash, _date_after(plan, moment)))):
        layout = _draft(ledger, compartment, plan, prepared)
        if plan.order.recipient.provenance:
            layout = _trace(ledger, compartment, layout)
        if not prepared.anchor or _is_same(layout):
            ledger.close()
            return layout
    raise OnggiError("publish.other")


def show_document(ledger: Ledger, compartment: Compartment, plan: Plan, lang: str, moment: int) -> Document:
    """The document in one language as its reader will see it, before anything is signed. Reads only.

    Where the plan was prepared before, it shows what was prepared then; else the ids it gives to people and
    things are of this look alone.
    """
    compartment = ledger.vault.compartment(compartment.id)
    found = find_prepared(ledger.vault, compartment, plan.hash)
    prepared = found or new_prepared(ledger.vault, plan.hash, _date_after(plan, moment))
    day = datetime.fromtimestamp(prepared.moment / 1000, UTC).date().isoformat()
    fingerprint = require_release(ledger.vault, compartment).public.fingerprint
    told = _tell(plan, _prepare(plan, prepared), lang, day, fingerprint)
    return compose_document(told, plan.order.recipient.form)


def sign_layout(ledger: Ledger, compartment: Compartment, layout: Layout) -> tuple[Publication, Layout]:
    """The publication: made again where it was signed before, else signed now and kept."""
    if layout.prepared.anchor:
        return _regrow(layout), layout
    signer = require_release(ledger.vault, compartment)
    publication = plant_publication(_list_slots(layout), layout.files, signer, stream_tree(layout.prepared))
    layout = replace(layout, prepared=replace(layout.prepared, anchor=publication.anchor.text))
    keep_prepared(ledger.vault, compartment, layout.prepared)
    return publication, layout


def hand_over(
    ledger: Ledger, compartment: Compartment, plan: Plan, layout: Layout, publication: Publication, out: Path
) -> HandedOver:
    """Write the dossier as the new folder `out`; that it leaves is signed first, and taken back if it stays.

    Raises:
        OnggiError: `release.refused` where anything is unmet; `release.withdrawn` where somebody took her
            consent back, or said no, or it ended, while the dossier was made, and `release.moved` where
            anything else was recorded meanwhile that changes the plan; what `plan_dossier` and `write_bag`
            raise.
    """
    compartment = ledger.vault.compartment(compartment.id)
    stamps = list_timestamps(ledger.vault, compartment, publication.anchor.text)
    if _mind_stamps(plan, stamps).unmet:
        raise OnggiError("release.refused", exit_code=Exit.REFUSED)
    check_place(out)
    public = require_release(ledger.vault, compartment).public
    bag = build_dossier_bag(
        publication, layout.files, public, load_guides(), timestamps=stamps, provenance=layout.provenance
    )
    said = change(_say_release(plan), anchor=publication.anchor.origin)
    name = Text(plan.order.recipient.id, "und")
    notes = [(Stratum.RECORD, ledger.make_statement(plan.matter.case, plan.matter.case, RELEASED, said))]
    notes += [
        (Stratum.IDENTITY, ledger.make_statement(one.item, plan.matter.case, "handed_over", name))
        for one in list_carried(layout.content.files)
    ]
    with sign_leaving(ledger, compartment, notes, out):
        # After that commit: whatever was recorded before it counts, whatever comes later stops the next one.
        _look_again(ledger, compartment, plan)
        ledger.close()
        write_bag(bag, out, statements=len(layout.content.data.entries))
    return HandedOver(
        len(layout.content.data.entries), len(bag), len(stamps), public.fingerprint, publication.anchor.origin
    )


def need_stamps(ledger: Ledger, compartment: Compartment, plan: Plan, publication: Publication) -> Plan:
    """The plan with a finding where fewer authorities stamped it than a doubter would ask for."""
    compartment = ledger.vault.compartment(compartment.id)
    return _mind_stamps(plan, list_timestamps(ledger.vault, compartment, publication.anchor.text))


def _mind_stamps(plan: Plan, stamps: Sequence[Timestamp]) -> Plan:
    count = count_authorities(stamps)
    if count >= WANTED:
        return plan
    found = Finding(UNSTAMPED, plan.order.recipient.id, {"count": count}, grave=False)
    taken = UNSTAMPED in plan.taken
    return replace(
        plan, findings=(*plan.findings, found), unmet=plan.unmet if taken else (*plan.unmet, found)
    )


def _check_order(matter: Matter, order: Order) -> None:
    """Refuse what could only be meant otherwise: it would be passed over without a word."""
    rules = order.rules
    if order.purpose not in load_vocabulary("consent_purposes").terms:
        raise OnggiError("dossier.purpose", exit_code=Exit.USAGE)
    if order.recipient.several and not (order.organisation or "").strip():
        raise OnggiError("dossier.organisation", exit_code=Exit.USAGE)
    if not rules.show <= load_vocabulary("redaction_classes").terms.keys():
        raise OnggiError("dossier.class", exit_code=Exit.USAGE)
    if rules.named and not matter.opened:
        raise OnggiError("dossier.named", exit_code=Exit.USAGE)
    if any(matter.kind(one) != "person" for one in rules.named):
        raise OnggiError("dossier.nobody", exit_code=Exit.USAGE)


def _look_again(ledger: Ledger, compartment: Compartment, plan: Plan) -> None:
    """Plan it once more, as the record stands by now and by the day it is; refuse where that is another plan.

    Nothing is asked of what was recorded since, or by whom: whatever changes what may leave changes the plan.
    """
    compartment = ledger.vault.compartment(compartment.id)
    view = read_outward(ledger, compartment, plan.matter.opened)
    today = datetime.fromtimestamp(ledger.clock() / 1000, UTC).date()
    again = plan_dossier(ledger, view, compartment, replace(plan.order, day=max(plan.order.day, today)))
    against = {one.code for one in again.findings} - {one.code for one in plan.findings}
    if again.order.rules.declined - plan.order.rules.declined or any(map(_is_consent, against)):
        raise OnggiError("release.withdrawn", exit_code=Exit.REFUSED)
    if again.hash != plan.hash or again.unmet or not plan.taken <= again.taken:
        raise OnggiError("release.moved", exit_code=Exit.REFUSED)


def _is_consent(code: str) -> bool:
    return code.startswith("consent.")


def _select(
    matter: Matter, order: Order, namings: Sequence[Naming] | None, randomness: Randomness
) -> Content:
    """What would be shown of a matter, under ids that mean nothing yet."""
    redacted = redact(matter, order.rules)
    redacted = hide_words(redacted, make_screen(matter, redacted, namings).find_name)
    # A brief speaks of nobody, and whoever brought a file is somebody.
    files = choose_files(matter, order.items, order.rules.without) if order.rules.individuals else []
    data = make_dataset(matter, redacted, [one.item for one in files], randomness)
    return Content(redacted, data, tuple(files))


def _prepare(plan: Plan, prepared: Prepared) -> Content:
    """What was judged, and nothing else, under the ids that were prepared, with custody as it stood then."""
    matter, redacted, then = plan.matter, plan.content.redacted, plan.matter.view.at(prepared.moment)
    files = tuple(replace(one, custody=trace_custody(then, one.item)) for one in plan.content.files)
    data = make_dataset(matter, redacted, [one.item for one in files], stream_dataset(prepared))
    return Content(redacted, data, files)


def _date_after(plan: Plan, moment: int) -> int:
    """This moment, or that of what was recorded last: a clock that is behind leaves nothing unread."""
    return max((moment, *(held.time[0] for held in plan.matter.statements)))


def _tell(plan: Plan, content: Content, lang: str, day: str, fingerprint: str) -> Told:
    order = plan.order
    purpose = find_term("consent_purposes", order.purpose)
    name = order.recipient.name(lang)
    return Told(
        data=content.data,
        lang=lang,
        recipient=f"{name} — {order.organisation}" if order.organisation else name,
        purpose=purpose.labels[lang] if purpose else order.purpose,
        day=day,
        fingerprint=fingerprint,
        mark=name_mark(order.recipient.form, lang),
        basis=say_grounds(plan.matter, content, plan.persons, lang),
        parts=tuple(describe_files(content.files, content.data.call_old, lang)),
        provenance=order.recipient.provenance,
    )


def _draft(ledger: Ledger, compartment: Compartment, plan: Plan, prepared: Prepared) -> Layout:
    """Everything but the provenance, as of the moment it was prepared."""
    content = _prepare(plan, prepared)
    day = datetime.fromtimestamp(prepared.moment / 1000, UTC).date().isoformat()
    fingerprint = require_release(ledger.vault, compartment).public.fingerprint
    tellings = [_tell(plan, content, lang, day, fingerprint) for lang in plan.order.languages]
    files: dict[str, Bytes] = {
        **open_files(ledger, compartment, content.files),
        **make_papers(tellings, plan.order.recipient.form),
        **list_exchange(tellings[0]),
        WITHHELD: render_cuts(list_cuts(content.data)),
    }
    return Layout(prepared, content, files, None)


def _trace(ledger: Ledger, compartment: Compartment, layout: Layout) -> Layout:
    """With the provenance of every statement, which the publication covers too."""
    prover = Provenancer(ledger.vault, compartment)
    entries = layout.content.data.entries
    proven = [prover.prove(entry.origin, withhold_slots(entry)) for entry in entries]
    pairs = tuple((number, number) for number in range(1, len(proven) + 1))
    provenance = show_provenance(proven, [], prover.anchors, derived=Derived(pairs))
    return replace(layout, files={**layout.files, **provenance.files}, provenance=provenance)


def _is_same(layout: Layout) -> bool:
    """Whether what was signed grows again from what is laid out."""
    try:
        _regrow(layout)
    except OnggiError:
        return False
    return True


def _regrow(layout: Layout) -> Publication:
    anchor = parse_anchor(layout.prepared.anchor)
    return regrow_publication(_list_slots(layout), layout.files, anchor, stream_tree(layout.prepared))


def _list_slots(layout: Layout) -> list[Slots]:
    return [write_slots(entry.held.statement) for entry in layout.content.data.entries]


def _say_release(plan: Plan) -> Release:
    order = plan.order
    return Release(order.recipient.id, order.purpose, plan.hash, order.organisation, persons=plan.persons)


def _list_releases(view: View, plan: str) -> dict[Release, bool]:
    """The live decisions on a plan, each with whether a second member signed it."""
    return {
        said: bool(seconds_of(view, held.id))
        for held in view.live_of(ASKED)
        if isinstance(said := held.statement.value, Release) and said.plan == plan
    }


def _list_shown_before(view: View, case: str, order: Order) -> frozenset[str]:
    """Recipients other than this one to whom something of this case was handed over with its provenance."""
    said = (held.statement.value for held in view.live(case, RELEASED))
    return frozenset(
        one.recipient
        for one in said
        if isinstance(one, Release)
        and (one.recipient, one.organisation) != (order.recipient.id, order.organisation)
        and find_recipient(one.recipient).provenance
    )
