"""`onggi custody`: who had an item, when, what was done with it, and where nobody can say."""

import time
from typing import Annotated

import typer

from onggi.cli.asking import (
    Because,
    Compartment,
    Identity,
    Json,
    PassphraseFile,
    Slot,
    VaultPath,
    check_reason,
)
from onggi.cli.contracts.evidence import CustodyRow, StepRow
from onggi.cli.help import Command
from onggi.cli.opening import unlock
from onggi.cli.rows import say_claim
from onggi.cli.show import locate, open_on
from onggi.cli.showing import describe_finding, show_findings, show_json, show_line
from onggi.errors import Exit, OnggiError
from onggi.evidence.custody import Step, trace_custody
from onggi.evidence.item import Digests, check_item, note_event
from onggi.ledger.ledger import Ledger
from onggi.ledger.view import View
from onggi.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=Command, help=say("cli.custody.help"))
def custody(
    vault: VaultPath,
    item: Annotated[str, typer.Argument(metavar="ITEM", help=say("cli.custody.item"), show_default=False)],
    printed: Annotated[
        str | None,
        typer.Option(
            "--printed",
            metavar="TEXT",
            callback=check_reason,
            help=say("cli.custody.printed"),
            show_default=False,
        ),
    ] = None,
    handed_over: Annotated[
        str | None,
        typer.Option(
            "--handed-over",
            metavar="TEXT",
            callback=check_reason,
            help=say("cli.custody.handed"),
            show_default=False,
        ),
    ] = None,
    identity: Identity = False,
    because: Because = None,
    compartment: Compartment = None,
    passphrase_file: PassphraseFile = None,
    slot: Slot = 1,
    json: Json = False,
) -> None:
    """Show the custody of an item, and hold its bytes against what was sealed."""
    ledger = unlock(vault, slot, passphrase_file)
    for event, reason in (("printed", printed), ("handed_over", handed_over)):
        if reason is not None:
            _note(ledger, item, event, reason, compartment)
    view, found = open_on(ledger, item, identity, because, None, compartment)
    subject = found.statement.subject
    if view.kind_of(subject) != "item":
        raise OnggiError("cli.custody.none", exit_code=Exit.USAGE)
    traced = trace_custody(view, subject)
    digests, faults = check_item(ledger, ledger.vault.compartment(found.compartment), subject, view)
    slots = {card.member: card.slot for card in ledger.vault.members.devices.values()}
    steps = [_describe(step, view, slots) for step in traced.steps]
    findings = [*traced.gaps, *faults]
    if json:
        show_json(
            CustodyRow(
                item=subject,
                code=view.code_of(subject),
                closed=traced.closed,
                whole=None if digests is None and not _grave(faults) else not _grave(faults),
                sha256=digests.sha256 if digests else None,
                sha512=digests.sha512 if digests else None,
                length=digests.length if digests else None,
                steps=steps,
                gaps=[describe_finding(finding) for finding in findings],
            )
        )
    else:
        _print(view.call(subject), steps, digests, not faults)
        show_findings(findings)
    if _grave(faults):
        raise typer.Exit(Exit.FINDINGS)


def _note(ledger: Ledger, item: str, event: str, reason: str, name: str | None) -> None:
    """Sign that something happened to an item outside Onggi."""
    found = locate(ledger.view(compartment=ledger.vault.compartment(name) if name else None), item)
    if not reason.strip():
        raise OnggiError("ledger.reason", exit_code=Exit.USAGE)
    note_event(ledger, ledger.vault.compartment(found.compartment), found.statement.subject, event, reason)


def _grave(faults: tuple[object, ...]) -> bool:
    return any(getattr(finding, "grave", False) for finding in faults)


def _describe(step: Step, view: View, slots: dict[str, int]) -> StepRow:
    held = step.held
    return StepRow(
        what=step.what,
        item=held.statement.subject,
        text=_say_step(step, view),
        time=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(held.time[0] / 1000)),
        slot=slots.get(held.author),
        statement=held.id,
        commit=held.commit[:16],
    )


def _say_step(step: Step, view: View) -> str:
    """What happened; of something that was made of another, which of which."""
    if step.what == "code":
        return say("cli.custody.sealed")
    if step.what == "derived_from":
        return say(
            "cli.custody.made", copy=view.call(step.held.statement.subject), claim=say_claim(step.held, view)
        )
    return say_claim(step.held, view)


def _print(name: str, steps: list[StepRow], digests: Digests | None, whole: bool) -> None:
    show_line(f"{name}  {say('cli.kind.item')}", style="bold")
    for step in steps:
        show_line(step["text"], 2)
        show_line(say("cli.custody.signed", time=step["time"], slot=step["slot"] or "?"), 6, "dim")
    if digests is not None:
        show_line(say("cli.custody.whole" if whole else "cli.custody.changed", length=digests.length), 2)
        show_line(f"sha256 {digests.sha256}", 6, "dim")
        show_line(f"sha512 {digests.sha512}", 6, "dim")
