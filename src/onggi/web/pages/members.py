"""Who works with the vault and what each may read; letting somebody in, and granting, which an admin does.

A passphrase is typed twice and goes nowhere but into the key it opens. Members are told apart by their slots:
no name of a member is kept.
"""

from dataclasses import dataclass

from onggi.errors import Finding, OnggiError
from onggi.vault.enrol import add_compartment, add_member, grant_strata
from onggi.vault.grants import STRATA
from onggi.vault.members import ADMIN, MEMBER
from onggi.vault.session import write_session
from onggi.web.answers import Answer, go, show
from onggi.web.form import Form
from onggi.web.founding import judge_passphrase, read_name, strike_passphrase
from onggi.web.shown import call_compartment
from onggi.web.visit import Visit
from onggi.words import say

_DONE = ("added", "granted", "made")


@dataclass(frozen=True, slots=True)
class Member:
    """One device of a member: its slot, her role, and what it may read by the names of compartments."""

    slot: int
    role: str
    you: bool
    grants: list[tuple[str, str, bool]]


def list_members(visit: Visit) -> Answer:
    """Who is there."""
    return _show(visit, Form.of())


def let_in(visit: Visit) -> Answer:
    """A further member, who may read nothing yet."""
    form = Form(visit.fields)
    findings = judge_passphrase(form)
    if findings:
        return _show(visit, Form(strike_passphrase(visit.fields), findings))
    with write_session(visit.ledger.vault):
        add_member(visit.ledger.vault, form.value("passphrase"), ADMIN if form.value("admin") else MEMBER)
    visit.ledger.close()
    return go("/members?done=added")


def grant(visit: Visit) -> Answer:
    """Let a member read strata of a compartment."""
    form, vault = Form(visit.fields), visit.ledger.vault
    strata = [one for one in STRATA if one in form.all("strata")]
    slot = form.value("slot")
    with write_session(vault):
        card = vault.members.slots().get(int(slot)) if slot.isascii() and slot.isdigit() else None
        findings = [] if card else [Finding("cli.member.slot", "slot")]
        if not strata:
            findings.append(Finding("web_members.lacks.strata", "strata"))
        if card is not None and not findings:
            place = vault.compartment(form.value("compartment") or None)
            grant_strata(vault, place, card, strata, bool(form.value("release")))
    if findings:
        return _show(visit, Form(visit.fields, findings))
    visit.ledger.close()
    return go("/members?done=granted")


def make_compartment(visit: Visit) -> Answer:
    """A further compartment, of which whoever makes it holds everything."""
    name = read_name(visit.field("name"))
    if name is None:
        return _show(visit, Form(visit.fields, [Finding("cli.member.name", "name")]))
    try:
        with write_session(visit.ledger.vault):
            add_compartment(visit.ledger.vault, name)
    except OnggiError as error:
        if error.id != "vault.enrol.compartment":
            raise
        return _show(visit, Form(visit.fields, [Finding(error.id, "name")]))
    visit.ledger.close()
    return go("/members?done=made")


def _show(visit: Visit, form: Form) -> Answer:
    vault, tongue = visit.ledger.vault, visit.tongue
    done = (visit.asked.get("done") or ("",))[-1]
    cards = sorted(vault.members.slots().items())
    release = {one.name: one.grants.release for one in vault.compartments}
    return show(
        "members.html",
        status=422 if form.findings else 200,
        section="members",
        form=form,
        done=done if done in _DONE else "",
        admin=vault.card.role == ADMIN,
        members=[
            Member(
                slot,
                say(f"cli.role.{card.role}", tongue),
                card.id == vault.device.id,
                [
                    (
                        call_compartment(name, tongue),
                        say("ledger.list", tongue).join(say(f"cli.stratum.{one}", tongue) for one in strata),
                        card.id in release[name],
                    )
                    for name, strata in vault.grants_of(card.id).items()
                ],
            )
            for slot, card in cards
        ],
        slots=[("", "–"), *((f"{slot}", say("web_log.slot", tongue, slot=slot)) for slot, _ in cards)],
        compartments=[(one.name, call_compartment(one.name, tongue)) for one in vault.compartments],
        strata=[
            (one, say(f"cli.stratum.{one}", tongue), say(f"web_members.stratum.{one}", tongue))
            for one in STRATA
        ],
    )


ROUTES = [
    ("GET", "/members", list_members),
    ("POST", "/members", let_in),
    ("POST", "/members/grant", grant),
    ("POST", "/members/compartment", make_compartment),
]
